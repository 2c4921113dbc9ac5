"""Results that are worth keeping between builds, by a key that says all that they were made from.

So they are never out of date. They lie in one SQLite database: a file in the project's cache,
or a temporary for the preview. A file that is damaged, or of another version of this program,
is begun anew. What is needed at every build goes on a *shelf* (`shelf.py`), read as a whole;
what is needed now and then is looked up one by one.
"""

import sqlite3
from contextlib import suppress
from pathlib import Path

from honorroll.filesystem import own_files
from honorroll.incremental.shelf import SLACK, Shelf
from honorroll.incremental.traces import version

#: Begins the keys of what the search keeps: of a page, and of its index.
SEARCHED = "search/"


#: What SQLite writes beside a file.
_BESIDE = ("-journal", "-wal", "-shm")


class Memos:
    """Texts by key, and shelves by name. Without a `path` they live as long as the object; `dry` ones are not saved."""

    def __init__(self, path: Path | None = None, *, dry: bool = False) -> None:
        self._path, self._dry = path, dry
        self._database: sqlite3.Connection | None = None
        self._shelves: dict[str, Shelf] = {}
        self._grown = False
        self._saved: int | None = None
        """How often the file had been saved when it was first read, or last by us."""

    def shelf(self, name: str) -> Shelf:
        """A shelf, empty when it is new or damaged."""
        if name not in self._shelves:
            rows = []
            if self._path:
                with suppress(sqlite3.Error):
                    rows = self._open().execute("SELECT shard, value FROM shelf WHERE name = ?", (name,)).fetchall()
            self._shelves[name] = Shelf(dict(rows))
        return self._shelves[name]

    def get(self, key: str, total: str) -> str | None:
        """The text of a key, if it was made from what has the digest `total`."""
        with suppress(sqlite3.Error):
            row = self._open().execute("SELECT value FROM text WHERE key = ? AND digest = ?", (key, total)).fetchone()
            return str(row[0]) if row else None
        return None

    def put(self, key: str, total: str, text: str) -> None:
        """Keep a text as the one of its key, as long as the shelf `texts` or `search` holds something by that key too."""
        self._grown = True
        with suppress(sqlite3.Error):
            self._open().execute("INSERT OR REPLACE INTO text VALUES (?, ?, ?)", (key, total, text))

    def save(self) -> None:
        """End a build. What cannot be kept costs time at the next build and nothing else.

        Nothing is kept where another build has saved meanwhile: pieces of both would pass for those of one.
        """
        if self._dry:
            self.close()
            return
        rows = [(name, *blob) for name, shelf in self._shelves.items() for blob in shelf.save(encode=bool(self._path))]
        with suppress(sqlite3.Error):
            if rows:
                self._open().executemany("INSERT OR REPLACE INTO shelf VALUES (?, ?, ?)", rows)
            if self._grown:
                self._drop(self._open())
            if self._database and self._database.in_transaction:
                self._commit(self._database)
        self._grown = False
        if self._path is not None:
            self.close()

    def _commit(self, database: sqlite3.Connection) -> None:
        """Nobody else can save between this look and the end of it, for something has been written."""
        saved = _times_saved(database)
        if saved != self._saved:
            database.rollback()
            return
        database.execute(f"PRAGMA user_version = {saved + 1}")
        database.commit()
        self._saved = saved + 1

    def _drop(self, database: sqlite3.Connection) -> None:
        (count,) = database.execute("SELECT COUNT(*) FROM text").fetchone()
        texts, searched = self.shelf("texts"), (*self.shelf("search"), *self.shelf("search files"))
        if count > 2 * (len(texts) + len(searched)) + SLACK:
            known = {*texts, *map(SEARCHED.__add__, searched)}
            keys = [row for row in database.execute("SELECT key FROM text") if row[0] not in known]
            database.executemany("DELETE FROM text WHERE key = ?", keys)

    def close(self) -> None:
        """Let go of the file."""
        if self._database is not None:
            self._database.close()  # what was not committed is gone
            self._database = None

    def _open(self) -> sqlite3.Connection:
        if self._database is None:
            self._database = self._connect(self._path)
            self._saved = _times_saved(self._database) if self._saved is None else self._saved
        return self._database

    @classmethod
    def _connect(cls, path: Path | None) -> sqlite3.Connection:
        """The database of the file; a temporary one where the file cannot be used."""
        for _ in range(2):
            if path is None:
                break
            try:
                own_files.make_folder(path.parent)
                for file in (path, *(path.with_name(path.name + end) for end in _BESIDE)):
                    if not own_files.is_file(file):
                        file.unlink(missing_ok=True)  # SQLite would follow a link
                return cls._begin(sqlite3.connect(path, timeout=10, check_same_thread=False))
            except (sqlite3.Error, OSError):
                with suppress(OSError):
                    path.unlink()  # damaged: the second turn begins anew
        return cls._begin(sqlite3.connect("", check_same_thread=False))

    @staticmethod
    def _begin(database: sqlite3.Connection) -> sqlite3.Connection:
        """Make the tables, and empty them if they are another version's. Raises `sqlite3.Error`."""
        try:
            database.execute("PRAGMA page_size = 65536")  # shelves are large, and read as a whole
            database.execute("PRAGMA synchronous = OFF")
            database.execute("CREATE TABLE IF NOT EXISTS version (digest TEXT)")
            if database.execute("SELECT digest FROM version").fetchall() != [(version(),)]:
                for table in ("memo", "text", "shelf", "version"):
                    database.execute(f"DROP TABLE IF EXISTS {table}")
                database.execute("CREATE TABLE version (digest TEXT)")
                database.execute("CREATE TABLE text (key TEXT PRIMARY KEY, digest TEXT, value TEXT)")
                database.execute("CREATE TABLE shelf (name TEXT, shard INTEGER, value BLOB, PRIMARY KEY (name, shard))")
                database.execute("INSERT INTO version VALUES (?)", (version(),))
            database.commit()
        except sqlite3.Error:
            database.close()
            raise
        return database


def _times_saved(database: sqlite3.Connection) -> int:
    """How often it has been saved, by anybody. Raises `sqlite3.Error`."""
    (times,) = database.execute("PRAGMA user_version").fetchone()
    return int(times)
