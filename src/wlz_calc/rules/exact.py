"""Exact arithmetic in expressions: fractions of whole numbers, and values that change with the date.

Nothing is ever rounded or compared as a binary floating number. Products are taken in 128 bits, so that two
rates can be set against each other and against a threshold of nine decimals.
"""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple, TypeVar

import polars as pl

from wlz_calc.ratecard.base import steps

T = TypeVar("T")


def _wide(expr: pl.Expr) -> pl.Expr:
    return expr.cast(pl.Int128)


def _whole(number: int) -> pl.Expr:
    return pl.lit(number, dtype=pl.Int128)


class Ratio(NamedTuple):
    """A fraction `value / of` of whole-number expressions; `of` is positive. Missing stays missing."""

    value: pl.Expr
    of: pl.Expr

    def __sub__(self, other: "Ratio") -> "Ratio":
        mine, theirs = _wide(self.value) * _wide(other.of), _wide(other.value) * _wide(self.of)
        return Ratio(mine - theirs, _wide(self.of) * _wide(other.of))

    def _beside(self, number: Fraction) -> tuple[pl.Expr, pl.Expr]:
        return _wide(self.value) * _whole(number.denominator), _wide(self.of) * _whole(number.numerator)

    def at_least(self, number: Fraction) -> pl.Expr:
        """Whether it is that number or more."""
        mine, theirs = self._beside(number)
        return mine >= theirs

    def above(self, number: Fraction) -> pl.Expr:
        """Whether it is more than that number."""
        mine, theirs = self._beside(number)
        return mine > theirs


def in_force(dated: Mapping[date, T], on: pl.Expr, then: Callable[[T], pl.Expr]) -> pl.Expr:
    """An expression made of the value in force on a day that differs from child to child.

    The first value also stands for days before its date: a card on which that could be asked is refused.
    """
    (_, first), *later = steps(dated)
    result = then(first)
    for start, value in later:
        result = pl.when(on >= start).then(then(value)).otherwise(result)
    return result
