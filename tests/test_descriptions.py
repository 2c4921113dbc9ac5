"""Each page describes itself: no two pages of a site have the same description, and none has an empty one."""

import shutil
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from conftest import TESTS, Project
from reference import Site, build
from reference import site as site_of

BASE = "https://honor.example.org/"


def shared(site: Site) -> dict[str, list[str]]:
    """Descriptions that several pages have, or that are empty, with the pages."""
    found: dict[str, list[str]] = defaultdict(list)
    for url, page in site.pages.items():
        found[page.meta("description") or page.meta("Description") or ""].append(url)
    return {text: urls for text, urls in found.items() if len(urls) > 1 or not text}


def test_each_page_of_the_reference_site_has_its_own(site: Site) -> None:
    assert shared(site) == {}
    assert shared(site_of(date(2022, 10, 10))) == {}


@pytest.mark.parametrize("today", [date(2020, 10, 20), date(2023, 1, 1)])
def test_each_page_of_another_site_has_its_own(tmp_path: Path, today: date) -> None:
    shutil.copytree(TESTS / "sites" / "two-years-before", tmp_path / "project")
    assert shared(Site.read(build(tmp_path / "project", tmp_path / "site", today), BASE)) == {}


def append(project: Project, path: str, text: str) -> None:
    project.write(path, project.read(path) + text)


TEAM = "- {{id: {0}, name: {1}, type: 巡逻小组, org: c01, headcount: 5, areas: [江边街道], voluntary: 是, certified: 是, age_checked: 是, insured: 是, equipment: [马甲, 腰带], liaison: zd{2}}}\n"
PAPER = "- {{id: {0}, kind: 通报, title: 情况通报, number: {1}, date: {2}, issuers: [zd, xh], body: 现将有关情况通报如下。}}\n"


def test_records_that_are_alike_have_their_own(project: Project) -> None:
    """Lists in pages, teams and projects without a text of their own, notices that begin alike, an award of two cycles."""
    project.replace("data/campaign.yaml", "  base_url:", "  posts_per_page: 1\n  base_url:")
    append(project, "data/teams.yaml", TEAM.format("t08", "北岸小组", "") + TEAM.format("t09", "南岸小组", ""))
    append(project, "data/teams.yaml", TEAM.format("t10", "东岸小组", ", about: 夜里巡江。"))
    append(project, "data/teams.yaml", TEAM.format("t11", "西岸小组", ", about: 夜里巡江。"))
    papers = [("k1", "示例〔2022〕8号", "2022-10-01"), ("k2", "示例〔2022〕9号", "2022-10-01")]
    papers += [(f"k{day}", '""', f"2022-10-0{day}") for day in (8, 9)]
    append(project, "data/notices.yaml", "".join(PAPER.format(*paper) for paper in papers))
    for day in (3, 4, 5):
        post = f"---\ntitle: 第{day}天\ndate: 2022-09-0{day}\n---\n\n第{day}天。\n"
        project.write(f"content/news/2022-09-0{day}-day.md", post)
    first = (
        "- {id: y2021, title: 2021年评比, year: 2021, award_title: 江城优秀保安服务项目, other_titles: [优秀公司]}\n"
    )
    append(project, "data/cycles.yaml", first)
    project.replace("data/cycles.yaml", "  approval:", "  other_titles: [优秀公司]\n  approval:")
    award = "- {{id: b{0}, cycle: y{0}, kind: 公司, title: 优秀公司, org: c01, notice: n01, decision: n02}}\n"
    append(project, "data/awards.yaml", award.format(2021) + award.format(2022))
    project.replace("data/notices.yaml", "awards: [a01]", "awards: [a01, b2021, b2022]")
    result = project.build()
    assert result.counts, result.findings
    site = Site.read(project.site, BASE)
    assert {
        "news/page/3.html",
        "notices/page/4.html",
        "teams/t11.html",
        "awards/b2021.certificate.html",
    } <= site.pages.keys()
    assert shared(site) == {}


def test_a_post_without_words_is_described_by_its_title(project: Project) -> None:
    project.write("content/news/2022-09-05-x.md", "---\ntitle: 只有标题\ndate: 2022-09-05\n---\n")
    result = project.build()
    assert result.counts, result.findings
    page = Site.read(project.site, BASE).pages["news/2022-09-05-x.html"]
    assert page.meta("Description") == "只有标题"
