"""A sealed claim opened again, as the data that any renderer shows."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import polars as pl

from wlz_calc.claim import Claim, Seal, provenance_of
from wlz_calc.claims.ledger import DAY, OPENING, POUNDS
from wlz_calc.claims.sealed import Sealed
from wlz_calc.decision import Reason, Status
from wlz_calc.finding import Finding, Rows, Where
from wlz_calc.frames import (
    ASIDE,
    CAUSES,
    CHANGES,
    CUT,
    HELD,
    NOT_YET,
    PARTIES,
    PENCE,
    REGISTER,
    UNFUNDED,
    UNPAID,
    conform,
)
from wlz_calc.money import PENCE_IN_A_POUND
from wlz_calc.ratecard.card import Card

SCHEMAS: Final = {
    "parties": PARTIES,
    "cut": CUT,
    "unfunded": UNFUNDED,
    "held": HELD,
    "not_yet": NOT_YET,
    "aside": ASIDE,
    "causes": CAUSES,
    "changes": CHANGES,
}


def reopened(claim: Sealed, cards: Sequence[Card]) -> Claim:
    """The claim as it was sealed; `cards`: those that were sealed with it."""
    lines, beside, stated = claim.lines, claim.beside, claim.stated
    is_opening = pl.col("kind") == OPENING
    frames = {name: _frame(beside.get(name, ()), schema) for name, schema in SCHEMAS.items()}
    return Claim(
        provider=stated["provider"],
        quarter=claim.quarter,
        provisional=False,
        cards=tuple(cards),
        lines=lines.filter(~is_opening),
        opening=lines.filter(is_opening),
        findings=tuple(map(_finding, beside.get("warnings", ()))),
        provenance=provenance_of(stated["provenance"]),
        seal=seal_of(claim),
        parties=frames["parties"],
        cut=frames["cut"],
        unfunded=frames["unfunded"],
        held=frames["held"],
        not_yet=frames["not_yet"],
        aside=frames["aside"],
        causes=frames["causes"],
        changes=frames["changes"],
        register=_register(claim),
    )


def _register(claim: Sealed) -> pl.DataFrame:
    """The children as they were sealed; an import has none."""
    register = claim.register
    return pl.DataFrame(schema=REGISTER) if register is None else register


def unpaid(claim: Sealed) -> pl.DataFrame:
    """What was decided when it was sealed and is no award, in the columns of frames.UNPAID."""
    if claim.decisions is None:
        return pl.DataFrame(schema=UNPAID)
    settled = ~pl.col("status").cast(pl.String).is_in([Status.MET, Status.HELD, Status.NOT_YET])
    own_phase = pl.col("reason").cast(pl.String) != Reason.OTHER_PHASE
    return conform(claim.decisions.filter(settled, own_phase), UNPAID).collect()


def seal_of(claim: Sealed) -> Seal:
    """Who sealed it and when, and who has approved it."""
    stated = claim.stated
    closed_on = date.fromisoformat(stated["closed_on"])
    return Seal(
        claim.digest,
        stated["closed_by"],
        closed_on,
        claim.approved_by,
        stated.get("imported"),
        date.fromisoformat(claim.approval.stated["on"]) if claim.approval else None,
    )


def _finding(stated: Mapping[str, Any]) -> Finding:
    rows = stated["rows"] and Rows(stated["rows"]["numbers"], stated["rows"]["cells"])
    return Finding(stated["code"], Where(**stated["where"]), stated["found"], stated["expected"], rows)


def _frame(rows: Sequence[Mapping[str, Any]], schema: pl.Schema) -> pl.DataFrame:
    """Rows of JSON with the types that they had: money in pounds becomes pence."""
    texts = {name: pl.String() if dtype in {PENCE, pl.Date} else dtype for name, dtype in schema.items()}
    frame = pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=texts)
    pence = (
        (pl.col(name).cast(POUNDS) * PENCE_IN_A_POUND).alias(name) for name in schema if schema[name] == PENCE
    )
    days = (pl.col(name).str.to_date(DAY) for name in schema if schema[name] == pl.Date)
    return conform(frame.with_columns(*pence, *days), schema)
