"""Orders by strokes and by pinyin against the official table of characters and published lists."""

import random
import subprocess
import sys
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from honorroll.chinese import collation
from honorroll.chinese.collation import pinyin_key, stroke_key, unknown
from honorroll.chinese.typography import han_rows, is_han, simplified, traditional

OFFICIAL = Path(__file__).parent / "official" / "characters.txt"
LEVELS = [line for line in OFFICIAL.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]

assert [len(level) for level in LEVELS] == [3500, 3000, 1605]

#: Names of one to four characters, out of common and rare characters, signs and what no table knows.
CHARACTERS = st.sampled_from([*LEVELS[0][::40], *LEVELS[2][::90], *"单解欧阳司马某*×·.A1a 　劉𰀀"])
NAMES = st.lists(st.text(CHARACTERS, min_size=1, max_size=4), max_size=12)


def by_strokes(names: Iterable[str], *, persons: bool = True) -> list[str]:
    return sorted(names, key=lambda name: stroke_key(name, persons=persons))


def by_pinyin(names: Iterable[str], *, persons: bool = True) -> list[str]:
    return sorted(names, key=lambda name: pinyin_key(name, persons=persons))


@pytest.mark.parametrize("level", LEVELS, ids=["1", "2", "3"])
def test_each_level_stands_in_the_official_order(level: str) -> None:
    assert unknown([level]) == set()
    shuffled = random.Random(20130605).sample(level, len(level))  # noqa: S311 (any order will do)
    assert "".join(by_strokes(shuffled)) == level


#: Surnames as published lists "按姓氏笔画为序" have them; what 横竖撇点折 decides among as many strokes.
PUBLISHED = [
    # Delegates of the Young Pioneers of Ningxia, notice of 8 May 2020.
    "王白朱仲刘杨张郑孟",
    # Vice-chairmen of the China Literary and Art Volunteers' Association.
    "王冯刘李何张林赵姜姚黄龚康寒",
    # What the campaign's own rules name.
    "王文吕刘李张",
    # 4: 一 丨 丿 丶 乛; 5 to 8 likewise.
    "王韦牛毛文方孔邓",
    "艾石叶史白冯司",
    "邢吕朱任刘江许孙",
    "李杨吴何沈宋张陆陈",
    "武苗林罗金周郑孟",
]


@pytest.mark.parametrize("surnames", PUBLISHED)
def test_surnames_stand_as_in_published_lists(surnames: str) -> None:
    names = [surname + given for surname in surnames for given in ("伟", "一鸣")]
    assert by_strokes(reversed(names)) == names


@pytest.mark.parametrize(
    "names",
    [
        ["文澈", "吕长河", "刘望川", "单春和"],
        ["高富", "高大富"],  # the single given name first, though 富 has more strokes than 大
        ["王伟", "王一鸣", "王大鸣"],
        ["欧阳", "欧一鸣"],  # here 欧 is the surname
        ["欧小明", "欧阳修", "欧阳一鸣", "欧德明"],  # compound surnames: by their characters, single names first too
        ["林一鸣", "欧阳明"],  # eight strokes, 一丨 before 一丿
        ["王*", "王某", "王某某"],
        ["ABC保安", "长堤保安", "丹岩保安"],
        ["买买提·卡德尔", "陈一"],
        ["丁一", "劉一", "𰀀一"],  # unknown ones last
    ],
)
def test_names_by_strokes(names: list[str]) -> None:
    assert by_strokes(reversed(names)) == names


def test_an_organisation_has_no_given_name() -> None:
    names = ["协会", "协一公司", "协德公司"]
    assert by_strokes(names) == names
    assert by_strokes(names, persons=False) == ["协一公司", "协会", "协德公司"]


@pytest.mark.parametrize(
    "surnames",
    [
        "沙 单 邵",  # Shàn, not Dān: each stands where only its reading as a surname puts it
        "钱 覃 秋 仇 曲",
        "夏 肖 萧 解 辛",
        "袁 曾 查 翟 张",
        "宁 区 潘 朴 蒲",
        "戈 盖 葛 耿",
        "滑 华 怀",
        "米 缪 闵 万俟 牟",
        "岑 单于 陈",
        "尤 尉迟 袁 乐 员",
        "张 长孙 赵",
        "卢 陆 吕 栾 罗",  # ü after u, before ua
        "章 仉",  # tones
        "李 里 理",  # the same syllable: by strokes
    ],
)
def test_surnames_by_pinyin(surnames: str) -> None:
    names = [surname + "一鸣" for surname in surnames.split()]
    assert by_pinyin(reversed(names)) == names


def test_organisations_by_pinyin() -> None:
    names = ["A1保安", "安信保安", "长堤保安", "朝阳保安", "重庆路保安", "丹岩保安", "龙山保安", "六安保安", "陆港保安"]
    assert by_pinyin(reversed(names), persons=False) == names


def test_an_organisation_has_no_surname() -> None:
    assert by_pinyin(["华安", "滑县"], persons=False) == ["华安", "滑县"]
    assert by_pinyin(["华安", "滑县"]) == ["滑县", "华安"]


def test_unknown_characters_are_told() -> None:
    assert unknown(["王伟", "劉一", "陈𰀀", "王*", "A1", "某某"]) == {"劉", "𰀀"}


def test_a_traditional_form_is_no_official_character_but_stands_for_one() -> None:
    official = {*"".join(LEVELS)}
    forms = {chr(code): simple for code, simple in traditional().items()}
    assert len(forms) == len("".join(row[0].replace(" ", "") for row in han_rows("traditional.txt"))) / 2 > 2600
    assert not {*forms} & official
    assert {*forms.values()} <= official
    assert max({*forms} | {*forms.values()}) <= "\uffff"  # or static/search.js would cut a pair in two


@pytest.mark.parametrize(
    ("forms", "simple"),
    [
        ("龐欒藺闞鞏鄺酈鈕諶賁郟鈄", "庞栾蔺阚巩邝郦钮谌贲郏钭"),
        ("瑋嫻錕楓瀾灝贇賡騁礪鯤", "玮娴锟枫澜灏赟赓骋砺鲲"),
        ("褚聶閆顏單區仇紀繆葉餘錢鄔闕厲談", "褚聂闫颜单区仇纪缪叶余钱邬阙厉谈"),
        ("産録啓衆爲鋭緑鄕線嬀", "产录启众为锐绿乡线妫"),  # as other typefaces and lands have them
        ("於徵锺乾著覆釐", "於徵锺乾著覆釐"),  # official characters beside those that they are used for elsewhere
    ],
)
def test_traditional_forms(forms: str, simple: str) -> None:
    assert simplified(forms) == simple


def test_every_character_of_the_table_is_known_and_no_other() -> None:
    table = (Path(collation.__file__).parent / "han" / "characters.txt").read_text(encoding="utf-8")
    rows = {line.split("\t")[1] for line in table.splitlines() if not line.startswith("#")}
    assert {char for char in table if is_han(char)} == rows


def test_compatibility_forms_and_blanks_make_no_difference() -> None:
    assert stroke_key("王　伟")[0] == stroke_key("王伟")[0]
    assert by_strokes(["王　伟", "王伟"]) == by_strokes(["王伟", "王　伟"]) == by_pinyin(["王　伟", "王伟"])
    assert by_pinyin(["王　伟", "王伟"]) == by_pinyin(["王伟", "王　伟"])
    assert pinyin_key("\uf9e1伟")[0] == pinyin_key("李伟")[0]
    assert stroke_key("买买提·卡")[0] == stroke_key("买买提•卡")[0]


@pytest.mark.parametrize("order", [by_strokes, by_pinyin])
@given(names=NAMES, seed=st.randoms())
def test_any_names_have_one_order(
    order: Callable[[list[str]], list[str]], names: list[str], seed: random.Random
) -> None:
    expected = order(names)
    assert sorted(expected) == sorted(names)
    seed.shuffle(names)
    assert order(names) == expected
    assert order(expected) == expected


@given(NAMES)
def test_different_names_have_different_keys(names: list[str]) -> None:
    for key in (stroke_key, pinyin_key):
        assert len({key(name) for name in names}) == len(set(names))
        for one, other in pairwise(sorted(set(names), key=key)):
            assert key(one) < key(other)


def test_nothing_is_read_before_it_is_needed() -> None:
    code = """
import sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
import honorroll.model.working_days, honorroll.chinese.collation
assert not [name for name in opened if "han" in name.split("/") and name.endswith(".txt")], opened
assert "chinese_calendar" not in sys.modules
assert honorroll.chinese.collation.stroke_key("王一") < honorroll.chinese.collation.stroke_key("文一")
assert [name for name in opened if name.endswith("characters.txt")]
"""
    subprocess.run([sys.executable, "-c", code], check=True)
