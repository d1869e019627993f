"""What is due: all that is due to date, less what sealed claims hold.

Before anything of a contract is sealed, what fell due before the quarter stands apart as the opening balance,
unless it is to be claimed from the start.
Source: rate-cards, Claim for a quarter.
"""

from collections.abc import Collection
from typing import NamedTuple

import polars as pl

from wlz_calc.claims.ledger import AWARD, CORRECTION, NEW, OF_THE_LINE, OPENING, REVERSAL
from wlz_calc.decision import Status
from wlz_calc.frames import CLAIMED_KEY, LINE_ORDER, LINES, PENCE, SHARED, conform
from wlz_calc.period import Quarter

BEFORE = ", claimed"
"""How the names end of what sealed claims hold, beside what is due."""


class Due(NamedTuple):
    """What is due as of the last day of a quarter, and what sealed claims hold of it.

    `lines` and `awards`: as they are funded, with their names. `held`: in the columns of frames.CLAIMED.
    `sealed`: the contracts of which something is. `from_start`: of others nothing was claimed by other means.
    """

    lines: pl.LazyFrame
    awards: pl.LazyFrame
    held: pl.DataFrame
    sealed: Collection[str]
    quarter: Quarter
    from_start: bool

    @property
    def earlier(self) -> pl.Expr:
        """Whether something fell due before the quarter, and is not claimed as if in it."""
        before = pl.col("due_on") < self.quarter.start
        return before & self._in_book if self.from_start else before

    @property
    def claimed(self) -> pl.LazyFrame:
        """The lines of the claim, in LINE_ORDER."""
        if not self.sealed:
            return self._said(self.lines.filter(~self.earlier), NEW)
        first = self.lines.filter(~self._in_book, ~self.earlier)
        later = self._changes().with_columns(quarter=pl.lit(str(self.quarter), dtype=SHARED))
        return pl.concat([self._said(first, NEW), conform(later, LINES)]).sort(LINE_ORDER)

    @property
    def opening(self) -> pl.LazyFrame:
        """What fell due before the quarter, of contracts of which nothing is sealed."""
        return self._said(self.lines.filter(self.earlier, ~self._in_book), OPENING)

    @property
    def _in_book(self) -> pl.Expr:
        """Whether something of the contract is sealed."""
        return pl.col("contract").cast(pl.String).is_in(list(self.sealed))

    def _changes(self) -> pl.LazyFrame:
        """What is due less what is held; of an award on hold stays what was claimed."""
        on_hold, met = (
            self.awards.filter(pl.col("status") == status).select(AWARD)
            for status in (Status.HELD, Status.MET)
        )
        due = self.lines.filter(self._in_book).with_columns(pl.col("commissioner").cast(SHARED))
        held = self.held.lazy().join(on_hold, on=AWARD, how="anti")
        both = due.join(held, on=CLAIMED_KEY, how="full", coalesce=True, suffix=BEFORE)
        before = pl.col(f"amount{BEFORE}").fill_null(0)
        kind = pl.when(before == 0).then(pl.lit(NEW)).when("awarded").then(pl.lit(CORRECTION))
        return (
            both.join(met.with_columns(awarded=True), on=AWARD, how="left")
            .with_columns(
                *(pl.coalesce(name, f"{name}{BEFORE}") for name in OF_THE_LINE),
                kind=kind.otherwise(pl.lit(REVERSAL)),
                corrects=pl.when(before != 0).then("corrects"),
                amount=(pl.col("amount").fill_null(0) - before).cast(PENCE),
            )
            .filter(pl.col("amount") != 0)
        )

    def _said(self, lines: pl.LazyFrame, kind: str) -> pl.LazyFrame:
        """Lines with their names, in the columns of frames.LINES."""
        said = {"quarter": str(self.quarter), "kind": kind, "corrects": None}
        texts = (pl.lit(text, dtype=SHARED).alias(name) for name, text in said.items())
        return conform(lines.with_columns(texts), LINES)
