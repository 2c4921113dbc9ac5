"""A change of some files as one act: shown before, written all or nothing, and put back by `undo`.

What is needed to put the last change back lies in `.undo/`, in a file that bears the seal of this user on this machine: a
project that comes from elsewhere puts nothing back. The folder keeps itself out of Git, is no input and outlives `clean`.
"""

import errno
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType

import msgspec
from msgspec import Struct

from honorroll.filesystem import MovedError, Snapshot, Source, file_names, lock, own_files
from honorroll.fingerprint import fingerprint
from honorroll.incremental import seal_of

#: Where the last change is kept, below the project.
FOLDER = ".undo"
#: How long another command that writes is waited for, in seconds.
PATIENCE = 10.0
_SEAL = 32


class Change(Struct, frozen=True):
    """What one command does to the files of a project."""

    title: str
    """One line for people, in Chinese; `undo` shows it."""
    files: Mapping[str, tuple[bytes | None, bytes | None]]
    """By path in the project: the bytes that were read (none: there is no such file), and the new ones (none: remove it)."""


class _Kept(Struct, frozen=True):
    """What `undo` has to know: by path, the bytes before and the fingerprint of those after."""

    title: str
    files: dict[str, tuple[bytes | None, str | None]]


def snapshot_with(before: Snapshot, change: Change) -> Snapshot:
    """The project as it would be after a change, to be given to the engine before anything is written."""
    files = dict(before.files)
    for path, (_, data) in change.files.items():
        name = file_names.form(path)
        if data is None:
            files.pop(name, None)
        else:
            files[name] = Source(name, data, fingerprint(data))
    return Snapshot(
        MappingProxyType(dict(sorted(files.items()))), before.unread - {*map(file_names.form, change.files)}
    )


def apply(root: Path, change: Change) -> None:
    """Write a change, all of it or nothing, and keep what `undo` needs. One command writes at a time.

    Raises:
        MovedError: somebody has edited one of the files meanwhile; nothing was written.
        OSError: one cannot be written, or another command writes; all is as it was.
    """
    with _alone(root):
        before = _kept_bytes(root)
        kept = _Kept(change.title, {path: (old, _print(new)) for path, (old, new) in change.files.items()})
        _check(root, change)
        _keep(root, kept)
        try:
            _write(root, change)
        except BaseException:
            if all(_bytes(_file(root, path)) == old for path, (old, _) in change.files.items()):
                _restore(root, before)  # else `undo` can put back what we could not
            raise


def undo(root: Path) -> Change | None:
    """Put back what the last change replaced; once. The change that did so, or none where there is nothing to put back.

    Raises:
        MovedError: one of the files was edited since; nothing was written.
        OSError: one cannot be written, or another command writes; all is as it was.
    """
    with _alone(root):
        kept = _last(root)
        if kept is None:
            return None
        files = dict[str, tuple[bytes | None, bytes | None]]()
        for path, (old, new) in kept.files.items():
            now = _bytes(_file(root, path))
            if now == old:  # a command was killed before it came to this one
                continue
            if _print(now) != new:
                raise MovedError(path)
            files[path] = now, old
        change = Change(kept.title, files)
        _check(root, change)
        _write(root, change)
        forget(root)
        return change


def forget(root: Path) -> None:
    """Let nothing be put back any more: what is kept may hold what somebody wants to be gone. Raises `OSError`."""
    folder = root / FOLDER
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Hold the project. Raises `OSError` when another command does so for too long."""
    try:
        with lock.held(root, PATIENCE):
            yield
    except lock.BusyError:
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(root)) from None


def _file(root: Path, path: str) -> Path:
    """Where a file lies. A name that is not ASCII may stand in the file system in another form."""
    file = root
    for part in path.split("/"):
        here = file / part
        if not part.isascii() and not here.exists() and file.is_dir():
            here = next((one for one in file.iterdir() if file_names.form(one.name) == file_names.form(part)), here)
        file = here
    return file


def _bytes(file: Path) -> bytes | None:
    """What a file holds; none where there is none."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


def _print(data: bytes | None) -> str | None:
    return None if data is None else fingerprint(data)


def _check(root: Path, change: Change) -> None:
    """Raises `MovedError` for a file that does not hold what was read, and `OSError` for one outside of the project."""
    for path, (old, _) in change.files.items():
        file = _file(root, path)
        if ".." in path.split("/") or not file.resolve().is_relative_to(root.resolve()):
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), path)
        if _bytes(file) != old:
            raise MovedError(path)


def _write(root: Path, change: Change) -> None:
    """Write all files beside their places, then put them there; if one cannot be, those before are put back."""
    staged, done, made = dict[str, Path](), list[str](), list[Path]()
    places = {path: _file(root, path).resolve() for path in change.files}  # a link stays one
    try:
        for path, (old, new) in change.files.items():
            if new is not None:
                made += _folders(places[path].parent)
                staged[path] = _stage(places[path], new, like=places[path] if old is not None else None)
        for path, (_, new) in change.files.items():
            done.append(path)
            if new is None:
                places[path].unlink()
            else:
                staged[path].replace(places[path])
    except BaseException:
        for path in reversed(done):
            _put_back(places[path], change.files[path][0])
        for file in staged.values():
            file.unlink(missing_ok=True)
        _drop(made)
        raise
    top = root.resolve()
    _drop(
        place.parent for path, place in places.items() if change.files[path][1] is None and place.parent.parent != top
    )


def _stage(place: Path, data: bytes, like: Path | None) -> Path:
    """Write a file beside its place, under a name that is passed over, with the mode of the one that it is to replace."""
    new = place.with_name(f".{place.name}.{os.getpid()}.new")
    own_files.put(new, data)
    if (
        like and os.name != "nt"
    ):  # there a mode only says that a file may not be written, and such a one cannot be replaced
        new.chmod(like.stat().st_mode)
    return new


def _put_back(place: Path, old: bytes | None) -> None:
    """What was there before, as far as the system lets us."""
    with suppress(OSError):
        if old is None:
            place.unlink(missing_ok=True)
        elif _bytes(place) != old:
            _stage(place, old, like=place if place.exists() else None).replace(place)


def _folders(folder: Path) -> list[Path]:
    """Make a folder; those that were not there, the outer ones first."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()][::-1]
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def _drop(folders: Iterable[Path]) -> None:
    """Remove those of the folders that are empty, the inner ones first."""
    for folder in sorted({*folders}, reverse=True):
        with suppress(OSError):
            folder.rmdir()


def _keep(root: Path, kept: _Kept) -> None:
    own_files.make_folder(root / FOLDER)
    own_files.put(root / FOLDER / ".gitignore", b"*\n")
    _restore(root, _sealed(msgspec.msgpack.encode(kept)))


def _restore(root: Path, data: bytes | None) -> None:
    """Have these bytes there, or none."""
    file = root / FOLDER / "last"
    if data is None:
        file.unlink(missing_ok=True)
        return
    own_files.put(file, data)
    file.chmod(0o600)  # it may hold what is no longer in a file that all may read


def _sealed(data: bytes) -> bytes:
    return seal_of(data) + data


def _kept_bytes(root: Path) -> bytes | None:
    file = root / FOLDER / "last"
    return file.read_bytes() if own_files.is_folder(file.parent) and own_files.is_file(file) else None


def _last(root: Path) -> _Kept | None:
    """What was kept; none where there is nothing, or nothing of ours."""
    data = _kept_bytes(root)
    if data is None or data != _sealed(data[_SEAL:]):
        return None
    with suppress(msgspec.DecodeError):
        return msgspec.msgpack.decode(data[_SEAL:], type=_Kept)
    return None
