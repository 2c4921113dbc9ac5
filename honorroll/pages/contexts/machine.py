"""What machines read, and the page that describes the open data."""

from datetime import date, datetime
from typing import NamedTuple

from honorroll.pages.cards import DatasetCard
from honorroll.pages.files.syndication import FeedEntry


class OpenDataPage(NamedTuple):
    """What open data there are, and how to read them."""

    datasets: tuple[DatasetCard, ...]
    """The data sets that have any rows."""
    license: str
    """Under what terms the data may be used; empty when there are none."""
    license_url: str
    """Where these terms stand; empty when unknown."""


class RawPage(NamedTuple):
    """A file that is written as it is, such as the open data."""

    text: str
    """All of it."""


class FeedPage(NamedTuple):
    """A feed in Atom; its title is the page's."""

    home: str
    """Address of the page whose news these are."""
    entries: tuple[FeedEntry, ...]
    """The newest, newest first."""
    updated: datetime
    """Date of the newest."""


class RssPage(NamedTuple):
    """Posts and notices in RSS 2.0."""

    entries: tuple[FeedEntry, ...]
    """The newest, newest first."""
    updated: datetime
    """Date of the newest."""


class Dated(NamedTuple):
    """A page in the sitemap."""

    url: str
    day: date | None
    """The newest day of what it tells of; never that of a build. None where that is not known."""


class SitemapPage(NamedTuple):
    """The list of all addresses, for robots."""

    pages: tuple[Dated, ...]
    """All pages, by address."""


class RobotsPage(NamedTuple):
    """What robots may read."""
