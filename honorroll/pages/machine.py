"""What machines read: feed, sitemap, robots."""

from collections.abc import Iterable, Iterator

from honorroll import urls
from honorroll.chinese import summarise
from honorroll.diagnostics import Place
from honorroll.pages.contexts import Context, FeedPage, RobotsPage, SitemapPage
from honorroll.pages.index import Index
from honorroll.pages.page import Page
from honorroll.pages.parts import FeedEntry, PageMeta

FEED_ENTRIES = 20


def pages(index: Index, addresses: Iterable[str]) -> Iterator[Page]:
    """Feed, sitemap of the given addresses, and robots.txt."""
    newest = index.posts[::-1][:FEED_ENTRIES]
    if newest:
        entries = tuple(
            FeedEntry(urls.page("news", post.id), post.title, post.date, post.summary or summarise(post.body))
            for post in newest
        )
        yield _page("feed.xml", FeedPage(entries, newest[0].date))
    yield _page("sitemap.xml", SitemapPage(tuple(sorted(addresses))))
    yield _page("robots.txt", RobotsPage())


def _page(url: str, context: Context) -> Page:
    return Page(PageMeta(url, "", "", ""), context, Place(f"templates/{context.template}"))
