"""How well names are found: `python benchmarks/privacy_names.py [FOLDER ...]`.

Makes up people, disguises their names and puts them into sentences, and tells how many are found. In each FOLDER it looks
through texts for the same people, and tells how many of the documents hold a false alarm and what it costs.
"""

import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from honorroll.chinese import traditional
from honorroll.privacy import Person, PersonNames, plain

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
_COMPOUND = "欧阳 上官 司马 诸葛 夏侯 皇甫 尉迟 慕容 令狐 司徒".split()
_GIVEN = "伟芳秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂玉萍红华建国志文斌辉宇浩凯健俊帆雪荣爱珍莉桃梅琳素云莲真环雅嘉琼勤珠茜秋璐娅琪晶妍佳钰婷姣婉娴瑾颖露瑶怡婵雁蓓纨仪荷丹蓉眉君琴蕊薇菁梦岚苑婕馨瑗琰韵融园艺咏卿聪澜纯毓悦昭冰爽琬茗羽希宁欣飘育滢馥筠柔竹霭凝晓欢霄枫芸菲寒"
_DOTTED = ["买买提·艾力", "阿不都·热依木", "古丽·巴哈尔", "扎西·多吉"]
_SENTENCES = [
    "昨天{}在北门值守。",
    "感谢{}热心帮助！",
    "队长{}说：“都是应该做的。”",
    "由{}带队巡逻。",
    "{}",
    "图为{}（左一）在岗。",
    "表彰{}等三人",
    "保安员{}发现老人摔倒，立即上前。",
    "姓名：{}，单位：平安公司",
    "| {} | 班长 |",
    "和{}一起把孩子送回家",
    "经{}同志提醒",
    "获奖者、{}、单位",
]
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"


def name(r: random.Random) -> str:
    """A name as people bear them: four of five with two given characters."""
    if r.random() < 0.03:
        return r.choice(_DOTTED)
    surname = r.choice(_COMPOUND) if r.random() < 0.05 else r.choice(_SURNAMES)
    return surname + "".join(r.choice(_GIVEN) for _ in range(1 if len(surname) == 1 and r.random() < 0.2 else 2))


def disguises(plain_name: str) -> list[str]:
    """The name in all disguises."""
    chars = [char for char in plain_name if char != "·"]
    other = {simple: chr(odd) for odd, simple in reversed(traditional().items())}
    joints = (
        *(
            " ",
            "  ",
            "\u3000",
            "\u00a0",
            "**",
            "*",
            "~~",
            "`",
            "_",
            *_UNSEEN,
            "&#8203;",
            "&nbsp;",
            "&zwnj;",
            "<b></b>",
            "<wbr>",
        ),
        *(("·", ".", "-", "/", "|", "\n", "•", "——", "+") if len(chars) > 2 else ()),
    )
    forms = [joint.join(chars) for joint in joints]
    forms += ["".join(other.get(char, char) for char in chars), "".join(f"&#{ord(char)};" for char in chars)]
    forms += ["".join(f"&#x{ord(char):x};" for char in chars), chars[0] + f"<span class=x>{''.join(chars[1:])}</span>"]
    forms += [
        "".join(f"<em>{char}</em>" for char in chars),
        f"**{chars[0]}**{''.join(chars[1:])}",
        f"[{chars[0]}](x.html){''.join(chars[1:])}",
    ]
    forms += ["".join(f"\\u{ord(char):04x}" for char in chars), plain_name]
    return forms


def made(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Names and texts that hold them."""
    r = random.Random(seed)
    for _ in range(count):
        own = name(r)
        yield own, r.choice(_SENTENCES).format(r.choice(disguises(own)))


def recall(count: int, seed: int = 1, missed: list[tuple[str, str]] | None = None) -> float:
    """The part of the names that is found, among many others that are looked for too."""
    rows = [*made(count, seed)]
    names, found = PersonNames(Person(own, own, "某", "PRV-05") for own, _ in rows), 0
    for own, text in rows:
        told = names.may(text.encode()) and any(one.persons[0].id == own for one in names.find(plain(text).text))
        found += told
        if not told and missed is not None:
            missed.append((own, text))
    return found / len(rows)


def main(folders: list[str]) -> None:
    """Print the figures."""
    missed: list[tuple[str, str]] = []
    print(f"recall on 1,000 disguised names: {recall(1000, missed=missed):.1%}")
    for own, text in missed:
        print(f"  missed {own}: {text!r}")
    r = random.Random(3)
    names = PersonNames(Person(own, own, "某", "PRV-05") for own in (name(r) for _ in range(100)))
    for folder in folders:
        texts = [path.read_bytes() for path in Path(folder).rglob("*") if path.suffix in {".md", ".txt", ".html"}]
        start = time.perf_counter()
        found = [
            [*names.find(plain(data.decode("utf-8", "replace")).text)] if names.may(data) else [] for data in texts
        ]
        cost = (time.perf_counter() - start) / max(1, len(texts))
        sure, perhaps = (
            sum(any(o.sure for o in one) for one in found),
            sum(any(not o.sure for o in one) for one in found),
        )
        print(
            f"{folder}: {len(texts)} documents, {sure} with a name, {perhaps} with one that may be, {cost * 1000:.3f} ms each"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
