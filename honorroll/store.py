"""Where a site lives: a folder on disk, or a temporary place for the preview. The engine knows no difference."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from time import time_ns
from typing import Any, Protocol, TypeVar

from honorroll import publish
from honorroll.derived import Cache
from honorroll.diagnostics import Diagnostic
from honorroll.memos import Memos
from honorroll.publish import Counts
from honorroll.source import is_settled, state
from honorroll.spool import Spool
from honorroll.traces import Trace

Value = TypeVar("Value")


class Store(Protocol):
    """What the engine asks of a place for sites."""

    @property
    def memos(self) -> Memos:
        """Results kept between builds."""

    @property
    def derived(self) -> Cache:
        """Drawn and converted files kept between builds."""

    def recall(self, name: str, make: Callable[[], Value], *inputs: object) -> Value:
        """What `make` makes of the inputs, or made of equal ones at the last build under this name."""

    def kept(self, url: str, trace: Trace) -> Trace | None:
        """The trace of a file that is there as it was left; nothing if it is not."""

    def publish(self, files: Spool, made: Mapping[str, Trace]) -> Counts | Diagnostic:
        """Hold exactly `files` and those of `made` that are already there; remember `made`."""


@dataclass(frozen=True)
class Folder:
    """A folder on disk; what is kept between builds lies in the project's `.cache`.

    With `verify` no file is trusted: each is read. With `dry` nothing is written.
    """

    out: Path
    cache: Path
    verify: bool = False
    dry: bool = False

    @cached_property
    def _inside(self) -> str:
        return f"{self.out}/"

    @cached_property
    def memos(self) -> Memos:
        path = self.cache / "memos.db"
        return Memos(None if self._dry and not path.exists() else path, dry=self._dry)

    @cached_property
    def derived(self) -> Cache:
        return Cache(self.cache / "derived", dry=self._dry)

    @cached_property
    def _dry(self) -> bool:
        return self.dry or not (self.cache.parent / "data").is_dir()  # outside a project nothing is left behind

    def recall(self, name: str, make: Callable[[], Value], *inputs: object) -> Value:  # noqa: ARG002  # nothing outlives it
        return make()

    def kept(self, url: str, trace: Trace) -> Trace | None:
        if trace.state and not self.verify:
            try:
                if state(os.lstat(self._inside + url)) == trace.state:
                    return trace
            except OSError:
                return None
        return trace._replace(state=None) if publish.present(self.out, url) == trace.checksum else None

    def publish(self, files: Spool, made: Mapping[str, Trace]) -> Counts | Diagnostic:
        kept = {url: trace.checksum for url, trace in made.items() if url not in files}
        counts = publish.publish(self.out, files, kept)
        if isinstance(counts, Counts):
            traces = self.memos.shelf("traces")
            for url, trace in made.items():
                if trace.state is None:
                    traces.put(url, trace._replace(state=self._state(url)))
        return counts

    def _state(self, url: str) -> tuple[int, ...] | None:
        try:
            info = os.lstat(self._inside + url)
        except OSError:
            return None
        return state(info) if is_settled(info, time_ns()) else None


@dataclass
class Memory:
    """A site that is not in its folder, and what is kept between builds beside it."""

    files: Spool = field(default_factory=Spool)
    memos: Memos = field(default_factory=Memos)
    derived: Cache = field(default_factory=Cache)
    last: dict[str, tuple[tuple[object, ...], Any]] = field(default_factory=dict)

    def recall(self, name: str, make: Callable[[], Value], *inputs: object) -> Value:
        known = self.last.get(name)
        if not known or known[0] != inputs:
            known = self.last[name] = inputs, make()
        value: Value = known[1]
        return value

    def kept(self, url: str, trace: Trace) -> Trace | None:
        return trace if url in self.files else None

    def publish(self, files: Spool, made: Mapping[str, Trace]) -> Counts:
        before = self.files
        written = sum(before.get(url) != data for url, data in files.items())
        self.files = before.merged(files, made)  # in one step, for readers in another thread
        traces = self.memos.shelf("traces")
        for url in files:
            traces.put(url, made[url])
        return Counts(written, len(self.files) - written, len(before.keys() - self.files.keys()))
