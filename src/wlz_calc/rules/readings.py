"""Readings: one dated value of a measure, and the choice of a baseline and an endpoint among them.

The baseline is chosen first and no other is tried. Source: rate-cards, Readings.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from wlz_calc.frames import FRAMES
from wlz_calc.ratecard.measures import family, member, table
from wlz_calc.ratecard.windows import Window
from wlz_calc.rules.asked import ROWS
from wlz_calc.rules.windows import closes, opens, within
from wlz_calc.standards.assessment import POINT

Extracts = Mapping[str, pl.LazyFrame]

AFTER_JOINING: Final = 100_000
"""More days than any window has: every reading after joining ranks behind those on or before it."""
OF_ATTAINMENT: Final = ("scale", "expected", "age_relative")
OWN: Final = {
    "informant": FRAMES["sdq"]["informant"],
    **{name: FRAMES["attainment"][name] for name in OF_ATTAINMENT},
}
"""What only readings of some measures have: an informant the SDQ, the others attainment."""
KEY: Final = ("child", "measure")
LATER: Final = "endpoint: "
"""How the columns of an endpoint begin, beside those of its baseline."""


def readings(measure: str, extracts: Extracts) -> pl.LazyFrame:
    """All readings of a measure: child, date, score (ten-thousandths), row, and the columns of OWN.

    `scale`, `expected` and `age_relative` are of attainment, `informant` of the SDQ; elsewhere they are null.
    """
    return every(measure, extracts).filter(pl.col("score").is_not_null())


def every(measure: str, extracts: Extracts) -> pl.LazyFrame:
    """The same with rows that have no score, and so are no readings."""
    name, frame = member(measure), extracts[family(measure)]
    match family(measure):
        case "attainment":
            found = frame.filter(pl.col("subject") == name)
        case "sdq":
            found = frame.with_columns(score=pl.col(name).cast(pl.Int64) * POINT)
        case _:
            found = frame.filter(pl.col("measure") == name)
    there = FRAMES[table(measure)].names()
    own = {name: pl.col(name) if name in there else pl.lit(None, dtype=dtype) for name, dtype in OWN.items()}
    return found.select("child", "date", "score", "row", **own)


def of_kids(found: pl.LazyFrame, kids: pl.LazyFrame) -> pl.LazyFrame:
    """The readings of these children, with their columns; of the SDQ those by whom the card asks."""
    joined = found.join(kids.rename({"informant": "asked"}), on="child")
    return joined.filter(pl.col("informant").is_null() | (pl.col("informant") == pl.col("asked")))


def figures(
    measures: Sequence[str],
    windows: tuple[Window, Window],
    extracts: Extracts,
    kids: pl.LazyFrame,
    *,
    evidence: bool,
) -> pl.LazyFrame:
    """For each child and measure with a baseline: both readings, as far as they are there.

    `measures`: all that are judged by these two windows, the first for the baseline.
    Returns: child, measure (its place among them), baseline, baseline_of, baseline_on, endpoint, endpoint_of,
    endpoint_on, expected_gain (on the scale of both; null where it cannot be told) and, as evidence, rows.
    """
    baseline, endpoint = windows
    bounds = [name(window) for window in windows for name in (opens, closes)]
    own = kids.select("child", "joined_on", "informant", *dict.fromkeys(bounds))
    every = [
        readings(name, extracts).with_columns(measure=pl.lit(place, dtype=pl.UInt16))
        for place, name in enumerate(measures)
    ]
    key = pl.col("child").cast(pl.UInt64) * len(measures) + pl.col("measure")
    found = of_kids(pl.concat(every), own).with_columns(key=key).collect().with_row_index("place")
    first = _picked(found, found.lazy().filter(_inside(baseline)), _nearness())
    later = (
        found.lazy()
        .filter(_inside(endpoint))
        .join(first.lazy().select("key", before="date", on="scale"), on="key")
        .filter(pl.col("date") > pl.col("before"), pl.col("scale").eq_missing(pl.col("on")))
    )
    last = _picked(found, later, -pl.col("date").to_physical())
    return (
        first.lazy()
        .join(last.lazy().select("key", pl.exclude("key", *KEY).name.prefix(LATER)), on="key", how="left")
        .select(
            *KEY,
            baseline="score",
            baseline_on="date",
            endpoint=f"{LATER}score",
            endpoint_on=f"{LATER}date",
            baseline_of=pl.lit(POINT, dtype=pl.Int64),
            endpoint_of=pl.lit(POINT, dtype=pl.Int64),
            expected_gain=_expected_gain(),
            **({ROWS: pl.concat_list("row", f"{LATER}row").list.drop_nulls()} if evidence else {}),
        )
    )


def _inside(window: Window) -> pl.Expr:
    return within(pl.col("date"), opens(window), closes(window))


def _nearness() -> pl.Expr:
    """Least for the reading to take as baseline: the last on or before joining, else the first after it."""
    days = pl.col("date").to_physical() - pl.col("joined_on").to_physical()
    return pl.when(days <= 0).then(-days).otherwise(days + AFTER_JOINING)


def _picked(found: pl.DataFrame, among: pl.LazyFrame, least: pl.Expr) -> pl.DataFrame:
    """One reading per child and measure, the one for which `least` is least."""
    chosen = among.with_columns(least=least).group_by("key").agg(pl.col("place").min_by("least")).collect()
    return found.select("key", *KEY, "date", "score", "row", *OF_ATTAINMENT)[chosen.get_column("place")]


def _expected_gain() -> pl.Expr:
    """What a child was expected to gain: as both readings say, else nothing on an age-relative scale."""
    stated = pl.col(f"{LATER}expected") - pl.col("expected")
    standing_still = pl.when(pl.col("age_relative")).then(pl.lit(0, dtype=pl.Int64))
    return pl.coalesce(stated, standing_still)
