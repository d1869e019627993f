"""Parts that may be of another term, sent twice, or of a spreadsheet that swapped days and months."""

from datetime import date

import polars as pl
import pytest

from wlz_calc.period import Period
from wlz_calc.programme import InputFile, Origin
from wlz_calc.read.astray import Rows, outside, reach, sent_again, swapped_days
from wlz_calc.read.cards import named_card

YEAR = Period(date(2016, 9, 1), date(2017, 7, 31))
TERM = Period(date(2016, 9, 1), date(2016, 12, 31))
KEY = ("child_id", "period_start")


def part(days: list[date | None], file: str = "sent.csv") -> Rows:
    frame = pl.DataFrame({"row": range(2, len(days) + 2), "date": days}, schema_overrides={"date": pl.Date})
    return Rows(frame, Origin((InputFile("engagement", file, "", None),)))


def totals(file: str, *children: str, start: str = "2016-09-01") -> Rows:
    frame = pl.DataFrame({"row": range(2, len(children) + 2), "child_id": children}).with_columns(
        period_start=pl.lit(start).str.to_date()
    )
    return Rows(frame, Origin((InputFile("attendance", file, "", None),)))


def test_a_part_of_another_year_is_told_once() -> None:
    [found] = outside(part([None, date(2015, 9, 7), date(2015, 12, 18)]), "date", YEAR)
    assert (found.code, str(found.where)) == ("part-outside", "sent.csv, row 3, column date")
    assert (found.found, found.expected) == (
        "`2015-09-07` to `2015-12-18`",
        "dates from 2016-09-01 to 2017-07-31",
    )


@pytest.mark.parametrize(
    "days",
    [
        [],
        [None],
        [date(2016, 8, 31), date(2016, 9, 1)],
        [date(2017, 7, 31), date(2017, 8, 1)],
        [date(2016, 1, 1), date(2018, 1, 1)],
    ],
)
def test_a_part_that_reaches_into_the_year_is_left_alone(days: list[date | None]) -> None:
    assert outside(part(days), "date", YEAR) == []


def test_the_cards_reach_from_the_first_baseline_to_the_last_endpoint() -> None:
    read, _ = named_card("kensington-chelsea")
    assert read is not None
    assert reach([read.card]) == Period(date(2015, 9, 1), date(2021, 3, 31))


SWAPPED: list[date | None] = [date(2016, day, 10) for day in range(1, 9)]
"""The first eight days of October, as a spreadsheet reads them that puts the month first."""


def test_days_that_could_all_be_months_are_told_where_they_fit_only_as_such() -> None:
    [found] = swapped_days(part([*SWAPPED, None]), "date", TERM)
    assert (found.code, str(found.where)) == ("days-swapped", "sent.csv, row 2, column date")
    assert (found.found, found.expected) == (
        "8 of 8 dates elsewhere, such as `2016-01-10` (2016-10-01?)",
        "dates from 2016-09-01 to 2016-12-31: are day and month swapped?",
    )


@pytest.mark.parametrize(
    "days",
    [
        pytest.param([], id="no dates"),
        pytest.param(SWAPPED[:4], id="a few"),
        pytest.param([*SWAPPED, date(2016, 10, 13)], id="a day that is no month"),
        pytest.param([date(2016, 10, day) for day in range(1, 9)], id="in place as they are"),
        pytest.param([date(2016, day, 3) for day in range(1, 9)], id="in place neither way"),
    ],
)
def test_days_that_may_be_right_are_left_alone(days: list[date | None]) -> None:
    assert swapped_days(part(days), "date", TERM) == []


def test_a_part_that_only_says_what_another_says_is_told_once() -> None:
    parts = [totals("a.csv", "c1", "c2", "c3"), totals("b.csv", "c4"), totals("c.csv", "c3", "c2")]
    [found] = sent_again(parts, KEY)
    assert (found.code, str(found.where)) == ("part-again", "c.csv, row 2")
    assert (found.found, found.expected) == (
        "all 2 rows (as in row 4 of a.csv)",
        "child_id, period_start that no other part has: was it sent twice, or is it another term?",
    )


def test_parts_that_share_some_rows_or_none_are_left_alone() -> None:
    some = totals("b.csv", "c3", "c4")
    later = totals("c.csv", "c1", "c2", start="2017-01-09")
    assert sent_again([totals("a.csv", "c1", "c2", "c3"), some, later], KEY) == []
    assert sent_again([totals("a.csv", "c1", "c1")], KEY) == []
