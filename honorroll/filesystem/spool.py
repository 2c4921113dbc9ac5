"""Files of a site in a temporary file instead of memory: a large site has hundreds of megabytes."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from tempfile import TemporaryFile, gettempdir
from threading import Lock
from typing import NamedTuple
from weakref import finalize


class SpoolError(Exception):
    """The folder for temporary files is full or cannot be used.

    Attributes:
        folder: which it is.
        why: what the system says.
    """

    def __init__(self, error: OSError) -> None:
        with suppress(OSError):
            self.folder = gettempdir()
        self.why = error.strerror or str(error)

    folder = "TMPDIR"


class _Reel:
    """One temporary file; it is gone when nothing refers to it any more."""

    def __init__(self) -> None:
        self._file = TemporaryFile(buffering=0)  # noqa: SIM115  # the last piece closes it
        finalize(self, self._file.close)
        self._lock, self._end = Lock(), 0

    def add(self, data: bytes) -> int:
        rest = memoryview(data)
        with self._lock:
            self._file.seek(self._end)
            while rest:
                rest = rest[self._file.write(rest) :]
            start, self._end = self._end, self._end + len(data)
        return start

    def read(self, start: int, length: int) -> bytes:
        with self._lock:
            self._file.seek(start)
            data = self._file.read(length)
            while len(data) < length and (more := self._file.read(length - len(data))):
                data += more
            return data


class _Piece(NamedTuple):
    reel: _Reel
    start: int
    length: int


class Spool(Mapping[str, bytes]):
    """Files by address. Written by one thread, read by any."""

    def __init__(self, pieces: Mapping[str, "_Piece"] | None = None) -> None:
        self._pieces = dict(pieces or {})
        self._reel: _Reel | None = None

    def put(self, url: str, data: bytes) -> None:
        """Add a file. Raises `SpoolError`."""
        try:
            self._reel = self._reel or _Reel()
            self._pieces[url] = _Piece(self._reel, self._reel.add(data), len(data))
        except OSError as error:
            raise SpoolError(error) from error

    def merged(self, newer: "Spool", urls: Mapping[str, object]) -> "Spool":
        """The files of both that are in `urls`, of two the newer."""
        both = {**self._pieces, **newer.pieces}
        return Spool(both if both.keys() == urls.keys() else {url: both[url] for url in urls if url in both})

    @property
    def pieces(self) -> Mapping[str, _Piece]:
        """Where the files lie."""
        return self._pieces

    def __getitem__(self, url: str) -> bytes:
        piece = self._pieces[url]
        return piece.reel.read(piece.start, piece.length)

    def __contains__(self, url: object) -> bool:
        return url in self._pieces

    def __iter__(self) -> Iterator[str]:
        return iter(self._pieces)

    def __len__(self) -> int:
        return len(self._pieces)
