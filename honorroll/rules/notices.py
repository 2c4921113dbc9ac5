"""AWD-06 to AWD-09: awards and the documents that announce, grant and revoke them."""

from collections import defaultdict
from collections.abc import Iterator

from honorroll.calendar import Calendar, UnknownYearError
from honorroll.diagnostics import Diagnostic
from honorroll.load import UNREAD, Campaign
from honorroll.model import Award, Notice
from honorroll.rules.contest import limits
from honorroll.rules.finding import finding

#: Documents that say by id which awards they are about.
LISTS = ("表彰决定", "撤销")


def not_yet_granted(campaign: Campaign) -> Iterator[Diagnostic]:
    """AWD-06: nothing is shown as granted while its notice runs, or before it was decided on.

    What is not announced by the build's day is not shown at all, so it is not looked at either.
    """
    for award in campaign.awards.values():
        notice = campaign.notices.get(award.notice or "")
        if notice is None or award.state != "已授予" or notice.date > campaign.today:
            continue
        decision = campaign.notices.get(award.decision or "")
        if notice.end and campaign.today <= notice.end:
            why = f"公示到 {notice.end} 为止", f"its notice runs to {notice.end}"
            yield finding("AWD-06", award, "state", why=why, related=[notice.at("end")])
        elif decision and campaign.today < decision.date:
            why = f"表彰决定 {decision.date} 才作出", f"it is decided on {decision.date} only"
            yield finding("AWD-06", award, "state", why=why, related=[decision.at("date")])
        elif decision and decision.kind == "表彰决定" and notice.end and decision.date <= notice.end:
            why = (
                f"决定作出时公示还没有结束（{notice.end}）",
                f"the notice still ran (to {notice.end}) on the day of the decision",
            )
            yield finding(
                "AWD-06", decision, "date", why=why, related=[notice.at("end")]
            )  # told once for all its awards
    granted = {award.project for award in campaign.awards.values() if award.state == "已授予"}
    if campaign.faulty.get("awards") or granted - {*campaign.projects, None}:
        return  # one of these may be the one that is looked for
    for project in campaign.projects.values():
        if project.status == "已授予" and project.id not in granted:
            why = "没有已授予的荣誉", "no award to it is granted"
            yield finding("AWD-06", project, "status", why=why)


def approval(campaign: Campaign) -> Iterator[Diagnostic]:
    """AWD-07: each cycle records who approved it."""
    for cycle in campaign.cycles.values():
        if not cycle.approval:
            yield finding("AWD-07", cycle)


def notice_period(campaign: Campaign) -> Iterator[Diagnostic]:
    """AWD-08: each award is put on public notice, for enough working days. CAL-01: nobody knows the year's holidays."""
    asked: dict[str, int] = defaultdict(int)
    for award in campaign.awards.values():
        least = limits(campaign, award.cycle).notice_working_days
        notice = campaign.notices.get(award.notice or "")
        asked[award.notice or ""] = max(asked[award.notice or ""], least)
        if least and (award.notice is None or (notice and notice.kind != "公示")):
            yield finding("AWD-08", award, "notice", days=0, least=least)
    calendar = Calendar(campaign.info.calendar)
    for notice in campaign.notices.values():
        if notice.kind != "公示":
            continue
        least = asked.get(notice.id, campaign.info.thresholds.notice_working_days)
        try:
            days = _working_days(campaign, calendar, notice)
        except UnknownYearError as unknown:
            yield finding("CAL-01", notice, "end", related=[campaign.info.at("calendar")], year=unknown.year)
            continue
        if days < least:
            yield finding("AWD-08", notice, "end", days=days, least=least)


def _working_days(campaign: Campaign, calendar: Calendar, notice: Notice) -> int:
    """How many working days a notice runs; none where one of its days is not known."""
    if notice.start is None or notice.end is None:
        return 0
    first = max(notice.start, notice.date)  # nobody can read it before it is out
    skipped = not campaign.info.thresholds.notice_first_day and first <= notice.end and calendar.is_working_day(first)
    return calendar.working_days(first, notice.end) - skipped


def revoked(campaign: Campaign) -> Iterator[Diagnostic]:
    """AWD-09: a revoked award says so, with day, reason and document."""
    for award in campaign.awards.values():
        if (award.state == "已撤销") != (award.revoked is not None):
            why = "state 和 revoked 对不上", "`state` and `revoked` do not agree"
            yield finding("AWD-09", award, "state", why=why)
        if award.revoked is None:
            continue
        if award.revoked.date is None or not award.revoked.reason:
            yield finding("AWD-09", award, "revoked", why=("没有写明撤销日期和原因", "day or reason is not recorded"))
        document = campaign.notices.get(award.revoked.notice)
        if document and document.kind != "撤销":
            why = f"“{document.id}”是{document.kind}，不是撤销文件", f"{document.id} is no revocation"
            yield finding("AWD-09", award, "revoked", "notice", why=why, related=[document.at("kind")])


def kept(campaign: Campaign) -> Iterator[Diagnostic]:
    """AWD-09: an award that a document lists is still there."""
    faulty = campaign.faulty.get("awards", frozenset())
    for notice in campaign.notices.values():
        for at, id in enumerate(notice.awards):
            if id not in campaign.awards and not faulty & {id, UNREAD}:
                yield finding("AWD-09", notice, "awards", at, why=(f"荣誉“{id}”不见了", f"the award {id} is gone"))


def listed(campaign: Campaign) -> Iterator[Diagnostic]:
    """AWD-09: a decision or revocation lists the awards that name it, and no others."""
    named: dict[str, dict[str, Award]] = defaultdict(dict)
    for award in campaign.awards.values():
        for document in _documents(award):
            named[document][award.id] = award
    lost = {id for document in named.keys() - campaign.notices.keys() for id in named[document]}
    for notice in campaign.notices.values():
        if notice.kind not in LISTS:
            continue
        own = set(notice.awards)
        for at, id in enumerate(notice.awards):
            if id in campaign.awards and id not in named[notice.id] and id not in lost:
                why = f"荣誉“{id}”没有写这份文件", f"the award {id} does not name this document"
                yield finding("AWD-09", notice, "awards", at, why=why, related=[campaign.awards[id].at()])
        missing = [award for id, award in named[notice.id].items() if id not in own]
        if missing:
            ids = "、".join(award.id for award in missing[:5]) + "…" * (len(missing) > 5)
            why = f"awards 里少了 {ids}", f"`awards` lacks {ids}"
            yield finding("AWD-09", notice, "awards", why=why, related=(award.at() for award in missing))


def _documents(award: Award) -> Iterator[str]:
    if award.decision:
        yield award.decision
    if award.revoked:
        yield award.revoked.notice


RULES = (not_yet_granted, approval, notice_period, revoked, kept, listed)
