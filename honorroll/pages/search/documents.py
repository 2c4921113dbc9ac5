"""What the search knows of a page: what the page itself says, and nothing from behind it."""

import re
import unicodedata
from html import unescape
from typing import NamedTuple, cast

from honorroll.chinese import initials
from honorroll.content import Texts
from honorroll.pages.contexts import Findable
from honorroll.pages.page import Page
from honorroll.pages.search.fold import fold, pairs


class Document(NamedTuple):
    """A page that can be found."""

    title: str
    day: str
    """`YYYY-MM-DD`, or empty where it has none."""
    note: str
    """What kind of thing it is, more closely; the state of an award."""
    initials: str
    """Of title and people, in pinyin."""
    text: str
    """Its words, without markup."""
    people: str
    """Names of people, with 、 between them."""


#: A tag. What is sanitised has no other `<`, and in attributes no `>`.
_TAG = re.compile("<[^>]*>")

#: Pairs of a page: in its text, in its title and the names of its people, at the title's start and end, in the initials.
Pairs = tuple[set[int], set[int], set[int], set[int], set[int]]
NOWHERE: Pairs = (set(), set(), set(), set(), set())


def document(page: Page, texts: Texts, last: Document | None = None) -> Document:
    """What a page says; `last` is what it said before. Raises `MovedError` when its file is no longer as it was."""
    meta, context = page.shown(texts)
    body = _words(texts.rendered(page.url).html) if page.has_text else ""
    said = cast(Findable, context).said(meta.description)
    text = " ".join(" ".join((body, *said.words)).split())
    same = last and (last.title, last.people) == (meta.title, said.people)
    return Document(
        meta.title,
        str(meta.article.published if meta.article else said.day or "")[:10],
        said.note,
        last.initials if last and same else _initials(meta.title, said.people),
        unicodedata.normalize("NFC", text),
        said.people,
    )


def _words(html: str) -> str:
    return unescape(_TAG.sub("", html))


def _initials(title: str, people: str) -> str:
    """To read the table of characters takes longer than all the rest, so it is asked for new names only."""
    found = (*map(initials, fold(title).split()), *(initials(name, persons=True) for name in people.split("、")))
    return " ".join(dict.fromkeys(name for name in found if len(name) > 1))


def pairs_of(document: Document) -> Pairs:
    """The pairs by which a page is found."""
    title = fold(document.title)
    return (
        pairs(fold(document.text)),
        pairs(fold(f"{document.title}、{document.people}")),
        pairs(title[:2]),
        pairs(title[-2:]),
        pairs(document.initials),
    )
