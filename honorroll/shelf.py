"""Many small values that every build needs, read and written as a few large ones.

Values are records, outlines, and tuples, text, numbers and dates. They are pickled, and read
by an unpickler that knows these kinds and no others: a foreign file can at worst be useless,
never harmful.
"""

import io
import pickle
from collections.abc import Collection, Iterator, Mapping
from datetime import timezone
from functools import cache
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
    for name in ("kept_texts", "load", "pages.page", "pictures", "prose", "source", "template_source", "traces")
)
_TIMES = frozenset({"date", "datetime", "timedelta"})

#: One zone for all times: to compare those of one zone takes a fraction of the time.
_zone = cache(timezone)


class Shelf:
    """Values by key, and which of them this build has used."""

    def __init__(self, pieces: Mapping[int, bytes]) -> None:
        self._shards = [_read(pieces.get(number)) for number in range(SHARDS)]
        self._kept: dict[str, Any] = {}
        for shard in self._shards:
            self._kept |= shard
        self._used: set[str] = set()
        self._asked: list[Collection[str]] = []
        self._fresh: set[int] = set()

    def get(self, key: str) -> Any | None:
        """A value, or nothing."""
        self._used.add(key)
        return self._kept.get(key)

    def of(self, keys: Collection[str]) -> Mapping[str, Any]:
        """All values, for a build that uses those of these keys."""
        self._asked.append(keys)
        return self._kept

    def put(self, key: str, value: Any) -> None:
        """Keep a value."""
        shard = _shard(key)
        self._used.add(key)
        self._kept[key] = self._shards[shard][key] = value
        self._fresh.add(shard)

    def drop(self, key: str) -> None:
        """Forget a value."""
        if key in self._kept:
            shard = _shard(key)
            del self._kept[key], self._shards[shard][key]
            self._fresh.add(shard)

    def clear(self) -> None:
        """Forget all values."""
        for key in [*self._kept]:
            self.drop(key)

    def __contains__(self, key: object) -> bool:
        return key in self._kept

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)

    def save(self, *, encode: bool) -> Iterator[tuple[int, bytes]]:
        """End a build: the pieces that have changed, without what has not been used for long."""
        few = 2 * max(map(len, self._asked), default=0) + SLACK  # mostly this spares the counting
        if self._fresh and len(self._kept) > few:
            self._used.update(*self._asked)
            for key in self._kept.keys() - self._used if len(self._kept) > 2 * len(self._used) + SLACK else ():
                self.drop(key)
        if encode:
            yield from ((shard, pickle.dumps(self._shards[shard], protocol=5)) for shard in self._fresh)
        self._fresh, self._used, self._asked = set(), set(), []


def _shard(key: str) -> int:
    return crc32(key.encode("utf-8", "surrogateescape")) % SHARDS


def _read(piece: bytes | None) -> dict[str, Any]:
    if piece is None:
        return {}
    try:
        found = _Unpickler(io.BytesIO(piece)).load()
    except Exception:  # noqa: BLE001  # damaged: what a pickle may raise has no bounds
        return {}
    return found if isinstance(found, dict) else {}


class _Unpickler(pickle.Unpickler):
    """Knows the model, outlines and dates."""

    def find_class(self, module: str, name: str) -> Any:
        """Raises `UnpicklingError` for anything else."""
        if "." in name or not (module == "datetime" or module in _KINDS or module.startswith("honorroll.model.")):
            raise pickle.UnpicklingError(name)
        if (module, name) == ("datetime", "timezone"):
            return _zone
        found = super().find_class(module, name)
        if module == "datetime" and name in _TIMES:
            return found
        if isinstance(found, type) and issubclass(found, (tuple, Struct)):
            return found
        raise pickle.UnpicklingError(name)
