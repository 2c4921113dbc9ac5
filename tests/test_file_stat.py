"""The states of a site's files, told by a process of its own, and what becomes of that process."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from conftest import Project

from honorroll.engine import up_to_date
from honorroll.engine.options import Options
from honorroll.incremental import file_stat
from honorroll.publish.publication import LIST
from honorroll.publish.targets import Folder
from honorroll.publish.traces import Trace


def test_states_are_those_of_the_files_themselves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("one", encoding="utf-8")
    (tmp_path / "link").symlink_to("file")
    names = ["file", "link", "gone"]
    found = file_stat.states(str(tmp_path), names)
    assert found == [*(file_stat.state(os.lstat(tmp_path / name)) for name in names[:2]), file_stat.GONE]
    assert file_stat.states(str(tmp_path / "gone"), names) == [file_stat.GONE] * 3
    monkeypatch.setattr(os, "supports_dir_fd", set())
    assert file_stat.states(str(tmp_path), names) == found


@pytest.fixture
def site(project: Project) -> str:
    assert project.build().counts
    return str(project.site)


def children() -> set[str]:
    return {*Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split()}


def test_another_process_tells_what_this_one_would_see(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    here = file_stat.listed(site)
    assert here["index.html"] == file_stat.state(os.lstat(f"{site}/index.html"))
    assert {url for url in here if not url.endswith(LIST)} >= {"index.html", "news/index.html"}
    monkeypatch.setattr(file_stat, "listed", lambda *_: {})
    with file_stat.beside(site) as seen:
        assert seen() == here


def test_where_no_process_can_be_begun_the_call_looks(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "posix_spawn")
    with file_stat.beside(site) as seen:
        assert seen() == file_stat.listed(site)


@pytest.mark.parametrize("program", ["", "import os; os.write(1, b'{damaged')", "raise SystemExit(1)"])
def test_where_the_process_fails_the_call_looks(
    site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    (tmp_path / "program.py").write_text(program, encoding="utf-8")
    monkeypatch.setattr(file_stat, "__file__", str(tmp_path / "program.py"))
    with file_stat.beside(site) as seen:
        assert seen() == file_stat.listed(site)


def test_what_is_asked_again_is_looked_up_again(site: str) -> None:
    with file_stat.beside(site) as seen:
        first = seen()
        Path(site, "index.html").write_text("harmed", encoding="utf-8")
        assert first["index.html"] != seen()["index.html"]


def test_a_process_that_nobody_asks_is_gone_afterwards(tmp_path: Path) -> None:
    names = [f"{number:0200}.html" for number in range(2000)]  # more than a pipe holds
    for name in names:
        (tmp_path / name).touch()
    (tmp_path / LIST).write_text("".join(f"{'0' * 64}  {name}\n" for name in names), encoding="utf-8")
    before = children()
    with file_stat.beside(str(tmp_path)):
        assert len(children() - before) == 1
    assert children() == before
    done = subprocess.run(
        [sys.executable, "-I", "-S", file_stat.__file__, str(tmp_path)], stdout=subprocess.PIPE, check=True
    )
    assert len(done.stdout) > 1 << 16


def test_without_a_list_nothing_is_ours(tmp_path: Path) -> None:
    (tmp_path / "index.html").touch()
    with file_stat.beside(str(tmp_path)) as seen:
        assert seen() == {}


def test_links_are_not_followed_and_files_that_are_gone_have_no_state(site: str) -> None:
    Path(site, "index.html").unlink()
    Path(site, "index.html").symlink_to(Path(site, "404.html"))
    Path(site, "plan.html").unlink()
    found = file_stat.listed(site)
    assert found["index.html"] == file_stat.state(os.lstat(f"{site}/index.html"))
    assert "plan.html" not in found


def test_a_store_takes_what_was_seen_for_it(project: Project) -> None:
    trace = Trace("content", "sum", 1234)
    for told, kept in (({"a.html": 1234}, {"a.html": trace}), ({"a.html": 1235}, {})):
        assert (
            Folder(project.site, project.root / ".cache", seen=lambda told=told: told).kept({"a.html": trace}) == kept
        )


def test_a_build_has_another_process_look(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    options = Options(project.root, project.site, date(2022, 11, 1), jobs=2)
    assert up_to_date.build(options).counts

    def called(*_: object) -> None:
        raise AssertionError("looked here")

    monkeypatch.setattr(file_stat, "listed", called)
    monkeypatch.setattr("honorroll.publish.targets.listed", called)
    project.replace("data/teams.yaml", "  name: ", "  name: 新")
    with file_stat.beside(str(project.site)) as seen:
        counts = up_to_date.build(options, seen).counts
    assert counts
    assert counts.unchanged > counts.written > 0
