"""What each page was made from last time, and the version of the program that made it."""

from functools import cache
from importlib import metadata
from pathlib import Path
from platform import python_version
from typing import NamedTuple

from honorroll.source import digest

#: Libraries whose version may change a byte of the output.
_LIBRARIES = ("jinja2", "markdown", "markupsafe", "nh3", "pydantic", "pyyaml")


class Trace(NamedTuple):
    """What a file of the site was made from last time, and what came out."""

    head: str
    """Digest of what all pages of its template share; none of a file that is only copied."""
    key: str
    """Digest of its own inputs."""
    checksum: str = ""
    """Of the file."""
    state: tuple[int, ...] | None = None
    """Of the file, where it tells that the file is still the same."""


@cache
def version() -> str:
    """Digest of this package's own source, Python and the libraries that shape the output."""
    here = Path(__file__).parent
    words = [python_version(), *(f"{name}={metadata.version(name)}" for name in _LIBRARIES)]
    words += [f"{path.relative_to(here)}={digest(path.read_bytes())}" for path in sorted(here.rglob("*.py"))]
    return digest("\n".join(words).encode())
