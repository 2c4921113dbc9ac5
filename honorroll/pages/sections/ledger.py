"""The ledgers, a page a day: every record that the sums are made of. Only days that have been (PAT-07)."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import NamedTuple

from honorroll.chinese import china_day
from honorroll.model import Hazard, Inspection, Patrol, decimal, mending, urls
from honorroll.pages.contexts import template
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import Entry, Inputs, Page, Section, Shown, article, entry
from honorroll.pages.parts import Cell, Link, Table
from honorroll.pages.site_parts import RESULTS

#: Names and addresses by id: of teams and projects, and of the units that assign patrols.
Names = tuple[tuple[str, Cell], ...]


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


@template("ledger.html")
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


def pages(index: Index) -> Iterator[Entry]:
    """One page for each day on record, by the day and those before and after it."""
    newest = index.ledger_days
    days = [day.isoformat() for day in newest]
    for older, day, newer in zip(("", *days), days, (*days[1:], ""), strict=False):
        yield entry(urls.ledger(day), _ledger, day, older, newer, day=newest[date.fromisoformat(day)])


def _ledger(index: Index, day: str, older: str, newer: str) -> Page:
    patrols, inspections = index.by("patrols by day", day), index.by("inspections by day", day)
    mended = [
        _hazard(inspection, hazard, date.fromisoformat(day))
        for inspection in index.by("inspections by mending", day)
        for hazard in inspection.hazards
        if str(mending(inspection, hazard)) == day
    ]
    inputs = _Day(
        day=date.fromisoformat(day),
        patrols=patrols,
        inspections=inspections,
        known=_known(inspections, index.campaign.today),
        mended=tuple(mended),
        names=tuple(_names(index, patrols, inspections)),
        older=_link(older),
        newer=_link(newer),
    )
    return Page(urls.ledger(day), inputs, next(chain(patrols, inspections), index.campaign.info))


def _known(inspections: Iterable[Inspection], today: date) -> date | None:
    """The newest day on which one of their hazards was mended: what is mended later is open as yet."""
    days = (mending(inspection, hazard) for inspection in inspections for hazard in inspection.hazards)
    return max((day for day in days if day and day <= today), default=None)


def _names(index: Index, patrols: Iterable[Patrol], inspections: Iterable[Inspection]) -> Iterator[tuple[str, Cell]]:
    """Of all that a day's records refer to. Ids of different tables may be alike, so they go by table too."""
    for id in dict.fromkeys([*(p.team for p in patrols), *(i.team for i in inspections)]):
        yield f"team {id}", Cell(*(index.link("teams", id) or ("",)))
    for unit in dict.fromkeys(patrol.assigned_by or "" for patrol in patrols):
        yield f"org {unit}", Cell(index.org(unit))
    points = (point for inspection in inspections for point in inspection.points)
    for project in dict.fromkeys(point.project for point in points if point.project):
        yield f"project {project}", Cell(*(index.link("projects", project) or ("",)))


class _Day(Inputs, frozen=True, kw_only=True):
    shows = LedgerPage
    day: date
    patrols: tuple[Patrol, ...]
    inspections: tuple[Inspection, ...]
    known: date | None
    mended: tuple[HazardLine, ...]
    names: Names
    older: Link | None
    newer: Link | None

    def shown(self) -> Shown:
        day, named = self.day, dict(self.names)
        shifts = sorted((_shift(each, self.known, named) for each in self.inspections), key=lambda s: s.shift != "白天")
        sums = (
            ("巡逻时长", sum(patrol.hours for patrol in self.patrols), "小时"),
            ("巡逻", len(self.patrols), "次"),
            ("巡查点位", sum(shift.visited for shift in shifts), "处"),
            ("发现隐患", sum(len(shift.hazards) for shift in shifts), "处"),
            ("整改隐患", len(self.mended), "处"),
        )
        context = LedgerPage(
            date=day,
            sums=tuple((name, decimal(value), unit) for name, value, unit in sums if value),
            patrols=_patrols(self.patrols, named) if self.patrols else None,
            shifts=tuple(shifts),
            mended=self.mended,
            older=self.older,
            newer=self.newer,
        )
        told = "、".join(f"{name}{value}{unit}" for name, value, unit in context.sums)
        title = f"{china_day(day)}台账"
        return article(RESULTS, urls.ledger(str(day)), title, f"{china_day(day)}：{told}。"), context


def _link(day: str) -> Link | None:
    return Link(f"{china_day(date.fromisoformat(day))}台账", urls.ledger(day)) if day else None


def _patrols(patrols: tuple[Patrol, ...], named: dict[str, Cell]) -> Table:
    rows = tuple(
        (named[f"team {p.team}"], Cell(p.area), named[f"org {p.assigned_by or ''}"], Cell(decimal(p.hours)))
        for p in patrols
    )
    total = decimal(round(sum(patrol.hours for patrol in patrols), 2))
    return Table("巡逻记录", ("队伍", "区域", "派勤单位", "小时"), rows, ("合计", "", "", total), words=3)


def _shift(inspection: Inspection, known: date | None, named: dict[str, Cell]) -> Shift:
    hazards = []
    for hazard in inspection.hazards:
        day = mending(inspection, hazard)
        hazards.append(_hazard(inspection, hazard, day if day and known and day <= known else None))
    points = tuple(
        (named[f"project {point.project}"] if point.project else Cell(point.kind), str(point.count), point.finding)
        for point in inspection.points
    )
    team = named[f"team {inspection.team}"]
    return Shift(
        inspection.shift, inspection.mode, inspection.area, team, inspection.point_count, points, tuple(hazards)
    )


def _hazard(inspection: Inspection, hazard: Hazard, closed: date | None) -> HazardLine:
    """Its two days lead to the parts of their pages that tell of it."""
    found = Cell(china_day(inspection.date), f"{urls.ledger(str(inspection.date))}#inspections")
    mended = Cell(china_day(closed), f"{urls.ledger(str(closed))}#mended") if closed else Cell("")
    return HazardLine(hazard.what, found, mended)


SECTION = Section(pages, order=100)
