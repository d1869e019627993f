"""Stage 5, within a table: what is repeated is settled, in the columns of the typed frames.

Resubmissions, repeated readings, and attendance in either of its shapes.
"""

from collections.abc import Callable, Mapping
from typing import Final

import polars as pl

from wlz_calc.finding import Finding
from wlz_calc.programme import Origin
from wlz_calc.read import marks, relations, repeats
from wlz_calc.read.questionnaires import scored
from wlz_calc.read.submissions import standing
from wlz_calc.standards.assessment import Scale

MARKS: Final = "marks"
"""Attendance as marks in the register; by its own name it is totals."""


def settled(
    table: str, frame: pl.DataFrame, origin: Origin, scales: Mapping[str, Scale], *, whole_sessions: bool
) -> tuple[pl.DataFrame, list[Finding]]:
    """One extract with what is repeated in it settled, in the columns of its typed frame.

    `frame`: typed, with the number of each `child`. `whole_sessions`: see `submissions.standing`.
    """
    if table == "engagement":
        return standing(frame, origin, whole_sessions=whole_sessions)
    if table == "attainment":
        return _assessments(frame, origin, scales)
    settle = _SETTLED.get(table)
    return settle(frame, origin) if settle else (frame, [])


Settled = tuple[pl.DataFrame, list[Finding]]


def _assessments(frame: pl.DataFrame, origin: Origin, scales: Mapping[str, Scale]) -> Settled:
    alone, found = repeats.assessments(frame, origin, scales)
    relative = {name: scale.age_relative for name, scale in scales.items()}
    age_relative = pl.col("scale").replace_strict(relative, return_dtype=pl.Boolean)
    return alone.with_columns(date="assessed_on", age_relative=age_relative), found


def _questionnaires(frame: pl.DataFrame, origin: Origin) -> Settled:
    alone, found = repeats.questionnaires(scored(frame), origin)
    return alone.with_columns(date="completed_on"), found


def _surveys(frame: pl.DataFrame, origin: Origin) -> Settled:
    alone, found = repeats.surveys(frame, origin)
    return alone.with_columns(date="completed_on"), found


def _totals(frame: pl.DataFrame, origin: Origin) -> Settled:
    return frame.rename(_PERIOD), relations.not_overlapping(frame, origin)


def _marks(frame: pl.DataFrame, origin: Origin) -> Settled:
    """Marks as pages; of those that were gathered it is known that there is one for each session."""
    if marks.are_gathered(frame):
        return frame, []
    counted = marks.as_bits(frame.lazy(), "child").filter(pl.col("possible") != 0).collect()
    return counted, relations.one_mark_a_session(frame, origin)


_PERIOD: Final = {
    "period_start": "start",
    "period_end": "end",
    "sessions_possible": "possible",
    "sessions_attended": "attended",
}
_SETTLED: Final[dict[str, Callable[[pl.DataFrame, Origin], Settled]]] = {
    "sdq": _questionnaires,
    "survey": _surveys,
    "attendance": _totals,
    MARKS: _marks,
}
