"""Worked cases of cards: those that are shipped come out as they say, and prove every edge of their card."""

import re
from pathlib import Path

import pytest

from tests.sound_folder import wlz_calc
from wlz_calc import trying
from wlz_calc.cli.ending import Exit
from wlz_calc.ratecard.card import Card
from wlz_calc.ratecard.edges import edges
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
def test_the_cases_of_a_shipped_card_come_out_as_they_say_and_prove_every_edge(name: str) -> None:
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
def test_an_edge_has_a_name_of_its_own(name: str) -> None:
    names = [edge.name for edge in edges(card_of(name))]
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
    starts = {name.rpartition("at_risk ")[2]: one.edge for name, one in banded.items()}
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
    assert (said.code, said.out) == (Exit.FINE, "hammersmith-fulham: 21 cases, all as expected\n")


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


def test_an_edge_without_a_case_is_named(tmp_path: Path) -> None:
    said = wlz_calc("cards", "test", card(tmp_path, ONE))
    assert said.code == Exit.FINE
    assert "\n  outcomes.maths by (Payments 4, 5 and 6): no case below, at or above it\n" in said.out


BANDED = "survey.parental_engagement, test: improves, by: 10"
INDEXED = "{2016-11-01: 300.00, 2019-04-01: 312.00"
SHARE = "share: 0.30, detail: children"


@pytest.mark.parametrize(
    ("old", "new", "lacks"),
    [
        pytest.param(
            "price: 700.00",
            "price: {2016-11-01: 700.00, 2019-04-01: 720.00}",
            "outcomes.reading price changes 2019-04-01 (Payments 4, 5 and 6)",
            id="a dated price",
        ),
        pytest.param(
            INDEXED, f"{INDEXED}, 2020-04-01: 320.00", "sign_up price changes 2020-04-01", id="another price"
        ),
        pytest.param(
            "at_least: 20}",
            "at_least: {2016-11-01: 20, 2018-09-01: 22}}",
            "engagement link_worker_sessions at_least from 2018-09-01 (Payment 2)",
            id="a dated figure",
        ),
        pytest.param(
            "at_least: 20}",
            "at_least: {2016-11-01: 20, 2018-09-01: 22}}",
            "engagement link_worker_sessions at_least changes 2018-09-01 (Payment 2)",
            id="the day on which it changes",
        ),
        pytest.param(
            "{measure: partner_sessions,",
            "{measure: link_worker_sessions, test: reaches, at_least: 12}\n"
            "        - {measure: partner_sessions,",
            "engagement link_worker_sessions (2) at_least (Payment 2)",
            id="the same measure again",
        ),
        pytest.param(
            BANDED,
            f"{BANDED}, at_risk: {{below: 60}}",
            "outcomes.parental_engagement at_risk baseline (Payments 4, 5 and 6)",
            id="at risk",
        ),
        pytest.param(
            "survey.school_engagement, test: crosses, at_risk: {below: 50}",
            "sdq.conduct, test: crosses, at_risk: {band: high, scheme: four}",
            "outcomes.school_engagement at_risk endpoint self (Payments 4, 5 and 6)",
            id="a band",
        ),
        pytest.param(
            "{measure: partner_attendance_rate, test: reaches, at_least: 0.75}",
            "{measure: attendance_rate, test: reaches, at_least: 0.75, possible_at_least: 100}",
            "engagement attendance_rate possible_at_least (Payment 2)",
            id="possible",
        ),
        pytest.param("[-6, 3]", "[-6, 3]", "outcomes baseline first day (Payments 4, 5 and 6)", id="windows"),
        pytest.param("2021-03-31}  ", "2021-02-28}  ", "term last day", id="the term"),
        pytest.param("joined: {from: 2016-11", "joined: {from: 2016-10", "term first day", id="its start"),
        pytest.param("[4, 5, 6]", "[4, 5]", "outcomes numbers (Payments 4, 5 and 6)", id="numbers"),
    ],
)
def test_an_edge_that_is_added_lacks_its_cases(old: str, new: str, lacks: str, tmp_path: Path) -> None:
    unproven = added(tmp_path, (old, new))
    assert [said for said in unproven if said.startswith(lacks)], unproven
    assert all(said.endswith(": no case below, at or above it") for said in unproven)


def test_a_share_that_changes_lacks_its_cases(tmp_path: Path) -> None:
    dearer = (SHARE, "share: {2016-11-01: 0.30, 2018-04-01: 0.25}, detail: children")
    cheaper = (
        "name: Private philanthropy, share: 0.30",
        "name: Private philanthropy, share: {2016-11-01: 0.30, 2018-04-01: 0.35}",
    )
    assert "commissioners.rbkc share changes 2018-04-01: no case below, at or above it" in added(
        tmp_path, dearer, cheaper
    )


def added(folder: Path, *changes: tuple[str, str]) -> tuple[str, ...]:
    """What is unproven of a card with these changes by a case that is about nothing."""
    trial, found = trying.trial(card(folder, ONE, *changes))
    assert trial is not None, found
    return trial.unproven


@pytest.mark.parametrize("side", ["below", "at", "above"])
def test_a_side_without_a_child_is_named(side: str, tmp_path: Path) -> None:
    cases = only("sign_up price changes")
    kept = [line for line in cases.splitlines() if not line.strip().startswith(f"| {side} ")]
    trial, _ = trying.trial(card(tmp_path, "\n".join(kept)))
    assert trial is not None
    assert f"sign_up price changes 2019-04-01 (Payment 1): no case {side} it" in trial.unproven


def test_nothing_can_lie_before_a_day_on_which_nobody_has_joined() -> None:
    names = [edge.name for edge in edges(card_of("hammersmith-fulham"))]
    assert "sign_up window last day" in names
    assert "sign_up window first day" not in names
    assert [name for name in names if name.startswith(("term", "outcomes numbers"))] == []


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


def faults(folder: Path, about: str, *changes: tuple[str, str]) -> tuple[str, ...]:
    """What is otherwise in the only case about something, with these changes to it."""
    cases = only(about)
    for old, new in changes:
        assert old in cases
        cases = cases.replace(old, new)
    trial, found = trying.trial(card(folder, cases))
    assert trial is not None, found
    (tried,) = trial.failed
    return tried.faults


def test_a_child_that_is_not_beside_its_day_is_found_out(tmp_path: Path) -> None:
    assert faults(tmp_path, "engagement window last day", ("2017-10-30", "2017-10-29")) == (
        "child below has nothing on 2017-10-30, the day before the turn (engagement window last day)",
    )


def test_a_child_that_has_met_more_or_fewer_is_found_out(tmp_path: Path) -> None:
    given = ("| below, at, above | maths   |", "| at, above        | maths   |")
    expected = (
        "| below | maths               | met            | 5      |",
        "| below | maths               | not_assessable |        |",
    )
    assert faults(tmp_path, "outcomes numbers", given, expected) == (
        "child below has met 1, which is not just below 3 (outcomes numbers)",
    )


def test_children_who_are_all_decided_alike_show_nothing(tmp_path: Path) -> None:
    about = "engagement link_worker_sessions"
    changes = [
        ("| partner     | attended |", "| partner     | absent   |"),
        ("| met     | reached | 2017-10-31 |", "| not_met | short   |            |"),
    ]
    assert faults(tmp_path, f" {about}", *changes) == (
        f"children below, at and above are all decided alike, which shows no edge ({about} at_least)",
    )


def test_a_case_stands_under_the_clause_of_what_it_is_about(tmp_path: Path) -> None:
    name = "engagement window last day"
    assert faults(tmp_path, name, ("clause: Payment 2", "clause: Payment 3")) == (
        f"it stands under Payment 3, and what it is about under Payment 2 ({name})",
    )


def test_what_is_wrong_with_extracts_is_said_once(tmp_path: Path) -> None:
    lines = "    lines: |\n      | child |\n      | one   |\n"
    trial, _ = trying.trial(card(tmp_path, changed("2016-12-01 | 2016-12-02", "soon | 2016-12-02") + lines))
    assert trial is not None
    assert len(trial.failed[0].faults) == 1


def test_a_figure_is_shown_while_it_is_in_force(tmp_path: Path) -> None:
    name = "engagement partner_sessions at_least"
    cases = only(name).replace(name, f"{name} from 2018-09-01")
    dated = (
        "partner_sessions, test: reaches, at_least: 10",
        "partner_sessions, test: reaches, at_least: {2016-11-01: 10, 2018-09-01: 10}",
    )
    trial, found = trying.trial(card(tmp_path, cases, dated))
    assert trial is not None, found
    assert trial.failed[0].faults[0] == (
        f"child above is judged on 2017-10-31, when this is not in force ({name} from 2018-09-01)"
    )


def test_a_figure_is_not_shown_by_lines(tmp_path: Path) -> None:
    lines = (
        ONE.partition("    decisions")[0] + "    lines: |\n      | child | what |\n      | at | sign_up |\n"
    )
    about = "engagement partner_sessions at_least"
    trial, _ = trying.trial(card(tmp_path, lines.replace("quarter:", f"about: {about}\n    quarter:")))
    assert trial is not None
    assert f"{about} (Payment 2): no case below, at or above it" in trial.unproven


def test_a_table_need_not_name_children(tmp_path: Path) -> None:
    cases = changed("| child | what    | status | due_on     |", "| what    | status | due_on     |").replace(
        "| one   | sign_up |", "| sign_up |"
    )
    trial, _ = trying.trial(card(tmp_path, cases))
    assert trial is not None
    assert trial.failed == []


def test_who_is_asked_is_part_of_a_threshold(tmp_path: Path) -> None:
    name = "emotional_wellbeing at_risk baseline"
    trial, _ = trying.trial(card(tmp_path, only(f"{name} self").replace(f"{name} self", f"{name} teacher")))
    assert trial is not None
    assert any("is not who is asked" in fault for fault in trial.failed[0].faults)
    assert f"outcomes.{name} self (Payments 4, 5 and 6): no case below, at or above it" in trial.unproven


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
