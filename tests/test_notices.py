"""The list of notices: newest first, those that run on top, in pages; and notices in the main feed."""

import json
from collections.abc import Iterable
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from conftest import Project
from reference import Site, text_of

BASE = "https://honor.example.org/"
ATOM = "{http://www.w3.org/2005/Atom}"
LIST = "notices/index.html"


def paper(id: str, day: str, kind: str = "通报", more: str = "") -> str:
    return f"- {{id: {id}, kind: {kind}, title: 文件{id}, number: 示例〔2022〕{id[1:]}号, date: {day}, issuers: [zd, xh], {more}body: 正文{id}。}}\n"


def public(id: str, day: str, end: str) -> str:
    return paper(id, day, "公示", f"start: {day}, end: {end}, ")


def write(project: Project, papers: Iterable[str]) -> None:
    """These after the two notices of the small project."""
    project.write("data/notices.yaml", project.read("data/notices.yaml").split("- {id")[0] + "".join(papers))


def listed(project: Project, url: str = LIST) -> list[tuple[str, list[str]]]:
    """The headings of a page of the list, each with the notices below it."""
    page = Site.read(project.site, BASE).pages[url]
    found = []
    for part in page.main.iter("section"):
        names = [a.get("href").rpartition("/")[2].removesuffix(".html") for a in part.iter("a")]
        found.append((text_of(part.find(".//h2")), names))
    return found


def test_the_newest_come_first_and_those_that_run_before_them(project: Project) -> None:
    write(
        project,
        [
            public("p1", "2022-10-20", "2022-11-10"),
            paper("k1", "2022-10-31"),
            public("p2", "2022-10-25", "2022-10-31"),
            paper("k0", "2021-12-31"),
        ],
    )
    assert project.build(today=date(2022, 10, 31)).counts
    assert listed(project) == [
        ("正在公示", ["p2", "p1"]),
        ("2022年", ["k1", "n02", "n01"]),
        ("2021年", ["k0"]),
    ]
    assert project.build(today=date(2022, 11, 1)).counts
    assert listed(project)[:2] == [("正在公示", ["p1"]), ("2022年", ["k1", "p2", "n02", "n01"])]
    assert project.build(today=date(2022, 11, 11)).counts
    assert listed(project) == [("2022年", ["k1", "p2", "p1", "n02", "n01"]), ("2021年", ["k0"])]


def test_an_old_page_of_the_list_stays_as_it_is(project: Project) -> None:
    project.replace("data/campaign.yaml", "  base_url:", "  posts_per_page: 2\n  base_url:")
    papers = [public("p0", "2022-09-14", "2022-12-30")]
    known: dict[str, list[tuple[str, list[str]]]] = {}
    for day in range(1, 9):
        papers.append(paper(f"k{day}", f"2022-10-{day:02}"))
        write(project, papers)
        made = project.build().reasons
        old = {url: listed(project, url) for url in project.output() if url.startswith("notices/page/")}
        assert {url: old[url] for url in known} == known
        assert not {f"notices/page/{n}.html" for n in range(1, len(old) - 2)} & made.keys()  # those near lead to it
        known = old
    assert listed(project, "notices/page/1.html") == [("2022年", ["p0", "n01"])]
    assert listed(project) == [("正在公示", ["p0"]), ("2022年", ["k8", "k7", "k6"])]  # however old
    site = Site.read(project.site, BASE)
    titles = [text_of(site.pages[url].root.find(".//title")) for url in known]
    assert titles == [f"公示公告（第{n}页） - 江城光荣榜" for n in range(1, 5)]


def test_it_is_a_section_of_its_own(project: Project) -> None:
    assert project.build().counts
    site = Site.read(project.site, BASE)
    page = site.pages[LIST]
    assert page.meta("ColumnName") == text_of(page.find("h1")[0]) == "公示公告"
    for url, other in site.pages.items():
        menu = next(nav for nav in other.find("nav") if nav.get("class") == "nav")
        own = [a for a in menu.iter("a") if text_of(a) == "公示公告"]
        assert [site.inner(url, a.get("href")) for a in own] == [(LIST, "")], url
        assert [a.get("aria-current") for a in own] == [
            "page" if url == LIST else "true" if url.startswith("notices/") else None
        ], url
    crumbs = next(nav for nav in site.pages["notices/n01.html"].find("nav") if nav.get("class") == "crumbs")
    assert [site.inner("notices/n01.html", a.get("href")) for a in crumbs.iter("a")] == [("index.html", ""), (LIST, "")]
    assert f"<loc>{BASE}notices/</loc>" in project.read("site/sitemap.xml")
    assert "公示公告" in project.read("site/search.html")


def test_without_notices_there_is_no_page_and_nothing_leads_to_one(project: Project) -> None:
    for table in ("awards", "notices"):
        project.remove(f"data/{table}.yaml")
    assert project.build().counts
    assert not [url for url in project.output() if url.startswith("notices/")]
    for url, page in Site.read(project.site, BASE).pages.items():
        assert "公示公告" not in page.text, url
        assert "notices/" not in page.text, url


def test_without_awards_notices_still_have_their_list(project: Project) -> None:
    project.remove("data/awards.yaml")
    project.write("data/notices.yaml", paper("k1", "2022-10-01"))
    assert project.build().counts
    assert listed(project) == [("2022年", ["k1"])]
    assert "awards/index.html" not in project.output()
    assert "光荣榜</a></li>" not in project.read(f"site/{LIST}")


# The main feed


def entries(project: Project) -> list[tuple[str, str]]:
    feed = ET.fromstring((project.site / "feed.xml").read_bytes())  # noqa: S314  # made by us a moment ago
    return [
        (e.findtext(f"{ATOM}id", "").removeprefix(BASE), e.findtext(f"{ATOM}published", "")[:16])
        for e in feed.iter(f"{ATOM}entry")
    ]


def test_the_main_feed_tells_of_posts_and_notices_by_date(project: Project) -> None:
    write(
        project,
        [
            paper("k1", "2022-10-09", "更正", "corrects: n01, "),
            paper("k2", "2022-10-20", "撤销", "awards: [a01], "),
            public("p1", "2022-10-21", "2022-11-10"),
        ],
    )
    project.write(
        "data/awards.yaml",
        project.read("data/awards.yaml") + "  revoked: {date: 2022-10-20, reason: 材料不实, notice: k2}\n",
    )
    project.write("content/news/2022-10-20-x.md", "---\ntitle: 撤销之后\ndate: 2022-10-20 09:30\n---\n\n说明。\n")
    result = project.build()
    assert result.counts, result.findings
    assert entries(project) == [
        ("notices/p1.html", "2022-10-21T00:00"),
        ("news/2022-10-20-x.html", "2022-10-20T09:30"),
        ("notices/k2.html", "2022-10-20T00:00"),
        ("notices/k1.html", "2022-10-09T00:00"),
        ("notices/n02.html", "2022-09-20T00:00"),
        ("notices/n01.html", "2022-09-13T00:00"),
        ("news/2022-09-02-first.html", "2022-09-02T09:30"),
    ]
    items = json.loads(project.read("site/feed.json"))["items"]
    assert [item["id"].removeprefix(BASE) for item in items] == [url for url, _ in entries(project)]
    assert items[2]["tags"] == ["撤销"]
    rss = ET.fromstring((project.site / "rss.xml").read_bytes())  # noqa: S314
    assert [guid.text for guid in rss.iter("guid")] == [BASE + url for url, _ in entries(project)]


def test_an_entry_keeps_its_id_whatever_is_edited(project: Project) -> None:
    assert project.build().counts
    before = entries(project)
    project.replace("data/notices.yaml", "title: 关于表彰的决定", "title: 关于表彰先进的决定")
    project.replace("data/notices.yaml", "决定表彰一小护校项目", "决定表彰护校项目")
    assert project.build().counts
    assert entries(project) == before


@pytest.mark.parametrize("count", [25, 3])
def test_of_many_the_newest_twenty_are_told(project: Project, count: int) -> None:
    write(project, [paper(f"k{n}", f"2022-10-{n:02}") for n in range(1, count + 1)])
    assert project.build().counts
    told = entries(project)
    assert len(told) == min(20, count + 3)
    assert told[0] == (f"notices/k{count}.html", f"2022-10-{count:02}T00:00")
    assert [day for _, day in told] == sorted((day for _, day in told), reverse=True)


def test_a_notice_of_tomorrow_is_told_tomorrow(project: Project) -> None:
    write(project, [paper("k1", "2022-11-02")])
    assert project.build().counts
    assert "notices/k1.html" not in dict(entries(project))
    assert project.build(today=date(2022, 11, 2)).counts
    assert entries(project)[0] == ("notices/k1.html", "2022-11-02T00:00")
    assert listed(project)[0] == ("2022年", ["k1", "n02", "n01"])
