"""Findings for GitHub and as SARIF: escaping, places, and the official schema."""

import json
import os
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from jsonschema.validators import validator_for

from honorroll.checks.catalog import RULES, Rule
from honorroll.checks.findings import Finding, settle
from honorroll.checks.machine_reports import github, sarif
from honorroll.diagnostics import Diagnostic, Place
from honorroll.filesystem.source_file import Snapshot, Source

HOSTILE = "100%,\r\n::error::x: 巡\x1b[31m"


def finding(*diagnostics: Diagnostic) -> tuple[Finding, ...]:
    text = "- id: t01\n  name: 🚓花山\n- id: t01\n"
    return settle(diagnostics, Snapshot({"data/巡 逻.yaml": Source("data/巡 逻.yaml", text.encode(), "")}))


def duplicate(**changes: Any) -> Diagnostic:
    first, second = (Place("data/巡 逻.yaml", (at, "id")) for at in (0, 1))
    args = {"id": "t01", "other": first}
    return Diagnostic("SCH-13", second, **{"args": args, "record": "队伍“t01”", "related": (first,)} | changes)


def names(rule: Rule) -> set[str]:
    """What the sentences of a rule ask for."""
    return {name for text in (*rule.message, *rule.hint) for _, name, _, _ in Formatter().parse(text) if name}


def test_a_finding_is_one_command_at_its_line() -> None:
    message = "编号“t01”已经用过%0A另见 data/巡 逻.yaml:1:7%0A换一个编号；第一次出现在 data/巡 逻.yaml:1。"
    assert github(finding(duplicate()), "zh") == (
        f"::error file=data/巡 逻.yaml,line=3,col=7,endColumn=10,title=SCH-13 队伍“t01”::{message}"
    )


def test_what_an_input_holds_gives_github_no_commands() -> None:
    found = finding(Diagnostic("YML-02", Place(f"data/{HOSTILE}.yaml"), {"key": HOSTILE}, record=HOSTILE))
    (line,) = github(found, "en").splitlines()
    assert line.startswith("::error file=data/100%25%2C")
    assert "\x1b" not in line
    properties, _, data = line.removeprefix("::error ").partition("::")
    assert [part.partition("=")[0] for part in properties.split(",")] == ["file", "title"]
    assert "%25" in data


def test_a_place_that_is_unknown_has_no_line() -> None:
    found = finding(Diagnostic("SRC-06", Place("data/campaign.yaml")))
    assert github(found, "zh").startswith("::error file=data/campaign.yaml,title=SRC-06::")
    place = json.loads(sarif(found, "zh"))["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert "region" not in place


def test_sarif_says_where_and_what() -> None:
    (run,) = json.loads(sarif(finding(duplicate(), Diagnostic("YML-05", Place("a.yaml", line=2, column=1))), "zh"))[
        "runs"
    ]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["SCH-13", "YML-05"]
    assert run["tool"]["driver"]["rules"][0]["fullDescription"]["text"] == RULES["SCH-13"].explanation[0]
    tab, taken = run["results"]
    assert (tab["ruleId"], tab["ruleIndex"], tab["level"]) == ("YML-05", 1, "error")
    place = taken["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "data/%E5%B7%A1%20%E9%80%BB.yaml", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 3, "startColumn": 7, "endColumn": 10}
    assert taken["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] == 1
    assert run["columnKind"] == "unicodeCodePoints"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sarif_is_valid_by_its_official_schema(lang: str) -> None:
    path = Path(os.environ.get("SARIF_SCHEMA", ""))
    if not path.is_file():
        pytest.skip("SARIF_SCHEMA does not name the schema of SARIF 2.1.0")
    schema = json.loads(path.read_text(encoding="utf-8"))
    check = validator_for(schema)(schema)
    hostile = Diagnostic("YML-02", Place(f"data/{HOSTILE}.yaml"), {"key": HOSTILE}, record=HOSTILE)
    every = [Diagnostic(rule.id, Place("data/x.yaml"), dict.fromkeys(names(rule), "x")) for rule in RULES.values()]
    for found in [(), finding(duplicate()), finding(hostile), finding(*every)]:
        document = json.loads(sarif(found, lang))
        assert [error.message for error in check.iter_errors(document)] == []
    document["runs"][0]["columnKind"] = "bytes"
    assert not check.is_valid(document)
