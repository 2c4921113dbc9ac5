"""What may be typed in a field, and what it means.

YAML scalars reach the model as the text that stands in the file; the types here decide what
that text means. So `12:30` stays a time, `010` is ten only where a count is asked for, and
`no` is a word unless the field is a yes/no field.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from msgspec import Struct
from msgspec.structs import replace

from honorroll.chinese import CHINA, YEARS

if TYPE_CHECKING:
    from honorroll.model.base import Record

#: Names that Windows refuses as files, and those of our own index pages.
RESERVED_IDS = frozenset({"con", "prn", "aux", "nul", "index", "page"})

_TRUE = frozenset({"是", "有", "true", "yes", "on"})
_FALSE = frozenset({"否", "无", "false", "no", "off"})


class YearError(ValueError):
    """A year of which nothing may be dated (`dates.YEARS`)."""


class Scalar(Struct, frozen=True, eq=False):
    """A type of text.

    Args:
        rule: what is reported of a text that is none of it.
        parse: makes its value of a text without blanks around it, or raises `ValueError`.
        schema: keywords of JSON Schema for the text.
        refers: the table that has a record of this `id` (tags: of this `name`); empty where it is no reference.
    """

    rule: str
    parse: Callable[[str], Any]
    schema: Mapping[str, Any]
    refers: str = ""


class Choice(Struct, frozen=True):
    """One of some words."""

    words: tuple[str, ...]


class Many(Struct, frozen=True):
    """A list."""

    item: "Type"


#: The type of a field. A class is that of a record inside the record.
Type = Scalar | Choice | Many | type["Record"]


class Reference(Struct, frozen=True):
    """Marks a `Scalar` as the `id` (tags: the `name`) of a record in the table `kind`."""

    kind: str


def type_of(hint: Any) -> tuple[Type, bool]:
    """What an annotation says: the type, and whether there may be no value."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        (inner,) = (part for part in parts if part is not type(None))
        return type_of(inner)[0], True
    if origin is Annotated:
        scalar = next(part for part in parts if isinstance(part, Scalar))
        table = next((part.kind for part in parts if isinstance(part, Reference)), "")
        return replace(scalar, refers=table) if table else scalar, False
    if origin is tuple:
        return Many(type_of(parts[0])[0]), False
    if origin is Literal:
        return Choice(parts), False
    return STRING if hint is str else hint, False


def _parse_date(text: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise ValueError(text)
    return _bounded(date.fromisoformat(text))


def _bounded(day: date) -> date:
    _check_year(day.year)
    return day


def _check_year(year: int) -> None:
    if year not in YEARS:
        raise YearError


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
    _check_year(year)
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


def is_id(text: str) -> bool:
    """Whether a record may be called so: lower-case letters, digits and hyphens, and no word of a file system or page."""
    try:
        _parse_id(text)
    except ValueError:
        return False
    return True


def _parse_text(text: str) -> str:
    if not text:
        raise ValueError(text)
    return text


_YEAR = r"(19(49|[5-9][0-9])|20[0-9]{2}|2100)"
_DAY = _YEAR + r"-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-9]{2})?(\+08:00)?"
_ID = rf"^(?!({'|'.join(sorted(RESERVED_IDS))})$)[a-z0-9][a-z0-9-]{{0,63}}$"
_YES_NO = r"^([Yy][Ee][Ss]|[Nn][Oo]|[Oo][Nn]|[Oo][Ff][Ff]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|是|有|否|无)$"
#: To an editor's program, `title: 2022` is a number.
_ANY_SCALAR = ["string", "number", "boolean"]

#: Any text, also an empty one.
STRING = Scalar("SCH-03", str, {"type": _ANY_SCALAR})

#: `YYYY-MM-DD`.
Day = Annotated[
    date,
    Scalar(
        "SCH-05",
        _parse_date,
        {"type": "string", "format": "date", "pattern": f"^{_DAY}$", "description": "日期，写成 2022-09-01"},
    ),
]
#: `YYYY-MM-DD` or `YYYY-MM-DD HH:MM`, read as China time.
Moment = Annotated[
    datetime,
    Scalar(
        "SCH-06",
        _parse_moment,
        {"type": "string", "pattern": f"^{_DAY}([ T]{_CLOCK})?$", "description": "时间，写成 2022-09-01 09:30"},
    ),
]
#: A whole number, zero or more.
Count = Annotated[
    int,
    Scalar(
        "SCH-07",
        _parse_count,
        {"type": ["integer", "string"], "pattern": r"^[0-9]{1,9}$", "minimum": 0, "maximum": 999_999_999},
    ),
]
#: A year of which things may be dated.
Year = Annotated[
    int,
    Scalar(
        "SCH-07",
        _parse_year,
        {
            "type": ["integer", "string"],
            "pattern": f"^0{{0,5}}{_YEAR}$",
            "minimum": YEARS[0],
            "maximum": YEARS[-1],
        },
    ),
]
#: Hours, at most two decimals.
Hours = Annotated[
    float,
    Scalar(
        "SCH-07",
        _parse_hours,
        {"type": ["number", "string"], "pattern": r"^[0-9]{1,3}(\.[0-9]{1,2})?$", "minimum": 0, "maximum": 999.99},
    ),
]
#: 是/否, yes/no, true/false.
YesNo = Annotated[
    bool,
    Scalar(
        "SCH-08",
        _parse_yes_no,
        {"anyOf": [{"enum": ["是", "否"]}, {"type": "boolean"}, {"pattern": _YES_NO, "type": "string"}]},
    ),
]
#: Permanent ASCII name of a record; part of its URL.
Id = Annotated[str, Scalar("SCH-09", _parse_id, {"type": ["string", "integer"], "pattern": _ID, "minimum": 0})]
#: Text that must not be empty.
Text = Annotated[str, Scalar("SCH-10", _parse_text, {"type": _ANY_SCALAR, "pattern": r"\S"})]
