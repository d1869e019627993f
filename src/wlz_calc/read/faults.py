"""From a frame with something wrong in it to findings: one for each row and column, quoting the cell."""

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from wlz_calc.finding import Finding, quote
from wlz_calc.frames import worded
from wlz_calc.programme import Origin
from wlz_calc.standards.assessment import DECIMALS, POINT

ROW = "row"


class Fault(NamedTuple):
    """Something that can be wrong with a row: where `holds`, `column` is at fault.

    `expected` is a text, or an expression that gives one for each row; it is the same for all rows of one
    cause. `found` is the cell in quotes, or an expression that says more.
    """

    code: str
    column: str
    holds: pl.Expr
    expected: str | pl.Expr
    found: pl.Expr | None = None


def findings(frame: pl.DataFrame, origin: Origin, faults: list[Fault]) -> list[Finding]:
    """The findings of one stage in one origin, in the order of its rows; nothing is read twice.

    `frame` has the row number as `row`.
    """
    if not faults or frame.is_empty():
        return []
    flags = [fault.holds.fill_null(value=False).alias(str(n)) for n, fault in enumerate(faults)]
    flagged = frame.lazy().select(flags)  # lazily, so that what several faults share is computed once
    there = flagged.select(pl.all().any()).collect().row(0)
    if not any(there):
        return []
    holds = flagged.collect()
    found = [
        (row, n, finding)
        for n, fault in enumerate(faults)
        if there[n]
        for row, finding in _found(frame.filter(holds.to_series(n)), origin, fault)
    ]
    return [finding for _, _, finding in sorted(found, key=lambda item: item[:2])]


def named_row(row: str, origin: Origin) -> pl.Expr:
    """Another row as a message names it; `row`: the column with its number in the table."""
    first, *others = origin.parts
    named = worded("row {}", row)
    if others:
        named = worded(f"row {{}} of {first.file}", row)
    for part in others:
        own = worded(f"row {{}} of {part.file}", pl.col(row) - part.after)
        named = pl.when(pl.col(row) > part.after).then(own).otherwise(named)
    return named


def beside_first(said: str, first: str, first_row: str, origin: Origin) -> pl.Expr:
    """What a row says beside what the first of its kind says; each argument names a column."""
    row = named_row(first_row, origin)
    same = worded("`{}` (as in {})", said, row)
    other = worded("`{}` ({} has `{}`)", said, row, first)
    return pl.when(pl.col(said) == pl.col(first)).then(same).otherwise(other)


def points(column: str) -> pl.Expr:
    """A score in points, not in ten-thousandths of them, exactly."""
    size = pl.col(column).abs()
    sign = pl.when(pl.col(column) < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    decimals = (size % POINT).cast(pl.String).str.zfill(DECIMALS)
    return worded("{}{}.{}", sign, size // POINT, decimals).str.strip_chars_end("0").str.strip_suffix(".")


def _found(wrong: pl.DataFrame, origin: Origin, fault: Fault) -> Iterator[tuple[int, Finding]]:
    expected = pl.lit(fault.expected) if isinstance(fault.expected, str) else fault.expected
    said = pl.col(fault.column).cast(pl.String) if fault.found is None else fault.found
    shown = wrong.select(row=ROW, found=said.fill_null(""), expected=expected)
    for row, found, wanted in shown.iter_rows():
        text = quote(found) if fault.found is None and found else found
        yield row, Finding(fault.code, origin.where(row, fault.column), text, wanted)
