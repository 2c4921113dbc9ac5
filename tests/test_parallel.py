"""One function on many items in several processes: the same as in one, whatever happens to these."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Project

from honorroll import parallel
from honorroll.filesystem import MovedError
from honorroll.incremental import Database

ITEMS = range(1000)
HERE = os.getpid()


def test_results_come_in_the_order_of_the_items() -> None:
    found = list(parallel.each(lambda item: (item * item, os.getpid()), ITEMS, 1000, 2))
    assert [square for square, _ in found] == [item * item for item in ITEMS]
    assert HERE not in {process for _, process in found}
    assert len({process for _, process in found}) == 2


@pytest.mark.parametrize(("number", "jobs"), [(1000, 1), (parallel.MANY - 1, 2)])
def test_few_items_or_one_process_stay_here(number: int, jobs: int) -> None:
    assert {*parallel.each(lambda _: os.getpid(), range(number), number, jobs)} == {HERE}


def test_items_are_taken_only_a_little_ahead() -> None:
    taken = []

    def items() -> Iterator[int]:
        for item in ITEMS:
            taken.append(item)
            yield item

    results = parallel.each(lambda item: item, items(), 1000, 2)
    assert [next(results) for _ in range(20)] == [*range(20)]
    assert len(taken) < 200
    assert [*results] == [*range(20, 1000)]


def test_an_exception_arrives_here() -> None:
    def moves(item: int) -> int:
        if item == 500:
            raise MovedError("p20")
        return item

    with pytest.raises(MovedError, match="p20"):
        list(parallel.each(moves, ITEMS, 1000, 2))


@pytest.mark.parametrize("at", [0, 1, 500, 999])
def test_what_a_killed_process_had_is_done_here(at: int) -> None:
    def dies(item: int) -> int:
        if item == at and os.getpid() != HERE:
            os.kill(os.getpid(), signal.SIGKILL)
        return item

    assert list(parallel.each(dies, ITEMS, 1000, 2)) == [*ITEMS]


PROGRAM = """
import sys, time
from honorroll import parallel
def slow(item):
    print(item, flush=True)
    time.sleep(0.05)
list(parallel.each(slow, range(1000), 1000, 2))
"""


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_processes_end_with_the_one_that_began_them(sign: signal.Signals) -> None:
    root = Path(__file__).parents[1]
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as one:
        assert one.stdout
        one.stdout.readline()
        workers = Path(f"/proc/{one.pid}/task/{one.pid}/children").read_text().split()
        assert len(workers) == 2
        one.send_signal(sign)
        said = one.communicate(timeout=10)[1].decode()  # which ends when none of them holds it any more
    assert said.count("Traceback") <= (sign == signal.SIGINT)  # that of Python itself; the program catches it


def test_another_process_reads_nothing_of_the_cache_and_leaves_it_whole(tmp_path: Path) -> None:
    """What SQLite holds open is of the process that opened it alone."""
    database = Database(tmp_path / "cache.db")
    database.store("key", "total", "text")
    assert {*parallel.each(lambda _: database.load("key", "total"), range(1000), 1000, 2)} == {None}
    assert database.load("key", "total") == "text"
    database.table("numbers", int).put("one", 1)
    database.save()
    assert Database(tmp_path / "cache.db").load("key", "total") == "text"


FAULTY = """{% extends "base.html" %}{% block main %}
{% if page.url.endswith("1.html") %}{{ 1 // 0 }}{% endif %}
{% if page.url.endswith(("2.html", "3.html", "4.html")) %}{{ "x" * 99999999 }}{% endif %}{% endblock %}"""


def test_findings_are_the_same_in_any_number_of_processes(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "MANY", 1)
    for at in range(10, 50):
        project.write(f"content/news/p{at}.md", f"---\ntitle: 第{at}期\ndate: 2022-09-10\n---\n演练。\n")
    project.write("templates/post.html", FAULTY)
    one, two = ([finding.diagnostic for finding in project.build(jobs=jobs).findings] for jobs in (1, 2))
    assert {"TPL-05", "TPL-08"} <= {found.rule for found in one}
    assert one == two
