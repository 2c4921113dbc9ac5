"""INS: inspections as they were done. INS-02 is in `teams.py`; INS-04 is a field of `model.patrols.Point`."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from honorroll.checks.rules.breach import breach
from honorroll.diagnostics import Diagnostic
from honorroll.model import Campaign, Hazard, Inspection, whole

_DAY = timedelta(days=1)


def _days(campaign: Campaign) -> dict[date, list[Inspection]]:
    """Inspections of each day that is over, oldest day first; none while a part of the ledger is unread."""
    days: dict[date, list[Inspection]] = defaultdict(list)
    for inspection in campaign.inspections if whole(campaign, "inspections") else ():
        if inspection.date < campaign.today:
            days[inspection.date].append(inspection)
    return dict(sorted(days.items()))


def every_shift_is_inspected(campaign: Campaign) -> Iterator[Diagnostic]:
    """INS-01: each shift of each campaign day between the ledger's first day and its last."""
    info = campaign.info
    wanted = info.thresholds.inspection_shifts
    days = {day: found for day, found in _days(campaign).items() if info.start <= day <= info.end}
    for day, (first, *others) in days.items():
        done = {first.shift, *(other.shift for other in others)}
        if missing := [shift for shift in wanted if shift not in done]:
            related = [other.at("shift") for other in others]
            yield breach("INS-01", first, "shift", days=f"{day}", shifts="、".join(missing), related=related)
    for before, after in pairwise(days) if wanted else ():
        if after - before > _DAY:
            first_day, last_day = before + _DAY, after - _DAY
            gap = f"{first_day}" if first_day == last_day else f"{first_day}—{last_day}"
            related = [days[after][0].at("date")]
            yield breach("INS-01", days[before][-1], "date", related=related, days=gap, shifts="、".join(wanted))


def enough_points_a_day(campaign: Campaign) -> Iterator[Diagnostic]:
    """INS-03: all inspections of a day together visit the campaign's number of service points."""
    wanted = campaign.info.thresholds.inspection_points or 0
    for day, (first, *others) in _days(campaign).items():
        count = first.point_count + sum(other.point_count for other in others)
        if count < wanted:
            related = [other.at("points") for other in others]
            yield breach("INS-03", first, "points", day=day, count=count, wanted=wanted, related=related)


def hazards_are_closed(campaign: Campaign) -> Iterator[Diagnostic]:
    """INS-05: a hazard found is mended, on a day not before it was found."""
    for inspection in campaign.inspections:
        for at, hazard in enumerate(inspection.hazards):
            why = _open(campaign, inspection, hazard)
            if why:
                key = "state" if hazard.state == "整改中" else "closed"
                keys = ("hazards", at, key)
                yield breach("INS-05", inspection, *keys, why=why, what=hazard.what)


def _open(campaign: Campaign, inspection: Inspection, hazard: Hazard) -> tuple[str, str] | None:
    if hazard.state == "整改中":
        return ("还没有整改", "is not mended yet") if inspection.date < campaign.today else None
    if hazard.closed is None:
        return "没有写整改日期", "has no date of mending"
    if hazard.closed < inspection.date:
        return "整改日期早于发现日期", "was mended before it was found"
    return None


RULES = (every_shift_is_inspected, enough_points_a_day, hazards_are_closed)
