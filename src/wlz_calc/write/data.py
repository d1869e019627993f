"""Data: a claim and its decisions for programs, as csv, json and parquet, in stable columns.

Promises the same bytes for the same claim: UTF-8, LF, a fixed order of rows and keys, and amounts in pounds
with two decimals made from whole pence, never from a binary fraction. Text is left as it is, also where a
spreadsheet would take it for a formula: other programs read this. Every row is made by Polars, none by
Python, and written as it is made: the text of a large result is never held as a whole.
"""

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import BinaryIO, Final, cast

import polars as pl

from wlz_calc.claim import Claim, Provenance, Seal
from wlz_calc.durable import Writer
from wlz_calc.frames import DECISION_ORDER, LINES, SHARED
from wlz_calc.money import PENCE_IN_A_POUND, pounds
from wlz_calc.period import Quarter
from wlz_calc.write.findings import records, sealed_form
from wlz_calc.write.grouping import balances, contracts
from wlz_calc.write.schedule import Schedule
from wlz_calc.write.setting import Stated

Pieces = Iterable[str]

LINE_COLUMNS: Final = tuple(LINES)
DECISION_COLUMNS: Final = (
    "quarter", "contract", "card_version", "child_id", "school", "phase", "payment",
    "outcome", "number", "status", "due_on", "price", "cut", "reason",
)  # fmt: skip
EVIDENCE: Final = "evidence"
SEPARATOR: Final = ",\n"
MONEY: Final = ("amount", "price", "cut")
EXACT: Final = pl.Decimal(38, 2)
POUNDS: Final = pl.Decimal(18, 2)
BESIDE: Final = ("parties", "cut", "unfunded", "held", "not_yet", "aside", "causes", "changes")
"""What of a claim is sealed with its lines."""
METADATA_KEY: Final = "wlz-calc"
SLICE: Final = 100_000
"""So many rows are made into text at once."""


def in_pounds(name: str) -> pl.Expr:
    """A column of pence in pounds, exactly: decimals with two places, such as `-1234.50`."""
    return (pl.col(name).cast(EXACT) / PENCE_IN_A_POUND).cast(EXACT)


def lines_csv(lines: pl.DataFrame) -> Writer:
    """The lines of a claim (or its opening balance, where that was asked for)."""
    return lambda file: _csv(lines.select(LINE_COLUMNS), file)


def register_csv(register: pl.DataFrame) -> Writer:
    """The children of a claim, as they are sealed with it (frames.REGISTER)."""
    return lambda file: _csv(register, file)


def beside_json(claim: Claim) -> bytes:
    """What stands beside the lines of a claim, as it is sealed with it."""
    frames = {name: getattr(claim, name) for name in BESIDE}
    warnings = [sealed_form(finding) for finding in claim.findings]
    body = {name: _rows(frame) for name, frame in frames.items()} | {"warnings": _values(warnings)}
    text = io.BytesIO()
    _object(body)(text)
    return text.getvalue()


def decisions_csv(decisions: pl.DataFrame, quarter: Quarter) -> Writer:
    """The decisions behind a claim."""
    return lambda file: _csv(_decisions(decisions, quarter).select(DECISION_COLUMNS), file)


def claim_json(claim: Claim) -> Writer:
    """The claim and all that stands beside it, as one object; a line of text for each of its rows."""
    drawn = [schedule for contract in contracts(claim) for schedule in contract.schedules]
    lines = _by_party(claim.lines)
    body = {
        "schedules": _list(_schedule(schedule, lines.get(_party(schedule))) for schedule in drawn),
        "opening_balance": _values(_opening(claim)),
        "cut": _rows(claim.cut),
        "unfunded": _rows(claim.unfunded),
        "held": _rows(claim.held),
        "set_aside": _rows(claim.aside),
        "causes": _rows(claim.causes),
        "register_changes": _rows(claim.changes),
        "not_yet": _rows(claim.not_yet),
        "invoices": _values(_invoices(claim)),
        "findings": _values(records(claim.findings)),
    }
    return _object(_heading(claim) | body | {"provenance": [_value(provenance(claim.provenance))]})


def decisions_json(decisions: pl.DataFrame, stated: Stated) -> Writer:
    """The decisions behind a claim as one object, each with the evidence it rests on where that is there."""
    body = {"decisions": _rows(_decisions(decisions, stated.quarter))}
    return _object(_heading(stated) | body | {"provenance": [_value(provenance(stated.provenance))]})


def lines_parquet(claim: Claim) -> Writer:
    """The lines of a claim, typed; what they were made from is in the file's metadata."""
    return lambda file: _parquet(claim.lines.select(LINE_COLUMNS), claim, file)


def decisions_parquet(decisions: pl.DataFrame, stated: Stated) -> Writer:
    """The decisions behind a claim, typed; what they were made from is in the file's metadata."""
    return lambda file: _parquet(_decisions(decisions, stated.quarter), stated, file)


def stamp(stated: Stated) -> dict[str, object]:
    """What every file carries, however it carries it: marks, version, as-of date, digests and row counts."""
    return {
        "quarter": str(stated.quarter),
        "as_of": stated.provenance.as_of.isoformat(),
        "provisional": stated.provisional,
        **(_standing(stated) if isinstance(stated, Claim) else {}),
        "illustrative": {contract: list(terms) for contract, terms in stated.illustrative.items()},
        "provenance": provenance(stated.provenance),
    }


def _standing(claim: Claim) -> dict[str, object]:
    """Its own seal, once it has one, and the sealed claim of each contract that it comes after."""
    seal = claim.seal
    return {
        "sealed": seal and _sealed(seal),
        "follows": [
            {
                "contract": one.contract,
                "quarter": str(one.quarter),
                "digest": one.digest,
                "approved_by": one.approved_by,
                "not_approved": [str(quarter) for quarter in one.unapproved],
            }
            for one in claim.follows
        ],
    }


def _sealed(seal: Seal) -> dict[str, object]:
    approved_on = seal.approved_on and seal.approved_on.isoformat()
    return seal._asdict() | {"closed_on": seal.closed_on.isoformat(), "approved_on": approved_on}


FILE_COLUMNS: Final = ("role", "file", "sheet", "sha256", "rows", "after", "validated")
"""What is stated of a file. `after`: what evidence numbers its rows after, where a table has parts."""


def provenance(made: Provenance) -> dict[str, object]:
    """What a result was made with and from, as plain data."""
    return {
        "tool": "wlz-calc",
        "version": made.version,
        "as_of": made.as_of.isoformat(),
        "files": [{name: getattr(file, name) for name in FILE_COLUMNS} for file in made.files],
    }


def _decisions(decisions: pl.DataFrame, quarter: Quarter) -> pl.DataFrame:
    columns = [*DECISION_COLUMNS, *(EVIDENCE for name in decisions.columns if name == EVIDENCE)]
    dated = decisions.sort(DECISION_ORDER, maintain_order=True).with_columns(
        pl.lit(str(quarter)).alias("quarter"), pl.col(pl.Enum).cast(pl.String)
    )
    return dated.select(columns)


def _in_pounds(frame: pl.LazyFrame) -> pl.LazyFrame:
    there = frame.collect_schema().names()
    return frame.with_columns(in_pounds(name) for name in MONEY if name in there)


def _csv(frame: pl.DataFrame, file: BinaryIO) -> None:
    """Empty text and no text are the same cell."""
    text = pl.col(pl.String, SHARED)
    cells = _in_pounds(frame.lazy()).with_columns(pl.when(text != "").then(text))
    with _on_the_disk(file) as disk:
        if frame.height > SLICE:
            cells.sink_csv(disk, engine="streaming")
        else:  # it is there before the streaming engine has begun
            cells.collect().write_csv(disk)


class _Told:
    """A file that remembers why it could not be written to: Polars has other words for it, or none."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.refusal: OSError | None = None

    def write(self, data: bytes) -> int:
        try:
            return self._file.write(data)
        except OSError as error:
            self.refusal = error
            raise

    def flush(self) -> None:
        self._file.flush()


@contextmanager
def _on_the_disk(file: BinaryIO) -> Iterator[BinaryIO]:
    """The same file; where it cannot be written to, that is the error."""
    told = _Told(file)
    try:
        yield cast("BinaryIO", told)
    except (pl.exceptions.PolarsError, OSError):
        if told.refusal:
            raise told.refusal from None
        raise


def _parquet(frame: pl.DataFrame, stated: Stated, file: BinaryIO) -> None:
    typed = _in_pounds(frame.lazy()).with_columns(
        pl.col(SHARED).cast(pl.String), pl.col(pl.Decimal).cast(POUNDS)
    )
    with _on_the_disk(file) as disk:
        typed.sink_parquet(disk, metadata={METADATA_KEY: _value(stamp(stated))}, engine="streaming")


def _heading(stated: Stated) -> dict[str, Pieces]:
    return {name: [_value(item)] for name, item in stamp(stated).items() if name != "provenance"}


def _by_party(lines: pl.DataFrame) -> dict[tuple[object, ...], pl.DataFrame]:
    return lines.partition_by("contract", "commissioner", as_dict=True)


def _party(schedule: Schedule) -> tuple[object, ...]:
    return (schedule.contract, schedule.commissioner)


def _schedule(schedule: Schedule, lines: pl.DataFrame | None) -> Pieces:
    head = {
        "contract": schedule.contract,
        "commissioner": schedule.commissioner,
        "name": schedule.name,
        "total": pounds(schedule.amount),
    }
    yield f'{_value(head)[:-1]}, "lines": '
    yield from _rows(lines)
    yield "}"


def _opening(claim: Claim) -> list[dict[str, object]]:
    return [
        {
            "contract": balance.contract,
            "commissioner": balance.commissioner,
            "name": balance.name,
            "awards": balance.lines,
            "total": pounds(balance.amount),
        }
        for balance in balances(claim)
    ]


def _invoices(claim: Claim) -> list[dict[str, object]]:
    if not claim.invoices:
        return []
    from wlz_calc.write.invoiced import as_data

    return [as_data(invoice) for invoice in claim.invoices]


def _value(item: object) -> str:
    return json.dumps(item, ensure_ascii=False)


def _values(items: Sequence[object]) -> Pieces:
    return _list([_value(item)] for item in items)


def _rows(frame: pl.DataFrame | None) -> Pieces:
    """A list with an object for each row of the frame; inside a text JSON has no bare line end."""
    if frame is None:
        return _list(())
    return _list([_objects(rows)] for rows in frame.iter_slices(SLICE) if rows.height)


def _objects(rows: pl.DataFrame) -> str:
    texts = _in_pounds(rows.lazy()).with_columns(pl.col(pl.Decimal).cast(pl.String))
    return texts.collect().write_ndjson().rstrip("\n").replace("\n", SEPARATOR)


def _list(items: Iterable[Pieces]) -> Pieces:
    yield from _between(items, "[\n", "\n]", "[]")


def _between(items: Iterable[Pieces], opens: str, closes: str, nothing: str) -> Pieces:
    """Items with what stands before, between and behind them."""
    before = opens
    for item in items:
        yield before
        yield from item
        before = SEPARATOR
    yield nothing if before == opens else closes


def _object(parts: Mapping[str, Pieces]) -> Writer:
    named = (chain([f"{_value(name)}: "], pieces) for name, pieces in parts.items())

    def write(file: BinaryIO) -> None:
        file.writelines(piece.encode() for piece in _between(named, "{\n", "\n}\n", "{}\n"))

    return write
