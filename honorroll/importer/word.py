"""Word documents → HTML, by mammoth; before that, all is taken out that a reader does not see or mammoth does not tell.

What is taken out is listed with its words: hidden text, changes that were struck out, comments, text boxes, headers and
footers, objects. Automatic numbers become text, since they stand nowhere in the file.
"""

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from io import BytesIO
from xml.etree import ElementTree  # noqa: ICN001  # its own name is plain

from msgspec import Struct, field

from honorroll.importer.numbering import Level, Numbering, W, unknown_forms

#: A document may hold so many parts, and so many bytes unpacked: in one part of text, and in all.
MAX_PARTS, MAX_TEXT, MAX_ALL = 5_000, 6 << 20, 256 << 20

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"

#: Around the count of an item of a list, in its text; `markup` takes them out again.
START, END = "\ue010", "\ue011"

_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='标题'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p.HonorrollHeading1 => h1:fresh
p.HonorrollHeading2 => h2:fresh
p.HonorrollHeading3 => h3:fresh
p.HonorrollHeading4 => h4:fresh
p.HonorrollHeading5 => h5:fresh
p.HonorrollHeading6 => h6:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='引用'] => blockquote > p:fresh
p[style-name='明显引用'] => blockquote > p:fresh
p[style-name='footnote text'] => p:fresh
p[style-name='endnote text'] => p:fresh
"""


class Fault(Struct, frozen=True):
    """Why a file cannot be read: a key of `checks.say`."""

    key: str


class Word(Struct):
    """What was read."""

    html: str
    pictures: dict[str, bytes] = field(default_factory=dict)
    """By the address that the HTML has for them."""
    left_out: dict[str, list[str]] = field(default_factory=dict)
    """Words that were not taken, by kind."""
    centred: tuple[str, ...] = ()
    """Texts of the first paragraphs that stand in the middle: titles, where no style says so."""


def read(data: bytes) -> Word | Fault:
    """Read a document."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            fault = _fault(archive)
            if fault:
                return fault
            parts = {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError, NotImplementedError, zipfile.zlib.error):  # type: ignore[attr-defined]
        return Fault("im_doc_damaged")
    main = _main(parts)
    if not main:
        return Fault("im_doc_damaged")
    return _Reader(parts, main).read()


def _fault(archive: zipfile.ZipFile) -> Fault | None:
    """What the listing of an archive says against it, before anything is unpacked."""
    infos = archive.infolist()
    if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_ALL:
        return Fault("im_doc_bomb")
    if any(info.file_size > MAX_TEXT for info in infos if info.filename.endswith((".xml", ".rels"))):
        return Fault("im_doc_long")
    return Fault("im_doc_encrypted") if any(info.flag_bits & 1 for info in infos) else None


def _main(parts: dict[str, bytes]) -> str:
    """The part that holds the text."""
    found = re.search(rb'Type="[^"]*/officeDocument"[^>]*Target="/?([^"]+)"', parts.get("_rels/.rels", b""))
    found = found or re.search(rb'Target="/?([^"]+)"[^>]*Type="[^"]*/officeDocument"', parts.get("_rels/.rels", b""))
    name = found[1].decode("utf-8", "replace") if found else "word/document.xml"
    return name if name in parts else ""


class _Reader:
    """One document on its way."""

    def __init__(self, parts: dict[str, bytes], main: str) -> None:
        self.parts, self.main = parts, main
        self.folder = main.rpartition("/")[0]
        self.left_out: dict[str, list[str]] = defaultdict(list)
        self.used: list[Level] = []
        self.centred: list[str] = []

    def read(self) -> Word | Fault:
        try:
            styles = _Styles(self._tree("styles.xml"))
            numbering = Numbering.read(self._tree("numbering.xml"))
            for name in sorted(self.parts):
                self._beside(name, styles)
            root = self._root(self.main)
            self._clean(root, styles)
            self._white(root)
            self._number(root, styles, numbering)
            self._look(root, styles)
            self.parts[self.main] = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
            for name in ("footnotes.xml", "endnotes.xml"):
                path = f"{self.folder}/{name}"
                if path in self.parts:
                    notes = self._root(path)
                    self._clean(notes, styles)
                    self.parts[path] = ElementTree.tostring(notes, encoding="utf-8", xml_declaration=True)
        except (ElementTree.ParseError, UnicodeDecodeError, LookupError, RecursionError, _ForbiddenError):
            return Fault("im_doc_damaged")
        for form in unknown_forms(self.used):
            self._leave("numbers", form)
        return self._convert()

    def _convert(self) -> Word | Fault:
        try:
            import mammoth
        except ImportError:
            return Fault("im_doc_extra")
        pictures: dict[str, bytes] = {}
        faults: list[str] = []

        @mammoth.images.img_element  # type: ignore[untyped-decorator]
        def keep(image: object) -> dict[str, str]:
            address = f"picture:{len(pictures) + 1}"
            try:
                with image.open() as opened:  # type: ignore[attr-defined]
                    pictures[address] = opened.read()
            except (OSError, KeyError, ValueError):
                faults.append(address)
                pictures[address] = b""
            return {"src": address}

        out = BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, data in self.parts.items():
                archive.writestr(name, data)
        out.seek(0)
        try:
            made = mammoth.convert_to_html(out, style_map=_STYLES, convert_image=keep, include_embedded_style_map=False)
        except Exception:  # noqa: BLE001  # what it may raise for a damaged document has no bounds
            return Fault("im_doc_damaged")
        for message in made.messages:
            if found := re.match(r"An unrecognised element was ignored: (?:\{[^}]*\})?(.+)", message.message):
                self._leave("unknown", found[1])
        return Word(made.value, pictures, dict(self.left_out), tuple(self.centred))

    def _root(self, path: str) -> ElementTree.Element:
        data = self.parts[path].replace(_STRICT, W[1:-1].encode())
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise _ForbiddenError
        return ElementTree.fromstring(data)  # noqa: S314  # no entities, and of bounded size

    def _tree(self, name: str) -> ElementTree.Element | None:
        path = f"{self.folder}/{name}"
        return self._root(path) if path in self.parts else None

    def _leave(self, kind: str, words: str) -> None:
        text = re.sub(r"\s+", " ", words.replace(START, "").replace(END, "")).strip()
        if text and text not in self.left_out[kind]:
            self.left_out[kind].append(text)
        if not self.left_out[kind]:
            del self.left_out[kind]

    def _beside(self, name: str, styles: "_Styles") -> None:
        """List what stands in other parts: headers, footers, comments, objects, macros."""
        file = name.removeprefix(f"{self.folder}/")
        if re.fullmatch(r"(header|footer)\d*\.xml", file):
            root = self._root(name)
            self._clean(root, styles)
            for paragraph in root.iter(f"{W}p"):
                if not re.fullmatch(r"[\s\d—–\-第页共/]*", words := _words(paragraph)):
                    self._leave("headers", words)
        elif file == "comments.xml":
            for comment in self._root(name).iter(f"{W}comment"):
                self._leave("comments", _words(comment))
        elif file.endswith("vbaProject.bin"):
            self._leave("macros", "vbaProject")

    # What a reader does not see

    def _clean(self, root: ElementTree.Element, styles: "_Styles") -> None:
        for parent in list(root.iter()):
            at = 0
            while at < len(parent):
                child = parent[at]
                new = self._kept(child, styles)
                if new is child:
                    at += 1
                    continue
                parent[at : at + 1] = new if isinstance(new, list) else []

    def _kept(  # noqa: PLR0911  # one decision a tag
        self, element: ElementTree.Element, styles: "_Styles"
    ) -> ElementTree.Element | list[ElementTree.Element] | None:
        """The element itself, or what stands in its place."""
        tag = element.tag
        if tag in {f"{W}del", f"{W}moveFrom"}:
            self._leave("deleted", _words(element))
            return None
        if tag in {f"{W}ins", f"{W}moveTo"}:
            self._leave("inserted", _words(element))
            return list(element)
        if tag == f"{W}tr" and element.find(f"{W}trPr/{W}del") is not None:
            self._leave("deleted", _words(element))
            return None
        if tag == f"{W}ruby":  # what is read aloud goes, the characters stay
            base = element.find(f"{W}rubyBase")
            word = ElementTree.Element(f"{W}t")
            word.text = _words(base) if base is not None else ""
            return [word]
        if tag == f"{W}r" and styles.is_hidden(element):
            self._leave("hidden", _words(element))
            return None
        if tag == f"{W}p" and styles.is_hidden_paragraph(element):
            self._leave("hidden", _words(element))
            return None
        return self._kept_object(element)

    def _kept_object(self, element: ElementTree.Element) -> ElementTree.Element | list[ElementTree.Element] | None:
        tag = element.tag
        if tag == f"{_MC}AlternateContent" or tag in {f"{W}drawing", f"{W}pict"}:
            first = next(iter(element), None) if tag.startswith(_MC) else element
            boxes = [] if first is None else [*first.iter(f"{W}txbxContent")]
            if boxes:
                for box in boxes:
                    self._leave("boxes", _words(box))
                return None
        if tag == f"{W}drawing":
            kinds = {each.get("uri", "") for each in element.iter(f"{_A}graphicData")}
            if kinds and _PICTURE not in kinds and element.find(f".//{_A}blip") is None:
                name = next((each.get("descr") or each.get("name") or "" for each in _named(element)), "")
                self._leave("objects", name or "图形")
                return None
        if tag == f"{W}object":
            names = [each.get("ProgID", "") for each in element.iter() if each.tag.endswith("OLEObject")]
            self._leave("objects", next(iter(filter(None, names)), "OLE"))
            return None
        if tag in {f"{_M}oMath", f"{_M}oMathPara"}:
            self._leave("formulas", "".join(each.text or "" for each in element.iter(f"{_M}t")))
            return None
        return element

    def _white(self, root: ElementTree.Element) -> None:
        """Take out white text on white: outside of tables, with no ground of its own."""
        for paragraph in root.findall(f"{W}body/{W}p"):
            if paragraph.find(f"{W}pPr/{W}shd") is not None:
                continue
            for parent in [*paragraph.iter()]:
                for run in parent.findall(f"{W}r"):
                    own = run.find(f"{W}rPr")
                    color = own.find(f"{W}color") if own is not None else None
                    is_bare = own is not None and own.find(f"{W}shd") is None and own.find(f"{W}highlight") is None
                    if color is not None and is_bare and color.get(f"{W}val", "").upper() == "FFFFFF":
                        self._leave("hidden", _words(run))
                        parent.remove(run)

    # Numbers and titles

    def _number(self, root: ElementTree.Element, styles: "_Styles", numbering: Numbering) -> None:
        """Write automatic numbers into the text; plain lists stay lists, with their count."""
        for paragraph in root.iter(f"{W}p"):
            found = styles.number(paragraph)
            counted = numbering.next(*found) if found else None
            if counted is None:
                continue
            label, count, level = counted
            self.used.append(level)
            if level.is_list and not styles.heading(paragraph):
                if level.form != "bullet":
                    _prefix(paragraph, f"{START}{count}{END}")
                continue
            _drop_number(paragraph)
            _prefix(paragraph, label if not label or label[-1] in "、．.）)：" else f"{label} ")

    def _look(self, root: ElementTree.Element, styles: "_Styles") -> None:
        """Headings by their level in the outline, a table of contents, and what stands in the middle at the top."""
        body = root.find(f"{W}body")
        parents = {child: parent for parent in root.iter() for child in parent}
        top = True
        for paragraph in [*root.iter(f"{W}p")]:
            text = _words(paragraph).strip()
            if styles.is_contents(paragraph):
                self._leave("contents", text)
                parents[paragraph].remove(paragraph)
                continue
            level = styles.heading(paragraph)
            if level and not styles.is_named_heading(paragraph):
                _properties(paragraph, "pStyle").set(f"{W}val", f"HonorrollHeading{level}")
            if body is not None and parents.get(paragraph) is not body:
                continue
            if text and top:
                top = styles.is_centred(paragraph) and len(text) <= 60
                if top:
                    self.centred.append(text)


class _ForbiddenError(Exception):
    """XML with declarations of its own."""


class _Styles:
    """What the styles of a document say, with those that they follow."""

    def __init__(self, root: ElementTree.Element | None) -> None:
        self.by_id = {
            style.get(f"{W}styleId", ""): style for style in (root.iter(f"{W}style") if root is not None else ())
        }

    def _chain(self, id: str) -> Iterator[ElementTree.Element]:
        for _ in range(20):
            style = self.by_id.get(id)
            if style is None:
                return
            yield style
            based = style.find(f"{W}basedOn")
            id = based.get(f"{W}val", "") if based is not None else ""

    def _found(self, id: str, path: str) -> ElementTree.Element | None:
        return next((found for style in self._chain(id) if (found := style.find(path)) is not None), None)

    def _name(self, paragraph: ElementTree.Element) -> str:
        style = self.by_id.get(_style(paragraph, "p"))
        name = style.find(f"{W}name") if style is not None else None
        return (name.get(f"{W}val", "") if name is not None else "").lower()

    def is_hidden(self, run: ElementTree.Element) -> bool:
        own = run.find(f"{W}rPr/{W}vanish")
        if own is not None:
            return _is_on(own)
        found = self._found(_style(run, "r"), f"{W}rPr/{W}vanish")
        return found is not None and _is_on(found)

    def is_hidden_paragraph(self, paragraph: ElementTree.Element) -> bool:
        found = self._found(_style(paragraph, "p"), f"{W}rPr/{W}vanish")
        shown = [run for run in paragraph.iter(f"{W}r") if run.find(f"{W}rPr/{W}vanish") is not None]
        return found is not None and _is_on(found) and not shown

    def is_contents(self, paragraph: ElementTree.Element) -> bool:
        return re.match(r"toc \d|toc heading|目录 ?\d", self._name(paragraph)) is not None

    def is_named_heading(self, paragraph: ElementTree.Element) -> bool:
        return re.fullmatch(r"heading [1-6]|title|标题", self._name(paragraph)) is not None

    def heading(self, paragraph: ElementTree.Element) -> int:
        """The level of a heading; 0 for other paragraphs."""
        name = self._name(paragraph)
        if found := re.fullmatch(r"(?:heading|标题) ?([1-9])", name):
            return min(int(found[1]), 6)
        if name in {"title", "标题"}:
            return 1
        own = paragraph.find(f"{W}pPr/{W}outlineLvl")
        level = own if own is not None else self._found(_style(paragraph, "p"), f"{W}pPr/{W}outlineLvl")
        value = level.get(f"{W}val", "9") if level is not None else "9"
        return min(int(value) + 1, 6) if value in "012345678" else 0

    def is_centred(self, paragraph: ElementTree.Element) -> bool:
        own = paragraph.find(f"{W}pPr/{W}jc")
        found = own if own is not None else self._found(_style(paragraph, "p"), f"{W}pPr/{W}jc")
        return found is not None and found.get(f"{W}val") == "center"

    def number(self, paragraph: ElementTree.Element) -> tuple[str, int] | None:
        """The numbering of a paragraph and its level."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        found = own if own is not None else self._found(_style(paragraph, "p"), f"{W}pPr/{W}numPr")
        if found is None:
            return None
        number, level = found.find(f"{W}numId"), found.find(f"{W}ilvl")
        id = number.get(f"{W}val", "0") if number is not None else "0"
        at = level.get(f"{W}val", "0") if level is not None else "0"
        return (id, int(at) if at.isdecimal() else 0) if id != "0" else None


def _style(element: ElementTree.Element, kind: str) -> str:
    found = element.find(f"{W}{kind}Pr/{W}{kind}Style")
    return found.get(f"{W}val", "") if found is not None else ""


def _is_on(element: ElementTree.Element) -> bool:
    return element.get(f"{W}val", "true") not in {"0", "false", "off"}


def _named(element: ElementTree.Element) -> Iterable[ElementTree.Element]:
    return (each for each in element.iter() if each.tag.endswith("}docPr"))


def _words(element: ElementTree.Element) -> str:
    """All text inside, with a blank between paragraphs and cells."""
    found: list[str] = []
    for each in element.iter():
        if each.tag in {f"{W}t", f"{W}delText", f"{_M}t"}:
            found.append(each.text or "")
        elif each.tag in {f"{W}p", f"{W}tab", f"{W}br"}:
            found.append(" ")
    return "".join(found)


def _properties(paragraph: ElementTree.Element, name: str) -> ElementTree.Element:
    """A property of a paragraph, made where it is missing."""
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = ElementTree.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    found = properties.find(f"{W}{name}")
    if found is None:
        found = ElementTree.Element(f"{W}{name}")
        properties.insert(0, found)
    return found


def _prefix(paragraph: ElementTree.Element, text: str) -> None:
    """Put a text at the beginning of a paragraph."""
    if not text:
        return
    run = ElementTree.Element(f"{W}r")
    word = ElementTree.SubElement(run, f"{W}t")
    word.text = text
    word.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    paragraph.insert(1 if len(paragraph) and paragraph[0].tag == f"{W}pPr" else 0, run)


def _drop_number(paragraph: ElementTree.Element) -> None:
    """Let a paragraph be no item of a list, not by its style either."""
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = ElementTree.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    for each in properties.findall(f"{W}numPr"):
        properties.remove(each)
    none = ElementTree.SubElement(properties, f"{W}numPr")
    ElementTree.SubElement(none, f"{W}ilvl").set(f"{W}val", "0")
    ElementTree.SubElement(none, f"{W}numId").set(f"{W}val", "0")
