"""The file-system work of publishing. Nothing here follows a link or overwrites in place.

Paths inside the folder are addresses (`teams/t01.html`); the folder itself is a plain path.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path

from msgspec import Struct, field

_BINARY = getattr(os, "O_BINARY", 0)
_READ = os.O_RDONLY | _BINARY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY


class Survey(Struct, frozen=True):
    """What stands in some folders: plain files, real folders, and others (links, pipes)."""

    files: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=lambda: {""})
    others: set[str] = field(default_factory=set)

    def __contains__(self, path: str) -> bool:
        return path in self.files or path in self.folders or path in self.others

    def below(self, folder: str) -> set[str]:
        """Everything seen in a folder and its subfolders."""
        return {path for path in self.files | self.folders | self.others if path.startswith(f"{folder}/")}


def survey(out: str, folders: Iterable[str], names: AbstractSet[str] | None = None) -> Survey:
    """Look into these folders, those that are there, for all or for what has one of these names.

    A folder needs to be named with all that it lies in.
    """
    seen = Survey()
    for folder in sorted(folders):  # a folder comes after the one that it lies in
        if folder in seen.folders:
            look(out, folder, seen, names)
    return seen


def look(out: str, folder: str, seen: Survey, names: AbstractSet[str] | None = None) -> None:
    """Add what stands in one folder; if told, only what has one of these names."""
    start = f"{folder}/" if folder else ""
    with os.scandir(f"{out}/{folder}") as entries:
        found = {start + entry.name: entry for entry in entries if names is None or entry.name in names}
    files = {path for path, entry in found.items() if entry.is_file(follow_symlinks=False)}
    seen.files.update(files)
    for path in found.keys() - files:
        is_folder = found[path].is_dir(follow_symlinks=False) and not _is_junction(found[path])
        (seen.folders if is_folder else seen.others).add(path)


def _is_junction(entry: os.DirEntry[str]) -> bool:
    """Whether a folder is Windows' other kind of link; Python 3.11 cannot tell."""
    return bool(getattr(entry, "is_junction", bool)())


def walk(out: str) -> Iterator[str]:
    """Every file and link in the folder, folder by folder in the order of names."""
    pending = [""]
    while pending:
        here = pending.pop()
        seen = Survey()
        look(out, here, seen)
        yield from sorted(seen.files | seen.others)
        pending += sorted(seen.folders - {""}, reverse=True)


def folders(urls: Iterable[str]) -> set[str]:
    """The folders that these files lie in, with all above them; `""` is the outermost."""
    found = {""}
    for folder in {url.rpartition("/")[0] for url in urls}:
        inner = folder
        while inner not in found:
            found.add(inner)
            inner = inner.rpartition("/")[0]
    return found


def read(path: str) -> bytes | None:
    """The bytes of a plain file; none where there is no such file or it cannot be read."""
    try:
        number = os.open(path, _READ)
    except OSError:
        return None
    try:
        seen = os.fstat(number)
        if not stat.S_ISREG(seen.st_mode):
            return None
        data = os.read(number, seen.st_size)
        while len(data) < seen.st_size and (more := os.read(number, seen.st_size - len(data))):
            data += more
    except OSError:
        return None
    else:
        return data
    finally:
        os.close(number)


def is_same(path: str, data: bytes) -> bool:
    """Whether a file holds just these bytes. It is not read when its size says no."""
    return os.lstat(path).st_size == len(data) and read(path) == data


def write(path: str, data: bytes, *, sync: bool = False) -> None:
    """Write a new file; with `sync` it is on the disk afterwards. Raises `FileExistsError` if anything is there."""
    number = os.open(path, _WRITE, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(number, rest) :]
        if sync:
            os.fsync(number)
    except OSError as error:
        error.filename = path
        raise
    finally:
        os.close(number)


def move(path: str, target: str) -> None:
    """Put a file into the place of another, if one is there, in one step."""
    Path(path).replace(target)


def remove(path: str) -> None:
    """Delete a file."""
    Path(path).unlink()


def make_folders(out: str, urls: Iterable[str]) -> None:
    """Make the folders that these files will lie in."""
    for folder in sorted(folders(urls) - {""}):
        with suppress(FileExistsError):
            Path(f"{out}/{folder}").mkdir()


def drop_empty(out: str, names: AbstractSet[str]) -> None:
    """Remove those of the folders in which nothing is left."""
    for folder in sorted(names - {""}, reverse=True):  # the inner ones first
        with suppress(OSError):
            Path(f"{out}/{folder}").rmdir()
