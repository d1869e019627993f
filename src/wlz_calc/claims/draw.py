"""The draw: a sample of a sealed claim, taken at random, for a verifier who looks at the evidence.

What was claimed and what was not are drawn alike, every payment at every school by itself (a stratum). The
unit of what was claimed is an award with the lines of all its commissioners, of what was not a decision. The
same claim, rate and seed give the same sample on every machine.
"""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil
from random import Random
from typing import Any, Final, NamedTuple

import polars as pl

from wlz_calc.claims.ledger import CORRECTION, NEW, REVERSAL
from wlz_calc.claims.sealed import Sealed
from wlz_calc.decision import AWARDED, Reason
from wlz_calc.frames import EVIDENCE, PENCE, SHARED
from wlz_calc.money import PENCE_IN_A_POUND
from wlz_calc.period import Quarter
from wlz_calc.ratecard.card import Card

KINDS: Final = (NEW, CORRECTION, REVERSAL)
"""Of the lines that are drawn from: an opening balance was claimed by other means."""
NOTHING_TO_LOOK_AT: Final = (Reason.OTHER_PHASE, Reason.WINDOW_OPEN)
"""Why some decisions are not drawn from: they rest on the child's year group alone, or on nothing yet.

All others that are no award are: also what has no date, as it may have happened and not been recorded.
"""
STRATUM: Final = ("claimed", "payment", "school")
AWARD: Final = ("child_id", "payment", "number")
DECISION: Final = ("child_id", "payment", "outcome")
UNIT: Final = ("child_id", "number", "outcome")
"""The order of the units of a stratum."""
OF_THE_LINES: Final = ("outcome", "school", "card_version", "kind", "corrects", "due_on")
OF_THE_DECISION: Final = ("card_version", "status", "reason", "due_on", "price", "evidence")

_NO_DECISIONS: Final = pl.Schema(
    {
        **dict.fromkeys(("child_id", "school", "payment", "outcome", "status", "reason"), pl.String()),
        "card_version": pl.Int32(),
        "number": pl.UInt16(),
        "due_on": pl.Date(),
        "price": pl.Decimal(18, 2),
        "evidence": pl.List(EVIDENCE),
    }
)
"""What is used of decisions; an import has none."""


class Draw(NamedTuple):
    """What was drawn from the sealed claim of a contract.

    `stated`: what its `claim.json` says. `strata`: stratum (its number, from 1), claimed, payment, school,
    size, drawn. `items`: no, stratum, claimed, payment, school, child_id, number, outcome, card_version,
    kind, corrects and amount (of what was claimed, the amount of all commissioners in pence), and of the
    decision as it now stands status, reason, due_on, price (in pence) and evidence.
    """

    contract: str
    quarter: Quarter
    digest: str
    stated: Mapping[str, Any]
    rate: Decimal
    seed: int
    strata: pl.DataFrame
    items: pl.DataFrame


def draw(claim: Sealed, cards: Sequence[Card], rate: Decimal, seed: int) -> Draw:
    """A share of every stratum of a claim, rounded up. `rate`: above 0, at most 1.

    A higher rate with the same seed draws the same units and others.
    """
    decisions = pl.LazyFrame(schema=_NO_DECISIONS) if claim.decisions is None else claim.decisions
    units = _units(claim.lines, decisions, [name for card in cards for name in card.payments])
    whose = [seed, claim.contract, str(claim.quarter)]
    strata, places = _drawn(units.select(STRATUM), rate, whose)
    items = _decided(_gathered(units, places), decisions)
    said = (claim.contract, claim.quarter, claim.digest, claim.stated)
    return Draw(*said, rate, seed, strata, items)


# ---------------------------------------------------------------- what is drawn from


def _units(lines: pl.DataFrame, decisions: pl.LazyFrame, payments: Sequence[str]) -> pl.DataFrame:
    """Every unit, stratum by stratum: what was claimed first, then payments in the order of the cards."""
    claimed = _claimed(lines)
    parts = [claimed, _others(decisions, claimed)]
    places = {name: place for place, name in enumerate(dict.fromkeys(payments))}
    on_card = pl.col("payment").cast(pl.String).replace_strict(places, default=len(places))
    order = (pl.col("claimed").not_(), on_card, "payment", "school", *UNIT)
    return pl.concat(parts, how="diagonal").sort(order).collect()


def _claimed(lines: pl.DataFrame) -> pl.LazyFrame:
    """The awards of a claim, each with its amount in all and what the first of its lines says."""
    own = lines.lazy().filter(pl.col("kind").is_in(list(KINDS))).sort("kind", "commissioner")
    awards = own.group_by(AWARD).agg(pl.col("amount").sum(), pl.col(OF_THE_LINES).first())
    return awards.with_columns(claimed=pl.lit(value=True))


def _others(decisions: pl.LazyFrame, claimed: pl.LazyFrame) -> pl.LazyFrame:
    """The decisions that are no award and rest on evidence, without those of an award that is reversed."""
    none = ~pl.col("status").is_in(list(AWARDED)) & ~pl.col("reason").is_in(list(NOTHING_TO_LOOK_AT))
    told = decisions.filter(none).select("child_id", pl.col("payment", "outcome", "school").cast(SHARED))
    return told.join(claimed, on=DECISION, how="anti", nulls_equal=True).with_columns(
        claimed=pl.lit(value=False)
    )


# ---------------------------------------------------------------- what is drawn


def _drawn(strata: pl.DataFrame, rate: Decimal, whose: list[object]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The strata with their sizes and how many were drawn, and which: the stratum and place of each unit.

    `strata`: that of each unit, in order.
    """
    sized = strata.group_by(STRATUM, maintain_order=True).len("size")
    rows, places = [], []
    start = 0
    for number, (*stratum, size) in enumerate(sized.iter_rows(), 1):
        found = chosen(size, ceil(Fraction(rate) * size), json.dumps([*whose, *stratum]))
        places += [(number, start + place) for place in found]
        rows.append((number, *stratum, size, len(found)))
        start += size
    return _frame(_STRATA, rows), _frame(_PLACES, places)


_STRATA: Final = {
    "stratum": pl.Int64,
    "claimed": pl.Boolean,
    "payment": pl.String,
    "school": pl.String,
    "size": pl.Int64,
    "drawn": pl.Int64,
}
_PLACES: Final = {"stratum": pl.Int64, "place": pl.Int64}


def _frame(schema: Mapping[str, type[pl.DataType]], rows: Sequence[tuple[Any, ...]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict(schema), orient="row")


def chosen(size: int, wanted: int, seed: str) -> list[int]:
    """So many different places, of those from 0 to `size`, each as likely as the others, in their order.

    Only `random()` is asked, and with a text for a seed: that alone stays the same in every Python (see
    Reproducibility in the documentation of `random`).
    """
    dice = Random(seed)  # noqa: S311 - to be drawn again is the point
    swapped: dict[int, int] = {}
    found = []
    for turn in range(wanted):
        place = turn + int(dice.random() * (size - turn))
        found.append(swapped.get(place, place))
        swapped[place] = swapped.get(turn, turn)
    return sorted(found)


def _gathered(units: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """The units drawn, numbered from 1."""
    drawn = units[places.get_column("place")].with_columns(places.get_column("stratum"))
    return drawn.with_columns(pl.col(SHARED).cast(pl.String)).with_row_index("no", offset=1)


# ---------------------------------------------------------------- what was decided on it


def _decided(items: pl.DataFrame, decisions: pl.LazyFrame) -> pl.DataFrame:
    """What was drawn, with the decision on it as it now stands: for a reversal that is no award."""
    theirs = decisions.join(items.lazy().select("child_id"), on="child_id", how="semi").collect()
    price = (pl.col("price") * PENCE_IN_A_POUND).cast(PENCE)
    now = theirs.with_columns(price).select(*AWARD, "outcome", decided=pl.struct(OF_THE_DECISION))
    of_outcome = now.drop("number").rename({"decided": "of_outcome"})
    both = items.join(now.drop("outcome"), on=AWARD, how="left", maintain_order="left").join(
        of_outcome, on=DECISION, how="left", nulls_equal=True, maintain_order="left"
    )
    decided = pl.coalesce("decided", "of_outcome").struct
    told = [decided.field(name) for name in OF_THE_DECISION if name not in items.columns]
    ours = [pl.coalesce(name, decided.field(name)) for name in OF_THE_DECISION if name in items.columns]
    return both.with_columns(*told, *ours).drop("decided", "of_outcome")
