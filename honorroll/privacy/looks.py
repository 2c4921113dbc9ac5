"""How the gate looks at what is about to be published: once at each file of the site, and reports where it was typed.

What was seen in a file of the site is stored by its address, its checksum and what was looked for, so a file that stays need not be looked
at again until something else is looked for. Only where something was seen are the inputs looked through for the same.
"""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, ClassVar, Generic, TypeVar

from msgspec import Struct

from honorroll.diagnostics import Diagnostic, Keys, Place
from honorroll.filesystem import Snapshot, Source, file_names
from honorroll.incremental import Database
from honorroll.model import Campaign, Record

Seen = TypeVar("Seen")

_EARLY = 4096
_TEXTS = tuple(file_names.TEXT_SUFFIXES)
#: So many pages are named in a finding.
_NAMED = 2


class Published(Struct, frozen=True):
    """What is about to be published: `new` files, and the checksum of each file of the site; those that stay are `held`."""

    new: Mapping[str, bytes]
    checksums: Mapping[str, str]
    held: Callable[[str], bytes | None]
    origin: Callable[[str], Place]
    """What a file was made from."""


class Spot(Struct, Generic[Seen], frozen=True, array_like=True):
    """What was seen in an input, and where: line and column from 1; in its path where there is no line."""

    seen: Seen
    line: int
    column: int
    length: int


class Looked(Struct, Generic[Seen], frozen=True, array_like=True):
    """What was seen in an input of this fingerprint."""

    fingerprint: str
    spots: tuple[Spot[Seen], ...]


class Look(Generic[Seen]):
    """One way to look for what must not go out. A subclass says what it sees in a text, and what is said of it."""

    table: ClassVar[str]
    """The cache table of what was seen in files of the site."""
    in_site: ClassVar[type]
    """Type of its values: a list of what was seen."""
    in_inputs: ClassVar[type]
    """Type of the values of the table for inputs: `Looked`, of the same."""

    def __init__(self, snapshot: Snapshot, campaign: Campaign, database: Database) -> None:
        self._snapshot, self._campaign, self._database = snapshot, campaign, database
        self._starts_of: dict[str, list[tuple[int, Keys]]] = {}

    @property
    def edition(self) -> str:
        """Stands for what is looked for beside what this program knows: with another one, all files are looked at again."""
        return ""

    @abstractmethod
    def in_text(self, data: bytes) -> Iterable[tuple[Seen, int, int]]:
        """What a text holds, and from where to where in it."""

    @abstractmethod
    def in_paths(self, paths: Iterable[str]) -> dict[str, list[Seen]]:
        """What names of files tell, where they tell anything."""

    def in_file(self, url: str, data: bytes) -> list[Seen]:
        """What a file of the site holds; a subclass may look at other files than texts, too."""
        text = data if is_text(url, data) else _packaged(data)
        if text and url.endswith(".ics"):
            text = text.replace(b"\r\n ", b"")  # its long lines are cut anywhere, in a number or an address, too
        return [seen for seen, _, _ in self.in_text(text)] if text else []

    @abstractmethod
    def reported(self, urls: Mapping[Seen, list[str]], published: Published) -> Iterator[Diagnostic]:
        """What is wrong. `urls` are the files of the site in which it was seen."""

    def check(self, published: Published, *, every: bool) -> list[Diagnostic]:
        """Look at the new files of a site, or at `every` file, and report what was seen in any."""
        urls: dict[Seen, list[str]] = {}
        for url, seen in self._in_site(published, every=every).items():
            for one in seen:
                urls.setdefault(one, []).append(url)
        return [*self.reported(urls, published)] if urls else []

    def _in_site(self, published: Published, *, every: bool) -> dict[str, list[Seen]]:
        """By address, what was seen in each file; new files are looked at, of others it is known."""
        table: Any = self._database.table(self.table, self.in_site)
        found = dict[str, list[Seen]]()
        todo = [*published.new] if not every else [*published.checksums]
        named, new = self.in_paths(todo), {*todo}
        for key, known in table.values.items():
            url, checksum, edition = key.split("\n")
            if url not in new and published.checksums.get(url) == checksum and edition == self.edition:
                found[url] = known
        for url in todo:
            data = published.new[url] if url in published.new else published.held(url) or b""
            seen = [*dict.fromkeys([*self.in_file(url, data), *named.get(url, [])])]
            if seen:
                found[url] = seen
                # What was seen for other people is not dropped: an edit that is refused may be undone.
                table.put(f"{url}\n{published.checksums.get(url)}\n{self.edition}", seen)
        return found

    def _in_inputs(self, sources: Iterable[Source]) -> Iterator[tuple[str, Spot[Seen]]]:
        """What the inputs hold, by path; of those that did not change it is known."""
        table: Any = self._database.table(f"{self.table} inputs", self.in_inputs)
        for source in sources:
            known, current = table.get(source.path), f"{source.fingerprint} {self.edition}"
            if known is None or known.fingerprint != current:
                known = Looked(current, tuple(self._in_input(source)))
                table.put(source.path, known)
            for spot in known.spots:
                yield source.path, spot
        table.retain(self._snapshot.files.keys())

    def _in_input(self, source: Source) -> Iterator[Spot[Seen]]:
        for seen in self.in_paths([source.path]).get(source.path, []):
            yield Spot(seen, 0, 0, 1)
        data = b"" if source.path in self._snapshot.unread else source.data
        if is_text(source.path, data):
            text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
            for seen, start, end in self.in_text(text.encode()):
                line, margin = text.count("\n", 0, start) + 1, text.rfind("\n", 0, start) + 1
                stop = text.find("\n", start, end)
                yield Spot(seen, line, start - margin + 1, (end if stop < 0 else stop) - start)
        elif inner := _packaged(data):
            yield from (Spot(seen, 0, 0, 1) for seen, _, _ in self.in_text(inner))

    def _place(self, path: str, spot: Spot[Seen]) -> Place:
        if not spot.line:
            return Place(path)
        keys = next((keys for line, keys in reversed(self._starts(path)) if line <= spot.line), ())
        return Place(path, keys, line=spot.line, column=spot.column, length=spot.length)

    def _record(self, place: Place) -> Record | None:
        """The record that stands at a place, if it is public."""
        return self._records.get((place.path, place.keys[:1])) or self._records.get((place.path, ()))

    @cached_property
    def _records(self) -> dict[tuple[str, Keys], Record]:
        """The records by their places."""
        return {(record.path, record.keys): record for record in self._campaign.records()}

    def _starts(self, path: str) -> list[tuple[int, Keys]]:
        """Of a data file with several records, the lines in which these begin."""
        from honorroll.inputs import reader  # takes long to load, and mostly nothing is found

        if path not in self._starts_of:
            found = self._starts_of[path] = []
            if path.startswith("data/"):
                text, locate = self._snapshot.files[path].text, reader(path).locate
                whole = locate(text, (), on_key=False)
                while (at := locate(text, (len(found),), on_key=False)) != whole:  # what is not there is the whole
                    found.append((at[0] + 1, (len(found),)))
        return self._starts_of[path]

    def _told(self, rule: str, place: Place, args: Mapping[str, str], urls: Iterable[str] = ()) -> Diagnostic:
        """A diagnostic that names the record at a place, and the first of the files in which something was seen."""
        from honorroll.inputs import record_name  # likewise

        record, pages = self._record(place), sorted(urls, key=lambda url: (not url.endswith(".html"), url))
        where = {"url": "、".join(pages[:_NAMED]) + ("……" if len(pages) > _NAMED else "")} if pages else {}
        return Diagnostic(rule, place, {**args, **where}, record_name(type(record), record.values()) if record else "")


def _packaged(data: bytes) -> bytes | None:
    """The text of a file of an Office program, or a PDF."""
    from honorroll.privacy import packages  # likewise

    return packages.text(data)


def is_text(path: str, data: bytes) -> bool:
    """Whether a file is no picture or other program's file; these have a zero byte early on, and another suffix."""
    return b"\0" not in data[:_EARLY] or path.lower().endswith(_TEXTS)


def how_far(place: Place) -> int:
    """How far a place is from the one where a text was typed."""
    return next(
        (far for far, folder in enumerate(("content/", "data/", "static/")) if place.path.startswith(folder)), 9
    ) + (5 if place.path == "data/campaign.yaml" else 0)
