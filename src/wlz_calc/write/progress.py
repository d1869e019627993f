"""Progress: what was claimed to date against limits and commitments, and how many children got how far.

To date is everything that sealed claims hold, the opening balance and the claim itself. Described once, for
the charts of a workbook and the bars of a screen; it counts children and never names one.
"""

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from wlz_calc.claim import Claim
from wlz_calc.position import Room, commitments, limits
from wlz_calc.write import words

OF_AWARD = ("contract", "child_id", "payment", "number")


class Reached(NamedTuple):
    """A payment in the order of the card, and how many children it was claimed for to date."""

    payment: str
    children: int


class Progress(NamedTuple):
    """Of one contract: what was claimed under its limits, of each commissioner (by name), and for whom."""

    contract: str
    limits: tuple[Room, ...]
    commissioners: tuple[Room, ...]
    funnel: tuple[Reached, ...]


def progress(claim: Claim) -> Iterator[Progress]:
    """How far each contract has come, in the order of the cards."""
    columns = [*OF_AWARD, "commissioner", "due_on", "amount"]
    every = pl.concat(
        [claim.before.select(columns), claim.opening.select(columns), claim.lines.select(columns)]
    )
    names = {
        (contract, commissioner): name
        for contract, commissioner, name in claim.parties.select(
            "contract", "commissioner", "name"
        ).iter_rows()
    }
    for contract in dict.fromkeys(card.contract for card in claim.cards):
        own = every.filter(pl.col("contract").cast(pl.String) == contract)
        cards = [card for card in claim.cards if card.contract == contract]
        rooms = commitments(own, cards)
        yield Progress(
            contract,
            limits(own, cards),
            tuple(room._replace(name=names.get((contract, room.name)) or room.name) for room in rooms),
            tuple(_funnel(own, list(dict.fromkeys(name for card in cards for name in card.payments)))),
        )


def _funnel(lines: pl.DataFrame, payments: list[str]) -> Iterator[Reached]:
    """How many children each payment stays claimed for."""
    claimed = lines.group_by(OF_AWARD).agg(pl.col("amount").sum()).filter(pl.col("amount") > 0)
    counted = claimed.group_by(pl.col("payment").cast(pl.String)).agg(pl.col("child_id").n_unique())
    children = dict(counted.iter_rows())
    for payment in payments:
        yield Reached(words.title(payment), children.get(payment, 0))
