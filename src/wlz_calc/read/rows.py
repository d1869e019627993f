"""Stage 4: whether the cells of one row agree with each other."""

from collections.abc import Callable
from typing import Final

import polars as pl

from wlz_calc.finding import Finding
from wlz_calc.frames import worded
from wlz_calc.programme import Origin
from wlz_calc.read.faults import Fault, findings
from wlz_calc.read.questionnaires import from_items
from wlz_calc.standards import sdq


def checked(frame: pl.DataFrame, table: str, origin: Origin) -> list[Finding]:
    """What is wrong within the rows of a typed extract."""
    return findings(frame, origin, _FAULTS[table](frame)) if table in _FAULTS else []


def _after(first: str, later: str, code: str) -> Fault:
    found = worded(f"`{{}}` ({first} is {{}})", later, first)
    return Fault(code, later, pl.col(later) < pl.col(first), f"{first} or a later day", found)


def _children(_frame: pl.DataFrame) -> list[Fault]:
    return [_after("joined_on", "left_on", "left-before-joining")]


def _engagement(_frame: pl.DataFrame) -> list[Fault]:
    elsewhere = pl.col("engaged") & (pl.col("status") != "attended")
    nowhere = (pl.col("kind") == "partner") & pl.col("provider").is_null()
    found = worded("`true` (the status is {})", "status")
    return [
        Fault("engaged-not-attended", "engaged", elsewhere, "false or empty, if not attended", found),
        Fault("partner-missing", "provider", nowhere, "the delivery partner of a partner session"),
    ]


def _attendance(frame: pl.DataFrame) -> list[Fault]:
    if "sessions_possible" not in frame.columns:
        return []
    more = pl.col("sessions_attended") > pl.col("sessions_possible")
    found = worded("`{}` of {}", "sessions_attended", "sessions_possible")
    return [
        _after("period_start", "period_end", "period-reversed"),
        Fault(
            "attended-above-possible", "sessions_attended", more, "at most as many as were possible", found
        ),
    ]


def _sdq(frame: pl.DataFrame) -> list[Fault]:
    """A total is the sum of its scales; a score sent beside its items is the score of the items."""
    stated = pl.sum_horizontal(pl.col(scale) for scale in sdq.SUMS["total"])
    whole = pl.all_horizontal(pl.col(scale).is_not_null() for scale in sdq.SUMS["total"])
    differs = whole & (pl.col("total") != stated)
    scored = from_items(pl.col("informant"))
    return [
        Fault("sdq-total-differs", "total", differs, "the sum of the four scales", _beside("total", stated)),
        *(
            Fault(
                "sdq-score-differs",
                scale,
                pl.col(scale) != score,
                "the score that its items give",
                _beside(scale, score),
            )
            for scale, score in scored.items()
            if frame.get_column(scale).null_count() < frame.height
        ),
    ]


def _beside(scale: str, right: pl.Expr) -> pl.Expr:
    return worded("`{}` (not {})", scale, right)


def _holds(_frame: pl.DataFrame) -> list[Fault]:
    return [_after("from", "to", "hold-reversed")]


_FAULTS: Final[dict[str, Callable[[pl.DataFrame], list[Fault]]]] = {
    "children": _children,
    "engagement": _engagement,
    "attendance": _attendance,
    "sdq": _sdq,
    "holds": _holds,
}
