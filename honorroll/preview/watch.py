"""When inputs may have changed, and which. Whether one has, and how, is for the engine to find out by reading them."""

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Event

import watchfiles

from honorroll.inputs import FOLDERS

#: Paths of inputs, below the project and with `/` between parts, that may have changed: perhaps any where it is None.
Moved = frozenset[str] | None

#: After this much quiet a change is told, in milliseconds.
STEP = 5

#: How often is asked whether an input folder has come or gone, in milliseconds.
LOOK = 100

#: How often all files are looked at where the system does not tell of changes, in seconds.
POLL = 1.0


def changes(root: Path, stop: Event, *, poll: bool = False) -> Iterator[Moved]:
    """Yield which inputs may have changed since the last time, none of them when all was quiet, until `stop`.

    The first time it may be any. Nothing is missed while the caller works: it is told as soon as the caller
    is back, all as one.
    """
    while not stop.is_set():
        try:
            yield from _looked(root, stop) if poll else _told(root, stop)
        except FileNotFoundError:  # a folder that has gone just now
            continue
        except (OSError, RuntimeError):  # the system has no watches left
            poll = True


def _told(root: Path, stop: Event) -> Iterator[Moved]:
    """What the system tells, until a folder has come or gone: that one must be watched too.

    The first turn says that watching has begun: what happened before then is told by nobody.
    """
    known, begun = _folders(root), False
    for batch in watchfiles.watch(
        *known,
        watch_filter=None,
        debounce=2 * STEP,
        step=STEP,
        rust_timeout=LOOK,
        yield_on_timeout=True,
        stop_event=stop,
        raise_interrupt=False,
        force_polling=False,
        ignore_permission_denied=True,
    ):
        other = _folders(root) != known or any(path in known or Path(path).is_dir() for _, path in batch)
        yield _below(root, [path for _, path in batch]) if begun and not other else None
        begun = True
        if other:
            return


def _below(root: Path, paths: Collection[str]) -> Moved:
    """The paths below the project."""
    start = f"{root}{os.sep}"
    if not all(path.startswith(start) for path in paths):
        return None
    return frozenset(path.removeprefix(start).replace(os.sep, "/") for path in paths)


def _folders(root: Path) -> Mapping[str, tuple[int, int]]:
    """The input folders that are there, and which ones they are."""
    found = {}
    for folder in FOLDERS:
        path = root / folder
        if path.is_dir():
            seen = path.stat()
            found[str(path)] = seen.st_dev, seen.st_ino
    return found


def _looked(root: Path, stop: Event) -> Iterator[Moved]:
    """What comparing every file's state finds, once a second.

    `watchfiles` can poll as well, but takes two changes within one second for one.
    """
    last = None
    while not stop.is_set():
        state = dict(_state(root))
        yield None if state != last else frozenset()
        last = state
        stop.wait(POLL)


def _state(root: Path) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Every file and folder of the inputs, also behind links, with what tells that it has changed."""
    entered: set[tuple[int, ...]] = set()
    for folder in FOLDERS:
        for here, folders, files in os.walk(root / folder, followlinks=True):
            for name in (*folders, *files):
                path = f"{here}/{name}"
                seen = _seen(path)
                if name in folders and seen:
                    if seen[:2] in entered:  # a link that leads back
                        folders.remove(name)
                    entered.add(seen[:2])
                yield path, seen


def _seen(path: str) -> tuple[int, ...]:
    """The state of a file or folder; of the link itself if it leads nowhere; nothing if it has just gone."""
    for look in (os.stat, os.lstat):
        with suppress(OSError):
            seen = look(path)
            return seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns
    return ()
