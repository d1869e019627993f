"""Cases for the rate cards' section *Meaning*, as tables that a commissioner could read.

A case states what its rule is about and nothing else: a fragment of a card, and the extracts as pipe-tables
in the headings of the data dictionary (`child` for `child_id`). The rest is filled in:

* a card: all that BASE says; a payment's clause, the next number (outcomes: one each), a price of 100.00
* a row: what ROWS says of its table; and a partner session is at the club
* children: where there is no register, every child that another table names; other extracts are empty

The case is written to a folder as a programme, and the real pipeline runs on it. What comes out is compared
with the table that the case expects, in its columns, in any order; a row too many is wrong as well.
Source: rate_cards/README.md.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from wlz_calc import pipeline
from wlz_calc.claim import Claim, Decided
from wlz_calc.finding import Finding
from wlz_calc.money import pounds
from wlz_calc.period import Quarter
from wlz_calc.standards.sdq import ITEMS, SUBSCALES
from wlz_calc.tables import POINT

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
PRICE = "100.00"

ROWS = {
    "children": {"contract": "alpha", "school": "ark", "year_group": "5", "joined_on": "2017-01-10"},
    "schools": {},
    "engagement": {"date": "", "kind": "link_worker", "provider": "", "status": "attended"},
    "attendance": {},
    "attainment": {
        "subject": "maths",
        "assessed_on": "",
        "scale": "standardised_age_score",
        "score": "",
        "expected": "",
    },
    "sdq": {"completed_on": "", "informant": "teacher"},
    "survey": {"completed_on": "", "measure": "confidence", "score": ""},
    "holds": {"reason": "A query", "to": ""},
}
MARKS = {"date": "", "session": "AM", "code": ""}
ALWAYS = ("engagement", "attendance", "attainment", "sdq", "survey")

Row = dict[str, str]


@dataclass(frozen=True)
class Table:
    """A pipe-table: what it is headed by, and its cells. An empty cell is an empty text."""

    headings: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, text: str) -> "Table":
        headings, *cells = [
            tuple(cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|"))
            for line in text.strip().splitlines()
        ]
        wrong = [row for row in cells if len(row) != len(headings)]
        assert not wrong, f"rows that do not fit their headings: {wrong}"
        return cls(headings, tuple(cells))

    @property
    def rows(self) -> list[Row]:
        return [dict(zip(self.headings, row, strict=True)) for row in self.cells]


def table(headings: str, rows: Iterable[Iterable[object]]) -> str:
    """A pipe-table whose rows are worked out: `headings` as in `child | status`."""
    cells = [" | ".join(str(cell) for cell in row) for row in rows]
    return "\n".join(f"| {line} |" for line in (headings, *cells))


class Programme:
    """A programme folder made from the tables of a case, and what the pipeline makes of it."""

    def __init__(
        self, folder: Path, *cards: str, resubmission: str = "rows", validated: bool = True, **extracts: str
    ) -> None:
        assert extracts.keys() <= ROWS.keys(), f"no such extract: {extracts.keys() - ROWS.keys()}"
        self.folder = folder
        (folder / "extracts").mkdir(parents=True)
        names = [f"card-{number}.yaml" for number, _ in enumerate(cards or ("",), start=1)]
        for version, (name, fragment) in enumerate(zip(names, cards or ("",), strict=True), start=1):
            _write_yaml(folder / name, _card(fragment, version))
        tables = _tables({name: Table.of(text) for name, text in extracts.items()})
        for name, rows in tables.items():
            place = folder if name == "holds" else folder / "extracts"
            _write_csv(place / f"{name}.csv", rows)
        vouched = {"validated": {"by": "The data manager", "on": "2019-01-01"}}
        sent = [name for name in tables if name != "holds"] if validated else []
        config = {"rate_cards": names, "resubmission": resubmission, "extracts": dict.fromkeys(sent, vouched)}
        _write_yaml(folder / "wlz.yaml", config)

    # ---------------------------------------------------------------- what a case says of it

    def decides(self, quarter: str, expected: str, *, only: str | None = None) -> None:
        """The decisions, one row each; `only`: those on one payment or outcome.

        Columns: child, what (the outcome, or the payment), those of tables.DECISIONS, and the figures of the
        first test: opens, closes, value, baseline, baseline_on, endpoint, endpoint_on, rows.
        """
        __tracebackhide__ = True
        found = [row for row in self.decisions(quarter) if only in {None, row["what"]}]
        _compare(f"Decisions of {quarter}", expected, found)

    def statuses(self, quarter: str, expected: str) -> None:
        """The statuses, one row for each child and a column for each payment or outcome of interest."""
        __tracebackhide__ = True
        self.across(quarter, "status", expected)

    def across(self, quarter: str, column: str, expected: str) -> None:
        """One column of the decisions, with a row for each child, and each payment or outcome beside it."""
        __tracebackhide__ = True
        found: dict[str, Row] = {}
        for row in self.decisions(quarter):
            found.setdefault(row["child"], {"child": row["child"]})[row["what"]] = row[column]
        _compare(f"{column.capitalize()} in {quarter}", expected, found.values())

    def claims(self, quarter: str, *, from_start: bool = False, **expected: str) -> None:
        """The claim: `lines`, `opening`, `cut`, `unfunded`, `held`, `not_yet`, `parties` in their columns."""
        __tracebackhide__ = True
        claim = self.claim(quarter, from_start=from_start)
        for part, table in expected.items():
            _compare(f"Claim for {quarter}, {part}", table, _rows(getattr(claim, part)))

    def refuses(self, expected: str) -> None:
        """Nothing is calculated: the errors, in the columns code, where, found and expected."""
        __tracebackhide__ = True
        said, found = pipeline.check(self.folder)
        assert said is None, "a programme that should have been refused was read"
        _compare("Errors", expected, _findings(finding for finding in found if finding.is_error))

    def warns(self, expected: str) -> None:
        """It is calculated, with these warnings, in the columns code, where, found and expected."""
        __tracebackhide__ = True
        said, found = pipeline.check(self.folder)
        assert said is not None, f"a programme that should have been read was refused: {found}"
        _compare("Warnings", expected, _findings(found))

    # ---------------------------------------------------------------- what comes out

    def decided(self, quarter: str) -> Decided:
        decided, found = pipeline.decisions(self.folder, Quarter.parse(quarter))
        assert decided is not None, f"the case cannot be calculated: {found}"
        return decided

    def decisions(self, quarter: str) -> list[Row]:
        return _rows(self.decided(quarter).decisions)

    def claim(self, quarter: str, *, from_start: bool = False) -> Claim:
        claim, found = pipeline.claim(self.folder, Quarter.parse(quarter), from_start=from_start)
        assert claim is not None, f"the case cannot be calculated: {found}"
        return claim


# ---------------------------------------------------------------- a case as files


def _card(fragment: str, version: int) -> dict[str, Any]:
    card: dict[str, Any] = {"version": str(version), **_yaml(BASE), **_yaml(fragment)}
    number = 0
    for name, payment in card["payments"].items():
        outcomes = payment.get("outcomes", {})
        payment.setdefault("clause", f"Payment {name}")
        if not outcomes:
            payment.setdefault("number", str(number + 1))
        else:
            payment.setdefault("numbers", [str(number + n) for n, _ in enumerate(outcomes, start=1)])
        number = max(int(n) for n in [*payment.get("numbers", []), payment.get("number", number)])
        if not any("price" in terms for terms in (payment, *outcomes.values())):
            payment["price"] = PRICE
    return card


def _yaml(text: str) -> dict[str, Any]:
    return yaml.load(text, yaml.BaseLoader) or {}  # noqa: S506 - it leaves every scalar as text


def _write_yaml(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")  # every JSON is YAML


def _tables(given: dict[str, Table]) -> dict[str, list[Row]]:
    """Every table of the folder with its defaults filled in; one without rows has a row of headings alone."""
    tables: dict[str, list[Row]] = {}
    for name in (*ALWAYS, *(given.keys() - ALWAYS)):
        table = given.get(name, Table((), ()))
        tables[name] = [_row(name, table.headings, row) for row in table.rows]
        tables[name] = tables[name] or [dict.fromkeys(_row(name, ("code",), {}), "")]
    if "children" not in given:
        named = dict.fromkeys(row["child_id"] for rows in tables.values() for row in rows)
        children = [child for child in named if child]
        tables["children"] = [_row("children", (), {"child": child}) for child in children]
    return tables


def _row(table: str, headings: tuple[str, ...], given: Row) -> Row:
    usual = dict(ROWS[table])
    if table == "attendance" and "code" in headings:
        usual = MARKS
    if table == "sdq":
        usual |= dict.fromkeys(ITEMS if set(headings) & set(ITEMS) else SUBSCALES, "")
    row = {"child_id": given.get("child", ""), **usual, **given}
    if row.get("kind") == "partner" and not row["provider"]:
        row["provider"] = "club"
    if table == "schools":
        del row["child_id"]
    return {name: cell for name, cell in row.items() if name != "child"}


def _write_csv(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(row for row in rows if any(row.values()))


# ---------------------------------------------------------------- what comes out as rows of text

MONEY = {"price", "cut", "amount"}


def _rows(frame: pl.DataFrame) -> list[Row]:
    """The rows of a result: a child, what it is for, its figures and dates, and money in pounds."""
    rows = []
    for found in frame.iter_rows(named=True):
        row = {name: _shown(name, value) for name, value in found.items() if name != "evidence"}
        row |= {"child": row.get("child_id", ""), "what": row.get("outcome") or row.get("payment", "")}
        rows.append(row | (_figures(found["evidence"][0]) if "evidence" in found else {}))
    return rows


def _shown(name: str, value: object) -> str:
    if value is None:
        return ""
    return pounds(value) if name in MONEY and isinstance(value, int) else str(value)


def _figures(evidence: dict[str, Any]) -> Row:
    """The figures of a test: a count or a score as it is, a rate as attended/possible."""
    dates = {name: _shown(name, evidence[name]) for name in ("opens", "closes", "baseline_on", "endpoint_on")}
    values = {
        name: _value(evidence[name], evidence[of])
        for name, of in (("value", "of"), ("baseline", "baseline_of"), ("endpoint", "endpoint_of"))
    }
    return dates | values | {"rows": ", ".join(str(row) for row in sorted(evidence["rows"] or ()))}


def _value(value: int | None, of: int) -> str:
    if value is None:
        return ""
    if of == POINT:
        return f"{value / POINT:g}"
    return str(value) if of == 1 else f"{value}/{of}"


def _findings(found: Iterable[Finding]) -> list[Row]:
    return [
        {"code": f.code, "where": str(f.where), "found": f.found.replace("`", ""), "expected": f.expected}
        for f in found
    ]


# ---------------------------------------------------------------- table beside table


def _compare(title: str, expected: str, found: Iterable[Row]) -> None:
    """Every row that the table states was found, and no other."""
    __tracebackhide__ = True
    table = Table.of(expected)
    there = [tuple(row[heading] for heading in table.headings) for row in found]
    if Counter(there) != Counter(table.cells):
        marked = [(" ", table.headings), *_marked(table.cells, there)]
        raise AssertionError(f"{title} (- expected, + found)\n{_drawn(marked)}")


def _marked(
    wanted: Iterable[tuple[str, ...]], there: Iterable[tuple[str, ...]]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The rows of both tables, what was found beside what was expected of the same child."""
    wanted, there = list(wanted), list(there)
    missing, surplus = Counter(wanted) - Counter(there), Counter(there) - Counter(wanted)
    for row in wanted:
        if not missing[row]:
            yield " ", row
            continue
        missing[row] -= 1
        yield "-", row
        for other in [other for other in surplus.elements() if other[0] == row[0]]:
            surplus[other] -= 1
            yield "+", other
    for other in surplus.elements():
        yield "+", other


def _drawn(marked: list[tuple[str, tuple[str, ...]]]) -> str:
    widths = [max(len(row[n]) for _, row in marked) for n, _ in enumerate(marked[0][1])]
    return "\n".join(
        f"{mark} | {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |"
        for mark, row in marked
    )
