"""Runs of digits, and the numbers of persons among them: identity numbers, telephones, bank cards.

A run is parted into groups by what stands between its digits. A number is one group, or several that are parted in a
way in which people part such numbers; part of a longer number is none.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from honorroll.privacy.found import Found
from honorroll.privacy.signs import APART, CHINESE

_VALUES = dict(zip(CHINESE, "0001234567891212345678933079", strict=True))
#: Markup that is not shown, or hardly: what stands on both sides of it is read in one go. More stars are a mask.
_MARKUP = re.compile(r"(?:\*{1,3}|~{1,2}|`+)+")

_RUN = re.compile(rf"[0-9{CHINESE}](?:[{APART}]{{0,4}}[0-9{CHINESE}]){{6,}}")
_GROUP = re.compile(rf"[0-9]+|[{CHINESE}]+")
_SHORTEST, _LONGEST = 10, 19

#: Lengths of groups in which each kind of number is written; one group is always right, and digits one by one.
_MOBILE = {
    *[
        (3, 4, 4),
        (4, 4, 3),
        (3, 3, 5),
        (5, 6),
        (6, 5),
        (3, 8),
        (7, 4),
        (4, 7),
        (8, 3),
        (4, 3, 4),
        (3, 5, 3),
        (3, 2, 2, 2, 2),
    ],
    *[
        (3, 4, 2, 2),
        (3, 2, 2, 4),
        (2, 2, 2, 2, 2, 1),
        (1, 2, 2, 2, 2, 2),
        (3, 3, 3, 2),
        (2, 3, 3, 3),
        (1, 10),
        (1, 5, 5),
    ],
}
_IDENTITY = {
    *[
        (6, 8, 4),
        (6, 4, 4, 4),
        (6, 4, 2, 2, 4),
        (3, 3, 4, 4, 4),
        (4, 4, 4, 4, 2),
        (6, 6, 6),
        (3, 3, 3, 3, 3, 3),
        (9, 9),
    ],
    *[(6, 12), (14, 4), (10, 8), (17, 1), (6, 8, 3, 1), (3, 3, 8, 4), (4, 4, 4, 6), (6, 4, 8), (8, 10), (2, 4, 8, 4)],
    *[
        (2, 2, 2, 8, 4),
        (2, 2, 2, 4, 4, 4),
        (2,) * 9,
        (3, 3, 4, 2, 2, 4),
        (6, 6, 3),
        (3,) * 5,
        (5, 5, 5),
        (6, 9),
        (8, 7),
    ],
}
_CARD = {
    *[
        (4,) * 4,
        (4, 4, 4, 4, 3),
        (4, 4, 4, 4, 2),
        (4, 4, 4, 4, 1),
        (6, 10),
        (6, 13),
        (4, 6, 5),
        (6, 4, 4, 4, 1),
        (6, 4, 4, 2),
    ]
}
_LANDLINE = {
    *[
        (3, 8),
        (4, 7),
        (4, 8),
        (3, 7),
        (3, 4, 4),
        (4, 4, 4),
        (4, 3, 4),
        (4, 4, 3),
        (3, 4, 3),
        (3, 3, 4),
        (3, 2, 2, 4),
        (4, 3, 2, 2),
    ],
    *[(3, 2, 2, 2, 2), (4, 2, 2, 2, 2)],
}

#: Provinces, the first two digits of an identity number.
_PROVINCES = {
    *"11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()
}

#: How the number before which they stand is no telephone.
_LABEL = re.compile(
    r"(?:(?:订单|单|流水|案|案件|文|批|批次|序列|序|编|工单|运单|快递|物流|合同|交易|凭证|票|登记|备案|证书|证|许可证|税|注册|档案|卷|条|货|商品|产品|设备|"
    r"期|册|保单|学|工|会员|邮政|图书)(?:号码?|编号|码|ID)|订单|流水|工单|编号|编码|代码|版本|型号|信用代码|\bSN|\bN[Oo]\.?|\b[Ii][Dd]|ISBN|#)"
    r"(?:是|为)?\s*[-:：=#“\"'(（]{0,2}\s*$"
)
_PHONE = re.compile(
    r"手机|电话|座机|热线|致电|拨打|联系|联络|号码是|通话|短信|微信|[Tt][Ee][Ll]|[Pp]hone|[Mm]obile|传真|[Ff]ax|呼叫|固话|总机"
)
_ID_LABEL = re.compile(r"身份|证件|ID ?card|公民|居民|户籍")
_BANK = re.compile(
    r"银行|卡号|账号|帐号|账户|帐户|户名|开户|汇款|转账|打款|农行|工行|建行|中行|交行|邮储|信用社|借记卡|信用卡|储蓄卡|工资卡|[Cc]ard"
)
_CREDIT_CODE = re.compile(r"信用代码|税号|纳税人|机构代码|代码证")
_MONEY = re.compile(r"[¥￥$€£]\s*$|(?:人民币|金额|合计|共计|总计)\s*[:：]?\s*$")
_UNIT = re.compile(
    r"\s?(?:[万亿千百][元人名次件个块份](?!名)|(?:美?元|[万亿千百]|块钱|港币|[名次个件处起吨米秒张台辆条项套份])(?![\u4e00-\u9fff])|元[整以左人]|[%％‰]|人[次民](?!警)|公[里斤顷]|小时|分钟|字节|毫秒|微秒|纳秒|[kKMGTm][Bb]?\b|bytes?\b|[munp]?s\b)"
)
_WORD = re.compile(r"[A-Za-z_]+$")
_CALLS = {*"tel phone mobile mob cell call wx vx v qq t m hp p sms wechat whatsapp idcard id".split()}
#: The address that a number stands in: up to punctuation or a Chinese word, which begin the text behind it.
_ABSOLUTE = re.compile(r"(?:https?|ftp|git|ssh)://[^\s<>\"'\x02\u3000-\u303f\u4e00-\u9fff\uff01-\uff0f\uff1a-\uff20]*$")
_NAMED = re.compile(
    r"(?:tel|phone|mobile|mob|cell|sms|call|shouji|dianhua|wa\.me/|contact|sfz|idcard|idno|cardno)\w*[=:/]*\+?(?:86)?-?$",
    re.IGNORECASE,
)


#: The last sign of an identity number that is no digit.
_CHECK_X = re.compile(rf"[{APART}]{{0,4}}[xX\u00d7](?![A-Za-z0-9])")


#: What parts numbers that are several, and lengths of groups in which these may be a list.
_LISTS = frozenset(",，、|; :")
_LIKE_A_LIST = {(3, 4, 4), (4, 4, 3)}


class _Group(NamedTuple):
    """Some digits, and what parts them from those before; nothing where only markup or another script does."""

    digits: str
    start: int
    end: int
    apart: str
    is_other_script: bool = False


class _Window(NamedTuple):
    """Some groups, taken for one number."""

    digits: str
    lengths: tuple[int, ...]
    apart: frozenset[str]
    start: int
    end: int


def find(text: str) -> Iterator[Found]:
    """Identity numbers, mobile and landline numbers and bank cards."""
    for run in _RUN.finditer(text):
        taken = 0
        for window in _windows(text, *run.span()):
            if window.start >= taken:
                found = (
                    _identity(text, window) or _mobile(text, window) or _landline(text, window) or _card(text, window)
                )
                if found:
                    taken = found.end
                    yield found


def _groups(text: str, start: int, end: int) -> list[_Group]:
    groups, last, script = list[_Group](), start, ""
    for match in _GROUP.finditer(text, start, end):
        raw, here = match[0], "0" if match[0][0].isascii() else "一"
        between = _MARKUP.sub("", text[last : match.start()])
        between = between.strip() or ("" if between == "" else " ")
        other = not text[last : match.start()] and here != script
        digits = raw if here == "0" else "".join(_VALUES[sign] for sign in raw)
        groups.append(_Group(digits, match.start(), match.end(), between, other))
        last, script = match.end(), here
    return groups


def _windows(text: str, start: int, end: int) -> Iterator[_Window]:
    """What in a run may be one number: from each group on, as many groups as come to no more digits than any number has."""
    groups = _groups(text, start, end)
    for first in range(len(groups)):
        yield from reversed([*_from(groups, first)])  # the longest first


def _from(groups: list[_Group], first: int) -> Iterator[_Window]:
    """Windows from a group on; none that is part of a longer number."""
    digits, lengths, apart, is_mixed = "", list[int](), set[str](), False
    for last, group in enumerate(groups[first : first + _LONGEST], start=first):
        digits += group.digits
        if last == first or group.apart:
            lengths.append(len(group.digits))
        else:
            lengths[-1] += len(group.digits)
            is_mixed |= group.is_other_script
        apart |= {group.apart} - {""} if last > first else set()
        if len(digits) > _LONGEST or not (first == 0 or _is_edge(groups[first], apart, is_mixed, lengths)):
            if last > first or len(digits) > _LONGEST:
                return  # what is no edge now will be none with more
            continue
        if len(digits) >= _SHORTEST and (
            last + 1 == len(groups) or _is_edge(groups[last + 1], apart, is_mixed, lengths)
        ):
            yield _Window(digits, tuple(lengths), frozenset(apart), groups[first].start, group.end)


def _is_edge(group: _Group, apart: set[str], is_mixed: bool, lengths: list[int]) -> bool:
    """Whether a number may end before this group, when `apart` parts its own groups."""
    if not group.apart:
        return group.is_other_script and not is_mixed
    if apart:
        return group.apart not in apart or (group.apart in ",，、;" and max(lengths) > 1)
    return group.apart not in {"-", ".", "_", "=", ":"}


def _fits(window: _Window, known: set[tuple[int, ...]], lengths: tuple[int, ...] | None = None) -> bool:
    """Whether the groups are those in which people write such a number."""
    lengths = window.lengths if lengths is None else lengths
    if len(lengths) == 1:
        return True
    if {*lengths} == {1}:
        return len(window.apart) == 1
    return lengths in known and (len(window.apart) == 1 or len(lengths) <= 4)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no letter or point makes it part of something else: a digest, a fraction, an order's number."""
    before, after = text[max(0, start - 12) : start], text[end : end + 2]
    word = _WORD.search(before)
    if word and (word[0].lower().strip("_") not in _CALLS):
        return False
    if re.search(r"[0-9][.,]?$|0[xX]$", before) or (after[:1].isascii() and (after[:1].isalnum() or after[:1] == "_")):
        return False
    return not re.match(r"\.[0-9]", after)


def _is_linked(text: str, start: int) -> bool:
    """Whether it is part of an address elsewhere that says nothing of a telephone."""
    before = text[max(0, start - 300) : start]
    return "://" in before and bool(_ABSOLUTE.search(before)) and not _NAMED.search(before)


def _is_amount(text: str, start: int, end: int) -> bool:
    return bool(_MONEY.search(text[max(0, start - 8) : start]) or _UNIT.match(text, end))


def _is_other(text: str, start: int, end: int, label: re.Pattern[str]) -> bool:
    """Whether what stands around a number says that it is something else: an order's number, an amount, part of an address.

    A word of `label` before it says that it is none of these.
    """
    before = text[max(0, start - 24) : start]
    return (
        _is_linked(text, start)
        or _is_amount(text, start, end)
        or bool(_LABEL.search(before) and not label.search(before))
    )


def _identity(text: str, window: _Window) -> Found | None:
    """PRV-01: an identity number of 18 characters, or an old one of 15."""
    digits, lengths, end = window.digits, window.lengths, window.end
    if digits[:2] not in _PROVINCES:
        return None
    if len(digits) == 17:
        last = _CHECK_X.match(text, end)
        if not last:
            return None
        is_glued = not _MARKUP.sub("", last[0][:-1])
        digits, end = digits + "X", last.end()
        lengths = (*lengths[:-1], lengths[-1] + 1) if is_glued else (*lengths, 1)
    if not (_fits(window, _IDENTITY, lengths) and _stands_alone(text, window.start, end)):
        return None
    is_one = _is_identity(digits, text, window.start) if len(digits) == 18 else _is_old_identity(digits, text, window)
    mask = f"{digits[:3]}{'*' * (len(digits) - 7)}{digits[-4:]}"
    return Found("identity", digits, window.start, end, mask) if is_one else None


def _is_identity(digits: str, text: str, start: int) -> bool:
    from stdnum.iso7064 import mod_11_2

    is_called_so = _ID_LABEL.search(
        text[max(0, start - 12) : start]
    )  # then a slip of typing does not make it another's
    if not (_is_date(digits[6:14]) and (is_called_so or mod_11_2.is_valid(digits))):
        return False
    return not (_CREDIT_CODE.search(text[max(0, start - 24) : start]) and _is_credit_code(digits))


def _is_old_identity(digits: str, text: str, window: _Window) -> bool:
    """It has no check digit, so what stands around it counts."""
    if len(digits) != 15 or not _is_date("19" + digits[6:12]):
        return False
    if _ID_LABEL.search(text[max(0, window.start - 24) : window.start]):
        return True
    in_groups = len(window.lengths) > 1 and min(window.lengths) > 1
    return not in_groups and not _is_other(text, window.start, window.end, _ID_LABEL)


def _is_credit_code(digits: str) -> bool:
    from stdnum.cn import uscc

    return bool(uscc.is_valid(digits))


def _is_date(digits: str) -> bool:
    if digits[:2] not in {"19", "20"}:
        return False
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


_AT = {"@", "\uff20"}
_PREFIXED = re.compile(r"(?:0086|86|0|17951|12593)?(1[3-9][0-9]{9})")


def _mobile(text: str, window: _Window) -> Found | None:
    """PRV-02: a mobile number, with the country before it or without."""
    match = _PREFIXED.fullmatch(window.digits)
    if not (match and _stands_alone(text, window.start, window.end)):
        return None
    number, lengths, extra = match[1], window.lengths, len(window.digits) - 11
    if {*lengths} == {1}:
        lengths = lengths[extra:]
    elif extra:
        lengths = lengths[1:] if lengths[0] == extra else (lengths[0] - extra, *lengths[1:])
    before = text[max(0, window.start - 16) : window.start]
    is_foreign = before.endswith("+") and not extra
    is_mail = text[window.end : window.end + 1] in _AT
    is_listed = lengths in _LIKE_A_LIST and not _PHONE.search(before) and _looks_listed(text, window)
    if is_foreign or is_mail or is_listed or not _fits(window, _MOBILE, lengths):
        return None
    if _is_other(text, window.start, window.end, _PHONE):
        return None
    return Found("mobile", number, window.start, window.end, f"{number[:3]}****{number[-4:]}")


def _looks_listed(text: str, window: _Window) -> bool:
    """Whether three numbers in a row are as well a list or a table of numbers."""
    if not window.apart & _LISTS:
        return False
    if window.apart == {" "}:
        before, after = text[max(0, window.start - 4) : window.start], text[window.end : window.end + 4]
        return bool(re.search(r"[0-9]\s*[|,]?\s*$", before) or re.match(r"\s*[|,]?\s*[0-9]", after))
    return True


def _landline(text: str, window: _Window) -> Found | None:
    """PRV-02: a telephone of a household or an office, with its area."""
    digits, lengths = window.digits, window.lengths
    country = _COUNTRY.match(digits)
    if country and lengths[0] == len(country[0]):
        digits, lengths = digits[lengths[0] :], lengths[1:]
        if not digits.startswith("0"):
            digits, lengths = "0" + digits, (lengths[0] + 1, *lengths[1:])
    if not (_AREA.match(digits) and 10 <= len(digits) <= 12 and _fits(window, _LANDLINE, lengths)):
        return None
    is_told = _PHONE.search(text[max(0, window.start - 16) : window.start])
    is_shaped = len(lengths) == 2 or (len(lengths) == 3 and window.apart <= {"-", " ", ")"})
    if not (is_told or is_shaped) or not _stands_alone(text, window.start, window.end):
        return None
    if _is_other(text, window.start, window.end, _PHONE) or not _is_landline(digits):
        return None
    area = 3 if digits[1] in "12" else 4
    mask = f"{digits[:area]}-{'*' * (len(digits) - area - 3)}{digits[-3:]}"
    return Found("landline", digits, window.start, window.end, mask)


def _is_landline(digits: str) -> bool:
    if digits.endswith("0000000"):
        return False  # it stands for one that is still to be filled in
    import phonenumbers  # heavy, and there is mostly no candidate

    try:
        number = phonenumbers.parse(digits, "CN")
    except phonenumbers.NumberParseException:
        return False
    kinds = {phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}
    return phonenumbers.is_valid_number(number) and phonenumbers.number_type(number) in kinds


_COUNTRY, _AREA = re.compile(r"0086|86"), re.compile(r"0[1-9]")
_CARD_PREFIX = re.compile(r"(?:62|4|5[1-5]|35|3[47]|2[2-7]|9[0-9]|60|81)")


def _card(text: str, window: _Window) -> Found | None:
    """PRV-10: a bank card, where a bank is spoken of."""
    digits = window.digits
    if not (16 <= len(digits) <= 19 and _fits(window, _CARD) and _CARD_PREFIX.match(digits)):
        return None
    near = text[max(0, window.start - 30) : window.start] + text[window.end : window.end + 12]
    if not _BANK.search(near) or not _stands_alone(text, window.start, window.end):
        return None
    from stdnum import luhn

    if not luhn.is_valid(digits):
        return None
    return Found("card", digits, window.start, window.end, f"{digits[:4]}{'*' * (len(digits) - 8)}{digits[-4:]}")


def plain_digits(text: str) -> str:
    """The digits of a text, Chinese ones as others."""
    return "".join(_VALUES.get(sign, sign) for sign in text)


def longest_first(found: Iterable[Found]) -> list[Found]:
    """Those that stand in no longer one, in the order of the text."""
    kept = list[Found]()
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
        elif one.end - one.start > kept[-1].end - kept[-1].start:
            kept[-1] = one
    return kept
