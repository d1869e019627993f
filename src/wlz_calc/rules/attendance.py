"""School attendance: the sum of sessions attended over the sum of sessions possible, never a mean of rates.

A register mark is a period of one day.
Source: rate-cards, Measures; DfE, pupil absence statistics methodology.
"""

from collections.abc import Sequence

import polars as pl

from wlz_calc.ratecard.conditions import Change, Reaches
from wlz_calc.ratecard.windows import Window
from wlz_calc.rules.asked import ROWS, Asked, Fields, by_child
from wlz_calc.rules.exact import in_force
from wlz_calc.rules.windows import closes, opens

ONE_SESSION = 1


def figures(
    asked: Sequence[Asked], attendance: pl.LazyFrame, kids: pl.LazyFrame, *, evidence: bool
) -> pl.LazyFrame:
    """The rates that each test compares, over the periods that lie wholly inside each child's window.

    Fields of one rate: value (attended), of (possible), rows. Of two: baseline, baseline_of, endpoint,
    endpoint_of, rows.
    """
    bounds = [name(window) for one in asked for window in _windows(one) for name in (opens, closes)]
    periods = attendance.join(kids.select("child", *dict.fromkeys(bounds)), on="child")
    return by_child(periods, {one.name: _fields(one) for one in asked}, evidence=evidence)


def _windows(asked: Asked) -> tuple[Window, ...]:
    return (asked.window,) if isinstance(asked.test, Reaches) else (asked.baseline, asked.endpoint)


def _fields(asked: Asked) -> Fields:
    windows = _windows(asked)
    least = _least(asked.test, closes(windows[-1]))
    names = ("value", "of") if len(windows) == 1 else ("baseline", "baseline_of", "endpoint", "endpoint_of")
    sums: list[pl.Expr] = []
    used: list[pl.Expr] = []
    for window in windows:
        inside = _inside(window)
        attended, possible = (pl.when(inside).then(pl.col(side)).sum() for side in ("attended", "possible"))
        enough = possible >= pl.max_horizontal(least.first(), ONE_SESSION)
        sums += [pl.when(enough).then(side.cast(pl.Int64)) for side in (attended, possible)]
        used.append(inside & enough)
    return {**dict(zip(names, sums, strict=True)), ROWS: pl.col("row").filter(pl.any_horizontal(used))}


def _inside(window: Window) -> pl.Expr:
    return (pl.col("start") >= pl.col(opens(window))) & (pl.col("end") <= pl.col(closes(window)))


def _least(test: Reaches | Change, on: str) -> pl.Expr:
    """The number of possible sessions below which there is no rate."""
    if test.possible_at_least is None:
        return pl.lit(ONE_SESSION)
    return in_force(test.possible_at_least, pl.col(on), pl.lit)
