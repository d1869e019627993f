"""Shares: an award split over the commissioners of its card, exactly.

Source: rate-cards, Award, price, share, line.
"""

from collections.abc import Iterable

import polars as pl

from wlz_calc.frames import PENCE
from wlz_calc.ratecard.card import Card, Commissioner
from wlz_calc.rules.exact import in_force

SHARE_UNIT = 10**9
"""Shares are whole thousand-millionths: a card's number has nine decimals at the most."""


def split(awards: pl.DataFrame, card: Card) -> pl.DataFrame:
    """What is left of each award of a card, split by the shares in force on its due date.

    By largest remainder, ties in the order of the card, so that the parts add up to the award exactly.
    Returns the awards with the part of each commissioner of the card, in pence (see `_part`).
    """
    terms = card.commissioners
    places = range(len(terms))
    shared = awards.lazy().with_columns(_shared(n, each) for n, each in enumerate(terms.values()))
    pennies = pl.col("left") - pl.sum_horizontal(_pence(n) for n in places)
    parts = {part(name): _pence(n) + (_rank(n, places) < pennies).cast(PENCE) for n, name in enumerate(terms)}
    return shared.select(*awards.columns, **parts).collect()


def part(name: str) -> str:
    """The column of a commissioner's part of an award."""
    return f"part of {name}"


def _shared(position: int, terms: Commissioner) -> pl.Expr:
    """The exact share of a commissioner, in thousand-millionths of a penny."""
    share = in_force(
        terms.share, pl.col("due_on"), lambda share: pl.lit(int(share * SHARE_UNIT), dtype=pl.Int128)
    )
    return (pl.col("left").cast(pl.Int128) * share).alias(f"shared {position}")


def _pence(position: int) -> pl.Expr:
    return (pl.col(f"shared {position}") // SHARE_UNIT).cast(PENCE)


def _rank(position: int, places: Iterable[int]) -> pl.Expr:
    """How many commissioners get a penny that is left over before this one."""
    own, *others = (pl.col(f"shared {n}") % SHARE_UNIT for n in (position, *places))
    return pl.sum_horizontal(
        (other >= own if n < position else other > own).cast(pl.Int64) for n, other in enumerate(others)
    )
