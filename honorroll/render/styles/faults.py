"""What is wrong with a style sheet, found before anything is published."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from honorroll.diagnostics import Diagnostic, Place
from honorroll.filesystem import Source
from honorroll.render.styles.sheet import TOKEN, lowered

#: Brackets deeper than this are a mistake, and would overflow the stack of the parser.
DEEPEST = 32

_CLOSING = {"(": ")", "[": "]", "{": "}"}
_REPORTED = re.compile(r"Parsing stylesheet failed: (.*) at [^:]*:(\d+):(\d+)$", re.DOTALL)

#: What is wrong, in Chinese and English, by the beginning of what the parser says of it.
_WORDS = {
    "Unexpected end of input": ("这里没有写完", "something is missing here"),
    "Unexpected token": ("这里不该有这个", "this does not belong here"),
    "Invalid": ("这里写得不对", "this is wrong here"),
}
_OTHER = ("这里读不懂", "this cannot be read")


class Fault(NamedTuple):
    """What is wrong with a style sheet, in Chinese and English, and where: line and column from 1."""

    why_zh: str
    why: str
    line: int
    column: int


def faults(sources: Sequence[Source]) -> Iterator[Diagnostic]:
    """LOK-05: the first mistake of each style sheet."""
    for source in sources:
        if fault := first_fault(source.text):
            why = {"why_zh": fault.why_zh, "why": fault.why}
            yield Diagnostic("LOK-05", Place(source.path, line=fault.line, column=fault.column), why)


@lru_cache(maxsize=32)
def first_fault(text: str) -> Fault | None:
    """The first mistake of a style sheet: brackets, quotes and comments that do not end, then what the parser says."""
    return _unbalanced(text) or _unreadable(text)


def _unbalanced(text: str) -> Fault | None:  # noqa: PLR0911  # one return for each kind of mistake
    opened: list[tuple[str, int]] = []
    for match in TOKEN.finditer(text):
        sign = match[0]
        if sign in _CLOSING:
            opened.append((sign, match.start()))
            if len(opened) > DEEPEST:
                return _at(text, match.start(), "括号套得太深", "brackets are nested too deeply")
        elif sign in {")", "]", "}"}:
            if not opened:
                return _at(text, match.start(), f"多了一个“{sign}”", f"`{sign}` closes nothing")
            bracket, place = opened.pop()
            if _CLOSING[bracket] != sign:
                return _at(text, place, f"“{bracket}”没有关上", f"`{bracket}` is not closed")
        elif sign in {'"', "'"}:
            return _at(text, match.start(), "引号没有关上", "the quote is not closed in its line")
        elif sign == "/*":
            return _at(text, match.start(), "注释没有结束，缺“*/”", "the comment does not end with `*/`")
    if opened:
        bracket, place = opened[0]
        return _at(text, place, f"“{bracket}”没有关上", f"`{bracket}` is not closed")
    return None


def _at(text: str, place: int, why_zh: str, why: str) -> Fault:
    line = text.count("\n", 0, place) + 1
    return Fault(why_zh, why, line, place - text.rfind("\n", 0, place))


def _unreadable(text: str) -> Fault | None:
    try:
        lowered(text)
    except ValueError as error:
        found = _REPORTED.match(str(error))
        words, row, units = (found[1], int(found[2]), int(found[3])) if found else ("", 0, 0)
        why = next((why for begins, why in _WORDS.items() if words.startswith(begins)), _OTHER)
        line = [*text.split("\n"), ""][row]  # the parser counts from 0, and units of UTF-16
        column = len(line.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")) + 1
        return Fault(*why, row + 1, max(1, min(column, len(line))))
    return None
