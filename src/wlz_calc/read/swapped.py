"""Days and months that a spreadsheet set to another country has swapped: each date exists, and is wrong.

Where such a spreadsheet opens `03/11/2016` it makes 11 March of it, and leaves `25/11/2016` as text, since no
month is the 25th. So a column may be swapped whole if no day of it is after the twelfth, and in part if that
is so of its date cells, and every date left as text is later.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import polars as pl

from wlz_calc.finding import Finding, quote
from wlz_calc.period import Period
from wlz_calc.programme import Origin
from wlz_calc.read.dateformats import example, is_numeric
from wlz_calc.read.mapping import iso
from wlz_calc.read.parts import Part
from wlz_calc.tables import DATED, Column, Table

MONTHS: Final = 12
FEW: Final = 20
FEWEST_DAYS: Final = 5
"""Of fewer days, that none of them is after the twelfth says nothing."""
FEWEST_ASTRAY: Final = 0.5
FEWEST_AT_HOME: Final = 0.9
"""Days are taken for swapped where half of them are out of place, and nine in ten in place when turned."""
ISO: Final = "^[0-9]{4}-[0-9]{2}-[0-9]{2}"


# ---------------------------------------------------------------- a column in part


def half_swapped(text: pl.LazyFrame, part: Part, table: Table, origin: Origin) -> Iterator[Finding]:
    """Columns of date cells and text in which day and month may be swapped in the cells alone.

    `text`: `row` and our columns, as they were sent. Only where a format says that dates are text.
    """
    pattern = part.date_format
    if pattern is None or not is_numeric(pattern):
        return
    sent = text.collect_schema().names()
    columns = [column for column in table.columns if column.type in DATED and column.name in sent]
    rows = text.select("row", *(column.name for column in columns)).collect()
    for column in columns:
        yield from _half_swapped(rows, column, pattern, origin)


def _half_swapped(rows: pl.DataFrame, column: Column, pattern: str, origin: Origin) -> Iterator[Finding]:
    cell = pl.col(column.name)
    as_text = iso(cell, pattern, column.type)
    as_cell = pl.when(as_text.is_null() & cell.str.contains(ISO)).then(cell)
    days = rows.select("row", sent=cell, text=as_text.str.head(10), cell=as_cell.str.head(10))
    cells, texts = days.drop_nulls("cell"), days.drop_nulls("text")
    if cells.is_empty() or texts.is_empty() or _fewer_days(cells["cell"], texts["text"]):
        return
    if not (_days(cells["cell"]) <= MONTHS).all() or not (_days(texts["text"]) > MONTHS).all():
        return
    found = (
        f"{cells.height:,} date cells such as {quote(cells['cell'][0])}, none after the 12th, "
        f"and {texts.height:,} texts such as {quote(texts['sent'][0])}, none before the 13th"
    )
    expected = f"every date as text, such as {example(pattern)}, or every date in a date cell"
    yield Finding("days-half-swapped", origin.where(cells["row"][0], column.name), found, expected)


def _fewer_days(*days: pl.Series) -> bool:
    return sum(each.drop_nulls().n_unique() for each in days) < FEWEST_DAYS


def _days(dates: pl.Series) -> pl.Series:
    """The days of the month of ISO dates, which need not exist."""
    return dates.str.slice(len("2016-11-"), len("03")).cast(pl.UInt8)


# ---------------------------------------------------------------- a column as a whole


def swapped_days(rows: pl.DataFrame, column: str, origin: Origin, places: Sequence[Period]) -> list[Finding]:
    """A part whose days could all be months, and lie in a place only if they are.

    `rows`: the part, typed, with `row`. `places`: where dates may be expected; the first that fits is told.
    """
    if not _could_be_months(rows.get_column(column)):
        return []
    found = (_swapped(rows, column, origin, within) for within in places)
    return next(filter(None, found), [])


def _could_be_months(days: pl.Series) -> bool:
    """Whether none of several days is after the twelfth of its month; the first few mostly tell."""
    if any(day is not None and day.day > MONTHS for day in days.head(FEW)):
        return False
    return (days.dt.day() <= MONTHS).all() and not _fewer_days(days)


def _swapped(rows: pl.DataFrame, column: str, origin: Origin, within: Period) -> list[Finding]:
    turned = _turned(rows.select("row", day=column).drop_nulls(), within)
    away = turned.filter(~pl.col("in_place"))
    home = turned.filter("in_place_turned")
    if away.height < FEWEST_ASTRAY * turned.height or home.height < FEWEST_AT_HOME * turned.height:
        return []
    row, day, other = away.select("row", "day", "turned").row(0)
    found = f"{away.height:,} of {turned.height:,} dates elsewhere, such as `{day}` ({other}?)"
    expected = f"dates from {within}: are day and month swapped?"
    return [Finding("days-swapped", origin.where(row, column), found, expected)]


def _turned(rows: pl.DataFrame, within: Period) -> pl.DataFrame:
    """Each day beside what it is with day and month swapped, and whether either is in its place."""
    day = pl.col("day")
    turned = pl.date(day.dt.year(), day.dt.day(), day.dt.month())
    return rows.with_columns(
        turned=turned,
        in_place=day.is_between(within.start, within.end),
        in_place_turned=turned.is_between(within.start, within.end),
    )
