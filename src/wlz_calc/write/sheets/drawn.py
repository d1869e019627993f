"""The sheets of a verifier's worksheet: what was drawn, the strata it was drawn from, and provenance."""

from collections.abc import Iterator
from typing import Final

from wlz_calc.write.sheets.beside import provenance
from wlz_calc.write.sheets.model import Column, Kind, Line, Sheet, Style, mark, marks
from wlz_calc.write.worksheet import CONFIDENTIAL, CONFIDENTIAL_LINE, METHOD, TITLE, Worksheet

_ITEMS: Final = (
    Column("No.", "no", Kind.WHOLE, 6),
    Column("Stratum", "stratum", Kind.WHOLE, 8),
    Column("Claimed", "claimed", widest=14),
    Column("Child", "child_id", widest=20),
    Column("School", "school", widest=16),
    Column("Payment", "payment", widest=16),
    Column("Outcome", "outcome", widest=16),
    Column("Number", "number", Kind.WHOLE, 6),
    Column("Decision", "decision", widest=14),
    Column("Reason", "reason", widest=34),
    Column("Due on", "due_on", Kind.DATE, 10),
    Column("Price", "price", Kind.MONEY, 10),
    Column("Amount", "amount", Kind.MONEY, 10),
    Column("Evidence", "evidence", widest=34),
    Column("Seen", "seen", widest=6),
    Column("Agrees", "agrees", widest=6),
    Column("Note", "note", widest=20),
    Column("Initials", "initials", widest=8),
)
_STRATA: Final = (
    Column("Stratum", "stratum", Kind.WHOLE),
    Column("Claimed", "claimed"),
    Column("Payment", "payment"),
    Column("School", "school"),
    Column("Size", "size", Kind.WHOLE),
    Column("Drawn", "drawn", Kind.WHOLE),
)
FILLED_IN: Final = (
    "To be filled in: Seen, the evidence that was seen; Agrees, yes or no; Note, what differs; Initials."
)


def drawn(worksheet: Worksheet) -> Iterator[Sheet]:
    """Every sheet of the worksheet, in order."""
    yield _items(worksheet)
    yield _strata(worksheet)
    yield provenance(worksheet)


def _items(worksheet: Worksheet) -> Sheet:
    said = ((FILLED_IN, Style.STRONG),)
    return Sheet(
        "Worksheet",
        (*_heading(worksheet), *said),
        _ITEMS,
        worksheet.items,
        mark=_mark(worksheet),
        form=True,
        table="Drawn",
    )


def _strata(worksheet: Worksheet) -> Sheet:
    sums = {name: int(worksheet.strata[name].sum()) for name in ("size", "drawn")}
    return Sheet(
        "Strata",
        (*_heading(worksheet), (METHOD, Style.PLAIN)),
        _STRATA,
        worksheet.strata,
        ({"claimed": "Total", **sums},),
        mark=_mark(worksheet),
        table="Strata",
    )


def _heading(worksheet: Worksheet) -> tuple[Line, ...]:
    head = ((line, Style.PLAIN) for line in worksheet.head)
    return (TITLE, Style.TITLE), (CONFIDENTIAL_LINE, Style.MARK), *head, *marks(worksheet)


def _mark(worksheet: Worksheet) -> str:
    return ", ".join(filter(None, [CONFIDENTIAL, mark(worksheet)]))
