"""The invoice, as data: what one commissioner is asked for a claim, or a credit note for what goes back."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from wlz_calc.ratecard.invoicing import Supplier, Treatment


class Item(NamedTuple):
    """Lines of one payment (or outcome), kind and unit price. Money is pence.

    `corrects`: the quarter whose claim it corrects or reverses. `vat`: its part of the VAT of the document.
    """

    payment: str
    outcome: str | None
    kind: str
    corrects: str | None
    quantity: int
    unit_price: int
    vat: int

    @property
    def net(self) -> int:
        """Before VAT."""
        return self.quantity * self.unit_price

    @property
    def gross(self) -> int:
        """With VAT."""
        return self.net + self.vat


class Invoice(NamedTuple):
    """An invoice or, where it is negative, a credit note. Money is pence.

    `number`: of its series, the contract's and the commissioner's, one for each quarter. `dated`: the day on
    which the claim was closed; `draft`: it is not, and the date is the as-of date. `treatment` of VAT, with
    its `rate`, if it has one. `order_missing`: a purchase order is required, and none is stated. `supplier`:
    who makes it out, besides its name. `digests`: of the sealed claims that it corrects, by quarter.
    """

    number: str
    contract: str
    quarter: str
    commissioner: str
    name: str
    address: tuple[str, ...]
    dated: date
    draft: bool
    purchase_order: str | None
    order_missing: bool
    cost_code: str | None
    treatment: Treatment
    rate: Decimal | None
    items: tuple[Item, ...]
    supplier: Supplier | None = None
    digests: Mapping[str, str] = MappingProxyType({})

    @property
    def net(self) -> int:
        """The total before VAT."""
        return sum(item.net for item in self.items)

    @property
    def vat(self) -> int:
        """The VAT."""
        return sum(item.vat for item in self.items)

    @property
    def gross(self) -> int:
        """The total."""
        return self.net + self.vat

    @property
    def is_credit(self) -> bool:
        """Whether money goes back: then it is a credit note."""
        return self.net < 0

    @property
    def is_even(self) -> bool:
        """Whether what it adds and what it takes back are the same: then nothing is asked for."""
        return self.net == 0

    @property
    def corrects(self) -> tuple[str, ...]:
        """The quarters whose claims it corrects, the oldest first."""
        return tuple(sorted({item.corrects for item in self.items if item.corrects}))
