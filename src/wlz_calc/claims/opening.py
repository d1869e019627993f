"""The opening of a book: what was claimed by other means before, as lines of kind `opening`.

It comes line by line, or as totals per child and commissioner; a total is taken to be what was due first.
What is left of it stands for nothing that is due, and goes back with the next claim. Source: rate-cards,
Claim for a quarter.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import polars as pl

from wlz_calc.claims.ledger import OPENING
from wlz_calc.finding import Finding, Where, quote
from wlz_calc.frames import LINE_ORDER, LINES, PENCE, SHARED, conform
from wlz_calc.period import Quarter
from wlz_calc.ratecard.card import Card

UNALLOCATED: Final = "unallocated"
"""The payment of what stands for nothing that is due."""
AWARD: Final = ("child_id", "payment", "number")
PAYEE: Final = ("child_id", "commissioner")
OUT_OF: Final = ", due"


def opening(given: pl.DataFrame, due: pl.DataFrame, register: pl.DataFrame, quarter: Quarter) -> pl.DataFrame:
    """What was claimed before for a contract, in the columns of frames.LINES.

    `given`: of tables.CLAIMED_LINES or CLAIMED_TOTALS, in pence; `due`: the lines of all that is due as of
    the quarter, frames.LINES; `register`: frames.REGISTER.
    """
    lines = _stated(given, due) if "payment" in given.columns else _allocated(given, due, quarter)
    schools = register.lazy().select("contract", "child_id", pl.col("school").alias("own school"))
    said = lines.join(schools, on="child_id", how="left").with_columns(
        pl.coalesce("school", "own school").alias("school"),
        pl.col("due_on").fill_null(quarter.end),
        quarter=pl.lit(str(quarter)),
        kind=pl.lit(OPENING),
        corrects=pl.lit(None),
        reason=pl.lit(None),
    )
    return conform(said, LINES).sort(LINE_ORDER).collect()


def as_opening(lines: pl.DataFrame) -> pl.DataFrame:
    """Lines as if they had been claimed by other means."""
    return lines.with_columns(kind=pl.lit(OPENING, dtype=SHARED))


def unknown(
    given: pl.DataFrame, register: pl.DataFrame, parties: pl.DataFrame, cards: Sequence[Card], file: str
) -> Iterator[Finding]:
    """Rows of children who are not on the register, or of something that is on no card."""
    children = set(register.get_column("child_id"))
    payers = set(parties.get_column("commissioner"))
    payables = {(p.payment, p.outcome, n) for card in cards for p in card.payables for n in p.numbers}
    payables |= {(payment, None, number) for payment, _, number in payables}
    (contract,) = {card.contract for card in cards}
    for row in given.iter_rows(named=True):
        if row["contract"] not in {None, contract}:
            where = Where(file, row["row"], "contract")
            yield Finding("contract-unclear", where, quote(row["contract"]), f"{contract}, or none")
        if row["child_id"] not in children:
            where = Where(file, row["row"], "child_id")
            yield Finding("book-unknown-child", where, quote(row["child_id"]), "a child of the contract")
        if row["commissioner"] not in payers:
            where = Where(file, row["row"], "commissioner")
            expected = f"one of {', '.join(sorted(payers))}"
            yield Finding("book-unknown-award", where, quote(row["commissioner"]), expected)
        if "payment" in row and (row["payment"], row["outcome"], row["number"]) not in payables:
            where = Where(file, row["row"], "payment")
            found = quote(" ".join(str(row[name] or "") for name in ("payment", "outcome", "number")))
            yield Finding(
                "book-unknown-award", where, found, "a payment, outcome and number of the rate card"
            )


def _stated(given: pl.DataFrame, due: pl.DataFrame) -> pl.LazyFrame:
    """Lines as they are stated; what they leave open is as it is due."""
    own = due.lazy().select(*_text(AWARD), "outcome", "school", "due_on", "card_version").unique(AWARD)
    both = given.lazy().with_columns(*_text(AWARD)).join(own, on=AWARD, how="left", suffix=OUT_OF)
    filled = (
        pl.coalesce(pl.col(name).cast(dtype), pl.col(f"{name}{OUT_OF}").cast(dtype)).alias(name)
        for name, dtype in (("outcome", pl.String), ("school", pl.String), ("due_on", pl.Date))
    )
    return both.with_columns(filled).drop("contract")


def _allocated(given: pl.DataFrame, due: pl.DataFrame, quarter: Quarter) -> pl.LazyFrame:
    """Totals taken to be what was due first, as far as that goes."""
    totals = given.lazy().group_by(*_text(PAYEE)).agg(total=pl.col("amount").sum())
    taken = pl.min_horizontal(
        "amount", pl.col("total") - (pl.col("amount").cum_sum() - pl.col("amount")).over(PAYEE)
    )
    lines = (
        due.lazy()
        .with_columns(*_text((*PAYEE, "payment", "outcome", "school")))
        .join(totals, on=PAYEE, maintain_order="left")
        .sort(*PAYEE, "due_on", "number", maintain_order=True)
        .with_columns(amount=taken.cast(PENCE))
        .filter(pl.col("amount") > 0)
        .select(*AWARD, "commissioner", "outcome", "school", "due_on", "card_version", "amount")
    )
    spent = lines.group_by(PAYEE).agg(pl.col("amount").sum())
    left = (
        totals.join(spent, on=PAYEE, how="left")
        .with_columns(amount=pl.col("total") - pl.col("amount").fill_null(0))
        .filter(pl.col("amount") > 0)
        .select(
            *PAYEE, "amount", payment=pl.lit(UNALLOCATED), number=pl.lit(0, dtype=pl.UInt16),
            due_on=pl.lit(quarter.end),
        )
    )  # fmt: skip
    return pl.concat([lines, left], how="diagonal")


def _text(names: Sequence[str]) -> Iterator[pl.Expr]:
    """Columns that are compared, as the types that both sides have."""
    for name in names:
        yield pl.col(name).cast(pl.UInt16 if name == "number" else pl.String)
