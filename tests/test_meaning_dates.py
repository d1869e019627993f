"""Meaning, *Dates*: windows in months and in academic years, and quarters."""

from pathlib import Path

import pytest

from tests.meaning import Programme

SESSION = "{measure: link_worker_sessions, test: reaches, at_least: 1}"


def test_months_are_each_counted_from_joining_and_a_short_month_gives_its_last_day(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        """
        joined: {from: 2016-01-01, to: 2019-08-31}
        payments:
          year:   {window: {months: [0, 12]}, when: {measure: consent, test: happened}}
          month:  {window: {months: [1, 2]},  when: {measure: consent, test: happened}}
          around: {window: {months: [-6, 3]}, when: {measure: consent, test: happened}}
        """,
        children="""
        | child       | joined_on  |
        | 10 Jan 2017 | 2017-01-10 |
        | 31 Jan 2017 | 2017-01-31 |
        | 31 Jan 2016 | 2016-01-31 |
        | 29 Feb 2016 | 2016-02-29 |
        | 31 Aug 2016 | 2016-08-31 |
        """,
    ).decides(
        "2019-Q4",
        """
        | child       | what   | opens      | closes     |
        | 10 Jan 2017 | year   | 2017-01-10 | 2018-01-09 |
        | 10 Jan 2017 | month  | 2017-02-10 | 2017-03-09 |
        | 10 Jan 2017 | around | 2016-07-10 | 2017-04-09 |
        | 31 Jan 2017 | year   | 2017-01-31 | 2018-01-30 |
        | 31 Jan 2017 | month  | 2017-02-28 | 2017-03-30 |
        | 31 Jan 2017 | around | 2016-07-31 | 2017-04-29 |
        | 31 Jan 2016 | year   | 2016-01-31 | 2017-01-30 |
        | 31 Jan 2016 | month  | 2016-02-29 | 2016-03-30 |
        | 31 Jan 2016 | around | 2015-07-31 | 2016-04-29 |
        | 29 Feb 2016 | year   | 2016-02-29 | 2017-02-27 |
        | 29 Feb 2016 | month  | 2016-03-29 | 2016-04-28 |
        | 29 Feb 2016 | around | 2015-08-29 | 2016-05-28 |
        | 31 Aug 2016 | year   | 2016-08-31 | 2017-08-30 |
        | 31 Aug 2016 | month  | 2016-09-30 | 2016-10-30 |
        | 31 Aug 2016 | around | 2016-02-29 | 2016-11-29 |
        """,
    )


def test_academic_year_1_holds_joining_and_0_is_the_one_before(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        """
        payments:
          before: {window: {academic_year: 0}, when: {measure: consent, test: happened}}
          first:  {window: {academic_year: 1}, when: {measure: consent, test: happened}}
          second: {window: {academic_year: 2}, when: {measure: consent, test: happened}}
        """,
        children="""
        | child                 | joined_on  |
        | joined on 31 August   | 2017-08-31 |
        | joined on 1 September | 2017-09-01 |
        """,
    ).decides(
        "2019-Q4",
        """
        | child                 | what   | opens      | closes     |
        | joined on 31 August   | before | 2015-09-01 | 2016-08-31 |
        | joined on 31 August   | first  | 2016-09-01 | 2017-08-31 |
        | joined on 31 August   | second | 2017-09-01 | 2018-08-31 |
        | joined on 1 September | before | 2016-09-01 | 2017-08-31 |
        | joined on 1 September | first  | 2017-09-01 | 2018-08-31 |
        | joined on 1 September | second | 2018-09-01 | 2019-08-31 |
        """,
    )


def test_the_first_and_the_last_day_of_a_window_belong_to_it(tmp_path: Path) -> None:
    Programme(
        tmp_path,
        f"payments: {{sessions: {{window: {{months: [1, 2]}}, when: {SESSION}}}}}",
        engagement="""
        | child            | date       |
        | the day before   | 2017-02-09 |
        | on the first day | 2017-02-10 |
        | on the last day  | 2017-03-09 |
        | the day after    | 2017-03-10 |
        """,
    ).decides(
        "2018-Q4",
        """
        | child            | status  | opens      | closes     |
        | the day before   | not_met | 2017-02-10 | 2017-03-09 |
        | on the first day | met     | 2017-02-10 | 2017-03-09 |
        | on the last day  | met     | 2017-02-10 | 2017-03-09 |
        | the day after    | not_met | 2017-02-10 | 2017-03-09 |
        """,
    )


@pytest.mark.parametrize(
    ("typed", "quarter", "child"),
    [
        ("2018-Q4", "2018-Q4", "31 December"),
        ("2018/19-Q3", "2018-Q4", "31 December"),
        ("2019-Q1", "2019-Q1", "1 January"),
        ("2018/19-Q4", "2019-Q1", "1 January"),
    ],
)
def test_a_quarter_may_be_typed_by_financial_year_and_outputs_say_the_calendar_quarter(
    tmp_path: Path, typed: str, quarter: str, child: str
) -> None:
    Programme(
        tmp_path,
        children="""
        | child       | consent_on |
        | 31 December | 2018-12-31 |
        | 1 January   | 2019-01-01 |
        """,
    ).claims(typed, lines=f"| quarter | child |\n| {quarter} | {child} |")
