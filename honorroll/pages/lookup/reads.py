"""What a page is planned from: each look into the campaign is noted as a *cell*.

A cell is one record (`teams/t01`), a whole table (`teams/*`), which records it has (`teams/#`), or
the records of a table that share a key (`deeds by team/t01`). A page whose cells hold what they held at the last build is not planned
again, for its inputs would be the same. What is small and stands behind everything (the campaign
itself, its organisations, cycles, tags, figures and standing pages) has no cells: it is the
*ground*, and any change in it plans all pages again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import wraps
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from msgspec.structs import replace

from honorroll.model import Campaign, Inspection, mending
from honorroll.pages.lookup.relations import papers_of

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
        self._made: dict[object, tuple[Any, set[str], str]] = {}
        self._users: dict[str, set[object]] = {}
        self._unsorted: list[object] = []
        """What was made since `begin`, which sorts it by cells: a last build needs no order."""
        self._settled = True

    def begin(self, changed: AbstractSet[str] | None) -> None:
        """Forget what was made of these cells; of all, where they are not known or the last planning did not `end`."""
        self._open = [set()]
        if changed is None or not self._settled:
            self._made, self._users = {}, {}
        else:
            for key in self._unsorted:
                _, cells, given = self._made[key]
                for cell in (*cells, given):
                    self._users.setdefault(cell, set()).add(key)
            for cell in changed:
                for key in self._users.pop(cell, ()):
                    self._made.pop(key, None)
        self._unsorted = []
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
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = *self.kept(make), given
            self._unsorted.append(key)
        self._open[-1].update(made[1])
        found: Result = made[0]
        return found

    def beside(self, key: object, table: str, make: Callable[[], Result]) -> Result:
        """The same for what is made of a whole table, and shows so little of it that who asks notes his look himself."""
        if key not in self._made:
            self._made[key] = make(), set(), f"{table}/*"
            self._unsorted.append(key)
        value: Result = self._made[key][0]
        return value


def once(table: str) -> Callable[[Callable[[Any, Any], Result]], Callable[[Any, Any], Result]]:
    """Memoise a method by the `id` of its record, one of `table`: a card stands in many lists and is made once."""

    def memoised(make: Callable[[Any, Any], Result]) -> Callable[[Any, Any], Result]:
        name = make.__name__

        @wraps(make)
        def look_up(self: Any, record: Any) -> Result:
            given = f"{table}/{record.id}"
            card: Result = self.notes.once((name, given), lambda: make(self, record), given)
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
        self._notes.add(f"{self._name}/#")
        return iter(self._rows)

    def __len__(self) -> int:
        self._notes.add(f"{self._name}/#")
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
