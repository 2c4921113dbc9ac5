"""Makes the documents in `documents/`: `python3 tests/office/make_documents.py`. Made the way offices make them.

python-docx writes most; what it has no words for is put into the XML, as Word and WPS write it. The same bytes come out each time.
"""

import base64
import io
import re
import zipfile
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from PIL import Image, ImageDraw

FOLDER = Path(__file__).parent / "documents"
W = nsdecls("w")


def photo(words: str, *, turned: bool = False) -> bytes:
    """A picture as a telephone takes it: on its side with a note how to turn it, and where it was taken."""
    image = Image.new("RGB", (640, 480), "#8fb3d9")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 320, 640, 480), "#4d6b3c")
    draw.rectangle((80 + 10 * len(words), 120, 260, 330), "#b23318")
    exif = Image.Exif()
    if turned:
        image = image.transpose(Image.Transpose.ROTATE_90)
        exif[0x0112] = 6
    exif[0x010F], exif[0x0132] = "Telephone", "2026:09:05 08:30:00"
    exif.get_ifd(0x8825)[1], exif.get_ifd(0x8825)[2] = "N", (31.0, 40.0, 12.0)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85, exif=exif)
    return out.getvalue()


def saved(document: Any, name: str, change: dict[str, Any] | None = None, more: dict[str, bytes] | None = None) -> None:
    """Write a document with the same bytes each time; `change` edits parts, `more` adds some."""
    out = io.BytesIO()
    document.core_properties.author = "办公室"
    document.core_properties.last_modified_by = "王守田 13800138000"
    document.save(out)
    FOLDER.mkdir(exist_ok=True)
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(FOLDER / name, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {info.filename: old.read(info) for info in old.infolist()} | (more or {})
        for path in sorted(parts):
            data = parts[path]
            if path in {"docProps/core.xml", "word/comments.xml"}:
                data = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2026-09-05T08:00:00Z", data)
            if change and path in change:
                data = change[path](data)
            new.writestr(zipfile.ZipInfo(path, (2026, 9, 5, 8, 0, 0)), data, zipfile.ZIP_DEFLATED)


def official(title: str) -> Any:
    """An official text: the title in the middle in a large type, no style but the usual one."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.size = Pt(16)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋_GB2312")
    for line in title.split("\n"):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(line)
        run.font.size = Pt(22)
        run.font.bold = True
    document.add_paragraph()
    return document


def body(document: Any, text: str, **style: Any) -> Any:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Cm(1.1)
    run = paragraph.add_run("　　" + text if style.get("spaces") else text)
    run.font.bold = style.get("bold")
    return paragraph


def report() -> None:
    """An official report with numbered lines for headings, a header, page numbers and a signature."""
    document = official("关于国庆节期间保安巡逻\n工作情况的报告")
    section = document.sections[0]
    section.header.paragraphs[0].text = "内部资料  联系人手机13800138000"
    section.footer.paragraphs[0].text = "— 1 —"
    body(document, "市保安行业协会：", spaces=True)
    body(document, "国庆节期间，我公司共派出保安员126人次，巡逻累计480余小时，现将有关情况报告如下。", spaces=True)
    body(document, "一、主要做法", bold=True)
    paragraph = body(document, "")
    for part, bold in (
        ("（一）", True),
        ("早动员。", True),
        ("9月28日召开动员会，", None),
        ("全员参加", None),
        ("。", None),
    ):
        run = paragraph.add_run(part)
        run.font.bold = bold
    body(document, "（二）勤检查。每天检查 * 号点位 2 次，[重点]部位增加 1 次；1_2 号门 # 岗 <24小时> 值守。")
    body(document, "二、下一步打算", bold=True)
    body(document, "1. 继续巡逻。\n2. 总结经验。")
    for line in ("港城市灯塔保安服务有限公司", "2026年10月8日"):
        paragraph = document.add_paragraph(line)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    saved(document, "report.docx")


def numbered() -> None:
    """Headings by styles with automatic Chinese numbers, lists, and WPS's second `numPr`."""
    document = Document()
    document.add_heading("保安员培训方案", 0)
    levels = [
        ("chineseCounting", "%1、"),
        ("chineseCounting", "（%2）"),
        ("decimal", "%3."),
    ]
    numbering = document.part.numbering_part.element
    for id, formats in ((90, levels), (91, [("decimal", "%1.")]), (92, [("decimalEnclosedCircleChinese", "%1")])):
        lvls = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for at, (form, text) in enumerate(formats)
        )
        numbering.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="{id}">{lvls}</w:abstractNum>'))
        numbering.append(parse_xml(f'<w:num {W} w:numId="{id}"><w:abstractNumId w:val="{id}"/></w:num>'))

    def number(paragraph: Any, id: int, level: int = 0, *, twice: bool = False) -> None:
        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
        for _ in range(1 + twice):
            properties.append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{id}"/></w:numPr>'))

    for text, children in (("培训目标", ()), ("培训内容", ("法律法规", "防卫技能"))):
        number(document.add_heading(text, 1), 90)
        for child in children:
            number(document.add_heading(child, 2), 90, 1, twice=True)
            document.add_paragraph(f"{child}的学习不少于 4 学时。")
    for text in ("报到", "领取教材"):
        number(document.add_paragraph(text), 91)
    document.add_paragraph("报到时带好保安员证。")
    number(document.add_paragraph("考试"), 91)
    for text in ("笔试", "实操"):
        number(document.add_paragraph(text), 92)
    for text in ("雨具", "水壶"):
        document.add_paragraph(text, style="List Bullet")
    saved(document, "numbered.docx")


def revised() -> None:
    """A draft that went through several hands: struck out and inserted words, a remark, hidden text."""
    document = Document()
    document.add_heading("门岗交接班制度修订", 1)
    paragraph = document.add_paragraph("交接班应当在")
    for xml in (
        f'<w:del {W} w:id="1" w:author="甲"><w:r><w:delText xml:space="preserve">五分钟</w:delText></w:r></w:del>',
        f'<w:ins {W} w:id="2" w:author="乙"><w:r><w:t>十分钟</w:t></w:r></w:ins>',
        f"<w:r {W}><w:t>内完成，</w:t></w:r>",
        f"<w:r {W}><w:rPr><w:vanish/></w:rPr><w:t>张三身份证340503198001011234，</w:t></w:r>",
        f"<w:r {W}><w:t>并在登记本上签名。</w:t></w:r>",
    ):
        paragraph._p.append(parse_xml(xml))  # noqa: SLF001
    document.add_comment(paragraph.runs, text="这句话请李主任再看一下", author="丙", initials="b")
    document.add_paragraph("详见协会网站，或写信联系。").add_run("")
    link = document.part.relate_to(
        "https://example.org/rules?a=1&b=(2)",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    paragraph = document.add_paragraph("全文见")
    paragraph._p.append(  # noqa: SLF001
        parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{link}"><w:r><w:t>制度全文</w:t></w:r></w:hyperlink>')
    )
    saved(document, "revised.docx")


def pictured() -> None:
    """A news story with photographs of a telephone, one of them twice, captions, a text box and a table with merged cells."""
    document = Document()
    document.add_heading("灯塔保安开展消防演练", 1)
    document.add_paragraph("9月5日上午，灯塔保安在港城中学开展消防演练，60余名保安员参加。")
    turned = photo("a", turned=True)
    for data, caption in ((turned, "图1 队员用灭火器扑灭油盆里的火"), (photo("bb"), ""), (turned, "")):
        document.add_picture(io.BytesIO(data), width=Cm(10))
        if caption:
            document.add_paragraph(caption).alignment = WD_ALIGN_PARAGRAPH.CENTER
    box = (
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent>'
        "<w:p><w:r><w:t>演练口号：宁可千日不松无事绳</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    document.add_paragraph("演练分三个环节：")._p.append(parse_xml(box))  # noqa: SLF001
    table = document.add_table(4, 3)
    for at, row in enumerate(
        (("环节", "科目", "人数"), ("一", "报警", "10"), ("一", "疏散", "30"), ("二", "灭火 | 清点", "20"))
    ):
        for cell, text in zip(table.rows[at].cells, row, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0)).text = "一"
    document.add_paragraph("（通讯员  供稿）")
    saved(document, "pictured.docx")


def announced() -> None:
    """A public notice with a document number, a list of names in a table and a footnote."""
    document = official("关于2026年优秀保安服务项目\n拟表彰名单的公示")
    paragraph = document.add_paragraph("港保协〔2026〕7号")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    body(document, "经自愿申报、客户同意、县区公安机关推荐，现将拟表彰名单予以公示。")
    table = document.add_table(3, 3)
    for at, row in enumerate(
        (("序号", "项目", "单位"), ("1", "港城中学护校项目", "灯塔保安"), ("2", "东港医院项目", "海鸥保安"))
    ):
        for cell, text in zip(table.rows[at].cells, row, strict=True):
            cell.text = text
    mark = f'<w:r {W}><w:footnoteReference w:id="2"/></w:r>'
    body(document, "公示时间为2026年9月14日至9月18日。")._p.append(parse_xml(mark))  # noqa: SLF001
    document.add_paragraph("港城市保安行业协会").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph("2026年9月14日").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    notes = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {W}>'
        '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:t>公示期为五个工作日，首日计入。</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    document.part.relate_to(
        "footnotes.xml",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes",
        is_external=True,
    )
    saved(
        document,
        "announced.docx",
        {
            "word/_rels/document.xml.rels": lambda data: data.replace(b' TargetMode="External"', b""),
            "[Content_Types].xml": lambda data: data.replace(
                b"</Types>",
                b'<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.'
                b'wordprocessingml.footnotes+xml"/></Types>',
            ),
        },
        {"word/footnotes.xml": notes.encode()},
    )


def form() -> None:
    """The reporting form, filled in."""
    document = official("保安员事迹上报表")
    rows = (
        ("标题（一句话）", "拾到三万元，原地等候失主"),
        ("类别", "□战果　☑好人好事　□先进事迹　□见义勇为"),
        ("日期", "2026.9.5"),
        ("单位", "灯塔保安公司"),
        ("人物", "甲、周乙"),
        ("地点（到街道）", "港城区东港街道"),
        ("经过", "9月5日早上六点，保安员在门岗拾到一只布袋。\n他打开登记，原地等候四十分钟，把布袋交还失主。"),
        ("佐证", "派出所情况说明\n失主感谢信"),
        ("上报", "2026年9月6日 报支队和协会"),
    )
    table = document.add_table(len(rows), 2)
    table.style = "Table Grid"
    for row, (label, value) in zip(table.rows, rows, strict=True):
        row.cells[0].text = label
        row.cells[1].text = value.split("\n")[0]
        for line in value.split("\n")[1:]:
            row.cells[1].add_paragraph(line)
    document.add_picture(io.BytesIO(photo("ccc")), width=Cm(8))
    saved(document, "form.docx")


def wechat() -> None:
    """An article of a public account, saved from a browser, with one picture beside it and one that stayed on the net."""
    (FOLDER / "wechat_files").mkdir(exist_ok=True)
    (FOLDER / "wechat_files" / "640.jpg").write_bytes(photo("dd"))
    small = base64.b64encode(photo("e")).decode()
    page = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta property="og:title" content="平安路上 &quot;灯塔&quot;长明">
<title>公众号</title><style>.x{{color:red}}</style><script>var a = "<p>不是正文</p>";</script></head><body>
<div id="page"><h1 id="activity-name">
  平安路上 &quot;灯塔&quot;长明
</h1><div id="meta"><a id="js_name">港城保安</a><em id="publish_time">2026年9月5日 10:20</em></div>
<div id="js_content" style="visibility: hidden; opacity: 0;">
<section style="margin:0"><section><p style="text-align:center"><span style="font-size:16px"><strong>清晨五点，</strong></span><strong>门岗的灯亮了。</strong></p></section></section>
<section><img data-src="https://mmbiz.example.org/640?wx_fmt=jpeg" src="./wechat_files/640.jpg" alt="图片"></section>
<p><br></p><section>港城的雨<br>下了一夜。</section>
<p><img data-src="https://mmbiz.example.org/other?wx_fmt=png"></p>
<p style="display:none">编辑手机13800138000</p>
<ul><li><p>查车棚</p></li><li><section>查楼道</section></li></ul>
<blockquote><p>“灯亮着，人就安心。”</p></blockquote>
<p><img src="data:image/jpeg;base64,{small}" alt="门岗亮着灯"></p>
<iframe class="video_iframe" data-src="https://v.example.org/1"></iframe>
<p>点击<a href="javascript:void(0)">阅读原文</a>，或看<a href="https://example.org/a">更多</a>。</p>
</div><div class="tool">分享 收藏</div></div></body></html>"""
    (FOLDER / "wechat.html").write_bytes(page.encode())


if __name__ == "__main__":
    for make in (report, numbered, revised, pictured, announced, form, wechat):
        make()
