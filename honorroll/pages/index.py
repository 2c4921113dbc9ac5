"""The campaign seen from the pages: who is told of where, and the ledgers' sums by team and day."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache, wraps
from typing import Any, TypeVar

from honorroll import urls
from honorroll.chinese import summarise
from honorroll.ledgers import decimal
from honorroll.load import Campaign
from honorroll.model import Award, Deed, Inspection, Notice, Org, Patrol, Post, Project, Team
from honorroll.model.stories import Photo
from honorroll.pages.parts import (
    AwardCard,
    ContactCard,
    Day,
    DeedCard,
    Image,
    Link,
    NoticeCard,
    PostCard,
    ProjectCard,
    TeamCard,
)
from honorroll.texts import Texts

Self = TypeVar("Self")
Result = TypeVar("Result")


#: In the preview the same texts come again and again.
_excerpt = lru_cache(maxsize=1 << 13)(summarise)


def once(make: Callable[[Self, Any], Result]) -> Callable[[Self, Any], Result]:
    """Memoise a method by the `id` of its record: a card stands in many lists and is made once."""
    name = make.__name__

    @wraps(make)
    def look_up(self: Self, record: Any) -> Result:
        memo: dict[tuple[str, str], Result] = self.__dict__.setdefault("_cards", {})
        key = name, record.id
        if key not in memo:
            memo[key] = make(self, record)
        return memo[key]

    return look_up


def days(patrols: Iterable[Patrol], inspections: Iterable[Inspection], bar: int) -> tuple[Day, ...]:
    """The days of some ledgers, oldest first; `bar` is the number of points a day should reach."""
    hours: dict[date, float] = defaultdict(float)
    points: dict[date, int] = defaultdict(int)
    for patrol in patrols:
        hours[patrol.date] += patrol.hours
    for inspection in inspections:
        points[inspection.date] += inspection.point_count
    return tuple(
        Day(day, points[day], decimal(hours[day]), met=points[day] >= bar) for day in sorted({*hours, *points})
    )


@dataclass(frozen=True)
class Index:
    """What the page builders look things up in. Made once a build; knows no page."""

    campaign: Campaign
    texts: Texts

    @cached_property
    def posts(self) -> list[Post]:
        """All posts, oldest first."""
        return sorted(self.campaign.posts.values(), key=lambda post: (post.date, post.id))

    @cached_property
    def post_cards(self) -> dict[str, PostCard]:
        """The card of each post, by id, newest first."""
        return {post.id: self._post_card(post) for post in reversed(self.posts)}

    def _post_card(self, post: Post) -> PostCard:
        tags = tuple([self.tag_links[name] for name in post.tags])
        image = self.image(post.image, post) if post.image else None
        return PostCard(urls.page("news", post.id), post.title, post.date, post.summary, tags, image)

    @cached_property
    def _posts_by(self) -> dict[str, dict[str, list[PostCard]]]:
        found: dict[str, dict[str, list[PostCard]]] = {}
        for table in ("teams", "deeds", "projects", "awards", "tags"):
            of: dict[str, list[PostCard]] = defaultdict(list)
            for post in reversed(self.posts):
                for target in dict.fromkeys(getattr(post, table)):
                    of[target].append(self.post_cards[post.id])
            found[table] = of
        return found

    def posts_of(self, table: str, id: str) -> tuple[PostCard, ...]:
        """Posts that name a record (tags: its name), newest first."""
        return tuple(self._posts_by[table].get(id, ()))

    @cached_property
    def deeds(self) -> list[Deed]:
        """All deeds, newest first."""
        return sorted(self.campaign.deeds.values(), key=lambda deed: (deed.date, deed.id), reverse=True)

    @cached_property
    def deeds_by_team(self) -> dict[str, list[Deed]]:
        """Deeds of each team, newest first."""
        found: dict[str, list[Deed]] = defaultdict(list)
        for deed in self.deeds:
            if deed.team:
                found[deed.team].append(deed)
        return found

    @cached_property
    def patrols_by_team(self) -> dict[str, list[Patrol]]:
        """Patrols of each team."""
        found: dict[str, list[Patrol]] = defaultdict(list)
        for patrol in self.campaign.patrols:
            found[patrol.team].append(patrol)
        return found

    @cached_property
    def inspections_by_team(self) -> dict[str, list[Inspection]]:
        """Inspections of each team."""
        found: dict[str, list[Inspection]] = defaultdict(list)
        for inspection in self.campaign.inspections:
            found[inspection.team].append(inspection)
        return found

    @cached_property
    def visits(self) -> dict[str, list[tuple[Inspection, str]]]:
        """Inspections of each project with what was found, oldest first."""
        found: dict[str, list[tuple[Inspection, str]]] = defaultdict(list)
        for inspection in sorted(self.campaign.inspections, key=lambda i: i.date):
            for point in inspection.points:
                if point.project:
                    found[point.project].append((inspection, point.finding))
        return found

    @cached_property
    def awards_of_project(self) -> dict[str, list[Award]]:
        """Awards of each project."""
        found: dict[str, list[Award]] = defaultdict(list)
        for award in self.campaign.awards.values():
            if award.project:
                found[award.project].append(award)
        return found

    def org(self, id: str | None) -> str:
        """Short name of an organisation, or its name; empty for none."""
        org: Org | None = self.campaign.orgs.get(id or "")
        return (org.short or org.name) if org else ""

    def orgs(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Full names of organisations."""
        return tuple(self.campaign.orgs[id].name for id in ids)

    def image(self, photo: Photo | None, owner: Post | Deed) -> Image | None:
        """The picture of a photo entry, where the file is there."""
        picture = photo and self.texts.picture(urls.beside(owner.path, photo.src), owner.at())
        if not photo or not picture:
            return None
        return Image(picture.url, photo.alt, picture.width, picture.height, photo.caption)

    @cached_property
    def tag_links(self) -> dict[str, Link]:
        """The link of each tag, by name."""
        return {tag.name: Link(tag.name, urls.page("tag", tag.id)) for tag in self.campaign.tags.values()}

    @cached_property
    def links(self) -> dict[str, dict[str, Link]]:
        """The links of what posts and deeds tell of, by table and id."""
        campaign = self.campaign
        return {
            "teams": {t.id: Link(t.name, urls.page("team", t.id)) for t in campaign.teams.values()},
            "projects": {p.id: Link(p.name, urls.page("project", p.id)) for p in campaign.projects.values()},
            "deeds": {d.id: Link(d.title, urls.page("deed", d.id)) for d in campaign.deeds.values()},
            "awards": {
                a.id: Link(f"{a.title}：{self.recipient(a)}", urls.page("award", a.id))
                for a in campaign.awards.values()
            },
        }

    def people(self, deed: Deed) -> str:
        """The people of a deed, as they may be shown."""
        return "、".join(self.campaign.persons[id].public_name for id in deed.persons)

    @once
    def deed_card(self, deed: Deed) -> DeedCard:
        image = self.image(deed.photos[0], deed) if deed.photos else None
        team, summary = self.links["teams"].get(deed.team or ""), _excerpt(deed.story)
        who = self.people(deed)
        return DeedCard(urls.page("deed", deed.id), deed.title, deed.kind, deed.date, who, team, summary, image)

    @once
    def team_card(self, team: Team) -> TeamCard:
        hours = sum(patrol.hours for patrol in self.patrols_by_team.get(team.id, ()))
        points = sum(inspection.point_count for inspection in self.inspections_by_team.get(team.id, ()))
        return TeamCard(
            url=urls.page("team", team.id),
            name=team.name,
            type=team.type,
            org=self.org(team.org),
            headcount=team.headcount,
            groups=team.groups,
            areas=team.areas,
            hours=decimal(hours) if hours else "",
            points=points,
        )

    def project_card(self, project: Project, step: int) -> ProjectCard:
        return ProjectCard(
            url=urls.page("project", project.id),
            name=project.name,
            site_kind=project.site_kind,
            company=self.org(project.company),
            client=self.org(project.client),
            guards=project.guards,
            status=project.status,
            step=step,
        )

    def recipient(self, award: Award) -> str:
        """Who an award goes to, as it may be shown."""
        if award.project:
            return self.campaign.projects[award.project].name
        if award.org:
            return self.campaign.orgs[award.org].name
        return self.campaign.persons[award.person].public_name if award.person else ""

    @once
    def award_card(self, award: Award) -> AwardCard:
        note = ""
        if award.revoked:
            revoked = award.revoked
            note = f"{revoked.date or ''} 撤销：{revoked.reason}"
        elif award.project:
            note = self.org(self.campaign.projects[award.project].company)
        elif award.person:
            note = self.org(self.campaign.persons[award.person].org)
        url = urls.page("award", award.id)
        return AwardCard(url, self.recipient(award), award.kind, award.title, note, award.state)

    def notice_card(self, notice: Notice) -> NoticeCard:
        return NoticeCard(urls.page("notice", notice.id), notice.title, notice.kind, notice.number, notice.date)

    @cached_property
    def notices(self) -> list[Notice]:
        """All notices, newest first."""
        return sorted(self.campaign.notices.values(), key=lambda notice: (notice.date, notice.id), reverse=True)

    @cached_property
    def contacts(self) -> tuple[ContactCard, ...]:
        """The organisers' declared contacts."""
        return tuple(
            ContactCard(self.campaign.orgs[c.org].name, c.phone, c.mail, c.address, c.hours)
            for c in self.campaign.info.contacts
        )
