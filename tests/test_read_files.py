"""Files: whatever a spreadsheet saves as csv is read cell by cell, with the row numbers that it shows."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from wlz_calc.finding import Finding
from wlz_calc.read.delimited import AS_SPLIT
from wlz_calc.read.files import opened
from wlz_calc.read.headings import Sheet, cells, headed, looked_closer
from wlz_calc.tables import ATTENDANCE_MARKS, ATTENDANCE_TOTALS, CHILDREN, SCHOOLS, SDQ, Table

Row = tuple[int, str | None, str | None]


def read(folder: Path, content: str | bytes, table: Table = SCHOOLS) -> tuple[Sheet | None, list[Finding]]:
    path = folder / "sent.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    file, found = opened(path, table.name, "sent.csv")
    if file is None:
        return None, found
    sheet, problems = headed(file, table)
    if sheet is None:
        return None, found + problems
    (sheet,), ragged = looked_closer([sheet])
    return sheet, found + problems + ragged


def collected(sheet: Sheet | None) -> pl.DataFrame:
    assert sheet is not None
    return cells(sheet).collect(optimizations=AS_SPLIT)


def rows(folder: Path, content: str | bytes) -> list[Row]:
    """Row, school and name of a list of schools in which nothing is wrong."""
    sheet, found = read(folder, content)
    assert found == []
    return collected(sheet).select("row", "school", "name").rows()


SOUND: list[Row] = [(2, "ark", "Ark"), (3, "007", "Bond")]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("school,name\nark,Ark\n007,Bond\n", id="as it should be"),
        pytest.param("school,name\nark,Ark\n007,Bond", id="without an end of the last line"),
        pytest.param("school,name\r\nark,Ark\r\n007,Bond\r\n", id="with the line ends of Windows"),
        pytest.param("school,name\rark,Ark\r007,Bond\r", id="with those of an old Macintosh"),
        pytest.param("\ufeffschool,name\nark,Ark\n007,Bond\n", id="with a byte order mark"),
        pytest.param("name,school\nArk,ark\nBond,007\n", id="in another order"),
        pytest.param(' school ,"name"\n ark, Ark \n"007"," Bond"\n', id="with space and quotation marks"),
        pytest.param("school,name\nark,Ark\n007,Bond\n,\n\n , \n", id="with blank rows at the end"),
    ],
)
def test_one_list_in_many_guises(tmp_path: Path, content: str) -> None:
    assert rows(tmp_path, content) == SOUND


def test_blank_rows_count_as_the_spreadsheet_counts_them(tmp_path: Path) -> None:
    assert rows(tmp_path, "school,name\n\nark,Ark\n,\n007,Bond\n") == [(3, "ark", "Ark"), (5, "007", "Bond")]


def test_a_cell_of_two_lines_is_one_row(tmp_path: Path) -> None:
    content = 'school,name\nark,"Ark\nSwift, ""the"" Academy"\n007,Bond\n'
    assert rows(tmp_path, content) == [(2, "ark", 'Ark\nSwift, "the" Academy'), (3, "007", "Bond")]


def test_cells_that_are_empty_or_left_out_are_missing(tmp_path: Path) -> None:
    assert rows(tmp_path, 'school,name\nark,\n007\n"", x \n') == [
        (2, "ark", None),
        (3, "007", None),
        (4, None, "x"),
    ]


def test_nothing_is_guessed(tmp_path: Path) -> None:
    assert rows(tmp_path, "school,name\n007,NO\n1e3,null\n") == [(2, "007", "NO"), (3, "1e3", "null")]


def test_only_the_columns_of_the_table_are_kept(tmp_path: Path) -> None:
    sheet, _ = read(tmp_path, "row,school,town,name,town,\n9,ark,London,Ark,Leeds,x\n")
    assert sheet is not None
    assert collected(sheet).to_dicts() == [{"row": 2, "school": "ark", "name": "Ark"}]
    assert (sheet.file, sheet.name, sheet.opened.role) == ("sent.csv", None, "schools")


def test_the_checksum_is_of_the_bytes_that_were_sent(tmp_path: Path) -> None:
    from hashlib import sha256

    content = "\ufeffschool,name\rark,Ark\r".encode()
    sheet, _ = read(tmp_path, content)
    assert sheet is not None
    assert str(sheet.opened.checksum) == sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("headings", "shape"),
    [
        ("child_id,period_start,period_end,sessions_possible,sessions_attended", ATTENDANCE_TOTALS),
        ("child_id,date,session,code", ATTENDANCE_MARKS),
        ("child_id,date,session,code,period_start", ATTENDANCE_MARKS),
    ],
)
def test_attendance_comes_in_the_shape_that_its_headings_fit(
    tmp_path: Path, headings: str, shape: Table
) -> None:
    sheet, _ = read(tmp_path, f"{headings}\n", ATTENDANCE_TOTALS)
    assert sheet is not None
    assert sheet.table is shape


def missing(found: list[Finding]) -> list[tuple[str | None, str]]:
    return [(f.where.column, f.found) for f in found if f.code == "heading-missing"]


def test_a_score_and_a_mark_may_be_missing_but_not_their_columns(tmp_path: Path) -> None:
    _, found = read(tmp_path, "child_id,date,session,mark\n", ATTENDANCE_TOTALS)
    assert missing(found) == [("code", "")]


@pytest.mark.parametrize("headings", ["emotional,conduct", "impact"])
def test_a_questionnaire_by_scale_has_all_five(tmp_path: Path, headings: str) -> None:
    _, found = read(tmp_path, f"child_id,completed_on,informant,{headings}\n", SDQ)
    wanted = ["emotional", "conduct", "hyperactivity", "peer", "prosocial"]
    assert missing(found) == [(name, "") for name in wanted if name not in headings.split(",")]


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("Child ID", "child_id"),
        ("childId", "child_id"),
        ("CHILD-ID", "child_id"),
        ("id", "child_id"),
        ("joined", "joined_on"),
        ("Date joined on", "joined_on"),
        ("schol", "school"),
        ("year", "year_group"),
    ],
)
def test_a_near_miss_is_suggested(tmp_path: Path, sent: str, meant: str) -> None:
    headings = ["child_id", "contract", "school", "year_group", "joined_on"]
    content = ",".join(sent if heading == meant else heading for heading in headings)
    _, found = read(tmp_path, f"{content}\n", CHILDREN)
    assert missing(found) == [(meant, f"`{sent}`, which may be meant")]


def test_a_heading_of_the_table_is_not_mistaken_for_another(tmp_path: Path) -> None:
    content = "child_id,period_start,sessions_possible,sessions_attended\n"
    _, found = read(tmp_path, content, ATTENDANCE_TOTALS)
    assert missing(found) == [("period_end", "")]


@pytest.mark.parametrize(
    "heading",
    [
        "Name",
        "surname",
        "First Name",
        "firstName",
        "DOB",
        "Date of birth",
        "UPN",
        "home_address",
        "e-mail/email",
    ],
)
def test_what_looks_like_personal_data_is_warned_of(tmp_path: Path, heading: str) -> None:
    content = f"child_id,contract,school,year_group,joined_on,{heading}\n"
    _, found = read(tmp_path, f"{content}001,brent,ark,5,2017-01-09,x\n", CHILDREN)
    assert [(f.code, f.found) for f in found] == [("heading-personal", f"`{heading}`")]


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "sent.csv").touch()
    monkeypatch.setattr(Path, "read_bytes", denied)
    _, found = opened(tmp_path / "sent.csv", "schools", "sent.csv")
    assert [(f.code, f.found) for f in found] == [("file-unreadable", "permission denied")]


def test_a_stray_quotation_mark_is_found_in_its_row(tmp_path: Path) -> None:
    spoils: dict[str, Callable[[list[str]], None]] = {
        "left open": lambda lines: lines.__setitem__(50, '50,"x'),
        "inside": lambda lines: lines.__setitem__(50, '50,x "y'),
        "text behind": lambda lines: lines.__setitem__(50, '50,"x" y'),
    }
    for what, spoil in spoils.items():
        lines = ["school,name", *(f"{number},x" for number in range(1, 101))]
        spoil(lines)
        _, found = read(tmp_path, "\n".join(lines))
        assert [(f.code, f.where.row) for f in found] == [("file-quotes", 51)], what


def test_a_quotation_mark_left_open_before_more_than_a_cell_can_hold(tmp_path: Path) -> None:
    _, found = read(tmp_path, 'school,name\nark,"Ark\n' + "007,Bond\n" * 20_000)
    assert [(f.code, f.where.row) for f in found] == [("file-quotes", 2)]


def test_empty_frames_have_text_columns(tmp_path: Path) -> None:
    sheet, found = read(tmp_path, "school,name")
    assert found == []
    assert collected(sheet).schema == {"row": pl.UInt32, "school": pl.String, "name": pl.String}
