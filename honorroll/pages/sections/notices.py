"""Notices and decisions: the list in pages, those that run on top, and one page each."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from honorroll.chinese import china_day
from honorroll.commonmark import summarise
from honorroll.content import TextKey
from honorroll.model import Award, Notice, Orders, urls
from honorroll.pages import paging, progress_steps
from honorroll.pages.cards import AwardCard, ContactCard, NoticeCard
from honorroll.pages.contexts import Said, found_as, template
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import Entry, Page, Section, Shown, TextInputs, article, entry, section
from honorroll.pages.parts import ArticleTags, Group, Link, Step
from honorroll.pages.sections.honours import by_title, in_order
from honorroll.pages.site_parts import NOTICES


@template("notices.html")
class NoticesPage(NamedTuple):
    """One page of the list of notices. Pages are numbered from the oldest, so old pages stay put."""

    groups: tuple[Group[NoticeCard], ...]
    """By year, newest first; before them, on the front page of the list, all that run on the day of the build."""
    number: int
    """Number of this page; the front page of the list has the highest."""
    pages: tuple[Link, ...]
    """This page and those next to it, newest first; titles are their numbers."""
    newest: str
    """Address of the newest page where that is further away, or empty."""
    oldest: str
    """Address of the oldest page, likewise."""
    newer: str
    """Address of the next newer page, or empty."""
    older: str
    """Address of the next older page, or empty."""


@found_as("公告")
@template("notice.html")
class NoticePage(NamedTuple):
    """A notice or decision in full."""

    title: str
    """Title of the document."""
    kind: str
    """公示, 表彰决定, 通报, 更正 or 撤销."""
    number: str
    """Document number."""
    start: date | None
    """First day of the public notice."""
    end: date | None
    """Last day of the public notice."""
    working_days: tuple[date, ...]
    """Working days of the public notice; empty where they are not known."""
    runs: bool
    """Whether the public notice runs on the day of the build."""
    basis: str
    """On what grounds the public notice is given."""
    date: date
    """Date of issue."""
    issuers: tuple[str, ...]
    """Issuing organisations."""
    body: TextKey
    """The text."""
    awards: tuple[AwardCard, ...]
    """Awards that it concerns."""
    objections: tuple[Step, ...]
    """Objections that came in, and what became of them."""
    related: tuple[NoticeCard, ...]
    """Other documents about the same awards, oldest first."""
    contacts: tuple[ContactCard, ...]
    """Where to object or ask."""

    def said(self, _: str) -> Said:
        words = (self.number, *self.issuers, self.basis, *(card.recipient for card in self.awards))
        return Said(self.kind, words)


def pages(index: Index) -> Iterator[Entry]:
    """The pages of the list and one page a notice; none without notices."""
    days = {notice.id: notice.date for notice in reversed(index.notices)}
    if not days:
        return
    for number, count, ids in paging.stretches([*days], index.campaign.info.site.posts_per_page):
        yield entry(paging.url(NOTICES.url, number, count), _list_page, number, count, ids, day=days[ids[-1]])
    yield from (entry(urls.page("notice", id), _notice_page, id, day=day) for id, day in days.items())


def _list_page(index: Index, number: int, count: int, ids: tuple[str, ...]) -> Page:
    cards = [index.notice_card(index.campaign.notices[id]) for id in reversed(ids)]
    groups = []
    if number == count:
        running = tuple(card for card in map(index.notice_card, index.notices) if card.until)
        groups += [Group("正在公示", "", running)] if running else []
        cards = [card for card in cards if not card.until]
    groups += [Group(f"{year}年", "", tuple(own)) for year, own in groupby(cards, lambda card: card.date.year)]
    context = NoticesPage(tuple(groups), **paging.ways(NOTICES.url, number, count)._asdict())
    page = paging.which(number, count)
    description = f"公示、表彰决定、通报、更正和撤销，由新到旧{page or '，正在公示的在前'}"
    return section(
        NOTICES, context, description, url=paging.url(NOTICES.url, number, count), title=f"{NOTICES.title}{page}"
    )


def _notice_page(index: Index, id: str) -> Page:
    notice, concerned = index.campaign.notices[id], index.ties.awards_of_paper(id)
    is_public_notice = notice.kind == "公示"
    told = (step for award in concerned for step in progress_steps.objections(index, award)) if is_public_notice else ()
    inputs = _Notice(
        notice=notice,
        issuers=index.orgs(notice.issuers),
        runs=progress_steps.runs(index, notice),
        basis=_basis(index, notice, concerned),
        working_days=progress_steps.working_days(index, notice),
        awards=by_title(index, concerned),
        by=Orders.of(index.campaign.cycles[concerned[0].cycle]) if concerned else Orders(),
        objections=tuple(sorted(told, key=lambda step: step.when or date.max)),
        related=progress_steps.related(index, notice),
        contacts=index.contacts_of(notice.issuers) if is_public_notice else index.contacts,
    )
    return Page(urls.page("notice", notice.id), inputs, notice)


def _basis(index: Index, notice: Notice, concerned: Iterable[Award]) -> str:
    """What the notice says itself, else the approval of the contest that its awards belong to."""
    if notice.basis or notice.kind != "公示":
        return notice.basis
    cycles = (index.campaign.cycles[id] for id in dict.fromkeys(award.cycle for award in concerned))
    return "；".join(cycle.title + (f"（批准文号：{cycle.approval}）" if cycle.approval else "") for cycle in cycles)


class _Notice(TextInputs, frozen=True, kw_only=True):
    shows = NoticePage
    notice: Notice
    issuers: tuple[str, ...]
    runs: bool
    basis: str
    working_days: tuple[date, ...]
    awards: tuple[Group[AwardCard], ...]
    by: Orders
    objections: tuple[Step, ...]
    related: tuple[NoticeCard, ...]
    contacts: tuple[ContactCard, ...]

    def shown(self, text: TextKey) -> Shown:
        notice = self.notice
        context = NoticePage(
            title=notice.title,
            kind=notice.kind,
            number=notice.number,
            date=notice.date,
            start=notice.start,
            end=notice.end,
            working_days=self.working_days,
            runs=self.runs,
            basis=self.basis,
            issuers=self.issuers,
            body=text,
            awards=tuple(card for group in in_order(self.awards, self.by) for card in group.cards),
            objections=self.objections,
            related=self.related,
            contacts=self.contacts,
        )
        tags = ArticleTags(notice.date, self.issuers[0], "", notice.kind)
        # texts of notices often begin alike
        description = f"{notice.kind}（{notice.number or china_day(notice.date)}）：{summarise(notice.body)}"
        return article(NOTICES, text.url, notice.title, description, tags=tags), context


SECTION = Section(pages, order=20, menu=NOTICES, has_content=lambda campaign: campaign.notices)
