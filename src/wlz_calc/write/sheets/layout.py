"""Layout: how wide the columns of a sheet are, how high its rows, and where its lines of text break."""

import textwrap
from collections.abc import Iterable
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


def heights(sheet: Sheet) -> list[tuple[int, int]]:
    """The rows, counted from 1, in which text wraps, and how high each is: not every reader works it out."""
    wraps = [
        _lines(pl.col(column.name).str.len_chars(), _widest(column))
        for column in sheet.columns
        if column.kind is Kind.TEXT and _widest(column) != DIGEST
    ]
    lines = sheet.rows.select(pl.int_range(1, pl.len() + 1).alias("row"), lines=pl.max_horizontal(wraps))
    wrapped = lines.filter(pl.col("lines") > 1)
    return [(row, int(count) * LINE_HEIGHT) for row, count in wrapped.iter_rows()]


def _lines(characters: pl.Expr, widest: int) -> pl.Expr:
    return pl.when(characters > widest).then((characters / FILLED / widest).ceil())


def widths(sheet: Sheet) -> list[int]:
    """The width of every column, in characters."""
    return [_width(column, sheet) for column in sheet.columns]


def _width(column: Column, sheet: Sheet) -> int:
    """As wide as the longest cell, within reason: text wraps, figures never do."""
    least = len(column.title) if column.widest else NARROWEST
    shown = [len(column.title), *(_shown(column, total.get(column.name)) for total in sheet.totals)]
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
