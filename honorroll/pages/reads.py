"""What a page is planned from: each look into the campaign is noted as a *cell*.

A cell is one record (`teams/t01`), a whole table (`teams/*`), or the records of a table that share
a key (`deeds by team/t01`). A page whose cells hold what they held at the last build is not planned
again, for its inputs would be the same. What is small and stands behind everything (the campaign
itself, its organisations, cycles, tags, figures and standing pages) has no cells: it is the
*ground*, and any change in it plans all pages again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import partial, wraps
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from honorroll.ledgers import mending
from honorroll.load import Campaign
from honorroll.model import Inspection, Record
from honorroll.pages.ties import papers_of
from honorroll.shelf import Shelf
from honorroll.source import digest

Kind = TypeVar("Kind")
Result = TypeVar("Result")

#: Tables and ledgers with cells; all others are ground.
TABLES = ("posts", "deeds", "teams", "projects", "persons", "awards", "notices", "pictures")
LEDGERS = ("patrols", "inspections")
GROUND = ("orgs", "cycles", "figures", "tags", "articles")


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


class Notes:
    """The cells that have been looked at, and what has been made of them: once for many pages and, in the preview, builds."""

    def __init__(self) -> None:
        self._open: list[set[str]] = [set()]
        self._made: dict[object, tuple[Any, set[str], set[str]]] = {}
        self._settled = True

    def begin(self, changed: AbstractSet[str] | None) -> None:
        """Forget what was made of these cells; of all, where they are not known or the last planning did not `end`."""
        self._open = [set()]
        if changed is None or not self._settled:
            self._made = {}
        else:
            self._made = {key: made for key, made in self._made.items() if changed.isdisjoint(made[2])}
        self._settled = False

    def end(self) -> None:
        """All has been planned of what was made since `begin`."""
        self._settled = True

    def add(self, cell: str) -> None:
        """Note a cell."""
        self._open[-1].add(cell)

    def kept(self, make: Callable[[], Result]) -> tuple[Result, set[str]]:
        """What `make` returns, and the cells that it looked at."""
        self._open.append(set())
        try:
            return make(), self._open[-1]
        finally:
            self._open.pop()

    def once(self, key: object, make: Callable[[], Result], given: str = "") -> Result:
        """What `make` returned when it was first asked for under this key: who asks again has looked at the same.

        `given` is the cell of a record that `make` has from its caller, who looked at it.
        """
        if key not in self._made:
            value, cells = self.kept(make)
            self._made[key] = value, cells, cells | {given}
        found: Result = self._made[key][0]
        self._open[-1] |= self._made[key][1]
        return found

    def beside(self, key: object, table: str, make: Callable[[], Result]) -> Result:
        """The same for what is made of a whole table, and shows so little of it that who asks notes his look himself."""
        if key not in self._made:
            self._made[key] = make(), set(), {f"{table}/*"}
        value: Result = self._made[key][0]
        return value


def once(table: str) -> Callable[[Callable[[Any, Any], Result]], Callable[[Any, Any], Result]]:
    """Memoise a method by the `id` of its record, one of `table`: a card stands in many lists and is made once."""

    def memoised(make: Callable[[Any, Any], Result]) -> Callable[[Any, Any], Result]:
        @wraps(make)
        def look_up(self: Any, record: Any) -> Result:
            given = f"{table}/{record.id}"
            card: Result = self.notes.once((make.__name__, given), partial(make, self, record), given)
            return card

        return look_up

    return memoised


class _Table(Mapping[str, Kind]):
    """A table whose reader is noted."""

    def __init__(self, name: str, rows: Mapping[str, Kind], notes: Notes) -> None:
        self._name, self._rows, self._notes = name, rows, notes

    def __getitem__(self, id: str) -> Kind:
        self._notes.add(f"{self._name}/{id}")
        return self._rows[id]

    def __contains__(self, id: object) -> bool:
        self._notes.add(f"{self._name}/{id}")
        return id in self._rows

    def __iter__(self) -> Iterator[str]:
        self._notes.add(f"{self._name}/*")
        return iter(self._rows)

    def __len__(self) -> int:
        self._notes.add(f"{self._name}/*")
        return len(self._rows)

    def values(self) -> Any:
        self._notes.add(f"{self._name}/*")
        return self._rows.values()

    def items(self) -> Any:
        self._notes.add(f"{self._name}/*")
        return self._rows.items()


class _Ledger(Sequence[Any]):
    """A ledger whose reader is noted."""

    def __init__(self, name: str, rows: Sequence[Any], notes: Notes) -> None:
        self._name, self._rows, self._notes = name, rows, notes

    def __getitem__(self, at: Any) -> Any:
        self._notes.add(f"{self._name}/*")
        return self._rows[at]

    def __iter__(self) -> Iterator[Any]:
        self._notes.add(f"{self._name}/*")
        return iter(self._rows)

    def __len__(self) -> int:
        self._notes.add(f"{self._name}/*")
        return len(self._rows)


def noted(campaign: Campaign, notes: Notes) -> Campaign:
    """The campaign, noting who looks at what."""
    shown: dict[str, Any] = {name: _Table(name, getattr(campaign, name), notes) for name in TABLES}
    shown |= {name: _Ledger(name, getattr(campaign, name), notes) for name in LEDGERS}
    return replace(campaign, **shown)


def grouped(name: str, records: Iterable[Any]) -> dict[str, list[Any]]:
    """The records of a group by key, in the given order."""
    found: dict[str, list[Any]] = {}
    keys = GROUPS[name].keys
    for record in records:
        own = keys(record)
        for key in own if len(own) < 2 else dict.fromkeys(own):
            if key is not None:
                found.setdefault(key, []).append(record)
    return found


def changed(campaign: Campaign, ground: str, shelf: Shelf) -> tuple[set[str] | None, Callable[[], None]]:
    """The cells that differ from those on the shelf, and how to put the new ones there, when all has been planned.

    None of them can be told, and all may differ, where the ground or the order of records does, or the last planning
    was cut off.
    """
    cells: set[str] = set()
    facts: dict[str, tuple[str, str, tuple[str, ...]]] = {}
    gone: list[str] = []
    orders: dict[str, tuple[str, ...]] = {}
    whole = shelf.get("ground") != ground
    shelf.put("ground", "")
    for table in (*TABLES, *LEDGERS):
        rows = _rows(table, getattr(campaign, table))
        before: tuple[str, ...] = shelf.get(f"order of {table}") or ()
        moved = set()
        known = shelf.of([f"{table}/{id}" for id in rows])
        for id, record in rows.items():
            cell = f"{table}/{id}"
            old = known.get(cell)
            if old is None or old[0] != record.digest or old[1] != record.path:
                facts[cell] = record.digest, record.path, (f"{table}/*", *_shared(table, record))
                cells |= {cell, *facts[cell][2], *(old[2] if old else ())}
                moved.add(id)
        names = tuple(rows)
        if names != before:
            orders[f"order of {table}"] = names
            lost = set(before) - rows.keys()
            for cell in (f"{table}/{id}" for id in lost):
                old = shelf.get(cell)
                cells |= {cell, *(old[2] if old else (f"{table}/*",))}
                gone.append(cell)
            whole |= [id for id in before if id not in lost | moved] != [id for id in names if id not in moved]

    def keep() -> None:
        for key, value in (*facts.items(), *orders.items(), ("ground", ground)):
            shelf.put(key, value)
        for cell in gone:
            shelf.drop(cell)

    return (None if whole else cells), keep


def _rows(table: str, rows: Any) -> Mapping[str, Record]:
    """The rows of a table by id; those of a ledger by their place."""
    return rows if table in TABLES else {f"{row.path} {row.at().keys}": row for row in rows}


def _shared(table: str, record: Record) -> Iterator[str]:
    for name, group in GROUPS.items():
        if group.table == table:
            yield from (f"{name}/{key}" for key in group.keys(record) if key is not None)


def ground(campaign: Campaign, *more: object) -> str:
    """Digest of the ground, and of `more` that stands behind all pages."""
    records = [campaign.info, *(record for name in GROUND for record in getattr(campaign, name).values())]
    words = [repr(more), str(campaign.today), *(record.digest for record in records)]
    return digest("\n".join(words).encode("utf-8", "surrogatepass"))
