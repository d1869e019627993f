"""Moments: a date is its midnight, a time without an offset is UK local time; all are compared in UTC."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wlz_calc.read import moments
from wlz_calc.read.moments import LOCAL, MOMENT, utc

LONDON = ZoneInfo(LOCAL)


def in_utc(*texts: str | None) -> list[datetime | None]:
    frame = pl.DataFrame({"text": texts}, schema={"text": pl.String})
    return frame.select(utc(moments.read(pl.col("text")))).to_series().to_list()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        pytest.param("2016-11-03", "2016-11-03T00:00", id="a date in winter"),
        pytest.param("2016-07-01", "2016-06-30T23:00", id="a date in summer"),
        pytest.param("2016-11-03T14:30", "2016-11-03T14:30", id="a time in winter"),
        pytest.param("2016-07-01 14:30", "2016-07-01T13:30", id="a time in summer, after a space"),
        pytest.param("2016-11-03T14:30:15.25", "2016-11-03T14:30:15.250", id="seconds and a part of one"),
        pytest.param("2016-07-01T14:30Z", "2016-07-01T14:30", id="in UTC"),
        pytest.param("2016-07-01T14:30+01:00", "2016-07-01T13:30", id="with its offset"),
        pytest.param("2016-07-01T14:30:00-0530", "2016-07-01T20:00", id="west of here, without a colon"),
        pytest.param("2016-12-31T23:30-02:00", "2017-01-01T01:30", id="in the next year in UTC"),
        pytest.param("2017-03-26T00:59", "2017-03-26T00:59", id="before the clocks go forward"),
        pytest.param("2017-03-26T01:30", "2017-03-26T01:30", id="in the hour that they skip: winter time"),
        pytest.param("2017-03-26T02:00", "2017-03-26T01:00", id="after it"),
        pytest.param("2016-10-30T00:59", "2016-10-29T23:59", id="before the clocks go back"),
        pytest.param("2016-10-30T01:30", "2016-10-30T00:30", id="in the hour that they repeat: the first"),
        pytest.param("2016-10-30T02:00", "2016-10-30T02:00", id="after it"),
    ],
)
def test_a_moment_in_utc(text: str, moment: str) -> None:
    assert in_utc(text) == [datetime.fromisoformat(moment)]


def test_no_moment_is_none() -> None:
    assert in_utc(None, "2016-11-03") == [None, datetime(2016, 11, 3)]  # noqa: DTZ001


@pytest.mark.parametrize(
    "text",
    [
        *("2016-11-3", "16-11-03", "03/11/2016", "2016-11-03T", "2016-11-03T14", "2016-11-03T24:00"),
        *("2016-11-03T14:60", "2016-11-03T14:30:60", "2016-11-03T14:30:00.1234567", "2016-11-03Z"),
        *("2016-11-03T14:30+15:00", "2016-11-03T14:30+01", "2016-11-03  14:30", "14:30", "2016-11-03\n"),
    ],
)
def test_what_is_no_moment(text: str) -> None:
    shaped = pl.DataFrame({"text": [text]}).select(pl.col("text").str.contains(MOMENT)).item()
    assert shaped is False


LOCAL_TIMES = st.datetimes(datetime(1996, 1, 1), datetime(2037, 12, 31))  # noqa: DTZ001 - local on purpose
OFFSETS = st.integers(-14 * 60 - 59, 14 * 60 + 59)


@given(st.lists(LOCAL_TIMES, min_size=1, max_size=50))
def test_local_times_are_those_of_the_time_zone_database(times: list[datetime]) -> None:
    expected = [time.replace(tzinfo=LONDON).astimezone(UTC).replace(tzinfo=None) for time in times]
    assert in_utc(*(time.isoformat() for time in times)) == expected


@given(st.lists(st.tuples(LOCAL_TIMES, OFFSETS), min_size=1, max_size=50))
def test_a_stated_offset_is_taken_off(times: list[tuple[datetime, int]]) -> None:
    stated = [time.replace(tzinfo=timezone(timedelta(minutes=offset))) for time, offset in times]
    expected = [time.astimezone(UTC).replace(tzinfo=None) for time in stated]
    assert in_utc(*(time.isoformat() for time in stated)) == expected
