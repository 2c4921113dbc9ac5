"""JSON-LD: every block is JSON, says what its page says, and no title can break out of it."""

import json
import re
from typing import Any

from conftest import Project
from reference import BASE_URL, Page, Site, text_of

KINDS = {"项目": "Service", "公司": "Organization", "保安员": "Person"}


def blocks(page: Page) -> list[Any]:
    """What the page tells machines; each block is JSON."""
    scripts = [script for script in page.find("script") if script.get("type") == "application/ld+json"]
    assert not [script for script in scripts if script.get("src")]
    return [json.loads(script.text) for script in scripts]


def of_type(page: Page, *types: str) -> list[Any]:
    return [block for block in blocks(page) if block["@type"] in types]


def test_every_block_is_of_schema_org_and_says_that_it_is_a_sample(site: Site) -> None:
    for page in site.pages.values():
        for block in blocks(page):
            assert block["@context"] == "https://schema.org"
            crumbs = block["@type"] == "BreadcrumbList"
            assert crumbs or block["disambiguatingDescription"].startswith("示例数据"), page.url
            assert "null" not in json.dumps(block)
            assert '""' not in json.dumps(block)


def test_breadcrumbs_are_those_that_are_shown(site: Site) -> None:
    for page in site.pages.values():
        shown = [text_of(e) for nav in page.find("nav") if nav.get("class") == "crumbs" for e in nav.iter("a")]
        found = of_type(page, "BreadcrumbList")
        assert len(found) == bool(shown), page.url
        for block in found:
            items = block["itemListElement"]
            assert [item["position"] for item in items] == list(range(1, len(items) + 1))
            assert [item["name"] for item in items[:-1]] == shown
            assert items[-1]["item"] == page.link("canonical")
            assert text_of(page.root.find(".//title")).startswith(items[-1]["name"])
            places = [site.inner("index.html", item["item"]) for item in items]
            assert all(place and place[0] in site.pages for place in places), page.url


def test_news(site: Site) -> None:
    posts = [page for url, page in site.pages.items() if re.match(r"news/\d{4}-", url)]
    assert posts
    for page in posts:
        (news,) = of_type(page, "NewsArticle")
        assert news["headline"] == page.meta("ArticleTitle")
        assert news["datePublished"][:16].replace("T", " ") == page.meta("PubDate")
        assert news["datePublished"].endswith("+08:00")
        assert news["mainEntityOfPage"] == page.link("canonical")
        assert news["author"]["name"] == page.meta("ContentSource")
        assert news.get("image") == page.meta("Image")
        assert news["description"] == page.meta("Description")
    assert not [p.url for p in site.pages.values() if p not in posts and of_type(p, "NewsArticle")]


def test_awards_are_awards_only_while_they_are_in_force(site: Site) -> None:
    rows = json.loads((site.folder / "data" / "awards.json").read_bytes())["rows"]
    for row in rows:
        (about,) = of_type(site.pages[row["page"].removeprefix(BASE_URL)], "WebPage")
        honoured = about["mainEntity"]
        assert about["url"] == row["page"]
        assert honoured["@type"] == KINDS[row["kind"]]
        assert honoured["name"] == row["recipient"]
        assert honoured.get("award") == (row["title"] if row["state"] == "已授予" else None)
        company = honoured.get("provider") or honoured.get("worksFor") or {}
        assert company.get("name") == row["company"]
    assert {row["state"] for row in rows} >= {"已授予", "已撤销"}
    assert {row["kind"] for row in rows} == KINDS.keys()


def test_home_names_the_site_and_its_organisers(site: Site) -> None:
    home = site.pages["index.html"]
    (whole,) = of_type(home, "WebSite")
    assert whole["url"] == BASE_URL
    footer = text_of(home.find("footer")[-1])
    names = [block["name"] for block in of_type(home, "Organization")]
    assert len(names) == 2
    assert all(name in footer for name in names)


def test_the_open_data_are_data_sets(site: Site) -> None:
    found = of_type(site.pages["data/index.html"], "Dataset")
    assert len(found) == 4
    for block in found:
        assert [d["encodingFormat"] for d in block["distribution"]] == ["text/csv", "application/json"]
        for target in block["distribution"]:
            place = site.inner("index.html", target["contentUrl"])
            assert place
            assert (site.folder / place[0]).is_file()


HOSTILE = """</script><script>alert(1)</script><!-- <script> ]]> \\u2028 & "双" '单' \\\\ {{ x }}"""


def test_no_title_breaks_out(project: Project) -> None:
    quoted = json.dumps(HOSTILE, ensure_ascii=False)
    for path in ("data/awards.yaml", "data/cycles.yaml", "data/projects.yaml", "data/orgs.yaml"):
        text = re.sub(r"(?m)^(  (?:title|award_title|name)): .*$", lambda m: f"{m[1]}: {quoted}", project.read(path))
        project.write(path, text)
    post = f"---\ntitle: {quoted}\ndate: 2022-09-05\nsource: {quoted}\n---\n\n平安。\n"
    project.write("content/news/2022-09-05-x.md", post)
    result = project.build()
    assert result.counts, result.findings
    site = Site.read(project.site, "https://honor.example.org/")
    for page in site.pages.values():
        scripts = [s for s in page.find("script") if s.get("type") != "application/ld+json"]
        assert all(re.search(r"/(site|search)\.[0-9a-f]{8}\.js$", f"/{s.get('src')}") for s in scripts), page.url
        assert not [s.text for s in scripts if s.text], page.url
        blocks(page)
    (news,) = of_type(site.pages["news/2022-09-05-x.html"], "NewsArticle")
    assert news["headline"] == news["author"]["name"] == HOSTILE
    (about,) = of_type(site.pages["awards/a01.html"], "WebPage")
    assert about["mainEntity"]["name"] == about["mainEntity"]["provider"]["name"] == HOSTILE


def test_without_an_address_none_is_told(project: Project) -> None:
    project.replace("data/campaign.yaml", "sample: 是", "sample: 否")
    assert project.build(base_url="").counts
    site = Site.read(project.site, "https://any.example.net/")
    told = [json.dumps(block, ensure_ascii=False) for page in site.pages.values() for block in blocks(page)]
    assert len(told) > 10
    assert not [text for text in told if "http" in text.replace("https://schema.org", "")]
    assert not [text for text in told if "内容均为虚构" in text]
