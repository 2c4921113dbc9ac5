"""Where a text names somebody who must not be named, however the name is written.

A name is looked for as people hide or split it: `王 小 明`, `王**小**明`, `王·小·明`, in traditional forms, with characters
nobody sees between. A name of three characters or more that stands there is that name. One of two characters is often
part of something else (王明 in 国王明天来), so its neighbours are looked at (`_Judge`): what is surely the name, what may
be, and what is other words. A longer name that is known wins (王明远 is no 王明); a mask (王某某) is no name.

It is fast where nothing is found: one pattern asks for the first two characters of any name, and only where
they stand are the names themselves compared, in a tree of their characters.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache, cached_property
from typing import Any, NamedTuple
from unicodedata import normalize

from honorroll.chinese import DOT, DOTS, is_han, pairs, split, traditional

_UNSEEN = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\\U000e0100-\\U000e01ef"
#: Between two characters of a name: what is hardly seen, with which it is still read in one go.
_LIGHT = rf"(?:[{_UNSEEN}*_~`^]|[^\S\n])"
#: And what is seen, or parts lines. Not a comma or a full stop, behind which another word begins.
_ANY = rf"(?:[{_UNSEEN}*_~`^\s.·•・‧∙⋅･᛫\-‐‑‒–—―－．/／\\|｜+＋=#＃()（）\[\]【】〔〕{{}}<>《》「」『』“”‘’\"'…])"
#: How much of it may stand there.
_MOST = 6
_GAP = re.compile(f"{_ANY}{{0,{_MOST}}}")
_LIGHT_GAP = re.compile(f"{_LIGHT}{{0,{_MOST}}}")
_SEEN = re.compile(f"(?!{_LIGHT}|\n){_ANY}")
#: What parts no word in a text that is still to be read: tags, entities, where links lead.
_MARKUP = r"(?:</?[A-Za-z][^<>]{0,200}>|&[#A-Za-z0-9]{2,8};|\]\([^()\n]{0,200}\)|\\)"
_RAW_GAP = re.compile(f"(?:{_MARKUP}|{_ANY}){{0,{_MOST}}}")
#: How a Han character is written in numbers.
_CODES = r"&#(?:[0-9]{5,6}|[xX]0*[2-9a-fA-F][0-9a-fA-F]{3,4});|%[EeFf][0-9A-Fa-f]%|\\u[2-9fF][0-9a-fA-F]{3}"

_CODED = re.compile(_CODES)

#: Single characters that follow a name in a sentence, and begin no given name's second half.
_FOLLOW = frozenset(
    "的了和与同跟及在是为对向把被将从给让叫使也都就还又才却则便再说道讲问答看见听想要会能可已曾正刚等所因于由以而之其走跑来去站拿抓冲喊做用坐"
    "带帮送接找打扶救值巡查守住到没不有先后只并且或者你我他她它们这那哪谁吗呢吧啊获当担任仍常每还自此今昨现至受经"
)
#: Titles and the like right behind a name.
_TITLE = re.compile(
    "同志|同学|师傅|先生|女士|小姐|阿姨|叔叔|大爷|大妈|奶奶|爷爷|老师|医生|警官|[大中分小]?队长|[班组排连营团]长|[局处科所站校院厂村镇乡区县市]长|主任|经理"
    "|主管|书记|主席|保安|队员|教官|二人|两人|三人|等人|夫妇|一家|本人|个人|[（(][男女]|[:：]"
)
#: Words before a name that say that one comes.
_CUE = re.compile(
    "(?:保安员?|队员|班长|队长|组长|排长|主管|经理|市民|居民|业主|同志|教师|老师|学生|同学|儿子|女儿|丈夫|妻子|母亲|父亲|男子|女子|青年|老人|门卫|员工|职工|群众|司机"
    "|叫做?|名叫|姓名|名字|获得者|当事人|救人者|推荐人|先生|女士|表彰|授予|奖给|感谢|记者|通讯员|作者|摄影|撰稿|人)[:：是为、，\\s]{0,2}$"
)
#: Before a surname: then it stands alone, 老王.
_FAMILIAR = frozenset("老小姓")


class Person(NamedTuple):
    """Somebody whom a text might name.

    `shown` stands in the place of the name; `rule` is the one that telling it breaks, empty where it may be told, and `why`
    says more, in Chinese and English.
    """

    id: str
    name: str
    shown: str = ""
    rule: str = ""
    why: tuple[str, str] = ("", "")


class Named(NamedTuple):
    """A place in a text where somebody is named.

    `persons` are those who may be meant and must not be named. Unless it is `sure`, `why` says what else it may be,
    in Chinese and English.
    """

    start: int
    end: int
    persons: tuple[Person, ...]
    sure: bool
    why: tuple[str, str] = ("", "")


def automaton(signs: str) -> Any:
    """What looks for a pattern in one pass over the bytes of a file, however many names it stands for."""
    import re2  # for builds that have made something

    options = re2.Options()
    options.never_capture, options.max_mem = True, 64 << 20
    return re2.compile(signs, options)


class _Node:
    """A node of the tree of names: what may follow, and whose name ends here."""

    __slots__ = ("more", "persons")

    def __init__(self) -> None:
        self.more: dict[str, _Node] = {}
        self.persons: list[Person] = []


class PersonNames:
    """Finds names; made once for all people whom the campaign knows."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._root = _Node()
        self._latin: dict[str, list[Person]] = {}
        self._starts, self._hidden = set[str](), set[str]()
        self._count = 0
        for person in people:
            letters = _letters(person.name)
            if len(letters) > 1:
                node = self._root
                for char in letters:
                    node = node.more.setdefault(char, _Node())
                node.persons.append(person)
                self._starts.add(letters[:2])
                self._hidden |= {letters[:2]} if person.rule else set()
            elif words := _words(person.name):
                self._latin.setdefault(" ".join(words), []).append(person)
            self._count += bool(person.rule)

    @cached_property
    def _pair(self) -> re.Pattern[str] | None:
        """How names begin in a text as it is read."""
        return _pattern("[{}](?={}{{0,{}}}[{}])", self._starts, _ANY)

    @cached_property
    def _raw(self) -> re.Pattern[str] | None:
        """And in one that is still to be read, those that must not be told."""
        return _pattern("[{}](?={}{{0,{}}}[{}])", self._hidden, f"(?:{_MARKUP}|{_ANY})")

    @cached_property
    def _words(self) -> re.Pattern[str] | None:
        latin = "|".join(map(_any_case, sorted(self._latin, key=len, reverse=True)))
        return re.compile(f"(?:{latin})") if latin else None

    @cached_property
    def signs(self) -> str:
        """A pattern of what every file holds that names somebody (`automaton`); empty where nobody is looked for."""
        if not self._count:
            return ""
        signs = [_any_case(max(words.split(), key=len)) for words in self._latin]
        if self._hidden:
            first, second = (_forms({start[at] for start in self._hidden}) for at in (0, 1))
            signs += [
                f"[{first}](?:<[^<>]*>|&[#A-Za-z0-9]*;|\\]\\([^()\n]*\\)|[^\\pL\\pN，。、；：？！])*[{second}]",
                _CODES,
            ]
        return "|".join(signs)

    @cached_property
    def _quick(self) -> Any:
        return automaton(self.signs)

    def may(self, data: bytes) -> bool:
        """Whether it is worth while to look into a file: lets pass too much rather than too little."""
        if not self.signs or not self._quick.search(data):
            return False
        text = data.decode("utf-8", "replace")
        for match in self._raw.finditer(text) if self._raw else ():
            found = self._longest(text, match.start(), _RAW_GAP)
            if found and any(person.rule for person in found[1]):
                return True
        if self._raw and _CODED.search(text):
            return True
        return bool(self._words and self._words.search(text))

    def find(self, text: str, about: Collection[str] = ()) -> Iterator[Named]:
        """Where a text names somebody who must not be named.

        Args:
            text: as it is read: markup, entities and escapes undone, as far as they can be.
            about: ids of people whom the text is known to be about.
        """
        if not self._count:
            return
        last = 0
        for match in self._pair.finditer(text) if self._pair else ():
            if match.start() >= last and (found := self._longest(text, match.start(), _GAP)):
                end, persons, light = found
                last = end
                if named := _judged(text, match.start(), end, persons, about, light=light):
                    yield named
        for match in self._words.finditer(text) if self._words else ():
            persons = self._latin[" ".join(_words(match[0]))]
            beside = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
            if any(char.isalpha() and not is_han(char) for char in beside):
                continue  # a part of a longer word
            if named := _told(match.start(), match.end(), persons, about):
                yield named

    def _longest(self, text: str, start: int, between: re.Pattern[str]) -> tuple[int, list[Person], bool] | None:
        """The longest name that begins here: where it ends, whose it is, whether only little stands in between."""
        node, at, found = self._root, start, None
        light = True
        while at < len(text) and (inner := node.more.get(_folded(text[at]))):
            node, end = inner, at + 1
            if node.persons:
                found = end, node.persons, light
            gap = between.match(text, end)
            at = gap.end() if gap else end
            light = light and not _SEEN.search(text, end, at) and "\n" not in text[end:at]
        return found


def _judged(
    text: str, start: int, end: int, persons: list[Person], about: Collection[str], *, light: bool
) -> Named | None:
    """What a place is at which the characters of a name stand."""
    letters = _letters(text[start:end])
    told = _told(start, end, persons, about)
    if told is None or len(letters) > 2 or any(person.id in about for person in told.persons):
        if told and told.sure and not light and not _is_even(text, start, end, persons):
            return told._replace(sure=False, why=("姓名的几个字是隔开写的", "its characters stand apart"))
        return told
    if not light:
        return None  # 王（明…
    sure = _is_name(letters, text, start, end)
    if sure is None:
        return None
    if not sure:
        return told._replace(
            sure=False, why=(f"“{letters}”也可能是前后字词的一部分", f"“{letters}” may be part of other words")
        )
    return told


def _told(start: int, end: int, persons: list[Person], about: Collection[str]) -> Named | None:
    """Who of several with one name is meant: whom the text is about, if it is known; else it is not sure."""
    meant = [person for person in persons if person.id in about] or persons
    hidden = tuple(person for person in meant if person.rule)
    if not hidden:
        return None
    if len(hidden) < len(meant):
        why = (
            f"有 {len(meant)} 人同名，其中有人不能公开姓名",
            f"{len(meant)} people bear this name, and not all may be named",
        )
        return Named(start, end, hidden, sure=False, why=why)
    return Named(start, end, hidden, sure=True)


def _is_name(letters: str, text: str, start: int, end: int) -> bool | None:
    """Whether two characters are a name: surely, perhaps (`False`), or surely not (`None`)."""
    before, behind = _plain(text[max(0, start - 12) : start])[-6:], _plain(text[end : end + 12])[:6]
    words, given = pairs(), letters[1]
    prev, next = before[-1:], behind[:1]
    cue = bool(_CUE.search(before) or _TITLE.match(behind))
    is_word = letters in words
    if is_word:
        alone = not (prev and is_han(prev)) and not (next and is_han(next))
        return True if cue else False if alone and not _in_list(prev, next) else None
    is_longer = (
        bool(next) and is_han(next) and next not in _FOLLOW and given + next in words and not _TITLE.match(behind)
    )
    if prev in _FAMILIAR and prev and is_longer:
        return None  # 老王明天来
    known = before[-2:] in words or bool(_CUE.search(before))  # 业主张明 is no 主张
    is_other = bool(prev) and prev + letters[0] in words and not known
    left = not is_other and (known or not prev or not is_han(prev) or prev in _FOLLOW)
    if not next or not is_han(next) or next in _FOLLOW or _TITLE.match(behind):
        return left
    if is_longer:
        return None if is_other else False
    return left if behind[:2] in words else False  # 王明昊说 may tell of another; 王明拾到 does not


def _in_list(prev: str, next: str) -> bool:
    return prev == "、" or next == "、"


def _is_even(text: str, start: int, end: int, persons: Iterable[Person]) -> bool:
    """Whether something stands between all characters of a name, as where it is parted on purpose; or only lines end."""
    gaps = re.split(r"[^\W_]", text[start:end])[1:-1]
    if any(DOT in person.name for person in persons):
        gaps = [gap for gap in gaps if gap not in [*DOTS]]
    seen = [bool(_SEEN.search(gap)) for gap in gaps]
    return all(seen) or not any(seen)


def _plain(text: str) -> str:
    """Without what is hardly seen."""
    return re.sub(_LIGHT, "", text)


def _letters(name: str) -> str:
    """The Han characters of a name, in simplified forms; empty if it has others, is a mask or a surname alone."""
    surname, given, _, _ = split(name)
    letters = "".join(map(_folded, re.sub(rf"{_ANY}", "", surname + given)))
    return letters if given and all(is_han(char) or char == "〇" for char in letters) and "某" not in letters else ""


def _any_case(name: str) -> str:
    """A pattern of words in small and large letters. Where it begins is plain to see for the engine, so that it is fast."""
    return rf"{_BETWEEN}+".join("".join(f"[{char.upper()}{char}]" for char in word) for word in name.split())


#: Between the words of a name in letters.
_BETWEEN = r"[\s.·'’-]"


def _words(name: str) -> list[str]:
    """The words of a name in letters of any script, if they are enough to know it again: three letters, or four of one word."""
    words = list(filter(None, re.split(_BETWEEN, normalize("NFC", name).strip().lower())))
    count = sum(map(len, words))
    is_one = all(len(char.upper()) == 1 for char in "".join(words)) and all(map(str.isalpha, words))
    return words if is_one and count > (2 if len(words) > 1 else 3) and "某" not in name else []


@cache
def _folded(char: str) -> str:
    """A character in its simplified and usual form."""
    plain = normalize("NFKC", char)
    return traditional().get(ord(plain), plain) if len(plain) == 1 else char


@cache
def _other_forms() -> dict[str, str]:
    """By simplified character, all other forms of it."""
    found: dict[str, str] = {}
    odd = [*traditional(), *range(0x2E80, 0x2FD6), *range(0xF900, 0xFAFF), *range(0x2F800, 0x2FA1E)]
    for char in map(chr, odd):
        plain = _folded(char)
        if plain != char:
            found[plain] = found.get(plain, "") + char
    return found


def _pattern(form: str, starts: Collection[str], between: str) -> re.Pattern[str] | None:
    """How the first two characters of any name stand in a text, however far apart; none without any name."""
    first, second = (_forms({start[at] for start in starts}) for at in (0, 1))
    return re.compile(form.format(first, between, _MOST, second)) if starts else None


def _forms(chars: Iterable[str]) -> str:
    """Inside of a character class: these in all their forms."""
    return re.escape("".join(char + _other_forms().get(char, "") for char in sorted(chars)))
