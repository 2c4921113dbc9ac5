"""Diagnostics with their places looked up: ready to be sorted and shown, and without what is private."""

import re
from collections.abc import Collection, Iterable
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from honorroll.diagnostics import TOLD, Diagnostic, Place, Severity, Span, closest
from honorroll.filesystem import Snapshot
from honorroll.inputs import reader

if TYPE_CHECKING:
    from honorroll.checks.catalog.rule import Rule

LANGUAGES = ("zh", "en")

#: Longer values are cut in sentences, in characters.
LONGEST = 500
#: Numbers of identity cards and mobile telephones. A finding goes to screens and logs that others read, so it shows of
#: such a number no more than tells which one is meant, whatever is wrong with it.
_PRIVATE = re.compile(r"(?<![0-9A-Za-z])(?:[1-9][0-9]{16}[0-9Xx]|(?:86)?1[3-9][0-9]{9})(?![0-9A-Za-z])")
#: Rules of values that are private, of whatever form they are: their lines are not shown.
_OF_PRIVATE = frozenset({"PRV-21"})
_WAIVED = ("（豁免至 {until}：{reason}）", " (waived until {until}: {reason})")


class Finding(Struct, frozen=True):
    """A diagnostic, the spans of its places and how bad it is in this run.

    `more` is set on the first finding of a rule and severity when there are more than `TOLD`: so many others are
    counted only.
    """

    diagnostic: Diagnostic
    span: Span
    severity: Severity
    related: tuple[Span, ...] = ()
    more: int = 0

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
    """The findings, sorted by place and rule, each once, at most `TOLD` of a kind; the first of a kind counts the others.

    With `strict`, warnings are errors; what is waived is a note.
    """
    kinds: dict[tuple[str, Severity], dict[tuple[Place, str], Diagnostic]] = {}
    for diagnostic in diagnostics:
        kind = kinds.setdefault((diagnostic.rule, severity_of(diagnostic, strict=strict)), {})
        kind[diagnostic.place, str(diagnostic.args)] = diagnostic
    places, findings = Places(snapshot), list[Finding]()
    for (_, severity), kind in kinds.items():
        told, more = _first(kind.values(), places)
        for number, (span, diagnostic) in enumerate(told):
            related = tuple(map(places.locate, diagnostic.related))
            shown = replace(span, text="" if diagnostic.rule in _OF_PRIVATE else veiled(span.text))
            findings.append(Finding(_told(diagnostic, places), shown, severity, related, 0 if number else more))
    return tuple(sorted(findings, key=lambda one: (one.span, one.diagnostic.rule, str(one.diagnostic.args))))


def severity_of(diagnostic: Diagnostic, *, strict: bool = False) -> Severity:
    """How bad a diagnostic is in this run."""
    if diagnostic.waived:
        return Severity.INFO
    severity = _rule(diagnostic).severity
    return Severity.ERROR if strict and severity is Severity.WARNING else severity


def fails(diagnostics: Iterable[Diagnostic], *, strict: bool = False) -> bool:
    """Whether the site must not be published; no place is looked up for it."""
    return any(severity_of(diagnostic, strict=strict) is Severity.ERROR for diagnostic in diagnostics)


def number(findings: Iterable[Finding]) -> int:
    """How many findings there are, with those that are counted only."""
    return sum(1 + finding.more for finding in findings)


def _first(kind: Collection[Diagnostic], places: "Places") -> tuple[list[tuple[Span, Diagnostic]], int]:
    """The first `TOLD` diagnostics of a kind by their places, with their spans, and the number of the others.

    Only the files of these are looked into.
    """
    by_path = groupby(sorted(kind, key=lambda one: one.place.path), key=lambda one: one.place.path)
    found: dict[tuple[Span, str], Diagnostic] = {}
    left = len(kind)
    for _, group in by_path:
        if len(found) >= TOLD:
            break
        for diagnostic in group:
            found[places.locate(diagnostic.place), str(diagnostic.args)] = diagnostic
            left -= 1
    told = [(key[0], found[key]) for key in sorted(found)]
    return told[:TOLD], left + len(told[TOLD:])


def _told(diagnostic: Diagnostic, places: "Places") -> Diagnostic:
    """The diagnostic with all that goes into its sentences."""
    args = {key: _words(value, places) for key, value in diagnostic.args.items()}
    guess = diagnostic.guess
    if diagnostic.near and not guess:
        word, known = diagnostic.near
        guess = word if word in known else closest(word, known)  # a word typed in full width is known when it is folded
    return replace(diagnostic, args=args, record=_cut(diagnostic.record), guess=veiled(guess), near=None)


def _rule(diagnostic: Diagnostic) -> "Rule":
    from honorroll.checks.catalog import RULES  # takes long to load, and mostly nothing is wrong

    return RULES[diagnostic.rule]


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether the site must not be published."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def _words(value: object, places: "Places") -> object:
    if isinstance(value, Place):
        span = places.locate(value)
        return f"{span.path}:{span.line}" if span.line else span.path
    return _cut(value) if isinstance(value, str) else value


def veiled(text: str) -> str:
    """The text with stars in what looks like a private number, so that its columns stay the same."""
    return _PRIVATE.sub(lambda found: f"{found[0][:3]}{'*' * (len(found[0]) - 5)}{found[0][-2:]}", text)


def _cut(text: str) -> str:
    text = veiled(text)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


class _Text(Struct, frozen=True):
    """What stands in a file, as a whole and in lines."""

    whole: str
    lines: list[str]


class Places:
    """Finds lines and columns in the files of a snapshot. Each file is read once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._text = cache(self._read)

    def locate(self, place: Place) -> Span:
        """Line, column and text of a place; only the path where the file has no such thing."""
        line, column, length = place.line, place.column, place.length
        if place.path not in self._snapshot.files:
            return Span(place.path, line, column, length)
        if not line and not place.keys and not place.on_key:
            return Span(place.path)
        text = self._text(place.path)
        if text is None:
            return Span(place.path, line, column, length)
        if not line:
            line, column, length = _look_up(place, text.whole)
        shown = text.lines[line - 1] if line <= len(text.lines) else ""
        return Span(place.path, line, column, length, shown)

    def _read(self, path: str) -> _Text | None:
        try:
            text = self._snapshot.files[path].text
        except UnicodeDecodeError:
            return None
        return _Text(text, text.split("\n"))


def _look_up(place: Place, text: str) -> tuple[int, int, int]:
    line, column, length = reader(place.path).locate(text, place.keys, place.on_key)
    if place.column:
        column, length = column + place.column - 1, place.length
    return line + 1, column + 1, length
