"""Causes: why an award is claimed otherwise than it was claimed or decided when the last claim was sealed.

The decisions that were sealed, with the figures they rested on, are set beside those of today: whatever
differs first, in the order of `_cause`, is the cause.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final, NamedTuple

import polars as pl

from wlz_calc.claims.ledger import NEW, POUNDS
from wlz_calc.claims.sealed import Sealed
from wlz_calc.decision import Cause, Reason, Status
from wlz_calc.frames import CAUSES, EVIDENCE, PENCE, conform, worded
from wlz_calc.money import PENCE_IN_A_POUND
from wlz_calc.ratecard.card import Card
from wlz_calc.ratecard.conditions import tests
from wlz_calc.ratecard.measures import table
from wlz_calc.standards.assessment import POINT

PAYABLE: Final = ("contract", "child_id", "payment", "outcome")
CHILD: Final = ("contract", "child_id")
TERMS: Final = ("contract", "card_version", "payment", "outcome")
DECIDED: Final = pl.Schema(
    {
        **dict.fromkeys(PAYABLE, pl.String()),
        "card_version": pl.Int32(),
        "number": pl.UInt16(),
        "status": pl.String(),
        "reason": pl.String(),
        "due_on": pl.Date(),
        "price": PENCE(),
        "evidence": pl.List(EVIDENCE),
    }
)
WAS: Final = ", was"
FIGURES: Final = (
    "value", "of", "baseline", "baseline_of", "baseline_on", "endpoint", "endpoint_of", "endpoint_on",
)  # fmt: skip
JUDGED_BY: Final = ("joined_on", "consent_on", "left_on", "year_group")
"""What of the register decides what is due."""
PAID_BY: Final = ("school", "authority")
"""What of it decides who pays."""


class Sides(NamedTuple):
    """What was sealed last, and what is there today.

    `decisions`: the columns of DECIDED, in text and pence; `register`: frames.REGISTER. `measures`: see
    `measures`. `edited`: the contracts whose cards are not the files they were. `since`: by contract, the
    quarter that was sealed last.
    """

    decisions_before: pl.LazyFrame
    decisions: pl.LazyFrame
    register_before: pl.LazyFrame
    register: pl.LazyFrame
    measures: pl.LazyFrame
    edited: Collection[str]
    since: pl.LazyFrame


def sealed_decisions(claims: Sequence[Sealed]) -> pl.LazyFrame:
    """The decisions behind sealed claims, in the columns of DECIDED; prices in pence."""
    price = (pl.col("price").cast(POUNDS) * PENCE_IN_A_POUND).cast(PENCE)
    there = (claim.decisions for claim in claims)
    return pl.concat(
        [
            pl.LazyFrame(schema=DECIDED),
            *(conform(one.with_columns(price), DECIDED) for one in there if one is not None),
        ]
    )


def today(decisions: pl.LazyFrame) -> pl.LazyFrame:
    """Decisions of today in the columns of DECIDED."""
    return conform(decisions, DECIDED)


def since(claims: Sequence[Sealed]) -> pl.LazyFrame:
    """By contract, the quarter of its newest claim."""
    rows = [(claim.contract, str(claim.quarter)) for claim in claims]
    return pl.LazyFrame(rows, schema={"contract": pl.String, "since": pl.String}, orient="row")


def measures(cards: Sequence[Card]) -> pl.LazyFrame:
    """What the test in each place of a payable measures, and whether it counts sessions."""
    rows = [
        (
            card.contract,
            card.version,
            p.payment,
            p.outcome,
            place,
            test.measure,
            table(test.measure) == "engagement",
        )
        for card in cards
        for p in card.payables
        for place, test in enumerate(tests(p.when))
    ]
    names = ("contract", "card_version", "payment", "outcome", "place", "measure", "session")
    types = (pl.String, pl.Int32, pl.String, pl.String, pl.Int64, pl.String, pl.Boolean)
    return pl.LazyFrame(rows, schema=dict(zip(names, types, strict=True)), orient="row")


def otherwise(lines: pl.DataFrame, begun: date) -> pl.DataFrame:
    """The awards of lines that adjust or fell due before the day `begun`: PAYABLE, number, amount in all."""
    late = (pl.col("kind") != NEW) | (pl.col("due_on") < begun)
    texts = pl.col("contract", "payment", "outcome", "kind").cast(pl.String)
    awards = lines.lazy().filter(late).with_columns(texts).group_by(*PAYABLE, "number")
    return awards.agg(pl.col("amount").sum()).collect()


def causes(awards: pl.DataFrame, sides: Sides) -> pl.DataFrame:
    """Why awards are not what was claimed or decided before, in the columns of frames.CAUSES.

    `awards`: see `otherwise`; of contracts of which something is sealed.
    """
    was = sides.decisions_before.drop("evidence").select(*PAYABLE, pl.exclude(*PAYABLE).name.suffix(WAS))
    both = (
        awards.lazy()
        .rename({"number": "claimed as"})
        .join(was, on=PAYABLE, how="left", nulls_equal=True)
        .join(sides.decisions.drop("evidence"), on=PAYABLE, how="left", nulls_equal=True)
        .join(_there(sides.register_before, "was there"), on=CHILD, how="left")
        .join(_there(sides.register, "is there"), on=CHILD, how="left")
        .join(_counting(sides.measures), on=TERMS, how="left", nulls_equal=True)
        .join(_of_register(sides, JUDGED_BY, "judged"), on=CHILD, how="left")
        .join(_of_register(sides, PAID_BY, "paid"), on=CHILD, how="left")
        .join(_of_evidence(sides), on=PAYABLE, how="left", nulls_equal=True)
        .join(sides.since, on="contract", how="left")
        .with_columns(cause=_cause(sides.edited))
    )
    said = [_said(name) for name in ("what", "before", "after")]
    ordered = both.with_columns(*said, number="claimed as").sort(*PAYABLE, "number")
    return conform(ordered, CAUSES).collect()


def beside(lines: pl.DataFrame, causes: pl.DataFrame) -> pl.DataFrame:
    """The same lines in the same order, each that has a cause with that as its reason."""
    award = ["contract", "child_id", "payment", "outcome", "number"]
    found = causes.lazy().select(*award, "cause")
    joined = lines.lazy().join(
        found, on=award, how="left", nulls_equal=True, maintain_order="left", validate="m:1"
    )
    return joined.with_columns(reason=pl.coalesce("cause", "reason")).drop("cause").collect()


def _cause(edited: Collection[str]) -> pl.Expr:
    """The first thing that differs: the data, then the hold, the terms, and what follows from them."""
    status_was, status = pl.col(f"status{WAS}"), pl.col("status")
    reasons = pl.concat_list("reason", f"reason{WAS}")
    in_other_file = pl.col("contract").is_in(list(edited))
    terms = _other("card_version") | (in_other_file & (_other("status") | _other("price")))
    return (
        pl.when(status_was.is_null())
        .then(pl.when("was there").then(_lit(Cause.OPENING)).otherwise(_lit(Cause.REGISTER)))
        .when(pl.col("is there").is_null()).then(_lit(Cause.REGISTER))
        .when(status.is_null()).then(_lit(Cause.CARD))
        .when(pl.col("judged").is_not_null()).then(_lit(Cause.REGISTER))
        .when(pl.col("figures").is_not_null())
        .then(pl.when("session").then(_lit(Cause.SESSION)).otherwise(_lit(Cause.READING)))
        .when(status_was == Status.HELD).then(_lit(Cause.HOLD))
        .when(terms).then(_lit(Cause.CARD))
        .when(pl.col("paid").is_not_null()).then(_lit(Cause.REGISTER))
        .when((pl.col("due_on") != pl.col(f"due_on{WAS}")) & pl.col("counts")).then(_lit(Cause.SESSION))
        .when(reasons.list.contains(Reason.GATE_NOT_MET)).then(_lit(Cause.GATE))
        .when(reasons.list.contains(Reason.NUMBERS_USED) | _other("number")).then(_lit(Cause.NUMBER))
        .when(in_other_file & (pl.col("amount") == 0)).then(_lit(Cause.CARD))
        .when(~_other("status")).then(_lit(Cause.LIMIT))
        .otherwise(_lit(Cause.OTHERWISE))
    )  # fmt: skip


def _other(name: str) -> pl.Expr:
    """Whether it was decided otherwise."""
    return pl.col(name).ne_missing(pl.col(f"{name}{WAS}"))


def _lit(cause: Cause) -> pl.Expr:
    return pl.lit(cause.value)


def _said(name: str) -> pl.Expr:
    """What has changed, where it is something of the data: a child as a whole, its register, or a test."""
    here, was = pl.col("is there").is_not_null(), pl.col("was there").is_not_null()
    whole = {
        "what": pl.lit("child"),
        "before": pl.when(was).then("child_id"),
        "after": pl.when(here).then("child_id"),
    }
    fields = pl.coalesce("judged", "figures", "paid").struct.field(name)
    of_data = pl.col("cause").is_in([Cause.REGISTER, Cause.READING, Cause.SESSION])
    return pl.when(of_data).then(pl.when(here & was).then(fields).otherwise(whole[name])).alias(name)


def _of_register(sides: Sides, columns: Sequence[str], name: str) -> pl.LazyFrame:
    """The first of some columns that has changed of each child, as a struct: what, before, after."""
    was = _texts(sides.register_before.select(*CHILD, *columns))
    now = _texts(sides.register.select(*CHILD, *columns))
    both = was.join(now, on=CHILD, suffix=", now")
    changed = [
        pl.when(pl.col(column).ne_missing(pl.col(f"{column}, now"))).then(
            pl.struct(what=pl.lit(column), before=pl.col(column), after=pl.col(f"{column}, now"))
        )
        for column in columns
    ]
    return both.select(*CHILD, pl.coalesce(changed).alias(name)).filter(pl.col(name).is_not_null())


def _there(register: pl.LazyFrame, name: str) -> pl.LazyFrame:
    """The children of a register, with a column that says so."""
    return _texts(register.select(CHILD)).with_columns(pl.lit(value=True).alias(name))


def _counting(measures: pl.LazyFrame) -> pl.LazyFrame:
    """Whether a test of a payable `counts` sessions: then its due date is the day of one of them."""
    return measures.group_by(TERMS).agg(counts=pl.col("session").any())


def _texts(frame: pl.LazyFrame) -> pl.LazyFrame:
    return frame.with_columns(pl.all().cast(pl.String))


def _of_evidence(sides: Sides) -> pl.LazyFrame:
    """The first test of each payable of which figures have changed: `session`, `figures` (see `_said`)."""
    was, now = (_each_test(side) for side in (sides.decisions_before, sides.decisions))
    both = now.join(was, on=[*PAYABLE, "place"], suffix=WAS, nulls_equal=True)
    differs = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}{WAS}")) for name in FIGURES)
    figures = pl.struct(what="measure", before=_figures(WAS), after=_figures(""))
    return (
        both.filter(differs)
        .join(sides.measures, on=[*TERMS, "place"], how="left", nulls_equal=True)
        .sort(*PAYABLE, "place")
        .unique(PAYABLE, keep="first", maintain_order=True)
        .select(*PAYABLE, "session", figures=figures)
    )


def _each_test(decisions: pl.LazyFrame) -> pl.LazyFrame:
    """A row for each test of a decision, with its `place` and figures."""
    place = pl.int_ranges(pl.col("evidence").list.len())
    return (
        decisions.filter(pl.col("evidence").list.len() > 0)
        .select(*PAYABLE, "card_version", "evidence", place=place)
        .explode("evidence", "place")
        .unnest("evidence")
        .select(*PAYABLE, "card_version", "place", *FIGURES)
    )


def _figures(suffix: str) -> pl.Expr:
    """The figures of a test as text: a value, or both readings with their days."""
    value = _figure("value", "of", suffix)
    readings = [_reading(name, suffix) for name in ("baseline", "endpoint")]
    return pl.coalesce(value, pl.concat_str(readings, separator=", "))


def _reading(name: str, suffix: str) -> pl.Expr:
    figure = _figure(name, f"{name}_of", suffix)
    dated = worded(f"{name} {{}} on {{}}", figure, pl.col(f"{name}_on{suffix}"))
    return pl.coalesce(dated, worded(f"{name} {{}}", figure), pl.lit(f"no {name}"))


def _figure(name: str, of: str, suffix: str) -> pl.Expr:
    """A count or a score as it is, a rate as a fraction."""
    value, whole = pl.col(f"{name}{suffix}"), pl.col(f"{of}{suffix}")
    places = (value.cast(pl.Decimal(38, 4)) / POINT).cast(pl.Decimal(38, 4)).cast(pl.String)
    score = places.str.replace(r"\.?0+$", "")
    return (
        pl.when(whole == POINT).then(score)
        .when(whole == 1).then(value.cast(pl.String))
        .otherwise(worded("{}/{}", value, whole))
    )  # fmt: skip
