"""What is sound in form and odd all the same is a warning: it travels with the money and changes none of it.

Source: the data dictionary, What is checked, stage 6.
"""

from pathlib import Path

from tests.meaning import Programme

NOTHING = "| code |"
RATE = "{measure: attendance_rate, test: reaches, at_least: 0.9}"
GAIN = "{measure: survey.confidence, test: improves, by: 1}"


def test_consent_more_than_a_year_before_joining_is_odd(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        children="""
        | child         | joined_on  | consent_on |
        | a year before | 2017-01-10 | 2016-01-10 |
        | a day more    | 2017-01-10 | 2016-01-09 |
        | after joining | 2017-01-10 | 2017-02-01 |
        """,
    ).warns("| code | file | row |\n| consent-early | children | 3 |")


def test_sessions_outside_the_term_of_the_contract_are_odd(tmp_path: Path) -> None:
    """The term is that of all cards of the contract together."""
    Programme(
        tmp_path,
        "joined: {from: 2016-09-01, to: 2017-08-31}\nterm: {from: 2016-09-01, to: 2018-08-31}",
        "joined: {from: 2017-09-01, to: 2018-08-31}\nterm: {from: 2017-09-01, to: 2019-08-31}",
        "contract: beta\nterm: {from: 2018-01-01, to: 2025-08-31}",
        children="""
        | child | contract | joined_on  |
        | Ada   | alpha    | 2017-01-10 |
        | Ben   | beta     | 2018-01-10 |
        """,
        engagement="""
        | child | date       |
        | Ada   | 2016-08-31 |
        | Ada   | 2016-09-01 |
        | Ada   | 2019-08-31 |
        | Ada   | 2019-09-01 |
        | Ben   | 2017-12-31 |
        | Ben   | 2018-01-01 |
        """,
    ).warns(
        """
        | code         | file       | row | found      |
        | outside-term | engagement | 2   | 2016-08-31 |
        | outside-term | engagement | 5   | 2019-09-01 |
        | outside-term | engagement | 6   | 2017-12-31 |
        """
    )


def test_an_attendance_period_in_two_academic_years_counts_in_neither_and_is_odd(tmp_path: Path) -> None:
    periods = """
    | child | period_start | period_end | sessions_possible | sessions_attended |
    | Ada   | 2016-09-01   | 2017-08-31 | 190               | 180               |
    | Ben   | 2017-08-31   | 2017-09-01 | 2                 | 1                 |
    | Cay   | 2016-09-01   | 2016-12-20 | 70                | 60                |
    """
    judged = f"payments: {{year: {{window: {{academic_year: 1}}, when: {RATE}}}}}"
    Programme(tmp_path / "judged", judged, attendance=periods).warns(
        """
        | code             | file       | row | found                    |
        | period-straddles | attendance | 3   | 2017-08-31 to 2017-09-01 |
        """
    )
    Programme(tmp_path / "not used", attendance=periods).warns(NOTHING)


def test_a_schools_attendance_of_exactly_nought_or_a_hundred_per_cent_is_odd(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        children="""
        | child | school |
        | Ada   | ark    |
        | Ben   | ark    |
        | Cay   | elm    |
        | Dan   | elm    |
        | Eve   | fir    |
        | Fay   | oak    |
        """,
        attendance="""
        | child | period_start | period_end | sessions_possible | sessions_attended |
        | Ada   | 2016-09-01   | 2017-07-20 | 190               | 190               |
        | Ben   | 2016-09-01   | 2017-07-20 | 180               | 180               |
        | Cay   | 2016-09-01   | 2017-07-20 | 190               | 190               |
        | Dan   | 2016-09-01   | 2017-07-20 | 190               | 189               |
        | Eve   | 2016-09-01   | 2017-07-20 | 190               | 0                 |
        | Fay   | 2016-09-01   | 2017-07-20 | 0                 | 0                 |
        """,
    ).warns(
        """
        | code         | file       | row | found                               |
        | rate-extreme | attendance | 2   | 370 of 370 sessions attended at ark |
        | rate-extreme | attendance | 6   | 0 of 190 sessions attended at fir   |
        """
    )


def test_a_child_of_the_phases_judged_without_a_baseline_is_odd(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        f"""
        payments:
          gain:
            phases: [primary]
            baseline: {{months: [0, 6]}}
            endpoint: {{months: [12, 18]}}
            when: {GAIN}
        """,
        children="""
        | child               | year_group |
        | has one             | 5          |
        | only outside window | 5          |
        | has none            | 5          |
        | is in another phase | 8          |
        """,
        survey="""
        | child               | completed_on | score |
        | has one             | 2017-02-01   | 50    |
        | only outside window | 2017-07-10   | 50    |
        """,
    ).warns(
        """
        | code        | file     | row |
        | no-baseline | children | 3   |
        | no-baseline | children | 4   |
        """
    )


def test_attendance_is_no_reading_that_needs_a_baseline(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        """
        payments:
          change:
            baseline: {academic_year: 0}
            endpoint: {academic_year: 1}
            when: {measure: attendance_rate, test: improves, by: 0.01}
        """,
        children="| child |\n| Ada |",
    ).warns(NOTHING)


def test_a_survey_that_no_card_describes_is_odd_and_is_not_used(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        survey="""
        | child | completed_on | measure    | score |
        | Ada   | 2017-02-01   | confidence | 50    |
        | Ada   | 2017-02-01   | happiness  | 50    |
        | Ada   | 2017-03-01   | happiness  | 50    |
        """,
    ).warns("| code | file | row | found |\n| survey-unknown | survey | 3 | happiness |")


def test_extracts_that_nobody_validated_are_named_once(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        validated=False,
        children="| child |\n| Ada |",
        holds="| child | from |\n| Ada | 2018-01-01 |",
    ).warns("| code | file | row |\n| not-validated | wlz | |")
