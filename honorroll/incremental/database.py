"""The cache of a project: values that are worth more than the time to compute them again.

Tables of small values and single large ones lie in one SQLite file, or in memory for the preview. A table is stored in
shards; the root names the fingerprint of every shard and bears a seal (`seal.py`), and each large value bears one of its own.
So whatever is read is what this program stored last, as a whole: anything else raises `DamagedError`, and the build begins
anew with an empty cache. Another version of the program begins with an empty cache, too.
"""

import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Generic, TypeVar
from zlib import crc32

import msgspec

from honorroll.filesystem import own_files
from honorroll.fingerprint import fingerprint
from honorroll.incremental.program import version
from honorroll.incremental.seal import SIZE, is_sealed, seal_of

Value = TypeVar("Value")

#: Over how many shards a table is spread: a change writes one of them.
SHARDS = 128

#: Values that nobody asks for are dropped when they are this many more than the others.
SLACK = 1000

#: What SQLite writes beside a file.
_BESIDE = ("-journal", "-wal", "-shm")

#: Errors of a file that is locked by another build, or of a disk that cannot be written.
_UNUSABLE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
}

_encode = msgspec.json.Encoder().encode
_decode_root = msgspec.json.Decoder(dict[str, str]).decode


class DamagedError(Exception):
    """What was read from the cache is not what this program stored there for this user."""


class Table(Generic[Value]):
    """Values of one type by key. Shards are decoded when they are first needed."""

    def __init__(self, kind: type[Value], shards: Mapping[int, bytes]) -> None:
        # A type from a variable, which mypy does not follow; msgspec refuses what it cannot decode.
        self._decode = msgspec.json.Decoder(dict[str, kind]).decode  # type: ignore[valid-type]
        self._stored = {**shards}
        self._shards: dict[int, dict[str, Value]] = {}
        self._values: dict[str, Value] = {}
        self._changed: set[int] = set()

    def _load(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            try:
                self._shards[number] = self._decode(self._stored.pop(number))
            except (msgspec.MsgspecError, ValueError, TypeError) as error:
                raise DamagedError(str(error)) from error
            self._values |= self._shards[number]

    @property
    def values(self) -> Mapping[str, Value]:
        """All of them."""
        if self._stored:
            self._load([*self._stored])
        return self._values

    def some(self, keys: Iterable[str]) -> Mapping[str, Value]:
        """At least the values of these keys; only their shards are decoded."""
        if self._stored:
            self._load({*map(_shard, keys)} & self._stored.keys())
        return self._values

    def get(self, key: str) -> Value | None:
        """The value of a key, or none."""
        if self._stored:
            self._load({_shard(key)} & self._stored.keys())
        return self._values.get(key)

    def put(self, key: str, value: Value) -> None:
        """Store a value."""
        number = self._change(key)
        self._values[key] = self._shards.setdefault(number, {})[key] = value

    def drop(self, key: str) -> None:
        """Remove a value, if it is there."""
        if key in self.some((key,)):
            number = self._change(key)
            del self._values[key], self._shards[number][key]

    def _change(self, key: str) -> int:
        number = _shard(key)
        if number in self._stored:
            self._load([number])
        self._changed.add(number)
        return number

    def retain(self, keys: Collection[str]) -> None:
        """Drop the values of all other keys, once they have become many."""
        if len(self.values) > 2 * len(keys) + SLACK:
            for key in self.values.keys() - keys:
                self.drop(key)

    def clear(self) -> None:
        """Drop all values."""
        for key in [*self.values]:
            self.drop(key)

    def changes(self) -> Iterator[tuple[int, bytes]]:
        """The shards that have changed, encoded."""
        for number in self._changed:
            yield number, _encode(self._shards[number])
        self._changed = set()


class Database:
    """Tables by name, and large values by key. Without a `path` they live as long as the object; with `dry` nothing is saved."""

    def __init__(self, path: Path | None = None, *, dry: bool = False) -> None:
        self._path, self._dry = path, dry
        self._connection: sqlite3.Connection | None = None
        self._process = os.getpid()
        self._of_parent: sqlite3.Connection | None = None
        self._tables: dict[str, Table[Any]] = {}
        self._root: dict[str, str] = {}
        self._times_saved = 0
        self.was_damaged = False
        """Whether anything stored was not as it should be, so that all of it was dropped."""

    def table(self, name: str, kind: type[Value]) -> Table[Value]:
        """The table of that name. Raises `DamagedError` where it is not as it was stored."""
        if name not in self._tables:
            connection = self._open()
            try:
                rows = dict(connection.execute("SELECT shard, value FROM shard WHERE name = ?", (name,)).fetchall())
                named = {number for number in range(SHARDS) if f"{name}/{number}" in self._root}
                is_whole = {*rows} == named and all(self._root[f"{name}/{n}"] == fingerprint(rows[n]) for n in named)
            except (sqlite3.Error, TypeError, ValueError) as error:  # a value may have become one of another type
                raise DamagedError(str(error)) from error
            if not is_whole:
                raise DamagedError(name)
            self._tables[name] = Table(kind, rows)
        return self._tables[name]

    def load(self, key: str, fingerprint: str) -> str | None:
        """The large value of a key, if it was computed from what has this fingerprint. Raises `DamagedError`."""
        try:
            row = self._open().execute("SELECT fingerprint, seal, value FROM large WHERE key = ?", (key,)).fetchone()
            if row is None or row[0] != fingerprint:
                return None
            if is_sealed(row[1], key.encode(), fingerprint.encode(), row[2]):
                return str(row[2], "utf-8", "surrogatepass")
        except (sqlite3.Error, TypeError, ValueError) as error:
            raise DamagedError(str(error)) from error
        raise DamagedError(key)

    def store(self, key: str, fingerprint: str, value: str) -> None:
        """Store a large value."""
        data = value.encode("utf-8", "surrogatepass")
        with suppress(sqlite3.Error):  # a full disk costs time at the next build and nothing else
            row = key, fingerprint, seal_of(key.encode(), fingerprint.encode(), data), data
            self._open().execute("INSERT OR REPLACE INTO large VALUES (?, ?, ?, ?)", row)

    def retain(self, keys: Collection[str]) -> None:
        """Drop all other large values, once they have become many."""
        with suppress(sqlite3.Error):
            (count,) = self._open().execute("SELECT COUNT(*) FROM large").fetchone()
            if count > 2 * len(keys) + SLACK:
                found = [row for row in self._open().execute("SELECT key FROM large") if row[0] not in keys]
                self._open().executemany("DELETE FROM large WHERE key = ?", found)

    def save(self) -> None:
        """End a build: write what has changed, all or nothing, and let go of the file.

        Nothing is written where another build has saved meanwhile: parts of both would pass for those of one.
        """
        if self._path is None:
            return
        if not self._dry:
            with suppress(sqlite3.Error, UnicodeEncodeError):  # JSON cannot hold a path that is not UTF-8
                self._write()
            self.close()

    def _write(self) -> None:
        rows = [(name, *change) for name, table in self._tables.items() for change in table.changes()]
        if not rows and not (self._connection and self._connection.in_transaction):
            return
        connection = self._open()
        connection.executemany("INSERT OR REPLACE INTO shard VALUES (?, ?, ?)", rows)
        root = self._root | {f"{name}/{number}": fingerprint(data) for name, number, data in rows}
        data = _encode(root)
        connection.execute("INSERT OR REPLACE INTO root VALUES (0, ?)", (seal_of(version().encode(), data) + data,))
        times = _times_saved(connection)  # nobody else can save from here on, for something has been written
        if times != self._times_saved:
            connection.rollback()
            return
        connection.execute(f"PRAGMA user_version = {times + 1}")
        connection.commit()
        self._times_saved, self._root = times + 1, root

    def forget(self) -> None:
        """Drop what has not been saved; in memory that is everything."""
        self.close()
        self._tables, self._root, self._times_saved = {}, {}, 0

    def discard(self) -> None:
        """Begin anew with an empty cache, since what is stored is damaged."""
        self.forget()
        self.was_damaged = True
        if self._path is not None and not self._dry:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)
        else:
            self._path = None

    def close(self) -> None:
        """Let go of the file; what was not saved is gone from it."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self) -> sqlite3.Connection:
        """The open connection.

        A forked process must not use the SQLite connection of its parent, nor close it: that would roll back the parent's
        transaction. It keeps a reference to it and gets an empty temporary database.
        """
        if self._process != os.getpid():
            self._process, self._of_parent = os.getpid(), self._connection
            self._connection, self._path, self._root = None, None, {}
        if self._connection is None:
            self._connection = self._connect()
        return self._connection

    def _connect(self) -> sqlite3.Connection:
        """The database of the file; a temporary one where the file cannot be used. Raises `DamagedError`."""
        if self._path is not None:
            try:
                if self._dry:
                    return self._begin(self._copied(self._path))
                own_files.make_folder(self._path.parent)
                for file in (self._path, *(self._path.with_name(self._path.name + end) for end in _BESIDE)):
                    if not own_files.is_file(file):
                        file.unlink(missing_ok=True)  # SQLite would follow a link
                return self._begin(sqlite3.connect(self._path, timeout=10, check_same_thread=False))
            except sqlite3.Error as error:
                if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _UNUSABLE:
                    raise DamagedError(str(error)) from error
            except OSError:
                pass
            self._path = None
        return self._begin(sqlite3.connect("", check_same_thread=False))

    @staticmethod
    def _copied(path: Path) -> sqlite3.Connection:
        """A temporary copy, so that the file is neither changed nor locked."""
        copy = sqlite3.connect("", check_same_thread=False)
        original = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", timeout=10, uri=True)
        try:
            original.backup(copy)
        finally:
            original.close()
        return copy

    def _begin(self, connection: sqlite3.Connection) -> sqlite3.Connection:
        """Make the tables where there are none of this version, and read the root. Raises `sqlite3.Error` and `DamagedError`."""
        try:
            connection.execute("PRAGMA page_size = 65536")  # shards are large, and read as a whole
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("CREATE TABLE IF NOT EXISTS version (fingerprint TEXT)")
            if connection.execute("SELECT fingerprint FROM version").fetchall() != [(version(),)]:
                for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                    connection.execute(f'DROP TABLE "{name}"')
                connection.execute("CREATE TABLE version (fingerprint TEXT)")
                connection.execute("CREATE TABLE root (id INTEGER PRIMARY KEY, value BLOB)")
                connection.execute("CREATE TABLE large (key TEXT PRIMARY KEY, fingerprint TEXT, seal BLOB, value BLOB)")
                connection.execute(
                    "CREATE TABLE shard (name TEXT, shard INTEGER, value BLOB, PRIMARY KEY (name, shard))"
                )
                connection.execute("INSERT INTO version VALUES (?)", (version(),))
            connection.commit()
            if not self._tables:
                row = connection.execute("SELECT value FROM root").fetchone()
                self._times_saved = _times_saved(connection)
                self._root = _opened(row[0]) if row else {}
        except (sqlite3.Error, DamagedError):
            connection.close()
            raise
        return connection


def _opened(data: object) -> dict[str, str]:
    """The root, if it bears its seal. Raises `DamagedError`."""
    if not isinstance(data, bytes) or not is_sealed(data[:SIZE], version().encode(), data[SIZE:]):
        raise DamagedError
    return _decode_root(data[SIZE:])


def _shard(key: str) -> int:
    return crc32(key.encode("utf-8", "surrogatepass")) % SHARDS


def _times_saved(connection: sqlite3.Connection) -> int:
    """How often it has been saved, by anybody. Raises `sqlite3.Error`."""
    (times,) = connection.execute("PRAGMA user_version").fetchone()
    return int(times)
