"""Atom, RSS 2.0 and JSON Feed: held to grammars of their specifications, and to the posts they tell of."""

import json
import os
import shutil
import subprocess
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import pytest
from conftest import MINIMAL, TESTS, Project
from jsonschema import Draft202012Validator
from reference import Site

BASE = "https://honor.example.org/"
ATOM = {"": "http://www.w3.org/2005/Atom"}
HOSTILE = '<b>甲</b> & ]]> \\"乙\\"'

#: jsonfeed.org/version/1.1, without what it says of attachments, hubs and pictures.
JSON_FEED: dict[str, Any] = {
    "type": "object",
    "required": ["version", "title", "items"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"$ref": "#/$defs/words"},
        "home_page_url": {"$ref": "#/$defs/address"},
        "feed_url": {"$ref": "#/$defs/address"},
        "description": {"type": "string"},
        "language": {"type": "string", "pattern": "^[a-z]{2}(-[A-Z]{2})?$"},
        "authors": {"type": "array", "items": {"$ref": "#/$defs/author"}},
        "items": {"type": "array", "items": {"$ref": "#/$defs/item"}},
    },
    "$defs": {
        "words": {"type": "string", "minLength": 1},
        "address": {"type": "string", "pattern": r"^https?://\S+$"},
        "author": {"type": "object", "minProperties": 1, "properties": {"name": {"$ref": "#/$defs/words"}}},
        "item": {
            "type": "object",
            "required": ["id"],
            "anyOf": [{"required": ["content_text"]}, {"required": ["content_html"]}],
            "additionalProperties": False,
            "properties": {
                "id": {"$ref": "#/$defs/words"},
                "url": {"$ref": "#/$defs/address"},
                "title": {"type": "string"},
                "content_text": {"$ref": "#/$defs/words"},
                "date_published": {
                    "type": "string",
                    "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$",
                },
                "authors": {"type": "array", "items": {"$ref": "#/$defs/author"}},
                "tags": {"type": "array", "items": {"$ref": "#/$defs/words"}},
            },
        },
    },
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A site with more posts than a feed holds, one of them hard to quote."""
    project = Project(tmp_path_factory.mktemp("feeds") / "project")
    shutil.copytree(MINIMAL, project.root)
    for day in range(1, 25):
        head = f"---\ntitle: 第{day}篇\ndate: 2022-10-{day:02} 09:30\ntags: [巡逻防控]\nauthor: 示例\n"
        project.write(f"content/news/post-{day:02}.md", f"{head}---\n\n夜里有雨。\n")
    project.write("content/news/hard.md", f'---\ntitle: "{HOSTILE}"\ndate: 2022-10-25 18:00\n---\n\n{HOSTILE[:10]}。\n')
    assert project.build().counts
    return project


def root(project: Project, name: str) -> ET.Element:
    return ET.fromstring((project.site / name).read_bytes())  # noqa: S314  # made by us a moment ago


def jing(grammar: str, *files: Path) -> str:
    """What the RELAX NG validator that comes with the HTML checker says of files."""
    jar, java = os.environ.get("VNU_JAR", ""), shutil.which("java")
    if not java or not Path(jar).is_file():
        pytest.skip("VNU_JAR does not name the Nu HTML checker's vnu.jar" if java else "there is no Java")
    driver = "nu.validator.vendor.thaiopensource.relaxng.util.Driver"
    command = [java, "-cp", jar, driver, "-c", str(TESTS / "feeds" / grammar), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stderr
    return done.stdout


@pytest.mark.parametrize("base", [BASE, "https://any.example.net/sub/path/", ""])
def test_feeds_keep_to_their_grammars(built: Project, tmp_path: Path, base: str) -> None:
    site = tmp_path / "site"
    assert built.build(base_url=base, out=site).counts
    assert jing("atom.rnc", site / "feed.xml", site / "deeds" / "feed.xml", site / "notices" / "feed.xml") == ""
    assert (site / "rss.xml").exists() == (site / "feed.json").exists() == bool(base)
    if base:
        assert jing("rss.rnc", site / "rss.xml") == ""


@pytest.mark.parametrize(
    ("grammar", "name", "old", "new"),
    [
        ("atom.rnc", "feed.xml", "<id>", "<id>no address "),
        ("atom.rnc", "feed.xml", "+08:00</updated>", "</updated>"),
        ("atom.rnc", "feed.xml", 'rel="alternate"', 'rel="self"'),
        ("rss.rnc", "rss.xml", "<pubDate>", "<pubDate>Monday "),
        ("rss.rnc", "rss.xml", "<link>https://", "<link>"),
    ],
)
def test_the_grammars_find_what_is_wrong(
    built: Project, tmp_path: Path, grammar: str, name: str, old: str, new: str
) -> None:
    text = built.read(f"site/{name}")
    assert old in text
    (tmp_path / name).write_text(text.replace(old, new), encoding="utf-8")
    assert str(tmp_path / name) in jing(grammar, tmp_path / name)


def test_the_json_feed_keeps_to_its_specification(built: Project) -> None:
    feed = json.loads((built.site / "feed.json").read_bytes())
    check = Draft202012Validator(JSON_FEED)
    assert [error.message for error in check.iter_errors(feed)] == []
    assert list(check.iter_errors(feed | {"items": [{"id": "1", "url": "news/x.html"}]}))
    assert feed["feed_url"] == BASE + "feed.json"
    assert feed["home_page_url"] == BASE


def test_the_three_formats_tell_the_same_of_the_newest_posts(built: Project) -> None:
    """Addresses, titles, dates, summaries, tags: twenty posts, newest first; an id never changes, it is the address."""
    told = []
    for entry in root(built, "feed.xml").iterfind("entry", ATOM):
        words = [entry.findtext(name, "", ATOM) for name in ("id", "title", "published", "summary", "updated")]
        link = entry.find("link", ATOM)
        assert link is not None
        assert link.get("href") == words[0]
        assert words[2] == words.pop()
        tags = [tag.get("term") for tag in entry.iterfind("category", ATOM)]
        told.append((*words, tags, entry.findtext("author/name", "", ATOM)))
    assert len(told) == 20
    assert told[0][:3] == (BASE + "news/hard.html", '<b>甲</b> & ]]> "乙"', "2022-10-25T18:00:00+08:00")
    assert told[1][:3] == (BASE + "news/post-24.html", "第24篇", "2022-10-24T09:30:00+08:00")
    assert told[1][3:] == ("夜里有雨。", ["巡逻防控"], "示例")

    items = json.loads((built.site / "feed.json").read_bytes())["items"]
    assert told == [
        (i["id"], i["title"], i["date_published"], i["content_text"], i.get("tags", []), _author(i)) for i in items
    ]
    assert all(item["url"] == item["id"] for item in items)

    name = "{http://purl.org/dc/elements/1.1/}creator"
    rss = [
        (
            *(item.findtext(part, "") for part in ("guid", "title", "pubDate", "description")),
            _tags(item),
            item.findtext(name, ""),
        )
        for item in root(built, "rss.xml").iterfind("channel/item")
    ]
    assert [(*t[:2], datetime.fromisoformat(t[2]), *t[3:]) for t in told] == [
        (*t[:2], parsedate_to_datetime(t[2]), *t[3:]) for t in rss
    ]


def _author(item: dict[str, Any]) -> str:
    return "".join(author["name"] for author in item.get("authors", []))


def _tags(item: ET.Element) -> list[str | None]:
    return [tag.text for tag in item.iterfind("category")]


def test_without_an_address_atom_alone_leads_to_the_pages(project: Project) -> None:
    assert project.build(base_url="").counts
    for name in ("feed.xml", "deeds/feed.xml", "notices/feed.xml"):
        feed = root(project, name)
        assert all((id.text or "").startswith("urn:") for id in feed.iter("{http://www.w3.org/2005/Atom}id"))
        for link in feed.iter("{http://www.w3.org/2005/Atom}link"):
            assert (project.site / urljoin(name, link.get("href", ""))).is_file()


def test_every_page_leads_to_the_feeds_of_the_news_and_sections_to_their_own(built: Project) -> None:
    news = {"feed.xml": "application/atom+xml", "rss.xml": "application/rss+xml", "feed.json": "application/feed+json"}
    for page in Site.read(built.site, BASE).pages.values():
        links = [link for link in page.find("link") if link.get("rel") == "alternate"]
        found = {urljoin(page.url, link.get("href")).lstrip("/"): link.get("type") for link in links}
        own = {"deeds": ["deeds/feed.xml"], "notices": ["notices/feed.xml"], "changes.html": ["changes/feed.xml"]}
        expected = news | dict.fromkeys(own.get(page.url.partition("/")[0], []), "application/atom+xml")
        assert found == expected, page.url
        assert all(link.get("title") for link in links)


def test_a_site_without_posts_and_notices_has_no_feed_of_them(project: Project) -> None:
    project.remove("content/news/2022-09-02-first.md")
    assert project.build().counts
    assert {"feed.xml", "rss.xml", "feed.json"} <= set(project.output())
    for table in ("awards", "notices"):
        project.remove(f"data/{table}.yaml")
    assert project.build().counts
    assert not {"feed.xml", "rss.xml", "feed.json", "notices/feed.xml"} & set(project.output())
    assert "deeds/feed.xml" in project.output()
