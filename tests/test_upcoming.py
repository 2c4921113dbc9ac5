"""`build --upcoming`: exactly the files that a build of that day changes, and no other day changes any."""

import gc
import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import Project, sample
from reference import ROOT, copy_project

from honorroll.cli import upcoming
from honorroll.cli.commands import main
from honorroll.engine import pipeline
from honorroll.engine.options import Options
from honorroll.inputs import load, read
from honorroll.model import Record
from honorroll.publish.targets import Memory

DAY = timedelta(days=1)


def told(options: Options, days: int) -> dict[date, dict[str, list[str]]]:
    """What is told, by day: all of a day as one, as the sites of whole days differ."""
    found: dict[date, dict[str, list[str]]] = {}
    for moment, files, _ in upcoming.changes(options, days):
        known = found.setdefault(moment.date(), {"new": [], "changed": [], "removed": []})
        for name, urls in files.items():
            known[name] = sorted({*known[name], *urls})
    for known in found.values():
        known["changed"] = [url for url in known["changed"] if url not in known["new"]]
    return {day: files for day, files in found.items() if any(files.values())}


def happens(options: Options, days: int) -> dict[date, dict[str, list[str]]]:
    """What the sites of all these days differ in, by their bytes."""
    found, before = {}, built(options, options.today)
    for day in (options.today + n * DAY for n in range(1, days + 1)):
        after = built(options, day)
        files = {
            "new": sorted(after.keys() - before.keys()),
            "changed": sorted(url for url in after.keys() & before.keys() if after[url] != before[url]),
            "removed": sorted(before.keys() - after.keys()),
        }
        if any(files.values()):
            found[day] = files
        before = after
    return found


STORES: dict[Path, Memory] = {}


def built(options: Options, day: date) -> dict[str, bytes]:
    store = STORES.setdefault(options.root, Memory())  # test_incremental holds that what is kept is as if built anew
    result = pipeline.build(Options(root=options.root, out=options.out, today=day), store)
    assert [(day, finding.message("en")) for finding in result.findings] == []
    return dict(store.files.items())


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("campaign"))


#: Spans of the reference campaign: the day before the first, and how many days are looked at one by one.
SPANS = [
    (date(2020, 11, 8), 24),  # the first cycle: announced, granted
    (date(2021, 6, 15), 7),  # revoked
    (date(2021, 12, 30), 4),  # a new cycle's year
    (date(2022, 8, 18), 16),  # the campaign begins
    (date(2022, 10, 4), 9),  # a veto, visits, an exit
    (date(2022, 10, 17), 4),  # reviews, an incident
    (date(2022, 10, 23), 10),  # consent is withdrawn, the campaign ends
    (date(2022, 12, 1), 3),  # the second cycle: objected to
    (date(2022, 12, 12), 5),  # closed, granted
]


def kinds(value: Any, name: str = "") -> Iterator[tuple[str, date]]:
    """Each date in a record, and in what field it stands."""
    if isinstance(value, date):
        yield name, value.date() if isinstance(value, datetime) else value
    elif isinstance(value, Record):
        for key, inner in value.values().items():
            yield from kinds(inner, f"{type(value).__name__}.{key}")
    elif isinstance(value, tuple):
        for inner in value:
            yield from kinds(inner, name)


def test_each_kind_of_date_falls_into_a_span() -> None:
    campaign, _ = load(read(ROOT)[0], date(2022, 11, 1))
    assert campaign
    found = [each for record in campaign.records() for each in kinds(record)]
    within = {name for name, day in found for start, days in SPANS if start < day < start + days * DAY}
    assert sorted({name for name, _ in found} - within) == []
    assert len(within) > 25


@pytest.mark.parametrize(("start", "days"), sample(SPANS, 3, "spans"))
def test_it_tells_all_that_will_change_and_nothing_else(campaign: Path, start: date, days: int) -> None:
    options = Options(root=campaign, out=campaign / "site", today=start)
    expected = happens(options, days)
    assert expected
    assert told(options, days) == expected


def test_nothing_is_written(project: Project) -> None:
    before = {path: path.stat().st_mtime_ns for path in project.root.rglob("*")}
    assert told(Options(root=project.root, out=project.site, today=date(2022, 9, 10)), 30)
    assert {path: path.stat().st_mtime_ns for path in project.root.rglob("*")} == before


def test_a_site_that_was_built_before_changes_nothing_of_it(project: Project) -> None:
    """Its cache tells of files that are in its folder, and not in memory."""
    options = Options(root=project.root, out=project.site, today=date(2022, 9, 10))
    expected = told(options, 30)
    assert project.build(today=options.today).counts
    assert told(options, 30) == expected


def test_the_command_lists_days_and_files(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--upcoming", "8", "--today", "2022-09-12", "--lang", "en"], project.root) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("2022-09-13: 9 new, ")
    days = ["2022-09-13", "2022-09-19", "2022-09-20"]  # on the second the open data reach the last day of a notice
    pages = ("awards/a01.html", "awards/index.html")
    data = ("data/awards.csv", "data/awards.json", "data/awards.schema.json")
    more = ("notices/feed.xml", "notices/index.html", "notices/n01.html", "search/d17.js")
    assert out[1:10] == [f"  + {url}" for url in (*pages, *data, *more)]
    assert [line[:10] for line in out if not line.startswith(" ")] == days
    assert main(["build", "--upcoming", "8", "--today", "2022-09-12", "--json"], project.root) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [day["day"] for day in found] == days
    assert "notices/n02.html" in found[2]["new"]
    assert main(["build", "--upcoming", "--today", "2023-01-01", "--lang", "en"], project.root) == 0
    assert "No file will change by date alone in the 400 days" in capsys.readouterr().out


def test_what_many_builds_leave_behind_is_collected(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """None of them is large, so none has the collector turned on."""
    seen: list[bool] = []

    def changes(*_: object) -> Iterator[upcoming.Change]:
        seen.append(gc.isenabled())
        yield from ()

    monkeypatch.setattr(upcoming, "changes", changes)
    gc.disable()
    try:
        assert main(["build", "--upcoming", "8", "--today", "2022-09-12"], project.root) == 0
    finally:
        gc.enable()
    assert seen == [True]


def test_a_build_that_will_fail_is_told(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.replace("data/teams.yaml", "headcount: 5", "headcount: 4")
    project.write(
        "data/campaign.yaml",
        project.read("data/campaign.yaml") + "waivers: [{rule: PAT-03, reason: 补人, until: 2022-09-15}]\n",
    )
    assert main(["build", "--upcoming", "--today", "2022-09-12", "--lang", "en"], project.root) == 1
    streams = capsys.readouterr()
    assert "2022-09-13: 9 new" in streams.out
    assert "2022-09-16: the build will fail then" in streams.err
    assert "PAT-03" in streams.err
    assert main(["build", "--upcoming", "--today", "2022-09-16"], project.root) == 1


def test_the_reference_campaign_can_be_built_on_any_day() -> None:
    """Every 13th day; those of which each kind of date falls on one are looked at one by one above."""
    options, day = Options(root=ROOT, out=ROOT / "site", today=date(2020, 10, 1)), date(2020, 10, 1)
    while day <= date(2023, 12, 31):
        built(options, day)  # without any finding
        day += 13 * DAY
