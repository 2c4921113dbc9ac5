"""What feeds are made of."""

from datetime import datetime
from typing import NamedTuple


class FeedLink(NamedTuple):
    """A feed."""

    url: str
    type: str
    """Media type: Atom's, that of RSS 2.0 or JSON Feed's."""
    title: str
    section: str = ""
    """Address of the section that it tells of; empty for the main feed, which all pages lead to."""


class FeedEntry(NamedTuple):
    """An entry of a feed."""

    url: str
    title: str
    date: datetime
    summary: str
    author: str
    """Who wrote it, or where it comes from."""
    tags: tuple[str, ...]
    updated: datetime | None = None
    """When it was changed after its date."""

    @property
    def changed(self) -> datetime:
        """When it was last changed."""
        return max(self.date, self.updated or self.date)
