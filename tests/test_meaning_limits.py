"""Meaning, *Award, price, share, line*: what the limits of a contract leave of an award and cut."""

from pathlib import Path

import pytest

from tests.meaning import Programme

CONSENT = "{measure: consent, test: happened}"
LINK_WORKER = "{window: {months: [0, 24]}, when: {measure: link_worker_sessions, test: reaches, at_least: 1}}"
PARTNER = "{window: {months: [0, 24]}, when: {measure: partner_sessions, test: reaches, at_least: 1}}"
THREE_PAYMENTS = f"""
payments:
  sign_up:     {{when: {CONSENT}}}
  link_worker: {LINK_WORKER}
  partner:     {PARTNER}
"""


def test_a_childs_limit_cuts_what_goes_beyond_it_and_the_decision_stays_met(tmp_path: Path) -> None:
    programme = Programme(
        tmp_path,
        "limits: {child: 150.00}" + THREE_PAYMENTS,
        children="""
        | child         | consent_on |
        | up to it      | 2018-11-01 |
        | beyond it     | 2018-11-01 |
        | in other turn | 2018-12-31 |
        """,
        engagement="""
        | child         | date       | kind        |
        | beyond it     | 2018-11-02 | link_worker |
        | beyond it     | 2018-11-03 | partner     |
        | in other turn | 2018-11-02 | link_worker |
        | in other turn | 2018-11-01 | partner     |
        """,
    )
    programme.decides(
        "2018-Q4",
        """
        | child         | what        | status  | price  | cut    |
        | up to it      | sign_up     | met     | 100.00 | 0.00   |
        | up to it      | link_worker | not_yet |        |        |
        | up to it      | partner     | not_yet |        |        |
        | beyond it     | sign_up     | met     | 100.00 | 0.00   |
        | beyond it     | link_worker | met     | 100.00 | 50.00  |
        | beyond it     | partner     | met     | 100.00 | 100.00 |
        | in other turn | sign_up     | met     | 100.00 | 100.00 |
        | in other turn | link_worker | met     | 100.00 | 50.00  |
        | in other turn | partner     | met     | 100.00 | 0.00   |
        """,
    )
    programme.claims(
        "2018-Q4",
        lines="""
        | child         | what        | amount |
        | up to it      | sign_up     | 100.00 |
        | beyond it     | sign_up     | 100.00 |
        | beyond it     | link_worker | 50.00  |
        | in other turn | partner     | 100.00 |
        | in other turn | link_worker | 50.00  |
        """,
        cut="""
        | child         | what        | due_on     | price  | cut    |
        | beyond it     | link_worker | 2018-11-02 | 100.00 | 50.00  |
        | beyond it     | partner     | 2018-11-03 | 100.00 | 100.00 |
        | in other turn | link_worker | 2018-11-02 | 100.00 | 50.00  |
        | in other turn | sign_up     | 2018-12-31 | 100.00 | 100.00 |
        """,
    )


@pytest.mark.parametrize("limit", ["contract", "financial_year", "child"])
def test_a_limit_that_is_just_reached_cuts_nothing_and_a_penny_less_cuts_a_penny(
    tmp_path: Path, limit: str
) -> None:
    for most, cut in (("200.00", "0.00"), ("199.99", "0.01")):
        Programme(
            tmp_path / most,
            f"limits: {{{limit}: {most}}}" + THREE_PAYMENTS,
            children="| child | consent_on |\n| Ada | 2018-11-01 |",
            engagement="| child | date |\n| Ada | 2018-11-02 |",
        ).across("2018-Q4", "cut", f"| child | sign_up | link_worker |\n| Ada | 0.00 | {cut} |")


def test_a_financial_year_runs_from_1_april_to_31_march_by_due_date(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        "limits: {financial_year: 150.00}",
        children="""
        | child            | consent_on |
        | on 30 March 2017 | 2017-03-30 |
        | on 31 March 2017 | 2017-03-31 |
        | on 1 April 2017  | 2017-04-01 |
        | on 31 March 2018 | 2018-03-31 |
        | on 1 April 2018  | 2018-04-01 |
        """,
    ).decides(
        "2018-Q4",
        """
        | child            | price  | cut   |
        | on 30 March 2017 | 100.00 | 0.00  |
        | on 31 March 2017 | 100.00 | 50.00 |
        | on 1 April 2017  | 100.00 | 0.00  |
        | on 31 March 2018 | 100.00 | 50.00 |
        | on 1 April 2018  | 100.00 | 0.00  |
        """,
    )


def test_awards_take_their_turn_by_due_date_then_child_in_the_order_of_code_points(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        "limits: {contract: 450.00}",
        children="""
        | child | consent_on |
        | é     | 2018-11-02 |
        | a     | 2018-11-02 |
        | Z     | 2018-11-02 |
        | 9     | 2018-11-02 |
        | 10    | 2018-11-02 |
        | zz    | 2018-11-01 |
        """,
    ).across(
        "2018-Q4",
        "cut",
        """
        | child | sign_up |
        | zz    | 0.00    |
        | 10    | 0.00    |
        | 9     | 0.00    |
        | Z     | 0.00    |
        | a     | 50.00   |
        | é     | 100.00  |
        """,
    )


def test_on_one_day_a_childs_awards_take_their_turn_by_number_not_by_place_on_the_card(
    tmp_path: Path,
) -> None:
    Programme(
        tmp_path,
        f"""
        limits: {{contract: 250.00}}
        payments:
          third:  {{number: 3, when: {CONSENT}}}
          first:  {{number: 1, when: {CONSENT}}}
          second: {{number: 2, when: {CONSENT}}}
        """,
        children="| child | consent_on |\n| Ada | 2018-11-01 |",
    ).across("2018-Q4", "cut", "| child | first | second | third |\n| Ada | 0.00 | 0.00 | 50.00 |")


def test_each_award_takes_the_least_of_what_is_left_of_every_limit(tmp_path: Path) -> None:
    """A child may have 80, a year 150, the contract 250. What one limit cuts is left to the others."""
    Programme(
        tmp_path,
        "limits: {child: 80.00, financial_year: 150.00, contract: 250.00}" + THREE_PAYMENTS,
        children="""
        | child | consent_on |
        | Ada   | 2017-02-01 |
        | Ben   | 2017-02-02 |
        | Cay   | 2017-02-03 |
        | Dan   | 2017-04-01 |
        | Eve   | 2017-04-02 |
        | Fay   | 2018-04-01 |
        """,
        engagement="""
        | child | date       |
        | Ben   | 2017-04-03 |
        | Cay   | 2017-04-04 |
        """,
    ).decides(
        "2018-Q4",
        """
        | child | what        | cut    |
        | Ada   | sign_up     | 20.00  |
        | Ada   | link_worker |        |
        | Ada   | partner     |        |
        | Ben   | sign_up     | 30.00  |
        | Ben   | link_worker | 100.00 |
        | Ben   | partner     |        |
        | Cay   | sign_up     | 100.00 |
        | Cay   | link_worker | 100.00 |
        | Cay   | partner     |        |
        | Dan   | sign_up     | 20.00  |
        | Dan   | link_worker |        |
        | Dan   | partner     |        |
        | Eve   | sign_up     | 80.00  |
        | Eve   | link_worker |        |
        | Eve   | partner     |        |
        | Fay   | sign_up     | 100.00 |
        | Fay   | link_worker |        |
        | Fay   | partner     |        |
        """,
    )


def test_a_childs_limit_holds_over_all_financial_years(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        "limits: {child: 150.00}" + THREE_PAYMENTS,
        children="| child | consent_on |\n| Ada | 2017-02-01 |",
        engagement="""
        | child | date       | kind        |
        | Ada   | 2017-05-01 | link_worker |
        | Ada   | 2018-05-01 | partner     |
        """,
    ).across("2018-Q4", "cut", "| child | sign_up | link_worker | partner |\n| Ada | 0.00 | 50.00 | 100.00 |")


def test_what_is_held_keeps_its_place_in_the_limits(tmp_path: Path) -> None:
    programme = Programme(
        tmp_path,
        "limits: {contract: 250.00}",
        children="""
        | child | consent_on |
        | Ada   | 2018-11-01 |
        | Ben   | 2018-11-02 |
        | Cay   | 2018-11-03 |
        | Dan   | 2018-11-04 |
        """,
        holds="| child | from |\n| Ada | 2018-01-01 |\n| Cay | 2018-01-01 |",
    )
    programme.decides(
        "2018-Q4",
        """
        | child | status | cut    |
        | Ada   | held   | 0.00   |
        | Ben   | met    | 0.00   |
        | Cay   | held   | 50.00  |
        | Dan   | met    | 100.00 |
        """,
    )
    programme.claims(
        "2018-Q4",
        lines="| child | amount |\n| Ben | 100.00 |",
        cut="| child | cut |\n| Dan | 100.00 |",
        held="| child | price |\n| Ada | 100.00 |\n| Cay | 100.00 |",
    )


FIRST = "joined: {from: 2016-09-01, to: 2017-08-31}\n"
SECOND = "joined: {from: 2017-09-01, to: 2019-08-31}\n"


def test_limits_are_the_contracts_and_not_each_cards_or_all_contracts(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        FIRST + "limits: {contract: 150.00}",
        SECOND + "limits: {contract: 150.00}",
        "contract: beta\nlimits: {contract: 110.00}",
        children="""
        | child | contract | joined_on  | consent_on |
        | Ada   | alpha    | 2017-01-10 | 2018-11-02 |
        | Ben   | alpha    | 2018-01-10 | 2018-11-01 |
        | Cay   | beta     | 2018-01-10 | 2018-11-01 |
        | Dan   | beta     | 2018-01-10 | 2018-11-02 |
        """,
    ).decides(
        "2018-Q4",
        """
        | child | contract | cut   |
        | Ada   | alpha    | 50.00 |
        | Ben   | alpha    | 0.00  |
        | Cay   | beta     | 0.00  |
        | Dan   | beta     | 90.00 |
        """,
    )


def test_cards_of_one_contract_that_state_other_limits_are_refused(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        FIRST + "limits: {contract: 150.00, child: 20.00}",
        SECOND + "limits: {contract: 150.01}",
        children="| child |\n| Ada |",
    ).refuses(
        """
        | code               | found  |
        | card-limits-differ | 150.01 |
        | card-limits-differ | none   |
        """
    )
