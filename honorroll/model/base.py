"""What every record of the campaign has in common, and the scalar types that editors type.

YAML scalars reach the model as the text that stands in the file; the types here decide what
that text means. So `12:30` stays a time, `010` is ten only where a count is asked for, and
`no` is a word unless the field is a yes/no field.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

from honorroll.chinese import CHINA
from honorroll.diagnostics import Keys, Place

#: Names that Windows refuses as files, and those of our own index pages.
RESERVED_IDS = frozenset({"con", "prn", "aux", "nul", "index", "page"})

_TRUE = frozenset({"是", "有", "true", "yes", "on"})
_FALSE = frozenset({"否", "无", "false", "no", "off"})


class Record(BaseModel):
    """A mapping of the data files: immutable, with no fields beyond the declared ones."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True)

    #: What the record is called in messages, in Chinese and English.
    label: ClassVar[tuple[str, str]] = ("记录", "record")
    #: By field: the rule that asks for it, named instead of the schema's own when it is missing, empty or no choice.
    rules: ClassVar[Mapping[str, str]] = {}
    #: Fields that the loader fills in, from a file's name. Nobody types them.
    derived: ClassVar[frozenset[str]] = frozenset()

    #: Where the record was read, and the digest of what it was read from.
    __slots__ = ("_keys", "digest", "path")
    if TYPE_CHECKING:
        _keys: ClassVar[Keys]
        path: ClassVar[str]
        digest: ClassVar[str]

    def at(self, *keys: str | int) -> Place:
        """Where this record (or, with `keys`, one of its values) stands in the data."""
        return Place(self.path, (*self._keys, *keys))

    def settle(self, place: Place, digest: str) -> None:
        """Remember where the record was read, and from what. Called once, by the loader."""
        for name, value in (("path", place.path), ("_keys", place.keys), ("digest", digest)):
            object.__setattr__(self, name, value)

    def placed(self, place: Place) -> "Record":
        """The same at another place of its file."""
        return (
            self
            if self._keys == place.keys
            else restored(type(self), self.__dict__, place.keys, place.path, self.digest)
        )

    def with_values(self, **values: Any) -> Self:
        """The same record with other values for some fields; it stands for them, too."""
        keys, path = getattr(self, "_keys", ()), getattr(self, "path", "")  # a part of a record has none
        digest = f"{getattr(self, 'digest', '')} {values!r}"
        return cast("Self", restored(type(self), self.__dict__ | values, keys, path, digest))

    def __eq__(self, other: object) -> bool:
        """Whether another record says the same at the same place; what only its file's text says does not count."""
        if self is other:
            return True
        same = super().__eq__(other) is True
        return same and all(getattr(self, n, "") == getattr(other, n, "") for n in ("path", "_keys"))

    __hash__ = None  # type: ignore[assignment]  # records are looked up by id

    def __reduce__(self) -> tuple[Any, ...]:
        """For the memos: four times as fast as what pydantic does, which asks for the fields that were set."""
        keys, path, digest = (
            getattr(self, name, "") for name in ("_keys", "path", "digest")
        )  # "" in a part of a record
        return restored, (type(self), self.__dict__, keys, path, digest)


def restored(
    kind: type[Record],
    values: dict[str, Any],
    keys: Keys,
    path: str,
    digest: str,
    put: Callable[[object, str, object], None] = object.__setattr__,
) -> Record:
    """A record that was valid when it was kept."""
    record = object.__new__(kind)
    put(record, "__dict__", values)
    put(record, "__pydantic_fields_set__", values.keys())
    put(record, "__pydantic_extra__", None)
    put(record, "__pydantic_private__", None)
    put(record, "_keys", keys)
    put(record, "path", path)
    put(record, "digest", digest)
    return record


@dataclass(frozen=True)
class Reference:
    """Marks a text field as the `id` (tags: the `name`) of a record in the table `kind`."""

    kind: str

    def __get_pydantic_json_schema__(self, core: Any, handler: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        """For editors: which table to look in."""
        what = "name" if self.kind == "tags" else "id"
        return handler(core) | {"description": f"{self.kind} 里的 {what}"}


class Typed:
    """What may stand in the text of a field, as keywords of JSON Schema.

    `type` and `format` take the place of pydantic's (`None`: of nothing); a field's own bounds go before ours.
    """

    def __init__(self, **keywords: Any) -> None:
        self.keywords = keywords

    def __get_pydantic_json_schema__(self, core: Any, handler: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        """For editors."""
        forms = {key: self.keywords[key] for key in ("type", "format") if key in self.keywords}
        made = self.keywords | handler(core) | forms
        return {key: value for key, value in made.items() if value is not None}


def _fail(kind: str) -> PydanticCustomError:
    return PydanticCustomError(kind, kind)


def _text_parser(kind: str, parse: Callable[[str], Any]) -> BeforeValidator:
    """A validator that reads typed text with `parse`, which raises `ValueError`."""

    def read(value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return parse(value.strip())
        except ValueError:
            raise _fail(kind) from None

    return BeforeValidator(read)


def _parse_date(text: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise ValueError(text)
    return date.fromisoformat(text)


def _parse_moment(text: str) -> datetime:
    match = re.fullmatch(r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(?::\d{2})?(?:\+08:00)?)?", text, re.ASCII)
    if not match:
        raise ValueError(text)
    clock = time.fromisoformat(match[2] or "00:00")
    return datetime.combine(date.fromisoformat(match[1]), clock, CHINA)


def _parse_count(text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise ValueError(text)
    return int(text)


def _parse_hours(text: str) -> float:
    if not re.fullmatch(r"\d{1,3}(\.\d{1,2})?", text, re.ASCII):
        raise ValueError(text)
    return float(text)


def _parse_yes_no(text: str) -> bool:
    if text.lower() in _TRUE:
        return True
    if text.lower() in _FALSE:
        return False
    raise ValueError(text)


def _parse_id(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", text) or text in RESERVED_IDS:
        raise ValueError(text)
    return text


_DAY = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-9]{2})?(\+08:00)?"
_ID = rf"^(?!({'|'.join(sorted(RESERVED_IDS))})$)[a-z0-9][a-z0-9-]{{0,63}}$"
_YES_NO = r"^([Yy][Ee][Ss]|[Nn][Oo]|[Oo][Nn]|[Oo][Ff][Ff]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|是|有|否|无)$"

#: `YYYY-MM-DD`.
Day = Annotated[date, _text_parser("day", _parse_date), Typed(pattern=f"^{_DAY}$", description="日期，写成 2022-09-01")]
#: `YYYY-MM-DD` or `YYYY-MM-DD HH:MM`, read as China time.
Moment = Annotated[
    datetime,
    _text_parser("moment", _parse_moment),
    Typed(pattern=f"^{_DAY}([ T]{_CLOCK})?$", format=None, description="时间，写成 2022-09-01 09:30"),
]
#: A whole number, zero or more.
Count = Annotated[
    int,
    _text_parser("count", _parse_count),
    Typed(type=["integer", "string"], pattern=r"^[0-9]{1,9}$", minimum=0, maximum=999_999_999),
]
#: Hours, at most two decimals.
Hours = Annotated[
    float,
    _text_parser("hours", _parse_hours),
    Typed(type=["number", "string"], pattern=r"^[0-9]{1,3}(\.[0-9]{1,2})?$", minimum=0, maximum=999.99),
]
#: 是/否, yes/no, true/false.
YesNo = Annotated[
    bool,
    _text_parser("yes_no", _parse_yes_no),
    Typed(type=None, anyOf=[{"enum": ["是", "否"]}, {"type": "boolean"}, {"type": "string", "pattern": _YES_NO}]),
]
#: Permanent ASCII name of a record; part of its URL.
Id = Annotated[str, _text_parser("id", _parse_id), Typed(type=["string", "integer"], pattern=_ID, minimum=0)]
#: Text that must not be empty.
Text = Annotated[str, StringConstraints(min_length=1)]
