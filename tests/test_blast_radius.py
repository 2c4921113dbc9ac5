"""What an edit may render again: exactly these pages, and of all others not even the context is made.

The project is the small valid one with three posts in a row, of which the middle one is edited.
"""

from collections.abc import Callable
from datetime import date

import pytest
from conftest import Project, published

from honorroll.pages.planning import TEMPLATES
from honorroll.pages.sections import DATASETS

MIDDLE = "content/news/2022-09-03-second.md"
POST = "news/2022-09-03-second.html"
NEIGHBOURS = {"news/2022-09-02-first.html", "news/2022-09-04-third.html"}
#: Where the middle post stands as a card or an entry.
MONTH = "news/archive/2022-09.html"
FEEDS = {"feed.xml", "rss.xml", "feed.json"}
LISTS = {"index.html", "news/index.html", "tags/xunluo.html", "teams/t01.html", *FEEDS, MONTH}
TEAM = {"teams/t01.html", "teams/index.html", "results.html"}
#: The open data.
DATA = {f"data/{name}.{suffix}" for name in DATASETS for suffix in ("csv", "json", "schema.json")}
#: The day on which the team patrolled.
DAY = "ledger/2022-09-01.html"
#: Every page but those for machines.
ALL = "*.html"


def edit(path: str, old: str, new: str) -> Callable[[Project], None]:
    return lambda project: project.replace(path, old, new)


def rows(name: str) -> set[str]:
    """The files that hold the rows of a data set."""
    return {f"data/{name}.csv", f"data/{name}.json"}


def another_post(project: Project) -> None:
    project.write("content/news/2022-09-05-fourth.md", "---\ntitle: 第四班\ndate: 2022-09-05\n---\n\n雨。\n")


def another_deed(project: Project) -> None:
    deed = "- {id: d02, title: 扶起一位老人, kind: 好人好事, date: 2022-09-02, persons: [r01], place: 江边街道, story: 扶起了一位老人。}\n"
    project.write("data/deeds/more.yaml", deed)


def another_notice(project: Project) -> None:
    notice = "- {id: k01, kind: 通报, title: 情况通报, number: 示例〔2022〕3号, date: 2022-09-30, issuers: [zd, xh], body: 平安。}\n"
    project.write("data/notices.yaml", project.read("data/notices.yaml") + notice)


def moved_record(project: Project) -> None:
    """From one file of the table to another: the record itself stays as it was."""
    project.write("data/teams/more.yaml", project.read("data/teams.yaml"))
    project.remove("data/teams.yaml")


def other_order(project: Project) -> None:
    head, first, second = project.read("data/teams.yaml").split("- id:")
    project.write("data/teams.yaml", f"{head}- id:{second.rstrip()}\n- id:{first}")


def as_it_was(project: Project) -> None:
    project.write(MIDDLE, project.read(MIDDLE))


EDITS: dict[str, tuple[Callable[[Project], None], set[str]]] = {
    "a body": (edit(MIDDLE, "雨停了。", "雨没停。"), {POST}),
    "a body that begins the summary": (edit(MIDDLE, "夜里有雨。", "夜里无雨。"), {POST, *LISTS} - {MONTH}),
    "a title": (edit(MIDDLE, "第二班巡逻", "第二班夜巡"), {POST, *LISTS, *NEIGHBOURS}),
    "an author, who stands in the feeds alone": (edit(MIDDLE, "date:", "author: 示例\ndate:"), {POST, *FEEDS}),
    "the team of a post": (
        edit(MIDDLE, "teams: [t01]", "teams: [t02]"),
        {POST, "teams/t01.html", "teams/t02.html"},
    ),
    "the time of a post": (edit(MIDDLE, "2022-09-03", "2022-09-03 10:00"), {POST, *LISTS}),
    "a draft": (
        edit(MIDDLE, "date:", "draft: 是\ndate:"),
        {*LISTS, *NEIGHBOURS, "tags/index.html", "news/archive/index.html", "sitemap.xml"},
    ),
    "a new post": (
        another_post,
        {
            "news/2022-09-05-fourth.html",
            "news/2022-09-04-third.html",
            "index.html",
            "news/index.html",
            "news/archive/index.html",
            *(MONTH, *FEEDS, "sitemap.xml"),
        },
    ),
    "a new deed": (
        another_deed,
        {
            *("deeds/d02.html", "deeds/index.html", "deeds/feed.xml", "index.html", "names.html", "results.html"),
            *("data/index.html", *rows("deeds"), *rows("results"), "sitemap.xml"),
        },
    ),
    "a new notice": (
        another_notice,
        {
            *("notices/k01.html", "notices/index.html", "notices/feed.xml", "index.html", "timeline.html"),
            *(*FEEDS, "calendar.ics", "sitemap.xml"),
        },
    ),
    "a notice's title": (
        edit("data/notices.yaml", "title: 拟表彰名单的公示", "title: 拟表彰名单公示"),
        {
            *("notices/n01.html", "notices/n02.html", "notices/index.html", "notices/feed.xml", "index.html"),
            *("timeline.html", "awards/a01.html", "calendar.ics", *FEEDS),
        },
    ),
    "a team's name": (
        edit("data/teams.yaml", "江边巡逻小组", "江岸巡逻小组"),
        {
            *TEAM,
            *rows("deeds"),
            DAY,
            *(POST, "news/2022-09-02-first.html", "deeds/d01.html", "deeds/index.html", "index.html"),
            *("companies/c01.html", "contest/p01.html", "awards/a01.html"),
        },
    ),
    "a team's equipment": (edit("data/teams.yaml", "反光背心", "反光背心, 手电"), {"teams/t01.html"}),
    "a team that moves to another file": (moved_record, set()),
    "teams in another order": (other_order, {"results.html"}),
    "a comment in the data": (edit("data/teams.yaml", "- id: t01", "# 说明\n- id: t01"), set()),
    "a ledger's hours": (edit("data/patrols.yaml", "4.5", "5"), {*TEAM, DAY, "companies/c01.html", *rows("results")}),
    "the day on which a hazard was mended": (
        edit("data/inspections.yaml", "closed: 2022-09-02", "closed: 2022-09-03"),
        {DAY, "ledger/2022-09-03.html", "results.html", "teams/t02.html", "sitemap.xml", *rows("results")},
    ),
    "a deed's story beyond its summary": (
        edit("data/deeds.yaml", "当天还给了失主。", "当天还给了失主。\n\n    家长道谢。"),
        {"deeds/d01.html"},
    ),
    "an organisation's short name": (
        edit("data/orgs.yaml", "short: 长堤保安", "short: 长堤"),
        {
            *TEAM,
            "names.html",
            "contest/index.html",
            "contest/p01.html",
            "companies/c01.html",
            "deeds/d01.html",
            "awards/index.html",
            "notices/n01.html",
            "notices/n02.html",
            "index.html",
        },
    ),
    "the site's name": (
        edit("data/campaign.yaml", "name: 江城光荣榜", "name: 江城荣誉榜"),
        {
            *(ALL, *FEEDS, "deeds/feed.xml", "notices/feed.xml", "changes/feed.xml", "calendar.ics"),
            *("sitemap.xml", "robots.txt", "awards/a01.qr.svg", *DATA),
        },
    ),
    "a threshold that two pages tell": (
        edit("data/campaign.yaml", "project_guards: 10", "project_guards: 9"),
        {"contest/index.html", "contest/p01.html"},
    ),
    "a page's template": (
        lambda p: p.write("templates/tag.html", THEME["tag.html"] + "<!-- -->"),
        {"tags/xunluo.html"},
    ),
    "a part of all pages": (lambda p: p.write("templates/base.html", THEME["base.html"] + "\n"), {ALL}),
    "a static file that all pages name": (lambda p: p.write("static/style.css", "body {}"), {ALL, "static/style.css"}),
    "a static file that nobody names": (lambda p: p.write("static/extra.txt", "x"), {"static/extra.txt"}),
    "a file saved without a change": (as_it_was, set()),
}

THEME: dict[str, str] = {}


@pytest.fixture
def built(project: Project) -> Project:
    from honorroll.inputs.scan import theme_root

    for name in TEMPLATES.keys() | {"base.html"}:
        THEME[name] = (theme_root() / "templates" / name).read_text(encoding="utf-8")
    head = "---\ntitle: 第{}班巡逻\ndate: 2022-09-0{}\ntags: [巡逻防控]\n"
    project.write(MIDDLE, head.format("二", 3) + "teams: [t01]\n---\n\n夜里有雨。\n\n后来雨停了。\n")
    project.write("content/news/2022-09-04-third.md", head.format("三", 4) + "---\n\n晴。\n")
    assert project.build().counts
    return project


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_renders_exactly_these_pages(built: Project, name: str) -> None:
    change, expected = EDITS[name]
    change(built)
    result = built.build()
    assert result.counts is not None, result.findings
    pages = {url for url in built.output() if url.endswith(".html")} if ALL in expected else set()
    if "static/style.css" in expected:
        expected = expected - {"static/style.css"} | {published("static/style.css", built.output())}
    seen = {url for url in result.reasons if not url.startswith("search/")}  # which of these: test_search.py
    assert seen == expected - {ALL} | pages


def test_a_new_day_renders_what_it_brings(built: Project) -> None:
    assert set(built.build(today=date(2022, 11, 2)).reasons) == set()


@pytest.mark.parametrize(
    ("path", "old", "new", "reason"),
    [
        (MIDDLE, "雨停了。", "雨没停。", "content"),
        ("data/campaign.yaml", "name: 江城光荣榜", "name: 江城荣誉榜", "site"),
        ("site/" + POST, "</html>", "", "output"),
    ],
)
def test_a_build_tells_why(built: Project, path: str, old: str, new: str, reason: str) -> None:
    built.replace(path, old, new)
    assert built.build().reasons[POST] == reason


def test_a_build_tells_of_new_pages_and_templates(built: Project) -> None:
    another_post(built)
    built.write("templates/post.html", THEME["post.html"] + "<!-- -->")
    reasons = built.build().reasons
    assert reasons["news/2022-09-05-fourth.html"] == "new"
    assert reasons[POST] == "template"
