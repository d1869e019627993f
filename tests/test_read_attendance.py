"""Attendance: every code counts as its class says, and a mark is a period of one day."""

from datetime import date
from pathlib import Path

from tests.sound_folder import Folder
from wlz_calc.read.folder import read_programme
from wlz_calc.standards.attendance import CODES


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
