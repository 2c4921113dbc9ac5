"""CAM: the campaign's own data. CAM-01, 02 and 04 are fields that the schema asks for (`CampaignInfo.rules`)."""

from collections.abc import Iterable, Iterator
from itertools import chain

from msgspec.structs import replace

from honorroll.checks.rules.breach import breach
from honorroll.diagnostics import Diagnostic, Keys
from honorroll.model import (
    NEEDED,
    Campaign,
    CampaignInfo,
    Deed,
    Figure,
    Inspection,
    Patrol,
    Post,
    Record,
    Stage,
    Thresholds,
)


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
    limits, needed = campaign.info.thresholds, dict[str, Record]()
    for field, record, limit in _measured(campaign):
        if limit in (None, ()):
            needed.setdefault(field, record)
    for field, record in needed.items():
        name = type(limits).fields()[field].title
        found = breach("CAM-06", campaign.info, "thresholds", related=[record.at()], key=field, field=name)
        yield replace(found, place=replace(found.place, on_key=True))


def _measured(campaign: Campaign) -> Iterator[tuple[str, Record, object]]:
    """The numbers that the campaign needs: what is measured by each, and the number itself, or nothing."""
    usual = campaign.info.thresholds
    owners: list[tuple[Record, str, Thresholds]] = [(team, team.type, usual) for team in campaign.teams.values()]
    owners += [(patrol, "巡逻", usual) for patrol in campaign.patrols[:1]]
    owners += [(inspection, "巡查", usual) for inspection in campaign.inspections[:1]]
    if campaign.projects or campaign.awards:
        contest = "评比" if campaign.projects else "公示"
        owners += [(cycle, contest, cycle.limits(usual)) for cycle in campaign.cycles.values()]
    if not campaign.cycles:  # else each says so itself
        owners += [(notice, "公示", usual) for notice in campaign.notices.values() if notice.kind == "公示"][:1]
    owners += [(deed, "事迹", usual) for deed in campaign.deeds.values()][:1]
    owners += [(deed, "严重情况", usual) for deed in campaign.deeds.values() if deed.incident][:1]
    for record, what, limits in owners:
        for field in NEEDED[what]:
            yield field, record, getattr(limits, field)


def changes_come_later(campaign: Campaign) -> Iterator[Diagnostic]:
    """CAM-07: a post or figure is changed after it was published, and a note of a change has its day."""
    for post in campaign.posts.values():
        if post.updated and post.updated.date() < post.date.date():
            yield breach("CAM-07", post, "updated", why=("早于发布时间", "it is before the publication"))
    for figure in campaign.figures.values():
        if figure.updated and figure.updated < figure.as_of:
            yield breach("CAM-07", figure, "updated", why=("早于截至日期", "it is before the day of the figure"))
    records: Iterable[Post | Figure] = chain(campaign.posts.values(), campaign.figures.values())
    for record in records:
        if record.change and not record.updated:
            yield breach("CAM-07", record, "change", why=("写了 change，没有写 updated", "`change` without `updated`"))


RULES = (period_is_forward, records_fall_within, thresholds_are_set, changes_come_later)
