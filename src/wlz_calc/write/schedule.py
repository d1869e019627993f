"""The schedule: a claim described once, as plain data, for every renderer.

A schedule is one commissioner's part of the claim: its lines by payment, then by outcome and unit amount,
so that lines times unit is the amount and anybody can add it up. Money is only ever grouped and summed
here.
"""

from typing import Final, NamedTuple

NEW: Final = "new"


class Row(NamedTuple):
    """Lines of one outcome (or of the payment itself), kind and unit amount. `corrects`: a sealed quarter."""

    outcome: str | None
    kind: str
    corrects: str | None
    unit: int
    lines: int

    @property
    def amount(self) -> int:
        """Lines times unit."""
        return self.lines * self.unit


class Group(NamedTuple):
    """The lines of one payment, with the numbers that it has on the card."""

    payment: str
    numbers: tuple[int, ...]
    children: int
    rows: tuple[Row, ...]

    @property
    def lines(self) -> int:
        """How many lines."""
        return sum(row.lines for row in self.rows)

    @property
    def amount(self) -> int:
        """Its subtotal."""
        return sum(row.amount for row in self.rows)


class Schedule(NamedTuple):
    """One commissioner's part of a claim. `opening`: what fell due before, which is not in its total."""

    contract: str
    commissioner: str
    name: str
    detail: str | None
    children: int
    groups: tuple[Group, ...]
    opening: int = 0

    @property
    def lines(self) -> int:
        """How many lines."""
        return sum(group.lines for group in self.groups)

    @property
    def amount(self) -> int:
        """Its total."""
        return sum(group.amount for group in self.groups)


class Contract(NamedTuple):
    """A contract of the claim: its title and card versions, the terms that illustrate, and its schedules."""

    contract: str
    title: str
    versions: tuple[int, ...]
    illustrative: tuple[str, ...]
    children: int
    schedules: tuple[Schedule, ...]

    @property
    def lines(self) -> int:
        """How many lines."""
        return sum(schedule.lines for schedule in self.schedules)

    @property
    def amount(self) -> int:
        """What is claimed under it."""
        return sum(schedule.amount for schedule in self.schedules)


class Balance(NamedTuple):
    """The opening balance of one commissioner: its part of awards that fell due before the quarter."""

    contract: str
    commissioner: str
    name: str
    lines: int
    amount: int
