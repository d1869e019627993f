"""Reconciled: what was claimed beside what was paid, for people and for programs."""

import json
from collections.abc import Mapping
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, NamedTuple

import polars as pl
from rich.console import Console

from wlz_calc.durable import Writer
from wlz_calc.money import pounds, sterling
from wlz_calc.write import words
from wlz_calc.write.data import in_pounds
from wlz_calc.write.screen import MONEY_WIDTH, QUIET, STRONG, Grid, draw, gap, say

SUMS: Final = ("claimed", "paid", "difference")
DAYS_WIDTH: Final = 5
INDENT: Final = 2

Row = Mapping[str, Any]


class Asked(NamedTuple):
    """The day as of which was asked, how many pence a row may differ by, and how many rows differ by more."""

    as_of: date
    tolerance: int
    outside: int


def show_reconciled(console: Console, rows: pl.DataFrame, asked: Asked) -> None:
    """Each contract by commissioner and quarter with its totals, and whether all of it agrees."""
    say(console, f"Claimed and paid, as of {words.day(asked.as_of)}", STRONG)
    say(console, "Days: since the claim was closed, while the two differ.", QUIET)
    for contract, own in groupby(rows.iter_rows(named=True), key=itemgetter("contract")):
        gap(console)
        say(console, f"Contract {contract}", STRONG)
        _contract(console, list(own))
    gap(console)
    say(console, _verdict(rows.height, asked))


def reconciled_csv(rows: pl.DataFrame) -> Writer:
    """The rows, with sums in pounds."""
    return lambda file: rows.with_columns(map(in_pounds, SUMS)).write_csv(file)


def reconciled_json(rows: pl.DataFrame, asked: Asked) -> Writer:
    """The rows as one object with what was asked; sums are texts, in pounds."""
    texts = rows.with_columns(in_pounds(name).cast(pl.String) for name in SUMS)
    body = {
        "as_of": asked.as_of.isoformat(),
        "tolerance": pounds(asked.tolerance),
        "outside": asked.outside,
        "rows": texts.to_dicts(),
    }
    text = json.dumps(body, ensure_ascii=False, indent=1)
    return lambda file: file.writelines([text.encode(), b"\n"])


def _contract(console: Console, rows: list[Row]) -> None:
    widths = [*[MONEY_WIDTH] * len(SUMS), DAYS_WIDTH]
    drawn = Grid(["Commissioner"], [*map(words.title, SUMS), "Days"], widths=widths)
    for commissioner, own in groupby(rows, key=itemgetter("commissioner")):
        _commissioner(drawn, commissioner, list(own))
    drawn.section()
    drawn.row("Total", *_sums(rows), "", style=STRONG)
    draw(console, drawn)


def _commissioner(drawn: Grid, commissioner: str, rows: list[Row]) -> None:
    """Its name, its quarters, and a subtotal where there are several."""
    drawn.row(commissioner, *[""] * (len(SUMS) + 1))
    for row in rows:
        age = "" if row["days"] is None else f"{row['days']:,}"
        drawn.row(row["quarter"], *_sums([row]), age, indent=INDENT)
    if len(rows) > 1:
        drawn.row("Subtotal", *_sums(rows), "", style=QUIET, indent=INDENT)


def _sums(rows: list[Row]) -> list[str]:
    return [sterling(sum(row[name] for row in rows)) for name in SUMS]


def _verdict(rows: int, asked: Asked) -> str:
    if not rows:
        return "Nothing has been claimed, and nothing paid."
    more = f" by more than {sterling(asked.tolerance)}" if asked.tolerance else ""
    where = f"in {asked.outside:,} of {words.counted(rows, 'row')}" if asked.outside else "nowhere"
    return f"Claimed and paid differ {where}{more}."
