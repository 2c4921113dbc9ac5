"""What `status` tells on a Monday: new pages, what is due, what waits, what is missing; and that it writes nothing."""

import json

import pytest
from conftest import Project

from honorroll.cli import commands

DAY = ("--today", "2022-11-01")


def status(project: Project, capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str]:
    code = commands.main(["status", *(args or DAY)], project.root)
    return code, capsys.readouterr().out


def listed(project: Project, capsys: pytest.CaptureFixture[str], name: str, day: str = DAY[1]) -> list[tuple[str, str]]:
    """The items of a list: their texts and places."""
    _, said = status(project, capsys, "--json", "--today", day)
    return [(item["text"], item.get("place", "")) for item in json.loads(said)[name]]


def test_pages_that_the_next_build_would_change_are_listed(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert project.build().counts
    assert "网站就是最新的" in status(project, capsys)[1]
    project.replace("data/deeds.yaml", "当天还给了失主", "第二天还给了失主")
    before = project.output()
    code, said = status(project, capsys)
    assert code == commands.FINE
    assert "  ~ deeds/d01.html" in said
    assert "awards/index.html" not in said
    assert project.output() == before


def test_errors_come_first_and_the_rest_is_told_all_the_same(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.replace("data/awards.yaml", "project: p01", "project: p09")
    project.replace("content/news/2022-09-02-first.md", "date: 2022-09-02 09:30", "date: 2022-12-02 09:30")
    code, said = status(project, capsys)
    assert code == commands.CONTENT
    assert "个错误" in said
    assert "12月2日  新闻“第一班巡逻”到这一天才发布  (content/news/2022-09-02-first.md:2)" in said


@pytest.mark.parametrize(
    ("path", "old", "new", "day", "name", "text"),
    [
        ("data/notices.yaml", "end: 2022-09-19", "end: 2022-09-19", "2022-09-14", "due", "公示“拟表彰名单的公示”期满"),
        (
            "data/inspections.yaml",
            "state: 已整改\n      closed: 2022-09-02",
            "state: 整改中",
            "2022-11-01",
            "due",
            "隐患还没有整改：一处护栏松动",
        ),
        (
            "data/consents.yaml",
            "how: 书面",
            "how: 书面\n  until: 2022-11-20",
            "2022-11-01",
            "due",
            "r01 的同意到期",
        ),
        (
            "content/news/2022-09-02-first.md",
            "title:",
            "draft: 是\ntitle:",
            "2022-11-01",
            "waiting",
            "草稿“第一班巡逻”",
        ),
        (
            "data/consents.yaml",
            "how: 书面",
            "how: 书面\n  withdrawn: 2022-10-01",
            "2022-11-01",
            "waiting",
            "r01 还没有同意公开姓名和事迹，网站上写作“一名保安员”",
        ),
    ],
)
def test_what_is_due_and_what_waits(
    path: str, old: str, new: str, day: str, name: str, text: str, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    if new != old:
        assert text not in dict(listed(project, capsys, name, day))
    project.replace(path, old, new)
    found = dict(listed(project, capsys, name, day))
    place = "data/persons.yaml" if "还没有同意" in text else path
    assert found[text].startswith(f"{place}:")


def test_a_section_without_content_is_missing(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    (project.root / "content/news/2022-09-02-first.md").unlink()
    assert "新闻" in "".join(text for text, _ in listed(project, capsys, "missing"))


def test_posts_that_are_not_shown_are_told_also_when_there_is_nothing_to_do(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    text = project.read("content/news/2022-09-02-first.md")
    project.write("content/news/2022-09-03-draft.md", text.replace("title:", "draft: 是\ntitle:"))
    project.write("content/news/2022-12-03-later.md", text.replace("2022-09-02 09:30", "2022-12-03 09:30"))
    for _ in range(3):
        assert commands.main(["build", *DAY], project.root) == commands.FINE
        assert "另有 1 篇草稿、1 篇新闻没到发布时间" in capsys.readouterr().err
    assert commands.main(["build", *DAY, "--drafts", "--future"], project.root) == commands.FINE
    assert "另有" not in capsys.readouterr().err
