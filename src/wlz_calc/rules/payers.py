"""Payers: who pays the part of a commissioner: one for all, or each school or authority for itself."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import polars as pl

from wlz_calc.ratecard.card import Card, Commissioner


class Payers(NamedTuple):
    """The cards of a contract by their places, everybody who pays on any, and the register.

    `register`: child, school, authority.
    """

    cards: Mapping[int, Card]
    everybody: pl.Enum
    register: pl.DataFrame

    @property
    def names(self) -> list[str]:
        """The commissioners as the cards name them."""
        return list(dict.fromkeys(name for card in self.cards.values() for name in card.commissioners))

    def beside(self, parts: pl.DataFrame, name: str) -> pl.DataFrame:
        """Parts of awards with the `commissioner` who pays as this one."""
        payer = pl.lit(None, dtype=self.everybody)
        terms = {place: card.commissioners.get(name) for place, card in self.cards.items()}
        for place, own in terms.items():
            if own is not None:
                here = pl.col("card") == place
                payer = pl.when(here).then(_payer(name, own).cast(self.everybody)).otherwise(payer)
        for each in dict.fromkeys(own.each for own in terms.values() if own and own.each):
            whose = self.register.select("child", each)
            parts = parts.join(whose, on="child", maintain_order="left")
        return parts.with_columns(commissioner=payer)


def everybody(cards: Sequence[Card], register: pl.DataFrame) -> pl.Enum:
    """Everybody who pays or could, by the ids that lines have, in order."""
    ids = [
        register.lazy().select(who=_payer(name, terms)).unique()
        for card in cards
        for name, terms in card.commissioners.items()
    ]
    return pl.Enum(pl.concat(ids).unique().drop_nulls().collect().to_series().sort())


def _payer(name: str, terms: Commissioner) -> pl.Expr:
    return pl.lit(name) if terms.each is None else pl.lit(f"{name}:") + pl.col(terms.each)
