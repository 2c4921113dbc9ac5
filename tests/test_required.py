"""Removing any one field that a rule needs makes exactly the expected findings appear.

A row of `FIELDS` says which value of the reference campaign is removed and what is found then: pairs of
a rule and a record. A record is named by its id, a record of a ledger by its day and team, and the
campaign by `campaign`. A key `{...}` stands for the item of a list that has these values. A path without
keys removes the record. A new rule adds its rows here.
"""

from typing import Any

import pytest
import yaml
from variants import Reference

from honorroll.checks.catalog import RULES
from honorroll.checks.findings import Finding
from honorroll.inputs.yaml_reader import YamlReader

CAMPAIGN, CYCLES, PROJECTS = "data/campaign.yaml", "data/cycles.yaml", "data/projects.yaml"
AWARDS, NOTICES, INSPECTIONS = "data/awards.yaml", "data/notices.yaml", "data/inspections/2022-09.yaml"

TEAMS, DEEDS, PATROLS = "data/teams.yaml", "data/deeds.yaml", "data/patrols/2022-09.yaml"
FIGURES = "data/figures.yaml"
POSTS_OF_D01 = ("2022-09-07-night-patrol", "2022-11-24-wrap-up", "2022-12-08-still-here")

Path = tuple[str | int | dict[str, str], ...]
Row = tuple[str, str, Path, set[tuple[str, str]]]

FIELDS: list[Row] = [
    # CAM, SUM
    (CAMPAIGN, "campaign", ("title",), {("CAM-01", "campaign")}),
    (CAMPAIGN, "campaign", ("start",), {("CAM-02", "campaign")}),
    (CAMPAIGN, "campaign", ("end",), {("CAM-02", "campaign")}),
    (CAMPAIGN, "campaign", ("organisers",), {("CAM-04", "campaign")}),
    (CAMPAIGN, "campaign", ("thresholds", "mobile_squad_guards"), {("CAM-06", "campaign")}),
    (CAMPAIGN, "campaign", ("thresholds", "inspection_points"), {("CAM-06", "campaign")}),
    (CAMPAIGN, "campaign", ("thresholds", "police_call_minutes"), {("CAM-06", "campaign")}),
    (CAMPAIGN, "campaign", ("thresholds", "patrol_hours"), {("CAM-06", "campaign")}),
    (CAMPAIGN, "campaign", ("wrap_up",), {("SUM-02", "campaign")}),
    (DEEDS, "d01", (), {("SUM-01", "f-deeds"), *(("REF-01", post) for post in POSTS_OF_D01)}),
    (FIGURES, "f-help", ("approximate",), {("SUM-03", "f-help")}),
    # PAT
    (TEAMS, "t01", ("headcount",), {("SCH-01", "t01")}),
    (TEAMS, "t01", ("groups",), {("PAT-02", "t01")}),
    (TEAMS, "t02", ("voluntary",), {("PAT-04", "t02")}),
    (TEAMS, "t02", ("liaison",), {("PAT-05", "t02")}),
    (PATROLS, "2022-09-01 t02", (), {("PAT-06", "2022-09-01 t02")}),
    (TEAMS, "t02", ("equipment", 1), {("PAT-08", "t02")}),
    (TEAMS, "t08", ("equipment",), {("PAT-08", "t08")}),
    (TEAMS, "t02", ("certified",), {("PAT-09", "t02")}),
    (TEAMS, "t02", ("insured",), {("PAT-10", "t02")}),
    (TEAMS, "t02", ("age_checked",), {("PAT-10", "t02")}),
    # INS, RPT
    (INSPECTIONS, "2022-09-01 t09", (), {("INS-01", "2022-09-01 t10"), ("INS-03", "2022-09-01 t10")}),
    # Another group was out that evening, but a hazard was found and mended.
    (INSPECTIONS, "2022-09-02 t11", (), {("SUM-01", "f-hazards")}),
    (INSPECTIONS, "2022-09-02 t11", ("points", 0, "kind"), {("INS-04", "2022-09-02 t11")}),
    (INSPECTIONS, "2022-09-02 t11", ("hazards", 0, "closed"), {("INS-05", "2022-09-02 t11")}),
    (DEEDS, "d07", ("incident",), {("INS-06", "d07")}),
    (DEEDS, "d07", ("incident", "called"), {("INS-06", "d07")}),
    (DEEDS, "d07", ("reported",), {("RPT-01", "d07")}),
    (DEEDS, "d07", ("reported", "to", 0), {("RPT-01", "d07")}),
    # CON
    (CYCLES, "y2020", ("thresholds",), set()),  # all were certified, though 90 % would have done
    (PROJECTS, "p09", ("guards",), {("SCH-01", "p09")}),
    (PROJECTS, "p09", ("certified",), {("SCH-01", "p09")}),
    (PROJECTS, "p09", ("company",), {("SCH-01", "p09")}),
    (PROJECTS, "p14", ("exit", "kind"), {("SCH-01", "p14")}),
    (PROJECTS, "p14", ("exit", "date"), {("SCH-01", "p14")}),
    (PROJECTS, "p10", ("data_accurate",), {("CON-04", "p10")}),
    (PROJECTS, "p12", ("data_accurate",), set()),  # has only applied
    (PROJECTS, "p10", ("consent",), {("CON-05", "p10")}),
    (PROJECTS, "p11", ("consent",), set()),  # is not inspected yet
    (PROJECTS, "p10", ("activities", {"kind": "训练"}), {("CON-06", "p10")}),
    (PROJECTS, "p10", ("activities", {"kind": "演练"}), {("CON-06", "p10")}),
    (PROJECTS, "p10", ("activities", {"kind": "隐患排查"}), {("CON-06", "p10")}),
    (PROJECTS, "p10", ("activities",), {("CON-06", "p10")}),
    (PROJECTS, "p01", ("activities", {"kind": "宣传"}), set()),
    (CAMPAIGN, "campaign", ("thresholds", "certified_percent"), {("CAM-06", "campaign")}),
    # AWD-01: nothing that is removed makes a veto; nor does it help a project that has one
    (PROJECTS, "p13", ("vetoes",), set()),
    # AWD-02
    (PROJECTS, "p01", ("merits",), {("AWD-02", "p01")}),
    (PROJECTS, "p01", ("merits", {"kind": "感人事迹"}), set()),  # has another
    (PROJECTS, "p2001", ("merits", {"kind": "客户书面表扬"}), {("AWD-02", "p2001")}),
    (PROJECTS, "p10", ("merits",), set()),  # is not recommended yet
    # AWD-03
    (INSPECTIONS, "2022-09-14 t08", ("points", {"project": "p01"}, "project"), {("AWD-03", "p01")}),
    (INSPECTIONS, "2022-09-13 t09", ("points", {"project": "p06"}, "project"), set()),  # others are left
    (INSPECTIONS, "2022-09-28 t11", ("points", {"project": "p2002"}, "project"), set()),
    (CYCLES, "y2020", ("inspected",), {("AWD-03", f"p200{n}") for n in range(1, 5)}),
    # AWD-04
    (PROJECTS, "p09", ("recommendation",), set()),  # has only been inspected then
    (PROJECTS, "p01", ("recommendation",), {("AWD-04", "p01")}),
    (PROJECTS, "p09", ("recommendation", "org"), {("SCH-01", "p09")}),
    (PROJECTS, "p09", ("recommendation", "visit"), {("AWD-04", "p09")}),
    (PROJECTS, "p09", ("recommendation", "review"), {("AWD-04", "p09")}),
    (PROJECTS, "p09", ("recommendation", "date"), {("SCH-01", "p09")}),
    # AWD-05
    (CYCLES, "y2022", ("award_title",), {("SCH-01", "y2022")}),
    (CYCLES, "y2020", ("other_titles",), {("AWD-05", f"a2020-0{n}") for n in (5, 6, 7)}),
    (AWARDS, "a2022-05", ("title",), {("SCH-01", "a2022-05")}),
    (AWARDS, "a2022-05", ("project",), {("AWD-05", "a2022-05")}),
    (AWARDS, "a2022-11", ("org",), {("AWD-05", "a2022-11")}),
    (AWARDS, "a2022-13", ("person",), {("AWD-05", "a2022-13")}),
    (AWARDS, "a2022-05", ("decision",), {("AWD-09", "n2022-05")}),
    (AWARDS, "a2022-23", ("objections", 0, "closed"), {("AWD-06", "a2022-23"), ("AWD-10", "a2022-23")}),
    (AWARDS, "a2022-23", ("objections", 0, "outcome"), {("AWD-10", "a2022-23")}),
    (AWARDS, "a2022-23", ("objections", 0, "received"), {("SCH-01", "a2022-23")}),
    (AWARDS, "a2022-23", ("objections", 0, "about"), {("SCH-01", "a2022-23")}),
    (NOTICES, "n2022-05", ("number",), {("AWD-05", "n2022-05")}),
    (NOTICES, "n2022-06", ("number",), set()),  # a circular
    (NOTICES, "n2022-05", ("date",), {("SCH-01", "n2022-05")}),
    (NOTICES, "n2022-05", ("issuers", 0), {("AWD-05", "n2022-05")}),
    (NOTICES, "n2022-05", ("issuers",), {("SCH-01", "n2022-05")}),
    (
        CAMPAIGN,
        "campaign",
        ("organisers", 1),
        {("AWD-05", f"n{n}") for n in ("2020-02", "2022-02", "2022-05", "2022-08")},
    ),
    # AWD-07
    (CYCLES, "y2022", ("approval",), {("AWD-07", "y2022")}),
    # AWD-08
    (AWARDS, "a2022-05", ("notice",), {("AWD-08", "a2022-05")}),
    (NOTICES, "n2022-07", ("start",), {("AWD-08", "n2022-07")}),
    (NOTICES, "n2022-07", ("end",), {("AWD-08", "n2022-07")}),
    # AWD-09
    (AWARDS, "a2020-06", ("revoked",), {("AWD-09", "n2020-03")}),
    (AWARDS, "a2020-06", ("decision",), {("AWD-10", "a2020-06"), ("AWD-09", "n2020-02")}),
    (AWARDS, "a2020-06", ("revoked", "date"), {("AWD-09", "a2020-06")}),
    (AWARDS, "a2020-06", ("revoked", "reason"), {("AWD-09", "a2020-06")}),
    (AWARDS, "a2020-06", ("revoked", "notice"), {("SCH-01", "a2020-06")}),
    (AWARDS, "a2020-06", (), {("AWD-09", "n2020-02"), ("AWD-09", "n2020-03"), ("REF-01", "2022-11-11-revoked-stays")}),
    (AWARDS, "a2022-05", (), {("AWD-09", "n2022-05"), ("REF-01", "2022-11-18-ceremony")}),
    (NOTICES, "n2020-03", ("awards",), {("AWD-09", "n2020-03")}),
    (NOTICES, "n2022-05", ("awards", 0), {("AWD-09", "n2022-05")}),
]

#: Rules that a wrong value breaks, never a missing one: their golden cases must do.
NEVER_MISSING = {
    *("CAM-03", "CAM-05", "CAM-07", "PAT-01", "PAT-03", "PAT-07", "INS-02"),
    *("CON-01", "CON-02", "CON-03", "CON-07", "AWD-01"),
}


@pytest.fixture(scope="module")
def reference() -> Reference:
    return Reference()


def shown(row: Row) -> str:
    return " ".join(str(part) for part in (row[0], row[1], *row[2]))


@pytest.mark.parametrize("row", FIELDS, ids=shown)
def test_a_field_that_a_rule_needs_is_missed(reference: Reference, row: Row) -> None:
    path, record, keys, expected = row
    data = parsed(reference.text(path))
    holder: Any = {"it": data}
    last: Any = "it"
    for key in keys if record == "campaign" else (record, *keys):
        holder = holder[last]
        last = key if isinstance(holder, dict) or isinstance(key, int) else position(holder, key)
    del holder[last]
    changed = yaml.dump(data, allow_unicode=True, sort_keys=False)
    told = [(f.diagnostic.rule, owner(reference, path, data, f)) for f in reference.findings({path: changed})]
    assert sorted(told) == sorted(expected)


def test_each_rule_has_rows_or_a_reason_for_none() -> None:
    missed = {rule for _, _, _, expected in FIELDS for rule, _ in expected}
    ours = {rule for rule in RULES if rule.startswith(("CAM", "PAT", "INS", "CON", "AWD", "RPT", "SUM"))}
    assert ours - missed == NEVER_MISSING


def parsed(text: str) -> Any:
    return YamlReader().decode("", text)[0]


def position(rows: list[Any], key: Any) -> int:
    """Where the record of this name, or the item with these values, stands."""
    if isinstance(key, dict):
        return next(at for at, row in enumerate(rows) if key.items() <= row.items())
    return next(at for at, row in enumerate(rows) if name(row) == key)


def name(row: dict[str, Any]) -> str:
    return str(row["id"] if "id" in row else f"{row['date']} {row['team']}")


def owner(reference: Reference, path: str, data: Any, finding: Finding) -> str:
    """The name of the record that a finding is about."""
    place = finding.diagnostic.place
    if place.path.endswith(".md"):
        return place.path.removeprefix("content/news/").removesuffix(".md").removesuffix("/index")
    rows = data if place.path == path else parsed(reference.text(place.path))
    return name(rows[place.keys[0]]) if isinstance(rows, list) else "campaign"
