"""Repeated readings: one per child, measure and day; two that agree count once, two that differ are an error.

Source: rate-cards, Readings; extracts.
"""

from collections.abc import Mapping, Sequence

import polars as pl

from wlz_calc.finding import Finding
from wlz_calc.frames import worded
from wlz_calc.programme import Origin
from wlz_calc.read.faults import Fault, beside_first, findings, named_row, points
from wlz_calc.read.shared import sharing
from wlz_calc.standards import sdq
from wlz_calc.standards.assessment import POINT, Scale


def assessments(
    frame: pl.DataFrame, origin: Origin, scales: Mapping[str, Scale]
) -> tuple[pl.DataFrame, list[Finding]]:
    """Assessments without repeats. A row without a score is no reading, and stands beside another."""
    expected = worded(" (expected {})", _on_scale("expected", scales)).fill_null("")
    says = {"score": worded("{} {}{}", "scale", _on_scale("score", scales), expected)}
    scored = frame.filter(pl.col("score").is_not_null())
    return _once(scored, origin, ("child", "subject", "assessed_on"), says)


def surveys(frame: pl.DataFrame, origin: Origin) -> tuple[pl.DataFrame, list[Finding]]:
    """Survey scores without repeats."""
    answered = frame.filter(pl.col("score").is_not_null())
    return _once(answered, origin, ("child", "measure", "completed_on"), {"score": points("score")})


def questionnaires(frame: pl.DataFrame, origin: Origin) -> tuple[pl.DataFrame, list[Finding]]:
    """Scored questionnaires without repeats: of two on a day, each scale's score from whichever has it."""
    key = ("child", "informant", "completed_on")
    alone, found = _once(frame, origin, key, _stated())
    if not found:
        return alone, found
    merged = (
        frame.sort("row")
        .group_by(key, maintain_order=True)
        .agg(pl.exclude(sdq.SCALES).first(), *(pl.col(scale).drop_nulls().first() for scale in sdq.SCALES))
    )
    return merged.select(alone.columns), found


def _stated() -> dict[str, pl.Expr]:
    """What two questionnaires must agree in; scores that add up others do so by themselves."""
    alone = pl.any_horizontal(pl.col(scale).is_null() for scale in sdq.SUMS["total"])
    scores = {scale: pl.col(scale) for scale in (*sdq.SUBSCALES, "impact")}
    return {**scores, "total": pl.when(alone).then(pl.col("total"))}


def _on_scale(column: str, scales: Mapping[str, Scale]) -> pl.Expr:
    """A score as its scale names it: its value, or its points."""
    shown = points(column)
    for name, scale in scales.items():
        if scale.values:
            places = {place * POINT: value for place, value in enumerate(scale.values)}
            value = pl.col(column).replace_strict(places, default=None, return_dtype=pl.String)
            shown = pl.when(pl.col("scale") == name).then(value).otherwise(shown)
    return shown


def _once(
    frame: pl.DataFrame, origin: Origin, key: Sequence[str], says: Mapping[str, pl.Expr]
) -> tuple[pl.DataFrame, list[Finding]]:
    """The first row of each key, with findings about the others.

    `says`: what must agree, by column, as messages show it; null agrees with all. The key ends with the day.
    """
    repeated = sharing(frame, key)
    if repeated.is_empty():
        return frame, []
    alone = frame.filter(~pl.col("row").is_in(repeated.get_column("row").implode()))
    again = repeated.sort("row").with_columns(first_row=pl.col("row").first().over(key))
    found = findings(_beside_first(again, key, says), origin, _repeats(key[-1], list(says), origin))
    first = again.filter(pl.col("row") == pl.col("first_row"))
    return pl.concat([alone, first.select(frame.columns)]), found


def _beside_first(again: pl.DataFrame, key: Sequence[str], says: Mapping[str, pl.Expr]) -> pl.DataFrame:
    """Each row with what it says, and what the first that says anything does, and in which row."""
    said = again.with_columns(said.cast(pl.String).alias(f"{column}, said") for column, said in says.items())
    saying = {column: pl.col(f"{column}, said").is_not_null() for column in says}
    return said.with_columns(
        *(
            pl.col(f"{column}, said").drop_nulls().first().over(key).alias(f"{column}, first")
            for column in says
        ),
        *(
            pl.col("row").filter(says).first().over(key).alias(f"{column}, row")
            for column, says in saying.items()
        ),
    )


def _repeats(day: str, columns: list[str], origin: Origin) -> list[Fault]:
    once = "one reading a day"
    differ = {column: pl.col(f"{column}, said") != pl.col(f"{column}, first") for column in columns}
    agree = ~pl.any_horizontal(differs.fill_null(value=False) for differs in differ.values())
    again = worded("`{}` (as in {})", day, named_row("first_row", origin))
    return [
        *(
            Fault("readings-differ", column, differs, once, _beside(column, origin))
            for column, differs in differ.items()
        ),
        Fault("reading-repeated", day, agree & (pl.col("row") != pl.col("first_row")), once, again),
    ]


def _beside(column: str, origin: Origin) -> pl.Expr:
    return beside_first(f"{column}, said", f"{column}, first", f"{column}, row", origin)
