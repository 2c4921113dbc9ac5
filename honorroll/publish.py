"""Putting a finished site into its folder, touching only what is ours.

The folder's own list (`.honorroll`, in the format of `sha256sum`) says which files we wrote.
All are written to a temporary name first and moved into place; new files come first, then
changed ones, then deletions, so no page ever links to one that is not there.
"""

import os
import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from honorroll.diagnostics import Diagnostic, Place
from honorroll.source import FOLDERS

#: The list of the files that are ours.
LIST = ".honorroll"


@dataclass(frozen=True, slots=True)
class Counts:
    """What a publication did."""

    written: int
    unchanged: int
    removed: int


def checksum(data: bytes) -> str:
    """SHA-256 of a published file, in hexadecimal."""
    return sha256(data).hexdigest()


def misplaced(root: Path, out: Path) -> Diagnostic | None:
    """PUB-03 when the output folder is the project, holds it, or lies in its inputs."""
    root, out = root.resolve(), out.resolve()
    inputs = [root / folder for folder in (*FOLDERS, "honorroll", "tests", "docs")]
    if root.is_relative_to(out) or any(out.is_relative_to(folder) for folder in inputs):
        return Diagnostic("PUB-03", Place(str(out)))
    return None


def present(out: Path, url: str) -> str | None:
    """Checksum of a file in the folder; none when it is not there."""
    try:
        return checksum((out / url).read_bytes())
    except OSError:
        return None


def publish(out: Path, files: Mapping[str, bytes], kept: AbstractSet[str]) -> Counts | Diagnostic:
    """Make the folder hold exactly `files` and `kept` (already there), beside what is not ours.

    Reports PUB-01 when a file that is not ours stands in the way, PUB-02 when writing fails.
    """
    try:
        owned = _read_list(out)
        strangers = _in_the_way(out, files, owned)
        if strangers:
            return Diagnostic("PUB-01", Place(str(out)), {"names": "、".join(strangers[:5])})
        out.mkdir(parents=True, exist_ok=True)
        return _write(out, files, kept, owned)
    except OSError as error:
        return Diagnostic("PUB-02", Place(error.filename or str(out)), {"why": error.strerror or str(error)})


def _write(out: Path, files: Mapping[str, bytes], kept: AbstractSet[str], owned: Mapping[str, str]) -> Counts:
    there = {url: present(out, url) for url in files}
    totals = {url: checksum(data) for url, data in files.items()}
    new = sorted(url for url in files if there[url] is None)
    changed = sorted(url for url in files if there[url] is not None and there[url] != totals[url])
    gone = sorted(set(owned) - set(files) - kept)
    wanted = {url: owned.get(url, "") for url in kept} | totals
    if new or changed or gone:
        _write_list(out, dict(owned) | wanted)
    for url in (*new, *changed):
        _replace(out / url, files[url])
    for url in gone:
        (out / url).unlink(missing_ok=True)
        _remove_empty(out, (out / url).parent)
    _write_list(out, wanted)
    unchanged = len(kept) + len(files) - len(new) - len(changed)
    return Counts(len(new) + len(changed), unchanged, len(gone))


def _replace(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.write_bytes(data)
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def _remove_empty(out: Path, folder: Path) -> None:
    while folder != out:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _in_the_way(out: Path, files: Mapping[str, bytes], owned: Mapping[str, str]) -> list[str]:
    """Files that are not ours and that we would overwrite; in a folder without a list, all others too.

    A file with the very bytes that we would write is taken over: nothing is lost by it.
    """
    strange = [path for path in _walk(out) if path not in owned and path != LIST]
    claimed = (out / LIST).is_file()
    blocked = []
    for path in strange:
        wanted = path in files or any(url.startswith(path + "/") for url in files)
        ours = path in files and present(out, path) == checksum(files[path])
        if (wanted or not claimed) and not ours and not path.endswith(".new"):
            blocked.append(path)
    return sorted(blocked)


def _walk(out: Path, inner: str = "") -> Iterator[str]:
    """Every file and link in the folder; links are not followed."""
    try:
        entries = list(os.scandir(out / inner))
    except FileNotFoundError:
        return
    for entry in entries:
        path = f"{inner}/{entry.name}" if inner else entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(out, path)
        else:
            yield path


def _read_list(out: Path) -> dict[str, str]:
    try:
        lines = (out / LIST).read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, UnicodeDecodeError):
        return {}
    matches = (re.fullmatch(r"([0-9a-f]{64})  (\S.*)", line) for line in lines)
    return {m[2]: m[1] for m in matches if m and _is_inner(m[2])}


def _is_inner(path: str) -> bool:
    """Whether a listed path stays in the folder, whoever wrote the list."""
    return not path.startswith("/") and ".." not in path.split("/") and "\\" not in path and ":" not in path


def _write_list(out: Path, owned: Mapping[str, str]) -> None:
    lines = "".join(f"{owned[url] or '0' * 64}  {url}\n" for url in sorted(owned))
    path = out / LIST
    if not path.is_file() or path.read_bytes() != lines.encode():
        _replace(path, lines.encode())


def remove(out: Path) -> int:
    """Delete the files that are ours, and their folders when nothing else is left. The number deleted."""
    owned = _read_list(out)
    for url in owned:
        (out / url).unlink(missing_ok=True)
        _remove_empty(out, (out / url).parent)
    (out / LIST).unlink(missing_ok=True)
    if out.is_dir() and not any(out.iterdir()):
        out.rmdir()
    return len(owned)
