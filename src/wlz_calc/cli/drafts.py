"""The command that drafts what wlz.yaml has to say of a file.

The draft alone is on stdout. The first rows as they would be read are on stderr, children by the first
character of their ids.
"""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from wlz_calc.cli.ending import refused

SAMPLE: Final = "wlz-calc sample demo --card kensington-chelsea --children 60 --seed 1"
EXAMPLE: Final = f"Example:\n\n{SAMPLE}\n\nwlz-calc draft-map demo/extracts/sdq.csv --table sdq --folder demo"


class TableName(StrEnum):
    """The tables of a programme (see `read.config`, which costs a start too much to be asked)."""

    CHILDREN = "children"
    SCHOOLS = "schools"
    ENGAGEMENT = "engagement"
    ATTENDANCE = "attendance"
    ATTAINMENT = "attainment"
    SDQ = "sdq"
    SURVEY = "survey"


def draft_map(
    file: Annotated[Path, typer.Argument(help="The file: csv, xlsx, ods or parquet.")],
    table: Annotated[
        TableName,
        typer.Option("--table", "-t", help=f"The table: {', '.join(TableName)}.", metavar="TABLE"),
    ],
    folder: Annotated[
        Path, typer.Option(help="The programme folder, from which wlz.yaml names the file.", metavar="FOLDER")
    ] = Path(),
    sheet: Annotated[
        str | None, typer.Option(help="The sheet, if not the one that fits best.", metavar="NAME")
    ] = None,
) -> None:
    """Draft what wlz.yaml has to say of a file, to be put under `extracts:`.

    Each guess has a comment; what only a person knows is left open.
    """
    from wlz_calc.read.drafting.draft import draft
    from wlz_calc.write.preview import show_preview
    from wlz_calc.write.screen import screen

    drafted, found = draft(file, table.value, folder, sheet=sheet)
    if drafted is None:
        refused(found)
    show_preview(screen(sys.stderr), drafted.preview)
    sys.stdout.write(drafted.text)
