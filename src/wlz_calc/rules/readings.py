"""Readings: one dated value of a measure, and the choice of a baseline and an endpoint among them.

The baseline is chosen first and no other is tried. Source: rate-cards, Readings.
"""

from collections.abc import Mapping

import polars as pl

from wlz_calc.ratecard.measures import family, member
from wlz_calc.rules.windows import within
from wlz_calc.standards.assessment import POINT

AFTER_JOINING = 100_000
"""More days than any window has: every reading after joining ranks behind those on or before it."""


def readings(measure: str, extracts: Mapping[str, pl.LazyFrame]) -> pl.LazyFrame:
    """All readings of a measure: child, date, score (ten-thousandths), scale, expected, informant, row.

    `scale` and `expected` are of attainment, `informant` of the SDQ; elsewhere they are null.
    """
    name, frame = member(measure), extracts[family(measure)]
    match family(measure):
        case "attainment":
            found = frame.filter(pl.col("subject") == name)
        case "sdq":
            found = frame.with_columns(score=pl.col(name).cast(pl.Int64) * POINT)
        case _:
            found = frame.filter(pl.col("measure") == name)
    return found.filter(pl.col("score").is_not_null())


def baseline_and_endpoint(found: pl.LazyFrame, kids: pl.LazyFrame) -> pl.LazyFrame:
    """For each child with a baseline: the two readings, as far as they are there.

    `kids` has joined_on, informant and the bounds of both windows.
    Returns: child, and for each of baseline and endpoint the columns NAME, NAME_of, NAME_on, NAME_expected,
    NAME_row; and age_relative.
    """
    columns = found.collect_schema().names()
    if "informant" in columns:
        found = found.join(kids, on="child").filter(pl.col("informant") == pl.col("informant_right"))
    else:
        found = found.join(kids, on="child")
    baseline = _pick(
        found.filter(within(pl.col("date"), "baseline_opens", "baseline_closes")), _nearness(), "baseline"
    )
    later = (
        found.filter(within(pl.col("date"), "endpoint_opens", "endpoint_closes"))
        .join(baseline, on="child")
        .filter(pl.col("date") > pl.col("baseline_on"))
    )
    if "scale" in columns:
        later = later.filter(pl.col("scale") == pl.col("baseline_scale"))
    endpoint = _pick(later, -pl.col("date").to_physical(), "endpoint")
    return baseline.join(endpoint, on="child", how="left")


def _nearness() -> pl.Expr:
    """Least for the reading to take as baseline: the last on or before joining, else the first after it."""
    days = (pl.col("date") - pl.col("joined_on")).dt.total_days()
    return pl.when(days <= 0).then(-days).otherwise(days + AFTER_JOINING)


def _pick(found: pl.LazyFrame, least: pl.Expr, name: str) -> pl.LazyFrame:
    """One reading per child, the one for which `least` is least, its columns named after what it is."""
    columns = found.collect_schema().names()
    kept = {name: "score", f"{name}_on": "date", f"{name}_row": "row"}
    kept |= {f"{name}_{c}": c for c in ("expected", "scale", "age_relative") if c in columns}
    chosen = pl.col("_least").arg_min()
    return (
        found.with_columns(_least=least)
        .group_by("child")
        .agg(**{new: pl.col(old).get(chosen) for new, old in kept.items()})
    )
