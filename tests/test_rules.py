"""What the rules of the campaign read out of texts and numbers, apart from the golden cases."""

import re
from pathlib import Path

import pytest
from conftest import Project
from reference import ROOT, copy_project

from honorroll.checks.catalog import campaign, results, teams

TEAMS, PATROLS = "data/teams.yaml", "data/patrols.yaml"


@pytest.mark.parametrize(
    "area",
    [
        "花山区湖东路街道",
        "八号桥街道",
        "五里墩街道",
        "七里河街道",
        "百楼镇",
        "十八里店乡",
        "路口镇",
        "地铁二号线一带",
        "1号线沿线",
        "104国道沿线",
        "三元路",
        "解放路街道、湖北路街道",
        "点军区",
        "九江市时光街道",
        "采石风景区周边",
        "姑孰镇（城区）",
    ],
)
def test_names_of_streets_and_townships_pass(project: Project, area: str) -> None:
    project.replace(PATROLS, "area: 江边街道", f"area: {area}")
    assert project.check().findings == ()


@pytest.mark.parametrize(
    ("area", "told"),
    [
        ("湖东路12号", "12号"),
        ("湖东路１２号", "１２号"),
        ("湖东路 12 号院", "12 号"),
        ("幸福小区3幢", "3幢"),
        ("幸福小区三栋二单元", "三栋"),
        ("二单元门前", "二单元"),
        ("203室", "203室"),
        ("商场二层", "二层"),
        ("湖东路门牌不详处", "门牌"),
        ("湖东路与湖北路交叉口", "交叉口"),
        ("十字路口", "路口"),
        ("31.6701,118.5061", "31.6701"),
        ("湖东路街道 20:30", "20:30"),
        ("湖东路街道（晚8点）", "8点"),
        ("湖东路街道，夜里十一点起", "夜里十一点"),
    ],
)
def test_what_is_finer_than_a_street_or_tells_the_hour_is_found(project: Project, area: str, told: str) -> None:
    project.replace(PATROLS, "area: 江边街道", f"area: '{area}'")
    (found,) = project.check().findings
    assert found.diagnostic.rule == "PAT-07"
    assert found.diagnostic.args["found"] == told


@pytest.mark.parametrize(
    ("value", "approximate", "right", "wrong"),
    [
        ("12", "", [12], [11, 13]),
        ("10", "余", [10, 19], [9, 20]),
        ("1200", "多", [1200, 1299], [1199, 1300]),
        ("15", "余", [15], [14, 16]),
        ("0", "", [0], [1]),
    ],
)
def test_about_so_many_is_a_range(
    project: Project, value: str, approximate: str, right: list[int], wrong: list[int]
) -> None:
    figure = "- {{id: f01, name: 点位, value: {}, approximate: '{}', unit: 处, as_of: 2022-09-01, source: 台账, ledger: 巡查点位}}\n"
    project.write("data/figures.yaml", figure.format(value, approximate))
    project.replace("data/campaign.yaml", "inspection_points: 10", "inspection_points: 0")
    project.replace("data/campaign.yaml", "inspection_shifts: [白天, 晚上]", "inspection_shifts: [白天]")
    for count in (*right, *wrong):
        points = f"points: [{{kind: 学校, project: p01, count: {count}}}]" if count else "points: [{kind: 学校}]"
        day = "2022-09-01" if count else "2022-09-02"
        project.write("data/inspections.yaml", f"- {{date: {day}, shift: 白天, team: t02, {points}}}\n")
        found = [f.diagnostic.rule for f in project.check().findings if f.diagnostic.rule == "SUM-01"]
        assert found == ["SUM-01"] * (count in wrong), count


def test_the_page_adds_up_what_the_rule_does(tmp_path: Path) -> None:
    """Each total that the page shows is accepted by SUM-01 as a figure, and no other number is."""
    project = Project(copy_project(tmp_path / "project"))
    project.build()
    page = (project.site / "results.html").read_text(encoding="utf-8")
    section = page[page.index("本站台账合计") : page.index("每日巡查点位")]
    for ledger, unit in (("巡查点位", "处"), ("整改隐患", "处"), ("巡逻", "次"), ("上报事迹", "件")):
        (shown,) = re.findall(rf"{ledger}</a></dt><dd><b>(\d+)</b> <span class=.whole.>{unit}</span>", section)
        value = int(shown)
        for number, found in ((value, []), (value + 1, ["SUM-01"])):
            figure = f"- {{id: f, name: 数, value: {number}, unit: {unit}, as_of: 2022-11-01, source: 台账, ledger: {ledger}}}\n"
            project.write("data/figures.yaml", figure)
            assert [f.diagnostic.rule for f in project.check().findings] == found, (ledger, number)


def test_a_rule_names_the_part_of_the_plan_that_asks_for_it() -> None:
    plan = (ROOT / "content" / "plan.md").read_text(encoding="utf-8")
    heads = set(re.findall(r"^#+ (.+)$", plan, re.MULTILINE))
    for area in (campaign, teams, results):
        for rule in area.RULES:
            if rule.clause:
                assert heads >= set(rule.clause.split("·")), rule.id
            assert all(rule.explanation), rule.id
            assert rule.bad != rule.good, rule.id
