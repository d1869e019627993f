"""The command that makes a programme folder to start from."""

import shlex
import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from wlz_calc.cli.ending import refused

EXAMPLE: Final = "Example:\n\nwlz-calc init our-programme --card kensington-chelsea"


def init(
    folder: Annotated[Path, typer.Argument(help="The folder to make.")],
    card: Annotated[str, typer.Option(help="The name of a shipped card, or a path.", metavar="NAME")],
) -> None:
    """Make a programme folder to start from: settings, blank extracts with an example, and a workflow."""
    from wlz_calc import starting

    started, found = starting.start(folder, card)
    if started is None:
        refused(found)
    sys.stdout.write("".join(f"{(folder / name).as_posix()}\n" for name in started.files))
    named = shlex.quote(folder.as_posix())
    sys.stderr.write(
        "next: put your own extracts in the place of the examples, then\n"
        f"  wlz-calc check {named}\n"
        f"  wlz-calc pay --quarter {started.quarter} {named}\n"
    )
