"""The award list, awards and notices."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, get_args

from honorroll import orders, urls
from honorroll.chinese import summarise
from honorroll.model import Award, Notice
from honorroll.model.contest import AwardKind
from honorroll.orders import Orders
from honorroll.pages import courses, plaques, sharing
from honorroll.pages.cards import AwardCard, ContactCard, NoticeCard
from honorroll.pages.contest import cycles
from honorroll.pages.contexts.honours import AwardPage, AwardsPage, NoticePage
from honorroll.pages.index import Index
from honorroll.pages.page import Entry, Page, Shown, article, made, section
from honorroll.pages.parts import ArticleTags, Fact, Group, PageMeta, Step
from honorroll.pages.sections import AWARDS, CONTEST
from honorroll.prose import TextKey
from honorroll.standing import PENDING


def pages(index: Index) -> Iterator[Entry]:
    """The list, one page an award and one a notice, and what leads to them from paper."""
    campaign, base_url = index.campaign, index.base_url
    if campaign.awards or campaign.notices:
        yield Entry(AWARDS.url, _lists)
        for id in campaign.awards:
            yield Entry(urls.page("award", id), _award, (id, base_url))
            yield from plaques.pages(index, id, base_url)
        yield from sharing.pages(index, "award", campaign.awards)
        yield from (Entry(urls.page("notice", id), _notice_page, (id,)) for id in campaign.notices)


def _lists(index: Index) -> Page:
    lists = []
    for cycle in cycles(index):
        own = (award for award in index.campaign.awards.values() if award.cycle == cycle.id)
        awards = [award for award in own if index.ties.state(award) != "未授予"]
        if awards:
            note = orders.note(cycle, (award.kind for award in awards))
            lists.append((Group(cycle.title, note, by_title(index, awards)), Orders.of(cycle)))
    notices = tuple(index.notice_card(notice) for notice in index.notices)
    page = section(AWARDS, AwardsPage((), notices), "历届评比的名单、公示和决定")
    return page._replace(make=_awards, inputs=(*page.inputs, tuple(lists)))


def _awards(meta: PageMeta, context: AwardsPage, lists: tuple[tuple[Group[Group[AwardCard]], Orders], ...]) -> Shown:
    cycles = tuple(cycle._replace(cards=in_order(cycle.cards, by)) for cycle, by in lists)
    return meta, context._replace(cycles=cycles)


def in_order(groups: Iterable[Group[AwardCard]], by: Orders) -> tuple[Group[AwardCard], ...]:
    """Groups of one kind each, their awards in the order of their cycle. It is for `make`: the tables are large."""
    return tuple(
        group._replace(cards=tuple(sorted(group.cards, key=lambda card: by.place(card.kind, card.sort_name))))
        for group in groups
    )


def ordered(page: Page, by: Orders) -> Page:
    """A page of a context with `awards`: they are put in order when it is made."""
    return page._replace(make=_ordered, inputs=(*page.inputs, by))


def _ordered(meta: PageMeta, context: Any, by: Orders) -> Shown:
    return meta, context._replace(awards=in_order(context.awards, by))


def by_title(index: Index, awards: Iterable[Award]) -> tuple[Group[AwardCard], ...]:
    """Awards under their titles, projects first, then companies, then guards; the note is the kind. As given."""
    found: dict[tuple[str, str], list[AwardCard]] = {}
    for award in sorted(awards, key=lambda award: get_args(AwardKind).index(award.kind)):
        found.setdefault((award.title, award.kind), []).append(index.award_card(award))
    return tuple(Group(title, kind, tuple(cards)) for (title, kind), cards in found.items())


def newest_honours(index: Index) -> tuple[str, tuple[Group[AwardCard], ...], Orders]:
    """The newest cycle's winners; while nothing is granted, the list on notice."""
    for cycle in cycles(index):
        awards = [award for award in index.campaign.awards.values() if award.cycle == cycle.id]
        granted = [award for award in awards if index.ties.state(award) == "已授予"]
        shown = granted or [award for award in awards if index.ties.state(award) in PENDING]
        if shown:
            return cycle.title + ("" if granted else "公示名单"), by_title(index, shown), Orders.of(cycle)
    return "", (), Orders()


def _award(index: Index, id: str, base_url: str) -> Page:
    campaign, award = index.campaign, index.campaign.awards[id]
    card = index.award_card(award)
    project = campaign.projects.get(award.project or "")
    company = index.ties.company_of(award)
    rows = (
        Fact("届次", campaign.cycles[award.cycle].title, CONTEST.url if campaign.projects else ""),
        Fact("类别", award.kind),
        Fact("项目", project.name, urls.page("project", project.id)) if project else Fact("项目", ""),
        index.org_fact("单位", company),
        _document(index, "公示", award.notice),
        _document(index, "表彰决定", award.decision),
        _document(index, "不予授予的决定", award.refused.notice if award.refused else None),
        _document(index, "撤销文件", award.revoked.notice if award.revoked else None),
    )
    notice = index.ties.paper(award.notice)
    runs = notice is not None and _runs(index, notice) and card.state in PENDING
    share, is_granted = sharing.shared(index, "award", award), plaques.decision(index, award) is not None
    context = AwardPage(
        title=award.title,
        kind=award.kind,
        recipient=card.recipient,
        company=campaign.orgs[company].name if company and award.kind != "公司" else "",
        state=card.state,
        citation=award.citation,
        facts=tuple(row for row in rows if row.value),
        until=notice.end if notice and runs else None,
        working_days=courses.working_days(index, notice) if notice and runs else (),
        revoked=card.note if award.revoked else "",
        refused=award.refused.reason if award.refused else "",
        steps=courses.of_award(index, award),
        deeds=tuple(index.deed_card(deed) for deed in index.ties.deeds_of_award(award)),
        qr_code=urls.qr_code(award.id) if is_granted and plaques.has_codes(base_url) else "",
        certificate=urls.certificate(award.id) if is_granted else "",
        posts=index.posts_of("awards", award.id),
        share=share,
    )
    proposed = "拟授予" if card.state in PENDING else ""
    description = f"{proposed}{award.title}（{card.state}）：{card.recipient}"
    url = urls.page("award", award.id)
    return made(
        article(AWARDS, url, f"{card.recipient} · {proposed}{award.title}", description, image=share.cover),
        context,
        award,
    )


def _runs(index: Index, notice: Notice) -> bool:
    return notice.kind == "公示" and (notice.end is None or index.campaign.today <= notice.end)


def _document(index: Index, name: str, id: str | None) -> Fact:
    notice = index.ties.paper(id)
    return (
        Fact(name, f"{notice.number} {notice.title}".strip(), urls.page("notice", notice.id))
        if notice
        else Fact(name, "")
    )


def _notice_page(index: Index, id: str) -> Page:
    notice, concerned = index.campaign.notices[id], index.ties.awards_of_paper(id)
    is_public_notice = notice.kind == "公示"
    told = (step for award in concerned for step in courses.objections(index, award)) if is_public_notice else ()
    contacts = index.contacts_of(notice.issuers) if is_public_notice else index.contacts
    inputs = (
        notice,
        index.orgs(notice.issuers),
        _runs(index, notice),
        _basis(index, notice, concerned),
        courses.working_days(index, notice),
        by_title(index, concerned),
        Orders.of(index.campaign.cycles[concerned[0].cycle]) if concerned else Orders(),
        tuple(sorted(told, key=lambda step: step.when or date.max)),
        courses.related(index, notice),
        contacts,
    )
    return Page(urls.page("notice", notice.id), "notice.html", _notice, inputs, notice, has_text=True)


def _basis(index: Index, notice: Notice, concerned: Iterable[Award]) -> str:
    """What the notice says itself, else the approval of the contest that its awards belong to."""
    if notice.basis or notice.kind != "公示":
        return notice.basis
    cycles = (index.campaign.cycles[id] for id in dict.fromkeys(award.cycle for award in concerned))
    return "；".join(cycle.title + (f"（批准文号：{cycle.approval}）" if cycle.approval else "") for cycle in cycles)


def _notice(
    text: TextKey,
    notice: Notice,
    issuers: tuple[str, ...],
    runs: bool,
    basis: str,
    days: tuple[date, ...],
    awards: tuple[Group[AwardCard], ...],
    by: Orders,
    objections: tuple[Step, ...],
    related: tuple[NoticeCard, ...],
    contacts: tuple[ContactCard, ...],
) -> Shown:
    context = NoticePage(
        title=notice.title,
        kind=notice.kind,
        number=notice.number,
        date=notice.date,
        start=notice.start,
        end=notice.end,
        working_days=days,
        runs=runs,
        basis=basis,
        issuers=issuers,
        body=text,
        awards=tuple(card for group in in_order(awards, by) for card in group.cards),
        objections=objections,
        related=related,
        contacts=contacts,
    )
    tags = ArticleTags(notice.date, issuers[0], "", notice.kind)
    return article(AWARDS, text.url, notice.title, summarise(notice.body), tags=tags), context
