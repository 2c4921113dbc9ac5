"""A text as its reader takes it in, with the way back to what was typed.

Markup inside a line, entities, escapes and characters that nobody sees are undone, and digits and letters of other
forms become plain ones, so that a number is found however it was written. What stands inside of tags and behind links
comes after the text itself.
"""

import re
from bisect import bisect_right
from html import unescape
from itertools import accumulate, pairwise
from unicodedata import digit, normalize
from urllib.parse import unquote

from honorroll.privacy.signs import BREAK, DIGITS, UNSEEN

#: Elements that part no number: what stands before and after one is read in one go.
INLINE = frozenset(
    "a abbr b bdi bdo big cite code data del dfn em font i ins kbd mark q s samp small span strike strong sub sup time tspan tt u var wbr".split()
)

#: Letters and signs of other forms.
_FORMS = (
    "\uff0d\uff0e\uff20-\uff3a\uff3f\uff41-\uff5a\u24b6-\u24e9\u2160\u2169\U0001d400-\U0001d6a3\U0001f130-\U0001f149"
)

#: What is no plain text, by its first character. The scanner skips all else by one set of characters, three times as fast.
_LINK = r"(?=[^\[\]\n]{0,300}\]\()"
_FOLLOWS = {
    r"<": r"!--|/?[A-Za-z][^<>]*>",
    r"\-": r"->",
    r"!": rf"\[{_LINK}",
    r"\[": _LINK,
    r"\]": r"\([^()\n]*\)",
    r"&": r"(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});",
    r"%": r"[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2})*",
    r"\\": r"u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[^\w\s]|[nrt](?![A-Za-z]:)",
    UNSEEN: f"[{UNSEEN}]*",
    DIGITS + _FORMS: "",
}
_ODD = re.compile(
    f"([{''.join(_FOLLOWS)}](?:{'|'.join(f'(?<=[{first}])(?:{rest})' for first, rest in _FOLLOWS.items())}))"
)
_ESCAPES = {"n": "\n", "r": "\n", "t": "\t"}
_NAME = re.compile(r"</?([A-Za-z][\w:-]*)")
#: So often a text may be wrapped up: a feed holds a page's markup as text.
_LAYERS = 3


class Plain:
    """A plain text; `text` is the whole of it, and up to `main` it is what is read in one go.

    It consists of pieces: where each begins, and which part of the original it stands for. A piece that was left as
    it was has the same length in both.
    """

    def __init__(
        self, text: str, starts: list[int], origins: list[tuple[int, int]], main: int, under: "Plain | None"
    ) -> None:
        self.text, self.main = text, main
        self._starts, self._origins, self._under = starts, origins, under

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where in the original a part of the text stands."""
        begin, stop = self._origin(start, 0), self._origin(end - 1, 1)
        return self._under.origin(begin, stop) if self._under else (begin, stop)

    def is_read(self, start: int) -> bool:
        """Whether what stands there is read, and not the inside of a tag or where a link leads."""
        if start >= self.main:
            return False
        return self._under is None or self._under.is_read(self._origins[self._piece(start)][0])

    def _piece(self, at: int) -> int:
        return max(0, bisect_right(self._starts, at) - 1)

    def _origin(self, at: int, behind: int) -> int:
        """Where in the layer below a character begins, or where it ends (`behind` is 1)."""
        piece = self._piece(at)
        start, (begin, end) = self._starts[piece], self._origins[piece]
        last = self._starts[piece + 1] if piece + 1 < len(self._starts) else len(self.text)
        if last - start == end - begin:
            return begin + at - start + behind
        return end if behind else begin


def plain(text: str) -> Plain:
    """The plain form of a page, a Markdown or a data file, or any other text."""
    found = _peeled(text, None)
    for _ in range(_LAYERS - 1):
        if not _ODD.search(found.text):
            break
        found = _peeled(found.text, found)
    return found


def _peeled(text: str, under: Plain | None) -> Plain:
    """One layer less. There may be millions of words to replace, but few different ones: each is looked at once."""
    old = _ODD.split(text)
    words = old[1::2]
    meant = {word: _replaced(word) for word in set(words)}
    parts = old.copy()
    parts[1::2] = [meant[word] for word in words]
    starts = list(accumulate(map(len, parts), initial=0))
    main = starts.pop()
    bounds = list(accumulate(map(len, old), initial=0))
    origins = list(pairwise(bounds))
    insides = {word: inside for word in meant if (inside := _inside(word))}
    length = main
    for word, at in zip(words, bounds[1::2], strict=False):
        if word in insides:
            start, end = insides[word]
            parts += BREAK, word[start:end]
            starts += length, length + 1
            origins += (at + start, at + start), (at + start, at + end)
            length += 1 + end - start
    return Plain("".join(parts), starts, origins, main, under)


def _inside(word: str) -> tuple[int, int] | None:
    """Where in a tag or the end of a link stands what comes after the text: attributes, an address."""
    if word.startswith("]"):
        return 2, len(word) - 1
    name = _NAME.match(word)
    return (1, len(word) - 1) if name and len(word) > len(name[0]) + 2 else None


def _replaced(word: str) -> str:
    """What stands in the plain text for a tag, a link or a disguise."""
    if word[0] == "<" or word == "-->":
        name = _NAME.match(word)
        return "" if name and name[1].lower() in INLINE else BREAK
    if word[-1] == "[":
        return BREAK if len(word) > 1 else ""
    return "" if word[0] == "]" else _meant(word)


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
