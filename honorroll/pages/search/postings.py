"""Where a pair of characters occurs: ascending numbers of documents as text, in the shorter of two forms.

`!` and a bitmap in base64, lowest bit first; or the gaps, each as digits of five bits, lowest first, all but the
last with 32 added. The alphabet is that of base64 for addresses, so that no digit needs quoting.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)}


def encode(numbers: Iterable[int]) -> str:
    """Numbers as text; empty for none."""
    found = sorted(numbers)
    if found and 6 * len(found) > found[-1]:
        bits = bytearray(found[-1] // 8 + 1)
        for number in found:
            bits[number >> 3] |= 1 << (number & 7)
        return "!" + urlsafe_b64encode(bits).decode().rstrip("=")
    words, last = [], -1
    for number in found:
        words.append(_GAPS[number - last - 1] if number - last <= len(_GAPS) else _gap(number - last - 1))
        last = number
    return "".join(words)


def _gap(value: int) -> str:
    word = ""
    while value > 31:
        word += _DIGITS[(value & 31) + 32]
        value >>= 5
    return word + _DIGITS[value]


_GAPS = tuple(map(_gap, range(1024)))


def decode(text: str) -> list[int]:
    """The numbers of a text that `encode` made."""
    if text.startswith("!"):
        bits = urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4))
        return [at * 8 + bit for at, byte in enumerate(bits) if byte for bit in range(8) if byte >> bit & 1]
    found, number, value, shift = [], -1, 0, 0
    for digit in map(_VALUES.__getitem__, text):
        value |= (digit & 31) << shift
        shift += 5
        if digit < 32:
            number += value + 1
            found.append(number)
            value = shift = 0
    return found
