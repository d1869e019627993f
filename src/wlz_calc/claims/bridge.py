"""The bridge: every penny of the change between two quarters' cumulative positions, by cause."""

from collections.abc import Iterable
from typing import Final

import polars as pl

from wlz_calc.claims.ledger import CORRECTION, NEW, OPENING, REVERSAL
from wlz_calc.decision import Cause
from wlz_calc.frames import PENCE, conform

STEPS: Final = pl.Schema(
    {
        "contract": pl.String(),
        "commissioner": pl.String(),
        "quarter": pl.String(),
        "kind": pl.Enum([OPENING, NEW, CORRECTION, REVERSAL]),
        "cause": pl.String(),
        "lines": pl.UInt32(),
        "amount": PENCE(),
    }
)
"""What lines of one kind and cause add up to. `cause`: a decision.Cause; none of what is new, and was not
decided otherwise before."""
BY: Final = ("contract", "commissioner", "quarter", "kind", "cause")
CAUSES: Final = [str(cause) for cause in Cause]


def steps(claims: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """What claims come to, in the columns of STEPS and the order of BY; `claims`: of frames.LINES."""
    every = pl.concat([pl.LazyFrame(schema=STEPS), *(_steps(lines) for lines in claims)])
    return every.sort(BY).collect()


def _steps(lines: pl.DataFrame) -> pl.LazyFrame:
    reason = pl.col("reason").cast(pl.String)
    said = lines.lazy().with_columns(cause=pl.when(reason.is_in(CAUSES)).then(reason))
    return conform(said.group_by(BY).agg(lines=pl.len(), amount=pl.col("amount").sum()), STEPS)
