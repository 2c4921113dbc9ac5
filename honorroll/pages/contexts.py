"""What each page shows, and nothing more: the frozen context of every template.

A template sees exactly `site`, `page` and the fields of its context class, under these names.
Addresses are relative to the site's root; a template writes `{{ page.root }}{{ link.url }}`.
"""

from datetime import date, datetime
from typing import Any, NamedTuple

from honorroll.markup import TextKey
from honorroll.pages.charts import Strip
from honorroll.pages.contexts_results import LedgerPage, ResultsPage, WrapUpPage
from honorroll.pages.parts import (
    AwardCard,
    Check,
    ContactCard,
    DatasetCard,
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
    Table,
    TeamCard,
)


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
    notices: tuple[NoticeCard, ...]
    """Latest notices."""
    stages: tuple[StageCard, ...]
    """Phases of the campaign."""
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
    """All pages, newest first; titles are their numbers."""
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
    related: tuple[Link, ...]
    """Teams, deeds, projects and awards that it tells of."""
    newer: Link | None
    """The next newer post."""
    older: Link | None
    """The next older post."""


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


class TeamsPage(NamedTuple):
    """All teams."""

    groups: tuple[Group[TeamCard], ...]
    """Teams by type; the note says what the type is for."""


class TeamPage(NamedTuple):
    """One team."""

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
    strip: Strip | None
    """Its days as a calendar."""
    days: Table | None
    """Its days on record, oldest first."""
    deeds: tuple[DeedCard, ...]
    """Its deeds."""
    projects: tuple[Link, ...]
    """Projects that it inspected."""
    posts: tuple[PostCard, ...]
    """Posts that tell of it."""


class DeedsPage(NamedTuple):
    """All deeds."""

    groups: tuple[Group[DeedCard], ...]
    """Deeds by kind, newest first."""


class DeedPage(NamedTuple):
    """One deed."""

    title: str
    """Title of the deed."""
    kind: str
    """战果, 好人好事, 先进事迹 or 见义勇为."""
    facts: tuple[Fact, ...]
    """Date, people, team, project, place."""
    body: TextKey
    """The story."""
    evidence: tuple[str, ...]
    """What proves it."""
    images: tuple[Image, ...]
    """Photographs."""
    awards: tuple[AwardCard, ...]
    """Awards to those of whom it tells."""
    posts: tuple[PostCard, ...]
    """Posts that tell of it."""


class ContestPage(NamedTuple):
    """The contest: conditions, steps, projects."""

    theme: str
    """Theme of the contest."""
    award_title: str
    """Title that is awarded."""
    conditions: tuple[Fact, ...]
    """What a project must fulfil."""
    criteria: tuple[Fact, ...]
    """What bars a project, and what speaks for it."""
    steps: tuple[Step, ...]
    """From application to title."""
    asides: tuple[Fact, ...]
    """What else may happen after a step; the name is the step's title."""
    groups: tuple[Group[ProjectCard], ...]
    """Projects by cycle, newest cycle first."""
    earlier: tuple[Group[AwardCard], ...]
    """What was awarded in earlier cycles, newest first; revoked awards too."""


class ProjectPage(NamedTuple):
    """One contest project."""

    name: str
    """Name of the project."""
    status: str
    """How far it has come on the day of the build."""
    about: str
    """What is guarded and how."""
    left: str
    """When and why it left the contest; empty otherwise."""
    facts: tuple[Fact, ...]
    """Cycle, site, company, client."""
    steps: tuple[Step, ...]
    """Its way through the contest, each step with its date and evidence."""
    checks: tuple[Check, ...]
    """The conditions, and whether it meets them."""
    activities: tuple[Step, ...]
    """Trainings, drills, hazard checks, oldest first."""
    merits: tuple[Step, ...]
    """Evidence that speaks for it."""
    inspections: tuple[Step, ...]
    """When it was inspected, by whom, and what was found."""
    awards: tuple[AwardCard, ...]
    """Its awards."""
    deeds: tuple[DeedCard, ...]
    """Deeds done in it."""
    posts: tuple[PostCard, ...]
    """Posts that tell of it."""


class CompanyPage(NamedTuple):
    """One security company."""

    name: str
    """Full name of the company."""
    facts: tuple[Fact, ...]
    """Region, office in the association."""
    awards: tuple[AwardCard, ...]
    """Awards to it, its projects and its guards."""
    projects: tuple[ProjectCard, ...]
    """Its contest projects."""
    teams: tuple[TeamCard, ...]
    """Its teams."""


class AwardsPage(NamedTuple):
    """The award list."""

    cycles: tuple[Group[Group[AwardCard]], ...]
    """By cycle, newest first, its note says the order; in it by title, the note there is the kind."""
    notices: tuple[NoticeCard, ...]
    """Notices and decisions, newest first."""


class AwardPage(NamedTuple):
    """One award; its address is permanent."""

    title: str
    """The title awarded."""
    kind: str
    """Who receives it: 项目, 公司 or 保安员."""
    recipient: str
    """Who received it."""
    company: str
    """Company of the project or guard; empty for a company."""
    state: str
    """公示中, 公示期满, 异议核查中, 已授予, 未授予 or 已撤销, on the day of the build."""
    citation: str
    """Why; empty until it is granted."""
    facts: tuple[Fact, ...]
    """Cycle, kind, company, decision, notice."""
    until: date | None
    """Last day of its public notice while that runs."""
    working_days: tuple[date, ...]
    """Working days of the notice while it runs."""
    revoked: str
    """Why and when it was taken back; empty otherwise."""
    refused: str
    """Why it was not granted; empty otherwise."""
    steps: tuple[Step, ...]
    """What has happened to it so far, oldest first."""
    deeds: tuple[DeedCard, ...]
    """Deeds of the recipient."""
    qr_code: str
    """Address of the QR code that leads to this page; empty without an address of the site."""
    certificate: str
    """Address of its certificate; empty unless it is granted."""
    posts: tuple[PostCard, ...]
    """Posts that tell of it."""


class CertificatePage(NamedTuple):
    """The certificate of an award that is granted, one sheet of A4."""

    recipient: str
    """Who received it."""
    company: str
    """The company that a project or a guard belongs to; empty for a company's own."""
    title: str
    """The title awarded."""
    citation: str
    """Why."""
    cycle: str
    """Title of the cycle."""
    issuers: tuple[str, ...]
    """Who decided."""
    number: str
    """Number of the decision."""
    date: date
    """Date of the decision."""
    award: str
    """Address of the award's page."""
    qr_code: str
    """Address of the QR code that leads to it; empty without an address of the site."""


class QrCode(NamedTuple):
    """The QR code of an award's page, an SVG file of its own."""

    address: str
    """The absolute address that it leads to."""
    size: int
    """Modules on each side, with four of the quiet zone on every side."""
    path: str
    """The dark modules, as the data of an SVG path."""


class NoticePage(NamedTuple):
    """A notice or decision in full."""

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
    working_days: tuple[date, ...]
    """Working days of the public notice; empty where they are not known."""
    runs: bool
    """Whether the public notice runs on the day of the build."""
    basis: str
    """On what grounds the public notice is given."""
    date: date
    """Date of issue."""
    issuers: tuple[str, ...]
    """Issuing organisations."""
    body: TextKey
    """The text."""
    awards: tuple[AwardCard, ...]
    """Awards that it concerns."""
    objections: tuple[Step, ...]
    """Objections that came in, and what became of them."""
    related: tuple[NoticeCard, ...]
    """Other documents about the same awards, oldest first."""
    contacts: tuple[ContactCard, ...]
    """Where to object or ask."""


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


class NotFoundPage(NamedTuple):
    """The page for unknown addresses."""


class FeedPage(NamedTuple):
    """The Atom feed."""

    entries: tuple[FeedEntry, ...]
    """Latest posts."""
    updated: datetime
    """Date of the newest post."""


class SitemapPage(NamedTuple):
    """The list of all addresses, for robots."""

    urls: tuple[str, ...]
    """Addresses of all pages."""


class RobotsPage(NamedTuple):
    """What robots may read."""


#: A value of one of these classes.
Context = tuple[Any, ...]

#: Every template that is rendered, and the context that it sees.
TEMPLATES: dict[str, type[Context]] = {
    "home.html": HomePage,
    "news_index.html": NewsIndexPage,
    "post.html": PostPage,
    "tag.html": TagPage,
    "tags.html": TagsPage,
    "article.html": ArticlePage,
    "teams.html": TeamsPage,
    "team.html": TeamPage,
    "deeds.html": DeedsPage,
    "deed.html": DeedPage,
    "contest.html": ContestPage,
    "project.html": ProjectPage,
    "company.html": CompanyPage,
    "awards.html": AwardsPage,
    "award.html": AwardPage,
    "certificate.html": CertificatePage,
    "qr.svg": QrCode,
    "notice.html": NoticePage,
    "results.html": ResultsPage,
    "data.html": OpenDataPage,
    "raw.txt": RawPage,
    "ledger.html": LedgerPage,
    "wrap_up.html": WrapUpPage,
    "404.html": NotFoundPage,
    "feed.xml": FeedPage,
    "sitemap.xml": SitemapPage,
    "robots.txt": RobotsPage,
}
