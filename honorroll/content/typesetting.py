"""Type for drawn pictures, set as in Chinese print.

No line begins with a closing mark or ends with an opening one, words and numbers stay whole. Only the basic layout of
FreeType is used, which every Pillow has.
"""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from honorroll.content import fonts

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

#: What may not begin a line (GB/T 15834-2011, 5.1.1), and what may not end one.
CLOSING = frozenset("，。、；：？！,.;:?!）】》〉」』〕〗”’…—·％%‰℃)]}～")
OPENING = frozenset("（【《〈「『〔〖“‘([{")

_UNIT = re.compile(r"[A-Za-z0-9][A-Za-z0-9.,:%/_@#&+\-]*[A-Za-z0-9%+]|——|……|.", re.DOTALL)


class Lines(NamedTuple):
    """Text that is set: its lines, from the top of one to the top of the next in pixels, and its face."""

    lines: list[str]
    leading: int
    face: "FreeTypeFont"

    @property
    def height(self) -> int:
        return len(self.lines) * self.leading


def broken(text: str, measure: Callable[[str], float], width: float) -> list[str]:
    """The lines of a text that are no wider than `width`; a piece that no line can hold is broken anywhere."""
    lines, line = [], ""
    for piece in pieces(text):
        if measure((line + piece).rstrip()) <= width:
            line += piece
            continue
        if line.strip():
            lines.append(line.strip())
        line = ""
        for char in piece.lstrip():
            if line and measure(line + char) > width:
                lines.append(line)
                line = ""
            line += char
    return [*lines, line.strip()] if line.strip() else lines


def pieces(text: str) -> Iterator[str]:
    """What may not be parted: words, and characters with the marks that belong to them."""
    piece = ""
    for unit in _UNIT.findall(text):
        if piece and not (unit[0] in CLOSING or piece[-1] in OPENING):
            yield piece
            piece = ""
        piece += unit
    if piece:
        yield piece


def fitted(text: str, name: str, sizes: tuple[int, ...], width: int, height: int, leading: float = 1.36) -> Lines:
    """A text in the largest size in which it fits; in the smallest it is cut."""
    from PIL import ImageFont

    known = fonts.characters(name)
    text = "".join(c if c in known else fonts.GETA for c in " ".join(text.split()))
    for size in sizes:
        face = ImageFont.truetype(str(fonts.path(name)), size, layout_engine=ImageFont.Layout.BASIC)
        step = round(size * leading)
        lines, room = broken(text, face.getlength, width), max(1, height // step)
        if len(lines) <= room:
            return Lines(_balanced(text, face.getlength, width, lines), step, face)
    last = lines[room - 1]
    while last and (last[-1] in CLOSING | OPENING or face.getlength(last + "……") > width):
        last = last[:-1]
    return Lines([*lines[: room - 1], last + "……"], step, face)


def _balanced(text: str, measure: Callable[[str], float], width: int, lines: list[str]) -> list[str]:
    """As many lines of more equal length, where the last holds but a few characters."""
    if len(lines) < 2 or len(lines[-1]) > 3:
        return lines
    for narrower in range(width, width // 2, -width // 24):
        tried = broken(text, measure, narrower)
        if len(tried) == len(lines) and len(tried[-1]) > 3:
            return tried
    return lines
