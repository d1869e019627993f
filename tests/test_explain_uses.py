"""What became of every row in a test, and why it was passed over.

Ada joined on 10 January 2017. The window of a year runs to 9 January 2018, the baseline window from 10 July
2016 to 9 April 2017, the endpoint window from 10 January to 9 July 2018.
"""

from pathlib import Path

from tests.meaning import Programme
from wlz_calc.decision import Use
from wlz_calc.write import words

SESSIONS = """
payments:
  links: {window: {months: [0, 12]}, when: {measure: link_worker_sessions, test: reaches, at_least: 2}}
  turned_up:
    window: {months: [0, 12]}
    when: {measure: partner_attendance_rate, test: reaches, at_least: 0.5}
  engaged: {window: {months: [0, 12]}, when: {measure: partner_engaged_rate, test: reaches, at_least: 0.5}}
"""
WINDOWS = "baseline: {months: [-6, 3]}, endpoint: {months: [12, 18]}"
CONFIDENCE = f"""
payments:
  confidence: {{{WINDOWS}, when: {{measure: survey.confidence, test: improves, by: 1}}}}
"""
MATHS = f"""
payments:
  maths: {{{WINDOWS}, when: {{measure: attainment.maths, test: improves, by: 1}}}}
"""
CONDUCT = f"""
payments:
  conduct: {{{WINDOWS}, when: {{measure: sdq.conduct, test: improves, by: 1}}}}
"""


def test_a_session_counts_or_was_absent_cancelled_outside_the_window_after_leaving_or_not_known_yet(
    tmp_path: Path,
) -> None:
    Programme(
        tmp_path,
        SESSIONS,
        children="""
        | child | left_on    |
        | Ada   | 2017-12-01 |
        """,
        engagement="""
        | child | date       | status    |
        | Ada   | 2017-01-09 | attended  |
        | Ada   | 2017-01-10 | attended  |
        | Ada   | 2017-02-01 | absent    |
        | Ada   | 2017-03-01 | cancelled |
        | Ada   | 2017-12-01 | attended  |
        | Ada   | 2017-12-02 | attended  |
        | Ada   | 2018-01-01 | attended  |
        | Ada   | 2018-01-10 | attended  |
        """,
    ).uses(
        "2017-Q4",
        """
        | what  | row | use            |
        | links | 2   | outside_window |
        | links | 3   | counted        |
        | links | 4   | absent         |
        | links | 5   | cancelled      |
        | links | 6   | counted        |
        | links | 7   | after_leaving  |
        | links | 8   | not_known_yet  |
        | links | 9   | not_known_yet  |
        """,
    )


def test_of_a_rate_an_absence_counts_against_and_what_is_not_rated_does_not_count(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        SESSIONS,
        engagement="""
        | child | date       | kind    | status    | engaged |
        | Ada   | 2017-02-01 | partner | attended  | true    |
        | Ada   | 2017-02-08 | partner | attended  | false   |
        | Ada   | 2017-02-15 | partner | attended  |         |
        | Ada   | 2017-02-22 | partner | absent    |         |
        | Ada   | 2017-03-01 | partner | cancelled |         |
        """,
    ).uses(
        "2018-Q4",
        """
        | what      | row | use             |
        | turned_up | 2   | counted         |
        | turned_up | 3   | counted         |
        | turned_up | 4   | counted         |
        | turned_up | 5   | counted_against |
        | turned_up | 6   | cancelled       |
        | engaged   | 2   | counted         |
        | engaged   | 3   | counted_against |
        | engaged   | 4   | not_rated       |
        | engaged   | 5   | absent          |
        | engaged   | 6   | cancelled       |
        """,
    )


def test_a_session_that_was_submitted_again_is_superseded(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        SESSIONS,
        engagement="""
        | child | date       | status   | submitted_at        |
        | Ada   | 2017-02-01 | attended | 2017-02-02T09:00:00 |
        | Ada   | 2017-02-01 | absent   | 2017-02-03T09:00:00 |
        """,
    ).uses(
        "2018-Q4",
        """
        | what  | row | use        |
        | links | 2   | superseded |
        | links | 3   | absent     |
        """,
    )


def test_of_readings_the_nearest_to_joining_and_the_last_in_the_endpoint_window_are_taken(
    tmp_path: Path,
) -> None:
    Programme(
        tmp_path,
        CONFIDENCE,
        survey="""
        | child | completed_on | score |
        | Ada   | 2016-07-09   | 40    |
        | Ada   | 2016-08-01   | 40    |
        | Ada   | 2016-12-01   | 41    |
        | Ada   | 2016-12-01   | 41    |
        | Ada   | 2017-01-11   | 42    |
        | Ada   | 2017-06-01   | 43    |
        | Ada   | 2018-02-01   | 44    |
        | Ada   | 2018-03-01   |       |
        | Ada   | 2018-04-01   | 45    |
        | Ada   | 2018-07-10   | 46    |
        | Ada   | 2019-01-01   | 47    |
        """,
    ).uses(
        "2018-Q4",
        """
        | row | use            |
        | 2   | outside_window |
        | 3   | another_nearer |
        | 4   | baseline       |
        | 5   | repeated       |
        | 6   | another_nearer |
        | 7   | outside_window |
        | 8   | later_taken    |
        | 9   | no_score       |
        | 10  | endpoint       |
        | 11  | outside_window |
        | 12  | not_known_yet  |
        """,
    )


def test_without_a_baseline_no_later_reading_is_set_against_anything(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        CONFIDENCE,
        survey="""
        | child | completed_on | score |
        | Ada   | 2018-02-01   | 44    |
        """,
    ).uses("2018-Q4", "| row | use |\n| 2 | no_baseline |")


def test_an_endpoint_is_on_the_scale_of_the_baseline_and_after_it(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        MATHS,
        attainment="""
        | child | assessed_on | scale                  | score |
        | Ada   | 2016-12-01  | standardised_age_score | 90    |
        | Ada   | 2018-02-01  | standardised_age_score | 95    |
        | Ada   | 2018-03-01  | ks2_scaled             | 100   |
        | Ada   | 2018-01-20  | ks2_scaled             | 100   |
        """,
    ).uses(
        "2018-Q4",
        """
        | row | use         |
        | 2   | baseline    |
        | 3   | endpoint    |
        | 4   | other_scale |
        | 5   | other_scale |
        """,
    )


def test_a_questionnaire_of_another_informant_or_without_that_scale_is_passed_over(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        CONDUCT,
        sdq="""
        | child | completed_on | informant | conduct |
        | Ada   | 2016-12-01   | teacher   | 5       |
        | Ada   | 2016-12-02   | parent    | 5       |
        | Ada   | 2018-02-01   | teacher   | 3       |
        | Ada   | 2018-03-01   | teacher   |         |
        """,
    ).uses(
        "2018-Q4",
        """
        | row | use             |
        | 2   | baseline        |
        | 3   | other_informant |
        | 4   | endpoint        |
        | 5   | no_score        |
        """,
    )


ATTENDANCE = """
payments:
  rate:
    window: {academic_year: 1}
    when: {measure: attendance_rate, test: reaches, at_least: 0.5, possible_at_least: 3}
  better:
    baseline: {academic_year: 1}
    endpoint: {academic_year: 2}
    when: {measure: attendance_rate, test: improves, by: 0.01}
"""


def test_a_mark_counts_in_its_window_unless_it_is_no_possible_session(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        ATTENDANCE,
        attendance="""
        | child | date       | session | code |
        | Ada   | 2016-08-31 | AM      | /    |
        | Ada   | 2016-09-01 | AM      | /    |
        | Ada   | 2016-09-01 | PM      | \\    |
        | Ada   | 2016-09-02 | AM      | Y    |
        | Ada   | 2016-09-02 | PM      | I    |
        | Ada   | 2017-09-04 | AM      | /    |
        | Ada   | 2019-01-07 | AM      | /    |
        """,
    ).uses(
        "2018-Q4",
        """
        | what   | row | use            |
        | rate   | 2   | outside_window |
        | rate   | 3   | counted        |
        | rate   | 4   | counted        |
        | rate   | 5   | not_possible   |
        | rate   | 6   | counted        |
        | rate   | 7   | outside_window |
        | rate   | 8   | not_known_yet  |
        | better | 2   | outside_window |
        | better | 3   | baseline       |
        | better | 4   | baseline       |
        | better | 5   | not_possible   |
        | better | 6   | baseline       |
        | better | 7   | endpoint       |
        | better | 8   | not_known_yet  |
        """,
    )


def test_a_period_counts_if_it_lies_wholly_in_the_window_and_enough_was_possible_in_all(
    tmp_path: Path,
) -> None:
    Programme(
        tmp_path,
        ATTENDANCE,
        attendance="""
        | child | period_start | period_end | sessions_possible | sessions_attended |
        | Ada   | 2016-08-01   | 2016-09-01 | 20                | 10                |
        | Ada   | 2016-09-02   | 2016-12-20 | 2                 | 1                 |
        | Ada   | 2017-09-01   | 2017-12-20 | 100               | 50                |
        """,
    ).uses(
        "2018-Q4",
        """
        | what   | row | use              |
        | rate   | 2   | partly_outside   |
        | rate   | 3   | too_few_possible |
        | rate   | 4   | outside_window   |
        | better | 2   | partly_outside   |
        | better | 3   | baseline         |
        | better | 4   | endpoint         |
        """,
    )


def test_every_use_has_words() -> None:
    assert set(words.USES) == set(Use)
