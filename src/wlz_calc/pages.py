"""Pages: register marks by the half-day, 32 days of a child to a page, on which each session is a bit.

A page takes as much room as a single mark, and nothing is lost of what is counted: any window may be laid
over it, and the bits inside are the sessions.
"""

from datetime import date
from typing import Final

import polars as pl

DAYS: Final = 32
HALVES: Final = 2
"""Sessions in a day, morning and afternoon."""
_BITS: Final = pl.Series([1 << place for place in range(DAYS * HALVES)], dtype=pl.UInt64)
_UNTIL: Final = pl.Series([(1 << days * HALVES) - 1 for days in range(DAYS + 1)], dtype=pl.UInt64)
"""All the sessions of so many days from the first."""


def first_day(day: pl.Expr) -> pl.Expr:
    """The first day of the page that a day is on; pages are the same for everybody."""
    return (day.to_physical() // DAYS * DAYS).cast(pl.Date)


def bit(day: pl.Expr, half: pl.Expr) -> pl.Expr:
    """The bit of a session on its page. `half`: 0 for the morning, 1 for the afternoon."""
    place = (day.to_physical() % DAYS).cast(pl.UInt8) * HALVES + half.cast(pl.UInt8)
    return pl.lit(_BITS).gather(place)


def inside(bits: pl.Expr, page: pl.Expr, first: pl.Expr, last: pl.Expr) -> pl.Expr:
    """Those of the bits on a page that lie from a first to a last day. `page`: its first day."""
    before, until = _until(page, first, 0), _until(page, last, 1)
    return bits & until & (until ^ before)


def _until(page: pl.Expr, day: pl.Expr, more: int) -> pl.Expr:
    days = (day.to_physical() - page.to_physical() + more).clip(0, DAYS)
    return pl.lit(_UNTIL).gather(days)


def sessions(bits: pl.Expr) -> pl.Expr:
    """How many sessions there are among the bits."""
    return bits.bitwise_count_ones()


def days(page: date, bits: int) -> list[date]:
    """The days on a page with a session among the bits."""
    return [
        date.fromordinal(page.toordinal() + place)
        for place in range(DAYS)
        if bits >> place * HALVES & (1 << HALVES) - 1
    ]


def day(page: pl.Expr, bits: pl.Expr) -> pl.Expr:
    """The day of the first session among the bits of a page. `page`: its first day."""
    return page + pl.duration(days=bits.bitwise_trailing_zeros() // HALVES)


def half(bits: pl.Expr) -> pl.Expr:
    """Of which half of the day that is: 0 for the morning, 1 for the afternoon."""
    return bits.bitwise_trailing_zeros() % HALVES
