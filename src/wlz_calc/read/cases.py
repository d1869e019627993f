"""Worked cases from the file beside a card: `our-card.cases.yaml` beside `our-card.yaml`.

They are read as strictly as the card. Several children in a cell, with commas between them, are a row each,
and a row of sessions with a number of `times` is so many. Promises every error of a file at once, with line
and column.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field, PlainValidator, ValidationError, model_validator

from wlz_calc import tables
from wlz_calc.finding import Finding, quote
from wlz_calc.period import Quarter
from wlz_calc.ratecard.base import Problem, Terms, Text, invalid, one_of, refusal
from wlz_calc.ratecard.card import Card
from wlz_calc.ratecard.edges import edges
from wlz_calc.read import refusals, strictyaml
from wlz_calc.read.strictyaml import Document
from wlz_calc.trial import Case, Row, Table

SUFFIX: Final = ".cases.yaml"
TABLES: Final = (*tables.EXTRACTS, tables.ATTENDANCE_MARKS, tables.HOLDS)
EXTRACTS: Final = tuple(dict.fromkeys(table.name for table in TABLES))
CHILD: Final = "child"
"""What a case calls a child_id; there may be several in a cell."""
TIMES: Final = "times"
"""How many sessions a row of a case stands for."""
MOST: Final = 999
"""More sessions than there can be in a window."""


def _table(value: object) -> Table:
    try:
        return Table.of(value) if isinstance(value, str) and value.strip() else _no_table()
    except ValueError:
        return _no_table()


def _no_table() -> Table:
    raise invalid("card-value", "a table such as `| child | status |`, with a cell for each heading")


def _quarter(value: object) -> Quarter:
    try:
        return Quarter.parse(str(value))
    except ValueError:
        raise invalid("card-value", "a quarter such as 2018-Q4") from None


PipeTable = Annotated[Table, PlainValidator(_table)]


class _Stated(Terms):
    """A case as it is written."""

    case: Text
    clause: Text
    quarter: Annotated[Quarter, PlainValidator(_quarter)]
    about: Text | None = None
    children: PipeTable | None = None
    schools: PipeTable | None = None
    engagement: PipeTable | None = None
    attendance: PipeTable | None = None
    attainment: PipeTable | None = None
    sdq: PipeTable | None = None
    survey: PipeTable | None = None
    holds: PipeTable | None = None
    decisions: PipeTable | None = None
    lines: PipeTable | None = None

    @model_validator(mode="after")
    def _expects_something(self) -> "_Stated":
        if self.decisions is None and self.lines is None:
            problem = Problem((), "card-value", "nothing expected", "decisions, lines or both")
            raise refusal("Case", [problem])
        return self

    @property
    def extracts(self) -> dict[str, Table]:
        """The extracts that it gives."""
        given = {name: getattr(self, name) for name in EXTRACTS}
        return {name: rows for name, rows in given.items() if rows is not None}


class _File(Terms):
    """A file of cases."""

    cases: Annotated[tuple[_Stated, ...], Field(min_length=1)]


def beside(card: Path) -> Path:
    """Where the cases of a card are."""
    return card.with_suffix(SUFFIX)


def read_cases(path: Path, card: Card) -> tuple[list[Case] | None, list[Finding]]:
    """The cases in a file, or everything that is wrong with it or does not fit the card."""
    raw, found = strictyaml.load(path, path.name, "card")
    if raw is None:
        return None, found
    document, found = strictyaml.parse(raw, path.name, "card")
    if document is None:
        return None, found
    try:
        stated = _File.model_validate(document.data).cases
    except ValidationError as error:
        return None, refusals.findings(error, document, "card")
    wrong = [*_strangers(stated, card, document), *_in_tables(stated, document)]
    return (None, wrong) if wrong else (list(_cases(stated, document)), [])


def _cases(stated: tuple[_Stated, ...], document: Document) -> Iterator[Case]:
    for place, case in enumerate(stated):
        where = document.where(("cases", place))
        yield Case(
            case.case,
            case.clause,
            case.quarter,
            where,
            case.about,
            {name: _each(given) for name, given in case.extracts.items()},
            case.decisions,
            case.lines,
        )


def _each(given: Table) -> Table:
    """A row for each child that a cell names, and for each session that a row stands for."""
    rows = [each for number, row in enumerate(given.rows) for each in _rows(row, number + 1)]
    headings = tuple(rows[0]) if rows else given.headings
    return Table(headings, tuple(tuple(row.values()) for row in rows))


def _rows(given: Row, number: int) -> Iterator[Row]:
    said = {name: cell for name, cell in given.items() if name != TIMES}
    for child in given.get(CHILD, "").split(","):
        own = said | ({CHILD: child.strip()} if CHILD in given else {})
        if TIMES not in given:
            yield own
            continue
        for time in range(int(given[TIMES])):
            yield own | {"session": f"{number}-{time + 1}"}


def _strangers(stated: tuple[_Stated, ...], card: Card, document: Document) -> Iterator[Finding]:
    """Clauses and edges that the card does not have."""
    there = {
        "clause": list(dict.fromkeys(payable.clause for payable in card.payables)),
        "about": [edge.name for edge in edges(card)],
    }
    for place, case in enumerate(stated):
        for key, names in there.items():
            said = getattr(case, key)
            if said is not None and said not in names:
                where = document.where(("cases", place, key))
                yield Finding("card-value", where, quote(said), one_of(said, names))


def _in_tables(stated: tuple[_Stated, ...], document: Document) -> Iterator[Finding]:
    """Headings that an extract does not have, and numbers of times that are none."""
    for place, case in enumerate(stated):
        for name, given in case.extracts.items():
            for found, expected in _wrong_in(name, given):
                yield Finding("card-value", document.where(("cases", place, name)), quote(found), expected)


def _wrong_in(name: str, given: Table) -> Iterator[tuple[str, str]]:
    allowed = _headings(name)
    for heading in given.headings:
        if heading not in allowed:
            yield heading, one_of(heading, allowed)
    for row in given.rows:
        times = row.get(TIMES, "1")
        if not (times.isascii() and times.isdigit() and 1 <= int(times) <= MOST):
            yield times, f"how many sessions, from 1 to {MOST}"


def _headings(name: str) -> list[str]:
    """What a table of a case may be headed by: the columns of its extract, in any of its shapes."""
    columns = [column.name for table in TABLES if table.name == name for column in table.columns]
    theirs = [CHILD if column == "child_id" else column for column in columns]
    return list(dict.fromkeys([*theirs, TIMES] if name == tables.ENGAGEMENT.name else theirs))
