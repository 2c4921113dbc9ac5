"""Results, a day's ledger and the wrap-up."""

from datetime import date
from typing import NamedTuple

from honorroll.pages.cards import AwardCard, DeedCard, FigureCard, StageCard
from honorroll.pages.charts import Bars, Steps, Strip
from honorroll.pages.district_map import DistrictMap
from honorroll.pages.parts import Cell, Group, Link, Table


class Exhibit(NamedTuple):
    """One question to the ledgers, answered by a picture and by the table behind it."""

    id: str
    title: str
    note: str
    """How it is counted."""
    table: Table
    strip: Strip | None = None
    bars: tuple[Bars, ...] = ()
    steps: Steps | None = None
    map: DistrictMap | None = None


class ResultsPage(NamedTuple):
    """Results: figures, and what the ledgers add up to."""

    totals: tuple[FigureCard, ...]
    """Sums of the ledgers of this site."""
    exhibits: tuple[Exhibit, ...]
    """What they are made of: only what there is anything to show of."""
    figures: tuple[FigureCard, ...]
    """Published figures with their sources."""
    wrap_up: Link | None
    """The wrap-up, once the campaign is over."""


class HazardLine(NamedTuple):
    """A hazard, the day it was found and the day it was mended; that is empty while it is open."""

    what: str
    found: Cell
    closed: Cell


class Shift(NamedTuple):
    """An inspection. The points' first cell is their kind, or the project; then how many, and what was found."""

    shift: str
    mode: str
    area: str
    team: Cell
    visited: int
    points: tuple[tuple[Cell, str, str], ...]
    hazards: tuple[HazardLine, ...]


class LedgerPage(NamedTuple):
    """What the ledgers say of one day that is over."""

    date: date
    """The day."""
    sums: tuple[tuple[str, str, str], ...]
    """Its totals that are not nought: name, value and unit."""
    patrols: Table | None
    """The patrols."""
    shifts: tuple[Shift, ...]
    """The inspections, those by day first."""
    mended: tuple[HazardLine, ...]
    """Hazards that were mended on this day, whenever they were found."""
    newer: Link | None
    """The next day on record."""
    older: Link | None
    """The day on record before."""


class WrapUpPage(NamedTuple):
    """What has become of the campaign; there is none before its end."""

    title: str
    """Title of the campaign."""
    start: date
    """First day of the campaign."""
    end: date
    """Last day of the campaign."""
    stages: tuple[StageCard, ...]
    """The work in its phases."""
    totals: tuple[FigureCard, ...]
    """Sums of the ledgers."""
    strip: Strip | None
    """The calendar of inspections or patrols."""
    figures: tuple[FigureCard, ...]
    """Published figures with their sources."""
    deeds: tuple[DeedCard, ...]
    """Typical cases: those that the wrap-up post tells of, else the newest of each kind."""
    awards_title: str
    """Heading of the winners."""
    awards: tuple[Group[AwardCard], ...]
    """Winners of the newest cycle by title."""
    post: Link | None
    """The wrap-up post."""


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
