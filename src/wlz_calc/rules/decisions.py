"""Decisions: for every child and payable of a card, what was decided, why, and as which number at what price.

The test has spoken (judgements); here what is decided is amended, step by step, in the order of the card.
Source: rate-cards, Status, steps 3 to 7.
"""

from collections.abc import Sequence

import polars as pl

from wlz_calc.decision import AWARDED, Reason, Status
from wlz_calc.frames import PENCE, REASON, STATUS
from wlz_calc.money import pence
from wlz_calc.ratecard.card import Card, Payable, Requires
from wlz_calc.rules.exact import in_force
from wlz_calc.rules.figures import figures
from wlz_calc.rules.judgements import judge
from wlz_calc.rules.known import Known
from wlz_calc.rules.naming import payables_of

MET = pl.col("status") == Status.MET
AWARD = pl.col("status").is_in(list(AWARDED))
AWARDS_ONLY = ("due_on", "number", "price")
"""What only an award has."""


def decide(card: Card, known: Known, *, evidence: bool = False) -> pl.DataFrame:
    """Every child of a card decided on every payable.

    Returns: child, order (of the payable), status, reason, due_on, price, number and hold (its row); with
    `evidence` a list of frames.EVIDENCE too, one for each test of the payable, and one of their `verdicts`.
    """
    kids = known.children_on(card)
    framed = figures(card, kids, known.extracts, evidence=evidence).lazy()
    judged = pl.collect_all(judge(p, card, framed, known.as_of, evidence=evidence) for p in card.payables)
    left = kids.lazy().select("child", "left_on")
    settled: dict[str, pl.DataFrame] = {}
    for name, payment in card.payments.items():
        payables = [payable for payable in card.payables if payable.payment == name]
        said = pl.concat(judged[payable.order] for payable in payables).lazy()
        if card.leavers == "not_eligible":
            said = _without_leavers(said.join(left, on="child"))
        met = said.filter(MET)
        if payment.requires:
            met = _gated(met, _gate(payment.requires, settled))
        met = _inside_term(met, card)
        met = _numbered(_priced(met, payables), payables[0].numbers, kept(payables, card, known.claimed))
        met = _held(met, payables, known.holds)
        settled[name] = _together(said.filter(~MET), met)
    return pl.concat(settled.values())


def _together(others: pl.LazyFrame, met: pl.LazyFrame) -> pl.DataFrame:
    """Whatever is not met in the first place, and what has become of what is."""
    told = met.with_columns(pl.when(AWARD).then(name).alias(name) for name in AWARDS_ONLY)
    both = [told.drop("last_day"), others.drop("last_day", "due_on")]
    return pl.concat(both, how="diagonal").collect()


def _becomes(where: pl.Expr, status: Status, reason: Reason) -> list[pl.Expr]:
    return [
        pl.when(where).then(pl.lit(status, dtype=STATUS)).otherwise(pl.col("status")).alias("status"),
        pl.when(where).then(pl.lit(reason, dtype=REASON)).otherwise(pl.col("reason")).alias("reason"),
    ]


def _without_leavers(said: pl.LazyFrame) -> pl.LazyFrame:
    """Step 3: what was not earned by the day of leaving, and could still have been after it, is gone."""
    earned = MET & (pl.col("due_on") <= pl.col("left_on"))
    still_open = pl.col("last_day").is_null() | (pl.col("last_day") > pl.col("left_on"))
    own_phase = pl.col("reason") != Reason.OTHER_PHASE
    gone = pl.col("left_on").is_not_null() & ~earned & still_open & own_phase
    return said.with_columns(_becomes(gone, Status.NOT_ELIGIBLE, Reason.LEFT)).drop("left_on")


def _gate(requires: Requires, settled: dict[str, pl.DataFrame]) -> pl.LazyFrame:
    """The children for whom the required payments are met or held, and the day on which the gate opened."""
    required = [settled[name].lazy().filter(AWARD).select("child", "due_on") for name in requires.payments]
    due_on = pl.col("due_on").min() if requires.any else pl.col("due_on").max()
    enough = 1 if requires.any else len(required)
    opened = pl.concat(required).group_by("child").agg(opened_on=due_on, met=pl.len())
    return opened.filter(pl.col("met") >= enough).drop("met")


def _gated(met: pl.LazyFrame, gate: pl.LazyFrame) -> pl.LazyFrame:
    """Step 4: met only if the gate is; due on the day the gate opened, if that is later."""
    return (
        met.join(gate, on="child", how="left")
        .with_columns(
            *_becomes(pl.col("opened_on").is_null(), Status.GATED, Reason.GATE_NOT_MET),
            due_on=pl.max_horizontal("due_on", "opened_on"),
        )
        .drop("opened_on")
    )


def _inside_term(met: pl.LazyFrame, card: Card) -> pl.LazyFrame:
    """Step 5: nothing that falls due outside the term is payable."""
    outside = ~pl.col("due_on").is_between(card.term.start, card.term.end)
    return met.with_columns(_becomes(MET & outside, Status.NOT_ELIGIBLE, Reason.OUTSIDE_TERM))


def _priced(met: pl.LazyFrame, payables: Sequence[Payable]) -> pl.LazyFrame:
    """The price of each payable in force on the due date, in pence."""
    price = pl.lit(None, dtype=PENCE)
    for payable in payables:
        own = in_force(
            payable.price or {}, pl.col("due_on"), lambda amount: pl.lit(pence(amount), dtype=PENCE)
        )
        price = pl.when(pl.col("order") == payable.order).then(own).otherwise(price)
    return met.with_columns(price=price)


def kept(payables: Sequence[Payable], card: Card, claimed: pl.DataFrame) -> pl.DataFrame:
    """The numbers that are claimed for payables of one payment: child, order, number; of two the newer."""
    own = claimed.filter(
        pl.col("contract") == card.contract, pl.col("number").is_in(list(payables[0].numbers))
    )
    places = payables_of(payables)
    both = own.join(places, on=["payment", "outcome"], nulls_equal=True)
    newest = both.sort("corrects", "number", descending=[True, False])
    return newest.unique(("child", "order"), keep="first").select("child", "order", "number")


def _numbered(met: pl.LazyFrame, numbers: Sequence[int], kept: pl.DataFrame) -> pl.LazyFrame:
    """Step 6: what is claimed keeps its number, and what else is met takes those that are free.

    In the order of due date, higher price, place on the card.
    """
    every = pl.LazyFrame({"number": numbers}, schema={"number": pl.UInt16})
    if kept.is_empty():
        return _ranked(met, every.with_row_index("rank"), "rank")
    own = met.filter(MET).join(kept.lazy(), on=["child", "order"])
    others = met.join(own, on=["child", "order"], how="anti")
    each = others.select("child").unique().join(every, how="cross")
    free = each.join(own, on=["child", "number"], how="anti").sort("child", "number")
    left = _ranked(others, free.with_columns(rank=_place_of_child()), "child", "rank")
    return pl.concat([own, left], how="diagonal")


def _ranked(met: pl.LazyFrame, free: pl.LazyFrame, *on: str) -> pl.LazyFrame:
    """What takes the numbers that are free, one after the other."""
    ranked = met.sort(
        "child", ~MET, "due_on", "price", "order", descending=[False, False, False, True, False]
    ).with_columns(rank=_place_of_child())
    numbered = ranked.join(free, on=on, how="left").drop("rank")
    used_up = MET & pl.col("number").is_null()
    return numbered.with_columns(_becomes(used_up, Status.BEYOND_LIMIT, Reason.NUMBERS_USED))


def _place_of_child() -> pl.Expr:
    return pl.int_range(pl.len(), dtype=pl.UInt32).over("child")


def _held(met: pl.LazyFrame, payables: Sequence[Payable], holds: pl.DataFrame) -> pl.LazyFrame:
    """Step 7: what is met and on hold keeps its number, and is not claimed; `hold`: the row of the hold."""
    on_it = (
        holds.lazy()
        .join(payables_of(payables).lazy(), how="cross", suffix="_held")
        .filter(_none_or_same("payment"), _none_or_same("outcome"))
        .group_by("child", "order")
        .agg(hold=pl.col("row").min())
    )
    joined = met.join(on_it, on=["child", "order"], how="left")
    on_hold = MET & pl.col("hold").is_not_null()
    return joined.with_columns(_becomes(on_hold, Status.HELD, Reason.ON_HOLD))


def _none_or_same(name: str) -> pl.Expr:
    """Whether a hold is on a payable: one that leaves payment or outcome empty is on all of them."""
    return pl.col(name).is_null() | (pl.col(name) == pl.col(f"{name}_held"))
