"""Teams: the list by type, and one page a team."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple, get_args

from honorroll.chinese import china_day
from honorroll.model import Inspection, Patrol, Team, TeamType, decimal, urls
from honorroll.pages import charts
from honorroll.pages.cards import DeedCard, PostCard, TeamCard
from honorroll.pages.charts import Strip
from honorroll.pages.contexts import Said, found_as, template
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import Entry, Inputs, Page, Section, Shown, article, entry, section
from honorroll.pages.parts import Cell, Fact, Group, Image, Link, Table, values
from honorroll.pages.site_parts import TEAMS


@template("teams.html")
class TeamsPage(NamedTuple):
    """All teams."""

    groups: tuple[Group[TeamCard], ...]
    """Teams by type; the note says what the type is for."""


@found_as("队伍")
@template("team.html")
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

    def said(self, _: str) -> Said:
        return Said(self.type, (self.about, *values(self.facts)))


def pages(index: Index) -> Iterator[Entry]:
    """The list, and one page a team; none without teams."""
    if index.campaign.teams:
        days = {id: _newest(index, id) for id in index.campaign.teams}
        yield entry(TEAMS.url, _teams, day=max(filter(None, days.values()), default=None))
        yield from (entry(urls.page("team", id), _team_page, id, day=day) for id, day in days.items())


def _newest(index: Index, team: str) -> date | None:
    """The newest day on which a team was on duty."""
    duty = (*index.by("patrols by team", team), *index.by("inspections by team", team))
    return max((record.date for record in duty), default=None)


def _teams(index: Index) -> Page:
    limits = index.campaign.info.thresholds
    notes = {
        "应急机动队": f"{limits.mobile_squad_guards}名队员分{limits.mobile_squad_groups}组，随时听候调派。",
        "巡逻小组": f"每组不少于{limits.patrol_group_guards}人，每天巡逻不少于{decimal(limits.patrol_hours or 0)}小时。",
        "巡查组": f"每组{limits.inspection_group_min}至{limits.inspection_group_max}人，白天晚上都到点位。",
    }
    groups = []
    for kind in get_args(TeamType):
        cards = tuple(index.team_card(team) for team in index.campaign.teams.values() if team.type == kind)
        if cards:
            groups.append(Group(kind, notes[kind], cards))
    return section(TEAMS, TeamsPage(tuple(groups)), "参加活动的应急机动队、巡逻小组和巡查组")


def _team_page(index: Index, id: str) -> Page:
    team, orgs = index.campaign.teams[id], index.campaign.orgs
    inputs = _Team(
        team=team,
        card=index.team_card(team),
        org=index.org_fact("所属单位", team.org),
        liaison=orgs[team.liaison].name if team.liaison else "",
        patrols=index.by("patrols by team", id),
        inspections=index.by("inspections by team", id),
        deeds=tuple([index.deed_card(deed) for deed in index.by("deeds by team", id)]),
        projects=index.inspected_by(team),
        posts=index.posts_of("teams", team.id),
        images=index.images(team),
    )
    return Page(urls.page("team", team.id), inputs, team)


class _Team(Inputs, frozen=True, kw_only=True):
    shows = TeamPage
    team: Team
    card: TeamCard
    org: Fact
    liaison: str
    patrols: tuple[Patrol, ...]
    inspections: tuple[Inspection, ...]
    deeds: tuple[DeedCard, ...]
    projects: tuple[Link, ...]
    posts: tuple[PostCard, ...]
    images: tuple[Image, ...]

    def shown(self) -> Shown:
        team, card = self.team, self.card
        rows = (
            ("人数", f"{team.headcount}人" + (f"，分{team.groups}组" if team.groups > 1 else "")),
            ("任务区域", "、".join(team.areas)),
            ("装备", "、".join(team.equipment)),
            ("对接公安机关", self.liaison),
            ("参加方式", "自愿参加" if team.voluntary else ""),
            ("上岗条件", "、".join(_checks(team))),
        )
        hours, points = _by_day(self.patrols, self.inspections)
        context = TeamPage(
            name=team.name,
            type=team.type,
            about=team.about,
            facts=(self.org, *(Fact(name, value) for name, value in rows if value)),
            hours=card.hours,
            patrols=len(self.patrols),
            points=card.points,
            strip=_strip(team.name, hours, points),
            days=_days(team.name, hours, points),
            images=self.images,
            deeds=self.deeds,
            projects=self.projects,
            posts=self.posts,
        )
        image = self.images[0] if self.images else None
        description = f"{team.name}：{team.about or f'{team.type}，{card.org}'}"
        return article(TEAMS, card.url, team.name, description, image=image), context


def _by_day(
    patrols: Iterable[Patrol], inspections: Iterable[Inspection]
) -> tuple[dict[date, float], dict[date, float]]:
    """Hours patrolled and points inspected on each day."""
    hours: dict[date, float] = defaultdict(float)
    points: dict[date, float] = defaultdict(float)
    for patrol in patrols:
        hours[patrol.date] += patrol.hours
    for inspection in inspections:
        points[inspection.date] += inspection.point_count
    return hours, points


def _strip(name: str, hours: dict[date, float], points: dict[date, float]) -> charts.Strip | None:
    what, unit, shown = ("巡查点位", "处", points) if points else ("巡逻时长", "小时", hours)
    return charts.strip(f"{name}每日{what}", unit, min(shown, default=date.max), shown, 0)


def _days(name: str, hours: dict[date, float], points: dict[date, float]) -> Table | None:
    columns = [("巡逻（小时）", hours)] * bool(hours) + [("巡查（处）", points)] * bool(points)
    rows = tuple(
        (Cell(china_day(day), urls.ledger(day)), *(Cell(decimal(of.get(day, 0))) for _, of in columns))
        for day in sorted({*hours, *points})
    )
    foot = ("合计", *(decimal(round(sum(of.values()), 2)) for _, of in columns))
    return Table(f"{name}每日数据", ("日期", *(head for head, _ in columns)), rows, foot) if rows else None


def _checks(team: Team) -> Iterator[str]:
    checks = ((team.certified, "全员持证"), (team.insured, "全员参保"), (team.age_checked, "年龄符合要求"))
    yield from (text for met, text in checks if met)


SECTION = Section(pages, order=70, menu=TEAMS, has_content=lambda campaign: campaign.teams)
