"""Texts: a column of any type as the text that a spreadsheet would hold.

Whole numbers have no decimals and dates are ISO; a date-time at midnight is its day, as programs that know no
dates write them so.
"""

from typing import Final

import polars as pl

from wlz_calc.read.moments import SECONDS

MIDNIGHT: Final = "T00:00:00"


def as_text(value: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """The text of a column of that type."""
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
    return value.dt.cast_time_unit("us").dt.to_string(f"{SECONDS}%.f{zoned}").str.strip_suffix(MIDNIGHT)


def _float(value: pl.Expr) -> pl.Expr:
    """The shortest decimal that is this number; a whole number as such."""
    whole = value.cast(pl.Int64, strict=False)
    return (
        pl.when(whole.cast(pl.Float64) == value).then(whole.cast(pl.String)).otherwise(value.cast(pl.String))
    )


def _decimal(text: pl.Expr) -> pl.Expr:
    trimmed = text.str.strip_chars_end("0").str.strip_suffix(".")
    return pl.when(text.str.contains(".", literal=True)).then(trimmed).otherwise(text)
