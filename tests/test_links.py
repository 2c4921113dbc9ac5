"""A link that names a part of a page leads to that part: the words of links against the headings where they arrive."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from conftest import TESTS, Project
from reference import Element, Site, build, text_of
from reference import site as site_of

HEADINGS = ("h1", "h2", "h3", "h4")
#: A day with awards that are granted, on notice, under review, refused and revoked.
BUSY = date(2022, 12, 3)


@pytest.fixture(scope="module")
def busy() -> Site:
    return site_of(BUSY)


def links(site: Site) -> Iterator[tuple[str, str, str, str]]:
    """Page, words, page and fragment of every link to a page of the site."""
    for page in site.pages.values():
        for element in page.find("a"):
            place = site.inner(page.url, element.get("href"))
            if place and place[0] in site.pages:
                yield page.url, text_of(element), *place


def heading(site: Site, url: str, fragment: str) -> str:
    """What stands over the part that an address names: its first heading, or the words of what is no section."""
    (part,) = [element for element in site.pages[url].elements if element.get("id") == fragment]
    inner: list[Element] = [element for element in part.iter() if element.tag in (*HEADINGS, "dt")]
    return text_of(inner[0] if inner else part)


def named_without_fragment(site: Site) -> list[str]:
    """Links to the top of a page whose words are the heading of one of its parts, and not its own."""
    found = []
    for url, words, target, fragment in links(site):
        page = site.pages[target]
        parts = {text_of(element) for element in page.main.iter() if element.tag in HEADINGS[1:]}
        if not fragment and words in parts - {text_of(element) for element in page.find("h1")}:
            found.append(f"{url}: {words} → {target}")
    return found


def missing(site: Site) -> list[str]:
    ids = {url: page.ids for url, page in site.pages.items()}
    return [
        f"{url}: {words} → {target}#{part}"
        for url, words, target, part in links(site)
        if part and part not in ids[target]
    ]


def test_links_that_name_a_part_lead_there(busy: Site, site: Site) -> None:
    for one in (busy, site):
        assert missing(one) == []
        assert named_without_fragment(one) == []
        for url, words, target, fragment in links(one):
            assert not fragment or heading(one, target, fragment), f"{url}: {words} leads to nothing that is said"


#: Page and words of a link; where it leads, and what stands there.
TABLE = [
    ("index.html", "全部公告", "notices/index.html", "公示公告"),
    ("index.html", "全部动态", "news/index.html", "新闻动态"),
    ("index.html", "全部事迹", "deeds/index.html", "先进事迹"),
    ("index.html", "查看完整光荣榜", "awards/index.html", "光荣榜"),
    ("index.html", "活动大事记", "timeline.html", "活动大事记"),
    (
        "index.html",
        "2022年马鞍山优秀保安服务项目评比",
        "awards/index.html#cycle-y2022",
        "2022年马鞍山优秀保安服务项目评比",
    ),
    ("awards/index.html", "全部公示和决定", "notices/index.html", "公示公告"),
    (
        "awards/a2020-06.html",
        "2020年马鞍山优秀保安服务项目评比",
        "awards/index.html#cycle-y2020",
        "2020年马鞍山优秀保安服务项目评比",
    ),
    (
        "awards/a2022-01.html",
        "2022年马鞍山优秀保安服务项目评比",
        "awards/index.html#cycle-y2022",
        "2022年马鞍山优秀保安服务项目评比",
    ),
    ("notices/n2022-07.html", "公示公告", "notices/index.html", "公示公告"),
    ("results.html", "整改隐患", "results.html#hazards", "隐患发现与整改"),
    ("results.html", "见义勇为", "deeds/index.html#见义勇为", "见义勇为"),
    ("awards/index.html", "开放数据", "data/index.html#awards", "荣誉名单的字段"),
]


@pytest.mark.parametrize(("url", "words", "target", "told"), TABLE)
def test_words_and_where_they_lead(busy: Site, url: str, words: str, target: str, told: str) -> None:
    page, _, fragment = target.partition("#")
    led = {place for place in links(busy) if place[:2] == (url, words) and place[2:] != ("data/index.html", "")}
    own = [place for place in led if not (place[2] == url and not place[3])]
    assert {place[2:] for place in own} >= {(page, fragment)}, led
    (title,) = [text_of(element) for element in busy.pages[page].find("h1")]
    assert (heading(busy, page, fragment) if fragment else title) == told


def test_each_project_leads_to_its_cycle_in_the_contest(busy: Site) -> None:
    found = [place for place in links(busy) if place[0].startswith("contest/p") and place[3].startswith("cycle-")]
    assert len(found) == len([url for url in busy.pages if url.startswith("contest/p")])
    for url, words, target, fragment in found:
        assert target == "contest/index.html", url
        assert heading(busy, target, fragment) == words


def test_numbers_of_a_company_lead_to_its_teams_and_projects(busy: Site) -> None:
    rows = [place for place in links(busy) if place[0] == "results.html" and place[1].isdigit()]
    told = {heading(busy, target, fragment) for _, _, target, fragment in rows if target.startswith("companies/")}
    assert told == {"评比项目"}  # no company has several teams
    assert all(target.startswith(("companies/", "teams/t", "contest/p")) for _, _, target, _ in rows)


def test_the_days_of_a_hazard_lead_to_what_is_told_of_it(busy: Site) -> None:
    found = {
        (fragment, heading(busy, target, fragment))
        for url, _, target, fragment in links(busy)
        if "ledger/" in target and fragment not in {"", "main"}
    }
    assert found == {("inspections", "巡查"), ("mended", "当天整改的隐患")}


@pytest.mark.parametrize(
    ("of", "led"), [("kind: 公司, org: c01", []), ("kind: 项目, project: p01", ["contest/index.html"])]
)
def test_an_award_that_was_not_granted_leads_to_no_list_that_leaves_it_out(
    project: Project, of: str, led: list[str]
) -> None:
    upheld = "objections: [{received: 2022-09-15, about: 有误, closed: 2022-09-19, outcome: 成立}]"
    project.write(
        "data/awards.yaml", f"- {{id: a02, cycle: y2022, title: 江城优秀保安服务项目, {of}, notice: n01, {upheld}}}\n"
    )
    project.write("data/notices.yaml", project.read("data/notices.yaml").split("- id: n02")[0])
    result = project.build()
    assert result.counts, result.findings
    site = Site.read(project.site, "https://honor.example.org/")
    assert [p[2] for p in links(site) if p[0] == "awards/a02.html" and p[3].startswith("cycle-")] == led
    assert missing(site) == []


@pytest.mark.parametrize("name", ["minimal", "two-years-before"])
def test_all_fragments_resolve_on_other_sites(tmp_path: Path, name: str) -> None:
    root = tmp_path / "project"
    shutil.copytree(TESTS / "sites" / name, root)
    for today in (date(2020, 12, 31), date(2022, 9, 14), date(2023, 1, 1)):
        site = Site.read(build(root, tmp_path / "site", today), "https://honor.example.org/")
        assert missing(site) == []
        assert named_without_fragment(site) == []


def test_a_lost_part_and_a_lost_fragment_are_seen(project: Project) -> None:
    """Each of the checks above fails on a theme that does it wrong."""
    from honorroll.inputs.scan import theme_root

    theme = theme_root() / "templates"
    project.write(
        "templates/awards.html", (theme / "awards.html").read_text("utf-8").replace(' id="{{ cycle.id }}"', "")
    )
    assert project.build().counts
    assert missing(Site.read(project.site, "https://honor.example.org/"))
    project.remove("templates/awards.html")
    facts = (theme / "parts" / "facts.html").read_text("utf-8")
    project.write("templates/parts/facts.html", facts.replace("{{ fact.url }}", '{{ fact.url.split("#")[0] }}'))
    assert project.build().counts
    assert named_without_fragment(Site.read(project.site, "https://honor.example.org/"))


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ("team:t01", []),
        ("team:t99", ["MDN-01"]),
        ("tag:duty", []),
        ("tag:nobody", ["MDN-01"]),
        ("tag:broken", []),  # there, with an error of its own
        ("company:c01", []),
        ("company:nobody", ["MDN-01"]),
    ],
)
def test_links_are_judged_by_the_data_while_other_errors_keep_pages_from_being_made(
    link: str, told: list[str], project: Project
) -> None:
    project.write("data/tags/more.yaml", "- {id: duty, name: 值班}\n- {id: broken, name: 坏, colour: red}\n")
    project.replace("content/plan.md", "\n---\n", f"\n---\n\n[甲]({link})\n")
    rules = [finding.diagnostic.rule for finding in project.check().findings]
    assert [rule for rule in rules if rule.startswith("MDN")] == told
    assert [rule for rule in rules if not rule.startswith("MDN")] == ["SCH-02"]
