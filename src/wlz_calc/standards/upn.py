"""The unique pupil number (UPN) of schools in England: what one looks like, and its check letter.

A temporary one ends in a letter instead of a digit. Sources: UK Government Data Standards Catalogue, UPN 2.0;
Department for Education, guide to unique pupil numbers. The numbers of authorities are not checked: new ones
would be refused.
"""

from typing import Final

import polars as pl

LETTERS: Final = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The letters in the order of their values; I, O and S would be taken for digits."""
SHAPE: Final = f"[{LETTERS}][0-9]{{11}}[0-9{LETTERS}]"
LENGTH: Final = 13
_VALUES: Final = {digit: int(digit) for digit in "0123456789"} | {
    letter: place for place, letter in enumerate(LETTERS)
}


def is_upn(text: pl.Expr) -> pl.Expr:
    """Whether a text is a UPN with the right check letter, in capitals or not; an empty cell is none."""
    capitals = text.str.to_uppercase()
    shaped = pl.when(capitals.str.contains(f"^{SHAPE}$")).then(capitals)
    letter, *others = (_value(shaped, place) for place in range(LENGTH))
    weighted = pl.sum_horizontal(value * weight for weight, value in enumerate(others, start=2))
    return (letter == weighted % len(LETTERS)).fill_null(value=False)


def _value(text: pl.Expr, place: int) -> pl.Expr:
    return text.str.slice(place, 1).replace_strict(_VALUES, default=None, return_dtype=pl.Int32)
