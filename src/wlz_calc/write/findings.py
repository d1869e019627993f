"""Findings for people and for programs: text by cause, csv, json, and annotations of a GitHub workflow.

Promises that each has its place as the spreadsheet numbers it. In the text, findings of one cause are one
notice, with a few of its rows or with all; the other forms have one entry for each. On a terminal the text is
folded between words; in a pipe a line stays whole, for whoever searches it.
"""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable
from shutil import get_terminal_size
from textwrap import fill
from typing import Final, NamedTuple, TextIO

from wlz_calc.finding import Finding, Group, Where, every, grouped, is_yaml
from wlz_calc.write.words import counted, visible

MOST_ROWS: Final = 10
MOST_FOUND: Final = 3
MORE: Final = "check --all"
"""What shows the rows that are left out; it knows nothing of the lines of a card."""
COLUMNS: Final = (
    "file", "sheet", "row", "column", "code", "severity", "title", "found", "expected", "mend",
)  # fmt: skip
FOLDED: Final = " " * 4
"""What the rest of a line begins with that is longer than a terminal is wide."""
FORMULA_STARTS: Final = ("=", "+", "-", "@")


class Notice(NamedTuple):
    """The findings of one cause, in words: a heading, and lines below it."""

    severity: str
    heading: str
    body: tuple[str, ...]


def notices(findings: Iterable[Finding], *, all_rows: bool = False) -> list[Notice]:
    """One notice for each cause, errors first; `all_rows`: with a line for each of its findings."""
    said = _each if all_rows else _few
    return [_notice(group, said(group)) for group in grouped(findings)]


def format_text(findings: Iterable[Finding], *, all_rows: bool = False) -> str:
    """All notices as text."""
    shown = notices(findings, all_rows=all_rows)
    blocks = ("\n  ".join([notice.heading, *notice.body]) for notice in shown)
    return "".join(f"{block}\n" for block in blocks)


def write_text(stream: TextIO, findings: Iterable[Finding], *, all_rows: bool = False) -> None:
    """All notices as text on a stream."""
    stream.write(folded(format_text(findings, all_rows=all_rows), stream))


def folded(text: str, stream: TextIO) -> str:
    """The text as a stream gets it; a word that is wider than a terminal stays one, as a path has to."""
    if not stream.isatty():
        return text
    width = get_terminal_size().columns
    return "\n".join(
        fill(line, width, subsequent_indent=FOLDED, break_long_words=False, break_on_hyphens=False)
        for line in text.split("\n")
    )


def tally(findings: Iterable[Finding]) -> list[tuple[str, str, int]]:
    """How often each thing was found in each file: its title (an error says so), the file, the times."""
    counts: Counter[tuple[bool, str, str]] = Counter()
    for finding in findings:
        counts[not finding.is_error, finding.meaning.title, finding.where.file] += finding.times
    return [
        (title if warns else f"Error: {title}", file, times)
        for (warns, title, file), times in sorted(counts.items())
    ]


def sealed_form(finding: Finding) -> dict[str, object]:
    """A finding with all that it says, as it is sealed with a claim."""
    rows = finding.rows and {"numbers": list(finding.rows.numbers), "cells": list(finding.rows.cells)}
    return {**finding._asdict(), "where": finding.where._asdict(), "rows": rows}


def _notice(group: Group, said: list[str]) -> Notice:
    meaning = group.first.meaning
    lines = [*said, f"mend: {meaning.fix}" if meaning.fix else ""]
    return Notice(
        meaning.severity,
        f"{meaning.severity} {group.first.code}: {meaning.title}",
        tuple(visible(line) for line in lines if line),
    )


def _few(group: Group) -> list[str]:
    """A cause with its first rows, and the first things found."""
    shown = ", ".join(group.found[:MOST_FOUND])
    rest = len(group.found) - MOST_FOUND
    found = f"{shown}{f' and {rest:,} more' if rest > 0 else ''}"
    return [f"{group.first.where}{_more_rows(group)}", _found(found, group.first.expected)]


def _more_rows(group: Group) -> str:
    """The rows beyond the first, in figures as far as a reader would follow them."""
    more = sorted(set(group.rows) - {group.first.where.row})
    if not more:
        return ""
    shown = ", ".join(str(number) for number in more[:MOST_ROWS])
    rest = f" and {len(more) - MOST_ROWS:,} more" if len(more) > MOST_ROWS else ""
    unit = _unit(group.first.where)
    hint = f"; {MORE}" if rest and unit == "row" else ""
    return f" (and {counted(len(more), f'more {unit}')}: {shown}{rest}{hint})"


def _unit(where: Where) -> str:
    return "line" if is_yaml(where.file) else "row"


def _each(group: Group) -> list[str]:
    """A cause with all of its rows, and what was found in each."""
    findings = list(every(group.findings))
    if len(findings) == 1:
        return _few(group)
    times = counted(len(findings), "time")
    return [
        f"{group.first.where._replace(row=None)}, {times}",
        _found("", group.first.expected),
        *(_row(finding) for finding in findings),
    ]


def _row(finding: Finding) -> str:
    where = finding.where
    place = "" if where.row is None else f"{_unit(where)} {where.row}"
    said = ": ".join(part for part in (place, finding.found) if part)
    return f"  {said}" if said else ""


def _found(found: str, expected: str) -> str:
    said = (f"found {found}" if found else "", f"expected {expected}" if expected else "")
    return "; ".join(part for part in said if part)


def _record(finding: Finding) -> dict[str, str | int | None]:
    where, meaning = finding.where, finding.meaning
    return {
        "file": where.file,
        "sheet": where.sheet,
        "row": where.row,
        "column": where.column,
        "code": finding.code,
        "severity": str(meaning.severity),
        "title": meaning.title,
        "found": finding.found,
        "expected": finding.expected,
        "mend": meaning.fix,
    }


def records(findings: Iterable[Finding]) -> list[dict[str, str | int | None]]:
    """Findings as plain objects, one for each, in the order in which they were found."""
    return [_record(finding) for finding in every(findings)]


def format_csv(findings: Iterable[Finding]) -> bytes:
    """One row for each finding, under `COLUMNS`, in cells that no spreadsheet takes for formulas."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _harmless(said) for name, said in each.items()} for each in records(findings))
    return text.getvalue().encode()


def _harmless(said: str | int | None) -> str | int | None:
    """A cell that is text in a spreadsheet too, whoever wrote what it quotes."""
    if not isinstance(said, str):
        return said
    shown = said if said.isprintable() else visible(said)
    return f"'{shown}" if shown.startswith(FORMULA_STARTS) else shown


def format_json(findings: Iterable[Finding]) -> bytes:
    """A list with one object for each finding."""
    return (json.dumps(records(findings), ensure_ascii=False, indent=1) + "\n").encode()


def format_annotations(findings: Iterable[Finding], folder: str = "") -> str:
    """Workflow commands that GitHub shows beside the files; `folder`: where these are in the repository."""
    return "".join(f"{_annotation(finding, folder)}\n" for finding in every(findings))


def _annotation(finding: Finding, folder: str) -> str:
    where, meaning = finding.where, finding.meaning
    properties = {
        "file": f"{folder.rstrip('/')}/{where.file}" if folder not in {"", "."} else where.file,
        "line": "" if where.row is None else str(where.row),
        "title": f"{finding.code}: {meaning.title}",
    }
    given = ",".join(f"{name}={_escaped_property(text)}" for name, text in properties.items() if text)
    said = [f"{where}", _found(finding.found, finding.expected), meaning.fix]
    message = _escaped("\n".join(visible(line) for line in said if line))
    return f"::{meaning.severity} {given}::{message}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped_property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
