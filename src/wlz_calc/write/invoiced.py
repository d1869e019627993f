"""Invoices in words and as data: what a document is called, and what is said on it of VAT."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from wlz_calc.invoice import Invoice, Item
from wlz_calc.money import pounds, sterling
from wlz_calc.ratecard.invoicing import Treatment
from wlz_calc.write import words

DRAFT: Final = "DRAFT"
_KINDS: Final = {"invoice": "Invoice", "credit_note": "Credit note", "statement": "Statement"}
_TREATMENTS: Final[Mapping[Treatment, str]] = {
    "standard": "VAT at the standard rate",
    "reduced": "VAT at the reduced rate",
    "zero": "Zero-rated for VAT",
    "exempt": "Exempt from VAT",
    "outside_scope": "Outside the scope of VAT",
}


def kind(invoice: Invoice) -> str:
    """What a document is: an invoice, a credit note or, where nothing is owed in the end, a statement."""
    if invoice.is_even:
        return "statement"
    return "credit_note" if invoice.is_credit else "invoice"


def title(invoice: Invoice) -> str:
    """What stands above it."""
    return _KINDS[kind(invoice)]


def item(of: Item) -> str:
    """What an item is for: `Sign-up`, `Outcomes: Reading, correction of 2018-Q3`."""
    payable = words.payable(of.payment, of.outcome)
    return payable if of.kind == "new" else f"{payable}, {words.kind(of.kind, of.corrects)}"


def vat(invoice: Invoice) -> str:
    """How VAT is charged on it: `VAT at the standard rate, 20%, on £100.00: £20.00`."""
    said = _TREATMENTS[invoice.treatment]
    if invoice.rate is None:
        return f"{said}."
    return f"{said}, {percentage(invoice.rate)}, on {sterling(invoice.net)}: {sterling(invoice.vat)}."


def percentage(rate: Decimal) -> str:
    """A rate as people write it, and never rounded: `17.5%`."""
    return f"{(rate * 100).normalize():f}%"


def as_data(invoice: Invoice) -> dict[str, object]:
    """A document for programs: amounts are texts in pounds."""
    return {
        "number": invoice.number,
        "kind": kind(invoice),
        "contract": invoice.contract,
        "quarter": invoice.quarter,
        "commissioner": invoice.commissioner,
        "name": invoice.name,
        "address": list(invoice.address),
        "dated": invoice.dated.isoformat(),
        "draft": invoice.draft,
        "purchase_order": invoice.purchase_order,
        "order_missing": invoice.order_missing,
        "cost_code": invoice.cost_code,
        "corrects": [{"quarter": one, "digest": invoice.digests.get(one)} for one in invoice.corrects],
        "items": [_item(one) for one in invoice.items],
        "treatment": invoice.treatment,
        "rate": None if invoice.rate is None else f"{invoice.rate:f}",
        **{name: pounds(getattr(invoice, name)) for name in ("net", "vat", "gross")},
    }


def _item(one: Item) -> dict[str, object]:
    return {
        "payment": one.payment,
        "outcome": one.outcome,
        "kind": one.kind,
        "corrects": one.corrects,
        "quantity": one.quantity,
        **{name: pounds(getattr(one, name)) for name in ("unit_price", "net", "vat", "gross")},
    }
