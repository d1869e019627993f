"""Parquet files: typed columns, and the text that a spreadsheet would hold, its rows numbered from 2."""

from typing import Final

import polars as pl

from wlz_calc.finding import Finding, quote
from wlz_calc.read.received import UNCOLLECTED, Opened, Received, places
from wlz_calc.read.texts import as_text

FIRST: Final = 2
"""A spreadsheet numbers its heading row 1."""
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
    text = scanned.select(as_text(pl.col(name), dtype).alias(place) for place, (name, dtype) in columns)
    numbered = text.with_row_index("row", offset=FIRST)
    opened = received.opened(numbered, [schema.names()], lambda: _closer(numbered, received))
    typed = scanned.select(pl.col(name).alias(place) for place, name in zip(names, schema, strict=True))
    return opened._replace(typed=typed.with_row_index("row", offset=FIRST)), []


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
