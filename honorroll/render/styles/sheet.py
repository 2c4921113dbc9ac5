"""A style sheet as rules, from what `lightningcss` makes of it for the browsers of the floor."""

import re
from functools import lru_cache
from typing import NamedTuple

#: The oldest browsers in which the published style sheets work. Older ones may show less.
FLOOR = ("chrome 83", "edge 83", "firefox 78", "safari 13.1", "ios_saf 13.4")

TOKEN = re.compile(
    r"""/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\\.|url\(\s*[^"'\s)][^)]*\)|/\*|[][(){};"']""", re.DOTALL
)


class Block(NamedTuple):
    """A rule: what stands before its braces, and the declarations and rules inside."""

    head: str
    items: list["Block | str"]


@lru_cache(maxsize=32)  # the faults of a sheet are looked for first
def lowered(text: str) -> str:
    """What the library makes of it, in one line. Raises `ValueError`."""
    from lightningcss import process_stylesheet  # 12 MB, for builds whose style sheets have changed

    lowered: str = process_stylesheet(text, browsers_list=[*FLOOR])
    return lowered


def parsed(text: str, number: int = 0) -> list[Block | str]:
    """The rules of a style sheet without comments, whose brackets match. `number` is another one for each of a site."""
    found: list[Block | str] = []
    around, start, depth, nameless = [found], 0, 0, 0
    for match in TOKEN.finditer(text):
        sign, before = match[0], text[start : match.start()]
        if sign in {"(", "["} or (sign == "{" and (depth or before.startswith("--"))):
            depth += 1
        elif sign in {")", "]"} or (sign == "}" and depth):
            depth -= 1
        elif depth == 0 and sign in {"{", "}", ";"}:
            start = match.end()
            if sign == "{":
                nameless += before == "@layer"
                head = f"@layer {number}/{nameless}" if before == "@layer" else before  # no name can have a slash
                block = Block(head, [])
                around[-1].append(block)
                around.append(block.items)
                continue
            around[-1] += [before] if before else []
            if sign == "}":
                around.pop()
    found += [text[start:].strip()] if text[start:].strip() else []
    return found
