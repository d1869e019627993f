"""Sheets: what each sheet of the workbook holds, as plain data; `workbook` only draws them.

Promises a cover, a sheet per commissioner (schools by name), the invoices, what was adjusted, cut, unfunded,
held, not paid and not yet due, provenance, and a reconciliation that adds all of it up again; each says when
its terms are illustrative. A commissioner whose card says `detail: totals` gets its schedule and no child.
"""

from collections.abc import Iterator

from wlz_calc.claim import Claim
from wlz_calc.write.grouping import contracts
from wlz_calc.write.progress import progress
from wlz_calc.write.sheets.beside import MOST_LINES, beside, provenance
from wlz_calc.write.sheets.cover import cover
from wlz_calc.write.sheets.invoices import invoices
from wlz_calc.write.sheets.model import Sheet
from wlz_calc.write.sheets.reached import by_payment, charts, to_date
from wlz_calc.write.sheets.reconciliation import Parts, reconciliation
from wlz_calc.write.sheets.schedules import schedules


def sheets(claim: Claim) -> Iterator[Sheet]:
    """Every sheet of the workbook, in order."""
    stated, reached = contracts(claim), tuple(progress(claim))
    paid, measured = by_payment(claim, stated, reached), to_date(claim, stated, reached)
    front = cover(claim, stated, tuple(charts(measured, paid)))
    own, others = list(schedules(claim, stated)), list(beside(claim))
    cut = next((sheet for sheet in others if sheet.name == "Cut"), None)
    yield front
    yield from own
    yield from invoices(claim)
    yield paid
    yield measured
    yield from others
    yield provenance(claim)
    yield reconciliation(claim, stated, Parts(front, own, paid, measured, cut))


def refusal(claim: Claim) -> str | None:
    """Why the claim cannot be a workbook, if it cannot: a schedule with more lines than a sheet has rows."""
    counted = [(part.name, part.lines) for whole in contracts(claim) for part in whole.schedules]
    tables = [
        ("Held", claim.held.height),
        ("Set aside", claim.aside.height),
        ("Warnings", sum(finding.times for finding in claim.findings)),
    ]
    for name, rows in [*counted, *tables]:
        if rows > MOST_LINES:
            return f"{name} has {rows:,} lines; a sheet holds {MOST_LINES:,}: write .csv or .parquet instead"
    return None
