"""Windows: the stretch of days, counted from a child's joining, in which something is judged."""

from datetime import date
from typing import Annotated, Final

from pydantic import AfterValidator, Discriminator, Tag

from wlz_calc.period import ACADEMIC_YEAR_STARTS, ONE_DAY, Period, academic_year, add_months
from wlz_calc.ratecard.base import Terms, Whole, invalid

MOST_MONTHS: Final = 600
MOST_YEARS: Final = 50
"""A window further off than a lifetime at school is a slip of the keyboard."""


def _in_order(months: tuple[int, int]) -> tuple[int, int]:
    if not -MOST_MONTHS <= months[0] < months[1] <= MOST_MONTHS:
        raise invalid("card-window", "two numbers of months, the first below the second, such as [0, 12]")
    return months


def _near(year: int) -> int:
    if abs(year) > MOST_YEARS:
        raise invalid("card-window", "a number of years such as 2")
    return year


class Months(Terms):
    """`[a, b]`: from joined_on plus a months to the day before joined_on plus b months."""

    months: Annotated[tuple[Whole, Whole], AfterValidator(_in_order)]

    def of(self, joined_on: date) -> Period:
        """The window of a child who joined on that day."""
        first, last = self.months
        return Period(add_months(joined_on, first), add_months(joined_on, last) - ONE_DAY)

    def __str__(self) -> str:
        return f"months {self.months[0]} to {self.months[1]} from joining"


class AcademicYear(Terms):
    """A whole academic year, 1 September to 31 August: 1 holds joined_on, 0 is the one before."""

    academic_year: Annotated[Whole, AfterValidator(_near)]

    def of(self, joined_on: date) -> Period:
        """The window of a child who joined on that day."""
        year = academic_year(joined_on) + self.academic_year - 1
        return Period(date(year, ACADEMIC_YEAR_STARTS, 1), date(year + 1, ACADEMIC_YEAR_STARTS, 1) - ONE_DAY)

    def __str__(self) -> str:
        names = {0: "the academic year before joining", 1: "the academic year of joining"}
        n = self.academic_year
        return names.get(n, f"academic year {n} (the one of joining being 1)")


def _kind(value: object) -> str:
    keys = value if isinstance(value, dict) else vars(value) if isinstance(value, Terms) else ()
    return "academic_year" if "academic_year" in keys else "months"


Window = Annotated[
    Annotated[Months, Tag("months")] | Annotated[AcademicYear, Tag("academic_year")], Discriminator(_kind)
]
