"""What can be found in how the commissioners of a contract are invoiced."""

from typing import Final

from wlz_calc.finding import Meaning, Severity, Stage


def _error(title: str, why: str, fix: str) -> Meaning:
    return Meaning(Stage.SENSE, Severity.ERROR, title, why, fix)


def _warning(title: str, why: str, fix: str) -> Meaning:
    return Meaning(Stage.SENSE, Severity.WARNING, title, why, fix)


INVOICES: Final[dict[str, Meaning]] = {
    "invoice-no-vat": _error(
        "It is not said how a commissioner is charged VAT",
        "Whether VAT is owed, and at which rate, is for whoever answers for it to say, and never guessed.",
        "Say `vat` under `invoicing`, of the commissioner, on the rate card or in wlz.yaml.",
    ),
    "invoice-no-vat-number": _error(
        "VAT is charged, and no VAT number is stated",
        "Only who is registered may charge VAT, and every invoice with VAT names the number.",
        "Say `vat_number` under `supplier` in wlz.yaml.",
    ),
    "invoice-no-order": _warning(
        "A purchase order is required, and none is stated",
        "The commissioner will not pay an invoice without one.",
        "Ask for its number and say it under `purchase_order`, with the date from which it is in force.",
    ),
    "invoice-other-rate": _warning(
        "A correction is at another rate of VAT than what it corrects",
        "What was charged with VAT goes back with the VAT of that day; a document here has one rate.",
        "Have whoever answers for VAT look at the document before it is sent.",
    ),
    "invoice-unknown": _warning(
        "It is said how to invoice a school or an authority that is not in the register",
        "If its code is misspelt, the one that is meant is invoiced as all others are.",
        "Spell the code as the register does, or delete it.",
    ),
}
"""Every code of invoicing."""
