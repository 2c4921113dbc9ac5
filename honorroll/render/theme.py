"""The theme: the templates and static files of a snapshot, checked and rendered.

A template sees its page's context and nothing else. Names that no context has, includes by
computed names and missing static files are found by reading the templates, before any page
is rendered.
"""

import posixpath
import re
import traceback
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property

from honorroll.content import Rendered
from honorroll.diagnostics import Diagnostic, Place, closest
from honorroll.filesystem import MovedError, Snapshot, Source, hidden_characters
from honorroll.fingerprint import fingerprint
from honorroll.incremental import Database
from honorroll.inputs import theme_root
from honorroll.model import CampaignInfo
from honorroll.pages import Context, PageMeta, Site
from honorroll.render.sandbox import ForbiddenError, TooMuchError
from honorroll.render.template_analysis import TemplateSource, analysed
from honorroll.render.templates import Templates, fields

#: What Jinja itself defines inside blocks, loops and macros.
_INNER = frozenset({"self", "super", "loop", "caller", "varargs", "kwargs"})
#: Suffixes of files that load others, and how they do it.
_LOADING = (".css", ".js")
_LOADS = re.compile(
    r"""(?:@import\s*(?:url\()?|\bfrom|\bimport\s*\(?|\bimportScripts\(|\bWorker\()\s*["']?([^"'()\s;?#]+)"""
)
_HEADS: dict[str, type] = {"site": Site, "page": PageMeta}


class Theme:
    """The templates and static files of one snapshot."""

    def __init__(self, snapshot: Snapshot, database: Database) -> None:
        self._analyses = database.table("templates", TemplateSource)
        self._sheet_prints = database.table("style sheets", dict[str, str])
        self._sound = database.table("sound themes", str)
        self._loads = database.table("loads", list[str])
        # Each has a finding of its own: one is enough.
        lost = [Source(path, b"", fingerprint(b"")) for path in snapshot.unread]
        self._lost = _inside("templates/", lost).keys()
        self.sources = _inside("templates/", (*snapshot.below("templates"), *lost))
        self.assets = _inside("static/", (*snapshot.below("static"), *lost))
        self._sheets = [source for source in snapshot.below("static") if source.path.endswith(".css")]
        self._lines: dict[str, list[str]] = {}
        self._columns: dict[tuple[str, int], dict[str, int]] = {}
        """Of templates with faults: their lines, and where each word of one begins."""
        self._given_up: set[str] = set()
        """Templates that did too much on a page: it would be the same on all others."""

    @cached_property
    def templates(self) -> Templates:
        """All templates, to be rendered."""
        addresses = {
            name: self.renamed.get(path := f"static/{name}") or self._versioned(path, name) for name in self.assets
        }
        return Templates({name: (source.path, source.text) for name, source in self.sources.items()}, addresses)

    def _versioned(self, path: str, name: str) -> str:
        return f"{path}?v={self._fingerprint(name)[:8]}"

    @cached_property
    def renamed(self) -> Mapping[str, str]:
        """Style sheets and scripts that templates name, by path, with the address under which alone they are published.

        It changes with their bytes: so a page never loads those of another time, and whoever has one may keep it for good.
        What another sheet or script loads keeps its name, by which that one asks for it.
        """
        named = {name for template in self.sources for name, _ in self._read(template).assets if name in self.assets}
        found = sorted(name for name in named if name and name.endswith(_LOADING) and name not in self._loaded)
        return {f"static/{name}": f"static/{_with(name, self._fingerprint(name)[:8])}" for name in found}

    @cached_property
    def _loaded(self) -> set[str]:
        """Static files that style sheets and scripts load."""
        found = set[str]()
        for name, source in self.assets.items():
            if name.endswith(_LOADING):
                known = self._loads.get(source.fingerprint)
                if known is None:
                    known = sorted({match[1] for match in _LOADS.finditer(source.data.decode(errors="replace"))})
                    self._loads.put(source.fingerprint, known)
                found.update(posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) for path in known)
        return found

    def _fingerprint(self, name: str) -> str:
        """Fingerprint of a static file as it is published."""
        path = self.assets[name].path
        return self._fingerprints.get(path) or self.assets[name].fingerprint

    @cached_property
    def _fingerprints(self) -> Mapping[str, str]:
        """Of the style sheets, by path: each build needs them, but to make the sheets takes longer than to remember."""
        total = self._styles_total
        found = self._sheet_prints.get(total)
        if found is None:
            found = {path: fingerprint(data) for path, data in self._styles.items()}
            self._sheet_prints.put(total, found)
        return found

    @cached_property
    def _styles_total(self) -> str:
        """Fingerprint of all style sheets: they are published together, since layers belong to a page."""
        return fingerprint("\n".join(f"{source.path}={source.fingerprint}" for source in self._sheets).encode())

    @cached_property
    def _styles(self) -> dict[str, bytes]:
        """The style sheets as they are published, by path."""
        from honorroll.render import styles  # likewise

        return dict(zip((sheet.path for sheet in self._sheets), styles.publish(*self._sheets), strict=True))

    def _read(self, name: str) -> TemplateSource:
        source = self.sources[name]
        found = self._analyses.get(source.fingerprint)
        if found is None:
            found = analysed(name, source.text)
            self._analyses.put(source.fingerprint, found)
        return found

    def closure(self, name: str) -> tuple[str, ...]:
        """A template with all it extends, includes and imports."""
        found: set[str] = set()
        pending = [name]
        while pending:
            here = pending.pop()
            if here not in found and here in self.sources:
                found.add(here)
                pending += [part for part, _ in self._read(here).parts if part]
        return tuple(sorted(found))

    def closure_digest(self, name: str) -> str:
        """Fingerprint of the closure's bytes and of the static files that it names."""
        parts = self.closure(name)
        assets = {asset for part in parts for asset, _ in self._read(part).assets if asset in self.assets}
        words = [f"{part}={self.sources[part].fingerprint}" for part in parts]
        named = sorted(filter(None, assets))
        words += [f"{asset}={self.renamed.get(f'static/{asset}')}={self._fingerprint(asset)}" for asset in named]
        return fingerprint("\n".join(words).encode())

    def faults(self, contexts: Mapping[str, type]) -> list[Diagnostic]:
        """Everything wrong in the templates of these contexts (template name to context class): TPL rules.

        Nothing, if nothing was found the last time and the templates and the names of static files are the same.
        """
        words = [*(f"{name}={source.fingerprint}" for name, source in self.sources.items()), *self.assets]
        total = fingerprint("\n".join(words).encode(errors="surrogateescape"))
        if self._sound.get("theme") == total:
            return []
        found = self._check(contexts)
        if not found:
            self._sound.put("theme", total)
        return found

    def _check(self, contexts: Mapping[str, type]) -> list[Diagnostic]:
        found: list[Diagnostic] = []
        read, unknown = set[str](), dict[tuple[Place, str], Diagnostic]()
        for name, context in contexts.items():
            if name not in self.sources:
                found.append(Diagnostic("TPL-04", Place(f"templates/{name}"), {"name": name}))
                continue
            parts = self.closure(name)
            known = {*_HEADS, *fields(context), "asset"}
            defined = {word for part in parts for word in self._read(part).defines}
            for part in parts:
                if part not in read:
                    found += self._faults(part)
                    read.add(part)
                if self._lost.isdisjoint(parts):  # or what those define would be missed
                    for one in self._unknown(part, known, defined | _INNER):
                        unknown.setdefault((one.place, one.args["name"]), one)
        return [*found, *unknown.values()]

    def style_faults(self) -> Iterator[Diagnostic]:
        """LOK-05: the style sheets can be read. Those of the last time have been."""
        if self._sheet_prints.get(self._styles_total) is None:
            from honorroll.render import styles  # for builds whose style sheets have changed

            yield from styles.faults(self._sheets)

    def check_logo(self, info: CampaignInfo) -> Iterator[Diagnostic]:
        """LOK-02: the association's own logo is a static file."""
        name = info.look.logo
        if name and name not in self.assets:
            yield Diagnostic("LOK-02", info.at("look", "logo"), {"name": name}, guess=closest(name, self.assets))

    def _faults(self, name: str) -> Iterator[Diagnostic]:
        """Syntax, parts and static files of one template."""
        path, template = self.sources[name].path, self._read(name)
        yield from (one for one in hidden_characters.found(path, self.sources[name].text) if one.rule == "SRC-13")
        if template.error:
            yield Diagnostic("TPL-01", Place(path, line=template.error[1], column=1), {"why": template.error[0]})
        if template.deep:
            yield Diagnostic("TPL-09", Place(path, line=template.deep, column=1))
        for word, line in template.forbidden:
            yield Diagnostic("TPL-07", self._word(path, word, line), {"name": word})
        for part, line in template.parts:
            if part is None:
                yield Diagnostic("TPL-03", Place(path, line=line, column=1))
            elif part not in self.sources:
                yield self._missing("TPL-04", path, line, part, self.sources)
        for asset, line in template.assets:
            if asset not in self.assets:
                yield self._missing("TPL-06", path, line, asset or "…", self.assets)

    def _missing(self, rule: str, path: str, line: int, name: str, known: Collection[str]) -> Diagnostic:
        return Diagnostic(rule, self._word(path, name, line), {"name": name}, near=(name, known))

    def _unknown(self, name: str, known: set[str], defined: set[str]) -> Iterator[Diagnostic]:
        path, template = self.sources[name].path, self._read(name)
        names = known | defined
        expected = [(word, line, known) for word, line in template.names if word not in names]
        inner = {head: {*fields(kind)} for head, kind in _HEADS.items()}
        for head, attribute, line in template.attributes:
            if head in _HEADS and attribute not in inner[head]:
                expected.append((attribute, line, inner[head]))
        words = {id(names): "、".join(sorted(names)) for names in (known, *inner.values())}
        for word, line, names in expected:
            args = {"name": word, "known": words[id(names)]}
            yield Diagnostic("TPL-02", self._word(path, word, line), args, near=(word, names))

    def _word(self, path: str, word: str, line: int) -> Place:
        """Where a word stands in a line of a template."""
        if path not in self._lines:
            self._lines[path] = ["", *self.sources[path.removeprefix("templates/")].text.split("\n")]
        if (path, line) not in self._columns:
            words = [*re.finditer(r"\w+", self._lines[path][line])]
            self._columns[path, line] = {match[0]: match.start() + 1 for match in reversed(words)}
        column = self._columns[path, line].get(word)
        if column is None and (match := re.search(rf"(?<!\w){re.escape(word)}(?!\w)", self._lines[path][line])):
            column = match.start() + 1
        return Place(path, line=line, column=column or 1, length=len(word) if column else 1)

    def brings(self, name: str) -> bool:
        """Whether the project has a static file of its own in place of the theme's."""
        own = self.assets.get(name)
        theme = theme_root() / "static" / name
        return own is not None and not (theme.is_file() and fingerprint(theme.read_bytes()) == own.fingerprint)

    def files(self) -> dict[str, str]:
        """The static files by address, with the fingerprint of what each is made from."""
        sheets = dict.fromkeys((sheet.path for sheet in self._sheets), self._styles_total)
        made_from = {source.path: source.fingerprint for source in self.assets.values()} | sheets
        return {self.renamed.get(path, path): total for path, total in made_from.items()}

    def file(self, url: str) -> bytes:
        """A static file as it is published. Raises `MovedError`."""
        path = self.path(url)
        return self._styles[path] if path.endswith(".css") else self.assets[path.removeprefix("static/")].data

    def path(self, url: str) -> str:
        """The path of a static file by its address."""
        return next((path for path, address in self.renamed.items() if address == url), url)

    def render(
        self, name: str, site: Site, page: PageMeta, context: Context, text: Callable[[str], Rendered | None]
    ) -> str | Diagnostic | None:
        """A page's text. `text` gives the Markdown of an address.

        Reports TPL-05 (it fails), TPL-07 (it reaches for the insides of Python) or TPL-08 (it does too much), each with the
        line of the template. Returns nothing for a page whose template, or a part of it, did too much on another page.
        """
        if self._given_up and not self._given_up.isdisjoint(self.closure(name)):
            return None
        try:
            return self.templates.render(name, site, page, context, text)
        except MovedError:
            raise
        except Exception as error:  # noqa: BLE001  # a template may fail in any way; none may reach the user as a traceback
            frames = traceback.extract_tb(error.__traceback__)
            last = next((f for f in reversed(frames) if f.filename.startswith("templates/")), None)
            path, line = (last.filename, last.lineno or 0) if last else (f"templates/{name}", 0)
            if isinstance(error, ForbiddenError):
                return Diagnostic("TPL-07", self._word(path, str(error), line), {"name": str(error)})
            if isinstance(error, (TooMuchError, RecursionError, MemoryError)):
                self._given_up.add(path.removeprefix("templates/"))
                return Diagnostic("TPL-08", Place(path, line=line, column=1), {"url": page.url})
            return Diagnostic("TPL-05", Place(path, line=line, column=1), {"url": page.url, "why": str(error)})


def _with(name: str, total: str) -> str:
    """The name of a file with a fingerprint in it, where hosts look for it (`deploy/headers.py`)."""
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}.{total}{dot}{suffix}"


def _inside(folder: str, sources: Iterable[Source]) -> dict[str, Source]:
    return {source.path.removeprefix(folder): source for source in sources if source.path.startswith(folder)}
