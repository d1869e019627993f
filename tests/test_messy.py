"""The messy example: files as they are really sent give the claim of the clean folder they were made from."""

from pathlib import Path

import pytest

from tests import engine
from tests.sound_folder import written
from wlz_calc import pipeline
from wlz_calc.finding import errors
from wlz_calc.period import Quarter
from wlz_calc.write.data import decisions_csv, lines_csv

EXAMPLES = Path(__file__).parents[1] / "examples"
CLEAN = EXAMPLES / "hammersmith-fulham"
MESSY = EXAMPLES / "messy-schools"
WITH_A_HOLD = ["2018-Q1", "2018-Q4"]


def decisions(folder: Path, quarter: str) -> bytes:
    decided, found = pipeline.decisions(folder, Quarter.parse(quarter))
    assert decided is not None, errors(found)
    return written(decisions_csv(decided.decisions, decided.quarter))


@pytest.mark.parametrize("quarter", WITH_A_HOLD)
def test_a_claim_from_messy_files_is_that_from_clean_ones_to_the_byte(quarter: str) -> None:
    clean, messy = (engine.claim(folder, quarter) for folder in (CLEAN, MESSY))
    assert written(lines_csv(messy.lines)) == written(lines_csv(clean.lines))
    assert written(lines_csv(messy.opening)) == written(lines_csv(clean.opening))
    assert messy.held.rows() == clean.held.rows()
    assert messy.not_yet.rows() == clean.not_yet.rows()
    assert messy.lines.height > 0
    assert messy.held.height > 0


@pytest.mark.parametrize("quarter", WITH_A_HOLD)
def test_decisions_from_messy_files_are_those_from_clean_ones_to_the_byte(quarter: str) -> None:
    assert decisions(MESSY, quarter) == decisions(CLEAN, quarter)
    assert b",held," in decisions(MESSY, quarter)
