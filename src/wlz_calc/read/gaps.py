"""Gaps: marks that were not made and scores that are not there, counted; they are never noughts.

Source: extracts, attendance, attainment, sdq, survey.
"""

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from wlz_calc.finding import Finding
from wlz_calc.programme import Origin
from wlz_calc.read.headings import Sheet
from wlz_calc.standards import sdq
from wlz_calc.standards.attendance import MISSING_MARKS


def gap(sheet: Sheet) -> pl.Expr:
    """Whether a row of text has nothing where a mark or a score was due."""
    if "code" in sheet.sent:
        return pl.col("code").is_null() | pl.col("code").is_in(MISSING_MARKS)
    if "score" in sheet.sent:
        return pl.col("score").is_null()
    if said := _said(sheet):
        return pl.all_horizontal(pl.col(said).is_null())
    return pl.lit(value=False)


class Gaps(NamedTuple):
    """How many rows of a part are gaps, and the first of them."""

    number: int
    first: int


def gaps(sheet: Sheet, there: Gaps, origin: Origin) -> Iterator[Finding]:
    """For a part with gaps, a warning that counts them and stands at the first."""
    if not there.number:
        return
    found = f"none in {there.number:,} of {origin.parts[0].rows:,} rows, this one first"
    code, column, expected = "score-missing", "score", "a score in every row"
    if "code" in sheet.sent:
        code, column, expected = "marks-missing", "code", "a mark for every session"
    elif sheet.table.name == "sdq":
        column, expected = _said(sheet)[0], "answers or scores in every row"
    yield Finding(code, origin.where(there.first, column), found, expected)


def _said(sheet: Sheet) -> list[str]:
    """The columns of a questionnaire that say something; other tables have none of them."""
    return [name for name in (*sdq.ITEMS, *sdq.SUBSCALES, "total") if name in sheet.sent]
