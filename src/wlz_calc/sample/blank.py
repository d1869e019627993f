"""Blank: the tables of a programme that is only beginning: their headings, and one made-up child.

Promises rows that every stage of checking accepts without a word, and on which something can be paid. The
child has what a child has who has just joined: consent, first sessions, and readings to start from.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property
from io import StringIO
from typing import Final, NamedTuple

from wlz_calc.period import academic_year
from wlz_calc.ratecard.card import Card, Payable
from wlz_calc.ratecard.conditions import Change, tests
from wlz_calc.ratecard.windows import Window
from wlz_calc.sample.needs import Needs
from wlz_calc.sample.school_year import school_days, terms
from wlz_calc.standards.sdq import SUBSCALES
from wlz_calc.standards.year_groups import YEAR_GROUPS
from wlz_calc.tables import (
    ATTAINMENT,
    ATTENDANCE_MARKS,
    ATTENDANCE_TOTALS,
    CHILDREN,
    ENGAGEMENT,
    HOLDS,
    PAYMENTS,
    SCHOOLS,
    SDQ,
    SURVEY,
    Table,
)

CHILD: Final = "example-1"
SCHOOL: Final = "example-school"
_YEAR: Final = "5"
"""Where a card judges as much in every phase: the middle of primary school."""
_ABSENCES: Final = 6
_SCORES: Final = {**dict.fromkeys(SUBSCALES, 4), "prosocial": 6, "total": 16, "impact": 2}

Row = Mapping[str, object]


class Blank(NamedTuple):
    """A table with the columns that are to be filled, and the rows of the example."""

    table: Table
    columns: tuple[str, ...]
    rows: tuple[Row, ...] = ()

    @property
    def text(self) -> str:
        """As a csv file."""
        file = StringIO()
        writer = csv.DictWriter(file, self.columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(self.rows)
        return file.getvalue()

    @property
    def days(self) -> Iterator[date]:
        """Every day that the example names."""
        yield from (cell for row in self.rows for cell in row.values() if isinstance(cell, date))

    def cell(self, column: str) -> str:
        """What the example has in a column: in the first row that has anything."""
        return next((str(row[column]) for row in self.rows if row.get(column)), "")


def blanks(card: Card) -> list[Blank]:
    """The extracts that a card needs, each with its example."""
    example, needed = _Example(card), Needs(card).tables
    made = {
        CHILDREN.name: example.children,
        SCHOOLS.name: example.schools,
        ENGAGEMENT.name: example.engagement,
        ATTENDANCE_TOTALS.name: example.attendance,
        ATTAINMENT.name: example.attainment,
        SDQ.name: example.sdq,
        SURVEY.name: example.survey,
    }
    wanted = {CHILDREN.name, *needed, *([SCHOOLS.name] if _pays_each(card, "school") else [])}
    return [make() for name, make in made.items() if name in wanted]


def ledgers() -> list[Blank]:
    """The tables that stand beside the extracts, without a row."""
    return [Blank(table, _names(table)) for table in (HOLDS, PAYMENTS)]


def joined_on(card: Card) -> date:
    """The first day on which a child can join at school."""
    days = school_days(card.joined.period)
    return days[0] if days else card.joined.start


class _Example:
    """The made-up child of a card, table by table."""

    def __init__(self, card: Card) -> None:
        self._card = card
        self._needs = Needs(card)
        self._joined = joined_on(card)

    def children(self) -> Blank:
        row = {
            "child_id": CHILD,
            "contract": self._card.contract,
            "school": SCHOOL,
            "authority": "example-authority",
            "year_group": self._year_group,
            "joined_on": self._joined,
            "consent_on": self._joined,
        }
        left_out = set() if _pays_each(self._card, "authority") else {"authority"}
        columns = tuple(name for name in _names(CHILDREN) if name not in left_out)
        return Blank(CHILDREN, columns, ({name: row[name] for name in columns if name in row},))

    def schools(self) -> Blank:
        return Blank(SCHOOLS, _names(SCHOOLS), ({"school": SCHOOL, "name": "Example School"},))

    def engagement(self) -> Blank:
        day = min(self._joined + timedelta(weeks=1), self._card.term.end)
        with_worker = {"child_id": CHILD, "date": day, "kind": "link_worker", "status": "attended"}
        at_partner = {
            "child_id": CHILD,
            "date": day,
            "kind": "partner",
            "provider": "Example Partner",
            "session": "A",
            "status": "attended",
            "engaged": "true",
            "submitted_at": day,
        }
        return Blank(ENGAGEMENT, _names(ENGAGEMENT), (with_worker, at_partner))

    def attendance(self) -> Blank:
        return self._marks() if self._needs.has_register_marks else self._totals()

    def _totals(self) -> Blank:
        term = next(term for year in _years(self._joined) for term in terms(year) if term.end >= self._joined)
        possible = 2 * len(school_days(term))
        row = (CHILD, term.start, term.end, possible, possible - _ABSENCES)
        names = _names(ATTENDANCE_TOTALS)
        return Blank(ATTENDANCE_TOTALS, names, (dict(zip(names, row, strict=True)),))

    def _marks(self) -> Blank:
        """One present and one absent: a school where nobody ever is either would look odd."""
        row = {"child_id": CHILD, "date": self._joined}
        morning = {**row, "session": "AM", "code": "/"}
        afternoon = {**row, "session": "PM", "code": "I"}
        return Blank(ATTENDANCE_MARKS, _names(ATTENDANCE_MARKS), (morning, afternoon))

    def attainment(self) -> Blank:
        rows = (
            {
                "child_id": CHILD,
                "subject": subject,
                "assessed_on": day,
                "scale": "standardised_age_score",
                "score": 95,
            }
            for subject, day in self._readings("attainment")
        )
        return Blank(ATTAINMENT, _names(ATTAINMENT), tuple(rows))

    def sdq(self) -> Blank:
        """By scales: whoever has the 25 items adds their columns."""
        said = {str(phase): informant for phase, informant in self._card.informants.items()}
        informant = said.get(self._phase, "parent")
        days = dict.fromkeys(day for _, day in self._readings("sdq"))
        rows = ({"child_id": CHILD, "completed_on": day, "informant": informant} | _SCORES for day in days)
        return Blank(SDQ, ("child_id", "completed_on", "informant", *_SCORES), tuple(rows))

    def survey(self) -> Blank:
        rows = (
            {"child_id": CHILD, "completed_on": day, "measure": name, "score": self._middle(name)}
            for name, day in self._readings("survey")
        )
        return Blank(SURVEY, _names(SURVEY), tuple(rows))

    def _middle(self, survey: str) -> object:
        low, high = self._card.surveys[survey].range
        return f"{(low + high) / 2:.0f}"

    @cached_property
    def _year_group(self) -> str:
        """One in a phase in which the card judges the most."""
        return max((_YEAR, *YEAR_GROUPS), key=lambda year: len(self._judged(self._card.phase_of[year])))

    @property
    def _phase(self) -> str:
        return self._card.phase_of[self._year_group]

    def _judged(self, phase: str) -> list[Payable]:
        return [each for each in self._card.payables if phase in self._card.phases_judged(each)]

    def _readings(self, family: str) -> Iterator[tuple[str, date]]:
        """A reading to start from for every measure of a family that is wanted of the child."""
        for name, phases in sorted(self._needs.members(family).items()):
            if self._phase in phases:
                for day in self._days(f"{family}.{name}"):
                    yield name, day

    def _days(self, measure: str) -> list[date]:
        """Days so that one is in each window for a baseline of a measure."""
        days: list[date] = []
        for window in self._baselines(measure):
            period = window.of(self._joined)
            if not any(day in period for day in days):
                days.append(min(max(self._joined, period.start), period.end))
        return days or [self._joined]

    def _baselines(self, measure: str) -> Iterator[Window]:
        for payable in self._judged(self._phase):
            for test in tests(payable.when):
                if test.measure == measure and isinstance(test, Change) and payable.baseline:
                    yield payable.baseline


def _years(day: date) -> Iterable[int]:
    """The academic year of a day and the next, as a day may be after the last term of its own."""
    return academic_year(day), academic_year(day) + 1


def _pays_each(card: Card, column: str) -> bool:
    """Whether there is one commissioner for each school, or each authority."""
    return any(commissioner.each == column for commissioner in card.commissioners.values())


def _names(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns)
