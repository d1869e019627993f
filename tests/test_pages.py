"""Pages: a bit for every session, and any window laid over them."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wlz_calc import pages

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2099, 12, 31))
SESSIONS = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 1)), unique=True, max_size=60)


def bits(sessions: list[tuple[date, int]]) -> pl.DataFrame:
    """Sessions, by day and half, on their pages."""
    frame = pl.DataFrame(sessions, schema={"day": pl.Date, "half": pl.UInt8}, orient="row")
    return (
        frame.group_by(page=pages.first_day(pl.col("day")))
        .agg(bits=pages.bit(pl.col("day"), pl.col("half")).bitwise_or())
        .sort("page")
    )


def counted(frame: pl.DataFrame, first: date, last: date) -> int:
    inside = pages.inside(pl.col("bits"), pl.col("page"), pl.lit(first), pl.lit(last))
    return int(frame.select(pages.sessions(inside).cast(pl.Int64).sum()).item())


@given(start=DAYS, places=SESSIONS, ends=st.tuples(st.integers(-40, 440), st.integers(-40, 440)))
def test_a_window_has_the_sessions_of_its_days(
    start: date, places: list[tuple[int, int]], ends: tuple[int, int]
) -> None:
    sessions = [(start + timedelta(days=place), half) for place, half in places]
    first, last = (start + timedelta(days=end) for end in ends)
    assert counted(bits(sessions), first, last) == sum(first <= day <= last for day, _ in sessions)


@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize("place", [0, 1, 30, 31])
def test_a_day_is_in_a_window_of_itself_and_in_none_before_or_after(place: int, half: int) -> None:
    day = date(2017, 1, 5) + timedelta(days=place)
    on_it = bits([(day, half)])
    before, after = (day + timedelta(days=days) for days in (-1, 1))
    assert counted(on_it, day, day) == 1
    assert counted(on_it, before - timedelta(days=40), before) == 0
    assert counted(on_it, after, after + timedelta(days=40)) == 0


@given(start=DAYS, places=SESSIONS)
def test_the_days_of_pages_are_those_of_their_sessions(start: date, places: list[tuple[int, int]]) -> None:
    sessions = [(start + timedelta(days=place), half) for place, half in places]
    found = [day for page, own in bits(sessions).iter_rows() for day in pages.days(page, own)]
    assert found == sorted({day for day, _ in sessions})
