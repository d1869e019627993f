"""The ledger: the lines of sealed claims, read back, and what all of them together hold.

Source: rate-cards, Claim for a quarter; commands, The claim as data.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import polars as pl

from wlz_calc.frames import CLAIMED, CLAIMED_KEY, LINES, PENCE, REGISTER, conform
from wlz_calc.money import PENCE_IN_A_POUND

NEW: Final = "new"
OPENING: Final = "opening"
CORRECTION: Final = "correction"
REVERSAL: Final = "reversal"
OF_THE_LINE: Final = ("school", "card_version", "outcome", "due_on")
"""What a reversal says as the line did that it reverses."""
AWARD: Final = tuple(name for name in CLAIMED_KEY if name != "commissioner")
POUNDS: Final = pl.Decimal(38, 2)
DAY: Final = "%Y-%m-%d"


def read(file: Path) -> pl.DataFrame:
    """The lines of a file that is as it was sealed, in the columns of frames.LINES; amounts in pence."""
    pence = (pl.col("amount").cast(POUNDS) * PENCE_IN_A_POUND).cast(PENCE)
    return _typed(pl.scan_csv(file, infer_schema=False).with_columns(pence), LINES)


def register(file: Path) -> pl.DataFrame:
    """The register that was sealed with a claim, in the columns of frames.REGISTER."""
    return _typed(pl.scan_csv(file, infer_schema=False), REGISTER)


def held(claims: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """What sealed claims of a contract hold, in the columns of frames.CLAIMED.

    `claims`: the lines of each, the oldest first.
    """
    if not claims:
        return pl.DataFrame(schema=CLAIMED)
    every = pl.concat(
        lines.lazy().with_columns(place=pl.lit(place, dtype=pl.UInt16)) for place, lines in enumerate(claims)
    )
    sums = every.group_by(CLAIMED_KEY, maintain_order=True).agg(
        pl.col("amount").sum(),
        *(pl.col(name).last() for name in OF_THE_LINE),
        corrects=pl.col("quarter").last(),
    )
    return conform(sums.join(_begun(every), on=AWARD, maintain_order="left"), CLAIMED).collect()


def _begun(lines: pl.LazyFrame) -> pl.LazyFrame:
    """Since when each award is claimed: the `place` of that claim, and its due date there as `begun`.

    Whoever paid it then: an award keeps its place when another has to pay.
    """
    sums = lines.group_by(*AWARD, "place").agg(pl.col("amount").sum(), pl.col("due_on").min()).sort("place")
    before = pl.col("amount").cum_sum() - pl.col("amount")
    since = sums.filter((before == 0).over(AWARD, order_by="place"))
    return since.group_by(AWARD).agg(pl.col("place").max(), begun=pl.col("due_on").sort_by("place").last())


def _typed(text: pl.LazyFrame, schema: pl.Schema) -> pl.DataFrame:
    days = [name for name, dtype in schema.items() if dtype == pl.Date]
    return conform(text.with_columns(pl.col(days).str.to_date(DAY)), schema).collect()
