"""From a programme folder to the claim of a quarter: the page that reads like what the product does.

Every step gives its value and its findings. A step that finds an error gives no value, and the page ends there.
"""

import os
from pathlib import Path

import polars as pl

from wlz_calc import __version__
from wlz_calc.claim import Claim, Decided, Provenance
from wlz_calc.claims.due import lines_due
from wlz_calc.finding import Finding, errors
from wlz_calc.period import Quarter
from wlz_calc.programme import Programme
from wlz_calc.read.cards import find_card, read_card, shipped
from wlz_calc.read.folder import read_programme
from wlz_calc.rules.decisions import decide
from wlz_calc.rules.funding import Funded, fund
from wlz_calc.rules.known import Known, known
from wlz_calc.rules.parties import parties
from wlz_calc.rules.sense import sense
from wlz_calc.tables import DECISION_ORDER, DECISIONS, Status, conform


def check(folder: Path) -> tuple[Programme | None, list[Finding]]:
    """A programme folder, read and checked in all six stages."""
    programme, found = read_programme(folder)
    if programme is None or errors(found):
        return None, found
    return programme, found + sense(programme.extracts, programme.cards)


def claim(folder: Path, quarter: Quarter, *, from_start: bool = False) -> tuple[Claim | None, list[Finding]]:
    """What is claimed for a quarter, and all that stands beside it."""
    programme, found = check(folder)
    if programme is None:
        return None, found
    on_the_day = _known(programme, quarter)
    funded = _funded(programme, on_the_day)
    lines, opening = lines_due(funded.lines, quarter, from_start=from_start)
    here = pl.lit(value=True) if from_start else pl.col("due_on") >= quarter.start
    register = on_the_day.children
    return Claim(
        provider=programme.provider,
        quarter=quarter,
        provisional=True,
        cards=programme.cards,
        parties=parties(programme.cards, register, programme.extracts.schools),
        lines=lines,
        opening=opening,
        cut=_cut(funded.decisions.filter(here)),
        unfunded=_in_order(funded.unfunded.filter(here)),
        held=_held(funded.decisions, on_the_day.holds),
        not_yet=_not_yet(funded.decisions, programme),
        findings=tuple(found),
        provenance=Provenance(__version__, quarter.end, programme.files),
    ), found


def decisions(folder: Path, quarter: Quarter) -> tuple[Decided | None, list[Finding]]:
    """Every decision behind the claim of a quarter, in the columns of tables.DECISIONS and `evidence`."""
    programme, found = check(folder)
    if programme is None:
        return None, found
    funded = _funded(programme, _known(programme, quarter), evidence=True)
    ordered = funded.decisions.sort(DECISION_ORDER)
    said = conform(ordered, DECISIONS).with_columns(ordered.get_column("evidence"))
    schools = programme.extracts.schools
    return Decided(
        provider=programme.provider,
        quarter=quarter,
        provisional=True,
        cards=programme.cards,
        decisions=said,
        schools={} if schools is None else dict(schools.iter_rows()),
        findings=tuple(found),
        provenance=Provenance(__version__, quarter.end, programme.files),
    ), found


def _known(programme: Programme, quarter: Quarter) -> Known:
    frames = programme.extracts.frames
    return known(frames["children"], frames, frames["holds"], quarter.end)


def _funded(programme: Programme, on_the_day: Known, *, evidence: bool = False) -> Funded:
    decided = pl.concat(decide(card, on_the_day, evidence=evidence) for card in programme.cards)
    return fund(decided, programme.cards, on_the_day.children)


_AWARD = ("contract", "child_id", "school", "payment", "outcome", "number", "due_on")


def _in_order(unfunded: pl.DataFrame) -> pl.DataFrame:
    columns = (
        "contract",
        "commissioner",
        "child_id",
        "school",
        "payment",
        "outcome",
        "number",
        "due_on",
        "amount",
    )
    return unfunded.select(columns).sort("contract", "commissioner", "due_on", "child_id", "number")


def _cut(decided: pl.DataFrame) -> pl.DataFrame:
    short = decided.filter(pl.col("cut") > 0, pl.col("status") == Status.MET)
    return short.select(*_AWARD, "price", "cut").sort("contract", "due_on", "child_id", "number")


def _held(decided: pl.DataFrame, holds: pl.DataFrame) -> pl.DataFrame:
    """What is held, each with the first hold that is on it."""
    held = decided.filter(pl.col("status") == Status.HELD).drop("reason")
    beside = held.join(holds.drop("child_id", "from", "to"), on="child", suffix="_held")
    on_it = (pl.col("payment_held").is_null() | (pl.col("payment_held") == pl.col("payment"))) & (
        pl.col("outcome_held").is_null() | pl.col("outcome_held").eq_missing(pl.col("outcome"))
    )
    first = beside.filter(on_it).sort("row").unique(("child", "contract", "order"), keep="first")
    return first.select(*_AWARD, "price", "reason", "raised_by").sort(
        "contract", "due_on", "child_id", "number"
    )


def _not_yet(decided: pl.DataFrame, programme: Programme) -> pl.DataFrame:
    """How many children can still earn what, in the order of the cards."""
    place = {
        contract: n for n, contract in enumerate(dict.fromkeys(card.contract for card in programme.cards))
    }
    return (
        decided.filter(pl.col("status") == Status.NOT_YET)
        .group_by("contract", "payment", "outcome")
        .agg(children=pl.len(), order=pl.col("order").min())
        .sort(pl.col("contract").replace_strict(place, return_dtype=pl.UInt32), "order")
        .drop("order")
    )


def sample(folder: Path, card: str, *, children: int, seed: int) -> list[Finding]:
    """A synthetic programme folder on a card, by the name of one that is shipped or by its path."""
    from wlz_calc.sample import write  # nobody else needs it

    path, found = find_card(card, Path())
    if path is None:
        return found
    read, found = read_card(path, card)
    if read is None:
        return found
    return write(folder, read.card, children, seed, card_name=_named_from(folder, card, path))


def _named_from(folder: Path, card: str, path: Path) -> str:
    """The card as wlz.yaml in that folder names it."""
    return card if card in shipped() else os.path.relpath(path, folder)
