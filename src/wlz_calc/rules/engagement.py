"""Engagement: sessions with the Link Worker and at delivery partners, counted in a window.

Cancelled sessions count neither way, and sessions after a child has left do not count.
Source: rate-cards, Measures; extracts, engagement.
"""

from collections.abc import Sequence

import polars as pl

from wlz_calc.ratecard.conditions import Reaches
from wlz_calc.ratecard.measures import Kind, kind
from wlz_calc.rules.asked import ROWS, Asked, Fields, by_child
from wlz_calc.rules.exact import in_force
from wlz_calc.rules.windows import closes, opens, within

ATTENDED = pl.col("status") == "attended"
DUE = pl.col("status").is_in(["attended", "absent"])


def figures(
    asked: Sequence[Asked], engagement: pl.LazyFrame, kids: pl.LazyFrame, *, evidence: bool
) -> pl.LazyFrame:
    """The sessions that each test looks at, counted: of its kind, in the child's window, not after leaving.

    Fields of a count: value, of (1), reached_on (null where the number is not reached), rows. Of a rate:
    value, of, rows.
    """
    bounds = [name(one.window) for one in asked for name in (opens, closes)]
    still_there = pl.col("left_on").is_null() | (pl.col("date") <= pl.col("left_on"))
    sessions = engagement.join(kids.select("child", "left_on", *dict.fromkeys(bounds)), on="child")
    there = sessions.filter(still_there)
    counted = by_child(there, {one.name: _fields(one) for one in asked}, evidence=evidence)
    for own in dict.fromkeys(_kind(one) for one in asked if _is_count(one)):
        tests = [one for one in asked if _is_count(one) and _kind(one) == own]
        counted = _with_days(counted, _reached(there.filter(pl.col("kind") == own, ATTENDED), tests), tests)
    return counted


def _with_days(counted: pl.LazyFrame, reached: pl.LazyFrame, asked: Sequence[Asked]) -> pl.LazyFrame:
    """Counts with the days on which they were reached, as one more field."""
    days = {one.name: pl.col(_day(one)).alias("reached_on") for one in asked}
    joined = counted.join(reached, on="child", how="left")
    fields = (pl.col(name).struct.with_fields(day) for name, day in days.items())
    return joined.with_columns(fields).drop(_day(one) for one in asked)


def _day(asked: Asked) -> str:
    return f"{asked.name} reached_on"


def _reached(attended: pl.LazyFrame, asked: Sequence[Asked]) -> pl.LazyFrame:
    """For sessions of one kind: `child`, and the day of the session that makes up the number of each test.

    All days of a child are put in order once; of those, the ones before a window are passed over.
    """
    before = {one.name: (pl.col("date") < pl.col(opens(one.window))).sum() for one in asked}
    ends = dict.fromkeys(closes(one.window) for one in asked)
    days = attended.group_by("child").agg("date", pl.col(*ends).first(), **before)
    in_order = days.with_columns(pl.col("date").list.sort())
    return in_order.select("child", *(_nth(one).alias(_day(one)) for one in asked))


def _nth(asked: Asked) -> pl.Expr:
    """The day on which the number is reached; null if that is not inside the window."""
    test, end = asked.test, pl.col(closes(asked.window))
    assert isinstance(test, Reaches)  # noqa: S101 - no change is asked of sessions
    needed = in_force(test.at_least, end, lambda number: pl.lit(int(number), dtype=pl.Int64))
    day = pl.col("date").list.get(pl.col(asked.name) + needed - 1, null_on_oob=True)
    return pl.when(day <= end).then(day)


def _fields(asked: Asked) -> Fields:
    if _is_count(asked):
        attended = _looked_at(asked) & ATTENDED
        return {**_of(attended.sum(), pl.lit(1)), ROWS: pl.col("row").filter(attended)}
    return _rate(_looked_at(asked), asked.test.measure)


def _is_count(asked: Asked) -> bool:
    return kind(asked.test.measure) is Kind.COUNT


def _kind(asked: Asked) -> str:
    return "link_worker" if asked.test.measure == "link_worker_sessions" else "partner"


def _looked_at(asked: Asked) -> pl.Expr:
    inside = within(pl.col("date"), opens(asked.window), closes(asked.window))
    return (pl.col("kind") == _kind(asked)) & inside


def _rate(looked_at: pl.Expr, measure: str) -> Fields:
    """The part of the sessions that a measure asks for; a child without any of them has no rate."""
    base, part = looked_at & DUE, ATTENDED
    if measure == "partner_engaged_rate":
        base, part = looked_at & ATTENDED & pl.col("engaged").is_not_null(), pl.col("engaged")
    there = base.any()
    rate = _of(pl.when(there).then((base & part).sum()), pl.when(there).then(base.sum()))
    return {**rate, ROWS: pl.col("row").filter(base)}


def _of(value: pl.Expr, of: pl.Expr) -> Fields:
    return {"value": value.cast(pl.Int64), "of": of.cast(pl.Int64)}
