"""A Markdown text before and after it is converted (`markup.py`)."""

from typing import NamedTuple

from markupsafe import Markup

from honorroll.chinese import minutes
from honorroll.pictures import Picture


class Prose(NamedTuple):
    """Markdown that a page shows: the text, the input file it comes from, and its pictures by target."""

    text: str
    path: str
    pictures: tuple[tuple[str, Picture | None], ...] = ()


class TextKey(NamedTuple):
    """A Markdown text: its page's address, the digest of what it was written in, and its pictures."""

    url: str
    digest: str
    pictures: tuple[tuple[str, Picture | None], ...]


class Heading(NamedTuple):
    """An entry of a table of contents."""

    level: int
    title: str
    id: str


class Reference(NamedTuple):
    """A link out of a text: as written, and where it leads inside the site."""

    target: str
    url: str
    fragment: str
    rule: str = ""
    """The rule that it breaks on its own account, or empty."""


class Outline(NamedTuple):
    """What the checks and lists need of a text: headings, number of words, links."""

    toc: tuple[Heading, ...]
    words: int
    links: tuple[Reference, ...]


class Rendered(NamedTuple):
    """What became of a text. Templates see `html`, `toc`, `words` and `minutes`."""

    html: Markup
    outline: Outline

    @property
    def toc(self) -> tuple[Heading, ...]:
        """The headings."""
        return self.outline.toc

    @property
    def words(self) -> int:
        """The number of Han characters, other words and numbers."""
        return self.outline.words

    @property
    def minutes(self) -> int:
        """How long it takes to read."""
        return minutes(self.outline.words)
