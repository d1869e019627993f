"""The command that tells why a child was paid for, or not."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NoReturn

import typer

from wlz_calc.cli.drafts import SAMPLE
from wlz_calc.cli.ending import known, misused, refused
from wlz_calc.cli.options import Folder, FromStart, QuarterText, SetAside, Timings, example
from wlz_calc.cli.watch import watching
from wlz_calc.period import Quarter

if TYPE_CHECKING:
    import polars as pl

    from wlz_calc.explanation import Explained

EXAMPLE: Final = example(SAMPLE, "wlz-calc explain c00001 --quarter 2018-Q4 demo")


class ExplainFormat(StrEnum):
    """What an explanation is printed as."""

    TREE = "tree"
    JSON = "json"


def explain(
    child: Annotated[str, typer.Argument(help="The id of the child.", metavar="CHILD", show_default=False)],
    quarter: QuarterText,
    folder: Folder = Path(),
    payment: Annotated[
        str | None, typer.Option(help="Only this payment, as the card names it.", metavar="P")
    ] = None,
    printed: Annotated[ExplainFormat, typer.Option("--format", help="What to print.")] = ExplainFormat.TREE,
    from_start: FromStart = False,
    set_aside: SetAside = False,
    timings: Timings = False,
) -> None:
    """Why each payment of a child is due or not, and what it rests on; of a closed quarter too."""
    from wlz_calc import explaining

    due = Quarter.parse(quarter)
    with watching(timings=timings):
        told, found = explaining.explain(folder, due, [child], from_start=from_start, set_aside=set_aside)
        if told is None:
            refused(found)
        if not told.explained:
            _unknown(child, due, told.register)
        (explained,) = told.explained
        known("payment", payment, explained.card.payments)
        _give(explained._replace(payment=payment), printed)


def _unknown(child: str, quarter: Quarter, register: "pl.DataFrame") -> NoReturn:
    from wlz_calc.cli.near import did_you_mean_child

    joined = dict(register.iter_rows()).get(child)
    if joined:
        misused(f"child {child!r} joined on {joined}, after {quarter}")
    misused(f"no child {child!r}{did_you_mean_child(child, register.get_column('child_id'))}")


def _give(explained: "Explained", printed: ExplainFormat) -> None:
    if printed is ExplainFormat.JSON:
        from wlz_calc.write.explained import as_json

        sys.stdout.buffer.write(as_json(explained))
    else:
        from wlz_calc.write.screen import screen
        from wlz_calc.write.why import show_explained

        show_explained(screen(sys.stdout), explained)
