"""What is published into a folder, in which order, and how it is cleaned."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from honorroll.diagnostics import Diagnostic
from honorroll.filesystem import atomic
from honorroll.filesystem.spool import Spool
from honorroll.publish import publication
from honorroll.publish.manifest import JOURNAL
from honorroll.publish.publication import LIST, Counts, checksum
from honorroll.publish.targets import Folder
from honorroll.publish.traces import Common, Trace

A, B = {"a.html": b"1"}, {"a.html": b"1", "n/b.html": b"2"}


def tree(out: Path) -> set[str]:
    return {path.relative_to(out).as_posix() for path in out.rglob("*")}


def files(out: Path) -> set[str]:
    return {name for name in tree(out) if (out / name).is_file()} - {LIST}


def failure(out: Path, wanted: dict[str, bytes], kept: dict[str, str] | None = None) -> Diagnostic:
    """The finding of a publication that must not change anything."""
    before = {name: (out / name).read_bytes() for name in tree(out) if (out / name).is_file()}
    outcome = publication.publish(out, wanted, kept or {})
    assert isinstance(outcome, Diagnostic)
    assert {name: (out / name).read_bytes() for name in tree(out) if (out / name).is_file()} == before
    return outcome


# What is published


def test_files_are_written_kept_and_removed(tmp_path: Path) -> None:
    out = tmp_path / "site"
    assert publication.publish(out, B, {}) == Counts(2, 0, 0)
    assert publication.publish(out, B, {}) == Counts(0, 2, 0)
    assert publication.publish(out, {"a.html": b"3"}, {}) == Counts(1, 0, 1)
    assert tree(out) == {"a.html", LIST}


def test_a_kept_file_stays_ours(tmp_path: Path) -> None:
    publication.publish(tmp_path, B, {})
    assert publication.publish(tmp_path, A, {"n/b.html": checksum(b"2")}) == Counts(0, 2, 0)
    assert publication.publish(tmp_path, A, {}) == Counts(0, 1, 1)


def test_a_second_publication_touches_nothing(tmp_path: Path) -> None:
    def state() -> list[tuple[int, int]]:
        return [(seen.st_ino, seen.st_mtime_ns) for seen in map(os.lstat, [tmp_path, *sorted(tmp_path.rglob("*"))])]

    publication.publish(tmp_path, B, {})
    before = state()
    publication.publish(tmp_path, B, {})
    publication.publish(tmp_path, A, {"n/b.html": checksum(b"2")})
    assert state() == before


def test_only_folders_of_files_that_may_change_are_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publication.publish(tmp_path, B | {"m/c.html": b"3"}, {})
    looked: list[str] = []
    real = atomic.look
    monkeypatch.setattr(atomic, "look", lambda out, folder, *more: (looked.append(folder), real(out, folder, *more)))
    publication.publish(tmp_path, {"a.html": b"4"}, {"n/b.html": checksum(b"2"), "m/c.html": checksum(b"3")})
    assert looked == [""]
    publication.publish(tmp_path, {"a.html": b"4"}, {"n/b.html": checksum(b"2")})
    assert looked == ["", "", "m"]


def test_the_list_is_readable_by_the_usual_checksum_tool(tmp_path: Path) -> None:
    publication.publish(tmp_path, B | {"班 级/ 一.html": b"3"}, {})
    done = subprocess.run(["sha256sum", "--strict", "-c", LIST], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout
    assert publication.publish(tmp_path, B, {}) == Counts(0, 2, 1)


def test_new_files_come_before_changed_ones_and_deletions_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publication.publish(tmp_path, {"a.html": b"1", "y.html": b"1", "z.html": b"1", "z.png": b"1"}, {})
    order: list[str] = []
    move, remove = atomic.move, atomic.remove
    monkeypatch.setattr(atomic, "move", lambda path, to: (order.append(Path(to).name), move(path, to)))
    monkeypatch.setattr(atomic, "remove", lambda path: (order.append("-" + Path(path).name), remove(path)))
    publication.publish(
        tmp_path, {"a.html": b"2", "index.html": b"1", "n.html": b"1", "n.png": b"1", "y.html": b"1"}, {}
    )
    changes = ["n.png", "n.html", "index.html", "a.html", "-z.html", "-z.png"]
    assert order == [JOURNAL, *changes, LIST, "-" + JOURNAL]


@pytest.mark.parametrize(
    ("before", "after"),
    [("x", "x/y"), ("x/y", "x"), ("x/y/z", "x/y"), ("x", "x/y/z")],
    ids=lambda name: name.replace("/", "-"),
)
def test_a_file_takes_the_place_of_a_folder_and_back(tmp_path: Path, before: str, after: str) -> None:
    publication.publish(tmp_path, A | {before: b"1"}, {})
    assert publication.publish(tmp_path, A | {after: b"2"}, {}) == Counts(1, 1, 1)
    assert files(tmp_path) == {"a.html", after}
    assert publication.publish(tmp_path, A, {}) == Counts(0, 1, 1)
    assert tree(tmp_path) == {"a.html", LIST}


def test_a_folder_with_foreign_files_does_not_give_way_to_a_file(tmp_path: Path) -> None:
    publication.publish(tmp_path, A | {"x/y": b"1"}, {})
    (tmp_path / "x" / "mine.txt").write_text("mine")
    assert failure(tmp_path, A | {"x": b"2"}).args["names"] == "x/mine.txt"
    (tmp_path / "x" / "mine.txt").unlink()
    (tmp_path / "x" / "y").unlink()  # by hand
    assert publication.publish(tmp_path, A | {"x": b"2"}, {}) == Counts(1, 1, 0)


def blind(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the system ignore case below a folder, as those of Windows and macOS do."""

    def seek(path: str) -> str:
        here = root
        for name in Path(path).relative_to(root).parts:
            there = [other.name for other in here.iterdir()] if here.is_dir() else []
            here /= next((other for other in there if other.lower() == name.lower()), name)
        return str(here)

    def patch(name: str, count: int) -> None:
        real = getattr(os, name)
        monkeypatch.setattr(os, name, lambda *args: real(*map(seek, args[:count]), *args[count:]))

    for name, count in {"lstat": 1, "open": 1, "unlink": 1, "mkdir": 1, "rmdir": 1, "replace": 2}.items():
        patch(name, count)


@pytest.mark.parametrize(("before", "after"), [("Logo.png", "logo.png"), ("Static/x.css", "static/x.css")])
def test_a_new_spelling_survives_on_a_system_that_ignores_case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str, after: str
) -> None:
    publication.publish(tmp_path, A | {before: b"1"}, {})
    blind(tmp_path, monkeypatch)
    assert publication.publish(tmp_path, A | {after: b"2"}, {}) == Counts(1, 1, 1)
    monkeypatch.undo()
    assert files(tmp_path) == {"a.html", after}
    assert (tmp_path / after).read_bytes() == b"2"


def test_a_foreign_file_is_safe_on_a_system_that_ignores_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publication.publish(tmp_path, A, {})
    (tmp_path / "README.html").write_text("mine")
    blind(tmp_path, monkeypatch)
    assert failure(tmp_path, A | {"readme.html": b"2"}).args["names"] == "readme.html"


# Cleaning, and where a site may lie


def test_removing_leaves_what_is_not_ours(tmp_path: Path) -> None:
    out = tmp_path / "site"
    publication.publish(out, B, {})
    (out / "mine.txt").write_text("mine")
    assert publication.remove(out) == 2
    assert tree(out) == {"mine.txt"}
    (out / "mine.txt").unlink()
    assert publication.remove(out) == 0
    assert not out.exists()
    assert publication.remove(out) == 0


def test_removing_does_not_follow_links(tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    publication.publish(out, B, {})
    shutil.move(out / "n", elsewhere)
    (out / "n").symlink_to(elsewhere)
    assert publication.remove(out) == 1
    assert files(elsewhere) == {"b.html"}


@pytest.mark.parametrize("out", [".", "..", "data", "content/news", "honorroll", ".cache"])
def test_the_output_folder_must_not_be_an_input(tmp_path: Path, out: str) -> None:
    found = publication.misplaced(tmp_path, tmp_path / out)
    assert found is not None
    assert found.rule == "PUB-03"


def test_a_folder_beside_or_below_the_project_is_fine(tmp_path: Path) -> None:
    assert publication.misplaced(tmp_path / "p", tmp_path / "p" / "site") is None
    assert publication.misplaced(tmp_path / "p", tmp_path / "public") is None


def test_a_link_in_place_of_a_page_is_no_page(tmp_path: Path) -> None:
    (tmp_path / "b.html").write_bytes(b"2")
    (tmp_path / "a.html").symlink_to("b.html")
    assert publication.present(tmp_path, "a.html") is None
    assert publication.present(tmp_path, "b.html") == checksum(b"2")


def test_nothing_is_written_over_what_has_just_come(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        atomic.write(str(tmp_path / "a.html"), b"1")


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders")
def test_a_pipe_in_place_of_a_page_is_no_page_and_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.html")
    assert publication.present(tmp_path, "a.html") is None


def spool(files: Mapping[str, bytes]) -> Spool:
    made = Spool()
    for url, data in files.items():
        made.put(url, data)
    return made


def test_a_site_whose_traces_cannot_be_kept_is_published_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("no folder")
    store = Folder(tmp_path / "site", tmp_path / "cache")
    made = {"a.html": Trace("key", checksum(b"1"))}
    assert store.publish(spool(A), made, Common("", {})) == Counts(1, 0, 0)
    store.database.save()
    assert store.publish(Spool(), made, Common("", {})) == Counts(0, 1, 0)
    store.database.save()
