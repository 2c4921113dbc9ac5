"""The contest and its projects."""

from collections.abc import Iterator
from datetime import date

from honorroll import urls
from honorroll.model import Cycle, Project
from honorroll.pages.contexts import ContestPage, ProjectPage
from honorroll.pages.index import Index
from honorroll.pages.page import Entry, Page, article, made, section
from honorroll.pages.parts import Fact, Group, Step
from honorroll.pages.sections import CONTEST

#: The way to the title. A project's own way has these steps with its dates.
STEPS = (
    ("报名", "保安公司自愿申报"),
    ("客户同意", "客户单位同意参加"),
    ("巡查检查", "巡查组到项目检查"),
    ("分县局推荐", "实地走访、审核资料后推荐"),
    ("审定授予", "支队和协会审定，公示后授予称号"),
)


def pages(index: Index) -> Iterator[Entry]:
    """The contest's page and one for each project."""
    if index.campaign.projects:
        yield Entry(CONTEST.url, _contest)
        yield from (Entry(urls.page("project", id), _project, (id,)) for id in index.campaign.projects)


def cycles(index: Index) -> list[Cycle]:
    """All cycles, newest first."""
    return sorted(index.campaign.cycles.values(), key=lambda cycle: (cycle.year, cycle.id), reverse=True)


def _contest(index: Index) -> Page:
    info, latest = index.campaign.info, cycles(index)[0]
    limits = latest.limits(info.thresholds)
    groups = []
    for cycle in cycles(index):
        projects = [project for project in index.campaign.projects.values() if project.cycle == cycle.id]
        cards = tuple(index.project_card(p, sum(step.done for step in steps(index, p))) for p in projects)
        if cards:
            approval = f"评比事项批准文号：{cycle.approval}。" if cycle.approval else ""
            groups.append(Group(cycle.title, cycle.summary + approval, cards))
    conditions = (
        Fact("项目数量", f"每家公司不超过{limits.projects_per_company}个"),
        Fact("保安员人数", f"不少于{limits.project_guards}人"),
        Fact("持证率", f"{limits.certified_percent}%"),
        Fact("监管信息", "监管系统信息准确，无投诉举报"),
        Fact("客户意见", "客户单位同意参加"),
    )
    context = ContestPage(
        theme=info.contest_theme,
        award_title=latest.award_title,
        conditions=conditions,
        steps=tuple(Step(title, None, note, done=True) for title, note in STEPS),
        groups=tuple(groups),
    )
    return section(CONTEST, context, "保安服务项目评比的条件、程序和参评项目")


def steps(index: Index, project: Project) -> tuple[Step, ...]:
    """A project's way through the contest, as its dates say."""
    visits = index.visits(project.id)
    recommended = project.recommendation
    bureau = index.org(recommended.org) if recommended else ""
    return tuple(
        Step(title, when, note, done=when is not None)
        for (title, _), when, note in zip(
            STEPS,
            (project.applied, project.consent, visits[0][0].date if visits else None,
             recommended.date if recommended else None, _granted(index, project)),
            (index.org(project.company), index.org(project.client), f"共{len(visits)}次" if visits else "", bureau, ""),
            strict=True,
        )
    )  # fmt: skip


def _granted(index: Index, project: Project) -> date | None:
    for award in index.by("awards by project", project.id):
        decision = index.campaign.notices.get(award.decision or "")
        if award.state != "公示中" and decision:
            return decision.date
    return None


def _project(index: Index, id: str) -> Page:
    project, url = index.campaign.projects[id], urls.page("project", id)
    orgs = index.campaign.orgs
    rows = (
        ("届次", index.campaign.cycles[project.cycle].title),
        ("服务场所", project.site_kind),
        ("保安公司", orgs[project.company].name),
        ("客户单位", orgs[project.client].name),
        ("保安员", f"{project.guards}名，持证{project.certified}名"),
        ("监管信息", "准确" if project.data_accurate else ""),
    )
    context = ProjectPage(
        name=project.name,
        status=project.status,
        about=project.about,
        facts=tuple(Fact(name, value) for name, value in rows if value),
        steps=steps(index, project),
        activities=tuple(
            Step(a.kind, a.date, a.note, done=True) for a in sorted(project.activities, key=lambda a: a.date)
        ),
        merits=tuple(
            Fact(
                merit.kind,
                merit.evidence,
                urls.page("deed", merit.deed) if merit.deed and merit.deed in index.campaign.deeds else "",
            )
            for merit in project.merits
        ),
        inspections=tuple(
            Step(f"{inspection.shift}{inspection.mode}巡查", inspection.date, finding, done=True)
            for inspection, finding in index.visits(project.id)
        ),
        awards=tuple(index.award_card(award) for award in index.by("awards by project", project.id)),
        posts=index.posts_of("projects", project.id),
    )
    description = project.about or f"{project.site_kind}保安服务项目，{index.org(project.company)}"
    return made(article(CONTEST, url, project.name, description), context, project)
