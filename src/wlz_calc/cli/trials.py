"""The commands that try rate cards: `cards diff` and `cards test`."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from wlz_calc.cli.ending import Exit, refused, told
from wlz_calc.cli.options import Format, Printed
from wlz_calc.cli.watch import watching

if TYPE_CHECKING:
    from wlz_calc.finding import Finding

DIFF_EXAMPLE: Final = "Example:\n\nwlz-calc cards diff hammersmith-fulham kensington-chelsea"
TEST_EXAMPLE: Final = "Example:\n\nwlz-calc cards test hammersmith-fulham"

Before = Annotated[str, typer.Argument(help="The earlier card: a shipped one, or a path.", metavar="A")]
After = Annotated[str, typer.Argument(help="The later card: a shipped one, or a path.", metavar="B")]
History = Annotated[
    Path | None,
    typer.Argument(help="A programme folder: what it would claim under each.", metavar="FOLDER"),
]
Cards = Annotated[
    list[str] | None,
    typer.Argument(help="Shipped cards, or paths.", metavar="CARD", show_default="those shipped"),
]


def diff(before: Before, after: After, folder: History = None, printed: Printed = Format.TABLE) -> None:
    """What two cards say otherwise, field by field; with a folder, whom it would have been paid for."""
    from wlz_calc.ratecard.difference import differences
    from wlz_calc.read.cards import named_card
    from wlz_calc.write import differences as write
    from wlz_calc.write.screen import screen

    (first, wrong), (second, wrong_too) = named_card(before), named_card(after)
    if first is None or second is None:
        refused([*wrong, *wrong_too])
    found, history = differences(first.card, second.card), None
    if folder is not None:
        from wlz_calc import trying

        with watching(timings=False):
            history, problems = trying.what_if(folder, first.card, second.card)
        if history is None:
            refused(problems)
        _pointed_to(problems, folder)
    if printed is Format.JSON:
        write.as_json(found, history)(sys.stdout.buffer)
    elif printed is Format.CSV:
        as_csv = write.what_if_csv(history) if history else write.differences_csv(found)
        as_csv(sys.stdout.buffer)
    else:
        console = screen(sys.stdout)
        write.show_differences(console, first.card, second.card, found)
        if history:
            write.show_what_if(console, history)


def _pointed_to(warnings: Sequence["Finding"], folder: Path) -> None:
    """Where warnings about the extracts are, which are in the way of what is about cards."""
    from wlz_calc.write.words import counted

    if warnings:
        said = f"{counted(len(warnings), 'warning')} about the extracts: wlz-calc check {folder}"
        sys.stderr.write(f"{said}\n")


def try_cases(names: Cards = None) -> None:
    """Run the worked cases beside cards: silent about those that come out as they say."""
    from wlz_calc import trying
    from wlz_calc.read.cards import shipped
    from wlz_calc.write.screen import screen
    from wlz_calc.write.trials import show_trial

    console, ended = screen(sys.stdout), Exit.FINE
    for name in names or shipped():
        with watching(timings=False):
            trial, found = trying.trial(name)
        if trial is None:
            refused(found)
        told(found)
        show_trial(console, trial)
        ended = Exit.FINDINGS if trial.failed else ended
    raise typer.Exit(ended)
