"""The projects of the contest: how far each has come, and how it meets what is asked for."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, NamedTuple

from honorroll.model import REQUIRED, Inspection, Project, SiteKind, Status, Thresholds, urls
from honorroll.pages import progress_steps
from honorroll.pages.cards import AwardCard, DeedCard, PostCard, ProjectCard
from honorroll.pages.contexts import Said, found_as, template
from honorroll.pages.files.datasets import Dataset, Row, common, means
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import Entry, Page, Section, article, entry, made
from honorroll.pages.parts import Check, Fact, Step, values
from honorroll.pages.site_parts import CONTEST, cycle_part


@found_as("项目")
@template("project.html")
class ProjectPage(NamedTuple):
    """One contest project."""

    name: str
    """Name of the project."""
    status: str
    """How far it has come on the day of the build."""
    about: str
    """What is guarded and how."""
    left: str
    """When and why it left the contest; empty otherwise."""
    facts: tuple[Fact, ...]
    """Cycle, site, company, client."""
    steps: tuple[Step, ...]
    """Its way through the contest, each step with its date and evidence."""
    checks: tuple[Check, ...]
    """The conditions, and whether it meets them."""
    activities: tuple[Step, ...]
    """Trainings, drills, hazard checks, oldest first."""
    merits: tuple[Step, ...]
    """Evidence that speaks for it."""
    inspections: tuple[Step, ...]
    """When it was inspected, by whom, and what was found."""
    awards: tuple[AwardCard, ...]
    """Its awards."""
    deeds: tuple[DeedCard, ...]
    """Deeds done in it."""
    posts: tuple[PostCard, ...]
    """Posts that tell of it."""

    def said(self, _: str) -> Said:
        told = (part for step in (*self.activities, *self.merits) for part in (step.title, step.note))
        return Said(self.status, (self.about, self.left, *values(self.facts), *told))


def pages(index: Index) -> Iterator[Entry]:
    """One page a project."""
    for id, project in index.campaign.projects.items():
        yield entry(urls.page("project", id), _project, id, day=_newest(index, project))


def _newest(index: Index, project: Project) -> date:
    """The newest day on which anything happened to a project."""
    given, gone = project.recommendation, project.exit
    days = [project.applied, project.consent, given and given.date, gone and gone.date]
    days += [activity.date for activity in project.activities] + [merit.date for merit in project.merits]
    days += [visit.date for visit, _ in index.visits(project.id)]
    days += [progress_steps.newest(index, award) for award in index.ties.awards_of_project(project.id)]
    return max(day for day in days if day)


def card(index: Index, project: Project) -> ProjectCard:
    """A project in a list."""
    steps = progress_steps.of_project(index, project)
    return index.project_card(project, sum(step.done for step in steps), len(steps))


def _project(index: Index, id: str) -> Page:
    project = index.campaign.projects[id]
    orgs, cycle = index.campaign.orgs, index.campaign.cycles[project.cycle]
    rows = (
        Fact("届次", cycle.title, f"{CONTEST.url}#{cycle_part(cycle.id)}"),
        Fact("服务场所", project.site_kind),
        index.org_fact("保安公司", project.company),
        Fact("客户单位", orgs[project.client].name),
    )
    gone = project.exit
    context = ProjectPage(
        name=project.name,
        status=index.ties.status(project),
        about=project.about,
        left=f"{gone.date.year}年{gone.date.month}月{gone.date.day}日{gone.kind}：{gone.note}".rstrip("：")
        if gone
        else "",
        facts=rows,
        steps=progress_steps.of_project(index, project),
        checks=tuple(_checks(index, project, cycle.limits(index.campaign.info.thresholds))),
        activities=tuple(
            Step(a.kind, a.date, a.note, done=True) for a in sorted(project.activities, key=lambda a: a.date)
        ),
        merits=tuple(
            Step(merit.kind, merit.date, merit.evidence, True, _deed(index, merit.deed)) for merit in project.merits
        ),
        inspections=tuple(_visit(index, visit, found) for visit, found in index.visits(project.id)),
        awards=tuple(index.award_card(award) for award in index.ties.awards_of_project(project.id)),
        deeds=tuple(index.deed_card(deed) for deed in index.ties.deeds_of_project(project.id)),
        posts=index.posts_of("projects", project.id),
    )
    description = f"{project.name}：{project.about or f'{project.site_kind}保安服务项目，{index.org(project.company)}'}"
    url = urls.page("project", project.id)
    return made(article(CONTEST, url, project.name, description), context, project)


def _deed(index: Index, id: str | None) -> str:
    return urls.page("deed", id) if id and id in index.campaign.deeds else ""


def _visit(index: Index, visit: Inspection, found: str) -> Step:
    team = index.link("teams", visit.team)
    note = "：".join(words for words in (team.title if team else "", found) if words)
    return Step(f"{visit.shift}{visit.mode}巡查", visit.date, note, True, team.url if team else "")


def _checks(index: Index, project: Project, limits: Thresholds) -> Iterator[Check]:
    """The conditions of CON-02 to CON-06 and AWD-01, as the project meets them by now."""
    least, percent = limits.project_guards or 0, limits.certified_percent or 0
    enough = project.certified * 100 >= project.guards * percent
    yield Check("保安员人数", f"不少于{least}名", f"{project.guards}名", project.guards >= least)
    yield Check("持证率", f"{percent}%", f"{project.certified}名持证", enough)
    yield Check("监管信息", "准确", "准确" if project.data_accurate else "未核准", project.data_accurate)
    complaints = f"{len(project.complaints)}件" if project.complaints else "无"
    yield Check("投诉举报", "无", complaints, not project.complaints)
    agreed = project.consent
    yield Check("客户同意", "书面同意", index.org(project.client) if agreed else "尚未同意", agreed is not None)
    held = {activity.kind for activity in project.activities}
    lacking = "、".join(kind for kind in REQUIRED if kind not in held)
    yield Check("活动开展", "、".join(REQUIRED), f"尚缺{lacking}" if lacking else "均已开展", not lacking)
    vetoes = "、".join(dict.fromkeys(veto.kind for veto in project.vetoes))
    yield Check("一票否决情形", "无", vetoes or "无", not vetoes)


class ProjectRow(Row, frozen=True, kw_only=True):
    """A guarding project in the contest."""

    cycle: Annotated[str, means("届次编号", "Identifier of the contest's running.")]
    cycle_title: Annotated[str, means("届次", "Name of the contest's running.")]
    name: Annotated[str, means("项目名称", "Name of the project.")]
    site_kind: Annotated[SiteKind, means("服务场所", "Kind of place that is guarded.")]
    company: Annotated[str, means("保安公司", "Security company.")]
    client: Annotated[str, means("客户单位", "Client.")]
    guards: Annotated[int, means("保安员人数", "Number of guards.")]
    certified: Annotated[int, means("持证人数", "Number of certified guards.")]
    status: Annotated[Status, means("状态", "How far it has come.")]
    applied: Annotated[date | None, means("报名日期", "When the company applied.")]
    client_agreed: Annotated[date | None, means("客户同意日期", "When the client agreed.")]
    inspected: Annotated[date | None, means("首次检查日期", "First inspection on record.")]
    inspections: Annotated[int, means("检查次数", "Number of inspections on record.")]
    recommended: Annotated[date | None, means("推荐日期", "When the bureau recommended it.")]
    recommended_by: Annotated[str | None, means("推荐单位", "The bureau that recommended it.")]


def _project_row(index: Index, project: Project, base: str) -> ProjectRow:
    orgs, recommended = index.campaign.orgs, project.recommendation
    visits = [inspection.date for inspection, _ in index.visits(project.id)]
    return ProjectRow(
        **common(index, project.id, urls.page("project", project.id), base),
        cycle=project.cycle,
        cycle_title=index.campaign.cycles[project.cycle].title,
        name=project.name,
        site_kind=project.site_kind,
        company=orgs[project.company].name,
        client=orgs[project.client].name,
        guards=project.guards,
        certified=project.certified,
        status=index.ties.status(project),
        applied=project.applied,
        client_agreed=project.consent,
        inspected=min(visits, default=None),
        inspections=len(visits),
        recommended=recommended.date if recommended else None,
        recommended_by=orgs[recommended.org].name if recommended else None,
    )


def _rows(index: Index, base: str) -> Iterator[ProjectRow]:
    return (_project_row(index, project, base) for project in index.campaign.projects.values())


SECTION = Section(
    pages,
    order=40,
    has_content=lambda campaign: campaign.projects,
    data=(Dataset("projects", "评比项目", ProjectRow, _rows),),
)
