"""Tables: the columns of every extract as it arrives, and of the frames that are computed from them.

The extracts are described as data (what a cell may be), the frames as Polars schemas. Frames hold a child as
a whole number, given in the order of the child ids, so that sorting by one is sorting by the other.
"""

from enum import StrEnum
from typing import Final, NamedTuple, TypeVar

import polars as pl

from wlz_calc.decision import Reason, Status
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

CHILD_KEY: Final = pl.UInt32
DAYS: Final = 2**16
"""More than there are days to number."""
PENCE: Final = pl.Int64


SHARED: Final = pl.Categorical()
"""A text that many rows have: a number stands for it, and it sorts as the text does."""
STATUS: Final = pl.Enum(Status)
REASON: Final = pl.Enum(Reason)

_Columns = dict[str, pl.DataType | type[pl.DataType]]

_EVIDENCE: Final[_Columns] = {
    "opens": pl.Date,
    "closes": pl.Date,
    "value": pl.Int64,
    "of": pl.Int64,
    "baseline": pl.Int64,
    "baseline_of": pl.Int64,
    "baseline_on": pl.Date,
    "endpoint": pl.Int64,
    "endpoint_of": pl.Int64,
    "endpoint_on": pl.Date,
    "rows": pl.List(pl.UInt32),
}
EVIDENCE: Final = pl.Struct(_EVIDENCE)
"""The figures of one test for one child: the window judged, the value (a fraction `value / of`) or the two
readings as fractions with their dates, and the rows of the extract that they rest on."""

_DECISIONS: Final[_Columns] = {
    "contract": pl.String,
    "card_version": pl.Int32,
    "child": CHILD_KEY,
    "child_id": pl.String,
    "school": pl.String,
    "phase": pl.String,
    "order": pl.UInt16,
    "payment": pl.String,
    "outcome": pl.String,
    "number": pl.UInt16,
    "status": STATUS,
    "due_on": pl.Date,
    "price": PENCE,
    "cut": PENCE,
    "reason": REASON,
}
DECISIONS: Final = pl.Schema(_DECISIONS)
"""One row per child and payable. `number`, `due_on`, `price` and `cut` are given for awards only."""

_LINES: Final[_Columns] = {
    "quarter": SHARED,
    "contract": SHARED,
    "card_version": pl.Int32,
    "commissioner": SHARED,
    "child_id": pl.String,
    "school": SHARED,
    "payment": SHARED,
    "outcome": SHARED,
    "number": pl.UInt16,
    "kind": SHARED,
    "due_on": pl.Date,
    "amount": PENCE,
    "corrects": SHARED,
    "reason": SHARED,
}
LINES: Final = pl.Schema(_LINES)
"""One commissioner's part of an award, as a claim states it; `amount` in pence, never zero."""
_CLAIMED: Final[_Columns] = {
    "contract": SHARED,
    "commissioner": SHARED,
    "child_id": pl.String,
    "payment": SHARED,
    "number": pl.UInt16,
    "outcome": SHARED,
    "school": SHARED,
    "card_version": pl.Int32,
    "due_on": pl.Date,
    "amount": PENCE,
    "corrects": SHARED,
    "place": pl.UInt16,
    "begun": pl.Date,
}
CLAIMED: Final = pl.Schema(_CLAIMED)
"""What sealed claims hold, one row per commissioner's part of an award: CLAIMED_KEY, the `amount` that all of
them add up to (nought where everything was reversed), and what the latest line of it says. `corrects` is the
quarter of that line. `place` is the claim in which the award was claimed first, since nothing of it was,
counted from 0, and `begun` its due date in that claim."""
CLAIMED_KEY: Final = ("contract", "child_id", "payment", "number", "commissioner")
_REGISTER: Final[_Columns] = {
    "contract": SHARED,
    "child_id": pl.String,
    "school": SHARED,
    "authority": SHARED,
    "year_group": pl.String,
    "joined_on": pl.Date,
    "consent_on": pl.Date,
    "left_on": pl.Date,
}
REGISTER: Final = pl.Schema(_REGISTER)
"""The children of a claim as the register has them on its as-of date, one row each, in the order of their
ids; it is sealed with the claim."""
_AWARD: Final[_Columns] = {
    "contract": SHARED,
    "child_id": pl.String,
    "school": SHARED,
    "payment": SHARED,
    "outcome": SHARED,
    "number": pl.UInt16,
    "due_on": pl.Date,
}
_PAYER: Final[_Columns] = {"contract": SHARED, "commissioner": SHARED}
CUT: Final = pl.Schema({**_AWARD, "price": PENCE, "cut": PENCE})
UNFUNDED: Final = pl.Schema({**_PAYER, **_AWARD, "amount": PENCE})
HELD: Final = pl.Schema({**_AWARD, "price": PENCE, "reason": pl.String, "raised_by": pl.String})
_NOT_YET: Final[_Columns] = {
    "contract": SHARED,
    "payment": SHARED,
    "outcome": SHARED,
    "children": pl.UInt32,
}
NOT_YET: Final = pl.Schema(_NOT_YET)
"""What stands beside a claim (see `claim.Claim`)."""
CHANGES: Final = pl.Schema(
    {
        "contract": pl.String(),
        "child_id": pl.String(),
        "what": pl.String(),
        "before": pl.String(),
        "after": pl.String(),
    }
)
"""What the register says otherwise of a child who was claimed for: a column of it, and what was and is there;
`after` is null where the child (`what`) is gone."""
_CAUSES: Final[_Columns] = {
    "contract": SHARED,
    "child_id": pl.String,
    "payment": SHARED,
    "outcome": SHARED,
    "number": pl.UInt16,
    "cause": SHARED,
    "what": pl.String,
    "before": pl.String,
    "after": pl.String,
    "since": SHARED,
}
CAUSES: Final = pl.Schema(_CAUSES)
"""Why an award is claimed otherwise than it was claimed or decided before. `cause`: a decision.Cause; `what`:
the measure or the column of the register that has changed, with what it said when the claim of the quarter
`since` was sealed, and what it says now."""
LINE_ORDER: Final = ("contract", "commissioner", "due_on", "child_id", "number", "kind")
DECISION_ORDER: Final = ("child_id", "contract", "order")


def worded(template: str, *parts: str | pl.Expr) -> pl.Expr:
    """A text with a column or an expression in the place of each `{}`; null where one of them is.

    Not `pl.format`, which panics on columns in several chunks (Polars issue 25339).
    """
    between = [pl.lit(text) for text in template.split("{}")]
    filled = [(pl.col(part) if isinstance(part, str) else part).cast(pl.String) for part in parts]
    pieces = [piece for pair in zip(between, filled, strict=False) for piece in pair]
    return pl.concat_str([*pieces, between[-1]])


def child_and_day(child: pl.Expr, day: pl.Expr) -> pl.Expr:
    """The number of a child and a day as one (child * DAYS + day, UInt64), in whose order both are."""
    return child.cast(pl.UInt64) * DAYS + day.to_physical().cast(pl.UInt64)


Frame = TypeVar("Frame", pl.DataFrame, pl.LazyFrame)


def conform(frame: Frame, schema: pl.Schema) -> Frame:
    """The frame with just the columns of the schema, in its order and of its types."""
    return frame.select(pl.col(name).cast(dtype) for name, dtype in schema.items())


def _listed(table: Table, column: str) -> pl.Enum:
    return pl.Enum(table.column(column).choices)


_FRAMES: Final[dict[str, _Columns]] = {
    "children": {
        "row": pl.UInt32,
        "child": CHILD_KEY,
        "child_id": pl.String,
        "contract": SHARED,
        "school": SHARED,
        "authority": SHARED,
        "year_group": _listed(CHILDREN, "year_group"),
        "joined_on": pl.Date,
        "consent_on": pl.Date,
        "left_on": pl.Date,
    },
    "engagement": {
        "row": pl.UInt32,
        "child": CHILD_KEY,
        "date": pl.Date,
        "kind": _listed(ENGAGEMENT, "kind"),
        "status": _listed(ENGAGEMENT, "status"),
        "engaged": pl.Boolean,
    },
    "attendance": {
        "row": pl.UInt32,
        "child": CHILD_KEY,
        "start": pl.Date,
        "end": pl.Date,
        "possible": pl.Int16,
        "attended": pl.Int16,
    },
    "marks": {
        "row": pl.UInt32,
        "child": CHILD_KEY,
        "page": pl.Date,
        "possible": pl.UInt64,
        "attended": pl.UInt64,
    },
    "attainment": {
        "row": pl.UInt32,
        "child": CHILD_KEY,
        "date": pl.Date,
        "subject": _listed(ATTAINMENT, "subject"),
        "scale": SHARED,
        "age_relative": pl.Boolean,
        "score": pl.Int64,
        "expected": pl.Int64,
    },
    "sdq": {
        "row": pl.UInt32,
        "child": CHILD_KEY,
        "date": pl.Date,
        "informant": _listed(SDQ, "informant"),
        **dict.fromkeys(sdq.SCALES, pl.Int8),
    },
    "survey": {
        "row": pl.UInt32,
        "child": CHILD_KEY,
        "date": pl.Date,
        "measure": SHARED,
        "score": pl.Int64,
    },
    "holds": {
        "row": pl.UInt32,
        "child": CHILD_KEY,
        "child_id": pl.String,
        "payment": pl.String,
        "outcome": pl.String,
        "from": pl.Date,
        "to": pl.Date,
        "reason": pl.String,
        "raised_by": pl.String,
    },
}
FRAMES: Final = {name: pl.Schema(columns) for name, columns in _FRAMES.items()}
"""The typed frames that reading gives: sound, one row per fact. `row` is the spreadsheet's.

engagement: the submissions that stand; attendance: a period with its sessions possible and attended; marks:
the sessions of a register as bits of a page, by its first day (see `pages`); attainment and survey: score and
expected in ten-thousandths of a point (on a scale of ordered values, of its place); sdq: the nine scale
scores, null where they cannot be had.
"""

ASIDE: Final = pl.Schema(
    {
        "contract": pl.String(),
        "child_id": pl.String(),
        "code": pl.String(),
        "title": pl.String(),
        "file": pl.String(),
        "sheet": pl.String(),
        "row": pl.UInt32(),
        "column": pl.String(),
        "found": pl.String(),
        "expected": pl.String(),
    }
)
"""One row per row of an extract that is set aside, with the error in it; child and contract, if known."""

PARTIES: Final = pl.Schema(
    {"contract": pl.String(), "commissioner": pl.String(), "name": pl.String(), "detail": pl.String()}
)
"""One row per commissioner who pays or could, such as `council` or `school:ark`."""
