"""Makes `honorroll/chinese/han/characters.txt`: the 8,105 characters of 《通用规范汉字表》 in stroke order, with readings.

And `honorroll/chinese/han/traditional.txt`: traditional forms of these characters, which are written into `static/search.js`, too.

    tools/han_table.py UNICODE_DATA CNCHAR_ORDER CN_SORT

Takes three folders: `/usr/share/unicode` of Debian's package `unicode-data` (Unihan), the unpacked npm package
`cnchar-order` and the unpacked PyPI package `cn-sort`. Needed again only when one of them mends its data.

The official table has three levels, each in its own stroke order (strokes, then 横竖撇点折 stroke by stroke,
then by the finer rules for the same strokes). Unihan gives that order (kTGH), the number of strokes
(kTotalStrokes; 41 of them of another form of the character, which their neighbours show) and the readings (kTGHZ2013, 《通用规范汉字字典》). So only the merging of the levels needs the
strokes one by one. They come from cnchar-order; for the 1,335 characters that it lacks, cn-sort's order decides;
and the 276 that this lacks too follow their neighbour of the table. Within a level the official order stands.
"""

import bz2
import json
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import accumulate
from pathlib import Path

HEAD = """\
# 《通用规范汉字表》 of 2013, all 8,105 characters in stroke order: strokes, character, reading.
# Made by tools/han_table.py from Unihan and other data, changed; origin and licences in NOTICE.txt. Do not edit.
"""
TARGET = Path(__file__).parent.parent / "honorroll" / "chinese" / "han" / "characters.txt"
TRADITIONAL = TARGET.with_name("traditional.txt")
TRADITIONAL_HEAD = """\
# Traditional and other forms of characters, each with the one simplified form that it stands for.
# Made by tools/han_table.py from Unihan (kSimplifiedVariant); no character of 《通用规范汉字表》 is one. Do not edit.
"""
SCRIPT = Path(__file__).parent.parent / "static" / "search.js"
#: In the script: the line before the pairs, and the one behind them.
BEFORE, BEHIND = "  var FORMS = new Map(((\n", "\n  ).match("
#: Forms that Unihan does not call traditional, or to which it gives two simplified ones.
MORE = (
    "鍾钟 餘余 峯峰 羣群 淸清 靑青 兪俞 衞卫 呉吴 閆闫 戸户 彊强 卽即 眞真 愼慎 鎭镇 敎教 歳岁 樑梁 晉晋 囯国 徳德 竜龙 沢泽 齋斋 顔颜 説说 髙高 恵惠 "
    "線线 綫线 蘋苹 産产 録录 啓启 衆众 爲为 鋭锐 閲阅 緑绿 鄕乡 緖绪 寛宽 嬀妫 潙沩 斉齐 斎斋 濶阔 崑昆 琹琴 鑑鉴 遊游 裏里 珮佩 熈熙 煕熙 査查 栢柏 "
    "鷄鸡 隣邻 総总 粛肃 邉边 辺边 聡聪 薫薰 栄荣 桜樱 珎珍 藴蕴 綵彩 綉绣"
)
#: The first and last character of each level by its number in the table.
LEVELS = ((1, 3500), (3501, 6500), (6501, 8105))
#: cnchar-order's letters for horizontal, vertical, left-falling and dot strokes; all others bend.
CLASSES = {"j": 1, "i": 1, "f": 2, "g": 2, "s": 3, "k": 4, "d": 4, "l": 4}
#: Readings that names have, where the commonest is that of a particle or of another word.
NAMES = "卜bǔ 了liǎo 干gān 长cháng 仆pú 少shào 为wéi 兴xīng 地dì 尽jìn 拓tuò 都dū 率shuài 勒lè 塞sài"
TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}


def unihan(folder: Path, file: str, field: str) -> Iterator[tuple[str, str]]:
    """Characters with their value of a Unihan field."""
    with bz2.open(folder / f"Unihan_{file}.txt.bz2", "rt", encoding="utf-8") as lines:
        for line in lines:
            code, _, rest = line.rstrip("\n").partition("\t")
            if rest.startswith(f"{field}\t"):
                yield chr(int(code.removeprefix("U+"), 16)), rest.partition("\t")[2]


def stroke_classes(folder: Path) -> dict[str, tuple[int, ...]]:
    """Each character's strokes as 横竖撇点折, 1 to 5."""
    source = (folder / "cnchar.order.min.js").read_text(encoding="utf-8")
    letters = json.loads(re.findall(r"JSON\.parse\('(.*?)'\)", source)[0])
    return {char: tuple(CLASSES.get(letter, 5) for letter in strokes) for char, strokes in letters.items()}


def mended(level: list[str], totals: dict[str, int], classes: dict[str, tuple[int, ...]]) -> dict[str, int]:
    """Numbers of strokes that fit the level's order: doubtful ones between those that two sources agree on."""
    sure = [totals[char] if len(classes.get(char, ())) == totals[char] else None for char in level]
    low = list(accumulate((count or 0 for count in sure), max))
    high = list(accumulate((count or 99 for count in reversed(sure)), min))[::-1]
    between = [min(max(totals[char], a), b) for char, a, b in zip(level, low, high, strict=True)]
    return dict(zip(level, list(accumulate(reversed(between), min))[::-1], strict=True))


def merged(
    levels: list[list[str]], totals: dict[str, int], classes: dict[str, tuple[int, ...]], ranks: dict[str, tuple[int]]
) -> Iterator[str]:
    """The characters of all levels in one order, each level's own order kept."""

    def before(one: str, other: str) -> bool:
        if totals[one] != totals[other]:
            return totals[one] < totals[other]
        sources: tuple[Mapping[str, tuple[int, ...]], ...] = (classes, ranks)
        for source in sources:
            if one in source and other in source and source[one] != source[other]:
                return source[one] < source[other]
        return one not in ranks or other in ranks  # nobody knows: right after its neighbour; a tie: the lower level

    heads = [level[::-1] for level in levels]
    while any(heads):
        first = next(head for head in heads if head)
        for head in heads:
            if head and head is not first and not before(first[-1], head[-1]):
                first = head
        yield first.pop()


def numbered(reading: str) -> str:
    """`lǚ` as `lü3`; 5 is the neutral tone."""
    marks = unicodedata.normalize("NFD", reading)
    tone = next((TONES[mark] for mark in marks if mark in TONES), "5")
    return unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES)) + tone


def forms(folder: Path, official: set[str]) -> Iterator[str]:
    """Pairs of a traditional and a simplified character."""
    found = {pair[0]: pair[1] for pair in MORE.split()}
    for char, value in unihan(folder, "Variants", "kSimplifiedVariant"):
        simple = {chr(int(code.partition("<")[0].removeprefix("U+"), 16)) for code in value.split()} & official
        if len(simple) == 1 and max(char, *simple) <= "\uffff":  # the script takes two units of UTF-16 for one pair
            found.setdefault(char, *simple)
    return (char + simple for char, simple in sorted(found.items()) if char not in official)


def main() -> None:
    """Read the three folders and write the table."""
    unicode_data, cnchar, cn_sort = map(Path, sys.argv[1:])
    classes = stroke_classes(cnchar)
    entries = json.loads((cn_sort / "cn_sort/res/all_word.json").read_text(encoding="utf-8"))["all_word"]
    ranks = {entry["chinese"]: (entry["stroke_increment_level"],) for entry in entries}
    numbers = {int(value.split(":")[1]): char for char, value in unihan(unicode_data, "OtherMappings", "kTGH")}
    totals = {char: int(value.split()[0]) for char, value in unihan(unicode_data, "IRGSources", "kTotalStrokes")}
    usual = {char: value.split()[0] for char, value in unihan(unicode_data, "Readings", "kMandarin")}
    usual |= {pair[0]: pair[1:] for pair in NAMES.split()}
    standard = {
        char: [reading for place in value.split() for reading in place.split(":")[1].split(",")]
        for char, value in unihan(unicode_data, "Readings", "kTGHZ2013")
    }
    levels = [[numbers[number] for number in range(first, last + 1)] for first, last in LEVELS]
    totals = {char: count for level in levels for char, count in mended(level, totals, classes).items()}
    classes = {char: strokes for char, strokes in classes.items() if len(strokes) == totals.get(char)}
    with TARGET.open("w", encoding="utf-8", newline="\n") as file:
        file.write(HEAD)
        for char in merged(levels, totals, classes, ranks):
            readings = standard[char]
            reading = usual[char] if usual[char] in readings else readings[0]
            file.write(f"{totals[char]}\t{char}\t{numbered(reading)}\n")
    pairs = list(forms(unicode_data, {*numbers.values()}))
    rows = (" ".join(pairs[at : at + 20]) for at in range(0, len(pairs), 20))
    TRADITIONAL.write_text(TRADITIONAL_HEAD + "\n".join(rows) + "\n", encoding="utf-8", newline="\n")
    lines = (f'    "{"".join(pairs[at : at + 50])}"' for at in range(0, len(pairs), 50))
    before, start, rest = SCRIPT.read_text(encoding="utf-8").partition(BEFORE)
    script = before + start + " +\n".join(lines) + BEHIND + rest.partition(BEHIND)[2]
    SCRIPT.write_text(script, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
