"""From a sender's headings and cells to ours: what wlz.yaml and the shipped maps may say of it.

Promises that what is said fits the table: its columns, and the values that they take.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from difflib import get_close_matches
from typing import Annotated, Final

from pydantic import AfterValidator

from wlz_calc.finding import quote
from wlz_calc.ratecard.base import Path, Problem, Terms, Text, invalid, listed, one_of
from wlz_calc.read import dateformats
from wlz_calc.read.personal import is_personal_id
from wlz_calc.read.strictyaml import KEY
from wlz_calc.read.values import DAY_SHAPE, NUMBER_SHAPE, TRUE_OR_FALSE
from wlz_calc.standards.attendance import CODES, MISSING_MARKS
from wlz_calc.tables import ATTENDANCE_MARKS, CHILD, EXTRACTS, Column, Type


def _pattern(value: str) -> str:
    if expected := dateformats.fault(value):
        raise invalid("folder-value", expected)
    return value


def _stripped(cell: str) -> str:
    """Not `str.strip` itself: of what is built in, Pydantic takes long to learn what it takes."""
    return cell.strip()


Cell = Annotated[Text, AfterValidator(_stripped)]
"""A heading or a cell, compared as all are: without the space around it."""


class Translation(Terms):
    """How headings and cells of one part become ours; what is not said stays as it is sent."""

    columns: dict[Cell, Cell] = {}
    constants: dict[Cell, Cell] = {}
    values: dict[Cell, dict[Cell, Cell]] = {}
    missing: dict[Cell, tuple[Cell, ...]] = {}
    date_format: Annotated[Cell, AfterValidator(_pattern)] | None = None

    def over(self, other: "Translation") -> "Translation":
        """The other one, but for what this one says: by heading, by column of ours, by cell."""
        ours = {*self.columns.values(), *self.constants}
        columns = {theirs: name for theirs, name in other.columns.items() if name not in ours}
        constants = {name: cell for name, cell in other.constants.items() if name not in ours}
        values = {name: other.values.get(name, {}) | self.values.get(name, {}) for name in self.values}
        return Translation(
            columns=columns | self.columns,
            constants=constants | self.constants,
            values=other.values | values,
            missing=other.missing | self.missing,
            date_format=self.date_format or other.date_format,
        )


def columns_of(table: str) -> dict[str, Column]:
    """The columns of an extract by name; of attendance, those of both its shapes."""
    shapes = [shape for shape in (*EXTRACTS, ATTENDANCE_MARKS) if shape.name == table]
    return {column.name: column for shape in shapes for column in shape.columns}


def problems(said: Translation, table: str) -> Iterator[Problem]:
    """What is said that does not fit the table."""
    columns = columns_of(table)
    yield from _unknown(said, table, columns)
    yield from _personal(said)
    yield from _twice(said)
    yield from _both(said)
    yield from _unfit(said, columns)


def _unknown(said: Translation, table: str, columns: Mapping[str, Column]) -> Iterator[Problem]:
    named: list[tuple[Path, str]] = [(("columns", heading), name) for heading, name in said.columns.items()]
    for key in ("constants", "values", "missing"):
        named += [((key, name, KEY), name) for name in getattr(said, key)]
    for at, name in named:
        if name not in columns:
            yield Problem(at, "folder-unknown-column", quote(name), _meant(name, table, columns))


def _meant(name: str, table: str, columns: Mapping[str, Column]) -> str:
    """The column that may be meant; all of them, which are many, only where none is alike."""
    near = get_close_matches(name, columns, n=1)
    return (
        f"a column of the {table} extract{f' (did you mean {near[0]}?)' if near else f': {listed(columns)}'}"
    )


def _personal(said: Translation) -> Iterator[Problem]:
    for heading, name in said.columns.items():
        if name == CHILD.name and is_personal_id(heading):
            expected = "a column that holds no personal data"
            yield Problem(("columns", heading), "folder-personal-id", quote(heading), expected)


def _twice(said: Translation) -> Iterator[Problem]:
    """Columns that would come from two places."""
    first: dict[str, str] = {}
    for heading, name in said.columns.items():
        if first.setdefault(name, heading) != heading:
            expected = f"each column once; {quote(first[name])} is read as it already"
            yield Problem(("columns", heading), "folder-column-twice", quote(name), expected)
    for name in said.constants:
        if name in first:
            expected = f"a column or a constant, not both; {quote(first[name])} is read as it already"
            yield Problem(("constants", name, KEY), "folder-column-twice", quote(name), expected)


def _both(said: Translation) -> Iterator[Problem]:
    """Cells that would be missing and have a value."""
    for name, cells in said.missing.items():
        for place, cell in enumerate(cells):
            if cell in said.values.get(name, {}):
                expected = "a cell that `values` gives no value"
                yield Problem(("missing", name, place), "folder-value", quote(cell), expected)


def _unfit(said: Translation, columns: Mapping[str, Column]) -> Iterator[Problem]:
    """Values that their column does not take."""
    stated: list[tuple[Path, str, str]] = [
        (("constants", name), name, cell) for name, cell in said.constants.items()
    ]
    for name, cells in said.values.items():
        stated += [(("values", name, theirs), name, ours) for theirs, ours in cells.items()]
    for at, name, cell in stated:
        if name in columns and not _fits(columns[name], cell):
            yield Problem(at, "folder-value", quote(cell), _wanted(columns[name], cell))


# ---------------------------------------------------------------- what a column takes


def _fits(column: Column, cell: str) -> bool:
    """Whether a column takes a cell; scales are the cards', so that of them any text may be right."""
    return cell in column.choices if column.choices else _TAKES[column.type](column, cell)


def _wanted(column: Column, cell: str) -> str:
    return one_of(cell, column.choices) if column.choices else _WANTED[column.type](column)


def _is_date(_column: Column, cell: str) -> bool:
    return re.fullmatch(DAY_SHAPE, cell) is not None and _exists(cell)


def _is_moment(column: Column, cell: str) -> bool:
    return _is_date(column, cell[:10]) and _exists(cell)


def _exists(cell: str) -> bool:
    try:
        datetime.fromisoformat(cell)
    except ValueError:
        return False
    return True


def _is_whole(column: Column, cell: str) -> bool:
    return re.fullmatch("[0-9]{1,9}", cell) is not None and column.low <= int(cell) <= column.high


_TAKES: Final[dict[Type, Callable[[Column, str], bool]]] = {
    Type.TEXT: lambda column, cell: len(cell) <= column.longest,
    Type.DATE: _is_date,
    Type.MOMENT: _is_moment,
    Type.WHOLE: _is_whole,
    Type.NUMBER: lambda _, cell: re.fullmatch(NUMBER_SHAPE, cell) is not None,
    Type.FLAG: lambda _, cell: cell in TRUE_OR_FALSE,
    Type.SCORE: lambda *_: True,
    Type.SCALE: lambda *_: True,
    Type.MARK: lambda _, cell: cell in CODES or cell in MISSING_MARKS,
}
_WANTED: Final[dict[Type, Callable[[Column], str]]] = {
    Type.TEXT: lambda column: f"at most {column.longest} characters",
    Type.DATE: lambda _: "a date such as 2016-11-03",
    Type.MOMENT: lambda _: "a date such as 2016-11-03, or with a time, 2016-11-03T14:30",
    Type.WHOLE: lambda column: f"a whole number from {column.low} to {column.high}",
    Type.NUMBER: lambda _: "a number such as 12 or 12.5",
    Type.FLAG: lambda _: listed(TRUE_OR_FALSE),
    Type.MARK: lambda _: f"a code of the Department for Education: {' '.join(CODES)}",
}
