"""Adjustments: every line of what was claimed or decided before, with the cause, and what it was before."""

from typing import Final

import polars as pl

from wlz_calc.claim import Claim
from wlz_calc.write import words
from wlz_calc.write.schedule import NEW
from wlz_calc.write.sheets.awards import AWARD
from wlz_calc.write.sheets.model import Column, Kind
from wlz_calc.write.sheets.worded import in_words, worded

ADJUSTED: Final = (
    Column("Contract", "contract"),
    Column("Commissioner", "commissioner", widest=20),
    Column("Child", "child_id"),
    Column("Payment", "payment"),
    Column("Outcome", "outcome"),
    Column("Number", "number", Kind.WHOLE),
    Column("Due on", "due_on", Kind.DATE),
    Column("Kind", "kind", widest=14),
    Column("Amount", "amount", Kind.MONEY),
    Column("Because", "reason", widest=28),
    Column("What", "what"),
    Column("Before", "before", widest=24),
    Column("After", "after", widest=24),
)


def adjusted(claim: Claim) -> pl.DataFrame:
    """The lines that correct or reverse, or that have a cause; in words, in the columns of ADJUSTED."""
    caused = pl.col("reason").cast(pl.String).is_in(list(words.CAUSES))
    lines = claim.lines.filter(caused | (pl.col("kind").cast(pl.String) != NEW))
    texts = [pl.col(name).cast(pl.String) for name in AWARD if name != "number"]
    told = claim.causes.select(*texts, "number", "what", "before", "after")
    joined = in_words(lines).join(told.unique(AWARD), on=AWARD, how="left", maintain_order="left")
    return worded(joined, reason=words.reason, what=words.title).select(column.name for column in ADJUSTED)
