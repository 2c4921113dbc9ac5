"""A post that shows all pictures of its folder."""

import re
from io import BytesIO

import pytest
from conftest import Project
from PIL import Image

FOLDER = "content/news/2022-09-03-second"
PAGE = "news/2022-09-03-second.html"
HEAD = "---\ntitle: 第二班[巡逻]\ndate: 2022-09-03 09:30\ngallery: 是\n---\n\n"


def picture(colour: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (400, 300), colour).save(out, "JPEG")
    return out.getvalue()


def shown(project: Project) -> list[str]:
    assert project.build(strict=True).findings == ()
    return [*filter(None, re.findall(r'<img[^>]* alt="([^"]*)"', project.read(f"site/{PAGE}")))]


@pytest.fixture
def post(project: Project) -> Project:
    project.write(f"{FOLDER}/index.md", HEAD + "照片如下。\n\n![门岗](b.jpg)\n")
    for name, colour in (("b", "red"), ("IMG_0001", "navy"), ("02 夜里 巡逻", "green")):
        project.write(f"{FOLDER}/{name}.jpg", picture(colour))
    return project


def test_it_shows_all_pictures_with_captions_of_their_names_alone(post: Project) -> None:
    assert shown(post) == ["门岗", "夜里 巡逻", "第二班[巡逻]（照片 2）"]
    captions = re.findall("<figcaption>(.*?)</figcaption>", post.read(f"site/{PAGE}"))
    assert captions == ["夜里 巡逻"]


def test_it_follows_the_folder(post: Project) -> None:
    shown(post)
    post.write(f"{FOLDER}/c.jpg", picture("white"))
    assert len(shown(post)) == 4
    clean = {url: data for url, data in post.output().items() if not url.startswith(".")}
    (post.root / FOLDER / "c.jpg").unlink()
    (post.root / FOLDER / "IMG_0001.jpg").unlink()
    assert shown(post) == ["门岗", "夜里 巡逻"]
    post.write(f"{FOLDER}/c.jpg", picture("white"))
    post.write(f"{FOLDER}/IMG_0001.jpg", picture("navy"))
    shown(post)
    assert {url: data for url, data in post.output().items() if not url.startswith(".")} == clean


def test_without_the_word_it_shows_what_the_text_names(post: Project) -> None:
    post.replace(f"{FOLDER}/index.md", "gallery: 是\n", "")
    found = {finding.diagnostic.place.path for finding in post.build().findings}
    assert found == {f"{FOLDER}/IMG_0001.jpg", f"{FOLDER}/02 夜里 巡逻.jpg"}
