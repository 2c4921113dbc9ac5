"""`new KIND`: what is written is right, in the right file, with an id that continues the others."""

import os
import pty
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from conftest import Project
from reference import ROOT

from honorroll import inputs
from honorroll.cli import commands
from honorroll.cli.arguments import RECORDS
from honorroll.cli.new_record import slug
from honorroll.inputs import load, read
from honorroll.model import KINDS

DAY = ("--today", "2022-11-25")


def run(project: Project, capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str]:
    capsys.readouterr()
    code = commands.main([*args], project.root)
    said = capsys.readouterr()
    return code, said.out + said.err


TEAM = ("--set", "type=巡逻小组", "--set", "org=c01", "--set", "headcount=8")
#: The arguments; the file, id and some of what stands there.
NEW = {
    "a team": (
        ("team", "雨山夜巡小组", *TEAM, "--set", "areas=雨山区平湖街道、雨山区采石街道"),
        "data/teams.yaml",
        "t03",
        "- id: t03\n  name: 雨山夜巡小组\n  type: 巡逻小组\n  org: c01\n  headcount: 8\n  areas: [雨山区平湖街道, 雨山区采石街道]\n",
    ),
    "a team of a company that is named": (
        ("team", "雨山夜巡小组", *TEAM[:2], "--set", "org=长堤保安公司", "--set", "headcount=8", "--set", "liaison=江城保安支队"),
        "data/teams.yaml",
        "t03",
        "  org: c01\n  headcount: 8\n  liaison: zd\n",
    ),
    "a person": (("person", "贺兰山", "--set", "org=c01"), "data/persons.yaml", "r0", "  name: 贺兰山\n  org: c01\n"),
    "an award": (
        ("award", "平安守护之星", "--set", "kind=保安员", "--set", "person=r01"),
        "data/awards.yaml",
        "a02",
        "  cycle: y2022\n  kind: 保安员\n  title: 平安守护之星\n  person: r01\n",
    ),
    "a notice": (
        ("notice", "关于延期的通报", "--set", "kind=通报", "--date", "2022-11-24"),
        "data/notices.yaml",
        "n03",
        "  date: 2022-11-24\n  issuers: [zd, xh]\n  body: （待补充）\n",
    ),
    "a deed with parts": (
        ("deed", "雨夜里的一把伞", "--set", "kind=好人好事", "--set", "reported.date=2022-11-25", "--set", "reported.to=zd,xh"),
        "data/deeds.yaml",
        "d02",
        "  reported:\n    date: 2022-11-25\n    to: [zd, xh]\n",
    ),
    "a day as people write it": (
        ("deed", "晨巡", "--set", "kind=好人好事", "--set", "reported.date=11月6日", "--set", "reported.to=江城保安协会", "--date", "2022.11.5"),
        "data/deeds.yaml",
        "d02",
        "  date: 2022-11-05\n  story: |\n    （待补充）\n  reported:\n    date: 2022-11-06\n",
    ),
    "a number with its unit": (
        ("team", "晨巡小组", "--set", "type=巡逻小组", "--set", "org=c01", "--set", "headcount=十名", "--set", "insured=已参保"),
        "data/teams.yaml",
        "t03",
        "  headcount: 10\n  insured: 是\n",
    ),
    "a company": (
        ("org", "横江保安服务有限公司（示例）", "--set", "kind=保安公司"),
        "data/orgs.yaml",
        "c02",
        "  kind: 保安公司\n",
    ),
    "a tag": (("tag", "夜巡"), "data/tags.yaml", "ye-xun", "- id: ye-xun\n  name: 夜巡\n"),
    "a post": (
        ("post", "平湖路夜巡：第一周", "--set", "tags=巡逻防控"),
        "content/news/2022-11-25-ping-hu-lu-ye-xun-di.md",
        "",
        "---\ntitle: 平湖路夜巡：第一周\ndate: 2022-11-25 23:59\ntags: [巡逻防控]\ndraft: 是\n---\n\n（待补充）\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", NEW)
def test_a_record_is_written_where_it_belongs(project: Project, capsys: pytest.CaptureFixture[str], name: str) -> None:
    args, path, id, text = NEW[name]
    file = project.root / path
    before = file.read_bytes() if file.exists() else b""
    code, said = run(project, capsys, "new", *args, *DAY)
    assert code == commands.FINE, said
    after = file.read_bytes()
    assert after.startswith(before)
    assert text in after[len(before) :].decode()
    place = re.search(rf"{re.escape(path)}:(\d+)", said)
    assert place
    line = after.decode().split("\n")[int(place[1]) - 1]
    assert line == "---" if path.endswith(".md") else line.startswith(f"- id: {id or ''}")
    campaign, faults = load(read(project.root)[0], date(2022, 11, 25))
    assert campaign
    assert not faults
    assert run(project, capsys, "undo")[0] == commands.FINE
    assert (file.read_bytes() if file.exists() else b"") == before


def test_all_that_is_missing_is_told_at_once(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    before = (project.root / "data/teams.yaml").read_bytes()
    code, said = run(project, capsys, "new", "team")
    assert code == commands.USAGE
    assert all(f"--set {name}=" in said for name in ("name", "type", "org", "headcount"))
    assert "应急机动队、巡逻小组、巡查组" in said
    assert (project.root / "data/teams.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("--set", "headcunt=3"), "headcount"),
        (("--set", "headcount=很多"), "headcount"),
        (("--set", "type=巡罗小组"), "type"),
        (("--set", "org=c99"), "c99"),
        (("--set", "photos=a.jpg"), "photos"),
        (("--set", "about=请打 13812345678"), "PRV-"),
        (("--id", "T 1"), "T 1"),
        (("--id", "t01"), "t01"),
        (("--date", "2022-09-01"), "--date"),
    ],
)
def test_what_is_wrong_is_not_written(
    project: Project, capsys: pytest.CaptureFixture[str], args: tuple[str, ...], told: str
) -> None:
    before = (project.root / "data/teams.yaml").read_bytes()
    usual = ("--set", "type=巡逻小组", "--set", "org=c01", "--set", "headcount=8")
    code, said = run(project, capsys, "new", "team", "夜巡小组", *usual, *args, *DAY)
    assert code != commands.FINE
    assert told in said
    assert "13812345678" not in said
    assert (project.root / "data/teams.yaml").read_bytes() == before


def test_what_is_still_to_be_written_is_not_published(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert project.build().counts
    assert run(project, capsys, "new", "deed", "一把伞", "--set", "kind=好人好事", "--today", "2022-11-01")[0] == 0
    result = project.build()
    assert result.counts is None
    assert [one.span.path for one in result.findings if one.diagnostic.rule == "MDN-13"] == ["data/deeds.yaml"]


def test_at_a_terminal_it_asks(project: Project) -> None:
    """With a real terminal, in a process of its own."""
    main, other = pty.openpty()
    start = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from honorroll.cli import main; sys.exit(main())"
    with subprocess.Popen(
        [sys.executable, "-c", start, "new", "team", "夜巡小组", *DAY],
        cwd=project.root,
        stdin=other,
        stderr=other,
        stdout=subprocess.PIPE,
    ) as process:
        os.close(other)
        os.write(main, "巡罗\n巡逻小组\nc01\n8\n".encode())
        said = process.communicate(timeout=60)[0].decode()
        assert process.returncode == commands.FINE
    os.close(main)
    assert "data/teams.yaml" in said
    assert "  type: 巡逻小组\n  org: c01\n  headcount: 8\n" in project.read("data/teams.yaml")


def test_a_kind_is_no_folder_but_a_folder_may_be_called_like_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = Project(tmp_path)
    assert run(empty, capsys, "new", "team")[0] == commands.USAGE  # no project here, so no record
    assert not (tmp_path / "team").exists()


def test_ids_of_an_empty_table_begin_a_pattern(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("data/tags.yaml", "[]\n")
    project.write("data/figures.yaml", "# 数据\n")
    args = ("--set", "value=3", "--set", "as_of=2022-10-01", "--set", "unit=处", "--set", "source=台账")
    assert run(project, capsys, "new", "figure", "隐患", *args, *DAY)[0] == commands.FINE
    assert project.read("data/figures.yaml").startswith("# 数据\n- id: f-01\n")


def test_no_id_is_offered_while_a_file_cannot_be_read(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """It would be one that is taken."""
    project.write("data/teams.yaml", project.read("data/teams.yaml") + "- id: t09\n   name: x\n")
    before = project.read("data/teams.yaml")
    code, said = run(project, capsys, "new", "team", "雨山夜巡小组", *TEAM)
    assert (code, "data/teams.yaml 有错，先改好它" in said, "id: t" in said) == (2, True, False)
    assert project.read("data/teams.yaml") == before


def test_whoever_writes_into_the_program_s_sample_is_told(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mostly somebody who forgot to go to the folder of their own campaign."""
    assert "示例活动" not in run(project, capsys, "new", "person", "贺兰山", *DAY)[1]
    monkeypatch.setattr(inputs, "theme_root", lambda: project.root)
    code, said = run(project, capsys, "new", "person", "贺兰海", *DAY)
    assert code == commands.FINE
    assert f"程序自带的示例活动（{project.root}）" in said


def test_one_of_the_same_name_is_told(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    run(project, capsys, "new", "person", "贺兰山", "--set", "org=c01", "--id", "r41")
    code, said = run(project, capsys, "new", "person", "贺 兰山", "--set", "org=c01")
    assert (code, "同名的已经有了：r41" in said) == (0, True)


def test_ids_with_a_year_follow_the_year(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.replace("data/notices.yaml", "id: n02", "id: n2022-09")
    made = []
    for day in ("2022-11-24", "2023-01-05"):
        args = ("notice", "通报", "--set", "kind=通报", "--date", day, "--today", "2023-01-10")
        assert run(project, capsys, "new", *args)[0] == commands.FINE
        made.append(re.findall(r"id: (n\S+)", project.read("data/notices.yaml"))[-1])
    assert made == ["n2022-10", "n2023-01"]


def test_slugs_are_pinyin() -> None:
    assert slug("绿化路2号：夜巡ABC") == "lv-hua-lu-2-hao-ye"
    assert slug("！！") == ""


def test_each_kind_is_a_table_with_ids() -> None:
    assert {*RECORDS.values()} == {name for name, kind in KINDS.items() if "id" in kind.fields()} - {
        "articles",
        "deploy",
    }


def test_what_is_read_otherwise_than_typed_is_told(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    usual = ("--set", "kind=好人好事", "--set", "reported.to=zd")
    said = run(project, capsys, "new", "deed", "晨巡", *usual, "--set", "reported.date=9月6日", *DAY)[1]
    assert "“9月6日”读作 2022-09-06" in said
    said = run(project, capsys, "new", "deed", "晚巡", *usual, "--set", "reported.date=上旬", *DAY)[1]
    assert "reported.date" in said
    assert "读作" not in said


def test_the_help_names_the_kinds(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(project, capsys, "new", "--help")[1]
    assert "".join("|".join(RECORDS).split()) in "".join(said.split())
