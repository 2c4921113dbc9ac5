"""One function on many items, in several processes, or by a cluster.

Where the system can fork safely, a worker begins as a copy of this process, so that a function may refer to all that is in
memory here; elsewhere function and items are pickled. What comes back is the same in any number of processes: results come
in the order of the items, and what a lost worker had is done here.
"""

import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from threading import Thread
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

Item = TypeVar("Item")
Result = TypeVar("Result")


class Workers(Protocol):
    """What does the work in the place of processes of this machine (`cluster.py`)."""

    def each(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """The results of a function for items, in their order; all of them are picklable."""


class WorkersError(Exception):
    """Other workers cannot do it.

    Attributes:
        rule: PUB-12 where they cannot be reached or were lost, PUB-13 where one is not like this process.
        why: what is wrong, in Chinese and in English.
        address: where they are, as it is given to `--executor`.
    """

    address = ""

    def __init__(self, rule: str, *why: str) -> None:
        self.rule, self.why = rule, (why[0], why[-1])


#: Whether a worker has all that was in memory when it began. On macOS its libraries forbid that.
FORKS = sys.platform == "linux"

#: Below so many items processes cost more than they save.
MANY = 200

#: How many items go to a worker at once, and how many times as many wait for each: it is never idle, and few results are in memory.
_SIZE, _WAITING = 20, 3


def pays(number: int, jobs: int, *, picklable: bool = False, cluster: Workers | None = None) -> bool:
    """Whether so many items go to other processes; without fork, or to a cluster, only where function and items are `picklable`."""
    return number >= MANY and (picklable if cluster else jobs > 1 and (FORKS or picklable))


def each(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    number: int,
    jobs: int,
    *,
    picklable: bool = False,
    cluster: Workers | None = None,
) -> Iterator[Result]:
    """The results of a function for items, in their order.

    Args:
        function: without side effects that this process needs.
        items: consumed a few batches ahead of the results.
        number: how many items there are.
        jobs: the number of processes; with one, everything happens here.
        picklable: whether function, items and results are.
        cluster: does the work instead of this machine. No process is forked then: its client has threads.
    """
    if not pays(number, jobs, picklable=picklable, cluster=cluster):
        yield from map(function, items)
        return
    if cluster:
        yield from cluster.each(function, items)
        return
    from concurrent.futures import ProcessPoolExecutor  # takes long to import, as does the next
    from multiprocessing import get_context

    rest = iter(items)
    waiting = deque[tuple[list[Item], "Future[list[Result]]"]]()
    pool = ProcessPoolExecutor(jobs, get_context("fork" if FORKS else "spawn"), _begin, (function,))
    try:
        while (batch := list(islice(rest, _SIZE))) or waiting:
            if batch:
                waiting.append((batch, _submitted(pool, batch)))
            if not batch or len(waiting) > _WAITING * jobs:
                yield from _results(function, *waiting.popleft())
    finally:
        pool.shutdown(cancel_futures=True)


def _submitted(pool: Any, batch: list[Any]) -> "Future[Any]":
    from concurrent.futures import Future
    from concurrent.futures.process import BrokenProcessPool

    try:
        found: Future[Any] = pool.submit(_work, batch)
    except BrokenProcessPool as error:
        found = Future()
        found.set_exception(error)
    return found


def _results(function: Callable[[Item], Result], batch: list[Item], future: "Future[list[Result]]") -> Iterable[Result]:
    from concurrent.futures.process import BrokenProcessPool

    try:
        return future.result()
    except BrokenProcessPool:  # a worker was killed, by whomever
        return map(function, batch)


_function: Callable[[Any], Any]


def _begin(function: Callable[[Any], Any]) -> None:
    """Initialise a worker. It ignores Ctrl+C, which the parent handles, and exits when its parent does, even by a kill."""
    global _function  # noqa: PLW0603  # one a process
    _function = function
    gc.freeze()  # what is shared with the parent is copied when it is touched
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    assert parent
    wait([parent.sentinel])
    os._exit(1)


def _work(batch: list[Any]) -> list[Any]:
    return [_function(item) for item in batch]
