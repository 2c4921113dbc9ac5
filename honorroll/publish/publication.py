"""Putting a finished site into its folder, touching only what is ours.

First all is asked (`changes.py`), then the bytes go into temporaries beside their places, and
only when all of them are there new files are moved into place, then changed ones, and then what
is no longer wanted is removed. So a full disk changes nothing, and at every moment the pages
that a reader can reach lead to pages that are there. One thing goes before the new: what stands
in its place, when `a` becomes `a/b`, or `A.png` becomes `a.png` on a system that ignores case.

A process that is killed leaves such a site behind, and the next run ends as if nothing had
happened (`manifest.py`). After a power cut, too, it is known what is ours: journal and list
are forced to the disk before what follows them. Pages are not, for that would take longer than all the
rest; those of the last seconds may be empty, and the next build, which compares checksums,
writes them again.

The folder itself may be a link to a folder. Links inside it are foreign and never followed.
"""

import errno
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import astuple

from honorroll.diagnostics import Diagnostic, Place
from honorroll.filesystem import atomic, lock
from honorroll.inputs import FOLDERS
from honorroll.publish import manifest
from honorroll.publish.changes import Change, compare
from honorroll.publish.manifest import LIST, checksum

__all__ = ["LIST", "Counts", "checksum", "misplaced", "present", "publish", "remove"]

#: Seconds to wait for another publication into the same folder.
PATIENCE = 15.0

#: Findings for what the system may say; PUB-02 for the rest.
_RULES = {
    errno.ENOSPC: "PUB-07",
    errno.EDQUOT: "PUB-07",
    errno.EFBIG: "PUB-07",
    errno.EROFS: "PUB-08",
    errno.EACCES: "PUB-08",
    errno.EPERM: "PUB-08",
    errno.ENAMETOOLONG: "PUB-09",
}


class Counts(Struct, frozen=True, eq=False):
    """What a publication did."""

    written: int
    unchanged: int
    removed: int
    listed: str = ""
    """Checksum of the list of files; no part of what is compared."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Counts) and astuple(self)[:3] == astuple(other)[:3]

    def __hash__(self) -> int:
        return hash(astuple(self)[:3])


def misplaced(root: Path, out: Path) -> Diagnostic | None:
    """PUB-03 when the output folder is the project, holds it, or lies in its inputs."""
    root, out = root.resolve(), out.resolve()
    inputs = [root / folder for folder in (*FOLDERS, "honorroll", "tests", "docs", ".cache")]
    if root.is_relative_to(out) or any(out.is_relative_to(folder) for folder in inputs):
        return Diagnostic("PUB-03", Place(str(out)))
    return None


def present(out: Path, url: str) -> str | None:
    """Checksum of a file in the folder; none when it is not there."""
    data = atomic.read(f"{out}/{url}")
    return None if data is None else checksum(data)


def publish(
    out: Path, files: Mapping[str, bytes], kept: Mapping[str, str], last: str = "", declared: Collection[str] = ()
) -> Counts | Diagnostic:
    """Make the folder hold exactly `files` and `kept` (checksums of what is already there), beside what is not ours.

    A list with the checksum `last` is known to name just these files, and `kept` with these checksums. What is not ours makes
    a folder somebody else's, unless it is `declared`.

    Reports PUB-01 (something foreign is in the way), PUB-04 (another build is publishing), PUB-05
    (two addresses that are one on some systems) or PUB-06 (a kept file is another by now); and when the
    system refuses, PUB-07 (no room), PUB-08 (not allowed), PUB-09 (path too long) or PUB-02.
    """
    try:
        with lock.held(out, PATIENCE):
            manifest.recover(str(out))
            change = compare(str(out), files, kept, last, declared)
            if isinstance(change, Diagnostic):
                return change
            if change.needed:
                _carry_out(str(out), change, files)
    except lock.BusyError:
        return _busy(out)
    except OSError as error:
        return _failure(out, error)
    written = len(change.written)
    unchanged, removed = len(files) + len(kept) - written, len(change.first) + len(change.gone)
    return Counts(written, unchanged, removed, checksum(change.listing))


def _carry_out(out: str, change: Change, files: Mapping[str, bytes]) -> None:
    """Begin and end with the journal. What fails is put in order at once, as the next run would do it."""
    try:
        manifest.begin(out, change.journal)
        _move(out, change, files)
        manifest.end(out, change.listing)
    except BaseException:
        with suppress(OSError):
            manifest.recover(out, change.journal)
        raise


def _move(out: str, change: Change, files: Mapping[str, bytes]) -> None:
    """Add, replace, delete: the order keeps every link whole."""
    for url in change.first:
        atomic.remove(f"{out}/{url}")
    atomic.drop_empty(out, change.left)
    atomic.make_folders(out, change.new)
    written = dict(zip(change.written, manifest.temporaries(change.written), strict=True))
    for url, temporary in written.items():
        atomic.write(f"{out}/{temporary}", files[url])
    for url, temporary in written.items():
        atomic.move(f"{out}/{temporary}", f"{out}/{url}")
    for url in change.gone:
        atomic.remove(f"{out}/{url}")
    atomic.drop_empty(out, change.left)


def _busy(out: Path) -> Diagnostic:
    return Diagnostic("PUB-04", Place(str(out)), {"holder": manifest.holder(str(out))})


def _failure(out: Path, error: OSError) -> Diagnostic:
    """One finding for what the system says. A temporary stands for its folder."""
    path = str(error.filename2 or error.filename or out)
    folder, _, name = path.rpartition("/")
    rule = _RULES.get(error.errno or 0, "PUB-02")
    return Diagnostic(rule, Place(folder if name.startswith(LIST) else path), {"why": error.strerror or str(error)})


def remove(out: Path) -> int | Diagnostic:
    """Delete the files that are ours, and their folders when nothing else is left. The number deleted.

    Reports PUB-04 when a build is publishing, and what the system refuses like `publish`.
    """
    if not out.is_dir():
        return 0
    try:
        with lock.held(out, PATIENCE):
            return _remove(out)
    except lock.BusyError:
        return _busy(out)
    except OSError as error:
        return _failure(out, error)


def _remove(folder: Path) -> int:
    """The list goes last, so what is cut off can be done again."""
    out = str(folder)
    manifest.recover(out)
    owned = manifest.parse(atomic.read(f"{out}/{LIST}"))
    places = atomic.folders(owned)
    seen = atomic.survey(out, places)
    ours = owned.keys() & seen.files
    for url in ours:
        atomic.remove(f"{out}/{url}")
    atomic.drop_empty(out, places & seen.folders)
    if LIST in seen.files:
        atomic.remove(f"{out}/{LIST}")
    with suppress(OSError):
        folder.rmdir()
    return len(ours)
