"""The campaign seen from the pages: who is told of where, and the ledgers' sums by team and day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from honorroll.chinese import china_day
from honorroll.commonmark import summarise
from honorroll.content import Texts
from honorroll.incremental import Reads
from honorroll.model import (
    Award,
    Campaign,
    Deed,
    Inspection,
    Notice,
    Org,
    Photo,
    Post,
    Project,
    Team,
    decimal,
    mending,
    recipient,
    revoked_on,
    shown_name,
    sort_name,
    urls,
)
from honorroll.pages.cards import (
    AwardCard,
    ContactCard,
    DeedCard,
    Headline,
    NoticeCard,
    PostCard,
    ProjectCard,
    TeamCard,
)
from honorroll.pages.lookup.related import Related, age
from honorroll.pages.lookup.relations import Ties
from honorroll.pages.lookup.tracked import GROUPS, grouped, once, tracked
from honorroll.pages.parts import Fact, Image, Link

#: In the preview the same texts come again and again.
_excerpt = lru_cache(maxsize=1 << 13)(summarise)


class Index:
    """What the page builders look things up in; knows no page. Each read of the campaign is recorded (`tracked.py`)."""

    def __init__(self, campaign: Campaign, texts: Texts, base_url: str = "", *, own_share: bool = False) -> None:
        self.reads = Reads()
        self.campaign = tracked(campaign, self.reads)
        self.texts = texts
        self.base_url = base_url
        self.own_share = own_share
        """Whether the project brings its own share picture."""
        self._groups: dict[str, dict[str, list[Any]]] = {}
        self.whole = campaign
        """The same without a record of who reads it, for what is computed once for many pages."""

    @cached_property
    def ties(self) -> Ties:
        """Who belongs to whom."""
        return Ties(self.campaign, self.by)

    @cached_property
    def _posts(self) -> list[Post]:
        return sorted(self.whole.posts.values(), key=age)

    @cached_property
    def _deeds(self) -> list[Deed]:
        return sorted(self.whole.deeds.values(), key=age, reverse=True)

    @property
    def posts(self) -> list[Post]:
        """All posts, oldest first."""
        self.reads.add("posts/*")
        return self._posts

    @property
    def deeds(self) -> list[Deed]:
        """All deeds, newest first."""
        self.reads.add("deeds/*")
        return self._deeds

    def by(self, name: str, key: str) -> tuple[Any, ...]:
        """Records of a group that share a key: posts and deeds newest first, inspections oldest first."""
        self.reads.add(f"{name}/{key}")
        return tuple(self._group(name, key))

    def _group(self, name: str, key: str) -> Sequence[Any]:
        if name not in self._groups:
            self._groups[name] = grouped(name, self._ordered(GROUPS[name].table))
        return self._groups[name].get(key, ())

    @cached_property
    def related(self) -> Related:
        """Which posts tell of the same."""
        return Related(self.whole.posts, self.campaign.posts, self._group)

    def _ordered(self, table: str) -> Iterable[Any]:
        if table == "posts":
            return self._posts[::-1]
        if table == "deeds":
            return self._deeds
        rows = getattr(self.whole, table)
        if table == "inspections":
            return sorted(rows, key=lambda inspection: inspection.date)
        return rows.values() if isinstance(rows, Mapping) else rows

    @once("posts")
    def post_card(self, post: Post) -> PostCard:
        tags = tuple([self.tag_links[name] for name in post.tags])
        image = self.image(post.image, post) if post.image else None
        return PostCard(urls.page("news", post.id), post.title, post.date, post.summary, tags, image)

    @once("posts")
    def headline(self, post: Post) -> Headline:
        return Headline(urls.page("news", post.id), post.title, post.date)

    def posts_of(self, table: str, id: str) -> tuple[PostCard, ...]:
        """Posts that name a record (tags: its name), newest first."""
        return tuple([self.post_card(post) for post in self.by(f"posts by {table}", id)])

    @property
    def ledger_days(self) -> dict[date, date]:
        """The days on which somebody patrolled or inspected, or a hazard was mended; oldest first.

        Each with the newest day that is told of it: on that the last hazard found then was mended.
        """
        return self.reads.once("ledger_days", self._ledger_days)

    def _ledger_days(self) -> dict[date, date]:
        days = {patrol.date: patrol.date for patrol in self.campaign.patrols}
        for inspection in self.campaign.inspections:
            found = inspection.date
            mended = [mending(inspection, hazard) for hazard in inspection.hazards]
            known = [day for day in mended if day and day <= self.campaign.today]
            days |= {day: max(day, days.get(day, day)) for day in known}
            days[found] = max([days.get(found, found), *known])
        return dict(sorted(days.items()))

    def visits(self, project: str) -> list[tuple[Inspection, str]]:
        """Inspections of a project with what was found, oldest first."""
        inspections = self.by("inspections by project", project)
        return [(i, point.finding) for i in inspections for point in i.points if point.project == project]

    def org_fact(self, name: str, id: str | None) -> Fact:
        """An organisation as a labelled value; security companies have a page each."""
        org = self.campaign.orgs.get(id or "")
        has_page = org is not None and org.kind == "保安公司"
        return Fact(name, org.name if org else "", urls.page("company", org.id) if org and has_page else "")

    def org(self, id: str | None) -> str:
        """Short name of an organisation, or its name; empty for none."""
        org: Org | None = self.campaign.orgs.get(id or "")
        return (org.short or org.name) if org else ""

    def orgs(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Full names of organisations."""
        return tuple(self.campaign.orgs[id].name for id in ids)

    def image(self, photo: Photo | None, owner: Post | Deed | Team) -> Image | None:
        """The picture of a photo entry, where the file is there."""
        if not photo:
            return None
        for path in urls.picture_paths(owner.path, photo.src):
            self.reads.add(f"pictures/{path}")
        picture = self.texts.shown(photo.src, owner.at())
        if not picture:
            return None
        return Image(picture.url, photo.alt, picture.width, picture.height, photo.caption, picture.stem)

    def images(self, owner: Deed | Team) -> tuple[Image, ...]:
        """Its pictures whose files are there."""
        return tuple([image for image in (self.image(photo, owner) for photo in owner.photos) if image])

    @property
    def tag_links(self) -> dict[str, Link]:
        """The link of each tag, by name."""
        tags = self.campaign.tags
        return self.reads.once(
            "tag_links", lambda: {tag.name: Link(tag.name, urls.page("tag", tag.id)) for tag in tags.values()}
        )

    def link(self, table: str, id: str | None) -> Link | None:
        """The link of a public record that has a page."""
        record: Any = self.campaign.table(table).get(id) if id else None
        if record is None:
            return None
        if isinstance(record, Award):
            title = f"{record.title}{self._mark(record)}：{self.recipient(record)}"
        else:
            title = record.title if hasattr(record, "title") else record.name
        return Link(title, urls.page(record.link, record.id))

    def _mark(self, award: Award) -> str:
        state = self.ties.state(award)
        return "" if state == "已授予" else f"（{state}）"

    def people(self, deed: Deed) -> str:
        """The people of a deed, as they may be shown."""
        return "、".join(self.campaign.persons[id].deed_name for id in deed.persons)

    def inspected_by(self, team: Team) -> tuple[Link, ...]:
        """The projects that a team inspected."""
        points = (point for visit in self.by("inspections by team", team.id) for point in visit.points)
        found = dict.fromkeys(point.project for point in points if point.project)
        return tuple([link for id in found if (link := self.link("projects", id))])

    @once("deeds")
    def deed_card(self, deed: Deed) -> DeedCard:
        image = self.image(deed.photos[0], deed) if deed.photos else None
        team, summary = self.link("teams", deed.team), _excerpt(deed.story)
        who = self.people(deed)
        return DeedCard(urls.page("deed", deed.id), deed.title, deed.kind, deed.date, who, team, summary, image)

    @once("teams")
    def team_card(self, team: Team) -> TeamCard:
        hours = sum(patrol.hours for patrol in self.by("patrols by team", team.id))
        points = sum(inspection.point_count for inspection in self.by("inspections by team", team.id))
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

    def project_card(self, project: Project, step: int, steps: int) -> ProjectCard:
        return ProjectCard(
            url=urls.page("project", project.id),
            name=project.name,
            site_kind=project.site_kind,
            company=self.org(project.company),
            client=self.org(project.client),
            guards=project.guards,
            status=self.ties.status(project),
            step=step,
            steps=steps,
        )

    def recipient(self, award: Award) -> str:
        """Who an award goes to, as it may be shown."""
        who = recipient(self.campaign, award)
        return shown_name(who) if who else ""

    @once("awards")
    def award_card(self, award: Award) -> AwardCard:
        note = ""
        if award.revoked:
            day = revoked_on(self.campaign, award)
            note = "：".join(filter(None, (f"{china_day(day) if day else ''}撤销", award.revoked.reason)))
        elif award.project:
            note = self.org(self.campaign.projects[award.project].company)
        elif award.person:
            note = self.org(self.campaign.persons[award.person].org)
        url = urls.page("award", award.id)
        return AwardCard(
            url,
            self.recipient(award),
            award.kind,
            award.title,
            note,
            self.ties.state(award),
            sort_name(self.campaign, award),
        )

    def award_line(self, award: Award) -> AwardCard:
        """An award's card with its title beside what there is to note of it, for lists of several titles."""
        card = self.award_card(award)
        return card._replace(note=f"{award.title}。{card.note}" if card.state == "已撤销" else award.title)

    def notice_card(self, notice: Notice) -> NoticeCard:
        runs = notice.kind == "公示" and notice.end and self.campaign.today <= notice.end
        until = notice.end if runs else None
        return NoticeCard(urls.page("notice", notice.id), notice.title, notice.kind, notice.number, until, notice.date)

    @property
    def notices(self) -> list[Notice]:
        """All notices, newest first."""
        return sorted(self.campaign.notices.values(), key=lambda notice: (notice.date, notice.id), reverse=True)

    def contacts_of(self, issuers: Iterable[str]) -> tuple[ContactCard, ...]:
        """The contacts of those who issued a document; all where none of them has any."""
        names = set(self.orgs(issuers))
        return tuple(contact for contact in self.contacts if contact.org in names) or self.contacts

    @property
    def contacts(self) -> tuple[ContactCard, ...]:
        """The organisers' declared contacts."""
        return self.reads.once("contacts", self._contacts)

    def _contacts(self) -> tuple[ContactCard, ...]:
        return tuple(
            ContactCard(self.campaign.orgs[c.org].name, c.phone, c.mail, c.address, c.hours)
            for c in self.campaign.info.contacts
        )
