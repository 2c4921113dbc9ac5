"""Whatever an editor does to the data, the checks answer with findings that have a place; broken data is never built.

`HONORROLL_CASES=N` sets the number of cases; 300 by default, 1500 in continuous integration, 5000 before a release: other ones
each time, so that many runs prove more than one long one. One in fifty is a whole build.
"""

import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from reference import copy_project
from variants import Reference

from honorroll.checks import text_report
from honorroll.checks.findings import Finding, has_errors
from honorroll.diagnostics import Span
from honorroll.engine.options import Options
from honorroll.engine.pipeline import build
from honorroll.filesystem.source_file import Snapshot
from honorroll.publish.targets import Memory

CASES = int(os.environ.get("HONORROLL_CASES", "300"))

REFERENCE = Reference()
DATA = sorted(path for path in REFERENCE.files if path.endswith(".yaml"))
TEXTS = sorted(path for path in REFERENCE.files if path.endswith(".md"))
LINE = re.compile(r"(?P<start>\s*(?:- )*)(?P<key>[a-z_]+): (?P<value>.*)")

LINES = [match for path in DATA for line in REFERENCE.text(path).split("\n") if (match := LINE.fullmatch(line))]
KEYS = sorted({match["key"] for match in LINES})
#: What the data have to say under each key.
SAID = {key: sorted({match["value"] for match in LINES if match["key"] == key}) for key in KEYS}
VALUES = sorted({match["value"] for match in LINES if len(match["value"]) < 20})

#: Wrong types, wrong dates, odd Unicode, and what YAML, Markdown or a template could take for more than text.
ODD = [
    *("", "~", "null", "是", "no", "0", "-1", "1e3", "010", "９", "999999999", "9999999999", "NaN", "12:30", "0.5"),
    *("2022-13-01", "2022-02-30", "0001-01-01", "9999-12-31", "2031-10-01", "2022-9-1", "2022-09-01 24:00", "今天"),
    *("[]", "{}", "[a, b]", "{a: b}", "[[a]]", "[", "}", "*x", "&x y", "!!set x", "|", ">-", "'", '"', '"\\0"', "a: b"),
    *("：", "e\u0301", "\u200b", "\u202e文", "\u2028", "\x85", "\ufeff", "\u00a0", "𠮷", "👩‍👩‍👧", "\ufdfa", "\ue000"),
    *(
        "\t",
        "%a",
        "@a",
        "`a`",
        "# a",
        "---",
        "...",
        "<b>",
        "{{ x }}",
        "../../x",
        "con",
        "index",
        "A",
        "x" * 5000,
        "字" * 99,
    ),
]

#: What `source.read` refuses before any check.
UNREAD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

POSITION = st.integers(0, 5000)
WORD = st.one_of(
    st.sampled_from(ODD), st.sampled_from(VALUES), st.text(max_size=8).map(lambda text: UNREAD.sub("", text))
)
#: What may become of a line as a whole, and of a line with a key and a value.
LINE_KINDS, VALUE_KINDS = ("drop", "lose", "double", "indent"), ("odd", "other", "key", "swap")


def edits_of(*kinds: str) -> st.SearchStrategy[list[Any]]:
    edit = st.tuples(
        st.sampled_from([*DATA * 4, *TEXTS]), st.sampled_from(kinds), POSITION, POSITION, WORD, st.sampled_from(KEYS)
    )
    return st.lists(edit, min_size=1, max_size=4)


#: Some break the form; some keep it and say what is not so.
EDITS = st.one_of(
    edits_of(*LINE_KINDS, *VALUE_KINDS, "append", "elsewhere"), edits_of("other", "other", "drop", "lose", "swap")
)
DAYS = st.sampled_from([date(2022, 12, 31), date(2022, 10, 14), date(2022, 9, 15), date(2031, 1, 1)])


def apply(edits: list[Any]) -> dict[str, str]:
    """The files that the edits change or add, with their new text."""
    changed: dict[str, str] = {}
    for path, kind, at, other, word, key in edits:
        lines = changed.get(path, REFERENCE.text(path)).split("\n")
        one, two = at % len(lines), other % len(lines)
        if kind in LINE_KINDS:
            edit_line(lines, kind, one, two)
        elif kind in VALUE_KINDS and (first := LINE.fullmatch(lines[one])):
            edit_value(lines, kind, first, (one, two), word if kind == "odd" else key)
        elif kind == "elsewhere" and path in DATA:
            again = f"data/{path.split('/')[1].removesuffix('.yaml')}/again.yaml"
            changed[again] = "\n".join(lines[slice(*record_around(lines, one))])
        else:
            lines[one] += word
        changed[path] = "\n".join(lines)
    return changed


def edit_line(lines: list[str], kind: str, one: int, two: int) -> None:
    if kind == "drop":
        del lines[one]
    elif kind == "lose":
        del lines[slice(*record_around(lines, one))]
    elif kind == "double":
        lines.insert(two, lines[one])
    else:
        lines[one] = " " * (two % 7) + lines[one].lstrip()


def edit_value(lines: list[str], kind: str, first: re.Match[str], at: tuple[int, int], word: str) -> None:
    """Say something else, under the same key or the same under another."""
    one, two = at
    start, key, value = first.groups()
    second = LINE.fullmatch(lines[two])
    if kind == "odd":
        value = word
    elif kind == "key":
        key = word
    elif kind == "other":
        said = SAID.get(key, [value])
        value = said[two % len(said)]
    elif second:
        value = second["value"]
        lines[two] = f"{second['start']}{second['key']}: {first['value']}"
    lines[one] = f"{start}{key}: {value}"


def record_around(lines: list[str], at: int) -> tuple[int, int]:
    """The first line of the record that a line belongs to, and the one after its last."""
    starts = [n for n, line in enumerate(lines) if line.startswith("- ")] or [0]
    start = max((n for n in starts if n <= at), default=starts[0])
    return start, min((n for n in starts if n > start), default=len(lines))


def places(finding: Finding) -> Iterator[Span]:
    yield finding.span
    yield from finding.related


def check_finding(finding: Finding, snapshot: Snapshot) -> None:
    """It can be shown in both languages, and its places are there."""
    for span in places(finding):
        lines = snapshot.files[span.path].text.split("\n")
        assert 1 <= span.line <= len(lines), finding
        is_veiled = finding.diagnostic.rule == "PRV-21"  # it repeats nothing of what is private
        assert span.text == ("" if is_veiled else lines[span.line - 1]), finding
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1, finding
    for lang in ("zh", "en"):
        assert text_report.render(finding, lang)
        assert text_report.as_json(finding, lang)


def fuzzed(cases: int) -> Any:
    """Settings for this many cases; a case that fails is printed with what runs it again."""
    return settings(
        max_examples=max(1, cases),
        deadline=None,
        phases=set(Phase) - {Phase.explain},
        derandomize=False,  # which hypothesis would do in continuous integration
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )


@fuzzed(CASES)
@given(EDITS, DAYS)
def test_any_edit_is_answered_with_findings_that_have_a_place(edits: list[Any], today: date) -> None:
    changes = apply(edits)
    snapshot = REFERENCE.snapshot(changes)
    for finding in REFERENCE.findings(changes, today):
        check_finding(finding, snapshot)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Memory]:
    """A copy of the reference campaign and its built site."""
    root, memory = copy_project(tmp_path_factory.mktemp("fuzz") / "project"), Memory()
    assert build(Options(root=root, out=root / "site", today=date(2022, 12, 31)), memory).counts
    return root, memory


@fuzzed(CASES // 50)
@given(edits=EDITS)
def test_broken_data_is_never_built(site: tuple[Path, Memory], edits: list[Any]) -> None:
    root, memory = site
    before = dict(memory.files)
    changes = apply(edits)
    for path, text in changes.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_bytes(text.encode())
    result = build(Options(root=root, out=root / "site", today=date(2022, 12, 31)), memory)
    for path in changes:
        if path in REFERENCE.files:
            (root / path).write_bytes(REFERENCE.files[path].data)
        else:
            (root / path).unlink()
    broken = has_errors(REFERENCE.findings(changes))
    assert broken <= has_errors(result.findings)
    assert (result.counts is None) == has_errors(result.findings)
    assert result.counts is not None or memory.files == before
