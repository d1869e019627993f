"""What is wrong with a cell that has no value: the code, and what was expected in its place."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

import polars as pl

from wlz_calc.frames import worded
from wlz_calc.ratecard.base import listed
from wlz_calc.read.faults import Fault
from wlz_calc.read.hints import impossible_days, other_codes, wanted_date
from wlz_calc.read.ids import personal_ids
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
from wlz_calc.tables import CHILD, Column, Type

_BELOW_NOUGHT: Final = r"^-[0-9]+$"


class Wanted(NamedTuple):
    """What cells are measured by: the scales of attainment, and what a date of this part should look like."""

    scales: Scales
    date: str


def faults(columns: Iterable[Column], suspects: pl.DataFrame, wanted: Wanted) -> list[Fault]:
    """What can be wrong with the cells of these columns in these rows, values beside their text."""
    return [fault for column in columns for fault in _faults(column, suspects, wanted)]


def _faults(column: Column, suspects: pl.DataFrame, wanted: Wanted) -> Iterator[Fault]:
    """One of these holds wherever a cell is wrong."""
    none = wrong(column)
    texts = suspects.filter(none).get_column(column.name)
    if not texts.is_empty():
        yield from _ABOUT[column.type](_Wrong(column, none, texts, wanted))
    if column.required:
        missing = listed(column.choices) if column.choices else f"a {column.type}"
        yield Fault("cell-missing", column.name, pl.col(column.name).is_null(), missing)
    if column == CHILD:
        yield from personal_ids(column.name)


class _Wrong(NamedTuple):
    """A column with cells that have no value: where they are, and what they say."""

    column: Column
    none: pl.Expr
    texts: pl.Series
    wanted: Wanted

    @property
    def cell(self) -> pl.Expr:
        return pl.col(self.column.name)

    def fault(self, code: str, expected: str | pl.Expr, holds: pl.Expr | None = None) -> Fault:
        """A fault of those cells, or of those of them where something holds."""
        return Fault(code, self.column.name, self.none if holds is None else self.none & holds, expected)

    def none_of(self, choices: Iterable[str]) -> list[Fault]:
        """None of a list of codes, perhaps somebody else's."""
        return other_codes("cell-not-in-list", self.column, self.none, listed(choices), self.texts)


def _about_text(wrong: _Wrong) -> list[Fault]:
    column = wrong.column
    if column.choices:
        return wrong.none_of(column.choices)
    found = pl.lit("a long text") if column == CHILD else None  # it may be a name
    return [wrong.fault("cell-too-long", f"at most {column.longest} characters")._replace(found=found)]


def _about_date(wrong: _Wrong) -> list[Fault]:
    return _about_day(wrong, DAY_SHAPE, wrong.wanted.date)


def _about_moment(wrong: _Wrong) -> list[Fault]:
    return _about_day(wrong, MOMENT, f"{wrong.wanted.date}, or with a time, 2016-11-03T14:30")


def _about_day(wrong: _Wrong, shape: str, expected: str) -> list[Fault]:
    shaped, day = wrong.cell.str.contains(shape), day_of(wrong.cell)
    unshaped = wrong.texts.filter(~wrong.texts.str.contains(shape))
    first, last = FAR_OFF
    return [
        wrong.fault("cell-not-a-date", wanted_date(expected, unshaped), ~shaped),
        *impossible_days(wrong.column.name, wrong.none & shaped & day.is_null()),
        wrong.fault("cell-date-far-off", f"a date from {first} to {last}", shaped & day.is_not_null()),
    ]


def _about_whole(wrong: _Wrong) -> list[Fault]:
    shaped = wrong.cell.str.contains(WHOLE_SHAPE) | wrong.cell.str.contains(_BELOW_NOUGHT)
    column = wrong.column
    return [
        wrong.fault("cell-not-whole", "a whole number", ~shaped),
        wrong.fault("cell-out-of-range", f"{column.low} to {column.high}", shaped),
    ]


def _about_score(wrong: _Wrong) -> list[Fault]:
    on, scales = pl.col("scale"), wrong.wanted.scales
    described = {name: f"{scale}, on {name}" for name, scale in scales.items()}
    expected = on.replace_strict(described, default=None, return_dtype=pl.String)
    off = on.is_in(list(scales)) & ~wrong.cell.is_in(codes(wrong.column))
    return [wrong.fault("score-not-on-scale", expected, off)]


def _about_marks(wrong: _Wrong) -> list[Fault]:
    """Attendance codes are known, and used only while they were in force. Source: measures, B1."""
    code = wrong.cell
    known = code.is_in(list(CODES))
    dated = pl.col(beside("date")).is_not_null()  # where it is none, that alone is said
    first, last = span(code)
    limits = [worded(" from {}", first).fill_null(""), worded(" until {}", last).fill_null("")]
    used = pl.concat_str([pl.lit("this code only"), *limits])
    unknown = wrong.none & ~known & ~code.is_in(list(MISSING_MARKS))
    on_the_day = worded("`{}` on {}", code, "date")
    published = f"a code of the Department for Education: {' '.join(CODES)}"
    return [
        *other_codes("attendance-code-unknown", wrong.column, unknown, published, wrong.texts),
        Fault("attendance-code-not-in-force", "code", wrong.none & known & dated, used, on_the_day),
    ]


_ABOUT: Final[dict[Type, Callable[[_Wrong], list[Fault]]]] = {
    Type.TEXT: _about_text,
    Type.DATE: _about_date,
    Type.MOMENT: _about_moment,
    Type.WHOLE: _about_whole,
    Type.NUMBER: lambda wrong: [wrong.fault("cell-not-a-number", "a number such as 12 or 12.5")],
    Type.FLAG: lambda wrong: wrong.none_of(TRUE_OR_FALSE),
    Type.SCORE: _about_score,
    Type.SCALE: lambda wrong: wrong.none_of(wrong.wanted.scales),
    Type.MARK: _about_marks,
    Type.MONEY: lambda wrong: [
        wrong.fault("cell-not-money", "pounds such as 1234.50: digits, and at most two decimals")
    ],
    Type.QUARTER: lambda wrong: [
        wrong.fault("cell-not-a-quarter", "2018-Q4, or 2018/19-Q3 by UK financial year")
    ],
}
