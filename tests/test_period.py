"""Days, months from a day, quarters and years; every range includes both its ends."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wlz_calc.period import ONE_DAY, Period, Quarter, academic_year, add_months

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2150, 12, 31))
QUARTERS = st.builds(Quarter, st.integers(1900, 2199), st.integers(1, 4))


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        (date(2017, 1, 31), 0, date(2017, 1, 31)),
        (date(2017, 1, 31), 1, date(2017, 2, 28)),
        (date(2016, 1, 31), 1, date(2016, 2, 29)),
        (date(2017, 1, 31), 2, date(2017, 3, 31)),
        (date(2016, 2, 29), 12, date(2017, 2, 28)),
        (date(2016, 2, 29), 48, date(2020, 2, 29)),
        (date(2016, 12, 15), 1, date(2017, 1, 15)),
        (date(2017, 1, 15), -1, date(2016, 12, 15)),
        (date(2017, 3, 31), -1, date(2017, 2, 28)),
        (date(2016, 8, 30), -6, date(2016, 2, 29)),
    ],
)
def test_months_lead_to_the_same_day_or_the_last_of_the_month(day: date, months: int, result: date) -> None:
    assert add_months(day, months) == result


@given(DAYS, st.integers(-120, 120))
def test_months_are_counted_each_from_the_day_itself(day: date, months: int) -> None:
    there = add_months(day, months)
    assert (there.year - day.year) * 12 + there.month - day.month == months
    assert there.day == day.day or (there.day < day.day and (there + ONE_DAY).day == 1)


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2017, 8, 31), 2016),
        (date(2017, 9, 1), 2017),
        (date(2017, 12, 31), 2017),
        (date(2018, 1, 1), 2017),
    ],
)
def test_an_academic_year_begins_on_the_first_of_september(day: date, year: int) -> None:
    assert academic_year(day) == year


def test_a_period_holds_both_its_ends() -> None:
    period = Period(date(2018, 10, 1), date(2018, 12, 31))
    held = [date(2018, 9, 30), date(2018, 10, 1), date(2018, 12, 31), date(2019, 1, 1)]
    assert [day in period for day in held] == [False, True, True, False]
    assert str(period) == "2018-10-01 to 2018-12-31"


@pytest.mark.parametrize(
    ("day", "days"),
    [
        (date(2018, 9, 29), 2),
        (date(2018, 9, 30), 1),
        (date(2018, 10, 1), 0),
        (date(2018, 12, 31), 0),
        (date(2019, 1, 1), 1),
    ],
)
def test_the_distance_from_a_period_is_none_inside_it(day: date, days: int) -> None:
    assert Period(date(2018, 10, 1), date(2018, 12, 31)).days_from(day) == days


@pytest.mark.parametrize(
    ("typed", "quarter"),
    [
        ("2018-Q4", "2018-Q4"),
        (" 2018-q1\n", "2018-Q1"),
        ("2018/19-Q1", "2018-Q2"),
        ("2018/19-Q2", "2018-Q3"),
        ("2018/19-Q3", "2018-Q4"),
        ("2018/19-Q4", "2019-Q1"),
        ("1999/00-Q4", "2000-Q1"),
    ],
)
def test_a_quarter_is_typed_by_calendar_or_by_financial_year(typed: str, quarter: str) -> None:
    assert str(Quarter.parse(typed)) == quarter


@pytest.mark.parametrize(
    "typed", ["", "2018", "2018-Q0", "2018-Q5", "18-Q1", "Q4 2018", "2018-Q44", "٢٠١٨-Q4"]
)
def test_what_is_no_quarter_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="expected 2018-Q4, or 2018/19-Q3 by UK financial year"):
        Quarter.parse(typed)


@pytest.mark.parametrize("typed", ["0000-Q1", "1899-Q4", "1899/00-Q1", "2200-Q1", "9999-Q4", "9999/00-Q4"])
def test_a_year_centuries_off_is_refused(typed: str) -> None:
    with pytest.raises(
        ValueError, match=f"cannot read the quarter '{typed}': expected a year from 1900 to 2199"
    ):
        Quarter.parse(typed)


def test_the_first_and_the_last_quarter_that_can_be_read() -> None:
    assert Quarter.parse("1900-Q1").start == date(1900, 1, 1)
    assert Quarter.parse("2199-Q4").end == date(2199, 12, 31)
    assert Quarter.parse("2199/00-Q4").end == date(2200, 3, 31)


def test_a_financial_year_is_two_years_that_follow_each_other() -> None:
    with pytest.raises(ValueError, match="2018 is followed by 19"):
        Quarter.parse("2018/20-Q1")


@pytest.mark.parametrize(
    ("quarter", "start", "end"),
    [
        (Quarter(2018, 1), date(2018, 1, 1), date(2018, 3, 31)),
        (Quarter(2018, 2), date(2018, 4, 1), date(2018, 6, 30)),
        (Quarter(2018, 3), date(2018, 7, 1), date(2018, 9, 30)),
        (Quarter(2018, 4), date(2018, 10, 1), date(2018, 12, 31)),
    ],
)
def test_a_quarter_runs_from_its_first_day_to_its_last(quarter: Quarter, start: date, end: date) -> None:
    assert (quarter.start, quarter.end) == (start, end)


@given(QUARTERS)
def test_a_quarter_that_is_written_can_be_read_again(quarter: Quarter) -> None:
    assert Quarter.parse(str(quarter)) == quarter


@given(QUARTERS, QUARTERS)
def test_quarters_are_in_the_order_of_their_days(one: Quarter, other: Quarter) -> None:
    assert (one < other) == (one.start < other.start)


@given(QUARTERS.filter(lambda quarter: quarter.number < 4))
def test_quarters_follow_each_other_without_a_gap(quarter: Quarter) -> None:
    assert Quarter(quarter.year, quarter.number + 1).start - quarter.end == timedelta(days=1)
