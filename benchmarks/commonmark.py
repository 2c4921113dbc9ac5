"""How far texts become what CommonMark says: `python benchmarks/commonmark.py [--spec spec.txt] [--posts FOLDER]`.

With `--spec`, CommonMark's specification (`spec.txt`, as in the npm package `commonmark-spec`): for each
of its sections, how many examples give the same HTML after normalising. Examples with raw HTML are
counted apart: the product shows raw HTML as text.

With `--posts`, a folder of Markdown files: whether the structure of each (headings, lists with their
items, tables with the cells of each row, code with its text, quotes, rules, paragraphs) is what GitHub's
own parser makes of it, with each file that differs and its first difference. Front matter is dropped.

Both need GitHub's parser, `cmarkgfm`, which `build.py test` installs. It knows tables, strikethrough and task lists here,
not bare addresses as links.
"""

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from html import escape
from html.parser import HTMLParser
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote

import cmarkgfm
from cmarkgfm.cmark import Options

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

#: The sections of the specification that posts need most.
AIM = (
    "List items",
    "Lists",
    "Fenced code blocks",
    "Block quotes",
    "Emphasis and strong emphasis",
    "Links",
)
#: What GitHub's parser knows beside CommonMark.
GITHUB = ["table", "strikethrough", "tasklist"]
#: What it writes where raw HTML stood.
OMITTED = "<!-- raw HTML omitted -->"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
#: White space beside these means nothing.
BLOCKS = frozenset((*HEADINGS, *"p ul ol li pre blockquote hr table thead tbody tr th td section div".split()))
VOID = frozenset(("hr", "br", "img", "input"))

Convert = Callable[[str], str]


# What is compared


class Normaliser(HTMLParser):
    """HTML in one spelling, after the example of CommonMark's own `test/normalize.py`.

    White space outside `pre` is one blank, and none beside blocks and after line breaks; attributes are
    sorted; characters are written as themselves; addresses are percent-encoded in one way; a cell is aligned
    by `align`; comments are dropped.
    """

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.pre = False
        #: White space that comes next means nothing.
        self.fresh = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._beside(tag)
        words = "".join(sorted(f' {name}="{escape(value)}"' for name, value in map(self._attribute, attrs)))
        self.parts.append(f"<{tag}{words}>")
        self.pre = self.pre or tag == "pre"
        self.fresh = tag in BLOCKS or tag == "br"

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        self._beside(tag)
        self.parts.append(f"</{tag}>")
        self.pre = self.pre and tag != "pre"
        self.fresh = tag in BLOCKS

    def handle_data(self, data: str) -> None:
        if not self.pre:
            data = re.sub(r"[ \t\r\n]+", " ", data)
            data = data.removeprefix(" ") if self.fresh or self._ends_blank() else data
            self.fresh = self.fresh and not data
        self.parts.append(escape(data, quote=False))

    def result(self) -> str:
        self._beside("p")
        return "".join(self.parts)

    def _beside(self, tag: str) -> None:
        """Drop the blank before a block or a line break, but nothing in `pre`."""
        if (tag in BLOCKS or tag == "br") and not self.pre and self.parts:
            self.parts[-1] = self.parts[-1].rstrip(" ")

    def _ends_blank(self) -> bool:
        return bool(self.parts) and self.parts[-1].endswith(" ")

    @staticmethod
    def _attribute(attribute: tuple[str, str | None]) -> tuple[str, str]:
        name, value = attribute[0], attribute[1] or ""
        if name in {"href", "src"}:
            value = quote(unquote(value), safe="/:?#[]@!$&'()*+,;=~")
        elif value == name:
            value = ""  # an attribute that is there or not
        elif name == "style" and (align := re.fullmatch(r"text-align: *(\w+);?", value)):
            name, value = "align", align[1]
        return name, value


def normalised(html: str) -> str:
    parser = Normaliser()
    parser.feed(html)
    parser.close()
    # GitHub writes the box of a task before the item's paragraph.
    return re.sub(r"(<li>)(<input[^>]*>) ?<p>", r"\1<p>\2 ", parser.result())


class Step(NamedTuple):
    """A piece of structure: how deep it is, what it is, and the words that follow it."""

    depth: int
    what: str
    words: list[str]

    def __str__(self) -> str:
        return self.what + (f" “{''.join(self.words)[:24]}”" if any(self.words) else "")


class Structure(HTMLParser):
    """The blocks of HTML, in their order and depth. A table and a code block are told where they end.

    An item's words are a `paragraph` in a loose list and `text` in a tight one.
    """

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[Step] = []
        self.open: list[str] = []
        #: The cells of each row of the table that is open.
        self.rows: list[int] = []
        #: The text of the code block that is open.
        self.code: list[str] | None = None
        #: How many elements of the footnotes' list are open; nothing in it is told.
        self.aside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag in {"section", "div"} and (self.aside or "footnote" in (known.get("class") or "")):
            self.aside += 1
        if self.aside:
            return
        if tag == "hr":
            self._step("rule")
        elif tag == "input":
            self._task(done="checked" in known)
        elif tag in VOID:
            self._inline()
        elif tag == "tr":
            self.rows.append(0)
        elif tag in {"th", "td"}:
            self.rows[-1:] = [self.rows[-1] + 1] if self.rows else []
        elif tag in BLOCKS - {"thead", "tbody", "section", "div"}:
            self._block(tag, known.get("start") or "1")

    def handle_endtag(self, tag: str) -> None:
        if self.aside:
            self.aside -= tag in {"section", "div"}
        elif tag in self.open:
            while self.open.pop() != tag:
                pass
            if tag == "table":
                self._step("table of " + ", ".join(f"{n}×{cells}" for cells, n in Counter(self.rows).items()))
            elif tag == "pre":
                self._step("code " + json.dumps("".join(self.code or []).rstrip("\n"), ensure_ascii=False))
                self.code = None

    def handle_data(self, data: str) -> None:
        if self.aside:
            return
        if self.code is not None:
            self.code.append(data)
        elif data.strip():
            self._inline()
            if self.steps and sum(map(len, self.steps[-1].words)) < 24:
                self.steps[-1].words.append(data.replace("\n", " "))

    def _block(self, tag: str, start: str) -> None:
        if tag == "table":
            self.rows = []
        elif tag == "pre":
            self.code = []
        else:
            what = {"p": "paragraph", "li": "item", "blockquote": "quote"}.get(tag, tag)
            self._step(what + (f" from {start}" if start != "1" else ""))
        self.open.append(tag)

    def _inline(self) -> None:
        last = self.steps[-1] if self.steps else None
        loose = not self.open or self.open[-1] in {"li", "blockquote"}
        if loose and (last is None or last.what != "text" or last.depth != len(self.open)):
            self._step("text")

    def _task(self, *, done: bool) -> None:
        """Make the last item a task: GitHub writes its box before a paragraph, others write it in there."""
        for number in reversed(range(len(self.steps))):
            if self.steps[number].what == "item":
                self.steps[number] = self.steps[number]._replace(what="done task" if done else "open task")
                break

    def _step(self, what: str) -> None:
        self.steps.append(Step(len(self.open), what, []))


def structure(html: str) -> list[Step]:
    parser = Structure()
    parser.feed(html)
    parser.close()
    return parser.steps


def difference(ours: list[Step], theirs: list[Step], *, looseness: bool = True) -> str:
    """The first difference between two structures; empty if there is none.

    Without `looseness`, a loose list is the same as a tight one.
    """

    def key(step: Step | None) -> tuple[int, str] | None:
        what = step.what if step and (looseness or step.what != "text") else "paragraph"
        return step and (step.depth, what)

    for number, (our, their) in enumerate(zip_longest(ours, theirs), start=1):
        if key(our) != key(their):
            return f"step {number}: {our or 'nothing'} (depth {our.depth if our else 0}); expected {their or 'nothing'} (depth {their.depth if their else 0})"
    return ""


def html_difference(ours: str, theirs: str) -> str:
    """Where two texts of HTML first differ, with what stands around it; empty if nowhere."""
    if ours == theirs:
        return ""
    at = next((n for n, pair in enumerate(zip(ours, theirs, strict=False)) if pair[0] != pair[1]), 10**9)
    at = min(at, len(ours), len(theirs))
    return f"{ours[max(0, at - 20) : at + 40]!r}; expected {theirs[max(0, at - 20) : at + 40]!r}"


# Who converts


def product(*, footnotes: bool) -> Convert:
    """The product's converter."""
    from markdown import Markdown

    from honorroll.commonmark import CommonMark

    # As an instance carries state from text to text, each text gets a new one, as in the product.
    return lambda text: Markdown(extensions=[CommonMark(), *(["footnotes"] if footnotes else [])]).convert(text)


def github(*, footnotes: bool) -> Convert:
    """GitHub's converter, which leaves out raw HTML; only two tildes strike through, as one stands in “3~5 人”."""
    options = Options.CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE | (Options.CMARK_OPT_FOOTNOTES if footnotes else 0)
    return lambda text: cmarkgfm.markdown_to_html_with_extensions(text, options, GITHUB)


# CommonMark's examples


class Example(NamedTuple):
    """An example of the specification: its section and number, and which HTML its Markdown should give."""

    section: str
    number: int
    markdown: str
    html: str


def examples(spec: str) -> Iterator[Example]:
    """The examples in the text of the specification."""
    fence = "`" * 32
    pattern = (
        rf"(?m)^{fence} example\n(?P<markdown>(?:.*\n)*?)\.\n(?P<html>(?:.*\n)*?){fence}$|^#{{1,6}} +(?P<section>.*)$"
    )
    section, number = "", 0
    for match in re.finditer(pattern, spec):
        if match["section"]:
            section = match["section"]
        else:
            number += 1
            yield Example(section, number, *(match[name].replace("→", "\t") for name in ("markdown", "html")))


def tell_spec(spec: str, ours: Convert, *, verbose: bool) -> None:
    """Print how many of the examples are equal, by section."""
    theirs = github(footnotes=False)
    equal: Counter[str] = Counter()
    all_: Counter[str] = Counter()
    raw: Counter[str] = Counter()
    failures = []
    for example in examples(spec):
        if OMITTED in theirs(example.markdown):
            raw[example.section] += 1
            continue
        all_[example.section] += 1
        got, _ = attempt(ours, example.markdown)
        if normalised(got) == normalised(example.html):
            equal[example.section] += 1
        else:
            failures.append((example, got))
    if verbose:
        for example, got in failures:
            print(f"--- {example.number} {example.section}")
            for name, value in (("text", example.markdown), ("is", got), ("should", example.html)):
                print(f"{name:>7} {value!r}")
    print(f"{'CommonMark’s examples':40} {'equal':>6} {'of':>6} {'raw HTML':>9}")
    for section in dict.fromkeys([*all_, *raw]):
        row = equal[section], all_[section], raw[section]
        print(f"{section:40} {row[0]:6} {row[1]:6} {row[2]:9}{_numbers(failures, section)}")
    for title, sections in (
        ("lists, fences, quotes, emphasis, links", AIM),
        ("all", (*all_, *(raw.keys() - all_.keys()))),
    ):
        done, number, left = (sum(counts[name] for name in sections) for counts in (equal, all_, raw))
        print(f"{title:40} {done:6} {number:6} {left:9}  {100 * done / number:.1f} %")


def _numbers(failures: list[tuple[Example, str]], section: str) -> str:
    numbers = [str(example.number) for example, _ in failures if example.section == section]
    return f"  not {' '.join(numbers)}" if numbers else ""


# Posts


def escape_tags(text: str) -> str:
    """Write `<` as `&lt;` where it would begin a tag, a declaration or an instruction.

    It stays in code blocks, which GitHub's parser tells the lines of, in a link's or a reference's `<address>`,
    in an autolink and where a comment begins. In a code span it becomes `&lt;`, which is then the text of the
    code for both converters.
    """
    tag = (
        r"(?<!\]\()(?<!\]: )<(?=[A-Za-z/?]|!(?!--))"
        r"(?![A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*>)(?![\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9.-]+>)"
    )
    lines = text.split("\n")
    escaped = re.sub(tag, "&lt;", text)
    html = cmarkgfm.markdown_to_html_with_extensions(escaped, Options.CMARK_OPT_SOURCEPOS, GITHUB)
    result = escaped.split("\n")
    for first, last in re.findall(r'<pre data-sourcepos="(\d+):\d+-(\d+):\d+"', html):
        result[int(first) - 1 : int(last)] = lines[int(first) - 1 : int(last)]
    return "\n".join(result)


def attempt(convert: Convert, text: str) -> tuple[str, str]:
    """The HTML of a text, or the error that its conversion ended with."""
    try:
        return convert(text), ""
    except Exception as error:  # noqa: BLE001  # told of, and the next text is tried
        return "", f"{type(error).__name__}: {error}"


def tell_posts(folder: Path, ours: Convert, theirs: Convert, *, keep_html: bool, verbose: bool) -> None:
    """Print which posts have another structure than GitHub gives them."""
    differing, loose, otherwise, seconds = [], [], [], [0.0, 0.0]
    paths = sorted(folder.rglob("*.md"))
    for path in paths:
        text = re.sub(
            r"\A---\n.*?^---[ \t]*\n", "", path.read_text(encoding="utf-8-sig"), count=1, flags=re.MULTILINE | re.DOTALL
        )
        if not keep_html:
            text = escape_tags(text)
        start = time.perf_counter()
        got, error = attempt(ours, text)
        middle = time.perf_counter()
        expected = theirs(text)
        seconds = [seconds[0] + middle - start, seconds[1] + time.perf_counter() - middle]
        if found := html_difference(normalised(got), normalised(expected)):
            otherwise.append(f"{path.relative_to(folder)}: {found}")
        have, want = structure(got), structure(expected)
        if found := error or difference(have, want, looseness=False):
            differing.append(f"{path.relative_to(folder)}: {found}")
        elif found := difference(have, want):
            loose.append(f"{path.relative_to(folder)}: {found}")
    told = [("another structure", differing), ("loose for tight or tight for loose", loose)]
    for title, files in [*told, *([("other HTML", otherwise)] if verbose else [])]:
        print(f"{len(files)} posts with {title}")
        print("".join(f"  {line}\n" for line in files), end="")
    equal = len(paths) - len(differing) - len(loose)
    print(f"{'posts':40} {len(paths):6}")
    for name, number in (
        ("equal structure", equal),
        ("equal but for loose and tight lists", equal + len(loose)),
        ("equal in normalised HTML", len(paths) - len(otherwise)),
    ):
        print(f"{name:40} {number:6}  {100 * number / max(1, len(paths)):.1f} %")
    print(f"seconds: {seconds[0]:.1f}, GitHub's parser {seconds[1]:.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description="How far texts become what CommonMark and GitHub make of them.")
    parser.add_argument("--spec", type=Path, help="CommonMark's specification, spec.txt")
    parser.add_argument("--json", type=Path, help="write the specification's examples to this file")
    parser.add_argument("--posts", type=Path, help="a folder of Markdown files, with those in its subfolders")
    parser.add_argument("--keep-html", action="store_true", help="do not escape the tags in posts")
    parser.add_argument("--footnotes", action="store_true", help="both converters know footnotes in posts")
    parser.add_argument(
        "-v", "--verbose", action="store_true", help="show the examples, and the posts' HTML, that differ"
    )
    arguments = parser.parse_args()
    if arguments.spec:
        spec = arguments.spec.read_text(encoding="utf-8")
        if arguments.json:
            records = [example._asdict() for example in examples(spec)]
            arguments.json.write_text(json.dumps(records, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        tell_spec(spec, product(footnotes=False), verbose=arguments.verbose)
    if arguments.posts:
        ours, theirs = product(footnotes=arguments.footnotes), github(footnotes=arguments.footnotes)
        tell_posts(arguments.posts, ours, theirs, keep_html=arguments.keep_html, verbose=arguments.verbose)


if __name__ == "__main__":
    main()
