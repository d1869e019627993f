"""The example of the pilot's figures: its results read as West London Zone published those of 2015/16."""

import csv
import re
from io import StringIO

import pytest

from tests import pilot
from tests.sound_folder import Said, wlz_calc
from wlz_calc.cli.ending import Exit

SENTENCES = (
    "87% of those at risk at secondary school improved in English.",
    "57% of those at risk at primary school improved their behaviour.",
)
README = (pilot.PILOT / "README.md").read_text(encoding="utf-8")


def results(*options: str) -> Said:
    return wlz_calc("results", "--as-of", "2016-08-31", "--by", "phase", *options, str(pilot.PILOT))


def test_the_example_is_what_its_maker_makes() -> None:
    there = {path.stem: path.read_bytes() for path in (pilot.PILOT / "extracts").iterdir()}
    assert there == {name: table.write_csv().encode() for name, table in pilot.extracts().items()}


def test_nothing_in_it_is_found_wrong() -> None:
    said = wlz_calc("check", str(pilot.PILOT))
    assert (said.code, said.out, said.err) == (Exit.FINE, "", "")


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_published_sentences_can_be_read_off_the_screen(sentence: str) -> None:
    assert sentence in results().out.splitlines()
    assert sentence in README.splitlines()


@pytest.mark.parametrize(
    ("measure", "phase", "improved", "at_risk", "percent"),
    [("attainment.english", "secondary", 33, 38, 87), ("sdq.conduct", "primary", 20, 35, 57)],
)
def test_and_off_the_csv_of_those_at_risk_at_the_start(
    measure: str, phase: str, improved: int, at_risk: int, percent: int
) -> None:
    lines = csv.DictReader(StringIO(results("--format", "csv").out))
    own = [line for line in lines if (line["measure"], line["group"]) == (measure, phase)]
    figures = {line["figure"]: line["value"] for line in own}
    counts = [int(figures[name]) for name in ("no_longer_at_risk", "improved", "at_risk", "both_readings")]
    assert (sum(counts[:2]), counts[2], figures["percent_improved"]) == (improved, at_risk, str(percent))
    assert counts[3] > at_risk
    assert f"{improved} of {at_risk}, {percent}%" in README


def test_the_command_in_its_readme_is_the_one_that_was_run() -> None:
    [command] = re.findall(r"^\$ wlz-calc (.*)$", README, re.MULTILINE)
    assert command == "results --as-of 2016-08-31 --by phase examples/pilot-figures"
