"""Addresses, titles and labels of links, and the definitions `[label]: address "title"` of CommonMark.

All positions are offsets into one string, the text of a block with its lines joined by line feeds.
"""

import re
from html.entities import html5
from string import punctuation
from typing import NamedTuple
from urllib.parse import quote

#: A backslash before one of these is an escape: the punctuation of ASCII.
ESCAPABLE = frozenset(punctuation)
_PUNCTUATION = re.escape(punctuation)

ENTITY = re.compile(r"&(?:#[Xx]([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([A-Za-z][A-Za-z0-9]{1,31}));")
LABEL = re.compile(r"\[((?:[^\\\[\]]|\\.){0,999})\]", re.DOTALL)

_ESCAPE = re.compile(rf"\\([{_PUNCTUATION}])")
_ESCAPE_OR_ENTITY = re.compile(rf"\\[{_PUNCTUATION}]|{ENTITY.pattern}")
_ANGLED = re.compile(r"<((?:[^<>\n\\]|\\.)*)>")
_BLANKS = re.compile(r"[ \t]*(?:\n[ \t]*)?")
_LINE_END = re.compile(r"[ \t]*(?:\n|$)")

#: Parentheses nest at most so deep in an address without `<>`, as in the reference implementation.
_MAX_PARENTHESES = 32

#: Opening and closing mark of a title. Those of CommonMark, and those that a Chinese keyboard types.
_TITLE_MARKS = {'"': '"', "'": "'", "(": ")", "“": "”", "‘": "’", "「": "」", "『": "』"}

#: Left as they are in an address; everything else is percent-encoded.
_SAFE = "!#$%&'()*+,-./:;=?@_~"

#: Controls of writing direction, which could show a text in another order than it has.
_DIRECTION = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}


class Target(NamedTuple):
    """Where a link or picture leads: the address with escapes resolved, its title, and the offsets of the address as typed."""

    address: str
    title: str
    start: int
    end: int


class Definition(NamedTuple):
    """A link definition: address, title, and where the address is typed (line and column from 1, length in characters)."""

    address: str
    title: str
    line: int
    column: int
    length: int


def entity(match: re.Match[str]) -> str:
    """The character that a matched `ENTITY` stands for; the text as typed where there is none of that name."""
    digits, decimal, name = match.groups()
    if name:
        return html5.get(f"{name};", match[0])
    code = int(digits, 16) if digits else int(decimal)
    control = (code < 0x20 and chr(code) not in "\t\n\r") or 0x7F <= code < 0xA0
    if control or code > 0x10FFFF or 0xD800 <= code < 0xE000 or code in _DIRECTION:
        return "\ufffd"
    return chr(code)


def unescape(text: str) -> str:
    """The text with backslash escapes and character references resolved."""
    if "&" not in text:
        return _ESCAPE.sub(r"\1", text) if "\\" in text else text
    return _ESCAPE_OR_ENTITY.sub(lambda match: match[0][1] if match[0][0] == "\\" else _known(match[0]), text)


def _known(text: str) -> str:
    match = ENTITY.match(text)
    return entity(match) if match else text


def encode(address: str) -> str:
    """The address as an attribute of HTML: non-ASCII and unsafe characters percent-encoded, existing codes kept."""
    return quote(re.sub("%(?![0-9A-Fa-f]{2})", "%25", address), safe=_SAFE)


def normal_label(label: str) -> str:
    """Labels match in any case, with any blanks."""
    return " ".join(label.split()).casefold()


def inline_target(text: str, at: int) -> tuple[Target, int] | None:
    """The `(address "title")` that begins at `at`, and the offset behind it."""
    at = _blanks(text, at + 1)
    found = _address(text, at)
    if found is None:
        found = "", at, at, at
    address, start, end, at = found
    after = _blanks(text, at)
    title, at = (_title(text, after) if after > at else None) or ("", after)
    at = _blanks(text, at)
    return (Target(address, title, start, end), at + 1) if text[at : at + 1] == ")" else None


def definition(text: str, at: int) -> tuple[str, Target, int] | None:
    """The definition `[label]: address "title"` that begins at `at`: its normal label, its target, and the offset of the next line."""
    label = LABEL.match(text, at)
    if not label or not label[1].strip() or text[label.end() : label.end() + 1] != ":":
        return None
    found = _address(text, _blanks(text, label.end() + 1))
    if found is None or (found[1] == found[2] and text[found[1] - 1 : found[1]] != "<"):
        return None
    address, start, end, at = found
    line_end = _LINE_END.match(text, at)
    after = _blanks(text, at)
    titled = _title(text, after) if after > at else None
    if titled and (end_of_title := _LINE_END.match(text, titled[1])):
        return normal_label(label[1]), Target(address, titled[0], start, end), end_of_title.end()
    return (normal_label(label[1]), Target(address, "", start, end), line_end.end()) if line_end else None


def _blanks(text: str, at: int) -> int:
    """The offset behind blanks and at most one line end."""
    match = _BLANKS.match(text, at)
    return match.end() if match else at


def _address(text: str, at: int) -> tuple[str, int, int, int] | None:
    """An address: with escapes resolved, the offsets of its text, and the offset behind it; `None` if there is none."""
    if text[at : at + 1] == "<":
        angled = _ANGLED.match(text, at)
        return (unescape(angled[1]), angled.start(1), angled.end(1), angled.end()) if angled else None
    depth, here = 0, at
    while here < len(text):
        char = text[here]
        if char == "\\" and text[here + 1 : here + 2] in ESCAPABLE:
            here += 1
        elif char == "(":
            depth += 1
            if depth > _MAX_PARENTHESES:
                return None
        elif char == ")":
            if not depth:
                break
            depth -= 1
        elif char <= " " or char == "\x7f":
            break
        here += 1
    here = min(here, len(text))
    return (unescape(text[at:here]), at, here, here) if here > at and not depth else None


def _title(text: str, at: int) -> tuple[str, int] | None:
    """A title in its marks: with escapes resolved, and the offset behind it."""
    opening = text[at : at + 1]
    closing = _TITLE_MARKS.get(opening)
    if not closing:
        return None
    here = at + 1
    while here < len(text):
        char = text[here]
        if char == closing:
            title = text[at + 1 : here]
            return None if re.search(r"\n[ \t]*\n", title) else (unescape(title), here + 1)
        if char == opening:
            return None
        here += 2 if char == "\\" else 1
    return None
