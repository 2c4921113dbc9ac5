"""Findings as HTML: laid over the last good page, or shown in its stead when there is none yet.

All that comes from inputs is escaped, and the document's own policy lets no script run.
"""

import os
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html import escape
from itertools import islice
from pathlib import Path

from msgspec import Struct

from honorroll.checks import Finding, count, notes, number, say
from honorroll.inputs import theme_root

#: So many findings are shown; the window that runs the preview has all.
LIMIT = 30

#: How much of a long line is shown, in characters before and after the place.
BEFORE, AFTER = 60, 120

STYLE = """
:root { color-scheme: dark }
body { margin: 0; padding: 1rem 1.25rem; background: #16191d; color: #e8eaed; font: 1rem/1.6 system-ui, sans-serif }
h1 { margin: 0 0 1rem; font-size: 1.1rem }
section { margin: 0 0 1rem; padding: .6rem .9rem; border-left: 4px solid #ff6b6b; background: #22272e }
section.warning { border-color: #f0b429 }
section.info { border-color: #4dc4d6 }
h2 { margin: 0; font-size: 1rem }
code { font: .95rem ui-monospace, monospace }
pre { margin: .4rem 0; padding: .4rem .6rem; overflow-x: auto; background: #0d1014; font: .95rem/1.5 ui-monospace, monospace }
i { margin-right: 1rem; color: #9aa4af; font-style: normal }
mark { background: #ff6b6b; color: #0d1014 }
p { margin: .2rem 0 0 }
"""

#: What surrounds the document on the page under it.
FRAME_STYLE = """
#honorroll-faults { all: revert; position: fixed; inset: auto 0 0 0; z-index: 2147483647; margin: 0; padding: 0;
  border: 0; background: #16191d; color: #fff; font: 16px/1.6 system-ui, sans-serif; color-scheme: dark }
#honorroll-faults > summary { all: revert; margin: 0; padding: 6px 16px; background: #b42318; color: #fff;
  font: inherit; cursor: pointer }
#honorroll-faults > iframe { all: revert; display: block; width: 100%; height: 42vh; border: 0 }
body::after { content: ""; display: block; height: 50vh }
@media print { #honorroll-faults, body::after { display: none } }
"""

_POLICY = f"default-src 'none'; style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'; "
_POLICY += "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

#: Over a page: no scripts, no requests, and an origin of its own.
FRAME_POLICY = f"{_POLICY}; sandbox"


def alone_policy(host: str) -> str:
    """The policy where there is no page under it: livereload's script may run and call this host."""
    return f"{_POLICY}; script-src 'self'; connect-src 'self' ws://{host}"


class Faults(Struct, frozen=True):
    """What keeps new pages from being shown: in one sentence, and as a document with and without it."""

    title: str
    document: bytes
    framed: bytes


def faults(findings: Iterable[Finding], lang: str, root: Path) -> Faults:
    """The findings of a build that failed, errors first."""
    ordered = sorted(findings, key=lambda finding: finding.severity)
    title = say("faults", lang, count=count(ordered, lang))
    parts = [_section(finding, lang) for finding in islice(ordered, LIMIT)]
    if len(ordered) > LIMIT:
        parts.append(f"<p>{_text(say('faults_more', lang, number=number(ordered) - LIMIT))}</p>")
    return _faults(title, _without_places("\n".join(parts), root), lang)


def internal(lang: str) -> Faults:
    """A bug of ours. What it was stands in the log, not on a page."""
    title = say("faults_internal", lang)
    return _faults(title, "", lang)


def _faults(title: str, body: str, lang: str) -> Faults:
    shown = _text(title)
    return Faults(title, _document(shown, f"<h1>{shown}</h1>\n{body}", lang), _document(shown, body, lang))


def _document(shown: str, body: str, lang: str) -> bytes:
    language = "en" if lang == "en" else "zh-CN"
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{shown}</title>\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    ).encode("utf-8", "replace")


def _section(finding: Finding, lang: str) -> str:
    span, diagnostic = finding.span, finding.diagnostic
    where = f"{span.path}:{span.line}:{span.column}" if span.line else span.path
    parts = [
        f'<section class="{finding.severity.name.lower()}">',
        f"<h2>{_text(diagnostic.rule)} {_text(finding.message(lang))}</h2>",
        f"<p><code>{_text(where)}</code> {_text(diagnostic.record)}</p>",
        _snippet(finding) if span.text.strip() else "",
        *(f"<p>{_text(note)}</p>" for note in notes(finding, lang)),
        "</section>",
    ]
    return "\n".join(part for part in parts if part)


def _snippet(finding: Finding) -> str:
    """The line, with the place marked."""
    span = finding.span
    start = max(0, span.column - 1)
    end = min(start + max(1, span.length), start + AFTER)
    before, after = span.text[max(0, start - BEFORE) : start], span.text[end : start + AFTER]
    lead, tail = "…" if start > BEFORE else "", "…" if len(span.text) > start + AFTER else ""
    marked = f"<mark>{_text(span.text[start:end]) or ' '}</mark>"
    return f"<pre><i>{span.line}</i>{lead}{_text(before)}{marked}{_text(after)}{tail}</pre>"


def _text(text: str) -> str:
    """Text that only shows: no markup, and nothing that turns it around or hides in it."""
    return escape("".join(c if c.isprintable() or c.isspace() else "\N{REPLACEMENT CHARACTER}" for c in text))


def _without_places(html: str, root: Path) -> str:
    """Take the places of the project and of the program on this machine out, whoever put them in."""
    for folder in {root, root.resolve(), theme_root()}:
        inner = _text(str(folder))
        if inner.strip("/"):
            html = html.replace(_text(f"{folder}{os.sep}"), "").replace(inner, ".")
    return html
