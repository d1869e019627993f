"""Tables in parts: rows are numbered through, and every message names the file and its own row."""

from pathlib import Path

import polars as pl
import pytest

from tests.sound_folder import CONFIG, Folder
from wlz_calc.pages import sessions
from wlz_calc.period import Quarter
from wlz_calc.pipeline import check, decisions
from wlz_calc.programme import Programme

HEADING = "child_id,period_start,period_end,sessions_possible,sessions_attended\n"
ARK = f"{HEADING}001,2017-01-03,2017-07-21,230,210\n001,2017-09-04,2018-07-20,380,372\n"
PHOENIX = f"Attendance\n\n{HEADING}002,2017-01-03,2017-07-21,230,222\n"
MARKS = "child_id,date,session,code\n002,2017-01-09,AM,/\n002,2017-01-09,PM,I\n"
IN_PARTS = CONFIG.replace(
    "  attendance: {validated: {by: The data manager, on: 2024-12-31}}\n",
    "  attendance:\n    - {path: ark.csv}\n    - {path: phoenix.csv, header_row: 3}\n",
)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path / "programme")
    made.write("wlz.yaml", IN_PARTS)
    made.write("ark.csv", ARK)
    made.write("phoenix.csv", PHOENIX)
    return made


def sound(folder: Folder) -> Programme:
    programme, found = check(folder.path)
    assert programme is not None, found
    return programme


def refusal(folder: Folder) -> list[tuple[str, str, str]]:
    programme, found = check(folder.path)
    assert programme is None
    return [(finding.code, str(finding.where), finding.found) for finding in found if finding.is_error]


def test_the_parts_of_a_table_are_one_table(folder: Folder, tmp_path: Path) -> None:
    whole = Folder(tmp_path / "whole")
    apart, together = (sound(one).extracts.frames["attendance"] for one in (folder, whole))
    assert apart.drop("row").sort("child", "start").equals(together.drop("row").sort("child", "start"))


def test_rows_are_numbered_through_and_found_again_in_their_file(folder: Folder) -> None:
    extracts = sound(folder).extracts
    assert extracts.frames["attendance"].get_column("row").to_list() == [2, 3, 7]
    origin = extracts.origin("attendance")
    assert [str(origin.where(row)) for row in (2, 3, 7)] == [
        "ark.csv, row 2",
        "ark.csv, row 3",
        "phoenix.csv, row 4",
    ]
    assert origin.number(origin.where(7)) == 7


def test_evidence_names_its_rows_as_the_provenance_numbers_them(folder: Folder) -> None:
    decided, _ = decisions(folder.path, Quarter.parse("2018-Q4"))
    assert decided is not None
    parts = {file.file: file.after for file in decided.provenance.files if file.role == "attendance"}
    assert parts == {"ark.csv": 0, "phoenix.csv": 3}


def test_a_message_names_the_other_file_too(folder: Folder) -> None:
    folder.write("phoenix.csv", PHOENIX + "001,2017-01-03,2017-01-04,4,4\n")
    assert refusal(folder) == [
        (
            "period-overlaps",
            "phoenix.csv, row 5, column period_start",
            "`2017-01-03` (row 2 of ark.csv lasts until 2017-07-21)",
        )
    ]


def test_what_another_file_says_already_is_named_with_its_file(folder: Folder) -> None:
    rows = "child_id,completed_on,measure,score\n001,2017-01-10,confidence,{}\n"
    folder.write("wlz.yaml", _surveys(IN_PARTS))
    folder.write("one.csv", rows.format(40))
    folder.write("two.csv", rows.format(41))
    assert refusal(folder) == [
        ("readings-differ", "two.csv, row 2, column score", "`41` (row 2 of one.csv has `40`)")
    ]


def _surveys(config: str) -> str:
    stated = "  survey: {validated: {by: The data manager, on: 2024-12-31}}\n"
    return config.replace(stated, "  survey: [{path: one.csv}, {path: two.csv}]\n")


def test_one_school_may_send_marks_and_another_totals(folder: Folder) -> None:
    folder.write("phoenix.csv", MARKS)
    folder.write("wlz.yaml", IN_PARTS.replace(", header_row: 3", ""))
    frames = sound(folder).extracts.frames
    counted = sessions(pl.col("possible", "attended"))
    assert frames["attendance"].height == 2
    assert frames["marks"].select(counted.sum()).rows() == [(2, 1)]


def test_marks_of_a_day_that_totals_count_already_are_refused(folder: Folder) -> None:
    folder.write("phoenix.csv", MARKS.replace("002", "001"))
    folder.write("wlz.yaml", IN_PARTS.replace(", header_row: 3", ""))
    said = "`2017-01-09` (totals of 2017-01-03 to 2017-07-21)"
    assert refusal(folder) == [
        ("period-overlaps", f"phoenix.csv, row {row}, column date", said) for row in (2, 3)
    ]


def test_what_is_the_same_in_every_row_need_not_be_sent(folder: Folder) -> None:
    scores = "emotional: 5, conduct: 3, hyperactivity: 5, peer: 2, prosocial: 7"
    said = f"{{path: who.csv, constants: {{completed_on: 2017-01-10, informant: teacher, {scores}}}}}"
    stated = "  sdq: {validated: {by: The data manager, on: 2024-12-31}}\n"
    folder.write("wlz.yaml", IN_PARTS.replace(stated, f"  sdq: {said}\n"))
    folder.write("who.csv", "child_id\n001\n002\n\nTotal\n")
    scored = sound(folder).extracts.frames["sdq"]
    assert scored.select("row", "emotional", "total").rows() == [(2, 5, 15), (3, 5, 15)]
