"""What stands beside a claim: what was cut, unfunded, held or set aside, and what is not yet due."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from wlz_calc.decision import Reason, Status
from wlz_calc.frames import ASIDE, UNFUNDED, UNPAID, conform
from wlz_calc.programme import Aside

AWARD: Final = ("contract", "child_id", "school", "payment", "outcome", "number", "due_on")
ORDER: Final = ("contract", "due_on", "child_id", "number")


def cut(awards: pl.LazyFrame) -> pl.LazyFrame:
    """The awards that a limit cut, with their price and what was cut off, in pence."""
    return (
        awards.filter(pl.col("cut") > 0, pl.col("status") == Status.MET)
        .select(*AWARD, "price", "cut")
        .sort(ORDER)
    )


def unfunded(parts: pl.LazyFrame) -> pl.LazyFrame:
    """The parts that a commitment left unpaid, by commissioner, in the columns of frames.UNFUNDED."""
    return conform(parts, UNFUNDED).sort("contract", "commissioner", "due_on", "child_id", "number")


def held(awards: pl.LazyFrame, holds: pl.DataFrame) -> pl.LazyFrame:
    """The awards on hold, each with the reason of the first hold on it."""
    on_hold = awards.filter(pl.col("status") == Status.HELD).drop("reason")
    why = holds.lazy().select("reason", "raised_by", hold="row")
    return on_hold.join(why, on="hold").select(*AWARD, "price", "reason", "raised_by").sort(ORDER)


def decided_against(decisions: pl.DataFrame) -> pl.DataFrame:
    """What is decided for the children's own phase and no award: child, card, order, status, reason."""
    settled = ~pl.col("status").is_in([Status.MET, Status.HELD, Status.NOT_YET])
    own_phase = pl.col("reason") != Reason.OTHER_PHASE
    return decisions.filter(settled, own_phase).select("child", "card", "order", "status", "reason")


def unpaid(decisions: pl.LazyFrame) -> pl.LazyFrame:
    """The same with its names, in the columns of frames.UNPAID; child by child in the order of the card."""
    return conform(decisions.sort("contract", "child_id", "order"), UNPAID)


def set_aside(asides: Sequence[Aside], children: pl.DataFrame) -> pl.DataFrame:
    """The rows that were set aside, in the columns of frames.ASIDE; `children`: child_id, contract."""
    if not asides:
        return pl.DataFrame(schema=ASIDE)
    rows = [_aside(aside) for aside in asides]
    contracts = children.select("child_id", "contract").unique("child_id")
    schema = {name: dtype for name, dtype in ASIDE.items() if name != "contract"}
    known = pl.DataFrame(rows, schema=schema, orient="row")
    together = known.join(contracts, on="child_id", how="left", maintain_order="left")
    return together.select(ASIDE.names()).sort("contract", "file", "sheet", "row", maintain_order=True)


def _aside(aside: Aside) -> tuple[object, ...]:
    finding, where = aside.finding, aside.finding.where
    said = (finding.code, finding.meaning.title, where.file, where.sheet, where.row, where.column)
    return aside.child_id, *said, finding.found, finding.expected


def waiting(decisions: pl.DataFrame) -> pl.DataFrame:
    """How many of these children can still earn what: `card`, `order` of the payable, `children`."""
    open_still = decisions.lazy().filter(pl.col("status") == Status.NOT_YET)
    return open_still.group_by("card", "order").agg(children=pl.len()).collect()


def not_yet(waiting: pl.DataFrame, payables: pl.DataFrame) -> pl.DataFrame:
    """How many children can still earn what, in the order of the cards.

    `waiting`: those counts, added up; `payables`: card, order, contract, payment, outcome.
    """
    what = ["contract", "payment", "outcome"]
    return (
        waiting.lazy()
        .join(payables.lazy(), on=["card", "order"])
        .group_by(what)
        .agg(pl.col("children").sum(), pl.col("card", "order").min())
        .sort(pl.col("card").min().over("contract"), "order")
        .select(*what, "children")
        .collect()
    )
