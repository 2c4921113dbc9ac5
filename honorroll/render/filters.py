"""Jinja's filters that make much of little, with their results counted before they are made."""

from collections.abc import Iterable
from typing import Any, Protocol

import jinja2
from jinja2 import filters, nodes
from markupsafe import Markup


class Counting(Protocol):
    """What the filters ask of their environment (`sandbox.py`)."""

    def charge(self, number: int) -> None: ...
    def weigh(self, value: object) -> int: ...
    def counted(self, items: Iterable[Any]) -> Iterable[Any]: ...
    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any: ...


#: Filters that are left out: chance, and what makes much of little and has no use in a page.
LEFT_OUT = ("random", "center", "pprint", "urlize", "wordwrap")


class ForbiddenError(Exception):
    """A template asked for an attribute that it must not have; the name of it."""


class TooMuchError(Exception):
    """A template takes or makes more than a page may."""


@jinja2.pass_environment
def _batch(env: "Counting", value: Iterable[Any], linecount: int, fill_with: Any = None) -> Iterable[Any]:
    env.charge(linecount)
    return filters.do_batch(value, linecount, fill_with)


@jinja2.pass_environment
def _slice(env: "Counting", value: Iterable[Any], slices: int, fill_with: Any = None) -> Iterable[Any]:
    env.charge(slices)
    return filters.sync_do_slice(value, slices, fill_with)  # type: ignore[arg-type]


@jinja2.pass_environment
def _format(env: "Counting", value: Any, *args: Any, **options: Any) -> Any:
    form = value if isinstance(value, str) else str(value)
    return env.call_binop(None, "%", form, options or args)


@jinja2.pass_environment
def _indent(env: "Counting", s: str, width: int | str = 4, first: bool = False, blank: bool = False) -> str:  # noqa: FBT002  # as Jinja has it
    env.charge((s.count("\n") + 1) * (width if isinstance(width, int) else len(width)))
    return filters.do_indent(s, width, first, blank)


@jinja2.pass_eval_context
def _join(eval_ctx: nodes.EvalContext, value: Iterable[Any], d: str = "", attribute: str | int | None = None) -> str:
    env: Any = eval_ctx.environment
    if attribute is not None:
        value = map(filters.make_attrgetter(env, attribute), value)
    return filters.sync_do_join(eval_ctx, env.joinable(value, d), d)


@jinja2.pass_eval_context
def _replace(eval_ctx: nodes.EvalContext, s: str, old: str, new: str, count: int | None = None) -> str:
    env: Any = eval_ctx.environment
    env.charge(str(s).count(str(old)) * len(str(new)))
    return filters.do_replace(eval_ctx, s, old, new, count)


def _round(value: float, precision: int = 0, method: Any = "common") -> float:
    if abs(precision) > 20:
        raise TooMuchError
    return filters.do_round(value, precision, method)


@jinja2.pass_environment
def _sum(env: "Counting", iterable: Iterable[Any], attribute: str | int | None = None, start: Any = 0) -> Any:
    found = list(env.counted(iterable))
    if not isinstance(start, (int, float)):  # lists are copied once for each
        env.charge(len(found) * (env.weigh(found) + env.weigh(start)))
    return filters.sync_do_sum(env, found, attribute, start)  # type: ignore[arg-type]  # it is one


@jinja2.pass_eval_context
def _tojson(eval_ctx: nodes.EvalContext, value: Any, indent: int | None = None) -> Markup:
    if indent and indent > 8:
        raise TooMuchError
    return filters.do_tojson(eval_ctx, value, indent)


#: In the place of Jinja's own.
FILTERS: dict[str, Any] = {
    "batch": _batch,
    "format": _format,
    "indent": _indent,
    "join": _join,
    "replace": _replace,
    "round": _round,
    "slice": _slice,
    "sum": _sum,
    "tojson": _tojson,
}
