"""What comes out of the pipeline, as rows of text."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl

from tests.meaning.tables import Row
from wlz_calc.finding import Finding
from wlz_calc.money import pounds
from wlz_calc.standards.assessment import POINT

MONEY = {"price", "cut", "amount"}


def rows(frame: pl.DataFrame) -> list[Row]:
    """The rows of a result, money in pounds; `what` is the outcome or, without outcomes, the payment.

    Of a decision with evidence also the figures of its first test.
    """
    shown = []
    for found in frame.iter_rows(named=True):
        row = {name: _shown(name, value) for name, value in found.items() if name != "evidence"}
        row |= {"child": row.get("child_id", ""), "what": row.get("outcome") or row.get("payment", "")}
        shown.append(row | (_figures(found["evidence"][0]) if "evidence" in found else {}))
    return shown


def _shown(name: str, value: object) -> str:
    if value is None:
        return ""
    return pounds(value) if name in MONEY and isinstance(value, int) else str(value)


def _figures(evidence: dict[str, Any]) -> Row:
    """The figures of a test: a count or a score as it is, a rate as attended/possible."""
    days = ("opens", "closes", "baseline_on", "endpoint_on")
    values = (("value", "of"), ("baseline", "baseline_of"), ("endpoint", "endpoint_of"))
    return {
        **{day: _shown(day, evidence[day]) for day in days},
        **{value: _value(evidence[value], evidence[of]) for value, of in values},
        "rows": ", ".join(str(row) for row in sorted(evidence["rows"] or ())),
    }


def _value(value: int | None, of: int) -> str:
    if value is None:
        return ""
    if of == POINT:
        return f"{value / POINT:g}"
    return str(value) if of == 1 else f"{value}/{of}"


def findings(found: Iterable[Finding]) -> list[Row]:
    """Findings by code, place and what was found; their words are the catalogue's affair."""
    return [
        {
            "code": one.code,
            "file": Path(one.where.file).stem,
            "row": str(one.where.row or ""),
            "found": one.found.replace("`", ""),
        }
        for one in found
    ]
