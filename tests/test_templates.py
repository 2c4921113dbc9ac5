import pytest
from conftest import Project

from honorroll.pages import TEMPLATES


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


def test_a_mistake_in_a_macro_is_placed_in_the_macros_file(project: Project) -> None:
    project.write("templates/parts/mine.html", "{% macro m(x) %}\n{{ x.y.z }}{% endmacro %}")
    project.write("templates/tags.html", '{% import "parts/mine.html" as mine with context %}{{ mine.m(site) }}')
    assert ("TPL-05", "templates/parts/mine.html", 2) in rules(project)


def test_text_is_escaped(project: Project) -> None:
    project.replace("data/campaign.yaml", "title: ", 'title: "<script>alert(1)</script>" #')
    assert project.build().counts is not None
    assert not any(b"<script>alert" in data for data in project.output().values())


def test_every_context_has_its_template_and_no_template_is_unused() -> None:
    from honorroll.source import theme_root

    top = {path.name for path in (theme_root() / "templates").iterdir() if path.is_file()}
    assert set(TEMPLATES) <= top
    assert top - set(TEMPLATES) == {"base.html", "components.html"}  # which the preview alone shows
