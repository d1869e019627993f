"""Meaning, *Status*, steps 4 and 5: payments that others require, and the term of the contract."""

from pathlib import Path

import pytest

from tests.meaning import Programme

CONSENT = "{measure: consent, test: happened}"
LINK_WORKER = "{measure: link_worker_sessions, test: reaches, at_least: 1}"
PARTNER = "{measure: partner_sessions, test: reaches, at_least: 1}"
GATES = f"""
payments:
  first:  {{window: {{months: [0, 6]}}, when: {LINK_WORKER}}}
  second: {{window: {{months: [0, 6]}}, when: {PARTNER}}}
  needs_any: {{requires: {{any: [first, second]}}, when: {CONSENT}}}
  needs_all: {{requires: {{all: [first, second]}}, when: {CONSENT}}}
"""

# ---------------------------------------------------------------- step 4


def test_what_is_met_falls_due_on_its_date_or_its_gates_if_later_any_the_earliest_all_the_latest(
    tmp_path: Path,
) -> None:
    Programme(
        tmp_path,
        GATES,
        children="""
        | child                 | consent_on |
        | before both           | 2017-02-01 |
        | between them          | 2017-04-01 |
        | after both            | 2017-06-01 |
        | only the first is met | 2017-04-01 |
        | neither is met        | 2017-04-01 |
        """,
        engagement="""
        | child                 | date       | kind        |
        | before both           | 2017-03-01 | link_worker |
        | before both           | 2017-05-01 | partner     |
        | between them          | 2017-05-01 | link_worker |
        | between them          | 2017-03-01 | partner     |
        | after both            | 2017-03-01 | link_worker |
        | after both            | 2017-05-01 | partner     |
        | only the first is met | 2017-05-01 | link_worker |
        """,
    ).decides(
        "2018-Q4",
        """
        | child                 | what      | status  | due_on     | reason       |
        | before both           | first     | met     | 2017-03-01 | reached      |
        | before both           | second    | met     | 2017-05-01 | reached      |
        | before both           | needs_any | met     | 2017-03-01 | happened     |
        | before both           | needs_all | met     | 2017-05-01 | happened     |
        | between them          | first     | met     | 2017-05-01 | reached      |
        | between them          | second    | met     | 2017-03-01 | reached      |
        | between them          | needs_any | met     | 2017-04-01 | happened     |
        | between them          | needs_all | met     | 2017-05-01 | happened     |
        | after both            | first     | met     | 2017-03-01 | reached      |
        | after both            | second    | met     | 2017-05-01 | reached      |
        | after both            | needs_any | met     | 2017-06-01 | happened     |
        | after both            | needs_all | met     | 2017-06-01 | happened     |
        | only the first is met | first     | met     | 2017-05-01 | reached      |
        | only the first is met | second    | not_met |            | short        |
        | only the first is met | needs_any | met     | 2017-05-01 | happened     |
        | only the first is met | needs_all | gated   |            | gate_not_met |
        | neither is met        | first     | not_met |            | short        |
        | neither is met        | second    | not_met |            | short        |
        | neither is met        | needs_any | gated   |            | gate_not_met |
        | neither is met        | needs_all | gated   |            | gate_not_met |
        """,
    )


def test_only_what_is_met_is_gated(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        f"""
        payments:
          gate:    {{window: {{months: [0, 12]}}, when: {PARTNER}}}
          met:     {{requires: {{all: [gate]}}, when: {CONSENT}}}
          not_met: {{requires: {{all: [gate]}}, window: {{months: [1, 2]}}, when: {CONSENT}}}
          not_yet: {{requires: {{all: [gate]}}, window: {{months: [0, 36]}}, when: {LINK_WORKER}}}
          missing: {{requires: {{all: [gate]}}, baseline: {{months: [0, 6]}}, endpoint: {{months: [6, 12]}},
                    when: {{measure: survey.confidence, test: improves, by: 1}}}}
          another: {{requires: {{all: [gate]}}, phases: [secondary], when: {CONSENT}}}
        """,
        children="| child | consent_on |\n| Ada | 2017-01-20 |",
    ).statuses(
        "2018-Q4",
        """
        | child | gate    | met   | not_met | not_yet | missing        | another      |
        | Ada   | not_met | gated | not_met | not_yet | not_assessable | not_eligible |
        """,
    )


def test_a_required_payment_that_is_held_counts_with_its_own_due_date(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        GATES,
        children="| child | consent_on |\n| Ada | 2017-02-01 |",
        engagement="""
        | child | date       | kind        |
        | Ada   | 2017-03-01 | link_worker |
        | Ada   | 2017-05-01 | partner     |
        """,
        holds="""
        | child | payment | from       |
        | Ada   | first   | 2018-01-01 |
        | Ada   | second  | 2018-01-01 |
        """,
    ).decides(
        "2018-Q4",
        """
        | child | what      | status | due_on     |
        | Ada   | first     | held   | 2017-03-01 |
        | Ada   | second    | held   | 2017-05-01 |
        | Ada   | needs_any | met    | 2017-03-01 |
        | Ada   | needs_all | met    | 2017-05-01 |
        """,
    )


def test_a_required_payment_counts_only_as_it_stands_after_all_steps(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        f"""
        term: {{from: 2017-02-01, to: 2025-08-31}}
        leavers: not_eligible
        payments:
          gate:   {{when: {CONSENT}}}
          next:   {{requires: {{all: [gate]}}, window: {{months: [0, 12]}}, when: {PARTNER}}}
          last:   {{requires: {{any: [next]}}, window: {{months: [0, 12]}}, when: {LINK_WORKER}}}
        """,
        children="""
        | child                       | consent_on | left_on    |
        | the gate in term            | 2017-02-01 |            |
        | the gate before the term    | 2017-01-31 |            |
        | the gate after leaving      | 2017-05-01 | 2017-04-30 |
        | a gate for the gate is late | 2017-05-01 |            |
        """,
        engagement="""
        | child                       | date       | kind        |
        | the gate in term            | 2017-03-01 | partner     |
        | the gate in term            | 2017-04-01 | link_worker |
        | the gate before the term    | 2017-03-01 | partner     |
        | the gate before the term    | 2017-04-01 | link_worker |
        | the gate after leaving      | 2017-03-01 | partner     |
        | the gate after leaving      | 2017-04-01 | link_worker |
        | a gate for the gate is late | 2017-03-01 | partner     |
        | a gate for the gate is late | 2017-04-01 | link_worker |
        """,
    ).decides(
        "2018-Q4",
        """
        | child                       | what | status       | reason       | due_on     |
        | the gate in term            | gate | met          | happened     | 2017-02-01 |
        | the gate in term            | next | met          | reached      | 2017-03-01 |
        | the gate in term            | last | met          | reached      | 2017-04-01 |
        | the gate before the term    | gate | not_eligible | outside_term |            |
        | the gate before the term    | next | gated        | gate_not_met |            |
        | the gate before the term    | last | gated        | gate_not_met |            |
        | the gate after leaving      | gate | not_eligible | left         |            |
        | the gate after leaving      | next | gated        | gate_not_met |            |
        | the gate after leaving      | last | gated        | gate_not_met |            |
        | a gate for the gate is late | gate | met          | happened     | 2017-05-01 |
        | a gate for the gate is late | next | met          | reached      | 2017-05-01 |
        | a gate for the gate is late | last | met          | reached      | 2017-05-01 |
        """,
    )


@pytest.mark.parametrize("required", ["later", "itself", "outcomes", "nobody"])
def test_what_is_required_stands_above_on_the_card_and_has_no_outcomes(tmp_path: Path, required: str) -> None:
    card = f"""
    payments:
      outcomes: {{outcomes: {{one: {{when: {CONSENT}}}}}}}
      above:    {{when: {CONSENT}}}
      itself:   {{requires: {{any: [REQUIRED]}}, when: {CONSENT}}}
      later:    {{when: {CONSENT}}}
    """
    children = "| child |\n| Ada |"
    Programme(tmp_path / "refused", card.replace("REQUIRED", required), children=children).refuses(
        f"| code | found |\n| card-requires | {required} |"
    )
    Programme(tmp_path / "read", card.replace("REQUIRED", "above"), children=children).statuses(
        "2018-Q4", "| child | itself |\n| Ada | not_yet |"
    )


# ---------------------------------------------------------------- step 5


def test_nothing_that_falls_due_outside_the_term_is_payable(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        f"""
        term: {{from: 2017-02-01, to: 2018-07-31}}
        payments: {{sign_up: {{when: {CONSENT}}}}}
        """,
        children="""
        | child                   | consent_on |
        | the day before the term | 2017-01-31 |
        | on its first day        | 2017-02-01 |
        | on its last day         | 2018-07-31 |
        | the day after           | 2018-08-01 |
        | never                   |            |
        """,
    ).decides(
        "2018-Q4",
        """
        | child                   | status       | reason       | due_on     |
        | the day before the term | not_eligible | outside_term |            |
        | on its first day        | met          | happened     | 2017-02-01 |
        | on its last day         | met          | happened     | 2018-07-31 |
        | the day after           | not_eligible | outside_term |            |
        | never                   | not_yet      | no_date      |            |
        """,
    )


def test_the_due_date_that_the_term_looks_at_is_the_one_after_the_gate(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        f"""
        term: {{from: 2017-02-01, to: 2018-07-31}}
        payments:
          gate:   {{window: {{months: [0, 36]}}, when: {PARTNER}}}
          gated:  {{requires: {{all: [gate]}}, when: {CONSENT}}}
        """,
        children="""
        | child               | consent_on |
        | gate opens in term  | 2017-01-31 |
        | gate opens too late | 2018-07-30 |
        """,
        engagement="""
        | child               | date       | kind    |
        | gate opens in term  | 2017-02-01 | partner |
        | gate opens too late | 2018-08-01 | partner |
        """,
    ).decides(
        "2018-Q4",
        """
        | child               | what  | status       | reason       | due_on     |
        | gate opens in term  | gate  | met          | reached      | 2017-02-01 |
        | gate opens in term  | gated | met          | happened     | 2017-02-01 |
        | gate opens too late | gate  | not_eligible | outside_term |            |
        | gate opens too late | gated | gated        | gate_not_met |            |
        """,
    )
