"""Invoicing: how each commissioner of a contract is invoiced, as its cards or `wlz.yaml` state it.

Nothing is paid by it: it says what stands on the document that asks for the money.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import reduce
from types import MappingProxyType
from typing import Annotated, Final, Literal, NamedTuple, TypeVar

from pydantic import AfterValidator, Field, model_validator

from wlz_calc.finding import quote
from wlz_calc.ratecard.base import (
    Dated,
    Flag,
    Number,
    Problem,
    Terms,
    Text,
    dated_at,
    in_force,
    refusal,
)

Treatment = Literal["standard", "reduced", "zero", "exempt", "outside_scope"]
CHARGED: Final[frozenset[Treatment]] = frozenset({"standard", "reduced"})
"""The treatments under which there is VAT to pay, and a rate for it."""
Lines = Annotated[tuple[Text, ...], Field(min_length=1)]
T = TypeVar("T")


def _rates(rates: Mapping[date, Decimal]) -> Mapping[date, Decimal]:
    wrong = [
        Problem(dated_at(day), "card-value", quote(str(rate)), "a rate above 0 and below 1, such as 0.20")
        for day, rate in rates.items()
        if not 0 < rate < 1
    ]
    if wrong:
        raise refusal("Vat", wrong)
    return rates


class Vat(Terms):
    """How a commissioner is charged VAT; `rate`: its part of the net amount, where there is VAT to pay."""

    treatment: Treatment
    rate: Annotated[Dated[Number], AfterValidator(_rates)] | None = None

    @model_validator(mode="after")
    def _has_its_rate(self) -> "Vat":
        if self.is_charged and self.rate is None:
            expected = f"rate, as the treatment is {self.treatment}"
            raise refusal("Vat", [Problem((), "card-missing-key", "no rate", expected)])
        if self.rate is not None and not self.is_charged:
            expected = f"no rate, as the treatment is {self.treatment}"
            raise refusal("Vat", [Problem(("rate",), "card-value", "a rate", expected)])
        return self

    @property
    def is_charged(self) -> bool:
        """Whether there is VAT to pay."""
        return self.treatment in CHARGED


class Invoicing(Terms):
    """What is said of how a commissioner is invoiced; what is not said may be said in another place."""

    purchase_order: Dated[Text] | None = None
    purchase_order_required: Flag | None = None
    cost_code: Text | None = None
    address: Lines | None = None
    vat: Vat | None = None

    def over(self, other: "Invoicing") -> "Invoicing":
        """What is said here and, of what is not, what is said there."""
        said = {name: value for name in type(self).model_fields if (value := getattr(self, name)) is not None}
        return other.model_copy(update=said)


class Supplier(Terms):
    """Who makes the invoices out, besides its name."""

    address: Lines | None = None
    vat_number: Text | None = None
    company_number: Text | None = None


ByCommissioner = Mapping[str, Invoicing]
"""What one place says, by commissioner: `school` of every school, `school:ark` of that one."""


class Accounts(NamedTuple):
    """What `wlz.yaml` says of invoices: who makes them out and, by contract, how commissioners get them."""

    supplier: Supplier | None = None
    contracts: Mapping[str, ByCommissioner] = MappingProxyType({})

    def anything_is_said(self, cards: Iterable[ByCommissioner]) -> bool:
        """Whether anything is said of invoices, here or on the cards: otherwise there are none."""
        return any(self.contracts.values()) or any(cards)


NO_ACCOUNTS: Final = Accounts()


def invoicing_of(commissioner: str, places: tuple[ByCommissioner, ...]) -> Invoicing:
    """How one commissioner is invoiced: field by field what the first of the places says that says it.

    In each place what is said of one school goes before what is said of all.
    """
    own = dict.fromkeys([commissioner, commissioner.partition(":")[0]])
    said = [place[name] for place in places for name in own if name in place]
    return reduce(lambda others, before: before.over(others), reversed(said), Invoicing())


def on_day(dated: Mapping[date, T] | None, day: date) -> T | None:
    """The value in force on a day; none, where it is not stated or has not begun."""
    return in_force(dated, day) if dated and min(dated) <= day else None
