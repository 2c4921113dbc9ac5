"""The picture that is shared of pages without one of their own: a sample says that it is one, a real campaign has its name."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Project
from PIL import Image

from honorroll.content import fonts, posters
from honorroll.fingerprint import fingerprint

needs_typefaces = pytest.mark.skipif(not fonts.edition(), reason="the extra `posters` is not installed")

STOCK = Path(__file__).parent.parent / "static" / "share.png"
CAMPAIGN = "data/campaign.yaml"
BASE = "https://honor.example.org/"
RED = (178, 51, 24)
#: In the corner of the stock picture.
STAMP = (1030, 79, 1110, 84)


def shared(project: Project, page: str = "awards/index.html") -> str:
    """The address of the picture that a page names, without the site's own."""
    found = re.search(r'<meta property="og:image" content="([^"]+)">', project.read(f"site/{page}"))
    assert found
    assert found[1].startswith(BASE)
    return found[1].removeprefix(BASE)


def picture(project: Project) -> Image.Image:
    return Image.open(io.BytesIO(project.output()["share.png"])).convert("RGB")


@pytest.fixture
def real(project: Project) -> Project:
    project.replace(CAMPAIGN, "sample: 是", "sample: 否")
    return project


def test_a_sample_shares_the_stamped_picture(project: Project) -> None:
    assert project.build().counts
    assert shared(project) == f"static/share.png?v={fingerprint(STOCK.read_bytes())[:8]}"
    assert "share.png" not in project.output()
    with Image.open(STOCK) as stock:
        assert stock.convert("RGB").crop(STAMP).getcolors() == [(80 * 5, RED)]


@needs_typefaces
def test_a_real_campaign_shares_a_picture_of_its_own_name(real: Project) -> None:
    assert real.build().findings == ()
    assert re.fullmatch(r"share\.png\?v=[0-9a-f]{8}", shared(real))
    out = real.output()
    assert "static/share.png" not in out
    assert not [url for url, data in out.items() if b"static/share.png" in data and url != ".honorroll"]
    assert picture(real).size == posters.COVER
    one = out["share.png"]
    assert RED not in {colour for _, colour in picture(real).crop(STAMP).getcolors() or ()}
    assert real.build().counts.written == 0  # type: ignore[union-attr]
    (real.site / "share.png").unlink()
    assert real.build(verify=True).counts.written == 1  # type: ignore[union-attr]
    assert real.output()["share.png"] == one


@needs_typefaces
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("name: 江城光荣榜", "name: 江城荣誉榜"),
        ("title: ", "title: 新的"),
        ("theme: ", "theme: 新的"),
        ("organisers: [zd, xh]", "organisers: [xh, zd]"),
        ("\nsite:", '\nlook: {colours: {main: "#123524", honour: "#e6bd62", accent: "#b23318"}}\nsite:'),
    ],
)
def test_it_follows_the_data(real: Project, old: str, new: str) -> None:
    assert real.build().counts
    before, address = real.output()["share.png"], shared(real)
    real.replace(CAMPAIGN, old, new)
    assert real.build().counts
    assert real.output()["share.png"] != before
    assert shared(real) != address


def test_a_picture_of_the_projects_own_is_shared_as_it_is(project: Project) -> None:
    out = io.BytesIO()
    Image.new("RGB", (1200, 630), "#ffffff").save(out, "PNG")
    project.write("static/share.png", out.getvalue())
    for sample in ("是", "否"):
        project.write(CAMPAIGN, re.sub("sample: .", f"sample: {sample}", project.read(CAMPAIGN)))
        assert project.build().counts
        assert shared(project) == f"static/share.png?v={fingerprint(out.getvalue())[:8]}"
        assert project.output()["static/share.png"] == out.getvalue()
        assert "share.png" not in project.output()
    project.remove("static/share.png")
    assert project.build().counts
    assert shared(project).startswith("share.png?v=")
    assert "static/share.png" not in project.output()


def test_without_typefaces_it_has_no_words_and_no_stamp_and_that_is_told(
    real: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert real.build().counts
    named, address = real.output()["share.png"], shared(real)
    monkeypatch.setattr(fonts, "edition", str)
    for _ in range(2):  # with a warm cache, too
        result = real.build()
        assert [finding.diagnostic.rule for finding in result.findings] == ["SHR-01"]
        assert "分享图" in result.findings[0].message("zh")
        assert result.findings[0].diagnostic.place.path == CAMPAIGN
    assert shared(real) == address  # pages are the same wherever they are built
    plain = real.output()["share.png"]
    assert plain != named
    assert len(picture(real).getcolors() or ()) <= 6  # ground, frame and mark
    real.replace(CAMPAIGN, "name: 江城光荣榜", "name: 江城荣誉榜")
    assert real.build().counts
    assert real.output()["share.png"] == plain  # it says no name
    monkeypatch.undo()
    assert real.build().findings == ()
    assert real.output()["share.png"] not in (plain, named)


@needs_typefaces
def test_characters_that_the_typeface_lacks_are_told(real: Project) -> None:
    real.replace(CAMPAIGN, "name: 江城光荣榜", "name: 江城光荣榜🌕")
    (finding,) = real.build().findings
    assert (finding.diagnostic.rule, finding.diagnostic.args["chars"]) == ("SHR-02", "🌕")
    assert "name: 江城光荣榜🌕" in finding.span.text


@needs_typefaces
@pytest.mark.parametrize("text", ["", "短", "很长的名称" * 40, "W" * 300, "一 二", "🌕", "（“引号”开头"])
def test_any_name_is_drawn_the_same_each_time(text: str) -> None:
    card = posters.Card(text, text, text, (text, text), posters.Colours(), fonts.edition())
    made: Callable[[], bytes] = lambda: posters.share(card)  # noqa: E731  # said twice
    assert made() == made()
    with Image.open(io.BytesIO(made())) as drawn:
        assert drawn.size == posters.COVER


def test_what_the_typefaces_surely_have_is_not_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    if fonts.edition():
        surely = {chr(code) for code in (*range(0x20, 0x7F), *range(0x4E00, 0x9FA6))} | set(
            "，。、：；！？（）《》“”‘’—…·　"
        )
        assert {char for char in surely - fonts.characters() if not char.isspace()} == set()
    monkeypatch.setattr(fonts, "characters", lambda: pytest.fail("the typeface was read"))
    assert fonts.missing("平安守护：“光荣榜”（2022）、A-1") == []
