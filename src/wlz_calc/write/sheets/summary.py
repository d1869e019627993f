"""The summary: what each commissioner owes, the opening balance, and the warnings counted."""

from collections.abc import Iterator, Sequence

import polars as pl

from wlz_calc.claim import Claim
from wlz_calc.write import beside, words
from wlz_calc.write.findings import tally
from wlz_calc.write.schedule import Contract, Schedule
from wlz_calc.write.sheets.model import Column, Kind, Line, Sheet, Style, claimed, mark, schema, terms, when


def summary(claim: Claim, stated: Sequence[Contract]) -> Sheet:
    """The totals of every commissioner, the opening balance, and how often each warning was given."""
    opening = [Column("Opening balance", "opening", Kind.MONEY)] if claim.opening.height else []
    columns = (
        Column("Commissioner", "name"),
        Column("Contract", "contract"),
        Column("Children", "children", Kind.WHOLE),
        Column("Lines", "lines", Kind.WHOLE),
        Column("Total", "total", Kind.MONEY),
        *opening,
    )
    rows = [_summed(part) for contract in stated for part in contract.schedules]
    return Sheet(
        "Summary",
        (
            (claim.provider, Style.TITLE),
            *claimed(claim),
            *terms(stated),
            *when(claim.illustrative, beside.ILLUSTRATIVE_LINE),
        ),
        columns,
        pl.DataFrame([{c.name: row[c.name] for c in columns} for row in rows], schema=schema(columns)),
        tuple(_totals(claim, stated)),
        (*when(opened := beside.opening(claim), opened, Style.STRONG), *_warnings(claim)),
        mark(claim),
    )


def _summed(part: Schedule) -> dict[str, str | int]:
    return {
        "name": part.name,
        "contract": part.contract,
        "children": part.children,
        "lines": part.lines,
        "total": part.amount,
        "opening": part.opening,
    }


def _totals(claim: Claim, stated: Sequence[Contract]) -> Iterator[dict[str, str | int]]:
    """A total for each contract where there are several, and the grand total."""
    for part in stated if len(stated) > 1 else ():
        yield {
            "name": "Total",
            "contract": part.contract,
            "children": part.children,
            "lines": part.lines,
            "total": part.amount,
            "opening": sum(schedule.opening for schedule in part.schedules),
        }
    yield {
        "name": "Grand total",
        "children": claim.lines["child_id"].n_unique(),
        "lines": claim.lines.height,
        "total": sum(part.amount for part in stated),
        "opening": int(claim.opening["amount"].sum()),
    }


def _warnings(claim: Claim) -> Iterator[Line]:
    yield from when(claim.findings, "")
    yield from when(claim.findings, "Warnings, in full on their sheet", Style.STRONG)
    for found, file, times in tally(claim.findings):
        yield f"{found}: {words.counted(times, 'time')}, {file}", Style.PLAIN
