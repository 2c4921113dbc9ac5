"""What the program keeps for itself in a project is never written through a link, and what it cannot use is replaced."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Project
from diagnostics.cases import picture

from honorroll.cli import arguments
from honorroll.cli.commands import main
from honorroll.filesystem import own_files

OWN = "somebody's own"


def pictured(project: Project) -> None:
    """A picture on a page, so that something is derived."""
    project.write("content/news/2022-09-03-second/gate.jpg", picture())
    project.write(
        "content/news/2022-09-03-second/index.md",
        "---\ntitle: 第二班巡逻\ndate: 2022-09-03 09:30\n---\n\n![校门](gate.jpg)\n",
    )


def to_file(place: Path, outside: Path) -> None:
    """A link to a file."""
    file = outside / "own.txt"
    file.write_text(OWN)
    replace(place, file)


def to_nothing(place: Path, outside: Path) -> None:
    """A link to a file that would come to be."""
    replace(place, outside / "new.txt")


def to_folder(place: Path, outside: Path) -> None:
    """A link to a folder."""
    (outside / "folder").mkdir()
    replace(place, outside / "folder")


def to_itself(place: Path, outside: Path) -> None:  # noqa: ARG001  # as its neighbours
    replace(place, Path(place.name))


def replace(place: Path, target: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.is_dir():
        place.rename(place.with_name(place.name + "-aside"))
    place.unlink(missing_ok=True)
    place.symlink_to(target)


def seen(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("make", [to_file, to_nothing, to_folder, to_itself])
@pytest.mark.parametrize(
    "name",
    [".cache", ".cache/cache.db", ".cache/cache.db-journal", ".cache/cache.db-wal", ".cache/derived", "part", "file"],
)
def test_a_link_in_the_cache_leads_nothing_out(
    project: Project, tmp_path: Path, name: str, make: Callable[[Path, Path], None]
) -> None:
    pictured(project)
    assert project.build().counts
    whole = project.output()
    derived = sorted(path for path in (project.root / ".cache" / "derived").rglob("*") if path.is_file())
    place = {"part": derived[0].parent, "file": derived[0]}.get(name, project.root / name)
    outside = tmp_path / "outside"
    outside.mkdir()
    make(place, outside)
    before = seen(outside)
    for path in project.site.rglob("*.jpg"):
        path.unlink()  # to be drawn again
    assert project.check().findings == ()
    assert seen(outside) == before
    for _ in range(2):
        assert project.build().counts
        assert project.output() == whole
        assert seen(outside) == before


@pytest.mark.parametrize("name", [".cache/cache.db", "file"])
def test_a_pipe_in_the_cache_holds_nothing_up(project: Project, name: str) -> None:
    pictured(project)
    assert project.build().counts
    derived = next(path for path in (project.root / ".cache" / "derived").rglob("*") if path.is_file())
    place = derived if name == "file" else project.root / name
    place.unlink()
    os.mkfifo(place)
    for path in project.site.rglob("*"):
        if path.suffix in {".jpg", ".avif", ".webp"}:
            path.unlink()
    assert project.build().counts


def log(root: Path) -> str:
    try:
        raise ValueError("a bug")
    except ValueError:
        return arguments.kept_traceback(root)


@pytest.mark.parametrize("make", [to_file, to_nothing, to_itself])
@pytest.mark.parametrize("name", [".cache/honorroll-error.log", ".cache"])
def test_the_log_is_not_written_through_a_link(tmp_path: Path, name: str, make: Callable[[Path, Path], None]) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "outside").mkdir()
    make(tmp_path / "project" / name, tmp_path / "outside")
    before = seen(tmp_path / "outside")
    assert log(tmp_path / "project") == str(tmp_path / "project" / ".cache" / "honorroll-error.log")
    assert "a bug" in (tmp_path / "project" / ".cache" / "honorroll-error.log").read_text()
    assert seen(tmp_path / "outside") == before


def test_the_schemas_are_not_written_through_a_link(project: Project, tmp_path: Path) -> None:
    own = tmp_path / "own.json"
    own.write_text(OWN)
    assert main(["check", "--schema"], project.root) == 0
    schema = next((project.root / ".vscode" / "schemas").glob("*.json"))
    text = schema.read_text()
    schema.unlink()
    schema.symlink_to(own)
    assert main(["check", "--schema"], project.root) == 0
    assert own.read_text() == OWN
    assert schema.read_text() == text
    assert not schema.is_symlink()


@pytest.mark.parametrize("make", [to_folder, to_nothing, to_itself])
@pytest.mark.parametrize("name", [".vscode", ".vscode/schemas"])
def test_no_schema_is_written_into_a_folder_that_is_a_link(
    project: Project, tmp_path: Path, name: str, make: Callable[[Path, Path], None]
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    make(project.root / name, outside)
    before = sorted(outside.rglob("*"))
    assert main(["check", "--schema"], project.root) == 0
    assert sorted(outside.rglob("*")) == before
    assert (project.root / ".vscode" / "schemas" / "teams.json").is_file()
    assert not (project.root / name).is_symlink()


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / "x").touch()
    with pytest.raises(OSError, match=r"log"):
        own_files.put(tmp_path / "log", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["log"]
