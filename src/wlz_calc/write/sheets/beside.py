"""What stands beside the schedules, in full: from what is held or set aside to warnings and provenance."""

from collections.abc import Iterator, Sequence
from typing import Final

import polars as pl

from wlz_calc.claim import Claim
from wlz_calc.write.beside import parts
from wlz_calc.write.findings import records
from wlz_calc.write.setting import Stated
from wlz_calc.write.sheets.model import Column, Kind, Sheet, Style, mark, marks, schema, title
from wlz_calc.write.sheets.worded import worded

_CHILD: Final = (Column("Contract", "contract"), Column("Child", "child_id"), Column("School", "school"))
_PAYABLE: Final = (
    Column("Payment", "payment"),
    Column("Outcome", "outcome"),
)
_AWARD: Final = (*_PAYABLE, Column("Number", "number", Kind.WHOLE), Column("Due on", "due_on", Kind.DATE))
_PRICE: Final = Column("Price", "price", Kind.MONEY)
_HELD: Final = (*_CHILD, *_AWARD, _PRICE, Column("Reason", "reason"), Column("Raised by", "raised_by"))
_CUT: Final = (*_CHILD, *_AWARD, _PRICE, Column("Cut", "cut", Kind.MONEY))
_UNFUNDED: Final = (
    _CHILD[0],
    Column("Commissioner", "commissioner"),
    *_CHILD[1:],
    *_AWARD,
    Column("Unfunded", "amount", Kind.MONEY),
)
_ASIDE: Final = (
    *_CHILD[:2],
    Column("Error", "title"),
    Column("File", "file"),
    Column("Sheet", "sheet"),
    Column("Row", "row", Kind.WHOLE),
    Column("Column", "column"),
    Column("Found", "found"),
    Column("Expected", "expected"),
)
_WARNINGS: Final = (
    Column("Severity", "severity"),
    Column("Code", "code"),
    Column("File", "file"),
    Column("Row", "row", Kind.WHOLE),
    Column("Column", "column"),
    Column("Found", "found"),
    Column("Expected", "expected"),
    Column("How to mend it", "mend"),
)
_NOT_YET: Final = (_CHILD[0], *_PAYABLE, Column("Children", "children", Kind.WHOLE))


def beside(claim: Claim) -> Iterator[Sheet]:
    """Those that have something to show."""
    tables = {
        "Held": (_HELD, claim.held, ["price"]),
        "Cut": (_CUT, claim.cut, ["price", "cut"]),
        "Unfunded": (_UNFUNDED, claim.unfunded, ["amount"]),
        "Set aside": (_ASIDE, claim.aside, []),
        "Not yet due": (_NOT_YET, claim.not_yet, []),
        "Warnings": (_WARNINGS, _recorded(claim), []),
    }
    meanings = {part.title: part.meaning for part in parts(claim)}
    for name, (columns, frame, sums) in tables.items():
        if name in meanings:
            yield Sheet(
                name,
                ((name, Style.TITLE), *title(claim), *marks(claim), (meanings[name], Style.PLAIN)),
                columns,
                worded(frame),
                (_summed_up(frame, sums),) if sums else (),
                mark=mark(claim),
            )


def _recorded(claim: Claim) -> pl.DataFrame:
    rows = [{c.name: record[c.name] for c in _WARNINGS} for record in records(claim.findings)]
    return pl.DataFrame(rows, schema=schema(_WARNINGS))


def _summed_up(frame: pl.DataFrame, sums: Sequence[str]) -> dict[str, str | int]:
    return {"contract": "Total", **{name: int(frame[name].sum()) for name in sums}}


_FILES: Final = (
    Column("Role", "role"),
    Column("File", "file"),
    Column("Sheet", "sheet"),
    Column("Rows", "rows", Kind.WHOLE),
    Column("SHA-256", "sha256"),
    Column("Validated", "validated"),
)


def provenance(stated: Stated) -> Sheet:
    """What the workbook was made with and from."""
    made = stated.provenance
    rows = [{c.name: getattr(file, c.name) for c in _FILES} for file in made.files]
    return Sheet(
        "Provenance",
        (
            ("Provenance", Style.TITLE),
            *title(stated),
            *marks(stated),
            (f"Made by wlz-calc {made.version} from these files", Style.PLAIN),
        ),
        _FILES,
        pl.DataFrame(rows, schema=schema(_FILES)),
        mark=mark(stated),
    )
