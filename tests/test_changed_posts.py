"""What was changed after it was published says so: a post on its page, in feeds, in the sitemap and for machines, a figure beside its source."""

import json
import re

from conftest import Project

POST, URL = "content/news/2022-09-02-first.md", "news/2022-09-02-first.html"


def test_readers_see_when_and_what(project: Project) -> None:
    assert project.build().counts
    before = project.output()
    project.replace(POST, "tags: ", "updated: 2022-09-05 10:00\nchange: 更正了人数 <10>\ntags: ")
    assert project.build().counts
    after = project.output()
    page = after[URL].decode()
    assert '更新于 <time datetime="2022-09-05T10:00:00+08:00">2022-09-05 10:00</time>' in page
    assert "更新说明：更正了人数 &lt;10&gt;" in page
    assert '"dateModified": "2022-09-05T10:00:00+08:00"' in page
    assert '"date_modified": "2022-09-05T10:00:00+08:00"' in after["feed.json"].decode()
    (item,) = [item for item in json.loads(after["feed.json"])["items"] if item["url"].endswith(URL)]
    assert item["date_published"].startswith("2022-09-02")
    entry = re.search(rf"<entry>\n<id>[^<]*{URL}</id>.*?</entry>", after["feed.xml"].decode(), re.DOTALL)
    assert entry
    assert "<updated>2022-09-05T10:00:00+08:00</updated>\n<published>2022-09-02" in entry[0]
    assert f"{URL}</loc><lastmod>2022-09-05</lastmod>" in after["sitemap.xml"].decode()
    others = {url for url in before if before[url] != after.get(url)} - {URL, "feed.json", "feed.xml", "sitemap.xml"}
    assert not {url for url in others if url.endswith(".html")}  # it keeps its place in every list


def test_readers_see_that_a_figure_was_changed(project: Project) -> None:
    assert project.build().counts
    before = project.output()
    figures = project.read("data/figures.yaml")
    project.write("data/figures.yaml", figures.rstrip() + "\n  updated: 2022-10-05\n  change: 原为 <180>，漏计一队\n")
    assert project.build().counts
    after = project.output()
    page = after["results.html"].decode()
    assert '更新于<time datetime="2022-10-05">2022年10月5日</time>，更新说明：原为 &lt;180&gt;，漏计一队' in page
    assert "results.html</loc><lastmod>2022-10-05</lastmod>" in after["sitemap.xml"].decode()
    (row,) = [row for row in json.loads(after["data/results.json"])["rows"] if row["id"] == "f01"]
    assert (row["updated"], row["change"]) == ("2022-10-05", "原为 <180>，漏计一队")
    others = {url for url in before if before[url] != after.get(url) and url.endswith(".html")}
    assert others <= {"results.html", "wrap-up.html", "data/index.html", "changes.html"}  # no number is another one
