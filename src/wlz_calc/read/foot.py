"""The foot of a table: totals and notes below it, which are no data.

A row that could be a child's stays, to be refused with the cell that is wrong. Only what no child's row can
be is left out, with a warning.
"""

from collections.abc import Iterator
from typing import Final

import polars as pl

from wlz_calc.finding import Finding
from wlz_calc.read.headings import Sheet

TOTAL: Final = (
    r"(?i)^\s*(?:(?:grand|sub|overall|school|class|year)[\s-]*)?totals?\s*:?$"
    r"|(?i)^\s*(?:averages?|mean|median|count|sum|minimum|maximum)\s*:?$"
)
NOTE: Final = r"(?i)^(?:\*|©|notes?\b|source\b|key\b)|:$|\S\s+\S+\s+\S"
"""What stands in the place of an id and is none: three words, or what notes begin or end with."""


def foot(sheet: Sheet) -> pl.Expr:
    """Over the cells of a sheet: whether a row is no data.

    It is a total by its first column, or comes below the last full row and has a single cell, which is no id.
    """
    return is_total(sheet) | _is_note(sheet)


def below(sheet: Sheet, rows: pl.Series) -> Iterator[Finding]:
    """For a sheet with these rows left out, a warning that counts them and stands at the first.

    Their text is not shown: a note may name somebody.
    """
    if rows.is_empty():
        return
    count = "one row" if rows.len() == 1 else f"{rows.len():,} rows, this one first"
    found, expected = f"{count}: a total or a note", "only rows of data below the headings"
    yield Finding("rows-below-table", sheet.where(rows[0]), found, expected)


def is_total(sheet: Sheet) -> pl.Expr:
    """Whether a row is a total: a label in the first column, or in another where the first is empty."""
    first, *others = sheet.sent
    elsewhere = [pl.col(name).str.contains(TOTAL) for name in others]
    return _true(pl.col(first).str.contains(TOTAL)) | (pl.col(first).is_null() & _any(elsewhere))


def _is_note(sheet: Sheet) -> pl.Expr:
    first, *others = sheet.sent
    if not others:
        return pl.lit(value=False)
    filled = pl.sum_horizontal(pl.col(name).is_not_null() for name in sheet.sent)
    no_id = pl.col(first).is_null() | pl.col(first).str.contains(NOTE)
    return (filled == 1) & no_id & _true(pl.col("row") > _last_full(sheet))


def _last_full(sheet: Sheet) -> pl.Expr:
    """The last row with nothing missing that its table requires, and that is no total."""
    required = [name for name in sheet.sent if sheet.table.column(name).required]
    full = pl.all_horizontal(pl.col(required or list(sheet.sent)).is_not_null())
    return pl.col("row").filter(full & ~is_total(sheet)).max()


def _any(conditions: list[pl.Expr]) -> pl.Expr:
    return _true(pl.any_horizontal(conditions)) if conditions else pl.lit(value=False)


def _true(condition: pl.Expr) -> pl.Expr:
    return condition.fill_null(value=False)
