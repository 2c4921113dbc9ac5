"""The recipes of CONTRIBUTING.md, followed in a copy of the program: each takes no more files than it says."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from conftest import MINIMAL
from reference import ROOT

VEHICLE = '''
"""Vehicles that take part."""

from typing import Annotated

from honorroll.model.base import Record, field
from honorroll.model.field_types import Count, Day, Id, Reference, Text


class Vehicle(Record):
    """A vehicle of a team."""

    label = ("车辆", "vehicle")
    link, folder = "vehicle", "vehicles"
    public_from, text_field = "since", "about"

    id: Id = field(title="编号")
    name: Text = field(title="名称")
    team: Annotated[Id, Reference("teams")] = field(title="队伍")
    seats: Count = field(title="座位数", ge=1)
    since: Day = field(title="投入日期")
    about: Text = field(title="介绍")
'''

SECTION = '''
"""Vehicles: the list, and one page a vehicle."""

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from honorroll.content import TextKey
from honorroll.model import urls
from honorroll.pages.contexts import Said, found_as, template
from honorroll.pages.files.datasets import Dataset, Row, common, means
from honorroll.pages.lookup.index import Index
from honorroll.pages.page import Entry, Page, Section, Shown, TextInputs, article, entry, section
from honorroll.pages.parts import Fact, Link, values

VEHICLES = Link("执勤车辆", urls.index("vehicle"))


@template("vehicles.html")
class VehiclesPage(NamedTuple):
    """All vehicles."""

    vehicles: tuple[Link, ...]
    """In the order of the data."""


@found_as("车辆")
@template("vehicle.html")
class VehiclePage(NamedTuple):
    """One vehicle."""

    name: str
    """Its name."""
    facts: tuple[Fact, ...]
    """Team and seats."""
    body: TextKey
    """What is told of it."""

    def said(self, _: str) -> Said:
        return Said(words=values(self.facts))


def pages(index: Index) -> Iterator[Entry]:
    """The list and a page a vehicle; none without vehicles."""
    if index.campaign.vehicles:
        yield entry(VEHICLES.url, _list)
        for id, vehicle in index.campaign.vehicles.items():
            yield entry(urls.page("vehicle", id), _vehicle, id, day=vehicle.since)


def _list(index: Index) -> Page:
    links = [index.link("vehicles", id) for id in index.campaign.vehicles]
    return section(VEHICLES, VehiclesPage(tuple(link for link in links if link)), "活动中的车辆")


def _vehicle(index: Index, id: str) -> Page:
    vehicle = index.campaign.vehicles[id]
    team = index.link("teams", vehicle.team)
    facts = (Fact("队伍", *team) if team else Fact("队伍", ""), Fact("座位数", str(vehicle.seats)))
    return Page(urls.page("vehicle", id), _Vehicle(vehicle.name, facts), vehicle)


class _Vehicle(TextInputs, frozen=True):
    shows = VehiclePage
    name: str
    facts: tuple[Fact, ...]

    def shown(self, text: TextKey) -> Shown:
        meta = article(VEHICLES, text.url, self.name, f"执勤车辆{self.name}")
        return meta, VehiclePage(self.name, self.facts, text)


class VehicleRow(Row, frozen=True, kw_only=True):
    """A vehicle."""

    name: Annotated[str, means("名称", "Its name.")]
    seats: Annotated[int, means("座位数", "How many people it carries.")]


def _rows(index: Index, base: str) -> Iterator[VehicleRow]:
    for id, vehicle in index.campaign.vehicles.items():
        yield VehicleRow(**common(index, id, urls.page("vehicle", id), base), name=vehicle.name, seats=vehicle.seats)


SECTION = Section(
    pages,
    order=75,
    menu=VEHICLES,
    has_content=lambda campaign: campaign.vehicles,
    data=(Dataset("vehicles", "执勤车辆", VehicleRow, _rows),),
)
'''

LIST = """
{% extends "base.html" %}
{% block main %}
{% for link in vehicles %}<a href="{{ page.root }}{{ link.url }}">{{ link.title }}</a>{% endfor %}
{% endblock %}
"""

ONE = """
{% extends "base.html" %}
{% import "parts/facts.html" as parts %}
{% block main %}
<h1>{{ name }}</h1>
{{ parts.facts(facts) }}
{{ (body|prose).html }}
{% endblock %}
"""

RULE = """
    Rule(
        "PAT-99",
        ERROR,
        ("简介只写了队名“{text}”", "the introduction is only the name “{text}”"),
        ("写一句这支队伍做什么，或者删去 about。", "Write what the team does, or drop `about`."),
        ("队伍的简介告诉读者这支队伍做什么。", "The introduction tells readers what a team does."),
    ),
)
"""

FUNCTION = '''
def introduction_says_more_than_the_name(campaign: Campaign) -> Iterator[Diagnostic]:
    """PAT-99: a team's introduction is not only its name."""
    for team in campaign.teams.values():
        if team.about == team.name:
            yield breach("PAT-99", team, "about", text=team.about)


RULES = (
    introduction_says_more_than_the_name,
'''

DATA = """
- {id: v01, name: 江边一号车, team: t01, seats: 7, since: 2022-09-01, about: "**夜里**也看得见，归[小组](team:t01)。"}
- {id: v02, name: 江边二号车, team: t01, seats: 5, since: 2022-12-01, about: 备用。}
"""

#: What one writes into a file: all of it, or what stands there and what shall stand there.
Edit = str | tuple[tuple[str, str], ...]


class Recipe(NamedTuple):
    """Files by hand, and how many there may be at most."""

    most: int
    edits: Mapping[str, Edit]


KIND = Recipe(
    5,
    {
        "honorroll/model/vehicles.py": VEHICLE,
        "honorroll/model/tables.py": (
            ("\n\n#: Stands for", "\nfrom honorroll.model.vehicles import Vehicle\n\n#: Stands for"),
            ("    persons: Map", "    vehicles: Mapping[str, Vehicle]\n    persons: Map"),
        ),
        "honorroll/pages/sections/vehicles.py": SECTION,
        "templates/vehicles.html": LIST,
        "templates/vehicle.html": ONE,
    },
)
BREACH = Recipe(
    3,
    {
        "honorroll/checks/catalog/teams.py": (("\n)\n", RULE),),
        "honorroll/checks/rules/teams.py": (("\nRULES = (\n", FUNCTION),),
        "tests/diagnostics/PAT-99-only-the-name/input/data/teams/more.yaml": (
            "- {id: t09, name: 第九组, about: 第九组, type: 巡查组, org: xh, headcount: 2, liaison: zd,\n"
            "   equipment: [红袖标], voluntary: 是, certified: 是, insured: 是, age_checked: 是}\n"
        ),
    },
)


def follow(recipe: Recipe, root: Path) -> None:
    for path, edit in recipe.edits.items():
        file = root / path
        if isinstance(edit, str):
            assert not file.exists()
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(edit.lstrip("\n"), encoding="utf-8")
        else:
            for old, new in edit:
                head, found, tail = file.read_text(encoding="utf-8").rpartition(old)
                assert found, (path, old)
                file.write_text(head + new + tail, encoding="utf-8")


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The copy of the program, in the project beside it."""
    command = [sys.executable, "-m", "honorroll", *arguments, "--today", "2022-11-01"]
    return subprocess.run(
        command, cwd=root / "project", env={"PYTHONPATH": str(root)}, capture_output=True, text=True, check=False
    )


def findings(root: Path) -> list[Any]:
    return [json.loads(line) for line in run(root, "check", "--json").stderr.splitlines()]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program after both recipes, with a project beside it that has vehicles."""
    root = tmp_path_factory.mktemp("copy")
    for folder in ("honorroll", "templates", "static"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    follow(KIND, root)
    follow(BREACH, root)
    shutil.copytree(MINIMAL, root / "project")
    (root / "project/data/vehicles.yaml").write_text(DATA, encoding="utf-8")
    plan = root / "project/content/plan.md"
    plan.write_text(plan.read_text(encoding="utf-8") + "\n看[一号车](vehicle:v01)。\n", encoding="utf-8")
    done = run(root, "build", "--base-url", "https://example.org/")
    assert done.returncode == 0, done.stdout + done.stderr
    return root


@pytest.fixture(scope="module")
def output(copy: Path) -> dict[str, str]:
    files = [path for path in (copy / "project/site").rglob("*") if path.suffix in {".html", ".js", ".csv", ".json"}]
    return {path.relative_to(copy / "project/site").as_posix(): path.read_text("utf-8") for path in files}


@pytest.mark.parametrize(("recipe", "heading"), [(KIND, "A kind of record with pages"), (BREACH, "A rule")])
def test_a_recipe_names_each_file_that_it_takes(recipe: Recipe, heading: str) -> None:
    assert len(recipe.edits) <= recipe.most
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (text,) = re.findall(rf"^\*\*{heading}\*\*.*?(?=^\*\*|\Z)", told, re.MULTILINE | re.DOTALL)
    for path in recipe.edits:
        assert any(f"`{each}`" in text for each in (path, *(f"{above}/" for above in Path(path).parents))), path


def test_a_new_kind_has_pages_a_place_in_the_menu_and_a_word_for_links(output: dict[str, str]) -> None:
    assert "<h1>江边一号车</h1>" in output["vehicles/v01.html"]
    assert "江边巡逻小组" in output["vehicles/v01.html"]
    assert '<strong>夜里</strong>也看得见，归<a href="../teams/t01.html">小组</a>' in output["vehicles/v01.html"]
    assert 'href="vehicles/v01.html"' in output["plan.html"]
    assert re.search(r'<nav.*?href="vehicles/index.html"[^>]*>执勤车辆<', output["index.html"], re.DOTALL)


def test_a_new_kind_is_found_by_the_search_under_its_own_name(output: dict[str, str]) -> None:
    assert "车辆" in output["search/index.js"]
    blocks = [text for url, text in output.items() if url.startswith("search/d")]
    assert any("vehicles/v01.html" in text and "江边一号车" in text and "也看得见" in text for text in blocks)


def test_a_new_kind_is_open_data(output: dict[str, str]) -> None:
    (row,) = json.loads(output["data/vehicles.json"])["rows"]
    assert (row["id"], row["page"], row["seats"]) == ("v01", "https://example.org/vehicles/v01.html", 7)
    assert "执勤车辆" in output["data/index.html"]
    assert "江边一号车" in output["data/vehicles.csv"]


def test_a_new_kind_is_shown_from_its_day(output: dict[str, str]) -> None:
    assert "vehicles/v02.html" not in output
    assert not [url for url, text in output.items() if "江边二号车" in text]


def test_a_new_kind_has_a_schema_for_editors(copy: Path) -> None:
    assert run(copy, "check", "--schema", "schemas").returncode == 0
    schema = json.loads((copy / "project/schemas/vehicles.json").read_text(encoding="utf-8"))
    assert schema["title"] == "车辆（data/vehicles.yaml）"
    assert schema["$defs"]["Vehicle"]["properties"]["team"]["description"] == "teams 里的 id"


def test_a_new_kind_is_validated_and_what_refers_to_it_is_planned_again(copy: Path) -> None:
    file = copy / "project/data/vehicles.yaml"
    for wrong, rule in (("seats: 0", "SCH-11"), ("seats: 7, team: t77", "REF-01")):
        file.write_text(DATA.replace("team: t01, seats: 7", wrong), encoding="utf-8")
        assert rule in {row["rule"] for row in findings(copy)}
    file.write_text(DATA.replace("seats: 7", "seats: 9").replace("江边一号车", "江边新车"), encoding="utf-8")
    assert run(copy, "build", "--base-url", "https://example.org/").returncode == 0
    for url in ("vehicles/index.html", "vehicles/v01.html", "data/vehicles.csv"):
        assert "江边新车" in (copy / "project/site" / url).read_text(encoding="utf-8"), url
    file.write_text(DATA, encoding="utf-8")


def test_a_new_rule_finds_its_breach(copy: Path) -> None:
    shutil.copytree(copy / "tests/diagnostics/PAT-99-only-the-name/input", copy / "project", dirs_exist_ok=True)
    (row,) = findings(copy)
    assert (row["rule"], row["path"], row["line"]) == ("PAT-99", "data/teams/more.yaml", 1)
    assert row["message"] == "简介只写了队名“第九组”"
    assert "PAT-99" in run(copy, "check", "--explain", "PAT-99").stdout
