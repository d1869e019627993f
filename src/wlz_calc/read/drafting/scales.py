"""Scales: on which of the published scales the scores of a file may be."""

from typing import Final

import polars as pl

from wlz_calc.read.drafting.looks import Cells, look
from wlz_calc.read.spelling import plain
from wlz_calc.standards.assessment import SCALES, STATUS_CODES
from wlz_calc.tables import Column, Type

SCORE: Final = Column("score", Type.SCORE)
_STANDARDISED: Final = "standardised_age_score"
_SAYS: Final = {
    "sas": _STANDARDISED,
    "standardised": _STANDARDISED,
    "standardized": _STANDARDISED,
    "gcse": "gcse",
}
"""Words of a heading that name the scale."""


def scales(heading: str, cells: Cells) -> list[str]:
    """The scales that most scores fit: the one that the heading names, or all that cannot be told apart."""
    scores = cells.only(~cells.texts.is_in(STATUS_CODES))
    fit = [name for name in SCALES if scores.filled and _fits(name, scores)]
    named = [name for word in plain(heading).split("_") if (name := _SAYS.get(word)) in fit]
    return named[:1] or fit


def _fits(name: str, cells: Cells) -> bool:
    bounds = SCALES[name].range
    if bounds is None:
        return _judged(name, cells)
    low, high = map(float, bounds)
    numbers = cells.texts.cast(pl.Float64, strict=False)
    return cells.mostly(numbers.is_between(low, high).fill_null(value=False))


def _judged(name: str, cells: Cells) -> bool:
    """Whether half of the cells or more are judgements on a scale of ordered values, not reasons for none."""
    values = SCALES[name].values
    seen = look(SCORE, cells, name)
    meant = [text for text, ours in seen.values.items() if ours in values]
    return cells.count(cells.texts.is_in([*values, *meant])) * 2 >= max(seen.of, 1)
