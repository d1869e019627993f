"""The command that shows what became of the children: the outcomes framework as of a day."""

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from wlz_calc.cli.drafts import SAMPLE
from wlz_calc.cli.ending import misused, refused, told
from wlz_calc.cli.options import ContractId, Folder, Format, Printed, Timings, day_of
from wlz_calc.cli.watch import watching

if TYPE_CHECKING:
    from wlz_calc.monitored import Results

EXAMPLE: Final = f"Example:\n\n{SAMPLE}\n\nwlz-calc results --as-of 2020-06-30 --by phase demo"
USUAL: Final = 5


class Split(StrEnum):
    """What results can be split by (see `monitored.By`, which costs a start too much to be asked)."""

    ALL = "all"
    PHASE = "phase"
    SCHOOL = "school"
    PARTNER = "partner"
    COHORT = "cohort"


Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write a .csv or .json file instead.", metavar="FILE"),
]


class Least(StrEnum):
    """Below what counts are not published."""

    FIVE = "5"
    TEN = "10"


def results(
    as_of: Annotated[
        str,
        typer.Option("--as-of", help="What is known on this day.", callback=day_of, metavar="DATE"),
    ],
    folder: Folder = Path(),
    by: Annotated[Split, typer.Option(help="Split by one thing; a cohort is an academic year.")] = Split.ALL,
    publish: Annotated[
        bool, typer.Option("--publish", help="Suppress what would tell small counts.")
    ] = False,
    suppress: Annotated[
        Least | None, typer.Option(help="With --publish, counts below this.", show_default=str(USUAL))
    ] = None,
    contract: ContractId = None,
    printed: Printed = Format.TABLE,
    output: Output = None,
    timings: Timings = False,
) -> None:
    """What became of the children on every measure, paid or only monitored, and the payments beside it."""
    from wlz_calc import pipeline
    from wlz_calc.cli.results import target
    from wlz_calc.monitored import By
    from wlz_calc.write.figures import FORMATS

    if suppress and not publish:
        misused("--suppress is for --publish")
    file = target(output, FORMATS)
    with watching(timings=timings):
        found_results, found = pipeline.results(
            folder,
            date.fromisoformat(as_of),
            By(by.value),
            contract=contract,
            least=int(suppress or USUAL) if publish else None,
        )
        if found_results is None:
            refused(found)
        if not publish:
            told(found)  # they name children
        _give(found_results, printed, file)


def _give(found: "Results", printed: Format, file: Path | None) -> None:
    """The results, printed or written."""
    from wlz_calc.write import figures

    if file is not None:
        from wlz_calc.cli.results import put

        written = figures.result_files(found, file)
        put(file, written)
        _beside(found)
        sys.stderr.write(f"written: {', '.join(each.as_posix() for each in written)}\n")
    elif printed is Format.TABLE:
        from wlz_calc.write.results import show_results
        from wlz_calc.write.screen import screen

        show_results(screen(sys.stdout), found)
    else:
        as_data = figures.results_csv if printed is Format.CSV else figures.results_json
        as_data(found)(sys.stdout.buffer)
        _beside(found)


def _beside(found: "Results") -> None:
    """What the columns of a csv leave no room for, on stderr."""
    from wlz_calc.write.words import banner

    for contract, terms in found.illustrative.items():
        sys.stderr.write(f"{banner(terms)} ({contract})\n")
