"""What is kept from build to build is believed only as long as it holds."""

import sqlite3
from contextlib import closing

from conftest import Project

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
