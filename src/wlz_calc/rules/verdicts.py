"""Verdicts: what a test says of a child, by the child's figures.

A verdict is a status, the reason, and the day it falls due where it is met.
Source: rate-cards, Tests and Status, step 2.
"""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import count
from typing import NamedTuple

import polars as pl

from wlz_calc.decision import Reason, Status
from wlz_calc.frames import REASON, STATUS
from wlz_calc.ratecard.card import Card
from wlz_calc.ratecard.conditions import (
    AllOf,
    AnyOf,
    AtRisk,
    Change,
    Condition,
    Crosses,
    Gain,
    Happened,
    Progresses,
    Reaches,
    Single,
)
from wlz_calc.ratecard.measures import ATTENDANCE, Kind, kind, member
from wlz_calc.rules.exact import Ratio, in_force
from wlz_calc.standards import sdq
from wlz_calc.standards.assessment import POINT


class Rule(NamedTuple):
    """One branch of a test: where it holds, this status with this reason."""

    holds: pl.Expr
    status: Status
    reason: Reason


class Ruling(NamedTuple):
    """What a test says: the first rule that holds, and the day on which it falls due where it is met."""

    rules: tuple[Rule, ...]
    otherwise: tuple[Status, Reason]
    due_on: pl.Expr

    @property
    def said(self) -> pl.Expr:
        """The status and the reason as one small number, so that every rule is looked at once."""
        said = _literal(*self.otherwise)
        for rule in reversed(self.rules):
            said = pl.when(rule.holds).then(_literal(rule.status, rule.reason)).otherwise(said)
        return said


@cache
def _literal(status: Status, reason: Reason) -> pl.Expr:
    return pl.lit(list(Status).index(status) * len(Reason) + list(Reason).index(reason), dtype=pl.UInt16)


def _has(said: pl.Expr, status: Status) -> pl.Expr:
    return said // len(Reason) == list(Status).index(status)


def _status(said: pl.Expr) -> pl.Expr:
    return (said // len(Reason)).cast(pl.UInt8).cat.to(STATUS)


def _reason(said: pl.Expr) -> pl.Expr:
    return (said % len(Reason)).cast(pl.UInt8).cat.to(REASON)


def judged(children: pl.LazyFrame, condition: Condition, card: Card, as_of: date) -> pl.LazyFrame:
    """Children with what the condition says of each: status, due_on (null unless met), reason.

    `children`: one row each, with the bounds of the windows, and the figures of test number n as the struct
    column `test_n`. Also `verdicts`: a list with the same of every single test.
    """
    judge = _Judge(card, as_of)
    framed, said, due_on = judge.of(children, condition, "whole")
    return framed.with_columns(
        **_verdict(said, due_on),
        verdicts=pl.concat_list(
            pl.struct(expr.alias(name) for name, expr in _verdict(*one).items()) for one in judge.singles
        ),
    )


def _verdict(said: str, due_on: str) -> dict[str, pl.Expr]:
    return {"status": _status(pl.col(said)), "reason": _reason(pl.col(said)), "due_on": pl.col(due_on)}


class _Judge:
    """Goes through a condition in the order of the card; what each part says becomes two columns."""

    def __init__(self, card: Card, as_of: date) -> None:
        self.card = card
        self.as_of = as_of
        self.numbers = count()
        self.singles: list[tuple[str, str]] = []

    def of(self, frame: pl.LazyFrame, condition: Condition, name: str) -> tuple[pl.LazyFrame, str, str]:
        """The frame with what the condition says, and the names of the two columns that say it."""
        said, due_on = f"{name}: said", f"{name}: due_on"
        if isinstance(condition, AllOf | AnyOf):
            parts = []
            for place, part in enumerate(condition.parts):
                frame, *columns = self.of(frame, part, f"{name}.{place}")
                parts.append(tuple(pl.col(column) for column in columns))
            combine = _all if isinstance(condition, AllOf) else _any
            both = dict(zip((said, due_on), combine(parts), strict=True))
            return frame.with_columns(**both), said, due_on
        ruling = self.ruling(condition)
        met = _has(pl.col(said), Status.MET)
        self.singles.append((said, due_on))
        framed = frame.with_columns(ruling.said.alias(said))
        return framed.with_columns(pl.when(met).then(ruling.due_on).alias(due_on)), said, due_on

    def ruling(self, test: Single) -> Ruling:
        """What one test says."""
        figures = pl.col(f"test_{next(self.numbers)}").struct.field
        if isinstance(test, Happened):
            return _happened(self)
        if not isinstance(test, Reaches):
            return _change(test, self, figures)
        if kind(test.measure) is Kind.COUNT:
            return _count(self, figures)
        return _rate(test, self, figures)

    def open(self, closes: str) -> pl.Expr:
        """Whether the window ends after the as-of date; one that ends on it is over."""
        return pl.col(closes) > self.as_of


def _happened(judge: _Judge) -> Ruling:
    day = pl.max_horizontal("consent_on", "joined_on")
    there = pl.col("consent_on").is_not_null()
    inside = pl.col("opens").is_null() | day.is_between(pl.col("opens"), pl.col("closes"))
    over = pl.col("closes").is_not_null() & ~judge.open("closes")
    rules = (
        Rule(there & inside, Status.MET, Reason.HAPPENED),
        Rule(~there & over, Status.NOT_MET, Reason.NO_DATE),
        Rule(~there, Status.NOT_YET, Reason.NO_DATE),
    )
    return Ruling(rules, (Status.NOT_MET, Reason.OUTSIDE_WINDOW), day)


def _count(judge: _Judge, figures: Callable[[str], pl.Expr]) -> Ruling:
    reached_on = figures("reached_on")
    rules = (
        Rule(reached_on.is_not_null(), Status.MET, Reason.REACHED),
        Rule(judge.open("closes"), Status.NOT_YET, Reason.WINDOW_OPEN),
    )
    return Ruling(rules, (Status.NOT_MET, Reason.SHORT), reached_on)


def _rate(test: Reaches, judge: _Judge, figures: Callable[[str], pl.Expr]) -> Ruling:
    rate = Ratio(figures("value"), figures("of"))
    enough = in_force(test.at_least, pl.col("closes"), lambda least: rate.at_least(Fraction(least)))
    missing = Reason.TOO_FEW_POSSIBLE if test.measure == ATTENDANCE else Reason.NO_SESSIONS
    rules = (
        Rule(judge.open("closes"), Status.NOT_YET, Reason.WINDOW_OPEN),
        Rule(figures("value").is_null(), Status.NOT_ASSESSABLE, missing),
        Rule(enough, Status.MET, Reason.REACHED),
    )
    return Ruling(rules, (Status.NOT_MET, Reason.SHORT), pl.col("closes"))


def _change(test: Single, judge: _Judge, figures: Callable[[str], pl.Expr]) -> Ruling:
    assert isinstance(test, Change)  # noqa: S101 - the other tests have been judged already
    before, after = (Ratio(figures(name), figures(f"{name}_of")) for name in ("baseline", "endpoint"))
    rules = [
        Rule(judge.open("endpoint_closes"), Status.NOT_YET, Reason.WINDOW_OPEN),
        Rule(before.value.is_null(), Status.NOT_ASSESSABLE, Reason.NO_BASELINE),
        Rule(after.value.is_null(), Status.NOT_ASSESSABLE, Reason.NO_ENDPOINT),
    ]
    if test.at_risk:
        at_risk = _at_risk(test.at_risk, test.measure, before)
        rules.append(Rule(~at_risk, Status.NOT_ELIGIBLE, Reason.NOT_AT_RISK))
    if isinstance(test, Progresses):
        rules.append(Rule(figures("expected_gain").is_null(), Status.NOT_ASSESSABLE, Reason.NO_EXPECTED))
    met, reached, missed = _met(test, before, after, figures, judge.card)
    rules.append(Rule(met, Status.MET, reached))
    return Ruling(tuple(rules), (Status.NOT_MET, missed), pl.col("endpoint_closes"))


def _met(
    test: Change, before: Ratio, after: Ratio, figures: Callable[[str], pl.Expr], card: Card
) -> tuple[pl.Expr, Reason, Reason]:
    """Whether the change is enough, and the reason either way."""
    if isinstance(test, Crosses):
        return ~_at_risk(test.at_risk, test.measure, after), Reason.CROSSED, Reason.STILL_AT_RISK
    assert isinstance(test, Gain)  # noqa: S101 - every change is a crossing or a gain
    gain = after - before if card.higher_is_better(test.measure) else before - after
    if isinstance(test, Progresses):
        gain = gain - Ratio(figures("expected_gain"), pl.lit(POINT))
    enough = gain.above if test.strictly else gain.at_least
    met = in_force(test.by, pl.col("endpoint_closes"), lambda by: enough(Fraction(by)))
    if isinstance(test, Progresses):
        return met, Reason.PROGRESSED, Reason.NOT_PROGRESSED
    return met, Reason.IMPROVED, Reason.NOT_IMPROVED


def _at_risk(risk: AtRisk, measure: str, reading: Ratio) -> pl.Expr:
    """Whether a reading is at risk, by the threshold in force on the last day of the endpoint window."""
    if risk.band is not None and risk.scheme is not None:
        return _in_band(risk.band, risk.scheme, member(measure), reading)
    compare: dict[str | None, Callable[[Fraction], pl.Expr]] = {
        "below": lambda number: ~reading.at_least(number),
        "at_most": lambda number: ~reading.above(number),
        "above": reading.above,
        "at_least": reading.at_least,
    }
    threshold = risk.threshold or {}
    return in_force(
        threshold, pl.col("endpoint_closes"), lambda number: compare[risk.comparison](Fraction(number))
    )


def _in_band(band: str, scheme: sdq.Scheme, scale: str, reading: Ratio) -> pl.Expr:
    """Whether the score is in that band or a worse one, by the cut-offs for the child's informant."""
    result = pl.lit(None, dtype=pl.Boolean)
    for informant in sdq.INFORMANTS:
        start = Fraction(sdq.band_start(scale, informant, scheme, band))
        there = ~reading.above(start) if sdq.higher_is_better(scale) else reading.at_least(start)
        result = pl.when(pl.col("informant") == informant).then(there).otherwise(result)
    return result


Part = tuple[pl.Expr, ...]
"""What a part says, and the day on which it falls due."""


def _all(parts: list[Part]) -> Part:
    """Not met if any part is; else not yet if any is; else not assessable if any is; else met."""
    latest = pl.max_horizontal(due_on for _, due_on in parts)
    return _first(parts, (Status.NOT_MET, Status.NOT_YET, Status.NOT_ASSESSABLE, Status.MET), latest)


def _any(parts: list[Part]) -> Part:
    """Met if any part is; else not yet if any is; else not assessable if any is; else not met."""
    earliest = pl.min_horizontal(due_on for _, due_on in parts)
    return _first(parts, (Status.MET, Status.NOT_YET, Status.NOT_ASSESSABLE, Status.NOT_MET), earliest)


def _first(parts: list[Part], order: tuple[Status, ...], due_on: pl.Expr) -> Part:
    """The first status of `order` that some part has, with the reason of the first part that has it.

    Where it is met, that is the first part that falls due when the whole does.
    """
    whole = pl.lit(None, dtype=pl.UInt16)
    for wanted in reversed(order):
        for said, due in reversed(parts):
            there = _has(said, wanted)
            whole = (
                pl.when(there & (due == due_on) if wanted is Status.MET else there)
                .then(said)
                .otherwise(whole)
            )
    return whole, pl.when(_has(whole, Status.MET)).then(due_on)
