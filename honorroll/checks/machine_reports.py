"""Findings for other programs: annotations of GitHub's checks, and SARIF 2.1.0."""

import json
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

from honorroll import __version__
from honorroll.checks import explain
from honorroll.checks.catalog import RULES
from honorroll.checks.findings import Finding
from honorroll.checks.text_report import notes, plain
from honorroll.diagnostics import Severity, Span

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def github(findings: Iterable[Finding], lang: str) -> str:
    """A workflow command a line: GitHub shows each finding at its line of the change."""
    return "\n".join(_command(finding, lang) for finding in findings)


def _command(finding: Finding, lang: str) -> str:
    span, diagnostic = finding.span, finding.diagnostic
    where: dict[str, object] = {"file": span.path}
    if span.line:
        where |= {"line": span.line, "col": span.column, "endColumn": span.column + span.length}
    where["title"] = f"{diagnostic.rule} {plain(diagnostic.record)}".rstrip()
    told = ",".join(f"{key}={_property(str(value))}" for key, value in where.items())
    return f"::{_COMMANDS[finding.severity]} {told}::{_data(_text(finding, lang))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(plain(text)).replace(":", "%3A").replace(",", "%2C")


def _text(finding: Finding, lang: str) -> str:
    return "\n".join([plain(finding.message(lang)), *notes(finding, lang)])


def sarif(findings: Iterable[Finding], lang: str) -> str:
    """One document of the OASIS format SARIF 2.1.0. Columns count characters, paths start at the project."""
    findings = list(findings)
    rules = sorted({finding.diagnostic.rule for finding in findings})
    tool = {"name": "honorroll", "version": __version__, "rules": [_rule(id, lang) for id in rules]}
    run = {
        "tool": {"driver": tool},
        "language": "en" if lang == "en" else "zh-CN",
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, rules.index(finding.diagnostic.rule), lang) for finding in findings],
    }
    document = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=2)


def _rule(id: str, lang: str) -> dict[str, Any]:
    rule, english = RULES[id], lang == "en"
    return {
        "id": id,
        "shortDescription": {"text": explain.title(rule, lang)},
        "fullDescription": {"text": rule.explanation[english]},
        "help": {"text": explain.page(rule, lang)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(finding: Finding, index: int, lang: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.diagnostic.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": _text(finding, lang)},
        "locations": [_location(finding.span)],
    }
    if finding.more:
        result["occurrenceCount"] = 1 + finding.more
    if finding.diagnostic.record:
        result["locations"][0]["logicalLocations"] = [{"fullyQualifiedName": plain(finding.diagnostic.record)}]
    if finding.related:
        result["relatedLocations"] = [_location(span) | {"id": at} for at, span in enumerate(finding.related)]
    return result


def _location(span: Span) -> dict[str, Any]:
    path = span.path.encode("utf-8", "replace")
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(path), "uriBaseId": "%SRCROOT%"}}
    if span.line:
        column = {"startColumn": span.column, "endColumn": span.column + span.length} if span.column else {}
        place["region"] = {"startLine": span.line, **column}
    return {"physicalLocation": place}


#: Formats that are one whole text.
DOCUMENTS: dict[str, Callable[[Iterable[Finding], str], str]] = {"github": github, "sarif": sarif}
