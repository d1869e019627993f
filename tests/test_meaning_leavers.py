"""Meaning, *Status*, step 3: children who left, on a card with `leavers: not_eligible`, and on any other.

The children joined on 10 January 2017, so that a window of six months ends on 9 July 2017.
"""

from pathlib import Path

from tests.meaning import Programme

CONSENT = "{measure: consent, test: happened}"
COUNT = "{measure: link_worker_sessions, test: reaches, at_least: 1}"
RATE = "{measure: partner_attendance_rate, test: reaches, at_least: 0.5}"
GAIN = "{measure: survey.confidence, test: improves, by: 1}"

WINDOWS = f"""
payments:
  consent: {{when: {CONSENT}}}
  count:   {{window: {{months: [0, 6]}}, when: {COUNT}}}
  rate:    {{window: {{months: [0, 6]}}, when: {RATE}}}
"""
REGISTER = """
| child                    | left_on    |
| stayed                   |            |
| left before the last day | 2017-07-08 |
| left on the last day     | 2017-07-09 |
| left after the last day  | 2017-07-10 |
"""
SESSIONS = """
| child                    | date       | kind    |
| stayed                   | 2017-02-01 | partner |
| left before the last day | 2017-02-01 | partner |
| left on the last day     | 2017-02-01 | partner |
| left after the last day  | 2017-02-01 | partner |
"""


def test_what_was_not_met_in_time_and_has_no_window_or_one_that_ends_after_leaving_is_gone(
    tmp_path: Path,
) -> None:
    Programme(tmp_path, "leavers: not_eligible" + WINDOWS, children=REGISTER, engagement=SESSIONS).decides(
        "2018-Q4",
        """
        | child                    | what    | status       | reason  | due_on     |
        | stayed                   | consent | not_yet      | no_date |            |
        | stayed                   | count   | not_met      | short   |            |
        | stayed                   | rate    | met          | reached | 2017-07-09 |
        | left before the last day | consent | not_eligible | left    |            |
        | left before the last day | count   | not_eligible | left    |            |
        | left before the last day | rate    | not_eligible | left    |            |
        | left on the last day     | consent | not_eligible | left    |            |
        | left on the last day     | count   | not_met      | short   |            |
        | left on the last day     | rate    | met          | reached | 2017-07-09 |
        | left after the last day  | consent | not_eligible | left    |            |
        | left after the last day  | count   | not_met      | short   |            |
        | left after the last day  | rate    | met          | reached | 2017-07-09 |
        """,
    )


def test_unless_the_card_says_so_leavers_are_judged_as_the_others(tmp_path: Path) -> None:
    for says in ("", "leavers: as_others"):
        Programme(
            tmp_path / (says or "silent"), says + WINDOWS, children=REGISTER, engagement=SESSIONS
        ).statuses(
            "2018-Q4",
            """
            | child                    | consent | count   | rate |
            | stayed                   | not_yet | not_met | met  |
            | left before the last day | not_yet | not_met | met  |
            | left on the last day     | not_yet | not_met | met  |
            | left after the last day  | not_yet | not_met | met  |
            """,
        )


def test_what_was_met_on_or_before_the_day_of_leaving_stays_met(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        f"""
        leavers: not_eligible
        payments:
          consent: {{when: {CONSENT}}}
          count:   {{window: {{months: [0, 12]}}, when: {COUNT}}}
        """,
        children="""
        | child           | left_on    | consent_on |
        | the day before  | 2017-03-01 | 2017-02-28 |
        | on the day      | 2017-03-01 | 2017-03-01 |
        | the day after   | 2017-03-01 | 2017-03-02 |
        | left on joining | 2017-01-10 | 2016-12-01 |
        """,
        engagement="""
        | child          | date       |
        | the day before | 2017-02-28 |
        | on the day     | 2017-03-01 |
        | the day after  | 2017-03-02 |
        """,
    ).decides(
        "2018-Q4",
        """
        | child           | what    | status       | due_on     |
        | the day before  | consent | met          | 2017-02-28 |
        | the day before  | count   | met          | 2017-02-28 |
        | on the day      | consent | met          | 2017-03-01 |
        | on the day      | count   | met          | 2017-03-01 |
        | the day after   | consent | not_eligible |            |
        | the day after   | count   | not_eligible |            |
        | left on joining | consent | met          | 2017-01-10 |
        | left on joining | count   | not_eligible |            |
        """,
    )


def test_whatever_the_test_said_who_left_before_the_end_of_the_endpoint_window_is_not_eligible(
    tmp_path: Path,
) -> None:
    Programme(
        tmp_path,
        f"""
        leavers: not_eligible
        payments: {{gain: {{baseline: {{months: [0, 6]}}, endpoint: {{months: [6, 12]}}, when: {GAIN}}}}}
        """,
        children="""
        | child                    | joined_on  | left_on    |
        | met, left the day before | 2017-01-10 | 2018-01-08 |
        | met, left on the day     | 2017-01-10 | 2018-01-09 |
        | not met, left before     | 2017-01-10 | 2018-01-08 |
        | not met, left on the day | 2017-01-10 | 2018-01-09 |
        | missing, left before     | 2017-01-10 | 2018-01-08 |
        | missing, left on the day | 2017-01-10 | 2018-01-09 |
        | open, left               | 2018-11-01 | 2018-12-01 |
        | open, stayed             | 2018-11-01 |            |
        """,
        survey="""
        | child                    | completed_on | score |
        | met, left the day before | 2017-02-01   | 50    |
        | met, left the day before | 2017-09-01   | 51    |
        | met, left on the day     | 2017-02-01   | 50    |
        | met, left on the day     | 2017-09-01   | 51    |
        | not met, left before     | 2017-02-01   | 50    |
        | not met, left before     | 2017-09-01   | 50    |
        | not met, left on the day | 2017-02-01   | 50    |
        | not met, left on the day | 2017-09-01   | 50    |
        """,
    ).statuses(
        "2018-Q4",
        """
        | child                    | gain           |
        | met, left the day before | not_eligible   |
        | met, left on the day     | met            |
        | not met, left before     | not_eligible   |
        | not met, left on the day | not_met        |
        | missing, left before     | not_eligible   |
        | missing, left on the day | not_assessable |
        | open, left               | not_eligible   |
        | open, stayed             | not_yet        |
        """,
    )


def test_of_a_window_and_an_endpoint_it_is_the_window_that_counts(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        f"""
        leavers: not_eligible
        payments:
          both:
            window: {{months: [0, 6]}}
            baseline: {{months: [0, 6]}}
            endpoint: {{months: [6, 12]}}
            when: {{all: [{RATE}, {GAIN}]}}
        """,
        children="""
        | child                    | left_on    |
        | left before the last day | 2017-07-08 |
        | left on the last day     | 2017-07-09 |
        """,
        engagement="""
        | child                    | date       | kind    |
        | left before the last day | 2017-02-01 | partner |
        | left on the last day     | 2017-02-01 | partner |
        """,
        survey="""
        | child                    | completed_on | score |
        | left before the last day | 2017-02-01   | 50    |
        | left before the last day | 2017-09-01   | 51    |
        | left on the last day     | 2017-02-01   | 50    |
        | left on the last day     | 2017-09-01   | 51    |
        """,
    ).decides(
        "2018-Q4",
        """
        | child                    | status       | due_on     |
        | left before the last day | not_eligible |            |
        | left on the last day     | met          | 2018-01-09 |
        """,
    )
