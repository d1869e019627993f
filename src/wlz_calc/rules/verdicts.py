"""Verdicts: what a test says of a child, as expressions over the child's figures.

A verdict is a status, the day it falls due where it is met, and the reason. The figures of test number n
stand in the struct column `test_n`. Source: rate-cards, Tests and Status, step 2.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import count

import polars as pl

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
from wlz_calc.ratecard.measures import ATTENDANCE, Kind, family, kind, member
from wlz_calc.rules.exact import Ratio, in_force
from wlz_calc.standards import sdq
from wlz_calc.tables import POINT, REASON, STATUS, Reason, Status

NO_DAY = pl.lit(None, dtype=pl.Date)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a condition says: status, due_on (null unless met), reason."""

    status: pl.Expr
    due_on: pl.Expr
    reason: pl.Expr


@dataclass(frozen=True, slots=True)
class Rule:
    """One branch: where it holds, this status with this reason."""

    holds: pl.Expr
    status: Status
    reason: Reason


def _verdict(due_on: pl.Expr, met: Rule, *rules: Rule, otherwise: tuple[Status, Reason]) -> Verdict:
    """The first rule that holds; `met` is tried where none of `rules` holds."""
    status, reason = (
        pl.lit(item, dtype=kind) for item, kind in zip(otherwise, (STATUS, REASON), strict=True)
    )
    for rule in reversed((*rules, met)):
        status = pl.when(rule.holds).then(pl.lit(rule.status, dtype=STATUS)).otherwise(status)
        reason = pl.when(rule.holds).then(pl.lit(rule.reason, dtype=REASON)).otherwise(reason)
    return Verdict(status, pl.when(status == Status.MET).then(due_on).otherwise(NO_DAY), reason)


def verdict(condition: Condition, card: Card, as_of: date) -> Verdict:
    """What the condition says of each row of a frame of children with their figures."""
    return _of(condition, _Bench(card, as_of), count())


@dataclass(frozen=True, slots=True)
class _Bench:
    """What every test is judged with."""

    card: Card
    as_of: date

    def open(self, closes: str) -> pl.Expr:
        """Whether the window ends after the as-of date; one that ends on it is over."""
        return pl.col(closes) > self.as_of


def _of(condition: Condition, bench: _Bench, numbers: "count[int]") -> Verdict:
    if isinstance(condition, AllOf | AnyOf):
        combine = _all if isinstance(condition, AllOf) else _any
        return combine([_of(part, bench, numbers) for part in condition.parts])
    figures = pl.col(f"test_{next(numbers)}").struct.field
    if isinstance(condition, Happened):
        return _happened(bench)
    if isinstance(condition, Reaches):
        return (
            _count(bench, figures)
            if kind(condition.measure) is Kind.COUNT
            else _rate(condition, bench, figures)
        )
    return _change(condition, bench, figures)


def _happened(bench: _Bench) -> Verdict:
    day = pl.max_horizontal("consent_on", "joined_on")
    there = pl.col("consent_on").is_not_null()
    inside = pl.col("opens").is_null() | day.is_between(pl.col("opens"), pl.col("closes"))
    over = pl.col("closes").is_not_null() & ~bench.open("closes")
    return _verdict(
        day,
        Rule(there & inside, Status.MET, Reason.HAPPENED),
        Rule(~there & over, Status.NOT_MET, Reason.NO_DATE),
        Rule(~there, Status.NOT_YET, Reason.NO_DATE),
        otherwise=(Status.NOT_MET, Reason.OUTSIDE_WINDOW),
    )


def _count(bench: _Bench, figures: Callable[[str], pl.Expr]) -> Verdict:
    reached_on = figures("reached_on")
    return _verdict(
        reached_on,
        Rule(reached_on.is_not_null(), Status.MET, Reason.REACHED),
        Rule(reached_on.is_null() & bench.open("closes"), Status.NOT_YET, Reason.WINDOW_OPEN),
        otherwise=(Status.NOT_MET, Reason.SHORT),
    )


def _rate(test: Reaches, bench: _Bench, figures: Callable[[str], pl.Expr]) -> Verdict:
    rate = Ratio(figures("value"), figures("of"))
    enough = in_force(test.at_least, pl.col("closes"), lambda least: rate.at_least(Fraction(least)))
    missing = Reason.TOO_FEW_POSSIBLE if test.measure == ATTENDANCE else Reason.NO_SESSIONS
    return _verdict(
        pl.col("closes"),
        Rule(enough, Status.MET, Reason.REACHED),
        Rule(bench.open("closes"), Status.NOT_YET, Reason.WINDOW_OPEN),
        Rule(figures("value").is_null(), Status.NOT_ASSESSABLE, missing),
        otherwise=(Status.NOT_MET, Reason.SHORT),
    )


def _change(test: Single, bench: _Bench, figures: Callable[[str], pl.Expr]) -> Verdict:
    assert isinstance(test, Change)  # noqa: S101 - the other tests have been judged already
    before, after = (Ratio(figures(name), figures(f"{name}_of")) for name in ("baseline", "endpoint"))
    rules = [
        Rule(bench.open("endpoint_closes"), Status.NOT_YET, Reason.WINDOW_OPEN),
        Rule(before.value.is_null(), Status.NOT_ASSESSABLE, Reason.NO_BASELINE),
        Rule(after.value.is_null(), Status.NOT_ASSESSABLE, Reason.NO_ENDPOINT),
    ]
    if test.at_risk:
        at_risk = _at_risk(test.at_risk, test.measure, before)
        rules.append(Rule(~at_risk, Status.NOT_ELIGIBLE, Reason.NOT_AT_RISK))
    if isinstance(test, Progresses):
        rules.append(Rule(figures("expected_gain").is_null(), Status.NOT_ASSESSABLE, Reason.NO_EXPECTED))
    met, reached, missed = _met(test, before, after, figures, bench.card)
    return _verdict(
        pl.col("endpoint_closes"),
        Rule(met, Status.MET, reached),
        *rules,
        otherwise=(Status.NOT_MET, missed),
    )


def _met(
    test: Change, before: Ratio, after: Ratio, figures: Callable[[str], pl.Expr], card: Card
) -> tuple[pl.Expr, Reason, Reason]:
    """Whether the change is enough, and the reason either way."""
    if isinstance(test, Crosses):
        return ~_at_risk(test.at_risk, test.measure, after), Reason.CROSSED, Reason.STILL_AT_RISK
    assert isinstance(test, Gain)  # noqa: S101 - every change is a crossing or a gain
    gain = after - before if higher_is_better(test.measure, card) else before - after
    if isinstance(test, Progresses):
        gain = gain - Ratio(figures("expected_gain"), pl.lit(POINT))
    enough = gain.above if test.strictly else gain.at_least
    met = in_force(test.by, pl.col("endpoint_closes"), lambda by: enough(Fraction(by)))
    if isinstance(test, Progresses):
        return met, Reason.PROGRESSED, Reason.NOT_PROGRESSED
    return met, Reason.IMPROVED, Reason.NOT_IMPROVED


def higher_is_better(measure: str, card: Card) -> bool:
    """Which way is better. Source: rate-cards, Measures; a survey's is the card's to say."""
    match family(measure):
        case "sdq":
            return sdq.higher_is_better(member(measure))
        case "survey":
            return card.surveys[member(measure)].better == "higher"
        case _:
            return True


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


def _all(parts: list[Verdict]) -> Verdict:
    """Not met if any part is; else not yet if any is; else not assessable if any is; else met."""
    order = (Status.NOT_MET, Status.NOT_YET, Status.NOT_ASSESSABLE, Status.MET)
    return _first(parts, order, pl.max_horizontal(part.due_on for part in parts))


def _any(parts: list[Verdict]) -> Verdict:
    """Met if any part is; else not yet if any is; else not assessable if any is; else not met."""
    order = (Status.MET, Status.NOT_YET, Status.NOT_ASSESSABLE, Status.NOT_MET)
    return _first(parts, order, pl.min_horizontal(part.due_on for part in parts))


def _first(parts: list[Verdict], order: tuple[Status, ...], due_on: pl.Expr) -> Verdict:
    """The first status of `order` that some part has, with the reason of the first part that has it.

    Where all are met, the reason is that of the part that falls due when the whole does.
    """
    status, reason = pl.lit(None, dtype=STATUS), pl.lit(None, dtype=REASON)
    for wanted in reversed(order):
        for part in reversed(parts):
            there = part.status == wanted
            if wanted is Status.MET:
                there &= part.due_on == due_on
            status = pl.when(there).then(pl.lit(wanted, dtype=STATUS)).otherwise(status)
            reason = pl.when(there).then(part.reason).otherwise(reason)
    return Verdict(status, pl.when(status == Status.MET).then(due_on).otherwise(NO_DAY), reason)
