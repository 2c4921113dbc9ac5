"""`import` of photographs into posts and deeds."""

import io
from pathlib import Path

import pytest
from conftest import Project
from PIL import Image

from honorroll.cli import commands
from honorroll.importer.photos import LONGEST, Photo, prepared

DEED, POST = "d01", "2022-09-02-first"
TODAY = ["--jobs", "1", "--today", "2022-11-01"]


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 480), colour: str = "navy", turn: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = turn, "Telephone"
    exif.get_ifd(0x8825)[1], exif.get_ifd(0x8825)[2] = "N", (31.0, 40.0, 12.0)
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind, exif=exif)
    if colour != "navy":
        out = io.BytesIO()
        Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


def run(project: Project, *words: str) -> int:
    return commands.main(["import", *words, *TODAY], project.root)


def files(project: Project) -> dict[str, bytes]:
    return {
        path.relative_to(project.root).as_posix(): path.read_bytes()
        for folder in ("content", "data")
        for path in (project.root / folder).rglob("*")
        if path.is_file()
    }


@pytest.fixture
def shots(tmp_path: Path) -> list[str]:
    made = {
        "IMG_0001.JPG": picture(turn=6),
        "校门口.png": picture("PNG", colour="white"),
        "c.webp": picture("WEBP", colour="red"),
    }
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
    return [str(tmp_path / name) for name in made]


ALTS = ["--alt", "夜巡", "--alt", "校门", "--alt", "红旗"]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
@pytest.mark.parametrize("size", [(640, 480), (2600, 300), (300, 2600)])
def test_a_picture_stands_upright_is_bounded_and_says_nothing(kind: str, size: tuple[int, int]) -> None:
    if kind == "HEIF":
        pytest.importorskip("pillow_heif").register_heif_opener()
    turn = 6 if kind in {"JPEG", "WEBP"} else 1
    data = picture(kind, size, turn=turn)
    made = prepared(data)
    assert isinstance(made, Photo)
    assert made == prepared(data)
    across, down = size[::-1] if turn == 6 else size
    assert abs(made.width / made.height - across / down) < 0.01
    assert 0.99 * min(max(size), LONGEST) < max(made.width, made.height) <= LONGEST
    with Image.open(io.BytesIO(made.data)) as image:
        assert image.size == (made.width, made.height)
        assert not image.getexif()
        assert image.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}
    assert b"Telephone" not in made.data


def test_a_deed_gets_photos_and_undo_takes_them_back(project: Project, shots: list[str]) -> None:
    before = files(project)
    assert run(project, *shots, "--to", DEED, *ALTS) == commands.FINE
    assert files(project) == before
    assert run(project, *shots, "--to", DEED, *ALTS, "--write") == commands.FINE
    names = sorted(files(project).keys() - before.keys())
    assert names == [f"content/pictures/{DEED}-{name}" for name in ("c.jpg", "img-0001.jpg", "picture.png")]
    assert project.build(strict=True).findings == ()
    assert 'alt="夜巡"' in project.read(f"site/deeds/{DEED}.html")
    assert commands.main(["undo"], project.root) == commands.FINE
    assert files(project) == before


def test_the_same_pictures_again_are_told_and_left_out(
    project: Project, shots: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    run(project, *shots, "--to", DEED, *ALTS, "--write")
    before = files(project)
    capsys.readouterr()
    assert run(project, *shots, "--to", DEED, "--write") == commands.FINE
    assert capsys.readouterr().out.count("已经有同一张照片") == 3
    assert files(project) == before


def test_a_post_shows_them_below_its_text(project: Project, shots: list[str]) -> None:
    assert run(project, *shots[:2], "--to", POST, "--alt", "夜[巡]", "--alt", "校门", "--write") == commands.FINE
    assert project.build(strict=True).findings == ()
    page = project.read(f"site/news/{POST}.html")
    assert 'alt="夜[巡]"' in page
    assert 'alt="校门"' in page


def test_a_gallery_needs_no_words(project: Project, shots: list[str]) -> None:
    folder = "content/news/2022-09-03-second"
    project.write(f"{folder}/index.md", "---\ntitle: 第二班\ndate: 2022-09-03 09:30\ngallery: 是\n---\n\n照片。\n")
    before = project.read(f"{folder}/index.md")
    assert run(project, *shots, "--to", "post:2022-09-03-second", "--write") == commands.FINE
    assert project.read(f"{folder}/index.md") == before
    assert project.build(strict=True).findings == ()
    assert project.read("site/news/2022-09-03-second.html").count("第二班（照片") >= 3


def test_who_did_not_agree_is_told_and_not_shown(
    project: Project, shots: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("data/persons.yaml", project.read("data/persons.yaml") + "- id: r99\n  name: 钱某山\n  mask: 全名\n")
    assert run(project, shots[0], "--to", DEED, "--alt", "夜巡", "--persons", "r99", "--write") == commands.FINE
    assert "r99 没有同意公开照片" in capsys.readouterr().out
    assert project.build(strict=True).findings == ()
    assert "夜巡" not in project.read(f"site/deeds/{DEED}.html")
    assert run(project, shots[0], "--to", DEED, "--alt", "夜巡", "--persons", "r98") == commands.USAGE
    assert "r98" in capsys.readouterr().err


def test_people_in_a_post_go_with_its_picture_at_the_head(project: Project, shots: list[str]) -> None:
    assert run(project, shots[0], "--to", POST, "--alt", "夜巡", "--persons", "r01", "--write") in (0, 1)
    head = project.read(f"content/news/{POST}.md").split("---")[1]
    assert "persons: [r01]" in head
    assert "alt: 夜巡" in head
    before = files(project)
    assert run(project, shots[1], "--to", POST, "--alt", "校门", "--persons", "r01", "--write") == commands.USAGE
    assert files(project) == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--to", DEED], "--alt"),
        (["--to", "d77", "--alt", "x"], "d77"),
        (["--alt", "x"], "--to"),
    ],
)
def test_what_is_missing_is_told(
    words: list[str], told: str, project: Project, shots: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(project)
    assert run(project, *shots, *words, "--write") == commands.USAGE
    assert told in capsys.readouterr().err
    assert files(project) == before


def test_a_bad_picture_is_told_and_the_others_are_taken(
    project: Project, shots: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.jpg").write_bytes(picture()[:500])
    (tmp_path / "no.png").write_bytes(b"x")
    words = [str(tmp_path / "bad.jpg"), str(tmp_path / "no.png"), shots[2]]
    assert run(project, *words, "--to", DEED, "--alt", "红旗", "--write") == commands.CONTENT
    said = capsys.readouterr().out
    assert "bad.jpg：" in said
    assert "no.png：" in said
    assert f"content/pictures/{DEED}-c.jpg" in files(project)
