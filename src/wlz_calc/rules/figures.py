"""Figures: what the tests of a card compare, for every child; each extract is gone through once.

Source: rate-cards, Measures.
"""

from collections.abc import Mapping, Sequence
from functools import reduce

import polars as pl

from wlz_calc.ratecard.card import Card, Payable
from wlz_calc.ratecard.measures import table
from wlz_calc.ratecard.windows import Window
from wlz_calc.rules import attendance, engagement, readings
from wlz_calc.rules.asked import Asked, asked
from wlz_calc.rules.windows import bounds, closes, opens

Extracts = Mapping[str, pl.LazyFrame]
Paired = dict[tuple[Window, Window], list[Asked]]

COUNTED = {"engagement": engagement.figures, "attendance": attendance.figures}
"""Where figures add up all that is in a window; elsewhere one reading is set against another."""


def figures(card: Card, kids: pl.DataFrame, extracts: Extracts, *, evidence: bool) -> pl.DataFrame:
    """The children on a card with the bounds of its windows, and the figures of its tests (see `asked`).

    `kids`: see `Known.children_on`. Figures have the field `rows` with `evidence` only.
    """
    return of(list(asked(card)), card.payables, kids, extracts, evidence=evidence)


def of(
    tests: Sequence[Asked],
    payables: Sequence[Payable],
    kids: pl.DataFrame,
    extracts: Extracts,
    *,
    evidence: bool,
) -> pl.DataFrame:
    """The children with the bounds of the windows of these payables, and the figures of these tests."""
    framed = kids.with_columns(**_bounds(payables)).lazy()
    paired = _paired(tests)
    compared = [
        readings.figures(_measures(pair), windows, extracts, framed, evidence=evidence)
        for windows, pair in paired.items()
    ]
    counted = [
        count(own, extracts, framed, evidence=evidence)
        for name, count in COUNTED.items()
        if (own := [one for one in tests if table(one.test.measure) == name])
    ]
    found = pl.collect_all([*compared, *counted])
    structs = [
        _struct(frame, one, _measures(pair))
        for frame, pair in zip(found, paired.values(), strict=False)
        for one in pair
    ]
    parts = [*structs, *(frame.lazy() for frame in found[len(compared) :])]
    return reduce(_beside, parts, framed).collect(engine="in-memory")  # as wide as this, streaming costs more


def _beside(kids: pl.LazyFrame, part: pl.LazyFrame) -> pl.LazyFrame:
    return kids.join(part, on="child", how="left")


def _bounds(payables: Sequence[Payable]) -> dict[str, pl.Expr]:
    """The first and the last day of every window of theirs."""
    stated = [(p.window, p.baseline, p.endpoint) for p in payables]
    columns: dict[str, pl.Expr] = {}
    for window in {str(window): window for windows in stated for window in windows if window}.values():
        columns[opens(window)], columns[closes(window)] = bounds(window, pl.col("joined_on"))
    return columns


def _paired(tests: Sequence[Asked]) -> Paired:
    """The tests that compare readings, those of the same two windows together."""
    paired: Paired = {}
    for one in tests:
        if table(one.test.measure) not in COUNTED:
            paired.setdefault((one.baseline, one.endpoint), []).append(one)
    return paired


def _measures(pair: Sequence[Asked]) -> list[str]:
    """What tests measure, each once."""
    return list(dict.fromkeys(one.test.measure for one in pair))


def _struct(compared: pl.DataFrame, asked: Asked, measures: Sequence[str]) -> pl.LazyFrame:
    """The readings that one test compares, as its figures."""
    own = compared.lazy().filter(pl.col("measure") == measures.index(asked.test.measure))
    return own.select("child", pl.struct(pl.exclude(readings.KEY)).alias(asked.name))
