"""Whether every dated value of a card is in force on the first day on which it can be needed."""

from collections.abc import Iterator, Mapping
from datetime import date

from wlz_calc.ratecard.base import Path, Problem
from wlz_calc.ratecard.card import Card, Payable
from wlz_calc.ratecard.conditions import AllOf, AnyOf, Change, Happened, Reaches, Single, placed, tests
from wlz_calc.ratecard.measures import Kind, kind

Needed = dict[Path, tuple[Mapping[date, object], date]]
"""Dated values by their place, each with the first day on which it can be needed."""
Due = list[tuple[date, Payable]]


def values_start_early_enough(card: Card) -> Iterator[Problem]:
    """Prices and shares by the first due date, thresholds by the end of the first window."""
    due = [(_first_due(card, payable), payable) for payable in card.payables if _has_windows(payable)]
    for needed in (_prices(card, due), _shares(card, due), _thresholds(card)):
        for at, (dated, day) in needed.items():
            first = min(dated)
            if first > day:
                expected = f"a value in force on {day}, when it can first be needed"
                yield Problem(at, "card-dated", f"nothing before {first}", expected)


def _prices(card: Card, due: Due) -> Needed:
    """A payment's price is needed when the first of its outcomes can fall due."""
    needed: Needed = {}
    for day, payable in sorted(due, key=lambda pair: pair[0]):
        if payable.price:
            needed.setdefault(card.stated_at(payable, "price"), (payable.price, day))
    return needed


def _shares(card: Card, due: Due) -> Needed:
    day = min((day for day, _ in due), default=date.max)
    return {("commissioners", name, "share"): (c.share, day) for name, c in card.commissioners.items()}


def _thresholds(card: Card) -> Needed:
    return {
        (*at, key): (threshold, window.of(card.joined.start).end)
        for payable in card.payables
        for at, test in placed(payable.when, (*payable.path, "when"))
        if (window := payable.endpoint if isinstance(test, Change) else payable.window)
        for key, threshold in test.thresholds.items()
    }


def _has_windows(payable: Payable) -> bool:
    return not any(
        (isinstance(test, Reaches) and payable.window is None)
        or (isinstance(test, Change) and (payable.baseline is None or payable.endpoint is None))
        for test in tests(payable.when)
    )


def _first_due(card: Card, payable: Payable) -> date:
    """The first day within the term on which it could fall due, its gate left aside."""
    return max(card.term.start, _earliest(payable, payable.when, card.joined.start))


def _earliest(payable: Payable, condition: AllOf | AnyOf | Single, joined: date) -> date:
    """The first day on which anyone could meet it; windows of those who join later begin no earlier."""
    if isinstance(condition, AllOf | AnyOf):
        pick = max if isinstance(condition, AllOf) else min
        return pick(_earliest(payable, part, joined) for part in condition.parts)
    window = payable.endpoint if isinstance(condition, Change) else payable.window
    if window is None:
        return joined
    period = window.of(joined)
    if isinstance(condition, Happened):
        return max(joined, period.start)
    return period.start if kind(condition.measure) is Kind.COUNT else period.end
