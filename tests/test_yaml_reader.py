"""YAML: values as typed, places to the character, and limits that hold against any document."""

import sys
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from honorroll.diagnostics import Diagnostic, Keys
from honorroll.inputs import yaml_hints, yaml_reader
from honorroll.inputs.yaml_reader import MAX_ALIASES, MAX_DEPTH, YamlReader

decode, locate, items = YamlReader().decode, YamlReader().locate, YamlReader().items


def value(text: str) -> Any:
    found, faults = decode("data/x.yaml", text)
    assert faults == []
    return found


def fault(text: str) -> Diagnostic:
    """The only fault of a document that cannot be read."""
    found, faults = decode("data/x.yaml", text)
    assert found is None
    (only,) = faults
    return only


@pytest.mark.parametrize(
    "typed", ["12:30", "010", "no", "1.10", "2022-09-01", "0x1F", "1e3", "true", ".inf", "1_000", "=", "１２", "<<"]
)
def test_a_scalar_stays_what_was_typed(typed: str) -> None:
    assert value(f"- {typed}\n- k: {typed}\n") == [typed, {"k": typed}]


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null", "NULL"])
def test_nothing_typed_is_nothing(nothing: str) -> None:
    assert value(f"- {nothing}\n- a: {nothing}\n  b: x\n") == [None, {"b": "x"}]


def test_nothing_in_quotes_is_text() -> None:
    assert value("""["", '~', "null"]""") == ["", "~", "null"]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n", "---\n...\n", "\n\n"])
def test_a_document_may_be_empty(text: str) -> None:
    assert value(text) is None


def test_text_keeps_its_lines_and_folds_as_asked() -> None:
    text = "a: |\n  一\n\n  二\nb: >-\n  one\n  two\nc: 'it''s'\nd: \"\\u4E00\\t\"\n"
    assert value(text) == {"a": "一\n\n二\n", "b": "one two", "c": "it's", "d": "一\t"}


def test_any_flow_and_any_nesting_is_read() -> None:
    assert value('[{a: [1, {b: 2}], "c": []}, {}]') == [{"a": ["1", {"b": "2"}], "c": []}, {}]


def test_an_anchor_gives_its_value_again() -> None:
    assert value("- &a {x: [1]}\n- *a\n- &b word\n- *b\n") == [{"x": ["1"]}, {"x": ["1"]}, "word", "word"]


def test_a_key_may_be_marked_with_a_question_mark() -> None:
    assert value("? id\n: t01\n") == {"id": "t01"}


def test_the_first_of_two_equal_keys_counts_and_the_second_is_told() -> None:
    found, faults = decode("data/x.yaml", "id: a\nname: b\nid: c\nin:\n  id: d\n")
    assert found == {"id": "a", "name": "b", "in": {"id": "d"}}
    assert [(f.rule, f.place.line, f.place.column, f.args["key"]) for f in faults] == [("YML-02", 3, 1, "id")]


def test_equal_keys_are_told_even_when_they_say_nothing() -> None:
    assert [f.rule for f in decode("data/x.yaml", "a:\na:\n")[1]] == ["YML-02"]


def test_the_deepest_allowed_nesting_is_read_and_one_more_is_not() -> None:
    assert value("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    too_deep = fault("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))
    assert (too_deep.rule, too_deep.place.column) == ("YML-04", MAX_DEPTH + 1)


def test_the_last_allowed_alias_is_read_and_one_more_is_not() -> None:
    many = "- &a x\n" + "- *a\n" * MAX_ALIASES
    assert value(many) == ["x"] * (MAX_ALIASES + 1)
    assert fault(many + "- *a\n").rule == "YML-03"


def test_few_aliases_that_multiply_are_stopped_by_what_they_expand_to() -> None:
    rows = [f"- &a0 [{', '.join('x' * 100)}]"]
    rows += [f"- &a{level} [{', '.join([f'*a{level - 1}'] * 20)}]" for level in range(1, 4)]
    bomb = fault("\n".join(rows))
    assert bomb.rule == "YML-03"
    assert bomb.place.line == 4


@pytest.mark.parametrize(("limit", "rules"), [(17, []), (16, ["YML-03"])])
def test_what_an_alias_stands_for_is_counted_to_the_value(
    limit: int, rules: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_reader, "MAX_EXPANDED", limit)
    text = (
        "- &a [x, y]\n- *a\n- *a\n- &b word\n- k: *b\n- *a\n"  # 1 list, 4 times a list of 2, 2 words, 1 mapping, 1 key
    )
    assert [f.rule for f in decode("data/x.yaml", text)[1]] == rules


@pytest.mark.parametrize(
    ("text", "line", "column"), [("- a\n" * 12, 11, 3), ("[" + "a," * 12 + "]", 1, 22), ("- a: b\n" * 12, 4, 3)]
)
def test_the_first_value_too_many_is_reported_and_nothing_behind_it_read(
    text: str, line: int, column: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_reader, "MAX_VALUES", 10)
    found = fault(text + "\n}")
    assert (found.rule, found.place.line, found.place.column) == ("YML-14", line, column)


@pytest.mark.parametrize("loader", [yaml.CSafeLoader, yaml.SafeLoader])
@pytest.mark.parametrize(
    ("text", "rule", "line", "column"),
    [
        ("[" * 100_000, "YML-04", 1, 31),
        ("- " * 100_000, "YML-04", 1, 61),
        ("{" * 100_000, "YML-09", 1, 2),
        ("? " * 100_000, "YML-09", 1, 3),
        ("- ? [a, b]\n  : c", "YML-09", 1, 5),
        ("a: &x b\n*x : c", "YML-09", 2, 1),
        ("- *nobody", "YML-10", 1, 3),
        ("*nobody", "YML-10", 1, 1),
        ("- &a [*a]", "YML-10", 1, 7),
        ("- a\n--- \n- b", "YML-07", 2, 1),
        ("a: !!python/object:os.system x", "YML-08", 1, 4),
        ("!!binary aGk=", "YML-08", 1, 1),
        ('a: "\\0"', "SRC-08", 1, 4),
        ('a: "\\e[2J"', "SRC-08", 1, 4),
        ("a:\n\tb: c", "YML-05", 2, 1),
        ("a: b: c", "YML-01", 1, 5),
        ("a: b\n- c", "YML-01", 2, 1),
        ("a: {b, c] d}", "YML-01", 1, 9),
        ("a: [b, c} d]", "YML-01", 1, 9),
        ('- "x\n- y\n', "YML-01", 1, 3),
        ("- [a,\n  b\nc: d", "YML-01", 1, 3),
        ("id：a\nname: b", "YML-06", 1, 3),
        ("- id: a\n  name ： b\n  kind: c", "YML-06", 2, 8),
    ],
)
def test_a_hostile_or_mistaken_document_has_one_fault_with_its_place(
    text: str, rule: str, line: int, column: int, loader: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_reader, "_LOADER", loader)
    _, faults = decode("data/x.yaml", text)
    assert [(f.rule, f.place.line, f.place.column) for f in faults] == [(rule, line, column)]


@pytest.mark.parametrize("character", ["\0", "\x1b", "\x7f", "\x9f", "\ufffe"])
def test_characters_that_yaml_refuses_are_an_error_and_no_exception(character: str) -> None:
    found = fault(f"a: {character}")
    assert (found.rule, found.place.line, found.place.column) == ("YML-01", 1, 1)
    assert "control characters are not allowed" in found.args["why"]


@pytest.mark.parametrize("escape", ["\\ud800", "\\udfff", "\\ud83d\\ude00", "\\q", "\\u12"])
def test_escapes_that_are_no_characters_are_an_error_and_no_exception(escape: str) -> None:
    assert fault(f'a: "{escape}"').rule == "YML-01"


def test_yamls_own_loader_takes_half_a_character_for_one_and_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_reader, "_LOADER", yaml.SafeLoader)
    assert [found.rule for found in decode("data/x.yaml", 'a: "\\ud800"')[1]] == ["SRC-08"]


def test_a_line_of_a_megabyte_is_read() -> None:
    assert value("a: " + "字" * 350_000) == {"a": "字" * 350_000}


def test_reading_needs_no_deep_stack() -> None:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(120)
    try:
        assert fault("[" * 100_000).rule == "YML-04"
    finally:
        sys.setrecursionlimit(limit)


DOCUMENT = """\
# 队伍
- id: t01
  name: "江边巡逻小组"
  areas: [江边街道, 湖东街道]
  contact:
    phone: 000
- {id: t02, name: 第一巡查组, &key areas: []}
- &again
  id: t03
- *again
"""


@pytest.mark.parametrize(
    ("keys", "on_key", "expected"),
    [
        ((0, "id"), False, (1, 6, 3)),
        ((0, "id"), True, (1, 2, 2)),
        ((0, "name"), False, (2, 8, 8)),
        ((0, "areas"), False, (3, 9, 1)),
        ((0, "areas", 1), False, (3, 16, 4)),
        ((0, "contact", "phone"), False, (5, 11, 3)),
        ((0,), False, (1, 2, 1)),
        ((1, "name"), False, (6, 18, 5)),
        ((1, "areas"), True, (6, 25, 10)),
        ((2, "id"), False, (8, 6, 3)),
        ((), False, (1, 0, 1)),
    ],
)
def test_a_value_and_a_key_are_found_to_the_character(keys: Keys, on_key: bool, expected: tuple[int, ...]) -> None:
    assert locate(DOCUMENT, keys, on_key) == expected


@pytest.mark.parametrize(
    ("keys", "nearest"),
    [((0, "nothing"), (0,)), ((0, "areas", 7), (0, "areas")), ((3, "id"), ()), ((99, "x", 1), ())],
)
def test_what_is_not_there_is_shown_at_the_nearest_outer_value(keys: Keys, nearest: Keys) -> None:
    assert locate(DOCUMENT, keys, False) == locate(DOCUMENT, nearest, False)


def test_a_document_without_values_is_shown_at_its_start() -> None:
    assert locate("# nothing\n", (0, "id"), False) == (0, 0, 1)


@pytest.mark.parametrize("end", ["\x85", "\u2028", "\u2029"])
def test_lines_that_only_yaml_would_break_do_not_shift_places(end: str) -> None:
    text = f"- name: 一{end}二\n- id: t01\n"
    assert value(text) == [{"name": "一 二"}, {"id": "t01"}]
    assert locate(text, (1, "id"), False) == (1, 6, 3)


def test_a_value_over_several_lines_is_marked_at_its_first_character() -> None:
    assert locate("a: one\n  two\nb: |\n  x\n", ("a",), False) == (0, 3, 1)
    assert locate("a: one\n  two\nb: |\n  x\n", ("b",), False) == (2, 3, 1)


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        (["title：标题"], (1, 5)),
        (["- - id ： x"], (1, 7)),
        (["a: 1", "name：x", "b: 2"], (2, 4)),
        (["name：x", "a: 1", "b: 2"], None),
        (["标题：没有拉丁字母的键"], None),
        (["text: 时间：九点"], None),
        ([], None),
    ],
)
def test_a_full_width_colon_is_found_near_the_mistake_only(lines: list[str], place: tuple[int, int] | None) -> None:
    found = yaml_hints.near(lines, 1)
    assert (found and (found[0], found[1].start)) == place


@pytest.mark.parametrize("text", ["a: 1\nb", "a: 1\nb: 'x", "a: [1", "- a: 1\n- 'b\n"])
def test_a_fault_at_the_end_is_shown_in_the_last_line(text: str) -> None:
    (fault,) = decode("x.yaml", text)[1]
    lines = text.split("\n")
    assert 1 <= fault.place.line <= len(lines)
    assert 1 <= fault.place.column <= len(lines[fault.place.line - 1]) + 1


def test_a_complaint_without_chinese_words_is_shown_as_it_is() -> None:
    assert yaml_hints.explain("found unexpected end of stream") == "引号没有成对"
    assert yaml_hints.explain("something new") == "something new"


#: What an item may begin with, go on with and end in.
PIECES = [
    "- id: a\n",
    "- ",
    "-\n",
    "  name: b\n",
    "  about: |\n",
    "    text\n",
    " - c\n",
    '- "open\n',
    'shut"\n',
    "# note\n",
    "\n",
]
PIECES += [
    "- &x 1\n",
    "- *x\n",
    "---\n",
    "- [a,\n",
    "b]\n",
    "id: a\n",
    "- >-\n",
    "\tx\n",
    "- ? k\n",
    "  : v\n",
    "- '\n",
    "…\u2028- d\n",
]


@settings(max_examples=500)
@given(st.lists(st.sampled_from(PIECES), max_size=9))
def test_items_read_one_by_one_are_those_of_the_whole(pieces: list[str]) -> None:
    text = "".join(pieces)
    apart = [decode("x", item) for item in items(text)]
    if apart and all(not faults and isinstance(value, list) and len(value) == 1 for value, faults in apart):
        whole, faults = decode("x", text)
        assert (whole, faults) == ([value[0] for value, _ in apart], [])


@pytest.mark.parametrize(
    "tied", ["- &a 1\n", "- x: *a\n", "%YAML 1.2\n- a\n", "- a\n---\n- b\n", "- a\n...\n", "- [&a 1]\n"]
)
def test_items_that_lean_on_one_another_are_not_taken_apart(tied: str) -> None:
    """Each might pass by itself where the whole has too many aliases."""
    assert items("- first\n" + tied) == ()
    assert items("- first\n- R&D\n- 2*3\n") == ("- first\n", "- R&D\n", "- 2*3\n")
