"""How the security companies take part: with teams, with contest projects, and with how many guards."""

from collections import defaultdict
from typing import NamedTuple

from honorroll.model import Project, Team, urls
from honorroll.pages import charts
from honorroll.pages.charts import Bars, Steps, Strip
from honorroll.pages.district_map import DistrictMap
from honorroll.pages.lookup.index import Index
from honorroll.pages.parts import Cell, Table
from honorroll.pages.sections.contest import cycles


class Exhibit(NamedTuple):
    """One question to the ledgers, answered by a picture and by the table behind it."""

    id: str
    title: str
    note: str
    """How it is counted."""
    table: Table
    strip: Strip | None = None
    bars: tuple[Bars, ...] = ()
    steps: Steps | None = None
    map: DistrictMap | None = None


def participation(index: Index) -> Exhibit | None:
    """The companies that have a team, or a project in the newest cycle of the contest."""
    campaign = index.campaign
    newest = next((cycle.id for cycle in cycles(index)), "")
    teams: dict[str, list[Team]] = defaultdict(list)
    projects: dict[str, list[Project]] = defaultdict(list)
    for team in campaign.teams.values():
        teams[team.org].append(team)
    for project in campaign.projects.values():
        if project.cycle == newest:
            projects[project.company].append(project)
    found = [o for o in campaign.orgs.values() if o.kind == "保安公司" and (o.id in teams or o.id in projects)]

    bars, rows = [], []
    for org in found:
        ours, theirs = teams.get(org.id, []), projects.get(org.id, [])
        guards = (sum(team.headcount for team in ours), sum(project.guards for project in theirs))
        notes = (f"{len(ours)}支队伍" if ours else "", f"{len(theirs)}个项目" if theirs else "")
        bars.append((index.org(org.id), "、".join(filter(None, notes)), guards))
        company = urls.page("company", org.id)
        where = (
            _where([urls.page("team", team.id) for team in ours], f"{company}#teams"),
            _where([urls.page("project", project.id) for project in theirs], f"{company}#projects"),
        )
        numbers = ((len(ours), where[0]), (guards[0], where[0]), (len(theirs), where[1]), (guards[1], where[1]))
        rows.append(
            (
                Cell(org.name, company),
                *(Cell(str(number), url if number else "") for number, url in numbers),
            )
        )

    drawn = charts.bars("参与的保安员", "人", bars, series=("队伍", "项目"), counted="家公司")
    if not drawn:
        return None
    foot = tuple(str(sum(int(row[at].text) for row in rows)) for at in range(1, 5))
    head = ("公司", "队伍（支）", "队员（人）", "申报项目（个）", "项目保安员（人）")
    table = Table("各公司参与情况", head, tuple(rows), ("合计", *foot))
    note = "队员是参加巡逻、巡查队伍的人数，项目保安员是本届申报项目的在岗人数；同一人可能两边都有，因此不是不重复的总人数。"
    return Exhibit("companies", "各公司参与情况", note, table, bars=(drawn,))


def _where(single: list[str], all_of_them: str) -> str:
    """The page of the only one, or the place that lists them."""
    return single[0] if len(single) == 1 else all_of_them
