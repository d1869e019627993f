"""The position of a contract: what was claimed to date, what that is measured by, and how it changed."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

import polars as pl

from wlz_calc.period import Quarter


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
