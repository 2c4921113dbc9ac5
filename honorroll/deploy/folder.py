"""A folder of this machine: `releases/ID` hold the releases, and the link `current` names the one that is shown.

A release is made beside the others, checked, and shown by one rename, so that a web server that shows `current` never sees half
of one. Files that are the same are one file on disk, linked under several names. What was cut off is taken up by the next run.
"""

import os
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from honorroll.deploy.releases import RELEASE, DeployError, Get, Release, Told, number, read, refused
from honorroll.filesystem import atomic, lock
from honorroll.publish import LIST

_CURRENT, _RELEASES = "current", "releases"
#: What a release that is being made is called.
_PART = ".part"
#: Seconds to wait for another deployment.
_PATIENCE = 3.0


class FolderTarget:
    """A folder with releases."""

    compresses = True

    def __init__(self, folder: Path) -> None:
        self._root = folder
        self._releases = folder / _RELEASES

    @contextmanager
    def held(self) -> Iterator[None]:
        try:
            with lock.held(self._root, _PATIENCE):
                yield
        except lock.BusyError:
            raise DeployError("de_busy", holder=str(self._root)) from None
        except OSError as error:
            raise refused(error) from None

    def releases(self) -> list[str]:
        return sorted((name for name in _names(self._releases) if number(name)), key=number)

    def current(self) -> str:
        try:
            return (self._root / _CURRENT).readlink().name
        except OSError:
            return ""

    def release(self, id: str) -> Release | None:
        record, listing = (atomic.read(f"{self._releases}/{id}/{name}") for name in (RELEASE, LIST))
        return read(record, listing) if record and listing is not None else None

    def strangers(self, shown: Release | None) -> set[str]:
        names = _names(self._root) - {_RELEASES, f".{_CURRENT}.new", "lost+found"}
        names -= {_CURRENT} if (self._root / _CURRENT).is_symlink() else set()
        found = {path for name in names for path in _below(self._root, name)}
        if shown:
            ours = {LIST, RELEASE, *shown.files} - {*shown.foreign}
            found |= {path for path in atomic.walk(str(self._releases / shown.id)) if path not in ours}
        return found

    def sums(self, paths: Collection[str]) -> dict[str, str]:
        found = {path: _sum(self._root / _CURRENT / path) or _sum(self._root / path) for path in paths}
        return {path: total for path, total in found.items() if total}

    def send(self, release: Release, get: Get, told: Told) -> None:
        part = self._releases / f".{release.id}{_PART}"
        for name in _names(self._releases):
            if name.endswith(_PART) and name != part.name:
                shutil.rmtree(self._releases / name)
        part.mkdir(parents=True, exist_ok=True)
        for stray in [path for path in atomic.walk(str(part)) if path not in release.files]:
            (part / stray).unlink()
        atomic.make_folders(str(part), release.files)
        old = self._releases / self.current() if self.current() else None
        for path, total in release.files.items():
            target = part / path
            if _sum(target) == total:  # of a run that was cut off
                continue
            target.unlink(missing_ok=True)
            is_foreign = path in release.foreign  # before the first release it stands in the root
            if any(_link(place / path, target, total) for place in (old, self._root if is_foreign else None) if place):
                continue
            if is_foreign:
                raise DeployError("de_changed", file=path)
            data = get(path)
            atomic.write(str(target), data)
            told(len(data))
        for name, data in ((RELEASE, release.record()), (LIST, release.listing())):
            atomic.write(str(part / name), data, sync=True)
        if hasattr(os, "sync"):
            os.sync()  # a release that is shown must survive a power cut
        part.rename(self._releases / release.id)

    def faulty(self, release: Release) -> list[str]:
        folder = self._releases / release.id
        return [path for path, total in release.files.items() if _sum(folder / path) != total]

    def edited(self, shown: Release) -> list[str]:
        return self.faulty(shown)

    def show(self, release: Release) -> None:
        fresh = self._root / f".{_CURRENT}.new"
        with suppress(FileNotFoundError):
            fresh.unlink()
        try:
            fresh.symlink_to(f"{_RELEASES}/{release.id}", target_is_directory=True)
        except OSError as error:
            raise DeployError("de_no_links", why=error.strerror or str(error)) from None
        fresh.replace(self._root / _CURRENT)

    def drop(self, ids: Sequence[str]) -> None:
        for id in ids:
            gone = self._releases / f".{id}.gone{_PART}"  # a release that is cut off while it goes is none
            (self._releases / id).rename(gone)
            shutil.rmtree(gone)


def _names(folder: Path) -> set[str]:
    """What stands in a folder; nothing where there is none."""
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def _below(root: Path, name: str) -> list[str]:
    """The files below a name in a folder, or that name."""
    path = root / name
    is_folder = path.is_dir() and not path.is_symlink()
    return [f"{name}/{inner}" for inner in atomic.walk(str(path))] if is_folder else [name]


def _link(old: Path, new: Path, total: str) -> bool:
    """Use a file of the release before, if it is what is wanted: somebody may have edited it there."""
    if _sum(old) != total:
        return False
    try:
        new.hardlink_to(old)
    except OSError:
        shutil.copyfile(old, new)
    return True


def _sum(path: Path) -> str:
    """SHA-256 of a file; empty for what is none."""
    data = atomic.read(str(path))
    return "" if data is None else sha256(data).hexdigest()
