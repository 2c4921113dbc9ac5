"""Phrases that tell a child from all others: its school, its class and its name in a few words."""

import re
from collections.abc import Iterator
from functools import cache

from honorroll.chinese import SURNAMES

_NUMBER = "[一二三四五六七八九十百初高\\d０-９]"
_CLASS = rf"{_NUMBER}{{1,3}}\s?年级\s?[（(]?\s?{_NUMBER}{{0,3}}\s?[）)]?\s?班?|{_NUMBER}{{1,3}}\s?[（(]\s?{_NUMBER}{{1,3}}\s?[）)]\s?班|[大中小]{_NUMBER}{{0,2}}班|初[一二三]|高[一二三]"
#: Surnames that begin no other words behind 学生 and the like, as 向 does in 学生向老师.
_SURNAME = "[" + "".join(sorted(SURNAMES - {*"向于和从应时计任全成连经都单车明关白方高安平常"})) + "]"
#: A name beside what pupils are called by. A mask is nobody's.
_PUPIL = (
    f"[{''.join(sorted(SURNAMES))}](?!某)[\u4e00-\u9fff]{{1,2}}(?:同学|小朋友)"
    f"|(?:学生|同学|小朋友|孩子|女孩|男孩){_SURNAME}(?!某)[\u4e00-\u9fff]{{1,2}}"
)
_SCHOOL = "小学|中学|学校|幼儿园|附小|附中"
#: What the school is called, read backwards.
_CALLED = re.compile(r"[^\W\d_]{2,8}")
#: In bytes: of each of these, every file with such a phrase holds one.
_SIGNS = tuple(
    tuple(word.encode() for word in words.split())
    for words in (
        "同学 学生 小朋友 孩子 女孩 男孩",
        "小学 中学 学校 幼儿园 附小 附中",
        "年级 班 初一 初二 初三 高一 高二 高三",
    )
)


@cache  # to compile it takes longer than most builds look for names, and most files have no sign of it
def _phrase() -> re.Pattern[str]:
    return re.compile(rf"(?:{_SCHOOL})[^。！？\n\x02]{{0,6}}?(?:{_CLASS})[^。！？\n\x02]{{0,6}}?(?:{_PUPIL})")


class _Identified:
    """Finds such phrases."""

    def may(self, data: bytes) -> bool:
        """Whether it is worth while to look into a file."""
        return all(any(word in data for word in words) for words in _SIGNS)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Where they stand."""
        for match in _phrase().finditer(text):
            called = _CALLED.match(text[max(0, match.start() - 8) : match.start()][::-1])
            if called:
                yield match.start() - called.end(), match.end()


identified = _Identified()
