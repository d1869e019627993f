"""Stage 3: what each cell may be, from text to types.

Nothing is guessed: a date is `2016-11-03`, a number has no separators, a code is one of its list.
"""

from collections.abc import Callable, Mapping
from typing import Final

import polars as pl

from wlz_calc.finding import Finding
from wlz_calc.ratecard.base import listed
from wlz_calc.read.faults import Fault, findings
from wlz_calc.read.files import Sheet
from wlz_calc.read.moments import DAY, MOMENT
from wlz_calc.standards.assessment import STATUS_CODES, Scale
from wlz_calc.standards.attendance import CODES, MISSING_MARKS
from wlz_calc.tables import ATTENDANCE_MARKS, DECIMALS, LONGEST_TEXT, POINT, Column, Type

_DAY: Final = r"^\d{4}-\d{2}-\d{2}$"
_YEARS: Final = (1990, 2099)
_WHOLE: Final = r"^\d{1,6}$"
_NUMBER: Final = r"^-?\d{1,9}(\.\d{1,4})?$"
Scales = Mapping[str, Scale]


def typed(sheet: Sheet, scales: Scales) -> tuple[pl.DataFrame, list[Finding]]:
    """The sheet's cells in the types of its columns, with `row`; a column that was not sent is null.

    `scales`: those on which attainment may be recorded. Scores come out in ten-thousandths of a point; a moment
    stays text, checked, as only sessions that compete are ever ranked (see `moments.utc`).
    """
    text = sheet.cells.with_columns(
        pl.lit(None, dtype=pl.String).alias(column.name)
        for column in sheet.table.columns
        if column.name not in sheet.cells.columns
    )
    values = {column.name: _value(column, scales) for column in sheet.table.columns}
    both = text.lazy().with_columns(value.alias(_typed(name)) for name, value in values.items()).collect()
    faults = [fault for column in sheet.table.columns for fault in _faults(column, scales)]
    if sheet.table is ATTENDANCE_MARKS:
        faults += _marks()
    return both.select("row", **{name: pl.col(_typed(name)) for name in values}), findings(
        both, sheet.file, faults
    )


def _typed(name: str) -> str:
    """The column beside that of the text in which its value stands."""
    return f"{name}, typed"


def _value(column: Column, scales: Scales) -> pl.Expr:
    """The value of a column's cells; null where the text is none."""
    cell = pl.col(column.name)
    match column.type:
        case Type.DATE:
            return pl.when(cell.str.contains(_DAY)).then(cell).str.to_date(DAY, strict=False)
        case Type.WHOLE:
            return pl.when(cell.str.contains(_WHOLE)).then(cell).cast(pl.Int32, strict=False)
        case Type.NUMBER:
            return _points(cell)
        case Type.FLAG:
            return cell == "true"
        case Type.SCORE:
            return _score(cell, scales)
        case _:
            return cell


def _faults(column: Column, scales: Scales) -> list[Fault]:
    """What can be wrong with a column's cells."""
    faults = _FAULTS[column.type](column, pl.col(column.name), pl.col(_typed(column.name)))
    if column.type is Type.SCORE:
        faults = [_off_scale(column, scales)]
    if column.name == "scale":
        faults = [_not_in_list(column, list(scales))]
    if column.required:
        wanted = listed(column.choices) if column.choices else f"a {column.type}"
        faults.append(Fault("cell-missing", column.name, pl.col(column.name).is_null(), wanted))
    return faults


def _not_in_list(column: Column, names: list[str]) -> Fault:
    return Fault("cell-not-in-list", column.name, ~pl.col(column.name).is_in(names), listed(names))


def _text(column: Column, cell: pl.Expr, _value: pl.Expr) -> list[Fault]:
    if column.choices:
        return [_not_in_list(column, list(column.choices))]
    too_long = cell.str.len_chars() > LONGEST_TEXT
    return [Fault("cell-too-long", column.name, too_long, f"at most {LONGEST_TEXT} characters")]


def _date(column: Column, cell: pl.Expr, value: pl.Expr) -> list[Fault]:
    shaped = cell.str.contains(_DAY)
    first, last = _YEARS
    far_off = ~value.dt.year().is_between(first, last)
    return [
        Fault("cell-not-a-date", column.name, ~shaped, "a date such as 2016-11-03"),
        Fault("cell-impossible-date", column.name, shaped & value.is_null(), "a day that the calendar has"),
        Fault("cell-date-far-off", column.name, far_off, f"a date from {first} to {last}"),
    ]


def _moment(column: Column, cell: pl.Expr, _value: pl.Expr) -> list[Fault]:
    shaped = cell.str.contains(MOMENT)
    no_day = shaped & cell.str.slice(0, len("2016-11-03")).str.to_date(DAY, strict=False).is_null()
    return [
        Fault("cell-not-a-date", column.name, ~shaped, "2016-11-03 or 2016-11-03T14:30"),
        Fault("cell-impossible-date", column.name, no_day, "a day that the calendar has"),
    ]


def _whole(column: Column, cell: pl.Expr, value: pl.Expr) -> list[Fault]:
    outside = ~value.is_between(column.low, column.high)
    return [
        Fault("cell-not-whole", column.name, ~cell.str.contains(_WHOLE), "a whole number"),
        Fault("cell-out-of-range", column.name, outside, f"{column.low} to {column.high}"),
    ]


def _number(column: Column, cell: pl.Expr, _value: pl.Expr) -> list[Fault]:
    wrong = ~cell.str.contains(_NUMBER)
    return [Fault("cell-not-a-number", column.name, wrong, "a number such as 12 or 12.5")]


def _flag(column: Column, _cell: pl.Expr, _value: pl.Expr) -> list[Fault]:
    return [_not_in_list(column, ["true", "false"])]


_FAULTS: Final[dict[Type, Callable[[Column, pl.Expr, pl.Expr], list[Fault]]]] = {
    Type.TEXT: _text,
    Type.SCORE: _text,
    Type.DATE: _date,
    Type.MOMENT: _moment,
    Type.WHOLE: _whole,
    Type.NUMBER: _number,
    Type.FLAG: _flag,
}


def _points(cell: pl.Expr) -> pl.Expr:
    """A number of points in ten-thousandths, exactly; null where the text is no such number."""
    number = pl.when(cell.str.contains(_NUMBER)).then(cell).str.to_decimal(scale=DECIMALS)
    return (number * POINT).cast(pl.Int64)


def _score(cell: pl.Expr, scales: Scales) -> pl.Expr:
    """A score on the scale its row names: its place on a scale of ordered values, else its number."""
    value = pl.lit(None, dtype=pl.Int64)
    for name, scale in scales.items():
        value = pl.when(pl.col("scale") == name).then(_on(scale, cell)).otherwise(value)
    return value


def _off_scale(column: Column, scales: Scales) -> Fault:
    """A status code says why there is no result and is no reading; `expected` has no status codes."""
    cell, on = pl.col(column.name), pl.col("scale")
    codes = list(STATUS_CODES) if column.name == "score" else []
    wrong = cell.is_not_null() & pl.col(_typed(column.name)).is_null() & ~cell.is_in(codes)
    described = {name: f"on {name}: {scale}" for name, scale in scales.items()}
    wanted = on.replace_strict(described, default=None, return_dtype=pl.String)
    return Fault("score-not-on-scale", column.name, wrong & on.is_in(list(scales)), wanted)


def _on(scale: Scale, cell: pl.Expr) -> pl.Expr:
    if scale.range is None:
        places = {value: place * POINT for place, value in enumerate(scale.values)}
        return cell.replace_strict(places, default=None, return_dtype=pl.Int64)
    points = _points(cell)
    low, high = (int(end * POINT) for end in scale.range)
    return pl.when(points.is_between(low, high)).then(points)


def _marks() -> list[Fault]:
    """Attendance codes are known, and used only while they were in force. Source: measures, B1."""
    code = pl.col("code")
    made = code.is_not_null() & ~code.is_in(list(MISSING_MARKS))
    known = code.is_in(list(CODES))
    day = pl.col(_typed("date"))
    first, last = (
        code.replace_strict(
            {name: getattr(mark, end) for name, mark in CODES.items()}, default=None, return_dtype=pl.Date
        )
        for end in ("start", "end")
    )
    span = pl.format(
        "{}{}", pl.format(" from {}", first).fill_null(""), pl.format(" until {}", last).fill_null("")
    )
    return [
        Fault(
            "attendance-code-unknown",
            "code",
            made & ~known,
            f"a code of the Department for Education: {' '.join(CODES)}",
        ),
        Fault(
            "attendance-code-not-in-force",
            "code",
            (day < first) | (day > last),
            pl.lit("this code only") + span,
            pl.format("{} on {}", code, "date"),
        ),
    ]
