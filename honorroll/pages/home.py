"""The front page, the results and the standing pages."""

from collections.abc import Iterator
from datetime import date

from honorroll import urls
from honorroll.ledgers import LEDGERS, decimal, total
from honorroll.markup import TextKey
from honorroll.model import Article, Figure
from honorroll.orders import Orders
from honorroll.pages.contest import cycles
from honorroll.pages.contexts import ArticlePage, HomePage, NotFoundPage, ResultsPage
from honorroll.pages.honours import by_title, in_order
from honorroll.pages.index import Index, days
from honorroll.pages.page import HOME, Entry, Page, Shown, article, made, section
from honorroll.pages.parts import (
    ArticleTags,
    AwardCard,
    Column,
    ContactCard,
    FigureCard,
    Group,
    Link,
    PageMeta,
    StageCard,
)
from honorroll.pages.sections import RESULTS, has_results
from honorroll.standing import PENDING

#: How many items of each kind the front page shows.
POSTS, DEEDS, NOTICES, FIGURES = 5, 3, 4, 4


def pages(index: Index, base_path: str) -> Iterator[Entry]:
    """Front page, results, standing pages and the page for unknown addresses."""
    yield Entry(HOME.url, _home)
    if has_results(index.campaign):
        yield Entry(RESULTS.url, _results)
    yield from (Entry(f"{id}.html", _standing_page, (id,)) for id in index.campaign.articles)
    yield Entry("404.html", _not_found, (base_path,))


def _standing_page(index: Index, id: str) -> Page:
    page, source = index.campaign.articles[id], index.org(index.campaign.info.organisers[-1])
    inputs = (page, index.contacts if page.contacts else (), source)
    return Page(f"{id}.html", "article.html", _standing, inputs, page, has_text=True)


def _standing(text: TextKey, page: Article, contacts: tuple[ContactCard, ...], source: str) -> Shown:
    context = ArticlePage(page.title, page.updated, text, contacts)
    tags = ArticleTags(page.updated, source, "", page.title)
    return article(Link(page.nav or page.title, text.url), text.url, page.title, page.summary, tags=tags), context


def _home(index: Index) -> Page:
    campaign, info = index.campaign, index.campaign.info
    newest = [index.post_card(post) for post in reversed(index.posts[-POSTS - 1 :])]
    lead = next((card for card in newest if card.image), newest[0] if newest else None)
    title, awards, by = _honours(index)
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
        awards_title=title,
        notices=tuple(index.notice_card(notice) for notice in index.notices[:NOTICES]),
        stages=tuple(StageCard(s.title, s.start, s.end, s.summary) for s in info.stages),
        plan=Link(plan.nav or plan.title, "plan.html") if plan else None,
        wrap_up=Link(wrap_up.title, urls.page("news", wrap_up.id)) if wrap_up else None,
    )
    column = Column(HOME.title, info.summary, info.short_title, HOME.title)
    meta = PageMeta("index.html", "", "", info.summary, HOME.url, column=column, image=lead.image if lead else None)
    return made(meta, context, info)._replace(make=_front, inputs=(meta, context, by))


def _front(meta: PageMeta, context: HomePage, by: Orders) -> Shown:
    return meta, context._replace(awards=in_order(context.awards, by))


def _honours(index: Index) -> tuple[str, tuple[Group[AwardCard], ...], Orders]:
    """The newest cycle's winners; while nothing is granted, the list on notice."""
    for cycle in cycles(index):
        awards = [award for award in index.campaign.awards.values() if award.cycle == cycle.id]
        granted = [award for award in awards if index.ties.state(award) == "已授予"]
        shown = granted or [award for award in awards if index.ties.state(award) in PENDING]
        if shown:
            return cycle.title + ("" if granted else "公示名单"), by_title(index, shown), Orders.of(cycle)
    return "", (), Orders()


def _updated(index: Index) -> date:
    """Date of the newest content; the campaign's first day when there is none."""
    dates = [post.date.date() for post in index.posts[-1:]]
    dates += [deed.date for deed in index.deeds[:1]]
    dates += [notice.date for notice in index.notices[:1]]
    dates += [standing.updated for standing in index.campaign.articles.values()]
    return max(dates, default=index.campaign.info.start)


def figure_card(index: Index, figure: Figure) -> FigureCard:
    """A published number with its source."""
    post = index.campaign.posts.get(figure.post or "")
    url = urls.page("news", post.id) if post else ""
    return FigureCard(figure.name, f"{figure.value}{figure.approximate}", figure.unit, figure.as_of, figure.source, url)


def _results(index: Index) -> Page:
    campaign = index.campaign
    bar = campaign.info.thresholds.inspection_points or 0
    context = ResultsPage(
        totals=tuple(_totals(index)),
        figures=tuple(figure_card(index, figure) for figure in campaign.figures.values()),
        days=days(campaign.patrols, campaign.inspections, bar),
        points_bar=bar,
        teams=tuple(
            card for card in (index.team_card(team) for team in campaign.teams.values()) if card.hours or card.points
        ),
    )
    return section(RESULTS, context, "巡逻、巡查和事迹的各项数据及其来源")


def _totals(index: Index) -> Iterator[FigureCard]:
    """Sums of the ledgers; each is exactly the sum of the records of this site (SUM-01)."""
    for name, (unit, table, _) in LEDGERS.items():
        value, as_of = total(index.campaign, name, index.campaign.today)
        if value and as_of:
            yield FigureCard(name, decimal(value), unit, as_of, _SOURCES[table], "")


_SOURCES = {"patrols": "巡逻记录", "inspections": "巡查记录", "deeds": "事迹记录"}


def _not_found(_: Index, base_path: str) -> Page:
    """Served for any address, so its links start at the site's absolute path."""
    meta = PageMeta("404.html", base_path, "没有找到这个页面", "网址可能有误，或页面已移走。")
    return made(meta, NotFoundPage())
