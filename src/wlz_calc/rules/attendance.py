"""School attendance: the sum of sessions attended over the sum of sessions possible, never a mean of rates.

Source: rate-cards, Measures; DfE, pupil absence statistics methodology.
"""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from wlz_calc import pages
from wlz_calc.ratecard.conditions import Change, Reaches
from wlz_calc.ratecard.windows import Window
from wlz_calc.rules.asked import ROWS, Asked, Fields, by_child
from wlz_calc.rules.exact import in_force
from wlz_calc.rules.windows import closes, opens

ONE_SESSION = 1
SIDES = ("attended", "possible")
"""Of a rate: what is above the line, and what below."""
USED = "used"


def figures(
    asked: Sequence[Asked], extracts: Mapping[str, pl.LazyFrame], kids: pl.LazyFrame, *, evidence: bool
) -> pl.LazyFrame:
    """The rates that each test compares, over each child's windows.

    A period counts where it lies wholly inside, a mark where its day does.
    Fields of one rate: value (attended), of (possible), rows. Of two: baseline, baseline_of, endpoint,
    endpoint_of, rows.
    """
    windows = list(dict.fromkeys(window for one in asked for window in _windows(one)))
    own = kids.select("child", *(name(window) for window in windows for name in (opens, closes)))
    counted = [
        extracts[name].join(own, on="child").select("row", *own.collect_schema().names(), *count(windows))
        for name, count in {"attendance": _of_periods, "marks": _of_marks}.items()
    ]
    return by_child(pl.concat(counted), {one.name: _fields(one) for one in asked}, evidence=evidence)


def _windows(asked: Asked) -> tuple[Window, ...]:
    return (asked.window,) if isinstance(asked.test, Reaches) else (asked.baseline, asked.endpoint)


def _of(window: Window, what: str) -> str:
    """The column that says of each row what of it counts in a window, or whether it is used there."""
    return f"{window}, {what}"


def _of_periods(windows: Sequence[Window]) -> Iterator[pl.Expr]:
    for window in windows:
        inside = (pl.col("start") >= pl.col(opens(window))) & (pl.col("end") <= pl.col(closes(window)))
        yield inside.alias(_of(window, USED))
        for side in SIDES:
            yield pl.when(inside).then(pl.col(side)).cast(pl.Int64).alias(_of(window, side))


def _of_marks(windows: Sequence[Window]) -> Iterator[pl.Expr]:
    for window in windows:
        within = (pl.col("page"), pl.col(opens(window)), pl.col(closes(window)))
        yield (pages.inside(pl.col("possible"), *within) != 0).alias(_of(window, USED))
        for side in SIDES:
            counted = pages.sessions(pages.inside(pl.col(side), *within))
            yield counted.cast(pl.Int64).alias(_of(window, side))


def _fields(asked: Asked) -> Fields:
    windows = _windows(asked)
    least = _least(asked.test, closes(windows[-1]))
    names = ("value", "of") if len(windows) == 1 else ("baseline", "baseline_of", "endpoint", "endpoint_of")
    rates: list[pl.Expr] = []
    used: list[pl.Expr] = []
    for window in windows:
        attended, possible = (pl.col(_of(window, side)).sum() for side in SIDES)
        enough = possible >= pl.max_horizontal(least.first(), ONE_SESSION)
        rates += [pl.when(enough).then(side) for side in (attended, possible)]
        used.append(pl.col(_of(window, USED)) & enough)
    return {**dict(zip(names, rates, strict=True)), ROWS: pl.col("row").filter(pl.any_horizontal(used))}


def _least(test: Reaches | Change, on: str) -> pl.Expr:
    """The number of possible sessions below which there is no rate."""
    if test.possible_at_least is None:
        return pl.lit(ONE_SESSION)
    return in_force(test.possible_at_least, pl.col(on), pl.lit)
