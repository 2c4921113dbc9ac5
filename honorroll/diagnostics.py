"""What a build reports while it runs: diagnostics with their places, and progress."""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from enum import IntEnum
from typing import Any

from msgspec import Struct, field

Keys = tuple[str | int, ...]

#: Told of each long stage by name and size, it returns what is called after each item.
Progress = Callable[[str, int], Callable[[], None]]

#: So many findings of one rule and severity are told one by one; the others are counted.
TOLD = 200


class Severity(IntEnum):
    """How bad a finding is; errors keep a site from being published."""

    ERROR = 0
    WARNING = 1
    INFO = 2


class Place(Struct, frozen=True):
    """Where something stands in an input file.

    `keys` leads through the YAML document; `on_key` means the key and not its value, and
    without `keys` where the document begins. Where there is no YAML, `line` and `column` say it at once; both count from 1, and 0 is unknown.
    With `keys`, a `column` counts from where the value begins.
    """

    path: str
    keys: Keys = ()
    on_key: bool = False
    line: int = 0
    column: int = 0
    length: int = 1

    def inside(self, *keys: str | int) -> "Place":
        """The place of a value further in."""
        return Place(self.path, (*self.keys, *keys))


class Span(Struct, frozen=True, order=True):
    """A resolved place: line and column from 1, length in characters, and the line's text."""

    path: str
    line: int = 0
    column: int = 0
    length: int = 1
    text: str = ""


class Waived(Struct, frozen=True):
    """Why a finding is let pass, and the last day of that."""

    reason: str
    until: date


class Diagnostic(Struct, frozen=True):
    """A finding: the rule it breaks, where, and what to put into the rule's sentences.

    Attributes:
        rule: id of a rule in `catalog.RULES`.
        place: where it was found.
        args: values for the rule's message and hint.
        record: what the record calls itself, for people.
        guess: "did you mean", or empty.
        near: a word and the known ones among which a guess is looked for, once it is to be told.
        related: other places that take part, such as the first of two records that clash.
        waived: set where the campaign waives the rule (`waivers.py`).
    """

    rule: str
    place: Place
    args: dict[str, Any] = field(default_factory=dict)
    record: str = ""
    guess: str = ""
    related: tuple[Place, ...] = ()
    waived: Waived | None = None
    near: tuple[str, Collection[str]] | None = None


#: Longer words are no slips of known ones, in characters.
_LONGEST_WORD = 200


def closest(word: str, known: Iterable[str]) -> str:
    """Another known word that is most like `word`, the last in order of several; or an empty string."""
    if len(word) > _LONGEST_WORD:
        return ""
    from rapidfuzz import fuzz, process  # as seldom wanted as there is something wrong

    found = process.extract(word, list(known), scorer=fuzz.ratio, score_cutoff=60, limit=None)
    return max(((score, known) for known, score, _ in found if known != word), default=(0, ""))[1]
