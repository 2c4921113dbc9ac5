"""Picture files that no page can show: of no known format, cut off, moving, too large."""

import sys
from io import BytesIO
from typing import Any

from conftest import Project
from diagnostics.cases import BODY, POST, case, picture, until_the_end_of
from diagnostics.contest_edits import CASES
from PIL import Image

__all__ = ["CASES"]


def show(project: Project, *pictures: str) -> None:
    """A post that shows pictures of the folder `content/pictures`."""
    project.write(POST, BODY.format("、".join(f"![校门](../pictures/{name})" for name in pictures)))


def drawn(kind: str, size: tuple[int, int] = (8, 6), **options: Any) -> bytes:
    data = BytesIO()
    Image.new("L", size, "navy").save(data, kind, **options)
    return data.getvalue()


@case
def pic_01_no_picture(project: Project) -> None:
    project.write("content/pictures/gate.jpg", "GIF89a")
    project.write("content/pictures/scan.tif", drawn("TIFF"))
    project.write("content/pictures/plan.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    project.write("content/pictures/empty.png", "")
    show(project, "gate.jpg", "gate.jpg", "scan.tif", "plan.svg")
    photo = "  photos:\n    - src: pictures/empty.png\n      alt: 校门\n  reported:"
    project.replace("data/deeds.yaml", "  reported:", photo)


@case
def pic_02_cut_off(project: Project) -> None:
    noise = BytesIO()
    Image.effect_noise((300, 200), 50).save(noise, "JPEG")
    project.write("content/pictures/half.jpg", noise.getvalue()[:-2000])
    project.write("content/pictures/head.jpg", picture()[:100])
    project.write("content/pictures/half.png", drawn("PNG", (300, 200))[:-40])
    project.write("content/pictures/half.webp", drawn("WEBP")[:-20])
    project.write("content/pictures/half.avif", drawn("AVIF")[:-20])
    show(project, "half.jpg", "head.jpg", "half.png", "half.webp", "half.avif")


@case
def pic_03_moving(project: Project) -> None:
    frames = [Image.new("L", (8, 6), shade) for shade in (0, 200)]
    for kind, suffix in (("GIF", "gif"), ("PNG", "png"), ("WEBP", "webp"), ("AVIF", "avif")):
        data = BytesIO()
        frames[0].save(data, kind, save_all=True, append_images=frames[1:])
        project.write(f"content/pictures/wave.{suffix}", data.getvalue())
    show(project, "wave.gif", "wave.png", "wave.webp", "wave.avif")


@case
def pic_04_too_large(project: Project) -> None:
    data = BytesIO()
    Image.new("1", (9000, 7200)).save(data, "PNG")
    project.write("content/pictures/map.png", data.getvalue())
    project.write("content/pictures/chat.png", drawn("PNG", (800, 17_000)))
    show(project, "map.png", "chat.png")


@case
def pic_05_from_a_telephone(project: Project) -> None:
    until_the_end_of(project).setitem(sys.modules, "pillow_heif", None)
    project.write("content/pictures/IMG_0001.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(40))
    show(project, "IMG_0001.HEIC")


FOLDER = "content/news/2022-09-03-second"


@case
def pic_06_forgotten(project: Project) -> None:
    project.write(f"{FOLDER}/index.md", BODY.format("![校门](gate.jpg)"))
    for name in ("gate", "IMG_0002"):
        project.write(f"{FOLDER}/{name}.jpg", picture())


@case
def pic_06_in_a_gallery_is_fine(project: Project) -> None:
    project.write(f"{FOLDER}/index.md", BODY.format("照片如下。").replace("title", "gallery: 是\ntitle"))
    for name in ("gate", "IMG_0002"):
        project.write(f"{FOLDER}/{name}.jpg", picture())


@case
def pic_06_of_a_draft_is_fine(project: Project) -> None:
    project.write(f"{FOLDER}/index.md", BODY.format("还没有写完。").replace("title", "draft: 是\ntitle"))
    project.write(f"{FOLDER}/gate.jpg", picture())


@case
def prv_07_taken_with_a_telephone(project: Project) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    project.write("static/gate.jpg", drawn("JPEG", exif=exif))
