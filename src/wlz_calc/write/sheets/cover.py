"""The cover: which claim it is and whose word it has, what each commissioner owes, and how far it is."""

from collections.abc import Iterator, Sequence

import polars as pl

from wlz_calc.claim import Claim
from wlz_calc.write import beside, words
from wlz_calc.write.findings import tally
from wlz_calc.write.schedule import Contract, Schedule
from wlz_calc.write.sheets.model import (
    Chart,
    Column,
    Kind,
    Line,
    Sheet,
    Signed,
    Style,
    claimed,
    mark,
    schema,
    terms,
    when,
)


def cover(claim: Claim, stated: Sequence[Contract], charts: tuple[Chart, ...]) -> Sheet:
    """The totals of every commissioner, the opening balance, the warnings counted, room to sign, charts."""
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
        "Cover",
        (
            (claim.provider, Style.TITLE),
            *claimed(claim),
            *_digests(claim, stated),
            *terms(stated),
            *when(claim.illustrative, beside.ILLUSTRATIVE_LINE),
        ),
        columns,
        pl.DataFrame([{c.name: row[c.name] for c in columns} for row in rows], schema=schema(columns)),
        tuple(_totals(claim, stated)),
        (*when(opened := beside.opening(claim), opened, Style.STRONG), *_warnings(claim)),
        mark(claim),
        signed=tuple(_signed(claim)),
        charts=charts,
    )


def _digests(claim: Claim, stated: Sequence[Contract]) -> Iterator[Line]:
    """The digest of a sealed claim, or of what each contract's follows."""
    for text in dict.fromkeys(beside.digest(claim, contract.contract) for contract in stated):
        yield from when(text, text)


def _signed(claim: Claim) -> Iterator[Signed]:
    """Who prepared, checked and approved it; what is not on record is left to be filled in."""
    seal = claim.seal
    yield Signed("Prepared by", seal.closed_by, seal.closed_on) if seal else Signed("Prepared by")
    yield Signed("Checked by")
    yield Signed("Approved by", seal.approved_by, seal.approved_on) if seal else Signed("Approved by")


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
    """The grand total, and below it one for each contract where there are several."""
    yield {
        "name": "Grand total",
        "children": claim.lines["child_id"].n_unique(),
        "lines": claim.lines.height,
        "total": sum(part.amount for part in stated),
        "opening": int(claim.opening["amount"].sum()),
    }
    for part in stated if len(stated) > 1 else ():
        yield {
            "name": "Of it",
            "contract": part.contract,
            "children": part.children,
            "lines": part.lines,
            "total": part.amount,
            "opening": sum(schedule.opening for schedule in part.schedules),
        }


def _warnings(claim: Claim) -> Iterator[Line]:
    yield from when(claim.findings, "")
    yield from when(claim.findings, "Warnings, in full on their sheet", Style.STRONG)
    for found, file, times in tally(claim.findings):
        yield f"{found}: {words.counted(times, 'time')}, {file}", Style.PLAIN
