"""Days of birth."""

import re
from collections.abc import Iterator

from honorroll.privacy.found import Found
from honorroll.privacy.numbers import plain_digits

_DAY = r"(?:19[3-9][0-9]|20[0-2][0-9])\s?[年./-]\s?[01]?[0-9]\s?[月./-]\s?[0-3]?[0-9]\s?日?(?![0-9])"
#: Without its century, only where no other number can be meant.
_SHORT = r"(?<![0-9])[3-9][0-9]年[01]?[0-9]月[0-3]?[0-9]日"
_CN_DAY = r"(?:一九[三-九〇零]|二[〇零][〇零一二])[〇零一二三四五六七八九]年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
_BIRTH = re.compile(
    rf"(?:出生(?:日期|年月日?|时间|于|在)?|生于|生日|诞生于|出生证明)(?:是|为|在)?\s*[:：]?\s*({_DAY}|{_CN_DAY}|{_SHORT})|({_DAY}|{_CN_DAY}|{_SHORT})\s?(?:出?生(?=[，。,；;、）)\s]|于|人|$)|出生)"
)


#: Of these the day of foundation is told.
_FOUNDED = re.compile(r"(?:协会|公司|集团|组织|单位|学校|学院|部队|祖国|国家|共和国|[军党团社])[^，。；\n]{0,4}$")


def find(text: str) -> Iterator[Found]:
    """PRV-15: the day of somebody's birth."""
    for match in _BIRTH.finditer(text):
        group = 1 if match[1] else 2
        start, end = match.span(group)
        if _FOUNDED.search(text[max(0, match.start() - 8) : start]):
            continue
        if re.match(r"\s?(?:[-—–~至到]{1,2}|逝世|去世)", text[end : end + 4]):
            continue  # of one who is dead
        value = re.sub(r"\s", "", plain_digits(match[group]))
        year = re.match(r"[0-9]{4}", value)
        yield Found(
            "birth",
            re.sub(r"[年月./-]", "-", value).rstrip("日"),
            start,
            end,
            f"{year[0] if year else '****'}年**月**日",
        )
