"""The contest, its projects and companies, awards and documents."""

from datetime import date
from typing import NamedTuple

from honorroll.content import TextKey
from honorroll.pages.cards import AwardCard, ContactCard, DeedCard, NoticeCard, PostCard, ProjectCard, TeamCard
from honorroll.pages.parts import Check, Fact, Group, Link, Share, Step


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
    """Address of the QR code that leads to this page; empty unless it is granted and the site has an address."""
    certificate: str
    """Address of its certificate; empty unless it is granted."""
    share: Share
    """Its poster and cover, where they are drawn; never of an award that was taken back or not granted."""
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


class NoticesPage(NamedTuple):
    """One page of the list of notices. Pages are numbered from the oldest, so old pages stay put."""

    groups: tuple[Group[NoticeCard], ...]
    """By year, newest first; before them, on the front page of the list, all that run on the day of the build."""
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
