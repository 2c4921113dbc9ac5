"""One writer at a time for a folder, also of several projects, users and machines where the system can.

POSIX: `flock` on the folder itself. So no lock file is published, left behind or needs a parent
that can be written, and the system lets go of it when the process dies. Where a folder cannot be
locked (Windows, some network drives) a lock file in the folder for temporary files stands in,
by the `filelock` package; it keeps apart the builds of one user on one machine.
"""

import errno
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

if sys.platform != "win32":
    import fcntl

#: Seconds between two tries.
STEP = 0.05

#: What `flock` says where folders cannot be locked.
_UNABLE = {errno.EBADF, errno.EINVAL, errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}

_Release = Callable[[], None]


class BusyError(Exception):
    """Another one holds the folder."""


@contextmanager
def held(folder: Path, patience: float) -> Iterator[None]:
    """Hold a folder, which is made when it is missing. Raises `BusyError` after `patience` seconds in vain."""
    deadline = time.monotonic() + patience
    while (release := _take(folder)) is None:
        if time.monotonic() >= deadline:
            raise BusyError
        time.sleep(STEP)
    try:
        yield
    finally:
        release()


def _take(folder: Path) -> _Release | None:
    """Try once; what gives the folder free again."""
    _make(folder)
    return _take_by_file(folder) if sys.platform == "win32" else _take_itself(folder)


def _make(folder: Path) -> None:
    """Raises `NotADirectoryError` for a file and for a link that leads nowhere, such as a drive that is not there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        with suppress(FileNotFoundError):  # it was there, and has just been removed
            if not stat.S_ISDIR(folder.lstat().st_mode) and not folder.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder)) from None


if sys.platform != "win32":

    def _take_itself(folder: Path) -> _Release | None:
        try:
            number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except FileNotFoundError:  # likewise
            return None
        release = partial(os.close, number)
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(number), folder.stat()):
                return release
        except (BlockingIOError, FileNotFoundError):
            pass
        except OSError as error:
            release()
            if error.errno in _UNABLE:
                return _take_by_file(folder)
            raise
        release()  # another has it, or has just removed the folder
        return None


def _take_by_file(folder: Path) -> _Release | None:
    from tempfile import gettempdir

    from filelock import FileLock, Timeout

    from honorroll.fingerprint import fingerprint

    user = getattr(os, "getuid", int)()
    name = fingerprint(os.path.normcase(os.path.realpath(folder)).encode("utf-8", "surrogateescape"))
    lock = FileLock(Path(gettempdir()) / f"honorroll-{user}-{name}.lock")
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return None
    return lock.release
