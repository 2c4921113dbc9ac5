"""The version of this program, as far as it decides what is computed."""

import os
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from honorroll.fingerprint import fingerprint
from honorroll.incremental.file_stat import state

#: Libraries that may change a byte of the output, or the form of what is kept.
LIBRARIES = (
    *("PIL", "chinese_calendar", "jinja2", "lightningcss", "markdown", "markupsafe", "msgspec"),
    *("nh3", "phonenumbers", "pillow_heif", "pypdf", "re2", "segno", "stdnum", "yaml"),
)


@cache
def version() -> str:
    """Fingerprint of this package's own source and tables, Python and the libraries that shape the output.

    A library is told by the state of its first file, for asking for its version takes longer than all the rest.
    """
    here, words = str(Path(__file__).parent.parent), [sys.version]
    for folder, folders, names in os.walk(here):
        folders[:] = sorted({*folders} - {"__pycache__"})
        own = [name for name in sorted(names) if name.endswith((".py", ".txt"))]
        words += [f"{folder.removeprefix(here)}/{name}={fingerprint(Path(folder, name).read_bytes())}" for name in own]
    for spec in map(find_spec, LIBRARIES):
        words += [f"{spec.origin}={state(Path(spec.origin).stat())}"] if spec and spec.origin else []
    return fingerprint("\n".join(words).encode())
