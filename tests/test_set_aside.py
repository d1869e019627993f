"""`pay --set-aside`: what is not in dispute is paid, what is set aside is held and says why."""

import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from wlz_calc import pipeline
from wlz_calc.claim import Claim
from wlz_calc.finding import errors
from wlz_calc.period import Quarter

CLEAN = Path(__file__).parents[1] / "examples" / "hammersmith-fulham"
QUARTER = Quarter.parse("2018-Q4")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CLEAN, tmp_path / "programme"))


def claim(folder: Path, *, set_aside: bool = True) -> Claim:
    made, found = pipeline.claim(folder, QUARTER, from_start=True, set_aside=set_aside)
    assert made is not None, found
    return made


def rows(folder: Path, table: str) -> list[list[str]]:
    return [line.split(",") for line in (folder / "extracts" / f"{table}.csv").read_text().splitlines()]


def write(folder: Path, table: str, cells: list[list[str]]) -> None:
    text = "".join(f"{','.join(row)}\n" for row in cells)
    (folder / "extracts" / f"{table}.csv").write_text(text)


def spoil(folder: Path, table: str, column: str, text: str, row: int) -> str:
    """One cell changed, in a row as the spreadsheet counts; gives the child of the row."""
    cells = rows(folder, table)
    cells[row - 1][cells[0].index(column)] = text
    write(folder, table, cells)
    return cells[row - 1][cells[0].index("child_id")]


def again(folder: Path, table: str, row: int, **changed: str) -> str:
    """A row sent once more, with something else in some of its cells; gives its child."""
    cells = rows(folder, table)
    copy = list(cells[row - 1])
    for column, text in changed.items():
        copy[cells[0].index(column)] = text
    write(folder, table, [*cells, copy])
    return copy[cells[0].index("child_id")]


def attendance(folder: Path) -> str:
    return spoil(folder, "attendance", "sessions_attended", "many", 5)


def more_than_possible(folder: Path) -> str:
    return spoil(folder, "attendance", "sessions_attended", "9000", 5)


def overlapping(folder: Path) -> str:
    return again(folder, "attendance", 5)


def assessed_twice(folder: Path) -> str:
    cells = rows(folder, "attainment")
    score = cells[0].index("score")
    row = next(n for n, row in enumerate(cells, start=1) if row[score].isdigit())
    return again(folder, "attainment", row, score="100" if cells[row - 1][score] != "100" else "101")


def impossible_date(folder: Path) -> str:
    return spoil(folder, "engagement", "date", "2017-02-30", 9)


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (attendance, "cell-not-whole"),
        (impossible_date, "cell-impossible-date"),
        (more_than_possible, "attended-above-possible"),
        (overlapping, "period-overlaps"),
        (assessed_twice, "readings-differ"),
    ],
)
def test_a_child_with_an_error_in_a_row_is_held_and_everybody_else_is_paid(
    folder: Path, trouble: Callable[[Path], str], code: str
) -> None:
    clean = claim(folder)
    child = trouble(folder)
    assert pipeline.claim(folder, QUARTER)[0] is None
    aside = claim(folder)
    others = pl.col("child_id") != child
    assert aside.lines.equals(clean.lines.filter(others))
    assert aside.held.filter(others).equals(clean.held.filter(others))
    assert aside.aside.select("child_id", "code").rows() == [(child, code)]
    of_the_child = aside.held.filter(~others)
    assert of_the_child.height > 0
    assert of_the_child["reason"].str.starts_with("set aside: ").all()


def test_a_child_whose_row_in_the_register_is_wrong_is_not_there_and_is_named_once(folder: Path) -> None:
    clean = claim(folder)
    child = spoil(folder, "children", "joined_on", "2016-13-03", 12)
    aside = claim(folder)
    assert aside.lines.equals(clean.lines.filter(pl.col("child_id") != child))
    assert aside.aside.select("child_id", "code", "row").rows() == [(child, "cell-not-a-date", 12)] or (
        aside.aside.select("child_id", "code", "row").rows() == [(child, "cell-impossible-date", 12)]
    )


def test_a_child_who_is_twice_in_the_register_is_held(folder: Path) -> None:
    child = again(folder, "children", 12, left_reason="moved")
    aside = claim(folder)
    assert aside.aside.select("child_id", "code").rows() == [(child, "child-twice")]
    assert child not in aside.lines["child_id"]


def test_rows_of_a_child_who_is_not_in_the_register_are_set_aside_by_themselves(folder: Path) -> None:
    clean = claim(folder)
    spoil(folder, "engagement", "child_id", "nobody", 9)
    aside = claim(folder)
    assert aside.aside.select("child_id", "contract", "code").rows() == [("nobody", None, "child-unknown")]
    assert aside.held.equals(clean.held)


def test_a_row_without_an_id_is_set_aside_without_a_child(folder: Path) -> None:
    spoil(folder, "engagement", "child_id", "", 9)
    assert claim(folder).aside.select("child_id", "code").rows() == [(None, "cell-missing")]


def test_submissions_of_sessions_that_cannot_be_ranked_are_set_aside(folder: Path) -> None:
    (folder / "wlz.yaml").write_text((folder / "wlz.yaml").read_text() + "resubmission: sessions\n")
    cells = rows(folder, "engagement")
    partner = next(n for n, row in enumerate(cells, start=1) if "partner" in row)
    child = spoil(folder, "engagement", "submitted_at", "", partner)
    said = claim(folder).aside
    assert (child, "submission-unranked") in said.select("child_id", "code").rows()


def test_a_warning_about_a_table_with_rows_set_aside_is_said_once(folder: Path) -> None:
    again(folder, "attainment", 9)
    assessed_twice(folder)
    found = [str(finding) for finding in claim(folder).findings]
    assert sum("reading-repeated" in finding for finding in found) == 1
    assert len(found) == len(set(found))


def test_everything_mended_is_claimed_as_if_it_had_never_been_wrong(folder: Path, tmp_path: Path) -> None:
    attendance(folder)
    assert claim(folder).aside.height == 1
    mended = Path(shutil.copytree(CLEAN, tmp_path / "mended"))
    assert claim(mended).lines.equals(claim(mended, set_aside=False).lines)
    assert claim(mended).aside.is_empty()


@pytest.mark.parametrize(
    ("table", "content", "code"),
    [
        ("attendance", "child_id,period_start\nc00001,2017-01-01\n", "heading-missing"),
        ("attendance", "", "file-empty"),
        ("survey", "child_id,completed_on,measure,score\nc00001,2017-01-01,x,1,2,3\n", "file-ragged"),
    ],
)
def test_errors_of_files_and_headings_still_stop(folder: Path, table: str, content: str, code: str) -> None:
    (folder / "extracts" / f"{table}.csv").write_text(content)
    made, found = pipeline.claim(folder, QUARTER, set_aside=True)
    assert made is None
    assert {finding.code for finding in errors(found)} == {code}


def test_a_table_that_is_needed_and_missing_still_stops(folder: Path) -> None:
    (folder / "extracts" / "attainment.csv").unlink()
    made, found = pipeline.claim(folder, QUARTER, set_aside=True)
    assert made is None
    assert {finding.code for finding in errors(found)} == {"table-missing"}


def test_what_is_set_aside_is_of_no_claim_without_being_asked_for(folder: Path) -> None:
    assert claim(folder, set_aside=False).aside.is_empty()
