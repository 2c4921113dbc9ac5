"""The state of a file: what changes when the file does, so that it need not be read to know that it is the same.

Asking for the states of all files of a site takes about as long as loading this program. So this
module is a program, too, which imports nothing of the package: on a machine with two cores it asks
while the build beside it still loads (`beside`).
"""

import marshal
import os
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from operator import attrgetter

#: The list of a site's own files (`manifest.py`), in its folder.
LIST = ".honorroll"

#: One number of 64 bits, since there are tens of thousands of them.
State = int

#: The state of what is not there.
GONE: State = 0

#: Changes closer together than this may bear the same time, in nanoseconds: the kernel's tick,
#: and the two seconds of file systems that keep no fractions.
TICK, COARSE = 50_000_000, 2_000_000_000

#: What it is made of: a file's number, size, time of writing and time of change. Python's hash of whole numbers is the same
#: in every process.
_parts: Callable[[os.stat_result], tuple[int, ...]] = attrgetter("st_ino", "st_size", "st_mtime_ns", "st_ctime_ns")


def state(info: os.stat_result) -> State:
    """The state of a file."""
    return hash(_parts(info))


def states(folder: str, names: Collection[str]) -> list[State]:
    """The states of files, links and folders themselves that lie in a folder; of one that has just gone, `GONE`."""
    with suppress(OSError), _inside(folder) as look:
        try:
            return [*map(hash, map(_parts, map(look, names)))]
        except OSError:
            return [_state(look, name) for name in names]
    return [GONE] * len(names)


@contextmanager
def _inside(folder: str) -> Iterator[Callable[[str], os.stat_result]]:
    """How to look at what lies in a folder. From the open folder that takes three quarters of the time; Windows has none."""
    if os.stat not in os.supports_dir_fd:
        yield lambda name: os.lstat(f"{folder}/{name}")
        return
    here = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield partial(os.stat, dir_fd=here, follow_symlinks=False)
    finally:
        os.close(here)


def _state(look: Callable[[str], os.stat_result], name: str) -> State:
    with suppress(OSError):
        return state(look(name))
    return GONE


def is_settled(info: os.stat_result, now: int) -> bool:
    """Whether any later change of a file will show in its state, at `now` in nanoseconds.

    Not when it changed so shortly before that another change might bear the same time, nor on
    Windows, which has no time of change.
    """
    latest = max(info.st_mtime_ns, info.st_ctime_ns)
    return os.name != "nt" and now - latest >= (TICK if latest % 1_000_000_000 else COARSE)


def listed(out: str) -> dict[str, State]:
    """By address, the state of every file that lies in `out` beside one of the list of its own.

    While nothing changes, in the same order.
    """
    try:
        with open(f"{out}/{LIST}", "rb", opener=_at_once) as lines:  # pathlib takes longer to load
            folders = dict.fromkeys(os.fsdecode(line[66:].rpartition(b"/")[0]) for line in lines)
    except OSError:
        return {}
    found: dict[str, State] = {}
    for folder in folders:
        with suppress(OSError, ValueError):  # a damaged list may name what cannot be a folder
            names = os.listdir(f"{out}/{folder}")  # noqa: PTH208  # the same
            inside = f"{folder}/" if folder else ""
            found.update(zip([inside + name for name in names], states(f"{out}/{folder}", names), strict=True))
    return found


def _at_once(path: str, flags: int) -> int:
    """Open a file; a pipe that lies in its place ends at once instead of waiting for somebody to write."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


@contextmanager
def beside(out: str) -> Iterator[Callable[[], dict[str, State]]]:
    """What is called for `listed`: another process looks from now on. Where there can be none, the call does."""
    here, there = os.pipe()
    process = _begun([sys.executable, "-I", "-S", __file__, out], there)
    os.close(there)
    try:
        with open(here, "rb") as told:  # noqa: PTH123  # the end of a pipe
            yield lambda: _told(told.read()) or listed(out)
    finally:
        if process:
            os.waitpid(process, 0)  # it ends when nobody listens any more


def _begun(command: list[str], output: int) -> int:
    """A process that writes into `output`, and to nobody what goes wrong. None on Windows, and where the system refuses."""
    try:
        actions = [(os.POSIX_SPAWN_DUP2, output, 1), (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)]
        return os.posix_spawn(command[0], command, os.environ, file_actions=actions)
    except (AttributeError, OSError):
        return 0


def _told(data: bytes) -> dict[str, State]:
    """What another process says; nothing where it was cut off."""
    with suppress(EOFError, ValueError, TypeError):
        found: dict[str, State] = marshal.loads(data)  # noqa: S302  # our own process wrote it
        return found
    return {}


if __name__ == "__main__":
    with suppress(OSError), open(1, "wb") as answer:  # nobody may be listening any more
        marshal.dump(listed(*sys.argv[1:]), answer)
