"""The reference campaign's whole site: pages, links, the place of news, and what must never be in it."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import Project
from reference import BASE_URL, CAMPAIGN, ROOT, TODAY, Page, Site, build, copy_project, load_yaml, text_of


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


# What must not be told


def flat(page: Page) -> str:
    """The page as it is written, and all its words without any white space."""
    return page.text + "\0" + re.sub(r"\s+", "", text_of(page.root))


def test_no_mobile_or_identity_numbers(site: Site) -> None:
    number = re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)")
    for path in site.folder.rglob("*"):
        if path.suffix in {".html", ".xml", ".txt", ".js", ".css", ".svg", ".csv", ".json"}:
            text = re.sub(
                r"pictures/[0-9a-f]{16}", "", path.read_text(encoding="utf-8")
            )  # a fingerprint may look like one
            assert not number.findall(text), path
    assert number.findall("13812345678, 138-1234-5678, 34050419900101123X") != []


def hidden_names() -> list[str]:
    """Names that were given in confidence: no consent, a withdrawn one, or one to the surname alone."""
    people = load_yaml(ROOT / "data" / "persons.yaml")
    agreed = {c["person"] for c in load_yaml(ROOT / "data" / "consents.yaml") if "withdrawn" not in c}
    return [p["name"] for p in people if p.get("mask", "隐名") != "全名" or p["id"] not in agreed]


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


def test_a_page_of_news_leads_to_those_near_it_and_to_both_ends(project: Project) -> None:
    """So one more page changes only the newest ones, however many there are."""
    project.replace("data/campaign.yaml", "  base_url:", "  posts_per_page: 1\n  base_url:")

    def add(day: int) -> dict[str, list[str]]:
        post = f"---\ntitle: 第{day}天\ndate: 2022-09-{day:02} 09:30\nsource: 江城保安协会\n---\n\n平安。\n"
        project.write(f"content/news/2022-09-{day:02}-day.md", post)
        made = project.build().reasons
        site = Site.read(project.site, BASE_URL)
        pages = {url: page for url, page in site.pages.items() if url in made and url.startswith("news/page/")}
        pagers = {url: next(n for n in page.find("nav") if n.get("class") == "pages") for url, page in pages.items()}
        return {url: [text_of(link) for link in pager.iter("a")] for url, pager in pagers.items()}

    for day in range(3, 11):
        found = add(day)
    assert add(11) == {
        "news/page/9.html": ["较新", "第10页", "第9页", "第8页", "第7页", "较早", "最早"],
        "news/page/8.html": ["较新", "第10页", "第9页", "第8页", "第7页", "第6页", "较早", "最早"],
        "news/page/7.html": ["最新", "较新", "第9页", "第8页", "第7页", "第6页", "第5页", "较早", "最早"],
    }
    assert found.keys() == {"news/page/6.html", "news/page/7.html", "news/page/8.html"}


def test_today_is_after_everything() -> None:
    dates = [path.name[:10] for path in (ROOT / "content" / "news").iterdir()]
    assert date.fromisoformat(max(dates)) <= TODAY
