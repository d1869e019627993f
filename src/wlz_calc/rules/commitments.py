"""Commitments: what each commissioner pays of its parts, as far as it has committed.

What is unfunded is not moved to another. Source: rate-cards, Award, price, share, line.
"""

from collections.abc import Sequence

import polars as pl

from wlz_calc.frames import PENCE
from wlz_calc.money import pence
from wlz_calc.ratecard.card import Card
from wlz_calc.rules.limits import NOTHING_KEPT, taken


def commitments(cards: Sequence[Card]) -> dict[str, int]:
    """What each commissioner has committed, in pence, by its name on the card. They are the contract's."""
    return {
        name: pence(terms.commitment)
        for card in cards
        for name, terms in card.commissioners.items()
        if terms.commitment is not None
    }


def funded(parts: pl.DataFrame, commitment: int | None, kept: pl.DataFrame = NOTHING_KEPT) -> pl.DataFrame:
    """Parts within a commitment (in pence), with `amount` and what it leaves `unfunded`.

    With `each`, every school or authority has as much of its own. What is `kept` of it comes first.
    """
    if commitment is None:
        return parts.with_columns(amount="part", unfunded=pl.lit(0, dtype=PENCE))
    room = pl.lit(commitment, dtype=PENCE) - pl.col("spent").fill_null(0)
    within = _beside_kept(parts.sort("place"), kept)
    paid = within.with_columns(amount=taken("part", room, over="commissioner")).drop("spent")
    return paid.with_columns(unfunded=pl.col("part") - pl.col("amount"))


def _beside_kept(parts: pl.DataFrame, kept: pl.DataFrame) -> pl.DataFrame:
    """Parts with what their commissioner has `spent` on what stays claimed without an award."""
    payer = pl.col("commissioner").cast(pl.String)
    spent = kept.group_by(payer=payer).agg(spent=pl.col("amount").sum())
    joined = parts.with_columns(payer=payer).join(spent, on="payer", how="left", maintain_order="left")
    return joined.drop("payer")


def with_room(parts: pl.DataFrame, commitment: int | None, kept: pl.DataFrame) -> pl.DataFrame:
    """A commissioner's parts in their order, with what its commitment had left before them."""
    if commitment is None:
        return parts.with_columns(room=pl.lit(None, dtype=PENCE))
    ordered = _beside_kept(parts, kept)
    before = (pl.col("amount").cum_sum() - pl.col("amount")).over("commissioner")
    room = commitment - pl.col("spent").fill_null(0) - before
    return ordered.with_columns(room=pl.max_horizontal(room, pl.lit(0, dtype=PENCE)))
