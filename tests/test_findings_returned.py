"""What goes back to the sender of one file: its findings, each of them if wanted, nothing of other files."""

import csv
from io import StringIO
from pathlib import Path

import pytest

from tests.sound_folder import Folder, Said, text
from wlz_calc.cli.ending import Exit
from wlz_calc.finding import Finding, Where
from wlz_calc.write.returned import named, returned

FILES = [
    "schools/ark swift autumn.xlsx",
    "schools/ark swift spring.xlsx",
    "ark.csv",
    "other/ark.csv",
    "b.csv",
]
SENTINEL = "SENTINEL"


# ---------------------------------------------------------------- which file is meant


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("schools/ark swift autumn.xlsx", FILES[:1]),
        ("ark swift autumn.xlsx", FILES[:1]),
        ("ark swift spring", FILES[1:2]),
        ("Autumn", FILES[:1]),
        ("swift", FILES[:2]),
        ("ark.csv", ["ark.csv"]),
        ("other", ["other/ark.csv"]),
        ("ark", ["ark.csv", "other/ark.csv"]),
        ("phoenix", []),
    ],
)
def test_a_file_goes_by_its_path_its_name_its_stem_or_a_part_of_it(name: str, files: list[str]) -> None:
    assert named(name, [*FILES, *FILES]) == files


# ---------------------------------------------------------------- what is left out


def about(found: str, file: str = "a.csv", row: int | None = 5, code: str = "readings-differ") -> Finding:
    return Finding(code, Where(file, row, "score"), found, "one reading a day")


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ("`95` (row 2 of b.csv has `SENTINEL`)", "`95` (another file says otherwise)"),
        ("`95` (row 2 of b (1).csv has `SENTI`NEL (row 3 of a.csv)`)", "`95` (another file says otherwise)"),
        ("`95` (as in row 2 of SENTINEL.csv)", "`95` (as in another file)"),
        ("`95` (row 2 of SENTINEL.csv lasts until 2016-12-31)", "`95` (another file says otherwise)"),
        ("`95` (row 2 of a.csv SENTINEL.csv has `1`)", "`95` (another file says otherwise)"),
        ("all 3 rows (as in row 2 of SENTINEL.csv)", "all 3 rows (as in another file)"),
        ("`95` (row 2 of a.csv has `96`)", "`95` (row 2 of a.csv has `96`)"),
        ("`95` (as in row 2 of a.csv)", "`95` (as in row 2 of a.csv)"),
        ("`95` (row 2 of a.csv lasts until 2016-12-31)", "`95` (row 2 of a.csv lasts until 2016-12-31)"),
        ("`95` (as in row 2)", "`95` (as in row 2)"),
        ("`1` (it has `001`)", "`1` (it has `001`)"),
        ("`95`", "`95`"),
    ],
)
def test_other_files_are_neither_named_nor_quoted(found: str, shown: str) -> None:
    [own] = returned([about(found), about(SENTINEL, "b.csv")], "a.csv")
    assert own == about(shown)
    assert SENTINEL not in f"{own}"


def test_what_is_said_of_a_whole_table_goes_to_no_sender() -> None:
    whole = about("0 of 9 sessions attended at `SENTINEL`", row=None, code="rate-extreme")
    unread = about("a folder", row=None, code="file-unreadable")
    assert returned([whole, unread], "a.csv") == [unread]


# ---------------------------------------------------------------- the option


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder whose survey comes from two schools, which differ about a child."""
    folder = Folder(tmp_path / "programme")
    folder.remove("extracts/survey.csv")
    (folder.path / "schools").mkdir()
    heading = "child_id,completed_on,measure,score\n"
    folder.write(
        "schools/ark autumn.csv", f"{heading}001,2017-01-10,confidence,40\n=2,2017-01-10,confidence,1\n"
    )
    folder.write("schools/SENTINEL.csv", f"{heading}001,2017-01-10,confidence,41\n")
    folder.replace("wlz.yaml", ("survey: {", "survey:\n  - {path: schools/SENTINEL.csv, "))
    folder.replace("wlz.yaml", ("  - {path", "    - {path"))
    folder.add("wlz.yaml", "    - {path: schools/ark autumn.csv, validated: {by: Us, on: 2019-01-01}}")
    return folder


def misused(said: Said) -> str:
    assert (said.code, said.out) == (Exit.USAGE, "")
    return " ".join(line.strip("│ ") for line in said.err.splitlines() if line.startswith("│"))


def test_the_findings_of_one_part(folder: Folder) -> None:
    said = folder.check("--part", "ark autumn")
    assert said == Said(
        Exit.FINDINGS,
        text("""
            error child-unknown: A child is not in the register
              schools/ark autumn.csv, row 3, column child_id
              found `=2`; expected a child in the register
              mend: Correct the id, or add the child to the register.
            error readings-differ: Two different readings on one day
              schools/ark autumn.csv, row 2, column score
              found `40` (another file says otherwise); expected one reading a day
              mend: Keep the one that is right.
        """),
    )


def test_one_part_as_csv_has_nothing_of_other_schools(folder: Folder) -> None:
    said = folder.check("--part", "autumn", "--format", "csv")
    rows = list(csv.DictReader(StringIO(said.out)))
    assert {row["file"] for row in rows} == {"schools/ark autumn.csv"}
    assert [row["code"] for row in rows] == ["child-unknown", "readings-differ"]
    assert SENTINEL in folder.check("--format", "csv").out
    assert SENTINEL not in said.out + said.err
    assert "41" not in said.out


def test_a_part_without_findings_says_so_while_others_stop_the_checks(folder: Folder) -> None:
    said = folder.check("--part", "SENTINEL")
    assert said == Said(
        Exit.FINE,
        err="Nothing so far in schools/SENTINEL.csv; errors elsewhere keep some checks from being made.\n",
    )


def test_a_part_of_a_sound_folder_is_silent(tmp_path: Path) -> None:
    sound = Folder(tmp_path / "sound")
    assert sound.check("--part", "engagement") == Said(Exit.FINE)


def test_a_part_that_there_is_not(folder: Folder) -> None:
    said = misused(folder.check("--part", "phoenix"))
    assert said.startswith("Invalid value: no file 'phoenix'; there are extracts/attainment.csv, ")
    assert said.endswith("holds.csv, schools/SENTINEL.csv, schools/ark autumn.csv")


def test_a_name_that_several_files_have(folder: Folder) -> None:
    assert misused(folder.check("--part", "att")) == (
        "Invalid value: 'att' may be extracts/attainment.csv or extracts/attendance.csv"
    )


def test_a_folder_that_will_not_do_is_refused_for_every_part(folder: Folder) -> None:
    folder.add("wlz.yaml", "colour: green")
    said = folder.check("--part", "ark autumn", "--format", "csv")
    assert (said.code, said.out) == (Exit.FINDINGS, "")
    assert said.err == folder.check().out


def test_every_row_of_a_cause_is_listed_when_all_are_asked_for(folder: Folder) -> None:
    folder.write(
        "schools/ark autumn.csv",
        "\n".join(
            ["child_id,completed_on,measure,score", *(f"9{n:02},2017-01-10,confidence,1" for n in range(13))]
        ),
    )
    assert "(and 12 more rows: 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 2 more; check --all)" in folder.check().out
    said = folder.check("--part", "ark autumn", "--all")
    assert said.out.splitlines()[:5] == [
        "error child-unknown: A child is not in the register",
        "  schools/ark autumn.csv, column child_id, 13 times",
        "  expected a child in the register",
        "    row 2: `900`",
        "    row 3: `901`",
    ]
    assert len(said.out.splitlines()) == 3 + 13 + 1
