"""Makes records of what is typed, by what is declared of their fields, or says all that is wrong. Loaded only where something new is read.

It asks the core of pydantic, which the rest of pydantic takes three times as long to load; `mappings.py` tells that
rest the same.
"""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, partial
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic_core import SchemaValidator

from honorroll.model.base import Field, Record

#: Longer texts are seldom the same in two records, in characters.
SHORT = 32

Kind = TypeVar("Kind", bound=Record)

_SCALARS = {bool: "bool", date: "date", datetime: "datetime", float: "float", int: "int", str: "str"}


def judged(kind: type[Kind], raw: Any) -> Kind:
    """A record of these plain values. Raises `pydantic_core.ValidationError` with every reason why they are none."""
    made: Kind = _judge(kind).validate_python(raw)
    return made


@cache
def _judge(kind: type[Record]) -> SchemaValidator:
    return SchemaValidator(_record(kind), {"str_strip_whitespace": True, "extra_fields_behavior": "forbid"})


def _record(kind: type[Record]) -> Any:
    """The core's schema of a record."""
    hints = get_type_hints(kind, include_extras=True)
    fields = {name: {"type": "model-field", "schema": _field(hints[name], own)} for name, own in kind.fields().items()}
    function = {"type": "no-info", "function": partial(_made, kind)}
    mapping = {"type": "model-fields", "model_name": kind.__name__, "fields": fields}
    return {"type": "function-after", "function": function, "schema": mapping}


def _field(hint: Any, field: Field) -> Any:
    typed = _typed(hint, field.bounds)
    if field.default is ...:
        return typed
    return {"type": "default", "schema": typed, "default_factory": lambda: field.default}


def _typed(hint: Any, bounds: Mapping[str, Any]) -> Any:
    """The core's schema of a type. The bounds are those of the whole value, not of the items of a list."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        made = _typed(parts[0], bounds)
        for mark in parts[1:]:
            if hasattr(mark, "__get_pydantic_core_schema__"):
                made = mark.__get_pydantic_core_schema__(parts[0], lambda _, inner=made: inner)
        return made
    if origin in (Union, UnionType):
        (inner,) = (part for part in parts if part is not type(None))
        return {"type": "nullable", "schema": _typed(inner, bounds)}
    if origin is tuple:
        return {"type": "tuple", "items_schema": [_typed(parts[0], {})], "variadic_item_index": 0, **bounds}
    if origin is Literal:
        return {"type": "literal", "expected": [*parts]}
    return {"type": _SCALARS[hint], **bounds} if hint in _SCALARS else _record(hint)


def _made(kind: type[Record], found: tuple[dict[str, Any], Any, Any]) -> Record:
    return kind(**{name: _shared(value) for name, value in found[0].items()})


@cache
def _first(text: str) -> str:
    """The first text that is equal."""
    return text


def _shared(value: Any) -> Any:
    """A text that many records hold, such as an id or a tag, is there once, and is kept once."""
    if type(value) is str:
        return _first(value) if len(value) <= SHORT else value
    return tuple(map(_shared, value)) if type(value) is tuple and value else value
