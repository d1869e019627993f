"""Decisions for people: child by child, what was decided on each payment and why, in words.

Where decisions bring their evidence, its figures stand in the sentence, with the measures as the card names
them.
"""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any, Final

import polars as pl
from rich.console import Console

from wlz_calc.frames import DECISION_ORDER
from wlz_calc.money import sterling
from wlz_calc.ratecard.conditions import tests
from wlz_calc.write import beside, words
from wlz_calc.write.console import show_provenance
from wlz_calc.write.screen import MARK, QUIET, STRONG, Grid, draw, gap, say
from wlz_calc.write.setting import Stated

WIDEST: Final = 140
"""Sentences make use of a wide screen."""

Decision = Mapping[str, Any]
Measures = Mapping[tuple[str, int, int], tuple[str, ...]]
"""The measures of a payable's tests, by contract, card version and place on the card."""


def show_decisions(
    console: Console, decisions: pl.DataFrame, stated: Stated, schools: Mapping[str, str] | None = None
) -> None:
    """Every decision, and how many there are of each status. `schools`: their names by their codes."""
    headline = beside.headline(stated)
    say(console, f"Decisions behind the {headline[0].lower()}{headline[1:]}", STRONG)
    for contract, terms in stated.illustrative.items():
        say(console, f"{words.banner(terms)} ({contract})", MARK)
    rows = decisions.sort(DECISION_ORDER, maintain_order=True).iter_rows(named=True)
    measured, names = _measures(stated), schools or {}
    for _, own in groupby(rows, key=lambda decision: (decision["child_id"], decision["contract"])):
        _child(console, stated, list(own), measured, names)
    _tally(console, decisions)
    show_provenance(console, stated.provenance)


def _child(
    console: Console,
    stated: Stated,
    decisions: list[Decision],
    measured: Measures,
    schools: Mapping[str, str],
) -> None:
    first = decisions[0]
    school = schools.get(first["school"]) or first["school"]
    gap(console)
    illustrative = words.ILLUSTRATIVE if first["contract"] in stated.illustrative else ""
    say(console, f"Child {first['child_id']}", STRONG, mark=illustrative)
    say(console, ", ".join([school, words.title(first["phase"]).lower(), _card(first)]), QUIET)
    drawn = Grid(["Payment", "Decision", "Why"], ["Due on", "Price"], ratios=[4, 3, 8])
    for decision in decisions:
        drawn.row(words.payable(decision["payment"], decision["outcome"]), *_decided(decision, measured))
    draw(console, drawn, widest=WIDEST)


def _card(decision: Decision) -> str:
    return f"{decision['contract']} version {decision['card_version']}"


def _decided(decision: Decision, measured: Measures) -> Iterable[str]:
    number = f" as {decision['number']}" if decision["number"] is not None else ""
    yield f"{words.status(decision['status'])}{number}"
    yield f"{_why(decision, measured)}{_cut(decision)}"
    yield str(decision["due_on"] or "")
    yield "" if decision["price"] is None else sterling(decision["price"])


def _why(decision: Decision, measured: Measures) -> str:
    key = (decision["contract"], decision["card_version"], decision["order"])
    return words.why(decision["reason"], decision.get("evidence") or (), measured.get(key, ()))


def _cut(decision: Decision) -> str:
    return f"; {sterling(decision['cut'])} cut by a limit" if decision["cut"] else ""


def _measures(stated: Stated) -> Measures:
    return {
        (card.contract, card.version, payable.order): tuple(test.measure for test in tests(payable.when))
        for card in stated.cards
        for payable in card.payables
    }


def _tally(console: Console, decisions: pl.DataFrame) -> None:
    gap(console)
    say(console, "Decisions by status", STRONG)
    drawn = Grid(["Status"], ["Decisions", "Children"])
    counts = decisions.group_by("status").agg(pl.len(), pl.col("child_id").n_unique()).sort("status")
    for status, number, children in counts.iter_rows():
        drawn.row(words.status(status), f"{number:,}", f"{children:,}")
    draw(console, drawn)
