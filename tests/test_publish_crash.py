"""Publishing is cut off after every single file-system operation, in four ways: by an error, by a
broken disk, by a simulated death and by a real `kill -9`. Each time the site that is visible must
be whole, nothing foreign may be lost, and the next publication must end like one into an empty
folder. That these checks can fail is shown by breaking what they rely on.

Run as a program, this file publishes in a process of its own and kills it, or stops half-way.
"""

import errno
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from posixpath import dirname, join, normpath
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
from msgspec.structs import replace

from honorroll.diagnostics import Diagnostic
from honorroll.publish import changes, manifest, publication
from honorroll.publish.changes import Change
from honorroll.publish.manifest import LIST
from honorroll.publish.publication import Counts, checksum

HERE = Path(__file__)

#: What changes a file system. Opening counts where it makes a file.
OPERATIONS = ("open", "write", "fsync", "replace", "unlink", "mkdir", "rmdir")


def page(*links: str) -> bytes:
    return "".join(f'<a href="{link}">{link}</a>\n' for link in links).encode()


#: Both share addresses; pages are added, changed and removed, in old and new folders, and link in circles.
OLD = {
    "about.html": page("index.html", "old/only.html"),
    "index.html": page("news/index.html", "old/only.html", "style.css", "teams/t1.html"),
    "news/a.html": page("index.html", "b.html", "../pictures/a.png"),
    "news/b.html": page("a.html", "../old/only.html"),
    "news/index.html": page("../index.html", "a.html", "b.html"),
    "old/deep/far.html": page("../only.html"),
    "old/only.html": page("../index.html", "deep/far.html"),
    "pictures/a.png": b"a picture",
    "style.css": b"old",
    "teams/t1.html": page("../index.html"),
}
NEW = {
    "about.html": page("index.html", "tags/x/1.html"),
    "index.html": page("news/index.html", "style.css", "print.css", "tags/index.html", "teams/t1.html"),
    "news/a.html": page("index.html", "c.html", "../pictures/b.png"),
    "news/c.html": page("a.html", "d.html", "../pictures/b.png"),
    "news/d.html": page("c.html", "../tags/x/1.html"),
    "news/index.html": page("../index.html", "a.html", "c.html", "d.html"),
    "pictures/b.png": b"a second picture",
    "print.css": b"new",
    "style.css": b"new",
    "tags/index.html": page("x/1.html"),
    "tags/x/1.html": page("../../news/d.html"),
    "teams/t1.html": page("../index.html"),
}
FOREIGN = {"CNAME": b"example.org", "news/notes.txt": b"mine", "old/deep/.keep": b""}

#: The same with a file that becomes a folder and a folder that becomes a file; links cannot all hold meanwhile.
BEFORE = OLD | {"map": b"a file", "plans/b": b"in a folder"}
AFTER = NEW | {"map/2022.html": page("../index.html"), "plans": b"a file"}


def tree(out: Path) -> dict[str, bytes | None]:
    """Every file with its bytes, and every empty folder."""
    paths = {path.relative_to(out).as_posix(): path for path in out.rglob("*")}
    return {
        name: path.read_bytes() if path.is_file() else None
        for name, path in paths.items()
        if path.is_file() or not any(path.iterdir())
    }


def clean(site: dict[str, bytes]) -> dict[str, bytes | None]:
    """What is in the folder after a publication that nothing disturbed."""
    listing = "".join(f"{checksum(data)}  {url}\n" for url, data in sorted(site.items()))
    return {**site, **FOREIGN, LIST: listing.encode()}


def base(out: Path, site: dict[str, bytes]) -> Path:
    """A published site beside foreign files."""
    assert isinstance(publication.publish(out, site, {}), Counts)
    for name, data in FOREIGN.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(data)
    return out


def next_build(out: Path, before: dict[str, bytes], after: dict[str, bytes]) -> Counts | Diagnostic:
    """Publish as the engine does after a run that left no traces: what is unchanged is kept if its bytes are right."""
    kept = {
        url: checksum(data)
        for url, data in after.items()
        if before.get(url) == data and publication.present(out, url) == checksum(data)
    }
    return publication.publish(out, {url: data for url, data in after.items() if url not in kept}, kept)


@pytest.fixture
def room() -> Iterator[Path]:
    """A folder for thousands of small files: in memory where there is such a place."""
    memory = Path("/dev/shm")  # noqa: S108  # the folder in it has a name of its own
    with TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder)


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """No power is cut here, so nothing needs to be forced to the disk."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


def broken(site: dict[str, bytes | None], entries: set[str]) -> set[str]:
    """Links that lead nowhere, on pages that can be reached from these."""
    found, pending, seen = set(), sorted(entries), set(entries)
    while pending:
        here = pending.pop()
        data = site.get(here)
        if data is None:
            found.add(here)
        elif here.endswith(".html"):
            targets = {normpath(join(dirname(here), link)) for link in re.findall('href="(.*?)"', data.decode())}
            pending += sorted(targets - seen)
            seen |= targets
    return found


def complaints(out: Path, old: dict[str, bytes], new: dict[str, bytes], *, links: bool) -> Iterator[str]:
    """What is wrong with a folder in which the way from one site to another was cut off."""
    now = tree(out)
    if links:
        for target in sorted(broken(now, old.keys() & new.keys())):
            yield f"{target} is linked and not there"
        yield from (
            f"{url} is not whole" for url in old.keys() & new.keys() if now.get(url) not in {old[url], new[url]}
        )
    yield from (f"{name} is lost" for name, data in FOREIGN.items() if now.get(name) != data)
    back = out.with_name(f"{out.name}-back")
    shutil.copytree(out, back)
    for folder, after in ((out, new), (back, old)):
        outcome = next_build(folder, old, after)
        if isinstance(outcome, Diagnostic):
            yield f"next build: {outcome}"
        for name in sorted({name for name, _ in tree(folder).items() ^ clean(after).items()}):
            yield f"next build: {name} differs"
        publication.remove(folder)
        yield from (f"{name} is left behind" for name in sorted(tree(folder).keys() - FOREIGN.keys()))
        shutil.rmtree(folder)


# The ways to be cut off


class Died(BaseException):
    """Nothing runs after this."""


#: Given an operation and its number, from 1, it does it or not.
Trouble = Callable[[Callable[[], Any], int], Any]


@contextmanager
def trouble(meet: Trouble) -> Iterator[list[int]]:
    """Have each operation met by `meet`. Gives the numbers of those that came up."""
    numbers = count(1)
    met: list[int] = []

    def wrap(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            if name == "open" and not args[1] & os.O_CREAT:
                return real(*args, **named)
            if name == "write":
                args = args[0], args[1][:600]  # a long one takes several, and may be cut off between them
            met.append(next(numbers))
            return meet(lambda: real(*args, **named), met[-1])

        return call

    with patch.multiple(os, **{name: wrap(name, getattr(os, name)) for name in OPERATIONS}):
        yield met


def dies(last: int) -> Trouble:
    """The process ends after this operation: no later one is done, not even to tidy up."""

    def meet(operation: Callable[[], Any], number: int) -> Any:
        if number > last:
            raise Died
        return operation()

    return meet


def fails(first: int, last: int) -> Trouble:
    """These operations fail."""

    def meet(operation: Callable[[], Any], number: int) -> Any:
        if first <= number <= last:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return operation()

    return meet


def fails_once(number: int) -> Trouble:
    return fails(number, number)


def fails_for_good(number: int) -> Trouble:
    return fails(number, sys.maxsize)


def is_killed(last: int) -> Trouble:
    """The process is killed after this operation, also if the operation fails."""

    def meet(operation: Callable[[], Any], number: int) -> Any:
        try:
            return operation()
        finally:
            if number == last:
                os.kill(os.getpid(), signal.SIGKILL)

    return meet


def stops(last: int, folder: Path) -> Trouble:
    """The process says that it has come to this operation, and goes on when it is told to."""

    def meet(operation: Callable[[], Any], number: int) -> Any:
        try:
            return operation()
        finally:
            if number == last:
                (folder / "stopped").touch()
                while not (folder / "go").exists():
                    time.sleep(0.01)

    return meet


def cut_off(room: Path, old: dict[str, bytes], new: dict[str, bytes], way: Callable[[int], Trouble]) -> list[str]:
    """Complaints about every point at which the way from `old` to `new` may be cut off."""
    start, found = base(room / "start", old), []
    for number in count(1):
        out = room / f"{number}"
        shutil.copytree(start, out)
        outcome: Counts | Diagnostic | None = None
        try:
            with trouble(way(number)) as met:
                outcome = next_build(out, old, new)
        except Died:
            pass
        if isinstance(outcome, Diagnostic) and way is fails_once:
            found += [f"{number}: left {name}" for name in tree(out) if Path(name).name.startswith(f"{LIST}.")]
        found += [f"{number}: {words}" for words in complaints(out, old, new, links=old is OLD)]
        if number > len(met):
            assert number > 30
            return found
    raise AssertionError


def cut_off_at(out: Path, last: int) -> None:
    base(out, OLD)
    with trouble(dies(last)), pytest.raises(Died):
        next_build(out, OLD, NEW)


# The tests


@pytest.mark.parametrize("way", [dies, fails_once, fails_for_good])
@pytest.mark.parametrize(("old", "new"), [(OLD, NEW), (BEFORE, AFTER)], ids=["usual", "files-become-folders"])
def test_a_publication_may_be_cut_off_anywhere(
    room: Path, old: dict[str, bytes], new: dict[str, bytes], way: Callable[[int], Trouble]
) -> None:
    assert cut_off(room, old, new, way) == []


@pytest.mark.parametrize(("old", "new"), [({}, NEW), (OLD, {"index.html": page()})], ids=["first", "last"])
def test_the_first_publication_and_a_great_removal_may_be_cut_off_anywhere(
    room: Path, old: dict[str, bytes], new: dict[str, bytes]
) -> None:
    assert cut_off(room, old, new, dies) == []


@pytest.mark.parametrize("last", [10, 25, 40, 55])
def test_mending_may_itself_be_cut_off_anywhere(room: Path, last: int) -> None:
    start = room / "start"
    cut_off_at(start, last)
    assert (start / manifest.JOURNAL).exists()
    for number in count(1):
        out = room / f"{number}"
        shutil.copytree(start, out)
        try:
            with trouble(dies(number)) as met:
                manifest.recover(str(out))
        except Died:
            pass
        assert list(complaints(out, OLD, NEW, links=True)) == [], number
        if number > len(met):
            assert number > 4
            return


def test_who_meant_to_keep_what_a_killed_process_changed_is_told_so(room: Path) -> None:
    removed, replaced = OLD.keys() - NEW.keys(), {url for url in OLD.keys() & NEW.keys() if OLD[url] != NEW[url]}
    for urls in (removed, replaced):
        outcomes = set()
        for last in range(1, 58):
            out = room / f"{len(urls)}-{last}"
            cut_off_at(out, last)
            kept = {url: checksum(OLD[url]) for url in urls}
            outcome = publication.publish(out, {url: data for url, data in OLD.items() if url not in kept}, kept)
            if isinstance(outcome, Counts):
                assert tree(out) == clean(OLD), last
            else:
                assert outcome.rule == "PUB-06"
            outcomes.add(type(outcome))
        assert outcomes == {Counts, Diagnostic}


def test_a_site_can_be_cleaned_after_a_crash(room: Path) -> None:
    for last in range(1, 58):
        out = room / f"{last}"
        cut_off_at(out, last)
        assert isinstance(publication.remove(out), int)
        assert tree(out) == FOREIGN, last


def test_a_page_that_is_edited_by_hand_after_a_crash_stays_ours(room: Path) -> None:
    cut_off_at(room, 8)
    (room / "news" / "a.html").write_bytes(b"edited")
    manifest.recover(str(room))
    assert manifest.parse((room / LIST).read_bytes())["news/a.html"] == checksum(b"edited")
    assert isinstance(next_build(room, OLD, NEW), Counts)
    assert tree(room) == clean(NEW)


@pytest.mark.parametrize("last", [8, 25, 40])
def test_what_somebody_puts_there_after_the_crash_is_not_ours(room: Path, last: int) -> None:
    cut_off_at(room, last)
    (room / "tags").mkdir(exist_ok=True)
    (room / "tags" / "index.html").write_bytes(b"mine")
    found = next_build(room, OLD, NEW)
    assert isinstance(found, Diagnostic)
    assert found.args["names"] == "tags/index.html"
    assert (room / "tags" / "index.html").read_bytes() == b"mine"
    assert publication.remove(room)
    assert tree(room) == {**FOREIGN, "tags/index.html": b"mine"}


@pytest.mark.parametrize("data", [b"", bytes(4096)], ids=["empty", "zeros"])
def test_a_page_that_a_power_cut_left_empty_is_written_again(room: Path, data: bytes) -> None:
    cut_off_at(room, 40)
    (room / "tags" / "index.html").write_bytes(data)
    assert isinstance(next_build(room, OLD, NEW), Counts)
    assert tree(room) == clean(NEW)


@pytest.mark.parametrize("data", [b"", b"# A publ", b"# A publication is not what this is about"])
def test_a_journal_that_was_torn_is_swept_away_and_nothing_else(room: Path, data: bytes) -> None:
    base(room, OLD)
    (room / manifest.FRESH).write_bytes(data)
    outcome = next_build(room, OLD, NEW)
    foreign = data.endswith(b"about")
    assert isinstance(outcome, Diagnostic) == foreign
    assert (room / manifest.FRESH).exists() == foreign


def deletions_first(change: Change) -> Change:
    return replace(change, first=[*change.first, *change.gone], gone=[])


def replacements_first(change: Change) -> Change:
    return replace(change, new=[*change.changed, *change.new], changed=[])


@pytest.mark.parametrize("disorder", [deletions_first, replacements_first])
def test_another_order_would_be_noticed(
    room: Path, monkeypatch: pytest.MonkeyPatch, disorder: Callable[[Change], Change]
) -> None:
    def compare(*args: Any) -> Change | Diagnostic:
        change = changes.compare(*args)
        return disorder(change) if isinstance(change, Change) else change

    monkeypatch.setattr(publication, "compare", compare)
    assert "is linked and not there" in str(cut_off(room, OLD, NEW, dies))


def test_a_journal_that_is_not_read_would_be_noticed(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "recover", lambda *_: None)
    found = str(cut_off(room, OLD, NEW, dies))
    assert "is left behind" in found
    assert "PUB-01" in found


def program(*args: object) -> list[str]:
    return [sys.executable, str(HERE), *map(str, args)]


ENVIRONMENT = os.environ | {"PYTHONPATH": str(HERE.parent.parent)}
needs_posix = pytest.mark.skipif(os.name == "nt", reason="processes are forked and killed")


@needs_posix
@pytest.mark.parametrize(("old", "new"), [("OLD", "NEW"), ("BEFORE", "AFTER")])
def test_a_process_may_be_killed_anywhere(room: Path, old: str, new: str) -> None:
    done = subprocess.run(
        program("kill", room, old, new), env=ENVIRONMENT, check=True, capture_output=True, text=True, timeout=60
    )
    total = int(done.stdout)
    assert total > 40
    for number in range(1, total + 1):
        found = list(complaints(room / f"{number}", globals()[old], globals()[new], links=old == "OLD"))
        assert found == [], number


@contextmanager
def stopped(room: Path, number: int) -> Iterator[subprocess.Popen[bytes]]:
    """A process that publishes NEW over OLD in `room/site`, and has come to this operation."""
    base(room / "site", OLD)
    with subprocess.Popen(program("stop", room, number), env=ENVIRONMENT) as process:
        while not (room / "stopped").exists():
            assert process.poll() is None
            time.sleep(0.01)
        yield process
        (room / "go").touch()


@needs_posix
def test_of_two_builds_the_second_waits_or_says_for_whom(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = room / "site"
    with stopped(room, 30) as first, ThreadPoolExecutor() as pool:
        before = tree(out)
        with monkeypatch.context() as at_once:
            at_once.setattr(publication, "PATIENCE", 0)
            found = publication.publish(out, OLD, {})
        assert isinstance(found, Diagnostic)
        assert found.args["holder"].startswith(f"PID {first.pid} @ ")
        second = pool.submit(publication.publish, out, OLD, {})
        time.sleep(0.2)
        assert tree(out) == before
        (room / "go").touch()
        assert first.wait() == 0
        assert isinstance(second.result(), Counts)
    assert tree(out) == clean(OLD)


@needs_posix
@pytest.mark.parametrize("number", [3, 20, 35, 45])
def test_a_build_that_waits_for_one_that_is_killed_ends_well(room: Path, number: int) -> None:
    out = room / "site"
    with stopped(room, number) as first, ThreadPoolExecutor() as pool:
        second = pool.submit(next_build, out, OLD, NEW | {"late.html": page("index.html")})
        time.sleep(0.1)
        assert not second.done()
        first.kill()
        assert first.wait() == -signal.SIGKILL
        outcome = second.result()
    if isinstance(outcome, Diagnostic):  # it had meant to keep a file that the other one changed
        assert outcome.rule == "PUB-06"
        outcome = next_build(out, OLD, NEW | {"late.html": page("index.html")})
    assert isinstance(outcome, Counts)
    assert tree(out) == clean(NEW | {"late.html": page("index.html")})


def test_two_whole_builds_at_once_end_like_one(room: Path) -> None:
    command = [sys.executable, "-m", "honorroll", "build", "--today", "2022-11-01", "--lang", "en"]
    for name in ("twice", "once"):
        shutil.copytree(HERE.parent / "sites" / "minimal", room / name)
    builds = [subprocess.Popen(command, cwd=room / "twice", env=ENVIRONMENT) for _ in range(2)]
    assert [build.wait() for build in builds] == [0, 0]
    subprocess.run(command, cwd=room / "once", env=ENVIRONMENT, check=True)
    assert tree(room / "twice" / "site") == tree(room / "once" / "site")


# The program


def kill(folder: Path, old: str, new: str) -> None:
    """Have a process killed after each operation; the number of operations."""
    base(folder / "start", globals()[old])
    for number in count(1):
        out = folder / f"{number}"
        shutil.copytree(folder / "start", out)
        child = os.fork()
        if child == 0:
            with trouble(is_killed(number)):
                next_build(out, globals()[old], globals()[new])
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status) == 0:
            sys.stdout.write(str(number - 1))
            return
        assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL


def main(verb: str, folder: Path, *args: str) -> None:
    if verb == "kill":
        kill(folder, *args)
    else:
        with trouble(stops(int(args[0]), folder)):
            assert isinstance(next_build(folder / "site", OLD, NEW), Counts)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
