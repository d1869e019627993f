"""Parties: every commissioner who pays or could, a school and an authority each by its own name."""

from collections.abc import Sequence

import polars as pl

from wlz_calc.frames import PARTIES
from wlz_calc.ratecard.card import Card, Commissioner


def parties(cards: Sequence[Card], children: pl.DataFrame, schools: pl.DataFrame | None) -> pl.DataFrame:
    """The commissioners of the cards, in the order of the cards, with the columns of frames.PARTIES.

    `children`: contract, school, authority. `schools`: school and name, where there is such an extract.
    """
    rows = [
        row
        for card in cards
        for name, terms in card.commissioners.items()
        for row in _rows(card, name, terms, children.filter(pl.col("contract") == card.contract), schools)
    ]
    found = pl.DataFrame(rows, schema=PARTIES, orient="row")
    return found.unique(("contract", "commissioner"), keep="first", maintain_order=True)


def _rows(
    card: Card, name: str, terms: Commissioner, children: pl.DataFrame, schools: pl.DataFrame | None
) -> list[tuple[str, str, str, str]]:
    if terms.each is None:
        return [(card.contract, name, terms.name, terms.shown)]
    named = dict(schools.iter_rows()) if schools is not None and terms.each == "school" else {}
    codes = children.get_column(terms.each).drop_nulls().unique().sort()
    return [
        (card.contract, f"{name}:{code}", named.get(code, f"{terms.name}: {code}"), terms.shown)
        for code in codes
    ]
