"""AWD-06 to AWD-10: awards and the documents that announce, grant and revoke them."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from honorroll.checks.rules.breach import breach
from honorroll.checks.rules.contest import limits
from honorroll.diagnostics import Diagnostic
from honorroll.model import UNREAD, Award, Campaign, Notice, UnknownYearError, is_open, notice_days

#: Documents that say by id which awards they are about.
LISTS = ("表彰决定", "撤销")


def not_yet_granted(campaign: Campaign) -> Iterator[Diagnostic]:
    """AWD-06: nothing is decided on while its notice runs, or while an objection to it is open or was found right."""
    for award in campaign.awards.values():
        decision, notice = campaign.notices.get(award.decision or ""), campaign.notices.get(award.notice or "")
        if decision is None or decision.kind != "表彰决定":
            continue
        if notice and notice.end and decision.date <= notice.end:
            why = (
                f"决定作出时公示还没有结束（{notice.end}）",
                f"the notice still ran (to {notice.end}) on the day of the decision",
            )
            yield breach(
                "AWD-06", decision, "date", why=why, related=[notice.at("end")]
            )  # told once for all its awards
        for at, objection in enumerate(award.objections):
            if is_open(objection, decision.date):
                why = f"{objection.received} 收到的异议还没有核查完", f"the objection of {objection.received} is open"
            elif objection.outcome == "成立":
                why = f"{objection.received} 收到的异议成立", f"the objection of {objection.received} was found right"
            else:
                continue
            yield breach("AWD-06", award, "objections", at, why=why, related=[decision.at("date")])


def course(campaign: Campaign) -> Iterator[Diagnostic]:
    """AWD-10: recommendation, notice, objections, decision and revocation come in this order."""
    for award in campaign.awards.values():
        notice, decision = campaign.notices.get(award.notice or ""), campaign.notices.get(award.decision or "")
        project = campaign.projects.get(award.project or "")
        given = project and project.recommendation
        if project and given and notice and notice.date < given.date:
            why = f"推荐晚于公示（{notice.date}）", f"the recommendation is later than the notice ({notice.date})"
            related = [notice.at("date")]
            yield breach("AWD-10", project, "recommendation", "date", why=why, related=related)
        yield from _objections(award, notice)
        yield from _refusal(campaign, award, notice)
        yield from _revocation(campaign, award, decision)
    for notice in campaign.notices.values():
        if notice.start and notice.end and notice.end < notice.start:
            why = "公示结束早于开始", "the notice ends before it starts"
            yield breach("AWD-10", notice, "end", why=why, related=[notice.at("start")])


def _objections(award: Award, notice: Notice | None) -> Iterator[Diagnostic]:
    for at, objection in enumerate(award.objections):
        if award.notice is None:
            why = "没有公示，却有异议", "there is an objection but no notice"
            yield breach("AWD-10", award, "objections", at, why=why)
        elif notice and not notice.date <= objection.received <= (notice.end or date.max):
            why = (
                f"异议不在公示期内（{notice.date} 至 {notice.end}）",
                f"it is not within {notice.date} and {notice.end}",
            )
            yield breach("AWD-10", award, "objections", at, "received", why=why, related=[notice.at("end")])
        if (objection.closed is None) != (objection.outcome is None):
            why = "核查结束日期 closed 和结论 outcome 要一起写", "`closed` and `outcome` go together"
            yield breach("AWD-10", award, "objections", at, why=why)
        elif objection.closed and objection.closed < objection.received:
            why = "核查结束早于收到异议", "it was closed before it was received"
            yield breach("AWD-10", award, "objections", at, "closed", why=why)


def _refusal(campaign: Campaign, award: Award, notice: Notice | None) -> Iterator[Diagnostic]:
    if award.refused is None:
        return
    if award.decision:
        why = "又有授予决定，又写着不予授予", "it is both granted and refused"
        yield breach("AWD-10", award, "refused", why=why, related=[award.at("decision")])
    document = campaign.notices.get(award.refused.notice)
    if document and notice and notice.end and document.date <= notice.end:
        why = f"公示到 {notice.end} 才结束", f"its notice runs to {notice.end}"
        yield breach("AWD-10", award, "refused", "notice", why=why, related=[document.at("date"), notice.at("end")])


def _revocation(campaign: Campaign, award: Award, decision: Notice | None) -> Iterator[Diagnostic]:
    if award.revoked is None:
        return
    day, document = award.revoked.date, campaign.notices.get(award.revoked.notice)
    if award.decision is None:
        why = "没有授予，谈不上撤销", "it was never granted"
        yield breach("AWD-10", award, "revoked", why=why)
    elif day and decision and day < decision.date:
        why = f"撤销早于授予（{decision.date}）", f"it is revoked before it was granted ({decision.date})"
        yield breach("AWD-10", award, "revoked", "date", why=why, related=[decision.at("date")])
    if day and document and day < document.date:
        why = f"撤销早于撤销文件（{document.date}）", f"it is revoked before its document ({document.date})"
        yield breach("AWD-10", award, "revoked", "date", why=why, related=[document.at("date")])


def approval(campaign: Campaign) -> Iterator[Diagnostic]:
    """AWD-07: each cycle records who approved it."""
    for cycle in campaign.cycles.values():
        if not cycle.approval:
            yield breach("AWD-07", cycle)


def notice_period(campaign: Campaign) -> Iterator[Diagnostic]:
    """AWD-08: each award is put on public notice, for enough working days. CAL-01: nobody knows the year's holidays."""
    asked: dict[str, int] = defaultdict(int)
    for award in campaign.awards.values():
        least = limits(campaign, award.cycle).notice_working_days or 0
        notice = campaign.notices.get(award.notice or "")
        asked[award.notice or ""] = max(asked[award.notice or ""], least)
        if least and (award.notice is None or (notice and notice.kind != "公示")):
            yield breach("AWD-08", award, "notice", days=0, least=least)
    for notice in campaign.notices.values():
        if notice.kind != "公示":
            continue
        least = asked.get(notice.id, campaign.info.thresholds.notice_working_days or 0)
        try:
            days = len(notice_days(campaign, notice))
        except UnknownYearError as unknown:
            yield breach("CAL-01", notice, "end", related=[campaign.info.at("calendar")], year=unknown.year)
            continue
        if days < least:
            yield breach("AWD-08", notice, "end", days=days, least=least)


def revoked(campaign: Campaign) -> Iterator[Diagnostic]:
    """AWD-09: a revoked award says so, with day, reason and document."""
    for award in campaign.awards.values():
        if award.revoked is None:
            continue
        if award.revoked.date is None or not award.revoked.reason:
            yield breach("AWD-09", award, "revoked", why=("没有写明撤销日期和原因", "day or reason is not recorded"))
        document = campaign.notices.get(award.revoked.notice)
        if document and document.kind != "撤销":
            why = f"“{document.id}”是{document.kind}，不是撤销文件", f"{document.id} is no revocation"
            yield breach("AWD-09", award, "revoked", "notice", why=why, related=[document.at("kind")])


def kept(campaign: Campaign) -> Iterator[Diagnostic]:
    """AWD-09: an award that a document lists is still there."""
    faulty = campaign.faulty.get("awards", frozenset())
    for notice in campaign.notices.values():
        for at, id in enumerate(notice.awards):
            if id not in campaign.awards and not faulty & {id, UNREAD}:
                yield breach("AWD-09", notice, "awards", at, why=(f"荣誉“{id}”不见了", f"the award {id} is gone"))


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
                yield breach("AWD-09", notice, "awards", at, why=why, related=[campaign.awards[id].at()])
        missing = [award for id, award in named[notice.id].items() if id not in own]
        if missing:
            ids = "、".join(award.id for award in missing[:5]) + "…" * (len(missing) > 5)
            why = f"awards 里少了 {ids}", f"`awards` lacks {ids}"
            yield breach("AWD-09", notice, "awards", why=why, related=(award.at() for award in missing))


def _documents(award: Award) -> Iterator[str]:
    if award.decision:
        yield award.decision
    if award.revoked:
        yield award.revoked.notice


RULES = (not_yet_granted, course, approval, notice_period, revoked, kept, listed)
