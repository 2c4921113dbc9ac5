"""What is kept from build to build is believed only as long as it holds."""

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from time import time_ns
from typing import Any

import pytest
from conftest import Project
from test_engine import planned, trusted
from test_incremental import picture

from honorroll.content import markdown
from honorroll.engine.options import Options
from honorroll.engine.pipeline import build
from honorroll.incremental import artifact_cache
from honorroll.incremental.artifact_cache import Derived
from honorroll.incremental.database import Database
from honorroll.inputs.scan import theme_root
from honorroll.pages import planning
from honorroll.publish import targets
from honorroll.publish.publication import LIST
from honorroll.publish.targets import Memory
from honorroll.publish.traces import Trace

POST, SHORT = "content/news/2022-09-09-short.md", "---\ntitle: 短\ndate: 2022-09-09\n---\n\n正文。\n"


def assert_as_built_anew(project: Project) -> None:
    after = project.output()
    shutil.rmtree(project.root / ".cache")
    assert project.build().counts
    assert project.output() == after


def test_a_plan_of_which_a_part_was_lost_is_not_believed(project: Project) -> None:
    """What is left of it still says that all records are the same."""
    assert project.build().counts
    before = project.output()
    with closing(sqlite3.connect(project.root / ".cache" / "cache.db")) as database:
        assert database.execute("DELETE FROM shard WHERE name = 'pages' AND shard <> 0").rowcount
        database.commit()
    assert project.build().counts
    assert project.output() == before


@pytest.mark.parametrize("harm", ["DELETE FROM shard", "UPDATE shard SET value = x'80'"])
@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("table", ["orders", "records of posts", "readers", "pages"])
def test_where_a_part_of_what_was_kept_is_lost_all_is_planned(
    project: Project, table: str, first: int, harm: str
) -> None:
    """Where a post stood until it was edited is told only by what was kept of it."""
    assert project.build().counts
    with closing(sqlite3.connect(project.root / ".cache" / "cache.db")) as database:
        assert database.execute(f"{harm} WHERE name = ? AND shard >= ?", (table, first)).rowcount
        database.commit()
    project.replace("content/news/2022-09-02-first.md", "teams: [t01]", "teams: [t02]")
    assert project.build().counts
    assert_as_built_anew(project)


def test_what_a_page_looks_at_since_an_edit_is_looked_up_at_the_next(project: Project) -> None:
    assert project.build().counts
    project.replace("content/news/2022-09-02-first.md", "teams: [t01]", "teams: [t02]")
    assert project.build().counts
    text = project.read("data/teams.yaml")
    start = text.index("name: ", text.index("- id: t02"))
    project.write("data/teams.yaml", f"{text[:start]}name: 改名{text[start + 6 :]}")
    assert project.build().counts
    assert_as_built_anew(project)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("content/news/2022-09-02-first.md", "teams: [t01]", "teams: [t09]"),
        ("data/teams.yaml", "- id: t02", "- id: t09"),
    ],
)
def test_what_a_table_refers_to_is_known_while_it_says_the_same(
    project: Project, path: str, old: str, new: str
) -> None:
    """It may still refer to what is gone; here two ledgers do, or one post."""
    options, memory = Options(project.root, project.site, today=date(2022, 11, 1)), Memory()
    for stores in ((), (memory,)):
        assert build(options, *stores).counts
    for one, other, rules in ((old, new, {"REF-01"}), (new, old, set())):
        project.replace(path, one, other)
        for stores in ((), (memory,)):
            found = {finding.diagnostic.rule for finding in build(options, *stores).findings}
            assert found == rules


def test_a_record_that_moved_is_found_where_it_stands(project: Project) -> None:
    """Its item says what it said, and is not read again."""
    path = "data/teams.yaml"
    project.replace(path, "  liaison: zd\n  equipment: [红袖标]", "  equipment: [红袖标]")
    own = project.read(path).partition("- id: t02")[0]
    for text in (project.read(path), own.replace("t01", "t00") + project.read(path), project.read(path)):
        project.write(path, text)
        (found,) = project.build().findings
        assert (found.diagnostic.rule, found.span.text) == ("PAT-05", "- id: t02")
        assert found.span.line == text.split("\n").index("- id: t02") + 1


def test_for_a_record_that_is_back_no_more_is_planned_than_for_a_new_one(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert project.build().counts
    project.write(POST, SHORT)
    seen = planned(monkeypatch)
    assert project.build().counts
    new = {*seen}
    project.remove(POST)
    assert project.build().counts
    project.write(POST, SHORT)
    seen.clear()
    assert project.build().counts
    assert seen == new
    assert "plan.html" not in seen


def test_under_another_address_all_is_as_a_clean_build_makes_it(project: Project) -> None:
    assert project.build().counts
    assert project.build(base_url="https://other.example.org/list/").counts
    after = project.output()
    shutil.rmtree(project.root / ".cache")
    assert project.build(base_url="https://other.example.org/list/").counts
    assert project.output() == after


def test_an_address_that_two_pages_claim_is_told_at_every_build(project: Project) -> None:
    project.write("content/results.md", "---\ntitle: 又一页\nupdated: 2022-09-01\n---\n\n正文。\n")
    for name in ("江边巡逻小组", "江岸巡逻小组", "江岸巡逻小组"):
        project.write("data/teams.yaml", project.read("data/teams.yaml").replace("江边巡逻小组", name))
        result = project.build()
        assert [finding.diagnostic.rule for finding in result.findings] == ["URL-01"]
        assert result.counts is None


@pytest.mark.parametrize("back", [True, False])
def test_a_planning_that_was_cut_off_is_begun_anew(
    project: Project, monkeypatch: pytest.MonkeyPatch, *, back: bool
) -> None:
    """A bug ends a build and not the preview; what had been planned by then must not pass for all."""
    options, memory, clean = Options(project.root, project.site, today=date(2022, 11, 1)), Memory(), Memory()
    names = ("江边巡逻小组", "江岸巡逻小组")
    assert build(options, memory).counts
    project.replace("data/teams.yaml", *names)
    real, calls = planning.planned_from, iter(range(100))
    with monkeypatch.context() as patch:
        patch.setattr(planning, "planned_from", lambda *given: real(*given) if next(calls) < 4 else 1 / 0)
        with pytest.raises(ZeroDivisionError):
            build(options, memory)
    if back:
        project.replace("data/teams.yaml", *names[::-1])
        assert build(options, memory).counts
        project.replace("data/teams.yaml", *names)
    assert build(options, memory).counts
    assert build(options, clean).counts
    assert memory.files == clean.files


def test_a_page_that_was_left_elsewhere_does_not_pass_for_one_of_today(project: Project) -> None:
    """While it was away, a build into another folder brought all pages up to a new template."""
    project.write(POST, SHORT)
    assert project.build().counts
    project.remove(POST)
    project.write("templates/base.html", (theme_root() / "templates/base.html").read_text("utf-8") + "<!-- 新 -->")
    assert project.build(out=project.root / "other").counts
    project.write(POST, SHORT)
    assert project.build().counts
    assert "<!-- 新 -->".encode() in project.output()["news/2022-09-09-short.html"]


def test_the_state_of_a_file_that_has_just_been_written_is_not_kept(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another file may take its place in the same moment and bear the same one."""
    monkeypatch.setattr(targets, "time_ns", lambda: time_ns() - 60 * 10**9)
    assert project.build().counts
    database = Database(project.root / ".cache" / "cache.db")
    traces = [database.table("traces", Trace).get(url) for url in project.output() if url != LIST]
    database.close()
    assert {trace.state for trace in traces if trace} == {None}


def test_a_file_that_was_verified_is_trusted_again(project: Project) -> None:
    trusted(project).close()
    (project.site / "plan.html").touch()
    assert project.build(verify=True).reasons == {}
    assert project.build().reasons == {}


def test_a_bug_does_not_lock_what_is_kept(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "plan", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError) as held:
        project.build()
    database = Database(project.root / ".cache" / "cache.db")
    database.store("key", "total", "text")
    database.save()
    assert database.load("key", "total") == "text"
    database.close()
    del held  # until here nothing of the build was collected


def test_pictures_that_are_there_are_not_asked_for_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("content/news/pic.png", picture(3))
    project.write(POST, f"{SHORT}\n![图](pic.png)\n")
    asked: list[Derived] = []
    real = artifact_cache.made
    monkeypatch.setattr(artifact_cache, "made", lambda works, *rest: (asked.extend(works), real(works, *rest))[1])
    assert project.build().counts
    assert asked
    asked.clear()
    project.write(POST, f"{SHORT}\n![图](pic.png)\n\n又及。\n")
    assert project.build().counts
    assert not asked


def test_where_a_text_leads_is_known_though_its_first_build_was_cut_off(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = "content/news/2022-09-11-last.md"
    project.write(POST, SHORT)
    assert project.build().counts
    project.write("content/news/2022-09-10-other.md", f"{SHORT}\n见[那里](news:2022-09-09-short)。\n")
    project.write(last, f"{SHORT}\n又及。\n")
    real, calls = markdown.render, iter(range(100))
    with monkeypatch.context() as patch:
        patch.setattr(markdown, "render", lambda *given: real(*given) if next(calls) < 1 else 1 / 0)
        with pytest.raises(ZeroDivisionError):
            project.build()
    project.remove(POST)
    assert [finding.diagnostic.rule for finding in project.build().findings] == ["MDN-01"]


def test_where_a_kept_text_leads_is_known_when_the_target_goes(project: Project) -> None:
    """Also after a link that led nowhere."""
    other = "content/news/2022-09-10-other.md"
    project.write(POST, SHORT)
    for words in ("news:nowhere", "news:2022-09-09-short"):
        project.write(other, f"{SHORT}\n见[那里]({words})。\n")
        project.build()
    project.remove(POST)
    assert [finding.diagnostic.rule for finding in project.build().findings] == ["MDN-01"]


def test_in_memory_texts_are_converted_again_when_what_they_show_has_changed(project: Project) -> None:
    """Each edit concerns one thing that is kept of a text; after each, all is as a clean build makes it."""
    options, memory = Options(project.root, project.site, today=date(2022, 11, 1)), Memory()
    head, long = "---\ntitle: 长\ndate: 2022-09-09\nsummary: 短\n---\n\n", "正文。" * 200
    other, link = "content/news/2022-09-10-other.md", "见[那里](news:2022-09-09-short#节)。"

    def after(path: str, content: str | bytes | None) -> list[str]:
        project.write(path, content) if content is not None else project.remove(path)
        result, clean = build(options, memory), Memory()
        again = build(options, clean)
        assert project.build().findings == result.findings == again.findings
        assert not again.counts or memory.files == clean.files
        return [finding.diagnostic.rule for finding in result.findings]

    assert after(POST, f"{head}{long}") == []
    assert after(POST, f"{head}{long}\n\n又及。\n") == []
    assert after("content/news/pic.png", picture(3)) == []
    assert after(other, f"{head}{long}\n\n![图](pic.png)\n") == []
    assert after("content/news/pic.png", picture(4)) == []
    assert after(POST, f"{head}{long}\n\n又又及。\n") == []
    assert after("content/news/pic.png", b"no picture") == ["PIC-01"]
    assert after("content/news/pic.png", None) == ["MDN-02"]
    assert after(other, f"{head}{long}\n\n{link}\n") == ["MDN-04"]
    assert after(POST, f"{head}{long}\n\n## 节\n") == []
    assert after("content/plan.md", project.read("content/plan.md") + "\n又及。\n") == []
    assert after(POST, f"{head}{long}\n\n## 结\n") == ["MDN-04"]
    assert after(other, f"{head}{long}\n") == []
    assert after(POST, None) == []
    assert after(other, f"{head}{long}\n\n{link}\n") == ["MDN-01"]
    assert after(other, None) == []


def test_of_two_builds_at_once_only_one_is_kept(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one is planning, data change and another runs from end to end: what each knew is not what both knew."""
    assert project.build().counts
    real = planning.plan

    def plan(*given: Any) -> Any:
        found = real(*given)
        monkeypatch.setattr(planning, "plan", real)
        project.replace("data/deeds.yaml", "拾到一只书包", "拾到两只书包")
        assert project.build().counts
        return found

    monkeypatch.setattr(planning, "plan", plan)
    project.replace("data/teams.yaml", "江边巡逻小组", "江岸巡逻小组")
    assert project.build().counts
    result = project.build()
    assert result.counts
    assert result.findings == ()  # what the first stored is whole
    assert_as_built_anew(project)


def test_a_page_that_begins_to_look_at_a_record_is_one_more(project: Project) -> None:
    """Those that looked at it before are planned again, too, when it has changed."""
    assert project.build().counts
    project.write(POST, SHORT.replace("date:", "teams: [t01]\ndate:"))
    assert project.build().counts
    project.replace("data/teams.yaml", "江边巡逻小组", "江岸巡逻小组")
    assert project.build().counts
    assert_as_built_anew(project)


def test_in_memory_a_picture_beside_a_text_is_the_one_that_is_named_now(project: Project) -> None:
    options, memory = Options(project.root, project.site, today=date(2022, 11, 1)), Memory()
    project.write("content/news/pic.png", picture(3))
    for name, rules in (("pic.png", []), ("other.png", ["MDN-02"]), ("pic.png", [])):
        project.write(POST, SHORT.replace("date:", f"image:\n  src: {name}\n  alt: 图\ndate:"))
        assert [finding.diagnostic.rule for finding in build(options, memory).findings] == rules


def test_a_link_that_cannot_be_right_is_told_among_other_errors(project: Project) -> None:
    project.replace("data/teams.yaml", "headcount: 5", "headcount: 5O")
    project.write(POST, f"{SHORT}\n[队](gang:t01)\n")
    assert {finding.diagnostic.rule for finding in project.build().findings} == {"SCH-07", "MDN-05"}


def test_an_address_that_two_pages_of_a_section_claim_is_told_after_an_edit(project: Project) -> None:
    options, memory = Options(project.root, project.site, today=date(2022, 11, 1)), Memory()
    for stores in ((), (memory,)):
        assert build(options, *stores).counts
    project.write("content/404.md", "---\ntitle: 撞\nsummary: 一些\nupdated: 2022-09-01\n---\n\n正文。\n")
    for stores in ((), (memory,)):
        result = build(options, *stores)
        assert [finding.diagnostic.rule for finding in result.findings] == ["URL-01"]
        assert result.counts is None
