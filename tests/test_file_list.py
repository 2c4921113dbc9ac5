"""The list of files is patched where it is as the last publication left it, and only there."""

import random
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from honorroll.diagnostics import Diagnostic
from honorroll.filesystem.spool import Spool
from honorroll.publish import changes, manifest, publication
from honorroll.publish.manifest import LIST, checksum
from honorroll.publish.publication import Counts
from honorroll.publish.targets import PAGES, Folder
from honorroll.publish.traces import Common, Trace

SITE = {"a.html": b"1", "n/b.html": b"2", "z.html": b"3"}


class Site:
    """A project's folder of files, published as a build does it: new files, and the traces of the others."""

    def __init__(self, root: Path) -> None:
        (root / "data").mkdir()
        self.out = root / "site"
        self.store = Folder(self.out, root / ".cache")

    def traces(self) -> dict[str, Trace]:
        return {**self.store.before()[0]}

    def publish(self, files: Mapping[str, bytes], kept: Mapping[str, Trace]) -> Counts | Diagnostic:
        new = Spool()
        for url, data in files.items():
            new.put(url, data)
        made = {**kept, **{url: Trace("key", checksum(data)) for url, data in files.items()}}
        return self.store.publish(new, made, Common("", {}))

    @property
    def listed(self) -> bytes:
        return (self.out / LIST).read_bytes()


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    assert site.publish(SITE, {}) == Counts(3, 0, 0)
    return site


def text(files: Mapping[str, bytes]) -> bytes:
    return manifest.text({url: checksum(data) for url, data in files.items()})


def test_no_line_is_read_or_written_but_those_of_changed_files(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "parse", pytest.fail)
    monkeypatch.setattr(changes, "text", pytest.fail)
    for data, written in ((b"4", 1), (b"5", 1), (b"5", 0)):
        assert site.publish({"n/b.html": data}, site.traces()) == Counts(written, 3 - written, 0)
        assert site.listed == text(SITE | {"n/b.html": data})
    assert site.publish({}, site.traces()) == Counts(0, 3, 0)


def test_files_come_and_go(site: Site) -> None:
    kept = site.traces()
    del kept["a.html"]
    assert site.publish({"c.html": b"6"}, kept) == Counts(1, 2, 1)
    assert site.listed == text({"c.html": b"6", "n/b.html": b"2", "z.html": b"3"})
    assert site.publish({}, {url: trace for url, trace in site.traces().items() if url != "c.html"}) == Counts(0, 2, 1)
    assert site.listed == text({"n/b.html": b"2", "z.html": b"3"})


CHANGES: dict[str, Callable[[Site], object]] = {
    "a trace is lost": lambda site: site.store.database.table("traces", Trace).drop("z.html"),
    "a file is another": lambda site: (site.out / "z.html").write_bytes(b"7"),
    "the list is shorter": lambda site: (site.out / LIST).write_bytes(text({"a.html": b"1", "n/b.html": b"2"})),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_is_not_as_it_was_left_the_list_is_right(site: Site, change: str) -> None:
    kept = site.traces()
    CHANGES[change](site)
    kept["z.html"] = Trace("key", checksum((site.out / "z.html").read_bytes()))
    assert isinstance(site.publish({"a.html": b"8"}, kept), Counts)
    assert site.listed == text({url: (site.out / url).read_bytes() for url in SITE})


def test_a_file_goes_when_what_all_share_is_lost(site: Site) -> None:
    kept = site.traces()
    del kept["z.html"]
    site.store.database.table("common", Common).drop(PAGES)
    assert site.publish({}, kept) == Counts(0, 2, 1)


def test_what_another_build_published_meanwhile_is_not_passed_over(site: Site) -> None:
    kept = site.traces()
    publication.publish(site.out, SITE | {"n/b.html": b"9"}, {})
    found = site.publish({"a.html": b"8"}, kept)
    assert isinstance(found, Diagnostic)
    assert found.rule == "PUB-06"


def test_a_patched_list_is_the_list_of_those_files() -> None:
    r = random.Random(5)  # noqa: S311  # a seeded generator is wanted
    urls = [f"{folder}{name}" for folder in ("", "n/", "n /") for name in ("a", "b", "a  b", "b  a", " a", "班")]
    for _ in range(300):
        before = {url: checksum(url.encode()) for url in r.sample(urls, r.randint(1, 9))}
        new = {url: checksum(b"new") for url in r.sample(urls, r.randint(0, 3))}
        found = manifest.patched(manifest.text(before), new)
        if found is None:
            assert not new.keys() <= before.keys() or any("  " in url for url in before)
        else:
            assert found == manifest.text(before | new)
