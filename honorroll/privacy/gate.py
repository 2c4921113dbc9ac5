"""The gate: nothing that leads to a person goes out. It looks at what is about to be published and reports where it was typed."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from honorroll.diagnostics import Diagnostic, Place
from honorroll.filesystem import Snapshot
from honorroll.incremental import Database, seal_of
from honorroll.model import Campaign
from honorroll.privacy import identifiers, picture_metadata
from honorroll.privacy.found import KINDS, Found
from honorroll.privacy.looks import Look, Looked, Published, how_far
from honorroll.privacy.naming import Names
from honorroll.privacy.signs import BREAK


class Sighting(Struct, frozen=True, array_like=True):
    """Something personal, without itself: what is stored must not tell it."""

    kind: str
    total: str
    """Keyed fingerprint of kind and value: from another one, who has the cache could try all telephones."""
    mask: str


class Identifiers(Look[Sighting]):
    """Looks for what leads to one person: numbers, addresses, and what pictures tell beside what is seen."""

    table, in_site, in_inputs = "personal", list[Sighting], Looked[Sighting]

    def in_text(self, data: bytes) -> Iterator[tuple[Sighting, int, int]]:
        yield from ((_sighting(found), start, end) for found, start, end in look(data))

    def in_paths(self, paths: Iterable[str]) -> dict[str, list[Sighting]]:
        paths = [*paths]
        if not look(_bytes(BREAK.join(paths))):  # all of them in one go
            return {}
        found = {path: [_sighting(one) for one, _, _ in look(_bytes(path))] for path in paths}
        return {path: sightings for path, sightings in found.items() if sightings}

    def in_file(self, url: str, data: bytes) -> list[Sighting]:
        found = super().in_file(url, data)
        if url.lower().endswith(picture_metadata.PICTURES) and url.startswith("static/"):
            told = picture_metadata.told(data)
            found += [Sighting("metadata", _total(url, told), told)] if told else []
        return found

    def reported(self, urls: Mapping[Sighting, list[str]], published: Published) -> Iterator[Diagnostic]:
        """A diagnostic at each place where it was typed; where none is found, at what the page was made from."""
        allowed = declared(self._campaign)
        urls = {sighting: shown for sighting, shown in urls.items() if sighting.total not in allowed}
        if not urls:
            return
        wanted, places = {sighting.total for sighting in urls}, dict[str, list[Place]]()
        for path, spot in self._in_inputs(self._snapshot.files.values()):
            if spot.seen.total in wanted:
                places.setdefault(spot.seen.total, []).append(self._place(path, spot))

        for sighting, shown in urls.items():
            found = places.get(sighting.total, [])
            if sighting.kind == "metadata":
                found = [Place(url) for url in shown if url in self._snapshot.files]
            if not found and all(url.startswith("search/") for url in shown):
                continue  # numbers of several cells, side by side in the search's index alone: no page says that
            kind = KINDS[sighting.kind]
            args = {"what_zh": kind.zh, "what": kind.en, "mask": sighting.mask}
            for place in dict.fromkeys(found or [min(map(published.origin, shown), key=how_far)]):
                yield self._told(kind.rule, place, args, shown)


def check(
    published: Published, last: str | None, snapshot: Snapshot, campaign: Campaign, database: Database
) -> tuple[list[Diagnostic], str]:
    """What must not go out of what is about to be published: PRV-01 to PRV-15, PRV-23 and PRV-24.

    `last` stands for what was looked for when the site was published; the same of now is returned, too. Where it is
    another, the files that stay are looked at again.
    """
    looks: tuple[Look[Sighting], Names] = Identifiers(snapshot, campaign, database), Names(snapshot, campaign, database)
    edition = "".join(one.edition for one in looks)
    every = last is not None and last != edition
    return [found for one in looks for found in one.check(published, every=every)], edition


def declared(campaign: Campaign) -> set[str]:
    """What may be published: the contacts of organisations, as the campaign declares them."""
    from honorroll.privacy.plain_text import plain

    texts = [f"电话 {one.phone} 邮箱 {one.mail} 地址 {one.address}" for one in campaign.info.contacts]
    return {_sighting(found).total for text in texts for found in identifiers.find(plain(text).text)}


def look(data: bytes) -> list[tuple[Found, int, int]]:
    """What leads to somebody in a file, and where in its text."""
    if not identifiers.may(data):
        return []
    from honorroll.privacy.plain_text import plain  # takes long to load, and there is mostly no candidate

    form = plain(data.decode("utf-8", "replace"))
    return [(found, *form.origin(found.start, found.end)) for found in identifiers.find(form.text)]


def _sighting(found: Found) -> Sighting:
    return Sighting(found.kind, _total(found.kind, found.value), found.mask)


def _total(*words: str) -> str:
    return seal_of(*(word.encode("utf-8", "surrogatepass") for word in words)).hex()


def _bytes(path: str) -> bytes:
    return path.encode("utf-8", "surrogateescape")
