"""The form on which deeds are reported: made by its script, to be downloaded, and read back into the fields of a deed."""

import io
import sys
import zipfile
from collections.abc import Generator
from pathlib import Path

import pytest
from conftest import Project
from docx import Document

from honorroll.cli import commands
from honorroll.importer import documents

ROOT = Path(__file__).parent.parent
FORM = ROOT / "static" / "files" / "report-form.docx"
VALUES = {
    "标题": "拾到手提包，原地等候失主",
    "类别": "□战果　☑好人好事　□先进事迹　□见义勇为",
    "日期": "2022年9月5日",
    "单位": "江边巡逻小组",
    "人物": "",
    "地点": "江边街道",
    "经过": "第一段。\n第二段。",
    "佐证": "感谢信",
    "上报": "2022年9月6日，报支队和协会",
}


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    yield
    sys.modules.pop("reporting_form", None)


@pytest.mark.usefixtures("tools")
def test_it_is_what_its_script_makes() -> None:
    import reporting_form

    assert FORM.read_bytes() == reporting_form.form()
    assert [label for label, _ in reporting_form.ROWS] == [*documents.FORM]


def test_it_tells_nothing_of_who_made_it() -> None:
    with zipfile.ZipFile(FORM) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert not [name for name in archive.namelist() if "thumbnail" in name]
    assert "python" not in core.lower()
    assert "<dc:creator></dc:creator>" in core or "<dc:creator/>" in core


def filled(values: dict[str, str]) -> bytes:
    document = Document(str(FORM))
    for row in document.tables[0].rows:
        label = row.cells[0].paragraphs[0].text
        first, *others = values[label].split("\n")
        row.cells[1].paragraphs[0].text = first
        for line in others:
            row.cells[1].add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_filled_in_it_is_a_deed(project: Project, tmp_path: Path) -> None:
    (tmp_path / "表.docx").write_bytes(filled(VALUES))
    words = ["import", str(tmp_path / "表.docx"), "--to", "deed", "--write", "--jobs", "1", "--today", "2022-11-01"]
    assert commands.main(words, project.root) == commands.FINE
    text = project.read("data/deeds.yaml").rpartition("- id:")[2]
    for line in (
        "kind: 好人好事",
        "date: 2022-09-05",
        "team: t01",
        "place: 江边街道",
        "date: 2022-09-06",
        "to: [zd, xh]",
    ):
        assert line in text
    assert "persons" not in text
    assert project.build(strict=True).findings == ()


def test_left_empty_it_tells_what_is_missing(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.docx").write_bytes(FORM.read_bytes())
    before = project.read("data/deeds.yaml")
    assert (
        commands.main(["import", str(tmp_path / "a.docx"), "--to", "deed", "--write"], project.root) == commands.USAGE
    )
    said = capsys.readouterr().err
    assert "--set kind=" in said
    assert "--date" in said
    assert project.read("data/deeds.yaml") == before


def test_readers_find_it_and_other_campaigns_do_not_have_it(project: Project) -> None:
    link = "---\ntitle: 上报\nupdated: 2022-09-01\n---\n\n[表](/static/files/report-form.docx)\n"
    project.write("content/how.md", link)
    (finding,) = project.build().findings
    assert finding.diagnostic.rule == "MDN-01"
    project.write("static/files/report-form.docx", FORM.read_bytes())
    assert project.build(strict=True).findings == ()
    assert 'href="static/files/report-form.docx"' in project.read("site/how.html")
    assert project.output()["static/files/report-form.docx"] == FORM.read_bytes()
    project.remove("content/how.md")
    project.remove("static/files/report-form.docx")
    project.build()
    assert "static/files/report-form.docx" not in project.output()
