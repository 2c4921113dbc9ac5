"""How far an award or a project has come on the campaign's `today`, by the dates of its data and nothing else.

Also how long a public notice runs.

Nobody types a state, so none can be stale. All functions are pure. They give the same for the whole campaign and
for what is visible of it (`visibility`): what has no date by today has not happened.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

from honorroll.model import Award, Notice, Project
from honorroll.model.contest import ExitKind, Objection
from honorroll.model.tables import Campaign
from honorroll.model.working_days import Calendar

#: 未公示: nothing of it is public yet, so no page shows it. 公示期满: the notice is over and nothing decided.
AwardState = Literal["未公示", "公示中", "公示期满", "异议核查中", "已授予", "未授予", "已撤销"]
#: The way of a project up to its awards, and what its awards or its leaving make of it.
Way = Literal["已报名", "客户已同意", "已检查", "已推荐"]
Status = Way | AwardState | ExitKind

#: States in which nobody has won or lost yet: no list may say so.
PENDING: tuple[AwardState, ...] = ("公示中", "公示期满", "异议核查中")
#: Of several awards of a project, the one that counts.
_FIRST: tuple[AwardState, ...] = ("已授予", "异议核查中", "公示中", "公示期满", "已撤销", "未授予")


def state(campaign: Campaign, award: Award) -> AwardState:
    """The state of an award on the campaign's day.

    Notices and decisions count from their `date`, a notice up to and with its `end`, a revocation, an objection and
    its closing from their own days. While a notice runs or an objection is open, no decision makes it granted.
    """
    today = campaign.today
    notice, decision = _out(campaign, award.notice), _out(campaign, award.decision)
    if notice is None and decision is None:
        return "未公示"
    revoked = revoked_on(campaign, award)
    if decision and revoked and revoked <= today:
        return "已撤销"
    left_out = award.refused is not None and _out(campaign, award.refused.notice) is not None
    if left_out or any(is_upheld(objection, today) for objection in award.objections):
        return "未授予"
    if any(is_open(objection, today) for objection in award.objections):
        return "异议核查中"
    if notice and notice.kind == "公示" and (today <= notice.end if notice.end else decision is None):
        return "公示中"
    return "已授予" if decision and decision.kind == "表彰决定" else "公示期满"


def is_open(objection: Objection, day: date) -> bool:
    """Whether an objection has come in and is not closed yet."""
    return objection.received <= day and (objection.closed is None or day < objection.closed)


def is_upheld(objection: Objection, day: date) -> bool:
    """Whether an objection was found right by that day."""
    return objection.outcome == "成立" and objection.closed is not None and objection.closed <= day


def revoked_on(campaign: Campaign, award: Award) -> date | None:
    """The day on which an award is taken back; that of its document where none is given."""
    if award.revoked is None:
        return None
    document = campaign.notices.get(award.revoked.notice)
    return award.revoked.date or (document.date if document else None)


def status(campaign: Campaign, project: Project, visits: Iterable[date], awards: Iterable[Award]) -> Status:
    """How far a project has come on the campaign's day.

    Args:
        campaign: the whole or the visible campaign.
        project: one of its projects.
        visits: days on which the project was inspected.
        awards: the project's awards.
    """
    today = campaign.today
    if project.exit and project.exit.date <= today:
        return project.exit.kind
    states = {state(campaign, award) for award in awards}
    for one in _FIRST:
        if one in states and one != "未公示":
            return one
    if project.recommendation and project.recommendation.date <= today:
        return "已推荐"
    if any(project.applied <= day <= today for day in visits):
        return "已检查"
    return "客户已同意" if project.consent and project.consent <= today else "已报名"


def notice_days(campaign: Campaign, notice: Notice) -> list[date]:
    """The working days that a public notice runs, as the campaign counts them (AWD-08); none while it has no dates.

    Raises:
        UnknownYearError: the holidays of a year on the way are not known.
    """
    if notice.start is None or notice.end is None:
        return []
    first = max(notice.start, notice.date)  # nobody can read it before it is out
    if not campaign.info.thresholds.notice_first_day:
        first += timedelta(days=1)
    return Calendar(campaign.info.calendar).working_days(first, notice.end)


def _out(campaign: Campaign, id: str | None) -> Notice | None:
    """A document that is out by today."""
    notice = campaign.notices.get(id or "")
    return notice if notice and notice.date <= campaign.today else None
