"""Number plates."""

import re
from collections.abc import Iterator
from itertools import pairwise

from honorroll.privacy.found import Found
from honorroll.privacy.numbers import plain_digits
from honorroll.privacy.signs import APART, CHINESE, MARKUP, PROVINCES

_APART = rf"[{APART}]{{0,8}}"
_PLATE = re.compile(
    rf"([{PROVINCES}])({_APART})([A-HJ-Za-hj-z]){_APART}"
    rf"([A-HJ-NP-Za-hj-np-z0-9{CHINESE}](?:{_APART}[A-HJ-NP-Za-hj-np-z0-9{CHINESE}]){{3,5}})({_APART}[学警港澳领挂使试超])?"
)
#: Words that end in the sign of a province.
_WORD_BEFORE = re.compile(r"[最创全更重刷翻崭革]新|[里讯白乌上]云|华为云|年青|[珍宝]贵")
#: A plate of five signs, mostly digits; of an electric car, six.
_SERIAL = re.compile(r"(?=(?:.*[0-9]){3})[A-Z0-9]{5}|[A-HJK][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[A-HJK]")
_SIGN = re.compile(rf"[A-Za-z0-9{CHINESE}]")
_UNIT = re.compile(r"\s?(?:(?:[万亿千百元名个人次]|块钱)(?![\u4e00-\u9fff])|[万亿千百][元人名次件个]|[%％])")


def find(text: str) -> Iterator[Found]:
    """PRV-03: number plates, also of electric cars and of lorries, coaches and the police."""
    for match in _PLATE.finditer(text):
        province, between, area, serial, kind = match.groups()
        if re.sub(MARKUP, "", between).strip() and re.sub(MARKUP, "", between) not in serial:
            continue  # the end of a sentence, mostly
        if _WORD_BEFORE.search(text[max(0, match.start() - 2) : match.start() + 1]):
            continue
        found = _serial(text, match.start(4), serial, kind or "")
        if found:
            value, end = found
            area = area.upper()
            end = match.end() if kind else end
            yield Found("plate", province + area + value, match.start(), end, f"{province}{area}·***{value[-2:]}")


def _serial(text: str, start: int, serial: str, kind: str) -> tuple[str, int] | None:
    """The number of a plate and where it ends; digits of a longer number are none."""
    signs = [*_SIGN.finditer(serial)]
    between = [re.sub(MARKUP, "", serial[one.end() : two.start()]) for one, two in pairwise(signs)]
    for length in (6, 5, 4):
        apart = {*between[: length - 1]}
        if len(signs) < length or len(apart) > 1:
            continue
        value = plain_digits("".join(sign[0] for sign in signs[:length])).upper()
        end = start + signs[length - 1].end()
        if length == 4:
            return (value + kind[-1], end) if kind and value.isdigit() else None
        rest = text[end : end + 2]
        if (rest[:1].isascii() and rest[:1].isalnum()) or (len(signs) > length and between[length - 1] in apart):
            continue
        if re.match(r"[-.][A-Za-z0-9]", rest) or _UNIT.match(text, end):
            continue
        if _SERIAL.fullmatch(value):
            return value, end
    return None
