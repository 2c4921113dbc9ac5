"""How text is made comparable for the search, and cut into pairs of characters. `static/search.js` does the same.

Full width is as half width, capitals as small letters (NFKC), traditional forms of characters as simplified ones;
dots inside names and invisible signs are passed over, and so are blanks between Han characters, as in `王　伟`;
whatever else is neither letter nor digit parts words, and no pair goes across.
"""

import re
import sys
import unicodedata
from functools import cache

from honorroll.chinese import DOTS, traditional

#: Official characters that people type for one another in names: 於 and 于, 钱锺书 and 钱钟书, 魏徵 and 魏征. Orders and masks
#: keep them apart.
_ALIKE = "於于 锺钟 徵征"

#: Four bytes a character, so that two are one number: three times as fast as two texts put together.
_CODEC = f"utf-32-{sys.byteorder[0]}e"

#: A number and what stands beside it.
_NUMBER = re.compile("([^0-9]?)([0-9]+)(?=([^0-9]?))")

#: Dots of names such as `买买提·某某`, soft hyphens, invisible signs.
_DROPPED = re.compile(f"[{DOTS}\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]")

#: Wide punctuation, which parts words whatever becomes of it. A text without it, and without wide blanks, is mostly in normal
#: form already, which is known at once.
_STOPS = re.compile("[\u3001-\u3006\u3008-\u3020\uff01-\uff0d\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff64]+")

#: Han characters, as both this and the script know them.
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

#: What may stand between two Han characters of a name and means nothing: blanks, or a dot typed as a full stop.
_BLANKS = re.compile("[ \t-\r]{2,}|[\t-\r]")
_GAP = re.compile(f"[ .](?=[{_HAN}])")
_IS_HAN = re.compile(f"[{_HAN}]")

#: Letters and digits of the scripts that such a site may hold; listed, since old browsers know no classes of Unicode.
_WORD = re.compile(
    "[0-9a-z\u00df-\u00f6\u00f8-\u024f\u0370-\u052f\u0600-\u06ff\u0f00-\u0fff\u1800-\u18af\u3007\u3040-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]+"
)


def fold(text: str) -> str:
    """The words of a text with a blank between them."""
    early = _STOPS.sub("|", text.replace("\u3000", " "))
    plain = _DROPPED.sub("", unicodedata.normalize("NFKC", early).lower())
    plain = _folded().sub(_simple, _BLANKS.sub(" ", plain))
    return " ".join(_WORD.findall(_GAP.sub(_closed, plain)))


@cache
def forms() -> dict[int, str]:
    """Characters with those that they are folded to."""
    return traditional() | {ord(pair[0]): pair[1] for pair in _ALIKE.split()}


@cache
def _folded() -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(chr, forms()))}]")


def _simple(match: re.Match[str]) -> str:
    return forms()[ord(match[0])]


def _closed(gap: re.Match[str]) -> str:
    return "" if gap.start() and _IS_HAN.match(gap.string, gap.start() - 1) else gap[0]


def pairs(folded: str) -> set[int]:
    """Every two characters that stand side by side, each as one number; also those with a blank, which nobody asks for.

    A number counts once more as one sign that says how many digits it has, or 第77期 would be found in 第7127期.
    """
    counted = [before + chr(0xE000 + min(len(number), 9)) + after for before, number, after in _NUMBER.findall(folded)]
    signs = memoryview(" ".join((folded, *counted)).encode(_CODEC))
    return {*signs[: len(signs) // 8 * 8].cast("Q"), *signs[4 : (len(signs) - 4) // 8 * 8 + 4].cast("Q")}


def spelled(pair: int) -> str:
    """The two characters of a pair."""
    return pair.to_bytes(8, sys.byteorder).decode(_CODEC)


def shard(pair: str, count: int) -> int:
    """In which of `count` shards a pair is kept."""
    return (ord(pair[0]) * 1009 + ord(pair[1])) % count
