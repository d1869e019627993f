"""Set aside: what is wrong with single rows is put by, so that what is not in dispute can be paid.

Errors of files and headings still stop; a child with errors in its cells or rows is held, with the finding as
the reason. Source: extracts, What is checked.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

import polars as pl

from wlz_calc.finding import Finding, Stage, errors
from wlz_calc.frames import FRAMES, conform
from wlz_calc.programme import Aside, Origin

SINCE: Final = date(1990, 1, 1)
"""A hold of this day is known on every as-of date."""
PERSONAL: Final = ("id-upn", "id-name")
"""What is wrong with an id that is not to be repeated."""
RAISED_BY: Final = "wlz-calc, --set-aside"


def stops(found: Iterable[Finding], *, set_aside: bool) -> bool:
    """Whether there is an error that cannot be put by."""
    return any(not (set_aside and _is_of_a_row(finding)) for finding in errors(found))


def _is_of_a_row(finding: Finding) -> bool:
    return finding.where.row is not None and finding.meaning.stage >= Stage.CELLS


def without(
    frame: pl.DataFrame, origin: Origin, found: Iterable[Finding]
) -> tuple[pl.DataFrame, list[Aside]]:
    """A table without the rows that errors are about, and these with the children they are of."""
    wrong: dict[int, Finding] = {}
    for finding in errors(found):
        if (row := origin.number(finding.where)) is not None:
            wrong.setdefault(row, finding)
    if not wrong:
        return frame, []
    out = pl.col("row").is_in(list(wrong))
    ids = dict(frame.filter(out).select("row", "child_id").iter_rows()) if "child_id" in frame.columns else {}
    return frame.filter(~out), [
        Aside(None if finding.code in PERSONAL else ids.get(row), finding) for row, finding in wrong.items()
    ]


def held(holds: pl.DataFrame, asides: Iterable[Aside], ids: pl.DataFrame) -> pl.DataFrame:
    """The holds with one more for each child in the register that something is set aside of.

    `ids`: child and child_id. The reason is the first finding about the child, and how many more there are.
    """
    about: dict[str, list[Finding]] = {}
    for child_id, finding in asides:
        if child_id is not None:
            about.setdefault(child_id, []).append(finding)
    stated = pl.DataFrame(
        {"child_id": list(about), "reason": [_reason(findings) for findings in about.values()]},
        schema={"child_id": pl.String, "reason": pl.String},
    )
    known = ids.with_columns(pl.col("child_id").cast(pl.String))
    rows = known.join(stated, on="child_id").sort("child").with_row_index("row", _next_row(holds))
    whole = rows.with_columns(
        pl.lit(SINCE).alias("from"),
        payment=None,
        outcome=None,
        to=None,
        raised_by=pl.lit(RAISED_BY),
    )
    return pl.concat([holds, conform(whole, FRAMES["holds"])])


def _next_row(holds: pl.DataFrame) -> int:
    return 1 + max(holds.get_column("row").to_list(), default=0)


def _reason(findings: list[Finding]) -> str:
    first, *others = findings
    more = f", and {len(others)} more" if others else ""
    return f"set aside: {first.meaning.title.lower()}{more}"
