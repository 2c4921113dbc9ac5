"""Days and moments: their bounds, and the one way in which days, moments and spans of days are written on pages."""

from datetime import date, datetime, time
from typing import NamedTuple

from honorroll.chinese.typography import CHINA, china_day

#: Years of which anything may be dated: from the People's Republic on, and as far as anybody plans. Calendars and lists by
#: day have a cell for each day between the first and the last, so a slip such as 0202 would make a page of megabytes.
YEARS = range(1949, 2101)


class Holds(NamedTuple):
    """The part of a day in which the same posts are to be seen: from `since` on, before `until`."""

    since: datetime
    until: datetime | None
    """None: to the end of the day."""

    def at(self, now: datetime) -> bool:
        """Whether that is so at another moment of the same day."""
        return self.since <= now and (self.until is None or now < self.until)


def shortday(value: date) -> str:
    """9月1日."""
    return f"{value.month}月{value.day}日"


def day_beside(value: date, other: date) -> str:
    """A day that is read beside another one: 9月1日, and with its year where that is another."""
    return shortday(value) if value.year == other.year else china_day(value)


def span(start: date, end: date, year: int | None = None) -> tuple[str, ...]:
    """The words for the two ends of a span of days, or for its one day, to be joined with 至.

    Args:
        start: its first day.
        end: its last day.
        year: the year that readers take for granted, which is left out where both days are of it.

    Returns:
        2022年9月1日 and 10月31日; 2022年12月28日 and 2023年1月5日; 2022年9月1日 alone.
    """
    first = shortday(start) if start.year == end.year == year else china_day(start)
    return (first,) if same_day(start, end) else (first, day_beside(end, start))


def told_span(start: date, end: date) -> str:
    """A span of days in a sentence: 2022年9月1日至10月31日."""
    return "至".join(span(start, end))


def same_day(one: date, other: date) -> bool:
    """Whether two days or moments are of the same day."""
    return (one.year, one.month, one.day) == (other.year, other.month, other.day)


def moment(value: date) -> str:
    """2022-09-01 09:30; midnight for a plain date."""
    whole = value if isinstance(value, datetime) else datetime.combine(value, time(), CHINA)
    return whole.strftime("%Y-%m-%d %H:%M")


def when(value: date) -> str:
    """2022-09-01 09:30, and the day alone where no time was given: midnight is none."""
    return moment(value) if has_time(value) else iso(value)


def iso(value: date) -> str:
    """The same for machines: ISO 8601, with China's offset where it has a time."""
    return value.isoformat() if has_time(value) else value.isoformat()[:10]


def timestamp(value: datetime) -> str:
    """ISO 8601 with a time in any case, as Atom and JSON Feed ask for."""
    return value.isoformat()


def has_time(value: date) -> bool:
    """Whether it is a moment rather than a day."""
    return isinstance(value, datetime) and value.time() != time()
