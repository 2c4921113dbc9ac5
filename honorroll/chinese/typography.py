"""What is particular to China and Chinese text: the time, soft line breaks, readable ids, sentences, counting."""

import re
import unicodedata
from datetime import date, timedelta, timezone
from functools import cache
from pathlib import Path

#: China has used one time zone without summer time since 1991, so an offset says it all.
CHINA = timezone(timedelta(hours=8))

_WORD = re.compile(r"[^\W_]+(?:['’.,:%_/-]*[^\W_]+)*")
#: Words a minute: what a pupil reads silently at the end of primary school, "默读一般读物每分钟不少于300字" (compulsory
#: education's curriculum standard of Chinese, 2022, third stage). Adults read faster; most readers here are on a phone.
READING_RATE = 300
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff“”‘’…—·]"
#: The end of a sentence, with what closes behind it; a full stop of Latin text has a blank behind it.
_SENTENCE_END = re.compile(r"(?:[。！？!?…]|\.(?=[\s”’』」）)\]]))+[”’』」）)\]]*")
_CLAUSE_END = re.compile(r"[；;，,：、]")
#: Two characters between which a Latin word or a number would be cut.
_IN_WORD = re.compile(r"[A-Za-z0-9\u00c0-\u024f\u0300-\u036f_.,%:/@'’+-]{2}")
#: What belongs to the character before it, beside combining marks: joiners, tints of skin, tags of flags, vowels and ends of
#: Korean syllables. The other variation selectors are marks.
_BELONGS = re.compile("[\u200c\u200d\u1160-\u11ff\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
_JOINER = "\u200d"
#: The letters of which two make a flag.
_FLAGS = "".join(map(chr, range(0x1F1E6, 0x1F200)))
_DIGIT = re.compile(r"\d")
#: The most characters that stand in one line by all means: they fit into large text on the smallest telephone.
MOST_WHOLE = 14


@cache  # to compile these two takes longer than many a use of them
def _han() -> re.Pattern[str]:
    return re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")


@cache
def soft_break() -> re.Pattern[str]:
    """A line break between wide characters, which means nothing and must leave no gap."""
    return re.compile(rf"(?<={_WIDE})[ \t]*\n[ \t]*(?={_WIDE})")


def china_day(value: date) -> str:
    """2022年9月1日."""
    return f"{value.year}年{value.month}月{value.day}日"


def is_han(char: str) -> bool:
    """Whether it is one Han character."""
    return len(char) == 1 and _han().match(char) is not None


def han_rows(file: str) -> list[list[str]]:
    """The rows of a table in `han/`, as lists of what stands between tabs."""
    lines = (Path(__file__).parent / "han" / file).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def traditional() -> dict[int, str]:
    """Traditional forms of characters, as `str.translate` takes them; each stands for one simplified form."""
    pairs = "".join(row[0] for row in han_rows("traditional.txt")).replace(" ", "")
    return dict(zip(map(ord, pairs[::2]), pairs[1::2], strict=True))


def simplified(text: str) -> str:
    """The text with the simplified forms of those characters."""
    return text.translate(traditional())


@cache
def pairs() -> frozenset[str]:
    """Usual words of two characters."""
    return frozenset(first + other for first, others in han_rows("pairs.txt") for other in others)


def word_count(text: str) -> int:
    """The number of Han characters, and of words and numbers in other letters: `90%` or `AED` is one, as in 字数."""
    others, runs = _han().subn(" ", text)
    return len(text) - len(others) + runs + len(_WORD.findall(others))


def minutes(words: int) -> int:
    """How long so many words take to read, in whole minutes, at least one."""
    return max(1, -(-words // READING_RATE))


def slug(title: str, separator: str = "-") -> str:
    """A readable id for a heading: letters, digits and Han characters, the rest as hyphens."""
    plain = re.sub(r"[^\w]+", separator, unicodedata.normalize("NFKC", title).lower())
    return plain.strip(separator) or "section"


def shorten(text: str, limit: int) -> str:
    """Plain text cut to about `limit` characters: at the end of a sentence, else behind a clause, else between words.

    What is cut elsewhere than behind a sentence ends in an ellipsis. What readers see as one sign is never cut, unless the
    first alone is longer than the limit.
    """
    text = text.strip()
    if len(text) <= limit:
        return text
    sentence = end_of_sentence(text, limit)
    if sentence >= limit // 4:
        return text[:sentence]
    clause = _last_end(_CLAUSE_END, text, limit)
    if clause >= limit // 4:
        return text[: clause - 1].rstrip() + "……"
    whole = next((end for end in range(limit, 0, -1) if not in_sign(text, end)), limit)
    places = (end for end in range(whole, limit // 2, -1) if not in_sign(text, end))
    return text[: next((end for end in places if not _IN_WORD.match(text, end - 1)), whole)].rstrip() + "……"


def in_sign(text: str, offset: int) -> bool:
    """Whether a cut there would part what is seen as one: an accented letter, a flag, an emoji of several characters."""
    if not 0 < offset < len(text):
        return False
    before, behind = text[offset - 1], text[offset]
    if behind < "\u0300" and before != _JOINER:
        return False
    if before == _JOINER or _BELONGS.match(behind) or unicodedata.category(behind).startswith("M"):
        return True
    return behind in _FLAGS and (offset - len(text[:offset].rstrip(_FLAGS))) % 2 == 1


def end_of_sentence(text: str, limit: int) -> int:
    """The offset behind the last sentence that ends within `limit`; 0 where none does."""
    return _last_end(_SENTENCE_END, text, limit)


def _last_end(pattern: re.Pattern[str], text: str, limit: int) -> int:
    """The last offset up to `limit` behind a match."""
    ends = [match.end() for match in pattern.finditer(text) if match.end() <= limit]
    return next((end for end in reversed(ends) if not in_sign(text, end)), 0)


@cache
def _counted() -> re.Pattern[str]:
    """A number with what belongs to it: a date, a document's number, a time, a quantity with its measure word."""
    blank, han = r"[ \u00a0]?", r"[\u3400-\u4dbf\u4e00-\u9fff]"
    number = r"\d[\d,]*\d(?:\.\d+)?|\d+(?:\.\d+)?"
    many = rf"(?:{blank}(?:余|多|几|来)?(?:[百千万亿]+)?(?:余|多)?)"
    units = "小时|分钟|个工作日|个月|人次|平方公里|平方米|立方米|公里|千米|厘米|毫米|公斤|千克|周年|万元|亿元|楼|年度"
    return re.compile(
        r"(?=[\d第〔（\[])"  # with these all of them begin; to say so halves the time
        r"(?<![A-Za-z0-9_.])(?:"  # not inside a word or version
        rf"\d{{4}}{blank}年(?:{blank}\d{{1,2}}{blank}月(?:{blank}\d{{1,2}}{blank}[日号])?|度)?"
        rf"|\d{{1,2}}{blank}月{blank}\d{{1,2}}{blank}[日号]"
        rf"|[〔（\[]\d{{4}}[〕）\]]{blank}第?{blank}\d+{blank}号"
        rf"|\d{{1,2}}[:：]\d{{2}}"
        rf"|第?(?:{number})(?:{blank}[-–—~～至到]{blank}(?:{number}))?"
        rf"(?:{blank}[%％‰℃°]|{many}(?:{blank}(?:{units}|{han}))?))"
    )


def counted(text: str) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether no line may break inside: a number stays with its year or measure word.

    `1500余小时` is one such piece, `2022年9月1日` another; what is longer than a short line is none.
    """
    found, end = list[tuple[str, bool]](), 0
    for match in _counted().finditer(text) if _DIGIT.search(text) else ():  # most texts have none
        piece = match[0].rstrip()
        if 1 < len(piece) <= MOST_WHOLE:
            found += [(text[end : match.start()], False), (piece, True)]
            end = match.start() + len(piece)
    return [(piece, whole) for piece, whole in (*found, (text[end:], False)) if piece]
