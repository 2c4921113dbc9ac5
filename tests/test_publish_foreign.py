"""What is not ours is neither overwritten nor removed, whatever stands in the way."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from test_publish import A, B, failure, files, tree

from honorroll.diagnostics import Diagnostic
from honorroll.filesystem import atomic
from honorroll.publish import manifest, publication
from honorroll.publish.manifest import FRESH, JOURNAL
from honorroll.publish.publication import LIST, Counts, checksum


def test_foreign_files_are_never_removed(tmp_path: Path) -> None:
    publication.publish(tmp_path, B, {})
    (tmp_path / "n" / "mine.txt").write_text("mine")
    publication.publish(tmp_path, A, {})
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
    publication.publish(out, A, {})
    put(out / place)
    wanted = A | {"n/b.html" if place == "n" else place: b"2"}
    if place == "n" and put in {a_folder, a_full_folder}:
        assert isinstance(publication.publish(out, wanted, {}), Counts)
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
    publication.publish(out, B, {})
    (out / "n" / "b.html").unlink()
    if place == "n":
        (out / "n").rmdir()
    put(out / place)
    ours_by_name = place != "n" and put is a_file
    room = place == "n" and put in {a_folder, a_full_folder}
    if wanted == A or ours_by_name or room:
        assert isinstance(publication.publish(out, wanted, {}), Counts)
    else:
        assert failure(out, wanted).rule == "PUB-01"
    if put is a_link_out:
        assert (tmp_path / "elsewhere" / "b.html").read_bytes() == b"2"
    empty_or_ours = ours_by_name or put is a_folder
    assert os.path.lexists(out / place) or (wanted == A and empty_or_ours)


def test_a_changed_page_is_not_written_through_a_link(tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    publication.publish(out, B, {})
    shutil.copytree(out / "n", elsewhere)
    shutil.rmtree(out / "n")
    (out / "n").symlink_to(elsewhere)
    assert failure(out, A | {"n/b.html": b"3"}).args["names"] == "n"
    assert publication.publish(out, A, {}) == Counts(0, 1, 0)
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
    real = atomic.look
    monkeypatch.setattr(atomic, "look", lambda out, folder, *more: (seen.append(folder), real(out, folder, *more)))
    assert failure(tmp_path, A).args["names"] == "、".join(f"{number}/mine.txt" for number in range(5))
    assert "6" not in seen


@pytest.mark.parametrize("name", [JOURNAL, FRESH, f"n/{LIST}.0"])
@pytest.mark.parametrize("put", KINDS)
def test_nor_where_only_a_file_of_ours_changes(tmp_path: Path, name: str, put: Callable[[Path], None]) -> None:
    out = tmp_path / "site"
    publication.publish(out, {"n/a.html": b"1"}, {})
    put(out / name)
    assert failure(out, {"n/a.html": b"2"}).args["names"] == name
    assert (out / "n" / "a.html").read_bytes() == b"1"


@pytest.mark.parametrize("name", [LIST, JOURNAL, FRESH])
@pytest.mark.parametrize("put", KINDS)
def test_names_that_we_need_are_not_taken_by_force(tmp_path: Path, name: str, put: Callable[[Path], None]) -> None:
    out = tmp_path / "site"
    publication.publish(out, A, {})
    (out / name).unlink(missing_ok=True)
    put(out / name)
    if name == LIST and put is a_file:
        assert isinstance(publication.publish(out, B, {}), Counts)  # a damaged list
        return
    assert failure(out, B).rule == "PUB-01"
    assert os.path.lexists(out / name)


def test_a_foreign_file_with_the_name_of_a_temporary_is_left_alone(tmp_path: Path) -> None:
    publication.publish(tmp_path, A, {})
    (tmp_path / f"{LIST}.0").write_text("mine")
    assert failure(tmp_path, B | {"c.html": b"3"}).args["names"] == f"{LIST}.0"


def test_a_lost_list_costs_nothing_while_the_files_are_as_written(tmp_path: Path) -> None:
    publication.publish(tmp_path, B, {})
    before = (tmp_path / LIST).read_bytes()
    (tmp_path / LIST).unlink()
    assert publication.publish(tmp_path, A, {"n/b.html": checksum(b"2")}) == Counts(0, 2, 0)
    assert (tmp_path / LIST).read_bytes() == before
    assert publication.publish(tmp_path, A, {}) == Counts(0, 1, 1)


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
    publication.publish(tmp_path, B, {})
    before = (tmp_path / LIST).read_bytes()
    (tmp_path / LIST).write_bytes(b"\n".join(harm(before.split(b"\n"))))
    assert publication.publish(tmp_path, A, {"n/b.html": checksum(b"2")}) == Counts(0, 2, 0)
    assert (tmp_path / LIST).read_bytes() == before


@pytest.mark.parametrize("line", ["../victim.txt", "/etc/victim.txt", "n/../../victim.txt", "C:/victim.txt"])
@pytest.mark.parametrize("name", [LIST, JOURNAL])
def test_a_forged_list_cannot_delete_outside(tmp_path: Path, line: str, name: str) -> None:
    out = tmp_path / "site"
    publication.publish(out, A, {})
    victim = tmp_path / "victim.txt"
    victim.write_text("x")
    manifest.begin(str(out), {})
    with (out / name).open("a") as file:
        file.write(f"{checksum(b'x')}  {line}\n")
    publication.publish(out, A, {})
    publication.remove(out)
    assert victim.exists()


@pytest.mark.parametrize("name", [LIST, JOURNAL])
def test_a_forged_list_cannot_empty_folders_outside(tmp_path: Path, name: str) -> None:
    out, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    publication.publish(out, A, {})
    (elsewhere / "empty").mkdir(parents=True)
    (out / "link").symlink_to(elsewhere)
    manifest.begin(str(out), {})
    with (out / name).open("a") as file:
        file.write(f"{checksum(b'x')}  link/empty/x\n{checksum(b'x')}  ../elsewhere/empty/x\n")
    publication.publish(out, A, {})
    publication.remove(out)
    assert (elsewhere / "empty").is_dir()


def test_the_folder_may_be_a_link_but_not_one_to_nothing(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to("real")
    assert publication.publish(tmp_path / "site", B, {}) == Counts(2, 0, 0)
    assert files(tmp_path / "real") == set(B)
    (tmp_path / "drive").symlink_to("unplugged/site")
    found = publication.publish(tmp_path / "drive", B, {})
    assert isinstance(found, Diagnostic)
    assert found.args["why"] == "Not a directory"
    assert not (tmp_path / "unplugged").exists()
