"""What is computed from which parts of the campaign, and what must be computed again when some of them change.

A *dependency* is the name of a part: one record (`teams/t01`), a whole table (`teams/*`), which records it has
(`teams/#`), or the records of a table that share a key (`deeds by team/t01`). Reads are recorded while something is
computed (`Reads`); what depends on each is stored (`Dependents`); which have changed is told by comparing the
fingerprints of the records with the stored ones (`changed`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, Protocol, TypeVar

from honorroll.incremental.database import Database, Table

Result = TypeVar("Result")


class Tracked(Protocol):
    """A record: something with a place and a fingerprint."""

    @property
    def path(self) -> str: ...
    @property
    def fingerprint(self) -> str: ...


class Reads:
    """Records the dependencies of what is being computed."""

    def __init__(self) -> None:
        self._open: list[set[str]] = [set()]
        self._computed: dict[object, tuple[Any, set[str]]] = {}

    def add(self, dependency: str) -> None:
        """Record a read."""
        self._open[-1].add(dependency)

    def of(self, compute: Callable[[], Result]) -> tuple[Result, set[str]]:
        """What `compute` returns, and its dependencies."""
        self._open.append(set())
        try:
            return compute(), self._open[-1]
        finally:
            self._open.pop()

    def once(self, key: object, compute: Callable[[], Result]) -> Result:
        """What `compute` returned when it was first asked for under this key; who asks again has the same dependencies."""
        if key not in self._computed:
            self._computed[key] = self.of(compute)
        found, dependencies = self._computed[key]
        self._open[-1] |= dependencies
        result: Result = found
        return result


class Fact(NamedTuple):
    """What is stored of a record."""

    fingerprint: str
    path: str
    shared: tuple[str, ...]
    """The dependencies that it shares with other records of its table."""


def changed(
    database: Database, name: str, rows: Mapping[str, Tracked], shared: Callable[[Any], Iterable[str]]
) -> set[str] | None:
    """The dependencies of a table that have changed since the last call for it; none where all may have.

    That is so when nothing is stored of it, or when records changed places.
    """
    facts, orders = database.table(f"records of {name}", Fact), database.table("orders", tuple[str, ...])
    before, order = orders.get(name), tuple(rows)
    known, fresh = facts.values, dict[str, Fact]()
    for id, record in rows.items():
        old = known.get(id)
        if old is None or old.fingerprint != record.fingerprint or old.path != record.path:
            fresh[id] = Fact(record.fingerprint, record.path, tuple(shared(record)))
    gone = known.keys() - rows.keys()
    moved = {*fresh, *gone}
    result = {f"{name}/{id}" for id in moved}
    if moved:
        result.add(f"{name}/*")
    for fact in (*fresh.values(), *[known[id] for id in moved if id in known]):
        result.update(fact.shared)
    for id, fact in fresh.items():
        facts.put(id, fact)
    for id in gone:
        facts.drop(id)
    if before == order:
        return result
    orders.put(name, order)
    was = {*before} if before is not None else set()
    if before is None or [id for id in before if id in rows] != [id for id in order if id in was]:
        return None
    return result | {f"{name}/#"}


class Dependents:
    """What depends on each dependency, and perhaps what did once: that costs a computation in vain."""

    def __init__(self, table: Table[tuple[str, ...]]) -> None:
        self._table = table
        self._new: dict[str, list[str]] = defaultdict(list)

    def of(self, dependencies: Iterable[str]) -> set[str]:
        """What depends on any of these."""
        asked = {*dependencies}
        known = self._table.some(asked)
        return {name for dependency in asked for name in known.get(dependency, ())}

    def put(self, name: str, dependencies: Iterable[str]) -> None:
        """Something depends on these; stored by `store`."""
        for dependency in dependencies:
            self._new[dependency].append(name)

    def store(self) -> None:
        """Store what was put."""
        before = self._table.some(self._new)
        for dependency, names in self._new.items():
            known = before.get(dependency, ())
            if not {*names} <= {*known}:
                self._table.put(dependency, tuple(sorted({*names, *known})))
        self._new.clear()
