"""Bad luck while publishing: a full folder for temporary files, a site that is removed meanwhile, a list of junk."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import Project
from test_publish_failures import mounted

from honorroll.engine import up_to_date
from honorroll.engine.options import Options
from honorroll.filesystem import atomic
from honorroll.publish import manifest
from honorroll.publish.manifest import LIST


@pytest.fixture
def temporary(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Python chooses its folder for temporary files anew."""
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield
    tempfile.tempdir = None


def rules(project: Project, **options: Any) -> list[tuple[str, str]]:
    return [(f.diagnostic.rule, f.span.path) for f in project.build(**options).findings]


@pytest.mark.usefixtures("temporary")
def test_a_full_folder_for_temporary_files_is_a_finding(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = tmp_path / "small"
    small.mkdir()
    if not mounted(small, "-t", "tmpfs", "-o", "size=64k", "tmpfs"):
        pytest.skip("only root can mount a small disk, on some systems")
    try:
        monkeypatch.setenv("TMPDIR", str(small))
        monkeypatch.setattr(tempfile, "tempdir", None)
        assert rules(project) == [("PUB-10", str(small))]
        assert not project.site.exists()
        assert rules(project, dry=True) == [("PUB-10", str(small))]
    finally:
        subprocess.run(["umount", "-l", str(small)], check=True)
    monkeypatch.setattr(tempfile, "tempdir", None)
    assert project.build().counts


@pytest.mark.usefixtures("temporary")
def test_where_no_folder_for_temporary_files_can_be_used_it_is_a_finding(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", lambda: ["/nowhere/at/all"])
    assert rules(project) == [("PUB-10", "TMPDIR")]
    assert not project.site.exists()


def part(out: Path) -> None:
    """Remove what a second program would have removed just now."""
    for path in sorted(out.iterdir()):
        shutil.rmtree(path) if path.is_dir() else path.unlink()


@pytest.mark.parametrize("remove", [shutil.rmtree, part], ids=["folder", "what is in it"])
@pytest.mark.parametrize(
    ("name", "after"),
    [("read", 1), ("make_folders", 0), ("write", 0), ("write", 20), ("move", 0), ("move", 20), ("move", 90)],
)
@pytest.mark.parametrize("built", [False, True], ids=["first", "later"])
def test_a_site_that_is_removed_meanwhile_is_built_by_the_next_build(
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    remove: Callable[[Path], None],
    name: str,
    after: int,
    built: bool,  # a parameter of the test
) -> None:
    if built:
        assert project.build().counts
        project.replace("data/campaign.yaml", "name: ", "name: 新")
    real, calls = getattr(atomic, name), iter(range(100_000))

    def call(*args: Any, **options: Any) -> Any:
        if next(calls) == after and project.site.exists():
            remove(project.site)
        return real(*args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(atomic, name, call)
        result = project.build()
    assert result.counts or [f.diagnostic.rule[:3] for f in result.findings] == ["PUB"]
    result = project.build()
    assert result.counts, result.findings
    clean = project.root.parent / "clean"
    assert project.build(out=clean).counts
    assert project.output() == project.output(clean)


def folder(list_file: Path) -> None:
    list_file.unlink()
    list_file.mkdir()


def link(list_file: Path) -> None:
    list_file.rename(list_file.with_name("elsewhere"))
    list_file.symlink_to("elsewhere")


def fifo(list_file: Path) -> None:
    list_file.unlink()
    os.mkfifo(list_file)


def bytes_of(data: bytes) -> Callable[[Path], None]:
    return lambda list_file: (list_file.write_bytes(data), None)[1]


HEAD = b"# A publication is under way, or was cut off and the next one will mend it. By PID 1 @ x\n"
DAY = date(2022, 11, 1)
ZEROS = b"0" * 64
JUNK: dict[str, Callable[[Path], None]] = {
    "nothing": bytes_of(b""),
    "random": bytes_of(bytes(range(256)) * 300),
    "zero bytes": bytes_of(b"\0" * 5000),
    "a zero byte in an address": bytes_of(ZEROS + b"  a\0b\n"),
    "a zero byte in a folder": bytes_of(ZEROS + b"  a\0b/c\n"),
    "no UTF-8": bytes_of(ZEROS + b"  \xff\xfe.html\n"),
    "a long name": bytes_of(ZEROS + b"  " + b"x" * 5000 + b"\n"),
    "a long path": bytes_of(ZEROS + b"  " + b"x/" * 5000 + b"y\n"),
    "many folders": bytes_of(b"".join(ZEROS + b"  %d/x\n" % at for at in range(5000))),
    "no addresses": bytes_of(b"".join(ZEROS + b"  \n" for _ in range(50))),
    "one line": bytes_of(b"x" * 5_000_000),
    "folder": folder,
    "link": link,
    "pipe": fifo,
}


@pytest.mark.parametrize("name", JUNK)
def test_a_list_of_junk_is_no_bug_and_the_way_out_is_told(project: Project, name: str) -> None:
    assert project.build().counts
    JUNK[name](project.site / LIST)
    project.replace("data/campaign.yaml", "name: ", "name: 新")
    result = up_to_date.build(Options(root=project.root, out=project.site, today=DAY))
    assert [f.diagnostic.rule for f in result.findings] in ([], ["PUB-01"], ["PUB-09"])
    shutil.rmtree(project.site)
    assert project.build().counts


#: Addresses that lead out of the folder, or are none.
OUTSIDE = [
    "../victim.txt",
    "../../project/victim.txt",
    "n/../../victim.txt",
    "./../victim.txt",
    "..",
    ".",
    "",
    "/etc/victim.txt",
    "n//victim.txt",
    "n/./victim.txt",
    "..\\victim.txt",
    "C:\\victim.txt",
    "n/..",
    "n/",
]


@pytest.mark.parametrize("address", OUTSIDE)
@pytest.mark.parametrize("name", [LIST, manifest.JOURNAL])
def test_a_list_from_elsewhere_removes_nothing_outside(project: Project, address: str, name: str) -> None:
    victim = project.write("victim.txt", "somebody's own")
    assert project.build().counts
    line = f"{'0' * 64}  {address}\n".encode()
    file = project.site / name
    file.write_bytes((file.read_bytes() if file.exists() else HEAD) + line)
    project.build()
    assert victim.read_text() == "somebody's own"
    assert address not in manifest.parse(line)


@pytest.mark.parametrize(
    "address", ["a", "a.b", "..a", "a..", "...", "n/..a/b", "n/a..b", "名/单.html", ".well-known/x", "a b"]
)
def test_odd_addresses_stay_on_the_list(address: str) -> None:
    line = f"{'0' * 64}  {address}\n".encode()
    assert manifest.parse(line + line) == {address: "0" * 64}
