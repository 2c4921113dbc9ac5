"""What every record of the campaign has in common, and the scalar types that editors type.

YAML scalars reach the model as the text that stands in the file; the types here decide what
that text means. So `12:30` stays a time, `010` is ten only where a count is asked for, and
`no` is a word unless the field is a yes/no field.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Annotated, Any, ClassVar, Self, dataclass_transform

from msgspec import Struct
from msgspec.structs import astuple, replace

from honorroll.chinese import CHINA, YEARS
from honorroll.diagnostics import Keys, Place

#: Names that Windows refuses as files, and those of our own index pages.
RESERVED_IDS = frozenset({"con", "prn", "aux", "nul", "index", "page"})

_TRUE = frozenset({"是", "有", "true", "yes", "on"})
_FALSE = frozenset({"否", "无", "false", "no", "off"})


class Field(Struct, frozen=True):
    """What is declared of a field: its title, its bounds as pydantic names them, and its value where nobody types one."""

    title: str
    bounds: Mapping[str, Any]
    default: Any
    """`...` where it must be typed."""


def field(default: Any = ..., *, title: str, **bounds: Any) -> Any:
    """Declare a field of a record."""
    return Field(title, bounds, default)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
class Record(Struct, frozen=True, eq=False, gc=False):
    """A mapping of the data files: immutable, with no fields beyond the declared ones.

    Pydantic's core makes one of what is typed (`judging.py`); a build that reads nothing new takes it
    as it was kept, and does not load it. No record refers to itself, so the garbage collector may
    leave them alone. Where a program makes one, it gives all values, or takes the `usual` ones.
    """

    #: What the record is called in messages, in Chinese and English.
    label: ClassVar[tuple[str, str]] = ("记录", "record")
    #: By field: the rule that asks for it, named instead of the schema's own when it is missing, empty or no choice.
    rules: ClassVar[Mapping[str, str]] = {}
    #: Fields that the loader fills in, from a file's name. Nobody types them.
    derived: ClassVar[frozenset[str]] = frozenset()

    #: Where the record was read, and the digest of what it was read from. A part of a record has none.
    path: str = ""
    keys: Keys = ()
    digest: str = ""

    @classmethod
    def fields(cls) -> dict[str, Field]:
        """What may be typed, by name."""
        declared = zip(cls.__struct_fields__, cls.__struct_defaults__, strict=True)
        return {name: own for name, own in declared if isinstance(own, Field)}

    @classmethod
    def usual(cls, **values: Any) -> Self:
        """A record of these values, which are not checked, and of the usual ones for all other fields."""
        return cls(**{name: own.default for name, own in cls.fields().items()} | values)

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, handler: Callable[[Any], Any]) -> Any:
        """What pydantic makes JSON Schemas of."""
        from honorroll.model import mappings  # takes long to load, and only editors need them

        return mappings.core(cls, handler)

    def at(self, *keys: str | int) -> Place:
        """Where this record (or, with `keys`, one of its values) stands in the data."""
        return Place(self.path, (*self.keys, *keys))

    def placed(self, place: Place, digest: str | None = None) -> Self:
        """The same at another place, or as it was first read there."""
        total = self.digest if digest is None else digest
        if (self.path, self.keys, self.digest) == (place.path, place.keys, total):
            return self
        return replace(self, path=place.path, keys=place.keys, digest=total)

    def with_values(self, **values: Any) -> Self:
        """The same record with other values for some fields; it stands for them, too."""
        return replace(self, **values, digest=f"{self.digest} {values!r}")

    def values(self) -> dict[str, Any]:
        """What it says, by field."""
        return {name: getattr(self, name) for name in self.fields()}

    def __eq__(self, other: object) -> bool:
        """Whether another record says the same at the same place; what only its file's text says does not count."""
        if self is other:
            return True
        if not isinstance(other, Record) or type(self) is not type(other):
            return False
        return astuple(replace(self, digest="")) == astuple(replace(other, digest=""))

    __hash__ = None  # type: ignore[assignment]  # records are looked up by id


class Reference(Struct, frozen=True):
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


class YearError(ValueError):
    """A day or year of which nothing may be dated (`dates.YEARS`)."""


class Parsed:
    """The value of a text is what its parser in `PARSERS` makes of it; where this raises, pydantic reports `kind`, or `year`."""

    def __init__(self, kind: str, parser: str = "") -> None:
        self.kind, self.parser = kind, parser or kind

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> Any:
        """How pydantic reads it."""
        from pydantic_core import PydanticCustomError, core_schema

        def read(value: object) -> object:
            if not isinstance(value, str):
                return value
            try:
                return PARSERS[self.parser](value.strip())
            except YearError:
                raise PydanticCustomError("year", "year") from None
            except ValueError:
                raise PydanticCustomError(self.kind, self.kind) from None

        return core_schema.no_info_before_validator_function(read, handler(source))


class Filled:
    """The text must not be empty."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> Any:
        """How pydantic reads it."""
        return handler(source) | {"min_length": 1}


def _parse_date(text: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise ValueError(text)
    return _bounded(date.fromisoformat(text))


def _bounded(day: date) -> date:
    """Raises `YearError`."""
    if day.year not in YEARS:
        raise YearError(day)
    return day


def _parse_moment(text: str) -> datetime:
    match = re.fullmatch(r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(?::\d{2})?(?:\+08:00)?)?", text, re.ASCII)
    if not match:
        raise ValueError(text)
    clock = time.fromisoformat(match[2] or "00:00")
    return datetime.combine(_bounded(date.fromisoformat(match[1])), clock, CHINA)


def _parse_count(text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise ValueError(text)
    return int(text)


def _parse_year(text: str) -> int:
    year = _parse_count(text)
    if year not in YEARS:
        raise YearError(year)
    return year


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


#: What makes a value of the text of each kind of field, or raises `ValueError`.
PARSERS: Mapping[str, Callable[[str], Any]] = {
    "day": _parse_date,
    "moment": _parse_moment,
    "count": _parse_count,
    "year of a calendar": _parse_year,
    "hours": _parse_hours,
    "yes_no": _parse_yes_no,
    "id": _parse_id,
}

_YEAR = r"(19(49|[5-9][0-9])|20[0-9]{2}|2100)"
_DAY = _YEAR + r"-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-9]{2})?(\+08:00)?"
_ID = rf"^(?!({'|'.join(sorted(RESERVED_IDS))})$)[a-z0-9][a-z0-9-]{{0,63}}$"
_YES_NO = r"^([Yy][Ee][Ss]|[Nn][Oo]|[Oo][Nn]|[Oo][Ff][Ff]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|是|有|否|无)$"

#: `YYYY-MM-DD`.
Day = Annotated[date, Parsed("day"), Typed(pattern=f"^{_DAY}$", description="日期，写成 2022-09-01")]
#: `YYYY-MM-DD` or `YYYY-MM-DD HH:MM`, read as China time.
Moment = Annotated[
    datetime,
    Parsed("moment"),
    Typed(pattern=f"^{_DAY}([ T]{_CLOCK})?$", format=None, description="时间，写成 2022-09-01 09:30"),
]
#: A whole number, zero or more.
Count = Annotated[
    int,
    Parsed("count"),
    Typed(type=["integer", "string"], pattern=r"^[0-9]{1,9}$", minimum=0, maximum=999_999_999),
]
#: A year of which things may be dated.
Year = Annotated[
    int,
    Parsed("count", "year of a calendar"),
    Typed(type=["integer", "string"], pattern=f"^0{{0,5}}{_YEAR}$", minimum=YEARS[0], maximum=YEARS[-1]),
]
#: Hours, at most two decimals.
Hours = Annotated[
    float,
    Parsed("hours"),
    Typed(type=["number", "string"], pattern=r"^[0-9]{1,3}(\.[0-9]{1,2})?$", minimum=0, maximum=999.99),
]
#: 是/否, yes/no, true/false.
YesNo = Annotated[
    bool,
    Parsed("yes_no"),
    Typed(type=None, anyOf=[{"enum": ["是", "否"]}, {"type": "boolean"}, {"type": "string", "pattern": _YES_NO}]),
]
#: Permanent ASCII name of a record; part of its URL.
Id = Annotated[str, Parsed("id"), Typed(type=["string", "integer"], pattern=_ID, minimum=0)]
#: Text that must not be empty.
Text = Annotated[str, Filled()]
