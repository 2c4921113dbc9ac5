"""What machines read: feed, sitemap, robots."""

from collections.abc import Collection, Iterator

from honorroll import urls
from honorroll.pages.contexts import Context
from honorroll.pages.contexts.machine import FeedPage, RobotsPage, SitemapPage
from honorroll.pages.index import Index
from honorroll.pages.page import Entry, Page, made
from honorroll.pages.parts import FeedEntry, PageMeta

FEED_ENTRIES = 20


def pages(index: Index, addresses: Collection[str]) -> Iterator[Entry | Page]:
    """Feed, robots.txt, and a sitemap of the given addresses if there are any."""
    if index.posts:
        yield Entry("feed.xml", _feed)
    if addresses:
        yield _page("sitemap.xml", SitemapPage(tuple(sorted(addresses))))
    yield _page("robots.txt", RobotsPage())


def _feed(index: Index) -> Page:
    newest = index.posts[::-1][:FEED_ENTRIES]
    entries = tuple(FeedEntry(urls.page("news", post.id), post.title, post.date, post.summary) for post in newest)
    return _page("feed.xml", FeedPage(entries, newest[0].date))


def _page(url: str, context: Context) -> Page:
    return made(PageMeta(url, "", "", ""), context)
