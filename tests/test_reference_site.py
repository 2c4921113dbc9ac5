"""The reference campaign's whole site: links, markup, tags, feeds, and what must never be in it."""

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
import yaml
from conftest import Project
from PIL import Image
from reference import ROOT, TODAY, Element, Page, Site, build, copy_project, load_yaml, text_of

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
CAMPAIGN = load_yaml(ROOT / "data" / "campaign.yaml")
BASE_URL = CAMPAIGN["site"]["base_url"]

SECTIONS = re.compile(
    r"index\.html|results\.html|search\.html|names\.html|(news|awards|deeds|contest|teams|tags|data)/index\.html|"
    r"news/(page|archive)/.+|tags/.+"
)
ARTICLES = re.compile(r"(?!.*/index\.html)(news/(?!page/|archive/)|deeds/|notices/).+|plan\.html|report\.html")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("reference")
    return Site.read(build(copy_project(folder / "project"), folder / "site"), BASE_URL)


def test_there_is_a_page_for_each_record(site: Site) -> None:
    folders = Counter(
        url.partition("/")[0]
        for url in site.pages
        if "/" in url and not url.endswith(("/index.html", ".certificate.html"))
    )
    posts = len(list((ROOT / "content" / "news").iterdir()))
    lists = len([url for url in site.pages if re.match(r"news/(page|archive)/\d", url)])
    assert folders["news"] - lists == posts >= 24
    records = {"teams": "teams", "deeds": "deeds", "contest": "projects", "awards": "awards", "notices": "notices"}
    for folder, name in records.items():
        assert folders[folder] == len(load_yaml(ROOT / "data" / f"{name}.yaml")), folder


# Links


def inner_links(site: Site) -> Iterator[tuple[str, str, str, str]]:
    """Page, link as written, file and fragment of every link that stays on the site."""
    for page in site.pages.values():
        for element, target in page.addresses():
            place = site.inner(page.url, target)
            if place and element.get("rel") != "canonical":
                yield page.url, target, *place


def broken_links(site: Site) -> list[str]:
    broken = []
    for url, target, file, fragment in inner_links(site):
        if not (site.folder / file).is_file():
            broken.append(f"{url}: {target}: no such file")
        elif fragment and fragment not in site.pages[file].ids:
            broken.append(f"{url}: {target}: no such id")
    return broken


def test_internal_links_lead_to_a_file_and_an_id(site: Site) -> None:
    assert broken_links(site) == []
    assert len(list(inner_links(site))) > 1000


@pytest.mark.parametrize("today", [date(2022, 8, 19), date(2022, 10, 15)])
def test_links_hold_on_days_that_have_not_seen_all_news(tmp_path: Path, today: date) -> None:
    root = copy_project(tmp_path / "project")
    early = Site.read(build(root, tmp_path / "site", today), BASE_URL)
    assert not [url for url in early.pages if re.match(r"news/\d", url) and url[5:15] > today.isoformat()]
    assert broken_links(early) == []


def test_links_are_relative_except_on_the_page_for_unknown_addresses(site: Site) -> None:
    rooted = [
        f"{page.url}: {target}"
        for page in site.pages.values()
        for element, target in page.addresses()
        if target.startswith("/") or (element.get("rel") != "canonical" and target.startswith(site.base_url))
    ]
    base = urlsplit(site.base_url).path
    assert {line.partition(":")[0] for line in rooted} == {"404.html"}
    assert all(line.startswith(f"404.html: {base}") for line in rooted)


def test_the_page_for_unknown_addresses_works_at_any_depth(site: Site) -> None:
    for _, target in site.pages["404.html"].addresses():
        if not target.startswith("#"):
            assert urlsplit(target).scheme or target.startswith(urlsplit(site.base_url).path), target


def test_every_page_is_reached_from_home(site: Site) -> None:
    reached, waiting = {"index.html"}, ["index.html"]
    while waiting:
        page = site.pages[waiting.pop()]
        for element in page.find("a"):
            place = site.inner(page.url, element.get("href", ""))
            if place and place[0] in site.pages and place[0] not in reached:
                reached.add(place[0])
                waiting.append(place[0])
    assert site.pages.keys() - reached == {"404.html"}


def test_every_other_file_is_used(site: Site) -> None:
    used = {"feed.xml", "sitemap.xml", "robots.txt", ".honorroll", "404.html"}
    for page in site.pages.values():
        images = (page.meta("og:image"), page.meta("Image"))
        targets = [target for _, target in page.addresses()] + [image for image in images if image]
        used |= {place[0] for place in (site.inner(page.url, target) for target in targets) if place}
    files = {path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*") if path.is_file()}
    assert {path for path in files - used if not path.startswith("search/")} == set()  # test_search.py asks for these


def test_links_to_other_hosts_are_safe(site: Site) -> None:
    for page in site.pages.values():
        for element, target in page.addresses():
            scheme = urlsplit(target).scheme
            assert scheme in {"", "https", "mailto", "tel"}, f"{page.url}: {element.tag} {target}"


# Nothing from elsewhere


def test_no_page_asks_another_host(site: Site) -> None:
    for page in site.pages.values():
        for element, target in page.addresses():
            if element.tag != "a" and element.get("rel") != "canonical":
                assert not urlsplit(target).netloc, f"{page.url}: {element.tag} {target}"
        assert not page.find("iframe", "object", "embed", "base"), page.url
        assert not [e for e in page.find("link") if e.get("rel") in {"preconnect", "dns-prefetch", "preload"}], page.url


NAMESPACES = ('"http://www.w3.org/2000/svg"', '"http://www.w3.org/1999/xlink"')
COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*$", re.DOTALL | re.MULTILINE)


def test_styles_scripts_and_drawings_ask_no_other_host(site: Site) -> None:
    paths = [path for path in (site.folder / "static").iterdir() if path.suffix in {".css", ".js", ".svg"}]
    assert len(paths) >= 4
    for path in paths:
        text = COMMENT.sub("", path.read_text(encoding="utf-8"))
        for name in NAMESPACES:
            text = text.replace(name, "")
        assert not re.search(r"https?:|//[a-z0-9-]+\.|@import", text), path.name
        for target in re.findall(r"url\(\s*[\"']?([^\"')]+)", text):
            assert target.startswith(("data:", "#")) or (path.parent / target).is_file(), f"{path.name}: {target}"


def test_nothing_is_inline(site: Site) -> None:
    for page in site.pages.values():
        for element in page.elements:
            handlers = [name for name in element.attrib if name == "style" or str(name).startswith("on")]
            assert not handlers, f"{page.url}: {element.tag} {handlers}"
        assert not page.find("style"), page.url
        scripts = [script for script in page.find("script") if script.get("type") != "application/ld+json"]  # are data
        assert all(script.get("src") and not text_of(script) for script in scripts), page.url
        assert "javascript:" not in page.text, page.url


# Markup


def test_markup_is_what_a_browser_makes_of_it(site: Site) -> None:
    assert not [f"{page.url}: {error}" for page in site.pages.values() for error in page.errors]


def test_ids_are_unique_and_names_lead_to_them(site: Site) -> None:
    wrong = []
    for page in site.pages.values():
        wrong += [f"{page.url}: id {id} stands {n} times" for id, n in Counter(page.ids).items() if n > 1]
        wrong += [f"{page.url}: id {id!r}" for id in page.ids if not id or re.search(r"\s", id)]
        for element in page.elements:
            for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "list"):
                wrong += [f"{page.url}: {name}={id}" for id in (element.get(name) or "").split() if id not in page.ids]
    assert not wrong


def test_one_title_and_no_heading_level_is_left_out(site: Site) -> None:
    wrong = []
    for page in site.pages.values():
        levels = [int(e.tag[1]) for e in page.find("h1", "h2", "h3", "h4", "h5", "h6")]
        if levels.count(1) != 1:
            wrong.append(f"{page.url}: {levels.count(1)} h1")
        wrong += [f"{page.url}: h{a} → h{b}" for a, b in pairwise(levels) if b > a + 1]
        if not text_of(page.root.find(".//title")).endswith(CAMPAIGN["site"]["name"]):
            wrong.append(f"{page.url}: title")
    assert not wrong


def test_titles_tell_pages_apart(site: Site) -> None:
    titles = Counter(text_of(page.root.find(".//title")) for page in site.pages.values())
    assert not [title for title, number in titles.items() if number > 1]


FILLED = "section article ul ol dl li dt dd table tbody tr th p h1 h2 h3 h4 h5 h6 figure figcaption nav aside header"
REPLACED = {"img", "input", "{http://www.w3.org/2000/svg}svg"}


def is_filled(element: Element) -> bool:
    return bool(text_of(element)) or any(child.tag in REPLACED for child in element.iter())


def test_nothing_is_empty(site: Site) -> None:
    names = {*FILLED.split(), "a", "blockquote", "address", "summary", "caption", "time", "title"}
    empty = [
        f"{page.url}: {element.tag} {element.attrib}"
        for page in site.pages.values()
        for element in page.elements
        if element.tag in names and not is_filled(element)
    ]
    assert not empty


SECTIONING = {"main", "section", "article", "nav", "aside"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


def outline(element: Element) -> Iterator[tuple[str, int, str]]:
    """What stands in an element: begin and end of sections, headings, and any other content."""
    for child in element:
        classes = (child.get("class") or "").split()
        if not isinstance(child.tag, str) or "group-note" in classes:
            pass
        elif child.tag in HEADINGS or "head" in classes:
            # The title of a card is a link to what it is about; nothing needs to follow it.
            heading = child if child.tag in HEADINGS else next(e for e in child if e.tag in HEADINGS)
            yield ("card" if heading.find(".//a") is not None else "heading"), int(heading.tag[1]), text_of(heading)
        elif child.tag in SECTIONING:
            yield "begin", 0, ""
            yield from outline(child)
            yield "end", 0, ""
        else:
            if child.tag in REPLACED or (child.text or "").strip():
                yield "content", 0, ""
            yield from outline(child)
        if isinstance(child.tail, str) and child.tail.strip():
            yield "content", 0, ""


def is_followed(level: int, rest: list[tuple[str, int, str]]) -> bool:
    """Whether something comes before the section ends or the next heading of the same weight."""
    depth = 0
    for kind, other, _ in rest:
        depth += (kind == "begin") - (kind == "end")
        if depth < 0 or (kind == "heading" and other <= level):
            return False
        if kind in {"content", "card"}:
            return True
    return False


def test_no_heading_stands_over_nothing(site: Site) -> None:
    bare = []
    for page in site.pages.values():
        parts = list(outline(page.main))
        for at, (kind, level, words) in enumerate(parts):
            if kind == "heading" and not is_followed(level, parts[at + 1 :]):
                bare.append(f"{page.url}: {words}")
    assert not bare


def test_images_have_an_alternative_and_their_true_size(site: Site) -> None:
    wrong = []
    for page in site.pages.values():
        for image in page.find("img"):
            place = site.inner(page.url, image.get("src"))
            if place is None or image.get("alt") is None:
                wrong.append(f"{page.url}: {image.attrib}")
            elif not place[0].endswith(".svg"):
                with Image.open(site.folder / place[0]) as picture:
                    if [image.get("width"), image.get("height")] != [str(side) for side in picture.size]:
                        wrong.append(f"{page.url}: {place[0]} is {picture.size}")
        shown = [image for figure in page.find("figure") for image in figure.iter("img")]
        wrong += [f"{page.url}: {image.get('src')} needs words" for image in shown if not image.get("alt")]
    assert not wrong


def test_each_page_says_its_language_and_that_it_is_a_sample(site: Site) -> None:
    for page in site.pages.values():
        assert page.root.get("lang") == "zh-CN", page.url
        assert page.text.startswith("<!DOCTYPE html>"), page.url
        assert [text_of(e) for e in page.find("aside") if e.get("class") == "sample"] != [], page.url
        assert "示例数据" in text_of(page.root.find(".//aside")), page.url
        assert page.meta("robots") == "noindex, nofollow", page.url
        assert page.meta("viewport") == "width=device-width, initial-scale=1", page.url


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
        address = site.base_url + re.sub(r"(^|/)index\.html$", r"\1", page.url)
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


# What must not be told


def flat(page: Page) -> str:
    """The page as it is written, and all its words without any white space."""
    return page.text + "\0" + re.sub(r"\s+", "", text_of(page.root))


def test_no_mobile_or_identity_numbers(site: Site) -> None:
    number = re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)")
    for path in site.folder.rglob("*"):
        if path.suffix in {".html", ".xml", ".txt", ".js", ".css", ".svg", ".csv", ".json"}:
            assert not number.findall(path.read_text(encoding="utf-8")), path
    assert number.findall("13812345678, 138-1234-5678, 34050419900101123X") != []


def hidden_names() -> list[str]:
    """Names that were given in confidence: no consent, a withdrawn one, or one to the surname alone."""
    people = load_yaml(ROOT / "data" / "persons.yaml")
    return [
        p["name"]
        for p in people
        if p.get("mask", "隐名") != "全名" or p.get("consent", {}).get("withdrawn", "x") != "x"
    ]


def test_no_name_that_was_given_in_confidence(site: Site) -> None:
    names = hidden_names()
    assert len(names) >= 5
    told = []
    for path in site.folder.rglob("*"):
        told += [f"{path.name}: {name}" for name in names if name in str(path)]
        if path.suffix == ".html":
            words = flat(site.pages[path.relative_to(site.folder).as_posix()])
        elif path.suffix in {".xml", ".txt", ".svg", ".js", ".csv", ".json"}:
            words = path.read_text(encoding="utf-8")
        else:
            continue
        told += [f"{path.name}: {name}" for name in names if name in words]
    assert not told


def is_told(site: Site, name: str) -> list[str]:
    """The pages that name somebody in a card or among the facts, where the data speak and no editor."""
    found = []
    for page in site.pages.values():
        if name in page.text:
            parts = [e for e in page.main.iter() if e.tag == "dd" or "card-by" in (e.get("class") or "")]
            found += [page.url] if any(name in text_of(part) for part in parts) else []
    return found


def test_a_withdrawn_consent_takes_the_name_off_all_lists(site: Site, tmp_path: Path) -> None:
    root = copy_project(tmp_path / "project")
    file = root / "data" / "persons.yaml"
    text = file.read_text(encoding="utf-8")
    given = "  name: 吕长河\n  mask: 全名\n  org: c02\n  consent:\n    given: 2022-09-07\n"
    assert given in text
    file.write_text(text.replace(given, given + "    withdrawn: 2022-11-01\n"), encoding="utf-8")
    assert len(is_told(site, "吕长河")) >= 2
    assert is_told(Site.read(build(root, tmp_path / "after"), BASE_URL), "吕长河") == []


# News keep their place


def lists(folder: Path) -> dict[str, list[str]]:
    """The posts on each numbered page of the news, as they are linked."""
    site = Site.read(folder, BASE_URL)
    pages = {url: page for url, page in site.pages.items() if url.startswith("news/page/")}
    return {
        url: [e.find(".//a").get("href") for e in page.find("h2") if e.get("class") == "card-title"]
        for url, page in pages.items()
    }


def test_a_new_post_does_not_shift_old_pages(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "project")
    before = lists(build(root, tmp_path / "before"))
    post = "---\ntitle: 又一篇\ndate: 2023-01-05 09:00\ntags: []\nsource: 市保安行业协会\n---\n\n新的一年。\n"
    (root / "content" / "news" / "2023-01-05-new.md").write_text(post, encoding="utf-8")
    after = lists(build(root, tmp_path / "after"))
    assert before
    assert all(len(links) == CAMPAIGN["site"]["posts_per_page"] for links in before.values())
    assert {url: after[url] for url in before} == before


def test_pages_of_news_fill_up_from_the_oldest(project: Project) -> None:
    project.replace("data/campaign.yaml", "  base_url:", "  posts_per_page: 2\n  base_url:")
    known: dict[str, list[str]] = {}
    for day in range(3, 11):
        post = f"---\ntitle: 第{day}天\ndate: 2022-09-{day:02} 09:30\nsource: 江城保安协会\n---\n\n平安。\n"
        project.write(f"content/news/2022-09-{day:02}-day.md", post)
        assert project.build().counts
        now = lists(project.site)
        assert {url: now[url] for url in known} == known
        known = now
    assert list(known) == ["news/page/1.html", "news/page/2.html", "news/page/3.html"]
    assert known["news/page/1.html"] == ["../../news/2022-09-03-day.html", "../../news/2022-09-02-first.html"]


# The Nu HTML checker


#: What the checker says wrongly. It takes data for scripts, and no file of a folder for the page's own: that pages keep
#: their policy is held by test_content_policy.py and by Chromium. It does not know container queries (2023) yet.
MISTAKEN = re.compile(
    r"violates Content Security Policy"
    r"|CSS: “container(-type|-name)?”: Property “container(-type|-name)?” doesn't exist"
    r"|CSS: “--u”: Parse Error"  # 100cqw
)


def test_nu_checker_finds_no_error(site: Site, tmp_path: Path) -> None:
    """No error and no warning in any page or style sheet."""
    jar, java = os.environ.get("VNU_JAR", ""), shutil.which("java")
    if not jar or not Path(jar).is_file() or not java:
        pytest.skip("VNU_JAR does not name the Nu HTML checker's vnu.jar" if java else "there is no Java")
    # Files with a fault of their own show that the checker is looking.
    (tmp_path / "broken.html").write_text("<!DOCTYPE html><html lang=zh><title>坏</title><p><ul></p>", "utf-8")
    (tmp_path / "broken.css").write_text("p { colour: red }", "utf-8")
    files = [str(site.folder / url) for url in site.pages] + [str(path) for path in site.folder.rglob("*.css")]
    command = [java, "-jar", jar, "--also-check-css", "--format", "json", "--exit-zero-always", "--stdout"]
    broken = [str(tmp_path / "broken.html"), str(tmp_path / "broken.css")]
    run = subprocess.run([*command, *files, *broken], capture_output=True, check=True, timeout=300)
    messages = json.loads(run.stdout)["messages"]
    found = [f"{m['url'].rpartition('/site/')[2]}:{m.get('lastLine')}: {m['message']}" for m in messages]
    assert {name for name in ("broken.html", "broken.css") if any(name in line for line in found)} == {
        "broken.html",
        "broken.css",
    }
    assert not [line for line in found if "broken." not in line and not MISTAKEN.search(line)]


def test_today_is_after_everything() -> None:
    dates = [path.name[:10] for path in (ROOT / "content" / "news").iterdir()]
    assert date.fromisoformat(max(dates)) <= TODAY
