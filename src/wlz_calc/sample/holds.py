"""Holds: three disputes about early joiners; two were settled, one is still open."""

from datetime import date
from typing import Final

import polars as pl

from wlz_calc.period import add_months
from wlz_calc.ratecard.card import Card
from wlz_calc.tables import HOLDS

_DISPUTES: Final[tuple[tuple[int | None, int, int | None, str, str], ...]] = (
    (0, 2, 5, "register queried", "school"),
    (None, 14, None, "consent form under review", "finance"),
    (-1, 17, 20, "date of the baseline disputed", "commissioner"),
)
"""The place on the card of the payment held (None: all), months from joining, reason, and who raised it."""


def holds(children: pl.DataFrame, card: Card) -> pl.DataFrame:
    """The holds, as they are written, on children who stayed and consented: they have something to hold."""
    steady = children.filter(pl.col("left_on").is_null() & pl.col("consent_on").is_not_null())
    held = steady.gather_every(2).head(len(_DISPUTES)).select("child_id", "joined_on").rows()
    rows = [_row(card, child_id, joined_on, n) for n, (child_id, joined_on) in enumerate(held)]
    return pl.DataFrame(rows, schema=[column.name for column in HOLDS.columns], orient="row").sort("child_id")


def _row(card: Card, child_id: str, joined_on: date, number: int) -> tuple[str | None, ...]:
    payment, months, until, reason, raised_by = _DISPUTES[number]
    named = None if payment is None else list(card.payments)[payment]
    end = None if until is None else add_months(joined_on, until).isoformat()
    return (child_id, named, None, add_months(joined_on, months).isoformat(), end, reason, raised_by)
