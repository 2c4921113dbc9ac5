"""The award list, awards and notices."""

from collections.abc import Iterable, Iterator
from typing import get_args

from honorroll import urls
from honorroll.chinese import summarise
from honorroll.markup import TextKey
from honorroll.model import Award, Notice
from honorroll.model.contest import AwardKind
from honorroll.pages.contest import cycles
from honorroll.pages.contexts import AwardPage, AwardsPage, NoticePage
from honorroll.pages.index import Index
from honorroll.pages.page import Entry, Page, Shown, article, made, section
from honorroll.pages.parts import ArticleTags, AwardCard, ContactCard, Fact, Group
from honorroll.pages.sections import AWARDS


def pages(index: Index) -> Iterator[Entry]:
    """The list, one page an award and one a notice."""
    campaign = index.campaign
    if campaign.awards or campaign.notices:
        yield Entry(AWARDS.url, _awards)
        yield from (Entry(urls.page("award", id), _award, (id,)) for id in campaign.awards)
        yield from (Entry(urls.page("notice", id), _notice_page, (id,)) for id in campaign.notices)


def _awards(index: Index) -> Page:
    context = AwardsPage(tuple(_cycles(index)), tuple(index.notice_card(notice) for notice in index.notices))
    return section(AWARDS, context, "历届评比的获奖名单、公示和决定")


def _cycles(index: Index) -> Iterator[Group[Group[AwardCard]]]:
    for cycle in cycles(index):
        groups = by_title(index, (a for a in index.campaign.awards.values() if a.cycle == cycle.id))
        if groups:
            yield Group(cycle.title, cycle.order_note, groups)


def by_title(index: Index, awards: Iterable[Award]) -> tuple[Group[AwardCard], ...]:
    """Awards under their titles, projects first, then companies, then guards; the note is the kind."""
    found: dict[tuple[str, str], list[AwardCard]] = {}
    for award in sorted(awards, key=lambda award: get_args(AwardKind).index(award.kind)):
        found.setdefault((award.title, award.kind), []).append(index.award_card(award))
    return tuple(Group(title, kind, tuple(cards)) for (title, kind), cards in found.items())


def _award(index: Index, id: str) -> Page:
    campaign = index.campaign
    award = campaign.awards[id]
    url = urls.page("award", award.id)
    recipient = index.recipient(award)
    project = campaign.projects.get(award.project or "")
    company = project.company if project else campaign.persons[award.person].org if award.person else None
    rows = (
        Fact("届次", campaign.cycles[award.cycle].title),
        Fact("类别", award.kind),
        Fact("项目", project.name, urls.page("project", project.id)) if project else Fact("项目", ""),
        Fact("单位", campaign.orgs[company].name if company else ""),
        _document(index, "公示", award.notice),
        _document(index, "表彰决定", award.decision),
        _document(index, "撤销文件", award.revoked.notice if award.revoked else None),
    )
    card = index.award_card(award)
    context = AwardPage(
        title=award.title,
        recipient=recipient,
        state=award.state,
        citation=award.citation,
        facts=tuple(row for row in rows if row.value),
        revoked=card.note if award.revoked else "",
        posts=index.posts_of("awards", award.id),
    )
    description = f"{award.title}（{award.state}）：{recipient}"
    return made(article(AWARDS, url, f"{recipient} · {award.title}", description), context, award)


def _document(index: Index, name: str, id: str | None) -> Fact:
    notice = index.campaign.notices.get(id or "")
    return (
        Fact(name, f"{notice.number} {notice.title}".strip(), urls.page("notice", id))
        if notice and id
        else Fact(name, "")
    )


def _notice_page(index: Index, id: str) -> Page:
    notice = index.campaign.notices[id]
    concerned = (
        award
        for award in index.campaign.awards.values()
        if notice.id in (award.notice, award.decision, award.revoked.notice if award.revoked else None)
    )
    awards = tuple(index.award_card(award) for award in concerned)
    inputs = (notice, index.orgs(notice.issuers), awards, index.contacts)
    return Page(urls.page("notice", notice.id), "notice.html", _notice, inputs, notice, has_text=True)


def _notice(
    text: TextKey,
    notice: Notice,
    issuers: tuple[str, ...],
    awards: tuple[AwardCard, ...],
    contacts: tuple[ContactCard, ...],
) -> Shown:
    context = NoticePage(
        title=notice.title,
        kind=notice.kind,
        number=notice.number,
        date=notice.date,
        start=notice.start,
        end=notice.end,
        issuers=issuers,
        body=text,
        awards=awards,
        contacts=contacts,
    )
    tags = ArticleTags(notice.date, issuers[0], "", notice.kind)
    return article(AWARDS, text.url, notice.title, summarise(notice.body), tags=tags), context
