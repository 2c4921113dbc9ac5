"""Edits of data files: what is meant is what is read again, and every other line keeps its bytes."""

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference import ROOT

from honorroll.editing import records as editing
from honorroll.editing.as_typed import normal
from honorroll.inputs import reader
from honorroll.inputs.front_matter import body

FILES = sorted((ROOT / "data").rglob("*.yaml"))
POSTS = sorted((ROOT / "content" / "news").rglob("*.md"))
ONE = "# 头\n- id: t01   # 编号\n  name: 花山   # 名称\n  areas: [甲, 乙]\n\n  # 说明\n  about: |\n    一段。\n\n    二段。\n\n# 尾\n- id: t02\n"


def read(path: str, data: bytes) -> Any:
    text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    value, faults = reader(path).decode(path, text)
    assert not faults
    return value


#: By what is asked: the file, keys and values, and the right file.
EDITS: Mapping[str, tuple[str, tuple[str | int, ...], Mapping[str, Any], str]] = {
    "a text": (ONE, (0,), {"name": "雨山"}, ONE.replace("花山", "雨山")),
    "a list": (ONE, (0,), {"areas": ["甲", "丙, 丁"]}, ONE.replace("[甲, 乙]", '[甲, "丙, 丁"]')),
    "a text of lines": (ONE, (0,), {"about": "新\n\n文"}, ONE.replace("一段。", "新").replace("二段。", "文")),
    "one line of them": (ONE, (0,), {"about": "新"}, ONE.replace("一段。\n\n    二段。", "新")),
    "new ones": (
        ONE,
        (0,),
        {"no": "12:30", "about2": "a\n\nb"},
        ONE.replace("    二段。\n", '    二段。\n  no: "12:30"\n  about2: |\n    a\n\n    b\n').replace("no:", '"no":'),
    ),
    "one gone": (ONE, (0,), {"areas": None}, ONE.replace("  areas: [甲, 乙]\n", "")),
    "the first gone": (ONE, (0,), {"id": None}, ONE.replace("id: t01   # 编号\n  ", "")),
    "lines gone": (ONE, (0,), {"about": None}, ONE.replace("  about: |\n    一段。\n\n    二段。\n", "")),
    "a list that was a text": (ONE, (1,), {"id": ["a", "b"]}, ONE.replace("t02", "[a, b]")),
    "parts": (
        ONE,
        (1,),
        {"reported": {"date": "2022-09-01", "to": ["zd"]}},
        ONE + "  reported:\n    date: 2022-09-01\n    to: [zd]\n",
    ),
    "inside of brackets": ("- {a: 1, b: 二 } # 尾\n", (0,), {"a": "3", "c": "x, y"}, '- {a: 3, b: 二, c: "x, y" } # 尾\n'),
    "gone from brackets": ("- {a: 1, b: 二 }\n", (0,), {"b": None}, "- {a: 1 }\n"),
    "nothing behind a key": ("- a: 1\n  b: # 空\n", (0,), {"b": "x"}, "- a: 1\n  b: x # 空\n"),
    "blanks in front": ("- a:    1\n  b: 2", (0,), {"a": "5", "b": "6"}, "- a:    5\n  b: 6"),
    "a list of lines": ("a:  # 项\n- x\n- y # 二\nb: 1\n", (), {"a": ["z"]}, "a:  # 项\n- z\nb: 1\n"),
    "lists that stand in": ("a:\n  - x\n  - y\nb: 1\n", (), {"a": ["z"]}, "a:\n  - z\nb: 1\n"),
    "an inner list's": ("a:\n  - x: 1\n    y: 2\n  - x: 3\n", ("a", 1), {"y": "4"}, "a:\n  - x: 1\n    y: 2\n  - x: 3\n    y: 4\n"),
    "a value below": ("a:\n  长\nb: 1\n", (), {"a": "短"}, "a: 短\nb: 1\n"),
    "a text over lines": ("a: 长\n  句\nb: 1\n", (), {"a": "短"}, "a: 短\nb: 1\n"),
    "words that YAML takes": ("a: 1\n", (), {"a": "no", "b": "010", "c": "# x", "d": "是", "e": "- 甲", "f": ""},
        'a: "no"\nb: "010"\nc: "# x"\nd: 是\ne: "- 甲"\nf: ""\n'),
    "signs": ("a: 1\n", (), {"a": 'x: "y"', "b": "王 #1", "c": "1,200余名", "d": "C:\\a", "e": "'a': \"b\""},
        "a: 'x: \"y\"'\nb: \"王 #1\"\nc: 1,200余名\nd: C:\\a\ne: \"'a': \\\"b\\\"\"\n"),
    "front matter": ("---\ntitle: 甲\n---\n\n正文 title: 乙\n", (), {"title": "丙", "draft": "是"}, "---\ntitle: 丙\ndraft: 是\n---\n\n正文 title: 乙\n"),
    "no front matter": ("---\n---\n文\n", (), {"title": "丙"}, "---\ntitle: 丙\n---\n文\n"),
}  # fmt: skip


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["", "marked"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("name", EDITS)
def test_an_edit_leaves_all_else_as_it_was_typed(name: str, end: str, mark: bytes) -> None:
    before, keys, values, after = EDITS[name]
    path = "a.md" if before.startswith("---") else "a.yaml"
    old, new = (mark + text.replace("\n", end).encode() for text in (before, after))
    assert editing.set_values(path, old, keys, values) == new


APPENDED: Mapping[str, tuple[str | None, list[Mapping[str, Any]], str]] = {
    "a new file": (None, [{"id": "a", "l": ["x"]}, {"id": "b"}], "- id: a\n  l: [x]\n- id: b\n"),
    "an empty list": ("# 头\n[]\n# 尾\n", [{"id": "a"}, {"id": "b"}], "# 头\n- id: a\n- id: b\n# 尾\n"),
    "only comments": ("# 头\n", [{"id": "a"}], "# 头\n- id: a\n"),
    "no last line end": ("# 头\n- id: a", [{"id": "b"}], "# 头\n- id: a\n- id: b\n"),
    "a list that stands in": ("  - id: a\n", [{"id": "b", "n": "1"}], "  - id: a\n  - id: b\n    n: 1\n"),
    "blank lines between": ("- id: a\n\n- id: b\n", [{"id": "c"}, {"id": "d"}], "- id: a\n\n- id: b\n\n- id: c\n\n- id: d\n"),
    "blank lines at the end": ("- id: a\n\n\n", [{"id": "b"}], "- id: a\n\n\n- id: b\n"),
    "brackets": ("[{id: a}]\n", [{"id": "b", "n": "x y"}], "[{id: a}, {id: b, n: x y}]\n"),
    "as the others are": (
        "- id: a\n  why:\n    - x\n  story: |\n    y\n",
        [{"id": "b", "why": ["z"], "story": "w"}],
        "- id: a\n  why:\n    - x\n  story: |\n    y\n- id: b\n  why:\n    - z\n  story: |\n    w\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("name", APPENDED)
def test_records_are_added_at_the_end(name: str, end: str) -> None:
    before, records, after = APPENDED[name]
    old = None if before is None else before.replace("\n", end).encode()
    assert editing.append("data/teams.yaml", old, records) == after.replace("\n", "\n" if old is None else end).encode()


TEXTS_CHANGED = {
    "plain, quoted and in brackets": (
        "- id: t01 # 一\n  org: 'c01'\n  to: [ zd, xh ]  # 二\n  l:\n    - a\n    - b # 三\n",
        [((0, "id"), "t02"), ((0, "org"), "c02"), ((0, "to", 1), "yy"), ((0, "l", 1), "c")],
        "- id: t02 # 一\n  org: 'c02'\n  to: [ zd, yy ]  # 二\n  l:\n    - a\n    - c # 三\n",
    ),
    "front matter": ("---\nteams: [t01, t02]\n---\nt01\n", [(("teams", 0), "t03")], "---\nteams: [t03, t02]\n---\nt01\n"),
}  # fmt: skip


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("name", TEXTS_CHANGED)
def test_a_text_is_replaced_where_it_stands(name: str, end: str) -> None:
    before, texts, after = TEXTS_CHANGED[name]
    path = "a.md" if before.startswith("---") else "a.yaml"
    old, new = (text.replace("\n", end).encode() for text in (before, after))
    assert editing.set_texts(path, old, texts) == new


@pytest.mark.parametrize(
    ("before", "number", "after"),
    [
        ("# 头\n- a: 1\n  b: |\n    x\n\n# 二\n- a: 2\n", 0, "# 头\n\n# 二\n- a: 2\n"),
        ("- a: 1\n- a: 2", 1, "- a: 1\n"),
        ("# 头\n- a: 1\n", 0, "# 头\n[]\n"),
        ("[{a: 1}]\n", 0, None),
        ("- &x {a: 1}\n- *x\n", 0, None),
    ],
)
def test_a_record_is_taken_out(before: str, number: int, after: str | None) -> None:
    assert editing.without("a.yaml", before.encode(), number) == (after.encode() if after is not None else None)


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("path", [path for path in FILES if path.stem != "campaign"], ids=lambda path: path.name)
def test_records_are_added_to_the_reference_data(path: Path, end: str) -> None:
    """Short and long files; and a copy of a record is written as its neighbours are."""
    raw = path.read_bytes().replace(b"\n", end.encode())
    before = read(path.name, raw)
    made = editing.append(path.name, raw, before[-2:])
    assert made
    assert made.startswith(raw)
    assert normal(read(path.name, made)) == normal(before + before[-2:])
    added = made[len(raw) :].decode().split()
    assert [word for word in added if not word.startswith("#")] == [
        word for word in raw.decode().split()[-len(added) :] if not word.startswith("#")
    ] or path.stem not in {"teams", "projects"}


UNSURE = {
    "no YAML": "a: [1\n",
    "no text": "a: 1\n".encode("utf-16"),
    "an alias": "- &a {x: 1}\n- *a\n",
    "two documents": "- x: 1\n---\n- x: 2\n",
    "no mapping": "- 1\n- 2\n",
    "a comment that would lose its field": "- x: 1\n  # 二\n  y: 2\n",
    "a field alone": "- x: 1\n",
}


@pytest.mark.parametrize("name", UNSURE)
def test_what_is_not_sure_is_left_to_people(name: str) -> None:
    text = UNSURE[name]
    data = text if isinstance(text, bytes) else text.encode()
    assert editing.set_values("a.yaml", data, (0,), {"x": None if "field" in name else "5"}) is None
    if name in {"no YAML", "no text", "two documents"}:
        assert editing.append("a.yaml", data, [{"x": "1"}]) is None


TEXTS = st.one_of(
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=20),
    st.lists(st.text("一二 #:-'\"\\|>[]{},&*!%@`?~=<.。，：", max_size=8), max_size=4).map("\n".join),
    st.sampled_from(["no", "~", "null", "1e3", "0x1f", "2022-09-01", "12:30", "是", "010", "<<", "=", "1_000", "---", "...", ".inf", "一" * 120]),
)  # fmt: skip
NAMES = st.sampled_from(["id", "name", "story", "areas", "note", "photos", "新", "no", "a b"])
VALUES = st.recursive(
    TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=5
)


def mappings(value: Any, keys: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """What leads to each mapping."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [keys] if isinstance(value, dict) else []
    return found + [way for key, one in inner for way in mappings(one, (*keys, key))]


def inside(value: Any, keys: tuple[str | int, ...]) -> Any:
    for key in keys:
        value = value[key]
    return value


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([*FILES, *POSTS]), st.sampled_from(["\n", "\r\n"]), st.data())
def test_any_edit_of_the_reference_data_says_what_was_meant(file: Path, end: str, data: st.DataObject) -> None:
    path, raw = file.name, file.read_bytes().replace(b"\n", end.encode())
    meant = read(path, raw)
    keys = data.draw(st.sampled_from(mappings(meant)))
    target = inside(meant, keys)
    names = st.sampled_from([*target]) | NAMES
    values = data.draw(st.dictionaries(names, st.none() | VALUES, min_size=1, max_size=3))
    new = editing.set_values(path, raw, keys, values)
    if new is None:
        gone = {key for key, value in values.items() if value is None}
        assert not target.keys() - gone or (gone and "#" in str(raw)), values
        return
    for key, value in values.items():
        if value is None:
            target.pop(key, None)
        else:
            target[key] = value
    assert normal(read(path, new)) == normal(meant)
    old, now = raw.decode().splitlines(keepends=True), new.decode().splitlines(keepends=True)
    changed = [
        one for one in difflib.SequenceMatcher(None, old, now, autojunk=False).get_opcodes() if one[0] != "equal"
    ]
    assert len(changed) <= 2 * len(values)
    assert path.endswith(".yaml") or body(new.decode()) == body(raw.decode())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- id: a\n  l: []\n", "- id: a\n  l:\n    - k: 新\n"),
        ("- id: a\n", "- id: a\n  l:\n    - k: 新\n"),
        ("- id: a\n  l:\n", "- id: a\n  l:\n    - k: 新\n"),
        ("- id: a\n  l: [{k: 1}]  # 注\n", "- id: a\n  l: [{k: 1}, {k: 新}]  # 注\n"),
        ("- id: a\n  l:\n  - {k: 1}   # 注\n\n- id: b\n", "- id: a\n  l:\n  - {k: 1}   # 注\n  - {k: 新}\n\n- id: b\n"),
        (
            "- id: a\n  l:\n    - k: 1\n      t: |\n        长\n\n  z: 1\n",
            "- id: a\n  l:\n    - k: 1\n      t: |\n        长\n    - k: 新\n\n  z: 1\n",
        ),
    ],
)
def test_more_items_come_behind_those_of_a_list(before: str, after: str) -> None:
    made = editing.set_all("data/x.yaml", before.encode(), [((0,), {"l": editing.More([{"k": "新"}])})])
    assert made is not None
    assert made.decode() == after
