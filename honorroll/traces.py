"""What each page was made from last time, kept between builds."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from platform import python_version

from honorroll.source import digest

#: Libraries whose version may change a byte of the output.
_LIBRARIES = ("jinja2", "markdown", "markupsafe", "nh3", "pydantic", "pyyaml")


@dataclass(frozen=True, slots=True)
class Trace:
    """What a page was made from last time, and the checksum of what came out."""

    key: str
    checksum: str


@cache
def version() -> str:
    """Digest of this package's own source, Python and the libraries that shape the output."""
    here = Path(__file__).parent
    words = [python_version(), *(f"{name}={metadata.version(name)}" for name in _LIBRARIES)]
    words += [f"{path.relative_to(here)}={digest(path.read_bytes())}" for path in sorted(here.rglob("*.py"))]
    return digest("\n".join(words).encode())


def load(path: Path) -> dict[str, Trace]:
    """The traces of the last build; none when the file is missing, damaged or of another version."""
    try:
        content = json.loads(path.read_bytes())
        if content["version"] != version():
            return {}
        return {url: Trace(key, total) for url, (key, total) in content["pages"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def save(path: Path, traces: Mapping[str, Trace]) -> None:
    """Write the traces for the next build. The folder is made when it is missing."""
    path.parent.mkdir(exist_ok=True)
    pages = {url: (trace.key, trace.checksum) for url, trace in sorted(traces.items())}
    fresh = path.with_suffix(f".{os.getpid()}.new")
    fresh.write_text(json.dumps({"version": version(), "pages": pages}, ensure_ascii=False), encoding="utf-8")
    fresh.replace(path)
