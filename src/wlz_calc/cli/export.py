"""The command `export journal`: sealed claims as double entry, for ledgers and finance systems."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from wlz_calc.cli.claims import CLOSED
from wlz_calc.cli.ending import misused, refused
from wlz_calc.cli.options import ContractId, Folder, QuarterNamed, example
from wlz_calc.period import Quarter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wlz_calc.claim import Claim
    from wlz_calc.durable import Content

EXAMPLE: Final = example(CLOSED, "wlz-calc export journal 2018-Q3 demo")
export = typer.Typer(help="Sealed claims for the programs of finance.", no_args_is_help=True, epilog=EXAMPLE)


class Ledger(StrEnum):
    """What reads a journal."""

    HLEDGER = "hledger"
    BEANCOUNT = "beancount"
    CSV = "csv"


ENDINGS: Final = {".journal": Ledger.HLEDGER, ".beancount": Ledger.BEANCOUNT, ".csv": Ledger.CSV}
"""What reads a file, by the end of its name."""


@export.command(epilog=EXAMPLE)
def journal(
    quarter: QuarterNamed,
    folder: Folder = Path(),
    contract: ContractId = None,
    ledger: Annotated[
        Ledger | None,
        typer.Option(
            "--format",
            help="What reads it: hledger, beancount or csv.",
            metavar="FORMAT",
            show_default="hledger",
        ),
    ] = None,
    path: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="Write a .journal, .beancount or .csv file instead.", metavar="FILE"
        ),
    ] = None,
    opening: Annotated[
        bool, typer.Option("--opening", help="The opening balance too, claimed by other means.")
    ] = False,
    bare: Annotated[
        bool, typer.Option("--no-accounts", help="Declare no accounts, for a ledger that has them.")
    ] = False,
) -> None:
    """A sealed claim as double entry: who owes what, what earned it, and VAT."""
    from wlz_calc import bookkeeping

    form = _form(ledger, path)
    sealed, found = bookkeeping.show(folder, Quarter.parse(quarter), contract)
    if not sealed or found:
        refused(found)
    content = _content(form, sealed, opening=opening, accounts=not bare)
    if path is None:
        sys.stdout.buffer.write(content)
    else:
        _write(path, content, form, sealed)
    _beside(sealed, opening=opening)


def _form(ledger: Ledger | None, path: Path | None) -> Ledger:
    """What is asked for: by the name of the file, where there is one."""
    if path is None:
        return ledger or Ledger.HLEDGER
    form = ENDINGS.get(path.suffix.lower())
    if form is None:
        from wlz_calc.ratecard.base import listed

        misused(f"cannot write {path.name!r}: expected a name that ends in {listed(ENDINGS)}")
    if ledger not in {None, form}:
        misused(f"cannot write {path.name!r} for {ledger}: its name is one for {form}")
    return form


def _content(form: Ledger, sealed: "Sequence[Claim]", *, opening: bool, accounts: bool) -> bytes:
    from wlz_calc.write.journal import beancount, hledger, rows

    match form:
        case Ledger.HLEDGER:
            return hledger.journal(sealed, opening=opening, accounts=accounts)
        case Ledger.BEANCOUNT:
            return beancount.journal(sealed, opening=opening, accounts=accounts)
        case Ledger.CSV:
            return rows.journal(sealed, opening=opening)


def _write(path: Path, content: bytes, form: Ledger, sealed: "Sequence[Claim]") -> None:
    """The journal, and with a csv its metadata."""
    from wlz_calc.cli.results import put
    from wlz_calc.write.journal import rows

    written: dict[Path, Content] = {path: content}
    if form is Ledger.CSV:
        written |= rows.metadata(sealed, path)
    put(path, written)
    sys.stderr.write(f"written: {', '.join(file.as_posix() for file in written)}\n")


def _beside(sealed: "Sequence[Claim]", *, opening: bool) -> None:
    """What must be said beside a journal."""
    from wlz_calc.write.findings import folded
    from wlz_calc.write.journal.told import caveats

    for claim in sealed:
        for line in caveats(claim, opening=opening):
            sys.stderr.write(folded(f"{line}\n", sys.stderr))
