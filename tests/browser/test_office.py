"""The whole way: an empty folder, `new`, workbooks and documents as offices make them, what is wrong mended, `build`, and the
pages in Chromium."""

from collections.abc import Generator
from pathlib import Path

import pytest
from reference import ROOT

from browser.chrome import Browser, served
from browser.test_pages import PICTURES
from honorroll.cli import commands

OFFICE = ROOT / "tests" / "office"

LIMITS = {
    "patrol_group_guards": "5",
    "patrol_hours": "4",
    "inspection_group_min": "2",
    "inspection_group_max": "3",
    "inspection_shifts": "白天,晚上",
    "inspection_points": "10",
    "min_age": "18",
    "max_age": "55",
    "report_days": "3",
    "police_call_minutes": "5",
}

#: Workbooks in the order in which an office would send them. What cannot be understood in them is told and left out.
WORKBOOKS = (
    "sheets.xlsx",
    "teams.xlsx",
    "teams.ods",
    "two-rows.xlsx",
    "two-rows.xls",
    "hidden.xlsx",
    "hidden.xls",
    "persons.xlsx",
    "patrols.xlsx",
    "patrols-gbk.csv",
    "patrols-utf16.txt",
    "patrols-1904.xlsx",
    "inspections.xls",
    "inspections-wide.xlsx",
    "deeds.xlsx",
    "figures.csv",
    "forty.xlsx",
)
DOCUMENTS = ("report.docx", "announced.docx", "numbered.docx", "revised.docx", "pictured.docx", "wechat.html")


class Office:
    """A campaign in the making, and what its commands said."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self._capsys = root, capsys

    def run(self, *words: str) -> tuple[int, str]:
        code = commands.main([*words], self.root)
        out = self._capsys.readouterr()
        said = out.out + out.err
        assert code in (commands.FINE, commands.CONTENT), said
        assert "Traceback" not in said
        return code, said


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    root = tmp_path / "江城平安行动"
    words = "--title 江城平安行动 --organiser 江城保安协会 --organiser 江城保安支队 --start 2022-08-20 --end 2099-12-31"
    words += " --with 巡逻小组,巡查组,新闻,事迹,成绩 --no-git "
    words += " ".join(f"--limit {name}={value}" for name, value in LIMITS.items())
    said = commands.main(["new", str(root), *words.split()], tmp_path)
    assert said == commands.FINE
    return Office(root, capsys)


@pytest.fixture
def shown(office: Office) -> Generator[str]:
    with served(office.root / "site", "/") as address:
        yield address


def test_from_an_empty_folder_to_pages_in_the_browser(office: Office, browser: Browser, shown: str) -> None:
    for name in WORKBOOKS:
        office.run("import", str(OFFICE / name), "--write")
    for at, name in enumerate(DOCUMENTS):
        code, said = office.run(
            "import",
            str(OFFICE / "documents" / name),
            *("--to", "post", "--id", f"2022-09-1{at}-word", "--date", f"2022-09-1{at}", "--write"),
        )
        assert "已写入" in said, said

    code, said = office.run("build")  # a picture has no words yet
    assert code == commands.CONTENT
    assert "MDN-03" in said
    for path in office.root.glob("content/news/*/index.md"):
        path.write_text(path.read_text("utf-8").replace("![](", "![消防演练现场]("), "utf-8")
    code, said = office.run("build")
    assert code == commands.FINE, said

    browser.open(shown + "teams/index.html")
    teams = browser.run("return document.querySelector('main').innerText")
    assert teams.count("号巡逻小组") >= 30
    assert "东门巡逻小组" in teams
    for at, _ in enumerate(DOCUMENTS):
        browser.open(f"{shown}news/2022-09-1{at}-word.html")
        assert browser.run("return document.querySelector('article, main').innerText.length") > 100
        assert browser.wait(PICTURES) == []
    browser.open(shown + "search.html?q=青禾")
    assert browser.complaints() == []
