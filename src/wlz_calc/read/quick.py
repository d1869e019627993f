"""Quick values: at first every cell is read as almost all are, which takes half the time.

A quick value is the value, but not every cell that has a value has a quick one: a part with a cell that has
none is read again with care (see `values`).
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Final

import polars as pl

from wlz_calc.frames import SHARED
from wlz_calc.read import values
from wlz_calc.read.moments import DAY_LENGTH, SECONDS, stated
from wlz_calc.read.values import FAR_OFF, TYPED, Lists
from wlz_calc.tables import Column, Type

FIRST_DAY: Final = FAR_OFF[0]
A_DAY: Final = 24 * 60 * 60
SECOND: Final = 1_000_000
USUAL: Final = "^(?:199[0-9]|20[0-9]{2})-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-5][0-9]$"
"""With the years of FAR_OFF."""


def value(columns: list[Column], lists: Lists, dtypes: Mapping[str, pl.DataType]) -> pl.Expr:
    """As `values.value`, for cells with nothing around them, and of times only the common notations.

    Of a text that is shared the value is the cell as it stands; see `are_plain`.
    """
    kind, cells, dtype = columns[0], pl.col([column.name for column in columns]), dtypes.get(columns[0].name)
    if dtype is not None:
        from wlz_calc.read import native  # few formats have types

        quick = native.value(kind, cells)
    elif kind.shared:
        quick = cells.cast(SHARED)
    elif lists.many and kind.type is Type.DATE:
        quick = _day(cells).cast(pl.Date)
    elif kind.type is Type.MOMENT:
        quick = _moment(cells) if lists.many else _to_the_second(cells)
    else:
        return values.value(columns, lists)
    return quick.name.suffix(TYPED)


def are_plain(frame: pl.DataFrame, columns: Iterable[Column]) -> bool:
    """Whether columns of shared texts have none but values; each different text is looked at once."""
    different = [frame.lazy().select(column.name).unique().select(_is_plain(column)) for column in columns]
    return all(plain.item() for plain in pl.collect_all(different))


def _is_plain(column: Column) -> pl.Expr:
    text = pl.col(column.name).drop_nulls().cast(pl.String)
    return (text.str.len_chars().is_between(1, column.longest) & (text == text.str.strip_chars())).all()


def _day(cell: pl.Expr) -> pl.Expr:
    """A day looked up among all that can be meant, counted as dates are; parsing each takes twice as long."""
    place = cell.cast(_days(), strict=False).to_physical()
    return place.cast(pl.Int32) + (FIRST_DAY - date(1970, 1, 1)).days


def _moment(cell: pl.Expr) -> pl.Expr:
    """A day, or a day and a time to the second without an offset."""
    day = _day(cell.str.slice(0, DAY_LENGTH)).cast(pl.Int64)
    second = cell.str.slice(DAY_LENGTH).cast(_times(), strict=False).to_physical() % A_DAY
    return stated(((day * A_DAY + second) * SECOND).cast(pl.Datetime("us")))


def _to_the_second(cell: pl.Expr) -> pl.Expr:
    """A day and a time to the second without an offset, parsed."""
    moment = cell.str.to_datetime(SECONDS, strict=False, time_unit="us", cache=False)  # few are alike
    return stated(pl.when(cell.str.contains(USUAL)).then(moment))


@cache
def _days() -> pl.Enum:
    return pl.Enum(pl.date_range(*FAR_OFF, eager=True).cast(pl.String))


@cache
def _times() -> pl.Enum:
    """Every second of a day, as ISO has it and with a space before it; no time at all is its first."""
    midnight = pl.datetime(FIRST_DAY.year, 1, 1)
    seconds = pl.datetime_range(midnight, midnight + timedelta(days=1), "1s", closed="left")
    written = [pl.select(seconds.dt.strftime(f"{mark}%H:%M:%S")).to_series() for mark in ("T", " ")]
    return pl.Enum(pl.concat([*written, pl.Series([""])]))
