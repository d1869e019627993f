"""Periods: closed ranges of days, quarters, academic and financial years, and months from a date.

Every range includes its first and its last day. Nothing here asks the clock for today.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS_IN_A_YEAR = 12
MONTHS_IN_A_QUARTER = 3
ACADEMIC_YEAR_STARTS = 9  # September
FINANCIAL_YEAR_STARTS = 4  # April
ONE_DAY = timedelta(days=1)

_QUARTER = re.compile(r"(?P<year>[0-9]{4})(?:/(?P<next>[0-9]{2}))?-[Qq](?P<number>[1-4])")
_YEARS = range(1900, 2200)


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months on; where that month has no such day, its last."""
    year, month = divmod(day.year * MONTHS_IN_A_YEAR + day.month - 1 + months, MONTHS_IN_A_YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def academic_year(day: date) -> int:
    """The calendar year in which the academic year holding `day` began (1 September)."""
    return day.year if day.month >= ACADEMIC_YEAR_STARTS else day.year - 1


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start` to `end`, both included; `start` is not after `end`."""

    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __str__(self) -> str:
        return f"{self.start} to {self.end}"

    def days_from(self, day: date) -> int:
        """How far `day` lies outside this period, in days; 0 inside."""
        return max((self.start - day).days, (day - self.end).days, 0)


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A calendar quarter, `2018-Q4` for October to December 2018."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def start(self) -> date:
        """Its first day."""
        return date(self.year, (self.number - 1) * MONTHS_IN_A_QUARTER + 1, 1)

    @property
    def end(self) -> date:
        """Its last day: the as-of date of a run."""
        return add_months(self.start, MONTHS_IN_A_QUARTER) - ONE_DAY

    @property
    def next(self) -> "Quarter":
        """The quarter after it."""
        last = self.number == MONTHS_IN_A_YEAR // MONTHS_IN_A_QUARTER
        return Quarter(self.year + 1, 1) if last else Quarter(self.year, self.number + 1)

    @classmethod
    def parse(cls, text: str) -> "Quarter":
        """Read `2018-Q4`, or `2018/19-Q3` counted by UK financial year (from 1 April).

        Raises:
            ValueError: neither form, a year far off, or a financial year of years that do not follow.
        """
        found = _QUARTER.fullmatch(text.strip())
        if found is None:
            msg = f"cannot read the quarter {text!r}: expected 2018-Q4, or 2018/19-Q3 by UK financial year"
            raise ValueError(msg)
        year, number = int(found["year"]), int(found["number"])
        if year not in _YEARS:
            msg = f"cannot read the quarter {text!r}: expected a year from {_YEARS[0]} to {_YEARS[-1]}"
            raise ValueError(msg)
        if found["next"] is None:
            return cls(year, number)
        if int(found["next"]) != (year + 1) % 100:
            msg = f"cannot read the quarter {text!r}: {year} is followed by {(year + 1) % 100:02d}"
            raise ValueError(msg)
        return cls(year, number + 1) if number <= 3 else cls(year + 1, 1)  # noqa: PLR2004
