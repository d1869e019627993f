"""What can be wrong with how commissioners are invoiced."""

from typing import Final

from tests.broken.inputs import CHILD, HEADINGS, REGISTER, Case, card, edited, lines, programme, ran, vouched

_SUPPLIER: Final = "supplier: {vat_number: GB000000000}"
_OUTSIDE: Final = "vat: {treatment: outside_scope}"
_CONSENTED: Final = (f"{HEADINGS},consent_on", f"{CHILD},2017-01-09")
_SCHOOLS: Final = card(
    ("{council: {name: The council, share: 1}}", "{school: {name: A school, share: 1, each: school}}")
)
_PAY: Final = "pay --quarter 2017-Q1 --format csv"
_CLOSED: Final = ran("close", "--quarter", "2017-Q1", "--by", "A. Analyst")


def _config(*said: str) -> str:
    """wlz.yaml that says how the commissioners of the contract are invoiced; nothing else is odd."""
    return vouched("children") + lines("invoicing:", "  brent:", *(f"    {each}" for each in said))


INVOICES: Final = {
    "invoice-no-vat": Case(programme(config=_config("council: {cost_code: A1}"))),
    "invoice-no-vat-number": Case(
        programme(config=_config("council: {vat: {treatment: standard, rate: 0.20}}"))
    ),
    "invoice-no-order": Case(
        programme(*_CONSENTED, config=_config(f"council: {{purchase_order_required: true, {_OUTSIDE}}}")),
        _PAY,
    ),
    "invoice-other-rate": Case(
        programme(
            *_CONSENTED,
            config=_config(
                "council: {vat: {treatment: standard, rate: {2011-01-04: 0.20, 2017-07-01: 0.175}}}"
            )
            + lines(_SUPPLIER),
        ),
        _PAY.replace("Q1", "Q2"),
        [_CLOSED, edited(REGISTER, "09,2017-01-09", "09,")],
    ),
    "invoice-unknown": Case(
        programme(
            terms=_SCHOOLS,
            config=_config(f"school: {{{_OUTSIDE}}}", f"school:arc: {{{_OUTSIDE}, cost_code: A1}}"),
        )
    ),
}
