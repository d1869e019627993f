"""What is due: lines of the quarter, and the opening balance of what fell due before it.

Nothing is sealed yet in this version, so that what was claimed before is unknown: whatever fell due before
the quarter stands apart as the opening balance, unless it is to be claimed from the start.
Source: rate-cards, Claim for a quarter.
"""

import polars as pl

from wlz_calc.period import Quarter
from wlz_calc.tables import LINES, conform

NAMES = ("contract", "commissioner")
"""What lines are first ordered by: there are few of them."""


def lines_due(
    lines: pl.DataFrame, quarter: Quarter, *, from_start: bool
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The claim of a quarter, and its opening balance, each in the order and the columns of tables.LINES.

    `lines`: every commissioner's part of every award due to date, without quarter, kind and corrects, and
    with `child`, in whose order the ids are.
    """
    earlier = pl.lit(value=False) if from_start else pl.col("due_on") < quarter.start
    names = (pl.col(name).cast(pl.Enum(lines.get_column(name).unique().sort())) for name in NAMES)
    ordered = lines.sort(*names, "due_on", "child", "number")
    return _said(ordered.filter(~earlier), quarter, "new"), _said(ordered.filter(earlier), quarter, "opening")


def _said(lines: pl.DataFrame, quarter: Quarter, kind: str) -> pl.DataFrame:
    nothing = pl.lit(None, dtype=pl.String)
    said = lines.with_columns(quarter=pl.lit(str(quarter)), kind=pl.lit(kind), corrects=nothing)
    return conform(said, LINES)
