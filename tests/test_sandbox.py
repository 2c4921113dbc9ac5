"""Templates from anybody: what reaches for Python or takes too much is a finding with its line, and nothing is published."""

import sys
from datetime import UTC, datetime

import jinja2
import pytest
from conftest import Project
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from honorroll.incremental.database import Database
from honorroll.inputs.scan import read
from honorroll.pages import planning
from honorroll.render.compiler import MAX_LOOPS, Writer
from honorroll.render.sandbox import ForbiddenError, Sandbox, TooMuchError
from honorroll.render.template_analysis import TemplateSource, analyse, environment
from honorroll.render.theme import Theme

#: Templates that reach for what they must not have, in `tags.html`; the name that is told.
REACHING = {
    '{{ "".__class__ }}': "__class__",
    '{{ "".__class__.__mro__[1].__subclasses__() }}': "__class__",
    "{{ site.__init__.__globals__ }}": "__init__",
    "{% if false %}{{ tags.__class__ }}{% endif %}": "__class__",
    '{{ ""["__class__"] }}': "__class__",
    '{{ ""["__cla" ~ "ss__"] }}': "__class__",
    '{{ ""|attr("__class__") }}': "__class__",
    '{{ [""]|map(attribute="__class__")|list }}': "__class__",
    '{{ [""]|map("attr", "__class__")|list }}': "__class__",
    '{{ [""]|groupby("__class__") }}': "__class__",
    '{{ [""]|sort(attribute="__class__") }}': "__class__",
    '{{ "{0.__class__}".format("") }}': "format",
    '{{ "{a.__class__}".format_map({"a": ""}) }}': "format_map",
    '{{ "{0.__class__}"["format"]("") }}': "format",
    '{{ ["{0.__class__}"]|map(attribute="format")|list }}': "format",
    '{{ ("{0.__class__}"|safe).format("") }}': "format",
    "{{ site._asdict() }}": "_asdict",
    "{{ self._TemplateReference__context }}": "_TemplateReference__context",
    '{{ self["_TemplateReference__context"] }}': "_TemplateReference__context",
    "{% for x in [1] %}{{ loop._iterable }}{% endfor %}": "_iterable",
    "{% macro m() %}{% endmacro %}{{ m._func }}": "_func",
    "{% macro m() %}{% endmacro %}{{ m.__call__.__func__.__globals__ }}": "__call__",
    "{{ asset.__globals__ }}": "__globals__",
    '{{ asset["__globals__"] }}': "__globals__",
    "{{ ([1]|map('upper')).gi_frame }}": "gi_frame",
    "{% set x = [1] %}{{ x.append(2) }}": "append",
    "{% set x = [1] %}{{ x['app' ~ 'end'](2) }}": "append",
    '{% set x = {"a": 1} %}{{ x.update({"b": 2}) }}': "update",
    '{% set x = {"a": 1} %}{{ x|attr("pop") }}': "pop",
    '{{ "x".ljust(999999999) }}': "ljust",
    '{{ "x".center(999999999) }}': "center",
    '{{ "x".zfill(999999999) }}': "zfill",
    '{{ "\t".expandtabs(999999999) }}': "expandtabs",
    '{{ "{:999999999}".format(1) }}': "format",
    '{{ (1).to_bytes(999999999, "big") }}': "to_bytes",
    '{{ "aaaa".translate({97: "x"}) }}': "translate",
}

_DOUBLE = "".join(f"{{% set x{at + 1} = x{at} ~ x{at} %}}" for at in range(40))
_NEST = "".join(f"{{% set x{at + 1} = [x{at}, x{at}] %}}" for at in range(40))
_MACROS = "".join(f"{{% macro m{at + 1}() %}}{{{{ m{at}() }}}}{{{{ m{at}() }}}}{{% endmacro %}}" for at in range(40))
_LOOPS = "{% for a in [0] * 1000 %}" * 5 + "x" + "{% endfor %}" * 5

#: Templates that take too much, in `tags.html`.
GREEDY = {
    "product": '{{ "x" * 999999999 }}',
    "product of a list": "{{ [1, 2] * 999999999 }}",
    "product from the right": '{{ 999999999 * "x" }}',
    "product of a tuple": "{% for x in (1, 2) * 999999999 %}{% endfor %}",
    "product of products": '{{ ("x" * 9999) * 9999 }}',
    "power": "{{ 9 ** (9 ** 9) }}",
    "powers": "{% set a = 9 ** 999 %}{% set b = a ** a %}{{ b }}",
    "products of numbers": "{% set a = 9 ** 3000 %}{% set b = a * a %}{{ b }}",
    "width": '{{ "%999999999d" % 1 }}',
    "precision": '{{ "%.999999999f" % 1.0 }}',
    "widths": '{{ "%*d" % (999999999, 1) }}',
    "long width": '{{ "%99999999999999999999d" % 1 }}',
    "named width": '{{ "%(a)999999999d" % {"a": 1} }}',
    "format": '{{ "%999999999d"|format(1) }}',
    "format by name": '{{ "%(a)999999999d"|format(a=1) }}',
    "format by map": '{{ ["%999999999d"]|map("format", 1)|list }}',
    "indent": '{{ "x\\ny"|indent(999999999) }}',
    "replace": '{{ ("x" * 99999)|replace("", "y" * 99999) }}',
    "method replace": '{{ ("x" * 99999).replace("", "y" * 99999) }}',
    "method by name": '{{ ("x" * 99999)["replace"]("", "y" * 99999) }}',
    "replace by map": '{{ ["x" * 99999]|map("replace", "", "y" * 99999)|list }}',
    "join": '{{ ("x" * 99999)|join("y" * 99999) }}',
    "method join": '{{ ("y" * 99999).join("x" * 99999) }}',
    "join by attribute": '{{ ([{"a": "x" * 999999}] * 999)|join("", attribute="a") }}',
    "batch": "{{ [1]|batch(999999999, 0)|list }}",
    "slice": "{{ [1]|slice(999999999, 0)|list }}",
    "round": '{{ 1|round(999999999, "ceil") }}',
    "sum": "{{ ([[0] * 9999] * 999)|sum(start=[]) }}",
    "tojson": "{{ [1]|tojson(indent=999999999) }}",
    "doubling": '{% set x0 = "x" %}' + _DOUBLE + "{{ x40 }}",
    "doubling by +": '{% set x0 = "x" %}' + _DOUBLE.replace("~", "+") + "{{ x40 }}",
    "doubling by blocks": "{% set x0 %}x{% endset %}"
    + "".join(f"{{% set x{at + 1} %}}{{{{ x{at} }}}}{{{{ x{at} }}}}{{% endset %}}" for at in range(40)),
    "lists in lists": "{% set x0 = [1] %}" + _NEST + "{{ x40 }}",
    "tuples in tuples": "{% set x0 = (1, 2) %}" + _NEST.replace("[", "(").replace("]", ")") + "{{ x40 == x40 }}",
    "dictionaries": "{% set x0 = 1 %}"
    + "".join(f'{{% set x{at + 1} = {{"a": x{at}, "b": x{at}}} %}}' for at in range(40))
    + "{{ x40|tojson }}",
    "macros": "{% macro m0() %}x{% endmacro %}" + _MACROS + "{{ m40() }}",
    "empty macros": "{% macro m0() %}{% endmacro %}" + _MACROS + "{{ m40() }}",
    "macro without end": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "two macros": "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}",
    "caller": "{% macro m() %}{% call m() %}{{ caller() }}{% endcall %}{% endmacro %}{{ m() }}",
    "include of itself": '{% include "tags.html" %}',
    "extends itself": '{% extends "tags.html" %}',
    "import of itself": '{% import "tags.html" as mine %}',
    "loops": _LOOPS,
    "loops without output": _LOOPS.replace("x", ""),
    "loops in a macro": "{% macro m() %}" + _LOOPS + "{% endmacro %}{{ m() }}",
    "long loop": "{% for a in [0] * 2000000 %}{% endfor %}",
    "filtered loops": "{% for a in [0] * 9999 if a %}{% else %}{% for b in [0] * 9999999 %}{% endfor %}{% endfor %}",
    "recursive loop": "{% for a in [1, 2] recursive %}{{ loop([1, 2]) }}{% endfor %}",
    "deep recursive loop": "{% for a in [0] * 99 recursive %}{% if loop.depth < 9 %}{{ loop([0] * 99) }}{% endif %}{% endfor %}",
    "much text in a loop": "{% for a in [0] * 99999 %}" + "much text " * 999 + "{% endfor %}",
    "large value in a loop": '{% set a = "x" * 999999 %}{% for b in [0] * 9999 %}{{ a }}{% endfor %}',
    "large value in a macro": '{% set a = "x" * 999999 %}{% macro m() %}{% for b in [0] * 9999 %}{{ a }}{% endfor %}{% endmacro %}'
    "{{ m() }}",
    "slices": '{% set a = "x" * 999999 %}{% for b in [0] * 9999 %}{% set c = a[1:] %}{% endfor %}',
    "filters": '{% set a = "x" * 999999 %}{% for b in [0] * 9999 %}{% set c = a|upper %}{% endfor %}',
    "methods": '{% set a = "x" * 999999 %}{% for b in [0] * 9999 %}{% set c = a.upper() %}{% endfor %}',
    "comparisons": '{% set a = "x" * 9999999 %}{% for b in [0] * 999999 %}{% if "y" in a %}{% endif %}{% endfor %}',
    "blocks": "{% block a %}{{ self.b() }}{% endblock %}{% block b %}{{ self.a() }}{% endblock %}",
}

#: What lies too deep in each other.
DEEP = {
    "parentheses": "{{ " + "(" * 2000 + "1" + ")" * 2000 + " }}",
    "brackets": "{{ " + "[" * 500 + "]" * 500 + " }}",
    "braces": "{{ " + '{"a": ' * 300 + "1" + "}" * 300 + " }}",
    "not": "{{ " + "not " * 3000 + "1 }}",
    "minus": "{{ " + "-" * 3000 + "1 }}",
    "sum": "{{ " + "1 + " * 3000 + "1 }}",
    "powers": "{{ " + "1 ** " * 3000 + "1 }}",
    "or": "{{ " + "tags or " * 3000 + "tags }}",
    "filters": "{{ tags" + "|list" * 3000 + " }}",
    "parts": "{{ tags" + ".a" * 3000 + " }}",
    "items": "{{ tags" + "[0]" * 3000 + " }}",
    "calls": "{{ tags" + "()" * 3000 + " }}",
    "either or": "{{ " + "1 if 2 else " * 3000 + "3 }}",
    "if": "{% if tags %}" * 300 + "{% endif %}" * 300,
    "for": "{% for x in tags %}" * 30 + "{% endfor %}" * 30,
    "with": "{% with %}" * 300 + "{% endwith %}" * 300,
    "macro": "{% macro m() %}" * 300 + "{% endmacro %}" * 300,
    "filter": "{% filter upper %}" * 300 + "{% endfilter %}" * 300,
    "set": "{% set x %}" * 300 + "{% endset %}" * 300,
}


def rules(project: Project) -> list[tuple[str, str, int]]:
    return [(f.diagnostic.rule, f.span.path, f.span.line) for f in project.check().findings]


@pytest.mark.parametrize("template", REACHING)
def test_what_reaches_for_python_is_found_with_its_line(project: Project, template: str) -> None:
    project.write("templates/tags.html", f"<p>\n{template}\n")
    for _ in range(2):
        found = project.build().findings
        told = [(f.diagnostic.rule, f.span.path, f.span.line, f.diagnostic.args.get("name")) for f in found]
        assert told == [("TPL-07", "templates/tags.html", 2, REACHING[template])]
    assert not project.site.exists()


def test_what_no_template_may_name_is_found_without_rendering(project: Project) -> None:
    """Another error keeps every page from being rendered."""
    project.write("data/note.yaml", "")
    project.write("templates/tags.html", '<p>\n{% if false %}{{ x.__class__ }}{{ ""["__mro__"] }}{% endif %}\n')
    found = rules(project)
    assert ("SRC-07", "data/note.yaml", 0) in found
    assert ("TPL-07", "templates/tags.html", 2) in found


@pytest.mark.parametrize("name", GREEDY)
def test_what_takes_too_much_is_stopped_at_its_line(project: Project, name: str) -> None:
    project.write("templates/tags.html", f"<p>\n{GREEDY[name]}\n")
    assert rules(project) == [("TPL-08", "templates/tags.html", 2)]


@pytest.mark.parametrize("name", DEEP)
def test_what_lies_too_deep_is_found_at_its_line(project: Project, name: str) -> None:
    project.write("templates/tags.html", f"<p>\n{DEEP[name]}\n")
    for _ in range(2):
        assert rules(project) == [("TPL-09", "templates/tags.html", 2)]


def just(opening: str, core: str, closing: str) -> str:
    """As deep as it may be."""
    good = core
    for times in range(1, 200):
        text = opening * times + core + closing * times
        if analyse(text).deep:
            return good
        good = text
    raise AssertionError(opening)


def test_brackets_are_counted_however_much_of_the_stack_is_free() -> None:
    """The same template is refused on each machine and beside any other program."""
    free = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    try:
        assert analyse(f"<p>\n{{{{ {'(' * 100}7{')' * 100} }}}}").deep == 2
        assert analyse(f"{{{{ {'(' * 40}7{')' * 40} }}}}").deep == 0
    finally:
        sys.setrecursionlimit(free)


@pytest.mark.parametrize(
    ("opening", "core", "closing"),
    [
        ("{{ " + "(", "1", ")" + " }}"),
        ("{% if 1 %}", "x", "{% endif %}"),
        ("{% for x in [1] %}", "x", "{% endfor %}"),
        ("{% for x in [1] %}", "x", "{% else %}y{% endfor %}"),
        ("{% for x in [1] if x recursive %}", "x", "{% endfor %}"),
        ("{% with a = 1 %}", "x", "{% endwith %}"),
        ("{% filter upper %}", "x", "{% endfilter %}"),
        ("{% set x %}", "x", "{% endset %}"),
        ("{% macro m() %}", "x", "{% endmacro %}"),
        ("{% macro m() %}{% endmacro %}{% call m() %}", "x", "{% endcall %}"),
        ("{% autoescape false %}", "x", "{% endautoescape %}"),
        ("{% if 1 %}{% for x in [1] %}", "x", "{% endfor %}{% endif %}"),
    ],
)
def test_what_is_just_deep_enough_compiles(opening: str, core: str, closing: str) -> None:
    if opening.startswith("{{"):
        inner = ["[", "(1 + ", "not (", "-(", "{1: ", "(1 ~ ", "(1 if 1 else "]
        ends = ["]", ")", ")", ")", "}", ")", ")"]
        texts = ["{{ " + just_inside(one, end) + " }}" for one, end in zip(inner, ends, strict=True)]
    else:
        texts = [just(opening, core, closing)]
    for text in texts:
        assert environment(jinja2.DictLoader({}), str, str).from_string(text)


def just_inside(opening: str, closing: str) -> str:
    good = "1"
    for times in range(1, 200):
        text = opening * times + "1" + closing * times
        if analyse("{{ " + text + " }}").deep:
            return good
        good = text
    raise AssertionError(opening)


def test_a_template_that_did_too_much_is_not_tried_on_other_pages(project: Project) -> None:
    """Each try may take seconds, and there may be thousands of pages."""
    project.write("templates/parts/mine.html", '{% macro m() %}\n{{ "x" * 999999999 }}{% endmacro %}')
    for name in ("post.html", "team.html", "tag.html"):
        project.write(f"templates/{name}", '{% import "parts/mine.html" as mine %}{{ mine.m() }}')
    assert rules(project) == [("TPL-08", "templates/parts/mine.html", 2)]


def test_the_sandbox_does_not_hang_on_the_cache(project: Project) -> None:
    """A cache from elsewhere may say that nothing is wrong with a template."""
    text = '{{ "".__class__ }}'
    project.write("templates/tags.html", text)
    snapshot, _ = read(project.root)
    database = Database()
    theme = Theme(snapshot, database)
    source = snapshot.files["templates/tags.html"]
    database.table("templates", TemplateSource).put(source.fingerprint, analyse("<p>harmless"))
    assert theme.faults(planning.TEMPLATES) == []
    sealed = environment(jinja2.DictLoader({"t": text}), str, str)
    sealed.begin()
    with pytest.raises(Exception, match="__class__"):
        sealed.get_template("t").render()


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ('{{ "a-b".replace("-", "+") }}', "a+b"),
        ('{{ "a-b"|replace("-", "+") }}', "a+b"),
        ('{{ ("<b>"|safe).replace("b", "i") }}', "<i>"),
        ('{{ "、".join(["a", "b"]) }}', "a、b"),
        ('{{ ["a", "<"]|join("、") }}', "a、&lt;"),
        ('{{ [{"n": 1}, {"n": 2}]|join("+", attribute="n") }}', "1+2"),
        ('{{ "%s-%03d" % ("a", 7) }}', "a-007"),
        ('{{ "%s %.1f%%"|format("a", 7.25) }}', "a 7.2%"),
        ('{{ "%(a)s"|format(a=1) }}', "1"),
        ("{{ 1.255|round(1) }}", "1.3"),
        ("{{ [1, 2, 3]|sum }}", "6"),
        ("{{ [[1], [2]]|sum(start=[]) }}", "[1, 2]"),
        ("{{ [1, 2, 3]|batch(2, 0)|list }}", "[[1, 2], [3, 0]]"),
        ("{{ [1, 2, 3]|slice(2)|list }}", "[[1, 2], [3]]"),
        ('{{ "a\nb"|indent(2) }}', "a\n  b"),
        ('{{ {"a": 1}|tojson }}', '{"a": 1}'),
        ('{{ "ab" * 3 }}', "ababab"),
        ("{{ 2 ** 10 }}", "1024"),
        ("{{ [1] + [2] }}", "[1, 2]"),
        ("{% for x in [[1, []], [2, []]] recursive %}{{ x[0] }}{{ loop(x[1]) }}{% endfor %}", "12"),
        ("{% for x in [0] * 250 %}{{ loop.length if loop.last }}{% endfor %}", "250"),
        ("{% for x in [1, 2, 3] if x > 1 %}{{ loop.index }}{{ x }}{% endfor %}", "1223"),
        ("{% macro m(x) %}<{{ x }}{{ caller() }}>{% endmacro %}{% call m(1) %}!{% endcall %}", "<1!>"),
        ('{% set d = {"b": 1, "a": 2} %}{% for k, v in d|dictsort %}{{ k }}{{ v }}{% endfor %}', "a2b1"),
        ('{{ {"update": 1}.update }}{{ {"sort": 2}["sort"] }}', "<built-in|12"),
        ('{% autoescape false %}{{ "<" ~ ">" }}{% endautoescape %}', "<>"),
    ],
)
def test_what_a_theme_needs_goes_on_working(project: Project, template: str, shown: str) -> None:
    project.write("templates/tags.html", template)
    result = project.build()
    if "update" in template:  # the method comes before the item, as ever in Jinja
        assert [f.diagnostic.rule for f in result.findings] == ["TPL-07"]
        return
    assert result.counts, result.findings
    assert project.output()["tags/index.html"].decode() == shown


@pytest.mark.parametrize("name", ["today", "now", "utcnow"])
def test_a_template_cannot_read_the_clock(name: str) -> None:
    sealed = environment(jinja2.DictLoader({}), str, str)
    sealed.begin()
    with pytest.raises(ForbiddenError):
        sealed.from_string(f"{{{{ day.{name}() }}}}").render(day=datetime(2022, 9, 1, tzinfo=UTC))


def test_loops_may_lie_in_each_other_as_deep_as_is_said(project: Project) -> None:
    project.write("templates/tags.html", "{% for a in [1] %}" * MAX_LOOPS + "x" + "{% endfor %}" * MAX_LOOPS)
    assert project.build().counts


@pytest.mark.parametrize("ours", [Sandbox, Writer])
def test_nothing_private_of_jinja_is_overridden(ours: type) -> None:
    """Another version may name it otherwise, and the templates would be compiled without what we add, which nobody would see."""
    private = {name for name in vars(ours) if name.startswith("_") and not name.startswith("__")}
    own_state = {"_abc_impl"}  # what Python adds to some classes
    assert not {name for name in private - own_state if any(hasattr(base, name) for base in ours.__bases__)}


@given(st.text(st.sampled_from("a字&<>\"' ;")))
def test_what_is_written_into_a_page_is_escaped(value: str) -> None:
    assert Sandbox.shown(value) == str(escape(value))
    assert Sandbox.shown(Markup(value)) == value
    assert Sandbox.shown([value]) == str(escape(str([value])))


def test_short_loops_look_at_the_clock_from_time_to_time(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = environment(jinja2.DictLoader({}), str, str)
    sealed.begin()
    monkeypatch.setattr(sealed, "_until", 0.0)
    with pytest.raises(TooMuchError):
        list(map(sealed.counted, [[1]] * 100))
