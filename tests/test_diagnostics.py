"""Every rule in a golden case, in both languages; carets, order, guesses and the limits of a report."""

import json
import re
import shutil
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from conftest import Project
from diagnostics.published_edits import CASES
from msgspec.structs import replace
from rich.cells import cell_len

from honorroll.checks import rules, text_report
from honorroll.checks.catalog import RULES, Rule, awards, campaign, contest, results, teams
from honorroll.checks.findings import Finding, has_errors, settle
from honorroll.diagnostics import Diagnostic, Place, Severity, closest
from honorroll.filesystem.source_file import Snapshot, Source
from honorroll.inputs import scan
from honorroll.inputs.loader import load
from honorroll.model.tables import UNREAD

FOLDER = Path(__file__).parent / "diagnostics"
ALL = sorted({path.parent.name for path in FOLDER.glob("*/input")} | set(CASES))
#: What comes near a breach, or looks like one, and is none.
FINE = [name for name in ALL if name.endswith("-is-fine")]
NAMES = [name for name in ALL if name not in FINE]
UNSEEN = re.compile(r"[\x00-\x1f\u200b-\u200f\u202a-\u202e\ufeff]")
POST = "content/news/2022-09-02-first.md"


def prepare(case: str, project: Project) -> dict[str, Any]:
    """Edit the project, and say with which options to build it."""
    folder = FOLDER / case / "input"
    if folder.is_dir():
        shutil.copytree(folder, project.root, dirs_exist_ok=True)
    try:
        return (CASES[case](project) if case in CASES else None) or {}
    except (OSError, AttributeError) as error:
        pytest.skip(f"this system cannot hold the input: {error}")


def findings_of(case: str, project: Project) -> tuple[Finding, ...]:
    return project.build(**prepare(case, project)).findings


def as_text(findings: tuple[Finding, ...], lang: str) -> str:
    return (
        "\n\n".join(text_report.render(finding, lang) for finding in findings)
        + f"\n\n{text_report.count(findings, lang)}\n"
    )


@pytest.mark.parametrize("case", NAMES)
def test_a_wrong_input_is_explained(case: str, project: Project, regenerate: bool) -> None:
    findings = findings_of(case, project)
    text = "\n".join(as_text(findings, lang) for lang in ("zh", "en")).replace(str(project.root), "PROJECT")
    expected = FOLDER / case / "expected.txt"
    if regenerate:
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(text, encoding="utf-8", newline="\n")
    assert text == expected.read_text(encoding="utf-8")
    rules = {finding.diagnostic.rule for finding in findings}
    assert case.startswith("ALL-") or case[:6] in rules
    for finding in findings:
        check_caret(finding)
        line = text_report.as_json(finding, "en")
        assert "\n" not in line
        assert json.loads(line)["rule"] == finding.diagnostic.rule


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ({}, {"today": date(2100, 1, 1)}, "SUM-02"),
        ({"awards": {}, "faulty": {"awards": frozenset({UNREAD})}}, {"awards": {}}, "AWD-09"),
    ],
    ids=["day", "faulty"],
)
def test_the_same_tables_are_found_wrong_by_other_days_and_files(
    before: dict[str, Any], after: dict[str, Any], rule: str, project: Project
) -> None:
    right, _ = load(scan.read(project.root)[0], date(2022, 11, 1))
    assert right
    assert rules.check(replace(right, **before)) == []
    assert rule in {found.rule for found in rules.check(replace(right, **after))}


@pytest.mark.parametrize("case", FINE)
def test_what_only_comes_near_passes(case: str, project: Project) -> None:
    assert [finding.message("en") for finding in findings_of(case, project)] == []


def test_every_rule_of_the_campaign_has_a_near_miss() -> None:
    wanted = {rule.id for area in (campaign, teams, contest, awards, results) for rule in area.RULES}
    assert {name[:6] for name in FINE} >= {id for id in wanted if not id.startswith("WAI")}


def check_caret(finding: Finding) -> None:
    """The caret stands under the value, in cells of a terminal."""
    span, lines = finding.span, text_report.render(finding, "zh").split("\n")
    marks = [at for at, line in enumerate(lines) if re.fullmatch(r"     \| *\^+", line)]
    assert bool(marks) == bool(span.text.strip())
    if marks:
        shown, caret = lines[marks[0] - 1], lines[marks[0]]
        start = caret.index("^")
        value = UNSEEN.sub("�", span.text[span.column - 1 : span.column - 1 + span.length].replace("\t", " "))
        under = "".join(char for at, char in cells(shown) if start <= at < len(caret))
        assert under == value or (shown.endswith("…") and value.startswith(under))
        assert len(caret) - start == max(1, cell_len(under))


def cells(line: str) -> list[tuple[int, str]]:
    """Each character of a line with the cell that it begins in."""
    return [(cell_len(line[:at]), char) for at, char in enumerate(line)]


def test_every_rule_has_a_case_and_every_case_a_rule() -> None:
    assert {name[:6] for name in NAMES if not name.startswith("ALL-")} == set(RULES)


def test_no_expectation_outlives_its_case() -> None:
    assert {path.parent.name for path in FOLDER.glob("*/expected.txt")} == set(NAMES)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_speaks_both_languages(rule: Rule) -> None:
    for zh, en in (rule.message, rule.hint):
        assert re.search(r"[\u4e00-\u9fff]", zh)
        assert en
        assert not re.search(r"[\u3000-\uffef]", en)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_the_two_languages_say_the_same_of_a_finding(rule: Rule) -> None:
    same = {"why_zh": "why", "what_zh": "what", "wanted_zh": "wanted_en", "field": "key"}
    for pair in (rule.message, rule.hint):
        zh, en = ({name for _, name, _, _ in Formatter().parse(text) if name} for text in pair)
        assert {same.get(name, name) for name in zh} == {same.get(name, name) for name in en}


def finding(text: str, column: int, length: int = 1, rule: str = "YML-05", **args: object) -> Finding:
    """A finding in line 1 of a file with this text."""
    place = Place("data/x.yaml", line=1, column=column, length=length)
    source = Source("data/x.yaml", text.encode(), "")
    return settle([Diagnostic(rule, place, args)], Snapshot({source.path: source}))[0]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("name: 巡逻", "巡逻"),
        ("名称：ａｂｃ，队伍: t01", "t01"),
        ("\tname: x", "name"),
        ("e\u0301te\u0301: 夏", "夏"),
        ("🚓🚓: t01", "t01"),
        ("巡" * 100 + "逻" + "防" * 100, "逻"),
        ("a: " + "巡" * 200, "巡" * 200),
        ("\x1b[31m\u202e\u200b: 红", "红"),
    ],
)
def test_the_caret_stands_under_the_value(text: str, word: str) -> None:
    shown = finding(text, text.index(word) + 1, len(word))
    check_caret(shown)
    line, caret = text_report.render(shown, "zh").split("\n")[2:4]
    assert cell_len(line.split(word[0])[0]) == caret.index("^")


def test_a_long_line_is_cut_on_both_sides() -> None:
    shown = text_report.render(finding("左" * 500 + "x" + "右" * 500, 501), "zh").split("\n")[2]
    assert shown == f"   1 | …{'左' * 40}x{'右' * 59}…"


def test_what_an_input_holds_does_not_steer_the_terminal() -> None:
    hostile = "\x1b]0;owned\x07\x9b\u202e\u2028\ud800"
    diagnostic = Diagnostic("YML-02", Place(f"data/{hostile}.yaml"), {"key": hostile}, record=hostile, guess=hostile)
    for lang in ("zh", "en"):
        text = text_report.render(settle([diagnostic], Snapshot({}))[0], lang)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\ud800-\udfff]", text)
        assert "owned" in text


def test_colour_adds_nothing_but_colour() -> None:
    shown = replace(finding("a: b", 1), severity=Severity.WARNING)
    coloured = text_report.render(shown, "zh", color=True)
    assert coloured.startswith("\x1b[33m警告[YML-05]\x1b[0m")
    assert re.sub(r"\x1b\[\d+m", "", coloured) == text_report.render(shown, "zh")


def test_findings_are_sorted_by_place_and_told_once() -> None:
    diagnostics = [
        Diagnostic(rule, Place(path, line=line, column=column))
        for rule in ("YML-07", "YML-05")
        for path in ("data/b.yaml", "data/a.yaml")
        for line, column in ((10, 1), (9, 7), (9, 3))
    ]
    found = settle([*diagnostics, *diagnostics], Snapshot({}))
    keys = [(f.span.path, f.span.line, f.span.column, f.diagnostic.rule) for f in found]
    assert len(keys) == 12
    assert keys == sorted(keys)
    assert settle(reversed(diagnostics), Snapshot({})) == found


def test_warnings_are_errors_when_strict(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RULES, "SRC-07", replace(RULES["SRC-07"], severity=Severity.WARNING))
    project.write("data/note.yaml", "")
    lax, strict = project.check(), project.check(strict=True)
    assert [f.severity for f in lax.findings] == [Severity.WARNING]
    assert [f.severity for f in strict.findings] == [Severity.ERROR]
    monkeypatch.setitem(RULES, "SRC-07", replace(RULES["SRC-07"], severity=Severity.INFO))
    assert [f.severity for f in project.check(strict=True).findings] == [Severity.INFO]
    assert not has_errors(lax.findings)
    assert has_errors(strict.findings)


def test_the_number_of_findings_is_told_in_words() -> None:
    error = finding("a", 1)
    kinds = [error, error, replace(error, severity=Severity.WARNING), replace(error, severity=Severity.INFO)]
    assert text_report.count(kinds, "zh") == "2 个错误，1 个警告，1 个提示"
    assert text_report.count(kinds, "en") == "2 errors, 1 warning, 1 note"
    assert text_report.count([], "zh") == text_report.count([], "en") == ""


def test_a_line_of_json_says_all(project: Project) -> None:
    project.replace(POST, "巡逻防控", "巡逻放控")
    (found,) = project.check().findings
    assert json.loads(text_report.as_json(found, "en")) == {
        "rule": "REF-01",
        "severity": "error",
        "path": POST,
        "line": 4,
        "column": 8,
        "length": 4,
        "record": "新闻“第一班巡逻”",
        "message": "there is no `巡逻放控`",
        "hint": "It must be an id in tags (for tags: a name).",
        "guess": "巡逻防控",
        "more": 0,
        "related": [],
    }


def test_other_places_and_what_asks_for_the_rule_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = replace(RULES["YML-05"], clause="活动方案 第三条")
    monkeypatch.setitem(RULES, "YML-05", rule)
    text = "a: 1\nb: 2\n"
    source = Source("data/x.yaml", text.encode(), "")
    other = (Place("data/x.yaml", ("a",)), Place("data/gone.yaml"))
    diagnostic = Diagnostic("YML-05", Place("data/x.yaml", line=2, column=1), related=other)
    (found,) = settle([diagnostic], Snapshot({source.path: source}))
    shown = text_report.render(found, "zh").split("\n")[4:]
    assert shown == [
        "   = 另见 data/x.yaml:1:4",
        "   = 另见 data/gone.yaml",
        f"   = {rule.hint[0]}",
        "   = 依据：活动方案 第三条",
    ]
    assert "   = see also data/x.yaml:1:4\n" in text_report.render(found, "en")
    assert text_report.render(found, "en").endswith("   = asked for by: 活动方案 第三条")
    assert json.loads(text_report.as_json(found, "zh"))["related"] == [
        {"path": "data/x.yaml", "line": 1, "column": 4, "length": 1},
        {"path": "data/gone.yaml", "line": 0, "column": 0, "length": 1},
    ]


def test_a_place_that_is_gone_shows_its_path_only() -> None:
    for place in (Place("data/x.yaml"), Place("data/x.yaml", (0, "id"))):
        (found,) = settle([Diagnostic("SRC-07", place, {"known": ""})], Snapshot({}))
        assert text_report.render(found, "en").split("\n")[1] == "  --> data/x.yaml"


def test_a_value_of_a_text_without_front_matter_is_shown_at_its_start() -> None:
    source = Source("content/x.md", "没有\n".encode(), "")
    (found,) = settle([Diagnostic("SCH-10", Place(source.path, ("title",)))], Snapshot({source.path: source}))
    assert (found.span.line, found.span.column, found.span.length, found.span.text) == (1, 1, 1, "没有")


@pytest.mark.parametrize(
    ("word", "known", "guess"),
    [("titel", ["tags", "title"], "title"), ("巡察组", ["巡查组", "巡逻小组"], "巡查组"), ("xyz", ["title"], "")],
)
def test_the_guess_is_the_nearest_known_word(word: str, known: list[str], guess: str) -> None:
    assert closest(word, known) == guess


def test_a_valid_project_has_no_findings(project: Project) -> None:
    assert project.build().findings == ()
    assert project.site.is_dir()


def test_an_error_keeps_the_site_from_being_written(project: Project) -> None:
    project.write("data/note.yaml", "")
    assert project.build().counts is None
    assert not project.site.exists()
