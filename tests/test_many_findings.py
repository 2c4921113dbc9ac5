"""An input with ten thousand faults: the first of a kind are told, the others counted, the same in each format."""

import json
import os
import pickle
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import process_time

import pytest
from conftest import Project

from honorroll.checks import machine_reports, text_report
from honorroll.checks.findings import LONGEST, fails, has_errors, number, settle
from honorroll.cli import compliance
from honorroll.diagnostics import TOLD, Diagnostic, Place, Severity, closest
from honorroll.filesystem.source_file import Snapshot, Source
from honorroll.inputs.scan import MAX_TEMPLATE, theme_root
from honorroll.preview import overlay

ROOT = Path(__file__).parent.parent
MANY = 3 * TOLD
TEAM = "- {{id: x{0}, name: 第{0}组, type: {1}, org: xh, headcount: 3}}\n"
PATROL = "- {{date: {1}, team: {2}, hours: 4.5, area: 江边街道}}\n"


def lines(text: Callable[[int], str]) -> str:
    return "".join(map(text, range(MANY)))


#: By rule: a file with that many faults.
FAULTS: dict[str, tuple[str, str]] = {
    "SCH-01": ("data/tags.yaml", "- id: a\n" * MANY),
    "SCH-02": ("data/tags.yaml", "- id: a\n  name: 甲\n" + lines("  k{}: 1\n".format)),
    "SCH-04": ("data/teams/more.yaml", lines(lambda at: TEAM.format(at, f"组{at}"))),
    "SCH-05": ("data/patrols/more.yaml", lines(lambda at: PATROL.format(at, f"2022年{at}日", "t01"))),
    "SCH-13": ("data/tags/more.yaml", lines("- {{id: twin, name: 名{}}}\n".format) + "- {id: twin, name: 尾}\n"),
    "REF-01": ("data/patrols/more.yaml", lines(lambda at: PATROL.format(at, "2022-09-10", f"t{at}z"))),
    "TPL-02": ("templates/tags.html", lines("{{{{ n{} }}}}\n".format)),
    "TPL-06": ("templates/tags.html", lines("{{{{ asset('{}.png') }}}}".format)),
    "YML-02": ("data/tags.yaml", "- id: a\n  name: 甲\n" + "  name: 乙\n" * MANY),
}


@pytest.mark.parametrize("rule", FAULTS)
def test_of_many_faults_of_a_kind_the_first_are_told_and_the_others_counted(rule: str, project: Project) -> None:
    project.write(*FAULTS[rule])
    result = project.check()
    told = [finding for finding in result.findings if finding.diagnostic.rule == rule]
    assert (len(told), number(told)) == (TOLD, MANY)
    assert [finding.more for finding in told] == [MANY - TOLD] + [0] * (TOLD - 1)
    at = [(finding.span.path, finding.span.line, finding.span.column) for finding in told]
    assert at == sorted(at)
    assert all(finding.span.line for finding in told)
    assert has_errors(result.findings)
    assert result.counts is None


def test_pages_that_fail_are_told_likewise(project: Project) -> None:
    project.write("data/tags/more.yaml", lines("- {{id: x{0}, name: 名{0}}}\n".format))
    tags = ", ".join(map("名{}".format, range(MANY)))
    project.write("content/news/2022-09-03-x.md", f"---\ntitle: 题\ndate: 2022-09-03\ntags: [{tags}]\n---\n\n甲\n")
    project.write("templates/tag.html", "{{ 1 / 0 }}")
    told = [finding for finding in project.check().findings if finding.diagnostic.rule == "TPL-05"]
    assert len(told) == TOLD
    assert number(told) > MANY


@pytest.mark.parametrize("end", ["\n", " "])
def test_a_template_full_of_unknown_names_is_told_of_in_seconds(project: Project, end: str) -> None:
    """In a part of all pages, on lines of their own or on one."""
    base = (theme_root() / "templates" / "base.html").read_text(encoding="utf-8")
    names = "".join(f"{{{{ {'site.' * (at % 2)}n{at} }}}}{end}" for at in range(7000))
    assert len(base + names) < MAX_TEMPLATE
    project.write("templates/base.html", base + names)
    start = process_time()
    told = [finding for finding in project.check().findings if finding.diagnostic.rule == "TPL-02"]
    assert (len(told), number(told)) == (TOLD, 7000)
    assert process_time() - start < 5


def test_each_format_counts_them_alike(project: Project) -> None:
    project.write(*FAULTS["SCH-01"])
    project.write("data/patrols/2022-09.yaml", PATROL.format(0, "2022-09-10", "t01"))
    findings = (result := project.check()).findings
    everything = number(findings)
    assert everything >= MANY
    assert f"{MANY - TOLD} more of this kind" in text_report.render(findings[0], "en")
    assert f"另有 {MANY - TOLD} 处" in text_report.render(findings[0], "zh")
    rows = [json.loads(text_report.as_json(finding, "en")) for finding in findings]
    assert sum(1 + row["more"] for row in rows) == everything
    results = json.loads(machine_reports.sarif(findings, "en"))["runs"][0]["results"]
    assert sum(one.get("occurrenceCount", 1) for one in results) == everything
    assert f"{MANY - TOLD} more of this kind" in machine_reports.github(findings, "en").split("\n")[0]
    kinds = Counter(finding.severity for finding in findings for _ in range(1 + finding.more))
    told = f"{kinds[Severity.ERROR]} errors"
    assert text_report.count(findings, "en").startswith(told)
    shown = overlay.faults(findings, "en", project.root)
    assert shown.title.startswith(told)
    assert f"{everything - overlay.LIMIT} more are not listed here" in shown.document.decode()
    page = compliance.page(result, date(2022, 11, 1))
    assert f"<b>{kinds[Severity.ERROR]}</b>错误" in page
    assert f"另有 {MANY - TOLD} 处" in page


def test_the_command_line_counts_all(project: Project) -> None:
    project.write(*FAULTS["SCH-01"])

    def run(*args: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "honorroll", "check", *args],
            cwd=project.root,
            env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    told, lines = run(), run("--json").stderr.splitlines()
    everything = sum(1 + json.loads(line)["more"] for line in lines)
    assert told.returncode == 1
    assert everything >= MANY > len(lines)
    assert told.stderr.count("错误[") == 50
    assert f"另有 {everything - 50} 条没有列出来" in told.stderr
    assert f"有 {everything} 个错误" in told.stderr


@pytest.mark.parametrize("strict", [False, True])
def test_a_kind_is_a_rule_of_one_severity(strict: bool) -> None:
    notes = [Diagnostic("SRC-11", Place(f"content/{at:04}.txt")) for at in range(TOLD + 5)]
    faults = [Diagnostic("SRC-07", Place(f"data/{at:04}.txt"), {"known": ""}) for at in range(TOLD + 1)]
    found = settle(notes + faults, Snapshot({}), strict=strict)
    assert sorted((one.diagnostic.rule, one.more) for one in found if one.more) == [("SRC-07", 1), ("SRC-11", 5)]
    assert settle(reversed(notes + faults), Snapshot({}), strict=strict) == found
    assert fails(notes, strict=strict) is strict
    assert fails(notes + faults)


def test_as_many_as_are_told_are_not_counted() -> None:
    faults = [Diagnostic("SRC-07", Place(f"data/{at}.txt"), {"known": ""}) for at in range(TOLD)]
    assert [one.more for one in settle(faults * 2, Snapshot({}))] == [0] * TOLD


def test_files_are_looked_into_for_what_is_told_only() -> None:
    class Reads(dict[str, Source]):
        def __getitem__(self, path: str) -> Source:
            seen.add(path)
            return super().__getitem__(path)

    seen: set[str] = set()
    files = Reads(
        {f"content/{at:04}.md": Source(f"content/{at:04}.md", b"---\nid: a\n---\n", "") for at in range(MANY)}
    )
    faults = [Diagnostic("FMT-04", Place(path, ("id",), on_key=True), {"key": "id"}) for path in files]
    told = settle(faults, Snapshot(files))
    assert {one.span.path for one in told} == seen
    assert len(seen) == TOLD


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("data/tags.yaml", f"- id: a\n  name: 甲\n  {'k' * 1000}: 1\n"),
        ("data/tags.yaml", f"- id: {'大' * 350_000}\n  name: 甲\n"),
        ("data/tags.yaml", f"- id: a\n  name: {'大' * 350_000}\n  colour: 红\n"),
        ("data/teams.yaml", f"- {{id: a, name: 甲, type: {'巡' * 350_000}, org: xh, headcount: 3}}\n"),
        ("data/patrols.yaml", PATROL.format(0, "2022-09-10", "t" * 60)),
        ("data/tags.yaml", f"- id: a\n  {'n' * 900}: 甲\n  {'n' * 900}: 乙\n"),
        ("data/tags.yaml", f"- id: a\n  name: *{'a' * 100_000}\n"),
        ("data/tags.yaml", f"- id: a\n  name: !{'a' * 100_000} b\n"),
        ("data/teams.yaml", f"- {{id: a, name: 甲, type: 巡查组, org: xh, headcount: 3, liaison: {'x' * 64}}}\n"),
        ("content/news/x.md", f"---\ntitle: 题\ndate: 2022-09-01\ntags: [{'甲' * 100_000}]\n---\n"),
    ],
)
def test_a_huge_value_is_cut_wherever_it_is_told(path: str, text: str, project: Project) -> None:
    project.write(path, text)
    findings = project.check().findings
    assert findings
    for finding in findings[:3]:
        for lang in ("zh", "en"):
            assert len(text_report.render(finding, lang)) < 3 * LONGEST
            assert len(text_report.as_json(finding, lang)) < 4 * LONGEST
            assert len(machine_reports.github([finding], lang)) < 4 * LONGEST
        assert len(overlay.faults([finding], "en", project.root).document) < 20 * LONGEST


def test_a_guess_is_looked_for_when_it_is_told(project: Project) -> None:
    project.write(*FAULTS["REF-01"])
    found = [one.diagnostic for one in project.check().findings if one.diagnostic.rule == "REF-01"]
    assert found[1].guess == "t01"
    assert all(one.near is None for one in found)
    pickle.dumps(found)


@pytest.mark.parametrize(
    ("word", "guess"), [("x" * 201, ""), ("x" * 199, "x" * 200), ("abc", "abcd"), ("", ""), ("zz", "")]
)
def test_a_word_of_no_length_of_words_is_not_guessed_at(word: str, guess: str) -> None:
    assert closest(word, ["abcd", "ac", "x" * 200, "x" * 201]) == guess
