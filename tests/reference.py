"""The reference campaign in whole-site tests: a copy of its own to build, and the built site as parsed pages."""

import os
import pickle
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import html5lib
import yaml

from honorroll.engine import pipeline
from honorroll.engine.pipeline import Options
from honorroll.filesystem import lock
from honorroll.fingerprint import fingerprint
from honorroll.publish import LIST

ROOT = Path(__file__).parent.parent
FOLDERS = ("data", "content", "templates", "static")

CAMPAIGN = yaml.safe_load((ROOT / "data" / "campaign.yaml").read_bytes())
BASE_URL = CAMPAIGN["site"]["base_url"]

#: A day after all dates of the reference campaign, so that everything is shown.
TODAY = date(2026, 11, 23)

#: Attributes that hold an address, or a list of them.
ADDRESSES = ("href", "src", "srcset", "poster", "action", "formaction", "data", "cite", "xlink:href", "imagesrcset")

#: An element of the parsed tree; the library has no type for it.
Element = Any


def clean_environment(**changes: str) -> dict[str, str]:
    """The environment for a program of its own, without what tells this Python how to run."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return kept | changes


def copy_project(target: Path) -> Path:
    """A copy of the reference campaign with its theme, since a build writes into its project."""
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, target / folder)
    share_drawings(target)
    return target


def share_drawings(target: Path) -> None:
    """Let a project keep its pictures where all tests do: making them takes seconds, and `test_derived.py` looks at that."""
    shared = ROOT / ".cache" / "derived"
    shared.mkdir(parents=True, exist_ok=True)
    (target / ".cache").mkdir(exist_ok=True)
    (target / ".cache" / "derived").symlink_to(shared, target_is_directory=True)


def build(root: Path, out: Path, today: date = TODAY) -> Path:
    """Build a project without any finding that forbids it."""
    result = pipeline.build(Options(root=root, out=out, today=today))
    assert result.counts, result.findings
    return out


def shared(*names: str) -> Path:
    """A path in the folder that all processes of this test run share; it is gone afterwards (`conftest.py`)."""
    return Path(os.environ["HONORROLL_SHARED"], *names)


def built(today: date = TODAY) -> Path:
    """The site of the reference campaign on a day, made once in a test run. No test may change it."""
    folder = shared("reference")
    with lock.held(folder, 300):
        if not (folder / "project").exists():
            copy_project(folder / "project")
        out = folder / str(today)
        return out if (out / LIST).exists() else build(folder / "project", out, today)


@cache
def site(today: date = TODAY) -> "Site":
    """The same as parsed pages."""
    return Site.read(built(today), BASE_URL)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, the tool's own list of them too."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """The files that only one tree has, or that are not the same bytes in both."""
    return sorted(path for path in {*one, *other} if one.get(path) != other.get(path))


def load_yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_bytes())


def text_of(element: Element) -> str:
    """The text of an element, its white space made plain."""
    return " ".join("".join(element.itertext()).split())


@dataclass(frozen=True)
class Page:
    """A published HTML file: its address, its text, and the tree that a browser makes of it."""

    url: str
    path: Path

    @cached_property
    def text(self) -> str:
        return self.path.read_bytes().decode()

    @cached_property
    def _parsed(self) -> tuple[Element, tuple[str, ...]]:
        """Parsing takes longer than building, so that it is done once in a test run."""
        known = shared("parsed", fingerprint(self.text.encode()))
        with suppress(FileNotFoundError):
            root, errors = pickle.loads(known.read_bytes())  # noqa: S301  # written by this test run
            return root, errors
        parser = html5lib.HTMLParser(html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
        root = parser.parse(self.text)
        errors = tuple(f"line {place[0]}: {name} {values or ''}" for place, name, values in parser.errors)
        known.parent.mkdir(exist_ok=True)
        own = known.with_suffix(f".{os.getpid()}")
        own.write_bytes(pickle.dumps((root, errors)))
        own.replace(known)
        return root, errors

    @property
    def root(self) -> Element:
        return self._parsed[0]

    @property
    def errors(self) -> tuple[str, ...]:
        """What the parser had to mend."""
        return self._parsed[1]

    @cached_property
    def elements(self) -> list[Element]:
        """All elements in the order of the document, without comments."""
        return [element for element in self.root.iter() if isinstance(element.tag, str)]

    @cached_property
    def ids(self) -> list[str]:
        return [element.get("id") for element in self.elements if element.get("id") is not None]

    @cached_property
    def main(self) -> Element:
        return self.root.find(".//main")

    def find(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]

    def meta(self, name: str) -> str | None:
        """The content of a `meta` tag by its name or property; it stands once or not at all."""
        found = [e.get("content") for e in self.find("meta") if name in (e.get("name"), e.get("property"))]
        assert len(found) <= 1, f"{self.url}: {name} stands {len(found)} times"
        return found[0] if found else None

    def link(self, rel: str) -> str | None:
        """The address of the `link` with this relation; it stands once or not at all."""
        found = [e.get("href") for e in self.find("link") if e.get("rel") == rel]
        assert len(found) <= 1, f"{self.url}: {rel} stands {len(found)} times"
        return found[0] if found else None

    def addresses(self) -> Iterator[tuple[Element, str]]:
        """Every address that an element names."""
        for element in self.elements:
            for name in ADDRESSES:
                value = element.get(name)
                if value is not None and "srcset" in name:
                    yield from ((element, part.split()[0]) for part in value.split(",") if part.strip())
                elif value is not None:
                    yield element, value


@dataclass(frozen=True)
class Site:
    """A built site, as the web server of `base_url` would show it."""

    folder: Path
    base_url: str
    pages: Mapping[str, Page]

    @classmethod
    def read(cls, folder: Path, base_url: str) -> "Site":
        paths = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.html"))}
        return cls(folder, base_url, {url: Page(url, path) for url, path in paths.items()})

    def absolute(self, url: str, target: str) -> str:
        """What a link on the page at `url` means."""
        return urljoin(self.base_url + url, target)

    def inner(self, url: str, target: str) -> tuple[str, str] | None:
        """The file and the fragment that a link leads to; none when it leaves the host."""
        parts, base = urlsplit(self.absolute(url, target)), urlsplit(self.base_url)
        if (parts.scheme, parts.netloc) != (base.scheme, base.netloc):
            return None
        assert parts.path.startswith(base.path), f"{url}: {target} leaves {base.path}"
        path = unquote(parts.path).removeprefix(base.path)
        return (path + "index.html" if path == "" or path.endswith("/") else path), unquote(parts.fragment)
