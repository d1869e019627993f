"""The position of a contract: what was claimed to date, what that is measured by, and how it changed."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import polars as pl

from wlz_calc.money import pence
from wlz_calc.period import FINANCIAL_YEAR_STARTS, Quarter
from wlz_calc.ratecard.card import Card, Limits


class Entry(NamedTuple):
    """A sealed claim in the list of its contract.

    `opening`, `total`: the pence that it opened with and claims; `balance`: what all up to it come to.
    """

    quarter: Quarter
    digest: str
    closed_by: str
    closed_on: date
    approved_by: str | None
    lines: int
    opening: int
    total: int
    balance: int


class Room(NamedTuple):
    """What was claimed under a limit or a commitment (pence; none if there is none)."""

    name: str
    claimed: int
    limit: int | None

    @property
    def left(self) -> int | None:
        """What can still be claimed."""
        return None if self.limit is None else self.limit - self.claimed


class Match(NamedTuple):
    """What one commissioner has been charged, and what the others have been, who are to match it."""

    commissioner: str
    times: Decimal
    own: int
    others: int

    @property
    def is_kept(self) -> bool:
        """Whether the others have paid their part so far."""
        return self.others >= self.own * self.times


class Position(NamedTuple):
    """All that was claimed under a contract, and what it is measured by."""

    contract: str
    entries: tuple[Entry, ...]
    limits: tuple[Room, ...]
    commissioners: tuple[Room, ...]
    match: Match | None
    withdrawn: tuple[str, ...] = ()
    """The claims that were taken back, in words: the quarter, by whom, and when."""


class Bridge(NamedTuple):
    """What had been claimed up to the end of a quarter, and what was or would be after it to that of another.

    Both in the columns of claims.bridge.STEPS. `provisional`: the later quarter is not closed.
    """

    start: Quarter
    end: Quarter
    provisional: bool
    before: pl.DataFrame
    between: pl.DataFrame


def limits(lines: pl.DataFrame, cards: Sequence[Card]) -> tuple[Room, ...]:
    """What was claimed under the limits of a contract and of each financial year; all cards state the same.

    `lines`: due_on and amount of everything that was claimed.
    """
    return tuple(_limits(lines, cards[0].limits))


def _limits(lines: pl.DataFrame, limits: Limits) -> Iterator[Room]:
    if limits.contract is not None:
        yield Room("contract", int(lines.get_column("amount").sum()), pence(limits.contract))
    if limits.financial_year is not None:
        due_on = pl.col("due_on")
        year = due_on.dt.year() - (due_on.dt.month() < FINANCIAL_YEAR_STARTS).cast(pl.Int32)
        for begun, amount in _sums(lines, year).items():
            yield Room(f"{begun}/{(int(begun) + 1) % 100:02d}", amount, pence(limits.financial_year))


def commitments(lines: pl.DataFrame, cards: Sequence[Card]) -> tuple[Room, ...]:
    """What was claimed of each commissioner, and what it has committed; `lines`: commissioner, amount."""
    charged = _sums(lines, pl.col("commissioner").cast(pl.String))
    return tuple(Room(name, amount, _commitment(name, cards)) for name, amount in charged.items())


def _commitment(commissioner: str, cards: Sequence[Card]) -> int | None:
    """What a commissioner has committed: a school or an authority of its own as much as each other."""
    name = commissioner.partition(":")[0]
    stated = [terms.commitment for card in cards if (terms := card.commissioners.get(name))]
    return next((pence(amount) for amount in stated if amount is not None), None)


def _sums(lines: pl.DataFrame, by: pl.Expr) -> dict[str, int]:
    grouped = lines.lazy().group_by(by=by).agg(pl.col("amount").sum()).sort("by").collect()
    return {str(name): int(amount) for name, amount in grouped.iter_rows()}
