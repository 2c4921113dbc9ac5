"""What machines read: sitemap, robots."""

from collections.abc import Collection, Iterator

from honorroll.pages.contexts import Context
from honorroll.pages.contexts.machine import Dated, RobotsPage, SitemapPage
from honorroll.pages.page import Page, made
from honorroll.pages.parts import PageMeta


def pages(addresses: Collection[Dated]) -> Iterator[Page]:
    """robots.txt, and a sitemap of the given pages if there are any."""
    if addresses:
        yield _page("sitemap.xml", SitemapPage(tuple(sorted(addresses))))
    yield _page("robots.txt", RobotsPage())


def _page(url: str, context: Context) -> Page:
    return made(PageMeta(url, "", "", ""), context)
