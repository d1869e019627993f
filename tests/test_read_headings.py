"""Headings: theirs are told from ours, in whatever row they stand; what stands below a table is no data."""

from collections.abc import Collection, Mapping
from pathlib import Path

import polars as pl
import pytest

from wlz_calc.finding import Finding
from wlz_calc.read.files import opened
from wlz_calc.read.foot import below, foot
from wlz_calc.read.headings import Sheet, cells, headed
from wlz_calc.tables import ATTENDANCE_MARKS, ATTENDANCE_TOTALS, ENGAGEMENT, SCHOOLS, SDQ, SURVEY, Table

NONE: Mapping[str, str] = {}
SIMS = {"Adno": "child_id", "Possible_marks": "sessions_possible", "Present_plus_aea": "sessions_attended"}
PERIOD = ("period_start", "period_end")


def mapped(
    folder: Path,
    content: str,
    table: Table = ATTENDANCE_TOTALS,
    columns: Mapping[str, str] = NONE,
    *,
    constants: Collection[str] = (),
    header_row: int = 1,
) -> tuple[Sheet | None, list[Finding]]:
    path = folder / "sent.csv"
    path.write_text(content, encoding="utf-8")
    file, found = opened(path, table.name, "sent.csv", header_row=header_row)
    assert (file is not None, found) == (True, [])
    assert file is not None
    return headed(file, table, columns=columns, constants=constants)


def said(findings: list[Finding]) -> list[tuple[str, str | None, str]]:
    return [(f.code, f.where.column, f.found) for f in findings]


# ---------------------------------------------------------------- theirs and ours


def test_a_report_in_other_headings_is_read_by_a_map(tmp_path: Path) -> None:
    content = "Adno,Possible_marks,Present_plus_aea\n007,120,114\n"
    sheet, found = mapped(tmp_path, content, columns=SIMS, constants=PERIOD)
    assert found == []
    assert sheet is not None
    assert sheet.sent == ("child_id", "sessions_possible", "sessions_attended")
    assert cells(sheet).collect().rows() == [(2, "007", "120", "114")]


def test_space_around_and_within_a_heading_does_not_count(tmp_path: Path) -> None:
    content = 'child_id,completed_on,measure,"  Total\n score "\n'
    _, found = mapped(tmp_path, content, SURVEY, {"Total  score": "score"})
    assert found == []


def test_capitals_of_a_heading_count(tmp_path: Path) -> None:
    _, found = mapped(tmp_path, "child_id,completed_on,measure,TOTAL\n", SURVEY, {"Total": "score"})
    assert said(found) == [
        ("heading-unmapped", "score", "`TOTAL`, which may be meant"),
        ("heading-extra", None, "`TOTAL`"),
    ]


def test_a_heading_that_is_mapped_goes_before_one_that_is_alike(tmp_path: Path) -> None:
    content = "child_id,completed_on,measure,score,Standardised\nc1,2016-11-03,confidence,9,40\n"
    sheet, found = mapped(tmp_path, content, SURVEY, {"Standardised": "score"})
    assert sheet is not None
    assert cells(sheet).collect().to_dicts()[0]["score"] == "40"
    assert said(found) == [("heading-extra", None, "`score`")]


def test_a_heading_of_ours_may_be_mapped_to_another(tmp_path: Path) -> None:
    content = "child_id,date,measure,score\nc1,2016-11-03,confidence,9\n"
    sheet, found = mapped(tmp_path, content, SURVEY, {"date": "completed_on"})
    assert found == []
    assert sheet is not None
    assert sheet.sent == ("child_id", "completed_on", "measure", "score")


def test_two_headings_for_one_column(tmp_path: Path) -> None:
    columns = {"First": "score", "Second": "score"}
    _, found = mapped(tmp_path, "child_id,completed_on,measure,First,Second\n", SURVEY, columns)
    assert said(found) == [("heading-twice", "score", "`First`, `Second`")]


def test_a_heading_twice_in_marks(tmp_path: Path) -> None:
    _, found = mapped(tmp_path, "child_id,date,session,code,code\n")
    assert said(found) == [("heading-twice", "code", "`code`")]


def test_a_heading_that_is_mapped_and_not_there_is_said_once(tmp_path: Path) -> None:
    content = "Adno,Possible_mark,Present_plus_aea\n"
    _, found = mapped(tmp_path, content, columns=SIMS, constants=PERIOD)
    assert said(found) == [
        ("heading-unmapped", "sessions_possible", "`Possible_mark`, which may be meant"),
        ("heading-extra", None, "`Possible_mark`"),
    ]


def test_a_column_that_is_a_constant_too(tmp_path: Path) -> None:
    content = "child_id,period_start,sessions_possible,sessions_attended\n"
    _, found = mapped(tmp_path, content, constants=PERIOD)
    assert said(found) == [("heading-constant", "period_start", "`period_start`")]


def test_a_name_may_be_mapped_to_a_name(tmp_path: Path) -> None:
    sheet, _ = mapped(tmp_path, "Code,School name\n", SCHOOLS, {"Code": "school", "School name": "name"})
    assert sheet is not None


def test_the_shape_of_attendance_is_told_by_what_headings_mean(tmp_path: Path) -> None:
    columns = {"Student": "child_id", "Day": "date", "Half": "session", "Mark": "code"}
    sheet, _ = mapped(tmp_path, "Student,Day,Half,Mark\n", columns=columns)
    assert sheet is not None
    assert sheet.table is ATTENDANCE_MARKS
    sheet, _ = mapped(
        tmp_path, "Student,Mark\n", columns=dict(list(columns.items())[::3]), constants=["date", "session"]
    )
    assert sheet is not None
    assert sheet.table is ATTENDANCE_MARKS


def test_a_questionnaire_by_item_may_be_mapped(tmp_path: Path) -> None:
    _, found = mapped(tmp_path, "child_id,completed_on,informant,Q1\n", SDQ, {"Q1": "consid"})
    assert {f.where.column for f in found} == {*sdq_items()} - {"consid"}


def sdq_items() -> tuple[str, ...]:
    from wlz_calc.standards import sdq

    return sdq.ITEMS


# ---------------------------------------------------------------- the row of headings


TITLED = "Ark Swift\n\nprinted in January\nchild_id,date,kind,status\nc1,2016-11-03,link_worker,attended\n"


def test_the_row_that_looks_like_the_headings_is_named(tmp_path: Path) -> None:
    sheet, (found,) = mapped(tmp_path, TITLED, ENGAGEMENT)
    assert sheet is None
    assert (found.code, found.where.row) == ("heading-row", 4)
    assert found.found == "`child_id`, `date`, `kind`, `status`"
    assert found.expected == "the headings in row 1; or header_row: 4"


def test_it_may_stand_above_the_row_that_was_read(tmp_path: Path) -> None:
    _, (found,) = mapped(tmp_path, TITLED, ENGAGEMENT, header_row=5)
    assert (found.code, found.where.row) == ("heading-row", 4)


def test_it_may_be_in_headings_of_theirs_or_like_ours(tmp_path: Path) -> None:
    content = "Autumn\nAdno,Possible_marks,Period start\n7,120,114\n"
    _, (found,) = mapped(tmp_path, content, columns=SIMS)
    assert (found.code, found.found) == ("heading-row", "`Adno`, `Possible_marks`, `Period start`")


def test_rows_of_children_are_no_headings_and_are_not_shown(tmp_path: Path) -> None:
    _, found = mapped(tmp_path, "c1,confidence,score\nc2,score,9\n", SURVEY)
    assert {f.code for f in found} == {"heading-missing", "heading-extra"}
    assert "c1" not in [f.found for f in found if f.code == "heading-missing"]


# ---------------------------------------------------------------- the foot


def feet(folder: Path, content: str, table: Table = SURVEY) -> list[int]:
    """The rows of a file that are taken for no data."""
    sheet, _ = mapped(folder, content, table)
    assert sheet is not None
    return cells(sheet).filter(foot(sheet)).collect().get_column("row").to_list()


HEADINGS = "child_id,completed_on,measure,score\nc1,2016-11-03,confidence,9\n"


@pytest.mark.parametrize(
    "label",
    [
        "Total",
        "TOTALS:",
        "Grand total",
        "Sub-total",
        "subtotal :",
        "School totals",
        "Average",
        "mean",
        "Count:",
    ],
)
def test_a_total_is_no_child(tmp_path: Path, label: str) -> None:
    assert feet(tmp_path, f"{HEADINGS}{label},,,9\nc2,2016-11-03,confidence,8\n,,{label},17\n") == [3, 5]


@pytest.mark.parametrize("child", ["Total7", "c-total", "count1", "totalis", "meanwood"])
def test_a_child_is_no_total(tmp_path: Path, child: str) -> None:
    assert feet(tmp_path, f"{HEADINGS}{child},2016-11-03,confidence,9\n{child},,,\n") == []


def test_notes_below_the_last_full_row_are_no_data(tmp_path: Path) -> None:
    notes = "Total,,,9\n\nReport run on 12 January,,,\nNotes:,,,\n,page 1,,\n* provisional,,,\n"
    assert feet(tmp_path, HEADINGS + notes) == [3, 5, 6, 7, 8]


@pytest.mark.parametrize(
    "row", ["c2,,,", "C 2,,,", "c2,2016-11-03,,", ",2016-11-03,,9", "Not known yet,2016-11-03,,"]
)
def test_what_could_be_a_child_stays(tmp_path: Path, row: str) -> None:
    assert feet(tmp_path, f"{HEADINGS}{row}\n") == []


def test_a_note_above_a_full_row_stays_to_be_refused(tmp_path: Path) -> None:
    assert feet(tmp_path, f"{HEADINGS}Report run on Monday,,,\nc2,2016-11-03,confidence,9\n") == []


def test_a_table_without_a_full_row_keeps_its_rows(tmp_path: Path) -> None:
    assert feet(tmp_path, "child_id,completed_on,measure,score\nReport run on Monday,,,\n") == []


def test_a_single_column_has_totals_but_no_notes(tmp_path: Path) -> None:
    path = tmp_path / "sent.csv"
    path.write_text("school\nark\nReport run on Monday\nTotal\n", encoding="utf-8")
    file, _ = opened(path, "schools", "sent.csv")
    assert file is not None
    sheet, _ = headed(file, SCHOOLS, constants=["name"])
    assert sheet is not None
    assert cells(sheet).filter(foot(sheet)).collect().rows() == [(4, "Total")]


def test_rows_left_out_are_one_warning_that_shows_none_of_them(tmp_path: Path) -> None:
    sheet, _ = mapped(tmp_path, HEADINGS, SURVEY)
    assert sheet is not None
    (found,) = below(sheet, pl.Series([3, 5]))
    assert (found.code, found.where.row, found.is_error) == ("rows-below-table", 3, False)
    assert found.found == "2 rows, this one first: a total or a note"
    (found,) = below(sheet, pl.Series([3]))
    assert found.found == "one row: a total or a note"
    assert list(below(sheet, pl.Series([], dtype=pl.UInt32))) == []
