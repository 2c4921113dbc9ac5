"""The award list, awards and notices."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import get_args

from honorroll import urls
from honorroll.chinese import summarise
from honorroll.markup import TextKey
from honorroll.model import Award, Notice
from honorroll.model.contest import AwardKind
from honorroll.pages import courses
from honorroll.pages.contest import cycles
from honorroll.pages.contexts import AwardPage, AwardsPage, NoticePage
from honorroll.pages.index import Index
from honorroll.pages.page import Entry, Page, Shown, article, made, section
from honorroll.pages.parts import ArticleTags, AwardCard, ContactCard, Fact, Group, NoticeCard, Step
from honorroll.pages.sections import AWARDS, CONTEST
from honorroll.standing import PENDING


def pages(index: Index) -> Iterator[Entry]:
    """The list, one page an award and one a notice."""
    campaign = index.campaign
    if campaign.awards or campaign.notices:
        yield Entry(AWARDS.url, _awards)
        yield from (Entry(urls.page("award", id), _award, (id,)) for id in campaign.awards)
        yield from (Entry(urls.page("notice", id), _notice_page, (id,)) for id in campaign.notices)


def _awards(index: Index) -> Page:
    context = AwardsPage(tuple(_cycles(index)), tuple(index.notice_card(notice) for notice in index.notices))
    return section(AWARDS, context, "历届评比的名单、公示和决定")


def _cycles(index: Index) -> Iterator[Group[Group[AwardCard]]]:
    for cycle in cycles(index):
        own = (award for award in index.campaign.awards.values() if award.cycle == cycle.id)
        groups = by_title(index, (award for award in own if index.ties.state(award) != "未授予"))
        if groups:
            yield Group(cycle.title, cycle.order_note, groups)


def by_title(index: Index, awards: Iterable[Award]) -> tuple[Group[AwardCard], ...]:
    """Awards under their titles, projects first, then companies, then guards; the note is the kind."""
    found: dict[tuple[str, str], list[AwardCard]] = {}
    for award in sorted(awards, key=lambda award: get_args(AwardKind).index(award.kind)):
        found.setdefault((award.title, award.kind), []).append(index.award_card(award))
    return tuple(Group(title, kind, tuple(cards)) for (title, kind), cards in found.items())


def _award(index: Index, id: str) -> Page:
    campaign, award = index.campaign, index.campaign.awards[id]
    card = index.award_card(award)
    project = campaign.projects.get(award.project or "")
    rows = (
        Fact("届次", campaign.cycles[award.cycle].title, CONTEST.url if campaign.projects else ""),
        Fact("类别", award.kind),
        Fact("项目", project.name, urls.page("project", project.id)) if project else Fact("项目", ""),
        index.org_fact("单位", index.ties.company_of(award)),
        _document(index, "公示", award.notice),
        _document(index, "表彰决定", award.decision),
        _document(index, "不予授予的决定", award.refused.notice if award.refused else None),
        _document(index, "撤销文件", award.revoked.notice if award.revoked else None),
    )
    notice = index.ties.paper(award.notice)
    runs = notice is not None and _runs(index, notice) and card.state in PENDING
    context = AwardPage(
        title=award.title,
        recipient=card.recipient,
        state=card.state,
        citation=award.citation,
        facts=tuple(row for row in rows if row.value),
        until=notice.end if notice and runs else None,
        working_days=courses.working_days(index, notice) if notice and runs else (),
        revoked=card.note if award.revoked else "",
        refused=award.refused.reason if award.refused else "",
        steps=courses.of_award(index, award),
        deeds=tuple(index.deed_card(deed) for deed in index.ties.deeds_of_award(award)),
        posts=index.posts_of("awards", award.id),
    )
    proposed = "拟授予" if card.state in PENDING else ""
    description = f"{proposed}{award.title}（{card.state}）：{card.recipient}"
    url = urls.page("award", award.id)
    return made(article(AWARDS, url, f"{card.recipient} · {proposed}{award.title}", description), context, award)


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
        tuple(index.award_card(award) for award in concerned),
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
    awards: tuple[AwardCard, ...],
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
        awards=awards,
        objections=objections,
        related=related,
        contacts=contacts,
    )
    tags = ArticleTags(notice.date, issuers[0], "", notice.kind)
    return article(AWARDS, text.url, notice.title, summarise(notice.body), tags=tags), context
