"""Meaning, *Dated values*: which of a value's dates counts, on the day and on the day before."""

from pathlib import Path

import pytest

from tests.meaning import Programme

SESSION = "{measure: link_worker_sessions, test: reaches, at_least: 1}"


TWO_CHILDREN = """
| child               | joined_on  |
| ends the day before | 2017-01-10 |
| ends on that day    | 2017-01-11 |
"""


def test_a_threshold_is_the_one_in_force_on_the_last_day_of_the_window(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        """
        payments:
          sessions:
            window: {months: [0, 6]}
            when: {measure: link_worker_sessions, test: reaches, at_least: {2016-09-01: 1, 2017-07-10: 2}}
          rate:
            window: {months: [0, 6]}
            when: {measure: partner_attendance_rate, test: reaches,
                   at_least: {2016-09-01: 0.5, 2017-07-10: 0.6}}
        """,
        children=TWO_CHILDREN,
        engagement="""
        | child               | date       | kind        | status   |
        | ends the day before | 2017-02-01 | link_worker | attended |
        | ends the day before | 2017-02-01 | partner     | attended |
        | ends the day before | 2017-02-02 | partner     | absent   |
        | ends on that day    | 2017-02-01 | link_worker | attended |
        | ends on that day    | 2017-02-01 | partner     | attended |
        | ends on that day    | 2017-02-02 | partner     | absent   |
        """,
    ).decides(
        "2018-Q4",
        """
        | child               | what     | closes     | status  |
        | ends the day before | sessions | 2017-07-09 | met     |
        | ends the day before | rate     | 2017-07-09 | met     |
        | ends on that day    | sessions | 2017-07-10 | not_met |
        | ends on that day    | rate     | 2017-07-10 | not_met |
        """,
    )


def test_of_two_windows_it_is_the_last_day_of_the_endpoints(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        """
        payments:
          changes:
            baseline: {months: [0, 6]}
            endpoint: {months: [12, 18]}
            outcomes:
              gain:    {when: {measure: survey.confidence, test: improves,
                               by: {2016-09-01: 5, 2018-07-10: 6}}}
              at_risk: {when: {measure: survey.confidence, test: improves, by: 5,
                               at_risk: {below: {2016-09-01: 50, 2018-07-10: 45}}}}
        """,
        children=TWO_CHILDREN,
        survey="""
        | child               | completed_on | score |
        | ends the day before | 2017-02-01   | 45    |
        | ends the day before | 2018-06-01   | 50    |
        | ends on that day    | 2017-02-01   | 45    |
        | ends on that day    | 2018-06-01   | 50    |
        """,
    ).statuses(
        "2018-Q4",
        """
        | child               | gain    | at_risk      |
        | ends the day before | met     | met          |
        | ends on that day    | not_met | not_eligible |
        """,
    )


def test_possible_at_least_is_that_of_the_endpoints_last_day_for_the_baseline_too(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        """
        payments:
          changes:
            baseline: {academic_year: 0}
            endpoint: {academic_year: 1}
            outcomes:
              from_that_day: {when: {measure: attendance_rate, test: improves, by: 0,
                                     possible_at_least: {2016-09-01: 100, 2017-08-31: 150}}}
              from_the_next: {when: {measure: attendance_rate, test: improves, by: 0,
                                     possible_at_least: {2016-09-01: 100, 2017-09-01: 150}}}
        """,
        attendance="""
        | child | period_start | period_end | sessions_possible | sessions_attended |
        | Ada   | 2015-09-01   | 2016-08-31 | 100               | 90                |
        | Ada   | 2016-09-01   | 2017-08-31 | 150               | 135               |
        """,
    ).decides(
        "2018-Q4",
        """
        | child | what          | baseline | endpoint | status         | reason      |
        | Ada   | from_that_day |          | 135/150  | not_assessable | no_baseline |
        | Ada   | from_the_next | 90/100   | 135/150  | met            | improved    |
        """,
    )


def test_a_price_and_a_share_are_those_in_force_on_the_due_date(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        """
        commissioners:
          council: {name: The council, share: {2016-09-01: 0.60, 2017-04-01: 0.50}}
          donor:   {name: A donor,     share: {2016-09-01: 0.40, 2017-04-01: 0.50}}
        payments:
          sign_up: {price: {2016-09-01: 300.00, 2017-04-01: 312.00}, when: {measure: consent, test: happened}}
        """,
        children="""
        | child          | consent_on |
        | the day before | 2017-03-31 |
        | on that day    | 2017-04-01 |
        """,
    ).claims(
        "2018-Q4",
        from_start=True,
        lines="""
        | child          | commissioner | amount |
        | the day before | council      | 180.00 |
        | the day before | donor        | 120.00 |
        | on that day    | council      | 156.00 |
        | on that day    | donor        | 156.00 |
        """,
    )


def test_a_due_date_that_is_put_off_by_a_gate_is_the_one_that_prices(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        f"""
        payments:
          sessions: {{window: {{months: [0, 12]}}, when: {SESSION}}}
          sign_up:  {{price: {{2016-09-01: 300.00, 2017-04-01: 312.00}}, requires: {{all: [sessions]}},
                     when: {{measure: consent, test: happened}}}}
        """,
        children="| child | consent_on |\n| Ada | 2017-03-31 |",
        engagement="| child | date |\n| Ada | 2017-04-01 |",
    ).decides("2018-Q4", "| child | due_on | price |\n| Ada | 2017-04-01 | 312.00 |", only="sign_up")


@pytest.mark.parametrize(
    ("terms", "first", "too_late"),
    [
        ("price: {FIRST: 100.00}, when: {measure: consent, test: happened}", "2016-09-01", "2016-09-02"),
        (
            """window: {months: [0, 6]},
               when: {measure: partner_attendance_rate, test: reaches, at_least: {FIRST: 0.5}}""",
            "2017-02-28",
            "2017-03-01",
        ),
    ],
)
def test_a_value_that_can_be_needed_before_its_first_date_is_an_error_of_the_card(
    tmp_path: Path, terms: str, first: str, too_late: str
) -> None:
    """The first child can join on 1 September 2016, and its window end on 28 February 2017."""
    card, children = f"payments: {{first: {{{terms}}}}}", "| child |\n| Ada |"
    Programme(tmp_path / "in time", card.replace("FIRST", first), children=children).warns("| code |")
    Programme(tmp_path / "too late", card.replace("FIRST", too_late), children=children).refuses(
        "| code |\n| card-dated |"
    )
