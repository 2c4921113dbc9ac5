"""PAT-01 to 05, 08 to 10 and INS-02: how a team is made up before it goes out."""

from collections.abc import Iterator

from honorroll.checks.rules.breach import breach
from honorroll.diagnostics import Diagnostic
from honorroll.model import Campaign, Team

#: Kinds of teams that patrol the streets.
PATROLLING = ("应急机动队", "巡逻小组")


def _teams(campaign: Campaign, *kinds: str) -> Iterator[Team]:
    return (team for team in campaign.teams.values() if team.type in kinds)


def squad_has_its_guards(campaign: Campaign) -> Iterator[Diagnostic]:
    """PAT-01: the mobile squad has exactly the campaign's number of guards."""
    wanted = campaign.info.thresholds.mobile_squad_guards
    for team in _teams(campaign, "应急机动队"):
        if wanted is not None and team.headcount != wanted:
            yield breach("PAT-01", team, "headcount", count=team.headcount, wanted=wanted)


def squad_has_its_groups(campaign: Campaign) -> Iterator[Diagnostic]:
    """PAT-02: the mobile squad is divided into the campaign's number of groups."""
    wanted = campaign.info.thresholds.mobile_squad_groups
    for team in _teams(campaign, "应急机动队"):
        if wanted is not None and team.groups != wanted:
            yield breach("PAT-02", team, "groups", count=team.groups, wanted=wanted)


def patrol_group_is_large_enough(campaign: Campaign) -> Iterator[Diagnostic]:
    """PAT-03: a patrol group has at least the campaign's number of guards."""
    wanted = campaign.info.thresholds.patrol_group_guards
    for team in _teams(campaign, "巡逻小组"):
        if wanted is not None and team.headcount < wanted:
            yield breach("PAT-03", team, "headcount", count=team.headcount, wanted=wanted)


def taking_part_is_voluntary(campaign: Campaign) -> Iterator[Diagnostic]:
    """PAT-04: a team takes part of its own will, and that is on record."""
    for team in campaign.teams.values():
        if not team.voluntary:
            yield breach("PAT-04", team, "voluntary")


def police_unit_is_named(campaign: Campaign) -> Iterator[Diagnostic]:
    """PAT-05: the organisation that a team reports to is there, and of the police."""
    for team in campaign.teams.values():
        if team.liaison is None:
            yield breach("PAT-05", team, "liaison", why=("没有写明", "none is named"))
        elif (org := campaign.orgs.get(team.liaison)) and org.kind not in ("支队", "分县局"):
            why = (f"“{org.name}”不是公安机关", f"`{org.name}` is not police")
            yield breach("PAT-05", team, "liaison", why=why, related=[org.at("kind")])


def equipment_is_complete(campaign: Campaign) -> Iterator[Diagnostic]:
    """PAT-08: a team has all that is common to teams of its kind in this campaign."""
    limits = campaign.info.thresholds
    for team in campaign.teams.values():
        wanted = limits.patrol_equipment if team.type in PATROLLING else limits.inspection_equipment
        if missing := [thing for thing in wanted if thing not in team.equipment]:
            yield breach("PAT-08", team, "equipment", missing="、".join(missing))


def guards_are_certified(campaign: Campaign) -> Iterator[Diagnostic]:
    """PAT-09: whoever patrols holds a guard's certificate."""
    for team in _teams(campaign, *PATROLLING):
        if not team.certified:
            yield breach("PAT-09", team, "certified")


def guards_are_of_age_and_insured(campaign: Campaign) -> Iterator[Diagnostic]:
    """PAT-10: whoever patrols is of an age between the campaign's limits, and insured."""
    limits = campaign.info.thresholds
    for team in _teams(campaign, *PATROLLING):
        if not team.age_checked:
            zh = f"年龄没有核对（应满 {limits.min_age} 周岁、不超过 {limits.max_age} 周岁）"
            why = f"ages are not checked (from {limits.min_age} to {limits.max_age})"
            yield breach("PAT-10", team, "age_checked", why=(zh, why))
        if not team.insured:
            yield breach("PAT-10", team, "insured", why=("没有记录全员参保", "not all are recorded as insured"))


def inspection_group_has_its_size(campaign: Campaign) -> Iterator[Diagnostic]:
    """INS-02: an inspection group is neither smaller nor larger than the campaign says."""
    limits = campaign.info.thresholds
    low, high = limits.inspection_group_min, limits.inspection_group_max
    for team in _teams(campaign, "巡查组"):
        if low is not None and high is not None and not low <= team.headcount <= high:
            yield breach("INS-02", team, "headcount", count=team.headcount, low=low, high=high)


RULES = (
    squad_has_its_guards,
    squad_has_its_groups,
    patrol_group_is_large_enough,
    taking_part_is_voluntary,
    police_unit_is_named,
    equipment_is_complete,
    guards_are_certified,
    guards_are_of_age_and_insured,
    inspection_group_has_its_size,
)
