"""The sitemap tells when each page last had something new: from the data, never from a build."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from conftest import Project
from reference import BASE_URL, build, copy_project, load_yaml

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
BASE = "https://honor.example.org/"


def days(folder: Path, base: str = BASE) -> dict[str, str]:
    """The day of each page, empty where none is told."""
    root = ET.fromstring((folder / "sitemap.xml").read_bytes())  # noqa: S314  # made by us a moment ago
    assert [child.tag for url in root for child in url if child.tag not in {f"{SITEMAP}loc", f"{SITEMAP}lastmod"}] == []
    pages = {
        url.findtext(f"{SITEMAP}loc", "").removeprefix(base): url.findtext(f"{SITEMAP}lastmod", "") for url in root
    }
    return {url + "index.html" if url == "" or url.endswith("/") else url: day for url, day in pages.items()}


def test_of_the_small_site(project: Project) -> None:
    assert project.build().counts
    found = days(project.site)
    assert {url: day for url, day in found.items() if day} == {
        "index.html": "2022-09-20",
        "news/index.html": "2022-09-02",
        "news/2022-09-02-first.html": "2022-09-02",
        "news/archive/index.html": "2022-09-02",
        "news/archive/2022-09.html": "2022-09-02",
        "tags/index.html": "2022-09-02",
        "tags/xunluo.html": "2022-09-02",
        "notices/index.html": "2022-09-20",
        "notices/n01.html": "2022-09-13",
        "notices/n02.html": "2022-09-20",
        "awards/index.html": "2022-09-20",
        "awards/a01.html": "2022-09-20",
        "awards/a01.certificate.html": "2022-09-20",
        "deeds/index.html": "2022-09-01",
        "deeds/d01.html": "2022-09-01",
        "teams/index.html": "2022-09-01",
        "teams/t01.html": "2022-09-01",
        "teams/t02.html": "2022-09-01",
        "contest/index.html": "2022-09-20",
        "contest/p01.html": "2022-09-20",
        "plan.html": "2022-09-01",
        "results.html": "2022-09-30",
        "ledger/2022-09-01.html": "2022-09-02",
        "ledger/2022-09-02.html": "2022-09-02",
    }
    assert {url for url, day in found.items() if not day} >= {"search.html", "names.html", "companies/c01.html"}


def test_of_the_reference_site(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "project")
    found = days(build(root, tmp_path / "site", date(2022, 12, 10)), BASE_URL)
    for table, folder in (("notices", "notices"), ("deeds", "deeds")):
        for record in load_yaml(root / "data" / f"{table}.yaml"):
            if str(record["date"]) <= "2022-12-10":
                assert found[f"{folder}/{record['id']}.html"] == str(record["date"])
    for url, day in found.items():
        if post := re.match(r"news/(\d{4}-\d\d-\d\d)-", url):
            assert day == post[1]
    assert found["notices/index.html"] == "2022-11-28"
    assert found["index.html"] == max(
        day for url, day in found.items() if url.startswith(("news/", "notices/", "deeds/"))
    )
    assert max(found.values()) <= "2022-12-10"
    assert found["awards/a2020-06.html"] == "2021-06-18"  # taken back


def test_a_build_on_another_day_tells_the_same(project: Project) -> None:
    assert project.build(today=date(2022, 10, 1)).counts
    before = project.read("site/sitemap.xml")
    assert project.build(today=date(2022, 10, 1) + timedelta(days=500)).counts
    later = project.read("site/sitemap.xml")
    assert re.findall("<lastmod>.*?</lastmod>", before) == re.findall("<lastmod>.*?</lastmod>", later)


def replaced(path: str, old: str, new: str) -> Callable[[Project], None]:
    return lambda project: project.replace(path, old, new)


NOTICE = (
    "- {id: k1, kind: 通报, title: 通报, number: 示例〔2022〕9号, date: 2022-10-09, issuers: [zd, xh], body: 平安。}\n"
)
EDITS: dict[str, tuple[Callable[[Project], None], dict[str, str]]] = {
    "the day of a post": (
        replaced("content/news/2022-09-02-first.md", "date: 2022-09-02", "date: 2022-09-03"),
        dict.fromkeys(
            ("news/2022-09-02-first.html", "news/index.html", "news/archive/index.html", "tags/xunluo.html"),
            "2022-09-03",
        ),
    ),
    "a title": (replaced("content/news/2022-09-02-first.md", "title: ", "title: 新"), {}),
    "a day of duty": (
        replaced("data/patrols.yaml", "2022-09-01", "2022-09-05"),
        {"teams/t01.html": "2022-09-05", "teams/index.html": "2022-09-05", "ledger/2022-09-05.html": "2022-09-05"},
    ),
    "the day of a decision": (
        replaced("data/notices.yaml", "date: 2022-09-20", "date: 2022-09-21"),
        dict.fromkeys(
            ("notices/n02.html", "awards/a01.html", "awards/a01.certificate.html", "contest/p01.html", "index.html"),
            "2022-09-21",
        ),
    ),
    "a new notice": (
        lambda project: project.write("data/notices.yaml", project.read("data/notices.yaml") + NOTICE),
        {"notices/k1.html": "2022-10-09", "notices/index.html": "2022-10-09", "index.html": "2022-10-09"},
    ),
    "the day of a deed": (
        replaced("data/deeds.yaml", "date: 2022-09-01", "date: 2022-09-04"),
        {"deeds/d01.html": "2022-09-04", "deeds/index.html": "2022-09-04"},
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_moves_its_days_with_a_warm_cache(project: Project, tmp_path: Path, name: str) -> None:
    edit, expected = EDITS[name]
    assert project.build().counts
    before = days(project.site)
    edit(project)
    result = project.build()
    assert result.counts, result.findings
    after = days(project.site)
    assert {url: after[url] for url in expected} == expected
    assert (after == before) == (not expected)
    assert ("sitemap.xml" in result.reasons) == bool(expected)
    assert project.build(out=tmp_path / "clean").counts
    assert days(tmp_path / "clean") == after


def test_a_page_dated_later_than_today_tells_no_day(project: Project) -> None:
    project.write("content/join.md", "---\ntitle: 报名\nupdated: 2022-12-01\n---\n\n请报名。\n")
    assert project.build(today=date(2022, 11, 1)).counts
    assert days(project.site)["join.html"] == ""
    assert project.build(today=date(2022, 12, 1)).counts
    assert days(project.site)["join.html"] == "2022-12-01"
