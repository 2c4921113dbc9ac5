"""What the records of the site add up to, day by day: the one place that says how a total is counted."""

from collections.abc import Callable, Iterable
from datetime import date

from honorroll.load import Campaign
from honorroll.model.campaign import Ledger

#: What one record adds to a ledger, and the day from which it counts.
Entry = tuple[date, float]

#: Each ledger: its unit, the table that it is read from, and its entries. A mended hazard counts from the day it was mended.
LEDGERS: dict[Ledger, tuple[str, str, Callable[[Campaign], Iterable[Entry]]]] = {
    "巡逻时长": ("小时", "patrols", lambda c: ((p.date, p.hours) for p in c.patrols)),
    "巡逻": ("次", "patrols", lambda c: ((p.date, 1) for p in c.patrols)),
    "巡查点位": ("处", "inspections", lambda c: ((i.date, i.point_count) for i in c.inspections)),
    "发现隐患": ("处", "inspections", lambda c: ((i.date, len(i.hazards)) for i in c.inspections)),
    "整改隐患": (
        "处",
        "inspections",
        lambda c: ((h.closed or i.date, 1) for i in c.inspections for h in i.hazards if h.state == "已整改"),
    ),
    "上报事迹": ("件", "deeds", lambda c: ((d.date, 1) for d in c.deeds.values())),
}


def total(campaign: Campaign, ledger: Ledger, until: date) -> tuple[float, date | None]:
    """The sum of a ledger's entries up to and including `until`, and the last day that it counts."""
    entries = [(day, amount) for day, amount in LEDGERS[ledger][2](campaign) if day <= until]
    # Hours have two decimals; the sum of such numbers is rounded back to them.
    return round(sum(amount for _, amount in entries), 2), max((day for day, _ in entries), default=None)


def whole(campaign: Campaign, *tables: str) -> bool:
    """Whether all records of these tables were read: a sum over some of them would be wrong."""
    return not any(campaign.faulty.get(table) for table in tables)


def decimal(value: float) -> str:
    """A number without needless decimals: 4, 4.5."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
