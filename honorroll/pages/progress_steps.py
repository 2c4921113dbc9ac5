"""What happened when: an award's and a project's way, step by step, each with its evidence; and which papers belong together."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from honorroll.chinese import china_day, day_beside
from honorroll.model import Award, Notice, Project, UnknownYearError, is_open, notice_days, revoked_on, urls
from honorroll.pages.cards import NoticeCard, StageCard
from honorroll.pages.lookup.index import Index
from honorroll.pages.lookup.relations import papers_of
from honorroll.pages.parts import Step

#: The way to the title. A project's own way has these steps with its dates.
WAY = (
    ("报名", "保安公司自愿申报"),
    ("客户同意", "客户单位同意参加"),
    ("巡查检查", "巡查组到项目检查"),
    ("分县局推荐", "实地走访、审核资料后推荐"),
    ("审定公示", "支队和协会审定名单，向社会公示"),
    ("授予称号", "公示结束、异议核查清楚后，作出表彰决定"),
)


def stages(index: Index) -> tuple[StageCard, ...]:
    """The campaign's phases as they stand on its day."""
    today = index.campaign.today
    return tuple(
        StageCard(
            stage.title,
            stage.start,
            stage.end,
            stage.summary,
            "未开始" if today < stage.start else "已结束" if stage.end < today else "进行中",
        )
        for stage in index.campaign.info.stages
    )


def of_project(index: Index, project: Project) -> tuple[Step, ...]:
    """A project's way through the contest, as its dates say."""
    given = project.recommendation
    last = given.date if given else date.max
    visits = [v for v, _ in index.visits(project.id) if project.applied <= v.date <= last]
    awards = index.ties.awards_of_project(project.id)
    notice = next((paper for award in awards if (paper := index.ties.paper(award.notice))), None)
    granted = (award for award in awards if index.ties.state(award) in ("已授予", "已撤销"))
    decision = next((paper for award in granted if (paper := index.ties.paper(award.decision))), None)
    review = "、".join(f"{day_beside(day, last)}{what}" for day, what in _review(project) if day)
    steps = (
        (project.applied, index.org(project.company), ""),
        (project.consent, index.org(project.client), ""),
        (visits[0].date if visits else None, f"共{len(visits)}次" if visits else "", "#inspections" if visits else ""),
        (given.date if given else None, f"{index.org(given.org)}，{review}".rstrip("，") if given else "", ""),
        (notice.date if notice else None, notice.number if notice else "", _url(notice)),
        (decision.date if decision else None, decision.number if decision else "", _url(decision)),
    )
    return tuple(
        Step(title, when, note, done=when is not None, url=url)
        for (title, _), (when, note, url) in zip(WAY, steps, strict=True)
        if title != "巡查检查" or index.campaign.cycles[project.cycle].inspected
    )


def _review(project: Project) -> Iterator[tuple[date | None, str]]:
    if project.recommendation:
        yield project.recommendation.visit, "走访"
        yield project.recommendation.review, "审核"


def of_award(index: Index, award: Award) -> tuple[Step, ...]:
    """What has happened to an award so far, oldest first."""
    steps = [*_papers(index, award), *objections(index, award)]
    return tuple(sorted(steps, key=lambda step: step.when or date.max))


def _papers(index: Index, award: Award) -> Iterator[Step]:
    notice, decision = index.ties.paper(award.notice), index.ties.paper(award.decision)
    if notice:
        end = f"，至{china_day(notice.end)}" if notice.end else ""
        yield Step("开始公示", notice.date, f"{notice.number}{end}", done=True, url=_url(notice))
        yield from (_step("更正", paper) for paper in index.ties.corrections(notice.id))
    if decision and index.ties.state(award) in ("已授予", "已撤销"):
        yield _step("决定授予", decision)
    if award.refused and (paper := index.ties.paper(award.refused.notice)):
        yield _step("决定不予授予", paper)
    if award.revoked:
        yield Step(
            "撤销",
            revoked_on(index.campaign, award),
            award.revoked.reason,
            True,
            _url(index.ties.paper(award.revoked.notice)),
        )


def objections(index: Index, award: Award) -> Iterator[Step]:
    """Objections to an award; what they say is told only once they are closed."""
    for objection in award.objections:
        if is_open(objection, index.campaign.today):
            yield Step("收到异议", objection.received, "正在核查", done=False)
        else:
            yield Step("收到异议", objection.received, objection.about, done=True)
            yield Step("核查结束", objection.closed, f"异议{objection.outcome}", done=True)


def _step(title: str, paper: Notice) -> Step:
    return Step(title, paper.date, paper.number, done=True, url=_url(paper))


def _url(paper: Notice | None) -> str:
    return urls.page("notice", paper.id) if paper else ""


def related(index: Index, notice: Notice) -> tuple[NoticeCard, ...]:
    """The other papers about the same awards, and corrections, oldest first."""
    found = {paper.id for paper in index.ties.corrections(notice.id)} | {notice.corrects}
    for award in index.ties.awards_of_paper(notice.id):
        found |= set(papers_of(award))
    cards = (paper for id in found - {notice.id} if (paper := index.ties.paper(id)))
    return tuple(index.notice_card(paper) for paper in sorted(cards, key=lambda paper: (paper.date, paper.id)))


def working_days(index: Index, notice: Notice) -> tuple[date, ...]:
    """The working days that a public notice runs; none where the year is not known."""
    with suppress(UnknownYearError):
        return tuple(notice_days(index.campaign, notice)) if notice.kind == "公示" else ()
    return ()


def runs(index: Index, notice: Notice) -> bool:
    """Whether a public notice has not ended."""
    return notice.kind == "公示" and (notice.end is None or index.campaign.today <= notice.end)


def newest(index: Index, award: Award) -> date | None:
    """The newest day on which anything happened to an award."""
    days = [paper.date for id in papers_of(award) if (paper := index.ties.paper(id))]
    for objection in award.objections:
        days += [day for day in (objection.received, objection.closed) if day]
    taken_back = revoked_on(index.campaign, award)
    return max([*days, taken_back] if taken_back else days, default=None)
