"""The schedules: a sheet per commissioner with its lines, or with totals where that is all it may see."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import polars as pl

from wlz_calc.claim import Claim
from wlz_calc.write import beside, words
from wlz_calc.write.schedule import Contract, Schedule
from wlz_calc.write.sheets.model import Column, Kind, Sheet, Style, claimed, mark, schema, terms, when
from wlz_calc.write.sheets.names import sheet_names, table_names
from wlz_calc.write.sheets.worded import in_words, worded

_LINES: Final = (
    Column("Child", "child_id"),
    Column("School", "school"),
    Column("Payment", "payment"),
    Column("Outcome", "outcome"),
    Column("Number", "number", Kind.WHOLE),
    Column("Due on", "due_on", Kind.DATE),
    Column("Amount", "amount", Kind.MONEY),
    Column("Kind", "kind"),
    Column("Reason", "reason"),
)
_TOTALS_ONLY: Final = (
    Column("Number", "numbers"),
    Column("Payment", "payment"),
    Column("Outcome", "outcome"),
    Column("Kind", "kind"),
    Column("Lines", "lines", Kind.WHOLE),
    Column("Each", "each", Kind.MONEY),
    Column("Amount", "amount", Kind.MONEY),
)


def schedules(claim: Claim, stated: Sequence[Contract]) -> Iterator[Sheet]:
    """One for each commissioner, in the order of the claim."""
    each = [part for contract in stated for part in contract.schedules]
    names, tables = sheet_names([part.name for part in each]), table_names(_ids(each))
    for contract in stated:
        for part in contract.schedules:
            own = (pl.col("contract") == part.contract) & (pl.col("commissioner") == part.commissioner)
            drawn = _schedule(claim, contract, part, claim.lines.filter(own))
            yield replace(drawn, name=next(names), table=next(tables))


def _ids(each: Sequence[Schedule]) -> list[str]:
    """The ids of commissioners, with their contracts where there are several."""
    several = len({part.contract for part in each}) > 1
    return [f"{part.contract}_{part.commissioner}" if several else part.commissioner for part in each]


def _schedule(claim: Claim, contract: Contract, part: Schedule, lines: pl.DataFrame) -> Sheet:
    totals_only = part.detail == "totals"
    columns = _TOTALS_ONLY if totals_only else _LINES
    sums = f"{words.counted(part.lines, 'line')}, {words.children(part.children)}"
    return Sheet(
        part.name,
        (
            (part.name, Style.TITLE),
            *claimed(claim),
            *when(digest := beside.digest(claim, part.contract), digest),
            *terms([contract]),
            (f"Commissioner {part.commissioner}: {sums}, claimed by {claim.provider}", Style.PLAIN),
            *when(totals_only, "The rate card shows this commissioner totals, and no children."),
        ),
        columns,
        _by_payment(part) if totals_only else worded(in_words(lines), reason=words.reason),
        ({columns[0].name: "Total", "lines": part.lines, "amount": part.amount},),
        mark=mark(claim, part.contract),
    )


def _by_payment(part: Schedule) -> pl.DataFrame:
    """The schedule's rows, without children."""
    rows = [
        {
            "numbers": words.numbered(group.numbers),
            "payment": words.title(group.payment),
            "outcome": words.title(row.outcome or ""),
            "kind": words.kind(row.kind, row.corrects),
            "lines": row.lines,
            "each": row.unit,
            "amount": row.amount,
        }
        for group in part.groups
        for row in group.rows
    ]
    return pl.DataFrame(rows, schema=schema(_TOTALS_ONLY))
