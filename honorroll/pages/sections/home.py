"""The front page and the standing pages."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from urllib.parse import urlsplit

from honorroll.content import TextKey
from honorroll.model import Article, Orders, urls
from honorroll.pages import progress_steps
from honorroll.pages.cards import AwardCard, ContactCard, DeedCard, FigureCard, NoticeCard, PostCard, StageCard
from honorroll.pages.contexts import Said, found_as, template
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import HOME, Entry, Inputs, Page, Section, Shown, TextInputs, article, entry, made
from honorroll.pages.parts import ArticleTags, Column, Group, Link, PageMeta
from honorroll.pages.sections.honours import in_order, newest_honours
from honorroll.pages.sections.results import figure_card
from honorroll.pages.site_parts import TIMELINE, WRAP_UP, has_timeline, is_over

#: How many items of each kind the front page shows.
POSTS, DEEDS, NOTICES, FIGURES = 6, 3, 4, 4


@template("home.html")
class HomePage(NamedTuple):
    """The front page."""

    title: str
    """Full title of the campaign."""
    summary: str
    """What the campaign is, in a few sentences."""
    start: date
    """First day of the campaign."""
    end: date
    """Last day of the campaign."""
    updated: date
    """Date of the newest content."""
    figures: tuple[FigureCard, ...]
    """Key figures."""
    lead: PostCard | None
    """The newest post with a picture, or the newest post."""
    posts: tuple[PostCard, ...]
    """Latest posts, without the lead."""
    deeds: tuple[DeedCard, ...]
    """Latest deeds."""
    awards: tuple[Group[AwardCard], ...]
    """Awards of the newest cycle by title, the note is the kind: winners, or the list on notice."""
    awards_title: str
    """Heading of the awards block."""
    awards_url: str
    """Where they stand in the award list; empty without awards."""
    notices: tuple[NoticeCard, ...]
    """Latest notices."""
    stages: tuple[StageCard, ...]
    """Phases of the campaign."""
    timeline: Link | None
    """The timeline, where there is one."""
    plan: Link | None
    """The plan page."""
    wrap_up: Link | None
    """The post that sums the campaign up, once there is one."""


@found_as("专页")
@template("article.html")
class ArticlePage(NamedTuple):
    """A standing page, such as the plan or the reporting guide."""

    title: str
    """Title of the page."""
    updated: date
    """When it was last changed."""
    body: TextKey
    """The text."""
    contacts: tuple[ContactCard, ...]
    """Contacts to show below the text."""

    def said(self, _: str) -> Said:
        return Said()


@template("404.html")
class NotFoundPage(NamedTuple):
    """The page for unknown addresses."""


def pages(index: Index) -> Iterator[Entry]:
    """Front page, standing pages and the page for unknown addresses."""
    yield entry(HOME.url, _home, day=_updated(index))
    for id, page in index.campaign.articles.items():
        yield entry(f"{id}.html", _standing_page, id, day=page.updated)
    yield entry("404.html", _not_found, urlsplit(index.base_url).path or "/")


def _standing_page(index: Index, id: str) -> Page:
    page, source = index.campaign.articles[id], index.org(index.campaign.info.organisers[-1])
    inputs = _StandingPage(page, index.contacts if page.contacts else (), source)
    return Page(f"{id}.html", inputs, page)


class _StandingPage(TextInputs, frozen=True):
    shows = ArticlePage
    page: Article
    contacts: tuple[ContactCard, ...]
    source: str

    def shown(self, text: TextKey) -> Shown:
        page = self.page
        tags = ArticleTags(page.updated, self.source, "", page.title)
        meta = article(Link(page.nav or page.title, text.url), text.url, page.title, page.summary, tags=tags)
        return meta, ArticlePage(page.title, page.updated, text, self.contacts)


class _Home(Inputs, frozen=True):
    shows = HomePage
    meta: PageMeta
    context: HomePage
    by: Orders

    def shown(self) -> Shown:
        return self.meta, self.context._replace(awards=in_order(self.context.awards, self.by))


def _home(index: Index) -> Page:
    campaign, info = index.campaign, index.campaign.info
    newest = [index.post_card(post) for post in reversed(index.posts[-POSTS - 1 :])]
    lead = next((card for card in newest if card.image), newest[0] if newest else None)
    honours, awards, by = newest_honours(index)
    plan = campaign.articles.get("plan")
    wrap_up = campaign.posts.get(info.wrap_up or "")
    context = HomePage(
        title=info.title,
        summary=info.summary,
        start=info.start,
        end=info.end,
        updated=_updated(index),
        figures=tuple(figure_card(index, f) for f in campaign.figures.values() if f.key)[:FIGURES],
        lead=lead,
        posts=tuple(card for card in newest if card is not lead)[:POSTS],
        deeds=tuple(index.deed_card(deed) for deed in index.deeds[:DEEDS]),
        awards=awards,
        awards_title=honours.title,
        awards_url=honours.url,
        notices=tuple(index.notice_card(notice) for notice in index.notices[:NOTICES]),
        stages=progress_steps.stages(index),
        timeline=TIMELINE if has_timeline(campaign) else None,
        plan=Link(plan.nav or plan.title, "plan.html") if plan else None,
        wrap_up=Link(wrap_up.title, urls.page("news", wrap_up.id))
        if wrap_up
        else WRAP_UP
        if is_over(campaign)
        else None,
    )
    column = Column(HOME.title, info.summary, info.short_title, HOME.title)
    meta = PageMeta("index.html", "", "", info.summary, HOME.url, column=column, image=lead.image if lead else None)
    return Page(HOME.url, _Home(meta, context, by), info)


def _updated(index: Index) -> date:
    """Date of the newest content; the campaign's first day when there is none."""
    dates = [post.date.date() for post in index.posts[-1:]]
    dates += [deed.date for deed in index.deeds[:1]]
    dates += [notice.date for notice in index.notices[:1]]
    dates += [standing.updated for standing in index.campaign.articles.values()]
    return max(dates, default=index.campaign.info.start)


def _not_found(_: Index, base_path: str) -> Page:
    """Served for any address, so its links start at the site's absolute path."""
    meta = PageMeta("404.html", base_path, "没有找到这个页面", "网址可能有误，或页面已移走。")
    return made(meta, NotFoundPage())


SECTION = Section(pages, order=0)
