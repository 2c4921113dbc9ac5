"""What the public may see at a given moment."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from operator import attrgetter
from typing import Any, TypeVar

from msgspec.structs import replace

from honorroll.chinese import CHINA, Holds
from honorroll.content import Texts
from honorroll.model import (
    KINDS,
    LINKED,
    UNREAD,
    Award,
    Campaign,
    Exit,
    Photo,
    Post,
    Project,
    Recommendation,
    Record,
    is_open,
    state,
    urls,
)

Event = TypeVar("Event", Recommendation, Exit)
Kind = TypeVar("Kind", bound=Record)
Table = TypeVar("Table", bound=Mapping[str, Record])


def holds(campaign: Campaign, now: datetime) -> Holds:
    """The part of the campaign's `today` in which the same posts are visible as `now`: only they have a time of the day."""
    start, end = (datetime.combine(campaign.today, clock, CHINA) for clock in (time.min, time.max))
    moments = [post.date for post in campaign.posts.values() if start < post.date <= end]
    later = [moment for moment in moments if moment > now]
    return Holds(max((moment for moment in moments if moment <= now), default=start), min(later, default=None))


def visible(campaign: Campaign, since: datetime, *, drafts: bool, future: bool) -> Campaign:
    """The campaign as of its `today`: without drafts and without anything dated later, unless asked for.

    A post appears at its minute: if it is dated `since` or before. That is `Holds.since` rather than the time of the
    build, so that what was made of equal tables at another minute of the day is made anew only when a post appears.
    A photo is shown if all who can be recognised in it agree (`model.agreed` has said who does).
    A record whose class names a day (`Record.public_from`) appears on it, an award with the first of its documents, a
    project with its application; of both only what has happened by today is told. No ledger tells of a duty still to
    come, asked for or not (PAT-07).
    With `future` all is shown as it will be in the end.
    """
    today = date.max if future else campaign.today
    now = replace(campaign, today=today)

    def is_shown(post: Post) -> bool:
        return (future or post.date <= since) and (drafts or not post.draft)

    def image(photo: Photo) -> Photo | None:
        return next(iter(_pictured(campaign, (photo,))), None)

    posts = {
        id: _with(post, image=image(post.image)) if post.image else post
        for id, post in campaign.posts.items()
        if is_shown(post)
    }
    awards = {id: _award(now, award) for id, award in campaign.awards.items() if state(now, award) != "未公示"}
    honoured = {award.project for award in awards.values()}
    projects = {
        id: _project(project, today)
        for id, project in campaign.projects.items()
        if project.applied <= today or id in honoured
    }
    begun = {award.cycle for award in awards.values()} | {project.cycle for project in projects.values()}
    teams = {id: _with(team, photos=_pictured(campaign, team.photos)) for id, team in campaign.teams.items()}
    withheld = _withheld(campaign)
    public = {name: _public(campaign, name, today) for name, kind in KINDS.items() if kind.public_from}
    deeds = {id: _with(deed, photos=_pictured(campaign, deed.photos)) for id, deed in public["deeds"].items()}
    return replace(
        now,
        **public | {"deeds": deeds},
        posts=posts,
        teams=teams,
        cycles={id: c for id, c in campaign.cycles.items() if c.year <= today.year or id in begun},
        projects=projects,
        awards=awards,
        pictures={path: source for path, source in campaign.pictures.items() if path not in withheld}
        if withheld
        else campaign.pictures,
    )


def _public(campaign: Campaign, table: str, today: date) -> Any:
    """The records of a table that are public `today`; those of a ledger, by the day of the build."""
    day, rows = attrgetter(KINDS[table].public_from), getattr(campaign, table)
    if isinstance(rows, tuple):
        return tuple([record for record in rows if day(record) <= campaign.today])
    return {id: record for id, record in rows.items() if day(record) <= today}


def _pictured(campaign: Campaign, photos: tuple[Photo, ...]) -> tuple[Photo, ...]:
    """The photos in which nobody can be recognised who has not agreed to it."""

    def is_agreed(id: str) -> bool:
        person = campaign.persons.get(id)
        return person is not None and person.is_pictured

    return tuple(photo for photo in photos if all(map(is_agreed, photo.persons)))


def _withheld(campaign: Campaign) -> set[str]:
    """The paths of the pictures that nobody may show, wherever they are named: somebody in them has not agreed."""
    photos = [(post.path, post.image) for post in campaign.posts.values() if post.image]
    photos += [(team.path, photo) for team in campaign.teams.values() for photo in team.photos]
    photos += [(deed.path, photo) for deed in campaign.deeds.values() for photo in deed.photos]
    return {
        urls.picture(path, photo.src, campaign.pictures) for path, photo in photos if not _pictured(campaign, (photo,))
    }


def _award(campaign: Campaign, award: Award) -> Award:
    """An award with nothing that is later than today.

    Why it was given is not told before it is, and what an objection says not before it was looked into.
    """
    now = state(campaign, award)
    known = {id for id in (award.notice, award.decision, award.refused and award.refused.notice) if id}
    out = {id for id in known if id in campaign.notices and campaign.notices[id].date <= campaign.today}
    objections = tuple(
        objection.with_values(about="", closed=None, outcome=None) if is_open(objection, campaign.today) else objection
        for objection in award.objections
        if objection.received <= campaign.today
    )
    return _with(
        award,
        notice=award.notice if award.notice in out else None,
        decision=award.decision if award.decision in out else None,
        refused=award.refused if award.refused and award.refused.notice in out else None,
        objections=objections,
        citation=award.citation if now in ("已授予", "已撤销") else "",
        revoked=award.revoked if now == "已撤销" else None,
    )


def _project(project: Project, today: date) -> Project:
    """A project as far as it has come by today."""
    return _with(
        project,
        consent=_past(project.consent, today),
        recommendation=_happened(project.recommendation, today),
        exit=_happened(project.exit, today),
        activities=tuple(activity for activity in project.activities if activity.date <= today),
        merits=tuple(merit for merit in project.merits if merit.date <= today),
        vetoes=tuple(veto for veto in project.vetoes if veto.date <= today),
        complaints=tuple(complaint for complaint in project.complaints if complaint.date <= today),
    )


def _past(day: date | None, today: date) -> date | None:
    return day if day and day <= today else None


def _happened(event: Event | None, today: date) -> Event | None:
    return event if event and event.date <= today else None


def _with(record: Kind, **values: Any) -> Kind:
    """The record itself where that is what it says already."""
    other = {name: value for name, value in values.items() if value != getattr(record, name)}
    return record.with_values(**other) if other else record


def plausible(campaign: Campaign, texts: Texts) -> Callable[[str], bool]:
    """While other errors keep pages from being planned: whether an address may exist.

    Addresses of pages with a text are known, and those of records in the tables; any other is
    given the benefit of the doubt and checked once the rest is right.
    """
    whole = [kind for kind, table in LINKED.items() if UNREAD not in campaign.faulty.get(table, ())]
    prefixes = tuple(urls.FOLDERS[kind] + "/" for kind in whole)
    known = set(texts.by_url)
    for kind, table in LINKED.items():
        known |= {urls.page(kind, id) for id in (*campaign.table(table), *campaign.faulty.get(table, ()))}

    def exists(url: str) -> bool:
        return url in known or not url.startswith(prefixes) or url.endswith("/index.html") or "/page/" in url

    return exists
