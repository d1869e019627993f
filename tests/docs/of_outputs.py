"""Outputs: every column and every key that the program writes for other programs, with what it means."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from tests.docs.answers import made
from tests.docs.markdown import described, table
from wlz_calc import frames
from wlz_calc.invoice import Invoice
from wlz_calc.write import csvw, data, figures, findings, invoiced
from wlz_calc.write.journal import rows

_KINDS: Final = {"card_version": "whole number", "number": "whole number", "due_on": "date"}


def lines() -> str:
    """The columns of lines."""
    return _csv(data.LINE_COLUMNS)


def decisions() -> str:
    """The columns of decisions."""
    return _csv(data.DECISION_COLUMNS)


def _csv(columns: Iterable[str]) -> str:
    """Columns as the metadata beside a csv describe them."""
    rows = [(f"`{name}`", _kind(name), _may_lack(name), csvw.MEANINGS[name]) for name in columns]
    return table(["column", "it is", "may be empty", "it says"], rows)


def _kind(name: str) -> str:
    return "pounds, two decimals" if name in data.MONEY else _KINDS.get(name, "text")


def _may_lack(name: str) -> str:
    return "yes" if name in csvw.OPTIONAL else ""


EVIDENCE: Final = {
    "opens": "the first day of the window that was judged",
    "closes": "its last day",
    "value": "what was counted, or the part of a rate",
    "of": "the whole of a rate; 1 of a count",
    "baseline": "the reading at the start, in ten-thousandths, or the part of a rate",
    "baseline_of": "what that is to be divided by: 10,000, or the whole of the rate",
    "baseline_on": "the day of the baseline; a rate has none",
    "endpoint": "the reading at the end, or the part of a rate, in the same way",
    "endpoint_of": "what that is to be divided by",
    "endpoint_on": "the day of the endpoint; a rate has none",
    "rows": "the rows of the extract that it rests on, as a spreadsheet numbers them",
}


def evidence() -> str:
    """The figures of a decision."""
    return described((field.name for field in frames.EVIDENCE.fields), EVIDENCE, "evidence")


# ---------------------------------------------------------------- what is printed as JSON

STATED: Final = {
    "quarter": "the quarter that is claimed for",
    "as_of": "the day up to which anything was known",
    "provisional": "whether it may still change: it is not sealed",
    "illustrative": "by contract, the terms that no public source states",
}
CLAIM: Final = {
    **STATED,
    "sealed": "who closed it, when, and its digest, once it is",
    "follows": "the sealed claim of each contract that it comes after, with its digest",
    "schedules": "for each commissioner its name, its `total` in pounds, and its `lines`, as above",
    "opening_balance": "for each commissioner what fell due before and is not claimed: `awards` and `total`",
    "cut": "awards that a limit cut: `price` and `cut` in pounds",
    "unfunded": "what is above a commissioner's commitment: `amount` in pounds",
    "held": "awards on hold, with `reason` and `raised_by`",
    "set_aside": "rows with an error that were left out (`--set-aside`), with their finding",
    "causes": "why an award is claimed otherwise than before: `cause`, `what`, `before`, `after`, `since`",
    "register_changes": "what the register says otherwise of children who were claimed for",
    "not_yet": "for each payment how many `children` can still earn it",
    "invoices": "the invoice or credit note of each commissioner that is invoiced, see below",
    "findings": "the warnings, each with the columns of `check --format csv`",
    "provenance": "the version of the tool, and every file: `sha256`, `rows`, who `validated` it",
}
INVOICE: Final = {
    "number": "which no other has",
    "kind": "`invoice`, `credit_note`, or `statement` where nothing is owed in the end",
    "contract": "the contract",
    "quarter": "the quarter of the claim",
    "commissioner": "the commissioner, such as `school:ark`",
    "name": "what it is called",
    "address": "its lines",
    "dated": "the day on which the claim was closed; of a draft, the as-of date",
    "draft": "whether the claim is not sealed",
    "purchase_order": "the one in force on the last day of the quarter",
    "order_missing": "whether one is required, and none is stated",
    "cost_code": "what it is booked under",
    "corrects": "the claims that it corrects: `quarter` and, once sealed, `digest`",
    "items": "each with its `quantity`, `unit_price`, `net`, `vat` and `gross`, and what it is for",
    "treatment": "how VAT is charged, see [rate cards](../rate_cards/README.md#what-stands-on-a-card)",
    "rate": "the rate of VAT, such as `0.20`, if there is VAT to pay",
    "net": "pounds, before VAT",
    "vat": "pounds, worked out once on `net`",
    "gross": "pounds, with VAT",
}
_NOTHING: Final = Invoice("", "", "", "", "", (), date.min, True, None, False, None, "exempt", None, ())
DECISIONS: Final = {
    **STATED,
    "decisions": "every decision, in the columns above; amounts are texts in pounds",
    "provenance": CLAIM["provenance"],
}
RESULTS: Final = {
    "as_of": "the day up to which anything was known",
    "by": "what they are split by",
    "suppressed_below": "the least count that is told, with `--publish`",
    "illustrative": CLAIM["illustrative"],
    "results": "a row for each measure, and for each payment: see the columns of csv",
    "provenance": CLAIM["provenance"],
}
FINDINGS: Final = {
    "file": "the file, from the programme folder",
    "sheet": "its sheet, if it has several",
    "row": "the row, as a spreadsheet numbers it",
    "column": "the column, by its heading in that file",
    "code": "what is wrong: see [`broken`](broken/README.md)",
    "severity": "`error` or `warning`",
    "title": "the same in words",
    "found": "what stands there",
    "expected": "what should",
    "mend": "how to mend it",
}


def claim_json() -> str:
    """The keys of a claim."""
    return described(made().printed["claim"], CLAIM, "claim")


def invoice_json() -> str:
    """The keys of an invoice."""
    return described(invoiced.as_data(_NOTHING), INVOICE, "invoice")


def decisions_json() -> str:
    """The keys of the decisions."""
    return described(made().printed["decisions"], DECISIONS, "decisions")


def results_json() -> str:
    """The keys of results."""
    return described(made().printed["results"], RESULTS, "results")


def results_csv() -> str:
    """The columns of results."""
    return described(figures.CSV_COLUMNS, figures.CSV_COLUMNS, "results as csv")


def journal_csv() -> str:
    """The columns of a journal."""
    return described(rows.COLUMNS, rows.COLUMNS, "journal as csv")


def findings_csv() -> str:
    """The columns of findings."""
    return described(findings.COLUMNS, FINDINGS, "findings as csv")
