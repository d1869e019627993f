"""Decisions: for every child and payable of a card, what was decided, why, and as which number at what price.

The test has spoken (judgements); here what is decided is amended, step by step, in the order of the card.
Source: rate-cards, Status, steps 3 to 7.
"""

from collections.abc import Iterable

import polars as pl

from wlz_calc.decision import AWARDED, Reason, Status
from wlz_calc.money import pence
from wlz_calc.ratecard.card import Card, Payable, Requires
from wlz_calc.rules.exact import in_force
from wlz_calc.rules.figures import figures
from wlz_calc.rules.judgements import judge
from wlz_calc.rules.known import Known
from wlz_calc.tables import PENCE, REASON, STATUS

MET = pl.col("status") == Status.MET
AWARD = pl.col("status").is_in(list(AWARDED))


def decide(card: Card, known: Known, *, evidence: bool = False) -> pl.DataFrame:
    """Every child of a card decided on every payable.

    Returns the columns of tables.DECISIONS but `cut`, which the limits decide; with `evidence` a list of
    tables.EVIDENCE too, one for each test of the payable.
    """
    kids = known.children_on(card)
    framed = figures(card, kids, known.extracts, evidence=evidence).lazy()
    judged = pl.collect_all(judge(p, card, framed, known.as_of, evidence=evidence) for p in card.payables)
    left = kids.lazy().select("child", "left_on")
    settled: dict[str, pl.DataFrame] = {}
    for name, payment in card.payments.items():
        payables = [payable for payable in card.payables if payable.payment == name]
        said = pl.concat(judged[payable.order] for payable in payables).lazy().join(left, on="child")
        if card.leavers == "not_eligible":
            said = _without_leavers(said)
        if payment.requires:
            said = _gated(said, _gate(payment.requires, settled))
        said = _inside_term(said, card)
        said = _numbered(_priced(said, payables), payables[0].numbers)
        settled[name] = _awards_only(_held(said, payables, known.holds)).collect()
    return _named(pl.concat(settled.values()).drop("last_day", "left_on"), card, kids)


def _named(said: pl.DataFrame, card: Card, kids: pl.DataFrame) -> pl.DataFrame:
    """With the names of what the numbers stand for: child, payment and outcome, contract and version."""
    return (
        said.lazy()
        .join(_stated(card.payables).lazy(), on="order")
        .join(kids.lazy().select("child", "child_id", "school", "phase"), on="child")
        .with_columns(contract=pl.lit(card.contract), card_version=pl.lit(card.version, dtype=pl.Int32))
        .collect()
    )


def _awards_only(said: pl.LazyFrame) -> pl.LazyFrame:
    """Only an award has a due date, a number and a price."""
    return said.with_columns(pl.when(AWARD).then(name).alias(name) for name in ("due_on", "number", "price"))


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
    return said.with_columns(_becomes(gone, Status.NOT_ELIGIBLE, Reason.LEFT))


def _gate(requires: Requires, settled: dict[str, pl.DataFrame]) -> pl.LazyFrame:
    """The children for whom the required payments are met or held, and the day on which the gate opened."""
    required = [settled[name].lazy().filter(AWARD).select("child", "due_on") for name in requires.payments]
    due_on = pl.col("due_on").min() if requires.any else pl.col("due_on").max()
    enough = 1 if requires.any else len(required)
    opened = pl.concat(required).group_by("child").agg(opened_on=due_on, met=pl.len())
    return opened.filter(pl.col("met") >= enough).drop("met")


def _gated(said: pl.LazyFrame, gate: pl.LazyFrame) -> pl.LazyFrame:
    """Step 4: met only if the gate is; due on the day the gate opened, if that is later."""
    return (
        said.join(gate, on="child", how="left")
        .with_columns(
            *_becomes(MET & pl.col("opened_on").is_null(), Status.GATED, Reason.GATE_NOT_MET),
            due_on=pl.max_horizontal("due_on", "opened_on"),
        )
        .drop("opened_on")
    )


def _inside_term(said: pl.LazyFrame, card: Card) -> pl.LazyFrame:
    """Step 5: nothing that falls due outside the term is payable."""
    outside = ~pl.col("due_on").is_between(card.term.start, card.term.end)
    return said.with_columns(_becomes(MET & outside, Status.NOT_ELIGIBLE, Reason.OUTSIDE_TERM))


def _priced(said: pl.LazyFrame, payables: list[Payable]) -> pl.LazyFrame:
    """The price of each payable in force on the due date, in pence."""
    price = pl.lit(None, dtype=PENCE)
    for payable in payables:
        own = in_force(
            payable.price or {}, pl.col("due_on"), lambda amount: pl.lit(pence(amount), dtype=PENCE)
        )
        price = pl.when(pl.col("order") == payable.order).then(own).otherwise(price)
    return said.with_columns(price=price)


def _numbered(said: pl.LazyFrame, numbers: tuple[int, ...]) -> pl.LazyFrame:
    """Step 6: what is met takes the numbers in the order of due date, higher price, place on the card."""
    ranked = (
        said.filter(MET)
        .sort("child", "due_on", "price", "order", descending=[False, False, True, False])
        .select("child", "order", rank=pl.int_range(pl.len(), dtype=pl.UInt32).over("child"))
    )
    free = pl.LazyFrame({"number": numbers}, schema={"number": pl.UInt16}).with_row_index("rank")
    numbered = ranked.join(free, on="rank", how="left").drop("rank")
    joined = said.join(numbered, on=["child", "order"], how="left")
    used_up = MET & pl.col("number").is_null()
    return joined.with_columns(_becomes(used_up, Status.BEYOND_LIMIT, Reason.NUMBERS_USED))


def _held(said: pl.LazyFrame, payables: list[Payable], holds: pl.DataFrame) -> pl.LazyFrame:
    """Step 7: what is met and on hold keeps its number, and is not claimed; `hold`: the row of the hold."""
    on_it = (
        holds.lazy()
        .join(_stated(payables).lazy(), how="cross", suffix="_held")
        .filter(_none_or_same("payment"), _none_or_same("outcome"))
        .group_by("child", "order")
        .agg(hold=pl.col("row").min())
    )
    joined = said.join(on_it, on=["child", "order"], how="left")
    on_hold = MET & pl.col("hold").is_not_null()
    return joined.with_columns(_becomes(on_hold, Status.HELD, Reason.ON_HOLD))


def _none_or_same(name: str) -> pl.Expr:
    """Whether a hold is on a payable: one that leaves payment or outcome empty is on all of them."""
    return pl.col(name).is_null() | (pl.col(name) == pl.col(f"{name}_held"))


def _stated(payables: Iterable[Payable]) -> pl.DataFrame:
    """The places of payables on the card, with their payments and outcomes."""
    return pl.DataFrame(
        [(p.order, p.payment, p.outcome) for p in payables],
        schema={"order": pl.UInt16, "payment": pl.String, "outcome": pl.String},
        orient="row",
    )
