"""What was drawn, on a terminal and as files: its strata and its items, as the worksheet words them.

A cell of the csv is text in a spreadsheet too, whatever it begins with: people open it there. What has no
room in its columns stands in its metadata beside it.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl
from rich.console import Console

from wlz_calc.durable import Content
from wlz_calc.money import sterling
from wlz_calc.write import csvw, words
from wlz_calc.write.console import show_provenance
from wlz_calc.write.data import in_pounds, stamp
from wlz_calc.write.findings import FORMULA_STARTS
from wlz_calc.write.output import Format, format_of
from wlz_calc.write.screen import MARK, QUIET, STRONG, Grid, draw, gap, say
from wlz_calc.write.worksheet import CONFIDENTIAL_LINE, METHOD, TITLE, Worksheet

INDENT: Final = 5
MONEY: Final = ("price", "amount")


def show_worksheet(console: Console, worksheet: Worksheet) -> None:
    """The strata, then every item with its evidence."""
    say(console, TITLE, STRONG)
    for line in _marks(worksheet):
        say(console, line, MARK)
    for line in worksheet.head:
        say(console, line)
    say(console, METHOD, QUIET)
    _strata(console, worksheet.strata)
    for item in worksheet.items.iter_rows(named=True):
        _item(console, item)
    show_provenance(console, worksheet.provenance)


def _strata(console: Console, strata: pl.DataFrame) -> None:
    gap(console)
    drawn = Grid(["Stratum", "School", "Claimed"], ["Size", "Drawn"], ratios=[2, 1, 1])
    for number, claimed, payment, school, size, taken in strata.iter_rows():
        drawn.row(f"{number:<{INDENT}}{payment}", school, claimed, f"{size:,}", f"{taken:,}")
    drawn.section()
    sums = (f"{strata[name].sum():,}" for name in ("size", "drawn"))
    drawn.row("Total", "", "", *sums, style=STRONG)
    draw(console, drawn)


def _item(console: Console, item: Mapping[str, Any]) -> None:
    gap(console)
    number = "" if item["number"] is None else f" as {item['number']}"
    payable = f"{item['payment']}: {item['outcome']}" if item["outcome"] else item["payment"]
    say(console, f"{item['no']:<{INDENT}}Child {item['child_id']}, {payable}{number}", STRONG)
    said = [item["school"], f"stratum {item['stratum']}", item["claimed"], item["decision"], *_figures(item)]
    say(console, ", ".join(said), indent=INDENT)
    say(console, item["reason"], indent=INDENT)
    say(console, f"Evidence: {item['evidence']}", QUIET, indent=INDENT)


def _figures(item: Mapping[str, Any]) -> list[str]:
    due_on = [f"due on {words.day(item['due_on'])}"] if item["due_on"] else []
    amounts = {"price": item["price"], "claimed": item["amount"]}
    return due_on + [f"{name} {sterling(pence)}" for name, pence in amounts.items() if pence is not None]


def beside(worksheet: Worksheet) -> str:
    """What is said beside a csv or a file: its marks, and how it is drawn again."""
    return "".join(f"{line}\n" for line in (*_marks(worksheet), *worksheet.head))


def _marks(worksheet: Worksheet) -> Iterator[str]:
    yield CONFIDENTIAL_LINE
    for contract, terms in worksheet.illustrative.items():
        yield f"{words.banner(terms)} ({contract})"


def worksheet_files(worksheet: Worksheet, path: Path) -> dict[Path, Content]:
    """What to write for it: a workbook, or a csv with its metadata, as the name asks for."""
    if format_of(path) is Format.XLSX:
        from wlz_calc.write.workbook import worksheet_workbook

        return {path: worksheet_workbook(worksheet)}
    return {path: worksheet_csv(worksheet), csvw.companion(path): _metadata(worksheet, path.name)}


def worksheet_csv(worksheet: Worksheet) -> bytes:
    """The items in words, with the columns that are left to the verifier."""
    harmless = pl.col(pl.String).str.replace(f"^([{re.escape(''.join(FORMULA_STARTS))}])", "'$1")
    cells = worksheet.items.with_columns(harmless, *(in_pounds(name) for name in MONEY))
    return cells.write_csv().encode()


def _metadata(worksheet: Worksheet, name: str) -> bytes:
    """What a verifier must know who has the csv alone: CSV on the Web, as beside every csv."""
    columns = [{"name": column, "titles": column} for column in worksheet.items.columns]
    described = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": name,
        "dc:title": TITLE,
        "dc:description": "\n".join([CONFIDENTIAL_LINE, *worksheet.head, METHOD]),
        "tableSchema": {"columns": columns},
        "notes": [stamp(worksheet) | {"strata": worksheet.strata.to_dicts()}],
    }
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()
