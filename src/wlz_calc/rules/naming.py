"""Naming: what the numbers in decisions stand for, put beside them once nothing is left to work out.

Until then a decision is a few small numbers: its child, its card and its place on that card.
"""

from collections.abc import Iterable, Sequence

import polars as pl

from wlz_calc.frames import SHARED
from wlz_calc.ratecard.card import Card, Payable
from wlz_calc.rules.known import phase_on

ON_CARD = ("contract", "card_version", "payment", "outcome")
"""What the place of a payable on its card stands for."""
CHILD = ("child_id", "school", "year_group")
"""What of a child is told beside what was decided."""
PLACES = 2**16
"""More than a card has."""


def payables_of(payables: Iterable[Payable]) -> pl.DataFrame:
    """The places of payables on their card (`order`), with their payments and outcomes."""
    return pl.DataFrame(
        [(p.order, p.payment, p.outcome) for p in payables],
        schema={"order": pl.UInt16, "payment": SHARED, "outcome": SHARED},
        orient="row",
    )


def payables_on(cards: Sequence[Card]) -> pl.DataFrame:
    """Every payable by `card` (its place among the cards) and `order`, with the columns of ON_CARD."""
    return pl.concat(
        payables_of(card.payables).with_columns(
            card=pl.lit(place, dtype=pl.UInt16),
            contract=pl.lit(card.contract, dtype=SHARED),
            card_version=pl.lit(card.version, dtype=pl.Int32),
        )
        for place, card in enumerate(cards)
    )


def named(numbers: pl.DataFrame, cards: Sequence[Card], register: pl.DataFrame) -> pl.LazyFrame:
    """The same rows in the same order, with the columns of ON_CARD and those of CHILD.

    `numbers`: child, card, order and anything else; `register`: child and the columns of CHILD.
    """
    return (
        numbers.lazy()
        .with_columns(_payable())
        .join(
            payables_on(cards).lazy().select(_payable(), *ON_CARD),
            on="payable",
            how="left",
            maintain_order="left",
        )
        .drop("payable")
        .join(register.lazy().select("child", *CHILD), on="child", how="left", maintain_order="left")
    )


def _payable() -> pl.Expr:
    """A card and a place on it as one number."""
    return (pl.col("card").cast(pl.UInt32) * PLACES + pl.col("order")).alias("payable")


def phased(named: pl.LazyFrame, cards: Sequence[Card]) -> pl.LazyFrame:
    """The same rows with the phase that each child's card gives its year group."""
    phase = pl.lit(None, dtype=pl.String)
    for place, card in enumerate(cards):
        phase = pl.when(pl.col("card") == place).then(phase_on(card)).otherwise(phase)
    return named.with_columns(phase=phase)
