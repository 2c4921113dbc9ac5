"""What goes wrong while publishing is one clear finding; and builds publish one at a time."""

import errno
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_publish import A, B, failure, tree

from honorroll.diagnostics import Diagnostic
from honorroll.filesystem import lock
from honorroll.publish import manifest, publication
from honorroll.publish.publication import LIST, Counts, checksum


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
    publication.publish(tmp_path, A, {})
    found = failure(tmp_path, {one: b"1", other: b"2"})
    assert (found.rule, found.args["one"], found.args["other"]) == ("PUB-05", *named)


def test_a_kept_file_that_somebody_changed_meanwhile_is_reported(tmp_path: Path) -> None:
    publication.publish(tmp_path, B, {})
    old = {"n/b.html": checksum(b"2")}
    publication.publish(tmp_path, A | {"n/b.html": b"3"}, {})  # another build
    found = failure(tmp_path, {"a.html": b"4"}, old)
    assert found.rule == "PUB-06"
    assert found.place.path.endswith("n/b.html")
    publication.publish(tmp_path, A, {})  # a third one
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
        publication.publish(tmp_path / "site", B, {})
        refuse(monkeypatch, "write", errno.ENOSPC, 8)
        yield tmp_path


def test_a_full_disk_changes_nothing(small_disk: Path) -> None:
    out = small_disk / "site"
    publication.publish(out, B, {})
    large = {f"n/{number}.html": b"x" * 60_000 for number in range(10)}
    found = failure(out, {"a.html": b"3"} | large)
    assert found.rule == "PUB-07"
    assert tree(out) == {"a.html", "n", "n/b.html", LIST}
    subprocess.run(["sha256sum", "--strict", "-c", LIST], cwd=out, capture_output=True, check=True)


@pytest.mark.parametrize("after", range(9))
def test_a_disk_that_fills_up_at_any_write_leaves_a_whole_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    publication.publish(tmp_path, B, {})
    refuse(monkeypatch, "write", errno.EDQUOT, after)
    outcome = publication.publish(tmp_path, {"a.html": b"3", "m/c.html": b"4"}, {})
    if after > 3:
        assert isinstance(outcome, Counts)
    else:
        assert isinstance(outcome, Diagnostic)
        assert outcome.place.path == str(tmp_path / "m" if after == 1 else tmp_path)
    monkeypatch.undo()
    if after < 3:  # journal and two pages
        assert tree(tmp_path) == {"a.html", "n", "n/b.html", LIST}
        assert (tmp_path / "a.html").read_bytes() == b"1"
    assert isinstance(publication.publish(tmp_path, {"a.html": b"3", "m/c.html": b"4"}, {}), Counts)
    assert tree(tmp_path) == {"a.html", "m", "m/c.html", LIST}


@pytest.fixture
def read_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A site that may be read only, really so where possible."""
    out = tmp_path / "site"
    publication.publish(out, B, {})
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
    assert publication.publish(read_only, B, {}) == Counts(0, 2, 0)


@pytest.mark.parametrize("name", ["x" * 300 + ".html", "/".join("x" * 200 for _ in range(25)) + ".html"])
def test_a_path_that_is_too_long_is_one_clear_finding(tmp_path: Path, name: str) -> None:
    publication.publish(tmp_path, A, {})
    found = failure(tmp_path, B | {name: b"3"})
    assert found.rule == "PUB-09"
    assert found.place.path == f"{tmp_path}/{name}"
    assert isinstance(publication.publish(tmp_path, B | {"x" * 250 + ".html": b"3"}, {}), Counts)


def test_a_file_where_the_folder_should_be_is_one_clear_finding(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    for out in (tmp_path / "site", tmp_path / "site" / "x"):
        outcome = publication.publish(out, A, {})
        assert isinstance(outcome, Diagnostic)
        assert (outcome.rule, outcome.args["why"]) == ("PUB-02", "Not a directory")


def test_what_cannot_be_removed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publication.publish(tmp_path, B, {})
    refuse(monkeypatch, "unlink", errno.EACCES)
    outcome = publication.remove(tmp_path)
    assert isinstance(outcome, Diagnostic)
    assert outcome.rule == "PUB-08"


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
    assert publication.publish(tmp_path, A, {}) == Counts(1, 0, 0)
    assert not first.is_alive() or first.join(1) is None


def test_who_waits_in_vain_is_told_for_whom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publication, "PATIENCE", 0.1)
    publication.publish(tmp_path, A, {})
    with lock.held(tmp_path, 0):
        assert failure(tmp_path, B).args["holder"] == "?"
        manifest.begin(str(tmp_path), {})
        found = failure(tmp_path, B)
        assert found.rule == "PUB-04"
        assert found.args["holder"].startswith(f"PID {os.getpid()} @ ")
        removed = publication.remove(tmp_path)
        assert isinstance(removed, Diagnostic)
        assert removed.rule == "PUB-04"
    assert isinstance(publication.publish(tmp_path, B, {}), Counts)


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
    monkeypatch.setattr(publication, "PATIENCE", 0.1)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    out = tmp_path / "site"
    with lock.held(out, 0):
        assert failure(out, A).rule == "PUB-04"
    assert publication.publish(out, A, {}) == Counts(1, 0, 0)
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
    publication.publish(out, B, {})
    held = lock.held(out, 0)
    held.__enter__()
    results: list[Counts | Diagnostic] = []
    waiting = threading.Thread(target=lambda: results.append(publication.publish(out, A, {})))
    waiting.start()
    time.sleep(0.15)
    shutil.rmtree(out)
    held.__exit__(None, None, None)
    waiting.join()
    assert results == [Counts(1, 0, 0)]
    assert tree(out) == {"a.html", LIST}


@pytest.mark.parametrize("when", ["while it is made", "before it is opened"])
def test_a_folder_that_is_removed_while_it_is_locked_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    out, real, calls = tmp_path / "site", Path.mkdir, iter(range(10))

    def make(folder: Path, *args: Any, **options: Any) -> None:
        if folder != out or next(calls):
            real(folder, *args, **options)
        elif when == "while it is made":
            raise FileExistsError(17, "File exists", str(folder))

    monkeypatch.setattr(Path, "mkdir", make)
    assert publication.publish(out, A, {}) == Counts(1, 0, 0)
    assert next(calls) > 1


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
