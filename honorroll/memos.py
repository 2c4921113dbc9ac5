"""Results that are worth keeping between builds, by the digest of what they were made from.

A memo's key says everything that its value depends on, so it is never out of date. The memos
are one SQLite database: a file in the project's cache, or memory for the preview. A file that
is damaged, or of another version of this program, is begun anew. Values are JSON: a foreign
file can at worst be useless, never harmful.
"""

import json
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

from honorroll.traces import version

#: Memos that no build asks for any more are dropped when they are this many more than the others.
SLACK = 1000


class Memos:
    """Values by kind and key. Without a `path` they live as long as the object."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._database: sqlite3.Connection | None = None
        self._used: set[tuple[str, str]] = set()

    def get(self, kind: str, key: str) -> Any | None:
        """A value, or nothing."""
        row = None
        with suppress(sqlite3.Error):
            row = self._open().execute("SELECT value FROM memo WHERE kind = ? AND key = ?", (kind, key)).fetchone()
        if row is None:
            return None
        self._used.add((kind, key))
        return json.loads(row[0])

    def put(self, kind: str, key: str, value: Any) -> None:
        """Keep a value: text, numbers, lists and mappings of such."""
        self._used.add((kind, key))
        with suppress(sqlite3.Error):
            row = kind, key, json.dumps(value, ensure_ascii=False)
            self._open().execute("INSERT OR REPLACE INTO memo VALUES (?, ?, ?)", row)

    def save(self) -> None:
        """End a build. What cannot be kept costs time at the next build and nothing else."""
        database = self._database
        if database is None:
            return
        with suppress(sqlite3.Error):
            (count,) = database.execute("SELECT COUNT(*) FROM memo").fetchone()
            if count > 2 * len(self._used) + SLACK:
                names = set(database.execute("SELECT kind, key FROM memo")) - self._used
                database.executemany("DELETE FROM memo WHERE kind = ? AND key = ?", names)
            database.commit()
        self._used = set()
        if self._path is not None:
            self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def _open(self) -> sqlite3.Connection:
        if self._database is None:
            self._database = self._connect(self._path)
        return self._database

    @classmethod
    def _connect(cls, path: Path | None) -> sqlite3.Connection:
        """The database of the file; of memory where the file cannot be used."""
        for _ in range(2):
            if path is None:
                break
            try:
                path.parent.mkdir(exist_ok=True)
                return cls._begin(sqlite3.connect(path, timeout=10, check_same_thread=False))
            except (sqlite3.Error, OSError):
                with suppress(OSError):
                    path.unlink()  # damaged: the second turn begins anew
        return cls._begin(sqlite3.connect(":memory:", check_same_thread=False))

    @staticmethod
    def _begin(database: sqlite3.Connection) -> sqlite3.Connection:
        """Make the tables, and empty them if they are another version's. Raises `sqlite3.Error`."""
        try:
            database.execute("PRAGMA synchronous = OFF")
            database.execute("CREATE TABLE IF NOT EXISTS version (digest TEXT)")
            database.execute(
                "CREATE TABLE IF NOT EXISTS memo (kind TEXT, key TEXT, value TEXT, PRIMARY KEY (kind, key))"
            )
            if database.execute("SELECT digest FROM version").fetchall() != [(version(),)]:
                database.execute("DELETE FROM memo")
                database.execute("DELETE FROM version")
                database.execute("INSERT INTO version VALUES (?)", (version(),))
            database.commit()
        except sqlite3.Error:
            database.close()
            raise
        return database
