"""The journal for a finance system: a csv with a row for each posting, and its metadata beside it.

Text is left as it is, also where a spreadsheet would take it for a formula: another program reads this.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import polars as pl

from wlz_calc.claim import Claim
from wlz_calc.durable import Content
from wlz_calc.money import pounds
from wlz_calc.write import csvw
from wlz_calc.write.data import stamp
from wlz_calc.write.journal import told
from wlz_calc.write.journal.accounts import plain
from wlz_calc.write.journal.entries import Posting, Role, Transaction, transactions

COLUMNS: Final = {
    "date": "the day on which the claim was closed",
    "document": "the number of the invoice or credit note, if the contract says how it is invoiced",
    "kind": "invoice, credit_note, claim (neither), or opening",
    "account": "the account, such as assets:receivable:brent:school:ark",
    "contract": "the outcomes contract",
    "commissioner": "who owes it; each of several schools or authorities as NAME:CODE",
    "payment": "the payment on the rate card, where it is income",
    "cost_code": "the commissioner's cost code",
    "purchase_order": "the commissioner's purchase order",
    "description": "the same in words",
    "debit": "pounds, where it is a debit",
    "credit": "pounds, where it is a credit",
    "tax_code": "how the document treats VAT",
    "quarter": "the quarter that is claimed for",
    "corrects": "the sealed quarter whose lines are corrected or reversed",
    "digest": "the digest of the sealed claim",
}
"""The columns, and what they say."""
NEEDED: Final = frozenset({"date", "kind", "account", "description", "quarter", "digest"})
_TYPES: Final[dict[str, object]] = {"date": "date", "debit": csvw.MONEY, "credit": csvw.MONEY}


def journal(claims: Sequence[Claim], *, opening: bool = False) -> bytes:
    """A row for each posting; `opening`: with opening balances."""
    entries = (entry for claim in claims for entry in transactions(claim, opening=opening))
    rows = [_row(entry, posting) for entry in entries for posting in entry.postings]
    return pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String)).write_csv().encode()


def _row(entry: Transaction, posting: Posting) -> dict[str, str | None]:
    role, of = posting.account.role, posting.account.of
    return {
        "date": entry.dated.isoformat(),
        "document": entry.document,
        "kind": entry.kind,
        "account": plain(posting.account),
        "contract": entry.contract,
        "commissioner": of if role is Role.RECEIVABLE else entry.commissioner,
        "payment": of if role is Role.INCOME else None,
        "cost_code": entry.cost_code,
        "purchase_order": entry.purchase_order,
        "description": told.described(entry, posting),
        "debit": pounds(posting.amount) if posting.amount > 0 else None,
        "credit": pounds(-posting.amount) if posting.amount < 0 else None,
        "tax_code": entry.tax_code,
        "quarter": entry.quarter,
        "corrects": posting.corrects,
        "digest": entry.digest,
    }


def metadata(claims: Sequence[Claim], path: Path) -> dict[Path, Content]:
    """The file beside a csv: what its columns are, and what the claims were made with and from."""
    described = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": path.name,
        "dc:title": "Journal of sealed claims",
        "dc:description": "\n".join(line for claim in claims for line in told.heading(claim)),
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\n"]},
        "tableSchema": {"columns": list(_columns())},
        "notes": [stamp(claim) for claim in claims],
    }
    text = json.dumps(described, ensure_ascii=False, indent=1)
    return {csvw.companion(path): f"{text}\n".encode()}


def _columns() -> Iterator[dict[str, object]]:
    for name, meaning in COLUMNS.items():
        yield {
            "name": name,
            "titles": name,
            "dc:description": meaning,
            "datatype": _TYPES.get(name, "string"),
            "required": name in NEEDED,
        }
