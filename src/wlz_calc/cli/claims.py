"""The commands of the book: what is sealed, whether it is as it was, and what is done with it."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from typer.core import TyperGroup

from wlz_calc.cli import draw, reconcile
from wlz_calc.cli.book import is_over
from wlz_calc.cli.drafts import SAMPLE
from wlz_calc.cli.ending import misused, refused
from wlz_calc.cli.options import By, ContractId, Folder, Format, Output, Printed, QuarterNamed, Split, example
from wlz_calc.finding import Finding, errors
from wlz_calc.period import Quarter

if TYPE_CHECKING:
    from wlz_calc.claims.sealed import Sealed

DIGEST: Final = re.compile("[0-9a-fA-F]{12,64}")
CLOSED: Final = f'{SAMPLE}\n\nwlz-calc close --quarter 2018-Q3 --by "A. Analyst" demo'


class _Listing(TyperGroup):
    """Without the name of a command the book is listed."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - what Typer's click hands on
        """The arguments, with `list` before what names no command: a folder, or an option of its own.

        Where nothing is said yet and a shell completes it, that may still become the name of a command.
        """
        named = args[0] in self.commands or args[0] == "--help" if args else ctx.resilient_parsing
        return super().parse_args(ctx, args if named else ["list", *args])


claims = typer.Typer(
    help="The sealed quarters.", cls=_Listing, epilog=example(CLOSED, "wlz-calc claims demo")
)


@claims.command("list", epilog=example(CLOSED, "wlz-calc claims demo"))
def list_claims(folder: Folder = Path(), printed: Printed = Format.TABLE) -> None:
    """Every sealed quarter with its total, and what was claimed to date against limits and commitments."""
    from wlz_calc import bookkeeping
    from wlz_calc.write import booked
    from wlz_calc.write.screen import screen

    positions, found = bookkeeping.positions(folder)
    if positions is None:
        refused(found)
    if printed is Format.TABLE:
        booked.show_positions(screen(sys.stdout), positions)
    else:
        sys.stdout.buffer.write(booked.positions_data(positions, as_csv=printed is Format.CSV))


@claims.command(epilog=example(CLOSED, "wlz-calc claims show 2018-Q3 demo"))
def show(
    quarter: QuarterNamed,
    folder: Folder = Path(),
    contract: ContractId = None,
    printed: Printed = Format.TABLE,
    output: Output = None,
    split: Split = None,
) -> None:
    """A claim as it was sealed."""
    from wlz_calc import bookkeeping
    from wlz_calc.cli import results, splits

    parted = splits.place(split, output, printed)
    target = results.target(output)
    whole = split is not None or results.is_workbook(target)
    sealed, found = bookkeeping.show(folder, Quarter.parse(quarter), contract, whole=whole)
    if not sealed:
        refused(found)
    if parted is not None:
        splits.give(sealed, parted)
        return
    if len(sealed) > 1 and (target or printed is not Format.TABLE):
        misused(f"name one with --contract: {', '.join(claim.cards[0].contract for claim in sealed)}")
    for claim in sealed:
        results.give_claim(claim, printed, target)


@claims.command(epilog=example(CLOSED, "wlz-calc claims verify demo"))
def verify(
    folder: Folder = Path(),
    digest: Annotated[
        list[str], typer.Option(help="One that must be in the book, as a schedule shows it.", metavar="HEX")
    ] = [],  # noqa: B006 - Typer copies it
) -> None:
    """Whether every sealed file is as it was sealed, and every claim follows the one before."""
    from wlz_calc import bookkeeping
    from wlz_calc.write import booked

    for one in digest:
        if not DIGEST.fullmatch(one):
            misused(f"cannot read the digest {one!r}: expected its 64 signs, or at least the first 12")
    book, found = bookkeeping.verify(folder, digest)
    if book is None:
        refused(found)
    for claim in book.last:
        sys.stdout.write(
            booked.verified(
                claim.contract, len(book.contracts[claim.contract]), str(claim.quarter), claim.digest
            )
        )
    if not book.sealed:
        sys.stdout.write("Nothing is sealed.\n")
    for path in book.left_over:
        sys.stderr.write(
            f"left over by somebody who was interrupted, and may be deleted: {path.as_posix()}\n"
        )


@claims.command(epilog=example(CLOSED, "wlz-calc claims rerun 2018-Q3 demo"))
def rerun(
    quarter: QuarterNamed,
    folder: Folder = Path(),
    contract: ContractId = None,
    printed: Printed = Format.TABLE,
) -> None:
    """A sealed quarter calculated again from today's files: the lines that would be others."""
    from wlz_calc import bookkeeping
    from wlz_calc.write import booked
    from wlz_calc.write.screen import screen

    drift, found = bookkeeping.rerun(folder, Quarter.parse(quarter), contract)
    if drift is None:
        refused(found)
    if printed is Format.TABLE:
        booked.show_drift(screen(sys.stdout), quarter, drift)
    else:
        sys.stdout.buffer.write(booked.drift_data(drift, as_csv=printed is Format.CSV))


@claims.command(epilog=example(CLOSED, 'wlz-calc claims approve 2018-Q3 --by "B. Director" demo'))
def approve(quarter: QuarterNamed, by: By, folder: Folder = Path(), contract: ContractId = None) -> None:
    """Put on record that a second person agrees to a claim."""
    from wlz_calc import sealing

    named, today = is_over(quarter, folder)
    sealed, found = sealing.approve(folder, named, by=by, on=today, contract=contract)
    _done(found, sealed, f"approved by {by}")


@claims.command(epilog=example(CLOSED, 'wlz-calc claims withdraw 2018-Q3 --by "A. Analyst" demo'))
def withdraw(quarter: QuarterNamed, by: By, folder: Folder = Path(), contract: ContractId = None) -> None:
    """Take back the newest claim, while nobody has approved it; a record of it stays."""
    from wlz_calc import sealing

    named, today = is_over(quarter, folder)
    taken, found = sealing.withdraw(folder, named, by=by, on=today, contract=contract)
    _done(found, taken, f"withdrawn by {by}")


@claims.command(
    "import",
    epilog=example(
        SAMPLE,
        "wlz-calc pay --quarter 2018-Q2 --from-start --output claimed.csv demo",
        'wlz-calc claims import claimed.csv --quarter 2018-Q2 --by "A. Analyst" demo',
    ),
)
def bring_in(
    file: Annotated[Path, typer.Argument(help="Lines, or totals by child and commissioner.", metavar="FILE")],
    quarter: Annotated[str, typer.Option("--quarter", help="The last quarter that it is of.", metavar="Q")],
    by: By,
    folder: Folder = Path(),
    contract: ContractId = None,
) -> None:
    """Seal what was really claimed by other means before, as the opening of the book."""
    from wlz_calc import sealing
    from wlz_calc.write import booked

    named, today = is_over(quarter, folder)
    sealed, found = sealing.bring_in(folder, file, named, by=by, on=today, contract=contract)
    if sealed:
        sys.stdout.write(booked.brought_in(sealed.stated, sealed.digest))
    if errors(found):
        refused(found)


claims.command("reconcile", epilog=reconcile.EXAMPLE)(reconcile.reconcile)
claims.command("draw", epilog=draw.EXAMPLE)(draw.draw)


def _done(found: Sequence[Finding], claims: "Sequence[Sealed]", what: str) -> None:
    """What was done to claims, said of each; and what kept it from being done to all."""
    from wlz_calc.write import booked

    for claim in claims:
        sys.stdout.write(booked.done(claim.contract, str(claim.quarter), what, claim.digest))
    if errors(found):
        refused(found)
