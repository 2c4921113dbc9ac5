"""Addresses of homes."""

import re
from collections.abc import Iterator

from honorroll.privacy.found import Found

_ADDRESS = re.compile(
    r"(?<![0-9])(?:[0-9一二三四五六七八九十百]{1,5}|[A-Za-z])\s?(?:号楼|[栋幢座]|#楼)\s?(?:[0-9一二三四五六七八九十A-Za-z甲乙丙]{1,4}\s?单元)?\s?(?:[0-9一二三四五六七八九十]{1,3}\s?[层楼])?\s?(?:[0-9A-Za-z〇零一二三四五六七八九十]{1,5}\s?(?:室|号房|号(?!线|楼|文)|户(?![\u4e00-\u9fff]))|[0-9]{3,4}(?![0-9]|\s?[^\W0-9]))"
)
_HOME = re.compile(
    r"(?:家住|住址|住所地?|现住址?|家庭地址|户籍地址?|户籍所在地|住在|居住地?|居住于|租住|暂住)(?:在|于|为|是)?\s*[:：]?\s*"
    r"([\u4e00-\u9fff]{2,24}?(?:[路街道巷弄村组里苑园]|小区|新村|花园)[\u4e00-\u9fff]{0,8}?[0-9一二三四五六七八九十百]{1,5}\s?(?:号|弄|组|栋|幢|室)(?:[0-9一二三四五六七八九十\-A-Za-z号栋幢楼单元室层]{0,20})?)"
)


_LIVES = re.compile(
    r"住|联系人|本人|姓名|收件|家[里中]|户籍|[老大]人|老太|[大老]爷|阿姨|女士|先生|奶奶|爷爷|家属|身份证|女儿|儿子|孩子|母亲|父亲"
)


def find(text: str) -> Iterator[Found]:
    """PRV-14: an address below the level of a street where somebody lives."""
    for shape, group in ((_HOME, 1), (_ADDRESS, 0)):
        for match in shape.finditer(text):
            start, end = match.span(group)
            if not group and "单元" not in match[0] and not _LIVES.search(text[max(0, start - 30) : end + 12]):
                continue
            value = re.sub(r"\s", "", match[group])
            yield Found(
                "home",
                value[-24:] if group else value[-12:],
                start,
                end,
                re.sub(r"[0-9一二三四五六七八九十百A-Za-z]+", "**", value),
            )
