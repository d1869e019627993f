"""Gaps: marks that were not made and scores that are not there, counted; they are never noughts.

Source: extracts, attendance, attainment, sdq, survey.
"""

from collections.abc import Iterator, Sequence

import polars as pl

from wlz_calc.finding import Finding, Where
from wlz_calc.read.files import Sheet
from wlz_calc.standards import sdq
from wlz_calc.standards.attendance import MISSING_MARKS


def gaps(sheets: Sequence[Sheet]) -> list[Finding]:
    """For each extract with gaps a warning that counts them, and stands at the first."""
    return [finding for sheet in sheets for finding in _gaps(sheet)]


def _gaps(sheet: Sheet) -> Iterator[Finding]:
    columns = sheet.cells.columns
    if "code" in columns:
        unmade = pl.col("code").is_null() | pl.col("code").is_in(MISSING_MARKS)
        yield from _counted(sheet, "marks-missing", "code", unmade, "a mark for every session")
    if "score" in columns:
        yield from _counted(
            sheet, "score-missing", "score", pl.col("score").is_null(), "a score in every row"
        )
    if sheet.table.name == "sdq":
        said = [name for name in (*sdq.ITEMS, *sdq.SUBSCALES, "total") if name in columns]
        nothing = pl.all_horizontal(pl.col(said).is_null())
        yield from _counted(sheet, "score-missing", said[0], nothing, "answers or scores in every row")


def _counted(sheet: Sheet, code: str, column: str, missing: pl.Expr, expected: str) -> Iterator[Finding]:
    rows = sheet.cells.filter(missing).get_column("row")
    if not rows.is_empty():
        found = f"none in {rows.len():,} of {sheet.cells.height:,} rows, this one first"
        yield Finding(code, Where(sheet.file, rows[0], column), found, expected)
