"""The companion of a csv file: W3C "CSV on the Web" metadata, as `NAME.csv-metadata.json`.

The columns of a csv are fixed and leave no room for what every output must carry; this file beside it
carries the version, the as-of date, every digest and row count, the mark of illustrative terms, and what
each column holds. Source: W3C, Metadata Vocabulary for Tabular Data (2015).
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from wlz_calc.write import words
from wlz_calc.write.data import DECISION_COLUMNS, LINE_COLUMNS, stamp
from wlz_calc.write.setting import Stated

MONEY: Final = {"base": "decimal", "format": "0.00"}
DATATYPES: Final[dict[str, object]] = {
    "card_version": "integer",
    "number": "integer",
    "due_on": "date",
    "amount": MONEY,
    "price": MONEY,
    "cut": MONEY,
}
"""Of the columns that are not text."""
MEANINGS: Final = {
    "quarter": "The quarter claimed for",
    "contract": "The outcomes contract",
    "card_version": "The version of the rate card that governs the child",
    "commissioner": "Who pays; each of several schools or authorities as NAME:CODE",
    "child_id": "The child's pseudonymous id: text, not a number",
    "school": "The code of the child's school",
    "phase": "The child's phase",
    "payment": "The payment on the rate card",
    "outcome": "The outcome that an outcomes payment is earned by",
    "number": "The number of the payment",
    "kind": "new, correction, reversal or opening",
    "status": "What was decided",
    "due_on": "The date on which the payment fell due",
    "amount": "Pounds: one commissioner's part of the award",
    "price": "Pounds: the price of the award",
    "cut": "Pounds: what a limit of the contract took from the price",
    "corrects": "The sealed quarter whose line is corrected or reversed",
    "reason": "Why, as a code",
}
OPTIONAL: Final = frozenset({"outcome", "number", "due_on", "price", "cut", "corrects", "reason", "school"})


def companion(path: Path) -> Path:
    """Where the metadata of a csv file is looked for."""
    return path.with_name(f"{path.name}-metadata.json")


def lines_metadata(stated: Stated, name: str) -> bytes:
    """The metadata of a csv file of lines, by its name."""
    return _metadata(stated, name, f"Lines of the claim for {stated.quarter}", LINE_COLUMNS)


def decisions_metadata(stated: Stated, name: str) -> bytes:
    """The metadata of a csv file of decisions, by its name."""
    return _metadata(stated, name, f"Decisions behind the claim for {stated.quarter}", DECISION_COLUMNS)


def _metadata(stated: Stated, name: str, title: str, columns: Sequence[str]) -> bytes:
    described = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": name,
        "dc:title": title,
        "dc:description": _description(stated),
        "dc:creator": f"wlz-calc {stated.provenance.version}",
        "dc:date": stated.provenance.as_of.isoformat(),
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\n"]},
        "tableSchema": {"columns": [_column(column) for column in columns]},
        "notes": [stamp(stated)],
    }
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()


def _description(stated: Stated) -> str:
    marks = [words.banner(terms) + f" ({contract})" for contract, terms in stated.illustrative.items()]
    provisional = [f"{words.PROVISIONAL}: not sealed"] if stated.provisional else []
    return "; ".join([*marks, *provisional]) or f"Of {stated.provider}"


def _column(name: str) -> dict[str, object]:
    return {
        "name": name,
        "titles": name,
        "dc:description": MEANINGS[name],
        "datatype": DATATYPES.get(name, "string"),
        "required": name not in OPTIONAL,
    }
