"""CAM: the campaign's own data. CAM-01, 02 and 04 are fields that the schema asks for (`CampaignInfo.rules`)."""

from collections.abc import Iterable, Iterator
from itertools import chain

from msgspec.structs import replace

from honorroll.checks.rules.breach import breach
from honorroll.diagnostics import Diagnostic, Keys
from honorroll.model import Campaign, CampaignInfo, Deed, Inspection, Patrol, Record, Stage


def period_is_forward(campaign: Campaign) -> Iterator[Diagnostic]:
    """CAM-03: nothing ends before it starts."""
    info = campaign.info
    stages = ((("stages", at), stage) for at, stage in enumerate(info.stages))
    periods: Iterable[tuple[Keys, CampaignInfo | Stage]] = chain([((), info)], stages)
    for keys, period in periods:
        if period.start > period.end:
            related = [info.at(*keys, "start")]
            start, end = period.start, period.end
            yield breach("CAM-03", info, *keys, "end", related=related, what=period.title, start=start, end=end)


def records_fall_within(campaign: Campaign) -> Iterator[Diagnostic]:
    """CAM-05: deeds, patrols and inspections are of the campaign's period; posts and stages may be later."""
    start, end = campaign.info.start, campaign.info.end
    if start > end:
        return
    records: tuple[Deed | Patrol | Inspection, ...]
    records = (*campaign.deeds.values(), *campaign.patrols, *campaign.inspections)
    for record in records:
        if not start <= record.date <= end:
            place = [campaign.info.at("start" if record.date < start else "end")]
            yield breach("CAM-05", record, "date", day=record.date, start=start, end=end, related=place)


def thresholds_are_set(campaign: Campaign) -> Iterator[Diagnostic]:
    """CAM-06: what the campaign has is measured; a rule without its number would pass everything."""
    first: dict[str, Record] = {}
    for team in campaign.teams.values():
        first.setdefault(team.type, team)
    for inspection in campaign.inspections[:1]:
        first["巡查"] = inspection
    for deed in campaign.deeds.values():
        if deed.incident:
            first.setdefault("严重情况", deed)
    needed = {
        "mobile_squad_guards": "应急机动队",
        "mobile_squad_groups": "应急机动队",
        "inspection_group_min": "巡查组",
        "inspection_group_max": "巡查组",
        "inspection_shifts": "巡查",
        "inspection_points": "巡查",
        "police_call_minutes": "严重情况",
    }
    limits = campaign.info.thresholds
    for field, what in needed.items():
        if what in first and getattr(limits, field) in (None, ()):
            name = type(limits).fields()[field].title
            related = [first[what].at()]
            found = breach("CAM-06", campaign.info, "thresholds", related=related, key=field, field=name)
            yield replace(found, place=replace(found.place, on_key=True))


RULES = (period_is_forward, records_fall_within, thresholds_are_set)
