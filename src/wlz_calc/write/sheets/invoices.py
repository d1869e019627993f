"""The invoices: a sheet for each document, with all that whoever pays it has to find on it."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from wlz_calc.claim import Claim
from wlz_calc.invoice import Invoice
from wlz_calc.period import Quarter
from wlz_calc.write import beside, invoiced, words
from wlz_calc.write.grouping import contracts
from wlz_calc.write.schedule import Contract
from wlz_calc.write.sheets.model import Column, Kind, Line, Sheet, Style, schema, terms, when
from wlz_calc.write.sheets.names import sheet_names

_COLUMNS: Final = (
    Column("Payment", "payment"),
    Column("Quantity", "quantity", Kind.WHOLE),
    Column("Unit price", "unit_price", Kind.MONEY),
    Column("Net", "net", Kind.MONEY),
    Column("VAT", "vat", Kind.MONEY),
    Column("Gross", "gross", Kind.MONEY),
)
_MONEY: Final = ("net", "vat", "gross")
_DRAFT: Final = f"{invoiced.DRAFT}: the claim is not sealed, and nothing is to be paid on it."
_NO_ORDER: Final = "PURCHASE ORDER MISSING: it is required, and none is stated."
_EVEN: Final = "What it adds and what it takes back are the same: nothing is owed."


def invoices(claim: Claim) -> Iterator[Sheet]:
    """One for each document, in the order of the claim."""
    stated = {contract.contract: contract for contract in contracts(claim)}
    names = sheet_names([f"Invoice {invoice.name}" for invoice in claim.invoices])
    for name, invoice in zip(names, claim.invoices, strict=True):
        yield _invoice(claim, stated[invoice.contract], invoice, name)


def _invoice(claim: Claim, contract: Contract, invoice: Invoice, name: str) -> Sheet:
    return Sheet(
        name,
        (
            (invoiced.title(invoice), Style.TITLE),
            *when(invoice.draft, _DRAFT, Style.MARK),
            *terms([contract]),
            *_known_by(invoice),
            *when(claim.seal, beside.digest(claim, invoice.contract)),
            *_supplier(claim, invoice),
            *_addressee(invoice),
            *_corrected(invoice),
        ),
        _COLUMNS,
        _items(invoice),
        ({"payment": "Total", **{name: getattr(invoice, name) for name in _MONEY}},),
        ((invoiced.vat(invoice), Style.STRONG), *when(invoice.is_even, _EVEN)),
        _mark(contract, invoice),
    )


def _known_by(invoice: Invoice) -> Iterator[Line]:
    """What whoever books it looks for."""
    quarter = Quarter.parse(invoice.quarter)
    yield f"Number {invoice.number}", Style.STRONG
    yield f"Date {words.day(invoice.dated)}", Style.PLAIN
    yield f"For {quarter}, {words.days(quarter.start, quarter.end)}", Style.PLAIN
    yield from when(invoice.order_missing, _NO_ORDER, Style.MARK)
    yield from when(invoice.purchase_order, f"Purchase order {invoice.purchase_order}")
    yield from when(invoice.cost_code, f"Cost code {invoice.cost_code}")


def _supplier(claim: Claim, invoice: Invoice) -> Iterator[Line]:
    """Who makes it out."""
    yield f"From {claim.provider}", Style.STRONG
    if (supplier := invoice.supplier) is None:
        return
    yield from ((line, Style.PLAIN) for line in supplier.address or ())
    yield from when(supplier.vat_number, f"VAT number {supplier.vat_number}")
    yield from when(supplier.company_number, f"Company number {supplier.company_number}")


def _addressee(invoice: Invoice) -> Iterator[Line]:
    """Whom it is for."""
    yield f"To {invoice.name}", Style.STRONG
    yield from ((line, Style.PLAIN) for line in invoice.address)


def _corrected(invoice: Invoice) -> Iterator[Line]:
    """The claims that it corrects, each with its digest once it is sealed."""
    for quarter in invoice.corrects:
        digest = invoice.digests.get(quarter)
        yield f"Corrects the claim for {quarter}{f', digest {digest}' if digest else ''}", Style.PLAIN


def _items(invoice: Invoice) -> pl.DataFrame:
    rows = [
        {
            "payment": invoiced.item(item),
            "quantity": item.quantity,
            "unit_price": item.unit_price,
            "net": item.net,
            "vat": item.vat,
            "gross": item.gross,
        }
        for item in invoice.items
    ]
    return pl.DataFrame(rows, schema=schema(_COLUMNS))


def _mark(contract: Contract, invoice: Invoice) -> str:
    """The marks on every page of it."""
    marks = [words.ILLUSTRATIVE if contract.illustrative else "", invoiced.DRAFT if invoice.draft else ""]
    return ", ".join(mark for mark in marks if mark)
