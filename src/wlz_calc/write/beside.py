"""What stands beside the schedules: opening balance, cut, unfunded, held, not yet due, warnings.

Described once, as rows of text, for the console and for the workbook's summary. It counts awards and adds
up, and never names a child.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import polars as pl

from wlz_calc.claim import Claim, Follows
from wlz_calc.money import sterling
from wlz_calc.write import words
from wlz_calc.write.findings import tally
from wlz_calc.write.grouping import Facts, awards, place, places
from wlz_calc.write.schedule import Contract, Schedule
from wlz_calc.write.setting import Stated

PROVISIONAL_LINE: Final = f"{words.PROVISIONAL}: not sealed, and may still change."
ILLUSTRATIVE_LINE: Final = (
    "Illustrative terms stand in for terms that are not public: what is calculated on them is owed by nobody."
)
NOT_APPROVED: Final = "not approved"
PAYABLE: Final = ("contract", "payment", "outcome")
AWARDS: Final = "Awards"
WARNINGS: Final = "Warnings"


class Part(NamedTuple):
    """A table beside the schedules: columns of words, then of figures, all as text."""

    title: str
    meaning: str
    words: tuple[str, ...]
    figures: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()


def headline(stated: Stated) -> str:
    """Which claim it is: its quarter in days, and what it knows of."""
    quarter = stated.quarter
    as_of = words.day(stated.provenance.as_of)
    return f"Claim for {quarter} ({words.days(quarter.start, quarter.end)}), as of {as_of}"


def standing(claim: Claim) -> list[str]:
    """Whether the claim is sealed, by whom and with whose word; or what it comes after."""
    if claim.seal:
        approved = f"approved by {claim.seal.approved_by}" if claim.seal.approved_by else NOT_APPROVED
        how = f"Brought in from {claim.seal.imported}" if claim.seal.imported else "Sealed"
        return [f"{how} by {claim.seal.closed_by} on {words.day(claim.seal.closed_on)}; {approved}."]
    return [*([PROVISIONAL_LINE] if claim.provisional else []), *map(_follows, claim.follows)]


def _follows(follows: Follows) -> str:
    after = f"Follows the claim of {follows.contract} for {follows.quarter}"
    if not follows.unapproved:
        return f"{after}; all that is closed is approved."
    return f"{after}. {NOT_APPROVED.capitalize()}: {words.listed([str(one) for one in follows.unapproved])}."


def digest(claim: Claim, contract: str) -> str:
    """The newest digest of the book of a contract, by which a shortened or rewritten book shows itself."""
    if claim.seal:
        return f"Digest of this claim: {claim.seal.digest}"
    before = {one.contract: one for one in claim.follows}.get(contract)
    return f"Digest of {before.quarter}, which it follows: {before.digest}" if before else ""


def terms(contract: Contract) -> str:
    """The contract and the card versions it is claimed on."""
    if not contract.versions:
        return contract.title
    many = "s" if len(contract.versions) > 1 else ""
    versions = words.listed([str(version) for version in contract.versions])
    return f"{contract.title} ({contract.contract}, rate card version{many} {versions})"


def caption(claim: Claim, schedule: Schedule) -> str:
    """What a schedule is, so that it can stand alone."""
    provisional = " (provisional)" if claim.provisional else ""
    return (
        f"Payment schedule for {claim.quarter}{provisional}, contract {schedule.contract}, "
        f"commissioner {schedule.commissioner}"
    )


def opening(claim: Claim) -> str:
    """One line that says what the opening balance is; nothing, once a claim has been sealed before it."""
    if claim.opening.is_empty():
        return "" if claim.follows else "Opening balance: none."
    amount = sterling(int(claim.opening["amount"].sum()))
    balance = f"Opening balance: {amount} for {words.counted(awards(claim.opening), 'award')}"
    before = f"{balance} that fell due before {words.day(claim.quarter.start)}; not in this claim."
    if claim.seal is None:
        return f"{before} The first `close` seals it; --from-start claims it instead."
    if claim.seal.imported:
        return f"{balance}, claimed by other means up to the end of {claim.quarter}."
    return f"{before} It was sealed with it."


def parts(claim: Claim) -> Iterator[Part]:
    """Those of the tables that have something to show."""
    for part in (
        *(_adjustments(claim), _cut(claim), _unfunded(claim), _held(claim), _aside(claim)),
        *(_changes(claim), _not_yet(claim), _warnings(claim)),
    ):
        if part.rows:
            yield part


def _adjustments(claim: Claim) -> Part:
    """Lines of what was claimed or decided before, by kind and cause."""
    caused = claim.lines.filter(pl.col("reason").cast(pl.String).is_in(list(words.CAUSES)))
    keys = ["kind", "corrects", "reason"]
    counted = caused.group_by(keys).agg(pl.len().alias("lines"), pl.col("amount").sum()).sort(keys)
    rows = list(counted.iter_rows(named=True))
    return Part(
        "Adjustments",
        "Lines of what was claimed, or decided otherwise, before: each with what has changed since.",
        ("Adjustment", "Because"),
        ("Lines", "Amount"),
        tuple(
            (
                words.title(words.kind(row["kind"], row["corrects"])),
                words.reason(row["reason"]),
                f"{row['lines']:,}",
                sterling(row["amount"]),
            )
            for row in rows
        ),
        ("Total", "", f"{sum(row['lines'] for row in rows):,}", sterling(sum(row["amount"] for row in rows))),
    )


def _changes(claim: Claim) -> Part:
    counted = claim.changes.group_by("contract", "what").agg(pl.len()).sort("contract", "what")
    return Part(
        "Changes of the register",
        "Children who were claimed for, and of whom the register says otherwise; accepted as right.",
        ("What has changed",),
        ("Children",),
        tuple(
            (_within(claim, {"contract": contract}, words.title(what)), f"{children:,}")
            for contract, what, children in counted.iter_rows()
        ),
    )


def _cut(claim: Claim) -> Part:
    rows = _tallied(claim, claim.cut, PAYABLE, "price", "cut")
    return Part(
        "Cut",
        "Awards of this quarter for which the limits of the contract left less than the price.",
        ("Payment",),
        (AWARDS, "Price", "Cut"),
        tuple((_payable(claim, row), *_figures(row, "price", "cut")) for row in rows),
        ("Total", *_sums(rows, "price", "cut")),
    )


def _unfunded(claim: Claim) -> Part:
    rows = _tallied(claim, claim.unfunded, ("contract", "commissioner"), "amount")
    named = claim.parties.select("contract", "commissioner", "name").iter_rows()
    names = {(contract, commissioner): name for contract, commissioner, name in named}
    return Part(
        "Unfunded",
        "Parts of awards of this quarter above what is left of a commitment; not moved to anybody else.",
        ("Commissioner",),
        (AWARDS, "Unfunded"),
        tuple(
            (_within(claim, row, names.get(_party(row)) or _party(row)[1]), *_figures(row, "amount"))
            for row in rows
        ),
        ("Total", *_sums(rows, "amount")),
    )


def _held(claim: Claim) -> Part:
    rows = _tallied(claim, claim.held, (*PAYABLE, "reason", "raised_by"), "price")
    return Part(
        "Held",
        "Earned, but on hold and so not claimed; when its hold ends, an award falls into the next claim.",
        ("Payment", "Reason", "Raised by"),
        (AWARDS, "Price"),
        tuple(
            (_payable(claim, row), row["reason"] or "", row["raised_by"] or "", *_figures(row, "price"))
            for row in rows
        ),
        ("Total", "", "", *_sums(rows, "price")),
    )


def _aside(claim: Claim) -> Part:
    by_cause = claim.aside.group_by("title", "file", maintain_order=True)
    counted = by_cause.agg(rows=pl.len(), children=pl.col("child_id").drop_nulls().n_unique())
    return Part(
        "Set aside",
        "Rows with an error, left out; their children's awards are held until they are mended.",
        ("Error", "File"),
        ("Rows", "Children"),
        tuple((title, file, f"{rows:,}", f"{kids:,}") for title, file, rows, kids in counted.iter_rows()),
    )


def _not_yet(claim: Claim) -> Part:
    rows = [row for row in claim.not_yet.iter_rows(named=True) if row["children"]]
    return Part(
        "Not yet due",
        "Children on whom it is still open: a window has not ended, or a date is not there yet.",
        ("Payment",),
        ("Children",),
        tuple((_payable(claim, row), f"{row['children']:,}") for row in rows),
    )


def _warnings(claim: Claim) -> Part:
    return Part(
        WARNINGS,
        "They travel with the money; `wlz-calc check` shows where each is and how to mend it.",
        ("Warning", "File"),
        ("Times",),
        tuple((title, file, f"{times:,}") for title, file, times in tally(claim.findings)),
    )


def _tallied(claim: Claim, frame: pl.DataFrame, keys: Sequence[str], *sums: str) -> list[Facts]:
    """Awards counted and amounts summed by some columns, in the order of the cards."""
    tallies = [pl.len().alias("awards"), *(pl.col(name).sum() for name in sums)]
    found: list[Facts] = list(frame.group_by(keys).agg(tallies).sort(keys).iter_rows(named=True))
    if "payment" not in keys:
        return found
    order = places(claim.cards)
    return sorted(found, key=lambda row: place(row, order))


def _figures(row: Facts, *sums: str) -> tuple[str, ...]:
    return f"{row['awards']:,}", *(sterling(row[name]) for name in sums)


def _sums(rows: Sequence[Facts], *sums: str) -> tuple[str, ...]:
    return _figures({name: sum(row[name] for row in rows) for name in ("awards", *sums)}, *sums)


def _party(row: Facts) -> tuple[str, str]:
    return row["contract"], row["commissioner"]


def _payable(claim: Claim, row: Facts) -> str:
    return _within(claim, row, words.payable(row["payment"], row["outcome"]))


def _within(claim: Claim, row: Facts, name: str) -> str:
    """The name, with the contract where the claim has several."""
    several = len({card.contract for card in claim.cards}) > 1
    return f"{name} ({row['contract']})" if several else name
