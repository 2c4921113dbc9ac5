"""The Chinese typefaces of drawn pictures, Noto Sans SC and Noto Serif SC: where they are, and what characters they have.

They come from the package `pylopdf-fonts-zh-cn` (SIL Open Font License 1.1), which the extra `posters` installs.
"""

import re
import struct
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_MODULE = "pylopdf_fonts_zh_cn"

#: What the typefaces are known to have.
_COMMON = re.compile("[ -~\u4e00-\u9fa5，。、：；！？（）《》“”‘’—…·　]*")

#: Stands for a character that a typeface lacks, as in print.
GETA = "〓"


@cache
def edition() -> str:
    """What the shapes of letters and codes depend on beside Pillow; empty where the typefaces are not installed."""
    return f"{_version(_MODULE)}, {_version('segno')}" if find_spec(_MODULE) else ""


def _version(module: str) -> str:
    """The name of the folder that tells of a package's installation, which ends in its version.

    To import `importlib.metadata` takes longer than all else that a build after an edit does.
    """
    found = find_spec(module)
    assert found
    assert found.origin
    names = Path(found.origin).parent.parent.glob(f"{module}-*.dist-info")
    return max((folder.name for folder in names), default=module)


def path(name: str) -> Path:
    """The file of the typeface `Sans` or `Serif`."""
    found = find_spec(_MODULE)
    assert found
    assert found.origin
    return Path(found.origin).parent / f"Noto{name}SC-Regular.otf"


@cache
def characters(name: str = "Sans") -> frozenset[str]:
    """All characters that a typeface has, from the segments of its `cmap` (OpenType, format 12)."""
    data = path(name).read_bytes()
    tables = _rows(data, ">4sIII", 12, 4)
    start = next(int(offset) for tag, _, offset, _ in tables if tag == b"cmap")
    subtables = [start + offset for _, _, offset in _rows(data, ">HHI", start + 4, start + 2)]
    at = next(at for at in subtables if data[at : at + 2] == b"\0\x0c")
    count = struct.unpack_from(">I", data, at + 12)[0]
    groups = struct.iter_unpack(">III", data[at + 16 : at + 16 + 12 * count])
    return frozenset(chr(code) for first, last, _ in groups for code in range(first, last + 1))


def _rows(data: bytes, shape: str, at: int, count: int) -> Iterator[tuple[Any, ...]]:
    """The rows of a table of the file; how many there are stands at `count`."""
    size = struct.calcsize(shape) * int.from_bytes(data[count : count + 2])
    return struct.iter_unpack(shape, data[at : at + size])


def missing(text: str) -> list[str]:
    """The characters of a text that cannot be drawn, in their order by code."""
    if _COMMON.fullmatch(text):  # to read the typeface takes 50 ms
        return []
    return sorted(char for char in set(text) - characters() if not char.isspace())
