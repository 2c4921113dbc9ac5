"""The version of this program, as far as it decides what is computed."""

import os
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from honorroll.fingerprint import fingerprint
from honorroll.incremental.file_stat import state, states

#: Libraries that may change a byte of the output, or the form of what is kept.
LIBRARIES = (
    *("PIL", "chinese_calendar", "jinja2", "lightningcss", "markdown", "markupsafe", "msgspec"),
    *("nh3", "phonenumbers", "pillow_heif", "pypdf", "re2", "segno", "stdnum", "yaml"),
)


@cache
def version() -> str:
    """Fingerprint of this package's own source and tables, Python and the libraries that shape the output.

    Files are told by their states. Of a library that of the first is enough, for asking for its version takes longer than
    all the rest.
    """
    here, words = str(Path(__file__).parent.parent), [sys.version]
    for folder, folders, names in os.walk(here):
        folders[:] = sorted({*folders} - {"__pycache__"})
        own = [name for name in sorted(names) if name.endswith((".py", ".txt"))]
        found = zip(own, states(folder, own), strict=True)
        words += [f"{folder.removeprefix(here)}/{name}={seen}" for name, seen in found]
    for spec in map(find_spec, LIBRARIES):
        words += [f"{spec.origin}={state(Path(spec.origin).stat())}"] if spec and spec.origin else []
    return fingerprint("\n".join(words).encode())
