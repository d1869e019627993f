"""Surveys: the scores that the card declares, each on a ladder of a hundred steps over its range."""

from decimal import Decimal
from typing import Final

import polars as pl

from wlz_calc.ratecard.card import Survey
from wlz_calc.ratecard.measures import SURVEY
from wlz_calc.sample.dice import Dice
from wlz_calc.sample.needs import Needs
from wlz_calc.sample.occasions import BASELINE, HALF_WAY, occasions
from wlz_calc.standards.assessment import DECIMALS

_STEPS: Final = 100
_RESPOND: Final = 0.9
_EACH: Final = ("child", "survey_no")


def survey(children: pl.DataFrame, needs: Needs, dice: Dice) -> pl.DataFrame:
    """The survey extract, by child, but for the ids of the children."""
    return (
        occasions(children, needs, "survey", dice)
        .filter(pl.col("point") != HALF_WAY)
        .join(_wanted(needs), on="phase", maintain_order="left_right")
        .filter(dice.chance("responds", *_EACH, "point") < _RESPOND)
        .with_columns(step=_step(dice))
        .join(_ladders(needs), on=["survey_no", "step"], maintain_order="left")
        .select("child", completed_on="on", measure="measure", score="score")
        .sort("child", "completed_on", "measure")
    )


def _wanted(needs: Needs) -> pl.DataFrame:
    rows = [
        (n, name, phase)
        for n, name in enumerate(needs.card.surveys)
        for phase in sorted(needs.measures[f"{SURVEY}.{name}"])
    ]
    return pl.DataFrame(
        rows, schema={"survey_no": pl.UInt8, "measure": pl.String, "phase": pl.String}, orient="row"
    )


def _step(dice: Dice) -> pl.Expr:
    """How far up from the worst score: the endpoint is mostly better."""
    gain = pl.when(pl.col("point") == BASELINE).then(0.0).otherwise(9 + 12 * dice.bell("gain", *_EACH))
    height = 46 + 15 * dice.bell("level", *_EACH) + gain
    return height.round().cast(pl.Int64).clip(0, _STEPS)


def _ladders(needs: Needs) -> pl.DataFrame:
    rows = [
        (n, step, _text(described, step))
        for n, described in enumerate(needs.card.surveys.values())
        for step in range(_STEPS + 1)
    ]
    schema = {"survey_no": pl.UInt8, "step": pl.Int64, "score": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _text(described: Survey, step: int) -> str:
    low, high = described.range
    height = Decimal(step if described.better == "higher" else _STEPS - step) / _STEPS
    score = round(low + (high - low) * height, DECIMALS)
    return f"{min(max(score, low), high).normalize():f}"
