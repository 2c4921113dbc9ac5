"""What the search knows of a page: what the page itself says, and nothing from behind it."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from html import unescape
from typing import Any, NamedTuple

from honorroll.chinese import initials
from honorroll.content import Texts
from honorroll.pages.page import Page
from honorroll.pages.parts import Fact
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


class Said(NamedTuple):
    """What a template's context says beside the title."""

    note: str
    words: tuple[str, ...]
    people: str = ""
    day: date | None = None
    """Its date, where it is no article."""


#: A tag. What is sanitised has no other `<`, and in attributes no `>`.
_TAG = re.compile("<[^>]*>")

#: Pairs of a page: in its text, in its title and the names of its people, at the title's start and end, in the initials.
Pairs = tuple[set[int], set[int], set[int], set[int], set[int]]
NOWHERE: Pairs = (set(), set(), set(), set(), set())


def document(page: Page, texts: Texts, last: Document | None = None) -> Document:
    """What a page says; `last` is what it said before. Raises `MovedError` when its file is no longer as it was."""
    meta, context = page.shown(texts)
    body = _words(texts.rendered(page.url).html) if page.has_text else ""
    assert page.template
    said = KINDS[page.template][1](context, meta.description)
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


def _values(facts: Iterable[Fact]) -> tuple[str, ...]:
    return tuple(fact.value for fact in facts)


def _post(c: Any, _: str) -> Said:
    return Said("", (*(tag.title for tag in c.tags), c.source, c.author))


def _deed(c: Any, _: str) -> Said:
    who = next((fact.value for fact in c.facts if fact.name == "人物"), "")
    return Said(c.kind, _values(c.facts), who)


def _team(c: Any, _: str) -> Said:
    return Said(c.type, (c.about, *_values(c.facts)))


def _project(c: Any, _: str) -> Said:
    told = (part for step in (*c.activities, *c.merits) for part in (step.title, step.note))
    return Said(c.status, (c.about, c.left, *_values(c.facts), *told))


def _award(c: Any, description: str) -> Said:
    day = max((step.when for step in c.steps if step.when and step.done), default=None)
    words = (c.citation, c.company, *_values(c.facts), c.revoked, c.refused, description)
    return Said(c.state, words, c.recipient if c.kind == "保安员" else "", day)


def _notice(c: Any, _: str) -> Said:
    return Said(c.kind, (c.number, *c.issuers, c.basis, *(card.recipient for card in c.awards)))


def _company(c: Any, description: str) -> Said:
    return Said("", (description, *_values(c.facts)))


def _standing(_: Any, __: str) -> Said:
    return Said("", ())


#: By template: what its pages are called among the results, and what they say.
KINDS: dict[str, tuple[str, Callable[[Any, str], Said]]] = {
    "post.html": ("新闻", _post),
    "deed.html": ("事迹", _deed),
    "award.html": ("荣誉", _award),
    "project.html": ("项目", _project),
    "team.html": ("队伍", _team),
    "company.html": ("单位", _company),
    "notice.html": ("公告", _notice),
    "article.html": ("专页", _standing),
}
