"""A case as a programme folder: its cards and extracts with everything filled in that it does not state."""

import json
from pathlib import Path
from typing import Any

import yaml

from tests.meaning.tables import Row, Table
from wlz_calc.sample import worked

BASE = """
contract: alpha
title: A card for one rule
joined: {from: 2016-09-01, to: 2019-08-31}
term: {from: 2016-09-01, to: 2025-08-31}
currency: GBP
source: {document: The contract, clause: Schedule 1, dated: 2016-08-01}
commissioners:
  council: {name: The council, share: 1}
informants: {early_years: parent, primary: teacher, secondary: self, post_16: parent}
surveys:
  confidence: {range: [0, 100], better: higher}
  worries: {range: [0, 100], better: lower}
payments:
  sign_up: {when: {measure: consent, test: happened}}
"""
"""What a card says where a case is silent."""
PRICE = "100.00"

MARKS = {"date": "", "session": "AM", "code": ""}
ROWS: dict[str, Row] = {
    "engagement": {"date": "", "kind": "link_worker", "provider": "", "status": "attended"},
    "attendance": MARKS,
    "attainment": {
        "subject": "maths",
        "assessed_on": "",
        "scale": "standardised_age_score",
        "score": "",
        "expected": "",
    },
    "sdq": {"completed_on": "", "informant": "teacher"},
    "survey": {"completed_on": "", "measure": "confidence", "score": ""},
    "children": {"contract": "alpha", "school": "ark", "year_group": "5", "joined_on": "2017-01-10"},
    "schools": {},
    "holds": {"reason": "A query", "to": ""},
}
"""What a row of each extract says where a case is silent; of a questionnaire, nothing was answered."""
VALIDATED = {"validated": {"by": "The data manager", "on": "2024-12-31"}}


def write(folder: Path, cards: tuple[str, ...], extracts: dict[str, str], *, validated: bool) -> None:
    """The programme folder of a case."""
    assert extracts.keys() <= ROWS.keys(), f"no such extract: {extracts.keys() - ROWS.keys()}"
    (folder / "extracts").mkdir(parents=True)
    tables = worked.filled_in({name: Table.of(text) for name, text in extracts.items()}, ROWS)
    for name, rows in tables.items():
        worked.write_csv(folder / ("" if name == "holds" else "extracts") / f"{name}.csv", rows)
    fragments = {f"card-{number}.yaml": text for number, text in enumerate(cards or ("",), start=1)}
    for version, (name, fragment) in enumerate(fragments.items(), start=1):
        _write_yaml(folder / name, _card(fragment, version))
    vouched = {name: VALIDATED for name in tables if name != "holds" and validated}
    _write_yaml(folder / "wlz.yaml", {"rate_cards": list(fragments), "extracts": vouched})


def _card(fragment: str, version: int) -> dict[str, Any]:
    """BASE with the keys of the fragment in place of its own, and each payment's clause, number and price."""
    card: dict[str, Any] = {"version": str(version), **_yaml(BASE), **_yaml(fragment)}
    last = 0
    for name, payment in card["payments"].items():
        outcomes = payment.get("outcomes", {})
        payment.setdefault("clause", f"Payment {name}")
        if outcomes:
            numbers = payment.setdefault("numbers", [str(last + n + 1) for n, _ in enumerate(outcomes)])
        else:
            numbers = [payment.setdefault("number", str(last + 1))]
        last = max(int(number) for number in numbers)
        if not any("price" in terms for terms in (payment, *outcomes.values())):
            payment["price"] = PRICE
    return card


def _yaml(text: str) -> dict[str, Any]:
    return yaml.load(text, yaml.BaseLoader) or {}  # noqa: S506 - it leaves every scalar as text


def _write_yaml(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")  # every JSON is YAML
