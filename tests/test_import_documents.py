"""`import` of documents: what each of the awkward ones becomes, and that nothing is half written."""

import io
import os
import re
import subprocess
import sys
import zipfile
from datetime import date
from difflib import unified_diff
from pathlib import Path

import pytest
from conftest import Project
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from honorroll.checks import say
from honorroll.cli import commands
from honorroll.content import markdown
from honorroll.importer import documents
from honorroll.importer.html_tree import parse
from honorroll.importer.markup import convert
from honorroll.importer.numbering import written

OFFICE = Path(__file__).parent / "office"
FOLDER = OFFICE / "documents"
NAMES = sorted(path.name for path in FOLDER.iterdir() if path.suffix in {".docx", ".html"})
PRIVATE = re.compile(r"13800138000|340503198001011234")


def beside(address: str) -> bytes | None:
    file = FOLDER / address
    return file.read_bytes() if file.is_file() else None


def read(name: str) -> documents.Document:
    found = documents.read(name, (FOLDER / name).read_bytes(), beside)
    assert isinstance(found, documents.Document)
    return found


def told(found: documents.Document) -> str:
    lines = [f"title: {found.title}", f"day: {found.day}", f"pictures: {[name for name, _ in found.pictures.values()]}"]
    lines += [f"form: {label} = {value!r}" for label, value in found.form.items()]
    lines += [f"told: {say(remark.key, **remark.args)}" for remark in found.remarks]
    return "\n".join([*lines, "", found.body(""), ""])


@pytest.mark.parametrize("name", NAMES)
def test_a_document_becomes_what_was_agreed(name: str, *, regenerate: bool) -> None:
    golden = OFFICE / "golden" / f"{name}.txt"
    made = told(read(name))
    if regenerate:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(made, encoding="utf-8", newline="\n")
    wanted = golden.read_text(encoding="utf-8")
    assert made == wanted, "\n".join(unified_diff(wanted.split("\n"), made.split("\n"), lineterm=""))
    assert not PRIVATE.search(made)


def test_the_documents_are_what_their_script_makes() -> None:
    before = {path.name: path.read_bytes() for path in FOLDER.rglob("*") if path.is_file()}
    subprocess.run([sys.executable, OFFICE / "make_documents.py"], check=True)
    assert {path.name: path.read_bytes() for path in FOLDER.rglob("*") if path.is_file()} == before


def test_what_an_office_program_calls_a_word_document_may_be_a_page() -> None:
    page = (
        "<html><head><meta http-equiv=Content-Type content='text/html; charset=gb2312'></head><body>"
        "<p align=center><b>关于开展检查的通知</b></p><p>各公司：<span style='display:none'>内部</span></p>"
        "<p>一、时间安排<o:p></o:p></p><p>2026年9月5日开始。</p></body></html>"
    )
    found = documents.read("通知.doc", page.encode("gbk"))
    assert isinstance(found, documents.Document)
    assert (found.title, found.day) == ("关于开展检查的通知", "2026-09-05")
    assert found.body("") == "各公司：\n\n## 一、时间安排\n\n2026年9月5日开始。"


@pytest.mark.parametrize("name", ["pictured.docx", "wechat.html"])
def test_pictures_stand_upright_and_say_nothing_of_themselves(name: str) -> None:
    for _, data in read(name).pictures.values():
        with Image.open(io.BytesIO(data)) as image:
            assert image.width > image.height
            assert not image.getexif()
            assert not {"exif", "icc_profile", "comment", "xmp"} & image.info.keys()


# The way through the command line


def run(project: Project, *words: str) -> int:
    return commands.main(["import", *words, "--jobs", "1", "--today", "2026-11-30"], project.root)


def files(project: Project) -> dict[str, bytes]:
    folders = (project.root / "content", project.root / "data")
    return {
        path.relative_to(project.root).as_posix(): path.read_bytes()
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def later(project: Project) -> Project:
    project.replace("data/campaign.yaml", "sample: 是", "sample: 否")
    return project


POST = ["--to", "post", "--date", "2026-09-05", "--alt", "队员列队"]


def test_a_plan_writes_nothing_and_the_same_file_twice_changes_nothing(
    later: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    before, file = files(later), str(FOLDER / "pictured.docx")
    assert run(later, file, *POST) == commands.FINE
    assert files(later) == before
    shown = capsys.readouterr().out
    for word in ("灯塔保安开展消防演练", "演练口号", "picture-01.jpg", "--write"):
        assert word in shown
    assert run(later, file, *POST, "--write") == commands.FINE
    after = files(later)
    assert sorted(after.keys() - before.keys()) == [
        f"content/news/2026-09-05-pictured/{name}" for name in ("index.md", "picture-01.jpg", "picture-02.jpg")
    ]
    assert later.build(strict=True, today=date(2026, 11, 30)).findings == ()
    assert "队员列队" in later.read("site/news/2026-09-05-pictured.html")
    capsys.readouterr()
    assert run(later, file, *POST, "--write") == commands.FINE
    assert "没有变化" in capsys.readouterr().out
    assert files(later) == after
    assert commands.main(["undo"], later.root) == commands.FINE
    assert files(later) == before


def test_several_documents_are_one_act(later: Project) -> None:
    before = files(later)
    names = [
        str(FOLDER / name) for name in ("report.docx", "libreoffice.docx", "numbered.docx") if (FOLDER / name).is_file()
    ]
    assert (
        run(later, *names, "--to", "deed", "--date", "2026-10-08", "--set", "kind=好人好事", "--write") == commands.FINE
    )
    text = later.read("data/deeds.yaml")
    assert text.count("date: 2026-10-08") == len(names)
    assert len({*re.findall(r"(?m)^- id: (\S+)", text)}) == len(re.findall(r"(?m)^- id: ", text))
    assert commands.main(["undo"], later.root) == commands.FINE
    assert files(later) == before


def test_what_an_editor_has_changed_is_replaced_only_by_its_id(later: Project) -> None:
    file, path = str(FOLDER / "pictured.docx"), "content/news/2026-09-05-pictured/index.md"
    assert run(later, file, *POST, "--write") == commands.FINE
    later.replace(path, "演练分三个环节", "演练分为三个环节")
    before = files(later)
    assert run(later, file, *POST, "--write") == commands.CONTENT
    assert files(later) == before
    assert run(later, file, *POST, "--write", "--id", "2026-09-05-pictured") == commands.FINE
    assert "演练分三个环节" in later.read(path)


def test_a_form_becomes_the_fields_of_a_deed(later: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(later, str(FOLDER / "form.docx"), "--to", "deed", "--alt", "门岗", "--write") == commands.FINE
    shown = capsys.readouterr().out
    assert "周乙" in shown  # is not in the list of persons, and so left out
    text = later.read("data/deeds.yaml")
    for line in (
        "title: 拾到三万元，原地等候失主",
        "kind: 好人好事",
        "date: 2026-09-05",
        "place: 港城区东港街道",
        "date: 2026-09-06",
        "evidence: [派出所情况说明, 失主感谢信]",
    ):
        assert line in text
    assert later.build(today=date(2026, 11, 30)).counts
    pages = [data.decode() for path, data in later.output().items() if path.startswith("deeds/d")]
    assert any("把布袋交还失主" in page and 'alt="门岗"' in page for page in pages)


def test_a_notice_knows_its_number_its_period_and_who_signed(later: Project) -> None:
    later.replace("data/orgs.yaml", "name: 江城保安协会", "name: 港城市保安行业协会")
    assert run(later, str(FOLDER / "announced.docx"), "--to", "notice", "--write") in (commands.FINE, commands.CONTENT)
    text = later.read("data/notices.yaml").rpartition("- id:")[2]
    for line in ("kind: 公示", "number: 港保协〔2026〕7号", "date: 2026-09-14", "start: 2026-09-14", "end: 2026-09-18"):
        assert line in text
    assert "| 1 | 港城中学护校项目 | 灯塔保安 |" in text


def test_all_that_is_missing_is_told_at_once(later: Project, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(later)
    assert run(later, str(FOLDER / "pictured.docx"), "--to", "deed", "--write") == commands.USAGE
    said = capsys.readouterr().err
    for word in ("--date", "--set kind=", "--alt"):
        assert word in said
    assert files(later) == before
    assert run(later, str(FOLDER / "pictured.docx")) == commands.USAGE
    assert "--to" in capsys.readouterr().err


def test_an_identity_number_is_never_written(
    later: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "a.html"
    page.write_text("<h1>通报</h1><p>李四，身份证号码11010519491231002X。</p>", encoding="utf-8")
    before = files(later)
    assert run(later, str(page), "--to", "post", "--date", "2026-09-05", "--write") == commands.CONTENT
    said = "".join(capsys.readouterr())
    assert "PRV-01" in said
    assert "11010519491231002X" not in said
    assert files(later) == before


# What cannot be read


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(512)


def parts(name: str = "report.docx") -> dict[str, bytes]:
    with zipfile.ZipFile(FOLDER / name) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaa">]><w:document/>'
BAD = {
    "old.doc": (ole("WordDocument"), "im_doc_old"),
    "renamed.docx": (ole("WordDocument"), "im_doc_old"),
    "old.wps": (ole("WpsCustomData"), "im_doc_old"),
    "locked.docx": (ole("EncryptedPackage"), "im_doc_encrypted"),
    "empty.docx": (b"", "im_doc_empty"),
    "words.docx": ("不是文档".encode(), "im_doc_renamed"),
    "a.pdf": (b"%PDF-1.7\n", "im_doc_other"),
    "printed.docx": (b"%PDF-1.7\n", "im_doc_other"),
    "a.rtf": (b"{\\rtf1 x}", "im_doc_other"),
    "a.mht": (b"MIME-Version: 1.0\nContent-Type: multipart/related", "im_doc_single"),
    "a.txt": ("你好".encode("gbk"), "im_doc_text"),
    "cut.docx": ((FOLDER / "report.docx").read_bytes()[:-300], "im_doc_damaged"),
    "long.docx": (zipped({"word/document.xml": bytes(7 << 20)}), "im_doc_long"),
    "many.docx": (zipped({f"word/{n}": b"" for n in range(5001)}), "im_doc_bomb"),
    "entities.docx": (zipped({**parts(), "word/document.xml": ENTITIES}), "im_doc_damaged"),
    "broken.docx": (zipped({**parts(), "word/document.xml": b"<w:document"}), "im_doc_damaged"),
    "no-text.docx": (zipped({"word/styles.xml": b"<a/>"}), "im_doc_damaged"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_one_clear_sentence_and_nothing_is_written(
    name: str, later: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, key = BAD[name]
    (tmp_path / name).write_bytes(data)
    before = files(later)
    assert run(later, str(tmp_path / name), "--to", "post", "--date", "2026-09-05", "--write") == commands.CONTENT
    assert capsys.readouterr().err.splitlines() == [f"{name}：{say(key)}"]
    assert files(later) == before


def test_a_bomb_is_not_unpacked() -> None:
    found = documents.read("a.docx", zipped({**parts(), "word/media/a.png": bytes(257 << 20)}))
    assert not isinstance(found, documents.Document)
    assert found.key == "im_doc_bomb"


def test_a_file_of_more_than_a_hundred_megabytes_is_not_read() -> None:
    found = documents.read("a.html", b"<p>x</p>" + bytes(100 << 20))
    assert not isinstance(found, documents.Document)
    assert found.key == "im_doc_large"


@settings(max_examples=6, deadline=None)
@given(at=st.integers(0, 30_000), byte=st.integers(0, 255), part=st.sampled_from(sorted(parts("revised.docx"))))
def test_a_harmed_document_is_read_or_refused_in_words(at: int, byte: int, part: str) -> None:
    harmed = parts("revised.docx")
    data = bytearray(harmed[part])
    data[at % len(data)] = byte
    found = documents.read("a.docx", zipped({**harmed, part: bytes(data)}))
    assert isinstance(found, documents.Document) or say(found.key, **found.args)


# Markdown


def test_what_is_left_of_a_struck_out_row_or_a_hidden_style_is_nothing() -> None:
    body = read("revised.docx").body("")
    assert "五分钟" not in body
    assert "身份证" not in body
    assert "十分钟" in body


PIECES = st.sampled_from(
    [
        "*",
        "**",
        "_",
        "`",
        "[",
        "](x)",
        "<b>",
        "&amp;",
        "#",
        "# ",
        "- ",
        "1. ",
        "1) ",
        "|",
        "~~",
        "\\",
        "字",
        "a ",
        ">",
        "+ ",
        "---",
        "![",
        "[^1]",
        ": ",
        "=",
    ]
)


@settings(max_examples=60, deadline=None)
@given(words=st.lists(PIECES, min_size=1, max_size=8))
@example(words=["\\", "~~", "\\", "~~"])
def test_whatever_a_paragraph_says_is_what_readers_see(words: list[str]) -> None:
    from html import escape

    text = " ".join("".join(words).split())
    body = convert(parse(f"<p>{escape(text)}</p>")).markdown(lambda _: None)
    seen = re.sub("<[^>]*>", "", str(markdown.render(body, "content/a.md", "a.html", {}).html))
    from html import unescape

    assert re.sub(r"\s+", "", unescape(seen)) == re.sub(r"\s+", "", text)


RUNS = st.lists(
    st.tuples(
        st.sampled_from(["字", "字。", " ", "a ", "（b）", "1", "“引”"]), st.sets(st.sampled_from(["b", "i", "s"]))
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(runs=RUNS)
def test_marks_show_as_marks_however_they_touch(runs: list[tuple[str, set[str]]]) -> None:
    def one(text: str, tags: set[str]) -> str:
        for tag in sorted(tags):
            text = f"<{tag}>{text}</{tag}>"
        return text

    html = f"<p>{''.join(one(text, tags) for text, tags in runs)}</p>"
    body = convert(parse(html)).markdown(lambda _: None)
    shown = str(markdown.render(body, "content/a.md", "a.html", {}).html)
    words = re.sub(r"\s+", "", "".join(text for text, _ in runs))
    assert re.sub(r"\s+", "", re.sub("<[^>]*>", "", shown)) == words
    bold = re.sub(r"\s+|<[^>]*>", "", "".join(re.findall("<strong>(.*?)</strong>", shown, re.DOTALL)))
    assert bold == re.sub(r"\s+", "", "".join(text for text, tags in runs if "b" in tags))


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p><b>真。</b>她</p>", "**真。**她"),
        ("<p><b>一</b><b>二</b></p>", "**一二**"),
        ("<p><b> 空 </b>格</p>", " **空** 格".strip()),
        ('<ol start="3"><li>甲</li><li>乙</li></ol>', "3. 甲\n4. 乙"),
        ('<ol start="0"><li>甲</li><li>乙</li></ol>', "0. 甲\n1. 乙"),
        ('<ol start="x"><li>甲</li></ol>', "1. 甲"),
        ("<ol><li>甲<ul><li>乙</li></ul></li><li>丙</li></ol>", "1. 甲\n   - 乙\n2. 丙"),
        ("<p>a<sup>2</sup><b>粗</b><i>斜</i><i><b>两样</b></i></p>", "a²**粗**斜**两样**"),
        ("<ul><li><p>甲</p><p>乙</p></li></ul>", "- 甲\n\n  乙"),
        ("<table><tr><td>只有一格</td></tr></table>", "只有一格"),
        (
            "<table><tr><td>a</td><td>b|c</td></tr><tr><td colspan=2>d</td></tr></table>",
            "| a | b\\|c |\n| --- | --- |\n| d |  |",
        ),
        ("<h2>甲</h2><h5>乙</h5><p>丙</p>", "## 甲\n\n### 乙\n\n丙"),
        ("<p>甲<br>乙<br><br>丙</p>", "甲\\\n乙\n\n丙"),
        ("<p><a href='javascript:x'>点</a><a href='https://a.example/（'>看</a></p>", "点[看](https://a.example/（)"),
        ("<p>中文\n换行 a\nb</p>", "中文换行 a b"),
    ],
)
def test_html_becomes_markdown(html: str, wanted: str) -> None:
    assert convert(parse(html)).markdown(lambda _: None) == wanted


def test_deeply_nested_pages_are_read() -> None:
    html = "<div>" * 400 + "<p>底</p>" + "</div>" * 400
    assert convert(parse(html)).markdown(lambda _: None) == "底"


@pytest.mark.parametrize(
    "html", ["<div>" * 100_000, "<b>" * 100_000 + "x", "<p>" + "字" * (5 << 20), "<table>" * 50_000], ids=len
)
def test_a_page_that_would_take_hours_is_refused(html: str) -> None:
    found = documents.read("a.html", html.encode())
    assert not isinstance(found, documents.Document)
    assert found.key == "im_doc_long"


def test_a_table_of_too_many_columns_is_cut_off() -> None:
    html = "<table>" + ("<tr>" + "<td colspan=100>x" * 50) * 30 + "</table>"
    assert len(convert(parse(html)).markdown(lambda _: None)) < 30_000


def test_a_picture_elsewhere_on_the_machine_is_not_read(later: Project, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    out = io.BytesIO()
    Image.new("RGB", (400, 300), "navy").save(out, "JPEG")
    (tmp_path / "secret.jpg").write_bytes(out.getvalue())
    (tmp_path / "in" / "a.html").write_text(
        f'<h1>题</h1><p>字<img src="../secret.jpg"><img src="file://{tmp_path}/secret.jpg"></p>', encoding="utf-8"
    )
    linked = parts("pictured.docx")
    rels = linked["word/_rels/document.xml.rels"].replace(
        b'Target="media/image1.jpg"', f'Target="file://{tmp_path}/secret.jpg" TargetMode="External"'.encode()
    )
    linked |= {
        "word/_rels/document.xml.rels": rels,
        "word/document.xml": linked["word/document.xml"].replace(b"r:embed=", b"r:link="),
    }
    (tmp_path / "in" / "b.docx").write_bytes(zipped(linked))
    before = files(later)
    for name in ("a.html", "b.docx"):
        run(later, str(tmp_path / "in" / name), "--to", "post", "--date", "2026-09-05", "--write")
    assert {path.rpartition(".")[2] for path in files(later).keys() - before.keys()} == {"md"}


@pytest.mark.parametrize(
    ("number", "form", "wanted"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCounting", "十"),
        (21, "chineseCountingThousand", "二十一"),
        (105, "chineseCounting", "一百零五"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (27, "lowerLetter", "aa"),
        (14, "upperRoman", "XIV"),
        (4, "ideographTraditional", "丁"),
        (2, "decimalFullWidth", "２"),
        (2, "thaiCounting", None),
    ],
)
def test_automatic_numbers_are_written_as_word_shows_them(number: int, form: str, wanted: str | None) -> None:
    assert written(number, form) == wanted


def test_an_ordinary_build_loads_none_of_it(later: Project) -> None:
    code = (
        "import sys; from honorroll.cli import commands; commands.main(['build', '--jobs', '1']);"
        "print([name for name in ('mammoth', 'honorroll.importer', 'html.parser') if name in sys.modules])"
    )
    env = os.environ | {"PYTHONPATH": str(OFFICE.parent.parent)}
    done = subprocess.run([sys.executable, "-c", code], cwd=later.root, env=env, capture_output=True, check=True)
    assert done.stdout.decode().splitlines()[-1] == "[]"


def test_a_number_is_told_by_its_paragraph_and_never_shown(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody who has the document sees the lines of the file that would have been made of it."""

    text = "<h1>夜巡</h1><p>第一段。</p><p>有事请找队长，电话13800138000，或者<b>13900139001</b>。</p>"
    (project.root / "x.html").write_text(f"<meta charset=utf-8>{text}", encoding="utf-8")
    before = project.output(project.root)
    assert (
        commands.main(
            ["import", str(project.root / "x.html"), "--to", "post", "--date", "2022-09-05", "--write"], project.root
        )
        != 0
    )
    said = capsys.readouterr().err
    assert "x.html 正文第 2 段“有事请找队长，电话……”后面有" in said
    assert "“，或者……”" not in said
    assert "“或者……”后面有" in said
    assert "content/news" not in said
    assert not re.search(r"13800138000|13900139001", said)
    assert project.output(project.root) == before
