"""Register marks: on pages they count as each by itself, and what is wrong with one is said of its row."""

import random
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import MagicMock, patch

import polars as pl
import pytest

from tests.sound_folder import CONFIG, FILES, Folder
from wlz_calc import pages
from wlz_calc.finding import Finding
from wlz_calc.programme import Programme
from wlz_calc.read import collected
from wlz_calc.read.folder import read_programme
from wlz_calc.rules.sense import sense
from wlz_calc.standards.attendance import CODES, MISSING_MARKS

FIRST = date(2017, 1, 9)
HEADINGS = "child_id,date,session,code\n"
IN_FORCE = [code for code, mark in CODES.items() if mark.start is None]
IN_TWO = CONFIG.replace(
    "  attendance: {validated: {by: The data manager, on: 2024-12-31}}\n",
    "  attendance:\n    - {path: one.csv}\n    - {path: two.csv}\n",
)


def marks(child: str, days: int, code: str = "/", first: date = FIRST) -> str:
    """Two marks on each of so many days."""
    rows = [
        f"{child},{first + timedelta(days=day)},{half},{code}\n"
        for day in range(days)
        for half in ("AM", "PM")
    ]
    return "".join(rows)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """With 40 days of marks of two children, 160 rows on four pages."""
    made = Folder(tmp_path / "programme")
    made.write("extracts/attendance.csv", HEADINGS + marks("001", 40) + marks("002", 40, "I"))
    return made


def read(folder: Folder, *, each_mark: bool = False) -> tuple[Programme | None, list[Finding]]:
    return read_programme(folder.path, each_mark=each_mark)


def sound(folder: Folder, *, each_mark: bool = False) -> Programme:
    programme, found = read(folder, each_mark=each_mark)
    assert programme is not None, found
    return programme


def frame(folder: Folder, *, each_mark: bool = False) -> pl.DataFrame:
    return sound(folder, each_mark=each_mark).extracts.frames["marks"]


def counted(frame: pl.DataFrame, first: date, last: date) -> list[tuple[int, int, int]]:
    """What a window counts of each child: sessions possible and attended."""
    inside = pages.inside(pl.col("possible", "attended"), pl.col("page"), pl.lit(first), pl.lit(last))
    sums = frame.select("child", pages.sessions(inside)).group_by("child").sum().sort("child")
    return sums.rows()


def test_a_page_is_kept_of_what_was_sent_as_many_rows(folder: Folder) -> None:
    assert frame(folder).get_column("row").sort().to_list() == [2, 20, 82, 100]
    assert frame(folder, each_mark=True).height == 160


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_gathered_marks_count_as_each_mark_does(folder: Folder, seed: int, suffix: str) -> None:
    dice = random.Random(seed)
    sent = [
        (child, FIRST + timedelta(days=day), half, dice.choice([*IN_FORCE, *MISSING_MARKS, None]))
        for child in ("001", "002")
        for day in range(200)
        for half in ("AM", "PM")
        if dice.random() < 0.4
    ]
    dice.shuffle(sent)
    table = pl.DataFrame(sent, schema=["child_id", "date", "session", "code"], orient="row")
    folder.remove("extracts/attendance.csv")
    path = folder.path / "extracts" / f"attendance.{suffix}"
    table.write_parquet(path) if suffix == "parquet" else table.write_csv(path)
    gathered, each = (frame(folder, each_mark=each) for each in (False, True))
    assert gathered.height < 20
    assert each.height > 100
    for _ in range(20):
        first = FIRST + timedelta(days=dice.randrange(-20, 220))
        last = first + timedelta(days=dice.randrange(100))
        assert counted(gathered, first, last) == counted(each, first, last)
    assert read(folder)[1] == read(folder, each_mark=True)[1]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("001,2017-01-09,AM,/", "mark-twice"),
        ("001,2017-01-09,PM,X", "mark-twice"),
        ("001,2017-03-09,AM,?", "attendance-code-unknown"),
        ("001,2017-03-09,AM,K", "attendance-code-not-in-force"),
        ("001,2024-08-19,AM,H", "attendance-code-not-in-force"),
        ("009,2017-03-09,AM,/", "child-unknown"),
        (",2017-03-09,AM,/", "cell-missing"),
        ("001,2017-02-30,AM,/", "cell-impossible-date"),
        ("001,,AM,/", "cell-missing"),
        ("001,2017-03-09,XM,/", "cell-not-in-list"),
        ("001,2017-03-09,,/", "cell-missing"),
        ("001,2025-01-01,AM,/", "part-after-validation"),
    ],
)
def test_what_is_wrong_with_one_mark_is_said_of_its_row(folder: Folder, row: str, code: str) -> None:
    folder.add("extracts/attendance.csv", row)
    found = read(folder)[1]
    assert found == read(folder, each_mark=True)[1]
    assert [(finding.code, finding.where.row) for finding in found] == [(code, 162)]


def test_only_the_register_is_read_again_for_a_mark_made_twice(folder: Folder) -> None:
    with patch.object(collected, "_all", wraps=collected._all) as gone_through:
        read(folder)
        once = _frames(gone_through)
        gone_through.reset_mock()
        folder.add("extracts/attendance.csv", "001,2017-01-09,AM,/")
        assert [finding.code for finding in read(folder)[1]] == ["mark-twice"]
        assert _frames(gone_through) == once + 1


def _frames(gone_through: MagicMock) -> int:
    return sum(len(call.args[0]) for call in gone_through.call_args_list)


def test_a_mark_is_set_aside_alone(folder: Folder) -> None:
    folder.add("extracts/attendance.csv", "001,2017-03-09,AM,?")
    programme, _ = read_programme(folder.path, set_aside=True)
    assert programme is not None
    assert [finding.where.row for _, finding in programme.extracts.aside] == [162]
    assert counted(programme.extracts.frames["marks"], FIRST, date(2018, 1, 1)) == [(0, 80, 80), (1, 80, 0)]


def test_marks_that_were_not_made_are_counted_from_the_first_of_their_rows(folder: Folder) -> None:
    folder.add("extracts/attendance.csv", "001,2017-03-09,AM,", "002,2017-03-09,AM,-")
    (said,) = read(folder)[1]
    assert (said.code, said.where.row, said.found) == (
        "marks-missing",
        162,
        "none in 2 of 162 rows, this one first",
    )


def test_a_school_without_absence_is_named_at_its_first_mark(folder: Folder) -> None:
    programme = sound(folder)
    odd = [
        finding for finding in sense(programme.extracts, programme.cards) if finding.code == "rate-extreme"
    ]
    assert [(finding.where.row, finding.found) for finding in odd] == [
        (2, "80 of 80 sessions attended at `ark`"),
        (82, "0 of 80 sessions attended at `phoenix`"),
    ]


def test_days_that_may_all_be_months_are_looked_at_one_by_one(folder: Folder) -> None:
    days = [date(2016, month, day) for month in range(3, 13) for day in (1, 2)]
    swapped = [f"001,{day:%Y-%d-%m},AM,/\n" for day in days]
    folder.write("extracts/attendance.csv", HEADINGS + "".join(swapped))
    found = read(folder)[1]
    assert [finding.code for finding in found] == ["part-outside", "days-swapped"]
    assert found == read(folder, each_mark=True)[1]


# ---------------------------------------------------------------- in parts


def test_parts_of_other_days_and_children_are_gathered(folder: Folder) -> None:
    folder.write("wlz.yaml", IN_TWO)
    folder.write("one.csv", HEADINGS + marks("001", 40))
    folder.write("two.csv", HEADINGS + marks("001", 10, first=FIRST + timedelta(days=40)) + marks("002", 10))
    read_as = sound(folder).extracts
    assert counted(read_as.frames["marks"], FIRST, date(2018, 1, 1)) == [(0, 100, 100), (1, 20, 20)]
    assert read_as.origin("attendance").number(read_as.origin("attendance").where(83)) == 83
    assert str(read_as.origin("attendance").where(83)) == "two.csv, row 2"


def test_a_session_that_two_parts_mark_is_refused(folder: Folder) -> None:
    folder.write("wlz.yaml", IN_TWO)
    folder.write("one.csv", HEADINGS + marks("001", 40))
    folder.write("two.csv", HEADINGS + marks("002", 40) + "001,2017-01-10,PM,I\n")
    (said,) = read(folder)[1]
    assert (said.code, str(said.where)) == ("mark-twice", "two.csv, row 82, column code")


def test_marks_beside_totals_of_others_are_gathered(folder: Folder) -> None:
    folder.write("wlz.yaml", IN_TWO)
    folder.write("one.csv", HEADINGS + marks("001", 40))
    folder.write("two.csv", totals_of("002"))
    assert frame(folder).height == 2


def test_a_mark_that_totals_count_already_is_refused(folder: Folder) -> None:
    folder.write("wlz.yaml", IN_TWO)
    folder.write("one.csv", HEADINGS + marks("001", 40) + marks("002", 1, first=date(2017, 7, 21)))
    folder.write("two.csv", totals_of("002"))
    found = read(folder)[1]
    assert [(finding.code, str(finding.where)) for finding in found] == [
        ("period-overlaps", "one.csv, row 82, column date"),
        ("period-overlaps", "one.csv, row 83, column date"),
    ]


def totals_of(child: str) -> str:
    headings, *rows = FILES["extracts/attendance.csv"].splitlines(keepends=True)
    return headings + "".join(row for row in rows if row.startswith(child))
