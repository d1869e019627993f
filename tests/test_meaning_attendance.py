"""Meaning, *Measures*: school attendance, by totals and by register marks."""

from pathlib import Path

import pytest

from tests.meaning import Programme, Table, table

BY_YEAR = """
payments:
  year: {window: {academic_year: 1}, when: {measure: attendance_rate, test: reaches, at_least: 0.9}}
"""
BY_MONTHS = """
payments:
  months: {window: {months: [0, 12]}, when: {measure: attendance_rate, test: reaches, at_least: 0.9}}
"""


def test_attendance_is_the_sum_attended_over_the_sum_possible_not_a_mean_of_rates(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        BY_YEAR,
        attendance="""
        | child                | period_start | period_end | sessions_possible | sessions_attended |
        | 100% and 89% of more | 2016-09-01   | 2016-12-20 | 20                | 20                |
        | 100% and 89% of more | 2017-01-04   | 2017-07-20 | 200               | 177               |
        | 70% and 91% of more  | 2016-09-01   | 2016-12-20 | 20                | 14                |
        | 70% and 91% of more  | 2017-01-04   | 2017-07-20 | 200               | 184               |
        """,
    ).decides(
        "2018-Q4",
        """
        | child                | value   | status  |
        | 100% and 89% of more | 197/220 | not_met |
        | 70% and 91% of more  | 198/220 | met     |
        """,
    )


def test_a_period_counts_only_if_it_lies_wholly_inside_the_window(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        BY_YEAR,
        attendance="""
        | child               | period_start | period_end | sessions_possible | sessions_attended |
        | just the whole year | 2016-09-01   | 2017-08-31 | 190               | 180               |
        | begins a day early  | 2016-08-31   | 2016-12-20 | 70                | 70                |
        | begins a day early  | 2017-01-04   | 2017-07-20 | 120               | 100               |
        | ends a day late     | 2016-09-01   | 2017-07-20 | 190               | 170               |
        | ends a day late     | 2017-08-31   | 2017-09-01 | 2                 | 2                 |
        | none inside         | 2017-08-30   | 2017-09-02 | 2                 | 2                 |
        """,
    ).decides(
        "2018-Q4",
        """
        | child               | value   | status         | reason           |
        | just the whole year | 180/190 | met            | reached          |
        | begins a day early  | 100/120 | not_met        | short            |
        | ends a day late     | 170/190 | not_met        | short            |
        | none inside         |         | not_assessable | too_few_possible |
        """,
    )


def test_with_fewer_possible_than_possible_at_least_the_rate_is_missing(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        """
        payments:
          unless_stated: {window: {academic_year: 1},
                          when: {measure: attendance_rate, test: reaches, at_least: 0.9}}
          of_0:          {window: {academic_year: 1}, when: {measure: attendance_rate, test: reaches,
                          at_least: 0.9, possible_at_least: 0}}
          of_150:        {window: {academic_year: 1}, when: {measure: attendance_rate, test: reaches,
                          at_least: 0.9, possible_at_least: 150}}
        """,
        attendance="""
        | child | period_start | period_end | sessions_possible | sessions_attended |
        | none  | 2016-09-01   | 2017-07-20 | 0                 | 0                 |
        | 1     | 2016-09-01   | 2017-07-20 | 1                 | 1                 |
        | 149   | 2016-09-01   | 2016-12-20 | 70                | 70                |
        | 149   | 2017-01-04   | 2017-07-20 | 79                | 79                |
        | 150   | 2016-09-01   | 2017-07-20 | 150               | 150               |
        | 151   | 2016-09-01   | 2017-07-20 | 151               | 151               |
        """,
    ).statuses(
        "2018-Q4",
        """
        | child | unless_stated  | of_0           | of_150         |
        | none  | not_assessable | not_assessable | not_assessable |
        | 1     | met            | met            | not_assessable |
        | 149   | met            | met            | not_assessable |
        | 150   | met            | met            | met            |
        | 151   | met            | met            | met            |
        """,
    )


def test_possible_at_least_holds_for_the_baseline_and_for_the_endpoint(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        """
        payments:
          change:
            baseline: {academic_year: 0}
            endpoint: {academic_year: 1}
            when: {measure: attendance_rate, test: improves, by: 0, possible_at_least: 150}
        """,
        attendance="""
        | child          | period_start | period_end | sessions_possible | sessions_attended |
        | enough in both | 2015-09-01   | 2016-07-20 | 150               | 150               |
        | enough in both | 2016-09-01   | 2017-07-20 | 150               | 150               |
        | few before     | 2015-09-01   | 2016-07-20 | 149               | 149               |
        | few before     | 2016-09-01   | 2017-07-20 | 150               | 150               |
        | few after      | 2015-09-01   | 2016-07-20 | 150               | 150               |
        | few after      | 2016-09-01   | 2017-07-20 | 149               | 149               |
        """,
    ).decides(
        "2018-Q4",
        """
        | child          | baseline | endpoint | status         | reason      | rows |
        | enough in both | 150/150  | 150/150  | met            | improved    | 2, 3 |
        | few before     |          | 150/150  | not_assessable | no_baseline | 5    |
        | few after      | 150/150  |          | not_assessable | no_endpoint | 6    |
        """,
    )


def test_marks_count_one_by_one_inside_a_window_of_months(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        BY_MONTHS,
        attendance=r"""
        | child              | date       | session | code |
        | on the first day   | 2017-01-09 | PM      | N    |
        | on the first day   | 2017-01-10 | AM      | /    |
        | on the first day   | 2017-01-10 | PM      | \    |
        | on the last day    | 2018-01-09 | AM      | L    |
        | on the last day    | 2018-01-09 | PM      | \    |
        | on the last day    | 2018-01-10 | AM      | N    |
        | both halves of one | 2017-01-10 | AM      | /    |
        | both halves of one | 2017-01-10 | PM      | N    |
        | outside            | 2017-01-09 | AM      | /    |
        """,
    ).decides(
        "2018-Q4",
        """
        | child              | value | status         |
        | on the first day   | 2/2   | met            |
        | on the last day    | 2/2   | met            |
        | both halves of one | 1/2   | not_met        |
        | outside            |       | not_assessable |
        """,
    )


UNTIL_2024 = r"""
| counts for | codes                     |
| both       | / \ L V P W B J           |
| possible   | M S C T R I E H F G N O U |
| neither    | D X Y Z # - * none        |
"""
FROM_2024 = r"""
| counts for | codes                                   |
| both       | / \ L V P W B K                         |
| possible   | C1 M J1 S C2 C T R I E G N O U          |
| neither    | D X Q Y1 Y2 Y3 Y4 Y5 Y6 Y7 Z # - * none |
"""
BESIDE_TWO = {"both": "3/3", "possible": "2/3", "neither": "2/2"}
IN_2024 = "joined: {from: 2024-01-01, to: 2024-12-31}" + BY_MONTHS


@pytest.mark.parametrize(("published", "day"), [(UNTIL_2024, "2024-08-18"), (FROM_2024, "2024-08-19")])
def test_a_mark_counts_as_its_code_meant_on_the_day(tmp_path: Path, published: str, day: str) -> None:
    codes = {code: row["counts for"] for row in Table.of(published).rows for code in row["codes"].split()}
    present = [(code, "2024-06-03", half, "/") for code in codes for half in ("AM", "PM")]
    marks = [(code, day, "AM", code.removeprefix("none")) for code in codes]
    Programme(
        tmp_path,
        IN_2024,
        children=table("child | joined_on", ((code, "2024-01-10") for code in codes)),
        attendance=table("child | date | session | code", present + marks),
    ).decides("2025-Q1", table("child | value", ((code, BESIDE_TWO[kind]) for code, kind in codes.items())))


@pytest.mark.parametrize(
    ("day", "codes"), [("2024-08-18", "K C1 C2 J1 Q Y1 Y2 Y3 Y4 Y5 Y6 Y7"), ("2024-08-19", "J H F Y")]
)
def test_a_code_before_or_after_its_time_is_an_error(tmp_path: Path, day: str, codes: str) -> None:
    Programme(
        tmp_path,
        IN_2024,
        children=table("child | joined_on", ((code, "2024-01-10") for code in codes.split())),
        attendance=table("child | date | code", ((code, day, code) for code in codes.split())),
    ).refuses(
        table(
            "code | file | row",
            (
                ("attendance-code-not-in-force", "attendance", row)
                for row, _ in enumerate(codes.split(), start=2)
            ),
        )
    )


def test_an_unknown_code_is_an_error_never_an_absence(tmp_path: Path) -> None:
    Programme(tmp_path, BY_MONTHS, attendance="| child | date | code |\n| Ada | 2017-02-01 | ? |").refuses(
        "| code | found |\n| attendance-code-unknown | ? |"
    )


def test_totals_need_a_window_by_academic_year_and_windows_by_months_need_marks(tmp_path: Path) -> None:
    totals = """
    | child | period_start | period_end | sessions_possible | sessions_attended |
    | Ada   | 2016-09-01   | 2017-07-20 | 190               | 180               |
    """
    Programme(tmp_path / "by months", BY_MONTHS, attendance=totals).refuses(
        """
        | code             | file       |
        | attendance-shape | attendance |
        """
    )
    Programme(tmp_path / "by year", BY_YEAR, attendance=totals).statuses(
        "2018-Q4", "| child | year |\n| Ada | met |"
    )
