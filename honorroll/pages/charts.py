"""Still pictures of numbers: their geometry, which `templates/parts/charts.html` draws as SVG.

Across, everything is in per cent of the picture's width; down, in its font's size (em). So a picture
fits any width and any size of letters without its words being scaled.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import NamedTuple

from honorroll.chinese import china_day, told_span
from honorroll.model import decimal

#: How many bars are drawn; the others are told as one sum. How many characters have room over a bar.
TOP, ROOM = 12, 14

_DAY = timedelta(days=1)


class Bar(NamedTuple):
    """A name with its number and one bar, or several end to end. `spans` are (left, width) in per cent."""

    name: str
    note: str
    value: str
    spans: tuple[tuple[float, float], ...]
    y: float


class Bars(NamedTuple):
    """Bars, the longest first. `series` names the parts of each bar, where there are several."""

    title: str
    description: str
    series: tuple[str, ...]
    bars: tuple[Bar, ...]
    rest: str
    """What is not drawn, as a sentence; empty when there is nothing."""
    height: float


class Window(NamedTuple):
    """A day of a strip. `level` is 0 for no record, 1 for less than the bar, 2 to 4 for more and more."""

    x: float
    level: int
    value: str


class Month(NamedTuple):
    """A month of a strip."""

    name: str
    y: float
    windows: tuple[Window, ...]


class Strip(NamedTuple):
    """A calendar: a row a month, a window a day. `bar` is what a day should reach; 0 if there is no such number."""

    title: str
    description: str
    bar: int
    scale: tuple[tuple[float, str], ...]
    """Days of the month along the top, each with its place."""
    rows: tuple[Month, ...]
    height: float


class Steps(NamedTuple):
    """Two sums as they grew: `upper` never lies below `lower`. Both are paths in a box of `days` × `top`."""

    title: str
    description: str
    days: int
    top: int
    upper: str
    lower: str
    between: str
    """The outline of what lies between the two."""
    labels: tuple[tuple[str, float, float], ...]
    """The names of both with their last values, where they end and where there is room to write."""
    ticks: tuple[tuple[float, str], ...]
    """Days along the foot, each with its place."""


#: A strip has a margin for the months' names and 31 days; both in days' widths.
_MARGIN = 4.5
_WIDE = 100 / (_MARGIN + 31)
#: From one month to the next, and from one bar to the next.
_MONTH, _PITCH = 2.3, 2.7


def bars(
    title: str,
    unit: str,
    rows: Sequence[tuple[str, str, tuple[float, ...]]],
    *,
    series: tuple[str, ...] = (),
    counted: str = "项",
    ordered: bool = True,
) -> Bars | None:
    """Bars of rows (name, note, parts); none when all are nought. Beyond `TOP`, the others are summed up."""
    if ordered:
        rows = sorted(rows, key=lambda row: -sum(row[2]))
    shown, rest = rows[:TOP], rows[TOP:]
    longest = max((sum(parts) for _, _, parts in shown), default=0)
    if not longest:
        return None
    drawn, left_over = [], round(sum(sum(parts) for _, _, parts in rest), 2)
    for at, (name, note, parts) in enumerate(shown):
        ends = [0.0, *accumulate(parts)]
        spans = tuple(
            (round(start * 100 / longest, 2), round(part * 100 / longest, 2))
            for start, part in zip(ends, parts, strict=False)
        )
        short = name if len(name) <= ROOM else name[: ROOM - 1] + "…"
        drawn.append(Bar(short, note, decimal(sum(parts)), spans, round(at * _PITCH + 1, 1)))
    told = "；".join(f"{name} {bar.value} {unit}" for (name, _, _), bar in zip(shown, drawn, strict=True))
    others = f"其余{len(rest)}{counted}合计 {decimal(left_over)} {unit}" if rest else ""
    told = f"{told}；{others}。" if others else f"{told}。"
    height = round(len(drawn) * _PITCH + (1.6 if others else 0), 1)
    return Bars(f"{title}（{unit}）", told, series, tuple(drawn), others, height)


def strip(title: str, unit: str, first: date, days: Mapping[date, float], bar: int) -> Strip | None:
    """The calendar from `first`, or the first day on record, to the last; none when nothing is on record."""
    if not days:
        return None
    first, last, least = min(first, *days), max(days), bar or min(days.values())
    rows: list[Month] = []
    for month in _months(first, last):
        name = f"{month.month}月" if first.year == last.year else f"{month:%y}/{month.month}"
        y, windows = round(len(rows) * _MONTH + 1.6, 1), tuple(_windows(month, first, last, days, least))
        rows.append(Month(name, y, windows))
    scale = tuple((_place(day, 0.41), str(day)) for day in (1, 5, 10, 15, 20, 25, 30))
    return Strip(title, _told(days, unit, bar), bar, scale, tuple(rows), round(len(rows) * _MONTH + 1.6, 1))


def _place(day: int, shift: float = 0) -> float:
    return round((_MARGIN + day - 1 + shift) * _WIDE, 2)


def _months(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + 31 * _DAY).replace(day=1)


def _windows(month: date, first: date, last: date, days: Mapping[date, float], least: float) -> Iterator[Window]:
    day, top = max(month, first), max(days.values())
    while day.month == month.month and day <= last:
        value = days.get(day, 0)
        yield Window(_place(day.day), _level(value, least, top), decimal(value) if value else "")
        day += _DAY


def _level(value: float, least: float, top: float) -> int:
    """Of a day with at least `least`, how much of the way from there to `top` it has gone: 2 to 4."""
    if not value or value < least:
        return int(bool(value))
    return 2 + min(2, int(3 * (value - least) / (top - least))) if top > least else 4


def _told(days: Mapping[date, float], unit: str, bar: int) -> str:
    most = max(days, key=lambda day: (days[day], -day.toordinal()))
    words = f"{told_span(min(days), max(days))}，{len(days)}天有记录，"
    if bar:
        words += f"{sum(value >= bar for value in days.values())}天达到每日{bar}{unit}，"
    return f"{words}最多的是{china_day(most)}，{decimal(days[most])}{unit}。"


def steps(
    title: str, unit: str, names: tuple[str, str], upper: Mapping[date, float], lower: Mapping[date, float]
) -> Steps | None:
    """How two sums grew from the first day to the last, by what each day added; none when nothing was added."""
    if not upper:
        return None
    first, last = min((*upper, *lower)), max((*upper, *lower))
    count = (last - first).days + 1
    up, low = (_sums(first, count, added) for added in (upper, lower))
    top = int(max(up[-1], low[-1], 1))
    ends = [(f"{name} {decimal(sums[-1])}", sums[-1]) for name, sums in zip(names, (up, low), strict=True)]
    told = f"{told_span(first, last)}，{ends[0][0]}，{ends[1][0]}，待整改 {decimal(up[-1] - low[-1])}{unit}。"
    back = "".join(f"V{_flip(top, low[at])}H{at}" for at in reversed(range(count)))
    return Steps(
        title=f"{title}（{unit}）",
        description=told,
        days=count,
        top=top,
        upper=_path(up, top),
        lower=_path(low, top),
        between=f"{_path(up, top)}{back}z",
        labels=tuple(_labels(ends, top)),
        ticks=tuple(_ticks(first, count)),
    )


def _sums(first: date, count: int, added: Mapping[date, float]) -> list[float]:
    return list(accumulate(added.get(first + at * _DAY, 0) for at in range(count)))


def _flip(top: float, value: float) -> str:
    return decimal(top - value)


def _path(sums: list[float], top: int) -> str:
    """Steps: a day's number stands for the whole day."""
    return f"M0 {top}" + "".join(f"V{_flip(top, value)}H{at + 1}" for at, value in enumerate(sums))


#: Where the box of the steps begins, and how high it is.
BOX, HIGH = 1.0, 10.0


def _labels(ends: list[tuple[str, float]], top: int) -> Iterator[tuple[str, float, float]]:
    below = 0.0
    for words, value in ends:
        end = BOX + HIGH * (1 - value / top)
        written = max(end + 0.35, below)
        below = written + 1.5
        yield words, round(end, 2), round(written, 2)


def _ticks(first: date, count: int) -> Iterator[tuple[float, str]]:
    """The first day and firsts of months, as far as there is room for their names."""
    yield 0.0, f"{first.month}月{first.day}日"
    free = count / 4
    for at in range(1, count):
        day = first + at * _DAY
        if day.day == 1 and free <= at <= count * 0.95:
            yield round(at * 100 / count, 2), f"{day.month}月"
            free = at + count / 7
