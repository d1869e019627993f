"""Judgements: for one payable, every child's figures and what the test says of them.

Source: rate-cards, Status, steps 1 and 2.
"""

from datetime import date
from typing import Final

import polars as pl

from wlz_calc.decision import Reason, Status
from wlz_calc.frames import EVIDENCE, REASON, STATUS
from wlz_calc.ratecard.card import Card, Payable
from wlz_calc.ratecard.conditions import Happened, Reaches, Single, tests
from wlz_calc.ratecard.measures import ATTENDANCE, Kind, kind
from wlz_calc.rules.asked import named
from wlz_calc.rules.verdicts import judged
from wlz_calc.rules.windows import closes, opens

CHILD: Final = ("child", "phase", "informant", "joined_on", "consent_on")
"""What of a child a test may look at, beside figures."""
NO_DAY: Final = pl.lit(None, dtype=pl.Date)
WINDOWS: Final = {"window": "", "baseline": "baseline_", "endpoint": "endpoint_"}
"""The windows that a payable can have, and how the names of their bounds begin."""


def judge(
    payable: Payable, card: Card, figures: pl.LazyFrame, as_of: date, *, evidence: bool = False
) -> pl.LazyFrame:
    """Every child of the card judged on one payable.

    `figures`: the children with all the figures of the card's tests (see `figures.figures`).
    Returns: child, order, status, due_on, reason, last_day (of the window it is earned in; null without one);
    with `evidence` also a list of frames.EVIDENCE, one for each test in the order of the card, and one of
    their `verdicts` (status, reason, due_on).
    """
    here = _has_phase(payable)
    columns = {
        "order": pl.lit(payable.order, dtype=pl.UInt16),
        "status": pl.when(here).then("status").otherwise(pl.lit(Status.NOT_ELIGIBLE, dtype=STATUS)),
        "due_on": pl.when(here).then("due_on"),
        "reason": pl.when(here).then("reason").otherwise(pl.lit(Reason.OTHER_PHASE, dtype=REASON)),
        "last_day": pl.col("closes" if payable.window else "endpoint_closes"),
    }
    if evidence:
        columns["evidence"] = pl.concat_list(_evidence(n, test) for n, test in enumerate(tests(payable.when)))
        columns["verdicts"] = pl.col("verdicts")
    return judged(_of_payable(payable, figures), payable.when, card, as_of).select("child", **columns)


def _of_payable(payable: Payable, figures: pl.LazyFrame) -> pl.LazyFrame:
    """What it is judged by: the bounds of its windows, null for one it has not, and its tests' figures."""
    columns: dict[str, pl.Expr] = {}
    for name, prefix in WINDOWS.items():
        window = getattr(payable, name)
        columns[f"{prefix}opens"] = pl.col(opens(window)) if window else NO_DAY
        columns[f"{prefix}closes"] = pl.col(closes(window)) if window else NO_DAY
    for number, test in enumerate(tests(payable.when)):
        if not isinstance(test, Happened):
            columns[f"test_{number}"] = pl.col(named(payable, number))
    return figures.select(*CHILD, **columns)


def _has_phase(payable: Payable) -> pl.Expr:
    if payable.phases is None:
        return pl.lit(value=True)
    return pl.col("phase").is_in(list(payable.phases))


def _evidence(number: int, test: Single) -> pl.Expr:
    """The figures of one test in the shape of frames.EVIDENCE."""
    if isinstance(test, Happened):
        given = {"opens": pl.col("opens"), "closes": pl.col("closes")}
    else:
        field = pl.col(f"test_{number}").struct.field
        names = ("value", "of") if isinstance(test, Reaches) else _CHANGE_FIGURES[test.measure == ATTENDANCE]
        prefix = "" if isinstance(test, Reaches) else "endpoint_"
        given = {"opens": pl.col(f"{prefix}opens"), "closes": pl.col(f"{prefix}closes")}
        given |= {name: field(name) for name in names}
        given["rows"] = field("rows").list.sort().fill_null([])
        if isinstance(test, Reaches) and kind(test.measure) is Kind.COUNT:
            given |= {"value": field("value").fill_null(0), "of": field("of").fill_null(1)}
    nothing = {name: pl.lit(None, dtype=dtype) for name, dtype in EVIDENCE.to_schema().items()}
    return pl.struct(
        expr.cast(EVIDENCE.to_schema()[name]).alias(name) for name, expr in (nothing | given).items()
    )


_CHANGE_FIGURES = {
    True: ("baseline", "baseline_of", "endpoint", "endpoint_of"),
    False: ("baseline", "baseline_of", "baseline_on", "endpoint", "endpoint_of", "endpoint_on"),
}
