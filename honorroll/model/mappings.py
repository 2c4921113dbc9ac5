"""How pydantic makes a record of a mapping, by what is declared of its fields. Wanted only where something new is read."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any, ClassVar, TypeVar, get_type_hints

import pydantic
from pydantic import BaseModel, ConfigDict, TypeAdapter, create_model
from pydantic_core import core_schema

from honorroll.model.base import Field, Record

#: Longer texts are seldom the same in two records, in characters.
SHORT = 32

Kind = TypeVar("Kind", bound=Record)


class Mapping(BaseModel):
    """What pydantic judges in a record's stead."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    __record__: ClassVar[type[Record]]


@cache
def judge(kind: type[Kind]) -> TypeAdapter[Kind]:
    """Makes records of a kind, or raises `ValidationError`."""
    return TypeAdapter(kind)


def core(kind: type[Record], handler: Callable[[Any], Any]) -> core_schema.CoreSchema:
    """The schema of a record, for pydantic; `handler` makes those of what it knows."""
    return core_schema.no_info_after_validator_function(partial(_made, kind), handler(_mapping(kind)))


def _made(kind: type[Record], found: Mapping) -> Record:
    return kind(**{name: _shared(value) for name, value in found.__dict__.items()})


@cache
def _first(text: str) -> str:
    """The first text that is equal."""
    return text


def _shared(value: Any) -> Any:
    """A text that many records hold, such as an id or a tag, is there once, and is kept once."""
    if type(value) is str:
        return _first(value) if len(value) <= SHORT else value
    return tuple(map(_shared, value)) if type(value) is tuple and value else value


@cache
def _mapping(kind: type[Record]) -> type[Mapping]:
    """A model of the same fields."""
    hints = get_type_hints(kind, include_extras=True)
    fields: dict[str, Any] = {name: (hints[name], _declared(field)) for name, field in kind.fields().items()}
    made = create_model(kind.__name__, __base__=Mapping, **fields)
    made.__record__ = kind
    return made


def _declared(field: Field) -> Any:
    if isinstance(field.default, Record):
        return pydantic.Field(default_factory=lambda: field.default, title=field.title, **field.bounds)
    return pydantic.Field(field.default, title=field.title, **field.bounds)
