"""Meaning, *Status*, step 6: outcomes that are met take the numbers of their payment, as far as they go."""

from pathlib import Path

from tests.meaning import Programme

CONSENT = "{measure: consent, test: happened}"
LINK_WORKER = "{measure: link_worker_sessions, test: reaches, at_least: 1}"
PARTNER = "{measure: partner_sessions, test: reaches, at_least: 1}"


def test_numbers_go_by_due_date_then_the_higher_price_then_the_order_of_the_card(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        f"""
        payments:
          outcomes:
            numbers: [4, 5]
            price: 700.00
            window: {{months: [0, 12]}}
            outcomes:
              consent:     {{when: {CONSENT}}}
              link_worker: {{when: {LINK_WORKER}}}
              partner:     {{price: 700.01, when: {PARTNER}}}
        """,
        children="""
        | child                    | consent_on |
        | on three days            | 2017-04-01 |
        | all on one day           | 2017-02-01 |
        | two, one day after third | 2017-02-02 |
        | two of them met          |            |
        """,
        engagement="""
        | child                    | date       | kind        |
        | on three days            | 2017-02-01 | link_worker |
        | on three days            | 2017-03-01 | partner     |
        | all on one day           | 2017-02-01 | link_worker |
        | all on one day           | 2017-02-01 | partner     |
        | two, one day after third | 2017-02-01 | link_worker |
        | two, one day after third | 2017-02-02 | partner     |
        | two of them met          | 2017-03-01 | link_worker |
        | two of them met          | 2017-02-01 | partner     |
        """,
    ).decides(
        "2018-Q4",
        """
        | child                    | what        | status       | number | due_on     | price  |
        | on three days            | consent     | beyond_limit |        |            |        |
        | on three days            | link_worker | met          | 4      | 2017-02-01 | 700.00 |
        | on three days            | partner     | met          | 5      | 2017-03-01 | 700.01 |
        | all on one day           | consent     | met          | 5      | 2017-02-01 | 700.00 |
        | all on one day           | link_worker | beyond_limit |        |            |        |
        | all on one day           | partner     | met          | 4      | 2017-02-01 | 700.01 |
        | two, one day after third | consent     | beyond_limit |        |            |        |
        | two, one day after third | link_worker | met          | 4      | 2017-02-01 | 700.00 |
        | two, one day after third | partner     | met          | 5      | 2017-02-02 | 700.01 |
        | two of them met          | consent     | not_met      |        |            |        |
        | two of them met          | link_worker | met          | 5      | 2017-03-01 | 700.00 |
        | two of them met          | partner     | met          | 4      | 2017-02-01 | 700.01 |
        """,
    )


def test_the_due_date_that_orders_is_the_one_after_the_gate(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        f"""
        payments:
          gate: {{number: 1, when: {CONSENT}}}
          outcomes:
            numbers: [2]
            requires: {{all: [gate]}}
            window: {{months: [0, 12]}}
            outcomes:
              link_worker: {{price: 100.00, when: {LINK_WORKER}}}
              partner:     {{price: 200.00, when: {PARTNER}}}
        """,
        children="""
        | child                 | consent_on |
        | gate before the first | 2017-02-01 |
        | gate between the two  | 2017-03-15 |
        | gate on the second    | 2017-04-01 |
        | gate after both       | 2017-05-01 |
        """,
        engagement="""
        | child                 | date       | kind        |
        | gate before the first | 2017-03-01 | link_worker |
        | gate before the first | 2017-04-01 | partner     |
        | gate between the two  | 2017-03-01 | link_worker |
        | gate between the two  | 2017-04-01 | partner     |
        | gate on the second    | 2017-03-01 | link_worker |
        | gate on the second    | 2017-04-01 | partner     |
        | gate after both       | 2017-03-01 | link_worker |
        | gate after both       | 2017-04-01 | partner     |
        """,
    ).statuses(
        "2018-Q4",
        """
        | child                 | link_worker  | partner      |
        | gate before the first | met          | beyond_limit |
        | gate between the two  | met          | beyond_limit |
        | gate on the second    | beyond_limit | met          |
        | gate after both       | beyond_limit | met          |
        """,
    )


def test_the_price_that_orders_is_the_one_in_force_on_the_due_date(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        f"""
        payments:
          outcomes:
            numbers: [1]
            window: {{months: [0, 12]}}
            outcomes:
              link_worker: {{price: 200.00, when: {LINK_WORKER}}}
              partner:     {{price: {{2016-09-01: 100.00, 2017-04-01: 300.00}}, when: {PARTNER}}}
        """,
        engagement="""
        | child          | date       | kind        |
        | the day before | 2017-03-31 | link_worker |
        | the day before | 2017-03-31 | partner     |
        | on that day    | 2017-04-01 | link_worker |
        | on that day    | 2017-04-01 | partner     |
        """,
    ).statuses(
        "2018-Q4",
        """
        | child          | link_worker  | partner      |
        | the day before | met          | beyond_limit |
        | on that day    | beyond_limit | met          |
        """,
    )


def test_what_fell_due_outside_the_term_takes_no_number(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        f"""
        term: {{from: 2017-02-01, to: 2025-08-31}}
        payments:
          outcomes:
            numbers: [1]
            window: {{months: [0, 12]}}
            outcomes:
              link_worker: {{when: {LINK_WORKER}}}
              partner:     {{when: {PARTNER}}}
        """,
        engagement="""
        | child | date       | kind        |
        | Ada   | 2017-01-31 | link_worker |
        | Ada   | 2017-02-01 | partner     |
        """,
    ).decides(
        "2018-Q4",
        """
        | child | what        | status       | reason       | number |
        | Ada   | link_worker | not_eligible | outside_term |        |
        | Ada   | partner     | met          | reached      | 1      |
        """,
    )


def test_every_payment_has_numbers_of_its_own(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        f"""
        payments:
          sign_up:    {{number: 1, when: {CONSENT}}}
          engagement: {{number: 2, window: {{months: [0, 12]}}, when: {PARTNER}}}
          outcomes:
            numbers: [4, 5, 6]
            window: {{months: [0, 12]}}
            outcomes:
              link_worker: {{when: {LINK_WORKER}}}
              partner:     {{when: {PARTNER}}}
        """,
        children="| child | consent_on |\n| Ada | 2017-06-01 |",
        engagement="""
        | child | date       | kind        |
        | Ada   | 2017-03-01 | link_worker |
        | Ada   | 2017-02-01 | partner     |
        """,
    ).decides(
        "2018-Q4",
        """
        | child | payment    | outcome     | number |
        | Ada   | sign_up    |             | 1      |
        | Ada   | engagement |             | 2      |
        | Ada   | outcomes   | link_worker | 5      |
        | Ada   | outcomes   | partner     | 4      |
        """,
    )
