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
from jinja2 import meta, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup, escape

from honorroll import urls
from honorroll.chinese import CHINA, china_day, counted
from honorroll.traces import version


class TemplateSource(NamedTuple):
    """The parts of a template that the checks need; pairs are of a name and its line.

    Attributes:
        parts: templates that it extends, includes or imports; no name where it is computed.
        assets: static files that it names; no name where it is computed.
        names: variables that it expects from its context.
        attributes: variable, attribute and line of each plain `variable.attribute`.
        defines: names that its top defines, which blocks of those that extend it may use.
        error: what is wrong with its syntax, and where.
    """

    parts: tuple[tuple[str | None, int], ...] = ()
    assets: tuple[tuple[str | None, int], ...] = ()
    names: tuple[tuple[str, int], ...] = ()
    attributes: tuple[tuple[str, str, int], ...] = ()
    defines: tuple[str, ...] = ()
    error: tuple[str, int] | None = None


def shortday(value: date) -> str:
    """9月1日."""
    return f"{value.month}月{value.day}日"


def moment(value: date) -> str:
    """2022-09-01 09:30; midnight for a plain date."""
    whole = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day, tzinfo=CHINA)
    return whole.strftime("%Y-%m-%d %H:%M")


def iso(value: date) -> str:
    """ISO 8601, with China's offset when it has a time."""
    return value.isoformat()


def rfc822(value: datetime) -> str:
    """Sat, 01 Oct 2022 09:30:00 +0800, as RSS asks for."""
    from email.utils import format_datetime  # takes long to import

    return format_datetime(value)


class _Compiled(jinja2.FileSystemBytecodeCache):
    """Compiled templates. They are code, so they lie with this program's environment, never in a project's cache.

    A preview has each in memory. Where the environment cannot be written, each run compiles what it needs.
    """

    codes: ClassVar[dict[tuple[str, str], CodeType | None]] = {}

    def __init__(self) -> None:
        super().__init__(str(Path(sys.prefix, "var", "honorroll")), "%s.bin")

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
    return htmlsafe_json_dumps(_filled(node), ensure_ascii=False, default=iso)


def _filled(node: object) -> object:
    if isinstance(node, dict):
        inner = {key: _filled(value) for key, value in node.items()}
        return {key: value for key, value in inner.items() if value not in (None, "", [], {})}
    return [_filled(item) for item in node] if isinstance(node, (list, tuple)) else node


class _Writer(CodeGenerator):
    """Compiles templates that put out plain strings: to mark each of them as safe costs more than to escape it."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


def _escaped(value: Any) -> str:
    """What `escape` makes of a value."""
    kind = type(value)
    is_plain = kind is str and not ("&" in value or "<" in value or ">" in value or "'" in value or '"' in value)
    return str(value) if is_plain or kind is Markup or kind is int else escape(value)


def _counted(value: str) -> Markup:
    """A text whose numbers stay in one line with their measure words."""
    pieces = ((escape(piece), whole) for piece, whole in counted(value))
    return Markup("").join(
        Markup('<span class="nb">{}</span>').format(piece) if whole else piece for piece, whole in pieces
    )


def environment(loader: jinja2.BaseLoader, asset: Callable[..., str], prose: Callable[..., Any]) -> jinja2.Environment:
    """The sealed environment: strict, escaping, no globals but `asset`, no chance."""
    sealed = jinja2.Environment(
        loader=loader,
        undefined=jinja2.StrictUndefined,
        autoescape=jinja2.select_autoescape(("html", "xml", "svg")),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=_Compiled(),
    )
    sealed.code_generator_class = _Writer
    sealed.extend(escaped=_escaped)
    sealed.globals.clear()
    sealed.globals["asset"] = asset
    del sealed.filters["random"]
    sealed.filters |= {"day": china_day, "shortday": shortday, "moment": moment, "iso": iso, "prose": prose}
    sealed.filters |= {"counted": _counted, "canonical": urls.canonical, "jsonld": jsonld, "rfc822": rfc822}
    return sealed


@lru_cache(maxsize=256)
def analyse(text: str) -> TemplateSource:
    """Read a template's text."""
    sealed = environment(jinja2.DictLoader({}), str, str)
    try:
        tree = sealed.parse(text)
        free = meta.find_undeclared_variables(tree)
    except jinja2.TemplateSyntaxError as error:
        return TemplateSource(error=(error.message or "?", error.lineno))
    found = list(tree.find_all((nodes.Name, nodes.Getattr, nodes.Call)))
    defines = _top_level(tree)
    return TemplateSource(
        parts=tuple(_parts(tree)),
        assets=tuple(_assets(node for node in found if isinstance(node, nodes.Call))),
        names=tuple(
            (node.name, node.lineno)
            for node in found
            if isinstance(node, nodes.Name) and node.ctx == "load" and node.name in free - defines
        ),
        attributes=tuple(
            (node.node.name, node.attr, node.lineno)
            for node in found
            if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name)
        ),
        defines=tuple(sorted(defines)),
    )


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
