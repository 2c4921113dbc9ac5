"""A Markdown text before and after it is converted (`markdown.py`)."""

from typing import NamedTuple

from markupsafe import Markup

from honorroll.chinese import minutes
from honorroll.content.image_probe import Picture

#: What commands put in the place of a text that somebody has still to write.
TO_WRITE = "（待补充）"


class TextKey(NamedTuple):
    """A Markdown text: its page's address, the fingerprint of what it was written in, and its pictures."""

    url: str
    fingerprint: str
    pictures: tuple[tuple[str, Picture | None], ...]


class Heading(NamedTuple):
    """An entry of a table of contents."""

    level: int
    title: str
    id: str


class Spot(NamedTuple):
    """Where something stands in a text: line and column from 1, length in characters. Line 0 is unknown."""

    line: int = 0
    column: int = 0
    length: int = 1


class Reference(NamedTuple):
    """A link out of a text: its address with escapes resolved, where it leads inside the site, and where it is typed."""

    target: str
    url: str
    fragment: str
    rule: str = ""
    """The rule that it breaks on its own account, or empty."""
    spot: Spot = Spot()


class Remark(NamedTuple):
    """What is to be told of a text itself: the rule, where, and what the rule's message says."""

    rule: str
    spot: Spot
    what: str


class Outline(NamedTuple):
    """What the checks and lists need of a text."""

    toc: tuple[Heading, ...] = ()
    words: int = 0
    links: tuple[Reference, ...] = ()
    pictures: tuple[str, ...] = ()
    """The addresses of its pictures, each once."""
    remarks: tuple[Remark, ...] = ()


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
