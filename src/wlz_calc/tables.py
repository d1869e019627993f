"""Tables: the columns of every extract as it arrives, described as data: what a cell may be."""

from enum import StrEnum
from typing import Final, NamedTuple

import polars as pl

from wlz_calc.standards import sdq
from wlz_calc.standards.assessment import SUBJECTS
from wlz_calc.standards.year_groups import YEAR_GROUPS

HIGHEST_INT8: Final = 127
LONGEST_ID: Final = 64
LONGEST_WORDS: Final = 1000


class Type(StrEnum):
    """What a cell of an extract holds."""

    TEXT = "text"
    DATE = "date"
    MOMENT = "date or date-time"
    WHOLE = "whole number"
    NUMBER = "number"
    FLAG = "true or false"
    SCORE = "score on its scale"
    SCALE = "scale"
    MARK = "attendance code"
    MONEY = "sum in pounds"
    QUARTER = "quarter"


DATED: Final = (Type.DATE, Type.MOMENT)
"""The types of cells that hold a day."""


class Column(NamedTuple):
    """One column of an extract. `required`: the heading must be there, and no cell may be empty.

    `choices` lists all the values allowed; `low` and `high` bound a whole number, `longest` a text. Many rows
    have the same text where it is `shared`.
    """

    name: str
    type: Type = Type.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    longest: int = LONGEST_ID
    shared: bool = False

    @property
    def number(self) -> pl.DataType:
        """The least type that holds its whole numbers: there are very many of them."""
        return pl.Int8() if self.high <= HIGHEST_INT8 else pl.Int16()


class Table(NamedTuple):
    """One extract: its name, its columns, and what one row is."""

    name: str
    row: str
    columns: tuple[Column, ...]

    @property
    def required(self) -> tuple[str, ...]:
        """The headings that must be there."""
        return tuple(column.name for column in self.columns if column.required)

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)


MOST_SESSIONS: Final = 9999
MOST_AWARDS: Final = 9999
"""A number of an award that is higher is a slip."""


def _text(name: str, *choices: str, required: bool = True) -> Column:
    return Column(name, required=required, choices=choices)


def _shared(name: str, *, required: bool = True) -> Column:
    return Column(name, required=required, shared=True)


def _words(name: str, *, required: bool = False) -> Column:
    """A text that people wrote, which may be longer than an id."""
    return Column(name, required=required, longest=LONGEST_WORDS)


def _date(name: str, *, required: bool = True) -> Column:
    return Column(name, Type.DATE, required)


def _whole(name: str, low: int, high: int, *, required: bool = False) -> Column:
    return Column(name, Type.WHOLE, required, low=low, high=high)


CHILD: Final = _text("child_id")

CHILDREN: Final = Table(
    "children",
    "a child on the programme",
    (
        CHILD,
        _shared("contract"),
        _shared("school"),
        _shared("authority", required=False),
        _text("year_group", *YEAR_GROUPS),
        _date("joined_on"),
        _date("consent_on", required=False),
        _date("left_on", required=False),
        _words("left_reason"),
    ),
)
SCHOOLS: Final = Table("schools", "a school or setting", (_text("school"), _words("name", required=True)))
ENGAGEMENT: Final = Table(
    "engagement",
    "a session that a child was due at",
    (
        CHILD,
        _date("date"),
        _text("kind", "link_worker", "partner"),
        _shared("provider", required=False),
        _shared("session", required=False),
        _text("status", "attended", "absent", "cancelled"),
        Column("engaged", Type.FLAG),
        Column("submitted_at", Type.MOMENT),
    ),
)
ATTENDANCE_TOTALS: Final = Table(
    "attendance",
    "a child's sessions in a period",
    (
        CHILD,
        _date("period_start"),
        _date("period_end"),
        _whole("sessions_possible", 0, MOST_SESSIONS, required=True),
        _whole("sessions_attended", 0, MOST_SESSIONS, required=True),
    ),
)
ATTENDANCE_MARKS: Final = Table(
    "attendance",
    "a mark in the attendance register",
    (CHILD, _date("date"), _text("session", "AM", "PM"), Column("code", Type.MARK)),
)
ATTAINMENT: Final = Table(
    "attainment",
    "an assessment",
    (
        CHILD,
        _text("subject", *SUBJECTS),
        _date("assessed_on"),
        Column("scale", Type.SCALE, required=True),
        Column("score", Type.SCORE),
        Column("expected", Type.SCORE),
    ),
)
SDQ: Final = Table(
    "sdq",
    "a completed questionnaire",
    (
        CHILD,
        _date("completed_on"),
        _text("informant", *sdq.INFORMANTS),
        *(_whole(item, 0, sdq.HIGHEST_ANSWER) for item in sdq.ITEMS),
        _whole(sdq.DIFFICULTY, 0, sdq.HIGHEST_IMPACT_ANSWER),
        *(_whole(item, 0, sdq.HIGHEST_IMPACT_ANSWER) for item in sdq.IMPACT_ITEMS),
        *(_whole(scale, 0, sdq.HIGHEST[scale]) for scale in (*sdq.SUBSCALES, "total", "impact")),
    ),
)
SURVEY: Final = Table(
    "survey",
    "a score of a survey",
    (CHILD, _date("completed_on"), _shared("measure"), Column("score", Type.NUMBER)),
)
HOLDS: Final = Table(
    "holds",
    "something that is not to be claimed now",
    (
        CHILD,
        _text("payment", required=False),
        _text("outcome", required=False),
        _date("from"),
        _date("to", required=False),
        _words("reason"),
        _words("raised_by"),
    ),
)

SUM: Final = Column("amount", Type.MONEY, required=True)
PAYMENTS: Final = Table(
    "payments",
    "money received",
    (
        _text("contract"),
        _text("commissioner"),
        Column("quarter", Type.QUARTER, required=True),
        _date("paid_on"),
        SUM,
        _words("reference"),
    ),
)
CLAIMED_LINES: Final = Table(
    "claimed",
    "a line that was claimed before",
    (
        _text("contract", required=False),
        CHILD,
        _text("commissioner"),
        _text("payment"),
        _whole("number", 1, MOST_AWARDS, required=True),
        _text("outcome", required=False),
        _text("school", required=False),
        _date("due_on", required=False),
        SUM,
    ),
)
CLAIMED_TOTALS: Final = Table(
    "claimed",
    "what was claimed before for a child",
    (_text("contract", required=False), CHILD, _text("commissioner"), SUM),
)

EXTRACTS: Final = (CHILDREN, SCHOOLS, ENGAGEMENT, ATTENDANCE_TOTALS, ATTAINMENT, SDQ, SURVEY)
"""Every extract by its own name; attendance also comes as ATTENDANCE_MARKS."""
