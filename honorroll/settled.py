"""A build that has nothing to do ends here, before anything large is imported.

If no input, option, program file or output has moved since the last build, and that build had
nothing to say, its result holds. "Moved" is asked of the file system: a file's number, size,
time of writing and time of change, of which the last cannot be set by any program. A file that
changed so shortly before the build that a later change might bear the same time is not trusted,
nor is a link, nor anything on Windows, which has no time of change.
"""

import json
import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from honorroll.options import Options, Result
from honorroll.publish import Counts
from honorroll.source import FOLDERS, is_settled, state, theme_root

_LIBRARIES = ("jinja2", "markdown", "markupsafe", "nh3", "pydantic", "yaml")


def build(options: Options) -> Result:
    """`pipeline.build` into the folder `options.out`, unless the last result still holds."""
    note = options.root / ".cache" / "settled.json"
    start = time.time_ns()
    inputs = None if options.dry or os.name == "nt" else _inputs(options, start)
    if inputs:
        last = _read(note)
        if last and last.get("inputs") == inputs and last.get("outputs") == _outputs(options.out):
            return Result((), last["pages"], Counts(0, last["files"], 0))

    from honorroll import pipeline

    result = pipeline.build(options)
    if inputs and result.counts and not result.findings:
        files = result.counts.written + result.counts.unchanged
        content = {"inputs": inputs, "outputs": _outputs(options.out), "pages": result.pages, "files": files}
        fresh = note.with_suffix(f".{os.getpid()}.new")
        with suppress(OSError):  # then the next build looks at everything, and nothing else is lost
            fresh.write_text(json.dumps(content), encoding="utf-8")
            fresh.replace(note)
    return result


def _read(note: Path) -> dict[str, Any] | None:
    """What the last build left; nothing when it is missing or damaged."""
    try:
        content = json.loads(note.read_bytes())
        return content if isinstance(content["pages"], int) and isinstance(content["files"], int) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _inputs(options: Options, start: int) -> str | None:
    """What the result depends on, as one digest; nothing when a file is too fresh to be trusted."""
    asked = {field.name: getattr(options, field.name) for field in fields(options)}
    words = [sys.version, *(f"{name}={value}" for name, value in asked.items() if name not in {"jobs", "progress"})]
    roots = [options.root / folder for folder in FOLDERS]
    roots += [theme_root() / folder for folder in ("templates", "static")] + [Path(__file__).parent]
    roots += [Path(spec.origin) for spec in map(find_spec, _LIBRARIES) if spec and spec.origin]
    for root in roots:
        for path, seen in _walk(root):
            if stat.S_ISLNK(seen.st_mode) or not is_settled(seen, start):
                return None
            words.append(_signature(path, seen))
    return _digest(words)


def _outputs(out: Path) -> str:
    """The state of the output folder, as one digest."""
    return _digest([_signature(path, seen) for path, seen in _walk(out)])


def _walk(root: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Every file below a folder, or the file itself, with its state; links are not followed."""
    pending = [str(root)]
    while pending:
        here = pending.pop()
        try:
            with os.scandir(here) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except NotADirectoryError:
            yield here, Path(here).stat()
            continue
        except FileNotFoundError:
            continue
        for entry in found:
            if entry.name == "__pycache__":
                continue
            if entry.is_dir(follow_symlinks=False):
                pending.append(entry.path)
            else:
                yield entry.path, entry.stat(follow_symlinks=False)


def _signature(path: str, seen: os.stat_result) -> str:
    return f"{path}\t{state(seen)}"


def _digest(words: list[str]) -> str:
    return blake2b("\n".join(words).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
