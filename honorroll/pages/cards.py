"""Cards: how a list shows each of its records."""

from datetime import date, datetime
from typing import NamedTuple

from honorroll.model import AwardState
from honorroll.pages.parts import Field, Image, Link


class ContactCard(NamedTuple):
    """Where to reach an organiser."""

    org: str
    phone: str
    mail: str
    address: str
    hours: str


class PostCard(NamedTuple):
    """A post in a list."""

    url: str
    title: str
    date: datetime
    summary: str
    tags: tuple[Link, ...]
    image: Image | None


class Headline(NamedTuple):
    """A post in a list of titles."""

    url: str
    title: str
    date: datetime


class DeedCard(NamedTuple):
    """A deed in a list."""

    url: str
    title: str
    kind: str
    date: date
    who: str
    team: Link | None
    summary: str
    image: Image | None


class TeamCard(NamedTuple):
    """A team in a list. `hours` are the patrol hours, `points` the inspected points on record."""

    url: str
    name: str
    type: str
    org: str
    headcount: int
    groups: int
    areas: tuple[str, ...]
    hours: str
    points: int


class ProjectCard(NamedTuple):
    """A contest project in a list. `step` counts the reached steps of the contest, of `steps` in all."""

    url: str
    name: str
    site_kind: str
    company: str
    client: str
    guards: int
    status: str
    step: int
    steps: int


class AwardCard(NamedTuple):
    """An award in a list, sorted by `sort_name`, which is empty for who stays unnamed."""

    url: str
    recipient: str
    kind: str
    title: str
    note: str
    state: AwardState
    """公示中, 公示期满, 异议核查中, 已授予, 未授予 or 已撤销."""
    sort_name: str


class NoticeCard(NamedTuple):
    """A notice in a list."""

    url: str
    title: str
    kind: str
    number: str
    until: date | None
    """The last day of a public notice that has not ended; none for all others."""
    date: date


class FigureCard(NamedTuple):
    """A published number. `value` is ready for display, with 余 or 多 where it is approximate."""

    name: str
    value: str
    unit: str
    as_of: date
    source: str
    url: str
    """Where it comes from."""
    id: str = ""
    """Of the place on the results page that tells its source."""
    parts: tuple[Link, ...] = ()
    """The figures that it is made of, with their values."""
    updated: date | None = None
    """When it was changed after its publication, where readers are told so."""
    change: str = ""
    """What was changed; may be empty."""


class StageCard(NamedTuple):
    """One phase of the campaign."""

    title: str
    start: date
    end: date
    summary: str
    state: str
    """已结束, 进行中 or 未开始 on the day of the build."""


class DatasetCard(NamedTuple):
    """A data set of the open data: its files are `data/NAME.csv`, `.json` and `.schema.json`."""

    name: str
    title: str
    rows: int
    as_of: date
    """The newest date that its rows tell."""
    fields: tuple[Field, ...]
