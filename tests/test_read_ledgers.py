"""The small tables of money: exact to the penny, and every wrong cell says what was expected of it."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
from openpyxl import Workbook

from wlz_calc.finding import Finding
from wlz_calc.read.ledgers import claimed, payments, payments_in

PAID = "contract,commissioner,quarter,paid_on,amount,reference\n"
SOUND = "alpha,council,2018-Q4,2019-01-31,5.00,BACS 1\n"
LINES = "contract,child_id,commissioner,payment,number,outcome,school,due_on,amount\n"
TOTALS = "child_id,commissioner,amount\n"
DAY = date(2019, 1, 31)


def read(folder: Path, text: str) -> tuple[pl.DataFrame | None, list[Finding]]:
    """A file of payments, or of claims before if it names children."""
    file = folder / "ledger.csv"
    file.write_text(text, encoding="utf-8")
    return (claimed if "child_id" in text else payments)(file, file.name)


def sound(folder: Path, text: str) -> pl.DataFrame:
    frame, found = read(folder, text)
    assert frame is not None, found
    assert found == []
    return frame


def refusal(folder: Path, text: str) -> list[tuple[str, int | None, str | None, str, str]]:
    """Code, row, column, what was found and what was expected, of everything that is wrong."""
    frame, found = read(folder, text)
    assert frame is None
    return [
        (each.code, each.where.row, each.where.column, each.found, each.expected)
        for each in found
        if each.is_error
    ]


def of_one(folder: Path, **cells: str) -> list[tuple[str, str, str]]:
    """Code, what was found and what was expected, where one payment has these cells."""
    names = PAID.strip().split(",")
    row = dict(zip(names, SOUND.strip().split(","), strict=True)) | cells
    wrong = refusal(folder, PAID + ",".join(f'"{row[name]}"' for name in names) + "\n")
    assert {(number, column) for _, number, column, _, _ in wrong} == {(2, name) for name in cells}
    return [(code, found, expected) for code, _, _, found, expected in wrong]


# ---------------------------------------------------------------- payments


def test_payments_are_read_exactly_with_the_rows_of_the_file(tmp_path: Path) -> None:
    frame = sound(tmp_path, f"{PAID}{SOUND}\nalpha,donor,2018-Q4,2019-01-31,-0.5,\n")
    assert frame.schema == {
        "row": pl.UInt32(),
        "contract": pl.String(),
        "commissioner": pl.String(),
        "quarter": pl.String(),
        "paid_on": pl.Date(),
        "amount": pl.Int64(),
        "reference": pl.String(),
    }
    assert frame.rows() == [
        (2, "alpha", "council", "2018-Q4", DAY, 500, "BACS 1"),
        (4, "alpha", "donor", "2018-Q4", DAY, -50, None),
    ]


@pytest.mark.parametrize(
    ("text", "pence"),
    [("0.29", 29), ("1.1", 110), ("7", 700), ("-3.20", -320), ("999999999999.99", 99_999_999_999_999)],
)
def test_pounds_are_whole_pence(tmp_path: Path, text: str, pence: int) -> None:
    row = f"alpha,council,2018-Q4,2019-01-31,{text},\n"
    assert sound(tmp_path, PAID + row)["amount"].to_list() == [pence]


@pytest.mark.parametrize(
    "text", ["12.345", "1,234.50", "1234,50", "£5", "5 GBP", "5.", ".5", "+5", "1e3", "(5.00)", "nil", "5-"]
)
def test_what_is_no_sum_of_pounds_and_pence_is_refused(tmp_path: Path, text: str) -> None:
    expected = "pounds such as 1234.50: digits, and at most two decimals"
    assert of_one(tmp_path, amount=text) == [("cell-not-money", f"`{text}`", expected)]


@pytest.mark.parametrize(
    ("text", "quarter"),
    [
        ("2018-Q4", "2018-Q4"),
        ("2018-q4", "2018-Q4"),
        ("2018/19-Q3", "2018-Q4"),
        ("2018/19-Q4", "2019-Q1"),
        ("1999/00-Q1", "1999-Q2"),
    ],
)
def test_a_quarter_is_counted_by_either_year(tmp_path: Path, text: str, quarter: str) -> None:
    row = f"alpha,council,{text},2019-01-31,5,\n"
    assert sound(tmp_path, PAID + row)["quarter"].to_list() == [quarter]


@pytest.mark.parametrize(
    "text", ["2018", "2018-Q5", "2018-Q0", "18-Q4", "Q4 2018", "2018/20-Q1", "2018Q4", "1066-Q4"]
)
def test_what_is_no_quarter_is_refused(tmp_path: Path, text: str) -> None:
    expected = "2018-Q4, or 2018/19-Q3 by UK financial year"
    assert of_one(tmp_path, quarter=text) == [("cell-not-a-quarter", f"`{text}`", expected)]


def test_a_day_that_is_none_is_refused_without_a_hint_at_what_wlz_yaml_cannot_say(tmp_path: Path) -> None:
    assert of_one(tmp_path, paid_on="31/01/2019") == [
        ("cell-not-a-date", "`31/01/2019`", "a date such as 2016-11-03")
    ]
    assert [code for code, _, _ in of_one(tmp_path, paid_on="2019-02-30")] == ["cell-impossible-date"]
    assert [code for code, _, _ in of_one(tmp_path, paid_on="2919-01-31")] == ["cell-date-far-off"]


def test_only_the_reference_may_be_empty(tmp_path: Path) -> None:
    nothing = dict.fromkeys(["contract", "commissioner", "quarter", "paid_on", "amount"], "")
    assert of_one(tmp_path, **nothing) == [
        ("cell-missing", "", expected)
        for expected in ("a text", "a text", "a quarter", "a date", "a sum in pounds")
    ]


def test_every_heading_but_the_reference_is_required(tmp_path: Path) -> None:
    assert refusal(tmp_path, "Contract,payer,reference\n") == [
        ("heading-missing", 1, "contract", "`Contract`, which may be meant", "a column contract"),
        *[
            ("heading-missing", 1, name, "", f"a column {name}")
            for name in ("commissioner", "quarter", "paid_on", "amount")
        ],
    ]
    assert sound(tmp_path, f"{PAID.replace(',reference', '')}a,b,2018-Q4,2019-01-31,5\n").width == 7


def test_headings_further_down_are_refused_without_a_hint_at_what_wlz_yaml_cannot_say(tmp_path: Path) -> None:
    [(code, row, _, _, expected)] = refusal(tmp_path, f"Payments\n\n{PAID}{SOUND}")
    assert (code, row, expected) == ("heading-row", 3, "the headings in row 1")


def test_a_column_that_is_not_known_is_passed_over_with_a_warning(tmp_path: Path) -> None:
    frame, found = read(tmp_path, PAID.replace("\n", ",bank\n") + SOUND.replace("\n", ",x\n"))
    assert frame is not None
    assert "bank" not in frame.columns
    assert [(each.code, each.found) for each in found] == [("heading-extra", "`bank`")]


def test_a_total_below_the_payments_is_no_payment(tmp_path: Path) -> None:
    frame, found = read(tmp_path, f"{PAID}{SOUND}Total,,,,5.00,\n")
    assert frame is not None
    assert frame.height == 1
    assert [each.code for each in found] == ["rows-below-table"]


def test_headings_alone_say_that_nothing_was_paid(tmp_path: Path) -> None:
    assert sound(tmp_path, PAID).is_empty()


def test_a_payment_in_two_rows_is_refused(tmp_path: Path) -> None:
    again = SOUND.replace("2018-Q4", "2018/19-Q3").replace("5.00", "5")
    unnamed = SOUND.replace("BACS 1", "")
    expected = "each payment once, or two references that tell one from the other"
    assert refusal(tmp_path, PAID + SOUND + unnamed + again + unnamed) == [
        ("payment-twice", 4, "amount", "`5.00` (as in row 2)", expected),
        ("payment-twice", 5, "amount", "`5.00` (as in row 3)", expected),
    ]


@pytest.mark.parametrize(
    ("said", "other"),
    [
        ("alpha", "beta"),
        ("council", "donor"),
        ("2018-Q4", "2018-Q3"),
        ("01-31", "02-01"),
        ("5.00", "5.01"),
        ("BACS 1", "BACS 2"),
    ],
)
def test_payments_that_differ_in_anything_are_two(tmp_path: Path, said: str, other: str) -> None:
    assert sound(tmp_path, PAID + SOUND + SOUND.replace(said, other)).height == 2


# ---------------------------------------------------------------- workbooks, and where payments are


def workbook(file: Path, *rows: Sequence[str | float | datetime | None]) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(PAID.strip().split(","))
    for row in rows:
        sheet.append(tuple(row))
    book.save(file)


def test_a_workbook_is_read_by_its_values(tmp_path: Path) -> None:
    workbook(
        tmp_path / "payments.xlsx",
        ["alpha", "council", "2018-Q4", datetime(2019, 1, 31), 1234.5, 17],  # noqa: DTZ001 - a cell has no zone
        ["alpha", "council", "2018-Q4", "2019-01-31", "0.29", None],
        ["alpha", "council", "2018-Q4", "2019-01-31", 0.1 + 0.2, "x"],
    )
    frame, found = payments_in(tmp_path, wanted=True)
    assert found == []
    assert frame is not None
    assert frame["amount"].to_list() == [123_450, 29, 30]
    assert frame["paid_on"].to_list() == [DAY] * 3
    assert frame["reference"].to_list() == ["17", None, "x"]


def test_a_cell_that_was_calculated_to_a_fraction_of_a_penny_is_refused(tmp_path: Path) -> None:
    workbook(tmp_path / "payments.xlsx", ["alpha", "council", "2018-Q4", "2019-01-31", 100 / 3, None])
    frame, found = payments_in(tmp_path, wanted=True)
    assert frame is None
    assert [(each.code, each.where.column) for each in found] == [("cell-not-money", "amount")]


def test_a_programme_has_one_file_of_payments(tmp_path: Path) -> None:
    (tmp_path / "payments.csv").write_text(PAID + SOUND, encoding="utf-8")
    workbook(tmp_path / "payments.xlsx")
    frame, found = payments_in(tmp_path, wanted=True)
    assert frame is None
    assert [(each.code, each.found) for each in found] == [("folder-two-files", "`payments.xlsx` too")]


def test_a_file_that_is_wanted_and_not_there_is_described(tmp_path: Path) -> None:
    frame, [missing] = payments_in(tmp_path, wanted=True)
    assert frame is None
    assert (missing.code, missing.where.file) == ("payments-missing", "payments.csv")
    assert missing.expected.endswith("contract, commissioner, quarter, paid_on, amount, reference")


def test_where_none_is_wanted_none_is_no_payments(tmp_path: Path) -> None:
    frame, found = payments_in(tmp_path, wanted=False)
    assert found == []
    assert frame is not None
    assert frame.is_empty()
    assert frame.schema == sound(tmp_path, PAID).schema


# ---------------------------------------------------------------- what was claimed before


def test_lines_claimed_before_are_read_with_what_they_leave_out(tmp_path: Path) -> None:
    rows = "alpha,001,council,sign_up,1,,ark,2017-01-01,240.00\n,002,donor,outcomes,4,reading,,,0.01\n"
    frame = sound(tmp_path, LINES + rows)
    assert frame.rows() == [
        (2, "alpha", "001", "council", "sign_up", 1, None, "ark", date(2017, 1, 1), 24_000),
        (3, None, "002", "donor", "outcomes", 4, "reading", None, None, 1),
    ]
    shorter = "child_id,commissioner,payment,number,amount\n001,council,sign_up,1,240\n"
    assert sound(tmp_path, shorter).columns == frame.columns


def test_without_a_payment_what_was_claimed_is_a_total_for_each_child(tmp_path: Path) -> None:
    frame = sound(tmp_path, f"{TOTALS}001,council,240\n001,donor,60\n")
    assert frame.rows() == [(2, None, "001", "council", 24_000), (3, None, "001", "donor", 6_000)]


def test_a_payment_that_is_spelt_otherwise_is_no_reason_to_take_lines_for_totals(tmp_path: Path) -> None:
    wrong = refusal(tmp_path, "child_id,commissioner,Payment,number,amount\n001,council,sign_up,1,240\n")
    found = "`Payment`, which may be meant"
    assert wrong == [("heading-missing", 1, "payment", found, "a column payment")]


@pytest.mark.parametrize(("text", "shown"), [("0", "0.00"), ("-5", "-5.00"), ("-0.1", "-0.10")])
def test_nothing_cannot_have_been_claimed(tmp_path: Path, text: str, shown: str) -> None:
    expected = ("claimed-nothing", 2, "amount", f"`{shown}`", "more than 0.00")
    assert refusal(tmp_path, f"{TOTALS}001,council,{text}\n") == [expected]


def test_the_cells_of_a_claim_are_of_their_types(tmp_path: Path) -> None:
    wrong = refusal(tmp_path, f"{LINES},,council,sign_up,0,,,31/12/2017,£5\n,002,,,x,,,,\n")
    assert [(code, row, column) for code, row, column, _, _ in wrong] == [
        ("cell-missing", 2, "child_id"),
        ("cell-out-of-range", 2, "number"),
        ("cell-not-a-date", 2, "due_on"),
        ("cell-not-money", 2, "amount"),
        ("cell-missing", 3, "commissioner"),
        ("cell-missing", 3, "payment"),
        ("cell-not-whole", 3, "number"),
        ("cell-missing", 3, "amount"),
    ]


def test_what_was_claimed_in_two_rows_is_refused(tmp_path: Path) -> None:
    expected = "one row, with the sum of all that was claimed"
    line = ",001,council,outcomes,4,{},,,240\n"
    assert refusal(tmp_path, LINES + line.format("reading") + line.format("maths")) == [
        ("claimed-twice", 3, "amount", "`240.00` (as in row 2)", expected)
    ]
    assert refusal(tmp_path, f"{TOTALS}001,council,240\n001,council,1\n") == [
        ("claimed-twice", 3, "amount", "`1.00` (as in row 2)", expected)
    ]


def test_a_file_that_is_not_there_is_said() -> None:
    frame, [missing] = claimed(Path("nowhere.csv"), "nowhere.csv")
    assert frame is None
    assert (missing.code, missing.where.file) == ("claimed-missing", "nowhere.csv")
