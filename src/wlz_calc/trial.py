"""A rate card tried: on worked cases, and on the history of a programme; what the rooms hand on of it.

Cases are pipe-tables, so that whoever signs the card can read them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

import polars as pl

from wlz_calc.decision import Status
from wlz_calc.finding import Where
from wlz_calc.frames import PENCE
from wlz_calc.money import pounds
from wlz_calc.period import Quarter
from wlz_calc.ratecard.card import Card
from wlz_calc.ratecard.edges import Edge, Most, Turn
from wlz_calc.ratecard.thresholds import Side, Threshold
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

    `about`: the edge of the card on either side of which its children lie, who are called below, at and
    above.
    """

    sentence: str
    clause: str
    quarter: Quarter
    where: Where
    about: str | None
    extracts: Mapping[str, Table]
    decisions: Table | None
    lines: Table | None

    def given(self, child: str) -> list[Row]:
        """The rows of its extracts that are about a child."""
        return _of(child, self.extracts.values())

    def expected(self, child: str) -> list[Row]:
        """What it expects of a child."""
        return _of(child, [table for table in (self.decisions, self.lines) if table])

    def proves(self, edge: Edge, side: Side) -> bool:
        """Whether it shows what is on that side of an edge; of a figure only decisions do."""
        shows = self.decisions or not isinstance(edge, Threshold)
        return self.about == edge.name and bool(shows and self.expected(side))


def _of(child: str, tables: Iterable[Table]) -> list[Row]:
    return [row for table in tables for row in table.rows if row.get("child") == child]


class Tried(NamedTuple):
    """A case, and in what it came out otherwise: texts that may have several lines."""

    case: Case
    faults: tuple[str, ...]


class Trial(NamedTuple):
    """The cases of a card. `unproven`: its edges that lack a case, and on which sides of them."""

    card: str
    cases: tuple[Tried, ...]
    unproven: tuple[str, ...]

    @property
    def failed(self) -> list[Tried]:
        """The cases that came out otherwise."""
        return [tried for tried in self.cases if tried.faults]


# ---------------------------------------------------------------- cases beside an edge

_PLACED: Final = {Side.BELOW: "the day before", Side.AT: "the day of", Side.ABOVE: "the day after"}
_COUNTED: Final = frozenset({Status.MET, Status.HELD, Status.BEYOND_LIMIT})
_TOLD: Final = ("what", "status", "price", "commissioner", "amount")
"""In what children on the two sides of an edge must differ: else it shows nothing."""


def astray(case: Case, edge: Edge, card: Card) -> Iterator[str]:
    """What keeps a case that came out as expected from showing an edge, as its tables alone tell."""
    for place, side in enumerate(Side, -1):
        if case.expected(side) and isinstance(edge, Turn):
            yield from _off_the_day(case, edge, card, side, place)
        elif case.expected(side) and isinstance(edge, Most):
            yield from _off_the_number(case, edge, side, edge.number + place)
    if edge.clause not in {"", case.clause}:
        yield f"it stands under {case.clause}, and what it is about under {edge.clause} ({edge.name})"
    told = [[[row.get(name) for name in _TOLD] for row in case.expected(side)] for side in Side]
    if all(told) and told[0] == told[1] == told[2]:
        yield f"children below, at and above are all decided alike, which shows no edge ({edge.name})"


def _off_the_day(case: Case, edge: Turn, card: Card, child: Side, place: int) -> Iterator[str]:
    rows = [*case.given(child), *case.expected(child)]
    joined_on = next((row["joined_on"] for row in rows if row.get("joined_on")), str(card.joined.start))
    day = str(edge.of(date.fromisoformat(joined_on)) + timedelta(days=place))
    if not any(day in row.values() for row in rows):
        yield f"child {child} has nothing on {day}, {_PLACED[child]} the turn ({edge.name})"


def _off_the_number(case: Case, edge: Most, child: Side, wanted: int) -> Iterator[str]:
    rows = [row for row in case.expected(child) if row.get("what") in edge.outcomes]
    met = sum(row.get("status") in _COUNTED for row in rows)
    if met != wanted:
        yield f"child {child} has met {met}, which is not just {child} {edge.number} ({edge.name})"


# ---------------------------------------------------------------- what if


QUARTERS: Final = pl.Schema(
    {"quarter": pl.String(), "before": PENCE(), "after": PENCE(), "children": pl.UInt32()}
)
"""What falls due in a quarter under each of two cards, in pence, and of how many children it differs."""
PAYERS: Final = pl.Schema({"commissioner": pl.String(), "before": PENCE(), "after": PENCE()})
"""What falls due to a commissioner, by its name on a card and so of all schools together, under each."""
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
    commissioners: pl.DataFrame
    children: pl.DataFrame

    @property
    def illustrative(self) -> tuple[str, ...]:
        """The terms that no public source states, on either card."""
        return tuple(dict.fromkeys([*self.before.illustrative, *self.after.illustrative]))
