"""Sheets: what each sheet of the workbook holds, as plain data; `workbook` only draws them.

Promises a summary, a sheet per commissioner (schools by name), what was held, cut, unfunded and not yet
due, and provenance; each says when its terms are illustrative. A commissioner whose card says `detail:
totals` gets its schedule and no child's line.
"""

from collections.abc import Iterator
from typing import Final

from wlz_calc.claim import Claim
from wlz_calc.write.grouping import contracts
from wlz_calc.write.sheets.beside import beside, provenance
from wlz_calc.write.sheets.model import Sheet
from wlz_calc.write.sheets.schedules import schedules
from wlz_calc.write.sheets.summary import summary

MOST_LINES: Final = 1_048_500
"""Excel's 1,048,576 rows, less the heading and the total of a sheet."""


def sheets(claim: Claim) -> Iterator[Sheet]:
    """Every sheet of the workbook, in order."""
    stated = contracts(claim)
    yield summary(claim, stated)
    yield from schedules(claim, stated)
    yield from beside(claim)
    yield provenance(claim)


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
