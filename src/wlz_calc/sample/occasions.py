"""Occasions: when a child is assessed, asked or observed: before, half-way and at the end.

An occasion is `child`, `point` (0 baseline, 1 half-way, 2 endpoint) and `on`. Some are late, and some never
happen: that is what readings are like. No child has two on one day.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

import polars as pl

from wlz_calc.ratecard.windows import Window
from wlz_calc.sample.dice import Dice
from wlz_calc.sample.needs import Needs
from wlz_calc.sample.school_year import covering, school_days

POINTS: Final = range(3)
BASELINE, HALF_WAY, ENDPOINT = POINTS
_HAPPEN: Final = (0.96, 0.6, 0.92)
_AFTER_LEAVING: Final = 0.3
_DAYS_BEFORE, _DAYS_AFTER = 45, 60
_LATE_DAYS: Final = (50, 110)
"""Year 7 starts at a new school: its baselines arrive months after the others."""
_SPREAD: Final = 0.55
"""Endpoints fall in the last part of their window, baselines anywhere in theirs."""


def edges(window: Window, joined: Iterable[date]) -> tuple[pl.Expr, pl.Expr]:
    """The first and the last day of the window of each child, given the days on which children joined."""
    periods = {day: window.of(day) for day in joined}
    first = {day: period.start for day, period in periods.items()}
    last = {day: period.end for day, period in periods.items()}
    return _by_joining(first), _by_joining(last)


def occasions(children: pl.DataFrame, needs: Needs, what: str, dice: Dice) -> pl.DataFrame:
    """The occasions of one kind."""
    baseline, endpoint = needs.readings
    joined = children["joined_on"].unique()
    first, last = _baseline(baseline, joined, dice, what), _endpoint(endpoint, joined, dice, what)
    dates = children.with_columns(first=first, last=last).with_columns(half=_between("first", "last"))
    kept = dates.select("child", "school_no", "phase", "left_on", "first", "half", "last")
    rows = pl.concat(
        kept.with_columns(point=pl.lit(n, pl.UInt8), on=pl.col(name))
        for n, name in enumerate(("first", "half", "last"))
    )
    rows = rows.with_columns(pl.col("on").clip(needs.card.term.start, needs.card.term.end))
    return (
        rows.with_columns(on=_at_school(rows["on"]))
        .filter(_happens(dice, what))
        .unique(["child", "on"], keep="first", maintain_order=True)
        .drop("left_on", "first", "half", "last")
    )


def _by_joining(days: dict[date, date]) -> pl.Expr:
    return pl.col("joined_on").replace_strict(days, return_dtype=pl.Date)


def _baseline(window: Window, joined: Iterable[date], dice: Dice, what: str) -> pl.Expr:
    start, end = edges(window, joined)
    day = pl.col("joined_on")
    start = pl.max_horizontal(start, day - pl.duration(days=_DAYS_BEFORE))
    end = pl.min_horizontal(end, day + pl.duration(days=_DAYS_AFTER))
    luck = dice.chance(f"{what} first")
    late = (_LATE_DAYS[0] + luck * (_LATE_DAYS[1] - _LATE_DAYS[0])).cast(pl.Int32)
    usual = start + _days((end - start).dt.total_days() * luck)
    return pl.when(pl.col("year_group") == "7").then(day + _days(late)).otherwise(usual)


def _endpoint(window: Window, joined: Iterable[date], dice: Dice, what: str) -> pl.Expr:
    start, end = edges(window, joined)
    back = (end - start).dt.total_days() * dice.chance(f"{what} last") * _SPREAD
    return end - _days(back)


def _between(first: str, last: str) -> pl.Expr:
    return pl.col(first) + _days((pl.col(last) - pl.col(first)).dt.total_days() * 0.5)


def _at_school(on: pl.Series) -> pl.Expr:
    """The day itself if schools are open, or else the last one before on which they were."""
    period = covering(on, on)
    days = pl.Series([period.start, *school_days(period)])
    return pl.lit(days).gather(days.search_sorted(on, "right") - 1)


def _days(count: pl.Expr) -> pl.Expr:
    return pl.duration(days=count.cast(pl.Int32))


def _happens(dice: Dice, what: str) -> pl.Expr:
    luck = dice.chance(f"{what} happens", "child", "point")
    likely = pl.lit(pl.Series(_HAPPEN)).gather("point")
    after = (pl.col("on") > pl.col("left_on")).fill_null(value=False)
    return luck < likely * pl.when(after).then(_AFTER_LEAVING).otherwise(1.0)
