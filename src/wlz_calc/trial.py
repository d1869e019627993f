"""A rate card tried: on worked cases, and on the history of a programme; what the rooms hand on of it.

Cases are pipe-tables, so that whoever signs the card can read them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

import polars as pl

from wlz_calc.finding import Where
from wlz_calc.frames import PENCE
from wlz_calc.money import pounds
from wlz_calc.period import Quarter
from wlz_calc.ratecard.card import Card
from wlz_calc.standards.assessment import POINT

Row = dict[str, str]
Cells = tuple[str, ...]

MONEY: Final = frozenset({"price", "cut", "amount"})

# ---------------------------------------------------------------- pipe-tables


class Table(NamedTuple):
    """What a pipe-table is headed by, and its cells. An empty cell is an empty text."""

    headings: Cells
    cells: tuple[Cells, ...]

    @classmethod
    def of(cls, text: str) -> "Table":
        """The table in a text such as `| child | status |`, a line for each row.

        Raises:
            ValueError: rows that do not have a cell for each heading, or a heading that stands twice.
        """
        lines = [line.strip().removeprefix("|").removesuffix("|") for line in text.strip().splitlines()]
        headings, *cells = [tuple(cell.strip() for cell in line.split("|")) for line in lines] or [()]
        wrong = [" | ".join(row) for row in cells if len(row) != len(headings)]
        if wrong or len(set(headings)) < len(headings):
            raise ValueError("; ".join(wrong) or " | ".join(headings))
        return cls(headings, tuple(cells))

    @property
    def rows(self) -> list[Row]:
        """Its rows, by heading."""
        return [dict(zip(self.headings, row, strict=True)) for row in self.cells]


def difference(expected: Table, found: Iterable[Row]) -> str:
    """Both tables in one, `-` what was expected and `+` what was found; nothing where they say the same.

    Only the columns expected are held against each other, in any order of rows; a row too many is a
    difference as well.
    """
    there = [tuple(row.get(heading, "no such column") for heading in expected.headings) for row in found]
    if Counter(there) == Counter(expected.cells):
        return ""
    return _drawn([(" ", expected.headings), *_marked(expected.cells, there)])


def _marked(wanted: Sequence[Cells], there: Sequence[Cells]) -> Iterator[tuple[str, Cells]]:
    """The rows of both tables; what was found beside what was expected of the same child."""
    missing, surplus = Counter(wanted) - Counter(there), Counter(there) - Counter(wanted)
    for row in wanted:
        yield "-" if missing[row] else " ", row
        if missing[row]:
            missing[row] -= 1
            beside = [other for other in surplus.elements() if other[0] == row[0]]
            surplus.subtract(beside)
            yield from (("+", other) for other in beside)
    yield from (("+", other) for other in surplus.elements())


def _drawn(marked: Sequence[tuple[str, Cells]]) -> str:
    widths = [max(len(row[n]) for _, row in marked) for n, _ in enumerate(marked[0][1])]
    return "\n".join(
        f"{mark} | {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |"
        for mark, row in marked
    )


# ---------------------------------------------------------------- results as rows of text


def rows(frame: pl.DataFrame, test: int = 0) -> list[Row]:
    """The rows of a result, money in pounds; `what` is the outcome or, without outcomes, the payment.

    Of a decision with evidence also the figures of one of its tests.
    """
    shown = []
    for found in frame.iter_rows(named=True):
        row = {name: _shown(name, value) for name, value in found.items() if name != "evidence"}
        row |= {"child": row.get("child_id", ""), "what": row.get("outcome") or row.get("payment", "")}
        shown.append(row | (figures(found["evidence"][test]) if "evidence" in found else {}))
    return shown


def _shown(name: str, value: object) -> str:
    if value is None:
        return ""
    return pounds(value) if name in MONEY and isinstance(value, int) else str(value)


def figures(evidence: Mapping[str, Any]) -> Row:
    """The figures of a test: a count or a score as it is, a rate as attended/possible."""
    days = ("opens", "closes", "baseline_on", "endpoint_on")
    values = (("value", "of"), ("baseline", "baseline_of"), ("endpoint", "endpoint_of"))
    return {
        **{day: _shown(day, evidence[day]) for day in days},
        **{value: _value(evidence[value], evidence[of]) for value, of in values},
        "rows": ", ".join(str(row) for row in sorted(evidence["rows"] or ())),
    }


def _value(value: int | None, of: int) -> str:
    if value is None:
        return ""
    if of == POINT:
        return f"{value / POINT:g}"
    return str(value) if of == 1 else f"{value}/{of}"


# ---------------------------------------------------------------- worked cases


class Case(NamedTuple):
    """A worked case: what it shows in a sentence, under which clause, and what comes of which extracts.

    `about`: the threshold on either side of which its children lie, who are called below, at and above.
    """

    sentence: str
    clause: str
    quarter: Quarter
    where: Where
    about: str | None
    extracts: Mapping[str, Table]
    decisions: Table | None
    lines: Table | None


class Tried(NamedTuple):
    """A case, and in what it came out otherwise: texts that may have several lines."""

    case: Case
    faults: tuple[str, ...]


class Trial(NamedTuple):
    """The cases of a card. `unproven`: its thresholds that lack a case, and on which sides of them."""

    card: str
    cases: tuple[Tried, ...]
    unproven: tuple[str, ...]

    @property
    def failed(self) -> list[Tried]:
        """The cases that came out otherwise."""
        return [tried for tried in self.cases if tried.faults]


# ---------------------------------------------------------------- what if


QUARTERS: Final = pl.Schema(
    {"quarter": pl.String(), "before": PENCE(), "after": PENCE(), "children": pl.UInt32()}
)
"""What falls due in a quarter under each of two cards, in pence, and of how many children it differs."""
DIFFERING: Final = pl.Schema(
    {
        "quarter": pl.String(),
        "child_id": pl.String(),
        "payment": pl.String(),
        "outcome": pl.String(),
        "before": PENCE(),
        "after": PENCE(),
    }
)
"""What of a child falls due in a quarter under one card and not, or not as much, under the other."""


class WhatIf(NamedTuple):
    """The history of a programme under each of two cards, by what is known on one day."""

    before: Card
    after: Card
    as_of: date
    quarters: pl.DataFrame
    children: pl.DataFrame

    @property
    def illustrative(self) -> tuple[str, ...]:
        """The terms that no public source states, on either card."""
        return tuple(dict.fromkeys([*self.before.illustrative, *self.after.illustrative]))
