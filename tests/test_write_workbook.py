"""The workbook, opened again: typed cells, exact pence, the same bytes."""

import io
import zipfile
from datetime import datetime
from decimal import Decimal
from functools import cache

import polars as pl
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.test_write_claim import example, nothing
from wlz_calc.catalogue import CODES
from wlz_calc.claim import Claim
from wlz_calc.finding import Finding, Meaning, Severity, Stage, Where
from wlz_calc.frames import SHARED
from wlz_calc.money import pence
from wlz_calc.write import sheets
from wlz_calc.write.sheets.names import sheet_names
from wlz_calc.write.workbook import claim_workbook

COUNCIL = "Council of the Borough"
SCHOOL = "Ark Swift Primary Academy of t…"


@cache
def made() -> bytes:
    return claim_workbook(example())


def opened(claim: Claim | None = None) -> Workbook:
    return load_workbook(io.BytesIO(claim_workbook(claim) if claim else made()))


def heading_row(page: Worksheet) -> int:
    assert page.freeze_panes is not None
    return int(str(page.freeze_panes).removeprefix("A")) - 1


def table(page: Worksheet) -> list[dict[str, object]]:
    """The rows of the table of a sheet, by the names of its columns."""
    (own,) = page.tables.values()
    heading, *rows = [[cell.value for cell in row] for row in page[own.ref]]
    return [dict(zip(map(str, heading), row, strict=True)) for row in rows]


def owed(page: Worksheet) -> list[dict[str, object]]:
    """The rows of the cover, which are no table, down to the grand total."""
    rows = list(page.iter_rows(min_row=heading_row(page), values_only=True))
    (end,) = (number for number, row in enumerate(rows) if row[0] == "Grand total")
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1 : end + 1]]


def page_header(page: Worksheet) -> str | None:
    return page.oddHeader.center.text if page.oddHeader else None


def in_pence(value: object) -> int:
    return pence(Decimal(str(value)))


def texts(page: Worksheet) -> list[str]:
    return [str(row[0]) for row in page.iter_rows(values_only=True) if row and row[0] is not None]


def test_a_sheet_for_everybody_and_one_for_each_thing_beside() -> None:
    assert opened().sheetnames == [
        "Cover",
        COUNCIL,
        "A donor",
        SCHOOL,
        "By payment",
        "To date",
        "Adjustments",
        "Cut",
        "Unfunded",
        "Held",
        "Not yet due",
        "Provenance",
        "Reconciliation",
    ]


def test_nothing_claimed_is_a_workbook_too() -> None:
    book = opened(nothing())
    assert book.sheetnames[0] == "Cover"
    assert "Held" not in book.sheetnames
    assert page_header(book[COUNCIL]) is None


def test_the_sheets_add_up_to_the_pence_of_the_lines() -> None:
    book, claim = opened(), example()
    amounts = [in_pence(row["Amount"]) for name in (COUNCIL, "A donor", SCHOOL) for row in table(book[name])]
    each = [in_pence(row["Amount"]) for row in table(book[COUNCIL])]
    own = claim.lines.filter(pl.col("commissioner") == "council")["amount"]
    assert sum(amounts) == claim.lines["amount"].sum()
    assert sorted(each) == sorted(own.to_list())


def test_totals_are_values_below_the_rows() -> None:
    page = opened()[COUNCIL]
    last = [cell.value for cell in page[page.max_row]]
    assert last[0] == "Total"
    assert in_pence(last[6]) == -3455
    assert in_pence(owed(opened()["Cover"])[-1]["Total"]) == 8550


def test_ids_are_text_dates_are_dates_and_money_is_money() -> None:
    page = opened()[COUNCIL]
    child, *_, number, due_on, amount, kind, _ = page[heading_row(page) + 1]
    assert (child.value, child.data_type, child.number_format) == ("@x,1", "s", "@")
    assert number.value == 4
    assert (due_on.value, due_on.number_format) == (datetime(2018, 6, 30), "dd/mm/yyyy")  # noqa: DTZ001
    assert (amount.data_type, amount.number_format) == ("n", "£#,##0.00")
    assert kind.value == "reversal of 2018-Q2"


def test_text_that_begins_like_a_formula_stays_text() -> None:
    pages = [page for page in opened().worksheets if page.title != "Reconciliation"]
    cells = [cell for page in pages for row in page.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert {"=007", "+44", "@x,1", "=1+1"} <= {cell.value for cell in cells}


def test_control_characters_do_not_break_a_sheet() -> None:
    held = example().held.with_columns(reason=pl.lit("a\x00b\tc\x1b"))
    rows = table(opened(example()._replace(held=held))["Held"])
    assert rows[0]["Reason"] == "a�b�c�"


def test_a_commissioner_shown_totals_gets_no_child() -> None:
    page = opened()["A donor"]
    values = {value for row in page.iter_rows(values_only=True) for value in row}
    assert "Child" not in values
    assert not {"=007", "+44"} & values
    assert [(row["Payment"], row["Lines"], row["Amount"]) for row in table(page)] == [
        ("Sign-up", 1, 60),
        ("Sign-up", 1, 0.05),
    ]


def test_every_sheet_carries_its_marks_on_screen_and_on_paper() -> None:
    for page in opened().worksheets:
        assert any(text.startswith("ILLUSTRATIVE TERMS: prices, thresholds") for text in texts(page)), (
            page.title
        )
        assert any(text.startswith("PROVISIONAL") for text in texts(page)), page.title
        assert page_header(page) == "&BILLUSTRATIVE TERMS, PROVISIONAL"


def test_every_sheet_prints_on_a4_with_its_headings_on_every_page() -> None:
    for page in opened().worksheets:
        assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
        repeated = None if page.title == "Cover" else f"${heading_row(page)}:${heading_row(page)}"
        assert page.print_title_rows == repeated
        assert page.sheet_properties.pageSetUpPr is not None
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.page_setup.fitToHeight == 0


def test_the_cover_has_the_opening_balance_and_its_parts() -> None:
    page = opened()["Cover"]
    assert [row["Opening balance"] for row in owed(page)] == [180, 60, 0, 240]
    assert any("not in this claim" in text for text in texts(page))


def test_provenance_lists_every_file_with_its_digest_and_rows() -> None:
    assert table(opened()["Provenance"]) == [
        {
            "Role": "children",
            "File": "extracts/children.csv",
            "Sheet": None,
            "Rows": 1204,
            "SHA-256": "ab" * 32,
            "Validated by, and on": "the school, 2019-01-04",
        },
        {
            "Role": "card",
            "File": "alpha.yaml",
            "Sheet": None,
            "Rows": None,
            "SHA-256": "cd" * 32,
            "Validated by, and on": None,
        },
    ]


def test_the_same_claim_is_the_same_bytes() -> None:
    assert made() == claim_workbook(example())
    with zipfile.ZipFile(io.BytesIO(made())) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = opened().properties
    assert properties.created == properties.modified == datetime(2018, 12, 31)  # noqa: DTZ001


def test_long_text_wraps_into_a_row_high_enough() -> None:
    held = example().held.with_columns(reason=pl.lit("a long reason " * 8))
    page = opened(example()._replace(held=held))["Held"]
    assert page.row_dimensions[heading_row(page) + 1].height == 45


def test_warnings_are_counted_on_the_cover_and_told_in_full_on_a_sheet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    meaning = Meaning(Stage.SENSE, Severity.WARNING, "An odd thing", "Why.", "look again")
    monkeypatch.setitem(CODES, "odd-thing", meaning)
    odd = Finding("odd-thing", Where("sdq.csv", 7, "total"), "=41", "at most 40")
    book = opened(example()._replace(findings=(odd, odd)))
    assert "An odd thing: 2 times, sdq.csv" in texts(book["Cover"])
    assert table(book["Warnings"])[0] == {
        "Severity": "warning",
        "Code": "odd-thing",
        "File": "sdq.csv",
        "Row": 7,
        "Column": "total",
        "Found": "=41",
        "Expected": "at most 40",
        "How to mend it": "look again",
    }


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Cover", "held", "History"], ["Cover (2)", "held (2)", "History (2)"]),
        (["A/B:C?[x]*\\", "'quoted'", "  "], ["A B C x", "quoted", "Commissioner"]),
        (["x" * 40, "X" * 40], ["x" * 30 + "…", "X" * 26 + "… (2)"]),
        (["Same", "same", "SAME"], ["Same", "same (2)", "SAME (3)"]),
    ],
)
def test_names_of_sheets_are_such_as_excel_takes(names: list[str], expected: list[str]) -> None:
    assert list(sheet_names(names)) == expected


def test_a_claim_too_long_for_a_sheet_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sheets.refusal(example()) is None
    monkeypatch.setattr(sheets, "MOST_LINES", 4)
    assert sheets.refusal(example()) == (
        "Council of the Borough has 5 lines; a sheet holds 4: write .csv or .parquet instead"
    )


def test_two_contracts_have_a_total_each() -> None:
    claim = example()
    other = claim.lines.with_columns(contract=pl.lit("beta", dtype=SHARED))
    book = opened(claim._replace(lines=pl.concat([claim.lines, other])))
    totals = [
        row[:2] for row in book["Cover"].iter_rows(values_only=True) if row[0] in {"Grand total", "Of it"}
    ]
    assert totals == [("Grand total", None), ("Of it", "alpha"), ("Of it", "beta")]
