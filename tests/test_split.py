"""`--split`: one workbook for each commissioner, all of them in a new folder or none."""

from pathlib import Path
from unittest.mock import patch

import pytest
from openpyxl import load_workbook

from tests.closing import close
from tests.simulation import small
from tests.simulation.small import child
from tests.sound_folder import Said, wlz_calc
from tests.test_split_sentinels import contents
from wlz_calc.cli.ending import Exit
from wlz_calc.write.filenames import LONGEST, file_names

FILES = ["2018-Q4 alpha school S1.xlsx", "2018-Q4 alpha school S2.xlsx"]
FORMULA = "=1+1"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    known = [child("c001", "2018-11-05", "S1"), child("c002", "2018-11-06", "S2")]
    return small.write(tmp_path / "programme", *known)


def pay(folder: Path, *options: str) -> Said:
    return wlz_calc("pay", "--quarter", "2018-Q4", str(folder), *options)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# ---------------------------------------------------------------- the folder


def test_a_workbook_for_each_commissioner_in_a_new_folder(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "sent"
    told = pay(folder, "--split", str(out))
    assert told.code == Exit.FINE
    assert told.out == ""
    assert told.err.splitlines()[-1] == f"written: 2 workbooks in {out.as_posix()}"
    assert names(out) == FILES
    first, second = (contents((out / name).read_bytes()) for name in FILES)
    assert ("c001" in first, "c002" in first) == (True, False)
    assert ("c001" in second, "c002" in second) == (False, True)


def test_an_empty_folder_is_filled(folder: Path, tmp_path: Path) -> None:
    assert pay(folder, "--split", str(tmp_path / "sent")).code == Exit.FINE
    (tmp_path / "empty").mkdir()
    assert pay(folder, "--split", str(tmp_path / "empty")).code == Exit.FINE
    for name in FILES:
        again = (tmp_path / "empty" / name).read_bytes()
        assert again == (tmp_path / "sent" / name).read_bytes()


def test_only_one_commissioner(folder: Path, tmp_path: Path) -> None:
    told = pay(folder, "--commissioner", "school:S2", "--split", str(tmp_path / "sent"))
    assert told.code == Exit.FINE
    assert names(tmp_path / "sent") == FILES[1:]


@pytest.mark.parametrize("there", ["a file in it", "a file of its name"])
def test_nothing_is_written_over(folder: Path, tmp_path: Path, there: str) -> None:
    out = tmp_path / "sent"
    if there == "a file in it":
        out.mkdir()
    other = out / FILES[0] if there == "a file in it" else out
    other.write_text("Kept.")
    told = pay(folder, "--split", str(out))
    assert told.code == Exit.USAGE
    assert "output-unwritable" in told.err
    assert other.read_text() == "Kept."


def test_a_folder_in_no_folder(folder: Path, tmp_path: Path) -> None:
    told = pay(folder, "--split", str(tmp_path / "no" / "sent"))
    assert told.code == Exit.USAGE
    assert "no such folder" in told.err


@pytest.mark.parametrize("others", [["--format", "csv"], ["--output", "claim.csv"]])
def test_it_writes_workbooks_and_nothing_else(folder: Path, tmp_path: Path, others: list[str]) -> None:
    told = pay(folder, "--split", str(tmp_path / "sent"), *others)
    assert told.code == Exit.USAGE
    assert "leave out --output and --format" in " ".join(told.err.split())
    assert not (tmp_path / "sent").exists()


@pytest.mark.parametrize("made", [False, True])
def test_all_are_written_or_none(folder: Path, tmp_path: Path, made: bool) -> None:
    out = tmp_path / "sent"
    if made:
        out.mkdir()
    with patch("wlz_calc.write.output.write_new", side_effect=OSError(28, "No space left on device")):
        told = pay(folder, "--split", str(out))
    assert told.code == Exit.USAGE
    assert "no space left on device" in told.err
    assert out.exists() == made
    assert not made or names(out) == []


def test_more_lines_than_a_sheet_holds(folder: Path, tmp_path: Path) -> None:
    with patch("wlz_calc.write.sheets.MOST_LINES", 0):
        told = pay(folder, "--split", str(tmp_path / "sent"))
    assert told.code == Exit.USAGE
    assert not (tmp_path / "sent").exists()


def test_a_sealed_claim_is_split_too(folder: Path, tmp_path: Path) -> None:
    close(folder, "2018-Q4")
    told = wlz_calc("claims", "show", "2018-Q4", str(folder), "--split", str(tmp_path / "sent"))
    assert told.code == Exit.FINE
    assert names(tmp_path / "sent") == FILES
    first, second = (contents((tmp_path / "sent" / name).read_bytes()) for name in FILES)
    assert ("c001" in first, "c002" in first) == (True, False)
    assert ("c001" in second, "c002" in second) == (False, True)


def test_what_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    schools = [f"{sign}1" for sign in "=+-@"]
    known = [child(f"{school}c", "2018-11-05", school) for school in schools]
    held = [row | {"reason": FORMULA, "raised_by": "@x"} for row in [small.hold("=1c", "2018-10-01", "")]]
    folder = small.write(tmp_path / "programme", *known, *held)
    out = tmp_path / "sent"
    assert pay(folder, "--split", str(out)).code == Exit.FINE
    assert len(names(out)) == len(schools)
    for path in out.iterdir():
        for sheet in load_workbook(path).worksheets:
            texts = [cell for row in sheet.iter_rows() for cell in row if str(cell.value) in TEXTS]
            assert all(cell.data_type == "s" for cell in texts)


TEXTS = {FORMULA, "@x", *(f"{sign}1{end}" for sign in "=+-@" for end in ("", "c"))}


# ---------------------------------------------------------------- the names of files


@pytest.mark.parametrize(
    ("commissioner", "name"),
    [
        ("rbkc", "2018-Q4 alpha rbkc.xlsx"),
        ("school:ark", "2018-Q4 alpha school ark.xlsx"),
        ('a<b>c"d/e\\f|g?h*i', "2018-Q4 alpha a b c d e f g h i.xlsx"),
        ("ends. .", "2018-Q4 alpha ends.xlsx"),
        ("CON", "2018-Q4 alpha CON.xlsx"),
        ("=1+1", "2018-Q4 alpha 1+1.xlsx"),
        ("tab\tcr\r", "2018-Q4 alpha tab cr.xlsx"),
        ("e\u0301cole", "2018-Q4 alpha \u00e9cole.xlsx"),
        ("../../up", "2018-Q4 alpha .. .. up.xlsx"),
    ],
)
def test_a_name_that_any_system_takes(commissioner: str, name: str) -> None:
    assert file_names("2018-Q4", [("alpha", commissioner)]) == [name]


def test_names_are_unique_whatever_the_case() -> None:
    parties = [("alpha", "ark"), ("alpha", "ARK"), ("alpha", "a:k"), ("alpha", "a k"), ("alpha", "other")]
    found = file_names("2018-Q4", parties)
    assert len({name.casefold() for name in found}) == len(parties)
    assert found[-1] == "2018-Q4 alpha other.xlsx"
    assert found[0].startswith("2018-Q4 alpha ark~")
    assert file_names("2018-Q4", parties[::-1]) == found[::-1]


@pytest.mark.parametrize("letter", ["x", "\u00e9", "\u5b66"])
def test_a_long_name_is_cut_and_stays_its_own(letter: str) -> None:
    first, second = file_names("2018-Q4", [("alpha", letter * 300 + end) for end in "ab"])
    assert first != second
    assert len(first.encode()) <= LONGEST
    assert first.endswith(".xlsx")
