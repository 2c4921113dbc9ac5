"""The dialect of Markdown: CommonMark's own examples, GitHub's parser as an oracle, and what we do otherwise on purpose."""

import json
import os
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown

from honorroll.commonmark.extension import CommonMark
from honorroll.commonmark.tree import Document

#: What GitHub's parser reads as we do: tables. Its strikethrough takes one tilde, too, and its task lists look otherwise.
EXTENSIONS = ["table"]


def html(text: str) -> str:
    return Markdown(extensions=[CommonMark()]).convert(text)


class _Plain(HTMLParser):
    """HTML in one form: sorted attributes, no blanks between blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.inside_code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append(f"<{tag}{sorted((name, value or '') for name, value in attrs)}>")
        self.inside_code += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag not in {"br", "hr", "img", "input"}:
            self.parts.append(f"</{tag}>")
        self.inside_code -= tag == "pre"

    def handle_data(self, data: str) -> None:
        self.parts.append(data if self.inside_code else re.sub(r"\s+", " ", data))


_BLOCK = r"p|ul|ol|li|blockquote|h\d|hr|table|thead|tbody|tr|td|th|pre|br"


def plain(text: str) -> str:
    parser = _Plain()
    parser.feed(text)
    parser.close()
    return re.sub(rf" ?(</?(?:{_BLOCK})(?:\[[^>]*)?>) ?", r"\1", "".join(parser.parts)).strip()


def examples() -> list[tuple[str, int, str, str]]:
    """Section, number, Markdown and HTML of CommonMark's examples; those of the specification that `COMMONMARK_SPEC` names."""
    spec = os.environ.get("COMMONMARK_SPEC", "")
    if not spec:
        return []
    found, section = list[tuple[str, int, str, str]](), ""
    pattern = r"^`{32} example\n(?P<text>.*?)^\.\n(?P<html>.*?)^`{32}$|^#{1,6} *(?P<title>[^\n]*)$"
    for match in re.finditer(pattern, Path(spec).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        if match["title"]:
            section = match["title"]
        else:
            found.append((section, len(found) + 1, match["text"].replace("→", "\t"), match["html"].replace("→", "\t")))
    return found


def holds_html(text: str) -> bool:
    """Whether GitHub's parser reads raw HTML in it, which is text here by design."""
    raw = cmarkgfm.cmark.markdown_to_html(text, Options.CMARK_OPT_UNSAFE)
    return raw != cmarkgfm.cmark.markdown_to_html(text, 0) and "<" in text


def test_commonmarks_examples_are_right() -> None:
    """All but those with raw HTML; some sections are only that."""
    found = examples()
    if not found:
        pytest.skip("COMMONMARK_SPEC does not name CommonMark's spec.txt")
    tried = [each for each in found if each[0] not in {"HTML blocks", "Raw HTML"} and not holds_html(each[2])]
    assert len(tried) > 560
    wrong = [(section, number) for section, number, text, right in tried if plain(html(text)) != plain(right)]
    assert wrong == []


_PIECES = (
    "a|b |一|。| |\n|\n\n|- |* |1. |2) |> |# |```|~~~|    |  |\t|*|**|_|`|``|[|]|(|)|![|](u)|\\|&amp;|¦|¦-¦\n|---|===|\n- "
    "|\n  |\n    |+ |<http://a.b>|!|'|\""
).split("|")


def _is_known_to_differ(text: str) -> bool:
    """Where GitHub's parser departs from CommonMark or from its own documentation, or we from it."""
    lines = text.split("\n")
    return (
        bool(re.search(r"[一。]", text) and re.search(r"[*_]", text))  # emphasis beside Chinese text
        or "~~" in text
        or "\t" in text  # a tab before a line end, or behind a marker
        or any(line and not line.strip() for line in lines)  # an empty item and a line of blanks
        or (any("|" in line for line in lines) and bool(re.search(r"^ {4}", text, re.MULTILINE)))  # indented rows
        or "[[" in text  # links in links
        or any(line.lstrip(" >").startswith("[") for line in lines)  # definitions before tables
    )


@given(st.lists(st.sampled_from(_PIECES), max_size=24).map(lambda pieces: "".join(pieces).replace("¦", "|")))
@example("甲：\n- 一\n- 二")
@example("- 步骤\n\n  ```\n  命令\n  ```\n- 下一步")
@example("1. 甲\n\n   续段\n\n2. 乙")
@example("表一：\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |")
def test_a_text_is_read_as_github_reads_it(text: str) -> None:
    if not _is_known_to_differ(text):
        oracle = cmarkgfm.cmark.markdown_to_html_with_extensions(text, Options.CMARK_OPT_UNSAFE, EXTENSIONS)
        oracle = re.sub(r'<pre lang="([^"]*)"><code>', r'<pre><code class="language-\1">', oracle)
        oracle = re.sub(r' align="(\w+)"', r' class="\1"', oracle)
        assert plain(html(text)) == plain(oracle)


CASES = json.loads((Path(__file__).parent / "markdown.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("typed", "shown"), CASES, ids=[case[0][:24] for case in CASES])
def test_awkward_texts_of_real_life(typed: str, shown: str) -> None:
    assert html(typed).replace("\n", "") == shown


@given(st.text("ab一。*_`[]()<>!\\&#~|:-1. \n\t", max_size=60))
def test_what_is_typed_is_never_lost_or_invented(text: str) -> None:
    """The words of the page are words of the text, in order; the tree can be written and read back."""
    shown = "".join(Document(text).root.itertext())
    letters = [char for char in shown if char in "ab一"]
    typed = [char for char in text if char in "ab一"]
    assert len(letters) <= len(typed) or "&" in text
    at = iter(typed)
    assert all(any(char == other for other in at) for char in letters)


@pytest.mark.parametrize(
    ("before", "typed"),
    [
        ("甲[乙](", "team:t01"),
        ("甲[乙](<", "a b.jpg"),
        ("> - ![图](", "照片.jpg"),
        ("一\n二 ![图](", "照片.jpg"),
        ("[a]: ", "x.md"),
        ("-\t![图](", "照片.jpg"),
        ("| a | b |\n|---|---|\n| 甲 | [x](", "y.md"),
        ("# 题[x](", "y.md"),
        ("- 甲\n\n  乙 <", "https://example.org/"),
    ],
)
def test_an_address_is_found_where_it_is_typed(before: str, typed: str) -> None:
    closing = {"<": ">", "(": ")"}.get(before[-1], "")
    tail = f"{'>' if before.endswith('(<') else ''}{')' if '](' in before else closing}\n"
    text = f"{before}{typed}{tail}" + ("\n[a]\n" if before == "[a]: " else "")
    ((_, (line, column, length)),) = Document(text).targets.values()
    assert text.split("\n")[line - 1][column - 1 : column - 1 + length] == typed


_MARKS = [*"|- |-\t|*  |> |>\t|1. |10.\t|\t|    |- [ ] |-\t[x] \t|# |#\t|[^a]: |:\t|**\t".split("|"), "| "]
_WORDS = [*"甲 \t \\| | `a\\|b` ** 1.\t *\t \\ <br> ![x]( [y] \\\\| <!--甲-->".split(" "), " | ", "> ", "[ ] "]
_LINKS = ("[w](%s)", "![w](<%s>)", '[w\\|w](%s "t")', "<http://%s>", "[r]: %s")
_RULERS = ("", "|---|---|", "> |-|-|", "---", "===", "```")
_ADDRESSES = st.sampled_from(["zz", "zz甲", "zz\\|x", "zz|", "zz\\*b"])


def _pieces(pieces: Sequence[str], most: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces), max_size=most).map("".join)


_LINKED = st.tuples(st.sampled_from(_LINKS), _ADDRESSES).map(lambda pair: pair[0] % pair[1])
_LINES = st.tuples(_pieces(_MARKS, 3), _pieces(_WORDS, 4), _LINKED | st.just(""), _pieces(_WORDS, 3)).map("".join)


@given(st.lists(_LINES | st.sampled_from(_RULERS), max_size=7).map("\n".join))
@example("| a | b |\n|---|---|\n| \\| `\\|` | [w](zz\\|x) |")
@example("-\t[x] \t[w](zz)\n\n>\t-\t[w](zz)")
@example("甲\n10.\t[w](zz)\n**\t[w](zz)")
@example("-\t#\t[w](zz)")
def test_columns_count_what_is_typed(text: str) -> None:
    """Behind tabs, escaped pipes and tasks, in any nesting; no tab of a text becomes blanks."""
    document, lines = Document(text + "\n\n[r]\n"), text.split("\n")
    for address, (line, column, length) in document.targets.values():
        typed = lines[line - 1][column - 1 : column - 1 + length]
        if "zz" in address:
            assert typed.startswith(("zz", "http://zz"))
            assert typed.replace("\\", "") == address.replace("\\", "")
    for problem in document.problems:
        if problem.rule in {"MDN-06", "MDN-07", "MDN-09"}:
            assert lines[problem.line - 1][problem.column - 1] == "<"


@pytest.mark.parametrize("text", ["**\t甲", "甲\n2.\t乙", "- 甲\n  3)\t乙", "*\t**\t甲", ">\t7\t甲"])
def test_tabs_among_words_stay_tabs(text: str) -> None:
    assert "\t" in "".join(Document(text).root.itertext())
