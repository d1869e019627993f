"""Dates, as of, the card of a child, dated values."""

from pathlib import Path

from tests.meaning import Programme


def test_a_window_in_months_ends_on_the_day_before(
    tmp_path: Path,
) -> None:
    Programme(
        tmp_path,
        """
        payments:
          year:   {window: {months: [0, 12]}, when: {measure: consent, test: happened}}
          second: {window: {months: [1, 2]},  when: {measure: consent, test: happened}}
          before: {window: {months: [-6, 3]}, when: {measure: consent, test: happened}}
        """,
        children="""
        | child                    | joined_on  |
        | mid-month                | 2017-01-10 |
        """,
    ).decides(
        "2019-Q4",
        """
        | child     | what   | opens      | closes     |
        | mid-month | year   | 2017-01-10 | 2018-01-09 |
        | mid-month | second | 2017-02-10 | 2017-03-09 |
        | mid-month | before | 2016-07-10 | 2017-04-10 |
        """,
    )
