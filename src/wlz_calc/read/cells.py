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
from wlz_calc.standards.assessment import STATUS_CODES, Scale
from wlz_calc.standards.attendance import CODES, MISSING_MARKS
from wlz_calc.tables import ATTENDANCE_MARKS, LONGEST_TEXT, POINT, Column, Type

DAY: Final = "%Y-%m-%d"
_DAY: Final = r"^\d{4}-\d{2}-\d{2}$"
_YEARS: Final = (1990, 2099)
_WHOLE: Final = r"^\d{1,6}$"
_NUMBER: Final = r"^-?\d{1,9}(\.\d{1,4})?$"
_MOMENT: Final = (
    r"^(?<day>\d{4}-\d{2}-\d{2})"
    r"(?:[T ](?<time>\d{2}:\d{2})(?<seconds>:\d{2}(?:\.\d{1,6})?)?(?<offset>Z|[+-]\d{2}:?\d{2})?)?$"
)
LOCAL: Final = "Europe/London"

Scales = Mapping[str, Scale]


def typed(sheet: Sheet, scales: Scales) -> tuple[pl.DataFrame, list[Finding]]:
    """The sheet's cells in the types of its columns, with `row`; a column that was not sent is null.

    `scales`: those on which attainment may be recorded. Scores come out in ten-thousandths of a point.
    """
    text = sheet.cells.with_columns(
        pl.lit(None, dtype=pl.String).alias(column.name)
        for column in sheet.table.columns
        if column.name not in sheet.cells.columns
    )
    columns = [_column(column, scales) for column in sheet.table.columns]
    faults = [fault for _, faults in columns for fault in faults]
    if sheet.table is ATTENDANCE_MARKS:
        faults += _marks()
    wrong = findings(text, sheet.file, faults)
    values = {column.name: value for column, (value, _) in zip(sheet.table.columns, columns, strict=True)}
    return (text.select("row", **values) if not wrong else text.clear()), wrong


Parsed = tuple[pl.Expr, list[Fault]]


def _column(column: Column, scales: Scales) -> Parsed:
    """The value of a column's cells, and what can be wrong with them."""
    if column.type is Type.SCORE:
        value, faults = _score(column, scales)
    else:
        value, faults = _PARSERS[column.type](column)
    if column.name == "scale":
        faults.append(_unknown(column, scales))
    if column.required:
        cell = pl.col(column.name)
        faults.append(Fault("cell-missing", column.name, cell.is_null(), _wanted(column)))
    return value, faults


def _wanted(column: Column) -> str:
    return listed(column.choices) if column.choices else f"a {column.type}"


def _unknown(column: Column, names: Mapping[str, object]) -> Fault:
    return Fault("cell-not-in-list", column.name, ~pl.col(column.name).is_in(list(names)), listed(names))


def _text(column: Column) -> Parsed:
    cell = pl.col(column.name)
    if column.choices:
        return cell, [
            Fault("cell-not-in-list", column.name, ~cell.is_in(list(column.choices)), listed(column.choices))
        ]
    too_long = cell.str.len_chars() > LONGEST_TEXT
    return cell, [Fault("cell-too-long", column.name, too_long, f"at most {LONGEST_TEXT} characters")]


def _date(column: Column) -> Parsed:
    cell = pl.col(column.name)
    shaped = cell.str.contains(_DAY)
    day = pl.when(shaped).then(cell).str.to_date(DAY, strict=False)
    first, last = _YEARS
    return day, [
        Fault("cell-not-a-date", column.name, ~shaped, "a date such as 2016-11-03"),
        Fault("cell-impossible-date", column.name, shaped & day.is_null(), "a day that the calendar has"),
        Fault(
            "cell-date-far-off",
            column.name,
            ~day.dt.year().is_between(first, last),
            f"a date from {first} to {last}",
        ),
    ]


def _moment(column: Column) -> Parsed:
    """A date or date-time as UTC: a date is its midnight, a time without an offset is UK local time."""
    cell = pl.col(column.name)
    group = cell.str.extract_groups(_MOMENT).struct.field
    clock = pl.lit("T") + group("time").fill_null("00:00") + group("seconds").fill_null(":00")
    stated = (group("day") + clock).str.to_datetime("%Y-%m-%dT%H:%M:%S%.f", strict=False, time_unit="us")
    utc = (
        pl.when(group("offset").is_null())
        .then(_from_local(stated))
        .otherwise(stated - _offset(group("offset")))
    )
    return utc, [
        Fault("cell-not-a-date", column.name, ~cell.str.contains(_MOMENT), "2016-11-03 or 2016-11-03T14:30"),
        Fault(
            "cell-impossible-date",
            column.name,
            cell.str.contains(_MOMENT) & utc.is_null(),
            "a time that there is",
        ),
    ]


def _from_local(stated: pl.Expr) -> pl.Expr:
    """An hour that the clocks repeat is taken as the first, one that they skip as winter time."""
    local = stated.dt.replace_time_zone(LOCAL, ambiguous="earliest", non_existent="null")
    return pl.coalesce(local.dt.convert_time_zone("UTC").dt.replace_time_zone(None), stated)


def _offset(text: pl.Expr) -> pl.Expr:
    digits = text.str.replace("Z", "+0000", literal=True).str.replace(":", "", literal=True)
    hours, minutes = (digits.str.slice(start, 2).cast(pl.Int64, strict=False) for start in (1, 3))
    sign = pl.when(digits.str.starts_with("-")).then(-1).otherwise(1)
    return pl.duration(minutes=sign * (hours * 60 + minutes))


def _whole(column: Column) -> Parsed:
    cell = pl.col(column.name)
    number = pl.when(cell.str.contains(_WHOLE)).then(cell).cast(pl.Int32, strict=False)
    outside = ~number.is_between(column.low, column.high)
    return number, [
        Fault("cell-not-whole", column.name, ~cell.str.contains(_WHOLE), "a whole number"),
        Fault("cell-out-of-range", column.name, outside, f"{column.low} to {column.high}"),
    ]


def _points(cell: pl.Expr) -> pl.Expr:
    """A number of points in ten-thousandths, exactly; null where the text is no such number."""
    number = pl.when(cell.str.contains(_NUMBER)).then(cell).str.to_decimal(scale=4)
    return (number * POINT).cast(pl.Int64)


def _number(column: Column) -> Parsed:
    cell = pl.col(column.name)
    wrong = Fault(
        "cell-not-a-number", column.name, ~cell.str.contains(_NUMBER), "a number such as 12 or 12.5"
    )
    return _points(cell), [wrong]


def _flag(column: Column) -> Parsed:
    cell = pl.col(column.name)
    wrong = Fault("cell-not-in-list", column.name, ~cell.is_in(["true", "false"]), "true or false")
    return cell == "true", [wrong]


_PARSERS: Final[dict[Type, Callable[[Column], Parsed]]] = {
    Type.TEXT: _text,
    Type.DATE: _date,
    Type.MOMENT: _moment,
    Type.WHOLE: _whole,
    Type.NUMBER: _number,
    Type.FLAG: _flag,
}


def _score(column: Column, scales: Scales) -> Parsed:
    """A score on the scale its row names: its place on a scale of ordered values, else its number.

    A status code says why there is no result and is no reading; `expected` has no status codes.
    """
    cell, on = pl.col(column.name), pl.col("scale")
    value = pl.lit(None, dtype=pl.Int64)
    wanted = pl.lit("")
    for name, scale in scales.items():
        value = pl.when(on == name).then(_on(scale, cell)).otherwise(value)
        wanted = pl.when(on == name).then(pl.lit(f"on {name}: {scale}")).otherwise(wanted)
    status = cell.is_in(list(STATUS_CODES)) if column.name == "score" else pl.lit(value=False)
    wrong = cell.is_not_null() & on.is_in(list(scales)) & value.is_null() & ~status
    return value, [Fault("score-not-on-scale", column.name, wrong, wanted)]


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
    day = pl.col("date").str.to_date(DAY, strict=False)
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
