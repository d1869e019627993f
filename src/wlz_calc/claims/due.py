"""What is due: lines of the quarter, and the opening balance of what fell due before it.

Nothing is sealed yet in this version, so that what was claimed before is unknown: whatever fell due before
the quarter stands apart as the opening balance, unless it is to be claimed from the start.
Source: rate-cards, Claim for a quarter.
"""

import polars as pl

from wlz_calc.period import Quarter
from wlz_calc.tables import LINE_ORDER, LINES, conform


def lines_due(
    lines: pl.DataFrame, quarter: Quarter, *, from_start: bool
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The claim of a quarter, and its opening balance, each in the order and the columns of tables.LINES.

    `lines`: every commissioner's part of every award due to date, without quarter, kind and corrects.
    """
    earlier = pl.lit(value=False) if from_start else pl.col("due_on") < quarter.start
    said = lines.with_columns(
        quarter=pl.lit(str(quarter)),
        kind=pl.when(earlier).then(pl.lit("opening")).otherwise(pl.lit("new")),
        corrects=pl.lit(None, dtype=pl.String),
    )
    ordered = conform(said, LINES).sort(LINE_ORDER)
    opening = pl.col("kind") == "opening"
    return ordered.filter(~opening), ordered.filter(opening)
