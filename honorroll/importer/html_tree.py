"""HTML of any origin as a tree of few tags: nh3 reads it as a browser does, and what runs or decorates is left behind."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import nh3
from msgspec import Struct, field

#: Tags that mean something to us; of all others only the content stays.
_TAGS = frozenset(
    "p div section article main header footer nav aside h1 h2 h3 h4 h5 h6 ul ol li table thead tbody tfoot tr td th caption"
    " blockquote pre code br hr strong b em i s strike del sup sub a img span figure figcaption dl dt dd form"
    " video audio iframe object embed".split()
)
#: Tags whose content is no text.
_DROPPED = frozenset("script style title template noscript select textarea button svg math".split())
_ATTRIBUTES = {
    "*": set("id class style align hidden aria-hidden src data-src alt href colspan rowspan title name".split()),
    "ol": {"start"},
}
_SCHEMES = {"http", "https", "mailto", "data", "file", "picture"}
_EMPTY = frozenset({"br", "hr", "img", "embed"})
#: More text than any article has, without the pictures inside of it; and elements of one kind inside of each other.
LONGEST, DEEPEST = 4 << 20, 500
#: Deeper ones are taken for siblings.
_DEPTH = 120


class Node(Struct):
    """An element."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Node | str]" = field(default_factory=list)

    def walk(self) -> "Iterator[Node]":
        """The element and all inside of it, in their order."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    @property
    def text(self) -> str:
        """All text inside."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)


class _Builder(HTMLParser):
    """Makes the tree of well-formed HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Node("body")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in _EMPTY:
            self.open.append(node)
            if len(self.open) > _DEPTH:
                self.open[-1] = Node(tag)  # its end is found, its content goes to the one above
                self.open[-1].children = self.open[-2].children

    def handle_endtag(self, tag: str) -> None:
        if len(self.open) > 1 and tag not in _EMPTY:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(html: str) -> Node:
    """The body of a document."""
    clean = nh3.clean(
        html,
        tags=set(_TAGS),
        clean_content_tags=set(_DROPPED),
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
    )
    builder = _Builder()
    builder.feed(clean)
    builder.close()
    return builder.root


def is_too_much(html: str) -> bool:
    """Whether a document is longer or more deeply nested than any that people write: to read it could take hours."""
    if len(html) > LONGEST:
        return True
    depth = dict[str, int]()
    for found in re.finditer(r"<(/?)(\w+)", html):
        name = found[2].lower()
        if name not in _EMPTY and name not in {
            "p",
            "li",
            "tr",
            "td",
            "th",
            "dt",
            "dd",
            "option",
        }:  # ends may be left out
            depth[name] = max(0, depth.get(name, 0) + (-1 if found[1] else 1))
            if depth[name] > DEEPEST:
                return True
    return False


def without_data(html: str) -> tuple[str, dict[str, str]]:
    """The document with short addresses for the pictures inside of it, and their own by these."""
    kept: dict[str, str] = {}

    def one(found: re.Match[str]) -> str:
        address = f"data:{len(kept) + 1}"
        kept[address] = found[0]
        return address

    return re.sub(r"data:image/[\w.+-]+;base64,[A-Za-z0-9+/=%\s]+", one, html), kept


def decoded(data: bytes) -> str:
    """The text of an HTML file: by its mark, by what it says of itself, as UTF-8, else as Chinese systems write it."""
    for mark, code in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(code, "replace")
    said = re.search(rb"""charset\s*=\s*["']?([\w-]+)""", data[:4096], re.IGNORECASE)
    for code in (said[1].decode("ascii") if said else "utf-8", "utf-8", "gb18030"):
        try:
            return data.decode("gb18030" if code.lower() in {"gb2312", "gbk"} else code)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", "replace")


def title_of(html: str) -> str:
    """The title that a document has for browsers, or for those it is shared with."""
    shared = re.search(
        r"""<meta[^>]+property=["']og:title["'][^>]*content=["']([^"']*)""", html[:200_000], re.IGNORECASE
    )
    own = re.search(r"<title[^>]*>(.*?)</title>", html[:200_000], re.IGNORECASE | re.DOTALL)
    from html import unescape

    return re.sub(r"\s+", " ", unescape((shared or own or [""] * 2)[1])).strip()


def centred(root: Node) -> tuple[str, ...]:
    """The texts of the first paragraphs if they stand in the middle: a title, where no heading says so."""
    found: list[str] = []
    for node in root.walk():
        if node.tag not in {"p", "div", "section"} or any(
            child.tag in {"p", "div"} for child in node.walk() if child is not node
        ):
            continue
        text = re.sub(r"\s+", " ", node.text).strip()
        style = re.sub(r"\s+", "", node.attributes.get("style", "").lower())
        if text and not (
            len(text) <= 60 and ("text-align:center" in style or node.attributes.get("align") == "center")
        ):
            break
        found += [text] if text else []
    return tuple(found)


def is_hidden(node: Node) -> bool:
    """Whether nobody sees an element."""
    style = re.sub(r"\s+", "", node.attributes.get("style", "").lower())
    return (
        "hidden" in node.attributes or "display:none" in style or re.search(r"font-size:0(?![.\d])", style) is not None
    )
