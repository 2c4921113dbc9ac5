"""A text as its reader takes it in, with the way back to what was typed.

Markup inside a line, entities, escapes and characters that nobody sees are undone, and digits and letters of other
forms become plain ones, so that a number is found however it was written. What stands inside of tags and behind links
comes after the text itself.
"""

import re
from bisect import bisect_right
from html import unescape
from typing import NamedTuple
from unicodedata import digit, normalize
from urllib.parse import unquote

from honorroll.privacy.signs import BREAK, DIGITS, UNSEEN

#: Elements that part no number: what stands before and after one is read in one go.
INLINE = "a abbr b bdi bdo big cite code data del dfn em font i ins kbd mark q s samp small span strike strong sub sup time tspan tt u var wbr".split()

#: Letters and signs of other forms.
_FORMS = (
    "\uff0d\uff0e\uff20-\uff3a\uff3f\uff41-\uff5a\u24b6-\u24e9\u2160\u2169\U0001d400-\U0001d6a3\U0001f130-\U0001f149"
)

_ODD = re.compile(
    rf"<!--|-->|</?[A-Za-z][^<>]*>|!?\[(?=[^\[\]\n]{{0,300}}\]\()|\]\([^()\n]*\)|&(?:#[0-9]{{1,7}}|#[xX][0-9A-Fa-f]{{1,6}}|[A-Za-z]{{2,8}});"
    rf"|(?:%[0-9A-Fa-f]{{2}})+|\\u[0-9A-Fa-f]{{4}}|\\x[0-9A-Fa-f]{{2}}|\\[^\w\s]|\\[nrt](?![A-Za-z]:)"
    rf"|[{UNSEEN}]+|[{DIGITS}]|[{_FORMS}]"
)
_ESCAPES = {"n": "\n", "r": "\n", "t": "\t"}
_NAME = re.compile(r"</?([A-Za-z][\w:-]*)")
#: So often a text may be wrapped up: a feed holds a page's markup as text.
_LAYERS = 3


class _Piece(NamedTuple):
    """A part of the plain text. What was left as it was has the same length in both."""

    start: int
    length: int
    origin: int
    end: int
    """Where it ends in the original."""


class Plain:
    """A plain text; `text` is the whole of it, and up to `main` it is what is read in one go."""

    def __init__(self, text: str, pieces: list[_Piece], main: int, under: "Plain | None" = None) -> None:
        self.text, self.main = text, main
        self._pieces, self._starts, self._under = pieces, [piece.start for piece in pieces], under

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where in the original a part of the text stands."""
        first, last = self._piece(start), self._piece(end - 1)
        same = first.length == first.end - first.origin
        begin = first.origin + (start - first.start if same else 0)
        same = last.length == last.end - last.origin
        stop = last.origin + end - last.start if same else last.end
        return self._under.origin(begin, stop) if self._under else (begin, stop)

    def is_read(self, start: int) -> bool:
        """Whether what stands there is read, and not the inside of a tag or where a link leads."""
        if start >= self.main:
            return False
        return self._under is None or self._under.is_read(self._piece(start).origin)

    def _piece(self, at: int) -> _Piece:
        return self._pieces[bisect_right(self._starts, at) - 1]


def plain(text: str) -> Plain:
    """The plain form of a page, a Markdown or a data file, or any other text."""
    found = _peeled(text, None)
    for _ in range(_LAYERS - 1):
        if not _ODD.search(found.text):
            break
        found = _peeled(found.text, found)
    return found


def _peeled(text: str, under: Plain | None) -> Plain:
    """One layer less."""
    parts, pieces, insides, length, last = list[str](), list[_Piece](), list[tuple[int, int]](), 0, 0

    def put(new: str, start: int, end: int) -> None:
        nonlocal length
        if new:
            parts.append(new)
            pieces.append(_Piece(length, len(new), start, end))
            length += len(new)

    for match in _ODD.finditer(text):
        start, end = match.span()
        put(text[last:start], last, start)
        last, word = end, match[0]
        if word[0] == "<" or word == "-->":
            name = _NAME.match(word)
            put("" if name and name[1].lower() in INLINE else BREAK, start, end)
            if name and end - start > len(name[0]) + 2:
                insides.append((start + 1, end - 1))
        elif word[-1] == "[":
            put(BREAK if len(word) > 1 else "", start, end)
        elif word[0] == "]":
            insides.append((start + 2, end - 1))
        else:
            put(_meant(word), start, end)
    put(text[last:], last, len(text))
    main = length
    for start, end in insides:
        put(BREAK, start, start)
        put(text[start:end], start, end)
    return Plain("".join(parts), pieces or [_Piece(0, 0, 0, 0)], main, under)


def _meant(word: str) -> str:
    """What an entity, an escape or an unusual character stands for."""
    first = word[0]
    if first == "&":
        return unescape(word)
    if first == "%":
        return unquote(word)
    if first == "\\":
        if word[1] in "ux" and len(word) > 2:
            return chr(int(f"0x{word[2:]}", 0))
        return _ESCAPES.get(word[1], word[1])
    number = digit(first, -1)
    return str(number) if number >= 0 else normalize("NFKC", first) if re.match(f"[{_FORMS}]", first) else ""
