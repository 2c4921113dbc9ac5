"""Every read of the campaign by a page is recorded as a dependency, and nothing is computed again without need."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from conftest import Project
from msgspec.structs import asdict

from honorroll.incremental.database import Database
from honorroll.incremental.dependencies import Dependents, Reads, changed
from honorroll.pages.lookup.tracked import tables, tracked


def test_what_was_computed_once_brings_its_dependencies_to_whoever_asks_again() -> None:
    reads, computed = Reads(), list[str]()

    def compute() -> str:
        computed.append("x")
        reads.add("teams/t01")
        return "value"

    for _ in range(2):
        assert reads.of(lambda: reads.once("key", compute)) == ("value", {"teams/t01"})
    assert computed == ["x"]


def test_every_table_is_tracked(project: Project) -> None:
    """Whatever mapping or ledger of records is added to the campaign, too."""
    campaign = project.check().campaign
    assert campaign
    fields = {name for name, rows in asdict(campaign).items() if isinstance(rows, (Mapping, tuple))} - {"faulty"}
    assert {*tables(campaign)} == fields
    for name in fields:
        reads = Reads()
        assert reads.of(lambda name=name, reads=reads: len(getattr(tracked(campaign, reads), name)))[1]


class Row:
    """A record as `changed` sees it."""

    def __init__(self, fingerprint: str, *shared: str, path: str = "a.yaml") -> None:
        self.fingerprint, self.path, self.shared = fingerprint, path, shared


BEFORE = {"a": Row("1", "by x/1"), "b": Row("2", "by x/1"), "c": Row("3", "by x/2")}
CHANGES: dict[str, tuple[dict[str, Row], set[str] | None]] = {
    "nothing": (BEFORE, set()),
    "a value": (BEFORE | {"b": Row("9", "by x/1")}, {"t/*", "t/b", "by x/1"}),
    "a group": (BEFORE | {"c": Row("9", "by x/3")}, {"t/*", "t/c", "by x/2", "by x/3"}),
    "a path": (BEFORE | {"c": Row("3", "by x/2", path="b.yaml")}, {"t/*", "t/c", "by x/2"}),
    "one more": (BEFORE | {"d": Row("4")}, {"t/*", "t/#", "t/d"}),
    "one more before": ({"d": Row("4")} | BEFORE, {"t/*", "t/#", "t/d"}),
    "one less": ({id: BEFORE[id] for id in "ac"}, {"t/*", "t/#", "t/b", "by x/1"}),
    "another order": ({id: BEFORE[id] for id in "bac"}, None),
}


@pytest.mark.parametrize("name", CHANGES)
def test_which_dependencies_have_changed(name: str) -> None:
    database = Database()
    assert changed(database, "t", BEFORE, lambda row: row.shared) is None
    rows, expected = CHANGES[name]
    assert changed(database, "t", rows, lambda row: row.shared) == expected
    assert changed(database, "t", rows, lambda row: row.shared) == set()


def test_dependents_are_found_by_what_they_read() -> None:
    database = Database()
    first = Dependents(database.table("readers", tuple[str, ...]))
    first.put("a.html", {"teams/t01", "teams/#"})
    first.put("b.html", {"teams/t01"})
    first.store()
    again = Dependents(database.table("readers", tuple[str, ...]))
    again.put("c.html", {"teams/#"})
    again.store()
    assert again.of({"teams/t01"}) == {"a.html", "b.html"}
    assert again.of({"teams/#", "none"}) == {"a.html", "c.html"}


READS: list[tuple[str, Callable[[Any], object], str]] = [
    ("teams", lambda teams: teams["t01"], "teams/t01"),
    ("teams", lambda teams: "t09" in teams, "teams/t09"),
    ("teams", lambda teams: teams.get("t09"), "teams/t09"),
    ("teams", lambda teams: next(iter(teams)), "teams/#"),
    ("teams", len, "teams/#"),
    ("teams", lambda teams: [*teams.keys()], "teams/#"),
    ("teams", lambda teams: teams.values(), "teams/*"),
    ("teams", lambda teams: teams.items(), "teams/*"),
    ("patrols", lambda patrols: patrols[0], "patrols/*"),
    ("patrols", lambda patrols: next(iter(patrols)), "patrols/*"),
    ("patrols", len, "patrols/*"),
]


@pytest.mark.parametrize(("table", "look", "cell"), READS)
def test_every_read_is_recorded(project: Project, table: str, look: Callable[[Any], object], cell: str) -> None:
    """Also one in vain, and whatever way a page may choose."""
    campaign, reads = project.check().campaign, Reads()
    assert campaign
    assert cell in reads.of(lambda: look(getattr(tracked(campaign, reads), table)))[1]
