"""The edges of a card, each with a name: the figures, days and numbers at which what is paid becomes another.

The days of `joined` are none: who joins outside them is on no card, which is an error and no decision. Nor
are limits and commitments: it takes more children to reach them than a case can show.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final, NamedTuple

from wlz_calc.ratecard.card import Card, Payable
from wlz_calc.ratecard.conditions import Happened, tests
from wlz_calc.ratecard.thresholds import Threshold, alive, named, thresholds
from wlz_calc.ratecard.windows import Months, Window

WINDOWS: Final = ("window", "baseline", "endpoint")


class Turn(NamedTuple):
    """A day from which something counts otherwise, or until which it counts; `of` a child by when it joined.

    `clause`: where the contract states it; empty where it holds for all payments.
    """

    name: str
    clause: str
    of: Callable[[date], date]


class Most(NamedTuple):
    """How many of the outcomes of a payment are paid, where a child can have more."""

    name: str
    clause: str
    number: int
    outcomes: tuple[str, ...]


Edge = Threshold | Turn | Most


def edges(card: Card) -> list[Edge]:
    """Every threshold of a card and every other edge, which only cases can show to be where they are."""
    return [*thresholds(card), *_windows(card), *_changes(card), *_term(card), *_numbers(card)]


# ---------------------------------------------------------------- days


def _windows(card: Card) -> Iterator[Turn]:
    """The first and the last day of every window; one that a payment states for its outcomes once."""
    stated: dict[str, tuple[Payable, Window]] = {}
    for payable in card.payables:
        for key in WINDOWS:
            path = card.stated_at(payable, key)[1:-1:2]
            if window := getattr(payable, key):
                stated.setdefault(f"{'.'.join(map(str, path))} {key}", (payable, window))
    for name, (payable, window) in stated.items():
        yield from _ends(name, payable, window)


def _ends(name: str, payable: Payable, window: Window) -> Iterator[Turn]:
    if not _from_joining_on(payable, window):
        yield Turn(f"{name} first day", payable.clause, lambda joined_on: window.of(joined_on).start)
    yield Turn(f"{name} last day", payable.clause, lambda joined_on: window.of(joined_on).end)


def _from_joining_on(payable: Payable, window: Window) -> bool:
    """Whether nothing can lie before it: consent that was given earlier counts on the day of joining."""
    only_consent = all(isinstance(test, Happened) for test in tests(payable.when))
    return only_consent and isinstance(window, Months) and window.months[0] <= 0


def _changes(card: Card) -> Iterator[Turn]:
    """The days on which a price, a figure or a share becomes another."""
    for payable in card.payables:
        yield from _turns(f"{named(payable)} price", payable.clause, payable.price or (), card)
    for threshold in thresholds(card):
        if threshold.since == alive(threshold.dated, card)[0] and threshold.reading != "endpoint":
            yield from _turns(threshold.undated, threshold.clause, threshold.dated, card)
    for name, commissioner in card.commissioners.items():
        yield from _turns(f"commissioners.{name} share", "", commissioner.share, card)


def _turns(name: str, clause: str, dated: Iterable[date], card: Card) -> Iterator[Turn]:
    for day in alive(dated, card)[1:]:
        yield Turn(f"{name} changes {day}", clause, _always(day))


def _always(day: date) -> Callable[[date], date]:
    return lambda _joined_on: day


def _term(card: Card) -> Iterator[Turn]:
    """The ends of the term, as far as anything can fall due beyond them."""
    if card.joined.start < card.term.start:
        yield Turn("term first day", "", _always(card.term.start))
    windows = [payable.last_window for payable in card.payables]
    if any(window is None or window.of(card.joined.end).end > card.term.end for window in windows):
        yield Turn("term last day", "", _always(card.term.end))


# ---------------------------------------------------------------- numbers


def _numbers(card: Card) -> Iterator[Most]:
    for name, payment in card.payments.items():
        outcomes = [payable for payable in card.payables if payable.payment == name]
        most = max(_in_a_phase(card, outcomes).values(), default=0)
        if payment.numbers and most > len(payment.numbers):
            names = tuple(payable.outcome or "" for payable in outcomes)
            yield Most(f"{name} numbers", payment.clause, len(payment.numbers), names)


def _in_a_phase(card: Card, outcomes: Iterable[Payable]) -> Counter[str]:
    """How many outcomes there are for a child of each phase."""
    return Counter(phase for payable in outcomes for phase in card.phases_judged(payable))
