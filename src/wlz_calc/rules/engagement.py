"""Engagement: sessions with the Link Worker and at delivery partners, counted in a window.

Cancelled sessions count neither way, and sessions after a child has left do not count.
Source: rate-cards, Measures; extracts, engagement.
"""

import polars as pl

from wlz_calc.rules.windows import within

ATTENDED = pl.col("status") == "attended"


def in_window(engagement: pl.LazyFrame, kids: pl.LazyFrame, measure: str) -> pl.LazyFrame:
    """The sessions a measure looks at: its kind, in the child's window, and not after leaving."""
    kind = "link_worker" if measure == "link_worker_sessions" else "partner"
    still_there = pl.col("left_on").is_null() | (pl.col("date") <= pl.col("left_on"))
    return (
        engagement.filter(pl.col("kind") == kind)
        .join(kids, on="child")
        .filter(within(pl.col("date"), "opens", "closes"), still_there)
    )


def counted(sessions: pl.LazyFrame, needed: pl.Expr) -> pl.LazyFrame:
    """Sessions attended, and the day of the one that makes the number up.

    Returns: child, value (a count), of (1), reached_on (null where the number is not reached), rows.
    """
    days = pl.col("date").sort()
    return (
        sessions.filter(ATTENDED)
        .with_columns(needed=needed)
        .group_by("child")
        .agg(
            value=pl.len().cast(pl.Int64),
            of=pl.lit(1, dtype=pl.Int64),
            reached_on=days.get(pl.col("needed").first() - 1, null_on_oob=True),
            rows=pl.col("row"),
        )
    )


def rate(sessions: pl.LazyFrame, measure: str) -> pl.LazyFrame:
    """A rate over the sessions of the window: child, value, of (missing children have no rate), rows."""
    if measure == "partner_attendance_rate":
        base, part = pl.col("status").is_in(["attended", "absent"]), ATTENDED
    else:
        base, part = ATTENDED & pl.col("engaged").is_not_null(), pl.col("engaged")
    return (
        sessions.filter(base)
        .group_by("child")
        .agg(value=part.sum().cast(pl.Int64), of=pl.len().cast(pl.Int64), rows=pl.col("row"))
    )
