import os
import subprocess
from pathlib import Path

import pytest

from honorroll import publish
from honorroll.diagnostics import Diagnostic
from honorroll.publish import LIST, Counts

A, B = {"a.html": b"1"}, {"a.html": b"1", "n/b.html": b"2"}


def files(out: Path) -> set[str]:
    return {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()} - {LIST}


def test_files_are_written_kept_and_removed(tmp_path: Path) -> None:
    out = tmp_path / "site"
    assert publish.publish(out, B, set()) == Counts(2, 0, 0)
    assert publish.publish(out, B, set()) == Counts(0, 2, 0)
    assert publish.publish(out, {"a.html": b"3"}, set()) == Counts(1, 0, 1)
    assert files(out) == {"a.html"}
    assert not (out / "n").exists()


def test_a_kept_file_stays_ours(tmp_path: Path) -> None:
    out = tmp_path / "site"
    publish.publish(out, B, set())
    assert publish.publish(out, A, {"n/b.html"}) == Counts(0, 2, 0)
    assert publish.publish(out, A, set()) == Counts(0, 1, 1)


def test_foreign_files_are_never_removed(tmp_path: Path) -> None:
    out = tmp_path / "site"
    publish.publish(out, B, set())
    (out / "n" / "mine.txt").write_text("mine")
    publish.publish(out, A, set())
    assert (out / "n" / "mine.txt").read_text() == "mine"


def test_a_foreign_file_is_never_overwritten(tmp_path: Path) -> None:
    out = tmp_path / "site"
    publish.publish(out, A, set())
    (out / "n").mkdir()
    (out / "n" / "b.html").write_text("mine")
    outcome = publish.publish(out, B, set())
    assert isinstance(outcome, Diagnostic)
    assert outcome.rule == "PUB-01"
    assert (out / "n" / "b.html").read_text() == "mine"


def test_a_folder_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("years of work")
    outcome = publish.publish(tmp_path, A, set())
    assert isinstance(outcome, Diagnostic)
    assert outcome.args["names"] == "thesis.doc"
    assert files(tmp_path) == {"thesis.doc"}


def test_a_lost_list_costs_nothing_while_the_files_are_as_written(tmp_path: Path) -> None:
    publish.publish(tmp_path, B, set())
    (tmp_path / LIST).unlink()
    assert publish.publish(tmp_path, B, set()) == Counts(0, 2, 0)
    assert publish.publish(tmp_path, A, set()) == Counts(0, 1, 1)


@pytest.mark.parametrize("line", ["../victim.txt", "/etc/victim.txt", "n/../../victim.txt", "C:/victim.txt"])
def test_a_forged_list_cannot_delete_outside(tmp_path: Path, line: str) -> None:
    out = tmp_path / "site"
    publish.publish(out, A, set())
    victim = tmp_path / "victim.txt"
    victim.write_text("x")
    with (out / LIST).open("a") as list_file:
        list_file.write(f"{'0' * 64}  {line}\n")
    publish.publish(out, A, set())
    publish.remove(out)
    assert victim.exists()


def test_a_link_in_the_output_is_not_followed(tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    publish.publish(out, A, set())
    (out / "n").symlink_to(elsewhere)
    outcome = publish.publish(out, B, set())
    assert isinstance(outcome, Diagnostic)
    assert list(elsewhere.iterdir()) == []


def test_the_list_is_readable_by_the_usual_checksum_tool(tmp_path: Path) -> None:
    publish.publish(tmp_path, B, set())
    done = subprocess.run(["sha256sum", "-c", LIST], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


def test_a_failed_write_leaves_the_old_file_and_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish.publish(tmp_path, A, set())

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "a.html")

    monkeypatch.setattr(Path, "replace", full)
    outcome = publish.publish(tmp_path, {"a.html": b"2"}, set())
    assert isinstance(outcome, Diagnostic)
    assert outcome.rule == "PUB-02"
    assert "No space" in outcome.args["why"]
    assert (tmp_path / "a.html").read_bytes() == b"1"
    assert not list(tmp_path.glob(".*.new"))


def test_after_an_interrupted_publication_the_next_one_finishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish.publish(tmp_path, A, set())
    calls = iter(range(10))
    real = Path.replace

    def dies(self: Path, target: Path) -> Path:
        if next(calls) == 2:
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "replace", dies)
    with pytest.raises(KeyboardInterrupt):
        publish.publish(tmp_path, {"b.html": b"2", "c.html": b"3"}, set())
    assert (tmp_path / "a.html").exists()
    monkeypatch.undo()
    publish.publish(tmp_path, {"c.html": b"3"}, set())
    assert files(tmp_path) - {".c.html.new"} == {"c.html"}


def test_new_files_come_before_changed_ones_and_deletions_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish.publish(tmp_path, {"a.html": b"1", "z.html": b"1"}, set())
    order: list[str] = []
    move, unlink = Path.replace, Path.unlink
    monkeypatch.setattr(Path, "replace", lambda self, to: (order.append(to.name), move(self, to))[1])
    monkeypatch.setattr(Path, "unlink", lambda self, **_: (order.append("-" + self.name), unlink(self))[1])
    publish.publish(tmp_path, {"a.html": b"2", "y.html": b"1"}, set())
    assert order == [LIST, "y.html", "a.html", "-z.html", LIST]


@pytest.mark.parametrize("out", [".", "..", "data", "content/news", "honorroll"])
def test_the_output_folder_must_not_be_an_input(tmp_path: Path, out: str) -> None:
    found = publish.misplaced(tmp_path, tmp_path / out)
    assert found is not None
    assert found.rule == "PUB-03"


def test_a_folder_beside_or_below_the_project_is_fine(tmp_path: Path) -> None:
    assert publish.misplaced(tmp_path / "p", tmp_path / "p" / "site") is None
    assert publish.misplaced(tmp_path / "p", tmp_path / "public") is None


def test_removing_leaves_what_is_not_ours(tmp_path: Path) -> None:
    out = tmp_path / "site"
    publish.publish(out, B, set())
    (out / "mine.txt").write_text("mine")
    assert publish.remove(out) == 2
    assert files(out) == {"mine.txt"}
    (out / "mine.txt").unlink()
    assert publish.remove(out) == 0
    assert not out.exists()


def test_a_read_only_folder_is_one_clear_finding(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file where a folder should be")
    outcome = publish.publish(tmp_path / "site" / "x", A, set())
    assert isinstance(outcome, Diagnostic)
    assert outcome.rule == "PUB-02"
    assert os.fspath(tmp_path / "site") in outcome.place.path
