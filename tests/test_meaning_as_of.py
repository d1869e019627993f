"""Meaning, *As of*: a run for a quarter knows what is dated on or before its last day, and nothing later."""

from pathlib import Path

from tests.meaning import Programme

SESSION = "{measure: link_worker_sessions, test: reaches, at_least: 1}"


def test_a_run_knows_only_rows_dated_on_or_before_the_last_day_of_its_quarter(tmp_path: Path) -> None:
    programme = Programme(
        tmp_path,
        f"""
        payments:
          sessions:   {{window: {{months: [0, 12]}}, when: {SESSION}}}
          attendance: {{window: {{academic_year: 1}},
                       when: {{measure: attendance_rate, test: reaches, at_least: 0.5}}}}
          changes:
            baseline: {{months: [0, 6]}}
            endpoint: {{months: [12, 18]}}
            outcomes:
              maths:      {{when: {{measure: attainment.maths, test: improves, by: 1}}}}
              peers:      {{when: {{measure: sdq.peer, test: improves, by: 1}}}}
              confidence: {{when: {{measure: survey.confidence, test: improves, by: 1}}}}
        """,
        children="""
        | child       | joined_on  |
        | 31 December | 2018-11-01 |
        | 1 January   | 2018-11-01 |
        """,
        engagement="""
        | child       | date       |
        | 31 December | 2018-12-31 |
        | 1 January   | 2019-01-01 |
        """,
        attendance="""
        | child       | period_start | period_end | sessions_possible | sessions_attended |
        | 31 December | 2018-09-01   | 2018-12-31 | 100               | 95                |
        | 1 January   | 2018-09-01   | 2019-01-01 | 100               | 95                |
        """,
        attainment="""
        | child       | assessed_on | score |
        | 31 December | 2018-12-31  | 100   |
        | 1 January   | 2019-01-01  | 100   |
        """,
        sdq="""
        | child       | completed_on | peer |
        | 31 December | 2018-12-31   | 4    |
        | 1 January   | 2019-01-01   | 4    |
        """,
        survey="""
        | child       | completed_on | score |
        | 31 December | 2018-12-31   | 50    |
        | 1 January   | 2019-01-01   | 50    |
        """,
    )
    programme.decides(
        "2018-Q4",
        """
        | child       | what       | status  | value  | baseline |
        | 31 December | sessions   | met     | 1      |          |
        | 31 December | attendance | not_yet | 95/100 |          |
        | 31 December | maths      | not_yet |        | 100      |
        | 31 December | peers      | not_yet |        | 4        |
        | 31 December | confidence | not_yet |        | 50       |
        | 1 January   | sessions   | not_yet | 0      |          |
        | 1 January   | attendance | not_yet |        |          |
        | 1 January   | maths      | not_yet |        |          |
        | 1 January   | peers      | not_yet |        |          |
        | 1 January   | confidence | not_yet |        |          |
        """,
    )
    programme.statuses(
        "2019-Q1",
        """
        | child       | sessions | attendance | maths   |
        | 31 December | met      | not_yet    | not_yet |
        | 1 January   | met      | not_yet    | not_yet |
        """,
    )


def test_a_child_who_joined_later_is_not_in_the_run(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        children="""
        | child                 | joined_on  |
        | joined on 31 December | 2018-12-31 |
        | joined on 1 January   | 2019-01-01 |
        """,
    ).decides("2018-Q4", "| child | status |\n| joined on 31 December | not_yet |")


def test_a_later_consent_or_leaving_is_not_known(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        f"""
        leavers: not_eligible
        payments:
          sign_up:  {{when: {{measure: consent, test: happened}}}}
          sessions: {{window: {{months: [0, 36]}}, when: {SESSION}}}
        """,
        children="""
        | child                    | consent_on | left_on    |
        | consented on 31 December | 2018-12-31 |            |
        | consented on 1 January   | 2019-01-01 |            |
        | left on 31 December      |            | 2018-12-31 |
        | left on 1 January        |            | 2019-01-01 |
        """,
    ).statuses(
        "2018-Q4",
        """
        | child                    | sign_up      | sessions     |
        | consented on 31 December | met          | not_yet      |
        | consented on 1 January   | not_yet      | not_yet      |
        | left on 31 December      | not_eligible | not_eligible |
        | left on 1 January        | not_yet      | not_yet      |
        """,
    )


def test_the_time_of_a_submission_only_ranks_it_even_where_it_is_after_the_quarter(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        f"payments: {{sessions: {{window: {{months: [0, 36]}}, when: {SESSION}}}}}",
        engagement="""
        | child            | date       | status   | submitted_at     |
        | absent after all | 2018-12-03 | attended | 2018-12-04       |
        | absent after all | 2018-12-03 | absent   | 2019-06-01T09:30 |
        | there after all  | 2018-12-03 | absent   | 2018-12-04       |
        | there after all  | 2018-12-03 | attended | 2019-06-01T09:30 |
        """,
    ).statuses(
        "2018-Q4",
        """
        | child            | sessions |
        | absent after all | not_yet  |
        | there after all  | met      |
        """,
    )


def test_no_calculation_asks_the_clock_a_quarter_far_away_is_decided_alike(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        f"""
        joined: {{from: 2090-01-01, to: 2090-12-31}}
        term: {{from: 2090-01-01, to: 2095-12-31}}
        payments: {{sessions: {{window: {{months: [0, 12]}}, when: {SESSION}}}}}
        """,
        children="""
        | child      | joined_on  |
        | was there  | 2090-01-10 |
        | never came | 2090-01-10 |
        """,
        engagement="| child | date |\n| was there | 2090-02-01 |",
    ).statuses("2091-Q1", "| child | sessions |\n| was there | met |\n| never came | not_met |")
