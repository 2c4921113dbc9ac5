"""What stands in a cell, as text."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any
from unicodedata import normalize

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\ufeff]")

#: What a text may hold that is not left as it is.
_ODD = re.compile(r"^\s|\s$|[\x00-\x09\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\u3000\ufeff]")


def text(value: Any) -> str:  # noqa: PLR0911  # one a type
    """A value as a person would read it: numbers without needless decimals, days and times as ISO 8601 has them."""
    if isinstance(value, str):
        if not _ODD.search(value):
            return value
        return _UNSEEN.sub("", value.replace("\r\n", "\n").replace("\r", "\n").replace("\u3000", " ")).strip()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M") if value.time() != time() else value.date().isoformat()
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, date | time):
        return value.isoformat()[:16]
    return "" if value is None else str(value)


def folded(value: str) -> str:
    """A short text with digits and signs in half width."""
    return value if value.isascii() else normalize("NFKC", value)
