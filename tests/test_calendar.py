"""Working days against the State Council's arrangements, and the counting of notice periods."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from honorroll.chinese.typography import CHINA
from honorroll.model.campaign import Arrangement
from honorroll.model.working_days import Calendar, UnknownYearError

#: Free days and make-up days as the State Council's office announced them, by its document.
OFFICIAL = {
    "国办发明电〔2019〕16号, 2020 and the extension of 27 January 2020": (
        "2020-01-01 2020-01-24..2020-02-02 2020-04-04..2020-04-06 2020-05-01..2020-05-05 2020-06-25..2020-06-27 2020-10-01..2020-10-08",
        "2020-01-19 2020-04-26 2020-05-09 2020-06-28 2020-09-27 2020-10-10",
    ),
    "国办发明电〔2020〕27号": (
        "2021-01-01..2021-01-03 2021-02-11..2021-02-17 2021-04-03..2021-04-05 2021-05-01..2021-05-05 2021-06-12..2021-06-14 2021-09-19..2021-09-21 2021-10-01..2021-10-07",
        "2021-02-07 2021-02-20 2021-04-25 2021-05-08 2021-09-18 2021-09-26 2021-10-09",
    ),
    "国办发明电〔2021〕11号": (
        "2022-01-01..2022-01-03 2022-01-31..2022-02-06 2022-04-03..2022-04-05 2022-04-30..2022-05-04 2022-06-03..2022-06-05 2022-09-10..2022-09-12 2022-10-01..2022-10-07",
        "2022-01-29 2022-01-30 2022-04-02 2022-04-24 2022-05-07 2022-10-08 2022-10-09",
    ),
    "国办发明电〔2022〕16号": (
        "2022-12-31..2023-01-02 2023-01-21..2023-01-27 2023-04-05 2023-04-29..2023-05-03 2023-06-22..2023-06-24 2023-09-29..2023-10-06",
        "2023-01-28 2023-01-29 2023-04-23 2023-05-06 2023-06-25 2023-10-07 2023-10-08",
    ),
    "国办发明电〔2023〕7号": (
        "2024-01-01 2024-02-10..2024-02-17 2024-04-04..2024-04-06 2024-05-01..2024-05-05 2024-06-10 2024-09-15..2024-09-17 2024-10-01..2024-10-07",
        "2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 2024-09-29 2024-10-12",
    ),
    "国办发明电〔2024〕12号": (
        "2025-01-01 2025-01-28..2025-02-04 2025-04-04..2025-04-06 2025-05-01..2025-05-05 2025-05-31..2025-06-02 2025-10-01..2025-10-08",
        "2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11",
    ),
}
ONE = timedelta(days=1)


def days(text: str) -> set[date]:
    found = set()
    for part in text.split():
        first, _, last = part.partition("..")
        day = date.fromisoformat(first)
        while day <= date.fromisoformat(last or first):
            found.add(day)
            day += ONE
    return found


def test_every_day_of_six_years_is_as_announced() -> None:
    holidays = set().union(*(days(free) for free, _ in OFFICIAL.values()))
    workdays = set().union(*(days(made_up) for _, made_up in OFFICIAL.values()))
    calendar = Calendar()
    for day in days("2020-01-01..2025-12-31"):
        expected = day in workdays or (day.weekday() < 5 and day not in holidays)
        assert calendar.is_working_day(day) == expected, day


@pytest.mark.parametrize(
    ("first", "count", "end"),
    [
        ("2022-09-30", 5, "2022-10-11"),  # Friday, 8 and 9 October make up for the holiday, Monday, Tuesday
        ("2022-10-01", 5, "2022-10-12"),
        ("2022-09-30", 1, "2022-09-30"),
        ("2022-10-08", 5, "2022-10-12"),
        ("2022-11-07", 7, "2022-11-15"),
        (
            "2020-05-08",
            5,
            "2020-05-13",
        ),  # published so: "2020年5月8日至5月13日（5个工作日）", Saturday 9 May was worked
        ("2020-01-23", 2, "2020-02-03"),
    ],
)
def test_the_first_day_of_a_notice_counts(first: str, count: int, end: str) -> None:
    assert Calendar().notice_end(date.fromisoformat(first), count) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("first", "count", "end"),
    [("2022-09-30", 5, "2022-10-12"), ("2022-10-07", 1, "2022-10-08"), ("2022-12-30", 1, "2023-01-03")],
)
def test_or_it_does_not_where_the_civil_code_is_followed(first: str, count: int, end: str) -> None:
    calendar = Calendar()
    assert calendar.notice_end(date.fromisoformat(first), count, first_counts=False) == date.fromisoformat(end)


KNOWN = st.dates(date(2004, 1, 1), date(2025, 6, 30))


@given(KNOWN, st.integers(1, 60), st.booleans())
def test_counting_undoes_adding(first: date, count: int, first_counts: bool) -> None:
    calendar = Calendar()
    end = calendar.notice_end(first, count, first_counts=first_counts)
    start = first if first_counts else first + ONE
    assert len(calendar.working_days(start, end)) == count
    assert len(calendar.working_days(start, end - ONE)) == count - 1
    assert calendar.is_working_day(end)


@given(KNOWN, st.integers(0, 40), st.integers(0, 40))
def test_spans_add_up(first: date, a: int, b: int) -> None:
    calendar = Calendar()
    middle, last = first + a * ONE, first + (a + b) * ONE
    whole = len(calendar.working_days(first, last))
    assert whole == len(calendar.working_days(first, middle)) + len(calendar.working_days(middle + ONE, last))


def test_nothing_lies_between_a_day_and_the_day_before() -> None:
    assert len(Calendar().working_days(date(2022, 9, 2), date(2022, 9, 1))) == 0


def test_a_moment_counts_as_its_day() -> None:
    assert not Calendar().is_working_day(datetime(2022, 10, 3, 9, 0, tzinfo=CHINA))


@pytest.mark.parametrize("year", [1999, 2003, 2998])
def test_an_unknown_year_is_an_error(year: int) -> None:
    with pytest.raises(UnknownYearError) as caught:
        Calendar().is_working_day(date(year, 6, 1))
    assert caught.value.year == year


def test_a_notice_that_runs_into_an_unknown_year_is_an_error() -> None:
    calendar = Calendar([arrangement(2090, "2090-10-01..2090-10-07")])
    assert calendar.notice_end(date(2090, 12, 29), 1) == date(2090, 12, 29)
    for count in (10, 999_999_999):
        with pytest.raises(UnknownYearError) as caught:
            calendar.notice_end(date(2090, 12, 29), count)
        assert caught.value.year == 2091
    with pytest.raises(UnknownYearError):
        len(calendar.working_days(date(2090, 12, 29), date(2091, 1, 1)))


def arrangement(year: int, holidays: str, workdays: str = "") -> Arrangement:
    return Arrangement(year=year, holidays=tuple(sorted(days(holidays))), workdays=tuple(sorted(days(workdays))))


def test_data_make_a_year_known() -> None:
    calendar = Calendar([arrangement(2090, "2090-10-01..2090-10-07", "2090-10-08")])
    assert not calendar.is_working_day(date(2090, 10, 2))
    assert calendar.is_working_day(date(2090, 10, 8))
    assert calendar.is_working_day(date(2090, 6, 1))  # a Thursday
    assert not calendar.is_working_day(date(2090, 6, 3))


def test_make_up_days_alone_do_not_make_a_year_known() -> None:
    with pytest.raises(UnknownYearError):
        Calendar([arrangement(2090, "", "2090-10-08")]).is_working_day(date(2090, 10, 8))


def test_data_go_before_the_package_and_later_entries_before_earlier_ones() -> None:
    own = arrangement(2022, "2022-09-05 2022-10-08", "2022-10-03")
    calendar = Calendar([own])
    assert [calendar.is_working_day(day) for day in sorted(days("2022-09-05 2022-10-08 2022-10-03 2022-10-09"))] == [
        False,
        True,
        False,
        True,
    ]
    assert Calendar([own, arrangement(2022, "", "2022-09-05")]).is_working_day(date(2022, 9, 5))
    assert Calendar().is_working_day(date(2022, 9, 5))  # no calendar changes another
