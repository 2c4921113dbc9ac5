"""Pages on paper, printed by Chromium and read back from the PDF by Poppler: size, margins, lines, signs in a line."""

import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import zxingcpp
from conftest import MINIMAL, Project
from PIL import Image
from reference import BASE_URL

from browser.chrome import Browser

MM, DPI = 72 / 25.4, 100
A4 = (210, 297)
#: The text area of an official document: its edges on the sheet, in millimetres.
LEFT, TOP, RIGHT, BOTTOM = 28, 37, 184, 262
ROWS, CELLS = 22, 28


@dataclass(frozen=True)
class Line:
    """What stands at one height of a sheet, in millimetres from its upper left corner."""

    text: str
    left: float
    right: float
    middle: float


@dataclass(frozen=True)
class Sheet:
    width: float
    height: float
    lines: list[Line]
    ink: tuple[float, float, float, float]
    """The edges of all that is printed above the number of the page."""
    codes: list[str]
    """What the QR codes say."""

    @property
    def inner(self) -> list[Line]:
        """Without the number of the page, which stands below the text area."""
        return [line for line in self.lines if line.middle < BOTTOM]

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.lines)


def printed(browser: Browser, address: str, folder: Path) -> list[Sheet]:
    """A page as it comes out of the printer."""
    if not shutil.which("pdftotext"):
        pytest.skip("there is no pdftotext (poppler-utils) on this machine")
    browser.open(address)
    browser.wait(
        "Promise.all([...document.images].map(i => { i.loading = 'eager'; return i.decode(); })).then(arguments[0], arguments[0])"
    )
    file = folder / "page.pdf"
    file.write_bytes(browser.paper())
    command = ["pdftotext", "-bbox", "-enc", "UTF-8", str(file), "-"]
    text = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    root = ET.fromstring(re.sub(r"<!DOCTYPE[^>]*>", "", text))  # noqa: S314  # Poppler's own
    subprocess.run(["pdftoppm", "-r", str(DPI), "-gray", str(file), str(folder / "sheet")], check=True)
    pictures = sorted(folder.glob("sheet-*.pgm"))
    found = [sheet(*pair) for pair in zip(root.iter("{http://www.w3.org/1999/xhtml}page"), pictures, strict=True)]
    for picture in pictures:
        picture.unlink()
    return found


def sheet(page: ET.Element, picture: Path) -> Sheet:
    rows: dict[int, list[ET.Element]] = defaultdict(list)
    for word in page:
        middle = (float(word.attrib["yMin"]) + float(word.attrib["yMax"])) / 2
        at = next((known for known in rows if abs(known - middle) < 5), round(middle))
        rows[at].append(word)
    lines = []
    for _, words in sorted(rows.items()):
        words.sort(key=lambda word: float(word.attrib["xMin"]))
        left = min(float(word.attrib["xMin"]) for word in words) / MM
        right = max(float(word.attrib["xMax"]) for word in words) / MM
        middle = (float(words[0].attrib["yMin"]) + float(words[0].attrib["yMax"])) / 2 / MM
        lines.append(Line("".join(word.text or "" for word in words), left, right, middle))
    return Sheet(
        float(page.attrib["width"]) / MM, float(page.attrib["height"]) / MM, lines, ink(picture), codes(picture)
    )


def codes(picture: Path) -> list[str]:
    with Image.open(picture) as grey:
        return [code.text for code in zxingcpp.read_barcodes(grey)]


def ink(picture: Path) -> tuple[float, float, float, float]:
    with Image.open(picture) as grey:
        dark = grey.crop((0, 0, grey.width, round(BOTTOM * DPI / 25.4))).point(lambda value: 255 * (value < 200))
        left, top, right, bottom = dark.getbbox() or (0, 0, 0, 0)
    return left * 25.4 / DPI, top * 25.4 / DPI, right * 25.4 / DPI, bottom * 25.4 / DPI


def check_text_area(sheets: list[Sheet]) -> None:
    for page in sheets:
        assert (page.width, page.height) == pytest.approx(A4, abs=0.5)
        assert page.inner
        left, top, right, bottom = page.ink
        assert left >= LEFT - 0.3
        assert top >= TOP - 0.3
        assert right <= RIGHT + 0.3
        assert bottom <= BOTTOM + 0.3
        assert len(page.inner) <= ROWS
        assert [line.text for line in page.lines if line not in page.inner] == [f"—{sheets.index(page) + 1}—"]


@pytest.fixture
def small(tmp_path: Path) -> Project:
    """The small valid project, to be built with longer texts."""
    shutil.copytree(MINIMAL, tmp_path / "project")
    return Project(tmp_path / "project")


def paragraphs(number: int, length: int) -> str:
    """Paragraphs of Han characters without a sign, of which no two lines are the same."""
    signs = "".join(map(chr, range(0x4E00, 0x4E00 + 2000)))
    return "\n\n".join("  " + (signs[n % 100 :] * 2)[:length] for n in range(number))


def test_a_document_has_22_lines_of_28_characters(browser: Browser, small: Project, tmp_path: Path) -> None:
    body = paragraphs(1, 2000)
    small.replace("data/notices.yaml", "  body: 决定表彰一小护校项目。", f"  body: |\n  {body}")
    assert small.build().counts
    sheets = printed(browser, (small.site / "notices" / "n02.html").as_uri(), tmp_path)
    check_text_area(sheets)
    assert len(sheets) == 4
    for page in sheets[1:-1]:
        assert len(page.inner) == ROWS
        for line in page.inner:
            assert len(line.text) == CELLS
            assert (line.left, line.right) == pytest.approx((LEFT, RIGHT), abs=0.3)
        steps = [one.middle - other.middle for other, one in pairwise(page.inner)]
        assert steps == pytest.approx([225 / ROWS] * (ROWS - 1), abs=0.3)  # whole pixels
        assert sum(steps) == pytest.approx(225 / ROWS * (ROWS - 1), abs=0.5)
        _, top, _, bottom = page.ink
        assert (top - TOP, BOTTOM - bottom) == pytest.approx(((225 / ROWS - 156 / CELLS) / 2,) * 2, abs=1)
    everything = "".join(page.text for page in sheets)
    assert body.strip() in re.sub("—[0-9]—", "", everything)


def test_paragraphs_begin_two_characters_in_and_none_is_parted_from_the_grid(
    browser: Browser, small: Project, tmp_path: Path
) -> None:
    text = paragraphs(40, 70).replace("\n\n", "\n\n  ")
    small.replace("data/notices.yaml", "  body: 决定表彰一小护校项目。", f"  body: |\n  {text}")
    assert small.build().counts
    sheets = printed(browser, (small.site / "notices" / "n02.html").as_uri(), tmp_path)
    check_text_area(sheets)
    for page in sheets[1:-1]:
        assert len(page.inner) == ROWS
        indents = {round((line.left - LEFT) / (156 / CELLS)) for line in page.inner}
        assert indents == {0, 2}
        assert {len(line.text) for line in page.inner} == {26, 28, 70 - 26 - 28}


def notices(folder: Path) -> Iterator[str]:
    yield from sorted(path.relative_to(folder).as_posix() for path in folder.glob("notices/n*.html"))


def test_each_notice_prints_whole_with_its_signature_at_the_right(
    browser: Browser, folder: Path, tmp_path: Path
) -> None:
    for url in notices(folder):
        sheets = printed(browser, (folder / url).as_uri(), tmp_path)
        check_text_area(sheets)
        text = re.sub("—[0-9]—", "", "".join(page.text for page in sheets))
        shown = browser.run("return document.querySelector('.document').innerText").replace("\n", "")
        assert re.sub(r"\s|\d+\.", "", shown) in re.sub(r"\s|\d+\.", "", text), url
        issuers = browser.run("return [...document.querySelectorAll('.document-sign > *')].map(e => e.innerText)")
        lines = [line for page in sheets for line in page.inner]
        signed = next(n for n, line in enumerate(lines) if line.text == issuers[0])
        assert [line.text for line in lines[signed : signed + len(issuers)]] == issuers
        for line in lines[signed : signed + len(issuers)]:
            assert line.right == pytest.approx(RIGHT - 2 * 156 / CELLS, abs=1.2), line
        for word in ("http", "首页", "下载", "返回"):
            assert word not in text, url


def test_a_printed_notice_tells_where_to_object(browser: Browser, folder: Path, tmp_path: Path) -> None:
    text = "".join(page.text for page in printed(browser, (folder / "notices/n2022-07.html").as_uri(), tmp_path))
    for word in ("000-0000000", "zhidui@example.org", "示例地址（协会）"):
        assert word in text


def test_the_award_list_prints_each_cycle_on_sheets_of_its_own(browser: Browser, folder: Path, tmp_path: Path) -> None:
    sheets = printed(browser, (folder / "awards/index.html").as_uri(), tmp_path)
    check_text_area(sheets)
    (first,) = [
        n for n, page in enumerate(sheets) if "2022年马鞍山优秀保安服务项目评比" in [line.text for line in page.lines]
    ]
    (second,) = [
        n for n, page in enumerate(sheets) if "2020年马鞍山优秀保安服务项目评比" in [line.text for line in page.lines]
    ]
    assert 0 == first < second
    assert "单位按名称拼音为序，个人按姓氏笔画为序" in sheets[first].text
    assert "按申报先后为序" in sheets[second].text
    text = "".join(page.text for page in sheets)
    names = browser.run("return [...document.querySelectorAll('.laurel > a')].map(e => e.innerText)")
    assert len(names) > 20
    assert [name for name in names if text.count(name) < 1] == []
    assert "http" not in text
    headings = browser.run("return [...document.querySelectorAll('.board h3')].map(e => e.innerText)")
    for page in sheets:
        assert page.inner[-1].text not in headings


def test_a_long_list_of_names_keeps_its_columns(browser: Browser, small: Project, tmp_path: Path) -> None:
    people = "".join(
        f"- {{id: r{n}, name: 王{'一二三四五六七八九十'[n % 10]}{'甲乙丙丁戊己庚辛壬癸'[n // 10 % 10]}, mask: 全名, org: c01}}\n"
        for n in range(10, 110)
    )
    consents = "".join(f"- {{person: r{n}, purposes: [姓名], given: 2022-09-02, how: 书面}}\n" for n in range(10, 110))
    awards = "".join(
        f"- {{id: b{n}, cycle: y2022, kind: 保安员, title: 平安之星, person: r{n}, notice: n01}}\n"
        for n in range(10, 110)
    )
    small.write("data/persons.yaml", small.read("data/persons.yaml") + people)
    small.write("data/consents.yaml", small.read("data/consents.yaml") + consents)
    small.write("data/awards.yaml", small.read("data/awards.yaml") + awards)
    small.replace("data/cycles.yaml", "  order_note: 排名不分先后", "  other_titles: [平安之星]\n  order: 笔画")
    assert small.build(today=date(2022, 9, 14)).counts
    sheets = printed(browser, (small.site / "awards/index.html").as_uri(), tmp_path)
    check_text_area(sheets)
    rows = [line.text for page in sheets for line in page.inner if line.text.startswith("王")]
    assert len(rows) == 50
    assert {row.count("王") for row in rows} == {2}


def certificates(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.glob("awards/*.certificate.html"))


def test_each_certificate_is_one_landscape_sheet(browser: Browser, folder: Path, tmp_path: Path) -> None:
    for url in certificates(folder)[::3]:
        (page,) = printed(browser, (folder / url).as_uri(), tmp_path)
        check_certificate(page)
        assert Counter(browser.run(DIPLOMA)) <= Counter(page.text)
        assert page.codes == [BASE_URL + url.replace(".certificate", "")]


def test_a_certificate_with_long_words_is_one_sheet(browser: Browser, small: Project, tmp_path: Path) -> None:
    small.replace("data/projects.yaml", "name: 一小护校项目", f"name: {'江城第一小学东校区' * 3}护校项目")
    small.replace("data/awards.yaml", "江城优秀保安服务项目", "江城优秀保安服务项目" * 2)
    small.replace("data/cycles.yaml", "江城优秀保安服务项目", "江城优秀保安服务项目" * 2)
    small.write("data/awards.yaml", small.read("data/awards.yaml") + f"  citation: {'雨天的干路，晴天的弧线。' * 30}\n")
    small.replace("data/orgs.yaml", "name: 江城", "name: 江城市公安局江北新区分局保安管理支队江城")
    assert small.build().counts
    (page,) = printed(browser, (small.site / "awards/a01.certificate.html").as_uri(), tmp_path)
    check_certificate(page)
    assert Counter(browser.run(DIPLOMA)) <= Counter(page.text)
    assert len(page.codes) == 1


#: The signs on a certificate.
DIPLOMA = "return [...document.querySelector('.diploma').innerText.replace(/\\s/g, '')]"


def check_certificate(page: Sheet) -> None:
    """Everything stands inside the frame, but for the large words across a sample."""
    assert (page.width, page.height) == pytest.approx(A4[::-1], abs=0.5)
    for line in page.lines:
        if line.text not in {"示", "例"}:
            assert line.left >= 20, line
            assert line.right <= 277, line
            assert 25 <= line.middle <= 192, line
