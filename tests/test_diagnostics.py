"""Every rule in a golden case, in both languages; carets, order, guesses and the limits of a report."""

import json
import re
import shutil
from pathlib import Path
from string import Formatter

import pytest
from conftest import Project
from diagnostics.cases import CASES
from rich.cells import cell_len

from honorroll import report
from honorroll.catalog import RULES
from honorroll.findings import Finding

FOLDER = Path(__file__).parent / "diagnostics"
NAMES = sorted({path.parent.name for path in FOLDER.glob("*/input")} | set(CASES))
POST = "content/news/2022-09-02-first.md"


def findings_of(case: str, project: Project) -> tuple[Finding, ...]:
    folder = FOLDER / case / "input"
    if folder.is_dir():
        shutil.copytree(folder, project.root, dirs_exist_ok=True)
    options = CASES[case](project) if case in CASES else None
    return project.build(**options or {}).findings


def as_text(findings: tuple[Finding, ...], lang: str) -> str:
    return "\n\n".join(report.render(finding, lang) for finding in findings) + f"\n\n{report.count(findings, lang)}\n"


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
        line = report.as_json(finding, "en")
        assert "\n" not in line
        assert json.loads(line)["rule"] == finding.diagnostic.rule


def check_caret(finding: Finding) -> None:
    """The caret stands under the value, in cells of a terminal."""
    span, lines = finding.span, report.render(finding, "zh").split("\n")
    marks = [at for at, line in enumerate(lines) if re.fullmatch(r"     \| *\^+", line)]
    assert bool(marks) == bool(span.text.strip())
    if marks:
        shown, caret = lines[marks[0] - 1], lines[marks[0]]
        start = caret.index("^")
        value = span.text[span.column - 1 : span.column - 1 + span.length]
        under = "".join(char for at, char in cells(shown) if start <= at < len(caret))
        assert value.startswith(under.rstrip("…").replace("�", value[:1])) or span.column > len(span.text)
        assert len(caret) - start == max(1, cell_len(under))


def cells(line: str) -> list[tuple[int, str]]:
    """Each character of a line with the cell that it begins in."""
    return [(cell_len(line[:at]), char) for at, char in enumerate(line)]


def test_every_rule_has_a_case_and_every_case_a_rule() -> None:
    assert {name[:6] for name in NAMES if not name.startswith("ALL-")} == set(RULES)


def test_no_expectation_outlives_its_case() -> None:
    assert {path.parent.name for path in FOLDER.glob("*/expected.txt")} == set(NAMES)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_speaks_both_languages(rule: object) -> None:
    for zh, en in (rule.message, rule.hint):  # type: ignore[attr-defined]
        assert re.search(r"[\u4e00-\u9fff]", zh)
        assert en
        assert not re.search(r"[\u4e00-\u9fff]", en)
        assert all(name is None or name.isidentifier() for text in (zh, en) for _, name, _, _ in Formatter().parse(text))
