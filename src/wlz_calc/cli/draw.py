"""The command `claims draw`: a sample of a sealed claim, as a worksheet for whoever verifies it."""

import re
import sys
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from wlz_calc.cli.ending import misused, refused, told
from wlz_calc.cli.options import ContractId, Folder, QuarterNamed
from wlz_calc.finding import Finding, Where, errors
from wlz_calc.period import Quarter
from wlz_calc.write import output

if TYPE_CHECKING:
    from wlz_calc.durable import Content
    from wlz_calc.write.worksheet import Worksheet

EXAMPLE: Final = (
    "Example:\n\nwlz-calc sample demo --card hammersmith-fulham\n\n"
    'wlz-calc close --quarter 2018-Q4 --by "A. Analyst" demo\n\n'
    "wlz-calc claims draw 2018-Q4 demo --rate 0.10 --seed 7"
)
FORMATS: Final = (output.Format.CSV, output.Format.XLSX)
_RATE: Final = re.compile(r"[0-9]?\.?[0-9]{1,9}")
"""A plain decimal: neither an exponent nor a sign."""


class Printed(StrEnum):
    """What the sample is printed as."""

    TABLE = "table"
    CSV = "csv"


def _rate(text: str) -> Decimal:
    """The share to be drawn, exactly as it is typed."""
    if _RATE.fullmatch(text) and 0 < (rate := Decimal(text)) <= 1:
        return rate
    message = f"{text!r} is not a share: expected a number above 0 and not above 1, such as 0.10"
    raise typer.BadParameter(message)


def draw(
    quarter: QuarterNamed,
    rate: Annotated[
        Decimal, typer.Option(help="The share of each stratum, such as 0.10.", parser=_rate, metavar="RATE")
    ],
    seed: Annotated[
        int,
        typer.Option(min=0, help="A number that the verifier chooses: the same draws the same.", metavar="S"),
    ],
    folder: Folder = Path(),
    contract: ContractId = None,
    printed: Annotated[
        Printed, typer.Option("--format", help="What to print: table or csv.", metavar="FORMAT")
    ] = Printed.TABLE,
    path: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write a .csv or .xlsx file instead.", metavar="FILE"),
    ] = None,
) -> None:
    """Draw a sample of what was claimed and of what was not, for a verifier."""
    from wlz_calc import bookkeeping
    from wlz_calc.claims.draw import draw as drawn
    from wlz_calc.cli.results import target
    from wlz_calc.write.worksheet import Worksheet

    file = target(path, FORMATS)
    sealed, found = bookkeeping.with_cards(folder, Quarter.parse(quarter), contract)
    if errors(found):
        refused(found)
    if not sealed:
        misused(f"nothing is sealed for {quarter}{f' of {contract}' if contract else ''}")
    whole = [Worksheet(drawn(claim, cards, rate, seed), cards) for claim, cards in sealed]
    told(found)
    if file is None and printed is Printed.TABLE:
        _show(whole)
    else:
        _give(_only(whole), file)


def _only(worksheets: "list[Worksheet]") -> "Worksheet":
    """A worksheet in a file is that of one claim, whose digest it bears."""
    if len(worksheets) > 1:
        there = ", ".join(worksheet.drawn.contract for worksheet in worksheets)
        misused(f"a worksheet is of one contract: --contract says which of {there}")
    return worksheets[0]


def _show(worksheets: "list[Worksheet]") -> None:
    from wlz_calc.write.drawn import show_worksheet
    from wlz_calc.write.screen import screen

    for worksheet in worksheets:
        show_worksheet(screen(sys.stdout), worksheet)


def _give(worksheet: "Worksheet", file: Path | None) -> None:
    """As csv on stdout, or written; what it is, on stderr."""
    from wlz_calc.write.drawn import beside, worksheet_csv, worksheet_files

    if file is None:
        sys.stdout.buffer.write(worksheet_csv(worksheet))
    else:
        _write(file, worksheet_files(worksheet, file))
    sys.stderr.write(beside(worksheet))


def _write(file: Path, written: "dict[Path, Content]") -> None:
    try:
        output.write_together(written)
    except OSError as error:
        why, expected = (error.strerror or type(error).__name__).lower(), "a file that can be written"
        refused([Finding("output-unwritable", Where(file.as_posix()), why, expected)])
    sys.stderr.write(f"written: {', '.join(each.as_posix() for each in written)}\n")
