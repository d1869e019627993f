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
    fields = {one.name: _fields(one) for one in asked}
    return by_child(sessions.filter(still_there), fields, evidence=evidence)


def _fields(asked: Asked) -> Fields:
    test, window = asked.test, asked.window
    assert isinstance(test, Reaches)  # noqa: S101 - no change is asked of sessions
    own = "link_worker" if test.measure == "link_worker_sessions" else "partner"
    looked_at = (pl.col("kind") == own) & within(pl.col("date"), opens(window), closes(window))
    if kind(test.measure) is Kind.COUNT:
        return _counted(looked_at & ATTENDED, _needed(test, closes(window)))
    return _rate(looked_at, test.measure)


def _needed(test: Reaches, on: str) -> pl.Expr:
    return in_force(test.at_least, pl.col(on), lambda number: pl.lit(int(number), dtype=pl.Int64))


def _counted(attended: pl.Expr, needed: pl.Expr) -> Fields:
    """Sessions attended, and the day of the one that makes the number up."""
    days = pl.col("date").filter(attended).sort()
    return {
        **_of(attended.sum(), pl.lit(1)),
        "reached_on": days.get(needed.first() - 1, null_on_oob=True),
        ROWS: pl.col("row").filter(attended),
    }


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
