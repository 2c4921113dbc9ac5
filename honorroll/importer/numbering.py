"""Automatic numbers of Word paragraphs, as text: what a reader sees stands nowhere in the file."""

import re
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from msgspec import Struct, field

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_DIGITS = "〇一二三四五六七八九"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_SMALL = ((9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def chinese(number: int) -> str:
    """A number below ten thousand as it is counted: 21 is 二十一."""
    if not 0 < number < 10_000:
        return str(number)
    words, text = "千百十", ""
    for at, digit in enumerate(f"{number:04}"):
        if digit != "0":
            text += _DIGITS[int(digit)] + words[at : at + 1]
        elif text and not text.endswith("零"):
            text += "零"
    text = text.rstrip("零")
    return text[1:] if text.startswith("一十") else text


def written(number: int, form: str) -> str | None:  # noqa: C901, PLR0911  # one decision a form
    """A number in one of Word's forms; none in a form that is not known."""
    match form:
        case "decimal" | "":
            return str(number)
        case "decimalZero":
            return f"{number:02}"
        case "bullet" | "none":
            return ""
        case "chineseCounting" | "chineseCountingThousand" | "taiwaneseCounting" | "japaneseCounting":
            return chinese(number)
        case "taiwaneseCountingThousand" | "ideographDigital" | "koreanDigital2":
            return chinese(number)
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese":
            return chr(0x2460 + number - 1) if 0 < number <= 20 else f"({number})"
        case "decimalFullWidth" | "decimalFullWidth2":
            return str(number).translate({48 + digit: 0xFF10 + digit for digit in range(10)})
        case "ideographTraditional":
            return _STEMS[(number - 1) % 10]
        case "ideographZodiac":
            return _BRANCHES[(number - 1) % 12]
        case "lowerLetter" | "upperLetter":
            letters = chr(97 + (number - 1) % 26) * (1 + (number - 1) // 26)
            return letters.upper() if form == "upperLetter" else letters
        case "lowerRoman" | "upperRoman":
            text, left = "", number
            for value, sign in (*_ROMAN, *_ROMAN_SMALL):
                text += sign * (left // value)
                left %= value
            return text.upper() if form == "upperRoman" else text
    return None


class Level(Struct, frozen=True):
    """One level of a numbering."""

    form: str = "decimal"
    text: str = "%1."
    start: int = 1
    legal: bool = False

    @property
    def is_list(self) -> bool:
        """Whether Markdown has such a list: bullets, and plain numbers with a stop or bracket."""
        return self.form == "bullet" or (
            self.form == "decimal" and re.fullmatch(r"[（(]?%\d[.、)）．]?", self.text) is not None
        )


class Numbering(Struct):
    """The numberings of a document, and how far each has come."""

    abstract: dict[str, str] = field(default_factory=dict)
    """By number: what it is one of."""
    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    """By abstract numbering."""
    overrides: dict[str, dict[int, int]] = field(default_factory=dict)
    """By number: where levels begin anew."""
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, root: Element | None) -> "Numbering":
        """Of `numbering.xml`."""
        made = cls()
        for one in root.iter(f"{W}abstractNum") if root is not None else ():
            made.levels[one.get(f"{W}abstractNumId", "")] = {_at(level): _level(level) for level in one.iter(f"{W}lvl")}
        for one in root.iter(f"{W}num") if root is not None else ():
            number, of = one.get(f"{W}numId", ""), one.find(f"{W}abstractNumId")
            made.abstract[number] = _value(of)
            made.overrides[number] = {
                _at(each): int(_value(start))
                for each in one.iter(f"{W}lvlOverride")
                if (start := each.find(f"{W}startOverride")) is not None and _value(start).isdecimal()
            }
        return made

    def next(self, number: str, at: int) -> tuple[str, int, Level] | None:
        """The label of the next paragraph, its count, and its level; none where nothing is known of it."""
        of = self.abstract.get(number)
        levels = self.levels.get(of or "")
        if of is None or not levels or at not in levels:
            return None
        counters = self.counters.setdefault(of, {})
        if number not in self.seen:
            self.seen.add(number)
            counters |= {deep: start - 1 for deep, start in self.overrides.get(number, {}).items()}
        counters[at] = counters.get(at, levels[at].start - 1) + 1
        for deeper in [each for each in counters if each > at]:
            del counters[deeper]
        level = levels[at]
        return _label(level, levels, counters), counters[at], level


def _label(level: Level, levels: Mapping[int, Level], counters: Mapping[int, int]) -> str:
    def one(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        own = levels.get(at, Level())
        form = "decimal" if level.legal else own.form
        return written(counters.get(at, own.start), form) or ""

    return "" if level.form == "bullet" else re.sub(r"%(\d)", one, level.text)


def _level(lvl: Element) -> Level:
    start = _value(lvl.find(f"{W}start"))
    return Level(
        form=_value(lvl.find(f"{W}numFmt")) or "decimal",
        text=_value(lvl.find(f"{W}lvlText")),
        start=int(start) if start.isdecimal() else 1,
        legal=lvl.find(f"{W}isLgl") is not None,
    )


def _at(element: Element) -> int:
    value = element.get(f"{W}ilvl", "0")
    return int(value) if value.isdecimal() else 0


def _value(element: Element | None) -> str:
    return element.get(f"{W}val", "") if element is not None else ""


def unknown_forms(used: Sequence[Level]) -> list[str]:
    """The forms that `written` does not know."""
    return sorted({level.form for level in used if written(1, level.form) is None})
