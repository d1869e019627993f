"""Drift: a sealed claim beside the same claim calculated from today's extracts, line by line."""

from typing import Final

import polars as pl

from wlz_calc.frames import PENCE, SHARED

KEY: Final = ("contract", "commissioner", "child_id", "payment", "number", "kind")
SHOWN: Final = ("outcome", "due_on")


def drift(sealed: pl.DataFrame, today: pl.DataFrame) -> pl.DataFrame:
    """The lines whose amounts differ: KEY, SHOWN, `sealed`, `today` and `difference` in pence, in that order.

    Both in the columns of frames.LINES. A line that is on one side only is of nought on the other.
    """
    was, now = (
        lines.lazy()
        .with_columns(pl.col(SHARED).cast(pl.String))
        .group_by(KEY)
        .agg(pl.col("amount").sum().alias(name), *(pl.col(one).first() for one in SHOWN))
        for name, lines in (("sealed", sealed), ("today", today))
    )
    nought = pl.col("sealed", "today").fill_null(0).cast(PENCE)
    return (
        was.join(now, on=KEY, how="full", coalesce=True, suffix=", now")
        .with_columns(nought, *(pl.coalesce(one, f"{one}, now") for one in SHOWN))
        .filter(pl.col("sealed") != pl.col("today"))
        .select(*KEY, *SHOWN, "sealed", "today", difference=pl.col("today") - pl.col("sealed"))
        .sort(KEY)
        .collect()
    )
