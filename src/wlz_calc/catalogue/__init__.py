"""The catalogue of findings: what every code means, why it matters, and how to mend it."""

from typing import Final

from wlz_calc.catalogue.book import BOOK
from wlz_calc.catalogue.extracts import EXTRACTS
from wlz_calc.catalogue.invoices import INVOICES
from wlz_calc.catalogue.terms import TERMS
from wlz_calc.finding import Meaning

CODES: Final[dict[str, Meaning]] = TERMS | EXTRACTS | INVOICES | BOOK
