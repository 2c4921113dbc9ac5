"""What each page shows, and nothing more: the frozen context of every template.

A template sees exactly `site`, `page` and the fields of its context class, under these names.
Addresses are relative to the site's root; a template writes `{{ page.root }}{{ link.url }}`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from honorroll.markup import Prose
from honorroll.pages.parts import (
    AwardCard,
    ContactCard,
    Day,
    DeedCard,
    Fact,
    FeedEntry,
    FigureCard,
    Group,
    Image,
    Link,
    NoticeCard,
    PostCard,
    ProjectCard,
    StageCard,
    Step,
    TeamCard,
)


@dataclass(frozen=True, slots=True)
class HomePage:
    """The front page."""

    template: ClassVar[str] = "home.html"
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
    notices: tuple[NoticeCard, ...]
    """Latest notices."""
    stages: tuple[StageCard, ...]
    """Phases of the campaign."""
    plan: Link | None
    """The plan page."""


@dataclass(frozen=True, slots=True)
class NewsIndexPage:
    """One page of the news list. Pages are numbered from the oldest, so old pages stay put."""

    template: ClassVar[str] = "news_index.html"
    posts: tuple[PostCard, ...]
    """Posts of this page, newest first."""
    number: int
    """Number of this page; the front page of the list has the highest."""
    pages: tuple[Link, ...]
    """All pages, newest first; titles are their numbers."""
    newer: str
    """Address of the next newer page, or empty."""
    older: str
    """Address of the next older page, or empty."""
    tags: tuple[Link, ...]
    """All tags in use."""


@dataclass(frozen=True, slots=True)
class PostPage:
    """A news post."""

    template: ClassVar[str] = "post.html"
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
    body: Prose
    """The text."""
    image: Image | None
    """Its lead picture, when the text itself does not show it."""
    related: tuple[Link, ...]
    """Teams, deeds, projects and awards that it tells of."""
    newer: Link | None
    """The next newer post."""
    older: Link | None
    """The next older post."""


@dataclass(frozen=True, slots=True)
class TagPage:
    """All posts with one tag."""

    template: ClassVar[str] = "tag.html"
    tag: str
    """Name of the tag."""
    posts: tuple[PostCard, ...]
    """Posts with the tag, newest first."""


@dataclass(frozen=True, slots=True)
class TagsPage:
    """All tags."""

    template: ClassVar[str] = "tags.html"
    tags: tuple[Fact, ...]
    """Name, number of posts and address of each tag."""


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """A standing page, such as the plan or the reporting guide."""

    template: ClassVar[str] = "article.html"
    title: str
    """Title of the page."""
    updated: date
    """When it was last changed."""
    body: Prose
    """The text."""
    contacts: tuple[ContactCard, ...]
    """Contacts to show below the text."""


@dataclass(frozen=True, slots=True)
class TeamsPage:
    """All teams."""

    template: ClassVar[str] = "teams.html"
    groups: tuple[Group[TeamCard], ...]
    """Teams by type; the note says what the type is for."""


@dataclass(frozen=True, slots=True)
class TeamPage:
    """One team."""

    template: ClassVar[str] = "team.html"
    name: str
    """Name of the team."""
    type: str
    """Its type."""
    about: str
    """What it does."""
    facts: tuple[Fact, ...]
    """Company, headcount, areas, equipment, police unit."""
    hours: str
    """Patrol hours on record; empty when there are none."""
    patrols: int
    """Number of patrols on record."""
    points: int
    """Number of inspected points on record."""
    days: tuple[Day, ...]
    """Its days on record, oldest first."""
    deeds: tuple[DeedCard, ...]
    """Its deeds."""
    posts: tuple[PostCard, ...]
    """Posts that tell of it."""


@dataclass(frozen=True, slots=True)
class DeedsPage:
    """All deeds."""

    template: ClassVar[str] = "deeds.html"
    groups: tuple[Group[DeedCard], ...]
    """Deeds by kind, newest first."""


@dataclass(frozen=True, slots=True)
class DeedPage:
    """One deed."""

    template: ClassVar[str] = "deed.html"
    title: str
    """Title of the deed."""
    kind: str
    """战果, 好人好事, 先进事迹 or 见义勇为."""
    facts: tuple[Fact, ...]
    """Date, people, team, project, place."""
    body: Prose
    """The story."""
    evidence: tuple[str, ...]
    """What proves it."""
    images: tuple[Image, ...]
    """Photographs."""
    posts: tuple[PostCard, ...]
    """Posts that tell of it."""


@dataclass(frozen=True, slots=True)
class ContestPage:
    """The contest: conditions, steps, projects."""

    template: ClassVar[str] = "contest.html"
    theme: str
    """Theme of the contest."""
    award_title: str
    """Title that is awarded."""
    conditions: tuple[Fact, ...]
    """What a project must fulfil."""
    steps: tuple[Step, ...]
    """From application to title."""
    groups: tuple[Group[ProjectCard], ...]
    """Projects by cycle, newest cycle first."""


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """One contest project."""

    template: ClassVar[str] = "project.html"
    name: str
    """Name of the project."""
    status: str
    """How far it has come."""
    about: str
    """What is guarded and how."""
    facts: tuple[Fact, ...]
    """Site, company, client, guards, certificates."""
    steps: tuple[Step, ...]
    """Its way through the contest."""
    activities: tuple[Step, ...]
    """Trainings, drills, hazard checks, oldest first."""
    merits: tuple[Fact, ...]
    """Evidence that speaks for it."""
    inspections: tuple[Step, ...]
    """When it was inspected and what was found."""
    awards: tuple[AwardCard, ...]
    """Its awards."""
    posts: tuple[PostCard, ...]
    """Posts that tell of it."""


@dataclass(frozen=True, slots=True)
class AwardsPage:
    """The award list."""

    template: ClassVar[str] = "awards.html"
    cycles: tuple[Group[Group[AwardCard]], ...]
    """By cycle, newest first, its note says the order; in it by title, the note there is the kind."""
    notices: tuple[NoticeCard, ...]
    """Notices and decisions, newest first."""


@dataclass(frozen=True, slots=True)
class AwardPage:
    """One award; its address is permanent."""

    template: ClassVar[str] = "award.html"
    title: str
    """The title awarded."""
    recipient: str
    """Who received it."""
    state: str
    """公示中, 已授予 or 已撤销."""
    citation: str
    """Why."""
    facts: tuple[Fact, ...]
    """Cycle, kind, company, decision, notice."""
    revoked: str
    """Why and when it was taken back; empty otherwise."""
    posts: tuple[PostCard, ...]
    """Posts that tell of it."""


@dataclass(frozen=True, slots=True)
class NoticePage:
    """A notice or decision in full."""

    template: ClassVar[str] = "notice.html"
    title: str
    """Title of the document."""
    kind: str
    """公示, 表彰决定, 通报, 更正 or 撤销."""
    number: str
    """Document number."""
    start: date | None
    """First day of the public notice."""
    end: date | None
    """Last day of the public notice."""
    date: date
    """Date of issue."""
    issuers: tuple[str, ...]
    """Issuing organisations."""
    body: Prose
    """The text."""
    awards: tuple[AwardCard, ...]
    """Awards that it concerns."""
    contacts: tuple[ContactCard, ...]
    """Where to object or ask."""


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """Results: figures and the ledgers' totals."""

    template: ClassVar[str] = "results.html"
    totals: tuple[FigureCard, ...]
    """Sums of the ledgers of this site."""
    figures: tuple[FigureCard, ...]
    """Published figures with their sources."""
    days: tuple[Day, ...]
    """Days on record, oldest first."""
    points_bar: int
    """How many points a day should be inspected."""
    teams: tuple[TeamCard, ...]
    """Teams with their hours and points."""


@dataclass(frozen=True, slots=True)
class NotFoundPage:
    """The page for unknown addresses."""

    template: ClassVar[str] = "404.html"


@dataclass(frozen=True, slots=True)
class FeedPage:
    """The Atom feed."""

    template: ClassVar[str] = "feed.xml"
    entries: tuple[FeedEntry, ...]
    """Latest posts."""
    updated: datetime
    """Date of the newest post."""


@dataclass(frozen=True, slots=True)
class SitemapPage:
    """The list of all addresses, for robots."""

    template: ClassVar[str] = "sitemap.xml"
    urls: tuple[str, ...]
    """Addresses of all pages."""


@dataclass(frozen=True, slots=True)
class RobotsPage:
    """What robots may read."""

    template: ClassVar[str] = "robots.txt"


Context = (
    HomePage
    | NewsIndexPage
    | PostPage
    | TagPage
    | TagsPage
    | ArticlePage
    | TeamsPage
    | TeamPage
    | DeedsPage
    | DeedPage
    | ContestPage
    | ProjectPage
    | AwardsPage
    | AwardPage
    | NoticePage
    | ResultsPage
    | NotFoundPage
    | FeedPage
    | SitemapPage
    | RobotsPage
)
