"""The sealed template environment: what a template may see, and what it is made of.

A template sees its page's context and nothing else. Names that no context has, includes by
computed names and missing static files are found by reading the templates, before any page
is rendered.
"""

import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

import jinja2
from jinja2 import meta, nodes

from honorroll.diagnostics import Diagnostic, Place, closest
from honorroll.markup import Rendered
from honorroll.model.base import CHINA
from honorroll.pages.contexts import Context
from honorroll.pages.parts import PageMeta, Site
from honorroll.source import Snapshot, digest

#: What Jinja itself defines inside blocks, loops and macros.
_INNER = frozenset({"self", "super", "loop", "caller", "varargs", "kwargs"})
_HEADS: dict[str, type] = {"site": Site, "page": PageMeta}


def day(value: date) -> str:
    """2022年9月1日."""
    return f"{value.year}年{value.month}月{value.day}日"


def shortday(value: date) -> str:
    """9月1日."""
    return f"{value.month}月{value.day}日"


def moment(value: date) -> str:
    """2022-09-01 09:30; midnight for a plain date."""
    return _datetime(value).strftime("%Y-%m-%d %H:%M")


def iso(value: date) -> str:
    """ISO 8601, with China's offset when it has a time."""
    return value.isoformat()


def _datetime(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day, tzinfo=CHINA)


@dataclass(frozen=True, slots=True)
class _Template:
    """What reading a template tells: its parts, the static files and the names it uses, with lines."""

    parts: tuple[str, ...]
    assets: tuple[tuple[str, int], ...]
    names: tuple[tuple[str, int], ...]
    attributes: tuple[tuple[str, str, int], ...]
    defines: frozenset[str]
    """Names defined at the top, which blocks of this template and of those that extend it may use."""


class Theme:
    """The templates and static files of one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.sources = {source.path.removeprefix("templates/"): source for source in snapshot.below("templates")}
        self.assets = {source.path.removeprefix("static/"): source for source in snapshot.below("static")}
        self.problems: list[Diagnostic] = []
        self._environment = self._make_environment()
        self._read: dict[str, _Template] = {}

    def _make_environment(self) -> jinja2.Environment:
        environment = jinja2.Environment(
            loader=jinja2.FunctionLoader(self._load),
            undefined=jinja2.StrictUndefined,
            autoescape=jinja2.select_autoescape(("html", "xml")),
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        environment.globals.clear()
        environment.globals["asset"] = self._asset
        del environment.filters["random"]
        environment.filters |= {"day": day, "shortday": shortday, "moment": moment, "iso": iso, "prose": _prose}
        return environment

    def _load(self, name: str) -> tuple[str, str, None] | None:
        source = self.sources.get(name)
        return (source.text, source.path, None) if source else None

    @jinja2.pass_context
    def _asset(self, context: jinja2.runtime.Context, name: str) -> str:
        return f"{context['page'].root}static/{name}?v={self.assets[name].digest[:8]}"

    def closure(self, name: str) -> tuple[str, ...]:
        """A template with all it extends, includes and imports."""
        found: dict[str, None] = {}
        pending = [name]
        while pending:
            here = pending.pop()
            if here not in found and here in self.sources:
                found[here] = None
                pending += self._template(here).parts
        return tuple(sorted(found))

    def closure_digest(self, name: str) -> str:
        """Digest of the closure's bytes and of the static files that it names."""
        parts = self.closure(name)
        assets = sorted({asset for part in parts for asset, _ in self._template(part).assets if asset in self.assets})
        words = [f"{part}={self.sources[part].digest}" for part in parts]
        words += [f"{asset}={self.assets[asset].digest}" for asset in assets]
        return digest("\n".join(words).encode())

    def _template(self, name: str) -> _Template:
        if name not in self._read:
            self._read[name] = self._parse(name)
        return self._read[name]

    def _parse(self, name: str) -> _Template:
        source = self.sources[name]
        try:
            tree = self._environment.parse(source.text, name, source.path)
        except jinja2.TemplateSyntaxError as error:
            self.problems.append(
                Diagnostic("TPL-01", Place(source.path, line=error.lineno, column=1), {"why": error.message})
            )
            return _Template((), (), (), (), frozenset())
        parts: list[str] = []
        for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
            target = node.template  # type: ignore[attr-defined]  # all four have one
            if not (isinstance(target, nodes.Const) and isinstance(target.value, str)):
                self.problems.append(Diagnostic("TPL-03", Place(source.path, line=node.lineno, column=1)))
            elif target.value not in self.sources:
                guess = closest(target.value, self.sources)
                place = Place(source.path, line=node.lineno, column=1)
                self.problems.append(Diagnostic("TPL-04", place, {"name": target.value}, guess=guess))
            else:
                parts.append(target.value)
        assets = tuple(self._asset_calls(tree, source.path))
        defines = _top_level(tree)
        free = meta.find_undeclared_variables(tree) - defines
        names = tuple(
            (node.name, node.lineno) for node in tree.find_all(nodes.Name) if node.name in free and node.ctx == "load"
        )
        attributes = tuple(
            (node.node.name, node.attr, node.lineno)
            for node in tree.find_all(nodes.Getattr)
            if isinstance(node.node, nodes.Name) and node.node.name in _HEADS
        )
        return _Template(tuple(parts), assets, names, attributes, frozenset(defines))

    def _asset_calls(self, tree: nodes.Template, path: str) -> Iterator[tuple[str, int]]:
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "asset":
                name = call.args[0].value if len(call.args) == 1 and isinstance(call.args[0], nodes.Const) else ""
                if name in self.assets:
                    yield name, call.lineno
                else:
                    place = Place(path, line=call.lineno, column=1)
                    guess = closest(str(name), self.assets)
                    self.problems.append(Diagnostic("TPL-06", place, {"name": name or "…"}, guess=guess))

    def check(self, contexts: Mapping[str, type]) -> list[Diagnostic]:
        """Everything wrong in the templates of these contexts (template name to context class): TPL rules."""
        found: list[Diagnostic] = []
        for name, context in contexts.items():
            if name not in self.sources:
                found.append(Diagnostic("TPL-04", Place(f"templates/{name}"), {"name": name}))
                continue
            known = {*_HEADS, *(field.name for field in fields(context)), "asset"}
            parts = self.closure(name)
            defined = {word for part in parts for word in self._template(part).defines}
            for part in parts:
                found += self._unknown(part, known, defined)
        return found + self.problems

    def _unknown(self, name: str, known: set[str], defined: set[str]) -> Iterator[Diagnostic]:
        path, template = self.sources[name].path, self._template(name)
        for word, line in template.names:
            if word not in known | defined | _INNER:
                yield self._unknown_name(path, word, line, known)
        for head, attribute, line in template.attributes:
            inner = {field.name for field in fields(_HEADS[head])}
            if attribute not in inner:
                yield self._unknown_name(path, attribute, line, inner)

    def _unknown_name(self, path: str, word: str, line: int, known: set[str]) -> Diagnostic:
        text = self.sources[path.removeprefix("templates/")].text.split("\n")[line - 1]
        place = Place(path, line=line, column=max(0, text.find(word)) + 1, length=len(word))
        return Diagnostic(
            "TPL-02", place, {"name": word, "known": "、".join(sorted(known))}, guess=closest(word, known)
        )

    def render(self, site: Site, page: PageMeta, context: Context, text: Callable[[str], Rendered]) -> str | Diagnostic:
        """A page's text, or TPL-05 with the line of the template. `text` gives the Markdown of an address."""
        values: dict[str, Any] = {field.name: getattr(context, field.name) for field in fields(context)}
        try:
            template = self._environment.get_template(context.template)
            return template.render(values, site=site, page=page, _text=text)
        except Exception as error:  # noqa: BLE001  # a template may fail in any way; none may reach the user as a traceback
            frames = traceback.extract_tb(error.__traceback__)
            last = next((f for f in reversed(frames) if f.filename.startswith("templates/")), None)
            place = (
                Place(last.filename, line=last.lineno or 0, column=1)
                if last
                else Place(f"templates/{context.template}")
            )
            return Diagnostic("TPL-05", place, {"url": page.url, "why": str(error)})


@jinja2.pass_context
def _prose(context: jinja2.runtime.Context, _: object) -> Rendered:
    rendered: Rendered = context["_text"](context["page"].url)
    return rendered


def _top_level(tree: nodes.Template) -> set[str]:
    """Names that the template defines at its top, which its blocks may use."""
    names: set[str] = set()
    for node in tree.find_all((nodes.Import, nodes.FromImport, nodes.Macro, nodes.Assign)):
        if isinstance(node, nodes.Import):
            names.add(node.target)
        elif isinstance(node, nodes.Macro):
            names.add(node.name)
        elif isinstance(node, nodes.FromImport):
            names |= {name if isinstance(name, str) else name[1] for name in node.names}
        elif isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
            names.add(node.target.name)
    return names
