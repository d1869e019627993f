"""Invoicing: by which terms everybody is invoiced, and what is missing from them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

import polars as pl

from wlz_calc.claim import Seal
from wlz_calc.finding import Finding, Where, quote
from wlz_calc.invoice import Invoice
from wlz_calc.period import Quarter
from wlz_calc.ratecard.card import Card
from wlz_calc.ratecard.invoicing import Accounts, ByCommissioner, Invoicing, invoicing_of, on_day

CONFIG: Final = Where("wlz.yaml")
PARTY: Final = ("contract", "commissioner")

Party = tuple[str, str]
"""A contract and a commissioner of it."""
Seals = Mapping[tuple[str, str], Seal]
"""The seals of claims, by contract and quarter."""


class Terms(NamedTuple):
    """How everybody is invoiced: of contracts that say so, the places that do, the one that counts first.

    `accounts`: what wlz.yaml says, which goes before the cards; of these the newest does.
    """

    accounts: Accounts
    places: Mapping[str, tuple[ByCommissioner, ...]]

    def of(self, party: Party) -> Invoicing:
        """How one commissioner is invoiced."""
        contract, commissioner = party
        return invoicing_of(commissioner, self.places[contract])

    def rate(self, party: Party, day: date) -> Decimal | None:
        """The rate of VAT that one commissioner is charged on a day."""
        vat = self.of(party).vat
        return on_day(vat.rate, day) if vat else None

    @property
    def has_vat_number(self) -> bool:
        """Whether it is said under which number VAT is charged."""
        supplier = self.accounts.supplier
        return supplier is not None and supplier.vat_number is not None


def terms(cards: Sequence[Card], accounts: Accounts) -> Terms:
    """How the commissioners are invoiced, of the contracts that say anything of it."""
    newest = sorted(cards, key=lambda card: -card.version)
    said = {
        contract: (
            accounts.contracts.get(contract, {}),
            *(card.invoicing for card in newest if card.contract == contract),
        )
        for contract in dict.fromkeys(card.contract for card in cards)
    }
    return Terms(accounts, {contract: places for contract, places in said.items() if any(places)})


# ---------------------------------------------------------------- what stops an invoice


def unsound(cards: Sequence[Card], parties: pl.DataFrame, accounts: Accounts) -> Iterator[Finding]:
    """What is missing to invoice whoever may have to pay, and which names stand for nobody.

    `parties`: contract and commissioner of everybody who pays or could.
    """
    stated = terms(cards, accounts)
    known = dict.fromkeys(parties.select(PARTY).iter_rows())
    yield from lacking(_payers(cards, known), stated)
    for contract, places in stated.places.items():
        for name in dict.fromkeys(name for place in places for name in place if ":" in name):
            if (contract, name) not in known:
                expected = f"a code that the register has under {contract}"
                yield Finding("invoice-unknown", CONFIG, quote(name), expected)


def _payers(cards: Sequence[Card], parties: Iterable[Party]) -> Iterator[Party]:
    """Those whose share is not always nought."""
    paying = {
        (card.contract, name)
        for card in cards
        for name, one in card.commissioners.items()
        if any(one.share.values())
    }
    yield from ((contract, who) for contract, who in parties if (contract, who.partition(":")[0]) in paying)


def lacking(parties: Iterable[Party], stated: Terms, on: date | None = None) -> Iterator[Finding]:
    """What is missing of whom: how VAT is charged and under which number and, `on` a day, at which rate."""
    for party in parties:
        if party[0] not in stated.places:
            continue
        vat = stated.of(party).vat
        if vat is None:
            yield _finding("invoice-no-vat", party, "vat, with its treatment")
        elif vat.is_charged:
            yield from _charging(party, stated, on)


def _charging(party: Party, stated: Terms, on: date | None) -> Iterator[Finding]:
    if not stated.has_vat_number:
        yield _finding("invoice-no-vat-number", party, "vat_number, under supplier")
    if on and stated.rate(party, on) is None:
        yield _finding("invoice-no-vat", party, f"a rate of vat in force on {on}")


# ---------------------------------------------------------------- what is odd on one


def odd(made: Iterable[Invoice], stated: Terms, sealed: Seals) -> Iterator[Finding]:
    """What somebody should look at before the documents are sent; `sealed`: the claims before."""
    for invoice in made:
        party = (invoice.contract, invoice.commissioner)
        closed = {quarter: sealed.get((invoice.contract, quarter)) for quarter in invoice.corrects}
        if invoice.order_missing:
            expected = f"a purchase_order in force on {Quarter.parse(invoice.quarter).end}"
            yield _finding("invoice-no-order", party, expected)
        for quarter, seal in closed.items():
            if seal and stated.rate(party, seal.closed_on) != invoice.rate:
                expected = f"the rate of {seal.closed_on}, when {quarter} was charged"
                yield _finding("invoice-other-rate", party, expected)


def _finding(code: str, party: Party, expected: str) -> Finding:
    contract, commissioner = party
    return Finding(code, CONFIG, f"{quote(commissioner)} of {contract}", expected)
