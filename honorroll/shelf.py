"""Many small values that every build needs, read and written as a few large ones.

Values are records, outlines, and tuples, text, numbers and dates. They are pickled, and read
by an unpickler that knows these kinds and no others: a foreign file can at worst be useless,
never harmful.
"""

import gc
import io
import pickle
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from zlib import crc32

#: Over how many pieces a shelf is spread: a change writes one of them.
SHARDS = 32

_TUPLES = frozenset(f"honorroll.{name}" for name in ("markup", "pictures", "template_source", "texts", "traces"))
_TIMES = frozenset({"date", "datetime", "timedelta", "timezone"})


class Shelf:
    """Values by key, and which of them this build has used."""

    def __init__(self, pieces: Mapping[int, bytes]) -> None:
        with _uncollected():
            self._kept = [_read(pieces.get(number)) for number in range(SHARDS)]
        self._used: list[dict[str, Any]] = [{} for _ in range(SHARDS)]
        self._fresh: set[int] = set()

    def get(self, key: str) -> Any | None:
        """A value, or nothing."""
        shard = crc32(key.encode("utf-8", "surrogateescape")) % SHARDS
        value = self._kept[shard].get(key)
        if value is not None:
            self._used[shard][key] = value
        return value

    def put(self, key: str, value: Any) -> None:
        """Keep a value."""
        shard = crc32(key.encode("utf-8", "surrogateescape")) % SHARDS
        self._kept[shard][key] = self._used[shard][key] = value
        self._fresh.add(shard)

    def __contains__(self, key: str) -> bool:
        return key in self._kept[crc32(key.encode("utf-8", "surrogateescape")) % SHARDS]

    def __len__(self) -> int:
        return sum(map(len, self._kept))

    def save(self, *, encode: bool) -> Iterator[tuple[int, bytes]]:
        """End a build: the pieces that have changed, without what has not been used for long."""
        for shard in self._fresh:
            kept, used = self._kept[shard], self._used[shard]
            if len(kept) > 2 * len(used) + SHARDS:
                self._kept[shard] = used
            if encode:
                yield shard, pickle.dumps(self._kept[shard], protocol=5)
        self._fresh = set()
        self._used = [{} for _ in range(SHARDS)]


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
        if "." in name or not (module == "datetime" or module in _TUPLES or module.startswith("honorroll.model.")):
            raise pickle.UnpicklingError(name)
        found = super().find_class(module, name)
        if module == "datetime" and name in _TIMES:
            return found
        if isinstance(found, type) and (issubclass(found, tuple) or hasattr(found, "settle")):
            return found
        if name == "restored":
            return found
        raise pickle.UnpicklingError(name)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collector, which would walk over all these new objects again and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
