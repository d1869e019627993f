"""Attainment: assessments in the subjects the card names, on the scale that the child's school uses."""

from typing import Final

import polars as pl

from wlz_calc.sample.dice import Dice, chosen
from wlz_calc.sample.needs import Needs
from wlz_calc.sample.occasions import ENDPOINT, occasions
from wlz_calc.standards.assessment import SCALES

_BY_JUDGEMENT: Final = 0.4
"""The share of schools that report a teacher's judgement each term; the others test."""
_JUDGEMENTS: Final = SCALES["termly_judgement"].values
_LOWEST, _HIGHEST = 60, 140
_STATUS_CODES: Final = ("A", "A", "A", "M", "J", "D")
_NO_RESULT: Final = 0.02
_EACH: Final = ("child", "subject_no")


def attainment(children: pl.DataFrame, needs: Needs, dice: Dice) -> pl.DataFrame:
    """The attainment extract, by child, but for the ids of the children."""
    wanted = _subjects(needs)
    return (
        occasions(children, needs, "attainment", dice)
        .join(wanted, on="phase", maintain_order="left_right")
        .with_columns(judged=dice.chance("scale", "school_no") < _BY_JUDGEMENT)
        .select(
            "child",
            "subject",
            assessed_on="on",
            scale=chosen(("standardised_age_score", "termly_judgement"), pl.col("judged").cast(pl.UInt8)),
            score=_score(dice),
        )
        .sort("child", "subject", "assessed_on")
    )


def _subjects(needs: Needs) -> pl.DataFrame:
    subjects = sorted(needs.members("attainment").items())
    rows = [(n, name, phase) for n, (name, phases) in enumerate(subjects) for phase in sorted(phases)]
    return pl.DataFrame(
        rows, schema={"subject_no": pl.UInt8, "subject": pl.String, "phase": pl.String}, orient="row"
    )


def _score(dice: Dice) -> pl.Expr:
    marked = pl.when("judged").then(_judgement(dice)).otherwise(_standardised(dice))
    absent = dice.chance("no result", *_EACH, "point") < _NO_RESULT
    status = dice.pick("status", _STATUS_CODES, *_EACH, "point")
    return pl.when(absent).then(status.cast(pl.String)).otherwise(marked)


def _standardised(dice: Dice) -> pl.Expr:
    gain = (4 * dice.bell("gain", *_EACH) - 0.4) * pl.col("point") / ENDPOINT
    score = (92 + 9 * dice.bell("level", *_EACH) + gain).round()
    return score.cast(pl.Int32).clip(_LOWEST, _HIGHEST).cast(pl.String)


def _judgement(dice: Dice) -> pl.Expr:
    """A place gained or lost shows at the endpoint."""
    level = (1.2 + 0.8 * dice.bell("level", *_EACH)).floor().cast(pl.Int32)
    luck = dice.chance("gain", *_EACH)
    gain = pl.when(luck < 0.42).then(1).when(luck > 0.92).then(-1).otherwise(0)  # noqa: PLR2004
    place = level + pl.when(pl.col("point") == ENDPOINT).then(gain).otherwise(0)
    return chosen(_JUDGEMENTS, place.clip(0, len(_JUDGEMENTS) - 1)).cast(pl.String)
