"""Findings for people and for programs: text by cause, csv, json, and annotations of a GitHub workflow.

Promises that all of them are shown, each with its place as the spreadsheet numbers it. In the text,
findings of one cause are one notice with their rows; the other forms have one entry for each.
"""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable
from typing import Final, NamedTuple

from wlz_calc.finding import Finding, Group, grouped, is_yaml
from wlz_calc.write.words import counted, visible

MOST_ROWS: Final = 10
MOST_FOUND: Final = 3
COLUMNS: Final = (
    "severity", "stage", "code", "file", "sheet", "row", "column", "found", "expected", "fix",
)  # fmt: skip


class Notice(NamedTuple):
    """The findings of one cause, in words: a heading, and lines below it."""

    severity: str
    heading: str
    body: tuple[str, ...]


def notices(findings: Iterable[Finding]) -> list[Notice]:
    """One notice for each cause, errors first."""
    return [_notice(group) for group in grouped(findings)]


def format_text(findings: Iterable[Finding]) -> str:
    """All notices as text."""
    blocks = ("\n  ".join([notice.heading, *notice.body]) for notice in notices(findings))
    return "".join(f"{block}\n" for block in blocks)


def tally(findings: Iterable[Finding]) -> list[tuple[str, str, int]]:
    """How often each thing was found in each file: its title (an error says so), the file, the times."""
    counts: Counter[tuple[bool, str, str]] = Counter()
    for finding in findings:
        counts[not finding.is_error, finding.meaning.title, finding.where.file] += 1
    return [
        (title if warns else f"Error: {title}", file, times)
        for (warns, title, file), times in sorted(counts.items())
    ]


def _notice(group: Group) -> Notice:
    meaning = group.first.meaning
    said = [_place(group), _found(group), f"mend: {meaning.fix}" if meaning.fix else ""]
    return Notice(
        meaning.severity,
        f"{meaning.severity} {group.first.code}: {meaning.title}",
        tuple(visible(line) for line in said if line),
    )


def _place(group: Group) -> str:
    return f"{group.first.where}{_more_rows(group)}"


def _more_rows(group: Group) -> str:
    """The rows beyond the first, in figures as far as a reader would follow them."""
    more = sorted(set(group.rows) - {group.first.where.row})
    if not more:
        return ""
    shown = ", ".join(str(number) for number in more[:MOST_ROWS])
    rest = f" and {len(more) - MOST_ROWS:,} more" if len(more) > MOST_ROWS else ""
    unit = "line" if is_yaml(group.first.where.file) else "row"
    return f" (and {counted(len(more), f'more {unit}')}: {shown}{rest})"


def _found(group: Group) -> str:
    shown = ", ".join(group.found[:MOST_FOUND])
    rest = len(group.found) - MOST_FOUND
    found = f"found {shown}{f' and {rest:,} more' if rest > 0 else ''}" if shown else ""
    expected = f"expected {group.first.expected}" if group.first.expected else ""
    return "; ".join(part for part in (found, expected) if part)


def _record(finding: Finding) -> dict[str, str | int | None]:
    where, meaning = finding.where, finding.meaning
    return {
        "severity": str(meaning.severity),
        "stage": meaning.stage.name.lower(),
        "code": finding.code,
        "file": where.file,
        "sheet": where.sheet,
        "row": where.row,
        "column": where.column,
        "found": finding.found,
        "expected": finding.expected,
        "fix": meaning.fix,
    }


def records(findings: Iterable[Finding]) -> list[dict[str, str | int | None]]:
    """Findings as plain objects, one for each, in the order in which they were found."""
    return [_record(finding) for finding in findings]


def format_csv(findings: Iterable[Finding]) -> bytes:
    """One row for each finding, under `COLUMNS`."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(records(findings))
    return text.getvalue().encode()


def format_json(findings: Iterable[Finding]) -> bytes:
    """A list with one object for each finding."""
    return (json.dumps(records(findings), ensure_ascii=False, indent=1) + "\n").encode()


def format_annotations(findings: Iterable[Finding], folder: str = "") -> str:
    """Workflow commands that GitHub shows beside the files; `folder`: where these are in the repository."""
    return "".join(f"{_annotation(finding, folder)}\n" for finding in findings)


def _annotation(finding: Finding, folder: str) -> str:
    where, meaning = finding.where, finding.meaning
    properties = {
        "file": f"{folder.rstrip('/')}/{where.file}" if folder not in {"", "."} else where.file,
        "line": "" if where.row is None else str(where.row),
        "title": f"{finding.code}: {meaning.title}",
    }
    given = ",".join(f"{name}={_escaped_property(text)}" for name, text in properties.items() if text)
    said = [f"{where}", _found(Group((finding,))), meaning.fix]
    message = _escaped("\n".join(visible(line) for line in said if line))
    return f"::{meaning.severity} {given}::{message}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped_property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
