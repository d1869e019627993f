"""The commands, and the examples that their help ends with."""

import os
import sys
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup

from wlz_calc import __version__
from wlz_calc.cli import book, claims, completion, drafts, explain, export, library, outcomes, start
from wlz_calc.cli.ending import Exit, code_of, known, misused, refused, told
from wlz_calc.cli.options import (
    AcceptChanges,
    ContractId,
    DecisionsOutput,
    FindingsFormat,
    Folder,
    Format,
    FromStart,
    Output,
    Printed,
    QuarterText,
    SetAside,
    Split,
    Timings,
    example,
)
from wlz_calc.cli.watch import watching
from wlz_calc.period import Quarter

ORDER: Final = (
    *("init", "sample", "draft-map", "check", "pay", "decisions", "explain", "results"),
    *("close", "claims", "bridge", "export", "cards", "finding", "completion"),
)
"""The commands as somebody comes to need them."""


class _InOrder(TyperGroup):
    """The commands in that order, whichever was made known first."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401 - what Typer's click hands on
        return sorted(super().list_commands(ctx), key=ORDER.index)


app = typer.Typer(
    name="wlz-calc",
    cls=_InOrder,
    help="What is owed under an outcomes contract: to the penny, and with the reason why.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    epilog="Example:\n\nwlz-calc cards list",
)
app.add_typer(library.cards, name="cards")
app.command("finding", epilog=library.FINDING_EXAMPLE)(library.finding)
app.command("draft-map", epilog=drafts.EXAMPLE)(drafts.draft_map)
app.command("init", epilog=start.EXAMPLE)(start.init)
app.command("completion", epilog=completion.EXAMPLE)(completion.completion)

app.command("explain", epilog=explain.EXAMPLE)(explain.explain)
app.command("results", epilog=outcomes.EXAMPLE)(outcomes.results)
app.command("close", epilog=book.CLOSE_EXAMPLE)(book.close)
app.command("bridge", epilog=book.BRIDGE_EXAMPLE)(book.bridge)
app.add_typer(claims.claims, name="claims")
app.add_typer(export.export, name="export")

SAMPLE = drafts.SAMPLE


def _version(*, wanted: bool) -> None:
    if wanted:
        typer.echo(f"wlz-calc {__version__}")
        raise typer.Exit


@app.callback()
def wlz_calc(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            help="Show the version.",
            callback=lambda value: _version(wanted=value),
            is_eager=True,
        ),
    ] = False,
) -> None:
    """What is owed under an outcomes contract: to the penny, and with the reason why."""


@app.command(epilog=example(SAMPLE, "wlz-calc check demo"))
def check(
    folder: Folder = Path(),
    printed: Annotated[
        FindingsFormat, typer.Option("--format", help="What to print: text, csv or json.", metavar="FORMAT")
    ] = FindingsFormat.TEXT,
    part: Annotated[
        str | None, typer.Option(help="Only this file, and nothing of others, to send back.", metavar="NAME")
    ] = None,
    all_rows: Annotated[
        bool, typer.Option("--all", help="Every row of a cause, not only the first.")
    ] = False,
    timings: Timings = False,
) -> None:
    """Check a programme folder: silent and 0 when clean, everything of a stage at once when not."""
    from wlz_calc import pipeline
    from wlz_calc.cli.part import of_part
    from wlz_calc.write import findings as write

    with watching(timings=timings):
        programme, found = pipeline.check(folder)
    if part is not None:
        found = of_part(part, folder, programme, found)
    if printed is FindingsFormat.TEXT:
        write.write_text(sys.stdout, found, all_rows=all_rows)
        if os.environ.get("GITHUB_ACTIONS") == "true":
            sys.stdout.write(write.format_annotations(found, folder.as_posix()))
    else:
        as_data = write.format_csv if printed is FindingsFormat.CSV else write.format_json
        sys.stdout.buffer.write(as_data(found))
    raise typer.Exit(code_of(found))


@app.command(epilog=example(SAMPLE, "wlz-calc pay --quarter 2018-Q4 demo"))
def pay(
    quarter: QuarterText,
    folder: Folder = Path(),
    commissioner: Annotated[
        str | None, typer.Option(help="Only this commissioner, such as council or school:ark.", metavar="ID")
    ] = None,
    contract: ContractId = None,
    printed: Printed = Format.TABLE,
    output: Output = None,
    split: Split = None,
    from_start: FromStart = False,
    set_aside: SetAside = False,
    accept_register_changes: AcceptChanges = False,
    timings: Timings = False,
) -> None:
    """The claim for a quarter: a payment schedule for every commissioner."""
    from wlz_calc import pipeline
    from wlz_calc.cli import results, splits

    parted = splits.place(split, output, printed)
    target, due = results.target(output), Quarter.parse(quarter)
    with watching(timings=timings):
        claim, found = pipeline.claim(
            folder,
            due,
            contract=contract,
            from_start=from_start,
            set_aside=set_aside,
            accept_changes=accept_register_changes,
            for_the_book=split is not None,
            unpaid=split is not None or results.is_workbook(target),
        )
        if claim is None:
            refused(found)
        known("commissioner", commissioner, claim.parties["commissioner"])
        if parted is not None:
            splits.give([claim], parted, commissioner)
        else:
            results.give_claim(claim.only(contract, commissioner), printed, target)


@app.command(epilog=example(SAMPLE, "wlz-calc decisions --quarter 2018-Q4 --child c00001 demo"))
def decisions(
    quarter: QuarterText,
    folder: Folder = Path(),
    child: Annotated[str | None, typer.Option(help="Only this child.", metavar="ID")] = None,
    contract: ContractId = None,
    printed: Printed = Format.TABLE,
    output: DecisionsOutput = None,
    timings: Timings = False,
) -> None:
    """Every decision behind the claim, with its reason."""
    from wlz_calc import pipeline
    from wlz_calc.cli import results
    from wlz_calc.cli.near import did_you_mean_child

    target, due = results.target(output, results.OF_DECISIONS), Quarter.parse(quarter)
    with watching(timings=timings):
        decided, found = pipeline.decisions(folder, due, contract=contract)
        if decided is None:
            refused(found)
        only = decided.only(contract, child)
        if child is not None and only.decisions.is_empty():
            near = did_you_mean_child(child, decided.decisions.get_column("child_id"))
            misused(f"no child {child!r} in {quarter}{near}")
        results.give_decisions(only, printed, target)


@app.command(epilog=example(SAMPLE))
def sample(
    folder: Annotated[Path, typer.Argument(help="The folder to make.")],
    card: Annotated[str, typer.Option(help="The name of a shipped card, or a path.", metavar="NAME")],
    children: Annotated[int, typer.Option(min=1, help="How many children.", metavar="N")] = 100,
    seed: Annotated[int, typer.Option(min=0, help="The same seed makes the same folder.", metavar="S")] = 0,
) -> None:
    """Make a synthetic programme folder, realistic in shape and reproducible."""
    from wlz_calc import pipeline

    found = pipeline.sample(folder, card, children=children, seed=seed)
    told(found)
    raise typer.Exit(code_of(found) if found else Exit.FINE)
