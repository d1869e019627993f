"""Windows as expressions: the first and the last day, counted from each child's joining."""

import polars as pl

from wlz_calc.period import ACADEMIC_YEAR_STARTS
from wlz_calc.ratecard.windows import AcademicYear, Months, Window


def bounds(window: Window, joined_on: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """The first and the last day of a child's window; both belong to it. Source: Meaning, Dates."""
    if isinstance(window, Months):
        return _months(window, joined_on)
    return _academic_year(window, joined_on)


def _months(window: Months, joined_on: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    first, last = (joined_on.dt.offset_by(f"{months}mo") for months in window.months)
    return first, last.dt.offset_by("-1d")


def _academic_year(window: AcademicYear, joined_on: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    year = year_begun(joined_on, ACADEMIC_YEAR_STARTS) + window.academic_year - 1
    return pl.date(year, ACADEMIC_YEAR_STARTS, 1), pl.date(year + 1, ACADEMIC_YEAR_STARTS - 1, 31)


def year_begun(day: pl.Expr, month: int) -> pl.Expr:
    """The calendar year in which the academic or financial year holding a day began, in its first month."""
    return day.dt.year() - (day.dt.month() < month).cast(pl.Int32)


def opens(window: Window) -> str:
    """The column with the first day of a window; windows that are alike share it."""
    return f"{window}, opens"


def closes(window: Window) -> str:
    """The column with the last day of a window."""
    return f"{window}, closes"


def within(day: pl.Expr, opens: str, closes: str) -> pl.Expr:
    """Whether a day lies in the window between two columns."""
    return day.is_between(pl.col(opens), pl.col(closes), closed="both")
