"""Ledgers: small tables of money that stand beside the extracts, and are read as extracts are.

wlz.yaml says nothing of them: they come in our own headings, each in one file.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

import polars as pl

from wlz_calc.finding import Finding, Where, errors, quote
from wlz_calc.frames import worded
from wlz_calc.money import PENCE_IN_A_POUND
from wlz_calc.places import is_file
from wlz_calc.programme import Origin
from wlz_calc.ratecard.base import listed
from wlz_calc.read.cells import Typed, typed
from wlz_calc.read.collected import Sent
from wlz_calc.read.config import UNSAID
from wlz_calc.read.faults import Fault, findings, named_row
from wlz_calc.read.files import opened
from wlz_calc.read.headings import headed
from wlz_calc.read.parts import SUFFIXES, Part
from wlz_calc.read.received import Opened
from wlz_calc.read.spelling import plain
from wlz_calc.read.values import PENNIES, nothing
from wlz_calc.tables import CLAIMED_LINES, CLAIMED_TOTALS, PAYMENTS, SUM, Table

HINT: Final = "; or "
"""What a message says from here on could be said in wlz.yaml of an extract, and of no ledger."""
POUNDS: Final = pl.Decimal(38, PENNIES)


class _Once(NamedTuple):
    """What no two rows of a table may have alike, and what is expected where two have."""

    code: str
    columns: tuple[str, ...]
    expected: str


_PAYMENT: Final = _Once(
    "payment-twice",
    tuple(column.name for column in PAYMENTS.columns),
    "each payment once, or two references that tell one from the other",
)
_CLAIM: Final = _Once("claimed-twice", (), "one row, with the sum of all that was claimed")
_ONCE: Final = {
    PAYMENTS: _PAYMENT,
    CLAIMED_LINES: _CLAIM._replace(columns=("contract", "child_id", "commissioner", "payment", "number")),
    CLAIMED_TOTALS: _CLAIM._replace(columns=("contract", "child_id", "commissioner")),
}


# ---------------------------------------------------------------- the ledgers


def payments_in(folder: Path, *, wanted: bool) -> tuple[pl.DataFrame | None, list[Finding]]:
    """The payments of a programme folder, from its file of that name; `wanted`: there has to be one."""
    files = [path for suffix in SUFFIXES if is_file(path := folder / f"{PAYMENTS.name}{suffix}")]
    match files:
        case [file]:
            return payments(file, file.name)
        case [first, *others]:
            found = f"{', '.join(quote(other.name) for other in others)} too"
            return None, [Finding("folder-two-files", Where(first.name), found, "one file with all payments")]
        case _ if wanted:
            return None, [_unpaid()]
    return _none(), []


def payments(path: Path, file: str) -> tuple[pl.DataFrame | None, list[Finding]]:
    """Money received: `row` and the columns of tables.PAYMENTS; quarters as `2018-Q4`, sums in pence."""
    return _read(path, file, PAYMENTS.name, lambda _sent: PAYMENTS)


def claimed(path: Path, file: str) -> tuple[pl.DataFrame | None, list[Finding]]:
    """What was claimed before by other means; sums in pence.

    Line by line where there is a heading `payment`: `row` and the columns of tables.CLAIMED_LINES; else by
    child, in those of tables.CLAIMED_TOTALS.
    """
    if not is_file(path):
        expected = f"a file ({listed(SUFFIXES)}) with what was claimed before"
        return None, [Finding("claimed-missing", Where(file), "no such file", expected)]
    return _read(path, file, CLAIMED_LINES.name, _shape_of_claimed)


def _shape_of_claimed(sent: Opened) -> Table:
    return CLAIMED_LINES if "payment" in map(plain, sent.headings) else CLAIMED_TOTALS


def _unpaid() -> Finding:
    headings = ", ".join(column.name for column in PAYMENTS.columns)
    expected = f"{listed(SUFFIXES)} of that name, with the columns {headings}"
    return Finding("payments-missing", Where(f"{PAYMENTS.name}.csv"), "no such file", expected)


def _none() -> pl.DataFrame:
    """Payments without a row."""
    columns = [nothing(column).alias(column.name) for column in PAYMENTS.columns]
    return pl.select(pl.lit(0, dtype=pl.UInt32).alias("row"), *columns).clear()


# ---------------------------------------------------------------- how one is read


def _read(
    path: Path, file: str, name: str, shape: Callable[[Opened], Table]
) -> tuple[pl.DataFrame | None, list[Finding]]:
    """A file through stages 1 to 5, each if the one before found no error."""
    read, found = _cells(path, file, name, shape)
    if read is None:
        return None, [_without_hint(finding) for finding in found]
    found += _wrong(read)
    return (None if errors(found) else read.frame), found


def _cells(
    path: Path, file: str, name: str, shape: Callable[[Opened], Table]
) -> tuple[Typed | None, list[Finding]]:
    """Its cells in their types, or what is wrong with the file, its headings or its cells."""
    sent, found = opened(path, name, file)
    if sent is None:
        return None, found
    sheet, problems = headed(sent, shape(sent))
    found += problems
    if sheet is None:
        return None, found
    parts, problems = typed([Sent(sheet, _part(path, file, name))], {})
    found += problems
    return (None if errors(found) else parts[0]), found


def _part(path: Path, file: str, name: str) -> Part:
    """A part of which nothing is said."""
    said = UNSAID.translation()
    return Part(
        *(name, path, file, None, None),
        columns=said.columns,
        constants=said.constants,
        values=said.values,
        missing=said.missing,
        date_format=said.date_format,
        validated=None,
        where=Where(file),
    )


def _without_hint(finding: Finding) -> Finding:
    return finding._replace(expected=finding.expected.split(HINT)[0])


# ---------------------------------------------------------------- what is wrong with its rows


def _wrong(read: Typed) -> list[Finding]:
    """What is wrong within single rows, or else between two."""
    table, origin = read.sent.sheet.table, read.origin
    once = _ONCE[table]
    firsts = read.frame.with_columns(first_row=pl.col("row").min().over(once.columns))
    within = [] if table is PAYMENTS else [_nothing_claimed()]
    return findings(firsts, origin, within) or findings(firsts, origin, [_again(once, origin)])


def _nothing_claimed() -> Fault:
    shown = worded("`{}`", _pounds(SUM.name))
    return Fault("claimed-nothing", SUM.name, pl.col(SUM.name) <= 0, "more than 0.00", shown)


def _again(once: _Once, origin: Origin) -> Fault:
    said = worded("`{}` (as in {})", _pounds(SUM.name), named_row("first_row", origin))
    return Fault(once.code, SUM.name, pl.col("row") > pl.col("first_row"), once.expected, said)


def _pounds(column: str) -> pl.Expr:
    return (pl.col(column).cast(POUNDS) / PENCE_IN_A_POUND).cast(POUNDS)
