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
        own = {place: card.commissioners.get(name) for place, card in self.cards.items()}
        terms = {place: here for place, here in own.items() if here}
        if not any(here.each for here in terms.values()):
            return parts.with_columns(commissioner=pl.lit(name, dtype=self.everybody))
        theirs = (_payer(name, here).cast(self.everybody).alias(f"{place}") for place, here in terms.items())
        joined = parts.join(self.register.select("child", *theirs), on="child", maintain_order="left")
        governing = (pl.when(pl.col("card") == place).then(pl.col(f"{place}")) for place in terms)
        return joined.with_columns(commissioner=pl.coalesce(governing))


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
