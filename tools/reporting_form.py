"""Makes `static/files/report-form.docx`, the form on which deeds are reported: `python3 tools/reporting_form.py`.

Needs python-docx. The labels are those that `import --to deed` knows (`honorroll/importer/documents.py`). The same
bytes come out each time.
"""

import io
import re
import zipfile
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

TARGET = Path(__file__).parent.parent / "static" / "files" / "report-form.docx"

ROWS = (
    ("标题", "一句话，写清谁做了什么"),
    ("类别", "□战果　□好人好事　□先进事迹　□见义勇为"),
    ("日期", "年　月　日"),
    ("单位", "队伍或项目的名称"),
    ("人物", "只写同意公开的人；不愿公开的留空"),
    ("地点", "写到街道或乡镇，不写门牌号"),
    ("经过", "看到什么，先做什么，再做什么，结果怎样；二三百字"),
    ("佐证", "接警回执、感谢信等，一行一样"),
    ("上报", "年　月　日，报给哪个单位"),
)
NOTES = (
    "在右边一栏填写，不要改左边的字，也不要合并或拆分单元格；类别在选中的一项前打√（把□换成☑）。",
    "不写身份证号、手机号、住址和未成年人的姓名。照片贴在表格下面，拍到的人要先同意。",
)


def form() -> bytes:
    """The form."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    normal = document.styles["Normal"]
    normal.font.size = Pt(12)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run("事迹上报表")
    run.font.size, run.font.bold = Pt(20), True
    table = document.add_table(len(ROWS), 2)
    table.style = "Table Grid"
    table.autofit = False
    for row, (label, hint) in zip(table.rows, ROWS, strict=True):
        row.cells[0].width, row.cells[1].width = Cm(3), Cm(13)
        row.cells[0].paragraphs[0].add_run(label).font.bold = True
        if "□" in hint:
            row.cells[1].paragraphs[0].add_run(hint)
        else:
            row.cells[0].add_paragraph().add_run(f"（{hint}）").font.size = Pt(8)
            row.cells[0].paragraphs[1].runs[0].font.color.rgb = RGBColor(0x66, 0x66, 0x66)
    for note in NOTES:
        document.add_paragraph(note).runs[0].font.size = Pt(10)
    document.core_properties.author = document.core_properties.last_modified_by = ""
    document.core_properties.title = "事迹上报表"
    document.core_properties.comments = ""
    out = io.BytesIO()
    document.save(out)
    return stable(out.getvalue())


def stable(data: bytes) -> bytes:
    """The same document with no trace of when it was made, and no picture of its first page."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            part = old.read(name)
            if name == "docProps/thumbnail.jpeg":
                continue
            if name == "_rels/.rels":
                part = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", part)
            if name == "docProps/core.xml":
                part = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2022-08-22T00:00:00Z", part)
            new.writestr(zipfile.ZipInfo(name, (2022, 8, 22, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return made.getvalue()


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(form())
