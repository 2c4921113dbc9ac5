"""The bytes of one input file, and what is wrong with them."""

import os
import re
import stat
from pathlib import Path

from honorroll.diagnostics import Diagnostic, Place

#: What no text may hold: control characters but tab and line ends, and what Unicode calls no characters.
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x84\x86-\x9f]|\xef\xbf[\xbe\xbf]")

#: What turns a text around, in UTF-8 (`invisible.TURNING`).
_TURNING = re.compile(rb"\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]")


def contents(file: Path, limit: int) -> tuple[os.stat_result, bytes | None]:
    """The state and the bytes of a plain file; no bytes where there are more than `limit`. Raises `OSError`.

    What it is, is asked of the open file, so that nothing else can come into its place.
    """
    number = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(number, "rb") as opened:  # noqa: PTH123  # it is open
        info = os.fstat(number)
        if not stat.S_ISREG(info.st_mode):
            raise OSError(0, "not a regular file")
        data = opened.read(limit + 1) if info.st_size <= limit else None  # it may have grown since
    return info, data if data is None or len(data) <= limit else None


def size(number: int) -> str:
    """A size in words, rounded up."""
    return f"{-(-number >> 20)} MB" if number > 1 << 20 else f"{-(-number >> 10)} KB"


def fault(path: str, data: bytes) -> Diagnostic | None:
    """What no text may hold. What turns a text around is looked for in static files only: who reads the others finds it."""
    if not data.isascii():
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            return Diagnostic("SRC-05", _position(path, data, error.start))
    if path.startswith("static/") and (turning := _TURNING.search(data)):
        from honorroll.filesystem.hidden_characters import called  # seldom wanted

        return Diagnostic("SRC-13", _position(path, data, turning.start()), called(turning[0].decode()))
    control = None if path.startswith("static/") else _CONTROL.search(data)
    return Diagnostic("SRC-08", _position(path, data, control.start())) if control else None


def _position(path: str, data: bytes, start: int) -> Place:
    """The place of a byte; lines and columns count as in `Source.text`."""
    before = data[:start].replace(b"\r\n", b"\n").replace(b"\r", b"\n").decode("utf-8-sig")
    return Place(path, line=before.count("\n") + 1, column=len(before) - before.rfind("\n"))
