"""What is kept from build to build is believed only as long as it holds."""

import sqlite3
from contextlib import closing
from time import time_ns

import pytest
from conftest import Project
from test_engine import trusted

from honorroll import store
from honorroll.memos import Memos
from honorroll.publish import LIST
from honorroll.source import theme_root

POST = "content/news/2022-09-09-short.md"


def test_a_plan_of_which_a_part_was_lost_is_not_believed(project: Project) -> None:
    """What is left of it still says that all records are the same."""
    assert project.build().counts
    before = project.output()
    with closing(sqlite3.connect(project.root / ".cache" / "memos.db")) as database:
        assert database.execute("DELETE FROM shelf WHERE name = 'plan' AND shard <> 0").rowcount
        database.commit()
    assert project.build().counts
    assert project.output() == before


def test_a_page_that_was_left_elsewhere_does_not_pass_for_one_of_today(project: Project) -> None:
    """While it was away, a build into another folder brought all pages up to a new template."""
    project.write(POST, "---\ntitle: 短\ndate: 2022-09-09\n---\n\n正文。\n")
    assert project.build().counts
    text = project.read(POST)
    project.remove(POST)
    project.write("templates/base.html", (theme_root() / "templates/base.html").read_text("utf-8") + "<!-- 新 -->")
    assert project.build(out=project.root / "other").counts
    project.write(POST, text)
    assert project.build().counts
    assert "<!-- 新 -->".encode() in project.output()["news/2022-09-09-short.html"]


def test_the_state_of_a_file_that_has_just_been_written_is_not_kept(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another file may take its place in the same moment and bear the same one."""
    monkeypatch.setattr(store, "time_ns", lambda: time_ns() - 60 * 10**9)
    assert project.build().counts
    memos = Memos(project.root / ".cache" / "memos.db")
    traces = [memos.shelf("traces").get(url) for url in project.output() if url != LIST]
    memos.close()
    assert {trace.state for trace in traces if trace} == {None}


def test_a_file_that_was_verified_is_trusted_again(project: Project) -> None:
    trusted(project).close()
    (project.site / "plan.html").touch()
    assert project.build(verify=True).reasons == {}
    assert project.build().reasons == {}
