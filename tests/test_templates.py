import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Project

from honorroll.pages.planning import TEMPLATES
from honorroll.render import template_analysis


def rules(project: Project) -> list[tuple[str, str, int]]:
    return [(f.diagnostic.rule, f.span.path, f.span.line) for f in project.check().findings]


def test_an_unknown_name_is_found_before_rendering(project: Project) -> None:
    project.write("templates/tags.html", "{{ site.name }}\n{% if false %}{{ tgas }}{% endif %}\n")
    project.write("data/teams.yaml", "- id: X\n")  # another error keeps everything from being rendered
    assert ("TPL-02", "templates/tags.html", 2) in rules(project)
    finding = next(f for f in project.check().findings if f.diagnostic.rule == "TPL-02")
    assert finding.diagnostic.guess == "tags"
    assert finding.span.column == 18


@pytest.mark.parametrize(
    ("template", "rule"),
    [
        ("{% if %}", "TPL-01"),
        ("{{ site.nmae }}", "TPL-02"),
        ("{{ page.tilte }}", "TPL-02"),
        ("{{ range(3) }}", "TPL-02"),
        ("{{ cycler(1) }}", "TPL-02"),
        ("{{ [1, 2]|random }}", "TPL-01"),
        ("{% include tag %}", "TPL-03"),
        ('{% include "parts/none.html" %}', "TPL-04"),
        ('{% extends "bsae.html" %}', "TPL-04"),
        ('{{ asset("stlye.css") }}', "TPL-06"),
        ("{{ asset(site.name) }}", "TPL-06"),
        ("{{ tags[0].nmae }}", "TPL-05"),
        ("{{ 1 / 0 }}", "TPL-05"),
        ("{{ tags.append(1) }}", "TPL-05"),
    ],
)
def test_a_mistake_in_a_template_has_its_line_and_publishes_nothing(project: Project, template: str, rule: str) -> None:
    project.write("templates/tags.html", f"<p>\n{template}")
    assert project.build().counts is None
    found = rules(project)
    assert (rule, "templates/tags.html", 2) in found, found
    assert not project.site.exists()


@pytest.mark.parametrize(
    ("later", "rule"),
    [
        (lambda project: project.replace("templates/tags.html", "tags[0]", "tgas[0]"), "TPL-02"),
        (lambda project: project.remove("static/extra.txt"), "TPL-06"),
    ],
    ids=["template", "static"],
)
def test_a_theme_in_which_nothing_was_found_is_read_again_when_it_changes(
    project: Project, later: Callable[[Project], None], rule: str
) -> None:
    """Where nothing is rendered, reading alone can tell."""
    project.write("static/extra.txt", "x")
    project.write("templates/tags.html", '{% if false %}{{ tags[0].name }}{{ asset("extra.txt") }}{% endif %}')
    assert project.build().counts
    later(project)
    assert rules(project) == [(rule, "templates/tags.html", 1)]


def test_a_mistake_in_a_macro_is_placed_in_the_macros_file(project: Project) -> None:
    project.write("templates/parts/mine.html", "{% macro m(x) %}\n{{ x.y.z }}{% endmacro %}")
    project.write("templates/tags.html", '{% import "parts/mine.html" as mine with context %}{{ mine.m(site) }}')
    assert ("TPL-05", "templates/parts/mine.html", 2) in rules(project)


def test_text_is_escaped(project: Project) -> None:
    project.replace("data/campaign.yaml", "title: ", 'title: "<script>alert(1)</script>" #')
    assert project.build().counts is not None
    shown = {
        url: data for url, data in project.output().items() if url != "calendar.ics"
    }  # no mark-up means anything there
    assert not any(b"<script>alert" in data for data in shown.values())


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ('"&"', "&amp;"),
        ('"<"', "&lt;"),
        ('">"', "&gt;"),
        ("'\"'", "&#34;"),
        ('"\'"', "&#39;"),
        ('"&amp;"', "&amp;amp;"),
        ('["<"]', "[&#39;&lt;&#39;]"),
        ("7", "7"),
        ("true", "True"),
        ("none", "None"),
        ('"<b>"|safe', "<b>"),
        ('mark("&")', "<b>&amp;</b>"),
        ('"<" ~ mark("&")', "&lt;<b>&amp;</b>"),
    ],
)
def test_whatever_is_put_out_is_escaped_once(project: Project, value: str, shown: str) -> None:
    macro = "{% macro mark(word) %}<b>{{ word }}</b>{% endmacro %}"
    project.write("templates/tags.html", f"{macro}{{% for each in [{value}] %}}{{{{ each }}}}{{% endfor %}}")
    assert project.build().counts is not None
    assert project.output()["tags/index.html"].decode() == shown


def test_every_context_has_its_template_and_no_template_is_unused() -> None:
    from honorroll.inputs.scan import theme_root

    top = {path.name for path in (theme_root() / "templates").iterdir() if path.is_file()}
    assert set(TEMPLATES) <= top
    assert top - set(TEMPLATES) == {"base.html", "components.html"}  # which the preview alone shows


@pytest.fixture
def compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where compiled templates are kept; none is in memory."""
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "env"))
    monkeypatch.setattr(template_analysis._Compiled, "codes", {})  # noqa: SLF001  # what a new process has
    return tmp_path / "env" / "var" / "honorroll"


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:40])


def foreign(file: Path) -> None:
    file.write_bytes(b"x" * 500)


def no_file(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("harm", [cut, foreign, no_file])
def test_a_damaged_compiled_template_is_compiled_again(
    project: Project, compiled: Path, harm: Callable[[Path], None]
) -> None:
    assert project.build().counts
    before = project.output()
    files = [*compiled.iterdir()]
    assert files
    assert {file.suffix for file in files} == {".bin", ".json"}  # what they compile to, and what was found in them
    for file in files:
        harm(file)
    shutil.rmtree(project.site)
    shutil.rmtree(project.root / ".cache")
    template_analysis._Compiled.codes.clear()  # noqa: SLF001  # as above
    assert project.build().counts
    assert project.output() == before


def test_where_nothing_compiled_can_be_kept_it_is_compiled_each_time(project: Project, compiled: Path) -> None:
    compiled.parent.parent.write_text("no folder")
    assert project.build().counts


def test_a_template_compiled_by_another_version_is_compiled_again(
    project: Project, compiled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may filter and escape otherwise."""
    assert project.build().counts
    before = {file: file.read_bytes() for file in compiled.iterdir()}
    monkeypatch.setattr(template_analysis, "version", lambda: "another")
    shutil.rmtree(project.site)
    shutil.rmtree(project.root / ".cache")
    assert project.build().counts
    assert all(file.read_bytes() != data for file, data in before.items())
