"""Cases for the rate cards' section *Meaning*, as tables that a commissioner could read.

A case states what its rule is about and nothing else: a fragment of a card, and the extracts as pipe-tables
in the headings of the data dictionary (`child` for `child_id`). The rest is filled in:

* a card: all that folder.BASE says; a payment's clause, the next number (outcomes: one each), a price of
  100.00
* a row: what folder.ROWS says of its extract; a partner session is at the club
* children: where there is no register, every child that another table names; other extracts are empty

The case is written to a folder as a programme, and the real pipeline runs on it. What comes out is compared
with the table that the case expects, in its columns, in any order; a row too many is wrong as well.
Source: rate_cards/README.md.
"""

import datetime as dt
import shutil
from decimal import Decimal
from pathlib import Path

import polars as pl

from tests.meaning import folder as case
from tests.meaning.results import findings, rows
from tests.meaning.tables import Row, Table, compare, table
from wlz_calc import bookkeeping, explaining, pipeline, sealing
from wlz_calc.claim import Claim
from wlz_calc.claims.guards import Guard
from wlz_calc.claims.sealed import Sealed
from wlz_calc.explanation import Explained, Explanation
from wlz_calc.finding import Finding, Where, every
from wlz_calc.period import Quarter
from wlz_calc.write.missing import missing

__all__ = ["Programme", "Table", "table"]


class Programme:
    """A programme folder made from the tables of a case, and what the pipeline makes of it."""

    def __init__(self, folder: Path, *cards: str, validated: bool = True, **extracts: str) -> None:
        self.folder, self.cards, self.extracts, self.validated = folder, cards, extracts, validated
        case.write(folder, cards, extracts, validated=validated)

    def changes(self, *cards: str, **extracts: str) -> None:
        """From now on it has these extracts in the place of its own, and these cards if any are given.

        What is sealed stays as it is. An empty text takes an extract away.
        """
        changed = {name: table for name, table in (self.extracts | extracts).items() if table}
        self.cards, self.extracts = cards or self.cards, changed
        shutil.rmtree(self.folder / "extracts")
        (self.folder / "holds.csv").unlink(missing_ok=True)
        case.write(self.folder, self.cards, changed, validated=self.validated)

    # ---------------------------------------------------------------- what a case says of it

    def decides(self, quarter: str, expected: str, *, only: str | None = None) -> None:
        """The decisions, one row each; `only`: those on one payment or outcome.

        Columns: child, what (the outcome, or the payment), those of frames.DECISIONS, and the figures of the
        first test: opens, closes, value, baseline, baseline_on, endpoint, endpoint_on, rows.
        """
        __tracebackhide__ = True
        found = [row for row in self.decisions(quarter) if only in {None, row["what"]}]
        compare(f"Decisions of {quarter}", expected, found)

    def statuses(self, quarter: str, expected: str) -> None:
        """The statuses, one row for each child and a column for each payment or outcome of interest."""
        __tracebackhide__ = True
        self.across(quarter, "status", expected)

    def across(self, quarter: str, column: str, expected: str) -> None:
        """One column of the decisions: a row for each child, the payments and outcomes beside each other."""
        __tracebackhide__ = True
        found: dict[str, Row] = {}
        for row in self.decisions(quarter):
            found.setdefault(row["child"], {"child": row["child"]})[row["what"]] = row[column]
        compare(f"{column.capitalize()} in {quarter}", expected, found.values())

    def claims(self, quarter: str, *, from_start: bool = False, **expected: str) -> None:
        """The claim: `lines`, `opening`, `cut`, `unfunded`, `held`, `not_yet`, `parties` in their columns.

        Also `causes`, of which `changed` is what has changed; `what` is what is paid for, as everywhere.
        """
        __tracebackhide__ = True
        claim = self.claim(quarter, from_start=from_start)
        causes = claim.causes.rename({"what": "changed"})
        for part, wanted in expected.items():
            found = causes if part == "causes" else getattr(claim, part)
            compare(f"Claim for {quarter}, {part}", wanted, rows(found))

    def closes(self, quarter: str, *, from_start: bool = False, **expected: str) -> None:
        """The claim is as `claims` has it, and is sealed, whatever goes back with it."""
        __tracebackhide__ = True
        self.claims(quarter, from_start=from_start, **expected)
        lines = self.claim(quarter, from_start=from_start).lines
        guard = Guard(lines, None, Where("claims"), "")
        back = Decimal(guard.going_back).scaleb(-2)
        sealed, found = self.close(
            quarter, from_start=from_start, accept_register_changes=True, accept_reversals=back
        )
        assert sealed, f"the quarter cannot be closed: {found}"

    def refuses(self, expected: str) -> None:
        """Nothing is calculated, because of these errors: code, file, row, found."""
        __tracebackhide__ = True
        said, found = pipeline.check(self.folder)
        assert said is None, "a programme that should have been refused was read"
        compare("Errors", expected, findings(one for one in found if one.is_error))

    def warns(self, expected: str) -> None:
        """It is calculated, with just these warnings: code, file, row, found."""
        __tracebackhide__ = True
        said, found = pipeline.check(self.folder)
        assert said is not None, f"a programme that should have been read was refused: {found}"
        compare("Warnings", expected, findings(every(found)))

    def uses(self, quarter: str, expected: str) -> None:
        """What became of the rows that a test could look at: child, what, row, and use.

        `what` is the outcome or the payment; where that has several tests, `measure` tells them apart.
        """
        __tracebackhide__ = True
        found = [
            {"child": told.child["child_id"], "what": _what(one), "measure": tested.test.measure}
            | {"row": str(row), "use": str(use)}
            for told in self.explained(quarter)
            for one in told.told
            for tested in one.tests
            for row, use in tested.uses.items()
        ]
        compare(f"Uses in {quarter}", expected, found)

    def lacks(self, quarter: str, expected: str) -> None:
        """What decisions lack, and by when they could still be paid: child, what, status, missing, until."""
        __tracebackhide__ = True
        found = [
            {
                "child": told.child["child_id"],
                "what": _what(one),
                "status": str(one.status),
                "missing": missing(told, one) or "",
                "until": str(one.until or ""),
            }
            for told in self.explained(quarter)
            for one in told.told
        ]
        compare(f"Missing in {quarter}", expected, found)

    # ---------------------------------------------------------------- what comes out

    def explained(self, quarter: str) -> list[Explained]:
        ids = pl.read_csv(self.folder / "extracts" / "children.csv").get_column("child_id").cast(pl.String)
        told, found = explaining.explain(self.folder, Quarter.parse(quarter), ids.to_list())
        assert told is not None, f"the case cannot be calculated: {found}"
        return list(told.explained)

    def decisions(self, quarter: str) -> list[Row]:
        decided, found = pipeline.decisions(self.folder, Quarter.parse(quarter))
        assert decided is not None, f"the case cannot be calculated: {found}"
        return rows(decided.decisions)

    def claim(self, quarter: str, *, from_start: bool = False) -> Claim:
        claim, found = pipeline.claim(
            self.folder, Quarter.parse(quarter), from_start=from_start, accept_changes=True
        )
        assert claim is not None, f"the case cannot be calculated: {found}"
        return claim

    def close(
        self,
        quarter: str,
        *,
        contract: str | None = None,
        from_start: bool = False,
        set_aside: bool = False,
        accept_register_changes: bool = False,
        accept_reversals: Decimal | None = None,
    ) -> tuple[list[Sealed], list[Finding]]:
        """What is sealed, by A. Closer twenty days after the quarter, or why nothing is."""
        closing = Quarter.parse(quarter)
        return sealing.close(
            self.folder,
            closing,
            by="A. Closer",
            on=closing.end + dt.timedelta(days=20),
            contract=contract,
            from_start=from_start,
            set_aside=set_aside,
            accept_register_changes=accept_register_changes,
            accept_reversals=accept_reversals,
        )

    def sealed(self, quarter: str) -> list[Sealed]:
        """The sealed claims of a quarter."""
        return bookkeeping.claims(self.folder, Quarter.parse(quarter), None)[0]

    def found(self) -> list[Finding]:
        return pipeline.check(self.folder)[1]


def _what(one: Explanation) -> str:
    return one.payable.outcome or one.payable.payment
