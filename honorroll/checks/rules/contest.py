"""CON: what a project needs to take part in the contest."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from honorroll.checks.rules.breach import breach
from honorroll.diagnostics import Diagnostic, Keys
from honorroll.model import REQUIRED, Campaign, Inspection, Project, Thresholds, state


def limits(campaign: Campaign, cycle: str) -> Thresholds:
    """The thresholds of a cycle; the campaign's own where the cycle is not known."""
    usual = campaign.info.thresholds
    return campaign.cycles[cycle].limits(usual) if cycle in campaign.cycles else usual


def projects_per_company(campaign: Campaign) -> Iterator[Diagnostic]:
    """CON-01: a company enters no more projects in a cycle than allowed; those that left do not count."""
    entered: dict[tuple[str, str], list[Project]] = defaultdict(list)
    for project in campaign.projects.values():
        if project.exit is None or project.exit.kind != "已退出":
            entered[project.cycle, project.company].append(project)
    for (cycle, company), projects in entered.items():
        limit = limits(campaign, cycle).projects_per_company
        if limit is not None and len(projects) > limit:
            surplus = projects[limit]
            others = (project.at("company") for project in projects if project is not surplus)
            name = campaign.orgs[company].name if company in campaign.orgs else company
            count = len(projects)
            yield breach("CON-01", surplus, "company", related=others, company=name, count=count, limit=limit)


def contenders(campaign: Campaign) -> Iterator[Diagnostic]:
    """CON-02 to CON-06: what a project needs that is still in the contest."""
    for project, is_inspected in _contenders(campaign):
        wanted = limits(campaign, project.cycle)
        yield from _guards(project, wanted.project_guards)
        yield from _certified(project, wanted.certified_percent)
        yield from _consent(project, is_inspected)
        if is_inspected:
            yield from _supervision(project)
            yield from _activities(project)


def _guards(project: Project, least: int | None) -> Iterator[Diagnostic]:
    """CON-02: a project has enough guards."""
    if least is not None and project.guards < least:
        yield breach("CON-02", project, "guards", guards=project.guards, least=least)


def _certified(project: Project, percent: int | None) -> Iterator[Diagnostic]:
    """CON-03: enough of the guards hold a certificate, and no more than there are."""
    percent = percent or 0
    if not project.guards * percent <= project.certified * 100 <= project.guards * 100:
        yield breach(
            "CON-03",
            project,
            "certified",
            related=[project.at("guards")],
            guards=project.guards,
            certified=project.certified,
            percent=percent,
        )


def _supervision(project: Project) -> Iterator[Diagnostic]:
    """CON-04: once a project was inspected, its data in the supervision system are right and nobody complained."""
    if not project.data_accurate:
        why = "监管系统信息没有核准", "its data in the supervision system are not confirmed"
        yield breach("CON-04", project, "data_accurate", why=why)
    for at, complaint in enumerate(project.complaints):
        why = f"{complaint.date} 有投诉举报", f"a complaint was reported on {complaint.date}"
        yield breach("CON-04", project, "complaints", at, why=why)


def _consent(project: Project, is_inspected: bool) -> Iterator[Diagnostic]:
    """CON-05: once it was inspected a project has its client's consent, given before the recommendation."""
    recommended = project.recommendation
    if project.consent is None and is_inspected:
        yield breach("CON-05", project, why=("没有同意日期", "no date is recorded"))
    elif project.consent and recommended and project.consent > recommended.date:
        why = f"晚于推荐（{recommended.date}）", f"later than the recommendation ({recommended.date})"
        yield breach("CON-05", project, "consent", why=why, related=[project.at("recommendation", "date")])


def _activities(project: Project) -> Iterator[Diagnostic]:
    """CON-06: once a project was inspected, each kind of activity is on record."""
    lacking = [kind for kind in REQUIRED if kind not in {activity.kind for activity in project.activities}]
    if lacking:
        yield breach("CON-06", project, "activities", kinds="、".join(lacking))


def course(campaign: Campaign) -> Iterator[Diagnostic]:
    """CON-07: a project applies first, and leaves the contest at most once and for good."""
    for project in campaign.projects.values():
        given, left = project.recommendation, project.exit
        days: list[tuple[Keys, date | None, str, str]] = [(("consent",), project.consent, "客户同意", "the consent")]
        if given:
            days += [
                (("recommendation", "visit"), given.visit, "实地走访", "the bureau's visit"),
                (("recommendation", "review"), given.review, "资料审核", "the paper review"),
                (("recommendation", "date"), given.date, "推荐", "the recommendation"),
            ]
        if left:
            days.append((("exit", "date"), left.date, "退出评比", "leaving the contest"))
        for keys, day, zh, en in days:
            if day and day < project.applied:
                why = f"{zh}早于报名（{project.applied}）", f"{en} is before the application ({project.applied})"
                yield breach("CON-07", project, *keys, why=why, related=[project.at("applied")])
        if left and given and left.date < given.date:
            why = f"{left.date} 已经{left.kind}，之后又被推荐", f"it left on {left.date} and was recommended later"
            yield breach("CON-07", project, "recommendation", "date", why=why, related=[project.at("exit", "date")])
    end = in_the_end(campaign)
    for award in campaign.awards.values():
        owner = campaign.projects.get(award.project or "")
        if owner and owner.exit and state(end, award) not in ("未授予", "已撤销"):
            why = f"{owner.exit.kind}的项目还有荣誉 {award.id}", f"it left the contest, but the award {award.id} stands"
            yield breach("CON-07", owner, "exit", "kind", why=why, related=[award.at("project")])


def in_the_end(campaign: Campaign) -> Campaign:
    """The campaign when all that its data tell of has happened. So a rule finds the same on any day."""
    return replace(campaign, today=date.max)


def visits(campaign: Campaign) -> dict[str, list[Inspection]]:
    """The inspections of each project."""
    found: dict[str, list[Inspection]] = defaultdict(list)
    for inspection in campaign.inspections:
        for point in inspection.points:
            if point.project:
                found[point.project].append(inspection)
    return found


def _contenders(campaign: Campaign) -> Iterator[tuple[Project, bool]]:
    """Projects that neither left nor lost what they got; and whether they have been inspected or come further."""
    end, inspected = in_the_end(campaign), visits(campaign)
    lost: set[str | None] = set()
    named: set[str | None] = set()
    for award in campaign.awards.values():
        (lost if state(end, award) in ("未授予", "已撤销") else named).add(award.project)
    for project in campaign.projects.values():
        if project.exit is None and (project.id in named or project.id not in lost):
            visited = any(visit.date >= project.applied for visit in inspected.get(project.id, ()))
            yield project, visited or project.recommendation is not None or project.id in named


RULES = (projects_per_company, contenders, course)
