"""The gate: nothing personal goes out. It looks at what is about to be published and reports where it was typed.

What was found in a file of the site is stored by the file's address and checksum, so that a file that stays need
not be looked at again. Only where something was found are the inputs looked through for the same values.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from honorroll.diagnostics import Diagnostic, Place
from honorroll.filesystem import Snapshot, Source
from honorroll.incremental import Database, seal
from honorroll.model import Campaign, Record
from honorroll.privacy import picture_metadata
from honorroll.privacy.found import Detector, Found
from honorroll.privacy.identifiers import IDENTIFIERS
from honorroll.privacy.signs import BREAK

_KEYED = "\n"
_EARLY = 4096
#: So many pages are named in a finding.
_NAMED = 2


class Sighting(Struct, frozen=True, array_like=True):
    """Something personal, without itself: what is stored must not tell it."""

    kind: str
    total: str
    """Keyed fingerprint of kind and value: from another one, who has the cache could try all telephones."""
    mask: str


class Spot(Struct, frozen=True, array_like=True):
    """A sighting in an input, and where; in its path where there is no line."""

    seen: Sighting
    line: int
    column: int
    length: int


class Looked(Struct, frozen=True, array_like=True):
    """What is known of an input."""

    fingerprint: str
    spots: tuple[Spot, ...]


class Published(Struct, frozen=True):
    """What is about to be published: the new files, the checksum of each file of the site, and what each was made from."""

    new: Mapping[str, bytes]
    checksum: Callable[[str], str | None]
    origin: Callable[[str], Place]
    again: frozenset[str] = frozenset()
    """Files that stay and are to be looked at again."""
    held: Callable[[str], bytes | None] = lambda _: None
    """A file that stays."""


def detectors_for(_campaign: Campaign) -> tuple[Detector, ...]:
    """What looks at each file. Others are put here, such as one that knows the names of a campaign's persons."""
    return (IDENTIFIERS,)


def check(
    published: Published, snapshot: Snapshot, campaign: Campaign, database: Database, detectors: Sequence[Detector]
) -> list[Diagnostic]:
    """Everything personal in what is about to be published: PRV-01 to PRV-03, PRV-07 and PRV-10 to PRV-15."""
    seen = _sightings(published, database, detectors)
    if not seen:
        return []
    allowed = declared(campaign)
    urls: dict[Sighting, list[str]] = {}
    for url, sightings in seen.items():
        for sighting in sightings:
            if sighting.total not in allowed:
                urls.setdefault(sighting, []).append(url)
    return [*_Places(snapshot, campaign, database, detectors).reported(urls, published.origin)] if urls else []


def declared(campaign: Campaign) -> set[str]:
    """What may be published: the contacts of organisations, as the campaign declares them."""
    from honorroll.privacy.plain_text import plain

    texts = [f"电话 {one.phone} 邮箱 {one.mail} 地址 {one.address}" for one in campaign.info.contacts]
    return {_sighting(found).total for text in texts for found in IDENTIFIERS.find(plain(text).text)}


def _sighting(found: Found) -> Sighting:
    return Sighting(found.kind, _total(found.kind, found.value), found.mask)


def is_text(data: bytes) -> bool:
    """Whether a file is no picture or other program's file; these have a zero byte early on."""
    return b"\0" not in data[:_EARLY]


def _total(*words: str) -> str:
    return seal(*(word.encode("utf-8", "surrogatepass") for word in words)).hex()


def _found(text: str, detectors: Iterable[Detector]) -> Iterator[tuple[Found, int, int]]:
    """What detectors find in a text, and where in it."""
    from honorroll.privacy.plain_text import plain  # takes long to load, and there is mostly no candidate

    form = plain(text)
    for detector in detectors:
        for found in detector.find(form.text):
            yield found, *form.origin(found.start, found.end)


def look(data: bytes, detectors: Sequence[Detector]) -> list[tuple[Found, int, int]]:
    """What a file holds, and where in its text."""
    willing = [detector for detector in detectors if detector.may(data)]
    return [*_found(data.decode("utf-8", "replace"), willing)] if willing else []


def _sightings(published: Published, database: Database, detectors: Sequence[Detector]) -> dict[str, list[Sighting]]:
    """By address, what was found in each file of the site; new files are looked at, of others it is known."""
    table, seen = database.table("personal", list[Sighting]), dict[str, list[Sighting]]()
    urls = [*published.new, *sorted(published.again)]
    names = _in_names(urls, detectors)
    for key, known in table.values.items():
        url, _, total = key.partition(_KEYED)
        if url not in published.new and url not in published.again and published.checksum(url) == total:
            seen[url] = known
    for url in urls:
        data = published.new[url] if url in published.new else published.held(url) or b""
        found = [_sighting(one) for one, _, _ in look(data, detectors)] if is_text(data) else []
        found += names.get(url, [])
        if url.lower().endswith(picture_metadata.PICTURES) and url.startswith("static/"):
            told = picture_metadata.told(data)
            found += [Sighting("metadata", _total(url, told), told)] if told else []
        key = f"{url}{_KEYED}{published.checksum(url)}"
        if found:
            seen[url] = [*dict.fromkeys(found)]
            table.put(key, seen[url])
        elif url in published.again:
            table.drop(key)
    return seen


def _in_names(paths: Sequence[str], detectors: Sequence[Detector]) -> dict[str, list[Sighting]]:
    """What names of files tell. All of them are looked at in one go."""
    if not look(f"{BREAK}".join(paths).encode("utf-8", "surrogateescape"), detectors):
        return {}
    found = {
        path: [_sighting(one) for one, _, _ in look(path.encode("utf-8", "surrogateescape"), detectors)]
        for path in paths
    }
    return {path: sightings for path, sightings in found.items() if sightings}


def _how_far(place: Place) -> int:
    """How far a place is from the one where a text was typed."""
    return next(
        (far for far, folder in enumerate(("content/", "data/", "static/")) if place.path.startswith(folder)), 9
    ) + (5 if place.path == "data/campaign.yaml" else 0)


class _Places:
    """Where in the inputs something stands."""

    def __init__(
        self, snapshot: Snapshot, campaign: Campaign, database: Database, detectors: Sequence[Detector]
    ) -> None:
        self._snapshot, self._campaign, self._detectors = snapshot, campaign, detectors
        self._known = database.table("personal inputs", Looked)

    def reported(self, urls: Mapping[Sighting, list[str]], origin: Callable[[str], Place]) -> Iterator[Diagnostic]:
        """A diagnostic at each place where something was typed; where none is found, at what the page was made from."""
        spots = self._spots({sighting.total for sighting in urls})
        for sighting, shown in urls.items():
            places = [self._place(path, spot) for path, spot in spots.get(sighting.total, ())]
            if sighting.kind == "metadata":
                places = [Place(url) for url in shown if url in self._snapshot.files]
            for place in dict.fromkeys(places or [min(map(origin, shown), key=_how_far)]):
                yield self._told(sighting, place, shown)

    def _told(self, sighting: Sighting, place: Place, urls: list[str]) -> Diagnostic:
        from honorroll.inputs import record_name  # validation takes long to load, and mostly nothing is found
        from honorroll.privacy.kinds import KINDS

        kind, record = KINDS[sighting.kind], self._record(place)
        pages_first = sorted(urls, key=lambda url: (not url.endswith(".html"), url))
        where = "、".join(pages_first[:_NAMED]) + ("……" if len(urls) > _NAMED else "")
        args = {"what_zh": kind.zh, "what": kind.en, "url": where, "mask": sighting.mask}
        name = record_name(type(record), record.values()) if record else ""
        return Diagnostic(kind.rule, place, args, name)

    def _spots(self, wanted: set[str]) -> dict[str, list[tuple[str, Spot]]]:
        """By fingerprint, the places of what is wanted. What inputs hold is known from the last time."""
        spots: dict[str, list[tuple[str, Spot]]] = {}
        for path, source in self._snapshot.files.items():
            known = self._known.get(path)
            if known is None or known.fingerprint != source.fingerprint:
                known = Looked(source.fingerprint, tuple(self._looked(source)))
                self._known.put(path, known)
            for spot in known.spots:
                if spot.seen.total in wanted:
                    spots.setdefault(spot.seen.total, []).append((path, spot))
        self._known.retain(self._snapshot.files.keys())
        return spots

    def _looked(self, source: Source) -> Iterator[Spot]:
        for found, _, _ in look(source.path.encode("utf-8", "surrogateescape"), self._detectors):
            yield Spot(_sighting(found), 0, 0, 1)
        data = b"\0" if source.path in self._snapshot.unread else source.data
        if is_text(data):
            text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
            for found, start, end in look(text.encode(), self._detectors):
                line, margin = text.count("\n", 0, start) + 1, text.rfind("\n", 0, start) + 1
                stop = text.find("\n", start, end)
                yield Spot(_sighting(found), line, start - margin + 1, (end if stop < 0 else stop) - start)

    def _place(self, path: str, spot: Spot) -> Place:
        if not spot.line:
            return Place(path)
        keys = next((keys for line, keys in reversed(self._starts.get(path, [])) if line <= spot.line), ())
        return Place(path, keys, line=spot.line, column=spot.column, length=spot.length)

    def _record(self, place: Place) -> Record | None:
        return self._records.get((place.path, place.keys[:1])) or self._records.get((place.path, ()))

    @cached_property
    def _records(self) -> dict[tuple[str, tuple[str | int, ...]], Record]:
        """The records by their places."""
        return {(record.path, record.keys): record for record in self._campaign.records()}

    @cached_property
    def _starts(self) -> dict[str, list[tuple[int, tuple[str | int, ...]]]]:
        """Of files with several records, the lines in which these begin."""
        from honorroll.inputs import reader  # likewise

        starts: dict[str, list[tuple[int, tuple[str | int, ...]]]] = {}
        for path, keys in self._records:
            if keys and path in self._snapshot.files:
                line, _, _ = reader(path).locate(self._snapshot.files[path].text, keys, on_key=False)
                starts.setdefault(path, []).append((line + 1, keys))
        for found in starts.values():
            found.sort()
        return starts
