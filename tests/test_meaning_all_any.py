"""Meaning, *Tests* and *Status*, step 2: what all or any of several tests say, and when they fall due.

Runs are as of 31 December 2019. The window of the rate ends three years after joining, that of the survey
two years: who joined on 1 October 2016 is through both, who joined on 1 July 2017 through the latter.
"""

from pathlib import Path

import pytest

from tests.meaning import Programme

WINDOWS = """
    window: {months: [0, 36]}
    baseline: {months: [0, 6]}
    endpoint: {months: [12, 24]}
"""
RATE = "{measure: partner_attendance_rate, test: reaches, at_least: 1}"
SURVEY = "{measure: survey.confidence, test: improves, by: 1}"
COUNT = "{measure: link_worker_sessions, test: reaches, at_least: 1}"


@pytest.mark.parametrize(("first", "second"), [(RATE, SURVEY), (SURVEY, RATE)])
def test_all_and_any_go_by_what_their_parts_say_in_either_order(
    tmp_path: Path, first: str, second: str
) -> None:
    Programme(
        tmp_path,
        f"""
payments:
  tests: {WINDOWS}
    outcomes:
      rate:   {{when: {RATE}}}
      survey: {{when: {SURVEY}}}
      all:    {{when: {{all: [{first}, {second}]}}}}
      any:    {{when: {{any: [{first}, {second}]}}}}
        """,
        children="""
        | child         | joined_on  |
        | met, met      | 2016-10-01 |
        | met, not met  | 2016-10-01 |
        | met, missing  | 2016-10-01 |
        | not met, met  | 2016-10-01 |
        | both not met  | 2016-10-01 |
        | not, missing  | 2016-10-01 |
        | missing, met  | 2016-10-01 |
        | missing, not  | 2016-10-01 |
        | both missing  | 2016-10-01 |
        | open, met     | 2017-07-01 |
        | open, not met | 2017-07-01 |
        | open, missing | 2017-07-01 |
        | both open     | 2019-01-10 |
        """,
        engagement="""
        | child        | date       | kind    | status   |
        | met, met     | 2016-11-01 | partner | attended |
        | met, not met | 2016-11-01 | partner | attended |
        | met, missing | 2016-11-01 | partner | attended |
        | not met, met | 2016-11-01 | partner | absent   |
        | both not met | 2016-11-01 | partner | absent   |
        | not, missing | 2016-11-01 | partner | absent   |
        """,
        survey="""
        | child         | completed_on | score |
        | met, met      | 2016-11-01   | 50    |
        | met, met      | 2017-11-01   | 51    |
        | not met, met  | 2016-11-01   | 50    |
        | not met, met  | 2017-11-01   | 51    |
        | missing, met  | 2016-11-01   | 50    |
        | missing, met  | 2017-11-01   | 51    |
        | open, met     | 2017-08-01   | 50    |
        | open, met     | 2018-08-01   | 51    |
        | met, not met  | 2016-11-01   | 50    |
        | met, not met  | 2017-11-01   | 50    |
        | both not met  | 2016-11-01   | 50    |
        | both not met  | 2017-11-01   | 50    |
        | missing, not  | 2016-11-01   | 50    |
        | missing, not  | 2017-11-01   | 50    |
        | open, not met | 2017-08-01   | 50    |
        | open, not met | 2018-08-01   | 50    |
        """,
    ).statuses(
        "2019-Q4",
        """
        | child         | rate           | survey         | all            | any            |
        | met, met      | met            | met            | met            | met            |
        | met, not met  | met            | not_met        | not_met        | met            |
        | met, missing  | met            | not_assessable | not_assessable | met            |
        | not met, met  | not_met        | met            | not_met        | met            |
        | both not met  | not_met        | not_met        | not_met        | not_met        |
        | not, missing  | not_met        | not_assessable | not_met        | not_assessable |
        | missing, met  | not_assessable | met            | not_assessable | met            |
        | missing, not  | not_assessable | not_met        | not_met        | not_assessable |
        | both missing  | not_assessable | not_assessable | not_assessable | not_assessable |
        | open, met     | not_yet        | met            | not_yet        | met            |
        | open, not met | not_yet        | not_met        | not_met        | not_yet        |
        | open, missing | not_yet        | not_assessable | not_yet        | not_yet        |
        | both open     | not_yet        | not_yet        | not_yet        | not_yet        |
        """,
    )


def test_within_all_or_any_there_may_be_all_or_any_again(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        f"""
payments:
  tests: {WINDOWS}
    outcomes:
      rate:     {{when: {RATE}}}
      survey:   {{when: {SURVEY}}}
      count:    {{when: {COUNT}}}
      all_of_any: {{when: {{all: [{{any: [{RATE}, {SURVEY}]}}, {COUNT}]}}}}
      any_of_all: {{when: {{any: [{{all: [{RATE}, {SURVEY}]}}, {COUNT}]}}}}
        """,
        children="""
        | child         | joined_on  |
        | count alone   | 2016-10-01 |
        | rate alone    | 2016-10-01 |
        | two of them   | 2016-10-01 |
        | all three     | 2016-10-01 |
        | the other two | 2016-10-01 |
        | none yet      | 2017-07-01 |
        """,
        engagement="""
        | child         | date       | kind        | status   |
        | count alone   | 2016-11-01 | link_worker | attended |
        | count alone   | 2016-11-01 | partner     | absent   |
        | rate alone    | 2016-11-01 | partner     | attended |
        | two of them   | 2016-11-01 | link_worker | attended |
        | two of them   | 2016-11-01 | partner     | attended |
        | all three     | 2016-11-01 | link_worker | attended |
        | all three     | 2016-11-01 | partner     | attended |
        | the other two | 2016-11-01 | partner     | attended |
        """,
        survey="""
        | child         | completed_on | score |
        | count alone   | 2016-11-01   | 50    |
        | count alone   | 2017-11-01   | 50    |
        | rate alone    | 2016-11-01   | 50    |
        | rate alone    | 2017-11-01   | 50    |
        | two of them   | 2016-11-01   | 50    |
        | two of them   | 2017-11-01   | 50    |
        | all three     | 2016-11-01   | 50    |
        | all three     | 2017-11-01   | 51    |
        | the other two | 2016-11-01   | 50    |
        | the other two | 2017-11-01   | 51    |
        """,
    ).statuses(
        "2019-Q4",
        """
        | child         | rate    | survey         | count   | all_of_any | any_of_all |
        | count alone   | not_met | not_met        | met     | not_met    | met        |
        | rate alone    | met     | not_met        | not_met | not_met    | not_met    |
        | two of them   | met     | not_met        | met     | met        | met        |
        | all three     | met     | met            | met     | met        | met        |
        | the other two | met     | met            | not_met | not_met    | met        |
        | none yet      | not_yet | not_assessable | not_yet | not_yet    | not_yet    |
        """,
    )


def test_all_fall_due_with_the_latest_part_and_any_with_the_earliest_that_is_met(tmp_path: Path) -> None:
    consent = "{measure: consent, test: happened}"
    partner = "{measure: partner_sessions, test: reaches, at_least: 1}"
    Programme(
        tmp_path,
        f"""
        payments:
          all_of:   {{window: {{months: [0, 12]}}, when: {{all: [{consent}, {COUNT}]}}}}
          any_of:   {{window: {{months: [0, 12]}}, when: {{any: [{consent}, {COUNT}]}}}}
          rate_too: {{window: {{months: [0, 12]}}, when: {{all: [{consent}, {RATE}]}}}}
          any_of_all:
            window: {{months: [0, 12]}}
            when: {{any: [{{all: [{consent}, {COUNT}]}}, {partner}]}}
        """,
        children="""
        | child         | consent_on |
        | consent first | 2017-02-01 |
        | consent last  | 2017-04-01 |
        | consent alone | 2017-02-01 |
        """,
        engagement="""
        | child         | date       | kind        |
        | consent first | 2017-03-01 | link_worker |
        | consent first | 2017-05-01 | partner     |
        | consent last  | 2017-03-01 | link_worker |
        | consent last  | 2017-03-15 | partner     |
        """,
    ).decides(
        "2018-Q4",
        """
        | child         | what       | status         | due_on     | reason      |
        | consent first | all_of     | met            | 2017-03-01 | reached     |
        | consent first | any_of     | met            | 2017-02-01 | happened    |
        | consent first | rate_too   | met            | 2018-01-09 | reached     |
        | consent first | any_of_all | met            | 2017-03-01 | reached     |
        | consent last  | all_of     | met            | 2017-04-01 | happened    |
        | consent last  | any_of     | met            | 2017-03-01 | reached     |
        | consent last  | rate_too   | met            | 2018-01-09 | reached     |
        | consent last  | any_of_all | met            | 2017-03-15 | reached     |
        | consent alone | all_of     | not_met        |            | short       |
        | consent alone | any_of     | met            | 2017-02-01 | happened    |
        | consent alone | rate_too   | not_assessable |            | no_sessions |
        | consent alone | any_of_all | not_met        |            | short       |
        """,
    )
