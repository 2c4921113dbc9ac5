"""One function on many items, by the workers of a dask cluster: what other machines compute, this one alone publishes.

Batches of items go out and their results come back in order. What all batches need is sent to each worker once. A worker that is
lost costs time and nothing else. A worker that runs another program, or on another Python, is refused: its pages might differ.
"""

import hashlib
import locale
import logging
import pickle
import sys
import unicodedata
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from honorroll.incremental import LIBRARIES
from honorroll.parallel import WorkersError

Item = TypeVar("Item")
Result = TypeVar("Result")

#: So many items are a batch: the way to a worker and back takes as long as a page or two.
SIZE = 50

#: How many batches wait for each thread of the cluster: no worker is idle, and few results are in memory.
_WAITING = 3

#: Seconds until a scheduler that does not answer is given up.
PATIENCE = 10


class Cluster:
    """The workers of the scheduler at an address such as `127.0.0.1:8786`."""

    def __init__(self, address: str) -> None:
        self.address = address

    def each(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """The results of a function for items, in their order. Raises `WorkersError`.

        Args:
            function: without side effects, and picklable, as are items and results. It is sent to each worker once.
            items: consumed some batches ahead of the results.
        """
        with self._connected() as client:
            packed = pickle.dumps(function)
            try:
                shared, name = client.scatter(packed, broadcast=True), hashlib.sha256(packed).hexdigest()
            except TimeoutError as error:  # all workers are paused, or were lost just now
                raise _without_workers() from error
            most = _WAITING * sum(client.nthreads().values())
            rest, waiting = iter(items), deque[tuple[list[Item], Any]]()
            while (batch := list(islice(rest, SIZE))) or waiting:
                if batch:
                    data = pickle.dumps(batch)
                    waiting.append((batch, client.submit(_work, edition(), name, shared, data, pure=False)))
                if not batch or len(waiting) > most:
                    done, future = waiting.popleft()
                    yield from _results(client, future) or map(function, done)

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        """A client of the scheduler, whose workers are like this process."""
        import distributed  # an extra, and it takes long to load
        from distributed.versions import VersionMismatchWarning

        warnings.filterwarnings("ignore", category=VersionMismatchWarning)  # `_refuse` tells of that
        for name in [each for each in logging.root.manager.loggerDict if each.startswith("distributed")]:
            logging.getLogger(name).disabled = True  # what matters of it is a diagnostic
        client: Any = None
        try:
            client = distributed.Client(f"tcp://{self.address}", timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
            _refuse(client.run(edition, on_error="return"))
            yield client
        except WorkersError as error:
            error.address = f"dask://{self.address}"
            raise
        except (OSError, ValueError, distributed.CancelledError) as error:
            if client and client.status == "running":
                raise
            lost = _lost() if client else WorkersError("PUB-12", "没有回应", "no answer")
            lost.address = f"dask://{self.address}"
            raise lost from error
        finally:
            if client:
                client.close(timeout=1)


def _refuse(editions: dict[str, Any]) -> None:
    """Raise `WorkersError` where there is no worker, or one that is not like this process."""
    if not editions:
        raise _without_workers()
    for worker, found in editions.items():
        if isinstance(found, OSError):  # it has just been lost
            continue
        if isinstance(found, BaseException):
            raise WorkersError("PUB-13", f"{worker}: {found}") from found
        if found != edition():
            raise WorkersError("PUB-13", f"{worker}: {_difference(found)}")


def _without_workers() -> WorkersError:
    return WorkersError("PUB-12", "没有工作进程", "no worker")


def _lost() -> WorkersError:
    return WorkersError("PUB-12", "连接中断", "connection lost")


def _difference(found: dict[str, str]) -> str:
    names = {**edition(), **found}
    differing = [(name, found.get(name), edition().get(name)) for name in names]
    return "、".join(f"{name} {there or '—'} ≠ {here or '—'}" for name, there, here in differing if there != here)


def _results(client: Any, future: Any) -> list[Any]:
    """What a batch gave; nothing where it is to be done here, since the workers that had it were lost."""
    try:
        while not future.done():
            if not client.nthreads():
                raise _without_workers()
            with suppress(TimeoutError):
                future.result(timeout=PATIENCE)
        found, total, packed = future.result()
    except WorkersError:
        raise
    except Exception as error:
        if client.status != "running":
            raise _lost() from error
        return []
    if found:
        raise WorkersError("PUB-13", _difference(found))
    if hashlib.sha256(packed).hexdigest() != total:
        return []
    results: list[Any] = pickle.loads(packed)  # noqa: S301  # who can write here can run programs on the cluster anyway
    return results


@cache
def edition() -> dict[str, str]:
    """What decides of the output beside its inputs: this program, Python, its tables of characters, the locale, the libraries."""
    from importlib.metadata import packages_distributions, version

    here, total, installed = Path(__file__).parent, hashlib.sha256(), packages_distributions()
    for path in sorted(here.rglob("*")):
        if path.suffix in (".py", ".txt", ".html"):
            total.update(str(path.relative_to(here)).encode() + b"\0" + path.read_bytes())
    return {
        "honorroll": total.hexdigest()[:12],
        "Python": sys.version.split()[0],
        "Unicode": unicodedata.unidata_version,
        "locale": f"{locale.setlocale(locale.LC_COLLATE)} {sys.getfilesystemencoding()}",
        **{name: version(installed[name][0]) for name in LIBRARIES if name in installed},
    }


# What follows runs in a worker.

_lock = Lock()  # a template is rendered by one thread of a process at a time
_functions: dict[str, Callable[[Any], Any]] = {}


def _work(expected: dict[str, str], name: str, shared: bytes, data: bytes) -> tuple[dict[str, str], str, bytes]:
    """The results of a batch with their fingerprint; or this worker's edition, where that is not the expected one."""
    if edition() != expected:  # of a worker that came later
        return edition(), "", b""
    with _lock:
        if name not in _functions:
            _functions.clear()
            _functions[name] = pickle.loads(shared)  # noqa: S301  # from whoever may use the scheduler
        packed = pickle.dumps([_functions[name](item) for item in pickle.loads(data)])  # noqa: S301  # likewise
    return {}, hashlib.sha256(packed).hexdigest(), packed
