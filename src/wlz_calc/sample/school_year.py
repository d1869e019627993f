"""The school year: three terms with a week's break in each, the same days every year.

Real terms differ by borough and year; here they only have to be of the right length and in the right place.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import polars as pl

from wlz_calc.period import ONE_DAY, Period, academic_year

_TERMS: Final = (((9, 5), (12, 20)), ((1, 5), (3, 31)), ((4, 18), (7, 20)))
_BREAKS: Final = (((10, 23), (10, 29)), ((2, 12), (2, 18)), ((5, 27), (6, 2)))
TERMS_IN_A_YEAR: Final = len(_TERMS)
WEEKS_IN_A_YEAR: Final = 35
SCHOOL_WEEK: Final = 5
_MONTH_OF_NEW_YEAR: Final = 9


def terms(year: int) -> list[Period]:
    """The terms of the academic year that begins in that calendar year."""
    return [_period(year, *ends) for ends in _TERMS]


def school_days(period: Period) -> list[date]:
    """Every day in the period on which schools are open."""
    years = range(academic_year(period.start), academic_year(period.end) + 1)
    return [day for year in years for day in _open(year) if day in period]


def mondays(period: Period) -> pl.Series:
    """The Mondays in the period that begin a full week of school."""
    days = set(school_days(period))
    full = [day for day in sorted(days) if day.weekday() == 0 and day + timedelta(SCHOOL_WEEK - 1) in days]
    return pl.Series(full, dtype=pl.Date)


def covering(first: pl.Series, last: pl.Series) -> Period:
    """From the earliest of the first days to the latest of the last."""
    return Period(min(first.unique().to_list()), max(last.unique().to_list()))


def _open(year: int) -> Iterator[date]:
    breaks = [_period(year, *ends) for ends in _BREAKS]
    for term in terms(year):
        for n in range((term.end - term.start).days + 1):
            day = term.start + n * ONE_DAY
            if day.weekday() < SCHOOL_WEEK and not any(day in away for away in breaks):
                yield day


def _period(year: int, first: tuple[int, int], last: tuple[int, int]) -> Period:
    calendar_year = year if first[0] >= _MONTH_OF_NEW_YEAR else year + 1
    return Period(date(calendar_year, *first), date(calendar_year, *last))
