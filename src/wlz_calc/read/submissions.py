"""Resubmitted sessions: a mistake is corrected by submitting again, and the later submission stands.

Source: extracts, engagement.
"""

import polars as pl

from wlz_calc.finding import Finding
from wlz_calc.frames import FRAMES
from wlz_calc.programme import Origin
from wlz_calc.read.faults import Fault, beside_first, findings
from wlz_calc.read.moments import is_none, utc
from wlz_calc.read.shared import sharing

SESSION = ("child", "date", "kind", "provider", "session")
WHOLE_SESSION = ("provider", "date", "session")
PARTNER = pl.col("kind") == "partner"
EVERY_ROW = pl.lit(value=True)
NOTHING = pl.lit("")
KEPT = FRAMES["engagement"].names()


def standing(
    engagement: pl.DataFrame, origin: Origin, *, whole_sessions: bool
) -> tuple[pl.DataFrame, list[Finding]]:
    """The submissions that stand, in the columns of frames.FRAMES, and what is wrong or odd about rivals.

    `whole_sessions`: partners submit a whole session at once, so that the latest submission of a session
    replaces all rows of the earlier ones.
    """
    found: list[Finding] = []
    if whole_sessions:
        found = findings(engagement, origin, _unranked())
        if found:
            return engagement.select(KEPT).clear(), found
        engagement, found = _latest_whole(engagement, origin)
    rows, competing = _latest_row(engagement, origin)
    return rows, found + competing


def _unranked() -> list[Fault]:
    lacking = {"session": pl.col("session").is_null(), "submitted_at": is_none(pl.col("submitted_at"))}
    return [
        Fault(
            "submission-unranked",
            column,
            PARTNER & lacks,
            f"a {column}, as whole sessions are submitted again",
            NOTHING,
        )
        for column, lacks in lacking.items()
    ]


def _latest_whole(engagement: pl.DataFrame, origin: Origin) -> tuple[pl.DataFrame, list[Finding]]:
    """Partner sessions by their latest submission; a child that this leaves out is worth a question."""
    moment = utc(pl.col("submitted_at"))
    latest = pl.when(PARTNER).then(moment).max().over(WHOLE_SESSION)
    superseded = PARTNER & (moment < latest)
    kept = engagement.filter(~superseded.fill_null(value=False))
    dropped = engagement.filter(superseded).join(kept, on=SESSION, how="anti", nulls_equal=True)
    expected = "every child of the earlier submission"
    return kept, findings(dropped, origin, [Fault("submission-drops-child", "child_id", EVERY_ROW, expected)])


def _latest_row(engagement: pl.DataFrame, origin: Origin) -> tuple[pl.DataFrame, list[Finding]]:
    """Of the rows of one session of a child, the latest; those that cannot be ranked must agree.

    What stands stays in its order.
    """
    rivals = sharing(engagement, SESSION)
    if rivals.is_empty():
        return engagement.select(KEPT), []
    ranked = rivals.with_columns(
        which=pl.struct(SESSION).rank("dense"), moment=utc(pl.col("submitted_at")), said=_said()
    )
    unbeaten = pl.col("moment").is_null() | (pl.col("moment") == pl.col("moment").max().over("which"))
    first = [pl.col(name).first().over("which").alias(f"first_{name}") for name in ("row", "said")]
    standing = ranked.filter(unbeaten).sort("row").with_columns(first)
    again = pl.col("row") != pl.col("first_row")
    stands = standing.filter(~again).get_column("row")
    beaten = rivals.get_column("row").filter(~rivals.get_column("row").is_in(stands.implode()))
    kept = engagement.select(KEPT).filter(~pl.col("row").is_in(beaten.implode()))
    return kept, findings(standing, origin, _rivalries(again, origin))


def _said() -> pl.Expr:
    """What a row says of its session."""
    engaged = pl.when("engaged").then(pl.lit(", engaged")).otherwise(pl.lit(", not engaged"))
    status, unsaid = pl.col("status").cast(pl.String), pl.col("engaged").is_null()
    return status + pl.when(unsaid).then(pl.lit("")).otherwise(engaged)


def _rivalries(again: pl.Expr, origin: Origin) -> list[Fault]:
    differ = pl.col("said") != pl.col("first_said")
    found = beside_first("said", "first_said", "first_row", origin)
    later = "a later submitted_at on the one that is right"
    return [
        Fault("submissions-differ", "status", again & differ, later, found),
        Fault("submission-repeated", "status", again & ~differ, "each session once", found),
    ]
