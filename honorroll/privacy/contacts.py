"""Mail addresses, and accounts of WeChat and QQ."""

import re
from collections.abc import Iterator

from honorroll.privacy.found import Found
from honorroll.privacy.numbers import plain_digits
from honorroll.privacy.signs import APART, CHINESE, MARKUP

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
            name, _, host = (re.sub(MARKUP, "", part) for part in match.groups())
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


_MARK = rf"{MARKUP}?"
_ACCOUNT = re.compile(
    r"(微信号?|薇信号?|威信号?|维信号?|卫星号|(?<![A-Za-z0-9_])(?:[Ww]e[Cc]hat|WECHAT|[Vv][Xx]|[Ww][Xx]|[Vv]信|[Qq][Qq]号?)|加[Vv]|扣扣号?|企鹅号)"
    r"((?:同号|账号|帐号|号码|\s?ID|\s?id)?[^\S\n]*(?:[:：=]|是|为|加|搜|[-—]{1,2})?[^\S\n]*[:：“「【（(\"]?[^\S\n]*)"
    rf"([A-Za-z][-_A-Za-z0-9*`~]{{5,25}}|[0-9{CHINESE}](?:{_MARK}[0-9{CHINESE}]){{4,10}}(?!{_MARK}[0-9])"
    rf"|[0-9{CHINESE}](?:[\s.*~`·-]{{0,3}}[0-9{CHINESE}]){{4,10}})(?![A-Za-z0-9@])"
)
_KNOWN_WORDS = re.compile(
    r"(?i)(?:pay|official|mini|open|work|android|ios|version|sdk|api|desktop|browser|web|program|bot|music|game|mail|group|login)"
)


#: The names that WeChat itself gives to accounts.
_GIVEN_NAME = re.compile(r"(?<![A-Za-z0-9_])[Ww][Xx][Ii][Dd]_[A-Za-z0-9]{8,24}(?![A-Za-z0-9_])")


#: What follows a number that counts something.
_COUNTED = re.compile(
    r"\s?(?:[万亿千百元名个人次条版](?![\u4e00-\u9fff])|[万亿千百][元人名次件个]|[年月日%％]|\.[0-9])"
)


def accounts(text: str) -> Iterator[Found]:
    """PRV-13: WeChat and QQ accounts, behind a word that says so, or of a shape that nothing else has."""
    for match in _GIVEN_NAME.finditer(text):
        yield Found("account", match[0].lower(), match.start(), match.end(), f"wxid_***{match[0][-1]}")
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
