"""Which pages are up to date, and the rendering of those that are not.

A page is a pure function of its template's closure and its context. Its key is the digest of
both, of its address and of this program; while the key and the written file are the same as
last time, the page is not rendered.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path
from platform import python_version

from honorroll.diagnostics import Diagnostic
from honorroll.pages import Plan
from honorroll.pages.page import Page
from honorroll.publish import checksum
from honorroll.source import digest
from honorroll.templates import Theme
from honorroll.texts import Texts

#: Libraries whose version may change a byte of the output.
_LIBRARIES = ("jinja2", "markdown", "markupsafe", "nh3", "pydantic", "pyyaml")


@dataclass(frozen=True, slots=True)
class Trace:
    """What a page was made from last time, and the checksum of what came out."""

    key: str
    checksum: str


@dataclass
class Rendering:
    """The outcome: new bytes by address, the addresses that are up to date, and all traces."""

    files: dict[str, bytes] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    traces: dict[str, Trace] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)


@cache
def version() -> str:
    """Digest of this package's own source, Python and the libraries that shape the output."""
    here = Path(__file__).parent
    words = [python_version(), *(f"{name}={metadata.version(name)}" for name in _LIBRARIES)]
    words += [f"{path.relative_to(here)}={digest(path.read_bytes())}" for path in sorted(here.rglob("*.py"))]
    return digest("\n".join(words).encode())


def render(
    plan: Plan,
    theme: Theme,
    texts: Texts,
    before: Mapping[str, Trace],
    present: Callable[[str], str | None],
    step: Callable[[], None] = lambda: None,
) -> Rendering:
    """Render what is not up to date.

    `before` are the traces of the last build; `present` gives the checksum of a written file.
    """
    done = Rendering()
    site = repr(plan.site)
    heads = {name: digest(f"{version()}\n{site}\n{theme.closure_digest(name)}".encode()) for name in _templates(plan)}
    for url, page in plan.pages.items():
        key = _key(page, heads[page.context.template])
        old = before.get(url)
        if old and old.key == key and present(url) == old.checksum:
            done.kept.add(url)
            done.traces[url] = old
        else:
            text = theme.render(plan.site, page.meta, page.context, texts.rendered)
            if isinstance(text, Diagnostic):
                done.problems.append(text)
            else:
                data = text.encode()
                done.files[url] = data
                done.traces[url] = Trace(key, checksum(data))
        step()
    for source in theme.assets.values():
        done.files[source.path] = source.data
    return done


def _templates(plan: Plan) -> set[str]:
    return {page.context.template for page in plan.pages.values()}


def _key(page: Page, head: str) -> str:
    """The context's `repr` is its canonical form: dataclasses, tuples, text, numbers and dates only."""
    return digest(f"{head}\n{page.meta!r}\n{page.context!r}".encode())


def load_traces(path: Path) -> dict[str, Trace]:
    """The traces of the last build; none when the file is missing, damaged or of another version."""
    try:
        content = json.loads(path.read_bytes())
        if content["version"] != version():
            return {}
        return {url: Trace(key, total) for url, (key, total) in content["pages"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def save_traces(path: Path, traces: Mapping[str, Trace]) -> None:
    """Write the traces for the next build. The folder is made when it is missing."""
    path.parent.mkdir(exist_ok=True)
    pages = {url: (trace.key, trace.checksum) for url, trace in sorted(traces.items())}
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps({"version": version(), "pages": pages}, ensure_ascii=False), encoding="utf-8")
    fresh.replace(path)
