"""Findings as text for people, and as JSON lines."""

import json
import re
from collections.abc import Callable, Iterable, Iterator

import click
from rich.cells import cell_len

from honorroll.checks.catalog import RULES
from honorroll.checks.findings import Finding
from honorroll.checks.messages import say
from honorroll.diagnostics import Severity, Span

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
#: What would steer a terminal or turn text around.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufffe\uffff]")
#: How much of a long line a snippet shows, in characters before and after the place.
_BEFORE, _AFTER = 40, 60


def render(finding: Finding, lang: str, *, color: bool = False) -> str:
    """One finding as lines of text: what, where, snippet with caret, where else, how to mend it, and why."""
    hue, span = _COLORS[finding.severity], finding.span
    paint = _painter(color)
    head = f"{say(finding.severity.name, lang)}[{finding.diagnostic.rule}]"
    record = finding.diagnostic.record
    lines = [f"{paint(head, fg=hue)} {paint(plain(finding.message(lang)), bold=True)}"]
    lines.append(f"  {paint('-->', fg='blue')} {where(span)}" + (f"  {plain(record)}" if record else ""))
    if span.text.strip():
        text, offset, mark = _snippet(finding)
        gutter = str(span.line)
        lines.append(f"{paint(gutter.rjust(4) + ' |', fg='blue')} {text}")
        lines.append(f"{paint('     |', fg='blue')} {' ' * offset}{paint('^' * mark, fg=hue)}")
    lines += [f"   = {note}" for note in notes(finding, lang)]
    return "\n".join(lines)


def notes(finding: Finding, lang: str) -> Iterator[str]:
    """What is to be said besides the message: other places, a guess, how to mend it, what asks for it."""
    if finding.more:
        yield say("more_alike", lang, number=finding.more)
    for span in finding.related:
        yield say("related", lang, place=where(span))
    if finding.diagnostic.guess:
        yield say("guess", lang, guess=plain(finding.diagnostic.guess))
    hint = finding.hint(lang)
    if hint:
        yield plain(hint)
    clause = RULES[finding.diagnostic.rule].clause
    if clause:
        yield say("clause", lang, clause=clause)


def where(span: Span) -> str:
    """`path:line:column`, as far as it is known."""
    return plain(span.path + (f":{span.line}:{span.column}" if span.line else ""))


def _snippet(finding: Finding) -> tuple[str, int, int]:
    """The part of the line around the place, and the caret's offset and width in terminal cells."""
    span = finding.span
    start = max(0, span.column - 1 - _BEFORE)
    at, end = span.column - 1 - start, span.column - 1 + _AFTER
    lead = "…" if start else ""
    text = plain(span.text[start:end].replace("\t", " "))  # cut first: a line may have a million characters
    shown = lead + text + ("…" if end < len(span.text) else "")
    offset = cell_len(lead + text[:at])
    width = cell_len(text[at : at + span.length])
    return shown, offset, max(1, width)


def plain(text: str) -> str:
    """Text that only shows: what an input holds must not steer the terminal."""
    return _UNSAFE.sub("�", text)


def as_json(finding: Finding, lang: str) -> str:
    """One finding as one line of JSON."""
    span, diagnostic = finding.span, finding.diagnostic
    return json.dumps(
        {
            "rule": diagnostic.rule,
            "severity": finding.severity.name.lower(),
            "path": span.path,
            "line": span.line,
            "column": span.column,
            "length": span.length,
            "record": diagnostic.record,
            "message": finding.message(lang),
            "hint": finding.hint(lang),
            "guess": diagnostic.guess,
            "more": finding.more,
            "related": [
                {"path": span.path, "line": span.line, "column": span.column, "length": span.length}
                for span in finding.related
            ],
        },
        ensure_ascii=False,
    )


def count(findings: Iterable[Finding], lang: str) -> str:
    """How many findings of each kind, in words; empty when there are none."""
    numbers = dict.fromkeys(Severity, 0)
    for finding in findings:
        numbers[finding.severity] += 1 + finding.more
    if lang == "en":
        return ", ".join(f"{n} {say(s.name, lang)}{'s' * (n != 1)}" for s, n in numbers.items() if n)
    return "，".join(f"{n} 个{say(s.name, lang)}" for s, n in numbers.items() if n)


def _painter(color: bool) -> Callable[..., str]:
    return click.style if color else lambda text, **_: text
