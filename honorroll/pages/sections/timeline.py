"""The timeline: the campaign's phases and documents, and the posts and deeds that count most, in the order of their days."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from honorroll.chinese import china_day
from honorroll.model import urls
from honorroll.pages import progress_steps
from honorroll.pages.contexts import template
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import Entry, Page, Section, article, entry, made
from honorroll.pages.parts import Group
from honorroll.pages.site_parts import TIMELINE, has_timeline

#: The kind of the mark between what has happened and what is to come.
NOW = "现在"


class Event(NamedTuple):
    """Something on the timeline. `ahead` says whether it is still to come on the day of the build."""

    when: date
    kind: str
    """阶段, 报道, 现在, or the kind of the document or deed."""
    title: str
    note: str
    url: str
    ahead: bool = False
    state: str = ""
    """Of a phase."""


@template("timeline.html")
class TimelinePage(NamedTuple):
    """The campaign from day to day."""

    title: str
    """Full title of the campaign."""
    start: date
    """First day of the campaign."""
    end: date
    """Last day of the campaign."""
    months: tuple[Group[Event], ...]
    """What happened and what is planned, month by month, oldest first. Between both stands the event 现在."""


def pages(index: Index) -> Iterator[Entry]:
    """The timeline, when there is more to tell than the first and the last day."""
    if has_timeline(index.campaign):
        yield entry(TIMELINE.url, _timeline)


def _timeline(index: Index) -> Page:
    info = index.campaign.info
    first = min([info.start, *(stage.start for stage in info.stages)])
    events = sorted((event for event in _events(index) if event.when >= first), key=lambda event: event.when)
    ahead = next((at for at, event in enumerate(events) if event.ahead), 0)
    if ahead:  # marked by its place, not by its date: the page changes only when something on it comes to pass
        events.insert(ahead, Event(events[ahead - 1].when, NOW, "现在", "", ""))
    months = groupby(events, key=lambda event: (event.when.year, event.when.month))
    context = TimelinePage(
        title=info.title,
        start=info.start,
        end=info.end,
        months=tuple(Group(f"{year}年{month}月", "", tuple(own)) for (year, month), own in months),
    )
    return made(
        article(None, TIMELINE.url, TIMELINE.title, f"{info.title}的阶段、公告、报道和事迹，按日期先后"), context
    )


def _events(index: Index) -> Iterator[Event]:
    """Unsorted. What is told of the same day keeps this order: phases, documents, posts, deeds."""
    info, today = index.campaign.info, index.campaign.today
    for stage in progress_steps.stages(index):
        until = stage.summary if stage.start == stage.end else f"至{china_day(stage.end)}。{stage.summary}"
        yield Event(stage.start, "阶段", stage.title, until, "", stage.start > today, stage.state)
    for notice in index.campaign.notices.values():
        yield Event(notice.date, notice.kind, notice.title, notice.number, urls.page("notice", notice.id))
    for post in index.posts:
        if post.awards or post.id == info.wrap_up or post is index.posts[0]:
            yield Event(post.date.date(), "报道", post.title, post.summary, urls.page("news", post.id))
    merits = {merit.deed for project in index.campaign.projects.values() for merit in project.merits}
    for deed in reversed(index.deeds):
        if deed.id in merits or deed.kind == "见义勇为":
            card = index.deed_card(deed)
            yield Event(deed.date, deed.kind, deed.title, card.who, card.url)
    yield Event(info.end, "阶段", "活动结束", "", "", info.end > today)


SECTION = Section(pages, order=120)
