"""Compiles templates for the sandbox: what is harmless by its name alone is looked up plainly, all else is asked or counted."""

from collections.abc import Callable, Iterable
from typing import Any

from jinja2 import nodes, sandbox
from jinja2.compiler import CodeGenerator, Frame

#: How deep expressions and statements may lie in each other, and loops: Python compiles no more than 20 of these.
MAX_DEPTH, MAX_LOOPS = 60, 12

#: Attributes of Python's own objects that lead to its insides, beside all that begin with an underscore.
_INSIDES = frozenset(
    sandbox.UNSAFE_FUNCTION_ATTRIBUTES
    | sandbox.UNSAFE_METHOD_ATTRIBUTES
    | sandbox.UNSAFE_GENERATOR_ATTRIBUTES
    | sandbox.UNSAFE_COROUTINE_ATTRIBUTES
    | sandbox.UNSAFE_ASYNC_GENERATOR_ATTRIBUTES
    | {"mro"}
)

#: Methods of text and numbers that make something large of something small, or reach attributes by a text.
GROWING = frozenset("center ljust rjust zfill expandtabs translate format format_map to_bytes".split())

#: Methods of dates that tell the time of the clock.
CLOCK = frozenset({"today", "now", "utcnow"})

#: Names of attributes about which the sandbox is asked; the mutating ones are those of its own table.
_WATCHED = GROWING | CLOCK | {"replace", "join"} | frozenset().union(*(names for _, names in sandbox._mutable_spec))  # noqa: SLF001  # no public name

#: Filters whose results are never larger than what they are given.
_LEAN = frozenset(
    "abs canonical count d day default e escape first float int iso last length max min moment prose rfc822 round safe "
    "shortday".split()
)


def is_forbidden(attribute: str) -> bool:
    """Whether no template may name this attribute, whatever it is of."""
    return attribute.startswith("_") or attribute in _INSIDES


class Writer(CodeGenerator):
    """Compiles templates for the sandbox."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._loops: list[nodes.Node] = []

    def visit_Template(self, *args: Any, **options: Any) -> None:  # noqa: N802  # as Jinja calls it
        super().visit_Template(*args, **options)
        self.writeline("escape = environment.shown")  # after Jinja's own, which each template imports

    def visit(self, node: nodes.Node, *args: Any, **options: Any) -> Any:
        if self._loops and any(node is each for each in self._loops):
            self._loops = [each for each in self._loops if each is not node]
            self.write("environment.counted(")
            super().visit(node, *args, **options)
            self.write(")")
            return None
        return super().visit(node, *args, **options)

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802  # as Jinja calls it
        self._loops.append(node.iter)
        super().visit_For(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        if is_forbidden(node.attr) or node.attr in _WATCHED:
            super().visit_Getattr(node, frame)
        else:
            self.write("environment.plain(")
            self.visit(node.node, frame)
            self.write(f", {node.attr!r})")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        if isinstance(node.arg, nodes.Slice):
            self._charged(super().visit_Getitem, node, frame)
        else:
            super().visit_Getitem(node, frame)

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802
        if node.name in _LEAN:
            super().visit_Filter(node, frame)
        else:
            self._charged(super().visit_Filter, node, frame)

    def visit_List(self, node: nodes.List, frame: Frame) -> None:  # noqa: N802
        self._literal(super().visit_List, node, node.items, frame)

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:  # noqa: N802
        self._literal(super().visit_Dict, node, [pair.value for pair in node.items], frame)

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:  # noqa: N802
        self._literal(super().visit_Tuple, node, node.items if node.ctx == "load" else (), frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        if frame.eval_ctx.volatile:
            join = "(markup_join if context.eval_ctx.volatile else str_join)"
        else:
            join = "markup_join" if frame.eval_ctx.autoescape else "str_join"
        self.write(f"environment.joined({join}, (")
        for each in node.nodes:
            self.visit(each, frame)
            self.write(", ")
        self.write("))")

    def _literal(
        self, visit: Callable[[Any, Frame], None], node: nodes.Node, items: Iterable[nodes.Node], frame: Frame
    ) -> None:
        if all(isinstance(item, nodes.Const) for item in items):
            visit(node, frame)
        else:
            self._charged(visit, node, frame)

    def _charged(self, visit: Callable[[Any, Frame], None], node: nodes.Node, frame: Frame) -> None:
        self.write("environment.charged(")
        visit(node, frame)
        self.write(")")


def too_deep(tree: nodes.Template) -> int:
    """The line of what lies too deep in a template, for Python could not compile it; 0 if nothing does."""
    pending: list[tuple[nodes.Node, int, int]] = [(tree, 0, 0)]
    while pending:
        node, depth, loops = pending.pop()
        if depth > MAX_DEPTH or loops > MAX_LOOPS:
            return node.lineno or 1
        loops = 0 if isinstance(node, (nodes.Block, nodes.Macro, nodes.CallBlock)) else loops
        loops += isinstance(node, (nodes.For, nodes.Include))
        pending += [(child, depth + 1, loops) for child in node.iter_child_nodes()]
    return 0
