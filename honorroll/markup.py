"""Chinese-correct, sanitised Markdown.

What Python-Markdown does not know about Chinese is added here: soft line breaks between wide
characters join without a space, and heading ids stay readable. Raw HTML is text, and the
result is sanitised all the same. Loaded only where a text is converted.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from posixpath import normpath
from typing import Any
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

from honorroll import figures, urls
from honorroll.chinese import slug, soft_break, word_count
from honorroll.prose import Heading, Outline, Prose, Reference, Rendered

_IMAGE = re.compile(r"!\[[^\]]*\]\(\s*<?([^)\s>]+)")

_BLOCKS = frozenset("p li td th h1 h2 h3 h4 h5 h6 dd dt blockquote figcaption div".split())
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})

_ATTRIBUTES = {
    "a": {"href", "title", "rel", "class", "id"},
    "img": {"src", "srcset", "sizes", "alt", "title", "width", "height", "loading", "decoding", "fetchpriority"},
    "source": {"type", "srcset", "sizes"},
    "ol": {"start"},
    **{tag: {"id"} for tag in (*_HEADINGS, "li", "sup")},
    **{tag: {"class"} for tag in ("td", "th", "code")},
    "div": {"class", "tabindex", "role", "aria-label"},
}
_TAGS = set(
    "a blockquote br code dd del div dl dt em figcaption figure h2 h3 h4 h5 h6 hr img li ol p picture pre source "
    "strong sub sup table tbody td th thead tr ul".split()
)


def render(prose: Prose, url: str) -> Rendered:
    """A text as HTML for the page at `url`; a pure function of its arguments."""
    converter, work = _converter()
    work.prose, work.url, work.links, work.words = prose, url, [], 0
    converter.reset()
    html = converter.convert(prose.text)
    clean = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, link_rel=None, url_schemes=set(_SCHEMES))
    toc = tuple(Heading(t["level"], t["name"], t["id"]) for t in _flat(getattr(converter, "toc_tokens", ())))
    return Rendered(Markup(clean), Outline(toc, work.words, tuple(work.links)))  # nh3 has just cleaned it


def _flat(tokens: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for token in tokens:
        yield token
        yield from _flat(token["children"])


def picture_targets(text: str) -> tuple[str, ...]:
    """The pictures that a Markdown text names, in order, each once."""
    return tuple(dict.fromkeys(_IMAGE.findall(text)))


class _Work(Treeprocessor):
    """Our changes to the parsed document; runs after inline markup, before heading ids."""

    prose: Prose
    url: str
    links: list[Reference]
    words: int

    def run(self, root: Element) -> None:
        parents = {child: parent for parent in root.iter() for child in parent}
        for block in root.iter():
            if block.tag in _BLOCKS:
                _join_lines(block)
        self.words = word_count("".join(root.itertext()))
        _level_headings(root)
        early = figures.early(root)
        for element in list(root.iter()):
            if element.tag == "a":
                self._link(element)
            elif element.tag == "img":
                self._picture(element, first=element in early)
            elif element.tag in ("td", "th"):
                _align(element)
        for block in list(root.iter("p")):
            figures.arrange(block)
        tables = [element for element in root.iter() if element.tag == "table"]
        for number, table in enumerate(tables, start=1):
            _scroll(table, parents[table], f"表格{number}" if len(tables) > 1 else "表格")

    def _link(self, element: Element) -> None:
        target = element.get("href", "")
        if element.get("class", "").startswith("footnote"):
            return
        scheme, _, rest = target.partition(":")
        if scheme in _SCHEMES and rest:
            if scheme.startswith("http"):
                element.set("rel", "external noopener")
            return
        found = resolve(target, self.prose.path, self.url)
        self.links.append(found)
        fragment = f"#{found.fragment}" if found.fragment else ""
        element.set("href", urls.root(self.url) + found.url + fragment if found.url != self.url else fragment or "#")

    def _picture(self, element: Element, *, first: bool) -> None:
        target = element.get("src", "")
        picture = dict(self.prose.pictures).get(target)
        if picture is None or not element.get("alt", "").strip():
            self.links.append(Reference(target, "", "", "MDN-02" if picture is None else "MDN-03"))
        else:
            figures.fill(element, picture, urls.root(self.url), first=first)


def resolve(target: str, path: str, url: str) -> Reference:
    """Where a link of the file `path`, shown at `url`, leads: `team:t01`, `x.md#part`, `/teams/t01.html`, `#part`."""
    plain, _, fragment = target.partition("#")
    scheme, colon, rest = plain.partition(":")
    if not plain:
        return Reference(target, url, fragment)
    if colon:
        known = scheme in urls.FOLDERS and re.fullmatch(r"[a-z0-9-]+", rest)
        return Reference(target, urls.page(scheme, rest) if known else "", fragment, "" if known else "MDN-05")
    if plain.startswith("/"):
        inner = normpath(plain).lstrip("/")
        return Reference(
            target, inner + "/index.html" if plain.endswith("/") and inner else inner or "index.html", fragment
        )
    if plain.endswith(".md"):
        return Reference(target, urls.published(urls.beside(path, plain)), fragment)
    return Reference(target, "", fragment, "MDN-05")


def _join_lines(block: Element) -> None:
    """Remove line breaks between wide characters, also across inline elements."""
    chunks: list[tuple[Element, str]] = []

    def gather(element: Element) -> None:
        chunks.append((element, "text"))
        for child in element:
            if child.tag not in _BLOCKS:
                gather(child)
            chunks.append((child, "tail"))

    gather(block)
    texts = [getattr(element, part) or "" for element, part in chunks]
    if not any("\n" in text for text in texts):
        return
    masked = ["\0" * len(t) if e.tag == "code" and p == "text" else t for (e, p), t in zip(chunks, texts, strict=True)]
    drop = {at for match in soft_break().finditer("".join(masked)) for at in range(match.start(), match.end())}
    offset = 0
    for (element, part), text in zip(chunks, texts, strict=True):
        if text and any(offset + i in drop for i in range(len(text))):
            setattr(element, part, "".join(c for i, c in enumerate(text) if offset + i not in drop))
        offset += len(text)


def _level_headings(root: Element) -> None:
    """The page's title is the h1: the text's headings start at h2 and skip no level."""
    headings = [element for element in root.iter() if element.tag in _HEADINGS]
    levels: list[int] = []
    for element in headings:
        typed = int(element.tag[1])
        while levels and levels[-1] >= typed:
            levels.pop()
        levels.append(typed)
        element.tag = f"h{min(len(levels) + 1, 6)}"


def _scroll(table: Element, parent: Element, label: str) -> None:
    """A wide table scrolls in its own box, also by keyboard; the page never does."""
    box = Element("div", {"class": "scroll", "tabindex": "0", "role": "region", "aria-label": label})
    parent[list(parent).index(table)] = box
    box.append(table)
    table.tail, box.tail = None, table.tail


def _align(cell: Element) -> None:
    """Alignment as a class: inline styles are forbidden by the content policy."""
    match = re.search(r"text-align: (\w+)", cell.attrib.pop("style", ""))
    if match:
        cell.set("class", match[1])


class _House(Extension):
    """Raw HTML off, our tree work on."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the library's name
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.treeprocessors.register(_Work(md), "honorroll", 12)


@cache
def _converter() -> tuple[Markdown, _Work]:
    converter = Markdown(
        extensions=[
            TableExtension(),
            FootnoteExtension(BACKLINK_TITLE="回到正文第 {} 处脚注", UNIQUE_IDS=False),
            TocExtension(slugify=slug),
            SaneListExtension(),
            FencedCodeExtension(),
            DefListExtension(),
            _House(),
        ],
        output_format="html",
    )
    work = converter.treeprocessors["honorroll"]
    assert isinstance(work, _Work)
    return converter, work
