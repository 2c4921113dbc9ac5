"""Which files will change by date alone, and on which days, so that a scheduled build can be set up.

Found by building, not by guessing: the site is built in memory for today and again for each day on which anything
can change. A page depends on the day only by comparing it with dates of the data, so nothing can change on a day
that is no date of the data and does not follow one; of a cycle the year is compared.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from msgspec.structs import replace

from honorroll import pipeline
from honorroll.campaign import Campaign
from honorroll.load import load
from honorroll.model import Record
from honorroll.options import Options, Result
from honorroll.source import read
from honorroll.store import Folder, Memory

_DAY = timedelta(days=1)


#: How each kind of change is marked in a list for people.
MARKS = {"new": "+", "changed": "~", "removed": "-"}


class Change(NamedTuple):
    """What a build on `day` does that one on the day before did not: addresses of files by kind (`MARKS`).

    `result` is that of the build; where it has no counts the build fails, and says why.
    """

    day: date
    files: dict[str, list[str]]
    result: Result


def changes(options: Options, days: int) -> Iterator[Change]:
    """The days after `options.today`, up to `days` of them, on which files change, or on which the build fails.

    The first item is today, without files. Nothing is written.
    """
    folder = Folder(options.out, options.root / ".cache", dry=True)
    store = Memory(memos=folder.memos)  # what earlier builds converted is used, and left as it is
    options = replace(options, dry=False)
    result = pipeline.build(options, store)
    yield Change(options.today, {}, result)
    campaign, _ = load(read(options.root)[0], options.today)
    if campaign is None or result.counts is None:
        return
    for day in sorted(_days(campaign, options.today, options.today + days * _DAY)):
        before = store.files
        result = pipeline.build(replace(options, today=day), store)
        made = sorted(url for url in result.reasons if before.get(url) != store.files.get(url))
        files = {
            "new": [url for url in made if url not in before],
            "changed": [url for url in made if url in before],
            "removed": sorted(before.keys() - store.files.keys()),
        }
        if any(files.values()) or result.counts is None:
            yield Change(day, files, result)


def _days(campaign: Campaign, after: date, until: date) -> set[date]:
    """The days on which anything can change: the dates of the data, those that follow them, and new years of cycles."""
    found = {day for record in campaign.records() for day in _dates(record)}
    found |= {day + _DAY for day in found if day < date.max}
    found |= {date(cycle.year, 1, 1) for cycle in campaign.cycles.values() if cycle.year in range(1, 10_000)}
    return {day for day in found if after < day <= until}


def _dates(value: Any) -> Iterator[date]:
    if isinstance(value, datetime):
        yield value.date()
    elif isinstance(value, date):
        yield value
    elif isinstance(value, Record):
        for inner in value.values().values():
            yield from _dates(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _dates(inner)
