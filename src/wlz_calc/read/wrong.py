"""What is wrong with a cell that has no value: the code, and what was expected in its place."""

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

import polars as pl

from wlz_calc.ratecard.base import listed
from wlz_calc.read.faults import Fault
from wlz_calc.read.moments import MOMENT
from wlz_calc.read.values import (
    DAY_SHAPE,
    FAR_OFF,
    TRUE_OR_FALSE,
    WHOLE_SHAPE,
    Scales,
    beside,
    codes,
    day_of,
    span,
    wrong,
)
from wlz_calc.standards.attendance import CODES, MISSING_MARKS
from wlz_calc.tables import Column, Type, worded

_BELOW_NOUGHT: Final = r"^-[0-9]+$"
EVERY: Final = pl.lit(value=True)


class Wanted(NamedTuple):
    """What cells are measured by: the scales of attainment, and what a date of this part should look like."""

    scales: Scales
    date: str


def faults(columns: Iterable[Column], wanted: Wanted) -> list[Fault]:
    """Everything that can be wrong with the cells of these columns."""
    return [fault for column in columns for fault in _faults(column, wanted)]


def _faults(column: Column, wanted: Wanted) -> list[Fault]:
    """What can be wrong with a column's cells: one of these holds wherever a cell is wrong."""
    cell, none = pl.col(column.name), wrong(column)
    if column.type is Type.MARK:
        faults = _of_marks(none)
    else:
        said = _said(column, cell, wanted)
        faults = [Fault(code, column.name, none & holds, expected) for code, holds, expected in said]
    if column.required:
        missing = listed(column.choices) if column.choices else f"a {column.type}"
        faults.append(Fault("cell-missing", column.name, cell.is_null(), missing))
    return faults


Said = tuple[str, pl.Expr, str | pl.Expr]
"""A code, where it is that which is wrong, and what was expected."""


def _said(column: Column, cell: pl.Expr, wanted: Wanted) -> list[Said]:
    """What is wrong with a cell that is wrong."""
    match column.type:
        case Type.SCORE:
            return [_off_scale(column, cell, wanted.scales)]
        case Type.SCALE:
            return [("cell-not-in-list", EVERY, listed(wanted.scales))]
        case Type.DATE:
            return _about_day(cell, DAY_SHAPE, wanted.date)
        case Type.MOMENT:
            return _about_day(cell, MOMENT, f"{wanted.date}, or with a time, 2016-11-03T14:30")
        case _:
            return _SAID[column.type](column, cell)


def _about_text(column: Column, _cell: pl.Expr) -> list[Said]:
    if column.choices:
        return [("cell-not-in-list", EVERY, listed(column.choices))]
    return [("cell-too-long", EVERY, f"at most {column.longest} characters")]


def _about_day(cell: pl.Expr, shape: str, expected: str) -> list[Said]:
    shaped, day = cell.str.contains(shape), day_of(cell)
    first, last = FAR_OFF
    return [
        ("cell-not-a-date", ~shaped, expected),
        ("cell-impossible-date", shaped & day.is_null(), "a day that the calendar has"),
        ("cell-date-far-off", shaped & day.is_not_null(), f"a date from {first} to {last}"),
    ]


def _about_whole(column: Column, cell: pl.Expr) -> list[Said]:
    shaped = cell.str.contains(WHOLE_SHAPE) | cell.str.contains(_BELOW_NOUGHT)
    return [
        ("cell-not-whole", ~shaped, "a whole number"),
        ("cell-out-of-range", shaped, f"{column.low} to {column.high}"),
    ]


_SAID: Final[dict[Type, Callable[[Column, pl.Expr], list[Said]]]] = {
    Type.TEXT: _about_text,
    Type.WHOLE: _about_whole,
    Type.NUMBER: lambda *_: [("cell-not-a-number", EVERY, "a number such as 12 or 12.5")],
    Type.FLAG: lambda *_: [("cell-not-in-list", EVERY, listed(TRUE_OR_FALSE))],
}


def _off_scale(column: Column, cell: pl.Expr, scales: Scales) -> Said:
    on = pl.col("scale")
    described = {name: f"{scale}, on {name}" for name, scale in scales.items()}
    wanted = on.replace_strict(described, default=None, return_dtype=pl.String)
    return "score-not-on-scale", on.is_in(list(scales)) & ~cell.is_in(codes(column)), wanted


def _of_marks(none: pl.Expr) -> list[Fault]:
    """Attendance codes are known, and used only while they were in force. Source: measures, B1."""
    code = pl.col("code")
    known = code.is_in(list(CODES))
    dated = pl.col(beside("date")).is_not_null()  # where it is none, that alone is said
    first, last = span(code)
    limits = [worded(" from {}", first).fill_null(""), worded(" until {}", last).fill_null("")]
    used = pl.concat_str([pl.lit("this code only"), *limits])
    unknown = none & ~known & ~code.is_in(list(MISSING_MARKS))
    on_the_day = worded("`{}` on {}", code, "date")
    published = f"a code of the Department for Education: {' '.join(CODES)}"
    return [
        Fault("attendance-code-unknown", "code", unknown, published),
        Fault("attendance-code-not-in-force", "code", none & known & dated, used, on_the_day),
    ]
