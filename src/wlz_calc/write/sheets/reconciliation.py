"""The reconciliation: what the workbook states, beside what Excel makes of its sheets, which is the same.

Amounts are values; the sums beside them are formulas, and their difference comes to nought. A formula is made
of the names of tables and of cells of the cover alone: no text of an extract is ever part of one.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import polars as pl

from wlz_calc.claim import Claim
from wlz_calc.write.grouping import amount
from wlz_calc.write.schedule import Contract, Schedule
from wlz_calc.write.sheets.layout import place, top, total_row
from wlz_calc.write.sheets.model import Column, Kind, Sheet, Style, claimed, mark, marks, schema

COVER: Final = "Cover"
TABLE: Final = "Checks"
_CHECKS: Final = (
    Column("What is compared", "said", widest=60),
    Column("Stated", "stated", Kind.MONEY),
    Column("Added up", "added", Kind.SUM),
    Column("Also stated", "also", Kind.SUM),
    Column("Difference", "difference", Kind.SUM),
    Column("Result", "result", Kind.VERDICT),
)
_ROW: Final = f"{TABLE}[[#This Row],[{{}}]]"
_DIFFERENCE: Final = (
    f"ROUND(MAX({_ROW.format('Stated')},{_ROW.format('Added up')},{_ROW.format('Also stated')})"
    f"-MIN({_ROW.format('Stated')},{_ROW.format('Added up')},{_ROW.format('Also stated')}),2)"
)
_RESULT: Final = f'IF({_ROW.format("Difference")}=0,"OK","DIFFERS")'
_ALL: Final = f"SUM({TABLE}[Difference])"
MEANING: Final = (
    "Stated: what the claim comes to, as a value. Added up and also stated: worked out by the spreadsheet "
    "from the sheets of this workbook, the cover among them. A difference that is not nought means that a "
    "cell was changed after the workbook was made."
)


class Check(NamedTuple):
    """What is compared: an amount in pence, what is added up to it, and where else it is stated, if it is."""

    said: str
    stated: int
    added: str
    also: str = ""


class Parts(NamedTuple):
    """The sheets of a workbook that its sums are on; `schedules`: in the order of the cover's rows."""

    cover: Sheet
    schedules: Sequence[Sheet]
    paid: Sheet
    measured: Sheet
    cut: Sheet | None


def reconciliation(claim: Claim, stated: Sequence[Contract], parts: Parts) -> Sheet:
    """Every check, its difference, and one word on all of them."""
    checks = list(_checks(claim, stated, parts))
    rows = [
        {**check._asdict(), "also": check.also or check.added, "difference": _DIFFERENCE, "result": _RESULT}
        for check in checks
    ]
    return Sheet(
        "Reconciliation",
        (("Reconciliation", Style.TITLE), *claimed(claim), *marks(claim), (MEANING, Style.PLAIN)),
        _CHECKS,
        pl.DataFrame(rows, schema=schema(_CHECKS)),
        ({"said": "All of them", "difference": _ALL, "result": f'IF({_ALL}=0,"OK","DIFFERS")'},),
        mark=mark(claim),
        table=TABLE,
    )


def _checks(claim: Claim, stated: Sequence[Contract], parts: Parts) -> Iterator[Check]:
    yield from _schedules(stated, parts)
    yield from _contracts(stated, parts)
    whole, total = amount(claim), _cell(parts.cover, "total", 0)
    yield Check("All commissioners on the cover, and its grand total", whole, _on_cover(parts), total)
    yield Check("All payments, and the grand total", whole, _sum(parts.paid, "amount"), total)
    yield Check("All commissioners to date, this claim of it", whole, _sum(parts.measured, "claim"), total)
    yield from _to_date(claim, parts)
    if parts.cut is not None and "claimed" in parts.cut.rows.columns:
        yield _cut(parts.cut)


def _schedules(stated: Sequence[Contract], parts: Parts) -> Iterator[Check]:
    each: list[Schedule] = [part for contract in stated for part in contract.schedules]
    several = len(stated) > 1
    for row, (part, sheet) in enumerate(zip(each, parts.schedules, strict=True), 1):
        of = f" ({part.contract})" if several else ""
        cell = f"{COVER}!{_placed(parts.cover, 'total', top(parts.cover) + row)}"
        yield Check(f"The lines of {part.name}{of}", part.amount, _sum(sheet, "amount"), cell)


def _contracts(stated: Sequence[Contract], parts: Parts) -> Iterator[Check]:
    """Where there are several, the commissioners of each; they stand together on the cover."""
    row = top(parts.cover) + 1
    for number, contract in enumerate(stated if len(stated) > 1 else (), 1):
        until = row + len(contract.schedules)
        added = _between(parts.cover, row, until) if contract.schedules else "0"
        said = f"The commissioners of {contract.contract}"
        yield Check(said, contract.amount, added, _cell(parts.cover, "total", number))
        row = until


def _to_date(claim: Claim, parts: Parts) -> Iterator[Check]:
    opening, earlier = (int(frame["amount"].sum()) for frame in (claim.opening, claim.before))
    columns = [_sum(parts.measured, name) for name in ("opening", "earlier", "claim")]
    known = _cell(parts.cover, "opening", 0) if claim.opening.height else ""
    yield Check("The opening balance of all commissioners", opening, columns[0], known)
    yield Check(
        "Opening balance, earlier claims and this one, and what all commissioners were charged to date",
        opening + earlier + amount(claim),
        "+".join(columns),
        _sum_where(parts.measured, "measured", "Commissioner", "to_date"),
    )


def _cut(cut: Sheet) -> Check:
    """What a limit left of an award is what was claimed of it, less what a commitment did not cover."""
    price, off, unfunded = (_sum(cut, name) for name in ("price", "cut", "unfunded"))
    return Check(
        "Awards that a limit cut: price less cut less unfunded, and what was claimed of them to date",
        int(cut.rows["claimed"].sum()),
        f"{price}-{off}-{unfunded}",
        _sum(cut, "claimed"),
    )


# ------------------------------------------------------------------------------------ formulas


def _title(sheet: Sheet, name: str) -> str:
    return sheet.columns[place(sheet, name) - 1].title


def _sum(sheet: Sheet, name: str) -> str:
    """The sum of a column of a table; one without rows is no table."""
    return f"SUM({sheet.table}[{_title(sheet, name)}])" if sheet.rows.height else "0"


def _sum_where(sheet: Sheet, by: str, wanted: str, name: str) -> str:
    """The same of the rows that have a word of ours in another column."""
    if not sheet.rows.height:
        return "0"
    column, summed = (f"{sheet.table}[{_title(sheet, one)}]" for one in (by, name))
    return f'SUMIF({column},"{wanted}",{summed})'


def _placed(sheet: Sheet, name: str, row: int) -> str:
    """A cell, as a formula names it wherever it stands."""
    return f"${_letter(place(sheet, name))}${row}"


def _cell(cover: Sheet, name: str, total: int) -> str:
    """A total on the cover."""
    return f"{COVER}!{_placed(cover, name, total_row(cover, total))}"


def _on_cover(parts: Parts) -> str:
    """The totals of all commissioners on the cover."""
    first = top(parts.cover) + 1
    rows = parts.cover.rows.height
    return _between(parts.cover, first, first + rows) if rows else "0"


def _between(cover: Sheet, row: int, until: int) -> str:
    return f"SUM({COVER}!{_placed(cover, 'total', row)}:{_placed(cover, 'total', until - 1)})"


def _letter(column: int) -> str:
    """The letter of one of the first columns."""
    return chr(ord("A") + column - 1)
