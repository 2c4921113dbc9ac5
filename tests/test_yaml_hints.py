"""Awkward YAML as editors type it: what is read, or which rule says where it went wrong."""

from typing import Any

import pytest
import yaml
from conftest import Project

from honorroll.checks import text_report
from honorroll.inputs import yaml_hints, yaml_reader
from honorroll.inputs.yaml_reader import YamlReader

Place = tuple[str, int, int]

#: What is right, or means one thing only, and its value.
READ: list[tuple[str, Any]] = [
    ("title: 全角　空格在文字中间", {"title": "全角　空格在文字中间"}),
    ("title: 　前后有全角空格　", {"title": "　前后有全角空格　"}),  # dropped where a text is asked for
    ("title: 时间：九点，地点：江边", {"title": "时间：九点，地点：江边"}),
    ("title: “三无”小区的变化", {"title": "“三无”小区的变化"}),
    ("title: 「平安」", {"title": "「平安」"}),
    ("title: 【通知】集合", {"title": "【通知】集合"}),
    ("title: （示例）第一班", {"title": "（示例）第一班"}),
    ("title: ＃话题＃ 今天", {"title": "＃话题＃ 今天"}),
    ("title: 三　#1 号楼", {"title": "三　#1 号楼"}),
    ("title: '甲　# 乙 ＃ 丙'", {"title": "甲　# 乙 ＃ 丙"}),
    ("title: 100－200 米", {"title": "100－200 米"}),
    ("title: —— 后记", {"title": "—— 后记"}),
    ("title: 网址 https://example.org", {"title": "网址 https://example.org"}),
    ("- https://example.org", ["https://example.org"]),
    ("- GPS：北斗", ["GPS：北斗"]),
    ("- 说明：见附件", ["说明：见附件"]),
    ("- —— 引文", ["—— 引文"]),
    ("- -5", ["-5"]),
    ("title: 甲 # 注", {"title": "甲"}),
    ("title: 甲  ## 注", {"title": "甲"}),
    ("title: 甲 #　注", {"title": "甲"}),
    ("title: 甲 #", {"title": "甲"}),
    ("title: C# 与 F#", {"title": "C# 与 F#"}),
    ("title: '甲' #注", {"title": "甲"}),
    ('title: "话题 #平安# 行动"', {"title": "话题 #平安# 行动"}),
    ("title: |\n  话题 #平安# 行动", {"title": "话题 #平安# 行动"}),
    ("title: 话题　#平安#行动", {"title": "话题　#平安#行动"}),
    ("tags: #注\n  - 甲", {"tags": ["甲"]}),
    ("body: ｜ 甲\n  乙", {"body": "｜ 甲 乙"}),
    ("body: ＞3 天", {"body": "＞3 天"}),
    ("body: 甲 ｜ 乙", {"body": "甲 ｜ 乙"}),
    ("tags: [〔2022〕3号, 乙（甲；（丙））]", {"tags": ["〔2022〕3号", "乙（甲；（丙））"]}),
    ("title : 甲", {"title": "甲"}),
    ("title:    甲", {"title": "甲"}),
    ("title: |\n  第一行：甲\n  　第二行\n  － 三\n  ＃ 四", {"title": "第一行：甲\n　第二行\n－ 三\n＃ 四"}),
    ("tags: [\"甲，乙\", '丙、丁']", {"tags": ["甲，乙", "丙、丁"]}),
    ("tags: [江边（东段，西段）, “甲、乙”小组]", {"tags": ["江边（东段，西段）", "“甲、乙”小组"]}),
    ("tags:\n- 甲，乙\n- 丙、丁", {"tags": ["甲，乙", "丙、丁"]}),
    ("{note: 你好，世界}", {"note": "你好，世界"}),
    ("\ufeff" + "title: 甲", {"title": "甲"}),
    ("time: 12:30", {"time": "12:30"}),
]

#: What is mistyped: the rule, line and column.
SLIPS: list[tuple[str, Place]] = [
    ("title:　题\ndate: 2022-09-03", ("YML-11", 1, 7)),
    ("title:\u00a0题\ndate: 2022-09-03", ("YML-11", 1, 7)),
    ("title:\u202f题\ndate: 2022-09-03", ("YML-11", 1, 7)),
    ("title:\u2009题\ndate: 2022-09-03", ("YML-11", 1, 7)),
    ("title:\u200b题\ndate: 2022-09-03", ("YML-11", 1, 7)),
    ("title:\ufeff题\ndate: 2022-09-03", ("YML-11", 1, 7)),
    ("title:\u2060题\ndate: 2022-09-03", ("YML-11", 1, 7)),
    ("title:题\ndate: 2022-09-03", ("YML-12", 1, 6)),
    ("date: 2022-09-03\ntitle:　题", ("YML-11", 2, 7)),
    ("date: 2022-09-03\ntitle:题\n", ("YML-12", 2, 6)),
    ("a: 1\ntitle:　题\nsource: 协会", ("YML-11", 2, 7)),
    ("tags:　\n  - 甲\ndate: 1", ("YML-11", 1, 6)),
    ("title:　|\n  题\ndate: 1", ("YML-11", 1, 7)),
    ("title: |　\n  题", ("YML-11", 1, 9)),
    ("title:　“题”\ndate: 1", ("YML-11", 1, 7)),
    ("- id: a\n  name:　甲\n  type: 乙", ("YML-11", 2, 8)),
    ("- id: a\n  name:甲\n  type: 乙", ("YML-12", 2, 7)),
    ("- id:　a\n  name: 甲", ("YML-11", 1, 6)),
    ("-　id: a\n  name: 甲", ("YML-11", 1, 2)),
    ("-\u00a0id: a\n  name: 甲", ("YML-11", 1, 2)),
    ("- id: a\n　　name: 甲", ("YML-11", 2, 1)),
    ("- id: a\n \u00a0name: 甲", ("YML-11", 2, 2)),
    ("- id: a\n-　id: b", ("YML-11", 2, 2)),
    ("-id: a\n name: 甲", ("YML-12", 1, 1)),
    ("-id: a", ("YML-12", 1, 1)),
    ("title　: 题", ("YML-11", 1, 6)),
    ("ti\u200btle: 题", ("YML-11", 1, 3)),
    ("date: 1\n\ufefftitle: 题", ("YML-11", 2, 1)),
    ("　title: 题", ("YML-11", 1, 1)),
    ("title：题\ndate: 1", ("YML-06", 1, 6)),
    ("title ：题\ndate: 1", ("YML-06", 1, 7)),
    ("title﹕题\ndate: 1", ("YML-06", 1, 6)),
    ("title∶题\ndate: 1", ("YML-06", 1, 6)),
    ("“title”: 题", ("YML-06", 1, 1)),
    ("＂title＂: 题", ("YML-06", 1, 1)),
    ("title”: 题", ("YML-06", 1, 6)),
    ("「title」: 题", ("YML-06", 1, 1)),
    ("title: “甲: 乙”", ("YML-06", 1, 8)),
    ("title: ‘甲: 乙’", ("YML-06", 1, 8)),
    ("title: ＂甲: 乙＂", ("YML-06", 1, 8)),
    ("title: 「甲: 乙」", ("YML-06", 1, 8)),
    ('title: "甲”\ndate: 1', ("YML-06", 1, 10)),
    ("title: '甲’\ndate: 1", ("YML-06", 1, 10)),
    ('title: "甲” 乙\ndate: 1', ("YML-06", 1, 10)),
    ("－ id: a\n  name: 甲", ("YML-06", 1, 1)),
    ("— id: a\n  name: 甲", ("YML-06", 1, 1)),
    ("• id: a\n  name: 甲", ("YML-06", 1, 1)),
    ("－id: a", ("YML-06", 1, 1)),
    ("- id: a\n－ id: b", ("YML-06", 2, 1)),
    ("tags:\n  - 甲\n  － 乙: x", ("YML-06", 3, 3)),
    ("＃ 注释\ntitle: 题", ("YML-06", 1, 1)),
    ("title: 题\n＃ 注释", ("YML-06", 2, 1)),
    ("title: 题\n＃ 注释\ndate: 1", ("YML-06", 2, 1)),
    ("title: 题 ＃ 注释", ("YML-06", 1, 10)),
    ("title: 题　# 注释", ("YML-11", 1, 9)),
    ("title: 题\u00a0#注释", ("YML-11", 1, 9)),
    ('title: "题"　# 注释', ("YML-11", 1, 11)),
    ('title: "题" ＃ 注释', ("YML-06", 1, 12)),
    ("tags: [甲]　# 注释", ("YML-11", 1, 10)),
    ("tags: [甲，乙]", ("YML-06", 1, 9)),
    ("tags: [甲、乙]", ("YML-06", 1, 9)),
    ("tags: [甲, 乙，丙]", ("YML-06", 1, 12)),
    ("tags: [\n  甲，\n  乙\n]", ("YML-06", 2, 4)),
    ("tags: [\n  甲,\n  乙，丙\n]", ("YML-06", 3, 4)),
    ('tags: ["甲"，"乙"]', ("YML-06", 1, 11)),
    ("tags: [甲, 乙］", ("YML-06", 1, 12)),
    ("tags: [甲, 乙】\ndate: 1", ("YML-06", 1, 12)),
    ("- {id: a，name: 甲}", ("YML-06", 1, 9)),
    ("- {id：a, name: 甲}", ("YML-06", 1, 6)),
    ("- {id:　a, name: 甲}", ("YML-11", 1, 7)),
    ("- {id:a, name: 甲}", ("YML-12", 1, 6)),
    ("- {id: a, name:甲}", ("YML-12", 1, 15)),
    ("- {id: a, name: 甲｝", ("YML-06", 1, 18)),
    ("- ｛id: a, name: 甲}", ("YML-06", 1, 3)),
    ("title: 话题 #平安# 行动", ("YML-13", 1, 11)),
    ("summary: 一 #二", ("YML-13", 1, 12)),
    ("summary: #平安#", ("YML-13", 1, 10)),
    ("title: 话题 # 平安 # 行动", ("YML-13", 1, 11)),
    ("title: 话题\t#平安", ("YML-13", 1, 11)),
    ("title: 一\n  二 #三\ndate: 1", ("YML-13", 2, 5)),
    ("- 甲 #1 号楼", ("YML-13", 1, 5)),
    ("tags: [甲 #乙, 丙]\ndate: 1", ("YML-13", 1, 10)),
    ("body: ｜\n  拟表彰", ("YML-06", 1, 7)),
    ("body: ＞\n  甲\n  乙\ndate: 1", ("YML-06", 1, 7)),
    ("body: │\n  甲", ("YML-06", 1, 7)),
    ("body: ｜-\n\n  甲: 1\n", ("YML-06", 1, 7)),
    ("body: ＞ # 注\n  甲", ("YML-06", 1, 7)),
    ("- ｜\n  甲", ("YML-06", 1, 3)),
    ("－－－\n- id: a\n", ("YML-06", 1, 1)),
    ("———\nname: 甲", ("YML-06", 1, 1)),
    ("——\n- id: a\n  name: 甲", ("YML-06", 1, 1)),
    ("issuers: [zd,\n  xh\n ］", ("YML-06", 3, 2)),
    ("issuers: [zd,\n  xh\n ］\nkind: 公示", ("YML-06", 3, 2)),
    ("issuers: [zd,\n  xh】\nkind: 公示", ("YML-06", 2, 5)),
    ("- {a: b,\n   c: d\n  ｝\n- x", ("YML-06", 3, 3)),
    ("tags: [zd；xh]", ("YML-06", 1, 10)),
    ("tags: [zd､xh]", ("YML-06", 1, 10)),
    ("tags: [zd﹐xh]", ("YML-06", 1, 10)),
    ("tags: [zd, 甲﹑乙]", ("YML-06", 1, 13)),
    ("tags: [\n  zd；\n  xh]", ("YML-06", 2, 5)),
    ("-\tid: a", ("YML-05", 1, 2)),
    ("a:\n\tb: c", ("YML-05", 2, 1)),
]


@pytest.mark.parametrize("loader", [yaml.CSafeLoader, yaml.SafeLoader])
@pytest.mark.parametrize(("text", "value"), READ, ids=[text for text, _ in READ])
def test_what_is_right_is_read(text: str, value: Any, loader: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_reader, "_LOADER", loader)
    assert YamlReader().decode("data/x.yaml", text) == (value, [])


@pytest.mark.parametrize("loader", [yaml.CSafeLoader, yaml.SafeLoader])
@pytest.mark.parametrize(("text", "place"), SLIPS, ids=[text for text, _ in SLIPS])
def test_a_slip_is_named_at_its_character(
    text: str, place: Place, loader: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_reader, "_LOADER", loader)
    value, faults = YamlReader().decode("data/x.yaml", text)
    assert [(fault.rule, fault.place.line, fault.place.column) for fault in faults] == [place]
    assert value is None


#: What goes wrong for other reasons, beside signs that are right in a text.
OTHERS: list[tuple[str, Place]] = [
    ("about: |\n  时间：九点\n  － 一\n  name：乙\ntitle: 题\n bad: 1", ("YML-01", 6, 5)),
    ("title: 一、二，三：四\ndate: 1: 2", ("YML-01", 2, 8)),
    ("title: “甲”\ndate: 1: 2", ("YML-01", 2, 8)),
    ("- 说明：一\n- @二", ("YML-01", 2, 3)),
    ("title: 见 https://example.org: 首页", ("YML-01", 1, 29)),
]


@pytest.mark.parametrize(("text", "place"), OTHERS, ids=[text for text, _ in OTHERS])
def test_a_sign_in_a_text_is_not_blamed(text: str, place: Place) -> None:
    faults = YamlReader().decode("data/x.yaml", text)[1]
    assert [(fault.rule, fault.place.line, fault.place.column) for fault in faults] == [place]


POST = "content/news/2022-09-03-x.md"
TEAM = "data/teams/more.yaml"
TEXT = "---\n{}---\n\n正文。\n"
#: In a project: a file, what it holds, and all findings. `guess` where the ASCII form is offered.
FILES: list[tuple[str, str, list[tuple[str, int, int, str]]]] = [
    (POST, TEXT.format("title:　题\ndate: 2022-09-03\n"), [("YML-11", 2, 7, "")]),
    (POST, TEXT.format("title:　题\n"), [("YML-11", 2, 7, "")]),
    (POST, TEXT.format("date: 2022-09-03\ntitle:题\n"), [("YML-12", 3, 6, "")]),
    (POST, TEXT.format("title: 题\ndate: 2022-09-03\ntags: 【巡逻防控】\n"), [("YML-06", 4, 7, "")]),
    (POST, TEXT.format("title: 题\ndate: 2022-09-03\ntags: ［巡逻防控］\n"), [("YML-06", 4, 7, "")]),
    (POST, TEXT.format("title: 题\ndate: 2022-09-03\ntags: （巡逻防控）\n"), [("YML-06", 4, 7, "")]),
    (POST, TEXT.format("title: 题\ndate: 2022-09-03\ntags:\n  －巡逻防控\n"), [("YML-06", 5, 3, "")]),
    (POST, TEXT.format("title: 题\ndate: 2022-09-03\ntags:\n  · 巡逻防控\n"), [("YML-06", 5, 3, "")]),
    (POST, TEXT.format("title: 题\ndate: 2022-09-03\ntags:\n  -　巡逻防控\n"), [("YML-11", 5, 4, "")]),
    (POST, TEXT.format("title: 题\ndate: 2022-09-03\ntags: “巡逻防控”\n"), [("SCH-03", 4, 7, "")]),
    (POST, TEXT.format("title: 题\ndate: 2022-09-03\ntags: 巡逻防控、评比创优\n"), [("SCH-03", 4, 7, "")]),
    (POST, TEXT.format("title: 题\ndate: 2022-09-03\nｔａｇｓ: [巡逻防控]\n"), [("SCH-02", 4, 1, "tags")]),
    (POST, TEXT.format("title: 题\ndate: 2022-09-03\ntags: [“巡逻防控”]\n"), [("REF-01", 4, 8, "巡逻防控")]),
    (POST, TEXT.format("title: 题\ndate: 2022-09-03\ntags: [巡逻防控，评比创优]\n"), [("YML-06", 4, 12, "")]),
    (POST, TEXT.format("title: 题\ndate: ２０２２-０９-０３\n"), [("SCH-06", 3, 7, "2022-09-03")]),
    (POST, TEXT.format("title: 题\ndate: 2022－09－03\n"), [("SCH-06", 3, 7, "2022-09-03")]),
    (POST, TEXT.format("title: 题\ndate: 2022-09-03 09：30\n"), [("SCH-06", 3, 7, "2022-09-03 09:30")]),
    (POST, TEXT.format("title: 题\ndate: 2022-09-03　09:30\n"), [("SCH-06", 3, 7, "2022-09-03 09:30")]),
    (POST, TEXT.format("title: 题\ndate: 2022年9月3日\n"), [("SCH-06", 3, 7, "2022-09-03")]),
    (POST, TEXT.format("title: 题\ndate: “2022-09-03”\n"), [("SCH-06", 3, 7, "2022-09-03")]),
    (POST, TEXT.format("title: 题\ndate: 2022年九月\n"), [("SCH-06", 3, 7, "")]),
    (POST, TEXT.format("title: 题\ndate: 2022-09-03\ndraft: 「否」\n"), [("SCH-08", 4, 8, "否")]),
    (POST, TEXT.format("title: 题\ndate: 2022-09-03\nteams: [ｔ０１]\n"), [("SCH-09", 4, 9, "t01")]),
    (POST, TEXT.format("title:\t题\ndate: 2022-09-03\n"), []),
    (POST, TEXT.format("title: 　题　\ndate: 2022-09-03　\n"), []),
    (POST, "---\ntitle: 题\ndate: 2022-09-03\n－－－\n\n正文。\n", [("FMT-02", 4, 1, "")]),
    (POST, "---\ntitle: 题\ndate: 2022-09-03\n———\n\n正文。\n", [("FMT-02", 4, 1, "")]),
    (POST, "---\ntitle: 题\ndate: 2022-09-03\n———\n\n正文。\n\n---\n\n又。\n", [("FMT-02", 4, 1, "")]),
    (POST, "---\ntitle: 题\ndate: 2022-09-03\n－－－\n\n正文。\n\n---\n", [("FMT-02", 4, 1, "")]),
    (POST, "---\ntitle: 题\ndate: 2022-09-03\n-—-\n\n正文。\n\n---\n", [("FMT-02", 4, 1, "")]),
    (POST, TEXT.format("title: 题\ndate: 2022-09-03\nsummary: |\n  一\n  ———\n  二\n"), []),
    (POST, TEXT.format("title: 题\ndate: 2022-09-03\nｄｒａｆｔ: true\n"), [("SCH-02", 4, 1, "draft")]),
    (POST, "---\ntitle: 题\ndate: 2022-09-03\n　---\n\n正文。\n", [("FMT-02", 4, 1, "")]),
    (POST, "---\ntitle: 题\ndate: 2022-09-03\n---　\n\n正文。\n", []),
    (POST, "\ufeff---\ntitle: 题\ndate: 2022-09-03\n---\n\n正文。\n", []),
    ("data/tags/more.yaml", "-　id: a\n  name: 甲\n", [("YML-11", 1, 2, "")]),
    ("data/tags/more.yaml", "- id:　a\n- id: b\n  name: 乙\n", [("YML-11", 1, 6, "")]),
    ("data/tags/more.yaml", "- id:a\n- id: b\n  name: 乙\n", [("YML-12", 1, 5, "")]),
    ("data/tags/more.yaml", "- id: a\n  name: 甲\n- id：b\n- id: c\n  name: 丙\n", [("YML-06", 3, 5, "")]),
    ("data/tags/more.yaml", "- ｛id: a｝\n", [("YML-06", 1, 3, "")]),
    ("data/tags/more.yaml", "id：a\n", [("YML-06", 1, 3, "")]),
    ("data/tags/more.yaml", "－ id：a\n", [("YML-06", 1, 1, "")]),
    (TEAM, "- {id: t9, name: 甲, type: 巡查组, org: xh, headcount: ２}\n", [("SCH-07", 1, 52, "2")]),
    (TEAM, "- {id: Ｔ９, name: 甲, type: 巡查组, org: xh, headcount: 2}\n", [("SCH-09", 1, 8, "")]),
    (TEAM, "- {id: ｔ９, name: 甲, type: 巡查组, org: xh, headcount: 2}\n", [("SCH-09", 1, 8, "t9")]),
    (TEAM, "- {id: t9, name: 甲, type: “巡查组”, org: xh, headcount: 2}\n", [("SCH-04", 1, 27, "巡查组")]),
]


@pytest.mark.parametrize(("path", "text", "expected"), FILES, ids=[text for _, text, _ in FILES])
def test_a_slip_in_a_project_has_one_finding(
    path: str, text: str, expected: list[tuple[str, int, int, str]], project: Project
) -> None:
    project.write(path, text)
    found = project.check().findings
    told = [(one.diagnostic.rule, one.span.line, one.span.column, one.diagnostic.guess) for one in found]
    assert [one for one in told if one[0][:3] not in {"PAT", "INS"}] == expected
    assert {one.span.path for one in found} <= {path}


@pytest.mark.parametrize("rule", ["YML-06", "YML-11", "YML-12"])
def test_a_slip_says_what_stands_there_and_what_is_meant(rule: str, project: Project) -> None:
    lines = {"YML-06": "tags：甲", "YML-11": "tags:　甲", "YML-12": "tags:甲"}
    project.write(POST, TEXT.format(f"{lines[rule]}\ntitle: 题\n"))
    (found,) = project.check().findings
    told = text_report.render(found, "zh") + text_report.render(found, "en")
    for word in {
        "YML-06": ("这里的 ： 不是", "`：`", "`:`"),
        "YML-11": ("全角空格 U+3000", "ideographic space"),
        "YML-12": ("“:”",),
    }[rule]:
        assert word in told


def test_a_complaint_without_a_slip_is_left_alone() -> None:
    assert yaml_hints.near([], 1) is None
    assert yaml_hints.near(["a: b", "c"], 1) is None


@pytest.mark.parametrize(
    "text",
    ["- " * 50_000 + "：", "a" * 100_000 + "：", '"' + "“" * 100_000, "　" * 100_000, "[" + "甲" * 100_000 + "，"],
)
def test_a_long_line_is_looked_at_in_part(text: str) -> None:
    yaml_hints.in_line(text)
