"""What is particular to China and Chinese text: the time, soft line breaks, readable ids, sentences, counting."""

import re
import unicodedata
from datetime import date, timedelta, timezone
from functools import cache

#: China has used one time zone without summer time since 1991, so an offset says it all.
CHINA = timezone(timedelta(hours=8))

_WORD = re.compile(r"[^\W_]+(?:['’.,:%_/-]*[^\W_]+)*")
#: Words a minute: what a pupil reads silently at the end of primary school, "默读一般读物每分钟不少于300字" (compulsory
#: education's curriculum standard of Chinese, 2022, third stage). Adults read faster; most readers here are on a phone.
READING_RATE = 300
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff“”‘’…—·]"
#: The most characters that stand in one line by all means: they fit into large text on the smallest telephone.
MOST_WHOLE = 14
_SENTENCE = re.compile(r".*?[。！？!?][”’』」）]*")


@cache  # to compile these two takes longer than many a use of them
def _han() -> re.Pattern[str]:
    return re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@cache
def soft_break() -> re.Pattern[str]:
    """A line break between wide characters, which means nothing and must leave no gap."""
    return re.compile(rf"(?<={_WIDE})[ \t]*\n[ \t]*(?={_WIDE})")


def china_day(value: date) -> str:
    """2022年9月1日."""
    return f"{value.year}年{value.month}月{value.day}日"


def is_han(char: str) -> bool:
    """Whether it is one Han character."""
    return _han().fullmatch(char) is not None


def word_count(text: str) -> int:
    """The number of Han characters, and of words and numbers in other letters: `90%` or `AED` is one, as in 字数."""
    return len(_han().findall(text)) + len(_WORD.findall(_han().sub(" ", text)))


def minutes(words: int) -> int:
    """How long so many words take to read, in whole minutes, at least one."""
    return max(1, -(-words // READING_RATE))


def slug(title: str, separator: str = "-") -> str:
    """A readable id for a heading: letters, digits and Han characters, the rest as hyphens."""
    plain = re.sub(r"[^\w]+", separator, unicodedata.normalize("NFKC", title).lower())
    return plain.strip(separator) or "section"


def summarise(text: str, limit: int = 90) -> str:
    """The first sentences of a Markdown text, whole ones, up to about `limit` characters."""
    paragraph = next((p for p in re.split(r"\n\s*\n", text) if _is_prose(p)), "")
    plain = _plain(paragraph)
    kept = ""
    for sentence in _SENTENCE.findall(plain):
        if kept and len(kept) + len(sentence) > limit:
            break
        kept += sentence
    return kept.strip() or plain


def _is_prose(paragraph: str) -> bool:
    return bool(paragraph.strip()) and not re.match(r"\s*(#|!\[|[-*+] |\d+\. |>|\||```|\[\^)", paragraph)


def _plain(text: str) -> str:
    text = re.sub(r"\[\^[^\]]+\]|!\[[^\]]*\]\([^)]*\)", "", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(\*\*|__|[*`])", "", text)
    return " ".join(soft_break().sub("", text).split())


@cache
def _counted() -> re.Pattern[str]:
    """A number with what belongs to it: a date, a document's number, a time, a quantity with its measure word."""
    blank, han = r"[ \u00a0]?", r"[\u3400-\u4dbf\u4e00-\u9fff]"
    number = r"\d[\d,]*\d(?:\.\d+)?|\d+(?:\.\d+)?"
    many = rf"(?:{blank}(?:余|多|几|来)?(?:[百千万亿]+)?(?:余|多)?)"
    units = "小时|分钟|个工作日|个月|人次|平方公里|平方米|立方米|公里|千米|厘米|毫米|公斤|千克|周年|万元|亿元|楼|年度"
    return re.compile(
        rf"\d{{4}}{blank}年(?:{blank}\d{{1,2}}{blank}月(?:{blank}\d{{1,2}}{blank}[日号])?|度)?"
        rf"|\d{{1,2}}{blank}月{blank}\d{{1,2}}{blank}[日号]"
        rf"|[〔（\[]\d{{4}}[〕）\]]{blank}第?{blank}\d+{blank}号"
        rf"|\d{{1,2}}[:：]\d{{2}}"
        rf"|第?(?:{number})(?:{blank}[-–—~～至到]{blank}(?:{number}))?"
        rf"(?:{blank}[%％‰℃°]|{many}(?:{blank}(?:{units}|{han}))?)"
    )


def counted(text: str) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether no line may break inside: a number stays with its year or measure word.

    `1500余小时` is one such piece, `2022年9月1日` another; what is longer than a short line is none.
    """
    found, end = list[tuple[str, bool]](), 0
    for match in _counted().finditer(text):
        piece = match[0].rstrip()
        if 1 < len(piece) <= MOST_WHOLE:
            found += [(text[end : match.start()], False), (piece, True)]
            end = match.start() + len(piece)
    return [(piece, whole) for piece, whole in (*found, (text[end:], False)) if piece]
