"""Nobody is named on the site who must not be: the gate's look at names.

All that is about to be published is looked through for the names of people whom the ledger of consents does not let be
named. What was found in a file is stored by its address and checksum; when people or consents change, all files are looked
at anew. Where a name was typed is then looked for in the inputs, and reported there.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct

from honorroll.diagnostics import Diagnostic, Place
from honorroll.filesystem import Snapshot, Source
from honorroll.fingerprint import fingerprint
from honorroll.incremental import Database
from honorroll.inputs import reader, record_name
from honorroll.model import Award, Campaign, Consent, Deed, Notice, Post, Record
from honorroll.model import Person as Known
from honorroll.privacy.gate import is_text
from honorroll.privacy.minors import identified
from honorroll.privacy.person_names import Person, PersonNames, automaton
from honorroll.privacy.plain_text import plain

#: Files that hold pairs of characters and no text: 王明 stands there for 国王明天, too. What they are made of is looked at.
_PAIRS = re.compile(r"search/b[0-9]+\.js")
#: Where people and their consents are written down; nothing of these goes out but what the ledger lets.
LEDGERS = ("data/persons", "data/consents")
#: So many pages are named in a finding.
_SHOWN = 2
_LAST, _SIGNS = "last", "signs"


class Sighting(Struct, frozen=True, array_like=True):
    """Somebody named somewhere, by ids; a phrase about a minor where there are none."""

    persons: tuple[str, ...]
    sure: bool
    why: tuple[str, str]


class Spot(Struct, frozen=True, array_like=True):
    """A sighting in an input; in its path where there is no line."""

    seen: Sighting
    line: int
    column: int
    length: int


class Looked(Struct, frozen=True, array_like=True):
    """What is known of an input."""

    fingerprint: str
    spots: tuple[Spot, ...]


class Files(Struct, frozen=True):
    """What is about to be published.

    `new` are the files that were just made, `kept` the addresses of those that stay, whose bytes `read` gives; `origin`
    is what a file was made from.
    """

    new: Mapping[str, bytes]
    checksums: Mapping[str, str]
    read: Callable[[str], bytes]
    origin: Callable[[str], Place]


def is_of_pairs(url: str) -> bool:
    """Whether a file of the site is a part of the search's index."""
    return _PAIRS.fullmatch(url) is not None


def people(campaign: Campaign) -> list[Person]:
    """Everybody whom the campaign knows, and why their names must not be told today."""
    consents: dict[str, list[Consent]] = {}
    for consent in campaign.consents:
        consents.setdefault(consent.person, []).append(consent)
    return [
        Person(person.id, person.name, person.public_name, *_standing(campaign, person, consents.get(person.id, [])))
        for person in campaign.persons.values()
    ]


def _standing(campaign: Campaign, person: Known, consents: list[Consent]) -> tuple[str, tuple[str, str]]:
    """The rule that naming a person in full breaks, and why; no rule where it may be done."""
    rule, why = "PRV-05", ("", "")
    if person.mask == "匿名":
        rule = "PRV-08"
    elif person.is_named and person.mask == "全名":
        rule = ""
    elif person.is_named:
        why = f"只能写“{person.public_name}”", "only the surname may be shown"
    elif any(consent.withdrawn for consent in consents):
        rule = "PRV-06"
    elif person.minor:
        rule = "PRV-04"
    else:
        why = _lacking(campaign, consents)
    return rule, why


def _lacking(campaign: Campaign, consents: list[Consent]) -> tuple[str, str]:
    """What there is instead of a consent in force."""
    days = [consent.given for consent in consents if "姓名" in consent.purposes]
    if not consents:
        return "没有同意记录", "no consent is on record"
    if not days:
        return "同意的内容里没有“姓名”", "the consent is not to the name"
    if min(days) > campaign.today:
        return f"同意从 {min(days)} 起才算数", f"the consent begins on {min(days)}"
    return "同意已经到期", "the consent is over"


class _Look:
    """Looks at files for names. What it looks for is made only where a file holds a sign of it: mostly none does."""

    def __init__(self, campaign: Campaign, database: Database) -> None:
        self._campaign, self._state = campaign, database.table("names looked for", str)
        rows = [(one.id, one.name, one.mask, one.minor, one.agreed) for one in campaign.persons.values()]
        self.total = fingerprint(repr(rows).encode("utf-8", "surrogatepass"))
        self.is_known = self._state.get(_LAST) == self.total
        """Whether these are the people who were looked for the last time."""

    @cached_property
    def known(self) -> list[Person]:
        """Everybody whom the campaign knows."""
        return people(self._campaign)

    @cached_property
    def names(self) -> PersonNames:
        """Finds them."""
        return PersonNames(self.known)

    @cached_property
    def _signs(self) -> Any:
        signs = self._state.get(_SIGNS) if self.is_known else None
        signs = self.names.signs if signs is None else signs
        return automaton(signs) if signs else None

    def store(self) -> None:
        """Remember whom all files were looked through for."""
        if not self.is_known:
            self._state.put(_LAST, self.total)
            self._state.put(_SIGNS, self.names.signs)

    def file(self, data: bytes) -> Iterator[tuple[Sighting, int, int]]:
        """Who is named in a file, and where in its text."""
        if not is_text(data):
            return
        named = self._signs is not None and self._signs.search(data) and self.names.may(data)
        minors = identified.may(data)
        if not (named or minors):
            return
        form = plain(data.decode("utf-8", "replace"))
        for one in self.names.find(form.text) if named else ():
            ids = tuple(person.id for person in one.persons)
            yield Sighting(ids, one.sure, one.why), *form.origin(one.start, one.end)
        for start, end in identified.find(form.text) if minors else ():
            yield Sighting((), False, ("", "")), *form.origin(start, end)

    def name(self, path: str) -> Iterator[Sighting]:
        """Who is named in the name of a file."""
        if self._signs is None or not self._signs.search(path.encode("utf-8", "surrogateescape")):
            return
        for one in self.names.find(path):
            yield Sighting(tuple(person.id for person in one.persons), one.sure, one.why)


def check(files: Files, snapshot: Snapshot, campaign: Campaign, database: Database) -> list[Diagnostic]:
    """Who is named in what is about to be published: PRV-04 to PRV-06, PRV-08, PRV-23, PRV-24."""
    look = _Look(campaign, database)
    urls: dict[Sighting, list[str]] = {}
    for url, sightings in _sightings(files, database, look).items():
        for sighting in sightings:
            urls.setdefault(sighting, []).append(url)
    return [*_Places(snapshot, campaign, database, look).reported(urls, files.origin)] if urls else []


def _sightings(files: Files, database: Database, look: _Look) -> dict[str, list[Sighting]]:
    """By address, who is named in each file."""
    table, found, is_known = database.table("named", list[Sighting]), dict[str, list[Sighting]](), look.is_known
    todo = files.new.keys() if is_known else files.checksums.keys()
    for url in (url for url in todo if not is_of_pairs(url)):
        data = files.new[url] if url in files.new else files.read(url)
        seen = [*dict.fromkeys([*(sighting for sighting, _, _ in look.file(data)), *look.name(url)])]
        if seen:
            found[url] = seen
    keys = {f"{url}\n{files.checksums.get(url, '')}": url for url in found}
    for key, seen in [*table.values.items()]:
        url, _, total = key.partition("\n")
        if is_known and url not in todo and files.checksums.get(url) == total:
            found[url] = seen
        elif key not in keys:
            table.drop(key)
    for key, url in keys.items():
        if table.get(key) != found[url]:
            table.put(key, found[url])
    look.store()
    return found


class _Places:
    """Where in the inputs somebody is named, and what is said of it."""

    def __init__(self, snapshot: Snapshot, campaign: Campaign, database: Database, look: _Look) -> None:
        self._snapshot, self._campaign, self._look = snapshot, campaign, look
        self._people = {person.id: person for person in look.known}
        self._known = database.table("named in inputs", Looked)
        self._lines: dict[str, list[tuple[int, tuple[str | int, ...]]]] = {}

    def reported(self, urls: Mapping[Sighting, list[str]], origin: Callable[[str], Place]) -> Iterator[Diagnostic]:
        """What is wrong, at each place where it was typed; where none is found, at what the page was made from."""
        spots = self._spots()
        for sighting, shown in urls.items():
            typed = [(path, spot) for path, spot in spots if spot.seen.persons == sighting.persons]
            places = [(self._place(path, spot), spot) for path, spot in typed]
            places = [(place, spot) for place, spot in places if self._is_public(place)]
            if sighting.persons and not places and sighting.sure:
                places = [(origin(shown[0]), Spot(sighting, 0, 0, 1))]
            for place, spot in places:
                yield from self._told(spot, place, shown)

    def _told(self, spot: Spot, place: Place, urls: list[str]) -> Iterator[Diagnostic]:
        record = self._record(place)
        name = record_name(type(record), record.values()) if record else ""
        if not spot.seen.persons:
            line = self._snapshot.files[place.path].text.split("\n")[spot.line - 1]
            words = line[spot.column - 1 :][: spot.length]
            yield Diagnostic("PRV-24", place, {"words": words}, name)
            return
        person = self._people[spot.seen.persons[0]]
        shown = "、".join(dict.fromkeys(self._people[id].shown for id in spot.seen.persons))
        pages = sorted(urls, key=lambda url: (not url.endswith(".html"), url))
        where = "、".join(pages[:_SHOWN]) + ("……" if len(pages) > _SHOWN else "")
        sure, about = spot.seen.sure, self._about(record)
        if not sure and about:
            namesakes = {id for id, one in self._people.items() if one.name == person.name}
            if about & namesakes - {*spot.seen.persons} and not about & {*spot.seen.persons}:
                return  # somebody of this name who may be named
            sure = bool(about & {*spot.seen.persons}) and not about & namesakes - {*spot.seen.persons}
        rule, (zh, en) = (person.rule, person.why) if sure else ("PRV-23", spot.seen.why)
        yield Diagnostic(rule, place, {"shown": shown, "url": where, "why_zh": zh, "why": en}, name)

    def _about(self, record: Record | None) -> set[str]:
        """The people whom a record is about."""
        deeds, awards = self._campaign.deeds, self._campaign.awards
        if isinstance(record, Deed):
            return {*record.persons}
        if isinstance(record, Award):
            return {record.person} if record.person else set()
        if isinstance(record, Post):
            told = {id for deed in record.deeds if deed in deeds for id in deeds[deed].persons}
            return told.union(*(self._about(awards.get(id)) for id in record.awards))
        if isinstance(record, Notice):
            return set[str]().union(*(self._about(awards.get(id)) for id in record.awards))
        return set()

    def _spots(self) -> list[tuple[str, Spot]]:
        """Who is named in each input. What they hold is known from the last time."""
        spots: list[tuple[str, Spot]] = []
        for path, source in self._snapshot.files.items():
            if path.startswith(LEDGERS):
                continue
            known, total = self._known.get(path), f"{source.fingerprint} {self._look.total}"
            if known is None or known.fingerprint != total:
                known = Looked(total, tuple(self._looked(source)))
                self._known.put(path, known)
            spots += [(path, spot) for spot in known.spots]
        return spots

    def _looked(self, source: Source) -> Iterator[Spot]:
        for seen in self._look.name(source.path):
            yield Spot(seen, 0, 0, 1)
        if source.path in self._snapshot.unread or not is_text(data := source.data):
            return
        text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
        for seen, start, end in self._look.file(text.encode()):
            line, margin = text.count("\n", 0, start) + 1, text.rfind("\n", 0, start) + 1
            stop = text.find("\n", start, end)
            yield Spot(seen, line, start - margin + 1, (end if stop < 0 else stop) - start)

    def _place(self, path: str, spot: Spot) -> Place:
        if not spot.line:
            return Place(path)
        keys = next((keys for line, keys in reversed(self._starts(path)) if line <= spot.line), ())
        return Place(path, keys, line=spot.line, column=spot.column, length=spot.length)

    def _record(self, place: Place) -> Record | None:
        return self._records.get((place.path, place.keys[:1])) or self._records.get((place.path, ()))

    @cached_property
    def _records(self) -> dict[tuple[str, tuple[str | int, ...]], Record]:
        return {(record.path, record.keys): record for record in self._campaign.records()}

    def _starts(self, path: str) -> list[tuple[int, tuple[str | int, ...]]]:
        """The lines in which the records of a file begin."""
        if path not in self._lines:
            found = self._lines[path] = []
            if path.startswith("data/"):
                text, read = self._snapshot.files[path].text, reader(path).locate
                while (at := read(text, (len(found),), False))[2] and (not found or at[0] >= found[-1][0]):
                    if at == read(text, (), False) and found:
                        break
                    found.append((at[0] + 1, (len(found),)))
        return self._lines[path]

    def _is_public(self, place: Place) -> bool:
        """Whether what stands there may be a part of the site: a record that is not yet public is none."""
        own = place.path.startswith("content/news/") and place.path.endswith(".md")
        return self._record(place) is not None or not (own or place.keys)
