"""Characters that nobody sees, or that turn a text around: found with their places, unless their script needs them."""

import pytest
from conftest import Project

from honorroll.filesystem.hidden_characters import found
from honorroll.inputs.yaml_reader import YamlReader

#: What passes.
FINE = [
    "普通的文字，全角　空格，不换行\u00a0空格",
    "家庭 👨‍👩‍👧‍👦、彩虹旗 🏳️‍🌈、爱心 ❤️、女警 👮🏽‍♀️",
    "旗 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "按键 1️⃣，心 ♥︎",
    "艾力·买买提 ئەلى مەمەت",
    "شىنجاڭ\u200cلىق",  # Uyghur, with a non-joiner
    "می\u200cخواهم",  # Persian
    "ئۇيغۇرچە \u200f(2022)\u200e تېكىست",
    "ᠮᠣᠩᠭᠣᠯ\u180e᠎ᠠ ᠬᠡᠯᠡ\u202fᠶᠢᠨ",
    "ᠠ\u180b ᠭ\u180cᠠ",
    "क्\u200dष श्\u200cर",
    "葛\U000e0100 神\ufe00",  # a variant of a character in a name
    "עברית ועוד",
    "café naïve ½",
    "&amp; &nbsp; &#39; &lt; R&D &copy;",
    "བོད་ཡིག ꆈꌠꁱꂷ 한국어",
    "",
]
#: What is found: text, rule, column, length.
ODD = [
    ("甲\u202e乙", "SRC-13", 2, 1),
    ("甲\u202a乙\u202c", "SRC-13", 2, 1),
    ("甲\u202d乙", "SRC-13", 2, 1),
    ("甲\u2066乙", "SRC-13", 2, 1),
    ("甲\u2067\u2068乙", "SRC-13", 2, 2),
    ("甲\u2069", "SRC-13", 2, 1),
    ("ئەلى \u202eمەمەت", "SRC-13", 6, 1),
    ("甲&#8238;乙", "SRC-13", 2, 7),
    ("甲&#x202E;乙", "SRC-13", 2, 8),
    ("a&#x2066;b", "SRC-13", 2, 8),
    ("甲\u200b乙", "SRC-12", 2, 1),
    ("甲\u200d乙", "SRC-12", 2, 1),
    ("甲\u200c乙", "SRC-12", 2, 1),
    ("a\u200db", "SRC-12", 2, 1),
    ("😀\u200d乙", "SRC-12", 2, 1),
    ("甲\u2060乙", "SRC-12", 2, 1),
    ("甲\ufeff乙", "SRC-12", 2, 1),
    ("hy\u00adphen", "SRC-12", 3, 1),
    ("甲\ufffc乙", "SRC-12", 2, 1),
    ("甲\ufffd乙", "SRC-12", 2, 1),
    ("甲\ufffa乙", "SRC-12", 2, 1),
    ("甲\ue000乙", "SRC-12", 2, 1),
    ("甲\U000f0000\U00100000乙", "SRC-12", 2, 2),
    ("甲\U000e0041\U000e0042乙", "SRC-12", 2, 2),
    ("甲\u200e乙", "SRC-12", 2, 1),
    ("甲\u200f乙", "SRC-12", 2, 1),
    ("甲\u3164乙", "SRC-12", 2, 1),
    ("甲\u2063乙", "SRC-12", 2, 1),
    ("甲\u180e乙", "SRC-12", 2, 1),
    ("\ufe0f甲", "SRC-12", 1, 1),
    ("甲\u034f乙", "SRC-12", 2, 1),
    ("甲&ZeroWidthSpace;乙", "SRC-12", 2, 16),
    ("甲&shy;乙", "SRC-12", 2, 5),
    ("甲&#8203;乙", "SRC-12", 2, 7),
    ("甲\ufdd0乙", "SRC-12", 2, 1),
]


@pytest.mark.parametrize("text", FINE)
def test_what_a_script_needs_passes(text: str) -> None:
    assert list(found("content/x.md", text)) == []


@pytest.mark.parametrize(("text", "rule", "column", "length"), ODD, ids=[ascii(text) for text, *_ in ODD])
def test_what_nobody_sees_is_found(text: str, rule: str, column: int, length: int) -> None:
    first, *others = found("content/x.md", f"第一行\n{text}\n")
    place = first.place
    assert (first.rule, place.line, place.column, place.length) == (rule, 2, column, length)
    assert all(one.rule == rule and one.place.column > column for one in others)


POST = "content/news/2022-09-02-first.md"
#: A theme of the project's own.
THEME = {
    "templates/tag.html": "{% include 'parts/mine.html' %}\n{# 甲 #}",
    "templates/parts/mine.html": "乙",
    "static/extra.svg": "<svg xmlns='http://www.w3.org/2000/svg'><title>甲</title></svg>",
    "static/extra.txt": "甲\r\n乙",
    "static/extra.js": "// 甲",
    "static/extra.css": "/* 甲 */ p { color: red }",
}


@pytest.mark.parametrize(
    ("path", "old", "new", "line"),
    [
        (POST, "街上很静", "街上\u202e很静", 9),
        (POST, "第一班巡逻\n", "第一班\u202e巡逻\n", 2),
        ("data/teams.yaml", "江边巡逻小组", "江边\u2067巡逻小组", 2),
        ("data/campaign.yaml", "守护江城", "守护\u202d江城", 4),
        ("content/plan.md", "守好江城", "守好\u202e江城", 9),
        ("data/deeds.yaml", "当天还给了失主", "当天&#8238;还给了失主", 9),
        ("data/persons.yaml", "王守江", "王\u202e守江", 2),
        ("templates/tag.html", "{# 甲 #}", "{# 甲\u202e #}", 2),
        ("templates/parts/mine.html", "乙", "&#8238;乙", 1),
        ("static/extra.svg", "甲", "甲\u202e", 1),
        ("static/extra.txt", "乙", "\u2066乙", 2),
        ("static/extra.js", "// 甲", "// 甲\u202d", 1),
        ("static/extra.css", "甲", "甲\u2069", 1),
    ],
)
def test_a_text_that_is_turned_around_is_not_published(
    path: str, old: str, new: str, line: int, project: Project
) -> None:
    for name, text in THEME.items():
        project.write(name, text)
    assert project.build().findings == ()  # so that the cache is warm
    project.replace(path, old, new)
    for _ in range(2):
        result = project.build()
        (one,) = result.findings
        assert (one.diagnostic.rule, one.span.path, one.span.line) == ("SRC-13", path, line)
        assert one.span.text[one.span.column - 1 : one.span.column - 1 + one.span.length] in new
        assert result.counts is None


def test_what_is_only_hidden_is_a_warning_again_and_again(project: Project) -> None:
    assert project.build().findings == ()
    project.replace(POST, "街上很静", "街上\u200b很静")
    for _ in range(2):
        result = project.build()
        assert [(one.diagnostic.rule, one.span.line, one.span.column) for one in result.findings] == [("SRC-12", 9, 30)]
        assert result.counts
    project.replace(POST, "\u200b", "")
    assert project.build().findings == ()


@pytest.mark.parametrize("escape", ["\\u202e", "\\u2066", "\\U0000202d"])
def test_an_escape_smuggles_nothing_in(escape: str) -> None:
    faults = YamlReader().decode("data/x.yaml", f'- name: "甲{escape}乙"\n')[1]
    assert [(one.rule, one.place.line, one.place.column) for one in faults] == [("SRC-13", 1, 9)]
    assert YamlReader().decode("data/x.yaml", '- name: "甲\u202e乙"\n')[1] == []  # seen by who reads the file


def test_a_text_of_nothing_else_is_looked_at_in_part() -> None:
    assert len(list(found("content/x.md", "甲\u200b" * 100_000))) == 10_000
