"""Where a site lives: a folder on disk, or a temporary place for the preview. The engine knows no difference."""

import os
from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from pathlib import Path
from time import time_ns
from typing import Protocol

from msgspec import Struct, field
from msgspec.structs import replace

from honorroll.diagnostics import Diagnostic
from honorroll.filesystem import Spool, atomic, own_files
from honorroll.incremental import Cache, Database, State, is_settled, listed, state
from honorroll.publish import publication
from honorroll.publish.publication import Counts
from honorroll.publish.traces import Common, Trace

#: The key of the one value of the table `common`.
PAGES = "pages"


class Store(Protocol):
    """What the engine asks of a place for sites."""

    @property
    def database(self) -> Database:
        """What earlier builds computed."""

    @property
    def derived(self) -> Cache:
        """Drawn and converted files kept between builds."""

    def before(self) -> tuple[Mapping[str, Trace], Common | None]:
        """What its files were made from, and what all pages shared."""

    def kept(self, traces: Mapping[str, Trace]) -> dict[str, Trace]:
        """Those of the files that are there as they were left."""

    def held(self, url: str) -> bytes | None:
        """A file that is there."""

    def publish(
        self, files: Spool, made: Mapping[str, Trace], common: Common, declared: Collection[str] = ()
    ) -> Counts | Diagnostic:
        """Hold exactly `files` and those of `made` that are already there, beside what is `declared` as somebody else's.

        What they were made from is remembered.
        """


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
    def database(self) -> Database:
        path = self.cache / "cache.db"
        is_ours = own_files.is_folder(self.cache) and own_files.is_file(path)
        return Database(None if self._dry and not is_ours else path, dry=self._dry)

    @cached_property
    def derived(self) -> Cache:
        return Cache(self.cache / "derived", dry=self._dry)

    @cached_property
    def _dry(self) -> bool:
        return self.dry or not (self.cache.parent / "data").is_dir()  # outside a project nothing is left behind

    def before(self) -> tuple[Mapping[str, Trace], Common | None]:
        return self.database.table("traces", Trace).values, self.database.table("common", Common).get(PAGES)

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

    def held(self, url: str) -> bytes | None:
        return atomic.read(self._inside + url)

    def publish(
        self, files: Spool, made: Mapping[str, Trace], common: Common, declared: Collection[str] = ()
    ) -> Counts | Diagnostic:
        pieces, (before, last) = files.pieces, self.before()
        kept = {url: trace.checksum for url, trace in made.items() if url not in pieces}
        others = [url for url, trace in made.items() if before.get(url) is not trace]
        is_listed = last is not None and len(before) == len(made)
        is_listed &= all(
            url in before and before[url].checksum == kept.get(url, before[url].checksum) for url in others
        )
        listed = last.listed if last and is_listed else ""
        counts = publication.publish(self.out, files, kept, listed, declared)
        if isinstance(counts, Counts):
            new = {url: replace(made[url], state=self._state(url)) for url in others}
            self._remember(made, new, replace(common, listed=counts.listed))
        return counts

    def _remember(self, made: Mapping[str, Trace], new: Mapping[str, Trace], common: Common) -> None:
        """Store the traces of what has just been published, and of nothing else."""
        traces, shared = self.database.table("traces", Trace), self.database.table("common", Common)
        for url in traces.values.keys() - made.keys():
            traces.drop(url)
        for url, trace in new.items():
            traces.put(url, trace)
        if shared.get(PAGES) != common:
            shared.put(PAGES, common)

    def _state(self, url: str) -> State | None:
        try:
            info = os.lstat(self._inside + url)
        except OSError:
            return None
        return state(info) if is_settled(info, time_ns()) else None


class Memory(Struct):
    """A site that is not in its folder, and what is stored between builds beside it."""

    files: Spool = field(default_factory=Spool)
    traces: Mapping[str, Trace] = field(default_factory=dict)
    common: Common | None = None
    database: Database = field(default_factory=Database)
    derived: Cache = field(default_factory=Cache)

    def before(self) -> tuple[Mapping[str, Trace], Common | None]:
        return self.traces, self.common

    def kept(self, traces: Mapping[str, Trace]) -> dict[str, Trace]:
        return {**traces}  # nobody else has its files

    def held(self, url: str) -> bytes | None:
        return self.files.get(url)

    def publish(
        self,
        files: Spool,
        made: Mapping[str, Trace],
        common: Common,
        declared: Collection[str] = (),  # noqa: ARG002  # in memory there is nothing of others
    ) -> Counts:
        before = self.files
        written = sum(before.get(url) != data for url, data in files.items())
        new = files.pieces.keys() - before.pieces.keys()
        self.files = before.merged(files, made)  # in one step, for readers in another thread
        self.traces, self.common = made, common
        return Counts(written, len(self.files) - written, len(before) + len(new) - len(self.files))
