"""The input files of one build: each is read once and known by the fingerprint of its bytes."""

from bisect import bisect_left
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from honorroll.fingerprint import fingerprint


class MovedError(Exception):
    """A file has changed while a build was at work."""


class Source(Struct, frozen=True, gc=False, array_like=True):
    """One input file: its path below the project (`/` between parts, in the form NFC) and the fingerprint of its bytes.

    The bytes are read again when they are asked for, from the folder `root`, if they are not held.
    """

    path: str
    held: bytes | None
    fingerprint: str
    root: str = ""
    stored: str = ""
    """The path as the file system has it, where that is in another form."""

    @property
    def data(self) -> bytes:
        """The bytes. Raises `MovedError` when they are no longer those of the fingerprint."""
        if self.held is not None:
            return self.held
        try:
            data = Path(self.root, self.stored or self.path).read_bytes()
        except OSError as error:
            raise MovedError(self.path) from error
        if fingerprint(data) != self.fingerprint:
            raise MovedError(self.path)
        return data

    @property
    def text(self) -> str:
        """The text with plain line feeds and without a byte-order mark. Raises `UnicodeDecodeError`."""
        return self.data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


class Snapshot(Struct, frozen=True, dict=True):
    """All inputs of one build, by path and in the order of their paths."""

    files: Mapping[str, Source]
    unread: frozenset[str] = frozenset()
    """Paths of inputs that are there and cannot be used; each has a finding of its own."""

    @cached_property
    def _paths(self) -> list[str]:
        return [*self.files]

    def below(self, folder: str) -> list[Source]:
        """The usable files of a folder and its subfolders, in the order of their paths."""
        start, end = bisect_left(self._paths, f"{folder}/"), bisect_left(self._paths, f"{folder}0")  # 0 comes after /
        paths = self._paths[start:end]
        return [self.files[path] for path in paths if path not in self.unread]
