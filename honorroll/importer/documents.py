"""A document → what it says, as our Markdown: title, day, text, pictures, the fields of a form, and all that was not taken."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal

from msgspec import Struct, field

from honorroll.chinese import YEARS
from honorroll.content import image_probe
from honorroll.importer import html_tree, markup, photos, word
from honorroll.importer.html_tree import Node
from honorroll.importer.remarks import Remark

#: More is not read, in bytes.
LARGEST = 100 << 20
#: So many pictures of one document.
MAX_PICTURES = 200
#: So much of what was left out is told of each kind, and so many of it.
_TOLD, _MANY = 80, 12

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Suffixes that people give to documents, readable or not.
SUFFIXES = tuple(".docx .docm .dotx .doc .dot .wps .wpt .html .htm .mht .mhtml .rtf .odt .pdf .pages .txt".split())

#: The labels of the reporting form, by the field of a deed.
FORM = {
    "标题": "title",
    "类别": "kind",
    "日期": "date",
    "单位": "unit",
    "人物": "persons",
    "地点": "place",
    "经过": "story",
    "佐证": "evidence",
    "上报": "reported",
}
#: Fewer labels make no form.
_LABELS = 4
#: Other words for the labels.
_SYNONYMS = {
    "事迹标题": "标题",
    "事迹类别": "类别",
    "发生日期": "日期",
    "时间": "日期",
    "所属单位": "单位",
    "姓名": "人物",
}
_SYNONYMS |= {"事迹经过": "经过", "主要事迹": "经过", "证明材料": "佐证", "佐证材料": "佐证", "上报情况": "上报"}

_DAY = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")


class Document(Struct):
    """What a document says."""

    name: str
    title: str
    day: str
    """As 2026-09-05; empty where the text names none."""
    markup: markup.Markup
    pictures: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    """By the address in the markup: a name, and the bytes."""
    form: dict[str, str] = field(default_factory=dict)
    """By label of the reporting form what was filled in."""
    remarks: list[Remark] = field(default_factory=list)

    def body(self, folder: str) -> str:
        """The Markdown text, with pictures in a folder beside it (empty: right there)."""
        return self.markup.markdown(
            lambda picture: f"{folder}{self.pictures[picture.src][0]}" if picture.src in self.pictures else None
        )


def kind_of(name: str, data: bytes) -> Literal["word", "html", ""] | Remark:  # noqa: PLR0911  # a line a kind of file
    """What a file is, by its bytes; empty for what is no document; or why this document cannot be read."""
    suffix = f".{name.rpartition('.')[2].lower()}" if "." in name else ""
    if data.startswith(_ZIP):
        listing = data[:4096] + data[-(1 << 17) :]
        if b"word/" in listing:
            return "word"
        if suffix not in SUFFIXES or b"xl/" in listing:
            return ""
        return Remark("im_doc_other" if b"opendocument" in data[:200] else "im_doc_renamed", file=name)
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return Remark("im_doc_encrypted", file=name) if suffix in SUFFIXES else ""
        is_word = "WordDocument".encode("utf-16-le") in data
        return Remark("im_doc_old", file=name) if is_word or suffix in SUFFIXES else ""
    start = data[:2048].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if suffix in SUFFIXES or start.startswith((b"<!doctype html", b"<html")):
        return _by_start(name, suffix, data, start)
    return ""


def _by_start(name: str, suffix: str, data: bytes, start: bytes) -> Literal["html"] | Remark:
    """What a document is that is no archive."""
    if not data.strip():
        return Remark("im_doc_empty", file=name)
    if start.startswith((b"%pdf", b"{\\rtf")) or suffix in {".pdf", ".rtf", ".odt", ".pages"}:
        return Remark("im_doc_other", file=name)
    if b"mime-version:" in start or suffix in {".mht", ".mhtml"}:
        return Remark("im_doc_single", file=name)
    plain = start.replace(b"\0", b"")
    if suffix in {".html", ".htm"} or re.search(rb"<(!doctype html|html|head|body|meta|table|p|div)\b", plain):
        return "html"
    return Remark("im_doc_text" if suffix == ".txt" else "im_doc_renamed", file=name)


def read(name: str, data: bytes, beside: Callable[[str], bytes | None] = lambda _: None) -> Document | Remark:
    """Read a document.

    Args:
        name: of its file.
        data: its bytes.
        beside: gives the bytes of a file that lies beside it, by its relative address; none where there is none.

    Returns:
        What it says; or why it cannot be read.
    """
    if len(data) > LARGEST:
        return Remark("im_doc_large", file=name)
    kind = kind_of(name, data)
    if isinstance(kind, Remark):
        return kind
    return _from_word(name, data) if kind == "word" else _from_html(name, data, beside)


def _from_word(name: str, data: bytes) -> Document | Remark:
    found = word.read(data)
    if isinstance(found, word.Fault):
        return Remark(found.key, file=name)
    made = markup.convert(html_tree.parse(found.html))
    title = made.title()
    if not title and found.centred:
        title = _take_title(made, found.centred)
    for kind, words in found.left_out.items():
        made.left_out[kind] += words
    return _document(name, title, made, found.pictures.get)


def _from_html(name: str, data: bytes, beside: Callable[[str], bytes | None]) -> Document | Remark:
    text, inside = html_tree.without_data(html_tree.decoded(data))
    if html_tree.is_too_much(text):
        return Remark("im_doc_long", file=name)
    root = html_tree.parse(text)
    content, title = _content(root), ""
    own = next((node for node in root.walk() if node.attributes.get("id") == "activity-name"), None)
    if own is not None:
        title = re.sub(r"\s+", " ", own.text).strip()
        own.children = []
    made = markup.convert(content)
    title = title or made.title() or _take_title(made, html_tree.centred(content)) or html_tree.title_of(text)

    def picture(src: str) -> bytes | None:
        if found := re.match(r"data:[^,]*,(.*)", inside.get(src, ""), re.DOTALL):
            import base64
            import binascii

            try:
                return base64.b64decode(found[1], validate=False)
            except (binascii.Error, ValueError):
                return b""
        return None if re.match(r"[a-z]+:|//", src, re.IGNORECASE) else beside(src)

    document = _document(name, title, made, picture)
    if not document.day:
        shown = next((node.text for node in root.walk() if node.attributes.get("id") == "publish_time"), "")
        document.day = _first_day(shown)
    return document


def _content(root: Node) -> Node:
    """The part of a page that is its text."""
    for sign in ("js_content", "article", "main"):
        found = next((node for node in root.walk() if sign in {node.attributes.get("id"), node.tag}), None)
        if found is not None and found.text.strip():
            return Node("div", {}, found.children)  # WeChat's own is hidden until a script has run
    return root


def _take_title(made: markup.Markup, centred: tuple[str, ...]) -> str:
    """Take the lines in the middle at the top for the title, as official documents have it, in one or two lines."""
    title = ""
    while made.blocks and len(title) < 80 and made.blocks[0].kind == "text":
        text = re.sub(r"\\(\W)", r"\1", made.blocks[0].text.replace("**", "")).strip()
        if not any(re.sub(r"\s", "", text) == re.sub(r"\s", "", each) for each in centred[:2]) or _DAY.search(text):
            break
        title += text
        del made.blocks[0]
    return title


def _document(name: str, title: str, made: markup.Markup, picture: Callable[[str], bytes | None]) -> Document:
    """Put together what was read."""
    document = Document(name, title or name.rpartition(".")[0] or name, "", made)
    text = made.markdown(lambda _: None)
    document.day = _last_line_day(text) or _first_day(text)
    _take_pictures(document, picture)
    for table in made.tables:
        form = _form(table)
        if len(form) >= _LABELS and not document.form:
            document.form = form
    for kind, words in made.left_out.items():
        told = "；".join(f"“{masked(each[:_TOLD])}{'…' if len(each) > _TOLD else ''}”" for each in words[:_MANY])
        more = f" …（{len(words)}）" if len(words) > _MANY else ""
        document.remarks.append(Remark(f"im_doc_{kind}", {"words": told + more}, name))
    if not title:
        document.remarks.append(Remark("im_doc_no_title", {"title": document.title}, name))
    return document


def _take_pictures(document: Document, picture: Callable[[str], bytes | None]) -> None:
    """Take out the pictures that the text shows, each one once."""
    known: dict[bytes, str] = {}
    for block in document.markup.blocks:
        if block.picture is None or block.picture.src in document.pictures:
            continue
        src, number = block.picture.src, len(document.pictures) + 1
        data = picture(src)
        shown = src[:60] if not src.startswith(("picture:", "data:")) else f"图 {number}"
        if data is None:
            document.remarks.append(Remark("im_doc_picture_missing", {"src": shown}, document.name))
            continue
        made = photos.prepared(data) if number <= MAX_PICTURES else image_probe.Fault("PIC-04", {})
        if isinstance(made, image_probe.Fault):
            document.remarks.append(Remark("im_doc_picture_fault", {"src": shown, "rule": made.rule}, document.name))
            continue
        name = known.get(made.data) or _picture_name(src, number, {name for name, _ in document.pictures.values()})
        name = name if "." in name else name + made.suffix
        known[made.data] = name
        document.pictures[src] = name, made.data


def _picture_name(src: str, number: int, taken: set[str]) -> str:
    """The name of a picture, by that of its file if this has one of letters and digits."""
    stem = (
        ""
        if src.startswith(("picture:", "data:"))
        else src.split("?", maxsplit=1)[0].rpartition("/")[2].rpartition(".")[0]
    )
    stem = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:40]
    stem = stem if stem and re.search("[a-z]", stem) else f"picture-{number:02}"
    used = {name.rpartition(".")[0] for name in taken}
    return stem if stem not in used else f"{stem}-{number:02}"


def _form(table: list[list[Node]]) -> dict[str, str]:
    """What is filled in beside the labels of the reporting form; labels and values may stand twice in a row."""
    found: dict[str, str] = {}
    for row in table:
        cells = [cell for cell in row if cell.children or cell.attributes]
        at = 0
        while at < len(cells) - 1:
            label = label_of(cells[at].text)
            if label in FORM and label not in found:
                found[label] = markup.cell_text(cells[at + 1])
                at += 2
            else:
                at += 1
    return found


def label_of(text: str) -> str:
    """A label without what is said of it in brackets, and without blanks and colons."""
    plain = re.sub(r"[（(].*|[\s:：*]", "", text.replace("\u3000", ""))
    return _SYNONYMS.get(plain, plain)


def _first_day(text: str) -> str:
    return next(filter(None, map(_iso, _DAY.finditer(text))), "")


def _last_line_day(text: str) -> str:
    """The day that stands alone in one of the last lines, as a signature has it."""
    for line in reversed(text.split("\n")[-12:]):
        if (found := _DAY.fullmatch(line.strip().strip("（）() \\"))) and (day := _iso(found)):
            return day
    return ""


def _iso(found: re.Match[str]) -> str:
    try:
        day = date(*map(int, found.groups()))
    except ValueError:
        return ""
    return day.isoformat() if day.year in YEARS else ""


def masked(text: str) -> str:
    """Words for a message, with long numbers covered."""
    return re.sub(r"\d[\d\s-]{5,}[\dXx]", lambda found: f"{found[0][:3]}****{found[0][-2:]}", text)


def deed_values(form: Mapping[str, str]) -> dict[str, str]:
    """The fields of a deed that a form fills in, as texts: those that refer to others are left as they are written."""
    values = {FORM[label]: text.strip() for label, text in form.items() if text.strip()}
    plain = {name: re.sub(r"\\(\W)", r"\1", text.replace("**", "")) for name, text in values.items() if name != "story"}
    return values | {name: re.sub(r"\\?\n+", " " if name != "evidence" else "\n", text) for name, text in plain.items()}
