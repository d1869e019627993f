"""Every code has the smallest input that provokes it, and what is then said is what its transcript says."""

import re
import shutil
from pathlib import Path

import pytest

from tests.broken import BESIDES, CASES, NOT_BY_INPUT
from tests.broken.made import BROKEN, TRANSCRIPT, make, transcript
from tests.broken.page import page
from tests.closing import CLAIMS, files_in
from tests.sound_folder import wlz_calc
from wlz_calc.catalogue import CODES

CODE = re.compile(r"^(error|warning) ([a-z0-9-]+): ", re.MULTILINE)
BINARY = (".xlsx", ".xls", ".parquet")
TESTS = Path(__file__).parent


def copy(code: str, place: Path) -> Path:
    return shutil.copytree(BROKEN / code, place / code)


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in files_in(folder)}


def written_by_hand(folder: Path) -> dict[str, bytes | None]:
    """The files but those of the book; what is no text depends on the versions that wrote it."""
    return {
        name: None if name.endswith(BINARY) else content
        for name, content in contents(folder).items()
        if not name.startswith(f"{CLAIMS}/brent/") and name != TRANSCRIPT
    }


def test_every_code_has_an_example_or_a_reason_for_having_none() -> None:
    assert CASES.keys() | NOT_BY_INPUT.keys() == CODES.keys()
    assert CASES.keys().isdisjoint(NOT_BY_INPUT)


def test_every_example_has_a_folder_and_every_folder_is_an_example() -> None:
    assert {path.name for path in BROKEN.iterdir()} == CASES.keys() | {"README.md"}


def test_the_page_is_what_the_catalogue_says() -> None:
    assert (BROKEN / "README.md").read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("code", NOT_BY_INPUT)
def test_what_no_input_provokes_is_provoked_by_a_test(code: str) -> None:
    _, name = NOT_BY_INPUT[code]
    assert f'"{code}"' in (TESTS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("code", CASES)
def test_what_is_said_is_in_the_transcript(code: str, tmp_path: Path) -> None:
    folder = copy(code, tmp_path)
    before = contents(folder)
    assert transcript(CASES[code].command, folder) == before[TRANSCRIPT].decode()
    assert contents(folder) == before


@pytest.mark.parametrize("code", CASES)
def test_an_example_provokes_its_code_and_nothing_else(code: str) -> None:
    said = CODE.findall((BROKEN / code / TRANSCRIPT).read_text(encoding="utf-8"))
    assert {own for _, own in said} == {code} | BESIDES.get(code, set())
    assert (str(CODES[code].severity), code) in said


@pytest.mark.parametrize("code", CASES)
def test_an_example_is_made_of_its_case(code: str, tmp_path: Path) -> None:
    make(CASES[code], tmp_path)
    assert written_by_hand(tmp_path) == written_by_hand(BROKEN / code)


def test_what_a_finding_means_ends_with_the_folder_of_its_example() -> None:
    for code in CODES:
        named = f"\n\nthe smallest example: examples/broken/{code}\n"
        assert wlz_calc("finding", code).out.endswith(named) == (code in CASES)
