"""The outcomes framework of a card as questions that its tests can answer.

A measure that is paid is asked about in the windows, against the threshold and by the gain of the outcome
that pays it for a child's phase; one that is only monitored in the windows of the card's outcomes, and any
change for the better counts. Source: domain, The outcomes framework.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final, NamedTuple

from wlz_calc.ratecard.card import Card, Payable
from wlz_calc.ratecard.conditions import AtRisk, Change, Crosses, Improves, Progresses, tests
from wlz_calc.ratecard.measures import ATTENDANCE, Kind, family, kind, member
from wlz_calc.ratecard.windows import AcademicYear, Window
from wlz_calc.standards import sdq

YEARS: Final = (AcademicYear(academic_year=0), AcademicYear(academic_year=2))
"""The windows of school attendance that no outcome pays: the year before joining, and the one after."""
TOO_YOUNG: Final = "early_years"
"""The published bands begin at the age of 4."""

Windows = tuple[Window, Window]


class Asked(NamedTuple):
    """How one measure is asked about: by whom it is paid, its windows, and two tests of the same readings.

    `crosses` is none where no threshold is stated, `windows` where the card has none.
    """

    paid: Payable | None
    windows: Windows | None
    improves: Improves | Progresses
    crosses: Crosses | None


class Tracked(NamedTuple):
    """A measure of the framework, and the phases in which it is asked about in one way."""

    domain: str | None
    area: str
    measure: str
    phases: tuple[str, ...]
    asked: Asked


def tracked(card: Card) -> list[Tracked]:
    """Every measure of the framework, in its order; then those that are paid and stand in no area."""
    found = [each for entry in _entries(card) for each in _by_payer(card, *entry)]
    there = {(each.measure, phase) for each in found for phase in each.phases}
    return found + [each for entry in _unframed(card, there) for each in _by_payer(card, *entry)]


Entry = tuple[str | None, str, str, list[str]]


def _entries(card: Card) -> Iterator[Entry]:
    phases = dict.fromkeys(card.phase_of.values())
    for area in card.framework:
        own = [phase for phase in phases if area.phases is None or phase in area.phases]
        yield from ((area.domain, area.area, measure, own) for measure in area.measures if _changes(measure))


def _unframed(card: Card, there: Iterable[tuple[str, str]]) -> Iterator[Entry]:
    seen = set(there)
    for payable in card.payables:
        for measure in dict.fromkeys(test.measure for test in _paid_changes(payable)):
            own = [phase for phase in card.phases_judged(payable) if (measure, phase) not in seen]
            seen.update((measure, phase) for phase in own)
            if own:
                yield None, payable.outcome or payable.payment, measure, own


def _changes(measure: str) -> bool:
    """Whether there is a before and an after to it; what is counted in one window is the payments' affair."""
    return kind(measure) is Kind.READINGS or measure == ATTENDANCE


def _paid_changes(payable: Payable) -> list[Change]:
    return [test for test in tests(payable.when) if isinstance(test, Change)]


def _by_payer(
    card: Card, domain: str | None, area: str, measure: str, phases: list[str]
) -> Iterator[Tracked]:
    """One for each way of asking, in the order of the phases."""
    ways = {phase: _way(card, measure, phase) for phase in phases}
    ordered = sorted(phases, key=lambda phase: list(ways.values()).index(ways[phase]))
    for (payer, banded), own in groupby(ordered, key=lambda phase: ways[phase]):
        yield Tracked(domain, area, measure, tuple(own), _asked(card, measure, payer, banded=banded))


def _way(card: Card, measure: str, phase: str) -> tuple[int | None, bool]:
    """By which payable it is paid in a phase (the first on the card), and whether it has published bands."""
    paying = (
        payable.order
        for payable in card.payables
        if phase in card.phases_judged(payable)
        and any(test.measure == measure for test in _paid_changes(payable))
    )
    return next(paying, None), phase != TOO_YOUNG


def _asked(card: Card, measure: str, payer: int | None, *, banded: bool) -> Asked:
    if payer is None:
        windows, model = _monitored_windows(card, measure)
        return _tests(None, windows, measure, model, banded=banded)
    payable = card.payables[payer]
    paying = next(test for test in _paid_changes(payable) if test.measure == measure)
    return _tests(payable, _windows(payable), measure, paying, banded=banded)


def _tests(
    payable: Payable | None, windows: Windows | None, measure: str, paying: Change | None, *, banded: bool
) -> Asked:
    """The two tests; `paying`: the one that says how much is an improvement, and what is a rate."""
    possible = {"possible_at_least": paying.possible_at_least if paying else None}
    own = paying if payable else None
    improves = (
        own.model_copy(update={"at_risk": None})
        if isinstance(own, Improves | Progresses)
        else _any_gain(measure)
    )
    risk = (own.at_risk if own else None) or (_published(measure) if banded else None)
    crosses = Crosses(measure=measure, test="crosses", at_risk=risk) if risk else None
    return Asked(
        payable,
        windows,
        improves.model_copy(update=possible),
        crosses.model_copy(update=possible) if crosses else None,
    )


def _windows(payable: Payable) -> Windows | None:
    assert payable.baseline and payable.endpoint  # noqa: S101, PT018 - a card without them is refused
    return payable.baseline, payable.endpoint


def _monitored_windows(card: Card, measure: str) -> tuple[Windows | None, Change | None]:
    """The windows of a measure that is only monitored, and a test elsewhere on the card that judges it."""
    if measure == ATTENDANCE:
        return _attendance_windows(card)
    stated = [(payment.baseline, payment.endpoint) for payment in card.payments.values() if payment.outcomes]
    return next(((first, last) for first, last in stated if first and last), None), None


def _attendance_windows(card: Card) -> tuple[Windows, Change | None]:
    """Those by which it is paid in another phase; else the academic years 0 and 2."""
    for payable in card.payables:
        for test in _paid_changes(payable):
            if test.measure == ATTENDANCE and payable.baseline and payable.endpoint:
                return (payable.baseline, payable.endpoint), test
    return YEARS, None


def _any_gain(measure: str) -> Improves | Progresses:
    """Any change for the better; of attainment, more than the progress that was expected."""
    stated = {"measure": measure, "by": "0", "strictly": "true"}
    if family(measure) == "attainment":
        return Progresses.model_validate(stated | {"test": "progresses"})
    return Improves.model_validate(stated | {"test": "improves"})


def _published(measure: str) -> AtRisk | None:
    """The threshold that the publisher of a measure states: in the four bands, all but the best."""
    scale = member(measure)
    if family(measure) != "sdq" or scale not in sdq.BANDED_SCALES:
        return None
    return AtRisk(band=sdq.band_names(scale, "four")[0], scheme="four")
