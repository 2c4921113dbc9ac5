"""A change of several files is one act: all or nothing, seen before, and put back by `undo`."""

import errno
import multiprocessing
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Project

from honorroll import editing
from honorroll.cli import commands
from honorroll.editing import Change
from honorroll.filesystem import MovedError, lock
from honorroll.inputs import read

TEAMS, DEEDS, PICTURE = "data/teams.yaml", "data/deeds.yaml", "content/news/2022-09-09-new/图.jpg"


def files(project: Project) -> dict[str, bytes]:
    return {
        path.relative_to(project.root).as_posix(): path.read_bytes()
        for path in project.root.rglob("*")
        if path.is_file() and not {".cache", ".undo", "site"} & {*path.parts}
    }


def change(project: Project) -> Change:
    """One file is changed, one comes in a new folder, one goes."""
    old, gone = ((project.root / path).read_bytes() for path in (TEAMS, DEEDS))
    return Change("试一试", {TEAMS: (old, old + b"# x\n"), PICTURE: (None, b"x"), DEEDS: (gone, None)})


def test_a_change_is_written_and_put_back_once(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(project)
    (project.root / TEAMS).chmod(0o640)
    made = change(project)
    editing.apply(project.root, made)
    assert files(project) == {
        **{path: data for path, data in before.items() if path != DEEDS},
        TEAMS: before[TEAMS] + b"# x\n",
        PICTURE: b"x",
    }
    assert stat.S_IMODE((project.root / TEAMS).stat().st_mode) == 0o640
    assert commands.main(["clean"], project.root) == commands.FINE
    capsys.readouterr()
    assert commands.main(["undo"], project.root) == commands.FINE
    said = capsys.readouterr().out
    assert all(line in said.splitlines() for line in (f"  ~ {TEAMS}", f"  - {PICTURE}", f"  + {DEEDS}"))
    assert "试一试" in said
    assert files(project) == before
    assert not (project.root / PICTURE).parent.exists()
    assert commands.main(["undo"], project.root) == commands.FINE
    assert "没有可以放回的" in capsys.readouterr().out
    assert files(project) == before


def test_the_engine_sees_the_project_as_it_would_be(project: Project) -> None:
    snapshot, problems = read(project.root)
    made = change(project)
    would = editing.snapshot_with(snapshot, made)
    editing.apply(project.root, made)
    then, problems = read(project.root)
    assert not problems
    assert {path: source.fingerprint for path, source in would.files.items()} == {
        path: source.fingerprint for path, source in then.files.items()
    }
    assert list(would.files) == list(then.files)


def test_what_somebody_has_edited_meanwhile_is_not_lost(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    made = change(project)
    project.write(DEEDS, "# 同事\n")
    now = files(project)
    with pytest.raises(MovedError, match=DEEDS):
        editing.apply(project.root, made)
    assert files(project) == now
    editing.apply(project.root, change(project))
    project.write(PICTURE, "y")
    now = files(project)
    assert commands.main(["undo"], project.root) == commands.USAGE
    assert PICTURE in capsys.readouterr().err
    assert files(project) == now
    project.write(PICTURE, "x")
    assert commands.main(["undo"], project.root) == commands.FINE


@pytest.mark.parametrize("forever", [False, True], ids=["once", "for ever"])
@pytest.mark.parametrize("path", [TEAMS, PICTURE, DEEDS])
def test_a_write_that_fails_half_way_leaves_all_as_it_was(
    project: Project, monkeypatch: pytest.MonkeyPatch, path: str, forever: bool
) -> None:
    """Also when any file cannot be put in its place, or removed; what `undo` knew stays known."""
    editing.apply(project.root, Change("前一条", {"content/a.txt": (None, b"a")}))
    before, made, tries = files(project), change(project), iter([False])

    def refusing(name: str) -> Callable[..., Any]:
        real = getattr(Path, name)

        def call(self: Path, *args: Any, **more: Any) -> Any:
            place = Path(args[0]) if args else self
            if place == project.root / path and (forever or not next(tries, True)):
                raise OSError(errno.EROFS, "Read-only", str(place))
            return real(self, *args, **more)

        return call

    with monkeypatch.context() as patch:
        for name in ("replace", "unlink"):
            patch.setattr(Path, name, refusing(name))
        with pytest.raises(OSError, match="Read-only"):
            editing.apply(project.root, made)
    assert files(project) == before
    assert not (project.root / PICTURE).parent.exists()
    undone = editing.undo(project.root)
    assert undone
    assert undone.title == "前一条"


def test_a_command_that_was_killed_half_way_can_be_put_back(project: Project) -> None:
    """As after a loss of power: some files are new, others old."""
    before, made = files(project), change(project)
    editing.apply(project.root, made)
    (project.root / DEEDS).write_bytes(before[DEEDS])
    assert editing.undo(project.root)
    assert files(project) == before


def test_nothing_is_written_outside_of_the_project(project: Project, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (project.root / "content" / "out").symlink_to(tmp_path / "outside", target_is_directory=True)
    for path in ("../x.yaml", "content/out/x.md"):
        with pytest.raises(PermissionError):
            editing.apply(project.root, Change("外面", {path: (None, b"x")}))
    assert not [*(tmp_path / "outside").iterdir()]
    assert not (tmp_path / "x.yaml").exists()


def test_what_comes_from_elsewhere_is_not_put_back(project: Project) -> None:
    editing.apply(project.root, change(project))
    before, last = files(project), project.root / ".undo" / "last"
    last.write_bytes(last.read_bytes()[:-1] + b"?")
    assert editing.undo(project.root) is None
    assert files(project) == before


def test_git_leaves_the_last_change_alone(project: Project) -> None:
    editing.apply(project.root, change(project))
    assert (project.root / ".undo" / ".gitignore").read_text() == "*\n"
    assert os.name == "nt" or stat.S_IMODE((project.root / ".undo" / "last").stat().st_mode) == 0o600


def _hold(root: Path, ready: object, done: object) -> None:
    with lock.held(root, 5):
        ready.set()  # type: ignore[attr-defined]
        done.wait(20)  # type: ignore[attr-defined]


def test_one_command_writes_at_a_time(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("honorroll.editing.changes.PATIENCE", 0.1)
    context = multiprocessing.get_context("spawn")
    ready, done = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(project.root, ready, done))
    other.start()
    try:
        assert ready.wait(20)
        before = files(project)
        with pytest.raises(OSError, match="busy"):
            editing.apply(project.root, change(project))
        assert files(project) == before
    finally:
        done.set()
        other.join()
    editing.apply(project.root, change(project))


def test_a_takedown_leaves_nothing_to_put_back(project: Project) -> None:
    person = "r01"
    editing.apply(project.root, change(project))
    editing.undo(project.root)
    editing.apply(project.root, Change("前一条", {"content/a.txt": (None, "王守江".encode())}))
    (project.root / "content/a.txt").unlink()
    commands.main(["takedown", person, "--write", "--today", "2022-11-01"], project.root)
    assert not (project.root / ".undo").exists()
