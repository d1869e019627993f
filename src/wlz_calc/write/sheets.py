"""Sheets: what each sheet of the workbook holds, as plain data; `workbook` only draws them.

Promises a summary, a sheet per commissioner (schools by name), what was held, cut, unfunded and not yet
due, and provenance; each says when its terms are illustrative. A commissioner whose card says `detail:
totals` gets its schedule and no child's line.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

import polars as pl

from wlz_calc.claim import Claim
from wlz_calc.write import beside, words
from wlz_calc.write.data import sorted_lines
from wlz_calc.write.findings import records, tally
from wlz_calc.write.schedule import Contract, Schedule, contracts

MOST_LINES: Final = 1_048_500
"""Excel's 1,048,576 rows, less the heading and the total of a sheet."""
LONGEST_NAME: Final = 31
RESERVED: Final = (
    "Summary", "Held", "Cut", "Unfunded", "Not yet due", "Warnings", "Provenance", "History",
)  # fmt: skip
"""Names that a commissioner's sheet does not get; Excel keeps the last for itself."""


class Kind(Enum):
    """What the cells of a column are."""

    TEXT = auto()
    DATE = auto()
    WHOLE = auto()
    MONEY = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, the column of the frame that fills it, and what its cells are."""

    title: str
    name: str
    kind: Kind = Kind.TEXT


class Style(Enum):
    """How a line of text is set."""

    TITLE = auto()
    MARK = auto()
    STRONG = auto()
    PLAIN = auto()


Line = tuple[str, Style]


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A sheet: lines of text, a table of typed cells with its totals, and lines below it. Money is in pence.

    `mark` is printed at the top of every page; a total gives the cells of some columns by name.
    """

    name: str
    heading: tuple[Line, ...]
    columns: tuple[Column, ...]
    rows: pl.DataFrame
    totals: tuple[dict[str, str | int], ...] = ()
    notes: tuple[Line, ...] = ()
    mark: str = ""


def sheets(claim: Claim) -> Iterator[Sheet]:
    """Every sheet of the workbook, in order."""
    stated = contracts(claim)
    yield _summary(claim, stated)
    yield from _schedules(claim, stated)
    yield from _beside(claim)
    yield _provenance(claim)


def refusal(claim: Claim) -> str | None:
    """Why the claim cannot be a workbook, if it cannot: a schedule with more lines than a sheet has rows."""
    counted = [(part.name, part.count) for whole in contracts(claim) for part in whole.schedules]
    tables = [("Held", claim.held.height), ("Warnings", len(claim.findings))]
    for name, rows in [*counted, *tables]:
        if rows > MOST_LINES:
            return f"{name} has {rows:,} lines; a sheet holds {MOST_LINES:,}: write .csv or .parquet instead"
    return None


def mark(claim: Claim, contract: str | None = None) -> str:
    """The marks that a sheet carries: of one contract, or of the claim."""
    illustrative = claim.illustrative if contract is None else contract in claim.illustrative
    marks = [words.ILLUSTRATIVE if illustrative else "", words.PROVISIONAL if claim.provisional else ""]
    return ", ".join(text for text in marks if text)


# ------------------------------------------------------------------------------------ the summary


def _summary(claim: Claim, stated: Sequence[Contract]) -> Sheet:
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
    schema = {c.name: pl.String if c.kind is Kind.TEXT else pl.Int64 for c in columns}
    return Sheet(
        "Summary",
        (*_title(claim), *_terms(stated), *_when(claim.illustrative, beside.ILLUSTRATIVE_LINE)),
        columns,
        pl.DataFrame([{name: row[name] for name in schema} for row in rows], schema=schema),
        tuple(_totals(claim, stated)),
        ((beside.opening(claim), Style.STRONG), *_warnings(claim)),
        mark(claim),
    )


def _summed(part: Schedule) -> dict[str, str | int]:
    return {
        "name": part.name,
        "contract": part.contract,
        "children": part.children,
        "lines": part.count,
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
            "lines": part.count,
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


def _title(claim: Claim) -> tuple[Line, ...]:
    provisional = _when(claim.provisional, beside.PROVISIONAL_LINE, Style.MARK)
    return ((claim.provider, Style.TITLE), (beside.headline(claim), Style.STRONG), *provisional)


def _terms(stated: Sequence[Contract]) -> Iterator[Line]:
    for contract in stated:
        yield beside.terms(contract), Style.PLAIN
        yield from _when(contract.illustrative, words.banner(contract.illustrative), Style.MARK)


def _when(said: object, text: str, style: Style = Style.PLAIN) -> tuple[Line, ...]:
    return ((text, style),) if said else ()


def _warnings(claim: Claim) -> Iterator[Line]:
    yield from _when(claim.findings, "Warnings, in full on their sheet", Style.STRONG)
    for title, file, times in tally(claim.findings):
        yield f"{title}: {words.counted(times, 'time')}, {file}", Style.PLAIN


# ------------------------------------------------------------------------------------ the schedules

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


def _schedules(claim: Claim, stated: Sequence[Contract]) -> Iterator[Sheet]:
    names = sheet_names([part.name for contract in stated for part in contract.schedules])
    lines = sorted_lines(claim.lines)
    for contract in stated:
        for part in contract.schedules:
            own = (pl.col("contract") == part.contract) & (pl.col("commissioner") == part.commissioner)
            yield _schedule(claim, contract, part, next(names), lines.filter(own))


def _schedule(claim: Claim, contract: Contract, part: Schedule, name: str, lines: pl.DataFrame) -> Sheet:
    totals_only = part.detail == "totals"
    columns = _TOTALS_ONLY if totals_only else _LINES
    sums = f"{words.counted(part.count, 'line')}, {words.children(part.children)}"
    return Sheet(
        name,
        (
            (part.name, Style.TITLE),
            (beside.headline(claim), Style.STRONG),
            *_when(claim.provisional, beside.PROVISIONAL_LINE, Style.MARK),
            *_terms([contract]),
            (f"Commissioner {part.commissioner}: {sums}, claimed by {claim.provider}", Style.PLAIN),
            *_when(totals_only, "The rate card shows this commissioner totals, and no children."),
        ),
        columns,
        _by_payment(part) if totals_only else _in_words(lines),
        ({columns[0].name: "Total", "lines": part.count, "amount": part.amount},),
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
            "lines": row.count,
            "each": row.unit,
            "amount": row.amount,
        }
        for group in part.groups
        for row in group.rows
    ]
    schema = {c.name: pl.Int64 if c.kind in {Kind.MONEY, Kind.WHOLE} else pl.String for c in _TOTALS_ONLY}
    return pl.DataFrame(rows, schema=schema)


def _in_words(lines: pl.DataFrame) -> pl.DataFrame:
    kinds = lines.select("kind", "corrects").unique().rows()
    kind = pl.lit(None, dtype=pl.String)
    for code, corrects in kinds:
        own = (pl.col("kind") == code) & pl.col("corrects").eq_missing(pl.lit(corrects, dtype=pl.String))
        kind = pl.when(own).then(pl.lit(words.kind(code, corrects))).otherwise(kind)
    return _worded(lines.with_columns(kind=kind), reason=words.reason)


def _worded(frame: pl.DataFrame, **spoken: Callable[[str], str]) -> pl.DataFrame:
    """Codes replaced by their words; each different code is put into words once."""
    said = {"payment": words.title, "outcome": words.title, **spoken}
    return frame.with_columns(
        pl.col(name).cast(pl.String).replace({code: say(code) for code in frame[name].unique().drop_nulls()})
        for name, say in said.items()
        if name in frame.columns
    )


def sheet_names(names: Sequence[str]) -> Iterator[str]:
    """A name for each sheet that Excel takes: short enough, without its special characters, and each once."""
    taken = {name.casefold() for name in RESERVED}
    for name in names:
        free = next(text for text in _versions(_clean(name)) if text.casefold() not in taken)
        taken.add(free.casefold())
        yield free


def _clean(name: str) -> str:
    """Without what Excel refuses in a name: some characters, and an apostrophe at either end."""
    plain = re.sub(r"[\[\]:*?/\\]", " ", words.visible(name))
    return " ".join(plain.split()).strip("' ") or "Commissioner"


def _versions(name: str) -> Iterator[str]:
    yield _short(name, LONGEST_NAME)
    number = 2
    while True:
        yield f"{_short(name, LONGEST_NAME - len(f' ({number})'))} ({number})"
        number += 1


def _short(name: str, longest: int) -> str:
    return name if len(name) <= longest else f"{name[: longest - 1].rstrip()}…"


# ------------------------------------------------------------------------------------ beside them

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
_WARNINGS: Final = (
    Column("Severity", "severity"),
    Column("Code", "code"),
    Column("File", "file"),
    Column("Row", "row", Kind.WHOLE),
    Column("Column", "column"),
    Column("Found", "found"),
    Column("Expected", "expected"),
    Column("How to mend it", "fix"),
)
_NOT_YET: Final = (_CHILD[0], *_PAYABLE, Column("Children", "children", Kind.WHOLE))


def _beside(claim: Claim) -> Iterator[Sheet]:
    tables = {
        "Held": (_HELD, claim.held, ["price"]),
        "Cut": (_CUT, claim.cut, ["price", "cut"]),
        "Unfunded": (_UNFUNDED, claim.unfunded, ["amount"]),
        "Not yet due": (_NOT_YET, claim.not_yet, []),
        "Warnings": (_WARNINGS, _recorded(claim), []),
    }
    meanings = {part.title: part.meaning for part in beside.parts(claim)}
    for name, (columns, frame, sums) in tables.items():
        if name in meanings:
            yield Sheet(
                name,
                ((name, Style.TITLE), *_title(claim)[1:], *_marks(claim), (meanings[name], Style.PLAIN)),
                columns,
                _worded(frame),
                (_summed_up(frame, sums),) if sums else (),
                mark=mark(claim),
            )


def _recorded(claim: Claim) -> pl.DataFrame:
    schema = {c.name: pl.Int64 if c.kind is Kind.WHOLE else pl.String for c in _WARNINGS}
    rows = [{name: record[name] for name in schema} for record in records(claim.findings)]
    return pl.DataFrame(rows, schema=schema)


def _summed_up(frame: pl.DataFrame, sums: Sequence[str]) -> dict[str, str | int]:
    return {"contract": "Total", **{name: int(frame[name].sum()) for name in sums}}


def _marks(claim: Claim) -> Iterator[Line]:
    for contract, terms in claim.illustrative.items():
        yield f"{words.banner(terms)} ({contract})", Style.MARK


_FILES: Final = (
    Column("Role", "role"),
    Column("File", "file"),
    Column("Rows", "rows", Kind.WHOLE),
    Column("SHA-256", "sha256"),
    Column("Validated", "validated"),
)


def _provenance(claim: Claim) -> Sheet:
    made = claim.provenance
    rows = [{c.name: getattr(file, c.name) for c in _FILES} for file in made.files]
    schema = {c.name: pl.Int64 if c.kind is Kind.WHOLE else pl.String for c in _FILES}
    return Sheet(
        "Provenance",
        (
            ("Provenance", Style.TITLE),
            *_title(claim)[1:],
            *_marks(claim),
            (f"Made by wlz-calc {made.version} from these files", Style.PLAIN),
        ),
        _FILES,
        pl.DataFrame(rows, schema=schema),
        mark=mark(claim),
    )
