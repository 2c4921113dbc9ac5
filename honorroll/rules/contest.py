"""CON: what a project needs to take part in the contest."""

from collections import defaultdict
from collections.abc import Iterator

from honorroll.diagnostics import Diagnostic
from honorroll.load import Campaign
from honorroll.model import Project
from honorroll.model.campaign import Thresholds
from honorroll.rules.finding import finding

#: Activities that each project must have on record.
ACTIVITIES = ("训练", "演练", "隐患排查")


def limits(campaign: Campaign, cycle: str) -> Thresholds:
    """The thresholds of a cycle; the campaign's own where the cycle is not known."""
    usual = campaign.info.thresholds
    return campaign.cycles[cycle].limits(usual) if cycle in campaign.cycles else usual


def projects_per_company(campaign: Campaign) -> Iterator[Diagnostic]:
    """CON-01: a company enters no more projects in a cycle than allowed; those that left do not count."""
    entered: dict[tuple[str, str], list[Project]] = defaultdict(list)
    for project in campaign.projects.values():
        if project.status != "已退出":
            entered[project.cycle, project.company].append(project)
    for (cycle, company), projects in entered.items():
        limit = limits(campaign, cycle).projects_per_company
        if len(projects) > limit:
            surplus = projects[limit]
            others = (project.at("company") for project in projects if project is not surplus)
            name = campaign.orgs[company].name if company in campaign.orgs else company
            count = len(projects)
            yield finding("CON-01", surplus, "company", related=others, company=name, count=count, limit=limit)


def guards(campaign: Campaign) -> Iterator[Diagnostic]:
    """CON-02: a project has enough guards."""
    for project in _contenders(campaign):
        least = limits(campaign, project.cycle).project_guards
        if project.guards < least:
            yield finding("CON-02", project, "guards", guards=project.guards, least=least)


def certified(campaign: Campaign) -> Iterator[Diagnostic]:
    """CON-03: enough of the guards hold a certificate, and no more than there are."""
    for project in _contenders(campaign):
        percent = limits(campaign, project.cycle).certified_percent
        if not project.guards * percent <= project.certified * 100 <= project.guards * 100:
            yield finding(
                "CON-03",
                project,
                "certified",
                related=[project.at("guards")],
                guards=project.guards,
                certified=project.certified,
                percent=percent,
            )


def supervision(campaign: Campaign) -> Iterator[Diagnostic]:
    """CON-04: once a project was inspected, its data in the supervision system are right and nobody complained."""
    for project in _contenders(campaign):
        if not project.reached("已检查"):
            continue
        if not project.data_accurate:
            why = "监管系统信息没有核准", "its data in the supervision system are not confirmed"
            yield finding("CON-04", project, "data_accurate", why=why)
        for at, complaint in enumerate(project.complaints):
            why = f"{complaint.date} 有投诉举报", f"a complaint was reported on {complaint.date}"
            yield finding("CON-04", project, "complaints", at, why=why)


def consent(campaign: Campaign) -> Iterator[Diagnostic]:
    """CON-05: from its second step on a project has its client's consent, given before the recommendation."""
    for project in _contenders(campaign):
        if not project.reached("客户已同意"):
            continue
        recommended = project.recommendation
        if project.consent is None:
            yield finding("CON-05", project, why=("没有同意日期", "no date is recorded"))
        elif recommended and project.consent > recommended.date:
            why = f"晚于推荐（{recommended.date}）", f"later than the recommendation ({recommended.date})"
            yield finding("CON-05", project, "consent", why=why, related=[project.at("recommendation", "date")])


def activities(campaign: Campaign) -> Iterator[Diagnostic]:
    """CON-06: once a project was inspected, each kind of activity is on record."""
    for project in _contenders(campaign):
        lacking = [kind for kind in ACTIVITIES if kind not in {activity.kind for activity in project.activities}]
        if lacking and project.reached("已检查"):
            yield finding("CON-06", project, "activities", kinds="、".join(lacking))


def _contenders(campaign: Campaign) -> Iterator[Project]:
    return (project for project in campaign.projects.values() if project.reached("已报名"))


RULES = (projects_per_company, guards, certified, supervision, consent, activities)
