"""Passports and permits to travel."""

import re
from collections.abc import Iterator

from honorroll.privacy.found import Found
from honorroll.privacy.numbers import plain_digits
from honorroll.privacy.signs import APART, BREAK, CHINESE

_PAPERS = (
    (re.compile(r"护照|[Pp]assport|PASSPORT"), re.compile(r"(?:E[A-HJ-NP-Z][0-9]{7}|[EGDSPK][0-9]{8}|1[45][0-9]{7})")),
    (
        re.compile(r"通行证|港澳|台胞|回乡证|台湾|[Pp]ermit"),
        re.compile(r"(?:[CHMWTL][0-9]{8}(?:[0-9]{2})?|C[A-HJ-NP-Z][0-9]{7}|[0-9]{8})"),
    ),
)
_PAPER = re.compile(
    rf"(?<![A-Za-z0-9])(?:[A-Z](?:[{APART}]{{0,4}}[A-HJ-NP-Z])?[{APART}]{{0,4}})?[0-9{CHINESE}](?:[{APART}]{{0,4}}[0-9{CHINESE}]){{6,9}}(?![A-Za-z0-9])"
)


def find(text: str) -> Iterator[Found]:
    """PRV-11: passports and permits to and from Hong Kong, Macao and Taiwan, where they are spoken of."""
    if not any(word.search(text) for word, _ in _PAPERS):
        return
    for match in _PAPER.finditer(text):
        start, end = match.span()
        near = text[max(0, start - 24) : start] + BREAK + text[end : end + 10]
        value = plain_digits(re.sub(rf"[{APART}]", "", match[0]))
        for word, shape in _PAPERS:
            if word.search(near) and shape.fullmatch(value):
                yield Found("paper", value, start, end, f"{value[:2]}{'*' * (len(value) - 4)}{value[-2:]}")
                break
