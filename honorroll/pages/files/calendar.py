"""`calendar.ics`: the public dates, for the calendar of a telephone. RFC 5545 and, for name and refreshing, RFC 7986.

Written here rather than by the package `icalendar`, which is the tests' oracle: three rules of the format are all that
whole days need, and no build has to load a library and its time zones for them. No event has a time of the day.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from honorroll.chinese import CHINA
from honorroll.model import Notice, urls
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import Entry, Page, Raw, entry

URL = "calendar.ics"
#: So many octets fit into a line, without its end (RFC 5545, 3.1).
_LINE = 75
#: What a text may not hold as it is (3.3.11), and what it may not hold at all.
_ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
_SPECIAL, _CONTROL = re.compile(r"[\\;,\n]"), re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


class _Event(NamedTuple):
    """Whole days."""

    id: str
    """It never changes, so a calendar knows the event again."""
    title: str
    first: date
    last: date
    note: str
    url: str
    known: date
    """Since when it is known as it is: the calendar says the same at each build."""
    changes: int = 0
    """How often it was corrected."""


def pages() -> Iterator[Entry]:
    """One calendar, on every site."""
    yield entry(URL, _page)


def _page(index: Index) -> Page:
    info = index.campaign.info
    events = tuple(sorted(_events(index), key=lambda event: (event.first, event.id)))
    return Page(URL, _Calendar(URL, index.base_url, info.id, info.site.name, events), info)


def _events(index: Index) -> Iterator[_Event]:
    info = index.campaign.info
    yield _Event("start", f"{info.short_title}开始", info.start, info.start, info.title, "", info.start)
    yield _Event("end", f"{info.short_title}结束", info.end, info.end, info.title, "", info.start)
    for stage in info.stages:
        yield _Event(f"stage-{stage.id}", stage.title, stage.start, stage.end, stage.summary, "", info.start)
    for notice in index.notices:
        corrections = index.by("notices by corrected", notice.id)
        known = max([notice.date, *(each.date for each in corrections)])
        first = last = notice.date
        if notice.kind == "公示" and notice.end:
            first, last = max(notice.start or notice.date, notice.date), notice.end
        url, id = urls.page("notice", notice.id), f"notice-{notice.id}"
        yield _Event(id, _title(notice), first, max(first, last), notice.number, url, known, len(corrections))


def _title(notice: Notice) -> str:
    return f"公示期：{notice.title}" if notice.kind == "公示" and notice.end else notice.title


class _Calendar(Raw, frozen=True):
    base: str
    campaign: str
    name: str
    events: tuple[_Event, ...]

    def text(self) -> str:
        name = _text(self.name)
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//honorroll//calendar//ZH", "CALSCALE:GREGORIAN"]
        lines += ["METHOD:PUBLISH", f"NAME:{name}", f"X-WR-CALNAME:{name}", "REFRESH-INTERVAL;VALUE=DURATION:P1D"]
        for event in self.events:
            lines += self._event(event)
        return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])

    def _event(self, event: _Event) -> Iterator[str]:
        stamp = datetime.combine(event.known, time(), CHINA).astimezone(UTC)
        yield "BEGIN:VEVENT"
        yield f"UID:{event.id}@{self.campaign}"
        yield f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}"
        yield f"SEQUENCE:{event.changes}"
        yield f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.last + timedelta(days=1):%Y%m%d}"  # the day after the last
        yield f"SUMMARY:{_text(event.title)}"
        if event.note:
            yield f"DESCRIPTION:{_text(event.note)}"
        if event.url and self.base:
            yield f"URL:{self.base}{event.url}"
        yield "TRANSP:TRANSPARENT"
        yield "END:VEVENT"


def _text(words: str) -> str:
    """A value of the type TEXT."""
    plain = _CONTROL.sub(" ", words.replace("\r\n", "\n").strip())
    return _SPECIAL.sub(lambda found: _ESCAPED[found[0]], plain)


def _folded(line: str) -> str:
    """A line in pieces of at most 75 octets, none of which ends inside of a character."""
    pieces, size = [""], 0
    for character in line:
        width = len(character.encode("utf-8", "replace"))
        if size + width > _LINE:
            pieces.append(" ")
            size = 1
        pieces[-1] += character
        size += width
    return "\r\n".join(pieces)
