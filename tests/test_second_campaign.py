"""Another campaign, with other numbers, no inspections and one police unit: only data tells the difference."""

import re
import shutil
from datetime import date

import pytest
from conftest import TESTS, Project

TEAMS, PATROLS, DEEDS, PROJECTS = (f"data/{name}.yaml" for name in ("teams", "patrols", "deeds", "projects"))


@pytest.fixture
def other(project: Project) -> Project:
    shutil.rmtree(project.root)
    shutil.copytree(TESTS / "sites" / "two-years-before", project.root)
    return project


@pytest.mark.parametrize("today", [date(2020, 9, 1), date(2020, 9, 12), date(2020, 10, 1), date(2026, 11, 23)])
def test_it_is_right_by_its_own_numbers(other: Project, today: date) -> None:
    assert other.build(today=today, strict=True).findings == ()
    assert (other.site / "index.html").is_file()


def test_its_pages_tell_its_numbers_and_nothing_of_inspections(other: Project) -> None:
    other.build(today=date(2020, 12, 1))
    words = re.sub("<[^>]*>", "", other.output()["teams/index.html"].decode())
    assert "每组不少于3人，每天巡逻不少于1.5小时" in words
    for url, data in other.output().items():
        if url.endswith(".html"):
            assert not re.search("None|处的要求|巡查（处）", data.decode()), url


@pytest.mark.parametrize(
    ("path", "old", "new", "rule", "number"),
    [
        (TEAMS, "headcount: 3", "headcount: 2", "PAT-03", "3 人"),
        (PATROLS, "2020-09-01, team: t01, hours: 0.5", "2020-09-30, team: t01, hours: 0.5", "PAT-06", "1.5 小时"),
        (TEAMS, "[哨子]", "[反光背心, 腰带]", "PAT-08", "哨子"),
        (TEAMS, "age_checked: 是", "age_checked: 否", "PAT-10", "60 周岁"),
        (DEEDS, "16:32", "16:33", "INS-06", "2 分钟"),
        (DEEDS, "date: 2020-09-17", "date: 2020-09-18", "RPT-01", "7 天"),
        (DEEDS, "to: [ga]", "to: [c01]", "RPT-01", "港城公安局"),
        (TEAMS, "liaison: ga", "liaison: k01", "PAT-05", "港城中学"),
        (PROJECTS, "certified: 9", "certified: 8", "CON-03", "90%"),
        (PROJECTS, "guards: 10\n  certified: 9", "guards: 3\n  certified: 3", "CON-02", "4 名"),
        (PROJECTS, "org: ga", "org: c01", "AWD-04", "灯塔保安公司"),
        ("data/notices.yaml", "end: 2020-10-19", "end: 2020-10-18", "AWD-08", "6 个"),
        ("data/campaign.yaml", "  police_call_minutes: 2\n", "", "CAM-06", "police_call_minutes"),
    ],
)
def test_it_is_held_to_its_own_numbers(other: Project, path: str, old: str, new: str, rule: str, number: str) -> None:
    other.replace(path, old, new)
    (found,) = other.check(today=date(2020, 12, 1)).findings
    assert found.diagnostic.rule == rule
    assert number in found.message("zh")
