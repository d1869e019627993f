"""What is due: lines of the quarter, and the opening balance of what fell due before it.

Nothing is sealed yet in this version, so that what was claimed before is unknown: whatever fell due before
the quarter stands apart as the opening balance, unless it is to be claimed from the start.
Source: rate-cards, Claim for a quarter.
"""

import polars as pl

from wlz_calc.period import Quarter
from wlz_calc.tables import LINES, SHARED, conform


def is_earlier(quarter: Quarter, *, from_start: bool) -> pl.Expr:
    """Whether something fell due before a quarter, unless all is to be claimed from the start."""
    return pl.lit(value=False) if from_start else pl.col("due_on") < quarter.start


def said(lines: pl.LazyFrame, quarter: Quarter, kind: str) -> pl.LazyFrame:
    """Lines with their names, in the columns of tables.LINES."""
    said = {"quarter": str(quarter), "kind": kind, "corrects": None}
    texts = (pl.lit(text, dtype=SHARED).alias(name) for name, text in said.items())
    return conform(lines.with_columns(texts), LINES)
