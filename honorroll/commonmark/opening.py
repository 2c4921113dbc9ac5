"""The words with which a text begins, for a summary."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from honorroll.commonmark.blocks import Block, BlockParser, lines_of
from honorroll.commonmark.inlines import InlineParser
from honorroll.commonmark.tree import notes

#: The longest text that is read, in characters. A long report has 30,000.
MAX_LENGTH = 200_000

#: A paragraph shorter than this with a colon at its end, such as "各公司：", addresses somebody: the next one is read, too.
_ADDRESS = 12


def opening(text: str) -> str:
    """The words of the first paragraphs as the page shows them: no markup, pictures, notes, comments or code blocks.

    Of a text without a paragraph, those of its first list, quotation or table. Reads no further than needed.
    """
    return _Opening(text[:MAX_LENGTH]).words()


class _Opening:
    """A text of which only the beginning is wanted."""

    def __init__(self, text: str) -> None:
        self._parser = BlockParser()
        self._lines = iter(lines_of(text))
        self._inlines: InlineParser | None = None

    def words(self) -> str:
        parser, words, read = self._parser, "", 0
        children = parser.document.children
        for line in self._lines:
            parser.feed(line)
            while read < len(children) and children[read] not in parser.open:
                words = self._and(words, children[read])
                if words and not _is_address(words):
                    return words
                read += 1
        parser.finish()
        for block in children[read:]:
            words = words if words and not _is_address(words) else self._and(words, block)
        return words or next(filter(None, map(self._words, _texts(parser.document))), "")

    def _and(self, words: str, block: Block) -> str:
        return f"{words}\n{self._words(block)}".strip() if block.kind == "paragraph" else words

    def _words(self, block: Block) -> str:
        inlines = self._inlines or InlineParser({}, frozenset())
        if self._inlines is None and any("[" in line.text for line in block.lines):
            for line in self._lines:  # a definition at the end of the text can make a link of these brackets
                self._parser.feed(line)
            self._parser.finish()
            inlines = self._inlines = InlineParser(self._parser.definitions, frozenset(notes(self._parser)))
        element = Element("p")
        inlines.fill(element, block.lines)
        return "".join(_shown(element)).strip()


def _is_address(words: str) -> bool:
    return len(words) < _ADDRESS and words.endswith(("：", ":"))


def _shown(element: Element) -> Iterator[str]:
    """The text of an element. A footnote mark, a picture and what is struck out are no text, a hard line break is a blank."""
    if element.tag in ("sup", "del"):
        return
    yield "\u2028" if element.tag == "br" else element.text or ""
    for child in element:
        yield from _shown(child)
        yield child.tail or ""


def _texts(block: Block) -> Iterator[Block]:
    """The blocks inside a block that hold inline text, headings aside."""
    if block.kind in ("paragraph", "term"):
        yield block
    elif block.kind == "row":
        for cell in block.lines:
            inside = Block("paragraph", block.start)
            inside.lines = [cell]
            yield inside
    for child in block.children:
        yield from _texts(child)
