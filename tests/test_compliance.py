"""The report for the editor: what it tells, that it claims nothing unchecked, and that it needs no other file."""

from datetime import date
from typing import Any

import html5lib
import pytest
from conftest import Project
from msgspec.structs import replace
from reference import ROOT

from honorroll.checks.catalog import RULES
from honorroll.checks.findings import Finding, settle
from honorroll.cli import compliance
from honorroll.diagnostics import Diagnostic, Place, Severity
from honorroll.engine import pipeline
from honorroll.engine.options import Options, Result
from honorroll.filesystem.source_file import Snapshot, Source


def parsed(text: str) -> Any:
    return html5lib.HTMLParser(namespaceHTMLElements=False, strict=True).parse(text)


def text_of(element: Any) -> str:
    return "".join(element.itertext())


def report(result: Result, today: date = date(2022, 11, 1)) -> Any:
    return parsed(compliance.page(result, today))


def section(tree: Any, id: str) -> str:
    return "".join(text_of(part) for part in tree.iter("section") if part.get("id") == id)


def marks(tree: Any) -> dict[str, str]:
    """The mark of each rule in the overview."""
    (overview,) = (part for part in tree.iter("section") if part.get("id") == "rules")
    return {text_of(row.find("span/a")): row.get("class") for row in overview.iter("li")}


def reference(today: date) -> Any:
    result = pipeline.build(Options(root=ROOT, out=ROOT / "site", today=today, dry=True))
    return report(result, today)


def test_a_right_project_passes_and_what_only_a_build_can_tell_is_not_claimed(project: Project) -> None:
    tree = report(project.check())
    assert marks(tree) == {id: "later" if id.startswith("PUB") else "passed" for id in RULES}
    assert "没有错误，可以发布" in text_of(tree)
    assert "有错误，现在不能发布" not in text_of(tree)


def test_an_error_is_told_and_nothing_is_said_to_pass(project: Project) -> None:
    project.replace("data/teams.yaml", "headcount: ", "headcount: 十#")
    tree = report(project.check())
    assert "headcount（人数） 不是数字：“十#" in section(tree, "wrong")
    assert "data/teams.yaml:" in section(tree, "wrong")
    assert "只写半角数字" in section(tree, "wrong")
    found = marks(tree)
    assert found.pop("SCH-07") == "wrong"
    assert set(found.values()) == {"open", "later"}
    assert "现在不能发布" in text_of(tree)


def test_each_rule_is_explained_on_the_page_and_every_link_leads_there(project: Project) -> None:
    project.replace("data/teams.yaml", "headcount: ", "headcount: 十#")
    tree = report(project.check())
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    targets = {link.get("href") for link in tree.iter("a")}
    assert targets <= {f"#{id}" for id in ids}
    assert {f"#{id}" for id in RULES} <= targets
    for rule in RULES.values():
        assert rule.explanation[0] in text_of(tree)


def settled(severity: Severity, rule: str = "YML-05") -> Finding:
    source = Source("data/x.yaml", b"a: <b>&\n", "")
    diagnostic = Diagnostic(rule, Place(source.path, line=1, column=4, length=3), record="<i>队伍</i>")
    return replace(settle([diagnostic], Snapshot({source.path: source}))[0], severity=severity)


@pytest.mark.parametrize(
    ("severity", "own", "state"),
    [
        (Severity.WARNING, Severity.WARNING, "warned"),
        (Severity.INFO, Severity.WARNING, "waived"),
        (Severity.INFO, Severity.INFO, "noted"),
    ],
)
def test_warnings_waivers_and_notes_each_have_their_place(
    project: Project, monkeypatch: pytest.MonkeyPatch, severity: Severity, own: Severity, state: str
) -> None:
    monkeypatch.setitem(RULES, "YML-05", replace(RULES["YML-05"], severity=own))
    tree = report(replace(project.check(), findings=(settled(severity),)))
    assert marks(tree)["YML-05"] == state
    assert "这里用了制表符" in section(tree, state)
    assert marks(tree)["YML-06"] == "passed"
    assert "没有错误" in text_of(tree)


def test_what_an_input_holds_stays_text(project: Project) -> None:
    tree = report(replace(project.check(), findings=(settled(Severity.ERROR),)))
    assert "a: <b>&" in section(tree, "wrong")
    assert "<i>队伍</i>" in section(tree, "wrong")
    assert [text_of(mark) for mark in tree.iter("mark")] == ["<b>"]


def test_it_stands_alone(project: Project) -> None:
    text = compliance.page(project.check(), date(2022, 11, 1))
    tree = parsed(text)
    assert not [element.tag for element in tree.iter() if element.tag in {"script", "link", "img", "iframe"}]
    assert "url(" not in text
    assert "@import" not in text
    assert not [
        value for element in tree.iter() for value in element.attrib.values() if value.startswith(("http:", "//"))
    ]
    assert [meta.get("content") for meta in tree.iter("meta") if meta.get("name") == "robots"] == ["noindex"]


def test_a_running_notice_and_the_end_of_the_campaign_are_due() -> None:
    due = section(reference(date(2022, 10, 10)), "due")
    assert "到 2022年10月13日公示“" in due
    assert "到 2022年10月31日活动还在进行" in due


def test_a_notice_that_has_ended_without_decision_is_due(project: Project) -> None:
    project.replace("data/awards.yaml", "  decision: n02\n", "")
    project.replace("data/notices.yaml", "  awards: [a01]\n", "")
    assert "已于9月19日期满，还有 1 项荣誉等待作出决定" in section(report(project.check()), "due")
    assert "到 2022年9月19日公示“" in section(report(project.check(), date(2022, 9, 19)), "due")


def test_sections_without_content_are_due(project: Project) -> None:
    project.write("data/deeds.yaml", "")
    project.replace("data/projects.yaml", "deed: d01", "deed: null")
    assert "栏目“先进事迹”还没有内容" in section(report(project.check()), "due")


def test_nothing_is_due_when_all_is_done(project: Project) -> None:
    assert "没有待办的事" in section(report(project.check(), date(2100, 1, 1)), "due")


def test_a_campaign_that_cannot_be_read_has_a_report_too(project: Project) -> None:
    project.remove("data/campaign.yaml")
    tree = report(project.check())
    assert "活动文件无法读取" in text_of(tree)
    assert "SRC-06" in section(tree, "wrong")
