"""Stage 3: what each cell may be, from text to types.

Nothing is guessed: a date is `2016-11-03`, a number has no separators, a code is one of its list.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

import polars as pl

from wlz_calc.finding import Finding, Where
from wlz_calc.ratecard.base import listed
from wlz_calc.read.faults import Fault, findings
from wlz_calc.read.files import AS_SPLIT, Sheet, cells, misshapen
from wlz_calc.read.gaps import gap
from wlz_calc.read.moments import DAY, MOMENT
from wlz_calc.standards.assessment import DECIMALS, POINT, STATUS_CODES, Scale
from wlz_calc.standards.attendance import CODES, MISSING_MARKS
from wlz_calc.tables import Column, Type, worded

_DAY: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_FAR_OFF: Final = (date(1990, 1, 1), date(2099, 12, 31))
_WHOLE: Final = r"^[0-9]+$"
_BELOW_NOUGHT: Final = r"^-[0-9]+$"
_NUMBER: Final = r"^-?[0-9]{1,9}(\.[0-9]{1,4})?$"
EVERY: Final = pl.lit(value=True)
TYPED: Final = ", typed"
SUSPECT: Final = "suspect"
GAP: Final = "gap"
TRUE_OR_FALSE: Final = ("true", "false")
SCORE: Final = Column("score", Type.NUMBER)

Scales = Mapping[str, Scale]


class Typed(NamedTuple):
    """The rows of a sheet in the types of its table's columns, with `row`; what was not sent is null.

    Scores are in ten-thousandths of a point; a moment is still text, checked, as only sessions that compete
    are ever ranked (see `moments.utc`). `gaps`: the rows without a mark or a score, of which one was due.
    """

    sheet: Sheet
    frame: pl.DataFrame
    gaps: pl.Series


def typed(sheets: Sequence[Sheet], scales: Scales) -> tuple[list[Typed], list[Finding]]:
    """Every cell of the sheets in its type, all in one pass; `scales`: those of attainment.

    The text of a cell is kept no longer than it takes to type it: where one is wrong, its
    sheet is read again.
    """
    try:
        frames = pl.collect_all([_query(sheet, scales) for sheet in sheets], optimizations=AS_SPLIT)
    except pl.exceptions.PolarsError:
        if found := [finding for sheet in sheets for finding in misshapen(sheet)]:
            return [], found
        raise
    found = [
        finding
        for sheet, frame in zip(sheets, frames, strict=True)
        for finding in (*_rowless(sheet, frame), *_wrong_cells(sheet, frame, scales))
    ]
    return [_split(sheet, frame) for sheet, frame in zip(sheets, frames, strict=True)], found


def _split(sheet: Sheet, frame: pl.DataFrame) -> Typed:
    gaps = frame.filter(GAP).get_column("row")
    return Typed(sheet, frame.drop(SUSPECT, GAP), gaps)


def _rowless(sheet: Sheet, frame: pl.DataFrame) -> list[Finding]:
    """A register without children cannot be right; any other extract may be empty."""
    if sheet.table.name != "children" or not frame.is_empty():
        return []
    return [
        Finding("file-empty", Where(sheet.file), "headings only", "a row for each child on the programme")
    ]


def _wrong_cells(sheet: Sheet, frame: pl.DataFrame, scales: Scales) -> list[Finding]:
    if not frame.get_column(SUSPECT).any():
        return []
    suspects = _beside_text(sheet, scales).filter(SUSPECT).collect()
    faults = [fault for column in sheet.table.columns for fault in _faults(column, scales)]
    return findings(suspects, sheet.file, faults)


def _query(sheet: Sheet, scales: Scales) -> pl.LazyFrame:
    """The values alone, and whether a row is suspect or a gap."""
    values = (pl.col(_typed(column.name)).alias(column.name) for column in sheet.table.columns)
    return _beside_text(sheet, scales).select("row", *values, SUSPECT, GAP)


def _beside_text(sheet: Sheet, scales: Scales) -> pl.LazyFrame:
    """Values beside the text they come from."""
    columns = sheet.table.columns
    unsent = (column.name for column in columns if column.name not in sheet.sent)
    return (
        cells(sheet)
        .with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in unsent)
        .with_columns(_value(alike[0], alike, scales) for alike in _alike(columns))
        .with_columns(
            pl.any_horizontal(_suspect(column) for column in columns).alias(SUSPECT),
            gap(sheet).alias(GAP),
        )
    )


def _alike(columns: Iterable[Column]) -> list[list[Column]]:
    """Columns that differ in nothing but their names, together: twenty-five items take one expression."""
    kinds: dict[Column, list[Column]] = {}
    for column in columns:
        kinds.setdefault(column._replace(name="", required=False), []).append(column)
    return list(kinds.values())


def _typed(name: str) -> str:
    """The column beside that of the text in which its value stands."""
    return f"{name}{TYPED}"


def _wrong(column: Column) -> pl.Expr:
    """Whether a cell says something that is no value of its column."""
    return pl.col(column.name).is_not_null() & pl.col(_typed(column.name)).is_null()


def _suspect(column: Column) -> pl.Expr:
    """Whether a cell needs a closer look; few do, so that the closer look costs nothing."""
    if column.required:
        return pl.col(_typed(column.name)).is_null()
    if column.type is Type.SCORE:
        return _wrong(column) & ~pl.col(column.name).is_in(_codes(column))
    return _wrong(column)


def _codes(column: Column) -> list[str]:
    """A status code says why there is no result, and is no reading; `expected` has none."""
    return list(STATUS_CODES) if column.name == "score" else []


# ---------------------------------------------------------------- values


def _value(kind: Column, columns: list[Column], scales: Scales) -> pl.Expr:
    """The values of alike columns, null where a cell is none."""
    cells = pl.col([column.name for column in columns])
    match kind.type:
        case Type.SCALE:
            value: pl.Expr = pl.when(cells.is_in(list(scales))).then(cells)
        case Type.SCORE:
            value = _score(cells, scales)
        case _:
            value = _VALUES[kind.type](kind, cells)
    return value.name.suffix(TYPED)


def _text(column: Column, cell: pl.Expr) -> pl.Expr:
    fits = cell.is_in(list(column.choices)) if column.choices else cell.str.len_chars() <= column.longest
    return pl.when(fits).then(cell)


def _date(_column: Column, cell: pl.Expr) -> pl.Expr:
    day = _day(cell)
    return pl.when(cell.str.contains(_DAY) & day.is_between(*_FAR_OFF)).then(day)


def _day(cell: pl.Expr) -> pl.Expr:
    return cell.str.slice(0, len("2016-11-03")).str.to_date(DAY, strict=False)


def _moment(_column: Column, cell: pl.Expr) -> pl.Expr:
    return pl.when(cell.str.contains(MOMENT) & _day(cell).is_between(*_FAR_OFF)).then(cell)


def _whole(column: Column, cell: pl.Expr) -> pl.Expr:
    number = pl.when(cell.str.contains(_WHOLE)).then(cell).cast(pl.Int32, strict=False)
    return pl.when(number.is_between(column.low, column.high)).then(number)


def _number(_column: Column, cell: pl.Expr) -> pl.Expr:
    """A number of points in ten-thousandths, exactly."""
    number = pl.when(cell.str.contains(_NUMBER)).then(cell).str.to_decimal(scale=DECIMALS)
    return (number * POINT).cast(pl.Int64)


def _flag(_column: Column, cell: pl.Expr) -> pl.Expr:
    return pl.when(cell.is_in(TRUE_OR_FALSE)).then(cell == "true")


def _mark(_column: Column, code: pl.Expr) -> pl.Expr:
    """Whether a mark may stand on its day; where none was made, there is nothing to count."""
    day = _day(pl.col("date"))
    first, last = _span(code)
    in_force = (first.is_null() | (day >= first)) & (last.is_null() | (day <= last))
    return pl.when(code.is_in(list(CODES)) & in_force).then(code)


_VALUES: Final[dict[Type, Callable[[Column, pl.Expr], pl.Expr]]] = {
    Type.TEXT: _text,
    Type.DATE: _date,
    Type.MOMENT: _moment,
    Type.WHOLE: _whole,
    Type.NUMBER: _number,
    Type.FLAG: _flag,
    Type.MARK: _mark,
}


def _score(cell: pl.Expr, scales: Scales) -> pl.Expr:
    """A score on the scale its row names: its place on a scale of ordered values, else its number."""
    value = pl.lit(None, dtype=pl.Int64)
    for name, scale in scales.items():
        value = pl.when(pl.col("scale") == name).then(_on(scale, cell)).otherwise(value)
    return value


def _on(scale: Scale, cell: pl.Expr) -> pl.Expr:
    if scale.range is None:
        places = {value: place * POINT for place, value in enumerate(scale.values)}
        return cell.replace_strict(places, default=None, return_dtype=pl.Int64)
    points = _number(SCORE, cell)
    low, high = (int(end * POINT) for end in scale.range)
    return pl.when(points.is_between(low, high)).then(points)


def _span(code: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """The first and the last day of a code, where it has one. Source: measures, B1."""
    starts, ends = ({name: getattr(mark, end) for name, mark in CODES.items()} for end in ("start", "end"))
    first, last = (code.replace_strict(days, default=None, return_dtype=pl.Date) for days in (starts, ends))
    return first, last


# ---------------------------------------------------------------- what is wrong with those that are none


def _faults(column: Column, scales: Scales) -> list[Fault]:
    """What can be wrong with a column's cells: one of these holds wherever a cell is wrong."""
    cell, wrong = pl.col(column.name), _wrong(column)
    faults = (
        _of_marks(wrong)
        if column.type is Type.MARK
        else [
            Fault(code, column.name, wrong & holds, said) for code, holds, said in _said(column, cell, scales)
        ]
    )
    if column.required:
        wanted = listed(column.choices) if column.choices else f"a {column.type}"
        faults.append(Fault("cell-missing", column.name, cell.is_null(), wanted))
    return faults


Said = tuple[str, pl.Expr, str | pl.Expr]
"""A code, where it is that which is wrong, and what was expected."""


def _said(column: Column, cell: pl.Expr, scales: Scales) -> list[Said]:
    """What is wrong with a cell that is wrong."""
    if column.type is Type.SCORE:
        return [_off_scale(column, cell, scales)]
    if column.type is Type.SCALE:
        return [("cell-not-in-list", EVERY, listed(scales))]
    return _SAID[column.type](column, cell)


def _about_text(column: Column, _cell: pl.Expr) -> list[Said]:
    if column.choices:
        return [("cell-not-in-list", EVERY, listed(column.choices))]
    return [("cell-too-long", EVERY, f"at most {column.longest} characters")]


def _about_date(_column: Column, cell: pl.Expr) -> list[Said]:
    return _about_day(cell, _DAY, "a date such as 2016-11-03")


def _about_moment(_column: Column, cell: pl.Expr) -> list[Said]:
    return _about_day(cell, MOMENT, "a date such as 2016-11-03, or with a time, 2016-11-03T14:30")


def _about_day(cell: pl.Expr, shape: str, wanted: str) -> list[Said]:
    shaped, day = cell.str.contains(shape), _day(cell)
    first, last = _FAR_OFF
    return [
        ("cell-not-a-date", ~shaped, wanted),
        ("cell-impossible-date", shaped & day.is_null(), "a day that the calendar has"),
        ("cell-date-far-off", shaped & day.is_not_null(), f"a date from {first} to {last}"),
    ]


def _about_whole(column: Column, cell: pl.Expr) -> list[Said]:
    shaped = cell.str.contains(_WHOLE) | cell.str.contains(_BELOW_NOUGHT)
    return [
        ("cell-not-whole", ~shaped, "a whole number"),
        ("cell-out-of-range", shaped, f"{column.low} to {column.high}"),
    ]


_SAID: Final[dict[Type, Callable[[Column, pl.Expr], list[Said]]]] = {
    Type.TEXT: _about_text,
    Type.DATE: _about_date,
    Type.MOMENT: _about_moment,
    Type.WHOLE: _about_whole,
    Type.NUMBER: lambda *_: [("cell-not-a-number", EVERY, "a number such as 12 or 12.5")],
    Type.FLAG: lambda *_: [("cell-not-in-list", EVERY, listed(TRUE_OR_FALSE))],
}


def _off_scale(column: Column, cell: pl.Expr, scales: Scales) -> Said:
    on = pl.col("scale")
    described = {name: f"{scale}, on {name}" for name, scale in scales.items()}
    wanted = on.replace_strict(described, default=None, return_dtype=pl.String)
    return "score-not-on-scale", on.is_in(list(scales)) & ~cell.is_in(_codes(column)), wanted


def _of_marks(wrong: pl.Expr) -> list[Fault]:
    """Attendance codes are known, and used only while they were in force. Source: measures, B1."""
    code = pl.col("code")
    known = code.is_in(list(CODES))
    dated = pl.col(_typed("date")).is_not_null()  # where it is none, that alone is said
    first, last = _span(code)
    span = [worded(" from {}", first).fill_null(""), worded(" until {}", last).fill_null("")]
    used = pl.concat_str([pl.lit("this code only"), *span])
    unknown = wrong & ~known & ~code.is_in(list(MISSING_MARKS))
    on_the_day = worded("`{}` on {}", code, "date")
    published = f"a code of the Department for Education: {' '.join(CODES)}"
    return [
        Fault("attendance-code-unknown", "code", unknown, published),
        Fault("attendance-code-not-in-force", "code", wrong & known & dated, used, on_the_day),
    ]
