"""Entries: the transactions of a sealed claim, whichever program they are written for.

What is owed is taken from the lines that were sealed; an invoice adds its VAT, and what it is known by.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from wlz_calc.claim import Claim, Seal
from wlz_calc.invoice import Invoice
from wlz_calc.write.grouping import balances, contracts
from wlz_calc.write.schedule import NEW, Balance, Group, Schedule


class Role(StrEnum):
    """What an account is for."""

    RECEIVABLE = "receivable"
    INCOME = "income"
    VAT = "vat"
    OPENING = "opening"


class Account(NamedTuple):
    """An account. `of`: the commissioner who owes, or the payment that was earned; VAT is of no contract."""

    role: Role
    contract: str = ""
    of: str = ""


class Posting(NamedTuple):
    """An amount in pence, a debit above nought and a credit below it.

    `kind`: of the lines that it adds up, where they are income; `corrects`: the quarter that they correct.
    """

    account: Account
    amount: int
    kind: str | None = None
    corrects: str | None = None


class Kind(StrEnum):
    """What a transaction is of: a document that asks for money or gives it back, or else the claim itself."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    CLAIM = "claim"
    OPENING = "opening"


class Transaction(NamedTuple):
    """Postings that come to nothing. `name`: of the commissioner. `digest`: of the claim.

    `document`: the number of its invoice or credit note; `tax_code`: how that treats VAT.
    """

    kind: Kind
    dated: date
    contract: str
    quarter: str
    digest: str
    name: str
    postings: tuple[Posting, ...]
    commissioner: str | None = None
    document: str | None = None
    cost_code: str | None = None
    purchase_order: str | None = None
    tax_code: str | None = None


def transactions(claim: Claim, *, opening: bool = False) -> Iterator[Transaction]:
    """One for each document, or each commissioner without one; none of nothing.

    `opening`: with the opening balance too, which was claimed by other means.
    """
    invoices = {(one.contract, one.commissioner): one for one in claim.invoices}
    drawn = [schedule for contract in contracts(claim) for schedule in contract.schedules]
    whole = [_claimed(claim, one, invoices.get((one.contract, one.commissioner))) for one in drawn]
    if opening:
        whole += _opening(claim)
    yield from (one for one in whole if one.postings)


def seal_of(claim: Claim) -> Seal:
    """The seal of a claim that was sealed."""
    assert claim.seal is not None  # noqa: S101 - only such claims come out of the book
    return claim.seal


def _transaction(
    claim: Claim, kind: Kind, contract: str, name: str, postings: Iterable[Posting]
) -> Transaction:
    """What is dated and known by the claim; nothing is posted of nought."""
    seal, posted = seal_of(claim), tuple(posting for posting in postings if posting.amount)
    return Transaction(kind, seal.closed_on, contract, str(claim.quarter), seal.digest, name, posted)


def _claimed(claim: Claim, schedule: Schedule, invoice: Invoice | None) -> Transaction:
    """What one commissioner is charged, or given back."""
    postings = _postings(schedule, invoice.vat if invoice else 0)
    whole = _transaction(claim, Kind.CLAIM, schedule.contract, schedule.name, postings)
    whole = whole._replace(commissioner=schedule.commissioner)
    return _documented(whole, invoice) if invoice else whole


def _documented(transaction: Transaction, invoice: Invoice) -> Transaction:
    """With what its invoice or credit note is known by."""
    return transaction._replace(
        kind=_kind(invoice),
        document=invoice.number,
        cost_code=invoice.cost_code,
        purchase_order=invoice.purchase_order,
        tax_code=invoice.treatment,
    )


def _kind(invoice: Invoice) -> Kind:
    """Nothing is asked for by a document that takes back as much as it adds."""
    if invoice.is_even:
        return Kind.CLAIM
    return Kind.CREDIT_NOTE if invoice.is_credit else Kind.INVOICE


def _postings(schedule: Schedule, vat: int) -> Iterator[Posting]:
    """What is owed, with VAT, against what was earned by each payment."""
    yield Posting(Account(Role.RECEIVABLE, schedule.contract, schedule.commissioner), schedule.amount + vat)
    for group in schedule.groups:
        yield from _income(schedule.contract, group)
    yield Posting(Account(Role.VAT), -vat)


def _income(contract: str, group: Group) -> Iterator[Posting]:
    """The lines of a payment by kind and corrected quarter, what is new first."""
    sums: Counter[tuple[bool, str, str]] = Counter()
    for row in group.rows:
        sums[row.kind != NEW, row.kind, row.corrects or ""] += row.amount
    account = Account(Role.INCOME, contract, group.payment)
    for (_, kind, corrects), amount in sorted(sums.items()):
        yield Posting(account, -amount, kind, corrects or None)


def _opening(claim: Claim) -> Iterator[Transaction]:
    """The opening balance of each contract, apart from what is claimed."""
    there = balances(claim)
    for contract in dict.fromkeys(balance.contract for balance in there):
        owed = [_brought(balance) for balance in there if balance.contract == contract]
        against = Posting(Account(Role.OPENING), -sum(posting.amount for posting in owed))
        yield _transaction(claim, Kind.OPENING, contract, contract, [*owed, against])


def _brought(balance: Balance) -> Posting:
    return Posting(Account(Role.RECEIVABLE, balance.contract, balance.commissioner), balance.amount)
