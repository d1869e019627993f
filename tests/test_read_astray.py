"""Parts that may be of another term, sent twice, or of a spreadsheet that swapped days and months."""

from datetime import date

import polars as pl
import pytest

from wlz_calc.period import Period
from wlz_calc.programme import InputFile, Origin
from wlz_calc.read.astray import Rows, astray, late, outside, reach, sent_again
from wlz_calc.read.cards import named_card

YEAR = Period(date(2016, 9, 1), date(2017, 7, 31))
TERM = Period(date(2016, 9, 1), date(2016, 12, 31))
KEY = ("child_id", "period_start")


def part(days: list[date | None], file: str = "sent.csv", table: str = "engagement") -> Rows:
    frame = pl.DataFrame({"row": range(2, len(days) + 2), "date": days}, schema_overrides={"date": pl.Date})
    return Rows(frame, Origin((InputFile(table, file, "", None),)), "date")


def totals(file: str, *children: str, start: str = "2016-09-01") -> Rows:
    frame = pl.DataFrame({"row": range(2, len(children) + 2), "child_id": children}).with_columns(
        period_start=pl.lit(start).str.to_date()
    )
    return Rows(frame, Origin((InputFile("attendance", file, "", None),)), "period_start")


def test_a_part_of_another_year_is_told_once() -> None:
    [found] = outside(
        part([None, date(2015, 9, 7), date(2015, 12, 18)]),
        Period(date(2015, 9, 7), date(2015, 12, 18)),
        YEAR,
    )
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
    assert astray([part(days)], YEAR) == []


def test_the_cards_reach_from_the_first_baseline_to_the_last_endpoint() -> None:
    read, _ = named_card("kensington-chelsea")
    assert read is not None
    assert reach([read.card]) == Period(date(2015, 9, 1), date(2021, 3, 31))


def test_a_part_with_dates_after_its_validation_is_told_at_the_first_of_them() -> None:
    sent = part([None, date(2016, 9, 30), date(2016, 10, 1), date(2016, 10, 2)])._replace(
        validated=date(2016, 9, 30)
    )
    [found] = late(sent, Period(date(2016, 9, 30), date(2016, 10, 2)))
    assert (found.code, str(found.where)) == ("part-after-validation", "sent.csv, row 4, column date")
    assert (found.found, found.expected) == (
        "2 of 4 rows later, such as `2016-10-01`",
        "dates to 2016-09-30, when it was validated",
    )


@pytest.mark.parametrize("validated", [None, date(2016, 10, 1), date(2016, 10, 2)])
def test_a_part_that_ends_by_its_validation_is_left_alone(validated: date | None) -> None:
    sent = part([date(2016, 10, 1)])._replace(validated=validated)
    assert late(sent, Period(date(2016, 10, 1), date(2016, 10, 1))) == []


SWAPPED: list[date | None] = [date(2016, day, 10) for day in range(1, 9)]
"""The first eight days of October, as a spreadsheet reads them that puts the month first."""
AUTUMN: list[date | None] = [date(2016, 9, 5), date(2016, 12, 16)]


@pytest.mark.parametrize(
    "others",
    [
        pytest.param([part(AUTUMN, "other.csv")], id="another part of the table"),
        pytest.param([part(AUTUMN, "sdq.csv", "sdq")], id="another table, where the table has no other"),
        pytest.param(
            [part(AUTUMN, "other.csv"), part([date(2016, 1, 1)], "sdq.csv", "sdq")],
            id="the other part rather than another table",
        ),
        pytest.param([part(AUTUMN), part([date(1999, 1, 1)])], id="not one of another time altogether"),
    ],
)
def test_days_are_measured_by_those_of_the_other_parts(others: list[Rows]) -> None:
    found = astray([part(SWAPPED), *others], Period(date(2016, 1, 1), date(2017, 7, 31)))
    told = [finding for finding in found if finding.code == "days-swapped"]
    assert [finding.expected for finding in told] == [
        "dates from 2016-09-05 to 2016-12-16: are day and month swapped?"
    ]


def test_a_part_alone_is_measured_by_the_reach_of_the_cards() -> None:
    found = astray([part(SWAPPED)], TERM)
    assert [finding.code for finding in found] == ["part-outside", "days-swapped"]


def test_a_part_that_only_says_what_another_says_is_told_once() -> None:
    parts = [totals("a.csv", "c1", "c2", "c3"), totals("b.csv", "c4"), totals("c.csv", "c3", "c2")]
    [found] = sent_again(parts, KEY)
    assert (found.code, str(found.where)) == ("part-again", "c.csv, row 2")
    assert (found.found, found.expected) == (
        "all 2 rows (as in row 4 of a.csv)",
        "child_id, period_start that no other file has: was it sent twice, or is it another term?",
    )


def test_parts_that_share_some_rows_or_none_are_left_alone() -> None:
    some = totals("b.csv", "c3", "c4")
    later = totals("c.csv", "c1", "c2", start="2017-01-09")
    assert sent_again([totals("a.csv", "c1", "c2", "c3"), some, later], KEY) == []
    assert sent_again([totals("a.csv", "c1", "c1")], KEY) == []
