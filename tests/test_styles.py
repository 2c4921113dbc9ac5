"""Style sheets as they are published: written for the browsers of the floor, with the same cascade."""

import re

import pytest
from conftest import Project, published
from floor import above
from reference import ROOT

from honorroll.deploy.headers import is_immutable
from honorroll.filesystem.source_file import Source
from honorroll.render import styles
from honorroll.render.styles import selectors
from honorroll.render.styles.faults import first_fault

ONE = r":not(#\#)"


def written(*sheets: str) -> list[str]:
    sources = [Source(f"static/{at}.css", text.encode(), "") for at, text in enumerate(sheets)]
    return [data.decode() for data in styles.publish(*sources)]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        # logical properties, also with custom properties in them
        ("a{margin-inline:auto}", "a{margin-inline-start:auto;margin-inline-end:auto}"),
        ("a{padding-block:var(--x)}", "a{padding-block-start:var(--x);padding-block-end:var(--x)}"),
        ("a{padding-inline:var(--x) 2em}", "a{padding-inline-start:var(--x);padding-inline-end:2em}"),
        ("a{border-block:var(--x)}", "a{border-block-start:var(--x);border-block-end:var(--x)}"),
        ("a{border-inline-color:var(--x) red}", "a{border-inline-start-color:var(--x);border-inline-end-color:red}"),
        ("a{inset:0}", "a{top:0;bottom:0;left:0;right:0}"),
        ("a{inset:var(--x) 1px auto}", "a{top:var(--x);right:1px;bottom:auto;left:1px}"),
        ("a{inset:calc(1px + var(--x)) 0 auto auto}", "a{top:calc(1px + var(--x));right:0;bottom:auto;left:auto}"),
        # values with something for old browsers before them
        ("a{overflow:clip}", "a{overflow:hidden;overflow:clip}"),
        ("a{overflow-wrap:anywhere}", "a{overflow-wrap:break-word;overflow-wrap:anywhere}"),
        ("a{min-height:100dvh}", "a{min-height:100vh;min-height:100dvh}"),
        ("a{width:calc(100svw - 1px)}", "a{width:calc(100vw - 1px);width:calc(100svw - 1px)}"),
        ("a{height:90vh;height:80dvh!important}", "a{height:90vh}a{height:80vh!important;height:80dvh!important}"),
        ("a{--x:;--y: ;--z:{a:b}}", "a{--x: ;--y: ;--z:{a:b}}"),
        # what lightningcss does
        ("@media (width >= 45rem){a{color:red}}", "@media (min-width:45rem){a{color:red}}"),
        (".a{&:hover{color:red}.b &{color:#00f}}", ".a:hover{color:red}.b .a{color:#00f}"),
        ("a{user-select:none}", "a{-webkit-user-select:none;user-select:none}"),
        # lists of selectors
        (".a :is(th, td){color:red}", ".a th,.a td{color:red}"),
        (":is(.a, .b) + :is(.c, .d){color:red}", ".a+.c,.a+.d,.b+.c,.b+.d{color:red}"),
        (".x:is(th, td):last-child{color:red}", "th.x:last-child,td.x:last-child{color:red}"),
        (":is(.a .b, .c .d) .e{color:red}", ".a .b .e,.c .d .e{color:red}"),
        (".a:not(.b, .c){color:red}", ".a:not(.b):not(.c){color:red}"),
        (".a:has(b), .c, .d:focus-visible{color:red}", ".c{color:red}.a:has(b){color:red}.d:focus-visible{color:red}"),
        (":root:is(.a, :has(b)) c{color:red}", r":root.a c{color:red}:root:has(b):not(.\#) c{color:red}"),
        ("a:is(b){color:red}", ""),
        (":is(h1, #x, .y){color:red}", rf"h1{ONE},#x,.y{ONE}{{color:red}}"),
        # names that look like something else
        (r".a\:is\(b\), .c\,d{color:red}", r".a\:is\(b\),.c\,d{color:red}"),
        ('a[title="x:has(,{;}"]::before{content:"}{;"}', 'a[title="x:has(,{;}"]:before{content:"}{;"}'),
        (".中文、.名:is(.甲, .乙){color:red}", ".中文、.名.甲,.中文、.名.乙{color:red}"),
        ("a{background:url(data:image/png;base64,AA==)}", "a{background:url(data:image/png;base64,AA==)}"),
        ("@page{margin:1cm;@bottom-center{content:'x'}}", '@page{margin:1cm;@bottom-center{content:"x"}}'),
        ("@keyframes x{from{top:0}50%{top:1px}}", "@keyframes x{0%{top:0}50%{top:1px}}"),
        ("@font-face{font-family:x;src:url(x.woff2)}", "@font-face{font-family:x;src:url(x.woff2)}"),
    ],
)
def test_what_old_browsers_do_not_know_is_written_otherwise(given: str, expected: str) -> None:
    assert written(given) == [expected]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("@layer a,b;@layer b{x{top:0}}@layer a{y{top:1px}}", f"y{{top:1px}}x{ONE}{{top:0}}"),
        ("@layer a{x{top:0}}y{top:1px}", f"x{{top:0}}y{ONE}{{top:1px}}"),
        ("@layer a{#x{top:0}}y{top:1px}", f"#x{{top:0}}y{2 * ONE}{{top:1px}}"),
        ("@layer a{#x{top:0}@layer b{y{top:1px}}}", f"#x{ONE}{{top:0}}y{{top:1px}}"),
        ("@layer{x{top:0}}@layer{y{top:1px}}", f"x{{top:0}}y{ONE}{{top:1px}}"),
        ("@layer a.b{x{top:0}}@layer a.c{x::before{top:1px}}", f"x{{top:0}}x{ONE}:before{{top:1px}}"),
        ("@layer a{*{top:0}}@layer b{*,* *{top:1px}}", f"*{{top:0}}{ONE},* {ONE}{{top:1px}}"),
        ("@media print{@layer a{x{top:0}}}@layer b{x{top:1px}}", f"@media print{{x{{top:0}}}}x{ONE}{{top:1px}}"),
        ("@layer a{x{top:0!important}}y{top:1px!important}", f"x{ONE}{{top:0!important}}y{{top:1px!important}}"),
        (
            "@layer a{x{top:0}}@layer b{x{left:0!important;top:1px}}",
            f"x{{top:0}}x{ONE}{{top:1px}}x{{left:0!important}}",
        ),
    ],
)
def test_layers_become_specificity(given: str, expected: str) -> None:
    assert written(given) == [expected]


def test_layers_belong_to_all_style_sheets_of_a_site() -> None:
    theme, mine = written(
        "@layer base,parts;@layer base{a{top:0}}@layer parts{b{top:0}}", "@layer parts{c{top:0}}d{top:0}"
    )
    assert theme == f"a{{top:0}}b{ONE}{{top:0}}"
    assert mine == f"c{ONE}{{top:0}}d{2 * ONE}{{top:0}}"
    assert written("a{top:0}") == ["a{top:0}"]


def test_a_selector_that_would_become_too_many_is_left() -> None:
    text = " ".join(["a:is(.b,.c,.d)"] * 8)
    assert [selectors.joined(one) for one in selectors.written_out(selectors.parsed(text))] == [text]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a { color red; }", 1, 11),
        ("/*中文😀*/\n a { color: red; }\n/*😀*/ b { color red }", 3, 17),
        ("a {\n  color: red;\n\nb { color: blue; }\n", 1, 3),
        ("a { color: red; }\n}", 2, 1),
        ("a { color: calc(1px; }\n", 1, 16),
        ('a { content: "x; }\nb { color: red }', 1, 14),
        ("a { color: red }\n/* b { }", 2, 1),
        ("a:::b { color: red }", 1, 6),
        ("a[ { color: red }", 1, 2),
        ("@media (width > 1px { a { color: red } }", 1, 8),
        ("a { *zoom: 1 }", 1, 14),
        ("@media print {" * 50_000, 1, 14 * 32 + 14),
        (":is(" * 50_000, 1, 4 * 32 + 4),
    ],
)
def test_a_mistake_is_found_where_it_is(text: str, line: int, column: int) -> None:
    found = first_fault(text)
    assert found
    assert (found.line, found.column) == (line, column)
    assert "Token" not in found.why


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/* nothing */",
        "a{background:url(x'y.png)}".replace("'", ""),
        'a::after{content:"}"}',
        "a{content:'\\'{'}",
        "@import 'x.css';",
        ".a\\{b{color:red}",
        "a{--x:{b:c}}",
        "a{filter:progid:DXImageTransform.Microsoft.gradient(startColorstr='#80000000',endColorstr='#80000000')}",
        "a{color:red;;}",
        "a{some-day:new(thing) 3foo}",
    ],
)
def test_what_can_be_read_is_no_mistake(text: str) -> None:
    assert first_fault(text) is None


def test_a_mistake_keeps_the_site_as_it_is(project: Project) -> None:
    project.build()
    before = project.output()
    project.write("static/mine.css", "a { color: red }\nb { color blue }\n")
    (found,) = project.build().findings
    assert (found.diagnostic.rule, found.span.path, found.span.line, found.span.column) == (
        "LOK-05",
        "static/mine.css",
        2,
        11,
    )
    assert project.output() == before
    project.write("static/mine.css", "a { color: red }\nb { color: blue }\n")
    assert project.build().counts
    assert project.read("site/static/mine.css").startswith("a:not(")


def test_the_theme_is_within_the_floor() -> None:
    source = Source("static/style.css", (ROOT / "static" / "style.css").read_bytes(), "")
    (sheet,) = styles.publish(source)
    assert above(sheet.decode()) == []


def test_the_own_colours_are_within_the_floor(project: Project) -> None:
    project.write("data/campaign.yaml", project.read("data/campaign.yaml") + 'look:\n  colours: {main: "#123524"}\n')
    project.build()
    output = project.output()
    assert above(output[published("static/colours.css", output)].decode()) == []


@pytest.mark.parametrize(
    "new",
    [
        "@layer a{b{color:red}}",
        "@container (width > 1px){a{color:red}}",
        "@media (width >= 1px){a{color:red}}",
        "@media (hover:hover){a{color:red}}",
        "a{inset:0}",
        "a{margin-inline:0}",
        "a{field-sizing:content}",
        "a{height:100dvh}",
        "a{color:oklch(40% .2 30)}",
        "a{color:light-dark(red,blue)}",
        "a{overflow:clip}",
        "a{&:hover{color:red}}",
        "a:is(b){color:red}",
        "a:where(b){color:red}",
        "a:user-valid{color:red}",
        "a,b:has(c){color:red}",
        "a:not(.b,.c){color:red}",
        "a:not(.b .c){color:red}",
    ],
)
def test_what_is_newer_than_the_floor_is_seen(new: str) -> None:
    assert above(new)


def test_a_fallback_before_it_is_enough() -> None:
    assert above("a{height:100vh;height:100dvh}@supports (width:1cqw){a{width:1cqw}}") == []


def test_an_unchanged_style_sheet_is_not_made_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.build()

    def refuse(*_: object) -> None:
        pytest.fail("made again")

    monkeypatch.setattr(styles, "publish", refuse)
    monkeypatch.setattr(styles, "faults", refuse)
    project.replace("content/news/2022-09-02-first.md", "街上很静", "街上真静")
    assert project.build().counts


def test_a_changed_style_sheet_changes_its_address_on_every_page(project: Project) -> None:
    project.build()
    before = project.read("site/404.html")
    project.write("static/style.css", "a { color: red }")
    project.build()
    output, after = project.output(), project.read("site/404.html")
    sheet = published("static/style.css", output)
    assert output[sheet] == b"a{color:red}"
    assert sheet not in before
    assert f'/{sheet}"' in after
    assert "static/style.css" not in after


def test_what_templates_name_has_its_fingerprint_in_its_address(project: Project) -> None:
    """And is published under that alone; what only other sheets, scripts, texts or readers name stays where it is."""
    for name in ("mine.css", "lib.min.js", "other.css", "other.js"):
        project.write(f"static/{name}", "" if name.endswith(".js") else "a { color: red }")
    project.write("templates/404.html", '{{ asset("mine.css") }} {{ asset("lib.min.js") }} {{ asset("icon.svg") }}')
    assert project.build().counts
    urls = project.output().keys()
    for name in ("mine.css", "lib.min.js", "style.css", "site.js"):
        assert is_immutable(published(f"static/{name}", urls))
        assert f"static/{name}" not in urls
    assert {"static/other.css", "static/other.js", "static/icon.svg", "static/share.png"} <= urls
    page = re.sub("[0-9a-f]{8}", "#", project.read("site/404.html"))
    assert page == "/static/mine.#.css /static/lib.min.#.js /static/icon.svg?v=#"


def test_a_text_that_leads_to_a_script_of_the_templates_is_told_of(project: Project) -> None:
    project.write("content/plan.md", project.read("content/plan.md") + "\n[脚本](/static/site.js)\n")
    assert [finding.diagnostic.rule for finding in project.build().findings] == ["MDN-01"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("more.css", '@import "mine.css"; p { color: red }'),
        ("more.css", "@import url(mine.css) print; p { color: red }"),
        ("sub/more.css", "@import url('../mine.css?x');"),
        ("more.js", 'import { a } from "./mine.js";'),
        ("more.js", "const part = import('./mine.js');"),
        ("more.js", 'new Worker("mine.js");'),
    ],
)
def test_what_a_sheet_or_script_loads_stays_under_the_name_that_it_asks_for(
    project: Project, name: str, text: str
) -> None:
    """Also where a template names it, and where the sheet that loads it came later."""
    mine = f"mine.{name[-3:].strip('.')}"
    project.write("templates/404.html", f'{{{{ asset("{mine}") }}}}')
    project.write(f"static/{mine}", "p { margin: 0 }" if mine.endswith("css") else "var a = 1;")
    assert project.build().counts
    assert f"static/{mine}" not in project.output()
    project.write(f"static/{name}", text)
    assert project.build().counts
    files = project.output()
    assert f"static/{mine}" in files
    assert re.fullmatch(rf"/static/{re.escape(mine)}\?v=[0-9a-f]{{8}}", files["404.html"].decode())
    assert project.build(out=project.root / "anew").counts
    assert project.output(project.root / "anew") == files
