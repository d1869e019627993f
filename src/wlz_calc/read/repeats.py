"""Repeated readings: one per child, measure and day; two that agree count once, two that differ are an error.

Source: rate-cards, Readings; extracts.
"""

from collections.abc import Sequence

import polars as pl

from wlz_calc.finding import Finding
from wlz_calc.read.faults import Fault, findings
from wlz_calc.standards import sdq
from wlz_calc.tables import POINT


def assessments(frame: pl.DataFrame, file: str) -> tuple[pl.DataFrame, list[Finding]]:
    """Assessments without repeats. A row without a score is no reading, and stands beside another."""
    says = {"score": pl.struct("scale", "score", "expected")}
    return _once(frame.filter(pl.col("score").is_not_null()), file, ("child", "subject", "assessed_on"), says)


def surveys(frame: pl.DataFrame, file: str) -> tuple[pl.DataFrame, list[Finding]]:
    """Survey scores without repeats."""
    answered = frame.filter(pl.col("score").is_not_null())
    return _once(answered, file, ("child", "measure", "completed_on"), {"score": pl.col("score")})


def questionnaires(frame: pl.DataFrame, file: str) -> tuple[pl.DataFrame, list[Finding]]:
    """Scored questionnaires without repeats: of two on a day, each scale's score from whichever has it."""
    key = ("child", "completed_on", "informant")
    alone, found = _once(frame, file, key, {scale: pl.col(scale).drop_nulls() for scale in sdq.SCALES})
    if not found:
        return alone, found
    merged = (
        frame.sort("row")
        .group_by(key, maintain_order=True)
        .agg(pl.exclude(sdq.SCALES).first(), *(pl.col(scale).drop_nulls().first() for scale in sdq.SCALES))
    )
    return merged.select(alone.columns), found


def _once(
    frame: pl.DataFrame, file: str, key: Sequence[str], says: dict[str, pl.Expr]
) -> tuple[pl.DataFrame, list[Finding]]:
    """The first row of each key, with findings about the others. `says`: what must agree, by column."""
    repeated = pl.struct(key).is_duplicated()
    alone = frame.filter(~repeated)
    if alone.height == frame.height:
        return frame, []
    differs = {f"differs_{column}": (value.n_unique() > 1).over(key) for column, value in says.items()}
    again = frame.filter(repeated).sort("row").with_columns(first=pl.col("row").first().over(key), **differs)
    found = findings(again.filter(pl.col("row") != pl.col("first")), file, _repeats(list(says)))
    return pl.concat([alone, again.filter(pl.col("row") == pl.col("first")).select(frame.columns)]), found


def _repeats(columns: list[str]) -> list[Fault]:
    agree = ~pl.any_horizontal(f"differs_{column}" for column in columns)
    once = "one reading a day"
    differing = [
        Fault("readings-differ", column, pl.col(f"differs_{column}"), once, _beside_first(column))
        for column in columns
    ]
    return [*differing, Fault("reading-repeated", columns[0], agree, once, _beside_first(columns[0]))]


def _beside_first(column: str) -> pl.Expr:
    return pl.format("`{}`, after row {}", _readable(column), "first")


def _readable(column: str) -> pl.Expr:
    """A score in points, not in ten-thousandths of them."""
    if column != "score":
        return pl.col(column)
    return (pl.col(column) / POINT).cast(pl.String).str.strip_suffix(".0")
