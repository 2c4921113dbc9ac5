"""Working days in China: weekdays without the public holidays, with the weekend days that make up for them.

The State Council's office announces each year's arrangement towards the end of the year before, so no rule
can tell it in advance. Years come from the package `chinesecalendar` and from `calendar` in
`data/campaign.yaml`; a year in neither is an error, never a guess. The next year's arrangement may still move
the last days of December (in 2018 it did: 29 December was worked, 31 December was free).
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from honorroll.model.campaign import Arrangement

_DAY = timedelta(days=1)


class UnknownYearError(LookupError):
    """Nobody has said which days of `year` are worked. To mend it: an entry under `calendar` in the campaign's data."""

    def __init__(self, year: int) -> None:
        super().__init__(year)
        self.year = year


class Calendar:
    """The working days of all years known.

    Args:
        arrangements: what `data/campaign.yaml` says under `calendar`. Its days override those of the package; a
            year is known from here as soon as its holidays are listed.
    """

    def __init__(self, arrangements: Iterable[Arrangement] = ()) -> None:
        """Put the campaign's own arrangements over those of the package."""
        holidays, workdays, years = _published()
        for own in arrangements:
            holidays |= set(own.holidays)
            workdays = (workdays - set(own.holidays)) | set(own.workdays)
            years |= {own.year} if own.holidays else frozenset()
        self._holidays, self._workdays, self._years = holidays, workdays, years

    def is_working_day(self, day: date) -> bool:
        """Whether offices are open. A day that is listed as both holiday and working day is a working day.

        Raises:
            UnknownYearError: the day's year is not known.
        """
        if day.year not in self._years:
            raise UnknownYearError(day.year)
        day = date.fromordinal(day.toordinal())  # a moment is a date too, but equals none
        return day in self._workdays or (day.weekday() < 5 and day not in self._holidays)

    def working_days(self, first: date, last: date) -> list[date]:
        """The working days from `first` to `last`, both included.

        Raises:
            UnknownYearError: a year on the way is not known.
        """
        days = (first + index * _DAY for index in range((last - first).days + 1))
        return [day for day in days if self.is_working_day(day)]

    def notice_end(self, first: date, days: int, *, first_counts: bool = True) -> date:
        """The earliest last day of a public notice that is out on `first` and runs for `days` working days.

        Args:
            first: the day of publication.
            days: working days, one or more.
            first_counts: whether `first`, if it is a working day, is one of them. Public notices commonly say so
                ("10月8日至12日，5个工作日"); the Civil Code, art. 201, leaves the first day of a period out
                unless the parties say otherwise (art. 204).

        Raises:
            UnknownYearError: a year on the way is not known.
        """
        day = first if first_counts else first + _DAY
        left = days - self.is_working_day(day)
        while left > 0:
            day += _DAY
            left -= self.is_working_day(day)
        return day


@cache
def _published() -> tuple[frozenset[date], frozenset[date], frozenset[int]]:
    """Holidays, make-up days and years that the package knows. It is imported late: 3 ms."""
    from chinese_calendar import holidays, workdays

    return (
        frozenset(holidays),
        frozenset(workdays),
        frozenset(day.year for day in holidays if (day.month, day.day) == (10, 1)),
    )
