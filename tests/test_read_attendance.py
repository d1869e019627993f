"""Attendance: the classes of the codes against the department's file, and marks as periods of one day."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.sound_folder import Folder
from wlz_calc.read.folder import read_programme
from wlz_calc.standards.attendance import CODES

PUBLISHED = Path(__file__).parents[2] / "shared" / "data" / "dfe_attendance_ytd_2025_26.csv"
UNPUBLISHED = {"D", "X", "Z", "#", "Q", "Y", *(f"Y{n}" for n in range(1, 8))}
"""In neither side of the rate, and not in the file."""
DROPPED = {"F"}
"""A code of old that the file's totals hold and its columns do not."""
SUPPRESSED = "c"

Row = dict[str, str]


def published() -> list[Row]:
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["attendance_perc"] != SUPPRESSED]


def sessions(row: Row, codes: set[str]) -> Decimal:
    """The sessions of a row that have one of these codes."""
    columns = {"/": "reason_present_am", "\\": "reason_present_pm"}
    columns |= {name.split("_")[1].upper(): name for name in row if name.startswith("reason_")}
    return sum((Decimal(row[columns[code]]) for code in codes), Decimal())


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published file is not beside this checkout")
def test_our_classes_of_codes_add_up_to_the_departments_rates() -> None:
    attended = {code for code, mark in CODES.items() if mark.attended}
    absent = {code for code, mark in CODES.items() if mark.possible and not mark.attended}
    assert CODES.keys() - attended - absent == UNPUBLISHED
    rows = published()
    assert len(rows) == 643
    exact = 0
    for row in rows:
        here, away = sessions(row, attended), sessions(row, absent - DROPPED)
        possible = here + Decimal(row["overall_absence"])
        assert here == Decimal(row["overall_attendance"])
        assert possible == Decimal(row["possible_sessions"])
        assert away <= Decimal(row["overall_absence"])
        exact += away == Decimal(row["overall_absence"])
        assert abs(100 * here / possible - Decimal(row["attendance_perc"])) < Decimal("0.00001")
    assert exact == 592


def attendance(folder: Folder) -> list[tuple[int, date, date, int, int]]:
    """What is read: row, first and last day, sessions possible and attended."""
    programme, found = read_programme(folder.path)
    assert programme is not None, found
    frame = programme.extracts.frames["attendance"]
    return frame.sort("row").select("row", "start", "end", "possible", "attended").rows()


def test_totals_are_periods(tmp_path: Path) -> None:
    first, *_ = attendance(Folder(tmp_path / "programme"))
    assert first == (2, date(2017, 1, 3), date(2017, 7, 21), 230, 210)


def test_every_code_counts_as_its_class_says(tmp_path: Path) -> None:
    days = {code: mark.start or mark.end or date(2020, 1, 6) for code, mark in CODES.items()}
    folder = Folder(tmp_path / "programme")
    folder.write("extracts/attendance.csv", "child_id,date,session,code\n")
    for number, (code, day) in enumerate(days.items()):
        child = f"{number:03}"
        folder.add("extracts/attendance.csv", f"{child},{day},AM,{code}")
        if child not in {"001", "002"}:
            folder.add("extracts/children.csv", f"{child},brent,ark,brent,5,2017-01-09,,,")
    expected = [
        (row, days[code], days[code], int(mark.possible), int(mark.attended))
        for row, (code, mark) in enumerate(CODES.items(), start=2)
    ]
    assert attendance(folder) == expected


def test_a_mark_that_was_not_made_is_in_neither_side_of_the_rate(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "programme")
    folder.marks("001,2017-02-02,AM,", "001,2017-02-02,PM,-", "001,2017-02-03,AM,*", "001,2017-02-03,PM,/")
    assert [row for row, *_ in attendance(folder)] == [2, 3, 4, 5, 9]
