"""Data: a claim and its decisions for programs, as csv, json and parquet, in stable columns.

Promises the same bytes for the same claim: UTF-8, LF, a fixed order of rows and keys, and amounts in pounds
with two decimals made from whole pence, never from a binary fraction. Text is left as it is, also where a
spreadsheet would take it for a formula: other programs read this. Every row is made by Polars, none by
Python.
"""

import io
import json
from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from wlz_calc.claim import Claim, Provenance
from wlz_calc.money import PENCE_IN_A_POUND, pounds
from wlz_calc.period import Quarter
from wlz_calc.tables import DECISION_ORDER, LINE_ORDER, LINES
from wlz_calc.write.findings import records
from wlz_calc.write.grouping import balances, contracts
from wlz_calc.write.schedule import Schedule
from wlz_calc.write.setting import Stated

LINE_COLUMNS: Final = tuple(LINES)
DECISION_COLUMNS: Final = (
    "quarter", "contract", "card_version", "child_id", "school", "phase", "payment",
    "outcome", "number", "status", "due_on", "price", "cut", "reason",
)  # fmt: skip
EVIDENCE: Final = "evidence"
MONEY: Final = ("amount", "price", "cut")
METADATA_KEY: Final = "wlz-calc"
_TIES: Final = ("payment", "outcome", "corrects")
"""What orders lines alike in all of the order stated: the same bytes, whatever the order they came in."""


def in_pounds(name: str) -> pl.Expr:
    """A column of pence as text in pounds, such as `-1234.50`."""
    size = pl.col(name).abs()
    sign = pl.when(pl.col(name) < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    rest = (size % PENCE_IN_A_POUND).cast(pl.String).str.zfill(2)
    return pl.concat_str(sign, (size // PENCE_IN_A_POUND).cast(pl.String), pl.lit("."), rest).alias(name)


def lines_csv(lines: pl.DataFrame) -> bytes:
    """The lines of a claim (or its opening balance, where that was asked for)."""
    return _csv(sorted_lines(lines))


def decisions_csv(decisions: pl.DataFrame, quarter: Quarter) -> bytes:
    """The decisions behind a claim."""
    return _csv(_decisions(decisions, quarter).select(DECISION_COLUMNS))


def claim_json(claim: Claim) -> bytes:
    """The claim and all that stands beside it, as one object; a line of text for each of its rows."""
    drawn = [schedule for contract in contracts(claim) for schedule in contract.schedules]
    lines = _by_party(claim.lines)
    body = {
        "schedules": _list([_schedule(schedule, lines.get(_party(schedule))) for schedule in drawn]),
        "opening_balance": _values(_opening(claim)),
        "cut": _rows(claim.cut),
        "unfunded": _rows(claim.unfunded),
        "held": _rows(claim.held),
        "set_aside": _rows(claim.aside),
        "not_yet": _rows(claim.not_yet),
        "findings": _values(records(claim.findings)),
    }
    return _object(_heading(claim) | body | {"provenance": _value(provenance(claim.provenance))})


def decisions_json(decisions: pl.DataFrame, stated: Stated) -> bytes:
    """The decisions behind a claim as one object, each with the evidence it rests on where that is there."""
    body = {"decisions": _rows(_decisions(decisions, stated.quarter))}
    return _object(_heading(stated) | body | {"provenance": _value(provenance(stated.provenance))})


def lines_parquet(claim: Claim) -> bytes:
    """The lines of a claim, typed; what they were made from is in the file's metadata."""
    return _parquet(sorted_lines(claim.lines), claim)


def decisions_parquet(decisions: pl.DataFrame, stated: Stated) -> bytes:
    """The decisions behind a claim, typed; what they were made from is in the file's metadata."""
    return _parquet(_decisions(decisions, stated.quarter), stated)


def sorted_lines(lines: pl.DataFrame) -> pl.DataFrame:
    """The columns of a claim's lines, in the order in which every file has them."""
    return lines.select(LINE_COLUMNS).sort(*LINE_ORDER, *_TIES, maintain_order=True)


def stamp(stated: Stated) -> dict[str, object]:
    """What every file carries, however it carries it: marks, version, as-of date, digests and row counts."""
    return {
        "quarter": str(stated.quarter),
        "as_of": stated.provenance.as_of.isoformat(),
        "provisional": stated.provisional,
        "illustrative": {contract: list(terms) for contract, terms in stated.illustrative.items()},
        "provenance": provenance(stated.provenance),
    }


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


def _as_text(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(in_pounds(name) for name in MONEY if name in frame.columns)


def _csv(frame: pl.DataFrame) -> bytes:
    """Empty text and no text are the same cell."""
    return _as_text(frame).with_columns(pl.col(pl.String).replace("", None)).write_csv().encode()


def _parquet(frame: pl.DataFrame, stated: Stated) -> bytes:
    amounts = [name for name in MONEY if name in frame.columns]
    typed = _as_text(frame).with_columns(
        pl.col(name).str.to_decimal(scale=2).cast(pl.Decimal(18, 2)) for name in amounts
    )
    file = io.BytesIO()
    typed.write_parquet(file, metadata={METADATA_KEY: _value(stamp(stated))})
    return file.getvalue()


def _heading(stated: Stated) -> dict[str, str]:
    return {name: _value(item) for name, item in stamp(stated).items() if name != "provenance"}


def _by_party(lines: pl.DataFrame) -> dict[tuple[object, ...], pl.DataFrame]:
    return sorted_lines(lines).partition_by("contract", "commissioner", as_dict=True)


def _party(schedule: Schedule) -> tuple[object, ...]:
    return (schedule.contract, schedule.commissioner)


def _schedule(schedule: Schedule, lines: pl.DataFrame | None) -> str:
    head = {
        "contract": schedule.contract,
        "commissioner": schedule.commissioner,
        "name": schedule.name,
        "total": pounds(schedule.amount),
    }
    return f'{_value(head)[:-1]}, "lines": {_rows(lines)}}}'


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


def _value(item: object) -> str:
    return json.dumps(item, ensure_ascii=False)


def _values(items: Sequence[object]) -> str:
    return _list([_value(item) for item in items])


def _list(texts: Sequence[str]) -> str:
    return f"[\n{_joined(texts)}\n]" if texts else "[]"


def _joined(texts: Sequence[str]) -> str:
    return ",\n".join(texts)


def _rows(frame: pl.DataFrame | None) -> str:
    """A list with an object for each row of the frame; inside a text JSON has no bare line end."""
    if frame is None or frame.is_empty():
        return "[]"
    rows = _as_text(frame).write_ndjson().rstrip("\n").split("\n")
    return _list(rows)


def _object(parts: Mapping[str, str]) -> bytes:
    body = _joined([f"{_value(name)}: {text}" for name, text in parts.items()])
    return f"{{\n{body}\n}}\n".encode()
