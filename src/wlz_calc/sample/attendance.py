"""School attendance: totals by term, or register marks where a card judges it by months.

Most children on the programme are below the usual rate when they join, and some improve. A child who left has
no record of the terms after.
"""

from collections.abc import Iterable
from typing import Final

import polars as pl

from wlz_calc.period import academic_year
from wlz_calc.ratecard.windows import AcademicYear
from wlz_calc.sample.dice import Dice, chosen
from wlz_calc.sample.needs import Needs
from wlz_calc.sample.occasions import edges
from wlz_calc.sample.school_year import covering, school_days, terms
from wlz_calc.tables import ATTENDANCE_TOTALS

_IMPROVE: Final = 0.46
_BEST: Final = 0.995
_NOT_AT_SCHOOL: Final = ("N1", "N2", "R")
_RECORD_LOST: Final = 0.04
_OLD_RECORD_LOST: Final = 0.15
_PRESENT: Final = ((*"////////", "L", "V"), (*"\\\\\\\\\\\\\\\\", "L", "B"))
"""What is marked in the morning, and in the afternoon."""
_ABSENT: Final = tuple("IIIIMCOONU")


def attendance(children: pl.DataFrame, needs: Needs, dice: Dice) -> pl.DataFrame:
    """The attendance extract, by child, but for the ids of the children."""
    if needs.has_register_marks:
        return _marks(children, needs, dice)
    return _totals(children, needs, dice)


def _totals(children: pl.DataFrame, needs: Needs, dice: Dice) -> pl.DataFrame:
    numbers = [w.academic_year for w in needs.attendance_windows if isinstance(w, AcademicYear)]
    years = pl.DataFrame({"year": range(min(numbers), max(numbers) + 1)}, schema={"year": pl.Int32})
    began = {day: academic_year(day) for day in children["joined_on"].unique()}
    starts = pl.col("joined_on").replace_strict(began, return_dtype=pl.Int32) + pl.col("year") - 1
    every_term = _terms(range(min(began.values()) + min(numbers) - 1, max(began.values()) + max(numbers)))
    return (
        children.join(years, how="cross", maintain_order="left")
        .filter(_is_recorded(pl.col("year") < 1, dice))
        .with_columns(starts=starts)
        .join(every_term, on="starts", maintain_order="left_right")
        .filter(pl.col("period_start") <= pl.coalesce("left_on", "period_start"))
        .with_columns(sessions_possible=_possible(dice), rate=_rate(pl.col("year") > 1, dice))
        .with_columns(sessions_attended=_attended(dice))
        .select("child", *ATTENDANCE_TOTALS.required[1:])
    )


def _terms(years: Iterable[int]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            (year, n, term.start, term.end, 2 * len(school_days(term)))
            for year in years
            for n, term in enumerate(terms(year))
        ],
        schema={
            "starts": pl.Int32,
            "term": pl.UInt8,
            "period_start": pl.Date,
            "period_end": pl.Date,
            "open": pl.Int64,
        },
        orient="row",
    )


def _is_recorded(before: pl.Expr, dice: Dice) -> pl.Expr:
    """A child new to school has no earlier record, and one who changed school may have lost it."""
    lost = dice.chance("record lost")
    moved = before & (pl.col("year_group") == "7") & (lost < _OLD_RECORD_LOST)
    return ~(moved | (lost < _RECORD_LOST) | (before & pl.col("year_group").is_in(_NOT_AT_SCHOOL)))


def _possible(dice: Dice) -> pl.Expr:
    return pl.col("open") - 2 * (dice.chance("closed", "school_no", "starts", "term") * 4).cast(pl.Int64)


def _rate(later: pl.Expr, dice: Dice) -> pl.Expr:
    """The share attended: a child's own, better or worse after the year of joining."""
    better, luck = dice.chance("improves") < _IMPROVE, dice.chance("change")
    change = pl.when(better).then(0.02 + 0.04 * luck).otherwise(-0.02 * luck)
    rate = 0.925 + 0.035 * dice.bell("rate") + pl.when(later).then(change).otherwise(0.0)
    return rate.clip(upper_bound=_BEST)


def _attended(dice: Dice) -> pl.Expr:
    in_term = pl.col("rate") + 0.008 * dice.bell("term", "child", "starts", "term")
    attended = (pl.col("sessions_possible") * in_term + 0.5).floor().cast(pl.Int64)
    return attended.clip(0, pl.col("sessions_possible"))


def _marks(children: pl.DataFrame, needs: Needs, dice: Dice) -> pl.DataFrame:
    joined = children["joined_on"].unique()
    both = [edges(window, joined) for window in needs.attendance_windows]
    first, last = pl.min_horizontal(e[0] for e in both), pl.max_horizontal(e[1] for e in both)
    spans = children.select("child", "joined_on", first=first, last=pl.min_horizontal(last, "left_on"))
    days = pl.Series(school_days(covering(spans["first"], spans["last"])), dtype=pl.Date)
    return (
        spans.with_columns(
            start=days.search_sorted(spans["first"], "left"), stop=days.search_sorted(spans["last"], "right")
        )
        .filter(pl.col("start") < pl.col("stop"))
        .with_columns(day=pl.int_ranges("start", "stop", dtype=pl.UInt16))
        .explode("day")
        .with_columns(date=pl.lit(days).gather("day"))
        .join(pl.DataFrame({"half": [0, 1]}, schema={"half": pl.UInt8}), how="cross", maintain_order="left")
        .with_columns(rate=_rate(pl.col("date").dt.year() > pl.col("joined_on").dt.year(), dice))
        .select("child", "date", session=chosen(("AM", "PM"), pl.col("half")), code=_code(dice))
    )


def _code(dice: Dice) -> pl.Expr:
    each = ("child", "day", "half")
    present = [dice.pick("present", codes, *each).cast(pl.String) for codes in _PRESENT]
    return (
        pl.when(dice.chance("mark", *each) >= pl.col("rate"))
        .then(dice.pick("absent", _ABSENT, *each).cast(pl.String))
        .when(pl.col("half") == 0)
        .then(present[0])
        .otherwise(present[1])
    )
