"""What is told of a journal beside its amounts, in the same words whatever it is written for."""

from collections.abc import Iterator
from typing import Final

from wlz_calc.claim import Claim
from wlz_calc.money import sterling
from wlz_calc.write import words
from wlz_calc.write.grouping import balances, title_of
from wlz_calc.write.journal.entries import Kind, Posting, Role, Transaction, seal_of

_KINDS: Final = {
    Kind.INVOICE: "Invoice for",
    Kind.CREDIT_NOTE: "Credit note for",
    Kind.CLAIM: "Claim for",
    Kind.OPENING: "Opening balance of",
}


def heading(claim: Claim) -> Iterator[str]:
    """What a claim is, lines that a journal begins with."""
    seal, made = seal_of(claim), claim.provenance
    for contract in _contracts(claim):
        yield f"{title_of(claim.cards, contract)} ({contract}), {claim.quarter}"
    yield f"Sealed on {words.day(seal.closed_on)}, as known on {words.day(made.as_of)}"
    yield f"Digest: {seal.digest}"
    yield f"Made by wlz-calc {made.version}"
    yield from _marks(claim)


def _contracts(claim: Claim) -> list[str]:
    return list(dict.fromkeys(card.contract for card in claim.cards))


def caveats(claim: Claim, *, opening: bool) -> Iterator[str]:
    """What whoever takes a journal over must know: illustrative terms, what it lacks, who has not agreed."""
    yield from _marks(claim)
    left_out = 0 if opening else sum(balance.amount for balance in balances(claim))
    which = f"{words.listed(_contracts(claim))} {claim.quarter}"
    if left_out:
        yield f"left out: opening balance of {which}, {sterling(left_out)}; --opening takes it in"
    for invoice in claim.invoices:
        if invoice.order_missing:
            yield f"without the purchase order that it needs: {invoice.number}"
    if not seal_of(claim).approved_by:
        yield f"not approved by a second person: {which}"


def _marks(claim: Claim) -> Iterator[str]:
    return (f"{words.banner(terms)} ({contract})" for contract, terms in claim.illustrative.items())


def title(transaction: Transaction) -> str:
    """What a transaction is: `Credit note for 2019-Q1`."""
    return f"{_KINDS[transaction.kind]} {transaction.quarter}"


def references(transaction: Transaction) -> dict[str, str]:
    """What it is found by again, by name; only what is known."""
    named = {
        "contract": transaction.contract,
        "commissioner": transaction.commissioner,
        "quarter": transaction.quarter,
        "document": transaction.document,
        "cost_code": transaction.cost_code,
        "purchase_order": transaction.purchase_order,
        "tax_code": transaction.tax_code,
        "digest": transaction.digest,
    }
    return {name: value for name, value in named.items() if value}


def corrected(posting: Posting) -> dict[str, str]:
    """Of what corrects or reverses an earlier claim: its kind, and the quarter of that claim."""
    if not posting.corrects:
        return {}
    return {"kind": str(posting.kind), "corrects": posting.corrects}


def described(transaction: Transaction, posting: Posting) -> str:
    """A posting by itself, for a program that has a row for each."""
    return f"{title(transaction)}, {words.visible(transaction.name)}: {_what(posting)}"


def _what(posting: Posting) -> str:
    match posting.account.role:
        case Role.INCOME:
            return f"{words.title(posting.account.of)}, {words.kind(str(posting.kind), posting.corrects)}"
        case Role.RECEIVABLE:
            return "receivable"
        case Role.VAT:
            return "VAT"
        case _:
            return "claimed by other means"
