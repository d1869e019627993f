"""SDQ questionnaires: from answers to scale scores, in whole numbers.

A subscale is five times the mean of the items answered, rounded half up; fewer than three answers give none.
Source: the publisher's scoring sheet (youthinmind, 2014); see `standards.sdq`.
"""

from typing import Final

import polars as pl

from wlz_calc.frames import FRAMES
from wlz_calc.standards import sdq

SCORE: Final = FRAMES["sdq"]["total"]


def from_items(informant: pl.Expr) -> dict[str, pl.Expr]:
    """The scores that answers give: the five subscales, total and impact; null where too few are there."""
    scores = {scale: _subscale(items) for scale, items in sdq.SUBSCALES.items()}
    return {**scores, "total": _sum(scores, "total"), "impact": _impact(informant)}


def scored(questionnaires: pl.DataFrame) -> pl.DataFrame:
    """All nine scores of each questionnaire: by its items where they give one, else as it states them."""
    by_items = from_items(pl.col("informant"))
    stated = questionnaires.with_columns(
        pl.coalesce(by_items[scale], pl.col(scale)).alias(scale) for scale in (*sdq.SUBSCALES, "impact")
    )
    total = pl.coalesce(_sum(_columns(), "total"), pl.col("total"))
    sums = {name: _sum(_columns(), name) for name in ("internalising", "externalising")}
    return stated.with_columns(total=total, **sums)


def _columns() -> dict[str, pl.Expr]:
    return {scale: pl.col(scale) for scale in sdq.SUBSCALES}


def _sum(scores: dict[str, pl.Expr], name: str) -> pl.Expr:
    """A score that adds up others: missing if any of them is."""
    first, *others = (scores[part] for part in sdq.SUMS[name])
    for other in others:
        first = first + other
    return first


def _subscale(items: tuple[str, ...]) -> pl.Expr:
    answers = [_answer(item) for item in items]
    answered = pl.sum_horizontal(answer.is_not_null().cast(pl.Int32) for answer in answers)
    points = pl.sum_horizontal(answers)
    rounded = (2 * sdq.ITEMS_IN_A_SUBSCALE * points + answered) // (2 * answered)
    return pl.when(answered >= sdq.FEWEST_ANSWERED).then(rounded).cast(SCORE)


def _answer(item: str) -> pl.Expr:
    answer = pl.col(item).cast(pl.Int32)  # the sums of small numbers are none
    return sdq.HIGHEST_ANSWER - answer if item in sdq.REVERSED else answer


def _impact(informant: pl.Expr) -> pl.Expr:
    """Distress and interference: 0 where there is no difficulty, missing where nothing was answered."""
    teacher = informant == "teacher"
    points = pl.when(teacher).then(_burden(sdq.TEACHER_IMPACT_ITEMS)).otherwise(_burden(sdq.IMPACT_ITEMS))
    return pl.when(pl.col(sdq.DIFFICULTY) == 0).then(0).otherwise(points).cast(SCORE)


def _burden(items: tuple[str, ...]) -> pl.Expr:
    """Each answer above "only a little" counts one less than it says."""
    answered = pl.any_horizontal(pl.col(item).is_not_null() for item in items)
    points = pl.sum_horizontal((pl.col(item) - 1).clip(lower_bound=0) for item in items)
    return pl.when(answered).then(points)
