"""Parquet files: typed columns as the text that a spreadsheet would hold, its rows numbered from 2.

Whole numbers have no decimals and dates are ISO; a date-time at midnight is its day, as programs that know no
dates write them so.
"""

from typing import Final

import polars as pl

from wlz_calc.finding import Finding, quote
from wlz_calc.read.received import UNCOLLECTED, Opened, Received, places

FIRST: Final = 2
"""A spreadsheet numbers its heading row 1."""
MIDNIGHT: Final = "T00:00:00"
PLAIN: Final = (pl.String, pl.Categorical, pl.Enum, pl.Boolean, pl.Date, pl.Time, pl.Null)


def read(received: Received) -> tuple[Opened | None, list[Finding]]:
    """A parquet file opened; one that is damaged further in is found when its text is collected."""
    if received.held == b"":
        return None, [received.finding("file-empty", "nothing", "a parquet file with columns")]
    if received.heading_row != 1:
        found = "a parquet file, whose columns have names"
        return None, [received.finding("file-header-row", found, "no header_row")]
    try:
        scanned = pl.scan_parquet(received.path if received.held is None else received.held)
        schema = scanned.collect_schema()
    except UNCOLLECTED:
        return None, [_damaged(received)]
    if nested := [name for name, dtype in schema.items() if not _is_cell(dtype)]:
        found = ", ".join(quote(name) for name in nested)
        return None, [
            received.finding("file-nested", found, "columns of texts, numbers, dates or true and false")
        ]
    names = places(len(schema))
    columns = zip(names, schema.items(), strict=True)
    text = scanned.select(_text(name, dtype).alias(place) for place, (name, dtype) in columns)
    numbered = text.with_row_index("row", offset=FIRST)
    return received.opened(numbered, [schema.names()], lambda: _closer(numbered, received)), []


def _closer(text: pl.LazyFrame, received: Received) -> tuple[pl.LazyFrame | None, list[Finding]]:
    try:
        return text.collect().lazy(), []
    except UNCOLLECTED:
        return None, [_damaged(received)]


def _damaged(received: Received) -> Finding:
    return received.finding(
        "file-unreadable", "no parquet file, or a damaged one", "a parquet file that is whole"
    )


def _is_cell(dtype: pl.DataType) -> bool:
    return dtype in PLAIN or dtype.is_numeric() or isinstance(dtype, pl.Datetime)


def _text(name: str, dtype: pl.DataType) -> pl.Expr:
    value = pl.col(name)
    if isinstance(dtype, pl.Datetime):
        return _moment(value, dtype)
    if dtype.is_float():
        return _float(value)
    if dtype.is_decimal():
        return _decimal(value.cast(pl.String))
    return value.cast(pl.String)


def _moment(value: pl.Expr, dtype: pl.Datetime) -> pl.Expr:
    """To the microsecond; with its offset, if it has one."""
    zoned = "%:z" if dtype.time_zone else ""
    return (
        value.dt.cast_time_unit("us").dt.to_string(f"%Y-%m-%dT%H:%M:%S%.f{zoned}").str.strip_suffix(MIDNIGHT)
    )


def _float(value: pl.Expr) -> pl.Expr:
    """The shortest decimal that is this number; a whole number as such."""
    whole = value.cast(pl.Int64, strict=False)
    return (
        pl.when(whole.cast(pl.Float64) == value).then(whole.cast(pl.String)).otherwise(value.cast(pl.String))
    )


def _decimal(text: pl.Expr) -> pl.Expr:
    trimmed = text.str.strip_chars_end("0").str.strip_suffix(".")
    return pl.when(text.str.contains(".", literal=True)).then(trimmed).otherwise(text)
