"""A worked case as a programme folder: its tables as extracts, with everything filled in that it leaves out.

* A row: what `usual` says of its extract, where the case does not. `child` stands for `child_id`.
* Children: where there is no register, every child that another table names; other extracts are empty.
"""

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from wlz_calc.ratecard.card import Card
from wlz_calc.standards.sdq import ITEMS, SUBSCALES
from wlz_calc.trial import Row, Table

READINGS: Final = ("engagement", "attendance", "attainment", "sdq", "survey")
NOTHING: Final = Table((), ())


def usual(card: Card) -> dict[str, Row]:
    """What a row of each extract says where a case is silent; of a questionnaire, nothing was answered."""
    return {
        "engagement": {
            "date": "",
            "kind": "link_worker",
            "provider": "",
            "session": "",
            "status": "attended",
        },
        "attendance": {"date": "", "session": "AM", "code": ""},
        "attainment": {
            "subject": "maths",
            "assessed_on": "",
            "scale": "standardised_age_score",
            "score": "",
            "expected": "",
        },
        "sdq": {"completed_on": "", "informant": card.informants.get("primary", "teacher")},
        "survey": {"completed_on": "", "measure": next(iter(card.surveys), ""), "score": ""},
        "children": {
            "contract": card.contract,
            "school": "oak",
            "authority": "town",
            "year_group": "5",
            "joined_on": str(card.joined.start),
            "consent_on": "",
        },
        "schools": {},
        "holds": {"payment": "", "outcome": "", "reason": "A query", "to": ""},
    }


def write(folder: Path, card: Card, file: Path, extracts: Mapping[str, Table]) -> None:
    """The programme folder of a case on the card in that file."""
    (folder / "extracts").mkdir()
    for name, rows in filled_in(extracts, usual(card)).items():
        write_csv(folder / ("" if name == "holds" else "extracts") / f"{name}.csv", rows)
    settings = json.dumps({"rate_cards": [str(file.resolve())]})  # every JSON is YAML
    (folder / "wlz.yaml").write_text(settings, encoding="utf-8")


def filled_in(given: Mapping[str, Table], silent: Mapping[str, Row]) -> dict[str, list[Row]]:
    """Every extract; one without rows has an empty one, which gives it its headings."""
    tables = {}
    for name in (*READINGS, *(name for name in given if name not in READINGS)):
        table = given.get(name, NOTHING)
        usual_row = _usual(name, table.headings, silent)
        rows = [_row(row, usual_row) for row in table.rows]
        tables[name] = rows or [dict.fromkeys(usual_row, "")]
    if "children" not in given:
        named = dict.fromkeys(row["child_id"] for rows in tables.values() for row in rows)
        tables["children"] = [{**silent["children"], "child_id": child} for child in named if child]
    return tables


def _usual(extract: str, headings: tuple[str, ...], silent: Mapping[str, Row]) -> Row:
    usual = {} if extract == "schools" else {"child_id": ""}
    if extract == "attendance" and "period_start" in headings:
        return usual
    if extract == "sdq":
        usual |= dict.fromkeys(ITEMS if set(headings) & set(ITEMS) else SUBSCALES, "")
    return usual | silent[extract]


def _row(given: Row, usual: Row) -> Row:
    said = {name: cell for name, cell in given.items() if name != "child"}
    row = {**usual, **said} | ({"child_id": given["child"]} if "child" in given else {})
    if row.get("kind") == "partner":
        row["provider"] = row["provider"] or "club"
    return row


def write_csv(path: Path, rows: list[Row]) -> None:
    """The rows as an extract; one in which nothing is said is left out."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(row for row in rows if any(row.values()))
