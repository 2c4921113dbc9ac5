"""The contest: its conditions, criteria and procedure, its projects, and who won before."""

from collections.abc import Iterator
from typing import NamedTuple

from honorroll.model import REQUIRED, Cycle, Thresholds
from honorroll.pages import progress_steps
from honorroll.pages.cards import AwardCard, ProjectCard
from honorroll.pages.contexts import template
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import Entry, Page, Section, entry, section
from honorroll.pages.parts import Fact, Group, Step
from honorroll.pages.sections import projects
from honorroll.pages.site_parts import CONTEST, cycle_part

#: What may happen beside the way to the title, by the step that it follows.
ASIDES = (
    ("巡查检查", "有一票否决情形的，不再推荐"),
    ("审定公示", "公示期内有异议的，核查清楚再决定；异议成立的，不予授予"),
    ("授予称号", "事后发现不符合条件的，撤销称号，名单上保留并注明"),
)
#: What bars a project (AWD-01), and what speaks for it (AWD-02).
CRITERIA = (
    ("一票否决", "责任事故或负面舆情、纠纷警情、保安员违法犯罪，有一项即不得推荐和授予"),
    ("优先条件", "属地公安机关肯定、客户单位书面表扬、感人事迹，至少一项，并有依据"),
)


@template("contest.html")
class ContestPage(NamedTuple):
    """The contest: conditions, steps, projects."""

    theme: str
    """Theme of the contest."""
    award_title: str
    """Title that is awarded."""
    conditions: tuple[Fact, ...]
    """What a project must fulfil."""
    criteria: tuple[Fact, ...]
    """What bars a project, and what speaks for it."""
    steps: tuple[Step, ...]
    """From application to title."""
    asides: tuple[Fact, ...]
    """What else may happen after a step; the name is the step's title."""
    groups: tuple[Group[ProjectCard], ...]
    """Projects by cycle, newest cycle first."""
    earlier: tuple[Group[AwardCard], ...]
    """What was awarded in earlier cycles, newest first; revoked awards too."""


def pages(index: Index) -> Iterator[Entry]:
    """The contest's page; none without projects."""
    if index.campaign.projects:
        yield entry(CONTEST.url, _contest, day=max(page.day for page in projects.pages(index) if page.day))


def cycles(index: Index) -> list[Cycle]:
    """All cycles, newest first."""
    return sorted(index.campaign.cycles.values(), key=lambda cycle: (cycle.year, cycle.id), reverse=True)


def _contest(index: Index) -> Page:
    latest, *earlier = cycles(index)
    info = index.campaign.info
    context = ContestPage(
        theme=info.contest_theme,
        award_title=latest.award_title,
        conditions=tuple(_conditions(latest, latest.limits(info.thresholds))),
        criteria=tuple(Fact(name, text) for name, text in CRITERIA),
        steps=tuple(
            Step(title, None, note, done=True)
            for title, note in progress_steps.WAY
            if title != "巡查检查" or latest.inspected
        ),
        asides=tuple(Fact(title, text) for title, text in ASIDES),
        groups=tuple(_projects(index)),
        earlier=tuple(_winners(index, earlier)),
    )
    return section(CONTEST, context, "保安服务项目评比的条件、标准、程序和参评项目")


def _conditions(cycle: Cycle, limits: Thresholds) -> Iterator[Fact]:
    yield Fact("项目数量", f"每家公司不超过{limits.projects_per_company}个")
    yield Fact("保安员人数", f"不少于{limits.project_guards}人")
    yield Fact("持证率", f"{limits.certified_percent}%")
    yield Fact("监管信息", "监管系统信息准确，无投诉举报")
    yield Fact("客户意见", "客户单位同意参加")
    yield Fact("活动开展", "、".join(REQUIRED) + "有记录")
    if cycle.inspected:
        yield Fact("巡查检查", "报名后至少一次")
    if limits.notice_working_days:
        yield Fact("公示", f"不少于{limits.notice_working_days}个工作日")


def _projects(index: Index) -> Iterator[Group[ProjectCard]]:
    for cycle in cycles(index):
        own = (project for project in index.campaign.projects.values() if project.cycle == cycle.id)
        if cards := tuple(projects.card(index, project) for project in own):
            approval = f"评比事项批准文号：{cycle.approval}。" if cycle.approval else ""
            yield Group(cycle.title, cycle.summary + approval, cards, cycle_part(cycle.id))


def _winners(index: Index, earlier: list[Cycle]) -> Iterator[Group[AwardCard]]:
    """Awards of earlier cycles that were granted; revoked ones stay, marked."""
    for cycle in earlier:
        own = (award for award in index.campaign.awards.values() if award.cycle == cycle.id)
        granted = (award for award in own if index.ties.state(award) in ("已授予", "已撤销"))
        if cards := tuple(index.award_line(award) for award in granted):
            yield Group(cycle.title, "", cards)


SECTION = Section(pages, order=60, menu=CONTEST, has_content=lambda campaign: campaign.projects)
