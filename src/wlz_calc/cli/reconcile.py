"""The command that sets what was paid beside what was claimed."""

import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from wlz_calc.cli.ending import Exit, misused, refused, told
from wlz_calc.cli.options import ContractId, Folder, Format, Printed, amount, day_of
from wlz_calc.money import pence

if TYPE_CHECKING:
    import polars as pl

    from wlz_calc.write.reconciled import Asked

EXAMPLE: Final = (
    "Example:\n\nwlz-calc sample year-one --card kensington-chelsea --children 60 --seed 1"
    "\n\nwlz-calc claims reconcile --as-of 2019-03-31 year-one"
)


def reconcile(
    as_of: Annotated[
        str,
        typer.Option(
            "--as-of", help="Payments up to this day, and ages on it.", callback=day_of, metavar="DATE"
        ),
    ],
    folder: Folder = Path(),
    tolerance: Annotated[
        Decimal | None,
        typer.Option(
            help="How many pounds a claim may differ by.",
            parser=amount,
            metavar="AMOUNT",
            show_default="0.00",
        ),
    ] = None,
    contract: ContractId = None,
    printed: Printed = Format.TABLE,
) -> None:
    """What was claimed, what was paid, what differs and since when; 1 if anything differs by too much."""
    from wlz_calc import bookkeeping
    from wlz_calc.claims.reconciled import outside
    from wlz_calc.write.reconciled import Asked

    day, tolerated = date.fromisoformat(as_of), pence(tolerance or Decimal())
    rows, found = bookkeeping.reconcile(folder, day)
    if rows is None:
        refused(found)
    told(found)
    own = rows if contract is None else _of(contract, rows)
    beyond = outside(own, tolerated).height
    _give(own, Asked(day, tolerated, beyond), printed)
    raise typer.Exit(Exit.FINDINGS if beyond else Exit.FINE)


def _of(contract: str, rows: "pl.DataFrame") -> "pl.DataFrame":
    parts = rows.partition_by("contract", as_dict=True)
    if (contract,) not in parts:
        from wlz_calc.cli.near import did_you_mean

        there = [str(name) for (name,) in parts]
        near, listed = did_you_mean(contract, there), ", ".join(there) or "none"
        misused(f"nothing was claimed or paid on the contract {contract!r}{near}; there are {listed}")
    return parts[contract,]


def _give(rows: "pl.DataFrame", asked: "Asked", printed: Format) -> None:
    from wlz_calc.write import reconciled as write

    if printed is Format.TABLE:
        from wlz_calc.write.screen import screen

        write.show_reconciled(screen(sys.stdout), rows, asked)
    else:
        as_data = write.reconciled_csv(rows) if printed is Format.CSV else write.reconciled_json(rows, asked)
        as_data(sys.stdout.buffer)
