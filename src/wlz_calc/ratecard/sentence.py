"""The terms of a payment in one sentence of plain English, with every figure that decides it.

A reader should be able to hold the sentence against the contract; so it is made from the card alone, leaves
no condition out, and rounds nothing. What its words mean (months from joining, expected) `summary` states.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from wlz_calc.ratecard.card import Card, Payable, Requires
from wlz_calc.ratecard.conditions import (
    AllOf,
    AnyOf,
    AtRisk,
    Change,
    Crosses,
    Gain,
    Happened,
    Progresses,
    Reaches,
    Single,
    tests,
)
from wlz_calc.ratecard.measures import ATTENDANCE, SURVEY, Kind, family, kind, member, name
from wlz_calc.ratecard.wording import (
    INFORMANTS,
    amount,
    apart,
    count,
    dated,
    number,
    percent,
    phase,
    phrase,
    plural,
    points,
    title,
    together,
)
from wlz_calc.standards.sdq import BANDS, band_start, higher_is_better

Condition = AllOf | AnyOf | Single

_SESSIONS: Final = {
    "link_worker_sessions": "one-to-one Link Worker session",
    "partner_sessions": "delivery-partner session",
}
COMPARED: Final = {
    "below": "below {}",
    "at_most": "{} or below",
    "above": "above {}",
    "at_least": "{} or above",
}


def sentence(card: Card, payable: Payable) -> str:
    """When a payment or an outcome is payable, and how much."""
    return f"{heading(card, payable.payment)}: {paid(card, payable)}"


def paid(card: Card, payable: Payable) -> str:
    """The same without the name of the payment."""
    price = dated(payable.price or {}, amount)
    outcome = f" for {title(payable.outcome)}" if payable.outcome else ""
    conditions = f"{_Conditions(card, payable).when()}{_gate(card, payable)}"
    return f"{price}{outcome}{_phases(payable)} {conditions}."


def heading(card: Card, payment: str) -> str:
    """The number and name of a payment; of outcomes, how many are paid at most."""
    terms = card.payments[payment]
    if terms.numbers is None:
        return f"Payment {terms.number} ({title(payment)})"
    payments = "Payments" if len(terms.numbers) > 1 else "Payment"
    numbers = together([str(n) for n in terms.numbers])
    return f"{payments} {numbers} ({title(payment)}), at most {count(len(terms.numbers))}"


def _phases(payable: Payable) -> str:
    if payable.phases is None:
        return ""
    plurals = "phase" if len(payable.phases) == 1 else "phases"
    return f" ({together([phase(p) for p in payable.phases])} {plurals} only)"


def _gate(card: Card, payable: Payable) -> str:
    if payable.requires is None:
        return ""
    return f", and only if {_required(card, payable.requires)} too"


def _required(card: Card, requires: Requires) -> str:
    names = [heading(card, payment) for payment in requires.payments]
    verb = "are" if requires.all and len(names) > 1 else "is"
    return f"{together(names, 'and' if requires.all else 'or')} {verb} met"


class _Conditions:
    """The words for one payable's conditions: they depend on its windows, and on who completes an SDQ."""

    def __init__(self, card: Card, payable: Payable) -> None:
        self.card = card
        self.payable = payable
        stretches = {self.stretch(test) for test in tests(payable.when)}
        self.shared = stretches.pop() if len(stretches) == 1 else None

    def when(self) -> str:
        """The whole condition; where all its tests have one window, that comes first."""
        lead = f", {self.shared}," if self.shared else ""
        return f"when{lead} {self.condition(self.payable.when)}"

    def stretch(self, test: Single) -> str:
        """The window in which a test is judged, or the two that it compares."""
        if not isinstance(test, Change):
            return f"in {self.payable.window}" if self.payable.window else ""
        return f"from a baseline in {self.payable.baseline} to an endpoint in {self.payable.endpoint}"

    def condition(self, condition: Condition, *, inside: bool = False) -> str:
        if isinstance(condition, Single):
            return self.test(condition) + self.own_stretch(condition)
        conjunction = "and" if isinstance(condition, AllOf) else "or"
        clauses = list(self.clauses(condition, conjunction))
        said = apart(clauses, conjunction)
        either = "either " if conjunction == "or" and len(clauses) > 1 else ""
        return f"({either}{said})" if inside and len(clauses) > 1 else either + said

    def clauses(self, condition: AllOf | AnyOf, conjunction: str) -> Iterator[str]:
        """The parts in their order; counts that follow each other share their subject."""
        counts: list[Single] = []
        for part in condition.parts:
            if isinstance(part, Reaches) and kind(part.measure) is Kind.COUNT:
                counts.append(part)
                continue
            if counts:
                yield self.attended(counts, conjunction)
                counts = []
            yield self.condition(part, inside=True)
        if counts:
            yield self.attended(counts, conjunction)

    def own_stretch(self, test: Single) -> str:
        own = self.stretch(test)
        return f" {own}" if own and self.shared is None else ""

    def test(self, test: Single) -> str:
        if isinstance(test, Happened):
            return self.happened()
        if isinstance(test, Reaches):
            return self.attended([test], "and") if kind(test.measure) is Kind.COUNT else self.reaches(test)
        assert isinstance(test, Change)  # noqa: S101 - there is no other test
        return self.changes(test)

    def happened(self) -> str:
        """Consent: its date is the later of the two days."""
        later = ", the later of these two days counting" if self.payable.window else ""
        return f"consent to take part has been given and the child has joined{later}"

    def attended(self, counts: list[Single], conjunction: str) -> str:
        said = [self.sessions(test) for test in counts if isinstance(test, Reaches)]
        stretch = self.own_stretch(counts[0])
        return f"the child has attended {together(said, conjunction)}{stretch}"

    def sessions(self, test: Reaches) -> str:
        noun = _SESSIONS[test.measure]
        return f"at least {dated(test.at_least, lambda least: plural(number(least), noun))}"

    def reaches(self, test: Reaches) -> str:
        return f"{name(test.measure)} is at least {dated(test.at_least, percent)}{_possible(test)}"

    def changes(self, test: Change) -> str:
        at_risk = ", at risk at the baseline," if test.at_risk else ""
        being = f", at risk being {self.risk(test, test.at_risk)}" if test.at_risk else ""
        return f"{self.subject(test)}{at_risk} {self.predicate(test)}{being}"

    def subject(self, test: Change) -> str:
        if family(test.measure) == "sdq":
            return f"the {name(test.measure)} as completed by {self.informants()}"
        the = "the " if family(test.measure) == SURVEY else ""
        return f"{the}{name(test.measure)}{_possible(test, ' in each window')}"

    def predicate(self, test: Change) -> str:
        if isinstance(test, Crosses):
            return "is no longer at risk at the endpoint"
        assert isinstance(test, Gain)  # noqa: S101 - a change is a gain or a crossing
        if isinstance(test, Progresses):
            return _rises_above_expected(test)
        return f"{'rises' if self.card.higher_is_better(test.measure) else 'falls'} by {_by(test)}"

    def informants(self) -> str:
        """Who completes the questionnaire, phase by phase."""
        said = [f"{INFORMANTS[who]} ({together(phases)})" for who, phases in self.asked().items()]
        return together(said, "or")

    def asked(self) -> Mapping[str, list[str]]:
        """The phases in which each informant is asked."""
        asked: dict[str, list[str]] = {}
        judged = self.card.phases_judged(self.payable)
        for name_of, who in self.card.informants.items():
            if name_of in judged:
                asked.setdefault(who, []).append(phase(name_of))
        return asked

    def risk(self, test: Change, risk: AtRisk) -> str:
        if risk.band and risk.scheme:
            return self.band(member(test.measure), risk)
        words = percent if test.measure == ATTENDANCE else number
        threshold: Mapping[date, Decimal] = risk.threshold or {}
        return dated(threshold, lambda value: COMPARED[risk.comparison or ""].format(words(value)))

    def band(self, scale: str, risk: AtRisk) -> str:
        """A band, with the published scores at which it begins for those who are asked."""
        scheme, band = risk.scheme or "three", risk.band or ""
        worse = "less" if higher_is_better(scale) else "more"
        starts = [
            f"{INFORMANTS[who]}: {band_start(scale, who, scheme, band)} or {worse}" for who in self.asked()
        ]
        described = f'"{phrase(band)}" or a worse one of the {count(len(BANDS[scheme]))} bands'
        return f"{described} ({'; '.join(starts)})"


def _by(test: Gain) -> str:
    least = "more than" if test.strictly else "at least"
    if test.measure == ATTENDANCE:
        return f"{least} {dated(test.by, points)}"
    return f"{least} {dated(test.by, lambda by: plural(number(by), 'point'))}"


def _rises_above_expected(test: Progresses) -> str:
    if set(test.by.values()) == {0}:
        return f"rises by {'more than' if test.strictly else 'at least what is'} expected"
    return f"rises by {_by(test)} more than expected"


def _possible(test: Reaches | Change, each: str = "") -> str:
    if test.possible_at_least is None:
        return ""
    return f" (of at least {dated(test.possible_at_least, number)} possible sessions{each})"
