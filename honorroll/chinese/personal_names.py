"""How a person's name is split into surname and given name. Masks, orders, initials and the search ask here.

Three customs are told apart by the signs that a name is written with:

- Han: the surname comes first. It is a compound one (欧阳) if `han/surnames.txt` lists the name's beginning, else one
  character. A blank that an editor typed between two parts settles it: `司　马超` is a 司, `司马　超` a 司马.
- Dotted (买买提·艾力, 约翰·史密斯): there is no surname; the part before the first dot is what the person is called
  and listed by, so it stands in the surname's place. All look-alikes of the dot are taken for it.
- Latin: the last word (John Smith), with its particles (van Gogh); the first where a comma follows it, where it alone is
  in capitals (ZHANG Wei), or where all is pinyin and begins with a common surname (Zhang Wei, as GB/T 28039 has it).

A title of respect (王师傅, 李队长) is neither surname nor given name, and no more is a word of what somebody does or where
(保安, 监控员), if any separator stands between it and the name: 王伟-保安, 王伟·保安. Such a word is passed over, like a
remark in brackets, for 王保安 would be a name.

What cannot be known from the signs: three characters whose first two are a compound surname are taken for one
(夏侯明 is a 夏侯). Two are taken for a surname and a given name if the first is a common surname by itself (欧阳 is a 欧),
so that the mask of 欧阳 does not give away the whole name, also where a title stands apart (司马 队长); else for a surname
alone (诸葛).
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from honorroll.chinese.typography import han_rows, is_han, simplified

#: The dot between the parts of a name, and what is typed in its place.
DOT = "·"
DOTS = "·•・‧∙⋅･᛫⸱ꞏ"

#: Common single surnames: the first of two characters that are a compound surname, too; the second of 小王.
_SINGLE = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤欧司左单申闻宗谷乐巫南"
)

#: Other usual surnames: with those above, what a word before a hyphen or full stop must not begin with to be dotted.
_OTHER_SINGLE = frozenset(
    "阳柯翁庞樊兰殷施洪颜倪温芦俞安梅庄聂章鲁岳翟詹关焦柳邢骆祝耿齐尚符卜包辛管裴苗米葛仇任华查解纪甘冉游靳盛曲牛康"
    "童饶房商季时舒项涂屠蓝苑牟靖穆娄褚凌霍虞艾简闵古阮蒲桂庾池景鲍路娜鄢成戚戈滕苟宁柴臧隋游车强褟宫欧敖佟佘位展"
    "费岑迟荆匡郁郎扬冷边党谌覃麻翦巩阚蔺栾郦钮郏晏储晋桑明楚卓连练原温"
)

#: Usual surnames of one character.
SURNAMES = _SINGLE | _OTHER_SINGLE

#: What follows a name in respect, with the words that make it another rank: 副主任 is no 主任. One character does so
#: only right after a surname: 刘姐, but not 刘三姐.
_TITLES = re.compile(
    "(?:(?:名誉|荣誉|执行|代理|见习|实习|首席)?(?:(?:常务|第一)?副)?(?:高级|中级|助理|主任|主治|主管|特级|一级|二级|三级|总){0,2}"
    "(?:老?师傅|老师|警官|警长|警员|警司|警督|辅警|民警|[大中分支小]?队长|[班组排连营团]长"
    "|[局处科所站校院厂村镇乡区县市省州会董部厅司]长|(?:秘书|理事|董事|参谋|检察|审判)长|总?经理|主任|书记|主席|教授|讲师"
    "|研究员|医生|医师|护师|大夫|护士长?|律师|法官|教官|教练|教导员|指导员|政委|科员|干事|总监|助理|秘书|工程师|技师|会计师"
    "|先生|女士|小姐|太太|夫人|同志|同学|大[哥姐爷妈叔娘嫂伯婶]|阿[姨婆公]|奶奶|爷爷|叔叔|伯伯|老[汉伯]|师[兄姐弟妹])){1,2}$"
    "|[哥姐嫂婶姨叔爷]$"
)
#: What somebody does, perhaps with a title behind it: 保安, 保安队长, 物业经理.
_DOES = (
    "保安|安保|安全|安防|门卫|门岗|守卫|警卫|护卫|护校|特勤|特保|巡逻|巡防|巡查|值班|值守|监控|消控|消防|中控|秩序|维护|执勤|岗亭"
    "|押运|安检|物业|项目|客服|工程|行政|人事|财务|后勤|培训|保洁|保洁员|电工|水电工|保安员|司机|厨师|志愿者|义警|网格|骨干|班组"
)
_JOB = re.compile(f"(?:{_DOES}){{1,3}}(?:员|工|岗|队|组|部|班)?")
_JOB_BEFORE_TITLE = re.compile(f"(?:{_DOES}|[一二三四五六七八九十0-9]+(?:号|班|组|队|中队|大队)?)*")
#: Words that end so are no names, either; foreign names do not end in the sounds of these.
_PLACE = re.compile(r"\w{1,9}(?:[员工岗队组部处室厂店院校局站]|公司|小区)")
_ENGLISH_JOB = re.compile(
    r"(?<=\w) ?[,;:/|~>‐‑‒–—―−-][ ,;:/|~>‐‑‒–—―−-]*(?:(?:security|team|chief|senior|head|shift|duty|property) ?)*"
    "(?:guard|security|officer|captain|manager|supervisor|leader|director|chief)$",
    re.IGNORECASE,
)
#: What may stand between a name and such a word, beside blanks.
_BETWEEN = DOT + ".。,、:;/|\\_+~>‐‑‒–—―−-"
#: The one word of what somebody does that is also a given name: 王　保安.
_ALSO_GIVEN = "保安"
#: Characters by which sounds of other languages are usually written. 某 stands in masks.
_SOUNDS = frozenset(
    "阿艾爱安奥巴拜班保鲍贝本比彼毕别宾波伯博卜布策查茨达戴丹道德登邓迪蒂丁东杜顿多恩尔法范菲费芬佛弗福盖甘冈高戈格根贡古瓜哈海汉豪赫亨"
    "洪胡华怀霍基吉加贾简江杰捷金居卡凯坎康考柯科克肯孔库夸奎坤拉莱赖兰朗劳勒雷黎李里理力利莉丽立列林琳龙隆卢鲁路伦罗洛吕马玛麦迈曼芒毛"
    "梅门蒙米密莫默姆木穆纳娜奈南内尼涅宁纽农努诺欧帕派潘庞佩彭皮平珀普奇齐契恰乔切琴丘屈琼热仁日荣茹瑞萨塞赛桑森沙莎尚绍舍申盛石史士舒"
    "斯司丝苏孙索塔台泰坦汤唐陶特滕提田铁廷通图土吐托瓦万旺威韦维魏文翁沃乌伍武西希锡夏香肖谢辛欣休许雅亚延扬杨耶叶伊依以因英尤于约翰扎泽"
    "曾詹珍芝治朱兹宗祖佐买孜汗合再如阔什吾某卓次央堆珠措旦增嘎忠坚赞郎色边白觉拥赤仓决久嘉样娃朵迦其宝音朝敖牙衣甫肉亥山守玉素生逊夫妮薇蕾"
    "露黛芭柏泊摩凡芙歌葛哥珊娅圣华"
)
#: What precedes a surname in familiar talk.
_BEFORE = ("老", "小")
_LATIN_TITLES = re.compile(r"^(?:mr|mrs|ms|miss|dr|prof|sir|capt|officer)(?:\.\s*|\s+)(?=\S)", re.IGNORECASE)
_LATIN_SUFFIXES = re.compile(r"[,\s]+(?:jr|sr|ii|iii|iv|phd|md)\.?$", re.IGNORECASE)
#: Words that belong to the surname behind them.
_PARTICLES = frozenset("van von de der den di da del della dos du la le bin ibn al el ter ten zu af".split())
_SYLLABLE = (
    "(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|üan|ai|ei|ao|ou|an|en|er|ia|ie|iu|in|"
    "ua|uo|ui|un|üe|ue|ün|a|o|e|i|u|v|ü)"
)
#: Single surnames in pinyin, without those that are also common English given names.
_PINYIN = frozenset(
    "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he gao lin luo zheng liang xie song tang deng feng cao "
    "peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lü lyu lv ding shen ren yao lu cui zhong tan wen fan jin "
    "liao jia xia fu fang zou xiong bai meng qin qiu hou yin xue yan duan lei long tao shi he mao gu hao gong shao wan qian "
    "ouyang sima zhuge shangguan huangfu linghu murong xiahou dongfang situ yuwen zhangsun yuchi".split()
)
#: Surnames as Hong Kong, Taiwan, Singapore, Korea and Vietnam write them. They count only before words of one syllable.
_ROMANISED = frozenset(
    "wong chan lee cheung lau leung ng ho kwok lam tam yeung tsang tse tsui chow chu fung kwan kwong lai law lo mak mok ngai poon "
    "siu szeto sit so suen tong tsoi wan woo yip yau yuen yung hui hung ip kan ko ku kong lui man mui pang pun shek shum sze tai "
    "tin ting tsai chang hsu hsieh teng chou hsiao kuo tseng chiu choi chung lim goh teo koh ong kim park nguyen tran pham le hoang "
    "chui cheng chau au yim yan hon hau kam keung kung lok luk mo ou tsao tsou chiang chien chin hsiung".split()
)
#: One syllable of these, and of pinyin.
_ONE_SYLLABLE = re.compile(
    "(?:[bcdfghjklmnpqrstvwxyz]|ch|sh|ts|tz|gw|kw|ng|hs|zh|th|ph|kh|nh|tr)?[aeiouy]{1,3}(?:ng|nh|ch|[mnptkhrw])?|ng|m|sze|tsz|tze"
)
_OPENING, _CLOSING = "(（\\[【〔〈", ")）\\]】〕〉"


class Name(NamedTuple):
    """A name in its parts, without blanks, dots and remarks in brackets."""

    surname: str
    """What the name is listed by; of a dotted name its first part."""
    given: str
    """The rest, with ` ` between Latin words and a dot between dotted parts. Empty where only the surname is told."""
    title: str = ""
    """A title of respect: 师傅, Mr."""
    custom: str = "han"
    """`han`, `dotted` or `latin`."""


@lru_cache(4096)
def split(name: str) -> Name:
    """The parts of a person's name; an empty name has empty ones."""
    bare = re.sub(f"^(?:[{_OPENING}][^{_CLOSING}]*[{_CLOSING}]\\s*)+(?=.)", "", name.strip())  # （女）王伟
    bare = re.sub(f"^[{_OPENING}“”‘’\"'「『《\\s]+", "", bare)
    plain = " ".join(normal(re.split(f"(?<=.)[{_OPENING}]", bare, maxsplit=1)[0]).split()).rstrip(")]”’\"'」』》 ")
    plain, title = _without_titles(plain)
    if not any(map(is_han, plain)):
        return _latin(plain)
    parts = [part for part in (part.strip() for part in plain.split(DOT)) if part]
    if len(parts) == 1:
        parts = _typed_otherwise(parts[0])
    elif parts and not _is_dotted(parts):
        return _han(plain, title)
    if len(parts) > 1:
        own = _title(parts[-1]) if len(_title(parts[-1])) > 1 else ""
        parts[-1] = parts[-1].removesuffix(own)
        return Name(_joined(parts[0]), DOT.join(map(_joined, parts[1:])), own + title, "dotted")
    return _han(parts[0] if parts else plain, title)


def masked(name: str) -> str:
    """The name with nothing of it but the surname (mask 隐名), in the form that is customary for each kind.

    - 王伟, 欧阳长河: 王某某, 欧阳某某. Always two 某, so that the length of the given name is not told.
    - 买买提·艾力: 买买提·某某. The dot tells that 买 is no surname; the first part is what lists go by. Who wants less
      of the name shown asks for 匿名.
    - John Smith: J. Smith; Zhang Wei: Zhang W. A single word may be a given name, so only its initial is left.
    - 王师傅, 王伟师傅: 王师傅. 小王 and 小欧阳 stay; 老李师傅 is 李师傅, for one form of address says enough and 师傅 is the
      respectful one.

    What is not surely a surname is left out: of 王伟 保安 only 王 is shown.
    """
    surname, given, title, custom = split(name)
    if custom == "dotted":
        return f"{surname}{DOT}某某"
    if custom == "latin":
        return _initials(
            surname,
            given,
            title,
            is_first="," not in normal(name) and _is_first(surname, normal(name).strip().removeprefix(title).strip()),
        )
    if title in _BEFORE:
        return title + surname
    return (surname if surname != "某" and surname[:1].isalnum() else "") + (title or "某某")


def normal(text: str) -> str:
    """In NFKC, with one kind of dot and nothing invisible."""
    plain = unicodedata.normalize("NFKC", text)
    return re.sub(f"[{DOTS}]", DOT, re.sub("[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]", "", plain))


def _joined(part: str) -> str:
    """Without the blanks between Han characters."""
    return "".join(part.split())


def _without_titles(plain: str) -> tuple[str, str]:
    """The name without words of respect and work that stand apart from it, and the titles among them."""
    title, signs = "", f" {_BETWEEN}"
    plain = _ENGLISH_JOB.sub("", plain)
    while True:
        whole = plain.rstrip(signs)
        word = re.split(f"[{re.escape(signs)}]", whole)[-1]
        rest = whole.removesuffix(word)
        name = rest.rstrip(signs)
        if not name.strip(signs) or (found := _told(word, name, rest.removeprefix(name))) is None:
            break
        plain, title = name, found + title
    while True:
        word = re.split(f"[{re.escape(signs)}]", plain)[0]
        name = plain.removeprefix(word).lstrip(signs)
        if not word or not name or (found := _respect(word)) is None:
            return plain, title
        plain, title = name, title or found


def _told(word: str, name: str, between: str) -> str | None:
    """The title in a word behind a name, perhaps an empty one; None if it may be a part of the name."""
    blank = not between.strip()
    if blank and len(name) == 1 and word == _ALSO_GIVEN:
        return None
    if (found := _respect(word)) is not None:
        return found
    is_given = blank and len(word) < 3 and (len(name) == 1 or simplified(name) in _compound())  # 王　建工
    return "" if _PLACE.fullmatch(simplified(word)) and not is_given else None


def _respect(word: str) -> str | None:
    """The title in a word that is nothing but words of work and titles; None for another."""
    plain = simplified(word)
    if _JOB.fullmatch(plain):
        return ""
    match = _TITLES.search(plain)
    is_title = match and len(match[0]) > 1 and _JOB_BEFORE_TITLE.fullmatch(plain[: match.start()])
    return word[match.start() :] if match and is_title else None


def _han(plain: str, apart: str = "") -> Name:
    """`apart`: a title that stood apart from the name."""
    words = plain.split()
    first = next(at for at, char in enumerate(plain) if is_han(char))
    before, rest = _joined(plain[:first]), _joined(plain[first:])
    if _bare(before) in _PINYIN and simplified(rest) not in _SINGLE and (len(rest) == 1 or plain[first - 1] != " "):
        title = _respect(rest) or ""
        return Name(before, rest.removesuffix(title), title + apart)  # Wang 伟, Wang队长
    if first and plain[0].isalpha() and (plain[first - 1] == " " or len(plain) == first + 1):  # Tom 陈
        before = _joined(plain[:first])
        inner = _han(plain[first:], apart)
        return inner._replace(given=inner.given + before)
    whole = _joined(plain)
    if whole[0] in _BEFORE and _is_familiar(whole[1:]):
        return Name(whole[1:], "", apart or whole[0])
    own = _title(whole)
    whole, title = whole.removesuffix(own), own + apart
    if title and whole[0] in _BEFORE and _is_familiar(whole[1:]):
        return Name(whole[1:], "", title)
    # A blank settles it only behind one character or a compound surname: 王伟 夜里 is no 王伟
    settled = len(words) > 1 and len(words[0]) < len(whole) and simplified(whole) not in _compound()
    if settled and (
        simplified(words[0]) in _compound() or (len(words[0]) == 1 and any(len(word) > 1 for word in words))
    ):
        surname = words[0]
    else:
        surname = whole[: _surname_length(whole, alone=bool(own))]
    return Name(surname, whole[len(surname) :], title)


def _typed_otherwise(plain: str) -> list[str]:
    """The parts between full stops or hyphens that stand for the dot; one part if the first may hold a given name."""
    parts = [part for part in (part.strip() for part in re.split("(?<!^)[.‐‑–—-]", plain)) if part]
    first = simplified(_joined(parts[0])) if parts else ""
    is_dotted = len(first) > 2 and _are_sounds(parts) and first[0] not in _SINGLE | _OTHER_SINGLE
    return parts if is_dotted and _surname_length(first, alone=True) in (1, len(first)) else [plain]


def _is_dotted(parts: list[str]) -> bool:
    """Whether parts between dots are a foreign name, and no Chinese one with something behind it: 王伟·夜里."""
    first = simplified(_joined(parts[0]))
    length = _surname_length(first, alone=True)
    is_chinese = len(first) > length and (length > 1 or first[0] in _SINGLE | _OTHER_SINGLE)
    return not is_chinese or _are_sounds(parts)


def _are_sounds(parts: list[str]) -> bool:
    """Whether all is written with the characters by which sounds of other languages are."""
    return all(char in _SOUNDS or not is_han(char) for char in simplified("".join(parts)))


def _is_familiar(rest: str) -> bool:
    """Whether 老 or 小 may stand before it: a common single surname or a compound one."""
    return simplified(rest) in _SINGLE or simplified(rest) in _compound()


def _title(whole: str) -> str:
    match = _TITLES.search(simplified(whole))
    if not match or not match.start():
        return ""
    before, title = whole[: match.start()], whole[match.start() :]
    return title if len(title) > 1 or len(before) == _surname_length(before, alone=True) else ""


def _surname_length(whole: str, *, alone: bool) -> int:
    """How many characters the surname has; `alone`: two characters are no surname with a given name."""
    plain = simplified(whole)
    for length in (4, 3, 2):
        if len(plain) >= length and plain[:length] in _compound():
            return 1 if len(plain) == 2 and plain[0] in _SINGLE and not alone else length
    return 1


@cache
def _compound() -> frozenset[str]:
    return frozenset(row[0] for row in han_rows("surnames.txt") if len(row[0]) > 1)


def _latin(plain: str) -> Name:
    plain = _LATIN_SUFFIXES.sub("", plain.replace(DOT, " "))
    match = _LATIN_TITLES.match(plain)
    title = match[0].strip() if match else ""
    plain = plain[match.end() :] if match else plain
    before, comma, behind = plain.partition(",")
    if comma and behind.strip():
        family = before.split()
        at = _family(family) if _is_chinese(family) else slice(0, len(family))  # Li Na, Hefei; Chan Tai Man, Peter
        given = [*family[: at.start], *family[at.stop :], behind.strip()]
        return Name(" ".join(family[at]), " ".join(given), title, "latin")
    words = re.sub(r"(?<=\w\w)\.(?=\w)|(?<=\w\.)(?=\w)", " ", before).split()
    own = _family(words)
    return Name(" ".join(words[own]), " ".join(words[: own.start] + words[own.stop :]), title, "latin")


def _is_chinese(words: list[str]) -> bool:
    """Whether these are a surname and a given name in Chinese syllables."""
    first, *rest = map(_bare, words)
    syllables = [part for word in rest for part in re.split("['’-]", word)]
    return bool(rest) and (
        (first in _PINYIN and all(map(_pinyin().fullmatch, rest)))
        or (first in _PINYIN | _ROMANISED and all(map(_ONE_SYLLABLE.fullmatch, syllables)))
    )


def _family(words: list[str]) -> slice:
    """Which words are the surname."""
    capitals = [at for at, word in enumerate(words) if len(word) > 1 and word.isupper() and not word.endswith(".")]
    if capitals and len(capitals) < len(words) and capitals[-1] - capitals[0] == len(capitals) - 1:
        return slice(capitals[0], capitals[-1] + 1)
    plain = [_bare(word) for word in words]
    if len(words) > 1 and plain[0] in _PINYIN and all(map(_pinyin().fullmatch, plain)):
        return slice(0, 1)
    for at, word in enumerate(plain[:-1]):  # Chan Tai Man, Tony Leung Chiu-wai
        syllables = [part for rest in plain[at + 1 :] for part in re.split("['’-]", rest)]
        if word in _PINYIN | _ROMANISED and all(map(_ONE_SYLLABLE.fullmatch, syllables)):
            return slice(at, at + 1)
    start = max(0, len(words) - 1)
    while start and words[start].endswith("."):  # Zhang W.
        start -= 1
    last = start + 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return slice(start, last)


def _bare(word: str) -> str:
    """In small letters, without tone marks and other accents."""
    return "".join(char for char in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(char))


@cache
def _pinyin() -> re.Pattern[str]:
    return re.compile(f"(?:{_SYLLABLE}['’-]?)++", re.IGNORECASE)  # possessive: xianxianxian… splits in many ways


def _is_first(surname: str, plain: str) -> bool:
    return re.match(rf"{re.escape(surname)}\b", plain) is not None


def _initials(surname: str, given: str, title: str, *, is_first: bool) -> str:
    """A Latin name with initials in place of given names, on the side where these were."""
    short = " ".join(f"{word[0].upper()}." for word in given.replace(".", " ").split())
    if not short and not title:
        return f"{surname[:1].upper()}." if surname else "某某"
    return " ".join(part for part in ((title, surname, short) if is_first else (title, short, surname)) if part)
