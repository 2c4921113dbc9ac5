"""What the records of the site add up to: the one place that says how a total is counted."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import NamedTuple, TypeVar

from honorroll.model import Inspection
from honorroll.model.campaign import Ledger
from honorroll.model.patrols import Hazard
from honorroll.model.tables import Campaign

Key = TypeVar("Key", bound=Hashable)

#: Where no single district can be named: a team that works in several, and one whose areas name none.
SEVERAL, ELSEWHERE = "跨区县", "其他"


class Addend(NamedTuple):
    """What one record adds to a ledger."""

    day: date
    """From when it counts: a mended hazard from the day it was mended."""
    amount: float
    team: str
    """Id of the team; empty for none."""
    area: str = ""
    """Where, if the record says so; else its team's areas tell."""


def _points(campaign: Campaign) -> Iterator[Addend]:
    """A contest project lies where its client is."""
    for inspection in campaign.inspections:
        for point in inspection.points:
            project = campaign.projects.get(point.project or "")
            client = campaign.orgs.get(project.client) if project else None
            yield Addend(inspection.date, point.count, inspection.team, client.region if client else inspection.area)


def mending(inspection: Inspection, hazard: Hazard) -> date | None:
    """The day from which a hazard counts as mended; none while it is open."""
    return (hazard.closed or inspection.date) if hazard.state == "已整改" else None


def _mended(campaign: Campaign) -> Iterator[Addend]:
    for inspection in campaign.inspections:
        for hazard in inspection.hazards:
            if day := mending(inspection, hazard):
                yield Addend(day, 1, inspection.team, inspection.area)


#: Each ledger: its unit, the table that it is read from, and its addends.
LEDGERS: dict[Ledger, tuple[str, str, Callable[[Campaign], Iterable[Addend]]]] = {
    "巡逻时长": ("小时", "patrols", lambda c: (Addend(p.date, p.hours, p.team, p.area) for p in c.patrols)),
    "巡逻": ("次", "patrols", lambda c: (Addend(p.date, 1, p.team, p.area) for p in c.patrols)),
    "巡查点位": ("处", "inspections", _points),
    "发现隐患": (
        "处",
        "inspections",
        lambda c: (Addend(i.date, len(i.hazards), i.team, i.area) for i in c.inspections),
    ),
    "整改隐患": ("处", "inspections", _mended),
    "上报事迹": ("件", "deeds", lambda c: (Addend(d.date, 1, d.team or "", d.place) for d in c.deeds.values())),
}


def total(campaign: Campaign, ledger: Ledger, until: date) -> tuple[float, date | None]:
    """The sum of a ledger's addends up to and including `until`, and the last day that it counts."""
    addends = [addend for addend in LEDGERS[ledger][2](campaign) if addend.day <= until]
    # Hours have two decimals; the sum of such numbers is rounded back to them.
    return round(sum(addend.amount for addend in addends), 2), max((addend.day for addend in addends), default=None)


def roll_up(campaign: Campaign, ledger: Ledger, key: Callable[[Addend], Key]) -> dict[Key, float]:
    """The sums of a ledger's addends until the day of the build, by day, team, district or any other `key`.

    They add up to `total`. What is nought is left out.
    """
    sums: dict[Key, float] = defaultdict(float)
    for addend in LEDGERS[ledger][2](campaign):
        if addend.amount and addend.day <= campaign.today:
            sums[key(addend)] += addend.amount
    return {name: round(amount, 2) for name, amount in sums.items()}


def regions(campaign: Campaign) -> list[str]:
    """The districts: those of the police bureaus that take part."""
    return list(dict.fromkeys(org.region for org in campaign.orgs.values() if org.kind == "分县局" and org.region))


def signs(campaign: Campaign) -> dict[str, str]:
    """The characters that stand for a district on the campaign's map: those that no other district's name has."""
    names = regions(campaign)
    return {sign: name for name in names for sign in name if sum(sign in other for other in names) == 1}


def districts(campaign: Campaign) -> Callable[[Addend], str]:
    """In which district an addend counts."""
    names = regions(campaign)

    @cache
    def of_area(area: str) -> str:
        return next((region for region in names if area.startswith(region)), "")

    homes: Mapping[str, set[str]] = {
        team.id: {of_area(area) for area in team.areas} - {""} for team in campaign.teams.values()
    }

    def of(addend: Addend) -> str:
        found = {of_area(addend.area)} - {""} or homes.get(addend.team, set())
        return SEVERAL if len(found) > 1 else next(iter(found), ELSEWHERE)

    return of


def whole(campaign: Campaign, *tables: str) -> bool:
    """Whether all records of these tables were read: a sum over some of them would be wrong."""
    return not any(campaign.faulty.get(table) for table in tables)


def decimal(value: float) -> str:
    """A number without needless decimals: 4, 4.5."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
