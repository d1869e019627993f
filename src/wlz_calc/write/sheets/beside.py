"""What stands beside the schedules, in full: from adjustments and cuts to what is not paid, and provenance.

Where nobody in the claim may see children, awards are counted and added up instead.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import polars as pl

from wlz_calc.claim import Claim
from wlz_calc.write import words
from wlz_calc.write.beside import parts
from wlz_calc.write.findings import records
from wlz_calc.write.setting import Stated
from wlz_calc.write.sheets import awards
from wlz_calc.write.sheets.adjusted import ADJUSTED, adjusted
from wlz_calc.write.sheets.model import (
    Column,
    Kind,
    Sheet,
    Style,
    claimed,
    mark,
    marks,
    schema,
    title,
)
from wlz_calc.write.sheets.worded import worded

MOST_LINES: Final = 1_048_500
"""Excel's 1,048,576 rows, less the heading and the total of a sheet."""
_CHILD: Final = (Column("Contract", "contract"), Column("Child", "child_id"), Column("School", "school"))
_PAYABLE: Final = (
    Column("Payment", "payment"),
    Column("Outcome", "outcome"),
)
_AWARD: Final = (*_PAYABLE, Column("Number", "number", Kind.WHOLE), Column("Due on", "due_on", Kind.DATE))
_PRICE: Final = Column("Price", "price", Kind.MONEY)
_HELD: Final = (*_CHILD, *_AWARD, _PRICE, Column("Reason", "reason"), Column("Raised by", "raised_by"))
_CUT: Final = (*_CHILD, *_AWARD, _PRICE, Column("Cut", "cut", Kind.MONEY))
_REST: Final = (Column("Unfunded", "unfunded", Kind.MONEY), Column("Claimed", "claimed", Kind.MONEY))
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
_DECIDED: Final = (*_PAYABLE, Column("Decision", "status"), Column("Reason", "reason"))
_UNPAID: Final = (*_CHILD, *_DECIDED)
_COUNTED: Final = (_CHILD[0], *_DECIDED, Column("Decisions", "decisions", Kind.WHOLE))
_CHANGES: Final = (
    *_CHILD[:2],
    Column("What has changed", "what"),
    Column("Before", "before"),
    Column("After", "after"),
)
_NOT_YET: Final = (_CHILD[0], *_PAYABLE, Column("Children", "children", Kind.WHOLE))
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
_OF_A_CHILD: Final = ("child_id", "school", "number", "due_on")
_NOT_PAID: Final = "Not paid"
_DECIDED_AGAINST: Final = (
    "Decisions that are no award, each with its reason; without what is not payable in the child's phase."
)
_ADJUSTED: Final = (
    "Lines that correct or reverse what was claimed, or that were decided otherwise before: each with what "
    "has changed since."
)
_TOO_MANY: Final = f"{_DECIDED_AGAINST} They are counted: there are {{:,}}, and a sheet holds {MOST_LINES:,}."


class _Table(NamedTuple):
    """A table beside the schedules: its columns, its rows in words, and the columns that are summed up."""

    columns: tuple[Column, ...]
    rows: pl.DataFrame
    sums: Sequence[str] = ()


def beside(claim: Claim) -> Iterator[Sheet]:
    """Those that have something to show."""
    meanings = {part.title: part.meaning for part in parts(claim)} | _own_meanings(claim)
    for name, table in _tables(claim):
        if name in meanings and table.rows.height:
            yield _sheet(claim, name, meanings[name], table if _shows_children(claim) else _in_total(table))


def _own_meanings(claim: Claim) -> dict[str, str]:
    number = claim.unpaid.height
    unpaid = _DECIDED_AGAINST if number <= MOST_LINES else _TOO_MANY.format(number)
    return {"Adjustments": _ADJUSTED, _NOT_PAID: unpaid}


def _tables(claim: Claim) -> Iterator[tuple[str, _Table]]:
    cut = awards.cut(claim)
    rest = tuple(column for column in _REST if column.name in cut.columns)
    yield "Adjustments", _Table(ADJUSTED, adjusted(claim), ["amount"])
    yield "Cut", _Table((*_CUT, *rest), worded(cut), ["price", "cut", *(column.name for column in rest)])
    yield "Unfunded", _Table(_UNFUNDED, worded(claim.unfunded), ["amount"])
    yield "Held", _Table(_HELD, worded(claim.held), ["price"])
    yield "Set aside", _Table(_ASIDE, worded(claim.aside))
    yield _NOT_PAID, _unpaid(claim)
    yield "Changes of the register", _Table(_CHANGES, worded(claim.changes, what=words.title))
    yield "Not yet due", _Table(_NOT_YET, worded(claim.not_yet))
    yield "Warnings", _Table(_WARNINGS, _recorded(claim))


def _sheet(claim: Claim, name: str, meaning: str, table: _Table) -> Sheet:
    return Sheet(
        name,
        ((name, Style.TITLE), *title(claim), *marks(claim), (meaning, Style.PLAIN)),
        table.columns,
        table.rows,
        (_summed_up(table.rows, table.sums),) if table.sums else (),
        mark=mark(claim),
        table=name.replace(" ", "_"),
    )


def _shows_children(claim: Claim) -> bool:
    return claim.parties.is_empty() or not claim.parties["detail"].eq_missing("totals").all()


def _in_total(table: _Table) -> _Table:
    """The same without what is of one child: awards alike are counted, and added up."""
    if not table.sums:
        return table
    known = [column for column in table.columns if column.name not in _OF_A_CHILD]
    alike = [column for column in known if column.name not in table.sums]
    money = [column for column in known if column.name in table.sums]
    counted = table.rows.group_by([column.name for column in alike], maintain_order=True).agg(
        pl.len().alias("awards"), pl.col(table.sums).sum()
    )
    columns = (*alike, Column("Awards", "awards", Kind.WHOLE), *money)
    return _Table(columns, counted, ["awards", *table.sums])


def _summed_up(frame: pl.DataFrame, sums: Sequence[str]) -> dict[str, str | int]:
    return {"contract": "Total", **{name: int(frame[name].sum()) for name in sums}}


def _recorded(claim: Claim) -> pl.DataFrame:
    rows = [{c.name: record[c.name] for c in _WARNINGS} for record in records(claim.findings)]
    return pl.DataFrame(rows, schema=schema(_WARNINGS))


# ------------------------------------------------------------------------------------ not paid


def _unpaid(claim: Claim) -> _Table:
    """What is decided and no award; if a sheet cannot hold it, how often, by payment, outcome and reason."""
    texts = claim.unpaid.with_columns(pl.col("status", "reason").cast(pl.String))
    if claim.unpaid.height <= MOST_LINES:
        return _Table(_UNPAID, worded(texts, status=words.status, reason=words.reason))
    keys = [column.name for column in _COUNTED[:-1]]
    counted = texts.group_by(keys).agg(pl.len().alias("decisions")).sort(keys)
    return _Table(_COUNTED, worded(counted, status=words.status, reason=words.reason), ["decisions"])


# ------------------------------------------------------------------------------------ provenance

_FILES: Final = (
    Column("Role", "role"),
    Column("File", "file"),
    Column("Sheet", "sheet"),
    Column("Rows", "rows", Kind.WHOLE),
    Column("SHA-256", "sha256"),
    Column("Validated by, and on", "validated"),
)


def provenance(stated: Stated) -> Sheet:
    """What the workbook was made with and from."""
    made = stated.provenance
    rows = [{c.name: getattr(file, c.name) for c in _FILES} for file in made.files]
    heading = claimed(stated) if isinstance(stated, Claim) else title(stated)
    return Sheet(
        "Provenance",
        (
            ("Provenance", Style.TITLE),
            *heading,
            *marks(stated),
            (f"Made by wlz-calc {made.version} from these files", Style.PLAIN),
        ),
        _FILES,
        pl.DataFrame(rows, schema=schema(_FILES)),
        mark=mark(stated),
        table="Files",
    )
