"""Questionnaires: the scores that answers give, by the publisher's rules."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wlz_calc.read.questionnaires import scored
from wlz_calc.standards.sdq import DIFFICULTY, IMPACT_ITEMS, ITEMS, REVERSED, SCALES, SUBSCALES

Answers = dict[str, int | None]


def scores(*questionnaires: Answers, informant: str = "teacher") -> list[dict[str, Any]]:
    """What each questionnaire scores; what it does not say is null."""
    columns = (*ITEMS, DIFFICULTY, *IMPACT_ITEMS, *SUBSCALES, "total", "impact")
    rows = [{"informant": informant, **dict.fromkeys(columns), **said} for said in questionnaires]
    frame = pl.DataFrame(rows, schema={"informant": pl.String} | dict.fromkeys(columns, pl.Int32))
    return scored(frame).select(SCALES).to_dicts()


def emotional(*answers: int) -> Answers:
    return dict(zip(SUBSCALES["emotional"], answers, strict=False))


@pytest.mark.parametrize(
    ("answers", "score"),
    [
        pytest.param((), None, id="no answer"),
        pytest.param((2, 2), None, id="two answers are too few"),
        pytest.param((2, 2, 0), 7, id="the publisher's example: 6.67"),
        pytest.param((1, 0, 0), 2, id="1.67"),
        pytest.param((1, 1, 0, 0), 3, id="2.5 goes up"),
        pytest.param((2, 2, 2, 0), 8, id="7.5 goes up"),
        pytest.param((1, 0, 0, 0), 1, id="1.25"),
        pytest.param((1, 1, 1, 0), 4, id="3.75"),
        pytest.param((2, 2, 2, 2, 2), 10, id="all answered"),
        pytest.param((0, 0, 0), 0, id="nothing"),
    ],
)
def test_a_subscale_is_five_times_the_mean_rounded_half_up(
    answers: tuple[int, ...], score: int | None
) -> None:
    assert scores(emotional(*answers))[0]["emotional"] == score


def test_reversed_items_count_the_other_way() -> None:
    of_zeros = scores(dict.fromkeys(ITEMS, 0))[0]
    expected = {scale: 2 * len(REVERSED.intersection(items)) for scale, items in SUBSCALES.items()}
    assert expected == {"emotional": 0, "conduct": 2, "hyperactivity": 4, "peer": 4, "prosocial": 0}
    assert {scale: of_zeros[scale] for scale in SUBSCALES} == expected


def test_sums_are_missing_where_a_part_is() -> None:
    answers: Answers = {item: 1 for scale in ("emotional", "peer", "conduct") for item in SUBSCALES[scale]}
    five = dict.fromkeys(("emotional", "conduct", "peer"), 5)
    assert scores(answers) == [{**dict.fromkeys(SCALES), **five, "internalising": 10}]


def test_scores_that_are_stated_stand_where_there_are_no_items() -> None:
    by_scale = {"emotional": 5, "conduct": 1, "hyperactivity": 2, "peer": 3, "prosocial": 9}
    [found, with_total] = scores({**by_scale, "impact": 4}, {"total": 17})
    sums = {"total": 11, "internalising": 8, "externalising": 3, "impact": 4}
    assert found == {**by_scale, **sums}
    assert with_total["total"] == 17


def test_items_win_over_scores_that_are_stated() -> None:
    assert scores({**emotional(2, 2, 2, 2, 2), "emotional": 1})[0]["emotional"] == 10


@pytest.mark.parametrize(
    ("informant", "answers", "impact"),
    [
        pytest.param("parent", (), None, id="nothing answered"),
        pytest.param("parent", (0, 1, 0, 1, 0), 0, id="up to a little"),
        pytest.param("parent", (2, 3, 1, 0, 3), 5, id="two is one, three is two"),
        pytest.param("self", (3, 3, 3, 3, 3), 10, id="the most"),
        pytest.param("parent", (3,), 2, id="what is not answered counts nothing"),
        pytest.param("teacher", (3, 3, 3, 3, 3), 6, id="a teacher is not asked about home and leisure"),
        pytest.param("teacher", (None, 3, None, None, 3), None, id="and what it says of them is no answer"),
    ],
)
def test_impact(informant: str, answers: tuple[int | None, ...], impact: int | None) -> None:
    said = dict(zip(IMPACT_ITEMS, answers, strict=False))
    assert scores(said, informant=informant)[0]["impact"] == impact
    assert scores({**said, DIFFICULTY: 1}, informant=informant)[0]["impact"] == impact
    assert scores({**said, DIFFICULTY: 0}, informant=informant)[0]["impact"] == 0


@given(st.lists(st.none() | st.integers(0, 2), min_size=5, max_size=5))
def test_a_subscale_agrees_with_whole_numbers_worked_out_by_hand(answers: list[int | None]) -> None:
    given_answers = [answer for answer in answers if answer is not None]
    n = len(given_answers)
    expected = (10 * sum(given_answers) + n) // (2 * n) if n >= 3 else None
    said = dict(zip(SUBSCALES["emotional"], answers, strict=True))
    assert scores(said)[0]["emotional"] == expected
