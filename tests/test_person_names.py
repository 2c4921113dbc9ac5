"""Which places of a text name somebody who must not be named: a table of prose, and disguises that are made up."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from honorroll.privacy.person_names import Person, PersonNames

sys.path.append(str(Path(__file__).parent.parent / "benchmarks"))
from privacy_names import disguises, recall

PEOPLE = [
    *(
        Person(name, name, "某", "PRV-05")
        for name in ("王小明", "王明", "高峰", "欧阳长河", "买买提·艾力江", "John Smith")
    ),
    *(
        Person(name, name, "某", "PRV-05")
        for name in ("张和平", "陈慧兰", "文静", "李伟杰", "王某某", "王师傅", "赵强", "周密")
    ),
    Person("g", "李伟", "李某某", "PRV-06"),
    Person("h", "李伟"),
    Person("l", "王明远"),
]
NAMES = PersonNames(PEOPLE)

#: A text, the part of it that is a name for sure, and the part that may be one.
ROWS = [
    ("队长王小明说", "王小明", ""),
    ("王 小 明", "王 小 明", ""),
    ("王　小　明", "王　小　明", ""),
    ("王**小**明", "王**小**明", ""),
    ("王\u200b小\u200d明", "王\u200b小\u200d明", ""),
    ("王·小·明", "王·小·明", ""),
    ("王\n小明", "王\n小明", ""),
    ("王⼩明", "王⼩明", ""),
    ("王小\ufa5b", "", ""),
    ("老王-小明来了", "", "王-小明"),
    ("王、小明", "", ""),
    ("歐陽長河", "歐陽長河", ""),
    ("欧阳\u3000长河", "欧阳\u3000长河", ""),
    ("欧阳某某", "", ""),
    ("买买提艾力江", "买买提艾力江", ""),
    ("买买提•艾力江同志", "买买提•艾力江", ""),
    ("by JOHN  SMITH.", "JOHN  SMITH", ""),
    ("John Smithson, xJohn Smith", "", ""),
    ("张和平走上前", "张和平", ""),
    ("陳慧蘭", "陳慧蘭", ""),
    ("王某某", "", ""),
    ("王师傅", "", ""),
    # two characters
    ("队长王明说", "王明", ""),
    ("对王明进行表彰", "王明", ""),
    ("感谢王明热心帮助", "王明", ""),
    ("王明立即赶到", "王明", ""),
    ("王 明", "王 明", ""),
    ("姓名：王明", "王明", ""),
    ("“王明”", "王明", ""),
    ("业主王明把车停好", "王明", ""),
    ("今天王明天亮前到岗", "", "王明"),
    ("国王明天来", "", ""),
    ("女王明白了", "", ""),
    ("老王明天到岗", "", ""),
    ("行李明天送到", "", ""),
    ("文区王明公司", "", "王明"),
    ("王（明天见", "", ""),
    ("王明远说", "", ""),  # another, who is known
    ("王明昊说", "", "王明"),  # another, who is not, or
    ("王明拾到钱包", "", "王明"),
    ("王明夜巡归来", "", "王明"),
    ("赵强调集人员", "", "赵强"),
    # names that are words
    ("早高峰时段", "", ""),
    ("晚高峰、早高峰", "", ""),
    ("客流高峰来临", "", ""),
    ("高峰同志", "高峰", ""),
    ("保安员高峰冲上前", "高峰", ""),
    ("小区文静下来", "", ""),
    ("布防周密", "", ""),
    ("队员周密说", "周密", ""),
    # two people
    ("李伟来了", "", "李伟"),
    ("李伟杰来了", "李伟杰", ""),
]


@pytest.mark.parametrize(("text", "sure", "perhaps"), ROWS)
def test_a_text_names_somebody(text: str, sure: str, perhaps: str) -> None:
    found = [(text[one.start : one.end], one.sure) for one in NAMES.find(text)]
    assert found == [(sure, True)] * bool(sure) + [(perhaps, False)] * bool(perhaps)
    if found:
        assert NAMES.may(text.encode())


@pytest.mark.parametrize(
    ("about", "found"), [({"g"}, [True]), ({"h"}, []), ({"g", "h"}, [False]), ({"王明"}, [False]), (set(), [False])]
)
def test_of_two_with_one_name_the_context_tells(about: set[str], found: list[bool]) -> None:
    assert [one.sure for one in NAMES.find("李伟来了", about)] == found


def test_what_may_be_other_words_is_the_name_where_the_text_is_about_the_person() -> None:
    assert [one.sure for one in NAMES.find("今天王明天亮前到岗", {"王明"})] == [True]


def test_nobody_is_found_where_all_may_be_named() -> None:
    names = PersonNames([Person("a", "王小明"), Person("b", "John Smith")])
    assert not names.may("王小明 John Smith".encode())
    assert [*names.find("王小明 John Smith")] == []


def test_disguised_names_are_found() -> None:
    assert recall(400, seed=7) >= 0.99


@given(st.text("王小明 *\u200b·-（）<b>&;#12天和", max_size=30))
def test_any_text_may_be_looked_at(text: str) -> None:
    for one in NAMES.find(text):
        assert 0 <= one.start < one.end <= len(text)
        assert one.persons
        assert one.sure or all(one.why)
        assert NAMES.may(text.encode())


@pytest.mark.parametrize("form", disguises("王小明"))
def test_each_disguise_is_seen_through_in_a_page(form: str) -> None:
    from honorroll.privacy import plain

    text = f"<p>昨天{form}在岗。</p>"
    assert NAMES.may(text.encode())
    assert [one.persons[0].id for one in NAMES.find(plain(text).text)] == ["王小明"]
