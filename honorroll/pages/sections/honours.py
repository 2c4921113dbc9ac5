"""The award list and the awards."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, NamedTuple, get_args

from honorroll.model import PENDING, Award, AwardKind, AwardState, Orders, Project, award_order, urls
from honorroll.pages import progress_steps
from honorroll.pages.cards import AwardCard, DeedCard, PostCard
from honorroll.pages.contexts import Said, found_as, template
from honorroll.pages.files import certificates, sharing
from honorroll.pages.files.datasets import Dataset, Row, common, means
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import Entry, Inputs, Page, Section, Shown, article, entry, listing, made
from honorroll.pages.parts import Fact, Group, Link, PageMeta, Share, Step, values
from honorroll.pages.sections.contest import cycles
from honorroll.pages.site_parts import AWARDS, CONTEST, cycle_part


@template("awards.html")
class AwardsPage(NamedTuple):
    """The award list."""

    cycles: tuple[Group[Group[AwardCard]], ...]
    """By cycle, newest first, its note says the order; in it by title, the note there is the kind."""


@found_as("荣誉")
@template("award.html")
class AwardPage(NamedTuple):
    """One award; its address is permanent."""

    title: str
    """The title awarded."""
    kind: str
    """Who receives it: 项目, 公司 or 保安员."""
    recipient: str
    """Who received it."""
    company: str
    """Company of the project or guard; empty for a company."""
    state: str
    """公示中, 公示期满, 异议核查中, 已授予, 未授予 or 已撤销, on the day of the build."""
    citation: str
    """Why; empty until it is granted."""
    facts: tuple[Fact, ...]
    """Cycle, kind, company, decision, notice."""
    until: date | None
    """Last day of its public notice while that runs."""
    working_days: tuple[date, ...]
    """Working days of the notice while it runs."""
    revoked: str
    """Why and when it was taken back; empty otherwise."""
    refused: str
    """Why it was not granted; empty otherwise."""
    steps: tuple[Step, ...]
    """What has happened to it so far, oldest first."""
    deeds: tuple[DeedCard, ...]
    """Deeds of the recipient."""
    qr_code: str
    """Address of the QR code that leads to this page; empty unless it is granted and the site has an address."""
    certificate: str
    """Address of its certificate; empty unless it is granted."""
    share: Share
    """Its poster and cover, where they are drawn; never of an award that was taken back or not granted."""
    posts: tuple[PostCard, ...]
    """Posts that tell of it."""

    def said(self, description: str) -> Said:
        day = max((step.when for step in self.steps if step.when and step.done), default=None)
        words = (self.citation, self.company, *values(self.facts), self.revoked, self.refused, description)
        return Said(self.state, words, self.recipient if self.kind == "保安员" else "", day)


def pages(index: Index) -> Iterator[Entry]:
    """The list, one page an award, and what leads to it from paper."""
    awards, base_url = index.campaign.awards, index.base_url
    if awards:
        days = {id: progress_steps.newest(index, award) for id, award in awards.items()}
        yield entry(AWARDS.url, _lists, day=max(filter(None, days.values()), default=None))
        for id, day in days.items():
            yield entry(urls.page("award", id), _award, id, base_url, day=day)
            yield from certificates.pages(index, id, base_url)
        yield from sharing.pages(index, "award", awards)


def _lists(index: Index) -> Page:
    lists = []
    for cycle in cycles(index):
        own = (award for award in index.campaign.awards.values() if award.cycle == cycle.id)
        awards = [award for award in own if index.ties.state(award) != "未授予"]
        if awards:
            note = award_order.note(cycle, (award.kind for award in awards))
            lists.append((Group(cycle.title, note, by_title(index, awards), cycle_part(cycle.id)), Orders.of(cycle)))
    return Page(AWARDS.url, _Lists(listing(AWARDS, "历届评比授予和公示的荣誉"), tuple(lists)))


class _Lists(Inputs, frozen=True):
    shows = AwardsPage
    meta: PageMeta
    lists: tuple[tuple[Group[Group[AwardCard]], Orders], ...]

    def shown(self) -> Shown:
        return self.meta, AwardsPage(tuple(cycle._replace(cards=in_order(cycle.cards, by)) for cycle, by in self.lists))


def in_order(groups: Iterable[Group[AwardCard]], by: Orders) -> tuple[Group[AwardCard], ...]:
    """Groups of one kind each, their awards in the order of their cycle. It is for `shown`: the tables are large."""
    return tuple(
        group._replace(cards=tuple(sorted(group.cards, key=lambda card: by.place(card.kind, card.sort_name))))
        for group in groups
    )


def by_title(index: Index, awards: Iterable[Award]) -> tuple[Group[AwardCard], ...]:
    """Awards under their titles, projects first, then companies, then guards; the note is the kind. As given."""
    found: dict[tuple[str, str], list[AwardCard]] = {}
    for award in sorted(awards, key=lambda award: get_args(AwardKind).index(award.kind)):
        found.setdefault((award.title, award.kind), []).append(index.award_card(award))
    return tuple(Group(title, kind, tuple(cards)) for (title, kind), cards in found.items())


def newest_honours(index: Index) -> tuple[Link, tuple[Group[AwardCard], ...], Orders]:
    """The newest cycle's winners, under a title that leads to them; while nothing is granted, the list on notice."""
    for cycle in cycles(index):
        awards = [award for award in index.campaign.awards.values() if award.cycle == cycle.id]
        granted = [award for award in awards if index.ties.state(award) == "已授予"]
        shown = granted or [award for award in awards if index.ties.state(award) in PENDING]
        if shown:
            title = cycle.title + ("" if granted else "公示名单")
            return Link(title, f"{AWARDS.url}#{cycle_part(cycle.id)}"), by_title(index, shown), Orders.of(cycle)
    return Link("", ""), (), Orders()


def _award(index: Index, id: str, base_url: str) -> Page:
    campaign, award = index.campaign, index.campaign.awards[id]
    card = index.award_card(award)
    project = campaign.projects.get(award.project or "")
    company = index.ties.company_of(award)
    rows = (
        Fact("届次", campaign.cycles[award.cycle].title, _cycle_place(card.state, award, project)),
        Fact("类别", award.kind),
        Fact("项目", project.name, urls.page("project", project.id)) if project else Fact("项目", ""),
        index.org_fact("单位", company),
        _document(index, "公示", award.notice),
        _document(index, "表彰决定", award.decision),
        _document(index, "不予授予的决定", award.refused.notice if award.refused else None),
        _document(index, "撤销文件", award.revoked.notice if award.revoked else None),
    )
    notice = index.ties.paper(award.notice)
    runs = notice is not None and progress_steps.runs(index, notice) and card.state in PENDING
    share, is_granted = sharing.shared(index, "award", award), certificates.decision(index, award) is not None
    context = AwardPage(
        title=award.title,
        kind=award.kind,
        recipient=card.recipient,
        company=campaign.orgs[company].name if company and award.kind != "公司" else "",
        state=card.state,
        citation=award.citation,
        facts=tuple(row for row in rows if row.value),
        until=notice.end if notice and runs else None,
        working_days=progress_steps.working_days(index, notice) if notice and runs else (),
        revoked=card.note if award.revoked else "",
        refused=award.refused.reason if award.refused else "",
        steps=progress_steps.of_award(index, award),
        deeds=tuple(index.deed_card(deed) for deed in index.ties.deeds_of_award(award)),
        qr_code=urls.qr_code(award.id) if is_granted and certificates.has_codes(base_url) else "",
        certificate=urls.certificate(award.id) if is_granted else "",
        posts=index.posts_of("awards", award.id),
        share=share,
    )
    proposed = "拟授予" if card.state in PENDING else ""
    of = f"（{context.company}）" if context.company else ""
    description = f"{campaign.cycles[award.cycle].title}：{proposed}{award.title}（{card.state}），{card.recipient}{of}"
    url = urls.page("award", award.id)
    return made(
        article(AWARDS, url, f"{card.recipient} · {proposed}{award.title}", description, image=share.cover),
        context,
        award,
    )


def _cycle_place(state: str, award: Award, project: Project | None) -> str:
    """Its cycle's part of the award list; an award that was not granted is not there, but its project entered the contest."""
    if state != "未授予":
        return f"{AWARDS.url}#{cycle_part(award.cycle)}"
    entered = project is not None and project.cycle == award.cycle
    return f"{CONTEST.url}#{cycle_part(award.cycle)}" if entered else ""


def _document(index: Index, name: str, id: str | None) -> Fact:
    notice = index.ties.paper(id)
    return (
        Fact(name, f"{notice.number} {notice.title}".strip(), urls.page("notice", notice.id))
        if notice
        else Fact(name, "")
    )


class AwardRow(Row, frozen=True, kw_only=True):
    """An honour given, on public notice or revoked."""

    cycle: Annotated[str, means("届次编号", "Identifier of the contest's running.")]
    cycle_title: Annotated[str, means("届次", "Name of the contest's running.")]
    year: Annotated[int, means("年份", "Year of the contest's running.")]
    kind: Annotated[AwardKind, means("类别", "Who is honoured: a project, a company or a guard.")]
    title: Annotated[str, means("称号", "Title awarded.")]
    recipient: Annotated[str, means("获得者", "Who receives it, named as far as they consent.")]
    company: Annotated[str | None, means("所属单位", "Company of the project or guard.")]
    project: Annotated[str | None, means("项目编号", "Identifier in the data set projects.")]
    state: Annotated[AwardState, means("状态", "How far it has come. Only 已授予 is an honour in force.")]
    notice_number: Annotated[str | None, means("公示文号", "Number of the public notice.")]
    notice_start: Annotated[date | None, means("公示开始", "First day of the public notice.")]
    notice_end: Annotated[date | None, means("公示结束", "Last day of the public notice.")]
    decision_number: Annotated[str | None, means("决定文号", "Number of the decision.")]
    decision_date: Annotated[date | None, means("决定日期", "Date of the decision.")]
    revoked_on: Annotated[date | None, means("撤销日期", "Day of the revocation.")]
    revoked_reason: Annotated[str | None, means("撤销原因", "Why it was revoked.")]
    citation: Annotated[str | None, means("颁奖词", "What it is given for.")]


def _award_row(index: Index, award: Award, base: str) -> AwardRow:
    campaign, card = index.campaign, index.award_card(award)
    cycle, notices = campaign.cycles[award.cycle], campaign.notices
    notice, decision = notices.get(award.notice or ""), notices.get(award.decision or "")
    revoked = award.revoked if card.state == "已撤销" else None
    company = index.ties.company_of(award) if award.kind != "公司" else None
    return AwardRow(
        **common(index, award.id, card.url, base),
        cycle=cycle.id,
        cycle_title=cycle.title,
        year=cycle.year,
        kind=award.kind,
        title=award.title,
        recipient=card.recipient,
        company=campaign.orgs[company].name if company else None,
        project=award.project,
        state=card.state,
        notice_number=notice.number or None if notice else None,
        notice_start=notice.start if notice else None,
        notice_end=notice.end if notice else None,
        decision_number=decision.number or None if decision else None,
        decision_date=decision.date if decision else None,
        revoked_on=revoked.date if revoked else None,
        revoked_reason=revoked.reason or None if revoked else None,
        citation=award.citation or None,
    )


def _rows(index: Index, base: str) -> Iterator[AwardRow]:
    return (_award_row(index, award, base) for award in index.campaign.awards.values())


SECTION = Section(
    pages,
    order=30,
    menu=AWARDS,
    has_content=lambda campaign: campaign.awards,
    data=(Dataset("awards", "荣誉名单", AwardRow, _rows),),
)
