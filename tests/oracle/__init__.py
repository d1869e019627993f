"""The slow, obvious calculator: what the rate cards mean, row by row, to check the fast one against.

It is written from the specification alone and shares no code with the product: plain Python, exact
fractions, one child and one test at a time. It assumes a folder without errors (it only asserts), is
told what earlier claims hold, and reads csv tables in our own headings. Read it from the top down: `folder`
(what is known on the as-of date), `measures`, `status` (the seven steps), `money`, `claims` (what is due
less what is claimed), and here the claim.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from pathlib import Path

from tests.oracle.claims import (
    AwardKey,
    Key,
    Sealed,
    Turn,
    amounts_of_awards,
    award_key,
    due_by_key,
    first_lines,
    kept_numbers,
    line_order,
    lines_of,
    turns,
)
from tests.oracle.dates import quarter_name, quarter_window
from tests.oracle.folder import Row, cases_of
from tests.oracle.money import Award, awards_of, pounds
from tests.oracle.status import Decision, decide


@dataclass(frozen=True)
class Result:
    """A claim as data: the columns of the csv files, as text.

    `sealed`: its lines and its opening balance together, with `corrects`, as they stand in a sealed claim.
    `due`: what is due to date, in pence, by (contract, child, payment, number, commissioner). `held`: the
    awards on hold, by (contract, child, payment, number).
    """

    decisions: list[Row]
    sealed: list[Row]
    due: dict[Key, int]
    held: set[AwardKey]

    @property
    def lines(self) -> list[Row]:
        """The lines of the claim."""
        return [without_corrects(line) for line in self.sealed if line["kind"] != "opening"]

    @property
    def opening(self) -> list[Row]:
        """The opening balance."""
        return [without_corrects(line) for line in self.sealed if line["kind"] == "opening"]


def calculate(folder: Path, quarter: str, *, from_start: bool = False, sealed: Sealed = ()) -> Result:
    """The claim for a quarter in a programme folder, after the claims that are sealed.

    `sealed`: the lines of each earlier claim, that of every contract, the oldest first.
    """
    kept, since, before = kept_numbers(sealed), turns(sealed), amounts_of_awards(sealed)
    decisions = [d for case in cases_of(folder, quarter_window(quarter).last) for d in decide(case, kept)]
    awards: list[Award] = []
    for contract in {d.case.card["contract"] for d in decisions}:
        awards += awards_of(
            (d for d in decisions if d.case.card["contract"] == contract and d.status in ("met", "held")),
            lambda d: since.get(award_key(d)) or Turn(inf, d.due),
            lambda d: before[award_key(d)],
        )
    decisions.sort(key=lambda d: (d.case.child["child_id"], d.case.card["contract"], d.item.order))
    by_decision = {decision_key(award.decision): award for award in awards}
    if sealed:
        lines = list(lines_of(awards, quarter_name(quarter), sealed))
    else:
        lines = lines_of_first(awards, quarter, from_start=from_start)
    return Result(
        [decision_row(d, by_decision.get(decision_key(d)), quarter) for d in decisions],
        sorted(lines, key=line_order),
        due_by_key(awards),
        {award_key(award.decision) for award in awards if award.decision.status == "held"},
    )


def lines_of_first(awards: list[Award], quarter: str, *, from_start: bool) -> list[Row]:
    """The lines where nothing is sealed; what fell due before the quarter is the opening balance."""
    lines: list[Row] = []
    for award in awards:
        if award.decision.status == "met":
            before = award.decision.due < quarter_window(quarter).first and not from_start
            lines += first_lines(award, quarter_name(quarter), "opening" if before else "new")
    return lines


def without_corrects(line: Row) -> Row:
    """A line in the columns that claims had before there was a book."""
    return {column: cell for column, cell in line.items() if column != "corrects"}


def decision_key(decision: Decision) -> tuple[str, int]:
    """What tells decisions apart: the child and the place on the card."""
    return decision.case.child["child_id"], decision.item.order


def decision_row(decision: Decision, award: Award | None, quarter: str) -> Row:
    """A decision as a row; the figures of an award only where there is one."""
    case, due_on = decision.case, decision.due_on
    return {
        "quarter": quarter_name(quarter),
        "contract": case.card["contract"],
        "card_version": case.card["version"],
        "child_id": case.child["child_id"],
        "school": case.child["school"],
        "phase": case.phase,
        "payment": decision.item.payment,
        "outcome": decision.item.outcome,
        "number": str(decision.number) if decision.number else "",
        "status": decision.status,
        "due_on": due_on.isoformat() if due_on else "",
        "price": pounds(decision.price) if award else "",
        "cut": pounds(award.cut) if award else "",
    }
