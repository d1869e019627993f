"""The statement of a sealed claim: who closed what, from which files, and to which totals.

It stands as `claim.json` beside the lines and the decisions; sealing adds their digests.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

import polars as pl

from wlz_calc.claim import Claim, Follows
from wlz_calc.money import pounds
from wlz_calc.write.data import provenance

FORMAT: Final = 1
"""Of the folder of a sealed claim; every later version reads it."""


class Signed(NamedTuple):
    """Who closes a quarter, and on which day."""

    by: str
    on: date


def statement(
    claim: Claim, *, signed: Signed, from_start: bool, withdrawn: Iterable[str]
) -> dict[str, object]:
    """What `claim.json` says of a claim of one contract.

    `withdrawn`: the digests of claims that were taken back since the one before it.
    """
    contract = claim.cards[0].contract
    return {
        **_head(contract, claim, signed),
        **_chain(claim.follows, withdrawn),
        "from_start": from_start,
        "total": pounds(_sum(claim.lines)),
        "opening": pounds(_sum(claim.opening)),
        "kinds": _by(claim.lines, "kind"),
        "commissioners": _by(claim.lines, "commissioner"),
        "set_aside": claim.aside.height,
        "accepted_register_changes": claim.changes.drop("contract").to_dicts(),
        **_terms(claim, contract),
    }


def imported(
    claim: Claim, lines: pl.DataFrame, file: str, signed: Signed, withdrawn: Iterable[str]
) -> dict[str, object]:
    """What `claim.json` says of lines that were claimed by other means before, and brought in from a file."""
    contract = claim.cards[0].contract
    return {
        **_head(contract, claim, signed),
        **_chain((), withdrawn),
        "imported": file,
        "total": pounds(0),
        "opening": pounds(_sum(lines)),
        "kinds": _by(lines, "kind"),
        "commissioners": _by(lines, "commissioner"),
        **_terms(claim, contract),
    }


def _head(contract: str, claim: Claim, signed: Signed) -> dict[str, object]:
    """What every sealed claim says of itself first."""
    return {
        "format": FORMAT,
        "contract": contract,
        "quarter": str(claim.quarter),
        "as_of": claim.provenance.as_of.isoformat(),
        "provider": claim.provider,
        "closed_by": signed.by,
        "closed_on": signed.on.isoformat(),
    }


def _terms(claim: Claim, contract: str) -> dict[str, object]:
    """What it rests on."""
    return {
        "illustrative": list(claim.illustrative.get(contract, ())),
        "cards": [
            {"version": version, "file": card.file, "sha256": card.sha256}
            for (own, version), card in claim.issued.items()
            if own == contract
        ],
        "provenance": provenance(claim.provenance),
    }


def _chain(follows: Iterable[Follows], withdrawn: Iterable[str]) -> dict[str, object]:
    """What it comes after; `follows`: the newest claim of the contract, if there is one."""
    before = next(iter(follows), None)
    return {
        "previous": before.digest if before else None,
        "previous_approval": before.approval if before else None,
        "not_approved": [str(quarter) for quarter in before.unapproved] if before else [],
        "withdrawn": list(withdrawn),
    }


def _sum(lines: pl.DataFrame) -> int:
    return int(lines.get_column("amount").sum())


def _by(lines: pl.DataFrame, column: str) -> dict[str, dict[str, object]]:
    """How many lines there are of each value of a column, and their amount."""
    counted = (
        lines.group_by(pl.col(column).cast(pl.String)).agg(pl.len(), pl.col("amount").sum()).sort(column)
    )
    return {name: {"lines": count, "amount": pounds(amount)} for name, count, amount in counted.iter_rows()}
