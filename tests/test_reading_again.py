"""What is read again where somebody says which files moved is what reading all would find; and all is read soon after."""

import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep, time_ns
from typing import Any

import pytest
from conftest import Project, published
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from previewing import PLAN, TEAMS, Served, add, serving

from honorroll.engine import pipeline
from honorroll.incremental.database import Database
from honorroll.inputs import scan
from honorroll.preview import watch
from honorroll.preview.answers import FAULTS

POST, NEWS = "content/news/2022-09-02-first.md", "content/news"
LINKS = {"content/link.md": PLAN, "content/other": NEWS}
PATHS = st.sampled_from(
    [
        PLAN,
        POST,
        f"{NEWS}/a/b.md",
        f"{NEWS}/.b.md.swp",
        "data/teams.yaml",
        "static/a.css",
        "templates/a.html",
        f"{PLAN}/x.md",
    ]
)
CONTENTS = st.sampled_from([*[b""] * 20, b"\xff", b"\0"])


class Saver(RuleBasedStateMachine):
    """Someone who changes files and mostly says which; and who at times does so faster than the clock ticks."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.root, self.theme = Path(self.folder.name, "project"), Path(self.folder.name, "theme")
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(scan, "theme_root", lambda: self.theme)
        self.known, self.moved = Database(), set[str]()
        self.writes = 0

    @initialize(settled=st.booleans())
    def begin(self, settled: bool) -> None:
        self.settled = settled
        if settled:
            self.patch.setattr(scan, "time_ns", lambda: time_ns() + 10**10)
        for path in (
            f"{self.theme}/static/a.css",
            f"{self.theme}/templates/a.html",
            self.root / PLAN,
            self.root / POST,
        ):
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).write_text("first", encoding="utf-8")
        self.last = scan.read(self.root, self.known)

    def tell(self, path: str) -> None:
        """A path has moved; and what shows it under another name."""
        self.moved.add(path)
        for link, target in LINKS.items():
            if path.startswith(target) and (self.root / link).is_symlink():
                self.moved.add(path.replace(target, link))

    @rule(path=PATHS, content=CONTENTS)
    def write(self, path: str, content: bytes) -> None:
        self.writes += 1 if self.settled else 0  # else the new content may well be as long as the old
        file = self.root / path
        if file.is_dir():
            return
        if file.parent.is_file():
            file.parent.unlink()
            self.tell(path.rpartition("/")[0])
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content + b"." * self.writes + os.urandom(4).hex().encode())
        self.tell(path)
        self.told()

    @rule(path=PATHS)
    def remove(self, path: str) -> None:
        if (self.root / path).is_file():
            (self.root / path).unlink()
        self.tell(path)

    @rule(path=PATHS)
    def turn_into_a_folder(self, path: str) -> None:
        if (self.root / path).is_file():
            (self.root / path).unlink()
            (self.root / path).mkdir()
        self.tell(path)

    @rule(path=PATHS, other=PATHS)
    def rename(self, path: str, other: str) -> None:
        if (self.root / path).is_file() and (self.root / other).parent.is_dir() and not (self.root / other).is_dir():
            (self.root / path).replace(self.root / other)
        self.tell(path)
        self.tell(other)

    @rule(path=st.sampled_from([NEWS, f"{NEWS}/a", "static"]))
    def remove_folder(self, path: str) -> None:
        shutil.rmtree(self.root / path, ignore_errors=True)
        self.tell(path)

    @rule(path=st.sampled_from([*LINKS]))
    def link(self, path: str) -> None:
        if not (self.root / path).is_symlink():
            (self.root / path).symlink_to(LINKS[path].removeprefix("content/"))
            self.moved.add(path)

    @rule()
    def told(self) -> None:
        """As the preview does while files move."""
        self.last = scan.again(self.root, self.last, self.moved) or scan.read(self.root, self.known)
        self.moved = set()
        assert self.last == scan.read(self.root)

    @rule()
    def untold(self) -> None:
        """As the preview does once all is quiet, whatever it has been told."""
        self.last, self.moved = scan.read(self.root, self.known), set()

    @invariant()
    def all_that_is_known_holds(self) -> None:
        if not self.moved:
            assert self.last == scan.read(self.root)

    def teardown(self) -> None:
        self.patch.undo()
        self.folder.cleanup()


def test_what_is_read_again_is_what_reading_all_finds() -> None:
    run_state_machine_as_test(Saver, settings=settings(max_examples=60, stateful_step_count=30, deadline=None))


def test_of_a_file_that_moved_nothing_else_is_looked_at(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    last = scan.read(project.root)
    add(project, "改过了")
    project.write("content/.plan.md.swp", "x")
    with monkeypatch.context() as patch:
        patch.setattr(os, "listdir", None)
        patch.setattr(scan, "states", lambda folder, names: [os.lstat(f"{folder}/{name}") for name in names])
        found = scan.again(project.root, last, {PLAN, "content/.plan.md.swp", "content/gone.md"})
    assert found == scan.read(project.root) != last


def test_it_is_told_which_files_moved(project: Project) -> None:
    stop = threading.Event()
    told = watch.changes(project.root, stop)
    assert next(told) is None
    add(project, "改过了")
    assert moved(told) == {PLAN}
    project.write("content/new/a.md", "x")
    assert moved(told) is None
    assert next(told) is None  # watched anew
    (project.root / "content" / "new" / "a.md").rename(project.root / "content" / "b.md")
    assert moved(told) == {"content/new/a.md", "content/b.md"}
    (project.root / "content").rename(project.root / "gone")
    assert moved(told) is None
    stop.set()


def moved(told: Iterator[watch.Moved]) -> watch.Moved:
    return next(found for found in told if found != frozenset())


@contextmanager
def hinted(
    project: Project, monkeypatch: pytest.MonkeyPatch, hint: Callable[[watch.Moved], watch.Moved]
) -> Iterator[Any]:
    """A preview whose watcher tells what `hint` makes of it; and how often something was built."""
    real, build, calls = watch.changes, pipeline.build, []
    monkeypatch.setattr("honorroll.preview.changes", lambda *a, **k: (hint(found) for found in real(*a, **k)))
    monkeypatch.setattr(pipeline, "build", lambda *given: (calls.append(given[2] is not None), build(*given))[1])
    with serving(project) as served:
        served.settled()
        calls.clear()
        yield served, calls


def test_after_a_hint_all_files_are_looked_at_once(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    read, reads = scan.read, []
    with hinted(project, monkeypatch, lambda found: found) as (served, calls):
        monkeypatch.setattr(scan, "read", lambda *given: (reads.append(1), read(*given))[1])
        told, version = served.settled(), served.preview.shown.version
        add(project, "改过了")
        served.shows("/plan.html", "改过了")
        assert served.settled() == told + 1  # and nothing more
        assert calls == [True]
        assert len(reads) == 1
        assert served.preview.shown.version != version


@pytest.mark.parametrize("wrong", [{TEAMS}, {"content/gone.md"}])
def test_what_the_watcher_misses_is_put_right(
    project: Project, monkeypatch: pytest.MonkeyPatch, wrong: set[str]
) -> None:
    with hinted(project, monkeypatch, lambda found: frozenset(wrong) if found else found) as (served, _):
        add(project, "改过了")
        served.shows("/plan.html", "改过了")
        project.replace(PLAN, "改过了", "{{")
        project.write("data/tags.yaml", "- {")
        served.wait(FAULTS, lambda answer: answer.status == 200)
        project.write("data/tags.yaml", "[]")
        served.settled()
        assert not served.failures


def _until(meets: Callable[[], bool]) -> None:
    end = monotonic() + 20
    while not meets():
        assert monotonic() < end
        sleep(0.02)


def test_a_file_that_uncovers_one_of_the_theme_is_seen(project: Project, served: Served) -> None:
    name = "static/style.css"

    def sheet() -> bytes:
        files = served.preview._store.files  # noqa: SLF001
        return files[published(name, files)]

    _until(lambda: b".certificate" in sheet())
    project.write(name, ".mine { color: red }")
    _until(lambda: sheet() == b".mine{color:red}")
    served.settled()
    project.write(name, ".still-mine { color: red }")
    _until(lambda: sheet() == b".still-mine{color:red}")
    project.remove(name)
    _until(lambda: b".certificate" in sheet())


def test_links_show_what_they_lead_to(project: Project, served: Served) -> None:
    """Nobody says that they have moved."""
    (project.root / "content" / "link.md").symlink_to("plan.md")
    served.shows("/link.html", "守好江城")
    served.settled()
    add(project, "改过了")
    served.shows("/plan.html", "改过了")
    served.shows("/link.html", "改过了")


def test_a_build_that_began_again_is_what_is_known(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file moved under its hands, and back before all was looked at."""
    with hinted(project, monkeypatch, lambda found: found) as (served, _):
        served.preview.stop()
        before = project.read(PLAN)
        real, first = scan.again, iter([True])

        def again(*given: Any) -> Any:
            found = real(*given)
            if next(first, False):
                add(project, "后来的")
            return found

        monkeypatch.setattr(scan, "again", again)
        add(project, "先来的")
        served.preview.build(frozenset({PLAN}))
        assert "后来的" in served.preview._store.files["plan.html"].decode()  # noqa: SLF001
        project.write(PLAN, before + "\n先来的\n")
        assert served.preview.look()
        assert "后来的" not in served.preview._store.files["plan.html"].decode()  # noqa: SLF001
        assert not served.preview.look()
