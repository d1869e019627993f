"""A folder to start from: sound and payable at once, every column explained, and safe to put into git."""

import csv
import re
import subprocess
from io import StringIO
from pathlib import Path
from typing import NoReturn

import pytest

from tests.sound_folder import CARD, Said, wlz_calc
from wlz_calc import starting
from wlz_calc.cli.ending import Exit
from wlz_calc.ratecard.card import Card
from wlz_calc.read.cards import read_card, shipped
from wlz_calc.read.config import Config, StatedPart
from wlz_calc.sample.blank import blanks, joined_on
from wlz_calc.sample.explained import MEANINGS
from wlz_calc.sample.starter import NOBODY, first_quarter
from wlz_calc.tables import EXTRACTS

CARDS = list(shipped())
ONLY_SIGN_UP = CARD[: CARD.index("  engagement:")].replace(", each: school", "")
BY_MONTHS = CARD.replace(
    "        baseline: {academic_year: 1}\n        endpoint: {academic_year: 2}\n",
    "",
)
BY_AUTHORITY = CARD.replace("each: school", "each: authority")
LATE_BASELINES = CARD.replace(
    "      reading: {when",
    "      reading: {baseline: {months: [2, 4]}, endpoint: {months: [9, 12]}, when",
).replace(
    "      wellbeing:",
    "      again: {when: {measure: attainment.reading, test: improves, by: 1}}\n      wellbeing:",
)
FEW_DAYS = CARD.replace("joined: {from: 2016-09-01", "joined: {from: 2018-08-01")
OWN = {
    "sign-up alone": ONLY_SIGN_UP,
    "register marks": BY_MONTHS,
    "each authority": BY_AUTHORITY,
    "two windows for baselines": LATE_BASELINES,
    "joining only in the holidays": FEW_DAYS,
}


def started(folder: Path, card: str) -> Said:
    said = wlz_calc("init", str(folder), "--card", card)
    assert said.code == Exit.FINE, said.err
    return said


def files(folder: Path) -> dict[str, str]:
    there = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in there}


def own_card(folder: Path, text: str) -> tuple[Path, Card]:
    path = folder / "ours.yaml"
    path.write_text(text, encoding="utf-8")
    read, found = read_card(path, path.name)
    assert read is not None, found
    return path, read.card


def paid(folder: Path, quarter: str) -> list[dict[str, str]]:
    said = wlz_calc("pay", "--quarter", quarter, str(folder), "--format", "csv")
    assert said.code == Exit.FINE, said.err
    return list(csv.DictReader(StringIO(said.out)))


@pytest.mark.parametrize("card", CARDS)
def test_what_is_made_is_clean_and_is_paid_at_once(tmp_path: Path, card: str) -> None:
    folder = tmp_path / "ours"
    said = started(folder, card)
    quarter = re.findall("--quarter (\\S+)", said.err)
    assert wlz_calc("check", str(folder)) == Said(Exit.FINE)
    assert {line["child_id"] for line in paid(folder, quarter[0])} == {"example-1"}


@pytest.mark.parametrize("what", OWN)
def test_a_card_of_ones_own_is_copied_into_the_folder(tmp_path: Path, what: str) -> None:
    path, card = own_card(tmp_path, OWN[what])
    folder = tmp_path / "programme"
    started(folder, str(path))
    path.unlink()
    assert files(folder)["cards/brent-1.yaml"] == OWN[what]
    assert wlz_calc("check", str(folder)) == Said(Exit.FINE)
    assert paid(folder, str(first_quarter(card)))


def test_the_extracts_are_those_that_the_card_needs(tmp_path: Path) -> None:
    tables = {
        what: {blank.table.name: blank.columns for blank in blanks(own_card(tmp_path, text)[1])}
        for what, text in OWN.items()
    }
    assert set(tables["sign-up alone"]) == {"children", "survey"}
    assert "code" in tables["register marks"]["attendance"]
    assert "sessions_possible" in tables["each authority"]["attendance"]
    assert "authority" in tables["each authority"]["children"]
    assert "authority" not in tables["register marks"]["children"]
    assert "schools" in tables["register marks"]
    assert "schools" not in tables["each authority"]


def test_a_child_joins_on_a_school_day_if_there_is_one(tmp_path: Path) -> None:
    assert str(joined_on(own_card(tmp_path, CARD)[1])) == "2016-09-05"
    assert str(joined_on(own_card(tmp_path, FEW_DAYS)[1])) == "2018-08-01"


def test_the_ledgers_have_their_headings_and_nothing_else(tmp_path: Path) -> None:
    started(tmp_path / "ours", CARDS[0])
    made = files(tmp_path / "ours")
    assert made["holds.csv"] == "child_id,payment,outcome,from,to,reason,raised_by\n"
    assert made["payments.csv"] == "contract,commissioner,quarter,paid_on,amount,reference\n"


@pytest.mark.parametrize("card", CARDS)
def test_every_column_is_explained(tmp_path: Path, card: str) -> None:
    started(tmp_path / "ours", card)
    made = files(tmp_path / "ours")
    for table, meanings in MEANINGS.items():
        own = next(each for each in EXTRACTS if each.name == table)
        assert meanings.keys() >= set(own.required) - {"period_start"}
        headings = made[f"extracts/{table}.csv"].splitlines()[0].split(",")
        assert meanings.keys() >= set(headings)
        for heading in headings:
            assert f"| `{heading}` |" in made["extracts/README.md"]


# ---------------------------------------------------------------- wlz.yaml


def test_every_key_of_the_settings_is_there_with_a_line_that_explains_it(tmp_path: Path) -> None:
    started(tmp_path / "ours", CARDS[0])
    lines = files(tmp_path / "ours")["wlz.yaml"].splitlines()
    for key in (*Config.model_fields, *StatedPart.model_fields):
        place = next(n for n, line in enumerate(lines) if re.match(rf"\s*#?\s*(- )?{key}:", line))
        above = lines[place - 1].strip() + lines[place].strip()
        assert "# " in above, key


def test_what_is_commented_out_is_sound_where_it_is_wanted(tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    started(folder, CARDS[0])
    said = re.sub(r"(?m)^  attendance: .*\n", "", files(folder)["wlz.yaml"])
    wanted = re.sub(r"(?m)^( *)#(?=\S)", r"\1", said)
    (folder / "wlz.yaml").write_text(wanted, encoding="utf-8")
    first, *others = wlz_calc("check", str(folder)).out.split("error ")[1:]
    assert first.startswith("file-missing: ")
    assert "found `schools/our-school autumn.xlsx`" in first
    assert not others


def test_later_rows_are_warned_of_until_somebody_vouches_for_them(tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    started(folder, "life-chances-fund")
    assert NOBODY in files(folder)["wlz.yaml"]
    with (folder / "extracts" / "engagement.csv").open("a", encoding="utf-8") as file:
        file.write("example-1,2020-02-03,link_worker,,,attended,,\n")
    assert "warning part-after-validation" in wlz_calc("check", str(folder)).out


# ---------------------------------------------------------------- git


def test_git_takes_settings_and_cards_and_no_data_of_children(tmp_path: Path) -> None:
    path, _ = own_card(tmp_path, CARD)
    folder = tmp_path / "programme"
    started(folder, str(path))
    for name in ("claim.xlsx", "claims/brent/2016-Q3/lines.csv", "schools/autumn.xlsx", "sample/wlz.yaml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    (folder / "cards" / "children.csv").touch()
    (folder / "sample" / "extracts").mkdir()
    (folder / "sample" / "extracts" / "children.csv").touch()
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    asked = ["git", "-C", str(folder), "ls-files", "--others", "--exclude-standard"]
    assert subprocess.run(asked, check=True, capture_output=True, text=True).stdout.split() == [
        ".github/workflows/check.yml",
        ".gitignore",
        "cards/brent-1.yaml",
        "extracts/README.md",
        "sample/extracts/children.csv",
        "sample/wlz.yaml",
        "wlz.yaml",
    ]


@pytest.mark.parametrize("own", [False, True], ids=["a card that is shipped", "a card of one's own"])
def test_the_workflow_runs_as_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, own: bool
) -> None:
    folder = tmp_path / "programme"
    started(folder, str(own_card(tmp_path, CARD)[0]) if own else CARDS[0])
    monkeypatch.chdir(folder)
    workflow = files(folder)[".github/workflows/check.yml"]
    commands = re.findall(r"(?:\|\| |run: |^ +)wlz-calc (.*)$", workflow, re.MULTILINE)
    assert [command.split()[0] for command in commands] == ["cards", "sample", "check", "pay"]
    for command in commands:
        assert wlz_calc(*command.split(), GITHUB_ACTIONS="true").code == Exit.FINE
    assert 'pip install "$WLZ_CALC"' in workflow


# ---------------------------------------------------------------- what it refuses


def test_a_folder_that_holds_anything_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    for taken in (tmp_path, tmp_path / "notes.txt"):
        said = wlz_calc("init", str(taken), "--card", CARDS[0])
        assert said.code == Exit.USAGE
        assert said.err.startswith("error output-exists: ")
    assert files(tmp_path) == {"notes.txt": "mine"}


def test_an_empty_folder_is_filled_and_a_path_to_it_is_made(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    started(tmp_path / "empty", CARDS[0])
    started(tmp_path / "far" / "away", CARDS[0])
    assert files(tmp_path / "empty") == files(tmp_path / "far" / "away")


def test_a_card_that_is_not_there_makes_no_folder(tmp_path: Path) -> None:
    said = wlz_calc("init", str(tmp_path / "ours"), "--card", "kensington")
    assert said.code == Exit.CARD
    assert "did you mean kensington-chelsea?" in said.err
    assert not (tmp_path / "ours").exists()


@pytest.mark.parametrize("there", [False, True], ids=["a new folder", "an empty folder"])
def test_a_disk_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    def full(_files: object) -> NoReturn:
        (tmp_path / "ours" / "wlz.yaml").touch()
        raise OSError(28, "No space left on device")

    if there:
        (tmp_path / "ours").mkdir()
    monkeypatch.setattr(starting, "write_together", full)
    said = wlz_calc("init", str(tmp_path / "ours"), "--card", CARDS[0])
    assert said.code == Exit.USAGE
    assert "error output-unwritable" in said.err
    assert "no space left on device" in said.err
    assert [path.name for path in tmp_path.rglob("*")] == (["ours"] if there else [])
