"""Markdown as the site shows it: Chinese-correct, with the site's links and pictures, sanitised.

The dialect is `commonmark/`. Here soft line breaks between wide characters join without a space, heading ids stay readable,
and links and pictures lead to what is published. Loaded only where a text is converted.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial
from html import escape
from itertools import chain
from operator import attrgetter
from posixpath import normpath
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

from honorroll.chinese import counted, slug, soft_break, word_count
from honorroll.commonmark import MAX_LENGTH, CommonMark, DocumentParser, encode, serialize
from honorroll.content import figures
from honorroll.content.document import TO_WRITE, Heading, Outline, Reference, Remark, Rendered, Spot
from honorroll.content.image_probe import Picture
from honorroll.model import urls

_DIGIT = re.compile(r"\d")
_BLOCKS = frozenset("p li td th h1 h2 h3 h4 h5 h6 dd dt blockquote figcaption div".split())
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
#: The rest of an address of the web: a host, with letters or digits of any script, and what follows it.
_WEB = re.compile(r"//[^\W_][^\s/?#，。；、：]*(?:[/?#]|$)")
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})

_ATTRIBUTES = {
    "a": {"href", "title", "rel", "class", "id"},
    "img": {"src", "srcset", "sizes", "alt", "title", "width", "height", "loading", "decoding", "fetchpriority"},
    "source": {"type", "srcset", "sizes"},
    "ol": {"start"},
    "input": {"type", "checked", "disabled", "aria-label"},
    **{tag: {"id"} for tag in (*_HEADINGS, "sup")},
    "li": {"id", "class"},
    **{tag: {"class"} for tag in ("td", "th", "code", "span")},
    "div": {"class", "tabindex", "role", "aria-label"},
}
_TAGS = set(
    "a blockquote br code dd del div dl dt em figcaption figure h2 h3 h4 h5 h6 hr img input li ol p picture pre source "
    "span strong sub sup table tbody td th thead tr ul".split()
)


#: The most headings and pictures of a text.
MAX_PARTS = 1_000

#: As many remarks of a rule are made of a text; a paste from elsewhere has hundreds of tags.
MAX_REMARKS = 20


def render(text: str, path: str, url: str, pictures: Mapping[str, Picture]) -> Rendered:
    """The Markdown `text` of the file `path` as HTML for the page at `url`; a pure function of its arguments.

    `pictures` are those that may be shown, by path. What is wrong with the text stands in the outline.
    """
    if len(text) > MAX_LENGTH:
        return Rendered(Markup(), Outline(remarks=(Remark("MDN-10", Spot(1, 1), ""),)))
    converter, work = _converter()
    work.begin(path, url, pictures)
    html = converter.reset().convert(text) if text.strip() else ""
    clean = _cleaner().clean(html)
    return Rendered(Markup(clean), _unwritten(text, work.outline))  # nh3 has just cleaned it


def _unwritten(text: str, outline: Outline) -> Outline:
    """MDN-13: what stands for a text that somebody has still to write."""
    at = text.find(TO_WRITE)
    if at < 0:
        return outline
    spot = Spot(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at), len(TO_WRITE))
    return outline._replace(remarks=(*outline.remarks, Remark("MDN-13", spot, TO_WRITE)))


class _Work(Treeprocessor):
    """Our changes to the parsed document."""

    def begin(self, path: str, url: str, pictures: Mapping[str, Picture]) -> None:
        """Get ready for the next text."""
        self._path, self._url, self._pictures = path, url, pictures
        self._links: list[Reference] = []
        self._named: dict[str, None] = {}
        self.outline = Outline()

    def run(self, root: Element) -> None:
        parser = self.md.parser
        assert isinstance(parser, DocumentParser)
        targets, problems = parser.document.targets, parser.document.problems
        elements = list(root.iter())
        for block in elements:
            if block.tag in _BLOCKS:
                _join_lines(block)
        words = word_count("".join(root.itertext()))
        toc = _head(root)
        early = figures.early(root)
        for element in elements if targets else ():
            if element in targets:
                address, place = targets[element]
                if element.tag == "a":
                    self._link(element, address, Spot(*place))
                else:
                    self._picture(element, address, Spot(*place), first=element in early)
        for block in elements if self._named else ():
            if block.tag == "p":
                figures.arrange(block)
        tables = [element for element in elements if element.tag == "table"]
        parents = {child: parent for parent in elements for child in parent} if tables else {}
        for number, table in enumerate(tables, start=1):
            _scroll(table, parents[table], f"表格{number}" if len(tables) > 1 else "表格")
        remarks = [
            Remark(each.rule, Spot(each.line, each.column, each.length), each.what)
            for each in sorted(problems, key=attrgetter("line", "column"))
        ]
        if len(toc) > MAX_PARTS or len(self._named) > MAX_PARTS:
            remarks.append(Remark("MDN-10", Spot(1, 1), ""))
        self.outline = Outline(tuple(toc[:MAX_PARTS]), words, tuple(self._links), tuple(self._named), _told(remarks))

    def _link(self, element: Element, address: str, spot: Spot) -> None:
        outer = _outer(address)
        if outer:
            element.set("href", encode(outer))
            if outer.startswith("http"):
                element.set("rel", "external noopener")
            return
        found = resolve(address, self._path, self._url)._replace(spot=spot)
        self._links.append(found)
        fragment = f"#{found.fragment}" if found.fragment else ""
        element.set("href", urls.root(self._url) + found.url + fragment if found.url != self._url else fragment or "#")

    def _picture(self, element: Element, address: str, spot: Spot, *, first: bool) -> None:
        self._named[address] = None
        paths = urls.picture_paths(self._path, address)
        picture = next((self._pictures[path] for path in paths if path in self._pictures), None)
        if picture is None or not element.get("alt", "").strip():
            self._links.append(Reference(address or "()", "", "", "MDN-03" if picture else "MDN-02", spot))
            element.attrib.pop("src", None)  # so nothing is asked for, wherever this HTML is shown
        else:
            figures.fill(element, picture, urls.root(self._url), first=first)


def _outer(address: str) -> str:
    """The address of a link that leads out of the site, in its usual form; empty for others.

    The scheme in lower case, the backslashes of Windows as slashes. One of the web names a host.
    """
    scheme, _, rest = address.partition(":")
    scheme = scheme.lower()
    if scheme in ("http", "https"):
        rest = "//" + rest.replace("\\", "/").lstrip("/") if "\\" in rest else rest
        return f"{scheme}:{rest}" if _WEB.match(rest) else ""
    return f"{scheme}:{rest}" if scheme in _SCHEMES and rest.strip() else ""


def _told(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """The first remarks of each rule; of comments one remark, with their number."""
    by_rule = defaultdict[str, list[Remark]](list)
    for remark in remarks:
        by_rule[remark.rule].append(remark)
    comments = by_rule.pop("MDN-06", [])
    told = [comments[0]._replace(what=str(len(comments)))] if comments else []
    return (*told, *chain.from_iterable(found[:MAX_REMARKS] for found in by_rule.values()))


def resolve(target: str, path: str, url: str) -> Reference:
    """Where a link of the file `path`, shown at `url`, leads: `team:t01`, `x.md#part`, `/teams/t01.html`, `#part`.

    Percent codes are decoded, backslashes are slashes, kinds are told in any case, and a part may be typed as its heading is.
    """
    plain, _, part = target.replace("\\", "/").partition("#")
    plain, fragment = unquote(plain), slug(unquote(part)) if part else ""
    scheme, colon, rest = plain.partition(":")
    scheme = scheme.lower()
    if not target.strip():
        return Reference("()", "", "", "MDN-05")
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
    if plain.lower().endswith(".md"):
        return Reference(target, urls.published(urls.beside(path, plain[:-3] + ".md")), fragment)
    return Reference(target, "", fragment, "MDN-05")


def _join_lines(block: Element) -> None:
    """Remove line breaks between wide characters, also across inline elements."""
    chunks: list[tuple[Element, str]] = []

    def gather(element: Element) -> None:
        chunks.append((element, "text"))
        for child in element:
            if child.tag not in _BLOCKS and child.tag != "sup":  # a footnote's mark stands between no words
                gather(child)
            chunks.append((child, "tail"))

    if not len(block) and "\n" not in (block.text or ""):
        return  # so are most
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


def _whole(text: str) -> str:
    """A text as HTML, with numbers in one line with their years and measure words."""
    if not _DIGIT.search(text):
        return escape(text, quote=False)
    pieces = ((escape(piece, quote=False), is_whole) for piece, is_whole in counted(text))
    return "".join([f'<span class="nb">{piece}</span>' if is_whole else piece for piece, is_whole in pieces])


def _head(root: Element) -> list[Heading]:
    """Level and name the headings. The page's title is the h1: the text's headings start at h2 and skip no level."""
    open_levels, used, found = list[int](), set[str](), list[Heading]()
    for element in root.iter():
        if element.tag not in _HEADINGS:
            continue
        typed = int(element.tag[1])
        while open_levels and open_levels[-1] >= typed:
            open_levels.pop()
        open_levels.append(typed)
        level = min(len(open_levels) + 1, 6)
        element.tag = f"h{level}"
        title = "".join(_words(element)).strip()
        id = _unused(slug(title), used)
        element.set("id", id)
        found.append(Heading(level, title, id))
        if len(found) > MAX_PARTS:  # which is told, and nothing is published
            break
    return found


def _words(element: Element) -> Iterator[str]:
    """The text of a heading, without footnote marks."""
    yield element.text or ""
    for child in element:
        if child.tag != "sup":
            yield from _words(child)
        yield child.tail or ""


def _unused(id: str, used: set[str]) -> str:
    """The id, with a number if it is taken; marks it and its numbers as used."""
    count, free = 0, id
    while free in used:
        count += 1
        free = f"{id}_{count}"
    used.add(free)
    return free


def _scroll(table: Element, parent: Element, label: str) -> None:
    """A wide table scrolls in its own box, also by keyboard; the page never does."""
    box = Element("div", {"class": "scroll", "tabindex": "0", "role": "region", "aria-label": label})
    parent[list(parent).index(table)] = box
    box.append(table)
    table.tail, box.tail = None, table.tail


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(tags=_TAGS, attributes=_ATTRIBUTES, link_rel=None, url_schemes=set(_SCHEMES))


@cache
def _converter() -> tuple[Markdown, _Work]:
    converter = Markdown(extensions=[CommonMark()], output_format="html")
    work = _Work(converter)
    converter.treeprocessors.register(work, "honorroll", 10)
    converter.serializer = partial(serialize, text=_whole)
    return converter, work
