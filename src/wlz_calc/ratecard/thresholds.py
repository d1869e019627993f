"""The thresholds of a card, each with a name: figures on one side of which a child is paid for."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final, NamedTuple

from wlz_calc.ratecard.base import EVER
from wlz_calc.ratecard.card import Card, Payable
from wlz_calc.ratecard.conditions import AtRisk, Change, Crosses, Single, tests
from wlz_calc.ratecard.measures import Kind, kind, member
from wlz_calc.standards.sdq import band_start

NEAR: Final = Fraction(1, 100)
"""How close to the threshold of a rate a figure must lie to show on which side of it things change."""


class Side(StrEnum):
    """Where a figure or a day lies."""

    BELOW = "below"
    AT = "at"
    ABOVE = "above"


class Threshold(NamedTuple):
    """A figure of a test. `test`: its place in the condition; `reading`: which of two it is compared with.

    `informant`: where it is another for each who may complete the questionnaire, the one it is for. `since`:
    the day from which it is in force.
    """

    payable: Payable
    test: int
    key: str
    reading: str = ""
    informant: str = ""
    since: date = EVER

    @property
    def of(self) -> Single:
        """The test it is a figure of."""
        return list(tests(self.payable.when))[self.test]

    @property
    def name(self) -> str:
        """As a case names it: `engagement partner_sessions at_least`, `outcomes.maths by`."""
        return f"{self.undated} from {self.since}" if len(self.dated) > 1 else self.undated

    @property
    def undated(self) -> str:
        """Its name without the day from which it is in force."""
        words = (named(self.payable), self._measure, self.key, self.reading, self.informant)
        return " ".join(word for word in words if word)

    @property
    def clause(self) -> str:
        """Where the contract states it."""
        return self.payable.clause

    @property
    def edge(self) -> Fraction:
        """The figure itself."""
        risk = _at_risk(self.of) if self.key == "at_risk" else None
        if risk and risk.band and risk.scheme:
            return Fraction(band_start(member(self.of.measure), self.informant, risk.scheme, risk.band))
        return Fraction(self.dated[self.since])

    @property
    def step(self) -> Fraction:
        """How near to it its neighbours lie: one session or one point, or a hundredth of a rate."""
        is_rate = kind(self.of.measure) is Kind.RATE and self.key != "possible_at_least"
        return NEAR if is_rate else Fraction(1)

    def side(self, figure: Fraction) -> Side | None:
        """On which side of it a figure lies; none if it is further off than a step."""
        off = figure - self.edge
        if abs(off) > self.step:
            return None
        return Side.AT if off == 0 else Side.ABOVE if off > 0 else Side.BELOW

    def in_force(self, day: date) -> bool:
        """Whether it is what a window that ends on that day is judged by."""
        return self.since == max((since for since in self.dated if since <= day), default=None)

    @property
    def dated(self) -> Mapping[date, Decimal | int]:
        """What the card states, by the day from which it is in force; the scores of a band it does not."""
        return dict(self.of.thresholds.get(self.key, {EVER: 0}))

    @property
    def _measure(self) -> str:
        """The measure, where there are several tests; and which of them, where they have the same."""
        measures = [test.measure for test in tests(self.payable.when)]
        own = measures[self.test]
        turn = measures[: self.test + 1].count(own)
        return "" if len(measures) == 1 else own if turn == 1 else f"{own} ({turn})"


def named(payable: Payable) -> str:
    """A payment or an outcome, as the name of a threshold begins."""
    return ".".join(payable.path[1::2])


def alive(dated: Iterable[date], card: Card) -> list[date]:
    """The days of a dated value that matter to a child of the card, the first of which is in force first."""
    days = sorted(dated)
    first = max((day for day in days if day <= card.joined.start), default=days[0])
    return [day for day in days if first <= day <= card.term.end]


def thresholds(card: Card) -> list[Threshold]:
    """Every threshold of a card, in the order in which it states them."""
    return [
        Threshold(payable, place, key, reading, informant, since)
        for payable in card.payables
        for place, test in enumerate(tests(payable.when))
        for key, dated in _stated(test)
        for reading in _readings(test, key)
        for informant in _informants(card, payable, test, key)
        for since in alive(dated, card)
    ]


def _stated(test: Single) -> Iterator[tuple[str, Iterable[date]]]:
    """The keys of a test, each with the days from which its figures are in force."""
    risk = _at_risk(test)
    if risk and risk.band:
        yield "at_risk", (EVER,)
    yield from test.thresholds.items()


def _at_risk(test: Single) -> AtRisk | None:
    return test.at_risk if isinstance(test, Change) else None


def _readings(test: Single, key: str) -> tuple[str, ...]:
    """The readings that are held against a figure of a test; the only one has no name."""
    if key == "at_risk" and not isinstance(test, Crosses):
        return ("baseline",)
    compares = key == "at_risk" or (key == "possible_at_least" and isinstance(test, Change))
    return ("baseline", "endpoint") if compares else ("",)


def _informants(card: Card, payable: Payable, test: Single, key: str) -> list[str]:
    """Those for whom a band begins elsewhere; nobody in particular, where it is a number."""
    risk = _at_risk(test)
    if key != "at_risk" or risk is None or not risk.band:
        return [""]
    judged = card.phases_judged(payable)
    return list(dict.fromkeys(who for phase, who in card.informants.items() if phase in judged))
