"""What is personal and no plain number: plates, travel documents, mail, accounts, homes, birth dates."""

import re
from collections.abc import Iterator
from itertools import pairwise

from honorroll.privacy.found import Found
from honorroll.privacy.numbers import plain_digits
from honorroll.privacy.signs import APART, BREAK, CHINESE, PROVINCES

_MARKUP = r"(?:\*{1,3}|~{1,2}|`+)"
_APART = rf"[{APART}]{{0,8}}"
_PLATE = re.compile(
    rf"([{PROVINCES}])({_APART})([A-HJ-Z]){_APART}"
    rf"([A-HJ-NP-Z0-9{CHINESE}](?:{_APART}[A-HJ-NP-Z0-9{CHINESE}]){{3,5}})({_APART}[学警港澳领挂使试超])?"
)
#: Words that end in the sign of a province.
_WORD_BEFORE = re.compile(r"[最创全更重刷翻崭革]新|[里讯白乌上]云|华为云|年青|[珍宝]贵")
#: A plate of five signs, mostly digits; of an electric car, six.
_SERIAL = re.compile(r"(?=(?:.*[0-9]){3})[A-Z0-9]{5}|[A-HJK][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[A-HJK]")
_SIGN = re.compile(rf"[A-Z0-9{CHINESE}]")
_UNIT = re.compile(r"\s?(?:(?:[万亿千百元名个人次]|块钱)(?![\u4e00-\u9fff])|[万亿千百][元人名次件个]|[%％])")


def plates(text: str) -> Iterator[Found]:
    """PRV-03: number plates, also of electric cars and of lorries, coaches and the police."""
    for match in _PLATE.finditer(text):
        province, between, area, serial, kind = match.groups()
        if re.sub(_MARKUP, "", between).strip() and re.sub(_MARKUP, "", between) not in serial:
            continue  # the end of a sentence, mostly
        if _WORD_BEFORE.search(text[max(0, match.start() - 2) : match.start() + 1]):
            continue
        found = _serial(text, match.start(4), serial, kind or "")
        if found:
            value, end = found
            end = match.end() if kind else end
            yield Found("plate", province + area + value, match.start(), end, f"{province}{area}·***{value[-2:]}")


def _serial(text: str, start: int, serial: str, kind: str) -> tuple[str, int] | None:
    """The number of a plate and where it ends; digits of a longer number are none."""
    signs = [*_SIGN.finditer(serial)]
    between = [re.sub(_MARKUP, "", serial[one.end() : two.start()]) for one, two in pairwise(signs)]
    for length in (6, 5, 4):
        apart = {*between[: length - 1]}
        if len(signs) < length or len(apart) > 1:
            continue
        value = plain_digits("".join(sign[0] for sign in signs[:length]))
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


def papers(text: str) -> Iterator[Found]:
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


_AT = r"(?:\s?[@\uff20]\s?|\s?[\[(（{【]\s?(?:at|AT|@|艾特)\s?[\])）}】]\s?|\s?艾特\s?|\s(?:at|AT)\s|#)"
_DOT = r"(?:\s?\.\s?|\s?[\[(（{【]\s?(?:dot|DOT|点|\.)\s?[\])）}】]\s?|\s?点\s?|\s(?:dot|DOT)\s|。)"
_MAIL = re.compile(
    r"(?<![@A-Za-z0-9._%+/-])([A-Za-z0-9][A-Za-z0-9_%+*~`.-]{0,63})([@\uff20])"
    r"((?:[A-Za-z0-9*~`][A-Za-z0-9*~`-]{0,62}\.){1,4}[A-Za-z*~`]{2,18})(?![A-Za-z0-9/_])"
)
_HIDDEN_MAIL = re.compile(
    rf"(?<![@A-Za-z0-9._%+/-])([A-Za-z0-9][A-Za-z0-9_%+*~`-]{{0,63}}(?:{_DOT}[A-Za-z0-9_%+*~`-]{{1,63}}){{0,4}})({_AT})"
    rf"((?:[A-Za-z0-9*~`][A-Za-z0-9*~`-]{{0,62}}{_DOT}){{1,4}}[A-Za-z*~`]{{2,18}})(?![A-Za-z0-9])"
)
#: What ends the name of a file and no address, and addresses that are for examples (RFC 2606) or for machines.
_FILES = frozenset(
    "png jpg jpeg gif webp avif svg ico css js mjs ts tsx jsx json html htm md py xml yaml yml txt pdf zip mp3 mp4 woff ttf vue".split()
)
_EXAMPLES = re.compile(r"(?:.*[.@])?(?:example\.(?:com|org|net|cn)|example|invalid|test|localhost|local)")
_MACHINES = frozenset({"git", "hg", "svn"})
_HOSTS = frozenset(
    "qq.com vip.qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com 139.com 189.cn wo.cn aliyun.com gmail.com outlook.com hotmail.com icloud.com live.com yahoo.com msn.com".split()
)


def mails(text: str) -> Iterator[Found]:
    """PRV-12: mail addresses; in disguise only at the hosts of most people, for else they are too like a sentence."""
    for shape in (_MAIL, _HIDDEN_MAIL):
        for match in shape.finditer(text):
            name, _, host = (re.sub(_MARKUP, "", part) for part in match.groups())
            if shape is _HIDDEN_MAIL:
                name, host = (re.sub(r"[\s\[\](){}（）【】]", "", re.sub(_DOT, ".", part)) for part in (name, host))
            name, host = name.lower().strip("."), host.lower()
            last = host.rpartition(".")[2]
            if last in _FILES or _EXAMPLES.fullmatch(host) or name in _MACHINES:
                continue
            if (shape is _HIDDEN_MAIL and host not in _HOSTS) or "://" in text[
                max(0, match.start() - 12) : match.start()
            ]:
                continue
            yield Found("mail", f"{name}@{host}", match.start(), match.end(), f"{name[0]}***@{host}")


_MARK = rf"{_MARKUP}?"
_ACCOUNT = re.compile(
    r"(微信号?|薇信号?|威信号?|维信号?|卫星号|(?<![A-Za-z0-9_])(?:[Ww]e[Cc]hat|WECHAT|[Vv][Xx]|[Ww][Xx]|[Vv]信|[Qq][Qq]号?)|加[Vv]|扣扣号?|企鹅号)"
    r"((?:同号|账号|帐号|号码|\s?ID|\s?id)?[^\S\n]*(?:[:：=]|是|为|加|搜|[-—]{1,2})?[^\S\n]*[:：“「【（(\"]?[^\S\n]*)"
    rf"([A-Za-z][-_A-Za-z0-9*`~]{{5,25}}|[0-9{CHINESE}](?:{_MARK}[0-9{CHINESE}]){{4,10}}(?!{_MARK}[0-9])"
    rf"|[0-9{CHINESE}](?:[\s.*~`·-]{{0,3}}[0-9{CHINESE}]){{4,10}})(?![A-Za-z0-9@])"
)
_KNOWN_WORDS = re.compile(
    r"(?i)(?:pay|official|mini|open|work|android|ios|version|sdk|api|desktop|browser|web|program|bot|music|game|mail|group|login)"
)


#: What follows a number that counts something.
_COUNTED = re.compile(
    r"\s?(?:[万亿千百元名个人次条版](?![\u4e00-\u9fff])|[万亿千百][元人名次件个]|[年月日%％]|\.[0-9])"
)


def accounts(text: str) -> Iterator[Found]:
    """PRV-13: WeChat and QQ accounts, behind a word that says so."""
    for match in _ACCOUNT.finditer(text):
        word, link, raw = match.groups()
        is_number = not raw[0].isascii() or raw[0].isdigit()
        value = plain_digits(re.sub(rf"[{APART}]", "", raw)) if is_number else re.sub(r"[*`~]", "", raw)
        before = text[max(0, match.start() - 1) : match.start()]
        if is_number:
            is_one = _is_number(word, link, value) and not _COUNTED.match(text, match.end())
        else:
            is_one = _is_name(word, link, value) and not (before.isascii() and before.isalnum())
        if is_one:
            yield Found("account", value.lower(), match.start(3), match.end(), f"{value[:2]}***{value[-1:]}")


def _is_number(word: str, link: str, value: str) -> bool:
    is_plain = link.strip() or word[0] in "Qq扣企" or len(value) > 6
    return bool(5 <= len(value) <= 11 and value[0] != "0" and is_plain)


def _is_name(word: str, link: str, value: str) -> bool:
    """Whether a Latin word is an account: said so, and no word of a product."""
    if word[0] in "Qq扣企" or _KNOWN_WORDS.match(value):
        return False
    if word.isascii():
        return bool(re.fullmatch(r"(?:\s?ID|号)?\s*[:：]\s*[“\"【]?", link))
    if word.endswith("号"):
        return True
    if re.search(r"[0-9_-]", value):
        return bool(re.search(r"[:：=是为（(“「【\"]", link) or re.search(r"[0-9_]", value))
    return bool(re.search(r"[:：]", link))


_ADDRESS = re.compile(
    r"(?<![0-9])(?:[0-9一二三四五六七八九十百]{1,5}|[A-Za-z])\s?(?:号楼|[栋幢座]|#楼)\s?(?:[0-9一二三四五六七八九十A-Za-z甲乙丙]{1,4}\s?单元)?\s?(?:[0-9一二三四五六七八九十]{1,3}\s?[层楼])?\s?[0-9A-Za-z〇零一二三四五六七八九十]{1,5}\s?(?:室|号房|号(?!线|楼|文)|户(?![\u4e00-\u9fff]))"
)
_HOME = re.compile(
    r"(?:家住|住址|住所地?|现住址?|家庭地址|户籍地址?|户籍所在地|住在|居住地?|居住于|租住|暂住)(?:在|于|为|是)?\s*[:：]?\s*"
    r"([\u4e00-\u9fff]{2,24}?(?:[路街道巷弄村组里苑园]|小区|新村|花园)[\u4e00-\u9fff]{0,8}?[0-9一二三四五六七八九十百]{1,5}\s?(?:号|弄|组|栋|幢|室)(?:[0-9一二三四五六七八九十\-A-Za-z号栋幢楼单元室层]{0,20})?)"
)


_LIVES = re.compile(
    r"住|联系人|本人|姓名|收件|家[里中]|户籍|[老大]人|老太|[大老]爷|阿姨|女士|先生|奶奶|爷爷|家属|身份证|女儿|儿子|孩子|母亲|父亲"
)


def homes(text: str) -> Iterator[Found]:
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


_DAY = r"(?:19[3-9][0-9]|20[0-2][0-9])\s?[年./-]\s?[01]?[0-9]\s?[月./-]\s?[0-3]?[0-9]\s?日?(?![0-9])"
_CN_DAY = r"(?:一九[三-九〇零]|二[〇零][〇零一二])[〇零一二三四五六七八九]年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
_BIRTH = re.compile(
    rf"(?:出生(?:日期|年月日?|时间|于|在)?|生于|生日|诞生于|出生证明)(?:是|为|在)?\s*[:：]?\s*({_DAY}|{_CN_DAY})|({_DAY}|{_CN_DAY})\s?(?:出?生(?=[，。,；;、）)\s]|于|人|$)|出生)"
)


#: Of these the day of foundation is told.
_FOUNDED = re.compile(r"(?:协会|公司|集团|组织|单位|学校|学院|部队|祖国|国家|共和国|[军党团社])[^，。；\n]{0,4}$")


def births(text: str) -> Iterator[Found]:
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
