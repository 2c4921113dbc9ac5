"""Markdown as it comes from the field, on a whole site: links, pictures, summaries, comments, and what was made to hurt."""

import re
import shutil
import sys
from collections.abc import Generator
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from conftest import MINIMAL, Project

POST = "content/news/2022-09-03-x/index.md"
PAGE = "news/2022-09-03-x.html"
HEAD = "---\ntitle: 题\ndate: 2022-09-03\n---\n\n"
#: The line of the text's first line.
FIRST = 6


def jpeg() -> bytes:
    from io import BytesIO

    from PIL import Image

    buffer = BytesIO()
    Image.new("RGB", (640, 480), "navy").save(buffer, "JPEG")
    return buffer.getvalue()


def findings(project: Project) -> list[tuple[str, int, int]]:
    """Rule, line and column of all that is wrong or told; none without a line, none with control characters."""
    result = project.check()
    for finding in result.findings:
        for words in (finding.message("zh"), finding.hint("zh"), finding.message("en")):
            assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]|amp#|wzxhzdk", words)
        assert finding.span.line
    return [(each.diagnostic.rule, each.span.line, each.span.column) for each in result.findings]


def text_of(project: Project, page: str = PAGE) -> str:
    page = (project.site / page).read_text(encoding="utf-8")
    return page.partition('<div class="prose')[2].partition(">")[2].partition('<div class="share"')[0]


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("来信请寄 <xiehui@example.org>。", "mailto:xiehui@example.org"),
        ("- <a.b+c@example.org>", "mailto:a.b+c@example.org"),
        ("| 甲 |\n|---|\n| <x@example.org> |", "mailto:x@example.org"),
        ("据[^1]\n\n[^1]: <x@example.org>", "mailto:x@example.org"),
        ("> <MAILTO:x@example.org>", "mailto:x@example.org"),
        ("<HTTPS://example.org/甲>", "https://example.org/%E7%94%B2"),
        ("[甲](HTTP://example.org/a%20b?c=d&e=f)", "http://example.org/a%20b?c=d&amp;e=f"),
        ("[甲](https://example.org/新闻)", "https://example.org/%E6%96%B0%E9%97%BB"),
        ("[甲](Tel:0555-0000000)", "tel:0555-0000000"),
        ("[甲](News:2022-09-02-first)", "../news/2022-09-02-first.html"),
        ("[甲](..\\2022-09-02-first.md)", "../news/2022-09-02-first.html"),
        ("[甲](../2022-09-02-first%2Emd)", "../news/2022-09-02-first.html"),
        ("[甲][一]\n\n[一]: <../2022-09-02-first.md> '题'", "../news/2022-09-02-first.html"),
        ("[甲](#评选%20条件)\n\n## 评选 条件", "#评选-条件"),
        ("[甲](<#评选 条件>)\n\n## 评选 条件", "#评选-条件"),
        ("[甲](#%E8%AF%84%E9%80%89-%E6%9D%A1%E4%BB%B6)\n\n## 评选 条件", "#评选-条件"),
        ("[甲](#AED)\n\n## AED", "#aed"),
    ],
)
def test_links_as_people_paste_them_lead_where_they_should(project: Project, typed: str, address: str) -> None:
    project.write(POST, HEAD + typed + "\n")
    assert project.build().counts, findings(project)
    assert f'href="{address}"' in text_of(project)
    assert findings(project) == []


NAMES = [
    *(
        "a.jpg 照片(1).jpg 照片((2)).jpg [甲].jpg IMG_3.jpg 甲%乙.jpg 100%.jpg a%20b.jpg 甲&乙.jpg 甲+乙.jpg ~甲.jpg '甲'.jpg 甲#1.jpg "
        "照片；一.jpg 甲，乙。.jpg 〔甲〕.jpg（甲）.jpg 👮.jpg café.jpg IMG_20220903_101500.JPG 微信图片_20220903101500.jpg 甲=乙.jpg 甲@2x.jpg "
        "_甲_.jpg __甲__.jpg -甲.jpg 甲.乙.jpg 甲!.jpg 甲$乙.jpg {甲}.jpg 甲^.jpg 甲`乙.jpg"
    ).split(" "),
    "照片 2.jpg",
    "照　片.jpg",
    "甲  乙.jpg",
    "新建 文件夹 (3).jpg",
    "屏幕截图 2022-09-03 10.15.00.jpg",
]


def test_a_picture_of_any_name_is_found_in_each_way_of_writing(project: Project) -> None:
    """As it is where Markdown allows that, in angle brackets, with percent codes, escaped, by reference, in a nested alt text."""
    for number, name in enumerate(NAMES):
        post = f"content/news/2022-09-03-x{number}"
        project.write(f"{post}/{name}", jpeg())
        project.write(f"{post}/index.md", HEAD + "\n\n".join(ways(name)).replace("[那]", "[那1]") + "\n")
    result = project.build()
    assert result.counts, [(finding.span.path, finding.message("zh")) for finding in result.findings]
    shown = {
        name: text_of(project, f"news/2022-09-03-x{number}.html").count("<img ") for number, name in enumerate(NAMES)
    }
    assert shown == {name: len(ways(name)) for name in NAMES}


def ways(name: str) -> list[str]:
    """The ways in which a picture of this name is written."""
    from urllib.parse import quote

    escaped = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", name)
    found = [
        f"![图](<{escaped}>)",
        f"![图]({quote(name)})",
        f"![图][那]\n\n[那]: <{escaped}> '注'",
        f"![图[注]](<{escaped}> (注))",
    ]
    found += [f'![图](<{escaped}> "注")', f"> - ![图](<{escaped}>)"]
    found += [f"![图](<{name}>)"] if not re.search(r"[<>\\]|&\w+;", name) else []
    found += [f"![图]({name})"] if not re.search(r"[ <>\\\[]|&\w+;", name) else []
    return found


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_picture_is_found_whichever_way_its_accents_are_written(project: Project, form: str) -> None:
    from unicodedata import normalize

    project.write(f"{Path(POST).parent}/{normalize('NFC', 'Café.jpg')}", jpeg())
    project.write(POST, f"{HEAD}![图]({normalize(form, 'Café.jpg')})\n")  # type: ignore[arg-type]
    assert project.build().counts


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("一句。\n\n![图](没有.jpg)", [("MDN-02", 3, 6)]),
        ("![图][那]\n\n[那]: 没有.jpg '注'", [("MDN-02", 3, 6)]),
        ("> - 甲\n> - ![图](<没 有.jpg>)", [("MDN-02", 2, 11)]),
        ("| 甲 |\n|---|\n| ![图](没有.jpg) |", [("MDN-02", 3, 8)]),
        ("据[^1]\n\n[^1]: 甲\n    [乙](team:t99)", [("MDN-01", 4, 9)]),
        ("![图](C:\\Users\\a\\b.jpg)", [("MDN-02", 1, 6)]),
        ("[甲](www.example.org)", [("MDN-05", 1, 5)]),
        ("[甲](javascript:x)\n[乙](JavaScript:x)", [("MDN-05", 1, 5), ("MDN-05", 2, 5)]),
        ("[甲](#无)\n\n# 有", [("MDN-04", 1, 5)]),
        ("甲\n\n<!-- 一 --> 乙 <!-- 二 -->", [("MDN-06", 3, 1)]),
        ("甲<br>乙\n\n`<br>`\n\n<b>丙</b>", [("MDN-07", 1, 2), ("MDN-07", 5, 1)]),
        ("甲\n\n<!-- 没完\n\n乙", [("MDN-09", 3, 1)]),
        ("甲 <!-- 没完", [("MDN-09", 1, 3)]),
        ("![合影]（a.jpg）", [("MDN-08", 1, 6)]),
        ("[甲](https://example.org）", [("MDN-08", 1, 4)]),
        ("[甲](team:t01 题)，[注](见 下文)", [("MDN-08", 1, 4)]),
        ("[甲](#评选 条件)", [("MDN-08", 1, 4)]),
        ('![甲](<a.jpg>"题")', [("MDN-08", 1, 5)]),
        ("![甲](a.jpg", [("MDN-08", 1, 5)]),
        ("![合影][图一]", [("MDN-08", 1, 6)]),
        ("见【甲】(https://example.org)", [("MDN-08", 1, 5)]),
        ("**［甲］(team:t01)**", [("MDN-08", 1, 6)]),
        ("[甲】(team:t01)", [("MDN-08", 1, 4)]),
        ("【甲】(2022年)，【乙】（https://example.org），`【丙】(team:t01)`", []),
        ("| 甲 | 乙 |\n|---|---|\n| a\\|b | [丙](team:t99)<br> |", [("MDN-01", 3, 14), ("MDN-07", 3, 23)]),
        ("-\t[ ]   [甲](team:t99)<br>", [("MDN-01", 1, 13), ("MDN-07", 1, 22)]),
        ("甲\n9.\t[乙](team:t99)", [("MDN-01", 2, 8)]),
        ("-\t# [甲](team:t99)", [("MDN-01", 1, 9)]),
        ("-\t<!-- 甲 -->", [("MDN-06", 1, 3)]),
        ("[甲](https:\\\\example.org)", []),
        ("[甲](https:example.org)", [("MDN-05", 1, 5)]),
        ("[甲](https:///example.org)", [("MDN-05", 1, 5)]),
        ("[甲](https://)", [("MDN-05", 1, 5)]),
        ("[甲](https://example.org，)", [("MDN-05", 1, 5)]),
        ("[甲]()", [("MDN-05", 1, 5)]),
        ("![图]()", [("MDN-02", 1, 6)]),
        ("据[^1]。\n\n[^1]：来源", [("MDN-12", 1, 2), ("MDN-11", 3, 1), ("MDN-12", 3, 1)]),
        ("[1]:《条例》\n\n[说明]:本次评选面向全市", [("MDN-12", 1, 5), ("MDN-12", 3, 6)]),
        ("据[^1]\n\n[^1]: 甲\n[^1]: 乙", [("MDN-12", 4, 1)]),
        ("| 甲 |\n|---|\n| 乙 | 丙 |", [("MDN-12", 3, 7)]),
        ("<!--> 正文", []),
        ("#　标题", [("MDN-11", 1, 1)]),
        ("-　甲\n-　乙", [("MDN-11", 1, 1)]),
        ("![](a.jpg)", [("MDN-02", 1, 5)]),
        ("`![图](没有.jpg)` \\![图](team:t01)", []),
        ("```\n![图](没有.jpg)\n[甲](team:t99)\n<b>\n```", []),
    ],
)
def test_each_finding_stands_where_it_is_typed(
    project: Project, typed: str, places: list[tuple[str, int, int]]
) -> None:
    project.write(POST, HEAD + typed + "\n")
    assert findings(project) == [(rule, line + FIRST - 1, column) for rule, line, column in places]
    assert findings(project) == [(rule, line + FIRST - 1, column) for rule, line, column in places]  # from the cache


@pytest.mark.parametrize(
    ("target", "guess"),
    [
        ("news:2022-09-03-y", "news:2022-09-02-first"),  # nearest is the post itself
        ("../2022-09-03-y.md", "../2022-09-02-first.md"),
        ("News:2022-09-04-long-nmae", "news:2022-09-04-long-name"),
        ("../2022-09-04-long-nmae.md", "../2022-09-04-long-name/index.md"),
        ("../2022-09-04-long-nmae/index.md#甲", "../2022-09-04-long-name/index.md"),
        ("..\\\\2022-09-02-frist.md", "../2022-09-02-first.md"),
        ("../../Plan.md", "../../plan.md"),
        ("../../deeds/d1.md", ""),  # deeds have no files
        ("deed:d1", "deed:d01"),
        ("/nothing.html", ""),
    ],
)
def test_the_page_that_a_link_may_mean_is_there_and_another(project: Project, target: str, guess: str) -> None:
    project.write(POST, f"{HEAD}[甲]({target})\n")
    project.write(
        "content/news/2022-09-04-long-name/index.md", HEAD.replace("09-03", "09-04") + f"[乙]({guess or '/'})\n"
    )
    found = [one.diagnostic for one in project.check().findings if one.diagnostic.rule == "MDN-01"]
    assert [one.guess for one in found] == [guess]
    if guess:
        project.write(POST, f"{HEAD}[甲]({guess})\n")
        assert not project.check().findings


def test_a_finding_in_a_story_stands_in_its_line(project: Project) -> None:
    project.replace(
        "data/deeds.yaml", "  story: ", "  story: |\n    一句。\n\n    见[队](team:t99)<br>\n  evidence: [x]\n  place: "
    )
    text = project.read("data/deeds.yaml").split("\n")
    line = next(number for number, line in enumerate(text, start=1) if "t99" in line)
    found = [each for each in findings(project) if each[0].startswith("MDN")]
    assert found == [("MDN-01", line, 10), ("MDN-07", line, 19)]


@pytest.mark.parametrize(
    ("typed", "summary"),
    [
        ("<!-- 待核实 -->\n\n正文在此。", "正文在此。"),
        (
            "详见[方案][1]和 <https://example.org/a>，编号 A\\_1。\n\n[1]: https://example.org/",
            "详见方案和 https://example.org/a，编号 A_1。",
        ),
        ("标题\n====\n\n正文在此。", "正文在此。"),
        ("```\n甲\n\n乙。\n```\n\n正文在此。", "正文在此。"),
        ("甲&nbsp;乙，`a*b`。", "甲 乙，a*b。"),
        ("见[文](https://example.org/a_(b))。", "见文。"),
        (
            "![图](a.jpg)\n\n夜里**十点**，雨停了。他走\n进小区！“来了？”老人问[^1]。\n\n[^1]: 注",
            "夜里十点，雨停了。他走进小区！“来了？”老人问。",
        ),
        ("我们一路走，" * 60, "我们一路走，" * 14 + "我们一路走……"),
        ("甲" * 200, "甲" * 90 + "……"),
        ("字" * 80 + "internationalisation of everything", "字" * 80 + "……"),
        ("一二三四五六七八九十" * 8 + "。后面还有很多很多的话，很多很多的话。", "一二三四五六七八九十" * 8 + "。"),
        ("各公司：\n\n现将名单公布如下，请查收。\n\n- 甲", "各公司：现将名单公布如下，请查收。"),
        ("名单已经核对完毕。现公布如下：\n\n- 甲", "名单已经核对完毕。"),
        ("- 第一项是清点人数\n- 第二项", "第一项是清点人数"),
        ("> 引语。", "引语。"),
        ("# 只有标题", ""),
        ("1\\. 不是列表，~~删~~<b>粗</b>。", "1. 不是列表，<b>粗</b>。"),
        ("[注]: https://example.org/\n正文[注]。", "正文注。"),
        ("原价~~100~~80元。", "原价80元。"),
        ("- [ ] 查灭火器", "查灭火器"),
        ("> 引用[^1]。\n>\n> [^1]: 注", "引用。"),
        ("时间：九月三日  \n地点：东门", "时间：九月三日 地点：东门"),
        ("　　甲。\n　　乙。", "甲。乙。"),
        ("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |", "甲"),
        ("The first version 3.5 is out. It works.", "The first version 3.5 is out. It works."),
    ],
)
def test_a_summary_is_what_the_page_shows(project: Project, typed: str, summary: str) -> None:
    project.write(f"{Path(POST).parent}/a.jpg", jpeg())
    project.write(POST, HEAD + typed + "\n")
    from html import escape

    assert project.build().counts
    page = (project.site / PAGE).read_text(encoding="utf-8")
    found = re.search(r'<meta name="Description" content="([^"]*)"', page)
    assert (found[1] if found else "") == (escape(summary) if summary else (found[1] if found else ""))
    feed = (project.site / "feed.xml").read_text(encoding="utf-8")
    assert not summary or f"<summary>{escape(summary, quote=False)}</summary>" in feed


#: Each once took from seconds to minutes, gigabytes, or ended in a traceback.
HOSTILE = {
    "brackets": "'[' * 16000",
    "links": "'[a](' * 10000",
    "footnote marks": "'[^' * 20000",
    "footnotes": "'[^1]: n\\n\\n' + ' '.join(['a[^1]'] * 20000)",
    "headings": "'# h\\n' * 50000",
    "blank lines": "'\\n' * 1000000 + 'x'",
    "wide table": "'|'.join('a' * 3000) + '\\n' + '|'.join('-' * 3000) + '\\n' + 'b\\n' * 3000",
    "deep list": "'- ' * 500 + 'x'",
    "deep numbers": "'1. ' * 500 + 'x'",
    "deeper and deeper": "'\\n'.join('    ' * i + '- x' for i in range(260))",
    "definitions": "'a\\n: b\\n' * 5000",
    "deep quotations": "'>' * 5000 + 'x'",
    "emphasis": "'*a_ ' * 40000",
    "nested strong": "'**' * 40000 + 'a' + '**' * 40000",
    "backticks": "''.join('`' * i + ' ' for i in range(1, 600))",
    "angle brackets": "'<' * 190000",
    "comments": "'<!--' * 40000",
    "tags": "'<a b=\"' * 30000",
    "many tags": "'<b>x</b>' * 20000",
    "lines of tags": "'<b>\\n' * 40000",
    "nested pictures": "'![' * 15000 + 'a' + '](b)' * 15000",
    "link definitions": "''.join('[%d]: /u\\n' % i for i in range(9000)) + ''.join('[%d] ' % i for i in range(9000))",
    "chained footnotes": "'[^0]\\n\\n' + ''.join('[^%d]: n[^%d]\\n' % (i, i + 1) for i in range(5000))",
    "list": "'- a\\n' * 45000",
    "long": "'字' * 2500000",
    "entities": "'&a' * 90000",
    "titles": "'[a](b \"' * 25000",
    "rows": "'|a|\\n|-|\\n' + '|' * 190000",
    "slashes": "'[a](' + '/' * 60000",
    "paths": "'看[这里](https://a.cn/' + 'a/' * 60000",
    "pictures and links": "'![' * 50000 + '[a](b)' * 16000",
    "pictures around links": "'![ [a](b)' * 19000",
    "nested words": "'![中文' * 20000 + 'x' + '](a)' * 20000",
    "slips and rows": "'#甲\\n\\n' * 6000 + '|a|\\n|-|\\n' + '|\\n' * 60000",
    "pictures alone": "'![](a)\\n\\n' * 18000",
    "broken links": "'[a](b)\\n' * 20000",
}

#: Builds the project that it is given, and then those that it is told of, each in a process of its own with its own limits. So what all
#: have in common is loaded and read once.
_BUILDS = """
import os, resource, sys
from pathlib import Path
from datetime import date
from honorroll.engine.pipeline import Options, build

def findings(root):
    result = build(Options(root=root, out=root / "site", today=date(2022, 11, 1), jobs=1))
    return [(each.diagnostic.rule, each.span.line) for each in result.findings]

assert findings(Path(sys.argv[1])) == []
for line in sys.stdin:
    if child := os.fork():
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
        continue
    resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
    found = findings(Path(line.strip()))
    assert all(line for _, line in found), found[:5]
    print(len(found), *sorted({rule for rule, _ in found}), end=" ", flush=True)
    os._exit(0)
"""


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> Generator[tuple[Path, Popen[str]]]:
    """A project with what its build stored, and who builds copies of it."""
    root = tmp_path_factory.mktemp("hostile") / "project"
    shutil.copytree(MINIMAL, root)
    with Popen([sys.executable, "-c", _BUILDS, str(root)], stdin=PIPE, stdout=PIPE, text=True) as running:
        yield root, running
        assert running.stdin
        running.stdin.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot limit a process like this")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_text_made_to_hurt_costs_little_and_hides_nothing(
    builds: tuple[Path, Popen[str]], tmp_path: Path, name: str
) -> None:
    """Within 20 s of processor time, four times what is promised, for a busy machine; and 500 MB above what Python maps."""
    root, running = builds
    assert running.stdin
    assert running.stdout
    project = Project(shutil.copytree(root, tmp_path / "project"))
    project.write(POST, HEAD + eval(HOSTILE[name]) + "\n")  # noqa: S307  # the table above
    project.write("content/news/2022-09-04-y.md", f"{HEAD}[甲](team:t99)\n")
    print(project.root, file=running.stdin, flush=True)
    *told, code = running.stdout.readline().split()
    assert code == "0"
    count, *rules = told
    assert "MDN-01" in rules
    assert int(count) <= 1000
