"""Sheets as offices make them, to records: what is planned, written, told, and left out."""

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import yaml
from conftest import MINIMAL, Project
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from test_cli import run

from honorroll import importer, inputs
from honorroll.checks import say
from honorroll.editing import append
from honorroll.importer import kinds, unseen, values, workbooks
from honorroll.importer.kinds import columns, meant
from honorroll.model import TABLES, Campaign

OFFICE = Path(__file__).parent / "office"
PLANS = OFFICE / "plans"
DAY = ("--today", "2022-11-01")

#: What is asked for with each file, where that is more than its name.
ARGS: Mapping[str, tuple[str, ...]] = {
    "weekly.xlsx": (
        *("--as", "patrols", "--map", "勤务日=日期", "--map", "班组=team", "--map", "出勤工时=hours"),
        *("--map", "片区名=area", "--map", "备忘=-"),
    ),
}
FILES = sorted(path.name for path in OFFICE.iterdir() if path.is_file() and path.suffix not in {".py", ".pyc"})
TYPED: Any = yaml.BaseLoader
"""Values as they were typed."""


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The small project once built, so that the checks of a plan find most of their work done. For tests that write nothing."""
    root = tmp_path_factory.mktemp("warm") / "project"
    shutil.copytree(MINIMAL, root)
    project = Project(root)
    assert project.build().counts
    return project


@pytest.fixture
def project(warm: Project, tmp_path: Path) -> Project:
    """A copy of it to write into."""
    shutil.copytree(warm.root, tmp_path / "project")
    return Project(tmp_path / "project")


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_planned_as_its_golden_text_says(name: str, warm: Project, regenerate: bool) -> None:
    """Nothing is written, and nothing private is shown."""
    project, before = warm, warm.output(warm.root)
    done = run(project, "import", str(OFFICE / name), *ARGS.get(name, ()), *DAY)
    golden = PLANS / f"{name}.txt"
    if regenerate:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(done.stdout, encoding="utf-8")
    assert done.stdout == golden.read_text(encoding="utf-8")
    assert done.stderr == ""
    assert project.output(project.root) == before
    assert not re.search(r"1380013800|34050319", done.stdout)


@pytest.mark.parametrize(
    "name", ["teams.xlsx", "inspections-wide.xlsx", "sheets.xlsx", "weekly.xlsx", "patrols-gbk.csv"]
)
def test_what_was_written_is_planned_no_more(name: str, project: Project) -> None:
    done = run(project, "import", str(OFFICE / name), *ARGS.get(name, ()), *DAY, "--write")
    assert "已写入" in done.stdout
    before = project.output(project.root)
    again = run(project, "import", str(OFFICE / name), *DAY, "--write")  # what a column means is known by now
    assert "没有要写的" in again.stdout
    assert "新增" not in again.stdout
    assert project.output(project.root) == before


def typed(project: Project, table: str) -> list[Any]:
    return list(yaml.load(project.read(f"data/{table}.yaml"), TYPED))  # noqa: S506  # it makes texts only


def test_a_workbook_becomes_records_as_an_editor_types_them(project: Project) -> None:
    old = project.read("data/teams.yaml")
    run(project, "import", str(OFFICE / "teams.xlsx"), *DAY, "--write")
    assert project.read("data/teams.yaml").startswith(old)
    assert typed(project, "teams")[2:] == [
        {
            "id": "t03",
            "name": "江北巡逻小组",
            "type": "巡逻小组",
            "org": "c01",
            "headcount": "6",
            "areas": ["江北街道", "滨江街道"],
            "equipment": ["反光背心", "腰带"],
            "liaison": "zd",
            **dict.fromkeys(("voluntary", "certified", "insured", "age_checked"), "是"),
        },
        {
            "id": "t04",
            "name": "江南巡逻小组",
            "type": "巡逻小组",
            "org": "c01",
            "headcount": "8",
            "areas": ["江南街道", "湖东街道"],
            "equipment": ["反光背心", "腰带"],
            "liaison": "zd",
            **dict.fromkeys(("voluntary", "certified", "insured", "age_checked"), "是"),
        },
    ]


def test_rows_of_a_shift_become_one_inspection(project: Project) -> None:
    run(project, "import", str(OFFICE / "inspections.xls"), *DAY, "--write")
    assert typed(project, "inspections")[-1] == {
        "date": "2022-09-05",
        "shift": "白天",
        "team": "t02",
        "points": [
            {"kind": "学校", "count": "1", "finding": "在岗在位", "project": "p01"},
            {"kind": "学校", "count": "4"},
            {"kind": "小区", "count": "5"},
        ],
        "hazards": [{"what": "护栏松动", "state": "整改中"}],
    }


def test_forty_teams_are_on_the_site_after_two_commands(project: Project) -> None:
    done = run(project, "import", str(OFFICE / "forty.xlsx"), *DAY, "--write")
    assert done.returncode == 0
    assert run(project, *DAY).returncode == 0
    page = project.read("site/teams/index.html")
    assert page.count("号巡逻小组") >= 32
    assert "濮塘保安服务有限公司" in project.read("site/teams/t10.html")


def test_a_row_that_would_not_pass_is_left_out_and_the_others_are_written(project: Project) -> None:
    done = run(project, "import", str(OFFICE / "not-published.xlsx"), *DAY, "--write")
    assert done.returncode == 1
    assert re.search(r"事迹 A2：通不过检查（PRV-", done.stdout)
    assert "修好一盏灯" in project.read("data/deeds.yaml")
    assert "夜里的灯" not in project.read("data/deeds.yaml")


@pytest.mark.parametrize("name", ["hidden.xlsx", "hidden.xls", "hidden.ods"])
def test_what_is_hidden_is_read_when_that_is_asked_for(name: str, project: Project) -> None:
    shown = run(project, "import", str(OFFICE / name), *DAY, "--hidden").stdout
    for word in ("撤销的小组", "孙隐"):
        assert word in shown


def test_private_columns_reach_no_file_of_the_project(project: Project) -> None:
    run(project, "import", str(OFFICE / "persons.xlsx"), *DAY, "--write")
    assert "赵春来" in project.read("data/persons.yaml")
    for data in project.output(project.root).values():
        assert not re.search(rb"1380013800|34050319|1980-03-05|1990.1.2", data)


def test_english_is_spoken_by_the_switch(project: Project) -> None:
    shown = run(project, "import", str(OFFICE / "persons.xlsx"), *DAY, "--lang", "en").stdout
    assert "cells were left out" in shown
    assert "Nothing was written" in shown


def test_an_unknown_kind_field_or_constant_is_told_and_nothing_written(project: Project) -> None:
    for more in (
        ("--as", "cars"),
        ("--map", "x=nothing"),
        ("--map", "x"),
        ("--map", "某单位=c01"),
        ("--set", "colour=red"),
        ("--set", "x"),
    ):
        done = run(project, "import", str(OFFICE / "teams.xlsx"), *DAY, *more)
        assert done.returncode == 2, more
        assert "用法有误" in done.stderr
    for more in (("--as", "teams", "--map", "x=nothing"), ("--set", "colour=red")):
        assert "headcount 人数" in run(project, "import", str(OFFICE / "teams.xlsx"), *DAY, *more).stderr
    assert "activities 活动开展" in run(project, "import", str(OFFICE / "teams.xlsx"), *DAY, "--as", "cars").stderr


def test_a_company_that_is_much_like_a_known_one_is_not_made(project: Project) -> None:
    """Whatever else the sheet makes before or behind it."""
    rows = "".join(
        f"{number}号巡逻小组,{name}保安公司,巡逻小组,6\n"
        for number, name in enumerate(["长长堤", "北河", "长长堤", "大桥"])
    )
    project.write("x.csv", f"队伍名称,单位,类别,人数\n{rows}")
    shown = run(project, "import", "x.csv", *DAY).stdout
    assert shown.count("很像的“长堤保安公司”") == 2
    assert shown.count("新建为") == 2


def test_a_team_of_another_company_is_not_taken_from_its_own(project: Project) -> None:
    """Each company has a first team; nor is that company said to be made for a row that is left out."""
    before = project.read("data/teams.yaml")
    project.write("x.csv", "队伍名称,单位,类别,人数\n江边巡逻小组,大桥保安公司,巡逻小组,9\n")
    done = run(project, "import", "x.csv", *DAY, "--write")
    assert "长堤保安公司已有“江边巡逻小组”（t01），这里写的是大桥保安公司" in done.stdout
    assert "新建为" not in done.stdout
    assert project.read("data/teams.yaml") == before
    for id, name in (("t01", "大桥"), ("t21", "长堤")):  # one is given over, the other is a further one of that name
        project.write("x.csv", f"编号,队伍名称,单位,类别,人数\n{id},江边巡逻小组,{name}保安公司,巡逻小组,9\n")
        assert run(project, "import", "x.csv", *DAY, "--write").returncode == 0
    assert [(one["id"], one["org"]) for one in typed(project, "teams") if one["name"] == "江边巡逻小组"] == [
        ("t01", "c02"),
        ("t21", "c01"),
    ]
    project.write("x.csv", "队伍名称,单位,类别,人数\n江边巡逻小组,大桥保安公司,巡逻小组,7\n")
    assert "人数 9 → 7" in run(project, "import", "x.csv", *DAY).stdout


def test_of_two_patrols_of_a_day_the_one_that_is_as_it_was_stays(project: Project) -> None:
    project.write(
        "data/patrols.yaml", project.read("data/patrols.yaml") + project.read("data/patrols.yaml").replace("4.5", "3")
    )
    project.write("x.csv", "日期,队伍,小时数,区域\n2022-09-01,江边巡逻小组,3,江边街道\n")
    shown = run(project, "import", "x.csv", *DAY).stdout
    assert "不变 1 条" in shown
    assert "→" not in shown
    project.write(
        "x.csv", "日期,队伍,小时数,区域\n2022-09-01,江边巡逻小组,3,江边街道\n2022-09-01,江边巡逻小组,5,江边街道\n"
    )
    shown = run(project, "import", "x.csv", *DAY).stdout
    assert "4.5 → 5" in shown
    assert "不变 1 条" in shown


def test_a_person_s_word_for_a_column_comes_before_a_guess(project: Project) -> None:
    project.write("x.csv", "日期,队伍,区域,巡逻时段,时长（小时）\n9月5日,江边巡逻小组,江边街道,夜里,4\n")
    assert "小时数已经取自“巡逻时段”，“时长（小时）”没有导入" in run(project, "import", "x.csv", *DAY).stdout
    done = run(project, "import", "x.csv", *DAY, "--map", "时长（小时）=小时数", "--write")
    assert done.returncode == 0, done.stdout
    assert typed(project, "patrols")[-1]["hours"] == "4"
    done = run(project, "import", "x.csv", *DAY, "--map", "时常=小时数")
    assert (done.returncode, "“时常”不是这些表的表头" in done.stderr) == (2, True)


@pytest.mark.parametrize("none", ["无", "/", "没有。", "未发现安全隐患", "暂无", "一切正常", "无明显问题"])
def test_no_hazard_is_none(none: str, project: Project) -> None:
    """Offices leave no cell of that column empty."""
    rows = f"2022-10-05,夜班,现场,江边巡逻小组,2所,{none},无\n2022-10-06,夜班,现场,江边巡逻小组,2,井盖无编号,未整改\n"
    project.write("x.csv", f"日期,班次,方式,队伍,学校,存在问题,整改情况\n{rows}")
    done = run(project, "import", "x.csv", *DAY, "--write")
    assert done.returncode == 0, done.stdout
    one, other = typed(project, "inspections")[-2:]
    assert one["points"] == [{"kind": "学校", "count": "2"}]
    assert "hazards" not in one
    assert other["hazards"] == [{"what": "井盖无编号", "state": "整改中"}]


def test_what_no_header_reaches_is_told(project: Project) -> None:
    project.write("x.csv", "单位名称,类别,,区县\n晨光保安公司,保安公司,很要紧,东区\n晨曦, 保安公司,保安公司,,东区\n")
    shown = run(project, "import", "x.csv", *DAY).stdout
    assert "x.csv C：这一列没有表头，2 格没有导入" in shown
    assert "x.csv E：这一列没有表头，1 格没有导入" in shown


def test_a_table_above_another_is_told(project: Project) -> None:
    rows = "单位名称,类别,区县\n上表保安公司,保安公司,东区\n\n队伍名称,类别,单位,人数\n下队,巡逻小组,长堤保安公司,6\n"
    project.write("x.csv", rows)
    shown = run(project, "import", "x.csv", *DAY).stdout
    assert "第 1 行像是另一张表的表头，第 4 行以上的都没有读" in shown
    assert "下队" in shown


def test_a_quotation_mark_that_stays_open_swallows_no_rows(project: Project) -> None:
    project.write("x.csv", '单位名称,类别\n晨光保安公司,保安公司\n"晨曦保安公司,保安公司\n晨风保安公司,保安公司\n')
    done = run(project, "import", "x.csv", *DAY, "--write")
    assert (done.returncode, "第 3 行的英文双引号没有成对" in done.stdout, "晨" in project.read("data/orgs.yaml")) == (
        1,
        True,
        False,
    )
    project.write("x.csv", '单位名称,类别\n"晨光""大""保安公司","保安公司"\n晨"曦保安公司,保安公司\n')
    assert "新增 2 条" in run(project, "import", "x.csv", *DAY).stdout


def test_a_file_that_cannot_be_read_is_told_in_the_language_of_the_run(project: Project) -> None:
    assert "没有.xlsx：读不了（没有这个文件或文件夹）" in run(project, "import", "没有.xlsx", *DAY).stderr
    assert "读不了（这是文件夹，不是文件）" in run(project, "import", "data", *DAY).stderr
    assert "there is no such file" in run(project, "import", "没有.xlsx", *DAY, "--lang", "en").stderr
    done = run(project, "export", "--xlsx", "没有/x.xlsx")
    assert (done.returncode, "没有这个文件或文件夹" in done.stderr) == (2, True)


def test_a_private_name_of_a_sheet_or_column_is_not_remembered(project: Project) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "找王某13800138000"
    for row in (["出勤日", "队伍", "小时数", "区域13800138000"], ["2022-09-05", "江边巡逻小组", 4, "江边街道"]):
        sheet.append(row)
    book.save(project.root / "x.xlsx")
    more = ("--as", "patrols", "--map", "出勤日=date", "--map", "区域13800138000=area")
    assert run(project, "import", "x.xlsx", *DAY, *more, "--write").returncode == 0
    assert typed(project, "patrols")[-1]["area"] == "江边街道"
    assert "出勤日" in project.read("data/imports.yaml")
    assert not [path for path, data in project.output(project.root / "data").items() if b"13800138000" in data]


def test_a_client_of_another_number_is_made(project: Project) -> None:
    project.write(
        "x.csv",
        "项目名称,公司,客户,场所类别,人数,持证人数,报名日期\n二小项目,长堤保安,江城第二小学,学校,12,12,9月2日\n",
    )
    assert "江城第二小学”，新建为 k02" in run(project, "import", "x.csv", *DAY).stdout


def test_a_constant_fills_what_the_sheet_has_not(project: Project) -> None:
    project.write("x.csv", "队伍名称,单位,人数,自愿,持证,参保,年龄\n三号队,长堤保安,6,是,是,是,是\n")
    assert "缺：类别" in run(project, "import", "x.csv", *DAY).stdout
    run(project, "import", "x.csv", *DAY, "--set", "type=巡逻小组", "--write")
    assert typed(project, "teams")[-1]["type"] == "巡逻小组"


def test_a_table_with_a_fault_takes_nothing(project: Project) -> None:
    project.replace("data/teams.yaml", "headcount: 5", "headcount: 5O")
    done = run(project, "import", str(OFFICE / "teams.xlsx"), *DAY, "--write")
    assert "先改好" in done.stdout
    assert "t03" not in project.read("data/teams.yaml")


def test_new_records_of_a_ledger_go_into_the_file_of_their_month(project: Project) -> None:
    project.write("data/patrols/2022-09.yaml", project.read("data/patrols.yaml"))
    project.remove("data/patrols.yaml")
    rows = "".join(f"2022-{month}-05,江边巡逻小组,4,江边街道\n" for month in ("09", "10"))
    project.write("x.csv", f"日期,队伍,小时数,区域\n{rows}")
    run(project, "import", "x.csv", *DAY, "--write")
    assert "2022-09-05" in project.read("data/patrols/2022-09.yaml")
    assert "2022-10-05" in project.read("data/patrols/2022-10.yaml")


def test_undo_takes_an_import_back(project: Project) -> None:
    before = {path: data for path, data in project.output(project.root).items() if path.startswith("data/")}
    run(project, "import", str(OFFICE / "weekly.xlsx"), *ARGS["weekly.xlsx"], *DAY, "--write")
    assert "data/imports.yaml" in project.output(project.root)
    assert run(project, "undo").returncode == 0
    assert {path: data for path, data in project.output(project.root).items() if path.startswith("data/")} == before


def test_what_was_chosen_is_known_to_the_loader_and_on_no_page(project: Project) -> None:
    run(project, "import", str(OFFICE / "weekly.xlsx"), *ARGS["weekly.xlsx"], *DAY, "--write")
    result = project.build()
    assert not [one for one in result.findings if one.diagnostic.rule == "SRC-07"]
    assert not any("勤务日".encode() in data for data in project.output().values())


def test_a_terminal_is_asked_what_a_column_means(project: Project) -> None:
    """And asked before anything is written; the answers are kept."""
    pty = pytest.importorskip("pty")
    project.write("x.csv", "日期,队伍,小时数,区域,派哪家\n2022-09-05,江边巡逻小组,4,江边街道,江城保安支队\n")
    main, side = pty.openpty()
    command = [sys.executable, "-m", "honorroll", "import", "x.csv", *DAY]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), "PYTHONIOENCODING": "utf-8", "TERM": "dumb"}
    with subprocess.Popen(command, cwd=project.root, env=env, stdin=side, stdout=side, stderr=side) as child:
        os.close(side)
        os.write(main, b"1\ny\n")
        child.wait(timeout=60)
    os.close(main)
    assert typed(project, "patrols")[-1]["assigned_by"] == "zd"
    assert "means: assigned_by" in project.read("data/imports.yaml")


# Cells

START, END = date(2022, 12, 1), date(2023, 2, 28)
CELLS: list[tuple[str, str, Any, str | list[str] | None]] = [
    ("patrols", "date", "2022.12.5", "2022-12-05"),
    ("patrols", "date", "12月5日", "2022-12-05"),
    ("patrols", "date", "1月5日", "2023-01-05"),
    ("patrols", "date", "２０２２年１２月５日", "2022-12-05"),
    ("patrols", "date", 44900, "2022-12-05"),
    ("patrols", "date", 20221205.0, "2022-12-05"),
    ("patrols", "date", "2022-12-05 00:00:00", "2022-12-05"),
    ("patrols", "date", "12.5", "2022-12-05"),
    ("patrols", "date", 12.5, None),
    ("patrols", "date", "12月", None),
    ("patrols", "date", "2022-13-05", None),
    ("patrols", "date", "12月5日至7日", None),
    ("patrols", "date", "2022-02-30", None),
    ("patrols", "hours", "４小时", "4"),
    ("patrols", "hours", "4小时30分", "4.5"),
    ("patrols", "hours", "22:00-次日2:00", "4"),
    ("patrols", "hours", 4.0, "4"),
    ("patrols", "hours", "0", None),
    ("patrols", "hours", 25, None),
    ("teams", "headcount", "10.0", "10"),
    ("teams", "headcount", "'10", None),
    ("teams", "headcount", "十二人", "12"),
    ("teams", "headcount", "1,200", "1200"),
    ("inspections", "points.count", "2所", "2"),
    ("teams", "headcount", "10-12", None),
    ("teams", "headcount", 0, None),
    ("teams", "headcount", 10.5, None),
    ("teams", "voluntary", "√", "是"),
    ("teams", "voluntary", "○", "是"),
    ("teams", "voluntary", True, "是"),
    ("teams", "insured", "未参保", "否"),
    ("teams", "insured", "×", "否"),
    ("teams", "insured", "部分", None),
    ("teams", "type", "机动队", "应急机动队"),
    ("teams", "type", "后勤组", None),
    ("teams", "areas", "花山区、雨山区", ["花山区", "雨山区"]),
    ("teams", "areas", "1.花山区\n2.雨山区\n", ["花山区", "雨山区"]),
    ("deeds", "evidence", "感谢信，两页；值班记录", ["感谢信，两页", "值班记录"]),
    ("deeds", "incident.time", "12月5日 21:30", "2022-12-05 21:30"),
    ("deeds", "incident.time", "12月5日21时30分", "2022-12-05 21:30"),
    ("deeds", "incident.time", "12月5日 25:30", None),
    ("inspections", "shift", "夜班", "晚上"),
    ("inspections", "hazards.state", "未整改", "整改中"),
    ("inspections", "hazards.state", "整改已完成", "已整改"),
    ("inspections", "points.kind", "幼儿园", "学校"),
]


@pytest.mark.parametrize(("kind", "key", "cell", "right"), CELLS, ids=lambda value: str(value)[:20])
def test_a_cell_says_what_a_person_reads_in_it(kind: str, key: str, cell: Any, right: Any) -> None:
    """None: it is not understood, and no guess is made."""
    reading = values.read(columns(kind)[key], cell, values.Context(START, END))
    assert reading.value == right
    assert bool(reading.fault) == (right is None)


@pytest.mark.parametrize(
    ("kind", "header", "right"),
    [
        ("teams", "所属 企业", "org"),
        ("teams", "人数（人）", "headcount"),
        ("teams", "人数/队员数", ""),
        ("teams", "*队伍名称：", "name"),
        ("teams", "任务区域（到街道）", "areas"),
        ("teams", "headcount", "headcount"),
        ("teams", "对接派出所", "liaison"),
        ("teams", "年龄已核对", "age_checked"),
        ("patrols", "班组", "team"),
        ("patrols", "巡逻\n日期", "date"),
        ("deeds", "发生时间", "date"),
        ("deeds", "严重情况发生时间", "incident.time"),
        ("inspections", "医院", "points.count@医院"),
        ("figures", "单位", "unit"),
        ("orgs", "单位", "name"),
        ("orgs", "天气", ""),
    ],
)
def test_headers_are_known_by_their_many_names(kind: str, header: str, right: str) -> None:
    assert meant(kind, header) == right


@pytest.mark.parametrize("kind", importer.KINDS)
def test_each_title_of_a_column_means_that_column(kind: str) -> None:
    """So what an export heads, an import knows."""
    assert {key: meant(kind, column.title) for key, column in columns(kind).items()} == {
        key: key for key in columns(kind)
    }


# Bad files


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04" + b"junk" * 100,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        b"<?xml version='1.0'?><Workbook/>",
        b"\0" * 100,
        b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(100),
    ],
)
def test_what_is_no_sheet_is_one_sentence(data: bytes) -> None:
    assert isinstance(importer.read_sheets("x.xlsx", data), importer.Remark)


@settings(max_examples=40, deadline=None)
@given(
    name=st.sampled_from([n for n in FILES if n.endswith((".xlsx", ".xls", ".ods"))]),
    at=st.floats(0, 1),
    bytes_=st.binary(max_size=30),
)
def test_a_harmed_workbook_is_read_or_refused_but_never_an_exception(name: str, at: float, bytes_: bytes) -> None:
    data = bytearray((OFFICE / name).read_bytes())
    where = int(at * len(data))
    data[where : where + len(bytes_)] = bytes_
    book = importer.read_sheets(name, bytes(data))
    for sheet in book.sheets if isinstance(book, workbooks.Book) else ():
        importer.find(sheet, importer.Choices())


def with_sheet(change: Callable[[bytes], bytes]) -> bytes:
    """A workbook whose first sheet was written by somebody who means harm."""
    made = io.BytesIO()
    with ZipFile(OFFICE / "two-rows.xlsx") as source, ZipFile(made, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, change(data) if name == "xl/worksheets/sheet1.xml" else data)
    return made.getvalue()


def entities(data: bytes) -> bytes:
    """A text of a billion letters, in a few lines."""
    names = "abcdefghij"
    rules = "".join(f'<!ENTITY {one} "{f"&{other};" * 10}">' for other, one in pairwise(names))
    text = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "{"x" * 10}">{rules}]>'.encode()
    return text + data[data.index(b"<worksheet") :].replace(b"<v>0</v>", b"<v>&j;</v>", 1)


def test_bombs_are_refused_with_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = importer.read_sheets("x.xlsx", with_sheet(entities))
    assert isinstance(refused, importer.Remark)
    assert refused.key == "im_damaged"
    monkeypatch.setattr(unseen, "MAX_UNPACKED", 1 << 20)  # the test need not fill the memory itself
    refused = importer.read_sheets("x.xlsx", with_sheet(lambda data: data + b" " * (2 << 20)))
    assert isinstance(refused, importer.Remark)
    assert refused.key == "im_too_large_inside"


@pytest.mark.parametrize(
    "name", ["- x: y", "# a", "yes", "null", "'quo\"te", "{a: b}", "*ref", "!!python/object", "0x10", "<b>", "%s{0}"]
)
def test_a_name_that_means_something_elsewhere_is_a_name(name: str, warm: Project) -> None:
    """To YAML, to sentences that are filled in, and to HTML."""
    campaign, _ = inputs.load(inputs.read(warm.root)[0], date(2022, 11, 1))
    assert campaign
    rows = [["队伍名称", "类别", "所属单位", "人数"], [name, "巡逻小组", "长堤保安", 6]]
    buffer = io.BytesIO()
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)  # type: ignore[union-attr]  # a new workbook has a sheet
    workbook.save(buffer)
    (entry,) = planned(campaign, buffer.getvalue()).entries
    data = append("data/teams.yaml", None, [entry.values])
    assert data
    assert yaml.load(data, TYPED)[0]["name"] == name  # noqa: S506  # it makes texts only


@pytest.mark.parametrize("args", [("export", "--xlsx", "x.xlsx"), ("import", str(OFFICE / "teams.xlsx"))])
def test_without_the_extra_one_sentence_says_what_to_install(args: tuple[str, ...], warm: Project) -> None:
    script = (
        "import sys\nfor name in ('openpyxl', 'python_calamine', 'xlrd'):\n    sys.modules[name] = None\n"
        "from honorroll.cli import commands\nsys.exit(commands.main(sys.argv[1:]))"
    )
    env = {**os.environ, "PYTHONPATH": str(OFFICE.parent.parent), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", script, *args]
    done = subprocess.run(command, cwd=warm.root, env=env, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode in {1, 2}
    assert "honorroll[office]" in done.stdout + done.stderr


def test_a_build_loads_nothing_of_this(warm: Project) -> None:
    script = (
        "import sys\nfrom honorroll.cli import commands\ncommands.main(['check', '-q'])\n"
        "print([n for n in ('openpyxl', 'python_calamine', 'xlrd', 'honorroll.importer.kinds') if n in sys.modules])"
    )
    env = {**os.environ, "PYTHONPATH": str(OFFICE.parent.parent), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=warm.root, env=env, capture_output=True, encoding="utf-8", check=False
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_sheet_that_would_fill_the_memory_is_refused() -> None:
    workbook = Workbook()
    workbook.active["A1"], workbook.active["XFD1048576"] = "名称", "x"  # type: ignore[index]
    buffer = io.BytesIO()
    workbook.save(buffer)
    refused = importer.read_sheets("x.xlsx", buffer.getvalue())
    assert isinstance(refused, importer.Remark)
    assert refused.key == "im_too_large_inside"


def test_a_file_that_is_too_large_is_refused_before_it_is_looked_at() -> None:
    refused = importer.read_sheets("x.xlsx", b"PK\x03\x04" + bytes(workbooks.MAX_FILE))
    assert isinstance(refused, importer.Remark)
    assert refused.key == "im_too_large"


# Export, fill in, import


MORE_OF_A_PROJECT = """
  vetoes:
    - {kind: 纠纷警情, date: 2022-09-03, note: "门口争执，已调解；无伤"}
    - {kind: 纠纷警情, date: 2022-09-03, note: 同一天又一起}
  complaints:
    - date: 2022-09-04
      note: |
        第一行
        第二行
"""
OBJECTIONS = "  objections: [{received: 2022-10-11, about: 人数不符, closed: 2022-10-12, outcome: 不成立}]\n"


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Campaign, bytes]:
    """The minimal campaign with some more records, and its workbook."""
    root = tmp_path_factory.mktemp("exported") / "project"
    shutil.copytree(MINIMAL, root)
    project = Project(root)
    for name in ("teams.xlsx", "inspections-wide.xlsx", "deeds.xlsx"):
        assert "已写入" in run(project, "import", str(OFFICE / name), *DAY, "--write").stdout
    project.write("data/projects.yaml", project.read("data/projects.yaml").rstrip("\n") + MORE_OF_A_PROJECT)
    project.replace("data/awards.yaml", "  decision: n02\n", f"  decision: n02\n{OBJECTIONS}")
    campaign, faults = inputs.load(inputs.read(root)[0], date(2022, 11, 1))
    assert campaign
    assert not faults
    return campaign, importer.workbook_of(campaign, importer.KINDS)[0]


def planned(campaign: Campaign, data: bytes) -> Any:
    book = importer.read_sheets("x.xlsx", data)
    assert isinstance(book, workbooks.Book)
    found = [importer.find(sheet, importer.Choices()) for sheet in book.sheets]
    assert not [one for one in found if isinstance(one, importer.Remark)]
    return importer.records_of(campaign, [one for one in found if isinstance(one, importer.Found)])


def test_an_export_that_is_left_alone_changes_nothing(exported: tuple[Campaign, bytes]) -> None:
    records = planned(*exported)
    assert {entry.state for entry in records.entries} == {"same"}
    assert records.told.faults == records.told.remarks == []


EDITS: Mapping[str, st.SearchStrategy[Any]] = {
    "headcount": st.integers(1, 99),
    "guards": st.integers(0, 99),
    "name": st.text("江河湖海东西南北", min_size=9, max_size=12),
    "about": st.text("江河湖海，。\n", min_size=3, max_size=30).filter(lambda text: text.strip()),
    "area": st.none(),
    "hours": st.integers(1, 24),
    "insured": st.sampled_from(["是", "否"]),
    "equipment": st.lists(st.sampled_from(["反光背心", "腰带", "手电"]), min_size=1, unique=True),
    "consent": st.dates(date(2022, 9, 1), date(2022, 10, 1)),
    "liaison": st.sampled_from(["江城保安支队", "江城保安协会"]),
    "reported.date": st.dates(date(2022, 9, 1), date(2022, 10, 1)),
    "value": st.integers(0, 9999),
    "region": st.text("江河湖海", min_size=1, max_size=5),
    "change": st.text("江河湖海", min_size=1, max_size=5),
    "until": st.dates(date(2023, 9, 1), date(2023, 10, 1)),
    "how": st.sampled_from(["书面", "电子", "录音", "录像"]),
    "purposes": st.lists(st.sampled_from(["姓名", "照片", "事迹"]), min_size=1, unique=True),
    "note": st.text("江河湖海，。", min_size=3, max_size=30),
    "evidence": st.text("江河湖海，。", min_size=3, max_size=30),
    "outcome": st.sampled_from(["成立", "不成立"]),
    "approval": st.text("江河湖海", min_size=1, max_size=5),
    "thresholds.project_guards": st.integers(1, 99),
    "body": st.text("江河湖海，。\n", min_size=3, max_size=30).filter(lambda text: text.strip()),
}
#: Whose rows are records, one each. `evidence` of a deed is a list, and no text.
EDITED = [kind for kind in importer.KINDS if kind != "inspections"]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_is_filled_in_is_planned_and_nothing_else(data: st.DataObject, exported: tuple[Campaign, bytes]) -> None:
    campaign, workbook = exported
    book = load_workbook(io.BytesIO(workbook))
    wanted: dict[tuple[str, str, str], Any] = {}
    for kind in data.draw(st.lists(st.sampled_from(EDITED), unique=True, min_size=1)):
        sheet, keys = book[importer.label(kind)[0]], [*columns(kind)]
        rows = len(held(campaign, kind))
        free = [key for key in keys if key in EDITS and key not in {"area", *kinds.NATURAL[kind]} - {"name"}]
        free = [key for key in free if (kind, key) != ("deeds", "evidence")]
        if not rows or not free:
            continue
        for _ in range(data.draw(st.integers(1, 3))):
            row = data.draw(st.integers(2, rows + 1))
            key = data.draw(st.sampled_from(free))
            new = data.draw(EDITS[key])
            sheet.cell(row, keys.index(key) + 1).value = "、".join(new) if isinstance(new, list) else new
            wanted[kind, str(row), key] = new
    buffer = io.BytesIO()
    book.save(buffer)
    records = planned(campaign, buffer.getvalue())
    assert records.told.faults == []
    changed = {
        (entry.kind, re.sub(r"\D", "", change.cell), change.key): change.new
        for entry in records.entries
        for change in entry.changes
    }
    real = {key: value for key, value in wanted.items() if not is_same(campaign, key, value)}
    assert changed.keys() == real.keys()
    for key, new in changed.items():
        assert new == typed_as(campaign, key[2], real[key])
    assert not [entry for entry in records.entries if entry.state == "new"]


def held(campaign: Campaign, kind: str) -> list[Any]:
    """What the rows of a sheet of a kind hold, in their order."""
    table = getattr(campaign, importer.table_of(kind))
    records = [*(table.values() if isinstance(table, Mapping) else table)]
    return [item for record in records for item in getattr(record, kind)] if kind in kinds.LISTS else records


def typed_as(campaign: Campaign, key: str, value: Any) -> Any:
    """As an editor would type it."""
    if key == "liaison":
        return next(id for id, org in campaign.orgs.items() if org.name == value)
    return value if isinstance(value, list) else str(value).strip()


def is_same(campaign: Campaign, where: tuple[str, str, str], value: Any) -> bool:
    """Whether a cell was given what the record says anyway."""
    kind, row, key = where
    record = held(campaign, kind)[int(row) - 2]
    name, _, sub = key.partition(".")
    old = getattr(record, name)
    old = getattr(old, sub) if sub and old is not None else old
    return bool(values.canonical(old) == typed_as(campaign, key, value))


def test_every_kind_of_record_is_in_sheets_or_is_known_not_to_be() -> None:
    """And a kind is read behind those that it names."""
    assert {*importer.KINDS} - {*kinds.LISTS} == TABLES.keys() - kinds.NOT_IN_SHEETS
    for at, kind in enumerate(importer.KINDS):
        named = {column.refers for column in columns(kind).values()} - {"", kind, "posts"}
        assert named <= {*importer.KINDS[:at]}, kind
        assert kind in say("o_kind", "zh")
        assert kind in say("o_kind", "en")


TRAINING = """训练演练台账
项目名称,活动类型,开展时间,活动内容
一小护校项目,训练,9月5日,队形训练和体能
一小护校项目,应急演练,9月13日,反恐演练
一小护校项目,聚餐,9月13日,聚餐
"""


def test_a_row_of_a_list_goes_behind_the_items_of_its_record(project: Project) -> None:
    """A row with the same project, kind and day as an item is that item."""
    project.write("x.csv", TRAINING)
    before = project.read("data/projects.yaml")
    done = run(project, "import", "x.csv", *DAY, "--write")
    assert "x.csv B5：类别：“聚餐”不在可选的词里" in done.stdout
    wanted = before.replace("note: 队形训练\n", "note: 队形训练和体能\n").replace(
        "      note: 查看护栏\n",
        "      note: 查看护栏\n    - kind: 演练\n      date: 2022-09-13\n      note: 反恐演练\n",
    )
    assert project.read("data/projects.yaml") == wanted
    assert "没有要写的" in run(project, "import", "x.csv", *DAY, "--write").stdout


def test_a_row_of_a_list_goes_with_a_record_that_is_new_itself(project: Project) -> None:
    campaign, _ = inputs.load(inputs.read(project.root)[0], date(2022, 11, 1))
    assert campaign
    book = load_workbook(io.BytesIO(importer.workbook_of(campaign, ["projects", "activities"])[0]))
    sheet, keys = book["评比项目"], [*columns("projects")]
    values = {"name": "二小护校项目", "site_kind": "学校", "company": "长堤保安公司", "guards": 12, "certified": 12}
    values |= {"client": sheet.cell(2, keys.index("client") + 1).value, "applied": date(2022, 9, 2)}
    for key, value in values.items():
        sheet.cell(3, keys.index(key) + 1).value = value
    for at, value in enumerate(["二小护校项目", "宣传", date(2022, 9, 8), "发传单"], 1):
        book["活动开展"].cell(5, at).value = value
    book.save(project.root / "x.xlsx")
    assert "已写入" in run(project, "import", "x.xlsx", *DAY, "--write").stdout
    assert typed(project, "projects")[-1]["activities"] == [{"kind": "宣传", "date": "2022-09-08", "note": "发传单"}]


def test_consents_are_read_as_offices_write_them_and_never_guessed(project: Project) -> None:
    rows = "王守江,全部,2022.9.8,签字\n王守江,,2022-09-09,书面\n无此人,姓名,2022-09-09,书面\n"
    project.write("x.csv", f"姓名,同意内容,签署日期,方式\n{rows}")
    done = run(project, "import", "x.csv", *DAY, "--write")
    assert "x.csv B2：“全部”读作“姓名、照片、事迹”" in done.stdout
    assert "x.csv A3：缺：同意公开的内容" in done.stdout
    assert typed(project, "consents")[1:] == [
        {"person": "r01", "purposes": ["姓名", "照片", "事迹"], "given": "2022-09-08", "how": "书面"}
    ]


def test_a_new_row_of_an_export_is_a_new_record(exported: tuple[Campaign, bytes]) -> None:
    campaign, workbook = exported
    book = load_workbook(io.BytesIO(workbook))
    sheet = book["队伍"]
    for at, value in enumerate([None, "新巡逻小组", "巡逻小组", "长堤保安公司", 6], 1):
        sheet.cell(len(campaign.teams) + 2, at).value = value
    buffer = io.BytesIO()
    book.save(buffer)
    (new,) = [entry for entry in planned(campaign, buffer.getvalue()).entries if entry.state == "new"]
    assert (new.id, new.name) == ("t05", "新巡逻小组")


def test_an_export_locks_ids_and_offers_what_may_be_chosen(exported: tuple[Campaign, bytes]) -> None:
    sheet = load_workbook(io.BytesIO(exported[1]))["队伍"]
    assert sheet.protection.sheet
    assert sheet["A2"].protection.locked
    assert not sheet["B2"].protection.locked
    assert not sheet.column_dimensions["A"].protection.locked
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    assert rules["C2"].type == "list"
    assert rules["E2"].type == "whole"
    assert "必填" in rules["B1"].prompt


def test_an_export_is_written_once_and_without_persons(project: Project) -> None:
    assert run(project, "export", "--xlsx", "x.xlsx").returncode == 0
    assert "人员" not in load_workbook(project.root / "x.xlsx").sheetnames
    assert "王守江" not in str([c for s in load_workbook(project.root / "x.xlsx") for r in s.values for c in r])
    assert run(project, "export", "--xlsx", "x.xlsx").returncode == 2
    assert run(project, "export", "--xlsx", "y.xlsx", "--only", "persons,cars").returncode == 2
    assert run(project, "export", "--xlsx", "y.xlsx", "--only", "persons").returncode == 0
    assert "王守江" in str([*load_workbook(project.root / "y.xlsx")["人员"].values])


def test_old_findings_of_a_team_with_a_new_name_are_no_new_ones(project: Project) -> None:
    project.replace("data/teams.yaml", "  insured: 是\n", "  insured: 否\n")
    project.write("x.csv", "编号,队伍名称,单位,类别,人数\nt01,换了名字的队,长堤保安公司,巡逻小组,\n")
    assert "PAT-10" in run(project, "check", *DAY).stderr
    shown = run(project, "import", "x.csv", *DAY).stdout
    assert "名称 江边巡逻小组 → 换了名字的队" in shown
    assert "PAT-10" not in shown


def test_what_is_to_be_looked_at_comes_before_how_cells_were_read(project: Project) -> None:
    rows = "".join(f"9月{day}日,江边巡逻小组,{day % 7 + 1}:00-{day % 7 + 3}:{day:02},街道,无\n" for day in range(1, 29))
    project.write("x.csv", f"日期,队伍,小时数,区域,天色怎样\n{rows}")
    shown = run(project, "import", "x.csv", *DAY).stdout.split("\n")
    at = shown.index(next(line for line in shown if "先说明" in line))
    assert "天色怎样" in shown[at + 1]


LIKE = "队伍名称,单位,类别,人数\n一号巡逻小组,长长堤保安公司,巡逻小组,6\n"


@pytest.mark.parametrize(("means", "org"), [("c01", "c01"), ("+", "c02")])
def test_a_like_name_is_settled_once_by_an_option(means: str, org: str, project: Project) -> None:
    project.write("x.csv", LIKE)
    asked = run(project, "import", "x.csv", *DAY, "--write").stdout
    assert f"--map 长长堤保安公司={means}" in asked
    done = run(project, "import", "x.csv", *DAY, "--map", f"长长堤保安公司={means}", "--write")
    assert done.returncode == 0, done.stdout + done.stderr
    assert typed(project, "teams")[-1]["org"] == org
    project.write("x.csv", LIKE.replace("一号", "二号"))
    again = run(project, "import", "x.csv", *DAY, "--write")
    assert again.returncode == 0, again.stdout
    assert typed(project, "teams")[-1]["org"] == org
    assert not inputs.load(inputs.read(project.root)[0], date(2022, 11, 1))[1]


def test_a_terminal_is_asked_whether_a_like_name_is_the_same(project: Project) -> None:
    pty = pytest.importorskip("pty")
    project.write("x.csv", LIKE)
    main, side = pty.openpty()
    command = [sys.executable, "-m", "honorroll", "import", "x.csv", *DAY]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), "PYTHONIOENCODING": "utf-8", "TERM": "dumb"}
    with subprocess.Popen(command, cwd=project.root, env=env, stdin=side, stdout=side, stderr=side) as child:
        os.close(side)
        os.write(main, b"y\ny\n")
        child.wait(timeout=60)
    os.close(main)
    assert typed(project, "teams")[-1]["org"] == "c01"
    assert "means: c01" in project.read("data/imports.yaml")
