"""Reconciled: what sealed claims asked of each commissioner, quarter by quarter, beside what was paid."""

from datetime import date
from typing import Final

import polars as pl

from wlz_calc.claims.book import Book
from wlz_calc.claims.ledger import OPENING
from wlz_calc.claims.sealed import Sealed
from wlz_calc.frames import PENCE

KEY: Final = ("contract", "commissioner", "quarter")
CHARGED: Final = pl.Schema({**dict.fromkeys(KEY, pl.String()), "closed_on": pl.Date(), "amount": PENCE()})
"""What a sealed claim asks of a commissioner; `amount` in pence, less than nought where money goes back."""


def charged(book: Book) -> pl.DataFrame:
    """What every sealed claim asks of each commissioner, in the columns of CHARGED.

    Opening balances were claimed by other means, and are not in it.
    """
    sums = [_charged(claim) for claims in book.contracts.values() for claim in claims]
    return pl.concat([pl.DataFrame(schema=CHARGED), *sums])


def reconciled(claimed: pl.DataFrame, payments: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """What was claimed and what had been paid by a day, in order, a row for each KEY that has either.

    `claimed`: in the columns of CHARGED; `payments`: of tables.PAYMENTS. Returns: KEY, claimed, paid,
    difference (what is outstanding is positive) and, where there is one, `days`: the age of the claim.
    """
    asked = (
        claimed.lazy().group_by(KEY).agg(pl.col("amount").sum().alias("claimed"), pl.col("closed_on").max())
    )
    received = payments.lazy().filter(pl.col("paid_on") <= as_of)
    paid = received.group_by(KEY).agg(pl.col("amount").sum().alias("paid"))
    both = asked.join(paid, on=KEY, how="full", coalesce=True).with_columns(
        pl.col("claimed", "paid").fill_null(0)
    )
    return (
        both.with_columns(difference=pl.col("claimed") - pl.col("paid"))
        .select(*KEY, "claimed", "paid", "difference", days=_age(as_of))
        .sort(KEY)
        .collect()
    )


def outside(rows: pl.DataFrame, tolerance: int) -> pl.DataFrame:
    """The rows that differ by more pence than are tolerated."""
    return rows.filter(pl.col("difference").abs() > tolerance)


def _charged(claim: Sealed) -> pl.DataFrame:
    lines = claim.lines.lazy().filter(pl.col("kind") != OPENING)
    return (
        lines.group_by(pl.col("commissioner").cast(pl.String))
        .agg(pl.col("amount").sum())
        .select(
            pl.lit(claim.contract).alias("contract"),
            "commissioner",
            pl.lit(str(claim.quarter)).alias("quarter"),
            pl.lit(date.fromisoformat(claim.stated["closed_on"])).alias("closed_on"),
            "amount",
        )
        .collect()
    )


def _age(as_of: date) -> pl.Expr:
    """Days since the claim, where something is left of it; a claim that was closed later has no age yet."""
    days = (pl.lit(as_of) - pl.col("closed_on")).dt.total_days()
    return pl.when(pl.col("difference") != 0, days >= 0).then(days)
