"""The public change log: what of published facts was corrected, revoked or taken down, and that it names nobody who was."""

import re
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from conftest import Project
from test_published import publish

from honorroll.chinese import CHINA

TODAY = date(2022, 10, 30)
REVOKED = """- id: a01
  cycle: y2022
  kind: 保安员
  title: 平安守护之星
  person: r01
  notice: n01
  decision: n02
  revoked: {date: 2022-10-21, reason: 材料不实, notice: n03}
"""
PAPERS = """
- {id: n03, kind: 撤销, title: 关于撤销的决定, date: 2022-10-21, issuers: [zd], awards: [a01], body: 决定撤销。}
- {id: n04, kind: 更正, title: 关于日期的更正, date: 2022-10-25, issuers: [zd], corrects: n02, body: 日期有误。}
"""
CHANGED = "  updated: 2022-10-26\n  change: 补上一队\n"
GONE = "- {old: news/wang-shou-jiang.html, date: 2022-10-27, reason: 当事人来信, to: }\n- {old: news/b.html, to: }\n"


def changed(project: Project) -> Project:
    """Something of each kind."""
    cycles = project.read("data/cycles.yaml")
    project.write("data/cycles.yaml", cycles + "  other_titles: [平安守护之星]\n")
    project.write("data/awards.yaml", REVOKED)
    project.write("data/notices.yaml", project.read("data/notices.yaml") + PAPERS)
    project.write("data/figures.yaml", project.read("data/figures.yaml") + CHANGED)
    project.write("data/redirects.yaml", GONE)
    return project


def page(project: Project, today: date = TODAY) -> str:
    assert project.build(today=today).counts
    return re.sub("<[^>]*>", "", (project.site / "changes.html").read_text("utf-8"))


def entries(project: Project) -> list[tuple[str, str]]:
    root = ET.fromstring((project.site / "changes" / "feed.xml").read_text("utf-8"))  # noqa: S314  # our own
    name = "{http://www.w3.org/2005/Atom}"
    return [
        (entry.findtext(f"{name}published", "")[:10], entry.findtext(f"{name}title", ""))
        for entry in root.iter(f"{name}entry")
    ]


def test_a_site_without_changes_says_so(project: Project) -> None:
    assert "没有更正过，也没有撤销过" in page(project)
    assert entries(project) == []
    assert 'href="changes.html"' in (project.site / "index.html").read_text("utf-8")


def test_what_was_corrected_revoked_or_taken_down_is_told_with_day_and_reason(project: Project) -> None:
    text = page(changed(project))
    for words in (
        "撤销“平安守护之星”称号",
        "材料不实",
        "关于日期的更正",
        "日期有误",
        "补上一队",
        "撤下新闻网页1个",
        "当事人来信",
        "日期没有记下的",
    ):
        assert words in text
    assert "关于撤销的决定" not in text  # the award's own entry leads there
    assert entries(project) == [
        ("2022-10-27", "撤下新闻网页1个"),
        ("2022-10-26", "参与保安员，现为200余名"),
        ("2022-10-25", "关于日期的更正"),
        ("2022-10-21", "撤销“平安守护之星”称号"),
    ]


def test_what_is_still_to_come_is_not_told(project: Project) -> None:
    text = page(changed(project), date(2022, 10, 24))
    assert "平安守护之星" in text
    assert not any(words in text for words in ("关于日期的更正", "补上一队", "当事人来信"))


def test_nobody_who_was_taken_down_returns(project: Project) -> None:
    assert "王守江" in page(changed(project))
    project.write("data/consents.yaml", project.read("data/consents.yaml") + "  withdrawn: 2022-10-28\n")
    text = page(project)
    assert "平安守护之星" in text
    for file in (project.site / "changes.html", project.site / "changes" / "feed.xml"):
        assert not any(name in file.read_text("utf-8") for name in ("王守江", "wang-shou-jiang"))


def test_the_record_tells_what_a_figure_was_and_since_when_a_page_is_gone(project: Project) -> None:
    publish(project)
    page(project)
    path, file = "news/2022-09-02-first.html", "content/news/2022-09-02-first.md"
    project.replace("data/figures.yaml", "value: 200", "value: 300")
    project.write("data/figures.yaml", project.read("data/figures.yaml") + CHANGED)
    project.remove(file)
    project.write("data/redirects.yaml", f"- {{old: {path}, to: }}\n")
    assert "日期没有记下的" in page(project)  # not deployed yet
    publish(project, datetime(2022, 10, 28, 9, tzinfo=CHINA))
    text = page(project)  # of all that pages read, only the record has changed
    assert "原来公布的是" in text
    assert "200余名" in text
    assert "日期没有记下的" not in text
    assert ("2022-10-28", "撤下新闻网页1个") in entries(project)


@pytest.mark.parametrize("path", ["changes.html", "changes/feed.xml", "calendar.ics"])
def test_a_second_build_writes_the_same(path: str, project: Project, tmp_path: Path) -> None:
    page(changed(project))
    first = (project.site / path).read_bytes()
    project.build(today=TODAY, out=tmp_path / "again")
    assert (tmp_path / "again" / path).read_bytes() == first
