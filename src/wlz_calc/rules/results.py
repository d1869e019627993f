"""Results: for every measure of the framework, what became of each child by the as-of date, counted.

Baselines, endpoints and verdicts are those of the one engine, which is asked questions that no payment asks
(see `framework`). Source: domain, The outcomes framework and Published results.
"""

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from wlz_calc.decision import Reason, Status
from wlz_calc.monitored import AT_RISK, FUNNEL, MEASURED, SIZES, STATE, UNREAD, By, State
from wlz_calc.period import ACADEMIC_YEAR_STARTS
from wlz_calc.ratecard.card import Card, Payable
from wlz_calc.ratecard.measures import family
from wlz_calc.rules import readings
from wlz_calc.rules.asked import Asked, named
from wlz_calc.rules.decisions import AWARD, decide
from wlz_calc.rules.engagement import ATTENDED, PARTNER
from wlz_calc.rules.figures import of
from wlz_calc.rules.framework import Tracked, tracked
from wlz_calc.rules.judgements import judge
from wlz_calc.rules.known import Known
from wlz_calc.rules.naming import payables_of
from wlz_calc.rules.windows import closes, opens, within, year_begun

GROUP = "group"


class Counted(NamedTuple):
    """What was counted on one card (or on several): the frames of monitored.Results."""

    measures: pl.DataFrame
    funnel: pl.DataFrame
    sizes: pl.DataFrame


def results(cards: Sequence[Card], known: Known, by: By) -> Counted:
    """The measures and the payments of these cards, split by one thing."""
    each = [_of_card(card, known, by) for card in cards]
    return Counted(*(pl.concat(parts) for parts in zip(*each, strict=True)))


def _of_card(card: Card, known: Known, by: By) -> Counted:
    kids = known.children_on(card)
    groups = _groups(kids, known, by)
    frames = (_measures(card, kids, known, groups), _funnel(card, known, groups), _sizes(kids, groups))
    own = {"contract": pl.lit(card.contract), "card_version": pl.lit(card.version, dtype=pl.Int32)}
    schemas = (MEASURED, FUNNEL, SIZES)
    return Counted(
        *(
            frame.with_columns(**own).select(pl.col(name).cast(dtype) for name, dtype in schema.items())
            for frame, schema in zip(frames, schemas, strict=True)
        )
    )


# ---------------------------------------------------------------- the groups


def _groups(kids: pl.DataFrame, known: Known, by: By) -> pl.DataFrame:
    """Each child with its `group`; all of them together are the group null, where groups add up to that."""
    everybody = kids.select("child", group=pl.lit(None, dtype=pl.String))
    match by:
        case By.ALL:
            return everybody
        case By.PARTNER:
            return _partners(kids, known)
        case By.COHORT:
            own = kids.select("child", group=_academic_year(pl.col("joined_on")))
        case _:
            own = kids.select("child", group=pl.col(by.value).cast(pl.String))
    return pl.concat([everybody, own])


def _academic_year(day: pl.Expr) -> pl.Expr:
    """`2017/18` for the academic year that holds a day."""
    year = year_begun(day, ACADEMIC_YEAR_STARTS)
    following = ((year + 1) % 100).cast(pl.String).str.zfill(2)
    return pl.concat_str([year.cast(pl.String), pl.lit("/"), following])


def _partners(kids: pl.DataFrame, known: Known) -> pl.DataFrame:
    """Each child with every delivery partner at which it attended a session before it left."""
    own = kids.lazy().select("child", "left_on")
    still_there = pl.col("left_on").is_null() | (pl.col("date") <= pl.col("left_on"))
    return (
        known.extracts["engagement"]
        .filter(PARTNER & ATTENDED)
        .join(own, on="child")
        .filter(still_there)
        .select("child", group=pl.col("provider").cast(pl.String))
        .unique()
        .collect()
    )


def _sizes(kids: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    return (
        kids.lazy()
        .select("child", "phase")
        .join(groups.lazy(), on="child")
        .group_by("phase", GROUP)
        .agg(children=pl.len())
        .sort(GROUP, "phase")
        .collect()
    )


# ---------------------------------------------------------------- the measures


def _measures(card: Card, kids: pl.DataFrame, known: Known, groups: pl.DataFrame) -> pl.DataFrame:
    every = tracked(card)
    payables = [_payable(each, place) for place, each in enumerate(every)]
    asked = [Asked(named(p, 0), each.asked.improves, p) for each, p in zip(every, payables, strict=True)]
    open_to = [one for one in asked if one.payable.baseline]
    framed = of(open_to, payables, kids, known.extracts, evidence=False).lazy()
    states = [
        _states(each, payable, card, framed, known) for each, payable in zip(every, payables, strict=True)
    ]
    counts = [_counted(own, groups.lazy()) for own in states]
    found = zip(every, pl.collect_all(counts), strict=True)
    return pl.concat([_described(each, count) for each, count in found] or [pl.DataFrame(schema=MEASURED)])


def _payable(each: Tracked, place: int) -> Payable:
    """A question as the engine takes them: something payable that costs nothing."""
    first, last = each.asked.windows or (None, None)
    return Payable(
        order=place,
        payment=each.area,
        outcome=each.measure,
        clause="",
        numbers=(),
        price=None,
        phases=each.phases,
        requires=None,
        window=None,
        baseline=first,
        endpoint=last,
        when=each.asked.improves,
    )


def _states(each: Tracked, payable: Payable, card: Card, framed: pl.LazyFrame, known: Known) -> pl.LazyFrame:
    """Every child in the phases of a measure, with its state."""
    if each.asked.windows is None:
        own = framed.filter(pl.col("phase").is_in(list(each.phases)))
        return own.select("child", state=pl.lit(State.NO_WINDOW, dtype=STATE))
    judged = judge(payable, card, framed, known.as_of).filter(pl.col("reason") != Reason.OTHER_PHASE)
    crosses = each.asked.crosses
    crossed = judge(payable._replace(when=crosses), card, framed, known.as_of) if crosses else judged
    elsewhere = _elsewhere(each, payable, framed, known).with_columns(elsewhere=pl.lit(value=True))
    return (
        judged.join(crossed.select("child", crossed="reason"), on="child")
        .join(elsewhere, on="child", how="left")
        .select("child", state=_state())
    )


def _state() -> pl.Expr:
    """What two verdicts on the same readings come to."""
    why, crossed = pl.col("reason"), pl.col("crossed")
    rules = {
        State.OPEN: why == Reason.WINDOW_OPEN,
        State.NO_BASELINE: why == Reason.NO_BASELINE,
        State.OTHER_SCALE: (why == Reason.NO_ENDPOINT) & pl.col("elsewhere").is_not_null(),
        State.NO_ENDPOINT: why == Reason.NO_ENDPOINT,
        State.NOT_AT_RISK: crossed == Reason.NOT_AT_RISK,
        State.NO_LONGER_AT_RISK: crossed == Reason.CROSSED,
        State.NO_EXPECTED: why == Reason.NO_EXPECTED,
        State.IMPROVED: pl.col("status") == Status.MET,
    }
    state = pl.lit(State.NOT_IMPROVED, dtype=STATE)
    for own, holds in reversed(rules.items()):
        state = pl.when(holds).then(pl.lit(own, dtype=STATE)).otherwise(state)
    return state


def _elsewhere(each: Tracked, payable: Payable, framed: pl.LazyFrame, known: Known) -> pl.LazyFrame:
    """The children with a reading where their endpoint should be; without one, it is on another scale."""
    if family(each.measure) != "attainment":
        return framed.select("child").clear()
    assert payable.endpoint is not None  # noqa: S101 - it has both windows
    first, last = opens(payable.endpoint), closes(payable.endpoint)
    before = pl.col(named(payable, 0)).struct.field("baseline_on")
    own = framed.select("child", "informant", first, last, before=before)
    there = readings.of_kids(readings.readings(each.measure, known.extracts), own)
    later = within(pl.col("date"), first, last) & (pl.col("date") > pl.col("before"))
    return there.filter(later).select("child").unique()


def _counted(states: pl.LazyFrame, groups: pl.LazyFrame) -> pl.LazyFrame:
    """A row per group, a column per state."""
    counts = {state.value: (pl.col("state") == state).sum().cast(pl.Int64) for state in State}
    return states.join(groups, on="child").group_by(GROUP).agg(**counts).sort(GROUP)


def _described(each: Tracked, counts: pl.DataFrame) -> pl.DataFrame:
    """The counts of a measure with their sums, and what they are of."""
    unread, at_risk = pl.sum_horizontal(UNREAD), pl.sum_horizontal(AT_RISK)
    both, paid = at_risk + pl.col(State.NOT_AT_RISK), each.asked.paid
    return counts.with_columns(
        domain=pl.lit(each.domain, dtype=pl.String),
        area=pl.lit(each.area),
        measure=pl.lit(each.measure),
        phases=pl.lit(pl.Series([list(each.phases)])).first(),
        paid=pl.lit((paid.outcome or paid.payment) if paid else None, dtype=pl.String),
        children=unread + both,
        both_readings=both,
        **_of_a_threshold(at_risk, stated=each.asked.crosses is not None),
    )


def _of_a_threshold(at_risk: pl.Expr, *, stated: bool) -> dict[str, pl.Expr]:
    """What can be counted only where a threshold is stated."""
    counts = {"at_risk": at_risk} | {
        name: pl.col(name) for name in (State.NOT_AT_RISK, State.NO_LONGER_AT_RISK)
    }
    return {str(name): pl.when(stated).then(count) for name, count in counts.items()}


# ---------------------------------------------------------------- the payments


def _funnel(card: Card, known: Known, groups: pl.DataFrame) -> pl.DataFrame:
    """For every payment of a card and every group, who has it and what that comes to."""
    payments = payables_of(card.payables).lazy().with_columns(pl.col("payment").cast(pl.String))
    earned = (
        decide(card, known)
        .lazy()
        .filter(AWARD)
        .join(payments.select("order", "payment"), on="order")
        .group_by("child", "payment")
        .agg(value=pl.col("price").sum())
        .join(groups.lazy(), on="child")
        .group_by(GROUP, "payment")
        .agg(met=pl.len(), value=pl.col("value").sum())
    )
    in_order = pl.LazyFrame({"payment": list(card.payments)}).with_row_index("place")
    return (
        groups.lazy()
        .group_by(GROUP)
        .agg(children=pl.len())
        .join(in_order, how="cross")
        .join(earned, on=[GROUP, "payment"], how="left", nulls_equal=True)
        .sort("place", GROUP)
        .with_columns(pl.col("met", "value").fill_null(0))
        .collect()
    )
