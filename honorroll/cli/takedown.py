"""Taking somebody off the site: the withdrawal in the ledger of consents, what changes by it, and whether anything is left.

Nothing is believed that was not looked at: what changes is found by building the site in memory with and without the
withdrawal, and what is left by reading every file of the site and of the cache.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

from honorroll.cli.writing import known_as
from honorroll.editing import Change, set_values, snapshot_with
from honorroll.engine import Options, Result, pipeline
from honorroll.filesystem import Snapshot, Source
from honorroll.inputs import Read, load, read, reader
from honorroll.model import Campaign, Person
from honorroll.privacy import Person as Known
from honorroll.privacy import PersonNames, naming, packages, plain
from honorroll.publish import Folder, Memory

#: Encodings in which a name may stand in pictures and other files that are no text.
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5")


class Place(NamedTuple):
    """A file that names the person, at a line if that is of use. Where it is not `sure`, somebody else may be meant."""

    path: str
    line: int
    sure: bool


class Takedown(NamedTuple):
    """What is to be done."""

    person: Person
    change: Change
    places: tuple[str, ...]
    """`path:line` of the consents that are withdrawn."""
    by_hand: tuple[str, ...]
    """Of those whose files are written in a way that is better left to people."""
    read: Read
    """The project with the edits."""


class Effect(NamedTuple):
    """What becomes of the site. `files` goes by kind of change, as in `upcoming.MARKS`; `after` is the new build's result."""

    files: Mapping[str, list[str]]
    after: Result
    texts: tuple[Place, ...]
    """Places in texts and data that still name the person: somebody has to write them anew."""
    known: frozenset[tuple[str, str, str]]
    """The findings that have nothing to do with it: they were there before (`writing.known_as`)."""


def people(options: Options, asked: str) -> tuple[list[Person], Read, Campaign | None]:
    """Whom an id or a whole name means, and the project that they were found in."""
    found = read(options.root)
    campaign, _ = load(found[0], options.today)
    persons = campaign.persons if campaign else {}
    if asked in persons:
        return [persons[asked]], found, campaign
    return [person for person in persons.values() if person.name == asked], found, campaign


def plan(person: Person, campaign: Campaign, before: Read, day: date) -> Takedown:
    """What has to be written to withdraw all consents of a person."""
    files = before[0].files
    changed, places, by_hand = dict[str, tuple[bytes, bytes]](), list[str](), list[str]()
    for consent in campaign.consents:
        if consent.person != person.id or consent.withdrawn:
            continue
        path = consent.path
        old, data = changed.get(path, (files[path].data, files[path].data))
        line = _line(path, data, consent.keys)
        new = set_values(path, data, consent.keys, {"withdrawn": max(day, consent.given).isoformat()})
        if new is None:
            by_hand.append(f"{path}:{line}")
            continue
        changed[path] = old, new
        places.append(f"{path}:{_line(path, old, consent.keys)}")
    change = Change(f"撤下 {person.id}", changed)
    return Takedown(person, change, tuple(places), tuple(by_hand), (snapshot_with(before[0], change), before[1]))


def effect(options: Options, takedown: Takedown, campaign: Campaign, before: Read) -> Effect:
    """What the site would be with and without the withdrawal. Nothing is written."""
    names = names_of(campaign, takedown.person)
    store = Memory(database=Folder(options.out, options.root / ".cache", dry=True).database)
    known = frozenset(map(known_as, pipeline.build(options, store, before).findings))
    old = dict(store.files.items())
    after = pipeline.build(options, store, takedown.read)
    new = dict(store.files.items()) if after.counts else {}
    if after.counts:
        files = {
            "new": sorted(new.keys() - old.keys()),
            "changed": sorted(url for url in new.keys() & old.keys() if new[url] != old[url]),
            "removed": sorted(old.keys() - new.keys()),
        }
    else:  # what must be written anew keeps it from being built; at least these files are concerned
        files = {"changed": sorted({place.path for place in search(old.items(), names, takedown.person)})}
    return Effect(files, after, tuple(in_texts(takedown.read[0], names)), known)


def names_of(campaign: Campaign, person: Person) -> PersonNames:
    """A detector that knows everybody, and tells of this person only."""
    return PersonNames(
        Known(one.id, one.name, one.unnamed, "PRV-06" if one.id == person.id else "")
        for one in campaign.persons.values()
    )


def in_texts(snapshot: Snapshot, names: PersonNames) -> Iterator[Place]:
    """Where texts and data name the person, beside the ledgers."""
    for path, source in snapshot.files.items():
        if path.startswith(("content/", "data/")) and not path.startswith(naming.LEDGERS):
            yield from _in_file(path, source.data, names)


def search(files: Iterable[tuple[str, bytes]], names: PersonNames, person: Person) -> Iterator[Place]:
    """The files that name the person, in text, in their names, or in other encodings inside of what is no text."""
    codes = {person.name.encode(code, "ignore") for code in _ENCODINGS}
    codes = {code for code in codes if len(code) > 3}
    for path, data in files:
        if naming.is_of_pairs(path):
            continue
        found = [*_in_file(path, data, names)]
        if not found and not _is_utf8(data) and any(code in data for code in codes):
            found = [Place(path, 1, sure=True)]
        yield from found[:1] or (Place(path, 0, named.sure) for named in names.find(path))


def left(root: Path, out: Path, names: PersonNames, person: Person) -> tuple[int, list[Place], list[Place]]:
    """How many files were read, and which of them name the person: of the site, and of the cache."""
    site, cache = [*_files(out)], [*_cached(root / ".cache")]
    copies = [place._replace(path=f".cache/{place.path}", line=0) for place in search(cache, names, person)]
    return len(site) + len(cache), [*search(site, names, person)], copies


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def _cached(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files of the cache, and what its database holds."""
    for path, data in _files(folder):
        yield path, data
        if path.endswith(".db"):
            with closing(sqlite3.connect(f"{(folder / path).as_uri()}?mode=ro", uri=True)) as database:
                for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                    for row in database.execute(f'SELECT * FROM "{table}"'):  # noqa: S608  # its own tables
                        values = (value for value in row if isinstance(value, str | bytes))
                        yield path, b"\n".join(value.encode() if isinstance(value, str) else value for value in values)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _in_file(path: str, data: bytes, names: PersonNames) -> Iterator[Place]:
    data = packages.text(data) or data
    if not names.may(data):
        return
    text = data.decode("utf-8", "replace")
    form, found = plain(text), dict[int, bool]()
    for named in names.find(form.text):
        line = text.count("\n", 0, form.origin(named.start, named.end)[0]) + 1
        found[line] = found.get(line, False) or named.sure
    yield from (Place(path, line, sure) for line, sure in sorted(found.items()))


def _line(path: str, data: bytes, keys: tuple[str | int, ...]) -> int:
    text = Source(path, data, "").text
    return reader(path).locate(text, keys, False)[0] + 1
