"""Prospects: by when what is not paid could still be, without a word of the data being changed.

A window may be open, a gate may still open, and a number be free. Source: rate-cards, Status.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from wlz_calc.decision import Status
from wlz_calc.explanation import Explained, Explanation, Tested
from wlz_calc.ratecard.conditions import AllOf, AnyOf, Happened, Reaches, Single
from wlz_calc.ratecard.measures import Kind, kind

Condition = AllOf | AnyOf | Single


def with_prospects(explained: Explained) -> Explained:
    """The same with the last day on which each decision could still fall due (`until`)."""
    prospects = _Prospects(explained)
    return explained._replace(told=tuple(one._replace(until=prospects.of(one)) for one in explained.told))


class _Prospects(NamedTuple):
    explained: Explained

    def of(self, one: Explanation) -> date | None:
        """By when it could still be paid; an award is paid, and what is decided for good is not."""
        opens = self._opens(one)
        if one.status is Status.GATED:
            return opens
        if one.status is not Status.NOT_YET or self.explained.numbers_used(one):
            return None
        own = self._open(one.payable.when, iter(one.tests))
        return own if one.payable.requires is None else _every([own, opens])

    def _open(self, condition: Condition, tests: Iterator[Tested]) -> date | None:
        """The last day on which a condition can fall due; `tests`: its own are taken from the first on."""
        if isinstance(condition, Single):
            return self._last(next(tests))
        days = [self._open(part, tests) for part in condition.parts]
        return _latest(days) if isinstance(condition, AnyOf) else _every(days)

    def _last(self, tested: Tested) -> date | None:
        if tested.status is Status.MET:
            return tested.due_on
        if tested.status is not Status.NOT_YET:
            return None
        end, closes = self.explained.card.term.end, tested.evidence["closes"]
        if isinstance(tested.test, Happened):
            return min(closes or end, end)
        if isinstance(tested.test, Reaches) and kind(tested.test.measure) is Kind.COUNT:
            return None if self.explained.child["left_on"] else min(closes, end)
        return closes if closes <= end else None

    def _opens(self, one: Explanation) -> date | None:
        """The day on which its gate opened, or the last on which it still can."""
        requires = one.payable.requires
        if requires is None:
            return None
        required = [other for payment in requires.payments for other in self.explained.of(payment)]
        opened = [other.due_on for other in required if other.due_on]
        if requires.any and opened:
            return min(opened)
        days = [other.due_on or self.of(other) for other in required]
        return _latest(days) if requires.any else _every(days)


def _latest(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day), default=None)


def _every(days: Sequence[date | None]) -> date | None:
    """The latest, if there is none without a day."""
    return _latest(days) if all(days) else None
