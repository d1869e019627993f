"""Attendance: every code counts as its class says, in totals and in marks."""

from datetime import date
from pathlib import Path

import polars as pl

from tests.sound_folder import Folder
from wlz_calc.pages import sessions
from wlz_calc.read.folder import read_programme
from wlz_calc.standards.attendance import CODES


def read(folder: Folder, name: str) -> pl.DataFrame:
    programme, found = read_programme(folder.path)
    assert programme is not None, found
    return programme.extracts.frames[name].sort("row")


def test_totals_are_periods(tmp_path: Path) -> None:
    totals = read(Folder(tmp_path / "programme"), "attendance")
    first = totals.select("row", "start", "end", "possible", "attended").row(0)
    assert first == (2, date(2017, 1, 3), date(2017, 7, 21), 230, 210)


def test_every_code_counts_as_its_class_says(tmp_path: Path) -> None:
    days = {code: mark.start or mark.end or date(2020, 1, 16) for code, mark in CODES.items()}
    folder = Folder(tmp_path / "programme")
    folder.write("extracts/attendance.csv", "child_id,date,session,code\n")
    for number, (code, day) in enumerate(days.items()):
        child = f"{number:03}"
        folder.add("extracts/attendance.csv", f"{child},{day},AM,{code}")
        if child not in {"001", "002"}:
            folder.add("extracts/children.csv", f"{child},brent,ark,brent,5,2017-01-09,,,")
    counted = read(folder, "marks").select(sessions(pl.col("possible", "attended")))
    assert counted.rows() == [(mark.possible, mark.attended) for mark in CODES.values()]
    assert read(folder, "attendance").is_empty()


def test_a_mark_that_was_not_made_is_in_neither_side_of_the_rate(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "programme")
    folder.marks("001,2017-02-12,AM,", "001,2017-02-12,PM,-", "001,2017-02-13,AM,*", "001,2017-02-13,PM,/")
    possible = read(folder, "marks").select("row", sessions(pl.col("possible")).alias("possible"))
    assert possible.rows() == [(2, 3), (4, 2)]
