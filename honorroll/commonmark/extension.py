"""CommonMark as an extension of Python-Markdown: it replaces the parsers of blocks and of inline markup."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, ElementTree, tostring

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension

from honorroll.commonmark.tree import Document


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
        md.output_formats = dict.fromkeys(md.output_formats, _serialize)  # type: ignore[misc]  # of one instance


def _serialize(root: Element) -> str:
    return tostring(root, encoding="unicode", method="html")
