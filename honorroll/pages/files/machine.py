"""What machines read: sitemap, robots."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from honorroll.pages.contexts import Context, template
from honorroll.pages.page import Page, made
from honorroll.pages.parts import PageMeta


class Dated(NamedTuple):
    """A page in the sitemap."""

    url: str
    day: date | None
    """The newest day of what it tells of; never that of a build. None where that is not known."""


@template("sitemap.xml")
class SitemapPage(NamedTuple):
    """The list of all addresses, for robots."""

    pages: tuple[Dated, ...]
    """All pages, by address."""


@template("robots.txt")
class RobotsPage(NamedTuple):
    """What robots may read."""


def pages(addresses: Collection[Dated]) -> Iterator[Page]:
    """robots.txt, and a sitemap of the given pages if there are any."""
    if addresses:
        yield _page("sitemap.xml", SitemapPage(tuple(sorted(addresses))))
    yield _page("robots.txt", RobotsPage())


def _page(url: str, context: Context) -> Page:
    return made(PageMeta(url, "", "", ""), context)
