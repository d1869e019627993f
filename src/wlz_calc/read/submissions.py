"""Resubmitted sessions: a mistake is corrected by submitting again, and the later submission stands.

Source: extracts, engagement.
"""

import polars as pl

from wlz_calc.finding import Finding
from wlz_calc.read.faults import Fault, findings

SESSION = ("child_id", "date", "kind", "provider", "session")
WHOLE_SESSION = ("provider", "date", "session")
SAYS = pl.struct("status", "engaged")
PARTNER = pl.col("kind") == "partner"


def standing(
    engagement: pl.DataFrame, file: str, *, whole_sessions: bool
) -> tuple[pl.DataFrame, list[Finding]]:
    """The submissions that stand, and what is wrong or odd about those that compete.

    `whole_sessions`: partners submit a whole session at once, so that the latest submission of a session
    replaces all rows of the earlier ones.
    """
    found: list[Finding] = []
    if whole_sessions:
        found = findings(engagement, file, _unranked())
        if found:
            return engagement.clear(), found
        engagement, found = _latest_whole(engagement, file)
    rows, competing = _latest_row(engagement, file)
    return rows, found + competing


def _unranked() -> list[Fault]:
    return [
        Fault(
            "submission-unranked",
            column,
            PARTNER & pl.col(column).is_null(),
            f"{column}, as whole sessions are resubmitted",
        )
        for column in ("session", "submitted_at")
    ]


def _latest_whole(engagement: pl.DataFrame, file: str) -> tuple[pl.DataFrame, list[Finding]]:
    last = pl.col("submitted_at").max().over(WHOLE_SESSION)
    superseded = PARTNER & (pl.col("submitted_at") < last)
    kept = engagement.filter(~superseded)
    dropped = engagement.filter(superseded).join(kept, on=SESSION, how="anti", nulls_equal=True)
    fault = Fault(
        "submission-drops-child", "child_id", pl.lit(value=True), "every child of the earlier submission"
    )
    return kept, findings(dropped, file, [fault])


def _latest_row(engagement: pl.DataFrame, file: str) -> tuple[pl.DataFrame, list[Finding]]:
    """Of the rows of one session of a child, the latest; those that cannot be ranked must agree."""
    alone = engagement.filter(~pl.struct(SESSION).is_duplicated())
    if alone.height == engagement.height:
        return engagement, []
    last = pl.col("submitted_at").max()
    unbeaten = pl.col("submitted_at").is_null() | (pl.col("submitted_at") == last).over(SESSION)
    rivals = (
        engagement.filter(pl.struct(SESSION).is_duplicated())
        .filter(unbeaten)
        .sort("row")
        .with_columns(first=pl.col("row").first().over(SESSION), differ=(SAYS.n_unique() > 1).over(SESSION))
    )
    again = pl.col("row") != pl.col("first")
    found = findings(
        rivals,
        file,
        [
            Fault(
                "submissions-differ",
                "status",
                again & pl.col("differ"),
                _as("says something else than", "a later submitted_at on the one that is right"),
            ),
            Fault(
                "submission-repeated",
                "status",
                again & ~pl.col("differ"),
                _as("is counted once, with", "each session once"),
            ),
        ],
    )
    return pl.concat([alone, rivals.filter(~again).drop("first", "differ")]), found


def _as(relation: str, wanted: str) -> pl.Expr:
    return pl.format(f"{wanted}: this row {relation} row {{}}", "first")
