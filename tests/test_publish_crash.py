"""Publishing is cut off after every single file-system operation, in four ways: by an error, by a
broken disk, by a simulated death and by a real `kill -9`. Each time the site that is visible must
be whole, nothing foreign may be lost, and the next publication must end like one into an empty
folder. That these checks can fail is shown by breaking what they rely on.

Run as a program, this file publishes in a process of its own and kills it, or stops half-way.
"""

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from posixpath import dirname, join, normpath
from threading import Thread
from typing import Any
from unittest.mock import patch

import pytest
from conftest import MINIMAL

from honorroll import changes, disk, journal, publish
from honorroll.diagnostics import Diagnostic
from honorroll.journal import LIST
from honorroll.publish import Counts, checksum

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
    assert isinstance(publish.publish(out, site, {}), Counts)
    for name, data in FOREIGN.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(data)
    return out


def next_build(out: Path, before: dict[str, bytes], after: dict[str, bytes]) -> Counts | Diagnostic:
    """Publish as the engine does after a run that left no traces: what is unchanged is kept if its bytes are right."""
    kept = {
        url: checksum(data)
        for url, data in after.items()
        if before.get(url) == data and publish.present(out, url) == checksum(data)
    }
    return publish.publish(out, {url: data for url, data in after.items() if url not in kept}, kept)


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
            targets = {target for target in targets if (dirname(here), target) != ("news", "news/index.html")}
            pending += sorted(targets - seen)
            seen |= targets
    return found


def complaints(out: Path, old: dict[str, bytes], new: dict[str, bytes], *, links: bool) -> Iterator[str]:
    """What is wrong with a folder in which the way from one site to another was cut off."""
    now = tree(out)
    if links:
        for target in sorted(broken(now, old.keys() & new.keys())):
            yield f"{target} is linked and not there"
        yield from (f"{url} is not whole" for url in old.keys() & new.keys() if now[url] not in {old[url], new[url]})
    yield from (f"{name} is lost" for name, data in FOREIGN.items() if now.get(name) != data)
    for before, after, name in ((old, new, "on"), (old, old, "back"), ({}, new, "afresh")):
        copy = out.with_name(f"{out.name}-{name}")
        shutil.copytree(out, copy)
        outcome = next_build(copy, before, after)
        if isinstance(outcome, Diagnostic):
            yield f"{name}: {outcome}"
        different = {key for key, data in (tree(copy).items() ^ clean(after).items())}
        if different:
            yield f"{name}: {sorted(different)} differ"
        publish.remove(copy)
        if tree(copy) != FOREIGN:
            yield f"{name}: {sorted(tree(copy))} are left"


# The ways to be cut off


class Died(BaseException):  # noqa: N818  # no error: the end of a process
    """Nothing runs after this."""


Trouble = Callable[[Callable[[], Any], int], Any]


@contextmanager
def trouble(meet: Trouble) -> Iterator[None]:
    """Have each operation met by `meet`, which is given the operation and its number, from 1."""
    numbers = count(1)

    def wrap(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            if name == "open" and not args[1] & os.O_CREAT:
                return real(*args, **named)
            return meet(lambda: real(*args, **named), next(numbers))

        return call

    with patch.multiple(os, **{name: wrap(name, getattr(os, name)) for name in OPERATIONS}):
        yield


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


def killed(last: int) -> Trouble:
    """The process is killed after this operation; a write is cut in half by it."""

    def meet(operation: Callable[[], Any], number: int) -> Any:
        done = operation()
        if number == last:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    return meet


def cut_off(tmp_path: Path, old: dict[str, bytes], new: dict[str, bytes], way: Callable[[int], Trouble]) -> list[str]:
    """Complaints about every point at which the way from `old` to `new` may be cut off."""
    start, found = base(tmp_path / "start", old), []
    for number in count(0):
        out = tmp_path / f"{number}"
        shutil.copytree(start, out)
        outcome: Counts | Diagnostic | None = None
        try:
            with trouble(way(number)):
                outcome = next_build(out, old, new)
        except Died:
            pass
        found += [f"{number}: {words}" for words in complaints(out, old, new, links=old is OLD)]
        if isinstance(outcome, Counts) and number:
            assert number > 30
            return found
        if isinstance(outcome, Diagnostic) and way is fails_once and tree(out) != clean(new):
            found += [f"{number}: left {name}" for name in tree(out) if name.startswith(f"{LIST}.")]
    raise AssertionError


@pytest.mark.parametrize("way", [dies, fails_once, fails_for_good])
@pytest.mark.parametrize(("old", "new"), [(OLD, NEW), (BEFORE, AFTER)], ids=["usual", "files-become-folders"])
def test_a_publication_may_be_cut_off_anywhere(
    tmp_path: Path, old: dict[str, bytes], new: dict[str, bytes], way: Callable[[int], Trouble]
) -> None:
    assert cut_off(tmp_path, old, new, way) == []
