"""The options that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

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


def _quarter(text: str) -> str:
    try:
        Quarter.parse(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    return text


QuarterText = Annotated[
    str,
    typer.Option(
        "--quarter", "-q", help="2018-Q4, or 2018/19-Q3 by UK financial year.", callback=_quarter, metavar="Q"
    ),
]
ContractId = Annotated[str | None, typer.Option("--contract", help="Only this contract.", metavar="C")]
Printed = Annotated[Format, typer.Option("--format", help="What to print.")]
Timings = Annotated[bool, typer.Option("--timings", help="Say on stderr how long each step took.")]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", help="Write a .csv, .json, .parquet or .xlsx file instead.", metavar="FILE"
    ),
]
DecisionsOutput = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write a .csv, .json or .parquet file instead.", metavar="FILE"),
]
