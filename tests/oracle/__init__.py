"""The slow, obvious calculator: what the rate cards mean, row by row, to check the fast one against.

It is written from the specification alone and shares no code with the product: plain Python, exact
fractions, one child and one test at a time. It assumes a folder without errors (it only asserts),
knows no claims book, and reads csv tables in our own headings. Read it from the top down: `folder`
(what is known on the as-of date), `measures`, `status` (the seven steps), `money`, and here the claim.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.oracle.dates import quarter_name, quarter_window
from tests.oracle.folder import Row, cases_of
from tests.oracle.money import Award, awards_of, pounds
from tests.oracle.status import Decision, decide


@dataclass(frozen=True)
class Result:
    """A claim as data: the columns of the csv files, as text."""

    decisions: list[Row]
    lines: list[Row]
    opening: list[Row]


def calculate(folder: Path, quarter: str, *, from_start: bool = False) -> Result:
    """What is due for a quarter in a programme folder in which nothing is sealed."""
    window = quarter_window(quarter)
    decisions = [d for case in cases_of(folder, window.last) for d in decide(case)]
    awards: list[Award] = []
    for contract in {d.case.card["contract"] for d in decisions}:
        awards += awards_of(
            d for d in decisions if d.case.card["contract"] == contract and d.status in ("met", "held")
        )
    by_decision = {decision_key(award.decision): award for award in awards}
    decisions.sort(key=lambda d: (d.case.child["child_id"], d.case.card["contract"], d.item.order))
    lines: list[tuple[bool, Row]] = []
    for award in awards:
        if award.decision.status == "met":
            before = award.decision.due < window.first and not from_start
            kind = "opening" if before else "new"
            lines += [(before, row) for row in line_rows(award, quarter, kind)]
    lines.sort(key=lambda line: line_order(line[1]))
    return Result(
        [decision_row(d, by_decision.get(decision_key(d)), quarter) for d in decisions],
        [row for before, row in lines if not before],
        [row for before, row in lines if before],
    )


def decision_key(decision: Decision) -> tuple[str, int]:
    """What tells decisions apart: the child and the place on the card."""
    return decision.case.child["child_id"], decision.item.order


def common_row(decision: Decision, quarter: str) -> Row:
    """The columns that decisions and lines share."""
    due_on = decision.due_on
    return {
        "quarter": quarter_name(quarter),
        "contract": decision.case.card["contract"],
        "card_version": decision.case.card["version"],
        "child_id": decision.case.child["child_id"],
        "school": decision.case.child["school"],
        "payment": decision.item.payment,
        "outcome": decision.item.outcome,
        "number": str(decision.number) if decision.number else "",
        "due_on": due_on.isoformat() if due_on else "",
    }


def decision_row(decision: Decision, award: Award | None, quarter: str) -> Row:
    """A decision as a row; the figures of an award only where there is one."""
    columns = "quarter contract card_version child_id school phase payment outcome number"
    row = common_row(decision, quarter) | {
        "phase": decision.case.phase,
        "status": decision.status,
        "price": pounds(decision.price) if award else "",
        "cut": pounds(award.cut) if award else "",
    }
    return {column: row[column] for column in [*columns.split(), "status", "due_on", "price", "cut"]}


def line_rows(award: Award, quarter: str, kind: str) -> list[Row]:
    """The lines of an award, one for each commissioner that pays anything."""
    columns = "quarter contract card_version commissioner child_id school payment outcome number"
    rows: list[Row] = []
    for who, part in award.parts:
        row = common_row(award.decision, quarter) | {
            "commissioner": who,
            "kind": kind,
            "amount": pounds(part),
        }
        if part:
            rows.append({c: row[c] for c in [*columns.split(), "kind", "due_on", "amount"]})
    return rows


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
