"""The documentation tells what the program does: contexts, rules, verbs, options, folders."""

import ast
import re
from itertools import filterfalse
from pathlib import Path

import click
import pytest

from honorroll.checks import explain
from honorroll.checks.catalog import PREFIXES, RULES, Rule
from honorroll.checks.messages import say
from honorroll.cli import commands
from honorroll.inputs.yaml_reader import YamlReader
from honorroll.pages.planning import TEMPLATES
from honorroll.pages.sections import SECTIONS

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "honorroll" / "pages"
#: Where contexts, and what they are made of, stand.
ROOMS = (
    *(f"sections/{name}" for name in SECTIONS),
    *("participation", "files/certificates", "files/feeds", "files/machine", "contexts"),
    *("parts", "cards", "files/syndication", "charts", "district_map"),
)
CONTEXTS = ROOT / "docs" / "contexts.md"
RULES_PAGE = ROOT / "docs" / "rules.md"
INTRO = """# What templates see

A template sees `site`, `page` and the fields of its own context, and nothing else; any other name is an error with its
line, before anything is rendered. Addresses are relative to the site's root: write `{{ page.root }}{{ link.url }}`.

Besides Jinja's own filters (without `random`) there are `day` (2022年9月1日), `shortday` (9月1日), `moment`
(2022-09-01 09:30), `iso` (ISO 8601), `prose` (a text as `html`, `toc`, `words` and `minutes` of reading), `rfc822` (a time as RSS wants it),
`counted` (a text whose numbers stay in one line with their measure words),
`canonical(site.base_url)` (an address made absolute, empty without a base) and `jsonld` (a mapping as JSON that is safe in
a `script`; what is empty is left out).
`asset("style.css")` gives the address of a file in `static/`, with a fingerprint; its argument is a plain string.

A file in your project's `templates/` takes the place of the theme's file of the same name.

This page is written from the source by `python3 build.py test --regenerate`.
"""

RULES_INTRO = """# Rules 规则

Everything that `check` and `build` look for. An error keeps the site from being published; a warning does not, unless
`--strict` makes it one. `python3 build.py check --explain SCH-05` prints the page of one rule.

`check` 和 `build` 查的每一件事。有错误就不发布；有警告可以发布，加 `--strict` 则警告也算错误。`…` 代表具体的内容。

This page is written from the catalog by `python3 build.py test --regenerate`.
"""


def classes(path: Path) -> list[ast.ClassDef]:
    """The named tuples that others may use: those that templates see."""
    found = [node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.ClassDef)]
    return [node for node in found if node.name[0] != "_" and "NamedTuple" in map(ast.unparse, node.bases)]


def is_page(node: ast.ClassDef) -> bool:
    return node.name in {context.__name__ for context in TEMPLATES.values()}


def table(node: ast.ClassDef) -> list[str]:
    rows = []
    for at, field in enumerate(node.body):
        if not isinstance(field, ast.AnnAssign) or "ClassVar" in ast.unparse(field.annotation):
            continue
        after = node.body[at + 1] if at + 1 < len(node.body) else None
        text = after.value.value if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) else ""
        kind = ast.unparse(field.annotation).replace("|", "or")
        rows.append(f"| `{ast.unparse(field.target)}` | `{kind}` | {text} |")
    return ["| name | type | |", "|---|---|---|", *rows, ""] if rows else ["Nothing beyond `site` and `page`.", ""]


def contexts() -> str:
    found = [node for name in ROOMS for node in classes(PAGES / f"{name}.py")]
    templates = {context.__name__: name for name, context in TEMPLATES.items()}
    lines = [INTRO, "## Pages", ""]
    for node in filter(is_page, found):
        lines += [f"### `{templates[node.name]}`: {node.name}", "", ast.get_docstring(node) or "", "", *table(node)]
    lines += ["## Parts", ""]
    for node in filterfalse(is_page, found):
        lines += [f"### {node.name}", "", ast.get_docstring(node) or "", "", *table(node)]
    return "\n".join(lines).rstrip() + "\n"


def test_the_contexts_are_documented(regenerate: bool) -> None:
    if regenerate:
        CONTEXTS.write_text(contexts(), encoding="utf-8")
    assert CONTEXTS.read_text(encoding="utf-8") == contexts()


def test_every_field_of_a_page_says_what_it_is() -> None:
    found = [node for name in ROOMS for node in classes(PAGES / f"{name}.py")]
    assert len(list(filter(is_page, found))) == len(TEMPLATES)
    for node in filter(is_page, found):
        assert ast.get_docstring(node)
        undocumented = [row for row in table(node)[2:] if row.endswith("|  |")]
        assert not undocumented, (node.name, undocumented)


def code(text: str) -> list[str]:
    return ["```", text.strip("\n"), "```", ""] if text else []


def rule_page(rule: Rule) -> list[str]:
    lines = [f"### {rule.id}", "", f"**{explain.title(rule, 'zh')}** · {explain.title(rule, 'en')}", ""]
    lines += [rule.explanation[0], "", rule.explanation[1], ""]
    lines += [f"依据 Asked for by: {rule.clause}", ""] if rule.clause else []
    for name, text in (("错误的写法 Wrong", rule.bad), ("正确的写法 Right", rule.good)):
        lines += [f"{name}:", "", *code(text)] if text else []
    return [*lines, f"怎么改：{explain.hint(rule, 'zh')} · {explain.hint(rule, 'en')}", ""]


def rules() -> str:
    lines = [RULES_INTRO]
    for prefix, (zh, en) in PREFIXES.items():
        inside = sorted((rule for rule in RULES.values() if rule.id[:3] == prefix), key=lambda rule: rule.id)
        if not inside:
            continue
        lines += [f"## {prefix} {zh} {en}", "", "| | | |", "|---|---|---|"]
        for rule in inside:
            severity = f"{say(rule.severity.name, 'zh')} {say(rule.severity.name, 'en')}"
            lines.append(
                f"| [{rule.id}](#{rule.id.lower()}) | {severity} | {explain.title(rule, 'zh').replace('|', chr(92) + '|')} |"
            )
        lines.append("")
        lines += [line for rule in inside for line in rule_page(rule)]
    return "\n".join(lines).rstrip() + "\n"


def test_the_rules_are_documented(regenerate: bool) -> None:
    if regenerate:
        RULES_PAGE.write_text(rules(), encoding="utf-8")
    assert RULES_PAGE.read_text(encoding="utf-8") == rules()


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_is_explained_in_both_languages(rule: Rule) -> None:
    assert rule.id[:3] in PREFIXES
    zh, en = rule.explanation
    assert len(re.findall(r"[\u4e00-\u9fff]", zh)) >= 10
    assert len(en.split()) >= 5
    assert not re.search(r"[，。；：！？]", en)
    assert zh.endswith("。")
    assert en.endswith(".")
    for text in (zh, en):
        assert len(re.findall(r"[。！？]|[.!?](?= |$)", text)) <= 3
    assert not rule.bad or rule.good


YAML = [rule for rule in RULES.values() if rule.id.startswith("YML") and rule.bad]


@pytest.mark.parametrize("rule", YAML, ids=[rule.id for rule in YAML])
def test_the_examples_of_yaml_break_and_keep_their_rule(rule: Rule) -> None:
    assert [fault.rule for fault in YamlReader().decode("x.yaml", rule.bad)[1]] == [rule.id]
    assert YamlReader().decode("x.yaml", rule.good)[1] == []


@pytest.mark.parametrize("name", ["README.md"])
def test_the_readme_names_every_verb_and_option(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for verb, command in commands.verbs.commands.items():
        assert f"`{verb}" in text
        for option in command.params:
            if isinstance(option, click.Option) and option.name != "port":
                assert option.opts[0] in text, (verb, option.opts)


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_links_of_the_documents_lead_to_files(name: str) -> None:
    text = re.sub(r"(`+).+?\1", "", (ROOT / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / target).exists(), target


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_files_that_the_documents_name_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for path in re.findall(r"`((?:data|content|honorroll|docs|tests|templates|static)/[\w./-]*)`", text):
        if path.isascii() and "ceshi" not in path:
            assert (ROOT / path).exists(), path


def test_every_promise_of_safety_names_tests_that_are_there() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    promises = re.split(r"\n- ", text.partition("## What is promised")[2].partition("## What is not promised")[0])[1:]
    assert len(promises) > 15
    for promise in promises:
        named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", promise)
        assert named, promise
        for path, name in named:
            assert re.search(rf"^def {name}\(", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE), (path, name)


def test_every_rule_speaks_both_languages() -> None:
    for rule in RULES.values():
        for zh, en in (rule.message, rule.hint):
            assert re.search(r"[\u4e00-\u9fff]", zh), rule.id
            assert en
            assert not re.search(r"[\u4e00-\u9fff]", en), rule.id
            assert set(re.findall(r"{(\w+)}", en)) <= set(re.findall(r"{(\w+)}", zh)) | {
                "wanted_en",
                "key",
                "what",
                "why",
            }, rule.id


def test_the_readmes_example_is_what_the_program_says(regenerate: bool) -> None:  # noqa: ARG001
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert RULES["REF-01"].message[0].format(value="hss") in text
    assert RULES["REF-01"].hint[0].format(table="orgs") in text
