"""Teams and deeds."""

from typing import NamedTuple

from honorroll.content import TextKey
from honorroll.pages.cards import AwardCard, DeedCard, PostCard, TeamCard
from honorroll.pages.charts import Strip
from honorroll.pages.parts import Fact, Group, Image, Link, Share, Table


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
    images: tuple[Image, ...]
    """Pictures of it."""
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
    share: Share
    """Its poster and cover, where they are drawn."""
