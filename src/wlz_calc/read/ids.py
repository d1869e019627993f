"""Ids that are personal themselves: a name, or a UPN. They are refused, and never quoted.

Only the ids of the register need to be looked at where it is read: any other id that is quoted is one that
the register lacks, and `relations.registered` looks at those, each once.
"""

from typing import Final

import polars as pl

from wlz_calc.read.faults import Fault
from wlz_calc.standards.upn import SHAPE, is_upn

EXPECTED: Final = "a pseudonymous id"
_LETTERS: Final = r"[\p{L}'\u2019-]*"
_CAPITALISED: Final = rf"(?:\p{{Lu}}{_LETTERS}\p{{Ll}}{_LETTERS}|\p{{Lu}}[\p{{Lu}}'\u2019-]{{2,}})"
_SECOND: Final = rf"(?:\s+(?:de|der|van|von|la|le|al|el|bin|\p{{Lu}}{_LETTERS})\.?)*"
NAME: Final = (
    rf"{_CAPITALISED}{_SECOND}\s+{_CAPITALISED}"  # Jane Smith, Jane A. O'Brien-Smith, JANE SMITH
    rf"|{_CAPITALISED}(?:\s+{_CAPITALISED})*,\s*\p{{Lu}}{_LETTERS}\.?{_SECOND}"  # Smith, Jane; SMITH,J.
)
"""Two words or more that begin with capitals; one word alone, or one with a digit in it, is no name."""
_SUSPECT: Final = rf"[^!-+\-.-~]|^(?i:{SHAPE})$"
"""A comma, or what is no sign of an id, such as a space: no name is without. To know what is a capital costs
more than to read a small register."""


def wrong_ids(cell: pl.Expr) -> pl.Expr:
    """Whether an id needs a closer look: few do, and they need not be wrong."""
    return cell.str.contains(_SUSPECT).fill_null(value=False)


def is_personal(cell: pl.Expr) -> pl.Expr:
    """Whether an id is a UPN or looks like a name."""
    return is_upn(cell) | is_name(cell)


def is_name(cell: pl.Expr) -> pl.Expr:
    """Whether an id looks like the name of a person; an empty cell does not."""
    return cell.str.contains(f"^(?:{NAME})$").fill_null(value=False)


def personal_ids(column: str) -> list[Fault]:
    """What is personal in a column of ids, in words that do not repeat it."""
    cell = pl.col(column)
    return [
        Fault("id-upn", column, is_upn(cell), EXPECTED, pl.lit("a valid UPN")),
        Fault("id-name", column, is_name(cell), EXPECTED, pl.lit("what looks like a name")),
    ]
