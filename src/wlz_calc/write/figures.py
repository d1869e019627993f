"""Figures of the outcomes framework: counts and what is made of them, as data and in files.

Percentages are whole numbers, halves rounded up. What is suppressed is `c`; what does not apply is `z` in csv
and null in json: the symbols of the Department for Education. A zero is 0.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from wlz_calc.durable import Content, Writer
from wlz_calc.money import pounds
from wlz_calc.monitored import UNREAD, Results
from wlz_calc.write import csvw, words
from wlz_calc.write.data import provenance
from wlz_calc.write.output import Format, format_of

Row = Mapping[str, Any]
Numbered = tuple[int, Row]
Figure = int | str | None
"""A count, a percentage, pounds as text, SUPPRESSED, or nothing where none applies."""

FORMATS: Final = (Format.CSV, Format.JSON)
SUPPRESSED: Final = "c"
NOT_APPLICABLE: Final = "z"
COUNTS: Final = ("children", *map(str, UNREAD), "both_readings", "not_at_risk", "at_risk",
                 "no_longer_at_risk", "improved", "not_improved")  # fmt: skip
CSV_COLUMNS: Final = {
    "as_of": "The day on which this was known",
    "contract": "The outcomes contract",
    "card_version": "The version of the rate card that governs the children",
    "by": "What the children are split by",
    "group": "The group; `all` for all of them together",
    "domain": "The domain of the outcomes framework",
    "area": "The area of the framework",
    "measure": "The measure; none in a line about a payment",
    "phases": "The phases in which it is asked about",
    "paid": "The outcome that pays for it; none where it is only monitored",
    "payment": "The payment on the rate card; none in a line about a measure",
    "figure": "What is counted",
    "value": "The count, percentage or pounds; c: suppressed, z: does not apply",
}

# ---------------------------------------------------------------- figures


def percent(part: int, whole: int) -> int:
    """A whole number, halves rounded up."""
    return (200 * part + whole) // (2 * whole)


def _figure(results: Results, table: str, numbered: Numbered, column: str) -> Figure:
    n, row = numbered
    return SUPPRESSED if (table, n, column) in results.suppressed else row[column]


def measured(results: Results, numbered: Numbered) -> dict[str, Figure]:
    """The figures of a row of measures."""
    figures = {column: _figure(results, "measures", numbered, column) for column in COUNTS}
    base = "both_readings" if numbered[1]["at_risk"] is None else "at_risk"
    return {
        **figures,
        "percent_no_longer_at_risk": _share(figures, ["no_longer_at_risk"], base),
        "percent_improved": _share(figures, ["no_longer_at_risk", "improved"], base),
    }


def paid(results: Results, numbered: Numbered) -> dict[str, Figure]:
    """The figures of a row of the funnel."""
    figures = {column: _figure(results, "funnel", numbered, column) for column in ("children", "met")}
    value = _figure(results, "funnel", numbered, "value")
    money = pounds(value) if isinstance(value, int) else value
    return {**figures, "percent": _share(figures, ["met"], "children"), "value": money}


def _share(figures: Mapping[str, Figure], parts: Sequence[str], base: str) -> Figure:
    """A percentage; suppressed with any of the counts that it is made of."""
    whole, own = figures[base], [figures[part] for part in parts if figures[part] is not None]
    if SUPPRESSED in {whole, *own}:
        return SUPPRESSED
    counts = [count for count in own if isinstance(count, int)]
    return percent(sum(counts), whole) if counts and isinstance(whole, int) and whole else None


# ---------------------------------------------------------------- for programs


def results_csv(results: Results) -> Writer:
    """A line for each figure."""
    text = io.StringIO()
    lines = csv.DictWriter(text, CSV_COLUMNS, restval="", lineterminator="\n")
    lines.writeheader()
    for row in _records(results):
        figures = row.pop("figures")
        for figure, value in figures.items():
            lines.writerow(row | {"figure": figure, "value": NOT_APPLICABLE if value is None else value})
    return lambda file: file.writelines([text.getvalue().encode()])


def results_json(results: Results) -> Writer:
    """All of it as one object."""
    body = _as_json(_stated(results) | {"results": list(_records(results))})
    return lambda file: file.writelines([body])


def _stated(results: Results) -> dict[str, object]:
    """What every form of results carries about itself."""
    return {
        "as_of": results.as_of.isoformat(),
        "by": results.by.value,
        "suppressed_below": results.least,
        "illustrative": {contract: list(terms) for contract, terms in results.illustrative.items()},
        "provenance": provenance(results.provenance),
    }


def _as_json(body: Mapping[str, object]) -> bytes:
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()


def result_files(results: Results, path: Path) -> dict[Path, Content]:
    """What to write for results: the csv with its metadata beside it, or the one object."""
    if format_of(path) is Format.JSON:
        return {path: results_json(results)}
    return {path: results_csv(results), csvw.companion(path): _metadata(results, path.name)}


def _metadata(results: Results, name: str) -> bytes:
    """The metadata of a csv file of results, by its name: CSV on the Web, as beside every csv."""
    marks = [f"{words.banner(terms)} ({contract})" for contract, terms in results.illustrative.items()]
    columns = [
        {"name": column, "titles": column, "dc:description": meaning, "datatype": "string"}
        for column, meaning in CSV_COLUMNS.items()
    ]
    return _as_json(
        {
            "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
            "url": name,
            "dc:title": f"Results as of {words.day(results.as_of)}",
            "dc:description": "; ".join(marks) or f"Of {results.provider}",
            "dc:creator": f"wlz-calc {results.provenance.version}",
            "dc:date": results.as_of.isoformat(),
            "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\n"]},
            "tableSchema": {"columns": columns},
            "notes": [_stated(results)],
        }
    )


def _records(results: Results) -> Iterator[dict[str, Any]]:
    for numbered in rows_of(results, "measures"):
        row = numbered[1]
        described = {name: row[name] or "" for name in ("domain", "area", "measure", "paid")}
        phases = " ".join(row["phases"])
        yield _place(results, row) | described | {"phases": phases, "figures": measured(results, numbered)}
    for numbered in rows_of(results, "funnel"):
        payment = {"payment": numbered[1]["payment"], "figures": paid(results, numbered)}
        yield _place(results, numbered[1]) | payment


def _place(results: Results, row: Row) -> dict[str, Any]:
    return {
        "as_of": results.as_of.isoformat(),
        "contract": row["contract"],
        "card_version": row["card_version"],
        "by": results.by.value,
        "group": row["group"] or "all",
    }


def rows_of(results: Results, table: str) -> list[Numbered]:
    """The rows of a table with their numbers."""
    return list(enumerate(getattr(results, table).iter_rows(named=True)))
