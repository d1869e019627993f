"""Questionnaires: the SDQ item by item, from the informant the card names and for some children a parent too.

A child has a level of difficulty on each scale, which mostly falls. A few questionnaires have gaps.
"""

from typing import Final

import polars as pl

from wlz_calc.sample.dice import Dice
from wlz_calc.sample.needs import Needs
from wlz_calc.sample.occasions import POINTS, occasions
from wlz_calc.standards.sdq import (
    DIFFICULTY,
    HIGHEST_ANSWER,
    HIGHEST_IMPACT_ANSWER,
    IMPACT_ITEMS,
    INFORMANTS,
    ITEMS,
    REVERSED,
    SUBSCALES,
    TEACHER_IMPACT_ITEMS,
    higher_is_better,
)

_PARENT: Final = "parent"
_PARENT_TOO: Final = 0.25
_WITH_GAPS: Final = 0.06
_GAP: Final = 0.35
_SCALE_OF: Final = {item: scale for scale, items in SUBSCALES.items() for item in items}


def sdq(children: pl.DataFrame, needs: Needs, dice: Dice) -> pl.DataFrame:
    """The questionnaires, by child, but for the ids of the children."""
    return (
        _forms(occasions(children, needs, "sdq", dice), needs, dice)
        .with_columns(*(_difficulty(scale, dice) for scale in SUBSCALES))
        .with_columns(has_gaps=dice.chance("gaps", "form") < _WITH_GAPS)
        .select(
            "child",
            pl.col("on").alias("completed_on"),
            "informant",
            *(_item(item, dice) for item in ITEMS),
            *(_impact_item(item, dice) for item in (DIFFICULTY, *IMPACT_ITEMS)),
        )
        .sort("child", "completed_on", "informant")
    )


def _forms(occasions: pl.DataFrame, needs: Needs, dice: Dice) -> pl.DataFrame:
    """A form for the informant of the phase, and for some children one for a parent as well."""
    usual = dict.fromkeys(needs.card.phase_of.values(), _PARENT)
    who: dict[str, str] = {**usual, **{str(phase): by for phase, by in needs.card.informants.items()}}
    named = occasions.with_columns(informant=pl.col("phase").replace_strict(who, return_dtype=pl.String))
    asked = named.filter((pl.col("informant") != _PARENT) & (dice.chance("parent too") < _PARENT_TOO))
    forms = pl.concat([named, asked.with_columns(informant=pl.lit(_PARENT))])
    numbers = {name: n for n, name in enumerate(INFORMANTS)}
    by = pl.col("informant").replace_strict(numbers, return_dtype=pl.UInt32)
    return forms.with_columns(form=(pl.col("child") * len(POINTS) + pl.col("point")) * len(numbers) + by)


def _item(item: str, dice: Dice) -> pl.Expr:
    scale = _SCALE_OF[item]
    felt = pl.col(scale) + 0.8 * (dice.chance(item, "form") - 0.5)
    answer = _answer(felt, HIGHEST_ANSWER)
    turned = HIGHEST_ANSWER - answer if item in REVERSED or higher_is_better(scale) else answer
    gap = pl.col("has_gaps") & (dice.chance(f"{item} gap", "form") < _GAP)
    return pl.when(~gap).then(turned).alias(item)


def _impact_item(item: str, dice: Dice) -> pl.Expr:
    felt = pl.col("emotional") + 0.6 * (dice.chance(item, "form") - 0.5)
    asked = (pl.col("informant") != "teacher") | (item in (DIFFICULTY, *TEACHER_IMPACT_ITEMS))
    return pl.when(asked).then(_answer(felt, HIGHEST_IMPACT_ANSWER)).alias(item)


def _difficulty(scale: str, dice: Dice) -> pl.Expr:
    """From 0 to about 1: a child's own, less what is gained from occasion to occasion."""
    gain = 0.045 + 0.06 * dice.bell(f"{scale} gain")
    return (0.42 + 0.14 * dice.bell(scale) - gain * pl.col("point")).alias(scale)


def _answer(felt: pl.Expr, highest: int) -> pl.Expr:
    return (felt * (highest + 1)).floor().cast(pl.Int8).clip(0, highest)
