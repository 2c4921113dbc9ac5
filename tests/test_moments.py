"""A post appears at its minute: on the command line, in incremental builds, feeds, the preview and what is upcoming."""

import json
from contextlib import closing
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from conftest import Project

from honorroll import preview
from honorroll.chinese.typography import CHINA
from honorroll.cli import upcoming
from honorroll.cli.commands import main
from honorroll.engine import pipeline, up_to_date
from honorroll.engine.options import Options

POST = "content/news/2022-09-03-x.md"
PAGE = "news/2022-09-03-x.html"


@pytest.fixture
def evening(project: Project) -> Project:
    """With a post of the evening of 3 September."""
    project.write(POST, "---\ntitle: 晚上才发\ndate: 2022-09-03 20:30\n---\n\n正文。\n")
    return project


def at(project: Project, moment: str, **more: Any) -> Options:
    """A build at a moment in China."""
    options = Options(root=project.root, out=project.site, today=date(2022, 9, 3), **more)
    return options.at(datetime.fromisoformat(moment).replace(tzinfo=CHINA))


def shown(project: Project) -> bool:
    """Whether the post is public: its page, the lists, feeds, index of the search, all or none."""
    output = project.output()
    named = {url for url, data in output.items() if "晚上才发".encode() in data}
    assert not named or {PAGE, "index.html", "news/index.html", "feed.xml", "rss.xml", "feed.json"} <= named
    assert (PAGE in output) == bool(named)
    return PAGE in output


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2022-09-02 23:59", False),
        ("2022-09-03 00:00", False),
        ("2022-09-03 15:00", False),
        ("2022-09-03 20:29:59", False),
        ("2022-09-03 20:30", True),
        ("2022-09-03 23:59", True),
        ("2022-09-04 00:00", True),
    ],
)
def test_a_post_appears_at_its_minute(evening: Project, moment: str, expected: bool) -> None:
    assert pipeline.build(at(evening, moment)).counts
    assert shown(evening) == expected


@pytest.mark.parametrize(
    ("args", "epoch", "expected"),
    [
        (["--now", "2022-09-03T20:29"], "", False),
        (["--now", "2022-09-03 20:30"], "", True),
        (["--now", "2022-09-03T20:29:59+08:00"], "", False),
        (["--now", "2022-09-03T12:30Z"], "", True),  # 20:30 in China
        (["--now", "2022-09-03T12:29:00+00:00"], "", False),
        (["--today", "2022-09-03"], "", True),  # to the end of the day
        (["--today", "2022-09-02"], "", False),
        ([], "1662208199", False),  # 2022-09-03T12:29:59Z
        ([], "1662208200", True),
        (["--now", "2022-09-03T15:00", "--future"], "", True),
    ],
)
def test_the_moment_of_a_build(
    evening: Project, args: list[str], epoch: str, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert main(["build", "-q", *args], evening.root) == 0
    assert shown(evening) == expected


@pytest.mark.parametrize(
    ("args", "epoch"),
    [
        (["--now", "2022-09-03"], ""),
        (["--now", "20:30"], ""),
        (["--now", "2022-09-03T25:00"], ""),
        (["--now", "2022-13-03T15:00"], ""),
        (["--now", "0001-01-01T00:00+08:00"], ""),
        (["--now", "9999-12-31T23:59Z"], ""),
        (["--now", "2022-09-03T15:00", "--today", "2022-09-03"], ""),
        (["--today", "1948-12-31"], ""),
        (["--today", "9999-12-31", "--upcoming"], ""),
        ([], "soon"),
        ([], "9" * 30),
        ([], "-99999999999"),
    ],
)
def test_what_is_no_moment(
    project: Project, args: list[str], epoch: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert main(["build", *args, "--lang", "en"], project.root) == 2
    assert "Usage:" in capsys.readouterr().err
    assert not project.site.exists()


@pytest.mark.parametrize("warm", [False, True])
def test_a_build_later_on_the_same_day_shows_it(evening: Project, warm: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    before = [up_to_date.build(at(evening, f"2022-09-03 15:0{minute}")) for minute in range(3 if warm else 1)]
    assert all(result.counts for result in before)
    assert not shown(evening)
    with monkeypatch.context() as patched:
        if warm:  # nothing happens at 20:29, so it ends early
            patched.setattr("honorroll.engine.pipeline.build", lambda *_: pytest.fail("built again"))
            assert up_to_date.build(at(evening, "2022-09-03 20:29")).counts
    assert up_to_date.build(at(evening, "2022-09-03 23:59")).counts
    assert shown(evening)
    whole = evening.root.parent / "whole"
    assert pipeline.build(Options(root=evening.root, out=whole, today=date(2022, 9, 3))).counts
    assert evening.output(whole) == evening.output()
    with monkeypatch.context() as patched:
        patched.setattr("honorroll.engine.pipeline.build", lambda *_: pytest.fail("built again"))
        assert up_to_date.build(at(evening, "2022-09-03 20:31")).counts
    assert up_to_date.build(at(evening, "2022-09-03 20:29")).counts  # back in time
    assert not shown(evening)


def test_incremental_builds_of_a_day_equal_clean_ones(evening: Project) -> None:
    """Three posts of one day, an edit between, in any order."""
    for clock in ("08:00", "12:15"):
        text = evening.read(POST).replace("20:30", clock).replace("晚上才发", f"{clock[:2]}点")
        evening.write(f"content/news/at-{clock[:2]}.md", text)
    for clock in ("07:59", "12:15", "08:00", "20:30", "23:59", "12:14", "00:00", "21:00"):
        evening.write(POST, evening.read(POST) + f"\n{clock}。\n")
        assert up_to_date.build(at(evening, f"2022-09-03 {clock}")).counts
        clean = evening.root.parent / clock.replace(":", "")
        assert pipeline.build(
            Options(root=evening.root, out=clean, today=date(2022, 9, 3), clock=time.fromisoformat(clock))
        ).counts
        assert evening.output(clean) == evening.output(), clock


def test_what_is_upcoming_names_the_minute(evening: Project, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["build", "--upcoming", "2", "--now", "2022-09-03T15:00"]
    assert main([*asked, "--lang", "en"], evening.root) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if not line.startswith(" ")]
    assert lines[0].partition(": ")[0] == "2022-09-03 20:30"
    assert main([*asked, "--json"], evening.root) == 0
    first = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (first["day"], first["time"]) == ("2022-09-03", "20:30")
    assert PAGE in first["new"]
    later = list(upcoming.changes(at(evening, "2022-09-03 20:30"), 0))
    assert len(later) == 1


def test_the_preview_shows_it_when_its_minute_comes(evening: Project) -> None:
    now = [datetime(2022, 9, 3, 20, 29, tzinfo=CHINA)]
    shows = preview.Preview(lambda: at(evening, "2022-09-03 15:00").at(now[0]), "zh", lambda: None)
    with closing(shows):
        shows.put(shows.build())
        assert PAGE not in shows.shown.files
        now[0] += timedelta(seconds=59)
        assert shows.look() is None  # nothing is built while nothing is due
        now[0] += timedelta(seconds=1)
        built = shows.look()
        assert built
        shows.put(built)
        assert PAGE in shows.shown.files
        assert shows.look() is None
        now[0] += timedelta(days=1)
        assert shows.look()


def test_a_case_from_the_field(project: Project) -> None:
    """A post of 23:59 was public all day, and in feeds dated in the future."""
    project.write(POST, "---\ntitle: 晚上才发\ndate: 2022-09-03 23:59\n---\n\n正文。\n")
    assert pipeline.build(at(project, "2022-09-03 15:10")).counts
    assert not shown(project)
