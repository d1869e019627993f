"""Extracts: every column of every table that a programme folder may hold."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Final

from tests.docs.markdown import quoted, table, told
from wlz_calc import tables
from wlz_calc.sample.explained import MEANINGS
from wlz_calc.standards import sdq
from wlz_calc.tables import (
    ATTENDANCE_MARKS,
    ATTENDANCE_TOTALS,
    CLAIMED_LINES,
    CLAIMED_TOTALS,
    EXTRACTS,
    HOLDS,
    PAYMENTS,
    Column,
    Table,
    Type,
)

EVERY: Final = tuple(thing for thing in vars(tables).values() if isinstance(thing, Table))
"""All tables there are, in the order in which the program describes them."""
PLACES: Final[Mapping[Table, str]] = {
    **{extract: f"`extracts/{extract.name}`" for extract in EXTRACTS},
    ATTENDANCE_TOTALS: "`extracts/attendance`, as totals",
    ATTENDANCE_MARKS: "`extracts/attendance`, as the marks of a register",
    HOLDS: "`holds.csv`",
    PAYMENTS: "`payments.csv`, for `wlz-calc claims reconcile`",
    CLAIMED_LINES: "the file of `wlz-calc claims import`, line by line",
    CLAIMED_TOTALS: "the file of `wlz-calc claims import`, as totals",
}
_CHILD: Final = "the child, by the pseudonymous id of the register"
_CONTRACT: Final = "the contract; it may be left out where there is one"
BESIDES: Final[Mapping[str, Mapping[str, str]]] = {
    "sdq": {
        **dict.fromkeys(
            sdq.ITEMS, "the answer to an item, by the publisher's short name: the scores follow from them"
        ),
        sdq.DIFFICULTY: "the answer to the question whether there are difficulties",
        **dict.fromkeys(sdq.IMPACT_ITEMS, "the answer to an item of the impact supplement"),
    },
    "holds": {
        "child_id": _CHILD,
        "payment": "the payment that is on hold; all of them where it is empty",
        "outcome": "the outcome that is; all of the payment's where it is empty",
        "from": "the first day of the hold",
        "to": "its last day; it goes on where that is empty",
        "reason": "why, in your own words",
        "raised_by": "who asked for it",
    },
    "payments": {
        "contract": "the contract that was paid under",
        "commissioner": "who paid, as lines name it: `council`, or `school:ark`",
        "quarter": "whose claim was paid",
        "paid_on": "the day on which it came in",
        "amount": "how much; less than nought where money went back",
        "reference": "what the bank calls it",
    },
    "claimed": {
        "contract": _CONTRACT,
        "child_id": _CHILD,
        "commissioner": "who was charged, as lines name it: `council`, or `school:ark`",
        "payment": "the payment, as the rate card names it",
        "number": "its number",
        "outcome": "the outcome, where the payment has some",
        "school": "the code of the child's school; that of the register where it is empty",
        "due_on": "when it fell due; the quarter's last day where it is empty",
        "amount": "what was claimed",
    },
}
"""What stands in the columns of which the pages of `wlz-calc init` say nothing."""
MOST_IN_FULL: Final = 3
"""So many columns that are alike are all named."""


def extracts() -> str:
    """A table of columns for every table."""
    return "\n".join(_section(of) for of in EVERY)


def _section(of: Table) -> str:
    headings = ["column", "needed", "it is", "it says"]
    return f"### {PLACES[of]}\n\nA row is {of.row}.\n\n{table(headings, _rows(of))}"


def _rows(of: Table) -> Iterator[list[str]]:
    """Columns that stand together and are alike share a row."""
    described = [(column.name, _described(of, column)) for column in of.columns]
    for said, alike in groupby(described, key=lambda each: each[1]):
        names = [name for name, _ in alike]
        yield [_named(names), *said]


def _named(names: list[str]) -> str:
    if len(names) <= MOST_IN_FULL:
        return quoted(names)
    return f"`{names[0]}` ... `{names[-1]}`: {quoted(names)}"


def _described(of: Table, column: Column) -> list[str]:
    return ["yes" if column.required else "", may_be(column), meaning(of, column)]


def may_be(column: Column) -> str:
    """What a cell of a column may be."""
    if column.choices:
        return quoted(column.choices)
    if column.type is Type.WHOLE:
        return f"whole number from {column.low} to {column.high}"
    return str(column.type)


def meaning(of: Table, column: Column) -> str:
    """What a column says."""
    return meanings(of.name)[column.name]


def meanings(name: str) -> dict[str, str]:
    """What is said of each column of the tables of a name."""
    words = dict(MEANINGS.get(name, {})) | dict(BESIDES.get(name, {}))
    columns = dict.fromkeys(column.name for of in EVERY if of.name == name for column in of.columns)
    return dict(told(words, columns, name))
