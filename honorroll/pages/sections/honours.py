"""The award list and the awards."""

from collections.abc import Iterable, Iterator
from typing import get_args

from honorroll.model import PENDING, Award, AwardKind, Orders, Project, award_order, urls
from honorroll.pages.cards import AwardCard
from honorroll.pages.contexts.honours import AwardPage, AwardsPage
from honorroll.pages.contexts.news import HomePage
from honorroll.pages.contexts.results import WrapUpPage
from honorroll.pages.files import certificates, sharing
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import Entry, Inputs, Made, Page, Shown, article, entry, listing, made
from honorroll.pages.parts import Fact, Group, Link, PageMeta
from honorroll.pages.sections import progress_steps
from honorroll.pages.sections.contest import cycles
from honorroll.pages.site_parts import AWARDS, CONTEST, cycle_part


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
    template = "awards.html"
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


class Ordered(Made, frozen=True):
    """What a template is shown is there already, but for the order of the awards."""

    context: HomePage | WrapUpPage
    by: Orders

    def shown(self) -> Shown:
        return self.meta, self.context._replace(awards=in_order(self.context.awards, self.by))


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
