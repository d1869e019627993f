"""The real pipeline, its results as rows of text to be set beside the oracle's and the published ones."""

from dataclasses import dataclass
from pathlib import Path

from tests.sound_folder import written
from wlz_calc import pipeline
from wlz_calc.claim import Claim
from wlz_calc.finding import errors
from wlz_calc.period import Quarter
from wlz_calc.write.data import decisions_csv, lines_csv

REASON = 1
"""The last columns of both files say why; neither the oracle nor the worked programme states reasons."""
CORRECTS = 2


@dataclass(frozen=True)
class Outcome:
    """Decisions, lines and opening balance as rows of their csv, without reasons."""

    decisions: list[list[str]]
    lines: list[list[str]]
    opening: list[list[str]]


def claim(folder: Path, quarter: str, *, from_start: bool = False) -> Claim:
    found_claim, found = pipeline.claim(folder, Quarter.parse(quarter), from_start=from_start)
    assert found_claim is not None, errors(found)
    return found_claim


def calculate(folder: Path, quarter: str, *, from_start: bool = False) -> Outcome:
    claimed = claim(folder, quarter, from_start=from_start)
    decided, _ = pipeline.decisions(folder, Quarter.parse(quarter))
    assert decided is not None
    return Outcome(
        rows(written(decisions_csv(decided.decisions, decided.quarter)), REASON),
        rows(written(lines_csv(claimed.lines)), CORRECTS),
        rows(written(lines_csv(claimed.opening)), CORRECTS),
    )


def rows(content: bytes, less: int) -> list[list[str]]:
    """The rows of a csv below its headings, without its last columns."""
    return [line.split(",")[:-less] for line in content.decode().splitlines()[1:]]
