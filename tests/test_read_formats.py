"""Formats: one data set gives one text, whatever it was saved as, in the rows that the spreadsheet shows."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any, TypedDict, Unpack
from zipfile import ZipFile

import polars as pl
import pytest
from openpyxl import Workbook

from wlz_calc.finding import Finding
from wlz_calc.read.delimited import AS_SPLIT
from wlz_calc.read.files import opened
from wlz_calc.read.headings import Sheet, cells, headed, looked_closer
from wlz_calc.read.received import Opened
from wlz_calc.tables import SCHOOLS

Cells = Sequence[Sequence[object]]
Text = list[tuple[Any, ...]]


DATA = Path(__file__).parent / "data"
SCHOOLS_SENT: Text = [
    (5, "ark", "2016-11-03", "7", None),
    (6, None, None, None, None),
    (7, "007", "2016-11-03T14:30:00", "0.1", "#N/A"),
]
"""The table in the files of `data`, which an office program saved."""


class Place(TypedDict, total=False):
    sheet: str
    header_row: int


def given(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def workbook(path: Path, *sheets: Cells, hidden: Sequence[int] = ()) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for place, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Report {place + 1}")
        for row in rows:
            sheet.append(list(row))
        if place in hidden:
            sheet.sheet_state = "hidden"
    book.save(path)
    return path


def refused(path: Path, **where: Unpack[Place]) -> list[tuple[str, str]]:
    """What is said of a file that cannot be opened; no traceback, and only errors."""
    file, found = opened(path, "schools", path.name, **where)
    assert file is None
    assert all(finding.is_error and finding.expected for finding in found)
    return [(finding.code, finding.found) for finding in found]


def sound(path: Path, **where: Unpack[Place]) -> Opened:
    file, found = opened(path, "schools", path.name, **where)
    assert found == []
    assert file is not None
    return file


def text(path: Path, **where: Unpack[Place]) -> Text:
    """The rows of a file in which nothing is wrong, each with its number."""
    return sound(path, **where).text.collect(optimizations=AS_SPLIT).rows()


def closer(path: Path) -> tuple[Text, list[Finding]]:
    """A list of schools, and what a closer look at it finds."""
    sheet, found = headed(sound(path), SCHOOLS)
    assert sheet is not None
    (sheet,), found = looked_closer([sheet])
    return ([] if found else cells(sheet).collect(optimizations=AS_SPLIT).rows()), found


# ---------------------------------------------------------------- text files


SOUND: Text = [(2, "ark", "Ark, the Academy"), (3, "007", "Bond")]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param('school,name\nark,"Ark, the Academy"\n007,Bond\n', id="commas"),
        pytest.param("school;name\nark;Ark, the Academy\n007;Bond\n", id="semicolons"),
        pytest.param("school\tname\nark\tArk, the Academy\n007\tBond\n", id="tabs"),
        pytest.param("school|name\nark|Ark, the Academy\n007|Bond\n", id="strokes"),
        pytest.param(
            '\ufeffschool;name\r\nark;"Ark, the Academy"\r\n007;Bond\r\n', id="as a spreadsheet saves"
        ),
        pytest.param("school;name\rark;Ark, the Academy\r007;Bond\r", id="of an old Macintosh"),
    ],
)
def test_one_list_with_many_separators(tmp_path: Path, content: str) -> None:
    for name in ("sent.csv", "sent.tsv", "SENT.TXT"):
        assert text(given(tmp_path / name, content)) == SOUND


@pytest.mark.parametrize(
    ("content", "headings"),
    [
        ("Adno;Surname, forename;Mark\n7;Doe, J;5\n8;Roe, R;6\n", ("Adno", "Surname, forename", "Mark")),
        ("id;score, total\n7;1,5\n8;2,5\n", ("id", "score, total")),
        ("id,a; b,c|d\n7,1,2\n8,3,4\n", ("id", "a; b", "c|d")),
        ('"Surname, forename";Mark\nDoe;5\n', ("Surname, forename", "Mark")),
        ("id, kind; of, note\n7, x, y\n", ("id", "kind; of", "note")),
        ("id\n7\n8\n", ("id",)),
    ],
)
def test_separators_in_text_are_not_mistaken(tmp_path: Path, content: str, headings: tuple[str, ...]) -> None:
    assert sound(given(tmp_path / "sent.csv", content)).headings == headings


def test_titles_above_the_headings_count_as_rows(tmp_path: Path) -> None:
    content = '"Ark Swift\nautumn; term",\n\nschool,name\nark,Ark\n,\n007,Bond\n'
    file = sound(given(tmp_path / "sent.csv", content), header_row=3)
    assert (file.headings, file.heading_row) == (("school", "name"), 3)
    assert file.text.collect().rows() == [(4, "ark", "Ark"), (5, None, None), (6, "007", "Bond")]
    assert file.top[0][0] == "Ark Swift\nautumn; term"


def test_semicolons_below_a_title_with_commas(tmp_path: Path) -> None:
    content = "Attendance, by school, autumn\nschool;name\nark;Ark, the Academy\n007;Bond\n"
    assert text(given(tmp_path / "sent.csv", content), header_row=2) == [
        (3, "ark", "Ark, the Academy"),
        (4, "007", "Bond"),
    ]


def test_empty_cells_beyond_the_headings_are_cut_off(tmp_path: Path) -> None:
    path = given(tmp_path / "sent.csv", "school,name\nark,Ark,,\n007,Bond, \nx,X\n")
    assert closer(path) == ([(2, "ark", "Ark"), (3, "007", "Bond"), (4, "x", "X")], [])


def test_a_cell_beyond_the_headings_is_refused_by_its_row(tmp_path: Path) -> None:
    path = given(tmp_path / "sent.csv", "school,name\nark,Ark,,\n007,Bond,,x\n")
    _, found = closer(path)
    assert [(f.code, f.where.row, f.found) for f in found] == [("file-ragged", 3, "4 cells")]


def test_a_stray_quotation_mark_among_rows_too_long_is_found(tmp_path: Path) -> None:
    _, found = closer(given(tmp_path / "sent.csv", 'school,name\nark,Ark,,\n007,Bo"nd\nx,"X\n'))
    assert [(f.code, f.where.row) for f in found] == [("file-quotes", 3)]


def test_headings_below_the_end_of_a_text_file(tmp_path: Path) -> None:
    path = given(tmp_path / "sent.csv", "a title\nschool,name\n")
    assert refused(path, header_row=9) == [("file-header-row", "the last row is 2")]


def test_a_quotation_mark_left_open_in_a_title(tmp_path: Path) -> None:
    path = given(tmp_path / "sent.csv", '"a title\nschool,name\nark,Ark\n')
    assert refused(path, header_row=2) == [
        ("file-quotes", "a quotation mark that is left open, or inside a cell")
    ]


# ---------------------------------------------------------------- workbooks


HEADINGS = ("Adno", "date", "when", "n", "note")


def kinds() -> Cells:
    return [
        HEADINGS,
        (7, date(2016, 11, 3), datetime(2016, 11, 3, 14, 30), 12.0, True),  # noqa: DTZ001 - a cell has no zone
        ("007", datetime(2016, 11, 4), datetime(2016, 11, 3, 14, 30, 15), 0.1, False),  # noqa: DTZ001
        (None, None, None, None, None),
        (1e15, "03/11/2016", time(14, 30), 0.1 + 0.2, " 1.50 "),
        (12, date(1899, 1, 1), None, -12.5, "NA"),
    ]


def test_cells_of_a_workbook_become_what_the_spreadsheet_shows(tmp_path: Path) -> None:
    assert text(workbook(tmp_path / "sent.xlsx", kinds()[:5])) == [
        (2, "7", "2016-11-03", "2016-11-03T14:30:00", "12", "true"),
        (3, "007", "2016-11-04", "2016-11-03T14:30:15", "0.1", "false"),
        (4, None, None, None, None, None),
        (5, "1000000000000000", "03/11/2016", "14:30:00", "0.3", " 1.50 "),
    ]


def test_titles_and_blank_rows_of_a_workbook_count(tmp_path: Path) -> None:
    path = tmp_path / "sent.xlsx"
    book = Workbook()
    sheet = book.worksheets[0]
    for row, line in {
        2: ["Ark Swift: autumn"],
        4: ["school", "name"],
        6: ["ark", "Ark"],
        9: ["007", "Bond"],
    }.items():
        for column, said in enumerate(line, start=2):
            sheet.cell(row, column).value = said
    sheet.merge_cells("B2:F2")
    book.save(path)
    file = sound(path, header_row=4)
    assert (file.headings, file.sheet) == (("school", "name"), "Sheet")
    rows = file.text.collect().rows()
    assert [row for row in rows if row[1]] == [(6, "ark", "Ark"), (9, "007", "Bond")]
    assert [row for row, *_ in rows] == [5, 6, 7, 8, 9]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?"])
def test_a_cell_in_error_is_never_taken_for_an_empty_one(tmp_path: Path, error: str) -> None:
    path = workbook(tmp_path / "sent.xlsx", [("school", "name"), ("ark", error), ('t="e"', "Bond")])
    assert text(path) == [(2, "ark", error), (3, 't="e"', "Bond")]


def test_a_formula_is_its_value(tmp_path: Path) -> None:
    """The program that writes this workbook keeps no values, so they are put in as a spreadsheet would."""
    plain = workbook(tmp_path / "plain.xlsx", [("school", "name"), ("ark", "=1+1")])
    path = tmp_path / "sent.xlsx"
    with ZipFile(plain) as book, ZipFile(path, "w") as copy:
        for name in book.namelist():
            copy.writestr(
                name, book.read(name).replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>")
            )
    assert text(path) == [(2, "ark", "2")]


def test_the_one_sheet_to_be_seen_is_taken(tmp_path: Path) -> None:
    path = workbook(tmp_path / "sent.xlsx", [("codes",)], [("school", "name")], [], hidden=[0])
    file = sound(path)
    assert (file.sheet, file.headings) == ("Report 2", ("school", "name"))


def test_a_hidden_sheet_is_read_only_if_it_is_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "sent.xlsx", [("school", "name"), ("ark", "Ark")], [("x",)], hidden=[0])
    assert sound(path).headings == ("x",)
    assert text(path, sheet="Report 1") == [(2, "ark", "Ark")]


def test_of_several_sheets_one_is_to_be_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "sent.xlsx", [("school", "name")], [("x",)], [("y",)], hidden=[2])
    assert refused(path) == [("file-sheets", "2 sheets: `Report 1`, `Report 2`")]


@pytest.mark.parametrize(
    ("name", "found"),
    [("report  1", "`Report 1`, which may be meant"), ("Pupils", "`Report 1`, `Report 2`")],
)
def test_a_sheet_that_is_not_there(tmp_path: Path, name: str, found: str) -> None:
    path = workbook(tmp_path / "sent.xlsx", [("school", "name")], [("x",)])
    assert refused(path, sheet=name) == [("file-sheet-missing", found)]


def test_a_finding_about_a_workbook_names_the_sheet(tmp_path: Path) -> None:
    _, found = headed(sound(workbook(tmp_path / "sent.xlsx", [("school",), ("ark",)])), SCHOOLS)
    assert [str(f.where) for f in found] == ["sent.xlsx, sheet Report 1, row 1, column name"]


def test_headings_below_the_end_of_a_workbook(tmp_path: Path) -> None:
    path = workbook(tmp_path / "sent.xlsx", [("school", "name")])
    assert refused(path, header_row=2) == [("file-header-row", "the last row is 1")]


def spoilt(path: Path) -> Iterator[tuple[str, bytes]]:
    """Bytes that are no workbook, although they have the name of one."""
    whole = path.read_bytes()
    yield "text", b"school,name\nark,Ark\n"
    yield "half of one", whole[: len(whole) // 2]
    yield "an old one that is cut", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    yield "another archive", archive(path.with_name("x.zip"), {"x": b"y"})
    with ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    yield (
        "a damaged sheet",
        archive(path.with_name("y.zip"), {**parts, "xl/worksheets/sheet1.xml": b"<broken"}),
    )
    yield "a damaged part", whole.replace(b"sheet1.xml", b"sheet1.xmm", 1)


def archive(path: Path, parts: dict[str, bytes]) -> bytes:
    with ZipFile(path, "w") as out:
        for name, content in parts.items():
            out.writestr(name, content)
    return path.read_bytes()


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    for what, content in spoilt(workbook(tmp_path / "whole.xlsx", [("school", "name")])):
        found = refused(given(tmp_path / "sent.xlsx", content))
        assert found == [("file-unreadable", "no workbook, or a damaged one")], what


def test_a_reader_that_panics_is_a_damaged_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    def panics(_: bytes) -> None:
        raise PanicException

    monkeypatch.setattr("fastexcel.read_excel", panics)
    path = workbook(tmp_path / "sent.xlsx", [("school", "name")])
    assert refused(path) == [("file-unreadable", "no workbook, or a damaged one")]


def test_an_error_of_the_program_is_no_damaged_workbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(_: bytes) -> None:
        raise AssertionError

    monkeypatch.setattr("fastexcel.read_excel", wrong)
    with pytest.raises(AssertionError):
        refused(workbook(tmp_path / "sent.xlsx", [("school", "name")]))


def test_a_workbook_with_a_password(tmp_path: Path) -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")
    assert refused(given(tmp_path / "sent.xlsx", content)) == [
        ("file-unreadable", "a workbook with a password")
    ]


def test_an_old_workbook_is_read_with_a_warning() -> None:
    file, found = opened(DATA / "schools.xls", "schools", "schools.xls", header_row=4)
    assert file is not None
    assert [row[:-1] for row in file.text.collect().rows()] == [row[:-1] for row in SCHOOLS_SENT]
    assert [(f.code, f.is_error) for f in found] == [("file-old-workbook", False)]


def test_an_ods_file_gives_what_a_workbook_gives() -> None:
    file = sound(DATA / "schools.ods", header_row=4)
    assert (file.sheet, file.headings) == ("Report 1", ("school", "date", "n", "note"))
    assert file.text.collect().rows() == SCHOOLS_SENT


# ---------------------------------------------------------------- parquet


def test_typed_columns_become_the_same_text(tmp_path: Path) -> None:
    path = tmp_path / "sent.parquet"
    moment = datetime(2016, 11, 3, 14, 30)  # noqa: DTZ001 - a cell has no zone
    midnight = datetime(2016, 11, 3)  # noqa: DTZ001 - the same
    pl.DataFrame(
        {
            " child_id ": ["007", None],
            "date": [date(2016, 11, 3), None],
            "moment": [moment, midnight],
            "zoned": pl.Series([moment, None]).dt.replace_time_zone("Europe/London"),
            "whole": [7, -1],
            "float": [12.0, 0.1],
            "large": [1e15, -0.5],
            "exact": [Decimal("12.50"), Decimal(100)],
            "flag": [True, False],
            "kind": pl.Series(["partner", None], dtype=pl.Categorical),
            "none": [None, None],
        }
    ).write_parquet(path)
    file = sound(path)
    assert (file.headings[0], file.heading_row, file.sheet) == ("child_id", 1, None)
    assert file.text.collect().rows() == [
        (
            *(2, "007", "2016-11-03", "2016-11-03T14:30:00", "2016-11-03T14:30:00+00:00", "7", "12"),
            *("1000000000000000", "12.5", "true", "partner", None),
        ),
        (3, None, None, "2016-11-03", None, "-1", "0.1", "-0.5", "100", "false", None, None),
    ]


def test_a_column_of_lists_is_refused(tmp_path: Path) -> None:
    pl.DataFrame({"school": ["ark"], "names": [["Ark"]]}).write_parquet(tmp_path / "sent.parquet")
    assert refused(tmp_path / "sent.parquet") == [("file-nested", "`names`")]


def test_what_is_no_parquet_file_is_refused(tmp_path: Path) -> None:
    for content in (b"school,name\n", b"PAR1" + bytes(50) + b"PAR1"):
        path = given(tmp_path / "sent.parquet", content)
        assert refused(path) == [("file-unreadable", "no parquet file, or a damaged one")]


def test_a_parquet_file_that_is_damaged_further_in_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sent.parquet"
    pl.DataFrame({"school": ["ark"] * 99, "name": [str(n) for n in range(99)]}).write_parquet(path)
    whole = path.read_bytes()
    _, found = closer(given(path, whole[:4] + b"\xff" * 200 + whole[204:]))
    assert [(f.code, f.found) for f in found] == [("file-unreadable", "no parquet file, or a damaged one")]


def test_a_parquet_file_has_no_row_of_headings(tmp_path: Path) -> None:
    pl.DataFrame({"school": ["ark"]}).write_parquet(tmp_path / "sent.parquet")
    found = "a parquet file, whose columns have names"
    assert refused(tmp_path / "sent.parquet", header_row=4) == [("file-header-row", found)]
    assert text(tmp_path / "sent.parquet", header_row=1) == [(2, "ark")]


# ---------------------------------------------------------------- all of them


def in_csv(path: Path, rows: Cells) -> Path:
    return given(path, "\n".join(",".join(str(cell) for cell in row) for row in rows))


def in_parquet(path: Path, rows: Cells) -> Path:
    pl.DataFrame(
        [list(row) for row in rows[1:]], schema=[str(name) for name in rows[0]], orient="row"
    ).write_parquet(path)
    return path


FORMATS: list[tuple[str, Callable[[Path, Cells], Path]]] = [
    ("sent.csv", in_csv),
    ("sent.xlsx", workbook),
    ("sent.parquet", in_parquet),
]


@pytest.mark.parametrize(("name", "write"), FORMATS)
def test_one_data_set_gives_one_text(tmp_path: Path, name: str, write: Callable[[Path, Cells], Path]) -> None:
    rows = [("id", "date", "n", "x"), ("007", date(2016, 11, 3), 7, 0.5), ("7", date(2017, 1, 9), 12, 1.25)]
    assert text(write(tmp_path / name, rows)) == [
        (2, "007", "2016-11-03", "7", "0.5"),
        (3, "7", "2017-01-09", "12", "1.25"),
    ]


@pytest.mark.parametrize(("name", "write"), FORMATS)
def test_the_checksum_is_of_the_bytes(
    tmp_path: Path, name: str, write: Callable[[Path, Cells], Path]
) -> None:
    path = write(tmp_path / name, [("school", "name"), ("ark", "Ark")])
    assert str(sound(path).checksum) == sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("name", ["sent.csv", "sent.xlsx", "sent.ods", "sent.parquet"])
def test_an_empty_file_of_any_format(tmp_path: Path, name: str) -> None:
    assert refused(given(tmp_path / name, b"")) == [("file-empty", "nothing")]


def test_a_workbook_without_a_cell_is_empty(tmp_path: Path) -> None:
    assert refused(workbook(tmp_path / "sent.xlsx", [])) == [("file-empty", "nothing")]
    assert refused(tmp_path / "sent.xlsx", sheet="Report 1") == [("file-empty", "nothing")]


@pytest.mark.parametrize(
    ("name", "found"),
    [("sent.docx", "a name that ends in `.docx`"), ("sent", "a name without an ending")],
)
def test_a_file_of_no_format_that_is_known(tmp_path: Path, name: str, found: str) -> None:
    assert refused(given(tmp_path / name, b"x")) == [("file-format", found)]


@pytest.mark.parametrize("name", ["sent.csv", "sent.parquet"])
def test_a_sheet_of_a_file_that_has_none(tmp_path: Path, name: str) -> None:
    [(code, _)] = refused(given(tmp_path / name, b"school,name\n"), sheet="Report 1")
    assert code == "file-no-sheets"


def test_headings_that_stand_twice_do_not_clash(tmp_path: Path) -> None:
    rows = [("school", "name", "name", ""), ("ark", "a", "b", "c")]
    for name, write in FORMATS[:2]:
        file = sound(write(tmp_path / name, rows))
        assert file.headings == ("school", "name", "name", "")
        assert file.text.collect().columns == ["row", "0", "1", "2", "3"]


def test_sheets_that_are_sound_are_left_as_they_are(tmp_path: Path) -> None:
    sheet, _ = headed(sound(given(tmp_path / "sent.csv", "school,name\nark,Ark\n")), SCHOOLS)
    assert isinstance(sheet, Sheet)
    assert looked_closer([sheet]) == ([sheet], [])
