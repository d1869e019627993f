"""Children: which heading may be that of their ids. It is never taken for certain."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import polars as pl

from wlz_calc.read.drafting.looks import Cells
from wlz_calc.read.drafting.names import words
from wlz_calc.read.ids import is_personal
from wlz_calc.read.spelling import plain
from wlz_calc.tables import CHILD, LONGEST_ID, Table


class Ids(NamedTuple):
    """The headings that may be the child's id; whether they are called so; those whose cells are personal."""

    headings: tuple[str, ...] = ()
    are_called_so: bool = False
    refused: tuple[str, ...] = ()


def ids(table: Table, headings: Sequence[str], cells: Mapping[str, Cells]) -> Ids:
    """Among the headings that stand for nothing else: those called so, or without them those that look so."""
    called = [heading for heading in headings if plain(heading) in words(CHILD, table)]
    refused = tuple(heading for heading in called if is_refused(cells[heading]))
    if named := tuple(heading for heading in called if _may_be(cells[heading])):
        return Ids(named, are_called_so=True, refused=refused)
    return Ids(tuple(each for each in headings if _looks(cells[each])), refused=refused)


def is_refused(cells: Cells) -> bool:
    """Whether a cell is a UPN or looks like a name."""
    return bool(cells.texts.to_frame("cell").select(is_personal(pl.col("cell")).any()).item())


def _may_be(cells: Cells) -> bool:
    """Whether most cells are short, with a figure in them, and no dates, fractions or sentences."""
    texts = cells.texts
    shaped = texts.str.contains(r"\d") & ~texts.str.contains(r"[./:,%\s]|\d-\d+-\d")
    fits = cells.count(shaped & (texts.str.len_chars() <= LONGEST_ID))
    return not is_refused(cells) and fits * 2 > cells.filled


def _looks(cells: Cells) -> bool:
    """The same where no heading says so: with a letter, a zero in front or four digits, as no count."""
    return _may_be(cells) and cells.mostly(cells.texts.str.contains(r"\pL|^0\d|\d{4}"))
