"""Needs: what a card, and nothing else, says about the programme to be made up for it.

Which measures it pays for or monitors and in which phases, how long a child is on the programme, how often
there are sessions, and when readings are taken.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from wlz_calc.ratecard.card import Card, Payable
from wlz_calc.ratecard.conditions import Change, Reaches, Single, tests
from wlz_calc.ratecard.measures import ATTENDANCE, SURVEY, Kind, family, kind, member, table
from wlz_calc.ratecard.windows import AcademicYear, Months, Window
from wlz_calc.sample.school_year import WEEKS_IN_A_YEAR

_USUAL_MONTHS: Final = 24
_USUAL_BASELINE: Final = Months(months=(-6, 3))
_USUAL_ENDPOINT: Final = Months(months=(18, 24))
_USUAL_YEARS: Final = (0, 2)
_USUAL_PACES: Final = {"link_worker_sessions": 0.5, "partner_sessions": 0.4}
_DUE_FOR_EACH_NEEDED: Final = 1.3


@dataclass(frozen=True)
class Needs:
    """What one card needs."""

    card: Card

    @cached_property
    def measures(self) -> dict[str, frozenset[str]]:
        """Every measure paid for or monitored, and every survey declared: the phases it is wanted in."""
        wanted: dict[str, frozenset[str]] = {}
        for measure, phases in self._wanted():
            wanted[measure] = wanted.get(measure, frozenset()) | phases
        every = frozenset(self.card.phase_of.values())
        return {f"{SURVEY}.{name}": every for name in self.card.surveys} | wanted

    def members(self, of_family: str) -> dict[str, frozenset[str]]:
        """The measures of one family by their short names, with the phases each is wanted in."""
        return {member(m): phases for m, phases in self.measures.items() if family(m) == of_family}

    @property
    def tables(self) -> frozenset[str]:
        """The extracts that are needed."""
        return frozenset(table(measure) for measure in self.measures)

    @property
    def months(self) -> int:
        """For how long a child is on the programme."""
        ends = (window.months[1] for window in self._windows() if isinstance(window, Months))
        return max(ends, default=_USUAL_MONTHS)

    @property
    def readings(self) -> tuple[Window, Window]:
        """When readings are taken: the baseline and endpoint windows that most payables have."""
        pairs = [
            (payable.baseline, payable.endpoint)
            for payable, test in self._tests()
            if kind(test.measure) is Kind.READINGS and payable.baseline and payable.endpoint
        ]
        return max(pairs, key=pairs.count, default=(_USUAL_BASELINE, _USUAL_ENDPOINT))

    @property
    def has_register_marks(self) -> bool:
        """Whether school attendance is judged by months, which termly totals cannot be."""
        return any(isinstance(window, Months) for window in self._attendance_windows())

    @property
    def attendance_windows(self) -> tuple[Window, ...]:
        """The windows in which school attendance is judged."""
        usual = (AcademicYear(academic_year=year) for year in _USUAL_YEARS)
        return tuple(self._attendance_windows()) or tuple(usual)

    def pace(self, measure: str) -> float:
        """How many sessions a week a child is due at: somewhat more than the card asks to be attended."""
        asked = (
            float(max(test.at_least.values())) * 12 / (payable.window.months[1] - payable.window.months[0])
            for payable, test in self._tests()
            if isinstance(test, Reaches) and test.measure == measure and isinstance(payable.window, Months)
        )
        a_year = max(asked, default=0.0) * _DUE_FOR_EACH_NEEDED
        return a_year / WEEKS_IN_A_YEAR or _USUAL_PACES[measure]

    def _wanted(self) -> Iterator[tuple[str, frozenset[str]]]:
        for payable, test in self._tests():
            yield test.measure, frozenset(self.card.phases_judged(payable))
        for area in self.card.framework:
            for measure in area.measures:
                yield measure, frozenset(area.phases or self.card.phase_of.values())

    def _tests(self) -> Iterator[tuple[Payable, Single]]:
        for payable in self.card.payables:
            for test in tests(payable.when):
                yield payable, test

    def _windows(self) -> Iterator[Window]:
        for payable, test in self._tests():
            yield from _judged_in(payable, test)

    def _attendance_windows(self) -> Iterator[Window]:
        for payable, test in self._tests():
            if test.measure == ATTENDANCE:
                yield from _judged_in(payable, test)


def _judged_in(payable: Payable, test: Single) -> Iterator[Window]:
    windows = (payable.baseline, payable.endpoint) if isinstance(test, Change) else (payable.window,)
    yield from (window for window in windows if window)
