"""Many small values that every build needs, read and written as a few large ones.

Values are records, outlines, and tuples, text, numbers and dates. They are pickled, and read
by an unpickler that knows these kinds and no others: a foreign file can at worst be useless,
never harmful.
"""

import io
import pickle
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import timezone
from functools import cache
from importlib import import_module
from typing import Any
from zlib import crc32

from msgspec import Struct

#: Over how many pieces a shelf is spread: a change writes one of them.
SHARDS = 128

#: Values that no build asks for any more are dropped when they are this many more than the others.
SLACK = 1000

#: Modules whose named tuples and structs are kept, beside the records of the model.
_KINDS = frozenset(
    f"honorroll.{name}"
    for name in (
        "content.text_cache",
        "inputs.loader",
        "pages.page",
        "content.image_probe",
        "content.document",
        "filesystem.source_file",
        "inputs.scan",
        "render.template_analysis",
        "incremental.traces",
    )
)
_TIMES = frozenset({"date", "datetime", "timedelta"})

#: One zone for all times: to compare those of one zone takes a fraction of the time.
_zone = cache(timezone)


class Shelf:
    """Values by key, and which of them this build has used.

    Read when they are asked for: as a whole, or of `some` keys the pieces that hold them.
    """

    def __init__(self, pieces: Mapping[int, bytes]) -> None:
        self._unread, self._there = {**pieces}, {*pieces}
        self._shards: list[dict[str, Any]] = [{} for _ in range(SHARDS)]
        self._values: dict[str, Any] = {}
        self._used: set[str] = set()
        self._asked: list[Collection[str]] = []
        self._fresh: set[int] = set()
        self._is_piecemeal = False
        self.is_damaged = False
        """Whether a piece that was read turned out to be damaged: what it held is lost."""

    @property
    def _kept(self) -> dict[str, Any]:
        """All values."""
        if self._unread:
            self._open([*self._unread])
        return self._values

    @property
    def pieces(self) -> int:
        """How many pieces there are, read or not."""
        return len(self._there)

    def get(self, key: str) -> Any | None:
        """A value, or nothing."""
        self._used.add(key)
        return self._kept.get(key)

    def of(self, keys: Collection[str]) -> Mapping[str, Any]:
        """All values, for a build that uses those of these keys."""
        self._asked.append(keys)
        return self._kept

    def some(self, keys: Iterable[str]) -> Mapping[str, Any]:
        """The values of these keys, among others. What is asked of in this way keeps all its values, used or not."""
        self._is_piecemeal = True
        if self._unread:
            self._open({*map(_shard, keys)} & self._unread.keys())
        return self._values

    def put(self, key: str, value: Any) -> None:
        """Keep a value."""
        shard = _shard(key)
        self._used.add(key)
        self._change(shard)
        self._values[key] = self._shards[shard][key] = value

    def drop(self, key: str) -> None:
        """Forget a value."""
        if key in self._kept:
            shard = _shard(key)
            del self._values[key], self._shards[shard][key]
            self._change(shard)

    def clear(self) -> None:
        """Forget all values."""
        for key in [*self._kept]:
            self.drop(key)
        self.is_damaged = False

    def _open(self, numbers: Iterable[int]) -> None:
        """Read some pieces."""
        for number in numbers:
            found = _read(self._unread.pop(number))
            if found is None:
                self.is_damaged = True
                self._fresh.add(number)  # to be written anew, or it would be met again and again
            else:
                self._shards[number] = found
                self._values |= found

    def _change(self, shard: int) -> None:
        """A piece is to be written, and must be read before."""
        if shard in self._unread:
            self._open([shard])
        self._fresh.add(shard)
        self._there.add(shard)

    def __contains__(self, key: object) -> bool:
        return key in self._kept

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)

    def save(self, *, encode: bool) -> Iterator[tuple[int, bytes]]:
        """End a build: the pieces that have changed, without what has not been used for long."""
        few = 2 * max(map(len, self._asked), default=0) + SLACK  # mostly this spares the counting
        if self._fresh and not self._is_piecemeal and len(self._kept) > few:
            self._used.update(*self._asked)
            for key in self._kept.keys() - self._used if len(self._kept) > 2 * len(self._used) + SLACK else ():
                self.drop(key)
        if encode:
            yield from ((shard, pickle.dumps(self._shards[shard], protocol=5)) for shard in self._fresh)
        self._fresh, self._used, self._asked = set(), set(), []


def _shard(key: str) -> int:
    return crc32(key.encode("utf-8", "surrogateescape")) % SHARDS


def _read(piece: bytes) -> dict[str, Any] | None:
    """The values of a piece; none where it is damaged."""
    try:
        found = _Unpickler(io.BytesIO(piece)).load()
    except Exception:  # noqa: BLE001  # damaged bytes raise errors of many kinds, and pickle promises none
        return None
    return found if isinstance(found, dict) else None


@cache
def _kind(module: str, name: str) -> Any:
    """A class of the model, of outlines or of dates. Raises `UnpicklingError` for anything else."""
    if "." in name or not (module == "datetime" or module in _KINDS or module.startswith("honorroll.model.")):
        raise pickle.UnpicklingError(name)
    if (module, name) == ("datetime", "timezone"):
        return _zone
    found = getattr(import_module(module), name)
    if module == "datetime" and name in _TIMES:
        return found
    if isinstance(found, type) and issubclass(found, (tuple, Struct)):
        return found
    raise pickle.UnpicklingError(name)


class _Unpickler(pickle.Unpickler):
    """Knows these kinds. Each piece asks for them again, so the answers are kept."""

    find_class = staticmethod(_kind)
