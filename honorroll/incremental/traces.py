"""What each page was made from last time, and the version of the program that made it."""

import os
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from honorroll.fingerprint import digest
from honorroll.incremental.file_stat import State, state

#: Libraries that may change a byte of the output, or the form of what is kept.
LIBRARIES = (
    *("PIL", "chinese_calendar", "jinja2", "lightningcss", "markdown", "markupsafe", "msgspec"),
    *("nh3", "pillow_heif", "segno", "yaml"),
)

#: Stands for no file: under it, what all pages share.
COMMON = ""


class Common(NamedTuple):
    """What pages were made from beside their own inputs. Each publication brings all pages up to it."""

    site: str
    """Digest of what every template sees."""
    closures: dict[str, str]
    """By template, digest of its closure."""
    listed: str = ""
    """Checksum of the list that names the files of all these traces, and no others."""


class Trace(Struct, frozen=True, gc=False):
    """What a file of the site was made from last time, and what came out."""

    content: str
    """Digest of its own inputs, or of what it is a copy of."""
    checksum: str
    """Of the file."""
    state: State | None = None
    """Of the file, where it tells that the file is still the same."""


@cache
def version() -> str:
    """Digest of this package's own source and tables, Python and the libraries that shape the output.

    A library is told by the state of its first file, for asking for its version takes longer than all the rest.
    """
    here, words = str(Path(__file__).parent.parent), [sys.version]
    for folder, folders, names in os.walk(here):
        folders[:] = sorted({*folders} - {"__pycache__"})
        own = [name for name in sorted(names) if name.endswith((".py", ".txt"))]
        words += [f"{folder.removeprefix(here)}/{name}={digest(Path(folder, name).read_bytes())}" for name in own]
    for spec in map(find_spec, LIBRARIES):
        words += [f"{spec.origin}={state(Path(spec.origin).stat())}"] if spec and spec.origin else []
    return digest("\n".join(words).encode())
