"""What was published so far, as the files in `data/published/` add up to it (`honorroll.record`)."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from msgspec import Struct, field

#: What a fact is about: its kind (`award`, `notice`, `figure`, `page`) and an id, of a page its address.
Key = tuple[str, str]


class Told(NamedTuple):
    """What was published of one thing, and where the record says so."""

    value: str
    edition: int
    """Number of the record's file."""
    line: int


class Published(Struct, frozen=True):
    """The public facts as they were published last, and where each was told."""

    editions: int = 0
    """How many files the record has."""
    day: date | None = None
    """Of the last one."""
    sample: bool = False
    """Whether it is that of a sample campaign."""
    checksum: str = ""
    """SHA-256 of the last file."""
    facts: Mapping[Key, Told] = field(default_factory=dict)
    first: Mapping[Key, int] = field(default_factory=dict)
    """In which file each thing was told first, also of what is gone since."""
    gone: Mapping[Key, Told] = field(default_factory=dict)
    """Pages that were published once and are not there any more."""
    fingerprint: str = ""
    """Of all files."""
