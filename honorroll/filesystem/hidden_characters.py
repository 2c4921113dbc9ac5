"""Characters in texts that nobody sees or that turn what is seen around, with their places.

The scripts that need some of them may use them: joiners in Arabic (as in Uyghur and Kazakh), Mongolian and Indic
writing and in emoji, direction marks beside letters that are written from right to left, tags in flags, and
variation selectors after a character. A text in ASCII costs nothing.
"""

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice
from unicodedata import name

from honorroll.diagnostics import Diagnostic, Place

#: What makes a reader see another order than the one that is stored.
TURNING = "\u202a-\u202e\u2066-\u2069"

_LETTERS = "\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
#: Scripts whose letters are joined or kept apart by joiners: those above, Indic ones and Mongolian.
_JOINED = _LETTERS + "\u0900-\u0dff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u1800-\u18af\ua840-\ua87f"
#: Emoji that others may follow after a joiner, and what may stand between.
_EMOJI = "\u00a9\u00ae\u2122\u2194-\u21aa\u231a-\u23ff\u25aa-\u27bf\u2934-\u2b55\ufe0f\U0001f000-\U0001faff"

#: What stands right where it does.
_FINE = re.compile(
    rf"(?<=[{_JOINED}\u180b-\u180f])[\u200c\u200d\u180b-\u180f\u202f]+(?=[{_JOINED}\s]|$)"
    rf"|(?<=[{_EMOJI}])\u200d(?=[{_EMOJI}])"
    r"|\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"
    r"|(?<=[^\s])[\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
_TURNING = re.compile(f"[{TURNING}]")
#: What nobody sees, in classes of which a run is told as one.
_CLASSES = (
    TURNING,
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufe00-\ufe0f\ufff0-\ufffd\U0001d173-\U0001d17a\U000e0000-\U000e0fff",
    "\ue000-\uf8ff\ufdd0-\ufdef\U000f0000-\U0010ffff",
    "\u061c\u200e\u200f",
)
_HIDDEN = re.compile("|".join(f"[{one}]+" for one in _CLASSES))
#: Any of them. Most texts have none, and to search for one class takes a sixth of the time of several.
_ANY = re.compile(f"[{''.join(_CLASSES)}]")
_RIGHT_TO_LEFT = re.compile(f"[{_LETTERS}]")
_MARKS = frozenset("\u061c\u200e\u200f")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
_NAMES = {
    "\u00a0": "不换行空格",
    "\u00ad": "软连字符",
    "\u200b": "零宽空格",
    "\u200c": "零宽不连字",
    "\u200d": "零宽连字",
    "\u200e": "从左到右标记",
    "\u200f": "从右到左标记",
    "\u2009": "窄空格",
    "\u202a": "从左到右嵌入",
    "\u202b": "从右到左嵌入",
    "\u202c": "方向结束",
    "\u202d": "从左到右强制",
    "\u202e": "从右到左强制",
    "\u202f": "窄不换行空格",
    "\u2060": "词连接符",
    "\u2066": "从左到右隔离",
    "\u2067": "从右到左隔离",
    "\u2068": "自动方向隔离",
    "\u2069": "隔离结束",
    "\u3000": "全角空格",
    "\ufeff": "字节顺序标记",
    "\ufffc": "对象占位符",
    "\ufffd": "乱码占位符",
}

#: So many are looked for in one text: beyond, nobody wants their places.
_MOST = 10_000


def called(character: str) -> dict[str, str]:
    """What a character is called, in Chinese and English, as arguments of a rule's sentences."""
    code = f"U+{ord(character):04X}"
    if "\ue000" <= character <= "\uf8ff" or character >= "\U000f0000":
        return {"what_zh": f"自造字 {code}", "what": f"{code} private use"}
    if "\U000e0000" <= character <= "\U000e0fff":
        return {"what_zh": f"标签字符 {code}", "what": f"{code} {name(character, 'tag').lower()}"}
    english = name(character, "unnamed character").lower()
    return {"what_zh": f"{_NAMES.get(character, '')} {code}".strip(), "what": f"{code} {english}"}


def found(path: str, text: str) -> Iterator[Diagnostic]:
    """What nobody sees in a text, as it was typed or as a reference such as `&#8238;`.

    Reports SRC-13 where it turns a text around, else SRC-12; at most `_MOST` of both.
    """
    if "&" not in text and (text.isascii() or not _ANY.search(text)):
        return
    lines = ((number, line) for number, line in enumerate(text.split("\n"), 1) if "&" in line or not line.isascii())
    places = ((number, *place) for number, line in lines for place in _in_line(line))
    for number, start, length, character in islice(places, _MOST):
        rule = "SRC-13" if _TURNING.match(character) else "SRC-12"
        yield Diagnostic(rule, Place(path, line=number, column=start + 1, length=length), called(character))


def turning(text: str) -> str:
    """The first character of a text that turns it around, or an empty string."""
    match = _TURNING.search(text)
    return match[0] if match else ""


def _in_line(line: str) -> Iterator[tuple[int, int, str]]:
    """Start and length of each, with its first character."""
    fine: set[int] | None = None
    for match in _HIDDEN.finditer(line):
        if fine is None:
            fine = {at for other in _FINE.finditer(line) for at in range(*other.span())}
        start, end = match.span()
        odd = [at for at in range(start, end) if at not in fine]
        if odd and not (line[odd[0]] in _MARKS and _RIGHT_TO_LEFT.search(line)):
            yield odd[0], odd[-1] - odd[0] + 1, line[odd[0]]
    for match in _REFERENCE.finditer(line) if "&" in line else ():
        character = unescape(match[0])
        if _HIDDEN.fullmatch(character):
            yield match.start(), len(match[0]), character[0]
