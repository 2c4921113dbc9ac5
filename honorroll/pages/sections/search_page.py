"""The search page, and the list of names for those who do without it."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from honorroll.chinese import letter, pinyin_key
from honorroll.model import Person, urls
from honorroll.pages import sections
from honorroll.pages.contexts import template
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import HOME, Entry, Inputs, Page, Section, Shown, entry, listing, section
from honorroll.pages.parts import Group, Link, PageMeta

SEARCH = Link("搜索", "search.html")
TAGS = Link("全部标签", urls.index("tag"))
NAMES = Link("姓名索引", "names.html")


@template("search.html")
class SearchPage(NamedTuple):
    """The search, which `search.js` runs, and the lists for those who do without it."""

    lists: tuple[Link, ...]
    """The lists that have content."""


class PersonCard(NamedTuple):
    """A person who is shown by name, and where."""

    name: str
    org: str
    links: tuple[Link, ...]
    """Awards and deeds that name the person."""


@template("names.html")
class NamesPage(NamedTuple):
    """The people whom awards and deeds name, by the first letter of their surname."""

    letters: tuple[Group[PersonCard], ...]
    """By letter, in the order of pinyin; `#` for names that have no reading."""


def pages(index: Index) -> Iterator[Entry]:
    """The search page, and the names if there are any."""
    yield entry(SEARCH.url, _search)
    if _has_names(index):
        yield entry(NAMES.url, _names)


def _search(index: Index) -> Page:
    lists = [link for link in sections.menu(index.campaign) if link != HOME]
    tags = [TAGS] if any(index.by("posts by tags", name) for name in index.tag_links) else []
    names = [NAMES] if _has_names(index) else []
    context = SearchPage((*names, *lists, *tags))
    return section(SEARCH, context, "在新闻、事迹、荣誉、项目、队伍和单位里查找")


def _has_names(index: Index) -> bool:
    named, campaign = {person.id for person in _named(index)}, index.campaign
    if not named:  # and nothing else is looked at
        return False
    honoured = any(award.person in named for award in campaign.awards.values())
    told = {person.id for person in _named(index) if person.is_told}
    return honoured or any(not told.isdisjoint(deed.persons) for deed in campaign.deeds.values())


def _named(index: Index) -> Iterator[Person]:
    """Those who are shown by their full name."""
    persons = index.campaign.persons.values()
    yield from (person for person in persons if person.is_named and person.mask == "全名")


def _people(index: Index) -> Iterator[PersonCard]:
    """They with the awards and deeds that name them."""
    for person in _named(index):
        deeds = [index.link("deeds", deed.id) for deed in index.by("deeds by person", person.id) if person.is_told]
        awards = [index.link("awards", award.id) for award in index.by("awards by person", person.id)]
        if links := tuple(link for link in (*awards, *deeds) if link):
            yield PersonCard(person.name, index.org(person.org), links)


def _names(index: Index) -> Page:
    meta = listing(NAMES, "荣誉和事迹里写有姓名的人，按姓氏拼音为序", title=NAMES.title)
    return Page(NAMES.url, _Names(meta, tuple(_people(index))))


class _Names(Inputs, frozen=True):
    shows = NamesPage
    meta: PageMeta
    people: tuple[PersonCard, ...]

    def shown(self) -> Shown:
        found = sorted(self.people, key=lambda person: (*_letter(person), pinyin_key(person.name)))
        letters = groupby(found, key=_letter)
        return self.meta, NamesPage(tuple(Group(first, "", tuple(cards)) for (_, first), cards in letters))


def _letter(person: PersonCard) -> tuple[bool, str]:
    """Its letter, and before it whether that is none."""
    first = letter(person.name)
    return first == "#", first


SECTION = Section(pages, order=130)
