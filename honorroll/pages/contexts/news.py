"""The front page, news, standing pages and the page for unknown addresses."""

from datetime import date, datetime
from typing import NamedTuple

from honorroll.content import TextKey
from honorroll.pages.cards import (
    AwardCard,
    ContactCard,
    DeedCard,
    FigureCard,
    Headline,
    NoticeCard,
    PostCard,
    StageCard,
)
from honorroll.pages.parts import Fact, Group, Image, Link, Share


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


class NewsIndexPage(NamedTuple):
    """One page of the news list. Pages are numbered from the oldest, so old pages stay put."""

    posts: tuple[PostCard, ...]
    """Posts of this page, newest first."""
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
    tags: tuple[Link, ...]
    """All tags in use."""


class PostPage(NamedTuple):
    """A news post."""

    title: str
    """Title of the post."""
    date: datetime
    """When it was published, China time."""
    source: str
    """Where it comes from."""
    author: str
    """Who wrote it."""
    tags: tuple[Link, ...]
    """Its tags."""
    body: TextKey
    """The text."""
    image: Image | None
    """Its lead picture, when the text itself does not show it."""
    mentions: tuple[Link, ...]
    """Teams, deeds, projects and awards that it tells of."""
    related: tuple[Headline, ...]
    """The posts that share most with it, at most three."""
    newer: Link | None
    """The next newer post."""
    older: Link | None
    """The next older post."""
    share: Share
    """Its poster and cover, where they are drawn."""


class ArchivePage(NamedTuple):
    """All months with posts."""

    years: tuple[Group[Fact], ...]
    """Years, newest first, each with its months: name, number of posts, address."""


class MonthPage(NamedTuple):
    """All posts of a month, as titles."""

    days: tuple[Group[Headline], ...]
    """Its days, newest first."""
    newer: Link | None
    """The next later month with posts."""
    older: Link | None
    """The month with posts before it."""


class TagPage(NamedTuple):
    """All posts with one tag."""

    tag: str
    """Name of the tag."""
    posts: tuple[PostCard, ...]
    """Posts with the tag, newest first."""


class TagsPage(NamedTuple):
    """All tags."""

    tags: tuple[Fact, ...]
    """Name, number of posts and address of each tag."""


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


class NotFoundPage(NamedTuple):
    """The page for unknown addresses."""
