"""Worked cases of cards: those that are shipped come out as they say, and prove every threshold."""

import re
from pathlib import Path

import pytest

from tests.sound_folder import wlz_calc
from wlz_calc import trying
from wlz_calc.cli.ending import Exit
from wlz_calc.ratecard.card import Card
from wlz_calc.ratecard.thresholds import thresholds
from wlz_calc.read.cards import read_card, shipped
from wlz_calc.read.cases import beside, read_cases

NAME = "kensington-chelsea"
ONE = """
cases:
  - case: A family that consents signs up.
    clause: Payment 1
    quarter: 2016-Q4
    children: |
      | child | joined_on  | consent_on |
      | one   | 2016-12-01 | 2016-12-02 |
    decisions: |
      | child | what    | status | due_on     |
      | one   | sign_up | met    | 2016-12-02 |
"""


def card_of(name: str) -> Card:
    read, _ = read_card(shipped()[name], name)
    assert read is not None
    return read.card


def card(folder: Path, cases: str, *changes: tuple[str, str]) -> str:
    """A copy of a shipped card with these changes, and cases beside it."""
    text = shipped()[NAME].read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / "our.yaml").write_text(text, encoding="utf-8")
    (folder / "our.cases.yaml").write_text(cases, encoding="utf-8")
    return str(folder / "our.yaml")


def changed(old: str, new: str) -> str:
    assert old in ONE
    return ONE.replace(old, new, 1)


@pytest.mark.parametrize("name", list(shipped()))
def test_the_cases_of_a_shipped_card_come_out_as_they_say_and_prove_every_threshold(name: str) -> None:
    trial, found = trying.trial(name)
    assert trial is not None, found
    assert [(tried.case.sentence, tried.faults) for tried in trial.failed] == []
    assert trial.unproven == ()


@pytest.mark.parametrize("name", list(shipped()))
def test_a_shipped_case_is_a_sentence_of_its_own(name: str) -> None:
    cases, found = read_cases(beside(shipped()[name]), card_of(name))
    assert cases is not None, found
    sentences = [case.sentence for case in cases]
    assert [said for said in sentences if not re.fullmatch(r"[A-Z0-9].{20,}[a-z0-9%]\.", said)] == []
    assert len(set(sentences)) == len(sentences)


@pytest.mark.parametrize("name", list(shipped()))
def test_a_threshold_has_a_name_of_its_own(name: str) -> None:
    names = [threshold.name for threshold in thresholds(card_of(name))]
    assert len(set(names)) == len(names)


def test_every_figure_of_a_card_is_a_threshold() -> None:
    of_attendance = [one.name for one in thresholds(card_of(NAME)) if "attendance " in one.name]
    assert sorted(of_attendance) == [
        "outcomes.attendance at_risk baseline",
        "outcomes.attendance by",
        "outcomes.attendance possible_at_least baseline",
        "outcomes.attendance possible_at_least endpoint",
    ]


def test_a_band_is_a_threshold_for_each_who_is_asked() -> None:
    banded = {one.name: one for one in thresholds(card_of(NAME)) if "emotional" in one.name}
    starts = {name.rpartition("at_risk ")[2]: one.on(card_of(NAME).term.end) for name, one in banded.items()}
    assert starts == {"baseline teacher": 4, "baseline self": 5, "endpoint teacher": 4, "endpoint self": 5}


def only(about: str) -> str:
    """The shipped cases of some thresholds."""
    head, *cases = beside(shipped()[NAME]).read_text(encoding="utf-8").split("  - case:")
    kept = [case for case in cases if f"{about} " in case.replace("\n", " ").partition("children")[0]]
    assert kept
    return head + "".join(f"  - case:{case}" for case in kept)


# ---------------------------------------------------------------- what a trial says


def test_cases_that_hold_are_silent() -> None:
    said = wlz_calc("cards", "test", "hammersmith-fulham")
    assert (said.code, said.out) == (Exit.FINE, "hammersmith-fulham: 11 cases, all as expected\n")


def test_a_case_that_comes_out_otherwise_is_shown_with_both_tables(tmp_path: Path) -> None:
    name = card(tmp_path, changed("| met    |", "| not_met |"))
    said = wlz_calc("cards", "test", name)
    assert said.code == Exit.FINDINGS
    assert (
        """\
A family that consents signs up.
Payment 1; 2016-Q4; our.cases.yaml, line 3, column 5
  decisions (- expected, + found)
    | child | what    | status  | due_on     |
  - | one   | sign_up | not_met | 2016-12-02 |
  + | one   | sign_up | met     | 2016-12-02 |
"""
        in said.out
    )
    assert " ".join(said.out.split()).endswith("our.yaml: 1 case, 1 otherwise")


def test_lines_are_compared_too(tmp_path: Path) -> None:
    lines = (
        "    lines: |\n      | commissioner | what    | amount |\n      | rbkc         | sign_up | 1.00   |\n"
    )
    said = wlz_calc("cards", "test", card(tmp_path, ONE + lines))
    assert said.code == Exit.FINDINGS
    assert "  - | rbkc         | sign_up | 1.00   |\n  + | rbkc         | sign_up | 90.00  |" in said.out


def test_a_threshold_without_a_case_is_named(tmp_path: Path) -> None:
    said = wlz_calc("cards", "test", card(tmp_path, ONE))
    assert said.code == Exit.FINE
    assert "\n  outcomes.maths by: below, at, above\n" in said.out


@pytest.mark.parametrize(
    ("about", "old", "new"),
    [
        pytest.param("engagement partner_sessions", "at_least: 10}", "at_least: 11}", id="a count"),
        pytest.param("engagement partner_attendance_rate", "at_least: 0.75}", "at_least: 0.76}", id="a rate"),
        pytest.param("maths by", "progresses, by: 1}", "progresses, by: 2}", id="progress"),
        pytest.param("parental_engagement by", "by: 10}", "by: 9}", id="a gain"),
        pytest.param("attendance by", "by: 0.02,", "by: 0.021,", id="a gain of a rate"),
        pytest.param("school_engagement at_risk", "{below: 50}", "{below: 51}", id="at risk"),
        pytest.param("relationships at_risk", "{band: slightly_raised", "{band: high", id="a band"),
        pytest.param("possible_at_least baseline", "at_least: 150", "at_least: 149", id="possible"),
    ],
)
def test_a_threshold_that_moves_is_noticed_by_its_cases(
    about: str, old: str, new: str, tmp_path: Path
) -> None:
    trial, found = trying.trial(card(tmp_path, only(about), (old, new)))
    assert trial is not None, found
    assert trial.failed == list(trial.cases)
    assert all("which is not just" in tried.faults[0] for tried in trial.failed)


def test_a_child_that_only_is_called_below_is_found_out(tmp_path: Path) -> None:
    cases = only(" engagement link_worker_sessions").replace("attended | 19 ", "attended | 3  ")
    trial, _ = trying.trial(card(tmp_path, cases.replace("| below | 19 ", "| below | 3  ")))
    assert trial is not None
    assert trial.failed[0].faults == (
        "child below has 3, which is not just below 20 (engagement link_worker_sessions at_least)",
    )


def test_who_is_asked_is_part_of_a_threshold(tmp_path: Path) -> None:
    name = "emotional_wellbeing at_risk baseline"
    trial, _ = trying.trial(card(tmp_path, only(f"{name} self").replace(f"{name} self", f"{name} teacher")))
    assert trial is not None
    assert any("is not who is asked" in fault for fault in trial.failed[0].faults)
    assert f"outcomes.{name} self: below, at, above" in trial.unproven


# ---------------------------------------------------------------- what is wrong with a file of cases


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("clause: Payment 1", "clause: Payment 9", "found `Payment 9`; expected Payment 1, "),
        ("    quarter: 2016-Q4\n", "", "found no quarter; expected quarter"),
        ("quarter: 2016-Q4", "quarter: 2016", "expected a quarter such as 2018-Q4"),
        ("quarter:", "about: outcomes.math by\n    quarter:", "did you mean outcomes.maths by?"),
        ("| one   | 2016-12-01 |", "| one   |", "expected a table such as"),
        ("consent_on |", "consented  |", "`consented`; expected child, contract"),
        ("decisions: |", "decisons: |", "did you mean decisions?"),
        ("children: |", "children: [one]\n    survey: |", "expected a table such as"),
        ("children: |", "engagement: |\n      | times |\n      | x |\n    children: |", "from 1 to 999"),
    ],
)  # fmt: skip
def test_a_file_of_cases_that_cannot_be_meant_is_refused(
    old: str, new: str, says: str, tmp_path: Path
) -> None:
    said = wlz_calc("cards", "test", card(tmp_path, changed(old, new)))
    assert said.code == Exit.CARD
    assert "our.cases.yaml, line " in said.err
    assert says in " ".join(said.err.split())


def test_a_case_must_expect_something(tmp_path: Path) -> None:
    said = wlz_calc("cards", "test", card(tmp_path, ONE.partition("    decisions")[0]))
    assert said.code == Exit.CARD
    assert "found nothing expected; expected decisions, lines or both" in " ".join(said.err.split())


@pytest.mark.parametrize("beside_it", [None, "cases: []", "[a"])
def test_no_cases_are_an_error(beside_it: str | None, tmp_path: Path) -> None:
    name = card(tmp_path, beside_it or "")
    if beside_it is None:
        (tmp_path / "our.cases.yaml").unlink()
    assert wlz_calc("cards", "test", name).code == Exit.CARD


@pytest.mark.parametrize("part", ["decisions", "lines"])
def test_extracts_that_cannot_be_read_are_a_fault_of_the_case(part: str, tmp_path: Path) -> None:
    text = changed("2016-12-01 | 2016-12-02", "soon       | 2016-12-02").replace("decisions:", f"{part}:")
    said = wlz_calc("cards", "test", card(tmp_path, text))
    assert said.code == Exit.FINDINGS
    assert "  extracts/children.csv, row 2, column joined_on: " in said.out


def test_a_card_that_is_none_is_refused(tmp_path: Path) -> None:
    assert wlz_calc("cards", "test", "nowhere").code == Exit.CARD
    name = card(tmp_path, ONE, ("version: 1", "version: one"))
    assert wlz_calc("cards", "test", name).code == Exit.CARD


def test_cases_are_not_taken_for_cards() -> None:
    assert list(shipped()) == ["hammersmith-fulham", "kensington-chelsea", "life-chances-fund"]
