"""Frames: the columns of what is made of the extracts, and of all that is computed from it, as schemas.

Frames hold a child as a whole number, given in the order of the child ids, so that sorting by one is sorting
by the other.
"""

from typing import Final, TypeVar

import polars as pl

from wlz_calc.decision import Reason, Status
from wlz_calc.standards import sdq
from wlz_calc.tables import ATTAINMENT, CHILDREN, ENGAGEMENT, SDQ, Table

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
_UNPAID: Final[_Columns] = {
    "contract": SHARED,
    "child_id": pl.String,
    "school": SHARED,
    "payment": SHARED,
    "outcome": SHARED,
    "status": STATUS,
    "reason": REASON,
}
UNPAID: Final = pl.Schema(_UNPAID)
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
        "provider": SHARED,
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
