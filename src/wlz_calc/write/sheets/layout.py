"""Layout: how wide the columns of a sheet are, how high its rows, and where its lines and cells stand."""

import textwrap
from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any, Final

import polars as pl

from wlz_calc.money import sterling
from wlz_calc.write.sheets.model import Column, Kind, Line, Sheet

NARROWEST, WIDEST, DIGEST = 9, 44, 64
MARGIN: Final = 3
FILLED: Final = 0.9
"""How much of a line is filled by words that wrap."""
LINE_HEIGHT: Final = 15
TEXT_WIDTH: Final = 100
"""How wide a line of text may run where the table below it is narrower."""
UNSAID: Final = 8
"""How wide a column is at least of which nothing is said."""
MONEY_WIDTH: Final = 14


def heights(sheet: Sheet) -> list[tuple[int, int]]:
    """The rows, counted from 1, in which text wraps, and how high each is: not every reader works it out."""
    wraps = [
        _lines(pl.col(column.name).str.len_chars(), _widest(column))
        for column in sheet.columns
        if column.kind is Kind.TEXT and column.name != "sha256"
    ]
    lines = sheet.rows.select(pl.int_range(1, pl.len() + 1).alias("row"), lines=pl.max_horizontal(wraps))
    wrapped = lines.filter(pl.col("lines") > 1)
    return [(row, int(count) * LINE_HEIGHT) for row, count in wrapped.iter_rows()]


def top(sheet: Sheet) -> int:
    """The row with the headings of the columns."""
    return len(wrapped(sheet.heading, sum(widths(sheet)))) + 2


def total_row(sheet: Sheet, total: int) -> int:
    """The row of one of the totals, counted from 0."""
    return top(sheet) + sheet.rows.height + 1 + total


def end(sheet: Sheet) -> int:
    """The last row with the text of a sheet, before what is to be signed."""
    notes = wrapped(sheet.notes, sum(widths(sheet)))
    return top(sheet) + sheet.rows.height + len(sheet.totals) + (len(notes) + 1 if notes else 0)


def place(sheet: Sheet, name: str) -> int:
    """Which column has that name, counted from 1."""
    return [column.name for column in sheet.columns].index(name) + 1


def reach(columns: Sequence[int], lines: Iterable[Line]) -> int:
    """How many columns a page needs, where lines of text run on beyond those of the table."""
    beyond = max((len(text) for text, _ in lines), default=0) - sum(columns)
    return len(columns) + max(0, ceil(beyond / UNSAID))


def _lines(characters: pl.Expr, widest: int) -> pl.Expr:
    return pl.when(characters > widest).then((characters / FILLED / widest).ceil())


def widths(sheet: Sheet) -> list[int]:
    """The width of every column, in characters."""
    return [_width(column, sheet) for column in sheet.columns]


def _width(column: Column, sheet: Sheet) -> int:
    """As wide as the longest cell, within reason: text wraps, figures never do."""
    least = len(column.title) if column.widest else NARROWEST
    shown = [len(column.title), *(_shown(column, total.get(column.name)) for total in sheet.totals)]
    if column.kind in {Kind.SUM, Kind.VERDICT}:
        return max(len(column.title), MONEY_WIDTH) + MARGIN
    cells = sheet.rows[column.name]
    if column.kind is Kind.TEXT:
        shown += [len(text) for text in cells.unique().drop_nulls()] or [column.widest]
        return max(least, min(max(shown), _widest(column))) + MARGIN
    shown += [_shown(column, value) for value in (cells.min(), cells.max())]
    return max(least, *shown) + MARGIN


def _widest(column: Column) -> int:
    """Where its text begins to wrap; a digest never does."""
    return DIGEST if column.name == "sha256" else column.widest or WIDEST


def _shown(column: Column, value: Any) -> int:  # noqa: ANN401 - a cell of a frame
    """How many characters a value takes."""
    if column.kind is Kind.MONEY and value is not None:
        return len(sterling(value))
    return len(str(value or ""))


def wrapped(lines: Iterable[Line], width: int) -> list[Line]:
    """Lines of text broken at the width of the table, so that none runs off the page."""
    return [
        (piece, style)
        for text, style in lines
        for piece in textwrap.wrap(text, max(width, TEXT_WIDTH), subsequent_indent=_indent(text)) or [""]
    ]


def _indent(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]
