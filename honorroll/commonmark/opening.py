"""The words with which a text begins, for a summary."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from honorroll.commonmark.blocks import Block, BlockParser, lines_of
from honorroll.commonmark.inlines import InlineParser

#: A paragraph shorter than this with a colon at its end, such as "各公司：", addresses somebody: the next one is read, too.
_ADDRESS = 12


def opening(text: str) -> str:
    """The words of the first paragraphs as the page shows them: no markup, pictures, notes, comments or code blocks.

    Of a text without a paragraph, those of its first list, quotation or table. Reads no further than needed.
    """
    parser = BlockParser()
    words = ""
    lines = iter(lines_of(text))
    read = 0
    for line in lines:
        parser.feed(line)
        children = parser.document.children
        while read < len(children) and children[read] not in parser.open:
            if children[read].kind == "paragraph":
                words = f"{words}\n{_words(children[read], parser, lines)}".strip()
                if words and not _is_address(words):
                    return words
            read += 1
    parser.finish()
    children = parser.document.children
    for block in children[read:]:
        if block.kind == "paragraph" and (not words or _is_address(words)):
            words = f"{words}\n{_words(block, parser, lines)}".strip()
    return words or next(filter(None, (_words(block, parser, lines) for block in _texts(parser.document))), "")


def _is_address(words: str) -> bool:
    return len(words) < _ADDRESS and words.endswith(("：", ":"))


def _words(block: Block, parser: BlockParser, lines: Iterator[str]) -> str:
    if any("[" in line.text for line in block.lines):
        for line in lines:  # a definition at the end of the text can make a link of these brackets
            parser.feed(line)
        parser.finish()
    notes = frozenset(child.data for child in parser.document.children if child.kind == "note")
    element = Element("p")
    InlineParser(parser.definitions, notes).fill(element, block.lines)
    return "".join(_shown(element)).strip()


def _shown(element: Element) -> Iterator[str]:
    """The text of an element without that of footnote marks; a picture and a line end are no text."""
    if element.tag == "sup":
        return
    yield element.text or ""
    for child in element:
        yield from _shown(child)
        yield child.tail or ""


def _texts(block: Block) -> Iterator[Block]:
    """The blocks inside a block that hold inline text, headings aside."""
    if block.kind in ("paragraph", "term"):
        yield block
    for child in block.children:
        yield from _texts(child)
