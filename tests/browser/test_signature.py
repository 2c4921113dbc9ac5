"""On paper a signature stands below text, wherever the sheets end."""

import shutil
import subprocess
from pathlib import Path

import pytest

from browser.chrome import Browser

LINE = "各保安公司应当认真组织实施并及时报告。"
END = "特此通知结束之语。"

#: What a notice may end with, after so many lines.
ENDS = {
    "paragraphs": lambda lines: f"<p>{LINE}</p>" * lines + f"<p>{END}</p>",
    "one-paragraph": lambda lines: f"<p>{LINE * lines}{END}</p>",
    "list": lambda lines: (
        f"<p>{LINE}</p>" * (lines - 4) + "<ol>" + f"<li><p>{LINE}</p></li>" * 3 + f"<li>{END}</li></ol>"
    ),
    "table": lambda lines: (
        f"<p>{LINE}</p>" * (lines - 4)
        + f'<div class="scroll"><table><tr><th>{LINE}</th></tr><tr><td>{LINE}</td></tr><tr><td>{END}</td></tr></table></div>'
    ),
    "heading": lambda lines: f"<p>{LINE}</p>" * (lines - 2) + f"<h2>{LINE}</h2><p>{END}</p>",
    "quote": lambda lines: f"<p>{LINE}</p>" * (lines - 2) + f"<blockquote><p>{LINE}</p><p>{END}</p></blockquote>",
}


def sheets(browser: Browser, notice: Path, folder: Path, body: str) -> list[str]:
    """The words on each sheet of a notice with another text."""
    if not shutil.which("pdftotext"):
        pytest.skip("there is no pdftotext (poppler-utils) on this machine")
    before, _, rest = notice.read_text("utf-8").partition('<div class="prose">')
    sign = rest.index('</div>\n<p class="document-sign">')
    file, paper = folder / "notices" / "one.html", folder / "one.pdf"
    file.parent.mkdir(exist_ok=True)
    file.write_text(f'{before}<div class="prose">{body}{rest[sign:]}', "utf-8")
    browser.open(file.as_uri())
    paper.write_bytes(browser.paper())
    text = subprocess.run(["pdftotext", "-enc", "UTF-8", str(paper), "-"], check=True, capture_output=True).stdout
    return ["".join(sheet.split()) for sheet in text.decode().split("\f")]


@pytest.fixture(scope="module")
def notices(folder: Path) -> list[str]:
    """A notice of each kind that is signed."""
    found: dict[str, str] = {}
    for path in sorted(folder.glob("notices/n*.html")):
        text = path.read_text("utf-8")
        if "document-sign" in text:
            found.setdefault(text.partition("<h1>")[2].partition("</h1>")[0][-2:], path.relative_to(folder).as_posix())
    assert len(found) > 2
    return [*found.values()]


@pytest.mark.parametrize("end", ENDS)
def test_a_signature_stands_below_text(
    browser: Browser, folder: Path, tmp_path: Path, notices: list[str], end: str
) -> None:
    shutil.copytree(folder / "static", tmp_path / "static")
    for at, lines in enumerate(range(13, 20)):
        found = sheets(browser, folder / notices[at % len(notices)], tmp_path, ENDS[end](lines))
        date = "".join(browser.run("return document.querySelector('.document-sign time').innerText").split())
        assert any(END[-4:] in sheet and date in sheet[sheet.index(END[-4:]) :] for sheet in found), (lines, found)


def test_the_lengths_reach_over_the_end_of_a_sheet(
    browser: Browser, folder: Path, tmp_path: Path, notices: list[str]
) -> None:
    shutil.copytree(folder / "static", tmp_path / "static")
    counts = [len(sheets(browser, folder / notices[0], tmp_path, ENDS["paragraphs"](lines))) for lines in (8, 20)]
    assert counts[0] < counts[1]
