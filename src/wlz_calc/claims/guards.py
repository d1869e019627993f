"""Guards: what is more likely an accident than meant, and has to be said to be meant before it is sealed.

Source: an outcomes contract is paid on extracts; one bad extract must not take away what was rightly claimed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

import polars as pl

from wlz_calc.claims.ledger import AWARD, CORRECTION, REVERSAL
from wlz_calc.finding import Finding, Where, quote
from wlz_calc.money import pence, pounds, sterling
from wlz_calc.programme import InputFile, Origin
from wlz_calc.ratecard.wording import plural

MOST_BACK: Final = (5, 100)
"""Of what is claimed so much may go back without a word: a twentieth, as a fraction."""
FEWER: Final = (9, 10)
"""With so few of its rows left, or fewer, a table is taken to have lost some."""
MEANT_TO_GO: Final = "holds"
"""The table whose rows are taken out when they have done their work."""
WATCHED: Final = ("school", "authority", "joined_on")
"""What of a child who was claimed for may not change unsaid, beside its contract."""
NOW: Final = ", now"


def register_changes(held: pl.DataFrame, before: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """What has changed of the children who were claimed for, in the columns of CHANGES.

    `held`: in the columns of frames.CLAIMED; `before`: the registers that were sealed last (frames.REGISTER);
    `now`: the register, a row per child.
    """
    claimed = held.lazy().filter(pl.col("amount") != 0).select("contract", "child_id").unique()
    sealed = before.lazy().select("contract", "child_id", *_texts(WATCHED), sealed=True)
    there = now.lazy().select("child_id", *_texts(("contract", *WATCHED), NOW))
    both = (
        claimed.join(sealed, on=["contract", "child_id"], how="left")
        .join(there, on="child_id", how="left")
        .with_columns(*_texts(("contract",)))
    )
    gone = pl.col(f"contract{NOW}").is_null()
    here = both.filter(~gone)
    changes = [
        _change(both.filter(gone), "child", pl.col("child_id"), pl.lit(None, dtype=pl.String)),
        *(_changed(here.filter(pl.col("sealed")), name) for name in WATCHED),
        _changed(here, "contract"),
    ]
    return pl.concat(changes).sort("contract", "child_id", "what").collect()


def of_register(changes: pl.DataFrame, register: pl.DataFrame, origin: Origin) -> Iterator[Finding]:
    """Those changes as errors, each at its row of the register; `register`: row, child_id."""
    rows = dict(register.select("child_id", "row").join(changes, on="child_id", how="semi").iter_rows())
    for _, child, what, before, after in changes.iter_rows():
        row = rows.get(child)
        where = origin.whole if row is None else origin.where(row, what)
        found = f"no child {quote(child)}" if after is None else f"{quote(child)}: {quote(after)}"
        expected = (
            "every child who was claimed for" if after is None else f"{quote(before or '')} as it was sealed"
        )
        yield Finding("book-register", where, found, expected)


class Guard(NamedTuple):
    """What is watched while the claim of a contract is closed.

    `lines`: of frames.LINES. `accepted`: the pounds that somebody has said are meant to go back. `where`: its
    place in the book; `option`: how a user says so.
    """

    lines: pl.DataFrame
    accepted: Decimal | None
    where: Where
    option: str

    @property
    def _awards(self) -> pl.DataFrame:
        """What the lines of an award come to: one that another commissioner pays instead does not go back."""
        adjusts = pl.col("kind").is_in([CORRECTION, REVERSAL]).any()
        return self.lines.group_by(AWARD).agg(pl.col("amount").sum(), adjusts=adjusts)

    @property
    def going_back(self) -> int:
        """How much of what was claimed goes back, in pence."""
        back = self._awards.filter("adjusts", pl.col("amount") < 0)
        return -int(back.get_column("amount").sum())

    @property
    def _is_meant(self) -> bool:
        """Whether somebody has said that just so much is to go back."""
        return self.accepted is not None and pence(self.accepted) == self.going_back

    def reversals(self) -> Iterator[Finding]:
        """More than a twentieth of what is claimed would go back, and that is not said to be meant."""
        back, (part, whole) = self.going_back, MOST_BACK
        claimed = int(self._awards.filter(pl.col("amount") > 0).get_column("amount").sum())
        if back * whole > claimed * part and not self._is_meant:
            found = f"{sterling(back)} goes back, {sterling(claimed)} is claimed"
            expected = f"at most {part} in {whole}, or {self.option} {pounds(back)}"
            yield Finding("book-reversals", self.where, found, expected)

    def fewer_rows(
        self, files: Iterable[InputFile], before: Iterable[Mapping[str, Any]]
    ) -> Iterator[Finding]:
        """A table has lost a tenth of its rows since the claim before, or more; `before`: its files."""
        was, now = Counter[str](), Counter[str]()
        for file in before:
            was[file["role"]] += 0 if file["role"] == MEANT_TO_GO else file["rows"] or 0
        for source in files:
            now[source.role] += source.rows or 0
        left, whole = FEWER
        for table, rows in was.items():
            if rows and now[table] * whole <= rows * left and not self._is_meant:
                option = f"{self.option} {pounds(self.going_back)}"
                expected = f"more than {rows * left // whole:,} of {rows:,}, or {option}"
                found = f"{table}: {plural(f'{now[table]:,}', 'row')}"
                yield Finding("book-fewer-rows", self.where, found, expected)


def _texts(names: Iterable[str], suffix: str = "") -> Iterator[pl.Expr]:
    return (pl.col(name).cast(pl.String).alias(f"{name}{suffix}") for name in names)


def _changed(both: pl.LazyFrame, name: str) -> pl.LazyFrame:
    """Where it is not what it was."""
    before, after = pl.col(name), pl.col(f"{name}{NOW}")
    return _change(both.filter(before.ne_missing(after)), name, before, after.fill_null(""))


def _change(rows: pl.LazyFrame, what: str, before: pl.Expr, after: pl.Expr) -> pl.LazyFrame:
    return rows.select(
        "contract",
        "child_id",
        what=pl.lit(what),
        before=before.cast(pl.String),
        after=after.cast(pl.String),
    )
