"""What reading a template tells, before anything is rendered. A pure function of its text."""

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any, ClassVar, NamedTuple

import jinja2
import msgspec
from jinja2 import meta, nodes
from jinja2.bccache import Bucket
from jinja2.parser import Parser
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup, escape

from honorroll.chinese import china_day, counted, dates
from honorroll.fingerprint import fingerprint
from honorroll.incremental import version
from honorroll.model import urls
from honorroll.render.compiler import MAX_DEPTH, is_forbidden, too_deep
from honorroll.render.sandbox import Sandbox


class TemplateSource(NamedTuple):
    """The parts of a template that the checks need; pairs are of a name and its line.

    Attributes:
        parts: templates that it extends, includes or imports; no name where it is computed.
        assets: static files that it names; no name where it is computed.
        names: variables that it expects from its context.
        attributes: variable, attribute and line of each plain `variable.attribute`.
        defines: names that its top defines, which blocks of those that extend it may use.
        forbidden: attributes that no template may name; the first of each line.
        deep: the line of what lies too deep in others to be compiled; 0 if nothing does.
        error: what is wrong with its syntax, and where.
    """

    parts: tuple[tuple[str | None, int], ...] = ()
    assets: tuple[tuple[str | None, int], ...] = ()
    names: tuple[tuple[str, int], ...] = ()
    attributes: tuple[tuple[str, str, int], ...] = ()
    defines: tuple[str, ...] = ()
    forbidden: tuple[tuple[str, int], ...] = ()
    deep: int = 0
    error: tuple[str, int] | None = None


def _span(days: tuple[date, date], year: int | None = None) -> tuple[str, ...]:
    return dates.span(*days, year)


def rfc822(value: datetime) -> str:
    """Sat, 01 Oct 2022 09:30:00 +0800, as RSS asks for."""
    from email.utils import format_datetime  # takes long to import

    return format_datetime(value)


def _beside() -> Path:
    """Where what is worked out of templates lies: with this program's environment, never in a project's cache, for some of it is code."""
    return Path(sys.prefix, "var", "honorroll")


class _Compiled(jinja2.FileSystemBytecodeCache):
    """Compiled templates.

    A preview has each in memory. Where the environment cannot be written, each run compiles what it needs.
    """

    codes: ClassVar[dict[tuple[str, str], CodeType | None]] = {}

    def __init__(self) -> None:
        super().__init__(str(_beside()), "%s.bin")

    def get_source_checksum(self, source: str) -> str:
        return version() + super().get_source_checksum(source)

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.codes.get((bucket.key, bucket.checksum))
        if bucket.code is None:
            with suppress(Exception):  # damaged: what reading it may raise has no bounds
                super().load_bytecode(bucket)
        self.codes[bucket.key, bucket.checksum] = bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.codes[bucket.key, bucket.checksum] = bucket.code
        with suppress(OSError):
            Path(self.directory).mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)


def jsonld(node: object) -> Markup:
    """A node of schema.org as JSON that HTML cannot misread, such as `</script>` in a title; what is empty is left out."""
    return htmlsafe_json_dumps(_filled(node), ensure_ascii=False, default=dates.iso)


def _filled(node: object) -> object:
    if isinstance(node, dict):
        inner = {key: _filled(value) for key, value in node.items()}
        return {key: value for key, value in inner.items() if value not in (None, "", [], {})}
    return [_filled(item) for item in node] if isinstance(node, (list, tuple)) else node


def _counted(value: str) -> Markup:
    """A text whose numbers stay in one line with their measure words."""
    pieces = ((escape(piece), whole) for piece, whole in counted(value))
    return Markup("".join([f'<span class="nb">{piece}</span>' if whole else piece for piece, whole in pieces]))


def environment(loader: jinja2.BaseLoader, asset: Callable[..., str], prose: Callable[..., Any]) -> Sandbox:
    """The sealed environment: sandboxed, strict, escaping, no globals but `asset`, no chance."""
    sealed = Sandbox(
        loader=loader,
        undefined=jinja2.StrictUndefined,
        autoescape=jinja2.select_autoescape(("html", "xml", "svg")),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=_Compiled(),
    )
    sealed.globals.clear()
    sealed.globals["asset"] = asset
    sealed.filters |= {"day": china_day, "shortday": dates.shortday, "day_beside": dates.day_beside}
    sealed.filters |= {"moment": dates.moment, "when": dates.when, "iso": dates.iso, "timestamp": dates.timestamp}
    sealed.filters |= {"span": _span, "told_span": lambda days: dates.told_span(*days), "prose": prose}
    sealed.filters |= {"counted": _counted, "canonical": urls.canonical, "jsonld": jsonld, "rfc822": rfc822}
    return sealed


def _too_many_brackets(sealed: jinja2.Environment, text: str) -> int:
    """The line of a bracket in too many others; 0 if none is.

    Jinja's parser is recursive, and brackets around nothing but brackets leave no node behind. So without this the answer
    would depend on how much of Python's stack is free.
    """
    depth = 0
    for token in sealed.lexer.tokenize(text):
        depth += token.type in ("lparen", "lbracket", "lbrace")
        depth -= token.type in ("rparen", "rbracket", "rbrace")
        if depth > MAX_DEPTH:
            return token.lineno
    return 0


def analysed(name: str, text: str) -> TemplateSource:
    """What `analyse` says of a template, from the last time if possible: to read a whole theme takes half a second."""
    key = fingerprint(f"{version()}\n{name}\n{text}".encode("utf-8", "surrogatepass"))
    file = _beside() / f"{fingerprint(name.encode('utf-8', 'surrogatepass'))}.json"
    with suppress(OSError, msgspec.MsgspecError):
        known, found = msgspec.json.decode(file.read_bytes(), type=tuple[str, TemplateSource])
        if known == key:
            return found
    found = analyse(text)
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(msgspec.json.encode((key, found)))
    return found


@lru_cache(maxsize=256)
def analyse(text: str) -> TemplateSource:
    """Read a template's text."""
    sealed = environment(jinja2.DictLoader({}), str, str)
    parser = None
    try:
        deep = _too_many_brackets(sealed, text)
        if deep:
            return TemplateSource(deep=deep)
        parser = Parser(sealed, text)
        tree = parser.parse()
        deep = too_deep(tree)
        if deep:
            return TemplateSource(deep=deep)
        free = meta.find_undeclared_variables(tree)
    except jinja2.TemplateSyntaxError as error:
        return TemplateSource(error=(error.message or "?", error.lineno))
    except RecursionError:
        return TemplateSource(deep=parser.stream.current.lineno if parser else 1)
    found = list(tree.find_all((nodes.Name, nodes.Getattr, nodes.Call)))
    defines = _top_level(tree)
    free -= defines
    return TemplateSource(
        parts=tuple(_parts(tree)),
        assets=tuple(_assets(node for node in found if isinstance(node, nodes.Call))),
        names=tuple(
            (node.name, node.lineno)
            for node in found
            if isinstance(node, nodes.Name) and node.ctx == "load" and node.name in free
        ),
        attributes=tuple(
            (node.node.name, node.attr, node.lineno)
            for node in found
            if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and not is_forbidden(node.attr)
        ),
        defines=tuple(sorted(defines)),
        forbidden=tuple({line: (name, line) for name, line in _forbidden(tree)}.values()),
    )


def _forbidden(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """Attributes that are named and must not be, of those in a line the innermost last."""
    for node in tree.find_all((nodes.Getattr, nodes.Getitem)):
        if isinstance(node, nodes.Getattr) and is_forbidden(node.attr):
            yield node.attr, node.lineno
        elif isinstance(node, nodes.Getitem):
            name = _constant(node.arg)
            if name and name.startswith("__"):
                yield name, node.lineno


def _constant(node: nodes.Node | None) -> str | None:
    return node.value if isinstance(node, nodes.Const) and isinstance(node.value, str) else None


def _parts(tree: nodes.Template) -> Iterator[tuple[str | None, int]]:
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        yield _constant(getattr(node, "template", None)), node.lineno


def _assets(calls: Iterator[nodes.Call]) -> Iterator[tuple[str | None, int]]:
    for call in calls:
        if isinstance(call.node, nodes.Name) and call.node.name == "asset":
            yield (_constant(call.args[0]) if len(call.args) == 1 else None), call.lineno


def _top_level(tree: nodes.Template) -> set[str]:
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
