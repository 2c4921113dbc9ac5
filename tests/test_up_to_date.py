"""A build that has nothing to do ends early, and never when there is something to do."""

import os
import shutil
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from conftest import Project

from honorroll.engine import up_to_date
from honorroll.engine.options import Options, Result

POST = "content/news/2022-09-02-first.md"


def build(project: Project, **options: object) -> Result:
    defaults: dict[str, object] = {"root": project.root, "out": project.site, "today": date(2022, 11, 1)}
    return up_to_date.build(Options(**defaults | options))  # type: ignore[arg-type]


def rest() -> None:
    """Let the file system's clock move on, as it does between any two runs of a person."""
    time.sleep(0.08)


def settle(project: Project) -> None:
    rest()
    assert build(project).counts is not None


@pytest.fixture(params=[0, 2], ids=["seen never", "seen twice"])
def idle(project: Project, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Project:
    """A project that was just built, and perhaps found whole since; the large build must not be called again."""
    settle(project)
    for _ in range(request.param):
        settle(project)

    def called(*_: object) -> None:
        raise AssertionError("built again")

    monkeypatch.setattr("honorroll.engine.pipeline.build", called)
    return project


def test_nothing_changed_is_not_built_again(idle: Project) -> None:
    result = build(idle)
    assert result.counts is not None
    assert result.counts.written == 0
    assert result.counts.unchanged == len(idle.output()) - 1
    assert result.pages > 0


def test_files_that_were_found_whole_are_not_compared_again(idle: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """They were seen as they are seen now."""
    for _ in range(2):
        rest()
        build(idle)
    monkeypatch.setattr(up_to_date, "parse", lambda _: pytest.fail("compared"))
    counts = build(idle).counts
    assert counts
    assert counts.unchanged == len(idle.output()) - 1


def test_files_that_may_change_unseen_are_compared_each_time(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """They were written just now: another change may bear the same time."""
    monkeypatch.setattr("honorroll.publish.targets.time_ns", lambda: time.time_ns() - 60 * 10**9)
    settle(project)
    real, compared = up_to_date.parse, list[bytes | None]()
    monkeypatch.setattr(up_to_date, "parse", lambda data: (compared.append(data), real(data))[1])
    for _ in range(3):
        rest()
        assert build(project).counts
    assert len(compared) == 3


def same_size(project: Project) -> None:
    project.replace(POST, "title: ", "title:\t")


def old_times(project: Project) -> None:
    times = (project.root / POST).stat()
    project.replace(POST, "。", "！")
    os.utime(project.root / POST, ns=(times.st_atime_ns, times.st_mtime_ns))


def renamed(project: Project) -> None:
    (project.root / POST).rename(project.root / "content/news/2022-09-02-other.md")


def swapped(project: Project) -> None:
    """An editor that saves by renaming, keeping the old times."""
    fresh = project.root / "fresh"
    shutil.copy2(project.root / POST, fresh)
    fresh.write_bytes(fresh.read_bytes().replace("。".encode(), "！".encode()))
    shutil.copystat(project.root / POST, fresh)
    fresh.replace(project.root / POST)


CHANGES = {
    "an edit of the same size": same_size,
    "an edit that keeps the old times": old_times,
    "a rename": renamed,
    "an atomic save with old times": swapped,
    "a new file": lambda p: p.write("content/extra.md", "---\ntitle: 加\nupdated: 2022-09-01\n---\n\n页。\n"),
    "a deleted file": lambda p: p.remove(POST),
    "a new template": lambda p: p.write("templates/robots.txt", "x"),
    "a new static file": lambda p: p.write("static/x.css", "x"),
    "a file that cannot be read": lambda p: (p.root / "content" / "out.md").symlink_to(p.root.parent),
    "a harmed output": lambda p: p.write("site/index.html", "harmed"),
    "a deleted output": lambda p: p.remove("site/index.html"),
    "a lost list": lambda p: p.remove("site/.honorroll"),
    "a harmed list": lambda p: p.replace("site/.honorroll", "index.html", "index.htm"),
    "a list that lacks a file": lambda p: p.write("site/.honorroll", p.read("site/.honorroll").split("\n", 1)[1]),
    "a publication that was cut off": lambda p: p.write("site/.honorroll.journal", ""),
    "a damaged cache": lambda p: p.write(".cache/cache.db", "{"),
    "a lost cache": lambda p: p.remove(".cache/cache.db"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_any_change_is_looked_at(idle: Project, name: str) -> None:
    CHANGES[name](idle)
    rest()
    with pytest.raises(AssertionError, match="built again"):
        build(idle)


@pytest.mark.parametrize(
    "options", [{"today": date(2022, 11, 2)}, {"drafts": True}, {"base_url": "https://x.example/"}, {"strict": True}]
)
def test_other_options_are_another_build(idle: Project, options: dict[str, object]) -> None:
    with pytest.raises(AssertionError, match="built again"):
        build(idle, **options)


def test_a_change_through_a_link_is_seen(project: Project) -> None:
    (project.root / "content" / "linked.md").symlink_to(project.root / "content" / "plan.md")
    settle(project)
    project.replace("content/plan.md", "。", "！")
    result = build(project)
    assert result.counts is not None
    assert {"plan.html", "linked.html"} <= set(result.reasons)


def test_a_file_that_changes_after_it_was_read_is_read_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Here it was read before the large build began."""
    from honorroll.engine import pipeline

    real, edits = pipeline.load, iter([lambda: project.replace(POST, "。", "！")])
    monkeypatch.setattr(pipeline, "load", lambda *given: (next(edits, lambda: None)(), real(*given))[1])
    assert build(project).counts is not None
    assert "！".encode() in project.output()["news/2022-09-02-first.html"]


def test_what_is_not_ours_is_nobodys_business(idle: Project) -> None:
    idle.write("site/mine.html", "mine")
    assert build(idle).counts is not None


def test_a_check_is_never_cut_short(idle: Project) -> None:
    with pytest.raises(AssertionError, match="built again"):
        build(idle, dry=True)


def test_a_build_with_findings_is_repeated(project: Project) -> None:
    project.replace("data/teams.yaml", "headcount: ", "headcount: 十#")
    rest()
    assert build(project).findings
    assert build(project).findings


def test_warnings_are_told_at_every_build(project: Project) -> None:
    project.write("content/notes.txt", "待办\n")
    for _ in range(2):
        rest()
        result = build(project)
        assert result.counts
        assert [finding.diagnostic.rule for finding in result.findings] == ["SRC-11"]


def imported(project: Project, *names: str) -> list[str]:
    """Which of these modules a build of the project loads, run from the command line."""
    import subprocess

    code = (
        "import sys; from pathlib import Path; from honorroll.cli import main; "
        f"code = main(['--today', '2022-11-01'], Path({str(project.root)!r})); "
        f"print(*[m for m in {names!r} if m in sys.modules]); "
        "sys.exit(code)"
    )
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent), "COVERAGE_PROCESS_CONFIG": ""}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1].split()


def test_the_early_end_imports_nothing_large(project: Project) -> None:
    settle(project)
    for _ in range(2):
        found = imported(
            project,
            "honorroll.inputs.validation",
            "jinja2",
            "markdown",
            "yaml",
            "rich",
            "nh3",
            "honorroll.engine.pipeline",
        )
        rest()
    assert found == []


def test_an_edited_text_needs_no_validation_of_records(project: Project) -> None:
    settle(project)
    imported(project)
    rest()
    path = "content/news/2022-09-02-first.md"
    project.write(path, project.read(path) + "\n又一句。\n")
    assert imported(
        project, "honorroll.inputs.validation", "yaml", "honorroll.checks.rules", "honorroll.engine.pipeline"
    ) == ["honorroll.engine.pipeline"]


def test_an_edited_record_needs_no_markdown(project: Project) -> None:
    settle(project)
    imported(project)
    rest()
    project.replace("data/teams.yaml", "江边巡逻小组", "江岸巡逻小组")
    assert imported(project, "markdown", "nh3", "honorroll.engine.pipeline") == ["honorroll.engine.pipeline"]
