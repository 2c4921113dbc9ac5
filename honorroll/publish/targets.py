"""Where a site lives: a folder on disk, or a temporary place for the preview. The engine knows no difference."""

import os
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from time import time_ns
from typing import Any, Protocol, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from honorroll.diagnostics import Diagnostic
from honorroll.filesystem import Spool, own_files
from honorroll.incremental import COMMON, Cache, Common, Memos, Shelf, State, Trace, is_settled, listed, state
from honorroll.publish import publication
from honorroll.publish.publication import Counts

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

    def before(self) -> tuple[Mapping[str, Trace], Common | None]:
        """What its files were made from, and what all pages shared."""

    def kept(self, traces: Mapping[str, Trace]) -> dict[str, Trace]:
        """Those of the files that are there as they were left."""

    def publish(self, files: Spool, made: Mapping[str, Trace], common: Common) -> Counts | Diagnostic:
        """Hold exactly `files` and those of `made` that are already there; remember what they were made from."""


class Folder(Struct, frozen=True, dict=True):
    """A folder on disk; what is kept between builds lies in the project's `.cache`.

    With `verify` no file is trusted: each is read. With `dry` nothing is written.
    """

    out: Path
    cache: Path
    verify: bool = False
    dry: bool = False
    seen: Callable[[], dict[str, State]] | None = None
    """Where the states of the site's files come from, if somebody has already looked."""

    @cached_property
    def _inside(self) -> str:
        return f"{self.out}/"

    @cached_property
    def memos(self) -> Memos:
        path = self.cache / "memos.db"
        is_ours = own_files.is_folder(self.cache) and own_files.is_file(path)
        return Memos(None if self._dry and not is_ours else path, dry=self._dry)

    @cached_property
    def derived(self) -> Cache:
        return Cache(self.cache / "derived", dry=self._dry)

    @cached_property
    def _dry(self) -> bool:
        return self.dry or not (self.cache.parent / "data").is_dir()  # outside a project nothing is left behind

    def recall(self, name: str, make: Callable[[], Value], *inputs: object) -> Value:  # noqa: ARG002  # nothing outlives it
        return make()

    def before(self) -> tuple[Mapping[str, Trace], Common | None]:
        shelf = self.memos.shelf("traces")
        return shelf.of(shelf), shelf.get(COMMON)

    def look(self) -> dict[str, State]:
        """The states of the site's files; of none with `verify`."""
        return {} if self.verify else self.seen() if self.seen else listed(str(self.out))

    def kept(self, traces: Mapping[str, Trace], seen: Mapping[str, State] | None = None) -> dict[str, Trace]:
        seen = self.look() if seen is None else seen
        kept = {url: trace for url, trace in traces.items() if trace.state and seen.get(url) == trace.state}
        for url in traces.keys() - kept.keys():
            trace = traces[url]
            state = None if trace.state and not self.verify else self._state(url)  # of before it is read
            if (self.verify or not trace.state) and publication.present(self.out, url) == trace.checksum:
                kept[url] = replace(trace, state=state)
        return kept

    def publish(self, files: Spool, made: Mapping[str, Trace], common: Common) -> Counts | Diagnostic:
        pieces, shelf = files.pieces, self.memos.shelf("traces")
        kept, before = {url: trace.checksum for url, trace in made.items() if url not in pieces}, shelf.of(made)
        others = [url for url, trace in made.items() if before.get(url) is not trace]
        is_listed = COMMON in before and len(before) == len(made) + 1
        is_listed &= all(
            url in before and before[url].checksum == kept.get(url, before[url].checksum) for url in others
        )
        counts = publication.publish(self.out, files, kept, before[COMMON].listed if is_listed else "")
        if isinstance(counts, Counts):
            new = {url: replace(made[url], state=self._state(url)) for url in others}
            _remember(shelf, made, new, common._replace(listed=counts.listed))
        return counts

    def _state(self, url: str) -> State | None:
        try:
            info = os.lstat(self._inside + url)
        except OSError:
            return None
        return state(info) if is_settled(info, time_ns()) else None


class Memory(Struct):
    """A site that is not in its folder, and what is kept between builds beside it."""

    files: Spool = field(default_factory=Spool)
    traces: Mapping[str, Trace] = field(default_factory=dict)
    common: Common | None = None
    memos: Memos = field(default_factory=Memos)
    derived: Cache = field(default_factory=Cache)
    last: dict[str, tuple[tuple[object, ...], Any]] = field(default_factory=dict)

    def recall(self, name: str, make: Callable[[], Value], *inputs: object) -> Value:
        known = self.last.get(name)
        if not known or known[0] != inputs:
            known = self.last[name] = inputs, make()
        value: Value = known[1]
        return value

    def before(self) -> tuple[Mapping[str, Trace], Common | None]:
        return self.traces, self.common

    def kept(self, traces: Mapping[str, Trace]) -> dict[str, Trace]:
        return {**traces}  # nobody else has its files

    def publish(self, files: Spool, made: Mapping[str, Trace], common: Common) -> Counts:
        before = self.files
        written = sum(before.get(url) != data for url, data in files.items())
        new = files.pieces.keys() - before.pieces.keys()
        self.files = before.merged(files, made)  # in one step, for readers in another thread
        self.traces, self.common = made, common
        return Counts(written, len(self.files) - written, len(before) + len(new) - len(self.files))


def _remember(shelf: Shelf, made: Mapping[str, Trace], new: Mapping[str, Trace], common: Common) -> None:
    """Keep the traces of what has just been published, and of nothing else."""
    for url in [url for url in shelf if url not in made and url != COMMON]:
        shelf.drop(url)
    for url, trace in new.items():
        shelf.put(url, trace)
    if shelf.get(COMMON) != common:
        shelf.put(COMMON, common)
