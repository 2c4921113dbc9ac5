"""CommonMark as an extension of Python-Markdown: it replaces the parsers of blocks and of inline markup."""

from collections.abc import Callable, Iterable
from functools import partial
from html import escape
from xml.etree.ElementTree import Element, ElementTree

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension

from honorroll.commonmark.tree import Document

#: Elements without an end tag, of those that we make.
_VOID = frozenset({"br", "hr", "img", "input", "source"})


class DocumentParser(BlockParser):
    """Parses a whole text. `document` is the last one."""

    document: Document

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802  # the library's name
        """The tree of these lines."""
        self.document = Document("\n".join(lines))
        return ElementTree(self.document.root)


class CommonMark(Extension):
    """The dialect: CommonMark, GitHub's tables, strikethrough and task lists, footnotes, definition lists; no raw HTML."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the library's name
        """Put our parser in the place of the library's; what served that one only is taken out."""
        md.parser = DocumentParser(md)
        for registry, names in (
            (md.preprocessors, ("normalize_whitespace", "html_block")),
            (md.treeprocessors, ("inline", "prettify", "unescape")),
            (md.postprocessors, ("raw_html", "amp_substitute")),
        ):
            for name in names:
                registry.deregister(name)
        md.output_formats = dict.fromkeys(md.output_formats, serialize)  # type: ignore[misc]  # of one instance


_escaped = partial(escape, quote=False)


def serialize(root: Element, text: Callable[[str], str] = _escaped) -> str:
    """The HTML of a tree, in half the time of the standard library. `text` makes HTML of a text that is no code."""
    pieces = list[str]()

    def write(element: Element) -> None:
        tag, inner = element.tag, element.text
        attributes = [f' {name}="{escape(value)}"' for name, value in element.attrib.items()]
        pieces.append(f"<{tag}{''.join(attributes)}>")
        if inner:
            pieces.append(text(inner) if tag != "code" else _escaped(inner))
        for child in element:
            write(child)
            if child.tail:
                pieces.append(text(child.tail))
        if tag not in _VOID:
            pieces.append(f"</{tag}>")

    write(root)
    return "".join(pieces)
