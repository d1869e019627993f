"""Moments: a date or a date-time as text, made comparable.

A date is its midnight, and a time without an offset is UK local time. Source: extracts, engagement.
"""

from typing import Final

import polars as pl

DAY: Final = "%Y-%m-%d"
MOMENT: Final = (
    r"^(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[T ](?<time>(?:[01][0-9]|2[0-3]):[0-5][0-9])(?<seconds>:[0-5][0-9](?:\.[0-9]{1,6})?)?"
    r"(?<offset>Z|[+-](?:0[0-9]|1[0-4]):?[0-5][0-9])?)?$"
)
LOCAL: Final = "Europe/London"


def utc(text: pl.Expr) -> pl.Expr:
    """The moment that a text of the form MOMENT means, in UTC."""
    group = text.str.extract_groups(MOMENT).struct.field
    clock = pl.lit("T") + group("time").fill_null("00:00") + group("seconds").fill_null(":00")
    stated = (group("day") + clock).str.to_datetime("%Y-%m-%dT%H:%M:%S%.f", strict=False, time_unit="us")
    local = group("offset").is_null()
    return pl.when(local).then(_from_local(stated)).otherwise(stated - _offset(group("offset")))


def _from_local(stated: pl.Expr) -> pl.Expr:
    """An hour that the clocks repeat is taken as the first, one that they skip as winter time."""
    local = stated.dt.replace_time_zone(LOCAL, ambiguous="earliest", non_existent="null")
    return pl.coalesce(local.dt.convert_time_zone("UTC").dt.replace_time_zone(None), stated)


def _offset(text: pl.Expr) -> pl.Expr:
    digits = text.str.replace("Z", "+0000", literal=True).str.replace(":", "", literal=True)
    hours, minutes = (digits.str.slice(start, 2).cast(pl.Int64, strict=False) for start in (1, 3))
    sign = pl.when(digits.str.starts_with("-")).then(-1).otherwise(1)
    return pl.duration(minutes=sign * (hours * 60 + minutes))
