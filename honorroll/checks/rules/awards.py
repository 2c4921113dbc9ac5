"""AWD-01 to AWD-05: what must be true of whoever is recommended or awarded, and of the award itself."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from honorroll.checks.rules.breach import breach
from honorroll.checks.rules.contest import in_the_end, visits
from honorroll.diagnostics import Diagnostic, closest
from honorroll.model import Award, Campaign, Notice, Project, state

#: The field that names the recipient of each kind of award.
RECIPIENTS = {"项目": "project", "公司": "org", "保安员": "person"}


def vetoes(campaign: Campaign) -> Iterator[Diagnostic]:
    """AWD-01: no event that bars a project from the title."""
    for project, awards in _honoured(campaign):
        for at, veto in enumerate(project.vetoes):
            related = (award.at() for award in awards)
            yield breach("AWD-01", project, "vetoes", at, related=related, kind=veto.kind, date=veto.date)


def merits(campaign: Campaign) -> Iterator[Diagnostic]:
    """AWD-02: at least one merit, with its evidence."""
    for project, _ in _honoured(campaign):
        if not project.merits:
            yield breach("AWD-02", project)


def inspected(campaign: Campaign) -> Iterator[Diagnostic]:
    """AWD-03: each project that is recommended or awarded was inspected before that, after it applied.

    Silent where a campaign or cycle has no inspections, and where one cannot be read.
    """
    found = visits(campaign)
    known = campaign.projects.keys() | campaign.faulty.get("projects", frozenset())
    if not campaign.inspections or campaign.faulty.get("inspections") or found.keys() - known:
        return
    for project, awards in _honoured(campaign):
        cycle = campaign.cycles.get(project.cycle)
        if cycle is None or not cycle.inspected:
            continue
        days = [project.recommendation.date] if project.recommendation else []
        days += [campaign.notices[id].date for award in awards if (id := award.decision or "") in campaign.notices]
        own = found.get(project.id, [])
        if not any(project.applied <= visit.date <= min(days, default=date.max) for visit in own):
            why = (
                ("巡查不在报名之后、推荐和决定之前", "all before it applied, or after the recommendation or decision")
                if own
                else ("没有记录", "none is on record")
            )
            yield breach("AWD-03", project, why=why, related=(visit.at("date") for visit in own))


def recommended(campaign: Campaign) -> Iterator[Diagnostic]:
    """AWD-04: recommended by a bureau, which had visited the project and reviewed its papers."""
    kinds = {org.kind for org in campaign.orgs.values()}
    bureau = "分县局" if "分县局" in kinds else "支队"  # a campaign may have a single police unit
    for project, _ in _honoured(campaign):
        given = project.recommendation
        if given is None:
            yield breach("AWD-04", project, why=("没有推荐记录", "none is recorded"))
            continue
        org = campaign.orgs.get(given.org)
        if org and org.kind != bureau:
            why = f"{org.name}不是县区公安机关", f"{org.name} is no bureau"
            yield breach("AWD-04", project, "recommendation", "org", why=why, related=[org.at("kind")])
        for key, day, zh, en in (
            ("visit", given.visit, "实地走访", "the visit"),
            ("review", given.review, "资料审核", "the paper review"),
        ):
            if day is None or day > given.date:
                why = (f"{zh}晚于推荐", f"{en} is later") if day else (f"没有{zh}日期", f"{en} has no date")
                yield breach("AWD-04", project, "recommendation", key, why=why)


def granted(campaign: Campaign) -> Iterator[Diagnostic]:
    """AWD-05: title, recipient and decision of an award are as the campaign's data have them."""
    decisions: dict[str, Notice] = {}
    for award in campaign.awards.values():
        yield from _title(campaign, award)
        yield from _recipient(award)
        decision = campaign.notices.get(award.decision or "")
        if award.notice is None and award.decision is None:
            yield breach("AWD-05", award, why=("没有公示，也没有表彰决定", "neither notice nor decision is named"))
        elif decision and decision.kind != "表彰决定":
            why = f"“{decision.id}”是{decision.kind}，不是表彰决定", f"{decision.id} is no decision"
            yield breach("AWD-05", award, "decision", why=why, related=[decision.at("kind")])
        elif decision:
            decisions[decision.id] = decision
    for decision in decisions.values():
        yield from _decision(campaign, decision)


def _title(campaign: Campaign, award: Award) -> Iterator[Diagnostic]:
    cycle = campaign.cycles.get(award.cycle)
    if cycle is None:
        return
    titles = (cycle.award_title,) if award.kind == "项目" else (*cycle.other_titles, cycle.award_title)
    if award.title not in titles:
        why = f"本届没有称号“{award.title}”", f"the cycle has no title `{award.title}`"
        related = [cycle.at("award_title" if award.kind == "项目" else "other_titles")]
        yield breach("AWD-05", award, "title", why=why, related=related, guess=closest(award.title, titles))


def _recipient(award: Award) -> Iterator[Diagnostic]:
    wanted = RECIPIENTS[award.kind]
    given = [key for key in RECIPIENTS.values() if getattr(award, key) is not None]
    if given != [wanted]:
        key = next((key for key in given if key != wanted), "kind")
        why = f"{award.kind}的荣誉只写 {wanted}", f"an award of this kind names its {wanted} only"
        yield breach("AWD-05", award, key, why=why)


def _decision(campaign: Campaign, decision: Notice) -> Iterator[Diagnostic]:
    if not decision.number:
        yield breach("AWD-05", decision, why=("表彰决定没有文号", "the decision has no number"))
    signed, organisers = set(decision.issuers), set(campaign.info.organisers)
    if signed != organisers and signed | organisers <= campaign.orgs.keys():
        why = "署名与主办单位不一致", "the signatories are not the organisers"
        yield breach("AWD-05", decision, "issuers", why=why, related=[campaign.info.at("organisers")])


def _honoured(campaign: Campaign) -> Iterator[tuple[Project, list[Award]]]:
    """Projects with an award that stands or may yet, and those without any award that are recommended."""
    end = in_the_end(campaign)
    found: dict[str, list[Award]] = defaultdict(list)
    for award in campaign.awards.values():
        if award.project:
            found[award.project].append(award)
    for project in campaign.projects.values():
        awards = found.get(project.id, [])
        standing = [award for award in awards if state(end, award) not in ("未授予", "已撤销")]
        if standing or (not awards and project.recommendation and not project.exit):
            yield project, standing


RULES = (vetoes, merits, inspected, recommended, granted)
