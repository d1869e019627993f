"""The options that several commands share."""

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from wlz_calc.period import Quarter

Folder = Annotated[Path, typer.Argument(help="The programme folder.", show_default="this folder")]


class Format(StrEnum):
    """What a result is printed as."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class FindingsFormat(StrEnum):
    """What findings are printed as."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"


_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def example(*commands: str) -> str:
    """What the help of a command ends with: commands that run as they are printed."""
    return "\n\n".join(["Example:", *commands])


_AMOUNT: Final = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")


def amount(text: str) -> Decimal:
    """Pounds as they were typed: to the penny, without signs."""
    if not _AMOUNT.fullmatch(text):
        raise typer.BadParameter(f"cannot read the amount {text!r}: expected pounds such as 0.50")
    return Decimal(text)


def day_of(text: str) -> str:
    """A day as it was typed, if it can be read."""
    try:
        if _DAY.fullmatch(text):
            date.fromisoformat(text)
            return text
    except ValueError:
        pass
    raise typer.BadParameter(f"cannot read the date {text!r}: expected one such as 2019-03-31")


def quarter_of(text: str) -> str:
    """A quarter as it was typed, if it can be read."""
    try:
        Quarter.parse(text)
    except ValueError as error:
        from wlz_calc.cli.near import did_you_mean_quarter

        raise typer.BadParameter(f"{error}{did_you_mean_quarter(text)}") from error
    return text


QuarterText = Annotated[
    str,
    typer.Option(
        "--quarter",
        "-q",
        help="2018-Q4, or 2018/19-Q3 by UK financial year.",
        callback=quarter_of,
        metavar="Q",
    ),
]
QuarterNamed = Annotated[
    str,
    typer.Argument(help="A quarter, such as 2018-Q4.", callback=quarter_of, metavar="Q", show_default=False),
]
ContractId = Annotated[str | None, typer.Option("--contract", help="Only this contract.", metavar="C")]
Printed = Annotated[
    Format, typer.Option("--format", help="What to print: table, csv or json.", metavar="FORMAT")
]
Timings = Annotated[bool, typer.Option("--timings", help="Say on stderr how long each step took.")]
FromStart = Annotated[bool, typer.Option("--from-start", help="Claim the opening balance too.")]
SetAside = Annotated[
    bool, typer.Option("--set-aside", help="Only what is not in dispute; hold children with errors.")
]
AcceptChanges = Annotated[
    bool,
    typer.Option(
        "--accept-register-changes", help="The register is right about children who were claimed for."
    ),
]


def _named(text: str) -> str:
    if not text.strip():
        raise typer.BadParameter("the name of a person")
    return " ".join(text.split())


By = Annotated[str, typer.Option("--by", help="The name of who does it.", callback=_named, metavar="NAME")]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", help="Write a .csv, .json, .parquet or .xlsx file instead.", metavar="FILE"
    ),
]
Split = Annotated[
    Path | None,
    typer.Option(
        help="Write a workbook for each commissioner, with nothing of any other, in a new folder instead.",
        metavar="DIR",
    ),
]
DecisionsOutput = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write a .csv, .json or .parquet file instead.", metavar="FILE"),
]
