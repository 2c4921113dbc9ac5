"""`calendar.ics`, held to RFC 5545 and read by the package `icalendar`."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from conftest import Project
from hypothesis import example, given, settings
from hypothesis import strategies as st

from honorroll.pages.files.calendar import _Calendar, _Event

icalendar = pytest.importorskip("icalendar", reason="the oracle is not installed")

CORRECTED = "\n- {id: n03, kind: 更正, title: 更正, date: 2022-09-15, issuers: [zd], corrects: n01, body: 延长。}\n"
TODAY = date(2022, 9, 30)


def written(project: Project, **options: Any) -> bytes:
    assert project.build(**{"today": TODAY} | options).counts
    return (project.site / "calendar.ics").read_bytes()


def events(data: bytes) -> dict[str, Any]:
    return {str(event["UID"]): event for event in icalendar.Calendar.from_ical(data).walk("VEVENT")}


def must_be_well_formed(data: bytes) -> None:
    assert data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no character is cut


def test_it_is_well_formed_and_the_same_at_each_build(project: Project) -> None:
    data = written(project)
    must_be_well_formed(data)
    calendar = icalendar.Calendar.from_ical(data)
    assert str(calendar["VERSION"]) == "2.0"
    assert "BEGIN:VTIMEZONE" not in data.decode()  # whole days only
    assert events(data).keys() == events(written(project, today=date(2022, 10, 9))).keys()
    assert written(project, today=date(2022, 10, 9)) == data


def test_a_public_notice_lasts_to_its_last_day_and_a_decision_one_day(project: Project) -> None:
    found = events(written(project))
    notice, decision = (
        next(own for uid, own in found.items() if uid.startswith(f"notice-{id}@")) for id in ("n01", "n02")
    )
    assert (notice["DTSTART"].dt, notice["DTEND"].dt) == (date(2022, 9, 13), date(2022, 9, 20))
    assert (decision["DTSTART"].dt, decision["DTEND"].dt) == (date(2022, 9, 20), date(2022, 9, 21))
    assert notice["DTSTAMP"].dt == datetime(2022, 9, 12, 16, tzinfo=UTC)
    assert str(notice["SUMMARY"]) == "公示期：拟表彰名单的公示"


def test_a_correction_makes_it_a_newer_version_of_the_same_event(project: Project) -> None:
    (before,) = [own for uid, own in events(written(project)).items() if "n01" in uid]
    project.write("data/notices.yaml", project.read("data/notices.yaml") + CORRECTED)
    (after,) = [own for uid, own in events(written(project)).items() if "n01" in uid]
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["DTSTAMP"].dt > before["DTSTAMP"].dt


def test_nothing_that_is_not_public_yet_is_in_it(project: Project) -> None:
    assert not [uid for uid in events(written(project, today=date(2022, 9, 19))) if "n02" in uid]


def test_addresses_are_absolute_or_left_out(project: Project) -> None:
    assert b"URL:https://a.example.org/notices/n01.html\r\n" in written(project, base_url="https://a.example.org/")
    assert b"\r\nURL:" not in written(project, base_url="")


def test_pages_with_dates_lead_to_it(project: Project) -> None:
    written(project)
    for path in ("timeline.html", "notices/index.html"):
        assert "calendar.ics" in (project.site / path).read_text("utf-8")


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from('\n,;\\"：𠮷'), max_size=200)


@settings(deadline=None)
@given(WORDS, WORDS)
@example("字" * 60, "a" + "字" * 60)  # so that a character lies across each place where a line may end
@example("a" * 2 + "字" * 60, "a" * 3 + "𠮷" * 60)
def test_any_text_comes_back_as_it_was(title: str, note: str) -> None:
    day = date(2022, 9, 1)
    event = _Event("x", title, day, day, note, "", day)
    data = _Calendar("calendar.ics", "", "c", "名", (event,)).text().encode()
    must_be_well_formed(data)
    (found,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert str(found["SUMMARY"]) == title.strip()
    assert str(found.get("DESCRIPTION", "")) == note.strip()
