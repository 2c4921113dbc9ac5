"""Diagnostics with their places looked up: ready to be sorted and shown."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from honorroll import front_matter
from honorroll.diagnostics import Diagnostic, Place, Severity, Span
from honorroll.source import Snapshot

if TYPE_CHECKING:
    from honorroll.catalog.rule import Rule

LANGUAGES = ("zh", "en")
_WAIVED = ("（豁免至 {until}：{reason}）", " (waived until {until}: {reason})")


class Finding(Struct, frozen=True):
    """A diagnostic, the spans of its places and how bad it is in this run."""

    diagnostic: Diagnostic
    span: Span
    severity: Severity
    related: tuple[Span, ...] = ()

    def message(self, lang: str) -> str:
        """What is wrong, and why it is let pass if it is."""
        waived = self.diagnostic.waived
        reason = _WAIVED[LANGUAGES.index(lang)].format(until=waived.until, reason=waived.reason) if waived else ""
        return self._sentence(_rule(self.diagnostic).message, lang) + reason

    def hint(self, lang: str) -> str:
        """How to mend it."""
        return self._sentence(_rule(self.diagnostic).hint, lang)

    def _sentence(self, pair: tuple[str, str], lang: str) -> str:
        return pair[LANGUAGES.index(lang)].format(**self.diagnostic.args)


def settle(diagnostics: Iterable[Diagnostic], snapshot: Snapshot, *, strict: bool = False) -> tuple[Finding, ...]:
    """All findings, sorted by place and rule, each once. With `strict`, warnings are errors; what is waived is a note."""
    findings: dict[tuple[object, ...], Finding] = {}
    for diagnostic in diagnostics:
        severity = _rule(diagnostic).severity
        if diagnostic.waived:
            severity = Severity.INFO
        elif strict and severity is Severity.WARNING:
            severity = Severity.ERROR
        args = {key: _words(value, snapshot) for key, value in diagnostic.args.items()}
        span, related = locate(diagnostic.place, snapshot), (locate(place, snapshot) for place in diagnostic.related)
        finding = Finding(replace(diagnostic, args=args), span, severity, tuple(related))
        findings[span, diagnostic.rule, str(args)] = finding
    return tuple(findings[key] for key in sorted(findings, key=lambda key: (key[0], key[1:])))


def _rule(diagnostic: Diagnostic) -> "Rule":
    from honorroll.catalog import RULES  # takes long to load, and mostly nothing is wrong

    return RULES[diagnostic.rule]


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether the site must not be published."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def _words(value: object, snapshot: Snapshot) -> object:
    if isinstance(value, Place):
        span = locate(value, snapshot)
        return f"{span.path}:{span.line}" if span.line else span.path
    return value


def locate(place: Place, snapshot: Snapshot) -> Span:
    """Line, column and text of a place; only the path where the file has no such thing."""
    source = snapshot.files.get(place.path)
    if source is None:
        return Span(place.path, place.line, place.column, place.length)
    line, column, length = place.line, place.column, place.length
    if not line and not place.keys and not place.on_key:
        return Span(place.path)
    try:
        text = source.text
    except UnicodeDecodeError:
        return Span(place.path, line, column, length)
    if not line:
        line, column, length = _look_up(place, text)
    lines = text.split("\n")
    shown = lines[line - 1] if line <= len(lines) else ""
    return Span(place.path, line, column, length, shown)


def _look_up(place: Place, text: str) -> tuple[int, int, int]:
    first = 1
    if place.path.endswith(".md"):
        parts = front_matter.split(place.path, text)
        if isinstance(parts, Diagnostic):
            return 1, 1, 1
        text, first = parts.yaml, 2
    from honorroll import yaml_source  # takes long to load, and mostly nothing is wrong

    line, column, length = yaml_source.locate(text, place.keys, place.on_key)
    return line + first, column + 1, length
