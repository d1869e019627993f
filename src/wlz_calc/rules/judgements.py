"""Judgements: for one payable, every child's figures and what the test says of them.

Source: rate-cards, Status, steps 1 and 2.
"""

from collections.abc import Mapping

import polars as pl

from wlz_calc.decision import Reason, Status
from wlz_calc.ratecard.card import Card, Payable
from wlz_calc.ratecard.conditions import Change, Happened, Progresses, Reaches, Single, tests
from wlz_calc.ratecard.measures import ATTENDANCE, Kind, kind
from wlz_calc.rules import attendance, engagement
from wlz_calc.rules.exact import in_force
from wlz_calc.rules.known import Known
from wlz_calc.rules.readings import baseline_and_endpoint, readings
from wlz_calc.rules.verdicts import judged
from wlz_calc.rules.windows import bounds
from wlz_calc.standards.assessment import POINT
from wlz_calc.tables import EVIDENCE, REASON, STATUS

Extracts = Mapping[str, pl.LazyFrame]

NO_DAY = pl.lit(None, dtype=pl.Date)
WINDOWS = ("window", "baseline", "endpoint")
_PREFIX = {"window": "", "baseline": "baseline_", "endpoint": "endpoint_"}
ONE_SESSION = 1


def judge(
    payable: Payable, card: Card, kids: pl.LazyFrame, known: Known, *, evidence: bool = False
) -> pl.LazyFrame:
    """Every child of the card judged on one payable.

    `kids` are the children on the card (`Known.children_on`).
    Returns: child, order, status, due_on, reason, last_day (of the window it is earned in; null without one);
    with `evidence` also a list of tables.EVIDENCE, one for each test in the order of the card.
    """
    framed = kids.with_columns(**_bounds(payable))
    with_figures = framed
    for number, test in enumerate(tests(payable.when)):
        if not isinstance(test, Happened):
            figures = _figures(test, framed, known.extracts)
            figures = figures if evidence else figures.drop("rows")
            with_figures = with_figures.join(_as_struct(figures, f"test_{number}"), on="child", how="left")
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
    return judged(with_figures, payable.when, card, known.as_of).select("child", **columns)


def _bounds(payable: Payable) -> dict[str, pl.Expr]:
    """Columns opens, closes, baseline_opens, ...: null for a window that the card does not state."""
    columns: dict[str, pl.Expr] = {}
    for name in WINDOWS:
        window = getattr(payable, name)
        opens, closes = bounds(window, pl.col("joined_on")) if window else (NO_DAY, NO_DAY)
        columns |= {f"{_PREFIX[name]}opens": opens, f"{_PREFIX[name]}closes": closes}
    return columns


def _has_phase(payable: Payable) -> pl.Expr:
    if payable.phases is None:
        return pl.lit(value=True)
    return pl.col("phase").is_in(list(payable.phases))


def _figures(test: Single, kids: pl.LazyFrame, extracts: Extracts) -> pl.LazyFrame:
    """The figures that a test compares, one row per child that has any."""
    if isinstance(test, Reaches):
        return _reached(test, kids, extracts)
    assert isinstance(test, Change)  # noqa: S101 - a date needs no figures
    return _changed(test, kids, extracts)


def _reached(test: Reaches, kids: pl.LazyFrame, extracts: Extracts) -> pl.LazyFrame:
    if test.measure == ATTENDANCE:
        return attendance.rate(extracts["attendance"], kids, "opens", "closes", _least(test, "closes"))
    sessions = engagement.in_window(extracts["engagement"], kids, test.measure)
    if kind(test.measure) is Kind.COUNT:
        needed = in_force(test.at_least, pl.col("closes"), lambda n: pl.lit(int(n), dtype=pl.Int64))
        return engagement.counted(sessions, needed)
    return engagement.rate(sessions, test.measure)


def _least(test: Reaches | Change, on: str) -> pl.Expr:
    if test.possible_at_least is None:
        return pl.lit(ONE_SESSION)
    return in_force(test.possible_at_least, pl.col(on), pl.lit)


def _changed(test: Change, kids: pl.LazyFrame, extracts: Extracts) -> pl.LazyFrame:
    if test.measure == ATTENDANCE:
        return _rates_changed(test, kids, extracts["attendance"])
    found = baseline_and_endpoint(readings(test.measure, extracts), kids)
    expected = {"expected_gain": _expected_gain()} if isinstance(test, Progresses) else {}
    return found.with_columns(
        baseline_of=pl.lit(POINT, dtype=pl.Int64),
        endpoint_of=pl.lit(POINT, dtype=pl.Int64),
        rows=pl.concat_list("baseline_row", "endpoint_row").list.drop_nulls(),
        **expected,
    )


def _expected_gain() -> pl.Expr:
    """What a child was expected to gain: as both readings say, else nothing on an age-relative scale."""
    stated = pl.col("endpoint_expected") - pl.col("baseline_expected")
    standing_still = pl.when(pl.col("baseline_age_relative")).then(pl.lit(0, dtype=pl.Int64))
    return pl.coalesce(stated, standing_still)


def _rates_changed(test: Change, kids: pl.LazyFrame, periods: pl.LazyFrame) -> pl.LazyFrame:
    rates = [
        attendance.rate(
            periods, kids, f"{name}_opens", f"{name}_closes", _least(test, "endpoint_closes")
        ).select(
            "child",
            pl.col("value").alias(name),
            pl.col("of").alias(f"{name}_of"),
            pl.col("rows").alias(f"{name}_rows"),
        )
        for name in ("baseline", "endpoint")
    ]
    return (
        rates[0]
        .join(rates[1], on="child", how="full", coalesce=True)
        .with_columns(rows=pl.concat_list(pl.col("baseline_rows", "endpoint_rows").fill_null([])))
    )


def _as_struct(figures: pl.LazyFrame, name: str) -> pl.LazyFrame:
    return figures.select("child", pl.struct(pl.exclude("child")).alias(name))


def _evidence(number: int, test: Single) -> pl.Expr:
    """The figures of one test in the shape of tables.EVIDENCE."""
    if isinstance(test, Happened):
        given = {"opens": pl.col("opens"), "closes": pl.col("closes")}
    else:
        field = pl.col(f"test_{number}").struct.field
        names = ("value", "of") if isinstance(test, Reaches) else _CHANGE_FIGURES[test.measure == ATTENDANCE]
        prefix = "" if isinstance(test, Reaches) else "endpoint_"
        given = {"opens": pl.col(f"{prefix}opens"), "closes": pl.col(f"{prefix}closes")}
        given |= {name: field(name) for name in names} | {"rows": field("rows").list.sort()}
    nothing = {name: pl.lit(None, dtype=dtype) for name, dtype in EVIDENCE.to_schema().items()}
    return pl.struct(
        expr.cast(EVIDENCE.to_schema()[name]).alias(name) for name, expr in (nothing | given).items()
    )


_CHANGE_FIGURES = {
    True: ("baseline", "baseline_of", "endpoint", "endpoint_of"),
    False: ("baseline", "baseline_of", "baseline_on", "endpoint", "endpoint_of", "endpoint_on"),
}
