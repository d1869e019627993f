"""Findings as text by cause, and one by one as csv, json and annotations."""

import csv
import io
import json

import pytest

from wlz_calc.catalogue import CODES
from wlz_calc.finding import Finding, Meaning, Severity, Stage, Where
from wlz_calc.write import findings

ABOVE = Meaning(
    Stage.ROWS,
    Severity.ERROR,
    "Attended more sessions than were possible",
    "A rate above 1 cannot be.",
    "ask the school for the period again",
)
ODD = Meaning(Stage.SENSE, Severity.WARNING, "An odd thing, 50%", "It may be wrong.", "")


@pytest.fixture(autouse=True)
def _codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CODES, "attended-above-possible", ABOVE)
    monkeypatch.setitem(CODES, "odd-thing", ODD)


def above(row: int, found: str = "`120`") -> Finding:
    where = Where("attendance.csv", row, "sessions_attended")
    return Finding("attended-above-possible", where, found, "at most `117`, sessions_possible")


WARNING = Finding("odd-thing", Where("wlz.yaml", 3, "provider"), "", "")


def test_findings_of_one_cause_are_one_notice_and_errors_come_first() -> None:
    assert findings.format_text([WARNING, above(14), above(15), above(20), above(31, "`99`")]) == (
        "error attended-above-possible: Attended more sessions than were possible\n"
        "  attendance.csv, row 14, column sessions_attended (and 3 more rows: 15, 20, 31)\n"
        "  found `120`, `99`; expected at most `117`, sessions_possible\n"
        "  mend: ask the school for the period again\n"
        "warning odd-thing: An odd thing, 50%\n"
        "  wlz.yaml, line 3, column provider\n"
    )


def test_a_tally_counts_by_title_and_file_errors_first() -> None:
    assert findings.tally([WARNING, above(14), above(15)]) == [
        ("Error: Attended more sessions than were possible", "attendance.csv", 2),
        ("An odd thing, 50%", "wlz.yaml", 1),
    ]


def test_a_long_list_of_rows_and_of_things_found_is_counted() -> None:
    text = findings.format_text([above(row, f"`{row}`") for row in range(2, 1500)])
    assert "(and 1,497 more rows: 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 1,487 more; check --all)" in text
    assert "found `2`, `3`, `4` and 1,495 more; expected" in text


def test_one_more_row_and_no_findings() -> None:
    assert "(and 1 more row: 3)" in findings.format_text([above(2), above(3)])
    assert findings.format_text([]) == ""


def test_every_row_of_a_cause_when_all_are_asked_for() -> None:
    found = [WARNING, above(14), *(above(row, f"`{row}`") for row in range(15, 115))]
    shown = findings.format_text(found, all_rows=True)
    assert shown.startswith(
        "error attended-above-possible: Attended more sessions than were possible\n"
        "  attendance.csv, column sessions_attended, 101 times\n"
        "  expected at most `117`, sessions_possible\n"
        "    row 14: `120`\n"
        "    row 15: `15`\n"
    )
    assert shown.endswith(
        "    row 114: `114`\n"
        "  mend: ask the school for the period again\n"
        "warning odd-thing: An odd thing, 50%\n"
        "  wlz.yaml, line 3, column provider\n"
    )


def test_what_has_no_row_is_listed_by_what_was_found() -> None:
    found = [Finding("odd-thing", Where("a.csv"), said, "") for said in ("`x`", "`y`", "")]
    assert findings.format_text(found, all_rows=True) == (
        "warning odd-thing: An odd thing, 50%\n  a.csv, 3 times\n    `x`\n    `y`\n"
    )


def test_lines_of_a_card_are_counted_without_a_hint_that_is_not_for_cards() -> None:
    lines = [WARNING._replace(where=WARNING.where._replace(row=line)) for line in range(1, 14)]
    assert "(and 12 more lines: 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more)" in findings.format_text(lines)


def test_a_hundred_thousand_findings_are_a_short_text() -> None:
    text = findings.format_text(above(row, f"`{row}`") for row in range(2, 100_002))
    assert len(text) < 400


def test_a_cell_of_the_csv_is_one_line() -> None:
    odd = Finding("odd-thing", Where("a.csv"), "`a\r\nb`", "")
    assert findings.format_csv([odd]).decode().splitlines()[1:] == [
        'a.csv,,,,odd-thing,warning,"An odd thing, 50%",`a��b`,,'
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_of_the_csv_is_a_formula(start: str) -> None:
    odd = Finding("odd-thing", Where("a.csv", 2, f"{start}1", f"{start}2"), f"{start}3", f"{start}4")
    _, row = csv.reader(io.StringIO(findings.format_csv([odd]).decode(), newline=""))
    assert [cell for cell in row if cell.startswith(start)] == []
    assert row[1:4] + row[7:9] == [f"'{start}2", "2", f"'{start}1", f"'{start}3", f"'{start}4"]


def test_each_finding_is_a_row_of_the_csv() -> None:
    assert findings.format_csv([above(14), WARNING]).decode() == (
        "file,sheet,row,column,code,severity,title,found,expected,mend\n"
        "attendance.csv,,14,sessions_attended,attended-above-possible,error,"
        "Attended more sessions than were possible,`120`,"
        '"at most `117`, sessions_possible",ask the school for the period again\n'
        'wlz.yaml,,3,provider,odd-thing,warning,"An odd thing, 50%",,,\n'
    )


def test_each_finding_is_an_object_of_the_json() -> None:
    first, _ = json.loads(findings.format_json([above(14), above(15)]))
    assert first["row"] == 14
    assert first["sheet"] is None
    assert list(first) == list(findings.COLUMNS)


def test_annotations_escape_what_github_would_read() -> None:
    odd = Finding("odd-thing", Where("a,b:c.xlsx", None, None, "Sheet 1"), "`50%\x1b`", "less")
    assert findings.format_annotations([above(14), odd], "programme/") == (
        "::error file=programme/attendance.csv,line=14,"
        "title=attended-above-possible%3A Attended more sessions than were possible"
        "::attendance.csv, row 14, column sessions_attended%0Afound `120`; expected at most `117`, "
        "sessions_possible%0Aask the school for the period again\n"
        "::warning file=programme/a%2Cb%3Ac.xlsx,title=odd-thing%3A An odd thing%2C 50%25"
        "::a,b:c.xlsx, sheet Sheet 1%0Afound `50%25�`; expected less\n"
    )


def test_annotations_of_the_folder_itself_need_no_prefix() -> None:
    assert "file=attendance.csv," in findings.format_annotations([above(1)], ".")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_lines_folded_between_words_and_a_pipe_gets_them_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "48")
    pipe, terminal = io.StringIO(), Terminal()
    for stream in (pipe, terminal):
        findings.write_text(stream, [above(14)])
    assert pipe.getvalue() == findings.format_text([above(14)])
    assert terminal.getvalue() == (
        "error attended-above-possible: Attended more\n"
        "    sessions than were possible\n"
        "  attendance.csv, row 14, column\n"
        "    sessions_attended\n"
        "  found `120`; expected at most `117`,\n"
        "    sessions_possible\n"
        "  mend: ask the school for the period again\n"
    )
    assert terminal.getvalue().split() == pipe.getvalue().split()
