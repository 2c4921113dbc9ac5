"""A parsed text as a tree of HTML elements, with footnotes and task lists."""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement

from honorroll.commonmark.blocks import Block, BlockParser, Line, Problem, parse
from honorroll.commonmark.inlines import InlineParser, add_text

_TAGS = {"quote": "blockquote", "details": "dd", "terms": "dl"}
_ALIGNMENTS = {"l": "left", "c": "center", "r": "right"}


class Document:
    """The tree of a text.

    Attributes:
        root: a `div` that holds the blocks.
        targets: of each link and picture in the tree, its address with escapes resolved, and line, column and
            length of where it is typed.
        problems: what is to be told of the text.
    """

    def __init__(self, text: str) -> None:
        blocks = parse(text)
        self._notes = notes(blocks)
        self._inlines = InlineParser(blocks.definitions, frozenset(self._notes))
        self.root = Element("div")
        self.root.text = "\n"
        self._fill(self.root, blocks.document.children)
        if self._notes:
            self._add_footnotes()
        self.targets = self._inlines.targets
        self.problems: list[Problem] = [*blocks.problems, *self._inlines.problems, *self._unshown(blocks)]

    def _unshown(self, blocks: BlockParser) -> Iterator[Problem]:
        """Lines that are definitions and nothing names them: of a link, or of a footnote for the second time."""
        for label, known in blocks.definitions.items():
            if label not in self._inlines.used:
                yield Problem("MDN-12", known.line, max(known.column, 1), known.length, known.address[:20])
        for note in blocks.notes:
            if note is not self._notes[note.data]:
                yield Problem("MDN-12", note.start, 1, 1, f"[^{note.data}]")

    def _fill(self, parent: Element, blocks: Iterable[Block], *, tight: bool = False) -> None:
        """Add blocks to an element. In a tight list, paragraphs are added without a `p`."""
        in_line = tight
        for block in blocks:
            if block.kind == "paragraph" and tight:
                inside = self._text("p", block.lines)
                add_text(parent, inside.text)
                parent.extend(inside)
                in_line = True
            elif block.kind not in ("comment", "note"):
                if in_line:
                    add_text(parent, "\n")
                    in_line = False
                element = self._element(block)
                element.tail = "\n"
                parent.append(element)

    def _element(self, block: Block) -> Element:
        kind = block.kind
        if kind == "paragraph":
            return self._text("p", block.lines)
        if kind == "heading":
            return self._text(f"h{block.number}", block.lines)
        if kind in ("fence", "indented"):
            return _code(block)
        if kind == "break":
            return Element("hr")
        if kind == "list":
            return self._list(block)
        if kind == "table":
            return self._table(block)
        if kind == "term":
            return self._text("dt", block.lines)
        element = Element(_TAGS[kind])
        tight = kind == "details" and [child.kind for child in block.children] == ["paragraph"]
        element.text = None if tight else "\n"
        self._fill(element, block.children, tight=tight)
        return element

    def _text(self, tag: str, lines: list[Line]) -> Element:
        element = Element(tag)
        self._inlines.fill(element, lines)
        return element

    def _list(self, block: Block) -> Element:
        ordered = block.data in ".)"
        element = Element("ol" if ordered else "ul")
        if ordered and block.number != 1:
            element.set("start", str(block.number))
        element.text = "\n"
        tight = block.is_tight()
        for item in block.children:
            line = SubElement(element, "li")
            line.text = None if tight else "\n"
            self._fill(line, item.children, tight=tight)
            if item.data:
                _add_task(line, item.data)
            line.tail = "\n"
        return element

    def _table(self, block: Block) -> Element:
        element = Element("table")
        element.text = "\n"
        part = None
        for number, row in enumerate(block.children):
            if number < 2:
                part = SubElement(element, "tbody" if number else "thead")
                part.text = part.tail = "\n"
            assert part is not None
            line = SubElement(part, "tr")
            line.text = line.tail = "\n"
            for cell, align in zip(row.lines, block.data, strict=True):
                inside = self._text("td" if number else "th", [cell])
                if align in _ALIGNMENTS:
                    inside.set("class", _ALIGNMENTS[align])
                inside.tail = "\n"
                line.append(inside)
        return element

    def _add_footnotes(self) -> None:
        """Number the footnotes in the order in which the text refers to them; those it never refers to come last."""
        box = SubElement(self.root, "div", {"class": "footnote"})
        box.text = box.tail = "\n"
        SubElement(box, "hr").tail = "\n"
        listing = SubElement(box, "ol")
        listing.text = listing.tail = "\n"
        for label in self._in_order():
            line = SubElement(listing, "li", {"id": f"fn:{label}"})
            line.text = line.tail = "\n"
            self._fill(line, self._notes[label].children)
        for number, line in enumerate(listing, start=1):
            self._link_back(line, number)

    def _in_order(self) -> Iterable[str]:
        """The labels of all footnotes. What a footnote's own text refers to is known only once that is parsed."""
        done, at, rest = set[str](), 0, iter(self._notes)
        while True:
            if at < len(self._inlines.noted):
                label = self._inlines.noted[at]
                at += 1
            elif (label := next(rest, "")) == "":
                return
            if label not in done:
                done.add(label)
                yield label

    def _link_back(self, line: Element, number: int) -> None:
        label = line.get("id", "").removeprefix("fn:")
        last = line[-1] if len(line) and line[-1].tag == "p" else SubElement(line, "p")
        last.tail = "\n"
        for count, reference in enumerate(self._inlines.notes.get(label, ()), start=1):
            reference.set("id", f"fnref{count if count > 1 else ''}:{label}")
            SubElement(reference, "a", {"class": "footnote-ref", "href": f"#fn:{label}"}).text = str(number)
            if count == 1:
                add_text(last, "\xa0")
            back = {"class": "footnote-backref", "href": f"#{reference.get('id')}"}
            SubElement(last, "a", {**back, "title": f"回到正文第 {number} 处脚注"}).text = "↩"


def notes(parser: BlockParser) -> dict[str, Block]:
    """The footnotes by label; of two with one label, the first."""
    found: dict[str, Block] = {}
    for note in parser.notes:
        found.setdefault(note.data, note)
    return found


def _code(block: Block) -> Element:
    element = Element("pre")
    code = SubElement(element, "code")
    language = block.data[1:].split() if block.kind == "fence" else []
    if language:
        code.set("class", f"language-{language[0]}")
    code.text = "".join([f"{line.text}\n" for line in block.lines])
    return element


def _add_task(line: Element, state: str) -> None:
    box = Element("input", {"type": "checkbox", "disabled": "", "aria-label": state})
    if state == "已完成":
        box.set("checked", "")
    holder = line[0] if len(line) and line[0].tag == "p" and not (line.text or "").strip() else line
    box.tail, holder.text = f" {holder.text or ''}", None
    holder.insert(0, box)
    line.set("class", "task")
