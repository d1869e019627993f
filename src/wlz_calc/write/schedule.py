"""The schedule: a claim described once, as plain data, for every renderer.

A schedule is one commissioner's part of the claim: its lines by payment, then by outcome and unit amount,
so that count times unit is the amount and anybody can add it up. Money is only ever grouped and summed
here.
"""

from dataclasses import dataclass
from typing import Final

NEW: Final = "new"


@dataclass(frozen=True, slots=True)
class Row:
    """Lines of one outcome (or of the payment itself), kind and unit amount. `corrects`: a sealed quarter."""

    outcome: str | None
    kind: str
    corrects: str | None
    unit: int
    count: int

    @property
    def amount(self) -> int:
        """Count times unit."""
        return self.count * self.unit


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one payment, with the numbers that it has on the card."""

    payment: str
    numbers: tuple[int, ...]
    children: int
    rows: tuple[Row, ...]

    @property
    def count(self) -> int:
        """How many lines."""
        return sum(row.count for row in self.rows)

    @property
    def amount(self) -> int:
        """Its subtotal."""
        return sum(row.amount for row in self.rows)


@dataclass(frozen=True, slots=True)
class Schedule:
    """One commissioner's part of a claim. `opening`: what fell due before, which is not in its total."""

    contract: str
    commissioner: str
    name: str
    detail: str | None
    children: int
    groups: tuple[Group, ...]
    opening: int = 0

    @property
    def count(self) -> int:
        """How many lines."""
        return sum(group.count for group in self.groups)

    @property
    def amount(self) -> int:
        """Its total."""
        return sum(group.amount for group in self.groups)


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract of the claim: its title and card versions, the terms that illustrate, and its schedules."""

    contract: str
    title: str
    versions: tuple[int, ...]
    illustrative: tuple[str, ...]
    children: int
    schedules: tuple[Schedule, ...]

    @property
    def count(self) -> int:
        """How many lines."""
        return sum(schedule.count for schedule in self.schedules)

    @property
    def amount(self) -> int:
        """What is claimed under it."""
        return sum(schedule.amount for schedule in self.schedules)


@dataclass(frozen=True, slots=True)
class Balance:
    """The opening balance of one commissioner: its part of awards that fell due before the quarter."""

    contract: str
    commissioner: str
    name: str
    count: int
    amount: int
