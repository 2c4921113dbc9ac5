"""Where to look for something."""

from typing import NamedTuple

from honorroll.pages.parts import Group, Link


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


class NamesPage(NamedTuple):
    """The people whom awards and deeds name, by the first letter of their surname."""

    letters: tuple[Group[PersonCard], ...]
    """By letter, in the order of pinyin; `#` for names that have no reading."""
