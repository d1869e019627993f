"""What is missing where nothing is paid, in words, and by when it could still be paid.

Ada joined on 10 January 2017, so that the window of a year runs to 9 January 2018, and the endpoint window
from 10 January to 9 July 2018.
"""

# ruff: noqa: E501 - a sentence of the product is as long as it is

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.meaning import Programme
from wlz_calc.decision import Reason, Status
from wlz_calc.ratecard.base import EVER
from wlz_calc.ratecard.card import Card
from wlz_calc.ratecard.conditions import Crosses, Happened, Improves, Progresses, Reaches, Single
from wlz_calc.read.cards import named_card
from wlz_calc.rules.verdicts import _Judge
from wlz_calc.write import words
from wlz_calc.write.missing import OF_STEPS, OF_TESTS

STATED: dict[str, Any] = {"at_risk": {"below": "50"}, "by": "1"}
TESTS: dict[str, list[Single]] = {
    "happened": [Happened(measure="consent", test="happened")],
    "count": [Reaches(measure="partner_sessions", test="reaches", at_least={EVER: Decimal(10)})],
    "rate": [
        Reaches(measure=measure, test="reaches", at_least={EVER: Decimal("0.5")})
        for measure in ("partner_attendance_rate", "attendance_rate")
    ],
    "improves": [
        Improves.model_validate({"measure": "survey.parental_engagement", "test": "improves", **STATED})
    ],
    "progresses": [
        Progresses.model_validate({"measure": "attainment.maths", "test": "progresses", **STATED})
    ],
    "crosses": [
        Crosses.model_validate(
            {"measure": "survey.parental_engagement", "test": "crosses", "at_risk": STATED["at_risk"]}
        )
    ],
}


def _card() -> Card:
    read, _ = named_card("kensington-chelsea")
    assert read is not None
    return read.card


def test_there_is_a_sentence_for_whatever_a_test_can_say_but_that_it_is_met() -> None:
    said = {
        (kind, status, reason)
        for kind, tests in TESTS.items()
        for test in tests
        for ruling in [_Judge(_card(), date(2018, 12, 31)).ruling(test)]
        for status, reason in [*((rule.status, rule.reason) for rule in ruling.rules), ruling.otherwise]
        if status is not Status.MET
    }
    assert set(OF_TESTS) == said


def test_every_reason_is_that_of_a_test_or_of_a_step_and_every_one_has_words() -> None:
    met = {Reason.HAPPENED, Reason.REACHED, Reason.IMPROVED, Reason.PROGRESSED, Reason.CROSSED}
    assert set(OF_STEPS) | {reason for _, _, reason in OF_TESTS} | met == set(Reason)
    assert set(words.REASONS) == set(Reason)


WINDOWS = "baseline: {months: [-6, 3]}\n        endpoint: {months: [12, 18]}"
SESSIONS = """
payments:
  links: {window: {months: [0, 12]}, when: {measure: link_worker_sessions, test: reaches, at_least: 3}}
  turned_up: {window: {months: [0, 12]}, when: {measure: partner_attendance_rate, test: reaches, at_least: 0.75}}
"""
ENGAGEMENT = """
| child | date       | kind        | status   |
| Ada   | 2017-02-01 | link_worker | attended |
| Ada   | 2017-03-01 | link_worker | attended |
| Ada   | 2017-03-01 | partner     | attended |
| Ada   | 2017-03-08 | partner     | absent   |
"""


def test_a_count_and_a_rate_are_open_to_the_last_day_of_their_window_and_then_decided(tmp_path: Path) -> None:
    programme = Programme(tmp_path, SESSIONS, engagement=ENGAGEMENT)
    programme.lacks(
        "2017-Q4",
        """
        | what | missing | until |
        | links | One-to-one Link Worker sessions attended: 2 of 3 so far, 1 more by 9 January 2018. It can still be paid, and would fall due by 9 January 2018. | 2018-01-09 |
        | turned_up | Attendance at delivery-partner sessions has to be 75% or more from 10 January 2017 to 9 January 2018; so far it is 50.0% (1 of 2). It can still be paid, and would fall due by 9 January 2018. | 2018-01-09 |
        """,
    )
    programme.lacks(
        "2018-Q1",
        """
        | what | missing | until |
        | links | One-to-one Link Worker sessions attended: 2 of 3 from 10 January 2017 to 9 January 2018, 1 too few. It is decided, unless what is recorded of that time is corrected. | |
        | turned_up | Attendance at delivery-partner sessions was 50.0% (1 of 2) from 10 January 2017 to 9 January 2018; 75% is needed. It is decided, unless what is recorded of that time is corrected. | |
        """,
    )


@pytest.mark.parametrize(("ends", "until"), [("2018-01-08", ""), ("2018-01-09", "2018-01-09")])
def test_a_rate_that_would_fall_due_after_the_term_will_not_be_paid_and_one_on_its_last_day_can_be(
    tmp_path: Path, ends: str, until: str
) -> None:
    card = f"term: {{from: 2016-09-01, to: {ends}}}\n{SESSIONS}"
    last = min("2018-01-09", ends)
    Programme(tmp_path, card, engagement=ENGAGEMENT).lacks(
        "2017-Q4", f"| what | until |\n| links | {last} |\n| turned_up | {until} |"
    )


@pytest.mark.parametrize(("left", "until"), [("", "2018-01-09"), ("2017-12-31", "")])
def test_whoever_has_left_can_reach_no_count_any_more(tmp_path: Path, left: str, until: str) -> None:
    Programme(
        tmp_path, SESSIONS, engagement=ENGAGEMENT, children=f"| child | left_on |\n| Ada | {left} |"
    ).lacks("2017-Q4", f"| what | until |\n| links | {until} |\n| turned_up | 2018-01-09 |")


def test_consent_is_open_as_long_as_the_term_or_its_window(tmp_path: Path) -> None:
    card = """
    payments:
      ever: {when: {measure: consent, test: happened}}
      soon: {window: {months: [0, 12]}, when: {measure: consent, test: happened}}
    """
    programme = Programme(tmp_path, card, children="| child |\n| Ada |")
    programme.lacks(
        "2017-Q4",
        """
        | what | missing | until |
        | ever | No consent is recorded so far. It can still be paid, and would fall due by 31 August 2025. | 2025-08-31 |
        | soon | No consent is recorded so far; it is needed by 9 January 2018. It can still be paid, and would fall due by 9 January 2018. | 2018-01-09 |
        """,
    )
    programme.lacks(
        "2018-Q1",
        """
        | what | missing | until |
        | ever | No consent is recorded so far. It can still be paid, and would fall due by 31 August 2025. | 2025-08-31 |
        | soon | No consent was recorded from 10 January 2017 to 9 January 2018. It is decided, unless what is recorded of that time is corrected. | |
        """,
    )


CONSENT_IN_TIME = """
payments:
  soon: {window: {months: [0, 12]}, when: {measure: consent, test: happened}}
"""


def test_consent_outside_its_window_is_said_to_be(tmp_path: Path) -> None:
    Programme(tmp_path, CONSENT_IN_TIME, children="| child | consent_on |\n| Ada | 2018-01-10 |").lacks(
        "2018-Q1",
        """
        | missing |
        | Its day is not in the window, 10 January 2017 to 9 January 2018. It is decided, unless what is recorded of that time is corrected. |
        """,
    )


GATED = """
payments:
  links: {{window: {{months: [0, 12]}}, when: {{measure: link_worker_sessions, test: reaches, at_least: 3}}}}
  again: {{window: {{months: [6, 18]}}, when: {{measure: link_worker_sessions, test: reaches, at_least: 9}}}}
  sign_up: {{requires: {{{several}: [links, again]}}, when: {{measure: consent, test: happened}}}}
"""


@pytest.mark.parametrize(
    ("several", "quarter", "until"),
    [
        ("any", "2017-Q4", "2018-07-09"),
        ("all", "2017-Q4", "2018-07-09"),
        ("any", "2018-Q1", "2018-07-09"),
        ("all", "2018-Q1", ""),
        ("any", "2018-Q3", ""),
    ],
)
def test_what_waits_for_its_gate_can_be_paid_as_long_as_that_can_open(
    tmp_path: Path, several: str, quarter: str, until: str
) -> None:
    programme = Programme(
        tmp_path,
        GATED.format(several=several),
        engagement=ENGAGEMENT,
        children="| child | consent_on |\n| Ada | 2017-01-10 |",
    )
    (told,) = programme.explained(quarter)
    (signed,) = told.of("sign_up")
    assert (signed.status, str(signed.until or "")) == (Status.GATED, until)


OUTCOMES = """
surveys:
  confidence: {range: [0, 100], better: higher}
payments:
  links: {window: {months: [0, 12]}, when: {measure: link_worker_sessions, test: reaches, at_least: 3}}
  outcomes:
    numbers: [2]
    baseline: {months: [-6, 3]}
    requires: {any: [links]}
    outcomes:
      early: {endpoint: {months: [6, 12]}, when: {measure: survey.confidence, test: improves, by: 5}}
      late:  {endpoint: {months: [12, 18]}, when: {measure: survey.confidence, test: improves, by: 5}}
"""
SURVEY = """
| child | completed_on | score |
| Ada   | 2017-01-10   | 40    |
| Ada   | 2017-11-01   | 45    |
"""
THIRD = "| Ada | 2017-04-01 | link_worker | attended |\n"


def test_what_is_open_will_not_be_paid_once_its_gate_is_shut_or_its_numbers_are_used(tmp_path: Path) -> None:
    shut = Programme(tmp_path / "shut", OUTCOMES, engagement=ENGAGEMENT, survey=SURVEY)
    shut.lacks(
        "2018-Q1",
        """
        | what | status | missing | until |
        | links | not_met | One-to-one Link Worker sessions attended: 2 of 3 from 10 January 2017 to 9 January 2018, 1 too few. It is decided, unless what is recorded of that time is corrected. | |
        | early | gated | It is earned, and waits for Links (not met). It will not be paid, as what it requires can no longer be met. | |
        | late | not_yet | Confidence survey score is judged once its endpoint window is over, after 9 July 2018; its baseline is 40. It will not be paid, as what it requires can no longer be met. | |
        """,
    )
    used = Programme(tmp_path / "used", OUTCOMES, engagement=ENGAGEMENT + THIRD, survey=SURVEY)
    used.lacks(
        "2018-Q1",
        """
        | what | status | missing | until |
        | links | met | | |
        | early | met | | |
        | late | not_yet | Confidence survey score is judged once its endpoint window is over, after 9 July 2018; its baseline is 40. It will not be paid, as the numbers of this payment are used. | |
        """,
    )


def test_what_is_open_behind_a_gate_that_is_open_still_can_be_paid_to_the_end_of_its_window(
    tmp_path: Path,
) -> None:
    Programme(tmp_path, OUTCOMES, engagement=ENGAGEMENT, survey=SURVEY).lacks(
        "2017-Q4",
        "| what | until |\n| links | 2018-01-09 |\n| early | 2018-01-09 |\n| late | 2018-07-09 |",
    )


def test_of_any_the_last_that_is_open_counts_and_of_all_every_one_must_be(tmp_path: Path) -> None:
    tests = """
          - {measure: link_worker_sessions, test: reaches, at_least: 3}
          - {measure: consent, test: happened}
    """
    card = f"""
payments:
  either:
    window: {{months: [0, 12]}}
    when:
      any: {tests}
  both:
    window: {{months: [0, 12]}}
    when:
      all: {tests}
"""
    Programme(
        tmp_path,
        card,
        engagement=ENGAGEMENT,
        children="| child | left_on |\n| Ada | 2017-12-01 |",
    ).lacks("2017-Q4", "| what | until |\n| either | 2018-01-09 |\n| both | |")


def test_what_is_open_will_not_be_paid_where_another_part_of_it_is_not_met(tmp_path: Path) -> None:
    card = f"""
    payments:
      both:
        {WINDOWS}
        when:
          all:
            - {{measure: consent, test: happened}}
            - {{measure: survey.confidence, test: improves, by: 1}}
    """
    Programme(tmp_path, card, children="| child |\n| Ada |").lacks(
        "2018-Q3",
        """
        | status | missing | until |
        | not_yet | No consent is recorded so far. It will not be paid, as a part of it is not met. | |
        """,
    )
