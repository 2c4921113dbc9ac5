"""What a detector finds."""

from collections.abc import Callable, Iterable
from typing import NamedTuple


class Found(NamedTuple):
    """Something personal in a text.

    `value` is its canonical form, the same however it was written; `mask` what may stand in its place.
    """

    kind: str
    """One of `KINDS` (`kinds.py`)."""
    value: str
    start: int
    end: int
    mask: str


class Detector(NamedTuple):
    """A way to find what is personal. `may` tells cheaply of the bytes of a file whether it is worth while to look."""

    may: Callable[[bytes], bool]
    find: Callable[[str], Iterable[Found]]
    """From a plain text (`plain_text.py`)."""
