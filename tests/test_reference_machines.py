"""What the reference campaign's site tells machines: tags, feed, sitemap and robots."""

import re
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import yaml
from conftest import Project
from PIL import Image
from reference import CAMPAIGN, ROOT, Site, text_of

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"

SECTIONS = re.compile(
    r"index\.html|results\.html|search\.html|names\.html|changes\.html|(news|notices|awards|deeds|contest|teams|tags|data)/index\.html|"
    r"news/(page|archive)/.+|tags/.+"
)
ARTICLES = re.compile(r"(?!.*/index\.html)(news/(?!page/|archive/)|deeds/|notices/).+|plan\.html|report\.html")


def test_home_shows_its_last_update(site: Site) -> None:
    posts = [page.meta("PubDate") or "" for url, page in site.pages.items() if ARTICLES.fullmatch(url)]
    shown = [e for e in site.pages["index.html"].find("p") if "updated" in (e.get("class") or "")]
    assert [e.find("time").get("datetime") for e in shown] == [max(posts)[:10]]


# Tags for machines


def test_public_sector_tags(site: Site) -> None:
    wrong = []
    for page in site.pages.values():
        expected = {"SiteName": CAMPAIGN["site"]["name"], "SiteDomain": urlsplit(site.base_url).hostname}
        wrong += [f"{page.url}: {name}" for name, value in expected.items() if page.meta(name) != value]
        if page.meta("SiteIDCode") is not None:
            wrong.append(f"{page.url}: SiteIDCode though there is none")
        section, article = bool(SECTIONS.fullmatch(page.url)), bool(ARTICLES.fullmatch(page.url))
        for name in ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"):
            if bool(page.meta(name)) != section:
                wrong.append(f"{page.url}: {name}={page.meta(name)}")
        for name in ("ArticleTitle", "PubDate", "ContentSource"):
            if bool(page.meta(name)) != article:
                wrong.append(f"{page.url}: {name}={page.meta(name)}")
        if article and page.meta("ArticleTitle") != text_of(page.root.find(".//h1")):
            wrong.append(f"{page.url}: ArticleTitle is not the title")
        if article and not re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", page.meta("PubDate") or ""):
            wrong.append(f"{page.url}: PubDate={page.meta('PubDate')}")
    assert not wrong
    assert any(SECTIONS.fullmatch(url) for url in site.pages)


def front_matter(path: Path) -> Any:
    head = path.read_text(encoding="utf-8").split("---\n")[1]
    return yaml.load(head, Loader=yaml.BaseLoader)  # noqa: S506  # the one loader that leaves everything as text


def test_dates_of_posts_are_those_of_their_source(site: Site) -> None:
    for path in (ROOT / "content" / "news").iterdir():
        post = front_matter(path if path.is_file() else path / "index.md")
        page = site.pages[f"news/{path.name.removesuffix('.md')}.html"]
        assert page.meta("PubDate") == post["date"]
        assert page.meta("ArticleTitle") == post["title"]


def test_sharing_tags_and_canonical_address(site: Site) -> None:
    for page in site.pages.values():
        # the page for unknown addresses stands at none of its own
        address = None if page.url == "404.html" else site.base_url + re.sub(r"(^|/)index\.html$", r"\1", page.url)
        assert page.link("canonical") == address
        assert page.meta("og:url") == address
        assert page.meta("og:title"), page.url
        assert page.meta("og:site_name") == CAMPAIGN["site"]["name"]
        assert page.meta("og:type") == ("article" if ARTICLES.fullmatch(page.url) else "website"), page.url
        assert page.meta("og:locale") == "zh_CN"
        assert page.meta("description") or page.meta("Description"), page.url
        assert page.meta("og:description") == (page.meta("description") or page.meta("Description"))
        image = page.meta("og:image") or ""
        place = site.inner(page.url, image)
        assert image.startswith(site.base_url), page.url
        assert place
        with Image.open(site.folder / place[0]) as picture:
            assert min(picture.size) >= 300, page.url
            assert [page.meta("og:image:width"), page.meta("og:image:height")] == [str(side) for side in picture.size]


# Files for machines


def moment(text: str | None) -> datetime:
    """A date and time of RFC 3339."""
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", text or ""), text
    return datetime.fromisoformat(text or "")


def test_feed_is_valid_atom(site: Site) -> None:
    feed = ET.fromstring((site.folder / "feed.xml").read_bytes())  # noqa: S314  # made by us a moment ago
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    assert 10 <= len(entries) <= 50
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1, name
            assert element.findtext(ATOM + name), name
        assert re.match(r"[a-z]+:\S+$", element.findtext(f"{ATOM}id") or "")
        moment(element.findtext(f"{ATOM}updated"))
        alternates = [e for e in element.findall(f"{ATOM}link") if e.get("rel", "alternate") == "alternate"]
        assert len(alternates) == 1
        place = site.inner("feed.xml", alternates[0].get("href") or "")
        assert place
        assert place[0] in site.pages
    assert all(author.findtext(f"{ATOM}name") for author in feed.findall(f"{ATOM}author"))
    assert feed.findall(f"{ATOM}author")
    assert [e.get("href") for e in feed.findall(f"{ATOM}link") if e.get("rel") == "self"] == [
        f"{site.base_url}feed.xml"
    ]
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    moments = [moment(entry.findtext(f"{ATOM}updated")) for entry in entries]
    assert moments == sorted(moments, reverse=True)
    assert moment(feed.findtext(f"{ATOM}updated")) == moments[0]
    assert all(entry.findtext(f"{ATOM}summary") for entry in entries)


def test_sitemap_lists_exactly_the_pages(site: Site) -> None:
    sitemap = ET.fromstring((site.folder / "sitemap.xml").read_bytes())  # noqa: S314  # made by us a moment ago
    assert sitemap.tag == f"{SITEMAP}urlset"
    assert {child.tag for child in sitemap} == {f"{SITEMAP}url"}
    listed = [url.findtext(f"{SITEMAP}loc") for url in sitemap]
    assert Counter(listed) == Counter(p.link("canonical") for p in site.pages.values() if p.url != "404.html")


def test_robots_keep_out_of_a_sample(site: Site) -> None:
    assert (site.folder / "robots.txt").read_text(encoding="utf-8").split("\n") == ["User-agent: *", "Disallow: /", ""]


def test_a_real_site_lets_robots_in(project: Project) -> None:
    project.replace("data/campaign.yaml", "sample: 是", "sample: 否")
    assert project.build().counts
    assert project.read("site/robots.txt").split("\n") == [
        "User-agent: *",
        "Allow: /",
        "Sitemap: https://honor.example.org/sitemap.xml",
        "",
    ]
    for page in Site.read(project.site, "https://honor.example.org/").pages.values():
        assert page.meta("robots") is None
        assert "示例数据" not in page.text, page.url


def test_a_site_without_an_address_names_none(project: Project) -> None:
    assert project.build(base_url="").counts
    for page in Site.read(project.site, "https://any.example.net/").pages.values():
        assert page.link("canonical") is None
        assert page.meta("SiteDomain") is None
        assert not [target for element, target in page.addresses() if element.tag != "a" and urlsplit(target).netloc]
    for entry in ET.fromstring((project.site / "feed.xml").read_bytes()).iter(f"{ATOM}id"):  # noqa: S314
        assert (entry.text or "").startswith("urn:")
