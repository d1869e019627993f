"""Invoices: what each commissioner is asked for a claim, or what goes back to it, one document for a quarter.

A document adds up lines of the claim and says no more than they do. What fell due before the quarter (the
opening balance) was claimed by other means, and is on none.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final, NamedTuple

import polars as pl

from wlz_calc.claim import Claim
from wlz_calc.finding import Finding
from wlz_calc.invoice import Invoice, Item
from wlz_calc.ratecard.card import Card
from wlz_calc.ratecard.invoicing import Accounts, on_day
from wlz_calc.rules.invoicing import PARTY, Party, Seals, Terms, lacking, odd, terms
from wlz_calc.rules.vat import split

ITEM: Final = ("payment", "outcome", "kind", "corrects", "amount")
"""What the lines of an item have in common; `amount` is its unit price."""
KINDS: Final = ("new", "correction", "reversal")
MARK: Final = "~"
"""Before the sum that tells one code from another like it; in no number otherwise."""
SUM: Final = 8
LONGEST: Final = 40
_SAFE: Final = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")

Payables = Mapping[tuple[str, str | None], int]
"""The places of payments and outcomes on the cards of a contract."""


def invoices(
    claim: Claim, accounts: Accounts, sealed: Seals
) -> tuple[tuple[Invoice, ...] | None, list[Finding]]:
    """A document for every commissioner with a line, in the order of the claim; none, if terms are missing.

    `sealed`: the claims that it may correct. Of contracts that say nothing of invoicing there is none.
    """
    stated = terms(claim.cards, accounts)
    invoiced = claim.lines.filter(pl.col("contract").cast(pl.String).is_in(list(stated.places)))
    items = _items(invoiced, claim.cards)
    if found := list(lacking(items, stated, _dated(claim))):
        return None, found
    names = {(contract, who): name for contract, who, name, *_ in claim.parties.iter_rows()}
    order = [*(party for party in names if party in items), *sorted(items.keys() - names.keys())]
    maker = _Maker(claim, stated, sealed)
    made = tuple(maker.document(party, names.get(party) or party[1], items[party]) for party in order)
    return made, list(odd(made, stated, sealed))


def _dated(claim: Claim) -> date:
    """The date of the documents, and so their tax point: the day on which the claim was closed."""
    return claim.seal.closed_on if claim.seal else claim.provenance.as_of


class _Maker(NamedTuple):
    """What all documents of a claim are made from."""

    claim: Claim
    terms: Terms
    sealed: Seals

    def document(self, party: Party, name: str, items: Sequence[Item]) -> Invoice:
        """The document of one commissioner."""
        (contract, commissioner), said = party, self.terms.of(party)
        assert said.vat is not None  # noqa: S101 - who has none was found before
        quarter, dated = self.claim.quarter, _dated(self.claim)
        order, rate = on_day(said.purchase_order, quarter.end), self.terms.rate(party, dated)
        return Invoice(
            number=number(contract, str(quarter), commissioner),
            contract=contract,
            quarter=str(quarter),
            commissioner=commissioner,
            name=name,
            address=said.address or (),
            dated=dated,
            draft=self.claim.seal is None,
            purchase_order=order,
            order_missing=bool(said.purchase_order_required) and order is None,
            cost_code=said.cost_code,
            treatment=said.vat.treatment,
            rate=rate,
            items=_with_vat(items, rate),
            supplier=self.terms.accounts.supplier,
            digests=self._corrected(contract, items),
        )

    def _corrected(self, contract: str, items: Sequence[Item]) -> Mapping[str, str]:
        """The digests of the claims that items correct, as far as these are sealed."""
        quarters = sorted({item.corrects for item in items if item.corrects})
        seals = {each: self.sealed.get((contract, each)) for each in quarters}
        return {each: seal.digest for each, seal in seals.items() if seal}


def _with_vat(items: Sequence[Item], rate: Decimal | None) -> tuple[Item, ...]:
    parts = split([item.net for item in items], rate)
    return tuple(item._replace(vat=vat) for item, vat in zip(items, parts, strict=True))


# ---------------------------------------------------------------- the number


def number(contract: str, quarter: str, commissioner: str) -> str:
    """The number of a document, such as `kensington-chelsea-2018-Q4-school-ark`; no other has it.

    The documents of a commissioner under a contract are a series that counts in quarters: an invoice has "a
    sequential number based on one or more series" (VAT Regulations 1995, 14(1)(a)). It is safe in the name of
    a file: of a code with other signs it keeps what is safe, and a sum of all of it.
    """
    name, colon, code = commissioner.partition(":")
    return f"{contract}-{quarter}-{name}{colon and '-'}{_safe(code)}"


def _safe(code: str) -> str:
    if not code or (_SAFE.fullmatch(code) and len(code) <= LONGEST):
        return code
    kept = re.sub(r"[^a-z0-9]+", "-", code.casefold()).strip("-")
    return f"{kept[:LONGEST]}{MARK}{sha256(code.encode()).hexdigest()[:SUM]}"


# ---------------------------------------------------------------- the items


def _items(lines: pl.DataFrame, cards: Sequence[Card]) -> dict[Party, list[Item]]:
    """The items of every commissioner: what is new first, in the order of the cards."""
    counted = lines.group_by(*PARTY, *ITEM).agg(pl.len().alias("quantity"))
    places = {contract: _payables(cards, contract) for contract in counted["contract"].unique()}
    found: dict[Party, list[Item]] = {}
    for row in sorted(counted.iter_rows(named=True), key=lambda row: _place(row, places[row["contract"]])):
        found.setdefault((row["contract"], row["commissioner"]), []).append(_item(row))
    return found


def _item(row: Mapping[str, Any]) -> Item:
    payment, outcome, kind, corrects, amount = (row[name] for name in ITEM)
    return Item(payment, outcome, kind, corrects, row["quantity"], amount, 0)


def _payables(cards: Sequence[Card], contract: str) -> Payables:
    own = [payable for card in cards if card.contract == contract for payable in card.payables]
    return {(each.payment, each.outcome): place for place, each in enumerate(own)}


def _place(row: Mapping[str, Any], places: Payables) -> tuple[object, ...]:
    """What is on no card any more stands last; of two unit prices the higher is first."""
    payment, outcome, kind, corrects, amount = (row[name] for name in ITEM)
    place = places.get((payment, outcome), len(places))
    return KINDS.index(kind), corrects or "", place, payment, outcome or "", -amount
