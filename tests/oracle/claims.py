"""What earlier claims hold, and what a claim adds to it: due to date less claimed to date."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tests.oracle.dates import pence
from tests.oracle.folder import Row
from tests.oracle.money import Award, pounds
from tests.oracle.status import Decision

AwardKey = tuple[str, str, str, int]
"""Contract, child, payment, number."""
Key = tuple[str, str, str, int, str]
"""The same, and the commissioner."""
Sealed = Sequence[Sequence[Row]]
"""The lines of every contract in each earlier claim, as rows of its csv, the oldest claim first."""
COLUMNS = [
    *("quarter", "contract", "card_version", "commissioner", "child_id", "school", "payment", "outcome"),
    *("number", "kind", "due_on", "amount", "corrects"),
]


class Claimed(NamedTuple):
    """What all sealed lines of one key add up to in pence, and the newest of them."""

    amount: int
    newest: Row


def key_of(line: Row) -> Key:
    """What tells lines apart, whatever claim they are in."""
    award = (line["contract"], line["child_id"], line["payment"], int(line["number"]))
    return (*award, line["commissioner"])


def award_key(decision: Decision) -> AwardKey:
    """What tells awards apart, whatever outcome has the number."""
    child = decision.case.child["child_id"]
    return decision.case.card["contract"], child, decision.item.payment, decision.number


def claimed(sealed: Sealed) -> dict[Key, Claimed]:
    """What is claimed by key; nought where everything went back."""
    found: dict[Key, Claimed] = {}
    for line in (line for claim in sealed for line in claim):
        before = found[key_of(line)].amount if key_of(line) in found else 0
        found[key_of(line)] = Claimed(before + pence(line["amount"]), line)
    return found


def awards_in(sealed: Sealed) -> dict[AwardKey, Row]:
    """The awards that are claimed, of at least one commissioner, each with its newest line."""
    found: dict[AwardKey, Row] = {}
    for key, (amount, newest) in claimed(sealed).items():
        other = found.get(key[:4])
        if amount > 0 and (other is None or other["quarter"] <= newest["quarter"]):
            found[key[:4]] = newest
    return found


class Turn(NamedTuple):
    """When an award meets the limits: the claim it was claimed in, counted from 0, and its due date there."""

    claim: float
    due_on: dt.date


def turns(sealed: Sealed) -> dict[AwardKey, Turn]:
    """The turn of each award, by the claim in which it was claimed first since it was last at nought."""
    since: dict[AwardKey, Turn] = {}
    for place, lines in enumerate(sealed):
        due_on = {key_of(line)[:4]: dt.date.fromisoformat(line["due_on"]) for line in lines}
        there = awards_in(sealed[: place + 1])
        since = {award: since.get(award) or Turn(place, due_on[award]) for award in there}
    return since


def amounts_of_awards(sealed: Sealed) -> dict[AwardKey, int]:
    """What is claimed of each award, of all commissioners together."""
    found: dict[AwardKey, int] = defaultdict(int)
    for key, (amount, _) in claimed(sealed).items():
        found[key[:4]] += amount
    return found


def kept_numbers(sealed: Sealed) -> dict[tuple[str, str, str, str], int]:
    """The number of each claimed outcome (contract, child, payment, outcome); of two the newer."""
    lines = sorted(awards_in(sealed).values(), key=lambda line: (line["quarter"], -int(line["number"])))
    return {
        (line["contract"], line["child_id"], line["payment"], line["outcome"]): int(line["number"])
        for line in lines
    }


def due_by_key(awards: Iterable[Award]) -> dict[Key, int]:
    """What is due of each key in pence; what is held is not due."""
    met = [award for award in awards if award.decision.status == "met"]
    return {(*award_key(award.decision), who): part for award in met for who, part in award.parts if part}


def lines_of(awards: list[Award], quarter: str, sealed: Sealed) -> Iterator[Row]:
    """The lines of a claim after others: what is due less what is claimed, but nothing of what is held."""
    by_award = {award_key(award.decision): award for award in awards}
    due, before = due_by_key(awards), claimed(sealed)
    for key in dict.fromkeys([*due, *before]):
        award = by_award.get(key[:4])
        amount, newest = before.get(key, Claimed(0, {}))
        if due.get(key, 0) != amount and not (award and award.decision.status == "held"):
            said = said_now(award.decision) if award and key in due else newest
            yield line_row(said, key, quarter, due.get(key, 0) - amount) | {
                "kind": kind_of(award, amount),
                "corrects": newest["quarter"] if amount else "",
            }


def kind_of(award: Award | None, before: int) -> str:
    """How a line is named: by whether anything was claimed, and whether the award still stands."""
    if before == 0:
        return "new"
    return "correction" if award else "reversal"


def first_lines(award: Award, quarter: str, kind: str) -> Iterator[Row]:
    """The lines of an award where nothing is sealed, one for each commissioner that pays anything."""
    for who, part in award.parts:
        if part:
            line = line_row(said_now(award.decision), (*award_key(award.decision), who), quarter, part)
            yield line | {"kind": kind, "corrects": ""}


def said_now(decision: Decision) -> Row:
    """What a line says of an award, beside its key and its amount."""
    return {
        "card_version": decision.case.card["version"],
        "school": decision.case.child["school"],
        "outcome": decision.item.outcome,
        "due_on": decision.due.isoformat(),
    }


def line_row(said: Row, key: Key, quarter: str, amount: int) -> Row:
    """A line in the order of its columns, without its kind."""
    contract, child, payment, number, commissioner = key
    row = defaultdict(str, said) | {
        "quarter": quarter,
        "contract": contract,
        "commissioner": commissioner,
        "child_id": child,
        "payment": payment,
        "number": str(number),
        "amount": pounds(amount),
    }
    return {column: row[column] for column in COLUMNS}


def line_order(row: Row) -> tuple[str, str, str, str, int, str]:
    """The order of lines in a claim."""
    return (
        row["contract"],
        row["commissioner"],
        row["due_on"],
        row["child_id"],
        int(row["number"]),
        row["kind"],
    )
