"""Cells as somebody else writes them, made ours: what is missing, values, dates, and what is always the same.

Nothing is refused here. A cell that no rule of its part is about stays as it is, and stage 3 judges it.
"""

import polars as pl

from wlz_calc.read import dateformats
from wlz_calc.read.moments import DAY, SECONDS
from wlz_calc.read.parts import Part
from wlz_calc.tables import DATED, Column, Table, Type


def mapped(text: pl.LazyFrame, part: Part, table: Table) -> pl.LazyFrame:
    """The same rows in our codes.

    `text`: `row` and our columns as text, stripped, empty cells as null; it comes back with the
    constants of the part as columns. A frame of which the part says nothing comes back as it is.
    """
    if not (part.missing or part.values or part.date_format or part.constants):
        return text
    sent = text.collect_schema().names()
    ours = [_ours(column, part) for column in table.columns if column.name in sent]
    constants = [pl.lit(value).alias(name) for name, value in part.constants.items()]
    return text.with_columns(ours).with_columns(constants)


def expected_date(part: Part) -> str:
    """What a message says a date of this part should look like."""
    return f"a date such as {dateformats.example(part.date_format or DAY)}"


def _ours(column: Column, part: Part) -> pl.Expr:
    cell = pl.col(column.name)
    if missing := part.missing.get(column.name):
        cell = pl.when(~cell.is_in(missing)).then(cell)
    if values := part.values.get(column.name):
        cell = cell.replace(dict(values))
    if part.date_format and column.type in DATED:
        cell = pl.coalesce(iso(cell, part.date_format, column.type), cell)
    return cell


def iso(cell: pl.Expr, pattern: str, kind: Type) -> pl.Expr:
    """The date that text of this pattern means, as ISO; null where it is not of the pattern."""
    shape = dateformats.shape(pattern)
    if dateformats.is_timed(pattern):
        moment = _only(cell, shape).str.to_datetime(pattern, strict=False, time_unit="us")
        return moment.dt.strftime(SECONDS if kind is Type.MOMENT else DAY)
    if kind is Type.MOMENT:
        return _before_time(cell, pattern, shape)
    return _only(cell, shape).str.to_date(pattern, strict=False).dt.strftime(DAY)


def _only(cell: pl.Expr, shape: str) -> pl.Expr:
    return pl.when(cell.str.contains(f"^{shape}$")).then(cell)


def _before_time(cell: pl.Expr, pattern: str, shape: str) -> pl.Expr:
    """A date of a pattern without a time, behind which a time may stand: `03/11/2016 14:30`."""
    day = cell.str.extract(f"^({shape})(?:[T ].*)?$")
    return day.str.to_date(pattern, strict=False).dt.strftime(DAY) + cell.str.strip_prefix(day)
