"""What was published so far, as the files in `data/published/` add up to it (`honorroll.record`)."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from msgspec import Struct, field

from honorroll.fingerprint import fingerprint

#: What a fact is about: its kind (`award`, `notice`, `figure`, `page`) and an id, of a page its address.
Key = tuple[str, str]


class Told(NamedTuple):
    """What was published of one thing, and where the record says so."""

    value: str
    edition: int
    """Number of the record's file."""
    line: int


class Superseded(Struct, frozen=True):
    """What was published of a figure or a page and is not said any more, since the day of a file of the record."""

    key: Key
    value: str
    day: date
    edition: int
    line: int

    @property
    def path(self) -> str:
        """The record is one ledger."""
        return "published"

    @property
    def keys(self) -> tuple[int, int]:
        """Where it stands there."""
        return self.edition, self.line

    @property
    def fingerprint(self) -> str:
        """Of what it says."""
        return fingerprint(f"{self.key} {self.value} {self.day}".encode())


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
    superseded: tuple[Superseded, ...] = ()
    """Oldest first."""
    fingerprint: str = ""
    """Of all files."""
