"""Dates of a file that nobody has seen: how they are written, and which cells are written so."""

from typing import Final

import polars as pl

from wlz_calc.read import dateformats, hints
from wlz_calc.read.moments import DAY, MOMENT
from wlz_calc.read.values import DAY_SHAPE
from wlz_calc.tables import Type

_TIME: Final = r"^(\S.*\S)[T ]\d{1,2}:\d{2}(:\d{2})?$"


def dated(texts: pl.Series, kind: Type) -> list[str]:
    """How texts that are no dates of ours may be written; in several ways, where nothing tells which."""
    theirs = texts.filter(~_is_ours(texts, kind))
    if theirs.is_empty():
        return []
    days = theirs.str.replace(_TIME, "${1}")
    patterns = hints.date_formats(days) or ([DAY] if _is_ours(days, Type.DATE).all() else [])
    if kind is Type.MOMENT or not (days != theirs).all():
        return [] if patterns == [DAY] else patterns
    separator = "T" if theirs.str.contains(r"\dT\d").all() else " "
    seconds = ":%S" if theirs.str.count_matches(":").max() == len(("hour", "minute")) else ""
    return [f"{pattern}{separator}%H:%M{seconds}" for pattern in patterns]


def is_dated(texts: pl.Series, pattern: str | None, kind: Type) -> pl.Series:
    """Which texts are dates of ours, or of that pattern; of a moment, with or without a time behind it."""
    ours = _is_ours(texts, kind)
    if pattern is None:
        return ours
    days = texts.str.replace(_TIME, "${1}") if kind is Type.MOMENT else texts
    shaped = days.str.contains(f"^{dateformats.shape(pattern)}$")
    parsed = days.zip_with(shaped, pl.Series([None], dtype=pl.String)).str.to_datetime(pattern, strict=False)
    return ours | parsed.is_not_null()


def _is_ours(texts: pl.Series, kind: Type) -> pl.Series:
    return texts.str.contains(MOMENT if kind is Type.MOMENT else DAY_SHAPE)
