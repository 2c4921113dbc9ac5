"""Records as pydantic's models, by what is declared of their fields: for the JSON Schemas that it makes of them."""

from collections.abc import Callable
from functools import cache
from typing import Any, ClassVar, get_type_hints

import pydantic
from pydantic import BaseModel, ConfigDict, create_model
from pydantic_core import core_schema

from honorroll.model.base import Field, Record


class Mapping(BaseModel):
    """What stands for a record."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    __record__: ClassVar[type[Record]]


def core(kind: type[Record], handler: Callable[[Any], Any]) -> core_schema.CoreSchema:
    """The schema of a record, for pydantic; `handler` makes those of what it knows."""
    made: core_schema.CoreSchema = handler(_mapping(kind))
    return made


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
