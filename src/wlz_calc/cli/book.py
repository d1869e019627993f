"""The command that closes a quarter, and the one that shows how one quarter's position became another's."""

import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Final

import typer

from wlz_calc.cli.drafts import SAMPLE
from wlz_calc.cli.ending import misused, refused, told
from wlz_calc.cli.options import (
    AcceptChanges,
    By,
    ContractId,
    Folder,
    Format,
    FromStart,
    Printed,
    QuarterText,
    SetAside,
    Timings,
    amount,
    quarter_of,
)
from wlz_calc.cli.watch import watching
from wlz_calc.finding import Finding, Where, errors
from wlz_calc.period import Quarter

CLOSE_EXAMPLE: Final = f'Example:\n\n{SAMPLE}\n\nwlz-calc close --quarter 2018-Q3 --by "A. Analyst" demo'
BRIDGE_EXAMPLE: Final = f"Example:\n\n{SAMPLE}\n\nwlz-calc bridge --from 2018-Q2 --to 2018-Q3 demo"


def is_over(quarter: str, folder: Path) -> tuple[Quarter, date]:
    """The quarter, if it is over, and today: the door alone asks the clock."""
    closing, today = Quarter.parse(quarter), date.today()  # noqa: DTZ011 - the day where the person is who closes
    if closing.end >= today:
        found = f"{closing}, which ends on {closing.end}"
        refused([Finding("book-open", Where(folder.as_posix()), found, "a quarter that is over")])
    return closing, today


def close(
    quarter: QuarterText,
    by: By,
    folder: Folder = Path(),
    contract: ContractId = None,
    from_start: FromStart = False,
    set_aside: SetAside = False,
    accept_register_changes: AcceptChanges = False,
    accept_reversals: Annotated[
        Decimal | None,
        typer.Option(help="So much is meant to go back, to the penny.", metavar="AMOUNT", parser=amount),
    ] = None,
    timings: Timings = False,
) -> None:
    """Seal the claim of a quarter that is over, for each contract."""
    from wlz_calc import sealing
    from wlz_calc.write.booked import closed

    closing, today = is_over(quarter, folder)
    with watching(timings=timings):
        sealed, found = sealing.close(
            folder,
            closing,
            by=by,
            on=today,
            contract=contract,
            from_start=from_start,
            set_aside=set_aside,
            accept_register_changes=accept_register_changes,
            accept_reversals=accept_reversals,
        )
    for claim in sealed:
        sys.stdout.write(closed(claim.stated, claim.digest))
    if errors(found):
        refused(errors(found))
    told(found)


def bridge(
    start: Annotated[
        str, typer.Option("--from", help="Up to the end of this quarter.", callback=quarter_of, metavar="Q")
    ],
    end: Annotated[
        str, typer.Option("--to", help="And up to that of this one.", callback=quarter_of, metavar="Q")
    ],
    folder: Folder = Path(),
    contract: ContractId = None,
    printed: Printed = Format.TABLE,
) -> None:
    """Every penny between two quarters' positions, by cause."""
    from wlz_calc import bookkeeping
    from wlz_calc.write import booked
    from wlz_calc.write.screen import screen

    since, until = Quarter.parse(start), Quarter.parse(end)
    if since >= until:
        misused(f"--from {since} is not before --to {until}")
    steps, found = bookkeeping.bridge(folder, since, until, contract)
    if steps is None:
        refused(found)
    if printed is Format.TABLE:
        booked.show_bridge(screen(sys.stdout), steps)
    else:
        sys.stdout.buffer.write(booked.bridge_data(steps, as_csv=printed is Format.CSV))
