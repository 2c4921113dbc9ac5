"""How days, moments and spans of days are written, and which may be typed: a table of awkward ones, and pages that show them."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from conftest import Project

from honorroll.chinese.dates import day_beside, iso, moment, span, told_span, when
from honorroll.chinese.typography import CHINA
from honorroll.diagnostics import Place
from honorroll.inputs.validation import validate
from honorroll.model.stories import Incident

TABLE = (Path(__file__).parent / "field" / "spans.txt").read_text(encoding="utf-8")
ROWS = [line.split("\t") for line in TABLE.splitlines() if line and not line.startswith("#")]
SPANS = [row for row in ROWS if "至" in row[3] or "日" in row[3]]
MOMENTS = [row for row in ROWS if row not in SPANS]

POST = "content/news/2022-09-03-x.md"
CAMPAIGN = "data/campaign.yaml"


def words(html: str) -> str:
    return re.sub("<[^>]*>", "", html)


@pytest.mark.parametrize(("start", "end", "year", "expected"), SPANS)
def test_spans(start: str, end: str, year: str, expected: str) -> None:
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    assert "至".join(span(first, last, int(year) if year else None)) == expected
    if not year:
        assert told_span(first, last) == expected


@pytest.mark.parametrize(("typed", "shown", "machine", "pub_date"), MOMENTS)
def test_moments(typed: str, shown: str, machine: str, pub_date: str) -> None:
    incident, faults = validate(Incident, {"time": typed}, Place("x.yaml"))
    assert bool(faults) == (shown == "-")
    if incident is None:
        return
    value = incident.time
    assert (when(value), iso(value), moment(value)) == (shown, machine, pub_date)


def test_the_table_is_read() -> None:
    assert len(SPANS) == 18
    assert len(MOMENTS) == 26


def test_days_and_moments_of_one_day_are_a_day() -> None:
    assert span(date(2022, 9, 1), datetime(2022, 9, 1, 23, 59, tzinfo=CHINA)) == ("2022年9月1日",)
    assert day_beside(date(2023, 1, 5), date(2022, 12, 28)) == "2023年1月5日"
    assert day_beside(date(2022, 12, 31), date(2022, 12, 28)) == "12月31日"


@pytest.mark.parametrize(("typed", "shown", "machine", "pub_date"), [row for row in MOMENTS if row[1] != "-"][:6])
def test_a_post_shows_what_was_typed(typed: str, shown: str, machine: str, pub_date: str, project: Project) -> None:
    project.write(POST, f"---\ntitle: 题\ndate: {typed}\n---\n\n正文。\n")
    assert project.build().counts
    page = project.output()["news/2022-09-03-x.html"].decode()
    assert f'<time datetime="{machine}">{shown}</time>' in page
    assert f'<meta name="PubDate" content="{pub_date}">' in page
    assert f'"datePublished": "{machine}"' in page or f'"datePublished":"{machine}"' in page
    assert f'datetime="{machine}"' in project.output()["news/index.html"].decode()
    whole = machine if "T" in machine else f"{machine}T00:00:00+08:00"  # feeds ask for a time
    for feed, entry in (("feed.xml", "<published>{}</published>"), ("feed.json", '"date_published": "{}"')):
        assert entry.format(whole) in project.output()[feed].decode()


#: The campaign's days, the stage's, and how home, wrap-up and timeline tell them.
CAMPAIGNS = [
    ("2022-09-01", "2022-10-31", "2022-09-05", "2022-10-20", "2022年9月1日至10月31日", "9月5日至10月20日"),
    ("2022-09-01", "2022-10-31", "2022-09-05", "2022-09-05", "2022年9月1日至10月31日", "9月5日"),
    ("2022-09-01", "2022-09-01", "2022-09-01", "2022-09-01", "2022年9月1日", "9月1日"),
    (
        "2022-09-01",
        "2023-01-31",
        "2022-09-01",
        "2023-01-15",
        "2022年9月1日至2023年1月31日",
        "2022年9月1日至2023年1月15日",
    ),
    ("2022-09-01", "2023-01-31", "2022-10-01", "2022-10-15", "2022年9月1日至2023年1月31日", "2022年10月1日至10月15日"),
    ("2022-09-01", "2023-01-31", "2023-01-10", "2023-01-10", "2022年9月1日至2023年1月31日", "2023年1月10日"),
    ("2022-09-01", "2022-12-31", "2022-09-01", "2023-01-15", "2022年9月1日至12月31日", "2022年9月1日至2023年1月15日"),
]


@pytest.mark.parametrize(("start", "end", "stage_start", "stage_end", "whole", "part"), CAMPAIGNS)
def test_the_campaign_and_its_stages(
    start: str, end: str, stage_start: str, stage_end: str, whole: str, part: str, project: Project
) -> None:
    project.replace(CAMPAIGN, "\nstart: 2022-09-01\nend: 2099-12-31", f"\nstart: {start}\nend: {end}")
    project.replace(
        CAMPAIGN, "    start: 2022-09-01\n    end: 2022-10-31", f"    start: {stage_start}\n    end: {stage_end}"
    )
    project.write(CAMPAIGN, project.read(CAMPAIGN) + "waivers: [{rule: SUM-02, reason: 试, until: 2099-01-01}]\n")
    assert project.build(today=date(2022, 9, 1)).counts
    home = words(project.output()["index.html"].decode())
    assert f"时间{whole}" in home
    assert re.search(rf"巡逻巡查(?: 进行中)?{part}(?!至)", home.replace("\n", ""))
    assert project.build(today=date(2023, 2, 1)).counts
    wrap_up = words(project.output()["wrap-up.html"].decode())
    assert whole in wrap_up
    assert re.search(rf"巡逻巡查{part}(?!至)", wrap_up.replace("\n", ""))


def test_a_notice_across_a_year_end_shows_both_years(project: Project) -> None:
    notices = project.read("data/notices.yaml")
    assert "end: 2022-09-19" in notices
    later = notices.replace("date: 2022-09-20", "date: 2023-01-06")
    project.write("data/notices.yaml", later.replace("end: 2022-09-19", "end: 2023-01-05"))
    assert project.build(today=date(2022, 9, 14)).counts
    page = words(project.output()["notices/n01.html"].decode())
    assert re.search(r"2022年9月1\d日至2023年1月5日", page)
    assert "公示到2023年1月5日" in words(project.output()["notices/index.html"].decode()).replace("\n", "")
