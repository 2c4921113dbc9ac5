"""Chinese orders of names: by the strokes of the surname (按姓氏笔画为序) and by pinyin (按姓氏拼音为序).

By strokes: character by character; fewer strokes first, then stroke by stroke 横竖撇点折, as in the official
《通用规范汉字表》. A given name of one character counts as if a blank stood before it, so it goes before the
longer ones of the same surname (the custom of party congresses and the CPPCC; people's congresses have it otherwise).
By pinyin: character by character; by letters (ü after u), then tone, then strokes. Surnames have their own readings.

Unknown characters go last, by code point; `unknown` names them. Blanks and the dot in `买买提·某某` are passed over.
What the surname is, `names` says.
"""

import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from honorroll.chinese.personal_names import DOT, normal, split
from honorroll.chinese.typography import han_rows, is_han, simplified

#: One character: blank, other signs, known and unknown Han characters; and its place among its kind.
_Strokes = tuple[int, int]
#: The same with the syllable's letters, whether its u is ü, and its tone.
_Syllable = tuple[int, str, bool, str, int]
StrokeKey = tuple[tuple[_Strokes, ...], str]
PinyinKey = tuple[tuple[_Syllable, ...], str]

_BLANK, _SIGN, _KNOWN, _UNKNOWN = range(4)
#: Letters that Unicode does not take apart.
_LETTERS = str.maketrans("ØøŁłĐđÐðÞþÆæŒœßı", "OoLlDdDdTtAaOosi")
_FOLDER = Path(__file__).parent / "han"


def stroke_key(name: str, *, persons: bool = True) -> StrokeKey:
    """What to sort by for the order by strokes.

    Args:
        name: a name; masks such as 王某某 or 王* are names like others.
        persons: whether it is a person's, so that a single given name goes first. False for organisations.
    """
    chars, surname, is_single = _ordered(name, persons=persons)
    places = [_place(char) for char in chars]
    if is_single:
        places.insert(len(surname), (_BLANK, 0))
    return tuple(places), name


def pinyin_key(name: str, *, persons: bool = True) -> PinyinKey:
    """What to sort by for the order by pinyin.

    Args:
        name: a name; masks such as 王某某 or 王* are names like others.
        persons: whether it begins with a surname (华 is then Huà, else Huá). False for organisations.
    """
    chars, surname, _ = _ordered(name, persons=persons)
    key: list[_Syllable] = []
    for char, reading in zip(chars, _readings(chars, surname), strict=True):
        kind, place = _place(char)
        letters, tone = reading[:-1], reading[-1:]
        key.append((kind, letters.replace("ü", "u"), "ü" in letters, tone, place))
    return tuple(key), name


def initials(name: str, *, persons: bool = False) -> str:
    """The first letter of each character's reading, and letters and digits as they are: 段简明 is `djm`.

    Args:
        name: a name or title.
        persons: whether it begins with a surname (单 is then s, else d).
    """
    chars = _plain(name).lower()
    surname = split(name).surname.lower() if persons else ""
    readings = _readings(chars, surname if chars.startswith(surname) else "")
    return "".join(
        reading[:1] or char for char, reading in zip(chars, readings, strict=True) if reading or char.isalnum()
    )


def romanised(title: str) -> list[str]:
    """The syllables of a title in letters without tones, and other words as they are, in lower case: 夜巡 2 is `ye xun 2`.

    A character with several readings may get the wrong one, so it is a suggestion only.
    """
    words = [""]
    for char, reading in zip(plain := simplified(title).lower(), _readings(plain, ""), strict=True):
        sign = _base(char) if char.isalnum() and not reading else ""
        if reading:
            words += [reading[:-1].replace("ü", "v"), ""]
        elif sign.isascii() and sign.isalnum():
            words[-1] += sign
        elif words[-1]:
            words.append("")
    return [word for word in words if word]


def letter(name: str) -> str:
    """The letter under which an index lists a person: A to Z, or `#` where the reading is not known."""
    chars, surname, _ = _ordered(name, persons=True)
    first = _base(([*_readings(chars, surname), ""][0] or chars)[:1]).upper()
    return first if "A" <= first <= "Z" else "#"


def unknown(names: Iterable[str]) -> set[str]:
    """The Han characters of the names whose strokes and reading are not known, so that their place is not sure."""
    known = _known()
    return {char for name in names for char in _plain(name) if is_han(char) and char not in known}


def _plain(name: str) -> str:
    return "".join(normal(name).replace(DOT, "").split())


def _ordered(name: str, *, persons: bool) -> tuple[str, str, bool]:
    """The characters to sort by, the surname with which they begin, and whether a given name of one character follows."""
    if not persons:
        return _plain(name), "", False
    found = split(name)
    surname, given, title = (_plain(part) for part in found[:3])
    chars = surname + given + title
    return chars.lower() if found.custom == "latin" else chars, surname, len(given) == 1 and not title


def _readings(chars: str, surname: str) -> list[str]:
    """Each character's reading, of a traditional form that of the simplified one; empty for what is not known."""
    characters, chars, surname = _characters(), simplified(chars), simplified(surname)
    readings = [characters[char][1] if char in characters else "" for char in chars]
    for index in range(len(chars) - 1):
        readings[index : index + 2] = _words().get(chars[index : index + 2], readings[index : index + 2])
    readings[: len(surname)] = _surnames().get(surname, readings[: len(surname)])
    return readings


def _place(char: str) -> _Strokes:
    if char in _characters():
        return _KNOWN, _characters()[char][0]
    return (_UNKNOWN if is_han(char) else _SIGN), ord(_base(char))


def _base(char: str) -> str:
    """A letter without its accents: A for Ä, O for Ø."""
    return unicodedata.normalize("NFD", char)[:1].translate(_LETTERS)


@cache
def _known() -> frozenset[str]:
    """Every known character: no others stand in the file. To read it as a table takes four times as long."""
    return frozenset((_FOLDER / "characters.txt").read_text(encoding="utf-8"))


@cache
def _characters() -> dict[str, tuple[int, str]]:
    """Every known character's place in the stroke order and its usual reading."""
    return {char: (place, reading) for place, (_, char, reading) in enumerate(han_rows("characters.txt"))}


@cache
def _surnames() -> dict[str, list[str]]:
    """Compound surnames, and single ones read otherwise than usual, with their readings."""
    return {surname: readings.split() for surname, readings in han_rows("surnames.txt")}


@cache
def _words() -> dict[str, list[str]]:
    """Words of two characters, one of them read otherwise than usual, with their readings."""
    return {word: readings.split() for word, readings in han_rows("words.txt")}
