"""An explanation, as data: of one child and quarter, everything that each decision and payment rests on."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from wlz_calc.claim import Provenance, illustrative
from wlz_calc.decision import AWARDED, Reason, Status, Use
from wlz_calc.period import Quarter
from wlz_calc.ratecard.card import Card, Payable
from wlz_calc.ratecard.conditions import Single

Facts = Mapping[str, Any]
"""A row of a frame: its values by its columns."""


class Tested(NamedTuple):
    """What a single test says of a child. `evidence`: in the fields of frames.EVIDENCE.

    `uses`: by row of the extract that the measure is taken from, what became of it.
    """

    test: Single
    status: Status
    reason: Reason
    due_on: date | None
    evidence: Facts
    uses: Mapping[int, Use]


class Room(NamedTuple):
    """What a limit had left before an award, in pence. `name`: child, financial_year or contract."""

    name: str
    limit: int
    left: int


class Part(NamedTuple):
    """A commissioner's part of an award, in pence. `room`: what its commitment had left before it."""

    commissioner: str
    name: str
    share: Decimal
    part: int
    room: int | None
    amount: int


class Line(NamedTuple):
    """A line of a claim, as frames.LINES has it; `sealed`: it was claimed, else it is due now."""

    quarter: str
    contract: str
    commissioner: str
    payment: str
    outcome: str | None
    number: int
    kind: str
    due_on: date
    amount: int
    corrects: str | None
    reason: str | None
    sealed: bool


class Explanation(NamedTuple):
    """One decision on a payment or an outcome; without tests where the child's phase settles it.

    Money is pence; what only an award has is null elsewhere.

    `kept`: the number under which it is claimed already. `asks`: its price, or what stays claimed of it while
    it is on hold, if that is more; `left`: what the limits leave of that. `holds`: those in force.
    `lines`: of its number, claimed so far and due now. `until`: the last day on which it could still fall
    due, if it is not decided for good.
    """

    payable: Payable
    status: Status
    reason: Reason
    due_on: date | None
    number: int | None
    price: int | None
    cut: int | None
    tests: tuple[Tested, ...]
    kept: int | None
    holds: tuple[Facts, ...]
    asks: int | None
    left: int | None
    rooms: tuple[Room, ...]
    parts: tuple[Part, ...]
    lines: tuple[Line, ...]
    until: date | None = None

    @property
    def is_award(self) -> bool:
        """Whether it is met, or held."""
        return self.status in AWARDED


class Explained(NamedTuple):
    """Everything that was decided of one child as of the last day of a quarter.

    `child`: its row in the register as it is known on that day, with `phase`, `informant` and `school_name`.
    `rows`: by extract, all rows of the child, known on that day or not, by their numbers. `off_card`: lines
    of what is not on the child's card, such as an outcome that a newer version has no longer. `opens`: what
    fell due before the quarter is the opening balance, as nothing is sealed yet. `closed`: the
    quarter is, and this is what would be claimed for it today. `payment`: the only one that is asked about.
    """

    provider: str
    quarter: Quarter
    card: Card
    child: Facts
    rows: Mapping[str, Mapping[int, Facts]]
    told: tuple[Explanation, ...]
    off_card: tuple[Line, ...]
    opens: bool
    closed: bool
    provenance: Provenance
    payment: str | None = None

    @property
    def provisional(self) -> bool:
        """Whether it may still change: the quarter is not closed."""
        return not self.closed

    @property
    def cards(self) -> tuple[Card, ...]:
        """The card of the child."""
        return (self.card,)

    @property
    def illustrative(self) -> dict[str, tuple[str, ...]]:
        """By contract, the terms that no public source states."""
        return illustrative(self.cards)

    def of(self, payment: str) -> Sequence[Explanation]:
        """What was decided on one payment."""
        return [one for one in self.told if one.payable.payment == payment]

    def numbers_used(self, one: Explanation) -> bool:
        """Whether no number of its payment is left: what falls due later comes after what is met."""
        siblings = self.of(one.payable.payment)
        return sum(other.is_award for other in siblings) >= len(one.payable.numbers)

    @property
    def shown(self) -> Sequence[Explanation]:
        """What was decided on the payment that is asked about, or on all."""
        return self.told if self.payment is None else self.of(self.payment)
