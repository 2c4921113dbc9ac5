"""Where a site lives: a folder on disk, or memory for the preview. The engine knows no difference."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from honorroll import publish, traces
from honorroll.diagnostics import Diagnostic
from honorroll.memos import Memos
from honorroll.publish import Counts
from honorroll.traces import Trace


class Store(Protocol):
    """What the engine asks of a place for sites."""

    @property
    def memos(self) -> Memos:
        """Results kept between builds."""

    def traces(self) -> Mapping[str, Trace]:
        """What the pages were made from last time, by address."""

    def checksum(self, url: str) -> str | None:
        """Checksum of a file as it stands there now; none when it is not there."""

    def publish(self, files: Mapping[str, bytes], made: Mapping[str, Trace]) -> Counts | Diagnostic:
        """Hold exactly `files` and the pages of `made` that are already there; remember `made`."""


@dataclass(frozen=True)
class Folder:
    """A folder on disk; the traces lie in the project's `.cache`."""

    out: Path
    cache: Path

    @property
    def memos(self) -> Memos:
        return Memos(self.cache / "memos.db")

    def traces(self) -> Mapping[str, Trace]:
        return traces.load(self.cache / "traces.json")

    def checksum(self, url: str) -> str | None:
        return publish.present(self.out, url)

    def publish(self, files: Mapping[str, bytes], made: Mapping[str, Trace]) -> Counts | Diagnostic:
        kept = {url: trace.checksum for url, trace in made.items() if url not in files}
        counts = publish.publish(self.out, files, kept)
        if isinstance(counts, Counts):
            with suppress(OSError):  # without them the next build takes longer, no more
                traces.save(self.cache / "traces.json", made)
        return counts


@dataclass
class Memory:
    """A site in memory, and the traces beside it."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    made: Mapping[str, Trace] = field(default_factory=dict)
    memos: Memos = field(default_factory=Memos)

    def traces(self) -> Mapping[str, Trace]:
        return self.made

    def checksum(self, url: str) -> str | None:
        data = self.files.get(url)
        return None if data is None else publish.checksum(data)

    def publish(self, files: Mapping[str, bytes], made: Mapping[str, Trace]) -> Counts:
        kept = {url: self.files[url] for url in made if url not in files}
        written = sum(self.files.get(url) != data for url, data in files.items())
        removed = len(self.files.keys() - files.keys() - kept.keys())
        self.files, self.made = {**kept, **files}, dict(made)  # in one step, for readers in another thread
        return Counts(written, len(self.files) - written, removed)
