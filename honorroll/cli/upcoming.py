"""Which files will change by date alone, and when, so that a scheduled build can be set up.

Found by building, not by guessing: the site is built in memory for now and again for each moment at which anything
can change. A page depends on the day only by comparing it with dates of the data, so nothing can change on a day
that is no date of the data and does not follow one; of a cycle the year is compared. Posts appear at their minute.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from msgspec.structs import replace

from honorroll.chinese import CHINA, YEARS
from honorroll.engine import Options, Result, pipeline
from honorroll.inputs import load, read
from honorroll.model import Campaign, Record
from honorroll.publish import Folder, Memory

_DAY = timedelta(days=1)


#: How each kind of change is marked in a list for people.
MARKS = {"new": "+", "changed": "~", "removed": "-"}


class Change(NamedTuple):
    """What a build at `moment` does that one just before did not: addresses of files by kind (`MARKS`).

    `result` is that of the build; where it has no counts the build fails, and says why.
    """

    moment: datetime
    files: dict[str, list[str]]
    result: Result


def changes(options: Options, days: int) -> Iterator[Change]:
    """The moments after `options.now`, up to the end of so many more days, at which files change or the build fails.

    The first item is now, without files. Nothing is written.
    """
    folder = Folder(options.out, options.root / ".cache", dry=True)
    store = Memory(database=folder.database)  # what earlier builds converted is used, and left as it is
    options = replace(options, dry=False)
    result = pipeline.build(options, store)
    yield Change(options.now, {}, result)
    campaign, _ = load(read(options.root)[0], options.today)
    if campaign is None or result.counts is None:
        return
    last = datetime.combine(options.today + days * _DAY, time.max, CHINA)
    for moment in sorted(moment for moment in _moments(campaign) if options.now < moment <= last):
        before = store.files
        result = pipeline.build(options.at(moment), store)
        made = sorted(url for url in result.reasons if before.get(url) != store.files.get(url))
        files = {
            "new": [url for url in made if url not in before],
            "changed": [url for url in made if url in before],
            "removed": sorted(before.keys() - store.files.keys()),
        }
        if any(files.values()) or result.counts is None:
            yield Change(moment, files, result)


def _moments(campaign: Campaign) -> set[datetime]:
    """When anything can change: the days of the data and those that follow them, new years of cycles, posts' minutes."""
    days = {day for record in campaign.records() for day in _dates(record)}
    days |= {day + _DAY for day in days}
    days |= {date(cycle.year, 1, 1) for cycle in campaign.cycles.values() if cycle.year in YEARS}
    return {datetime.combine(day, time(), CHINA) for day in days} | {post.date for post in campaign.posts.values()}


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
