"""Meaning, *Status*, step 7: what is met and on hold. Runs are as of 31 December 2018."""

from pathlib import Path

from tests.meaning import Programme

CONSENT = "{measure: consent, test: happened}"
LINK_WORKER = "{measure: link_worker_sessions, test: reaches, at_least: 1}"
PARTNER = "{measure: partner_sessions, test: reaches, at_least: 1}"


def test_a_hold_is_in_force_from_its_first_to_its_last_day(tmp_path: Path) -> None:
    programme = Programme(
        tmp_path,
        children="""
        | child                      | consent_on |
        | not held                   | 2018-11-01 |
        | from the as-of date        | 2018-11-01 |
        | from the day after         | 2018-11-01 |
        | to the as-of date          | 2018-11-01 |
        | to the day before          | 2018-11-01 |
        | until further notice       | 2018-11-01 |
        | one hold over, another not | 2018-11-01 |
        """,
        holds="""
        | child                      | from       | to         |
        | from the as-of date        | 2018-12-31 |            |
        | from the day after         | 2019-01-01 |            |
        | to the as-of date          | 2018-01-01 | 2018-12-31 |
        | to the day before          | 2018-01-01 | 2018-12-30 |
        | until further notice       | 2018-01-01 |            |
        | one hold over, another not | 2018-01-01 | 2018-06-30 |
        | one hold over, another not | 2018-12-01 | 2019-01-15 |
        """,
    )
    programme.decides(
        "2018-Q4",
        """
        | child                      | status | reason   | number | due_on     | price  |
        | not held                   | met    | happened | 1      | 2018-11-01 | 100.00 |
        | from the as-of date        | held   | on_hold  | 1      | 2018-11-01 | 100.00 |
        | from the day after         | met    | happened | 1      | 2018-11-01 | 100.00 |
        | to the as-of date          | held   | on_hold  | 1      | 2018-11-01 | 100.00 |
        | to the day before          | met    | happened | 1      | 2018-11-01 | 100.00 |
        | until further notice       | held   | on_hold  | 1      | 2018-11-01 | 100.00 |
        | one hold over, another not | held   | on_hold  | 1      | 2018-11-01 | 100.00 |
        """,
    )
    programme.statuses(
        "2019-Q1",
        """
        | child                      | sign_up |
        | not held                   | met     |
        | from the as-of date        | held    |
        | from the day after         | held    |
        | to the as-of date          | met     |
        | to the day before          | met     |
        | until further notice       | held    |
        | one hold over, another not | met     |
        """,
    )


OUTCOMES = f"""
payments:
  sign_up: {{when: {CONSENT}}}
  first:
    window: {{months: [0, 12]}}
    outcomes:
      link_worker: {{when: {LINK_WORKER}}}
      partner:     {{when: {PARTNER}}}
  second:
    window: {{months: [0, 12]}}
    outcomes:
      maybe:   {{when: {PARTNER}}}
      partner: {{when: {PARTNER}}}
"""


def test_a_hold_is_on_a_payment_on_an_outcome_on_both_or_on_all_of_a_child(tmp_path: Path) -> None:
    """`partner` stands on the card twice: as an outcome of the first and of the second payment."""
    programme = Programme(
        tmp_path,
        OUTCOMES,
        children="""
        | child                 | consent_on |
        | nothing               | 2017-02-01 |
        | all                   | 2017-02-01 |
        | the sign-up           | 2017-02-01 |
        | the first             | 2017-02-01 |
        | partner               | 2017-02-01 |
        | partner of the second | 2017-02-01 |
        """,
        engagement="""
        | child                 | date       | kind    |
        | nothing               | 2017-03-01 | partner |
        | all                   | 2017-03-01 | partner |
        | the sign-up           | 2017-03-01 | partner |
        | the first             | 2017-03-01 | partner |
        | partner               | 2017-03-01 | partner |
        | partner of the second | 2017-03-01 | partner |
        """,
        holds="""
        | child                 | payment | outcome | from       |
        | all                   |         |         | 2018-01-01 |
        | the sign-up           | sign_up |         | 2018-01-01 |
        | the first             | first   |         | 2018-01-01 |
        | partner               |         | partner | 2018-01-01 |
        | partner of the second | second  | partner | 2018-01-01 |
        """,
    )
    programme.claims(
        "2018-Q4",
        held="""
        | child                 | payment | outcome |
        | all                   | sign_up |         |
        | all                   | first   | partner |
        | all                   | second  | maybe   |
        | all                   | second  | partner |
        | the sign-up           | sign_up |         |
        | the first             | first   | partner |
        | partner               | first   | partner |
        | partner               | second  | partner |
        | partner of the second | second  | partner |
        """,
    )


def test_only_what_is_met_is_held(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        OUTCOMES,
        children="| child |\n| Ada |",
        holds="| child | from |\n| Ada | 2018-01-01 |",
    ).statuses("2018-Q4", "| child | sign_up | link_worker | maybe |\n| Ada | not_yet | not_met | not_met |")


def test_what_is_held_keeps_its_number_and_adds_nothing_until_the_hold_ends(tmp_path: Path) -> None:
    programme = Programme(
        tmp_path,
        f"""
        payments:
          outcomes:
            numbers: [4]
            window: {{months: [0, 36]}}
            outcomes:
              link_worker: {{when: {LINK_WORKER}}}
              partner:     {{when: {PARTNER}}}
        """,
        engagement="""
        | child | date       | kind        |
        | Ada   | 2018-11-01 | link_worker |
        | Ada   | 2018-12-01 | partner     |
        """,
        holds="""
        | child | outcome     | from       | to         | reason              | raised_by   |
        | Ada   | link_worker | 2018-12-01 | 2019-01-15 | Register is queried | The council |
        | Ada   | link_worker | 2018-12-02 | 2019-01-31 | And queried again   | The school  |
        """,
    )
    programme.decides(
        "2018-Q4",
        """
        | child | what        | status       | number |
        | Ada   | link_worker | held         | 4      |
        | Ada   | partner     | beyond_limit |        |
        """,
    )
    programme.claims(
        "2018-Q4",
        lines="| child | amount |",
        held="""
        | child | what        | number | due_on     | price  | reason              | raised_by   |
        | Ada   | link_worker | 4      | 2018-11-01 | 100.00 | Register is queried | The council |
        """,
    )
    programme.claims(
        "2019-Q1",
        from_start=True,
        lines="| child | what | number | amount |\n| Ada | link_worker | 4 | 100.00 |",
        held="| child |",
    )
