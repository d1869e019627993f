"""The book, looked at: the page of what sealed quarters say.

As on the page of the pipeline, a step gives its value and its findings, and no value if it finds an error.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from wlz_calc import calculation, pipeline
from wlz_calc.claim import Claim
from wlz_calc.claims import reading
from wlz_calc.claims.book import Book
from wlz_calc.claims.bridge import steps
from wlz_calc.claims.drift import drift
from wlz_calc.claims.opening import as_opening
from wlz_calc.claims.positions import position
from wlz_calc.claims.reconciled import charged, reconciled
from wlz_calc.claims.reopened import reopened, unpaid
from wlz_calc.claims.sealed import Sealed
from wlz_calc.finding import Finding, Where, errors, quote
from wlz_calc.period import Quarter
from wlz_calc.position import Bridge, Position
from wlz_calc.ratecard.base import one_of
from wlz_calc.ratecard.card import Card
from wlz_calc.ratecard.invoicing import Accounts
from wlz_calc.read.cards import read_card
from wlz_calc.read.folder import accounts_of, book_of
from wlz_calc.read.ledgers import payments_in
from wlz_calc.rules.invoices import invoices
from wlz_calc.rules.invoicing import Seals

Found = list[Finding]
OF_INVOICES: Final = "invoice-"
"""How the codes of what is wrong with invoices begin."""


def book(folder: Path) -> tuple[Book | None, Found]:
    """The sealed claims of a programme, verified."""
    place, found = book_of(folder)
    return reading.read(place) if place else (None, found)


def claims(folder: Path, quarter: Quarter, contract: str | None) -> tuple[list[Sealed], Found]:
    """The sealed claims of a quarter; of all contracts or of one."""
    there, found = book(folder)
    return _of(there, quarter, contract) if there else ([], found)


def _of(there: Book, quarter: Quarter, contract: str | None) -> tuple[list[Sealed], Found]:
    if contract not in {None, *there.sealed}:
        expected = f"one of {one_of(str(contract), there.sealed) if there.sealed else 'none so far'}"
        return [], [Finding("contract-unclear", Where(there.folder.name), quote(str(contract)), expected)]
    own = there.of(quarter, contract)
    return own, [] if own else [_not_closed(there, quarter)]


def show(
    folder: Path, quarter: Quarter, contract: str | None, *, whole: bool = False
) -> tuple[list[Claim], Found]:
    """The claims of a quarter as they were sealed, with the invoices that wlz.yaml makes of them today.

    `whole`: with what was claimed before them, and with what was decided and not paid. One whose invoices
    cannot be made has none; what is missing is found, and among its findings.
    """
    there, found = book(folder)
    accounts, missing = accounts_of(folder)
    if there is None or accounts is None:
        return [], found or missing
    own, found = _of(there, quarter, contract)
    seals = calculation.seals(there)
    done = [_with_invoices(_reopened(claim, there, whole=whole), accounts, seals) for claim in own]
    return done, found + [problem for claim in done for problem in errors(claim.findings)]


def _with_invoices(claim: Claim, accounts: Accounts, seals: Seals) -> Claim:
    """A sealed claim with its invoices, and what is odd on them today in the place of what was."""
    made, found = invoices(claim, accounts, seals)
    others = (finding for finding in claim.findings if not finding.code.startswith(OF_INVOICES))
    return claim._replace(invoices=made or (), findings=(*others, *found))


def _reopened(sealed: Sealed, there: Book, *, whole: bool) -> Claim:
    """A claim as it was sealed; `whole`: with what was claimed before it, and what was decided against."""
    claim = reopened(sealed, cards_of(sealed))
    if not whole:
        return claim
    before = there.before(sealed.quarter).only({sealed.contract}).held
    return claim._replace(before=before, unpaid=unpaid(sealed))


def with_cards(
    folder: Path, quarter: Quarter, contract: str | None
) -> tuple[list[tuple[Sealed, tuple[Card, ...]]], Found]:
    """The sealed claims of a quarter, each with the rate cards that were sealed with it."""
    own, found = claims(folder, quarter, contract)
    return [(claim, cards_of(claim)) for claim in own], found


def cards_of(claim: Sealed) -> tuple[Card, ...]:
    """The rate cards that were sealed with a claim."""
    read = (read_card(path, path.name) for path in claim.cards)
    return tuple(card.card for card, _ in read if card)


def verify(folder: Path, digests: Sequence[str]) -> tuple[Book | None, Found]:
    """The book, gone through thoroughly; `digests`: those that it must hold."""
    there, found = book(folder)
    if there is None:
        return None, found
    found = reading.verified(there, digests)
    return (None if found else there), found


def positions(folder: Path) -> tuple[list[Position] | None, Found]:
    """What was claimed to date under each contract, and what it is measured by."""
    there, found = book(folder)
    if there is None:
        return None, found
    sealed = {contract: own for contract, own in there.contracts.items() if own}
    return [position(own, there.withdrawn[name], cards_of(own[-1])) for name, own in sealed.items()], []


def bridge(
    folder: Path, start: Quarter, end: Quarter, contract: str | None = None
) -> tuple[Bridge | None, Found]:
    """The change between two quarters' cumulative positions; the later may be the next to be closed."""
    there, found = book(folder)
    if there is None:
        return None, found
    own = there.only({contract} if contract else there.contracts)
    closed = [claim.contract for claim in own.last if claim.quarter >= end]
    due: list[pl.DataFrame] = []
    if not closed or len(closed) < len(own.sealed):
        claim, found = pipeline.claim(folder, end, contract=contract, but_not=closed, documents=False)
        if claim is None:
            return None, found
        due = [claim.opening, claim.lines]
    until = steps(claim.lines for claim in own.claims if claim.quarter <= start)
    between = steps([*(claim.lines for claim in own.claims if start < claim.quarter <= end), *due])
    return Bridge(start, end, bool(due), until, between), []


def rerun(folder: Path, quarter: Quarter, contract: str | None) -> tuple[pl.DataFrame | None, Found]:
    """The lines of a sealed quarter that would be others today (see claims.drift)."""
    own, found = claims(folder, quarter, contract)
    drifted: list[pl.DataFrame] = []
    for claim in own:
        today, found = pipeline.claim(
            folder,
            quarter,
            contract=claim.contract,
            from_start=claim.is_import or bool(claim.stated["from_start"]),
            anew=True,
            holds=not claim.is_import,
            documents=False,
        )
        if today is None:
            return None, found
        lines = pl.concat([today.opening, today.lines])
        drifted.append(drift(claim.lines, as_opening(lines) if claim.is_import else lines))
    return (pl.concat(drifted) if drifted else None), found


def reconcile(folder: Path, as_of: date) -> tuple[pl.DataFrame | None, Found]:
    """What sealed claims ask for beside what was paid by a day (see claims.reconciled)."""
    there, found = book(folder)
    if there is None:
        return None, found
    claimed = charged(there)
    payments, found = payments_in(folder, wanted=not claimed.is_empty())
    return (None if payments is None else reconciled(claimed, payments, as_of)), found


def _not_closed(there: Book, quarter: Quarter) -> Finding:
    quarters = sorted({str(claim.quarter) for claim in there.claims})
    return Finding(
        "book-not-closed",
        Where(there.folder.name),
        str(quarter),
        f"one of {', '.join(quarters) or 'none so far'}",
    )
