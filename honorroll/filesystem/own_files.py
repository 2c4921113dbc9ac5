"""Files that the program keeps for itself in a project: its cache and its log. They are never written through a link.

A project may come from elsewhere, with links in the place of these files that lead to somebody's own.
"""

import os
import stat
from contextlib import suppress
from pathlib import Path
from threading import get_ident


def is_folder(path: Path) -> bool:
    """Whether a folder stands there, and no link to one."""
    return stat.S_ISDIR(_mode(path))


def is_file(path: Path) -> bool:
    """Whether a plain file stands there, and no link to one."""
    return stat.S_ISREG(_mode(path))


def _mode(path: Path) -> int:
    try:
        return path.lstat().st_mode
    except OSError:
        return 0


def make_folder(folder: Path) -> None:
    """Have a folder of our own there; a link in its place goes. Raises `OSError`."""
    if folder.is_symlink():
        folder.unlink()
    folder.mkdir(exist_ok=True)


def put(file: Path, data: bytes) -> None:
    """Write a file in one step, in the place of whatever file or link is there. Raises `OSError`."""
    new = file.with_name(f"{file.name}.{os.getpid()}.{get_ident()}.new")
    with suppress(FileNotFoundError):
        new.unlink()
    number = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with open(number, "wb") as opened:  # noqa: PTH123  # it is open
            opened.write(data)
        new.replace(file)
    except OSError:
        with suppress(OSError):
            new.unlink()
        raise
