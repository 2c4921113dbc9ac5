"""Plain values to records of the model, with the schema's complaints in our own words."""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from msgspec.structs import replace
from pydantic_core import ValidationError

from honorroll.chinese import YEARS
from honorroll.diagnostics import Diagnostic, Keys, Place
from honorroll.fingerprint import digest
from honorroll.inputs import yaml_hints
from honorroll.model import PARSERS, Field, Record, judged

Kind = TypeVar("Kind", bound=Record)

#: Error types of pydantic's core, and our rules.
_RULES = {
    "missing": "SCH-01",
    "extra_forbidden": "SCH-02",
    "literal_error": "SCH-04",
    "day": "SCH-05",
    "moment": "SCH-06",
    "count": "SCH-07",
    "hours": "SCH-07",
    "yes_no": "SCH-08",
    "id": "SCH-09",
    "string_too_short": "SCH-10",
    "too_short": "SCH-10",
    "string_pattern_mismatch": "SCH-12",
}
#: Errors for which a record may name a rule of the campaign.
_NAMED = frozenset({"missing", "string_too_short", "too_short", "literal_error"})
_BOUNDS = {"greater_than": "＞", "greater_than_equal": "≥", "less_than": "＜", "less_than_equal": "≤"}
#: Longer values are no slips of a date, number or choice, in characters.
_LONGEST = 200
_SHAPES = {"list": ("列表", "a list"), "dict": ("键值对", "a mapping"), "str": ("文字", "text")}


def validate(model: type[Kind], raw: Any, place: Place) -> tuple[Kind | None, list[Diagnostic]]:
    """One record, or every reason why it is none. Its digest is that of the plain values."""
    try:
        record = judged(model, raw)
    except ValidationError as error:
        name = record_name(model, raw)
        return None, [_explain(model, detail, place, name) for detail in error.errors(include_url=False)]
    return record.placed(place, digest(json.dumps(raw, ensure_ascii=False).encode("utf-8", "surrogatepass"))), []


def record_name(model: type[Record], raw: Any) -> str:
    """What a record is called in messages: its label with its name, title or id."""
    if isinstance(raw, dict):
        for key in ("name", "title", "id", "date"):
            if raw.get(key) and isinstance(raw[key], str | date):
                return f"{model.label[0]}“{raw[key]}”"
    return model.label[0]


def _explain(model: type[Record], detail: Any, place: Place, name: str) -> Diagnostic:
    kind, keys, value = detail["type"], detail["loc"], detail["input"]
    context = detail.get("ctx", {})
    where = _inside(place, keys)
    owner, field, hint = _field(model, keys)
    choices = _choices(hint)
    key = next((key for key in reversed(keys) if isinstance(key, str)), "")
    titled = f"{key}（{field.title}）" if field and field.title else key
    args: dict[str, Any] = {"field": titled, "key": key, "value": _show(value), "choices": "、".join(choices)}
    if kind == "missing":
        return Diagnostic(_rule(owner, detail), _inside(place, keys[:-1]), args, name)
    if kind == "extra_forbidden":
        known = sorted(owner.fields().keys() - owner.derived) if owner else []
        on_key = Place(where.path, where.keys, on_key=True)
        args = {"key": keys[-1], "known": "、".join(known)}
        return Diagnostic("SCH-02", on_key, args, name, near=(yaml_hints.plain(str(keys[-1])[:_LONGEST]), known))
    if kind == "literal_error":
        return Diagnostic(
            _rule(owner, detail), where, args, name, near=(yaml_hints.plain(str(value)[:_LONGEST]), choices)
        )
    if kind in _BOUNDS or kind == "year":
        bound = f"{_BOUNDS[kind]} {next(iter(context.values())):g}" if context else f"≥ {YEARS[0]}, ≤ {YEARS[-1]}"
        return Diagnostic("SCH-11", where, args | {"bound": bound}, name)
    if kind in _RULES:
        return Diagnostic(_rule(owner, detail), where, args, name, _meant(kind, value))
    return _misshapen(kind, value, where, args, name, model.label[1])


def _meant(kind: str, value: Any) -> str:
    """What a value is in ASCII, if it is right then."""
    if not isinstance(value, str) or len(value) > _LONGEST or kind not in PARSERS:
        return ""
    meant = yaml_hints.plain(value)
    try:
        PARSERS[kind](meant)
    except ValueError:
        return ""
    return meant


def _rule(owner: type[Record] | None, detail: Any) -> str:
    """The rule of the campaign that asks for a field, or the schema's own."""
    kind = detail["type"]
    named = owner.rules.get(str(detail["loc"][-1])) if owner and kind in _NAMED else None
    return named or _RULES[kind]


def _inside(place: Place, keys: Keys) -> Place:
    """The place of a value; of the document itself when it is the document that is wrong."""
    inner = place.inside(*keys)
    return inner if inner.keys else replace(inner, on_key=True)


def _misshapen(kind: str, value: Any, where: Place, args: dict[str, Any], name: str, english: str) -> Diagnostic:
    """Text, a list or a mapping where another of the three is asked for."""
    wanted = {"tuple_type": "list", "string_type": "str"}.get(kind, "dict" if kind.startswith("model") else "str")
    slip = None
    if isinstance(value, str) and wanted != "str":
        slip = yaml_hints.in_list(value) if wanted == "list" else yaml_hints.in_line(value)
    if slip:
        return Diagnostic(slip.rule, replace(where, column=slip.start + 1), slip.args, name)
    shape = dict(zip(("wanted_zh", "wanted_en"), _SHAPES[wanted], strict=True))
    whole = {} if args["key"] else {"field": name, "key": english}
    return Diagnostic("SCH-03", where, args | shape | whole, name)


def _field(model: type[Record], keys: tuple[str | int, ...]) -> tuple[type[Record] | None, Field | None, Any]:
    """The innermost model that `keys` leads to, its field and the field's type."""
    owner: type[Record] | None = model
    hint: Any = None
    field: Field | None = None
    for key in keys:
        if isinstance(key, int) or owner is None:
            continue
        if field is not None:
            owner = next(_models(hint), owner)
        field, hint = owner.fields().get(key), _hints(owner).get(key)
    return owner, field, hint


@cache
def _hints(model: type[Record]) -> dict[str, Any]:
    return get_type_hints(model)


def _models(annotation: Any) -> Iterator[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def _choices(annotation: Any) -> list[str]:
    if get_origin(annotation) is Literal:
        return [choice for choice in get_args(annotation) if choice]
    if get_origin(annotation) in (Union, UnionType, tuple):
        return [choice for part in get_args(annotation) for choice in _choices(part)]
    return []


def _show(value: Any) -> str:
    text = value if isinstance(value, str) else f"{value:g}" if isinstance(value, int | float) else "…"
    return text if len(text) <= 40 else text[:39] + "…"
