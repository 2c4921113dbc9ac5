"""When inputs may have changed. Whether one has, and what, is for the engine to find out by reading them."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Event

import watchfiles

from honorroll.source import FOLDERS

#: After this much quiet a change is told, in milliseconds.
STEP = 5

#: How often is asked whether an input folder has come or gone, in milliseconds.
LOOK = 100

#: How often all files are looked at where the system does not tell of changes, in seconds.
POLL = 1.0


def changes(root: Path, stop: Event, *, poll: bool = False) -> Iterator[None]:
    """Yield when an input may have changed since the last time, and once at the beginning, until `stop`.

    Nothing is missed while the caller works: it is told as soon as the caller is back, all as one.
    """
    while not stop.is_set():
        try:
            yield from _looked(root, stop) if poll else _told(root, stop)
        except FileNotFoundError:  # a folder that has gone just now
            continue
        except (OSError, RuntimeError):  # the system has no watches left
            poll = True


def _told(root: Path, stop: Event) -> Iterator[None]:
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
        if stop.is_set():
            return
        if batch or other or not begun:
            begun = True
            yield
        if other:
            return


def _folders(root: Path) -> Mapping[str, tuple[int, int]]:
    """The input folders that are there, and which ones they are."""
    found = {}
    for folder in FOLDERS:
        path = root / folder
        if path.is_dir():
            seen = path.stat()
            found[str(path)] = seen.st_dev, seen.st_ino
    return found


def _looked(root: Path, stop: Event) -> Iterator[None]:
    """What comparing every file's state finds, once a second.

    `watchfiles` can poll as well, but takes two changes within one second for one.
    """
    last = None
    while not stop.is_set():
        state = dict(_state(root))
        if state != last:
            last = state
            yield
        stop.wait(POLL)


def _state(root: Path) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Every file and folder of the inputs, also behind links, with what tells that it has changed."""
    entered = set()
    for folder in FOLDERS:
        for here, folders, files in os.walk(root / folder, followlinks=True):
            for name in (*folders, *files):
                path = f"{here}/{name}"
                try:
                    seen = os.stat(path)  # noqa: PTH116  # a thousand `Path`s a second
                except OSError:
                    continue
                if name in folders:
                    place = seen.st_dev, seen.st_ino
                    if place in entered:  # a link that leads back
                        folders.remove(name)
                    entered.add(place)
                yield path, (seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)
