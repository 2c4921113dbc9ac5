"""What was made of looks into the campaign is kept until one of them would show something else."""

from collections.abc import Callable
from typing import Any

import pytest
from conftest import Project
from honorroll.pages.lookup.reads import Notes, noted


def maker(notes: Notes, made: list[str], name: str, *cells: str) -> Callable[[], str]:
    def make() -> str:
        made.append(name)
        for cell in cells:
            notes.add(cell)
        return name

    return make


@pytest.fixture
def made() -> list[str]:
    return []


@pytest.fixture
def notes(made: list[str]) -> Notes:
    """One value of each kind, made once and ended."""
    notes = Notes()
    notes.begin(None)
    ask(notes, made)
    notes.end()
    assert made == ["looked", "given", "beside"]
    made.clear()
    return notes


def ask(notes: Notes, made: list[str]) -> set[str]:
    def all_three() -> None:
        notes.once("looked", maker(notes, made, "looked", "teams/t01"))
        notes.once("given", maker(notes, made, "given", "orgs/o1"), "deeds/d01")
        notes.beside("beside", "posts", maker(notes, made, "beside", "posts/p1"))

    return notes.kept(all_three)[1]


@pytest.mark.parametrize(
    ("changed", "again"),
    [
        ({"teams/t02"}, []),
        ({"teams/t01"}, ["looked"]),
        ({"deeds/d01"}, ["given"]),
        ({"orgs/o1"}, ["given"]),
        ({"posts/*", "posts/p7"}, ["beside"]),
        (None, ["looked", "given", "beside"]),
    ],
)
def test_what_has_changed_is_made_anew_and_nothing_else(
    notes: Notes, made: list[str], changed: set[str] | None, again: list[str]
) -> None:
    notes.begin(changed)
    assert ask(notes, made) == {"teams/t01", "orgs/o1", *(["posts/p1"] if "beside" in again else [])}
    assert made == again


def test_after_a_planning_that_did_not_end_nothing_is_believed(notes: Notes, made: list[str]) -> None:
    notes.begin(set())
    notes.begin(set())
    ask(notes, made)
    assert made == ["looked", "given", "beside"]


LOOKS: list[tuple[str, Callable[[Any], object], str]] = [
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


@pytest.mark.parametrize(("table", "look", "cell"), LOOKS)
def test_every_look_is_noted(project: Project, table: str, look: Callable[[Any], object], cell: str) -> None:
    """Also one in vain, and whatever way a page may choose."""
    campaign, notes = project.check().campaign, Notes()
    assert campaign
    assert cell in notes.kept(lambda: look(getattr(noted(campaign, notes), table)))[1]
