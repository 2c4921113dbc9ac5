"""Posters and covers: lines broken as in Chinese print, codes that lead to the page, nothing that the page does not show."""

import io
import re
from datetime import date
from pathlib import Path

import pytest
import zxingcpp
from conftest import Project
from PIL import Image

from honorroll.content import fonts, posters, typesetting
from honorroll.filesystem.source_file import Source
from honorroll.fingerprint import fingerprint

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.skipif(not fonts.edition(), reason="the extra `posters` is not installed")

SCHOOL = ROOT / "content" / "pictures" / "school-gate.jpg"
POST = "content/news/2022-09-02-first.md"
SHEET = posters.Sheet(
    "平安守护光荣榜",
    "保一方稳定",
    "新闻",
    "开学第一周",
    "二十四所学校。",
    "2022年9月5日",
    "https://honor.example.org/news/a.html",
    sample=True,
    colours=posters.Colours(),
    edition="1",
    picture=None,
)


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.fixture
def sharing(project: Project) -> Project:
    project.replace("data/campaign.yaml", "site:\n", "site:\n  posters: 是\n")
    return project


@pytest.mark.parametrize("width", range(1, 12))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(width: int) -> None:
    text = "“护学岗”到位：（七点）《守则》说，“慢！”——他们……走了1200米，用时3.5小时、honorroll。"
    lines = typesetting.broken(text, len, width)
    assert "".join(lines) == text
    longest = max(map(len, typesetting.pieces(text)))
    for line in lines if width >= longest else []:
        assert line[0] not in typesetting.CLOSING, lines
        assert line[-1] not in typesetting.OPENING, lines
        assert len(line) <= width
    if width >= longest:
        assert all(any(word in line for line in lines) for word in ("1200", "3.5", "honorroll", "——", "……"))


def test_a_long_title_fits() -> None:
    for title in ("很长的标题" * 40, "W" * 200, "字"):
        for draw in (posters.poster, posters.cover):
            opened(draw(SHEET._replace(title=title))).load()
    lines = typesetting.fitted("很长的标题" * 40, "Serif", (80, 60), 900, 400)
    assert lines.lines[-1].endswith("……")
    assert lines.height <= 400
    assert all(lines.face.getlength(line) <= 900 for line in lines.lines)


@pytest.mark.parametrize("pictured", [False, True])
def test_the_code_of_a_poster_leads_to_the_page_and_the_bytes_are_the_same_each_time(pictured: bool) -> None:
    data = SCHOOL.read_bytes()
    picture = Source("content/pictures/a.jpg", data, fingerprint(data)) if pictured else None
    sheet = SHEET._replace(picture=picture)
    made = posters.poster(sheet)
    image = opened(made)
    assert image.size == (posters.PICTURED if pictured else posters.PLAIN)
    (found,) = zxingcpp.read_barcodes(image.convert("RGB"))
    assert found.text == SHEET.address
    assert made == posters.poster(sheet)
    cover = posters.cover(sheet)
    assert opened(cover).size == posters.COVER
    assert not opened(cover).getexif()
    assert cover == posters.cover(sheet)


def test_the_typefaces_have_the_official_characters() -> None:
    official = set((ROOT / "tests" / "official" / "characters.txt").read_text(encoding="utf-8")) - set("\n")
    pairs = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    levels = {pair.decode("gb2312", "ignore") for pair in pairs} - {""}
    assert len(levels) == 6763  # levels 1 and 2 of GB/T 2312, which GB 18030 begins with
    basic = {chr(code) for code in range(0x4E00, 0x9FA6)}
    for name in ("Sans", "Serif"):
        assert levels | basic <= fonts.characters(name)
        assert len({char for char in official if "\u3400" <= char <= "\u9fff"} - fonts.characters(name)) == 0


def test_each_page_has_its_poster_and_cover(sharing: Project) -> None:
    assert sharing.build().findings == ()
    out = sharing.output()
    page = sharing.read("site/news/2022-09-02-first.html")
    assert {name for name in out if name.endswith(".poster.png")} == {
        "news/2022-09-02-first.poster.png",
        "deeds/d01.poster.png",
        "awards/a01.poster.png",
    }
    assert '<meta property="og:image" content="https://honor.example.org/news/2022-09-02-first.cover.jpg">' in page
    assert '<meta property="og:image:width" content="1200">' in page
    assert "<summary>分享海报</summary>" in page
    (found,) = zxingcpp.read_barcodes(opened(out["awards/a01.poster.png"]).convert("RGB"))
    assert found.text == "https://honor.example.org/awards/a01.html"
    assert sharing.build().counts.written == 0  # type: ignore[union-attr]


def test_an_edit_draws_what_it_touches_and_no_more(sharing: Project) -> None:
    sharing.build()
    sharing.replace(POST, "title: ", "title: 新的")
    reasons = sharing.build().reasons
    drawn = {url for url in reasons if url.endswith((".png", ".jpg"))}
    assert drawn == {"news/2022-09-02-first.poster.png", "news/2022-09-02-first.cover.jpg"}


@pytest.mark.parametrize(
    ("today", "shown"), [(date(2022, 9, 13), True), (date(2022, 11, 1), True), (date(2023, 1, 1), False)]
)
def test_an_award_taken_back_has_no_poster(sharing: Project, today: date, shown: bool) -> None:
    revoked = "  revoked: {date: 2022-12-20, reason: 申报材料不实, notice: n03}\n"
    paper = (
        "- {id: n03, kind: 撤销, title: 撤销的决定, date: 2022-12-20, issuers: [zd, xh], awards: [a01], body: 撤销。}\n"
    )
    sharing.write("data/awards.yaml", sharing.read("data/awards.yaml") + revoked)
    sharing.write("data/notices.yaml", sharing.read("data/notices.yaml") + paper)
    result = sharing.build(today=today)
    assert result.counts, result.findings
    assert ("awards/a01.poster.png" in sharing.output()) == shown
    assert ("a01.poster.png" in sharing.read("site/awards/a01.html")) == shown
    assert ("a01.cover.jpg" in sharing.read("site/awards/a01.html")) == shown


def test_a_draft_has_no_poster(sharing: Project) -> None:
    sharing.replace(POST, "title: ", "draft: 是\ntitle: ")
    assert sharing.build().counts
    assert not [name for name in sharing.output() if name.startswith("news/2022-09-02-first")]


def test_characters_that_the_typeface_lacks_are_told_and_drawn_as_geta(sharing: Project) -> None:
    sharing.replace(POST, "title: ", "title: 中秋🌕")
    (finding,) = sharing.build().findings
    assert finding.diagnostic.rule == "SHR-02"
    assert "🌕" in finding.message("zh")
    assert typesetting.fitted("🌕", "Sans", (30,), 400, 60).lines == ["〓"]


def test_without_an_address_or_typefaces_it_is_told_once(sharing: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    result = sharing.build(base_url="")
    assert [finding.diagnostic.rule for finding in result.findings] == ["SHR-01", "URL-02"]
    assert not [name for name in sharing.output() if name.endswith((".poster.png", ".cover.jpg"))]
    monkeypatch.setattr(fonts, "edition", str)
    assert [finding.diagnostic.rule for finding in sharing.build().findings] == ["SHR-01"]
    assert "share.png" in sharing.read("site/news/2022-09-02-first.html")


def test_whatever_code_decides_the_bytes_is_in_the_key() -> None:
    """Drawings are kept beyond a new version of the program, so all modules that draw with are named."""
    own, typing = ROOT / "honorroll" / "content" / "posters.py", ROOT / "honorroll" / "content" / "typesetting.py"
    text = own.read_text(encoding="utf-8").split("DRAWN_WITH")[0] + typing.read_text(encoding="utf-8")
    text += own.read_text(encoding="utf-8").partition("\ndef ")[2]
    named = {f"honorroll.content.{name}" for name in re.findall(r"from honorroll\.content import (\w+)", text)}
    named |= {f"honorroll.content.{name}" for name in re.findall(r"from honorroll\.content\.(\w+) import", text)}
    assert named == set(posters.DRAWN_WITH)
