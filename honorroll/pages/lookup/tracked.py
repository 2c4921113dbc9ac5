"""The campaign as pages read it: every read of a table, of a record or of a group is recorded as a dependency."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import wraps
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from msgspec.structs import asdict, replace

from honorroll.incremental import Reads
from honorroll.model import Campaign, Inspection, mending
from honorroll.pages.lookup.relations import papers_of

Kind = TypeVar("Kind")
Result = TypeVar("Result")


class Group(NamedTuple):
    """How the records of a table share keys."""

    table: str
    keys: Callable[[Any], Sequence[str | None]]


def _posts_by(field: str) -> Group:
    return Group("posts", attrgetter(field))


def _mended(inspection: Inspection) -> Iterator[str]:
    """The days on which its hazards were mended."""
    days = (mending(inspection, hazard) for hazard in inspection.hazards)
    yield from (day.isoformat() for day in days if day)


GROUPS = {
    **{f"posts by {field}": _posts_by(field) for field in ("teams", "deeds", "projects", "awards", "tags")},
    "posts by month": Group("posts", lambda post: [post.date.isoformat()[:7]]),
    "deeds by team": Group("deeds", lambda deed: [deed.team]),
    "patrols by team": Group("patrols", lambda patrol: [patrol.team]),
    "inspections by team": Group("inspections", lambda inspection: [inspection.team]),
    "inspections by project": Group("inspections", lambda inspection: [point.project for point in inspection.points]),
    "patrols by day": Group("patrols", lambda patrol: [patrol.date.isoformat()]),
    "inspections by day": Group("inspections", lambda inspection: [inspection.date.isoformat()]),
    "inspections by mending": Group("inspections", lambda inspection: list(_mended(inspection))),
    "awards by project": Group("awards", lambda award: [award.project]),
    "awards by org": Group("awards", lambda award: [award.org]),
    "awards by person": Group("awards", lambda award: [award.person]),
    "awards by paper": Group("awards", papers_of),
    "notices by corrected": Group("notices", lambda notice: [notice.corrects]),
    "deeds by project": Group("deeds", lambda deed: [deed.project]),
    "deeds by person": Group("deeds", lambda deed: deed.persons),
    "projects by company": Group("projects", lambda project: [project.company]),
    "projects by merit": Group("projects", lambda project: [merit.deed for merit in project.merits]),
    "teams by org": Group("teams", lambda team: [team.org]),
    "persons by org": Group("persons", lambda person: [person.org]),
}


def once(table: str) -> Callable[[Callable[[Any, Any], Result]], Callable[[Any, Any], Result]]:
    """Memoise a method by the `id` of its record, one of `table`: a card stands in many lists and is made once."""

    def memoised(make: Callable[[Any, Any], Result]) -> Callable[[Any, Any], Result]:
        name = make.__name__

        @wraps(make)
        def look_up(self: Any, record: Any) -> Result:
            card: Result = self.reads.once((name, table, record.id), lambda: make(self, record))
            return card

        return look_up

    return memoised


class _Table(Mapping[str, Kind]):
    """A table whose reads are recorded."""

    def __init__(self, name: str, rows: Mapping[str, Kind], reads: Reads) -> None:
        self._name, self._rows, self._reads = name, rows, reads

    def __getitem__(self, id: str) -> Kind:
        self._reads.add(f"{self._name}/{id}")
        return self._rows[id]

    def __contains__(self, id: object) -> bool:
        self._reads.add(f"{self._name}/{id}")
        return id in self._rows

    def __iter__(self) -> Iterator[str]:
        self._reads.add(f"{self._name}/#")
        return iter(self._rows)

    def __len__(self) -> int:
        self._reads.add(f"{self._name}/#")
        return len(self._rows)

    def values(self) -> Any:
        self._reads.add(f"{self._name}/*")
        return self._rows.values()

    def items(self) -> Any:
        self._reads.add(f"{self._name}/*")
        return self._rows.items()


class _Ledger(Sequence[Any]):
    """A ledger whose reads are recorded."""

    def __init__(self, name: str, rows: Sequence[Any], reads: Reads) -> None:
        self._name, self._rows, self._reads = name, rows, reads

    def __getitem__(self, at: Any) -> Any:
        self._reads.add(f"{self._name}/*")
        return self._rows[at]

    def __iter__(self) -> Iterator[Any]:
        self._reads.add(f"{self._name}/*")
        return iter(self._rows)

    def __len__(self) -> int:
        self._reads.add(f"{self._name}/*")
        return len(self._rows)


def tables(campaign: Campaign) -> dict[str, Mapping[str, Any]]:
    """All that is tracked: every table of the campaign, its rows by id, those of a ledger by their place."""
    found: dict[str, Mapping[str, Any]] = {}
    for name, rows in asdict(campaign).items():
        if isinstance(rows, tuple):
            found[name] = {f"{row.path} {row.keys}": row for row in rows}
        elif isinstance(rows, Mapping) and name != "faulty":
            found[name] = rows
    return found


def shared(table: str) -> Callable[[Any], Iterator[str]]:
    """The function that tells which dependencies a record of a table shares with others: its groups."""
    groups = [(name, group.keys) for name, group in GROUPS.items() if group.table == table]

    def of(record: Any) -> Iterator[str]:
        for name, keys in groups:
            yield from (f"{name}/{key}" for key in keys(record) if key is not None)

    return of


def tracked(campaign: Campaign, reads: Reads) -> Campaign:
    """The campaign, recording who reads what."""
    shown: dict[str, Any] = {
        name: _Ledger(name, getattr(campaign, name), reads)
        if isinstance(getattr(campaign, name), tuple)
        else _Table(name, rows, reads)
        for name, rows in tables(campaign).items()
    }
    return replace(campaign, **shown)


def grouped(name: str, records: Iterable[Any]) -> dict[str, list[Any]]:
    """The records of a group by key, in the given order."""
    found = defaultdict[str, list[Any]](list)
    keys = GROUPS[name].keys
    for record in records:
        own = keys(record)
        for key in own if len(own) < 2 else dict.fromkeys(own):
            if key is not None:
                found[key].append(record)
    return found
