"""Moments: a date or a date-time, as it is stated and as it compares with others.

A date is its midnight, and a time without an offset is UK local time. Source: extracts, engagement.
"""

from typing import Final

import polars as pl

DAY: Final = "%Y-%m-%d"
SECONDS: Final = "%Y-%m-%dT%H:%M:%S"
DAY_LENGTH: Final = len("2016-11-03")
MOMENT: Final = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?:[T ](?<time>(?:[01][0-9]|2[0-3]):[0-5][0-9])(?<seconds>:[0-5][0-9](?:\.[0-9]{1,6})?)?"
    r"(?<offset>Z|[+-](?:0[0-9]|1[0-4]):?[0-5][0-9])?)?$"
)
LOCAL: Final = "Europe/London"
NO_OFFSET: Final = pl.lit(None)
STATED: Final = pl.Struct({"stated": pl.Datetime("us"), "offset": pl.Int16()})


def stated(moment: pl.Expr, offset: pl.Expr = NO_OFFSET) -> pl.Expr:
    """A moment as its sender states it: a date-time and, where one is stated, its offset in minutes.

    It is none (see `is_none`) where the date-time is null.
    """
    both = pl.struct(moment, offset.cast(pl.Int16).alias("offset"))
    return both.struct.rename_fields(list(STATED.to_schema()))


def is_none(moment: pl.Expr) -> pl.Expr:
    """Whether there is no moment."""
    return moment.struct.field("stated").is_null()


def read(text: pl.Expr) -> pl.Expr:
    """What a text of the form MOMENT states; none for any other."""
    group = text.str.extract_groups(MOMENT).struct.field
    clock = pl.lit("T") + group("time").fill_null("00:00") + group("seconds").fill_null(":00")
    moment = (text.str.slice(0, DAY_LENGTH) + clock).str.to_datetime(
        f"{SECONDS}%.f", strict=False, time_unit="us"
    )
    return stated(pl.when(text.str.contains(MOMENT)).then(moment), _minutes(group("offset")))


def utc(moment: pl.Expr) -> pl.Expr:
    """What is `stated`, as UTC."""
    there, offset = (moment.struct.field(name) for name in ("stated", "offset"))
    return pl.when(offset.is_null()).then(_from_local(there)).otherwise(there - pl.duration(minutes=offset))


def _from_local(stated: pl.Expr) -> pl.Expr:
    """An hour that the clocks repeat is taken as the first, one that they skip as winter time."""
    local = stated.dt.replace_time_zone(LOCAL, ambiguous="earliest", non_existent="null")
    return pl.coalesce(local.dt.convert_time_zone("UTC").dt.replace_time_zone(None), stated)


def _minutes(offset: pl.Expr) -> pl.Expr:
    digits = offset.str.replace("Z", "+0000", literal=True).str.replace(":", "", literal=True)
    hours, minutes = (digits.str.slice(start, 2).cast(pl.Int64, strict=False) for start in (1, 3))
    return pl.when(digits.str.starts_with("-")).then(-1).otherwise(1) * (hours * 60 + minutes)
