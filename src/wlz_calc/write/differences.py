"""What two cards say otherwise, and what comes of it: as a screen, as csv and as json."""

import json
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Final

import polars as pl
from rich.console import Console

from wlz_calc.durable import Writer
from wlz_calc.money import sterling
from wlz_calc.ratecard.card import Card
from wlz_calc.ratecard.difference import Difference
from wlz_calc.trial import WhatIf
from wlz_calc.write import words
from wlz_calc.write.data import in_pounds
from wlz_calc.write.screen import MARK, QUIET, STRONG, Grid, draw, gap, say

MOST: Final = 40
"""So many children are shown on a screen; data has them all."""
NOTHING: Final = "(not stated)"
REWRITES: Final = "rewrites the past"


def show_differences(console: Console, before: Card, after: Card, found: Sequence[Difference]) -> None:
    """Every field that differs, below the clause it stands in, and which terms are rewritten."""
    say(console, f"From {_card(before)}", STRONG)
    say(console, f"to   {_card(after)}", STRONG)
    if not found:
        say(console, "They say the same.")
    lone = _lone(before, after)
    for clause, own in groupby(found, _clause):
        gap(console)
        say(console, clause, STRONG)
        for whole, fields in groupby(own, lambda one: _whole(one, lone)):
            _shown(console, whole, list(fields))
    _warning(console, after, found)


def _clause(one: Difference) -> str:
    if one.path.startswith("framework."):
        return "What is only monitored"
    return one.clause or "The whole card"


def _lone(before: Card, after: Card) -> set[str]:
    """The payments, outcomes and commissioners that only one of the cards has, by their paths."""
    first, second = (
        {".".join(payable.path) for payable in card.payables}
        | {f"commissioners.{name}" for name in card.commissioners}
        for card in (before, after)
    )
    return first ^ second


def _whole(one: Difference, lone: set[str]) -> str:
    """What a field goes or comes with."""
    return next((path for path in lone if one.path.startswith(f"{path}.")), "")


def _shown(console: Console, whole: str, fields: Sequence[Difference]) -> None:
    mark = REWRITES if any(one.rewrites for one in fields) else ""
    if whole:
        sign, deed = ("-", "taken out") if fields[0].before else ("+", "added")
        say(console, f"{whole}, {deed}", mark=mark)
        for one in fields:
            say(console, f"{sign} {one.path.removeprefix(f'{whole}.')}: {one.before or one.after}", indent=2)
        return
    for one in fields:
        say(console, f"{one.path}{_days(one)}", mark=REWRITES if one.rewrites else "")
        say(console, f"- {one.before or NOTHING}", indent=2)
        say(console, f"+ {one.after or NOTHING}", indent=2)


def _card(card: Card) -> str:
    return (
        f"{card.contract}, version {card.version}: {card.title} ({card.source.document}, {card.source.dated})"
    )


def _days(one: Difference) -> str:
    if one.since is None and one.until is None:
        return ""
    ends = f" to {one.until}" if one.until else " on"
    return f", from {one.since or 'the beginning'}{ends}"


def _warning(console: Console, after: Card, found: Sequence[Difference]) -> None:
    rewritten = [one for one in found if one.rewrites]
    if rewritten:
        gap(console)
        fields = f"{words.counted(len(rewritten), 'field')} of version {after.version}"
        dated = f"for days before its own document of {after.source.dated}"
        clauses = "; ".join(dict.fromkeys(map(_clause, rewritten)))
        lost = "What was due by then may no longer be."
        say(console, f"WARNING: changed {dated}: {fields} ({clauses}). {lost}", MARK)


# ---------------------------------------------------------------- what if


def show_what_if(console: Console, found: WhatIf) -> None:
    """What falls due in each quarter and to whom under each of two cards, and where it is otherwise."""
    gap(console)
    say(console, f"What falls due under each, as of {found.as_of}, with no other card", STRONG)
    if terms := found.illustrative:
        say(console, words.banner(terms), MARK)
    drawn = Grid(["Quarter"], ["Before", "After", "Difference", "Children"])
    for quarter, before, after, children in found.quarters.iter_rows():
        drawn.row(quarter, *_sums(before, after), f"{children:,}")
    drawn.section()
    whole = found.children["child_id"].n_unique()
    before, after = (int(found.quarters[side].sum()) for side in ("before", "after"))
    drawn.row("Total", *_sums(before, after), f"{whole:,}", style=STRONG)
    draw(console, drawn)
    _commissioners(console, found)
    _children(console, found.children, whole)


def _commissioners(console: Console, found: WhatIf) -> None:
    gap(console)
    named = {key: one.name for card in (found.after, found.before) for key, one in card.commissioners.items()}
    due = found.commissioners.rows_by_key("commissioner", unique=True)
    drawn = Grid(["Commissioner"], ["Before", "After", "Difference"])
    for key, name in named.items():
        drawn.row(name, *_sums(*due.get(key, (0, 0))))
    draw(console, drawn)


def _children(console: Console, rows: pl.DataFrame, children: int) -> None:
    if rows.is_empty():
        return
    gap(console)
    say(console, f"Where {words.children(children)} would be paid for otherwise", STRONG)
    drawn = Grid(["Child", "Payment", "Quarter"], ["Before", "After"], ratios=[3, 7, 2])
    for row in rows.sort("child_id", "quarter", "payment", "outcome").head(MOST).iter_rows(named=True):
        payable = words.payable(row["payment"], row["outcome"])
        drawn.row(row["child_id"], payable, row["quarter"], sterling(row["before"]), sterling(row["after"]))
    draw(console, drawn)
    if rows.height > MOST:
        say(console, f"and {rows.height - MOST:,} more, which --format csv and json give", QUIET)


def _sums(before: int, after: int) -> tuple[str, str, str]:
    return sterling(before), sterling(after), sterling(after - before)


# ---------------------------------------------------------------- data


def differences_csv(found: Sequence[Difference]) -> Writer:
    """The fields that differ, a row each."""
    schema = dict.fromkeys(Difference._fields, pl.String) | {"rewrites": pl.Boolean}
    rows = [[_plain(value) for value in one] for one in found]
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return frame.write_csv


def what_if_csv(found: WhatIf) -> Writer:
    """The children and quarters that differ, a row each, in pounds."""
    return lambda file: _in_pounds(found.children).write_csv(file)


def as_json(found: Sequence[Difference], history: WhatIf | None) -> Writer:
    """The fields that differ and, where it was asked for, the history under each card."""
    body: dict[str, object] = {
        "differences": [{name: _plain(value) for name, value in one._asdict().items()} for one in found]
    }
    if history is not None:
        body |= {"as_of": history.as_of.isoformat(), "illustrative": list(history.illustrative)}
        body |= {name: _texts(getattr(history, name)) for name in ("quarters", "commissioners", "children")}
    text = json.dumps(body, ensure_ascii=False, indent=1)
    return lambda file: file.writelines([text.encode(), b"\n"])


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _in_pounds(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(in_pounds(name).alias(name) for name in ("before", "after"))


def _texts(frame: pl.DataFrame) -> list[dict[str, object]]:
    return _in_pounds(frame).with_columns(pl.col("before", "after").cast(pl.String)).to_dicts()
