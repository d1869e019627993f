"""Rows that share their key with another: sessions submitted again, repeated readings, marks made twice."""

from collections.abc import Sequence
from typing import Final

import polars as pl

NUMBERS: Final = 2**63
"""So many keys can be told apart by a number."""


def sharing(frame: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """The rows that share their key with another, in their order.

    As one number keys are fast to sort, as far as there are numbers for them; the few rows that share their
    number are then looked at whole.
    """
    number = _number(frame, key)
    ordered = frame.select(number).to_series().sort()
    twice = ordered.filter(ordered == ordered.shift(1)).unique()
    if twice.is_empty():
        return frame.clear()
    alike = frame.lazy().filter(number.is_in(twice.implode())).collect()
    return alike.filter(pl.struct(key).is_duplicated())


def _number(frame: pl.DataFrame, key: Sequence[str]) -> pl.Expr:
    """A number that is the same where the key is: of its columns without gaps, as many as fit."""
    number, room = pl.lit(0, dtype=pl.UInt64), NUMBERS
    for column in frame.select(key).get_columns():
        if column.has_nulls() or column.is_empty() or column.dtype == pl.String:
            continue
        size = int(column.to_physical().max()) + 1  # type: ignore[arg-type]
        if size <= room:
            room //= size
            number = number * size + pl.col(column.name).to_physical().cast(pl.UInt64)
    return number.alias("number")
