import errno
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from honorroll import disk, journal, lock, publish
from honorroll.diagnostics import Diagnostic
from honorroll.journal import FRESH, JOURNAL
from honorroll.publish import LIST, Counts, checksum
from honorroll.spool import Spool
from honorroll.store import Folder
from honorroll.traces import Common, Trace

A, B = {"a.html": b"1"}, {"a.html": b"1", "n/b.html": b"2"}


def tree(out: Path) -> set[str]:
    return {path.relative_to(out).as_posix() for path in out.rglob("*")}


def files(out: Path) -> set[str]:
    return {name for name in tree(out) if (out / name).is_file()} - {LIST}


def failure(out: Path, wanted: dict[str, bytes], kept: dict[str, str] | None = None) -> Diagnostic:
    """The finding of a publication that must not change anything."""
    before = {name: (out / name).read_bytes() for name in tree(out) if (out / name).is_file()}
    outcome = publish.publish(out, wanted, kept or {})
    assert isinstance(outcome, Diagnostic)
    assert {name: (out / name).read_bytes() for name in tree(out) if (out / name).is_file()} == before
    return outcome


# What is published


def test_files_are_written_kept_and_removed(tmp_path: Path) -> None:
    out = tmp_path / "site"
    assert publish.publish(out, B, {}) == Counts(2, 0, 0)
    assert publish.publish(out, B, {}) == Counts(0, 2, 0)
    assert publish.publish(out, {"a.html": b"3"}, {}) == Counts(1, 0, 1)
    assert tree(out) == {"a.html", LIST}


def test_a_kept_file_stays_ours(tmp_path: Path) -> None:
    publish.publish(tmp_path, B, {})
    assert publish.publish(tmp_path, A, {"n/b.html": checksum(b"2")}) == Counts(0, 2, 0)
    assert publish.publish(tmp_path, A, {}) == Counts(0, 1, 1)


def test_a_second_publication_touches_nothing(tmp_path: Path) -> None:
    def state() -> list[tuple[int, int]]:
        return [(seen.st_ino, seen.st_mtime_ns) for seen in map(os.lstat, [tmp_path, *sorted(tmp_path.rglob("*"))])]

    publish.publish(tmp_path, B, {})
    before = state()
    publish.publish(tmp_path, B, {})
    publish.publish(tmp_path, A, {"n/b.html": checksum(b"2")})
    assert state() == before


def test_only_folders_of_files_that_may_change_are_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish.publish(tmp_path, B | {"m/c.html": b"3"}, {})
    looked: list[str] = []
    real = disk.look
    monkeypatch.setattr(disk, "look", lambda out, folder, seen: (looked.append(folder), real(out, folder, seen)))
    publish.publish(tmp_path, {"a.html": b"4"}, {"n/b.html": checksum(b"2"), "m/c.html": checksum(b"3")})
    assert looked == [""]
    publish.publish(tmp_path, {"a.html": b"4"}, {"n/b.html": checksum(b"2")})
    assert looked == ["", "", "m"]


def test_the_list_is_readable_by_the_usual_checksum_tool(tmp_path: Path) -> None:
    publish.publish(tmp_path, B | {"班 级/ 一.html": b"3"}, {})
    done = subprocess.run(["sha256sum", "--strict", "-c", LIST], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout
    assert publish.publish(tmp_path, B, {}) == Counts(0, 2, 1)


def test_new_files_come_before_changed_ones_and_deletions_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish.publish(tmp_path, {"a.html": b"1", "y.html": b"1", "z.html": b"1", "z.png": b"1"}, {})
    order: list[str] = []
    move, remove = disk.move, disk.remove
    monkeypatch.setattr(disk, "move", lambda path, to: (order.append(Path(to).name), move(path, to)))
    monkeypatch.setattr(disk, "remove", lambda path: (order.append("-" + Path(path).name), remove(path)))
    publish.publish(tmp_path, {"a.html": b"2", "index.html": b"1", "n.html": b"1", "n.png": b"1", "y.html": b"1"}, {})
    changes = ["n.png", "n.html", "index.html", "a.html", "-z.html", "-z.png"]
    assert order == [JOURNAL, *changes, LIST, "-" + JOURNAL]


@pytest.mark.parametrize(
    ("before", "after"),
    [("x", "x/y"), ("x/y", "x"), ("x/y/z", "x/y"), ("x", "x/y/z")],
    ids=lambda name: name.replace("/", "-"),
)
def test_a_file_takes_the_place_of_a_folder_and_back(tmp_path: Path, before: str, after: str) -> None:
    publish.publish(tmp_path, A | {before: b"1"}, {})
    assert publish.publish(tmp_path, A | {after: b"2"}, {}) == Counts(1, 1, 1)
    assert files(tmp_path) == {"a.html", after}
    assert publish.publish(tmp_path, A, {}) == Counts(0, 1, 1)
    assert tree(tmp_path) == {"a.html", LIST}


def test_a_folder_with_foreign_files_does_not_give_way_to_a_file(tmp_path: Path) -> None:
    publish.publish(tmp_path, A | {"x/y": b"1"}, {})
    (tmp_path / "x" / "mine.txt").write_text("mine")
    assert failure(tmp_path, A | {"x": b"2"}).args["names"] == "x/mine.txt"
    (tmp_path / "x" / "mine.txt").unlink()
    (tmp_path / "x" / "y").unlink()  # by hand
    assert publish.publish(tmp_path, A | {"x": b"2"}, {}) == Counts(1, 1, 0)


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
    publish.publish(tmp_path, A | {before: b"1"}, {})
    blind(tmp_path, monkeypatch)
    assert publish.publish(tmp_path, A | {after: b"2"}, {}) == Counts(1, 1, 1)
    monkeypatch.undo()
    assert files(tmp_path) == {"a.html", after}
    assert (tmp_path / after).read_bytes() == b"2"


def test_a_foreign_file_is_safe_on_a_system_that_ignores_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish.publish(tmp_path, A, {})
    (tmp_path / "README.html").write_text("mine")
    blind(tmp_path, monkeypatch)
    assert failure(tmp_path, A | {"readme.html": b"2"}).args["names"] == "readme.html"


# What is not ours


def test_foreign_files_are_never_removed(tmp_path: Path) -> None:
    publish.publish(tmp_path, B, {})
    (tmp_path / "n" / "mine.txt").write_text("mine")
    publish.publish(tmp_path, A, {})
    assert (tmp_path / "n" / "mine.txt").read_text() == "mine"


def a_file(path: Path) -> None:
    path.write_text("mine")


def a_folder(path: Path) -> None:
    path.mkdir()


def a_full_folder(path: Path) -> None:
    path.mkdir()
    (path / "mine.txt").write_text("mine")


def a_link_out(path: Path) -> None:
    elsewhere = next(folder for folder in path.parents if folder.name == "site").parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "b.html").write_bytes(b"2")
    path.symlink_to(elsewhere)


def a_link_to_a_file(path: Path) -> None:
    elsewhere = next(folder for folder in path.parents if folder.name == "site").parent / "b.html"
    elsewhere.write_bytes(b"2")
    path.symlink_to(elsewhere)


def a_link_to_nothing(path: Path) -> None:
    path.symlink_to("nothing")


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


KINDS = [a_file, a_folder, a_full_folder, a_link_out, a_link_to_a_file, a_link_to_nothing, a_pipe]


@pytest.mark.parametrize("put", KINDS)
@pytest.mark.parametrize("place", ["n", "n.html"])
def test_nothing_foreign_is_overwritten(tmp_path: Path, place: str, put: Callable[[Path], None]) -> None:
    out = tmp_path / "site"
    publish.publish(out, A, {})
    put(out / place)
    wanted = A | {"n/b.html" if place == "n" else place: b"2"}
    if place == "n" and put in {a_folder, a_full_folder}:
        assert isinstance(publish.publish(out, wanted, {}), Counts)
    else:
        found = failure(out, wanted)
        assert found.rule == "PUB-01"
        assert found.args["names"] == place
    assert not (tmp_path / "elsewhere" / "new.html").exists()


@pytest.mark.parametrize("put", KINDS)
@pytest.mark.parametrize("place", ["n", "n/b.html"])
@pytest.mark.parametrize("wanted", [A, A | {"n/b.html": b"3"}], ids=["gone", "changed"])
def test_what_took_the_place_of_ours_is_left_alone(
    tmp_path: Path, place: str, put: Callable[[Path], None], wanted: dict[str, bytes]
) -> None:
    out = tmp_path / "site"
    publish.publish(out, B, {})
    (out / "n" / "b.html").unlink()
    if place == "n":
        (out / "n").rmdir()
    put(out / place)
    ours_by_name = place != "n" and put is a_file
    room = place == "n" and put in {a_folder, a_full_folder}
    if wanted == A or ours_by_name or room:
        assert isinstance(publish.publish(out, wanted, {}), Counts)
    else:
        assert failure(out, wanted).rule == "PUB-01"
    if put is a_link_out:
        assert (tmp_path / "elsewhere" / "b.html").read_bytes() == b"2"
    empty_or_ours = ours_by_name or put is a_folder
    assert os.path.lexists(out / place) or (wanted == A and empty_or_ours)


def test_a_changed_page_is_not_written_through_a_link(tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    publish.publish(out, B, {})
    shutil.copytree(out / "n", elsewhere)
    shutil.rmtree(out / "n")
    (out / "n").symlink_to(elsewhere)
    assert failure(out, A | {"n/b.html": b"3"}).args["names"] == "n"
    assert publish.publish(out, A, {}) == Counts(0, 1, 0)
    assert (elsewhere / "b.html").read_bytes() == b"2"


def test_a_folder_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("years of work")
    assert failure(tmp_path, A).args["names"] == "thesis.doc"
    (tmp_path / "a.html").write_text("mine")
    assert failure(tmp_path, A).args["names"] == "a.html、thesis.doc"
    assert tree(tmp_path) == {"a.html", "thesis.doc"}


def test_a_large_foreign_folder_is_not_searched_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(10):
        (tmp_path / f"{number}").mkdir()
        (tmp_path / f"{number}" / "mine.txt").write_text("mine")
    seen: list[str] = []
    real = disk.look
    monkeypatch.setattr(disk, "look", lambda out, folder, into: (seen.append(folder), real(out, folder, into)))
    assert failure(tmp_path, A).args["names"] == "、".join(f"{number}/mine.txt" for number in range(5))
    assert "6" not in seen


@pytest.mark.parametrize("name", [LIST, JOURNAL, FRESH])
@pytest.mark.parametrize("put", KINDS)
def test_names_that_we_need_are_not_taken_by_force(tmp_path: Path, name: str, put: Callable[[Path], None]) -> None:
    out = tmp_path / "site"
    publish.publish(out, A, {})
    (out / name).unlink(missing_ok=True)
    put(out / name)
    if name == LIST and put is a_file:
        assert isinstance(publish.publish(out, B, {}), Counts)  # a damaged list
        return
    assert failure(out, B).rule == "PUB-01"
    assert os.path.lexists(out / name)


def test_a_foreign_file_with_the_name_of_a_temporary_is_left_alone(tmp_path: Path) -> None:
    publish.publish(tmp_path, A, {})
    (tmp_path / f"{LIST}.0").write_text("mine")
    assert failure(tmp_path, B | {"c.html": b"3"}).args["names"] == f"{LIST}.0"


def test_a_lost_list_costs_nothing_while_the_files_are_as_written(tmp_path: Path) -> None:
    publish.publish(tmp_path, B, {})
    before = (tmp_path / LIST).read_bytes()
    (tmp_path / LIST).unlink()
    assert publish.publish(tmp_path, A, {"n/b.html": checksum(b"2")}) == Counts(0, 2, 0)
    assert (tmp_path / LIST).read_bytes() == before
    assert publish.publish(tmp_path, A, {}) == Counts(0, 1, 1)


@pytest.mark.parametrize(
    "harm",
    [
        lambda lines: lines[:1],
        lambda lines: [b"\xff", *lines],
        lambda lines: [line + b"\r" for line in lines],
        lambda _: [b""],
    ],
    ids=["cut", "no-text", "line-ends", "empty"],
)
def test_a_damaged_list_is_put_right(tmp_path: Path, harm: Callable[[list[bytes]], list[bytes]]) -> None:
    publish.publish(tmp_path, B, {})
    before = (tmp_path / LIST).read_bytes()
    (tmp_path / LIST).write_bytes(b"\n".join(harm(before.split(b"\n"))))
    assert publish.publish(tmp_path, A, {"n/b.html": checksum(b"2")}) == Counts(0, 2, 0)
    assert (tmp_path / LIST).read_bytes() == before


@pytest.mark.parametrize("line", ["../victim.txt", "/etc/victim.txt", "n/../../victim.txt", "C:/victim.txt"])
@pytest.mark.parametrize("name", [LIST, JOURNAL])
def test_a_forged_list_cannot_delete_outside(tmp_path: Path, line: str, name: str) -> None:
    out = tmp_path / "site"
    publish.publish(out, A, {})
    victim = tmp_path / "victim.txt"
    victim.write_text("x")
    journal.begin(str(out), {})
    with (out / name).open("a") as file:
        file.write(f"{checksum(b'x')}  {line}\n")
    publish.publish(out, A, {})
    publish.remove(out)
    assert victim.exists()


@pytest.mark.parametrize("name", [LIST, JOURNAL])
def test_a_forged_list_cannot_empty_folders_outside(tmp_path: Path, name: str) -> None:
    out, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    publish.publish(out, A, {})
    (elsewhere / "empty").mkdir(parents=True)
    (out / "link").symlink_to(elsewhere)
    journal.begin(str(out), {})
    with (out / name).open("a") as file:
        file.write(f"{checksum(b'x')}  link/empty/x\n{checksum(b'x')}  ../elsewhere/empty/x\n")
    publish.publish(out, A, {})
    publish.remove(out)
    assert (elsewhere / "empty").is_dir()


def test_the_folder_may_be_a_link_but_not_one_to_nothing(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to("real")
    assert publish.publish(tmp_path / "site", B, {}) == Counts(2, 0, 0)
    assert files(tmp_path / "real") == set(B)
    (tmp_path / "drive").symlink_to("unplugged/site")
    found = publish.publish(tmp_path / "drive", B, {})
    assert isinstance(found, Diagnostic)
    assert found.args["why"] == "Not a directory"
    assert not (tmp_path / "unplugged").exists()


# What goes wrong


@pytest.mark.parametrize(
    ("one", "other", "named"),
    [
        ("News.html", "news.html", ("News.html", "news.html")),
        ("caf\u00e9.png", "cafe\u0301.png", ("cafe\u0301.png", "caf\u00e9.png")),
        ("STRASSE.png", "stra\u00dfe.png", ("STRASSE.png", "stra\u00dfe.png")),
        ("n/a.html", "N/b.html", ("N/", "n/")),
        ("n", "n/a.html", ("n/", "n")),
    ],
)
def test_addresses_that_are_one_on_some_systems_are_refused(
    tmp_path: Path, one: str, other: str, named: tuple[str, str]
) -> None:
    publish.publish(tmp_path, A, {})
    found = failure(tmp_path, {one: b"1", other: b"2"})
    assert (found.rule, found.args["one"], found.args["other"]) == ("PUB-05", *named)


def test_a_kept_file_that_somebody_changed_meanwhile_is_reported(tmp_path: Path) -> None:
    publish.publish(tmp_path, B, {})
    old = {"n/b.html": checksum(b"2")}
    publish.publish(tmp_path, A | {"n/b.html": b"3"}, {})  # another build
    found = failure(tmp_path, {"a.html": b"4"}, old)
    assert found.rule == "PUB-06"
    assert found.place.path.endswith("n/b.html")
    publish.publish(tmp_path, A, {})  # a third one
    assert failure(tmp_path, {"a.html": b"4"}, old).rule == "PUB-06"


def mounted(folder: Path, *options: str) -> bool:
    """Mount something there, which only root may do and only some systems allow."""
    try:
        return subprocess.run(["mount", *options, str(folder)], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def refuse(monkeypatch: pytest.MonkeyPatch, name: str, number: int, after: int = 0) -> None:
    """Make a function of `os` say no, from its n-th call on."""
    real, calls = getattr(os, name), iter(range(1000))

    def call(*args: object) -> object:
        if (name != "open" or int(str(args[1])) & os.O_CREAT) and next(calls) >= after:
            raise OSError(number, os.strerror(number))
        return real(*args)

    monkeypatch.setattr(os, name, call)


@pytest.fixture(params=["size=256k", "size=256k,nr_inodes=14"])
def small_disk(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A real disk with little room, else one that says so."""
    if mounted(tmp_path, "-t", "tmpfs", "-o", request.param, "tmpfs"):
        yield tmp_path
        subprocess.run(["umount", str(tmp_path)], check=True)
    else:
        publish.publish(tmp_path / "site", B, {})
        refuse(monkeypatch, "write", errno.ENOSPC, 8)
        yield tmp_path


def test_a_full_disk_changes_nothing(small_disk: Path) -> None:
    out = small_disk / "site"
    publish.publish(out, B, {})
    large = {f"n/{number}.html": b"x" * 60_000 for number in range(10)}
    found = failure(out, {"a.html": b"3"} | large)
    assert found.rule == "PUB-07"
    assert tree(out) == {"a.html", "n", "n/b.html", LIST}
    subprocess.run(["sha256sum", "--strict", "-c", LIST], cwd=out, capture_output=True, check=True)


@pytest.mark.parametrize("after", range(9))
def test_a_disk_that_fills_up_at_any_write_leaves_a_whole_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    publish.publish(tmp_path, B, {})
    refuse(monkeypatch, "write", errno.EDQUOT, after)
    outcome = publish.publish(tmp_path, {"a.html": b"3", "m/c.html": b"4"}, {})
    if after > 3:
        assert isinstance(outcome, Counts)
    else:
        assert isinstance(outcome, Diagnostic)
        assert outcome.place.path == str(tmp_path / "m" if after == 1 else tmp_path)
    monkeypatch.undo()
    if after < 3:  # journal and two pages
        assert tree(tmp_path) == {"a.html", "n", "n/b.html", LIST}
        assert (tmp_path / "a.html").read_bytes() == b"1"
    assert isinstance(publish.publish(tmp_path, {"a.html": b"3", "m/c.html": b"4"}, {}), Counts)
    assert tree(tmp_path) == {"a.html", "m", "m/c.html", LIST}


@pytest.fixture
def read_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A site that may be read only, really so where possible."""
    out = tmp_path / "site"
    publish.publish(out, B, {})
    if mounted(out, "--bind", str(out)):
        subprocess.run(["mount", "-o", "remount,ro,bind", str(out)], check=True)
        yield out
        subprocess.run(["umount", str(out)], check=True)
    elif os.name != "nt" and os.geteuid():
        out.chmod(0o555)
        yield out
        out.chmod(0o755)
    else:
        refuse(monkeypatch, "open", errno.EROFS)
        yield out


def test_a_read_only_folder_is_one_clear_finding(read_only: Path) -> None:
    found = failure(read_only, A)
    assert found.rule == "PUB-08"
    assert found.place.path == str(read_only)
    assert publish.publish(read_only, B, {}) == Counts(0, 2, 0)


@pytest.mark.parametrize("name", ["x" * 300 + ".html", "/".join("x" * 200 for _ in range(25)) + ".html"])
def test_a_path_that_is_too_long_is_one_clear_finding(tmp_path: Path, name: str) -> None:
    publish.publish(tmp_path, A, {})
    found = failure(tmp_path, B | {name: b"3"})
    assert found.rule == "PUB-09"
    assert found.place.path == f"{tmp_path}/{name}"
    assert isinstance(publish.publish(tmp_path, B | {"x" * 250 + ".html": b"3"}, {}), Counts)


def test_a_file_where_the_folder_should_be_is_one_clear_finding(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    for out in (tmp_path / "site", tmp_path / "site" / "x"):
        outcome = publish.publish(out, A, {})
        assert isinstance(outcome, Diagnostic)
        assert (outcome.rule, outcome.args["why"]) == ("PUB-02", "Not a directory")


# One at a time


def test_a_second_build_waits_for_the_first(tmp_path: Path) -> None:
    free = threading.Event()

    def hold() -> None:
        with lock.held(tmp_path, 0):
            free.set()
            time.sleep(0.3)

    first = threading.Thread(target=hold)
    first.start()
    free.wait()
    assert publish.publish(tmp_path, A, {}) == Counts(1, 0, 0)
    assert not first.is_alive() or first.join(1) is None


def test_who_waits_in_vain_is_told_for_whom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish, "PATIENCE", 0.1)
    publish.publish(tmp_path, A, {})
    with lock.held(tmp_path, 0):
        assert failure(tmp_path, B).args["holder"] == "?"
        journal.begin(str(tmp_path), {})
        found = failure(tmp_path, B)
        assert found.rule == "PUB-04"
        assert found.args["holder"].startswith(f"PID {os.getpid()} @ ")
        removed = publish.remove(tmp_path)
        assert isinstance(removed, Diagnostic)
        assert removed.rule == "PUB-04"
    assert isinstance(publish.publish(tmp_path, B, {}), Counts)


@pytest.mark.parametrize("number", [errno.EBADF, errno.ENOLCK, errno.ENOTSUP])
def test_where_folders_cannot_be_locked_a_file_elsewhere_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    fcntl = pytest.importorskip("fcntl")
    real = fcntl.flock

    def flock(file: int, flags: int) -> None:
        if Path(f"/proc/self/fd/{file}").is_dir():
            raise OSError(number, os.strerror(number))
        real(file, flags)

    monkeypatch.setattr(fcntl, "flock", flock)
    monkeypatch.setattr(publish, "PATIENCE", 0.1)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    out = tmp_path / "site"
    with lock.held(out, 0):
        assert failure(out, A).rule == "PUB-04"
    assert publish.publish(out, A, {}) == Counts(1, 0, 0)
    assert tree(out) == {"a.html", LIST}
    assert len(tree(tmp_path / "temporary")) <= 1


def test_a_lock_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl")

    def flock(file: int, _: int) -> None:
        if Path(f"/proc/self/fd/{file}").is_dir():
            raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(fcntl, "flock", flock)
    assert failure(tmp_path, A).rule == "PUB-02"


def test_a_folder_that_is_cleaned_while_a_build_waits_is_made_again(tmp_path: Path) -> None:
    out = tmp_path / "site"
    publish.publish(out, B, {})
    held = lock.held(out, 0)
    held.__enter__()
    results: list[Counts | Diagnostic] = []
    waiting = threading.Thread(target=lambda: results.append(publish.publish(out, A, {})))
    waiting.start()
    time.sleep(0.15)
    shutil.rmtree(out)
    held.__exit__(None, None, None)
    waiting.join()
    assert results == [Counts(1, 0, 0)]
    assert tree(out) == {"a.html", LIST}


def test_a_lock_on_a_folder_that_was_removed_just_then_is_no_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fcntl, out = pytest.importorskip("fcntl"), tmp_path / "site"
    real, calls = fcntl.flock, iter(range(10))

    def flock(*args: int) -> None:
        if next(calls) == 0:
            out.rmdir()
        real(*args)

    monkeypatch.setattr(fcntl, "flock", flock)
    with lock.held(out, 1), pytest.raises(lock.BusyError), lock.held(out, 0):
        pass


# Cleaning, and where a site may lie


def test_removing_leaves_what_is_not_ours(tmp_path: Path) -> None:
    out = tmp_path / "site"
    publish.publish(out, B, {})
    (out / "mine.txt").write_text("mine")
    assert publish.remove(out) == 2
    assert tree(out) == {"mine.txt"}
    (out / "mine.txt").unlink()
    assert publish.remove(out) == 0
    assert not out.exists()
    assert publish.remove(out) == 0


def test_removing_does_not_follow_links(tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    publish.publish(out, B, {})
    shutil.move(out / "n", elsewhere)
    (out / "n").symlink_to(elsewhere)
    assert publish.remove(out) == 1
    assert files(elsewhere) == {"b.html"}


def test_what_cannot_be_removed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish.publish(tmp_path, B, {})
    refuse(monkeypatch, "unlink", errno.EACCES)
    outcome = publish.remove(tmp_path)
    assert isinstance(outcome, Diagnostic)
    assert outcome.rule == "PUB-08"


@pytest.mark.parametrize("out", [".", "..", "data", "content/news", "honorroll", ".cache"])
def test_the_output_folder_must_not_be_an_input(tmp_path: Path, out: str) -> None:
    found = publish.misplaced(tmp_path, tmp_path / out)
    assert found is not None
    assert found.rule == "PUB-03"


def test_a_folder_beside_or_below_the_project_is_fine(tmp_path: Path) -> None:
    assert publish.misplaced(tmp_path / "p", tmp_path / "p" / "site") is None
    assert publish.misplaced(tmp_path / "p", tmp_path / "public") is None


def test_a_link_in_place_of_a_page_is_no_page(tmp_path: Path) -> None:
    (tmp_path / "b.html").write_bytes(b"2")
    (tmp_path / "a.html").symlink_to("b.html")
    assert publish.present(tmp_path, "a.html") is None
    assert publish.present(tmp_path, "b.html") == checksum(b"2")


def test_nothing_is_written_over_what_has_just_come(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        disk.write(str(tmp_path / "a.html"), b"1")


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders")
def test_a_pipe_in_place_of_a_page_is_no_page_and_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.html")
    assert publish.present(tmp_path, "a.html") is None


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
    store.memos.save()
    assert store.publish(Spool(), made, Common("", {})) == Counts(0, 1, 0)
    store.memos.save()
