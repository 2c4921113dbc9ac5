"""When the preview builds again, and when its pages learn of it."""

import asyncio
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from conftest import Project
from previewing import PLAN, TEAMS, Served, add, hang_up, join, serving, told, version_of

from honorroll.engine import pipeline
from honorroll.preview import watch
from honorroll.preview.answers import FAULTS


def edit(project: Project) -> None:
    add(project, "改过了")


def edit_by_renaming(project: Project) -> None:
    project.write(".new", project.read(PLAN) + "\n改过了\n").replace(project.root / PLAN)


def edit_with_the_old_times(project: Project) -> None:
    """As `cp -p`, `unzip` and `rsync` do."""
    file = project.root / PLAN
    seen = file.stat()
    project.write("old", project.read(PLAN) + "\n改过了\n")
    os.utime(project.root / "old", ns=(seen.st_atime_ns, seen.st_mtime_ns - 10**15))
    shutil.copy2(project.root / "old", file)


def edit_without_a_trace(project: Project) -> None:
    """The same size, and the same time of writing."""
    file = project.root / PLAN
    seen = file.stat()
    project.replace(PLAN, "守好江", "改过了")
    os.utime(file, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (seen.st_size, seen.st_mtime_ns)


def edit_in_a_new_folder(project: Project) -> None:
    text = project.read(PLAN).replace("守好江城", "改过了")
    shutil.rmtree(project.root / "content")
    project.write(PLAN, text)


def edit_in_a_folder_moved_in(project: Project) -> None:
    text = project.read(PLAN).replace("守好江城", "改过了")
    (project.root / "content").rename(project.root / "content-old")
    project.write("content-new/plan.md", text)
    (project.root / "content-new").rename(project.root / "content")


EDITS = [
    edit,
    edit_by_renaming,
    edit_with_the_old_times,
    edit_without_a_trace,
    edit_in_a_new_folder,
    edit_in_a_folder_moved_in,
]


@pytest.mark.parametrize("change", EDITS)
@pytest.mark.parametrize("poll", [False, True], ids=["told", "polled"])
def test_every_way_to_save_is_seen(
    project: Project, change: Callable[[Project], None], poll: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "POLL", 0.05)
    with serving(project, poll=poll) as served:
        served.settled()
        assert "改过了" not in served.get("/plan.html").text
        change(project)
        served.shows("/plan.html", "改过了")
        served.settled()
        add(project, "又改过了")
        served.shows("/plan.html", "又改过了")
        assert not served.failures


def test_files_that_come_go_and_move_are_seen(project: Project, served: Served) -> None:
    post = project.read("content/news/2022-09-02-first.md")
    project.write("content/news/2022-09-03-second.md", post.replace("第一班", "第二班"))
    served.shows("/news/2022-09-03-second.html", "第二班巡逻")
    (project.root / "content/news/2022-09-03-second.md").rename(project.root / "content/news/2022-09-04-third.md")
    served.shows("/news/2022-09-04-third.html", "第二班巡逻")
    assert served.get("/news/2022-09-03-second.html").status == 404
    project.remove("content/news/2022-09-04-third.md")
    served.wait("/news/2022-09-04-third.html", lambda answer: answer.status == 404)


def test_a_tree_of_new_folders_is_watched_to_its_leaves(project: Project, served: Served) -> None:
    served.settled()
    for number in range(20):
        project.write(f"static/a{number}/b/c/deep.txt", "甲")
    served.settled()
    for number in range(20):
        project.write(f"static/a{number}/b/c/deep.txt", "乙")
        served.shows(f"/static/a{number}/b/c/deep.txt", "乙")


def test_an_input_folder_that_was_missing_is_seen(project: Project, served: Served) -> None:
    served.settled()
    assert not (project.root / "static").exists()
    project.write("static/extra.txt", "甲")
    served.shows("/static/extra.txt", "甲")
    served.settled()
    project.write("static/extra.txt", "乙")
    served.shows("/static/extra.txt", "乙")
    project.remove("static/extra.txt")  # and nothing is written
    served.wait("/static/extra.txt", lambda answer: answer.status == 404)


def test_the_project_may_vanish_and_come_back(project: Project, served: Served) -> None:
    away = project.root.with_name("away")
    project.root.rename(away)
    served.wait(FAULTS, lambda answer: answer.status == 200)
    assert served.get("/plan.html").status == 200
    away.rename(project.root)
    served.wait(FAULTS, lambda answer: answer.status == 404)
    add(project, "回来了")
    served.shows("/plan.html", "回来了")


def test_a_project_that_takes_the_place_of_another_is_seen(project: Project, served: Served) -> None:
    served.settled()
    other = Project(project.root.with_name("other"))
    shutil.copytree(project.root, other.root)
    add(other, "改过了")
    project.root.rename(project.root.with_name("away"))
    other.root.rename(project.root)
    served.shows("/plan.html", "改过了")


def test_folders_that_links_lead_back_to_are_looked_at_once(project: Project) -> None:
    for name in ("one", "other"):
        (project.root / "content" / name).symlink_to(".")
    assert len([*islice(watch._state(project.root), 1000)]) < 100  # noqa: SLF001  # where nothing tells of changes


def test_a_broken_link_in_the_inputs_does_not_end_the_watch(project: Project) -> None:
    (project.root / "content" / "nowhere.md").symlink_to("missing.md")
    (project.root / "content" / "loop").symlink_to("loop")
    for poll in (False, True):
        with serving(project, poll=poll) as served:
            assert served.get("/").status == 503
            served.settled()
            names = [project.root / "content" / name for name in ("nowhere.md", "loop")]
            links = [name.readlink() for name in names]
            for name in names:
                name.unlink()
            served.wait("/plan.html", lambda answer: answer.status == 200)
            for name, link in zip(names, links, strict=True):
                name.symlink_to(link)


def test_two_hundred_saves_end_with_the_last(project: Project, served: Served) -> None:
    text = project.read(PLAN)
    for number in range(200):
        project.write(PLAN, text + f"\n保存v{number}\n")
        time.sleep(0.001)
    served.shows("/plan.html", "保存v199")
    served.settled()
    assert "保存v199" in served.get("/plan.html").text
    assert not served.failures
    assert len(served.builds) < 150  # together, not one after the other
    assert not served.builds[-1].faults


def test_a_half_saved_file_is_no_fault_until_all_is_quiet(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, over = project.read(PLAN) + "\n存完了\n", threading.Event()

    def script(_: Path, stopped: threading.Event, *, poll: bool) -> Iterator[frozenset[str]]:  # noqa: ARG001  # as `watch.changes`
        for words, moved in (("---\n", True), (whole, True), ("", False), ("---\n", True), ("---\n", False)):
            project.write(PLAN, words or whole)
            yield frozenset({PLAN} if moved else {})
        over.set()
        stopped.wait()

    monkeypatch.setattr("honorroll.preview.changes", script)
    with serving(project) as served:
        assert over.wait(20)
        assert [bool(built.faults) for built in served.builds] == [False, False, True]


def test_changes_during_a_build_lead_to_exactly_one_more(
    project: Project, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    served.settled()
    begun, go, calls = threading.Event(), threading.Event(), []
    real = pipeline.build

    def slow(*args: Any) -> Any:
        calls.append(1)
        result = real(*args)
        begun.set()
        assert go.wait(10)
        return result

    monkeypatch.setattr(pipeline, "build", slow)
    add(project, "第一句")
    assert begun.wait(10)
    for number in range(20):
        add(project, f"后来的v{number}")
        time.sleep(0.01)
    assert "后来的" not in served.get("/plan.html").text  # answers while it builds
    go.set()
    served.shows("/plan.html", "后来的v19")
    served.settled()
    assert len(calls) == 2


def test_a_save_that_changes_nothing_is_no_news(project: Project, served: Served) -> None:
    told, version = served.settled(), served.preview.shown.version
    project.write(PLAN, project.read(PLAN))
    project.write("content/.swp", "x")
    project.write("site/index.html", "x")
    project.write(".cache/x", "x")
    assert served.settled() == told
    assert served.preview.shown.version == version


def test_where_the_system_has_no_watches_left_files_are_looked_at(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> Any:
        raise OSError(28, "OS file watch limit reached")

    monkeypatch.setattr(watch.watchfiles, "watch", refuse)
    monkeypatch.setattr(watch, "POLL", 0.05)
    with serving(project) as served:
        add(project, "改过了")
        served.shows("/plan.html", "改过了")


def test_a_folder_that_goes_just_before_it_is_watched_is_no_reason_to_look_at_all_files(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, errors = watch.watchfiles.watch, iter([FileNotFoundError])

    def gone_at_first(*folders: str, **given: Any) -> Any:
        for error in errors:
            raise error
        return real(*folders, **given)

    monkeypatch.setattr(watch.watchfiles, "watch", gone_at_first)
    monkeypatch.setattr(watch, "_looked", None)
    with serving(project) as served:
        add(project, "改过了")
        served.shows("/plan.html", "改过了")


# livereload's protocol


def test_pages_are_told_when_the_new_version_is_in_place(project: Project, served: Served) -> None:
    async def watch_on() -> None:
        served.settled()
        line = await join(served, version_of(served.get("/plan.html")))
        assert await told(line, 0.2) is None
        add(project, "改过了")
        assert await told(line) == "reload"
        assert "改过了" in served.get("/plan.html").text
        assert await told(line, 0.3) is None
        project.write(PLAN, project.read(PLAN))
        assert await told(line, 0.3) is None
        project.replace(TEAMS, "headcount: 5", "headcount: 五个")
        assert await told(line) == "reload"
        project.replace(TEAMS, "headcount: 五个", "headcount: 5")
        assert await told(line) == "reload"
        await hang_up(line)

    asyncio.run(watch_on())


def test_a_page_that_was_overtaken_while_it_loaded_is_told_at_once(project: Project, served: Served) -> None:
    async def arrive_late() -> None:
        version = version_of(served.get("/plan.html"))
        add(project, "改过了")
        served.shows("/plan.html", "改过了")
        line = await join(served, version)
        assert await told(line) == "reload"
        await hang_up(line)

    asyncio.run(arrive_late())


def test_a_page_of_an_earlier_preview_is_told_at_once(project: Project) -> None:
    with serving(project) as first:
        version, port = version_of(first.get("/")), first.port
    with serving(project, port=port) as second:

        async def come_back() -> None:
            line = await join(second, version)
            assert await told(line) == "reload"
            await hang_up(line)

        asyncio.run(come_back())
