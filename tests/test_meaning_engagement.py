"""Meaning, *Measures*: sessions counted in a window, and rates over sessions at delivery partners."""

from pathlib import Path

from tests.meaning import Programme

COUNTS = """
payments:
  link_worker: {window: {months: [0, 12]}, when: {measure: link_worker_sessions, test: reaches, at_least: 2}}
  partner:     {window: {months: [0, 12]}, when: {measure: partner_sessions, test: reaches, at_least: 2}}
"""
RATES = """
payments:
  there:   {window: {months: [0, 12]}, when: {measure: partner_attendance_rate, test: reaches, at_least: 0.5}}
  engaged: {window: {months: [0, 12]}, when: {measure: partner_engaged_rate, test: reaches, at_least: 0.5}}
"""


def test_a_count_is_of_sessions_attended_of_its_own_kind(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        COUNTS,
        engagement="""
        | child                | date       | kind        | status    |
        | two with each        | 2017-02-01 | link_worker | attended  |
        | two with each        | 2017-02-02 | link_worker | attended  |
        | two with each        | 2017-02-01 | partner     | attended  |
        | two with each        | 2017-02-02 | partner     | attended  |
        | one of each          | 2017-02-01 | link_worker | attended  |
        | one of each          | 2017-02-02 | partner     | attended  |
        | absent and cancelled | 2017-02-01 | link_worker | attended  |
        | absent and cancelled | 2017-02-02 | link_worker | absent    |
        | absent and cancelled | 2017-02-03 | link_worker | cancelled |
        """,
    ).decides(
        "2018-Q4",
        """
        | child                | what        | value | status  |
        | two with each        | link_worker | 2     | met     |
        | two with each        | partner     | 2     | met     |
        | one of each          | link_worker | 1     | not_met |
        | one of each          | partner     | 1     | not_met |
        | absent and cancelled | link_worker | 1     | not_met |
        | absent and cancelled | partner     | 0     | not_met |
        """,
    )


def test_two_sessions_of_a_day_are_told_apart_by_their_label_or_partner(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        COUNTS,
        engagement="""
        | child        | date       | kind    | provider | session   | status   |
        | two labels   | 2017-02-01 | partner | club     | morning   | attended |
        | two labels   | 2017-02-01 | partner | club     | afternoon | attended |
        | two partners | 2017-02-01 | partner | club     |           | attended |
        | two partners | 2017-02-01 | partner | choir    |           | attended |
        | sent twice   | 2017-02-01 | partner | club     |           | attended |
        | sent twice   | 2017-02-01 | partner | club     |           | attended |
        """,
    ).statuses(
        "2018-Q4",
        """
        | child        | partner |
        | two labels   | met     |
        | two partners | met     |
        | sent twice   | not_met |
        """,
    )


def test_without_any_session_a_count_is_nought_and_a_rate_is_missing(tmp_path: Path) -> None:
    without = "| child |\n| Ada |"
    Programme(tmp_path / "counts", COUNTS, children=without).decides(
        "2018-Q4",
        """
        | child | what        | status  | reason |
        | Ada   | link_worker | not_met | short  |
        | Ada   | partner     | not_met | short  |
        """,
    )
    Programme(tmp_path / "rates", RATES, children=without).decides(
        "2018-Q4",
        """
        | child | what    | status         | reason      |
        | Ada   | there   | not_assessable | no_sessions |
        | Ada   | engaged | not_assessable | no_sessions |
        """,
    )


def test_the_rate_at_partners_is_of_attended_and_absent_not_of_cancelled(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        RATES,
        engagement="""
        | child            | date       | kind        | status    |
        | one of two       | 2017-02-01 | partner     | attended  |
        | one of two       | 2017-02-02 | partner     | absent    |
        | one of two       | 2017-02-03 | partner     | cancelled |
        | one of two       | 2017-02-04 | link_worker | absent    |
        | one of three     | 2017-02-01 | partner     | attended  |
        | one of three     | 2017-02-02 | partner     | absent    |
        | one of three     | 2017-02-03 | partner     | absent    |
        | one of three     | 2017-02-04 | link_worker | attended  |
        | only cancelled   | 2017-02-01 | partner     | cancelled |
        | only Link Worker | 2017-02-01 | link_worker | attended  |
        | after the window | 2018-01-10 | partner     | attended  |
        """,
    ).decides(
        "2018-Q4",
        """
        | child            | value | status         |
        | one of two       | 1/2   | met            |
        | one of three     | 1/3   | not_met        |
        | only cancelled   |       | not_assessable |
        | only Link Worker |       | not_assessable |
        | after the window |       | not_assessable |
        """,
        only="there",
    )


def test_the_engaged_rate_is_of_attended_partner_sessions_that_say_whether(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        RATES,
        engagement="""
        | child        | date       | kind        | status   | engaged |
        | one of two   | 2017-02-01 | partner     | attended | true    |
        | one of two   | 2017-02-02 | partner     | attended | false   |
        | one of two   | 2017-02-03 | partner     | attended |         |
        | one of two   | 2017-02-04 | partner     | absent   | false   |
        | one of two   | 2017-02-05 | link_worker | attended | false   |
        | one of three | 2017-02-01 | partner     | attended | true    |
        | one of three | 2017-02-02 | partner     | attended | false   |
        | one of three | 2017-02-03 | partner     | attended | false   |
        | nobody says  | 2017-02-01 | partner     | attended |         |
        | never there  | 2017-02-01 | partner     | absent   | false   |
        """,
    ).decides(
        "2018-Q4",
        """
        | child        | value | status         |
        | one of two   | 1/2   | met            |
        | one of three | 1/3   | not_met        |
        | nobody says  |       | not_assessable |
        | never there  |       | not_assessable |
        """,
        only="engaged",
    )


def test_sessions_after_the_day_of_leaving_do_not_count_and_are_warned_of(tmp_path: Path) -> None:
    programme = Programme(
        tmp_path,
        """
        payments:
          sessions: {window: {months: [0, 12]}, when: {measure: partner_sessions, test: reaches, at_least: 1}}
          rate:     {window: {months: [0, 12]},
                     when: {measure: partner_attendance_rate, test: reaches, at_least: 1}}
        """,
        children="""
        | child              | left_on    |
        | on the day it left | 2017-03-01 |
        | the day after      | 2017-03-01 |
        """,
        engagement="""
        | child              | date       | kind    |
        | on the day it left | 2017-03-01 | partner |
        | the day after      | 2017-03-02 | partner |
        """,
    )
    programme.statuses(
        "2018-Q4",
        """
        | child              | sessions | rate           |
        | on the day it left | met      | met            |
        | the day after      | not_met  | not_assessable |
        """,
    )
    programme.warns(
        """
        | code                  | file       | row | found      |
        | session-after-leaving | engagement | 3   | 2017-03-02 |
        """
    )


def test_at_least_on_a_count_is_a_whole_number(tmp_path: Path) -> None:
    for number in ("1.5", "0"):
        card = COUNTS.replace("at_least: 2", f"at_least: {number}", 1)
        Programme(tmp_path / number, card, children="| child |\n| Ada |").refuses(
            f"| code | found |\n| card-value | {number} |"
        )
