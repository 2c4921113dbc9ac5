"""Files that are published as they came from a desk: what Word, Excel and PDF files say is looked through like any text."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from conftest import Project
from openpyxl.comments import Comment

from honorroll.cli import commands
from honorroll.privacy import packages

NUMBER = "13800138000"


def word(*runs: str, where: str = "body") -> bytes:
    """A document whose one line consists of runs, as Word cuts a line that was edited."""
    document, data = docx.Document(), BytesIO()
    place = document.sections[0].header.paragraphs[0] if where == "header" else document.add_paragraph()
    for run in runs:
        place.add_run(run)
    document.save(data)
    return data.getvalue()


def sheet(fill: Callable[[openpyxl.Workbook], object]) -> bytes:
    book, data = openpyxl.Workbook(), BytesIO()
    fill(book)
    book.save(data)
    return data.getvalue()


def hide(book: openpyxl.Workbook) -> None:
    other = book.create_sheet("旧")
    other["A1"] = f"联系老李{NUMBER}"
    other.sheet_state = "hidden"


def comment(book: openpyxl.Workbook) -> None:
    book.active["A1"].comment = Comment(f"电话{NUMBER}", "甲")


def pdf(text: str) -> bytes:
    """The smallest PDF with a line of text."""
    stream = f"BT /F 12 Tf 50 50 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(data),
    )


FILES = {
    "runs.docx": word("有事找老李，138", "0013", "8000。"),
    "header.docx": word(f"联系电话{NUMBER}", where="header"),
    "cell.xlsx": sheet(lambda book: book.active.append(["老李", NUMBER])),
    "number.xlsx": sheet(lambda book: book.active.append(["老李", int(NUMBER)])),
    "hidden.xlsx": sheet(hide),
    "comment.xlsx": sheet(comment),
    "author.xlsx": sheet(lambda book: setattr(book.properties, "description", f"老李{NUMBER}")),
    "list.pdf": pdf(f"tel {NUMBER}"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_number_in_it_keeps_the_site_from_being_published(name: str, project: Project) -> None:
    (project.root / "static" / "files").mkdir(parents=True, exist_ok=True)
    (project.root / "static" / "files" / name).write_bytes(FILES[name])
    result = project.build()
    assert result.counts is None
    found = {(finding.diagnostic.rule, finding.span.path) for finding in result.findings}
    assert found == {("PRV-02", f"static/files/{name}")}


@pytest.mark.parametrize(
    "data",
    [
        word("今天巡逻。"),
        sheet(lambda book: book.active.append(["江边巡逻小组", 5, 20220901])),
        pdf("nothing"),
        FILES["runs.docx"][: len(FILES["runs.docx"]) // 2],
        b"PK\x03\x04" + bytes(100),
        b"%PDF-1.7\n" + bytes(100),
    ],
)
def test_what_holds_nothing_personal_or_is_damaged_passes(data: bytes, project: Project) -> None:
    (project.root / "static" / "files").mkdir(parents=True, exist_ok=True)
    (project.root / "static" / "files" / "x.docx").write_bytes(data)
    assert project.build().counts


def test_a_bomb_costs_no_more_than_the_bound() -> None:
    data = BytesIO()
    with ZipFile(data, "w", 8) as package:
        for number in range(5):
            package.writestr(f"word/{number}.xml", b"<w:p>" + b" " * (packages.LIMIT + 10))
    assert len(packages.text(data.getvalue()) or b"") < 3 * packages.LIMIT


def test_a_name_that_must_not_be_told_is_found_and_a_takedown_tells_of_it(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    (project.root / "static" / "files").mkdir(parents=True, exist_ok=True)
    (project.root / "static" / "files" / "list.docx").write_bytes(word("队员王", "守江在岗。"))
    assert project.build().counts
    capsys.readouterr()
    assert commands.main(["takedown", "r01", "--today", "2022-11-01"], project.root) == commands.FINE
    assert "static/files/list.docx" in capsys.readouterr().out
    project.write("data/consents.yaml", project.read("data/consents.yaml") + "  withdrawn: 2022-10-01\n")
    result = project.build()
    assert {(f.diagnostic.rule, f.span.path) for f in result.findings} >= {("PRV-06", "static/files/list.docx")}


def test_a_name_that_may_be_a_word_is_a_warning_at_the_file(project: Project) -> None:
    project.replace("data/persons.yaml", "name: 王守江", "name: 王明")
    project.write("data/consents.yaml", project.read("data/consents.yaml") + "  withdrawn: 2022-10-01\n")
    (project.root / "static" / "files").mkdir(parents=True, exist_ok=True)
    (project.root / "static" / "files" / "list.docx").write_bytes(word("王明天上午在岗。"))
    found = [(f.diagnostic.rule, f.span.path) for f in project.build().findings]
    assert ("PRV-23", "static/files/list.docx") in found
