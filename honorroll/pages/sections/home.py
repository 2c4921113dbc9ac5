"""The front page and the standing pages."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from honorroll.content import TextKey
from honorroll.model import Article, urls
from honorroll.pages.cards import ContactCard
from honorroll.pages.contexts.news import ArticlePage, HomePage, NotFoundPage
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import HOME, Entry, Page, Shown, TextInputs, article, entry, made
from honorroll.pages.parts import ArticleTags, Column, Link, PageMeta
from honorroll.pages.sections import progress_steps
from honorroll.pages.sections.honours import Ordered, newest_honours
from honorroll.pages.sections.results import figure_card
from honorroll.pages.site_parts import TIMELINE, WRAP_UP, has_timeline, is_over

#: How many items of each kind the front page shows.
POSTS, DEEDS, NOTICES, FIGURES = 6, 3, 4, 4


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
    template = "article.html"
    page: Article
    contacts: tuple[ContactCard, ...]
    source: str

    def shown(self, text: TextKey) -> Shown:
        page = self.page
        tags = ArticleTags(page.updated, self.source, "", page.title)
        meta = article(Link(page.nav or page.title, text.url), text.url, page.title, page.summary, tags=tags)
        return meta, ArticlePage(page.title, page.updated, text, self.contacts)


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
    return Page(HOME.url, Ordered(meta, context, by), info)


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
