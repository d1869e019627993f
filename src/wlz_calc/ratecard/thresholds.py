"""The thresholds of a card, each with a name: figures on one side of which a child is paid for."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final, NamedTuple

from wlz_calc.ratecard.base import in_force
from wlz_calc.ratecard.card import Card, Payable
from wlz_calc.ratecard.conditions import AtRisk, Change, Crosses, Reaches, Single, tests
from wlz_calc.ratecard.measures import Kind, kind, member
from wlz_calc.standards.sdq import band_start

NEAR: Final = Fraction(1, 100)
"""How close to the threshold of a rate a figure must lie to show on which side of it things change."""


class Side(StrEnum):
    """Where a figure lies."""

    BELOW = "below"
    AT = "at"
    ABOVE = "above"


class Threshold(NamedTuple):
    """A figure of a test. `test`: its place in the condition; `reading`: which of two it is compared with.

    `informant`: where it is another for each who may complete the questionnaire, the one it is for.
    """

    payable: Payable
    test: int
    key: str
    reading: str = ""
    informant: str = ""

    @property
    def of(self) -> Single:
        """The test it is a figure of."""
        return list(tests(self.payable.when))[self.test]

    @property
    def name(self) -> str:
        """As a case names it: `engagement partner_sessions at_least`, `outcomes.maths by`."""
        payable = ".".join(self.payable.path[1::2])
        several = len(list(tests(self.payable.when))) > 1
        words = (payable, self.of.measure if several else "", self.key, self.reading, self.informant)
        return " ".join(word for word in words if word)

    def on(self, day: date) -> Fraction:
        """What it is on a day."""
        risk = self.of.at_risk if isinstance(self.of, Change) and self.key == "at_risk" else None
        if risk and risk.band and risk.scheme:
            return Fraction(band_start(member(self.of.measure), self.informant, risk.scheme, risk.band))
        stated: Mapping[date, Decimal | int] = dict(self.of.thresholds[self.key])
        return Fraction(in_force(stated, day))

    @property
    def step(self) -> Fraction:
        """How near to it its neighbours lie: one session or one point, or a hundredth of a rate."""
        is_rate = kind(self.of.measure) is Kind.RATE and self.key != "possible_at_least"
        return NEAR if is_rate else Fraction(1)

    def side(self, figure: Fraction, day: date) -> Side | None:
        """On which side of it a figure lies; none if it is further off than a step."""
        off = figure - self.on(day)
        if abs(off) > self.step:
            return None
        return Side.AT if off == 0 else Side.ABOVE if off > 0 else Side.BELOW


def thresholds(card: Card) -> list[Threshold]:
    """Every threshold of a card, in the order in which it states them."""
    return [
        threshold
        for payable in card.payables
        for place, test in enumerate(tests(payable.when))
        for threshold in _of_test(card, payable, place, test)
    ]


def _of_test(card: Card, payable: Payable, place: int, test: Single) -> Iterator[Threshold]:
    if isinstance(test, Change) and test.at_risk:
        for reading in ("baseline", "endpoint") if isinstance(test, Crosses) else ("baseline",):
            for informant in _informants(card, payable, test.at_risk):
                yield Threshold(payable, place, "at_risk", reading, informant)
    for key in test.thresholds.keys() - {"at_risk", "possible_at_least"}:
        yield Threshold(payable, place, key)
    if "possible_at_least" in test.thresholds:
        for reading in ("",) if isinstance(test, Reaches) else ("baseline", "endpoint"):
            yield Threshold(payable, place, "possible_at_least", reading)


def _informants(card: Card, payable: Payable, risk: AtRisk) -> list[str]:
    """Those for whom a band begins elsewhere; nobody in particular, where it is a number."""
    if not risk.band:
        return [""]
    judged = card.phases_judged(payable)
    return list(dict.fromkeys(who for phase, who in card.informants.items() if phase in judged))
