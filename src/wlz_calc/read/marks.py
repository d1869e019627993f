"""Register marks: sessions as bits, gathered on pages while they are read.

There are hundreds of marks for each child, and for a page of them no more is kept than for one. Where there
is something to be said about a single mark, or its row is asked for, every mark is read by itself.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

import polars as pl

from wlz_calc import pages
from wlz_calc.read.shared import sharing
from wlz_calc.read.swapped import MONTHS
from wlz_calc.standards.attendance import CODES, LAST_DAY_OF_OLD_CODES, MISSING_MARKS, NEW_CODES
from wlz_calc.tables import CHILD

NEITHER: Final = 0
POSSIBLE: Final = 1
ATTENDED: Final = 2
MISSING: Final = 3
"""What a mark counts for: a session in neither side of the rate, in one, in both; or no mark was made."""
EVERY_MARK: Final = (*CODES, *MISSING_MARKS)
NO_MARK: Final = MISSING_MARKS[0]
ERAS: Final = (LAST_DAY_OF_OLD_CODES, NEW_CODES)
"""A day of each time in which the same codes are in force."""


class Gathered(NamedTuple):
    """The pages of a part, and since when somebody vouches for it."""

    pages: pl.DataFrame
    validated: date | None


def _worth(mark: str, day: date) -> int | None:
    """What a mark counts for on a day; nothing, if it was not in force."""
    if mark in MISSING_MARKS:
        return MISSING
    code = CODES[mark]
    if (code.start and day < code.start) or (code.end and day > code.end):
        return None
    return ATTENDED if code.attended else POSSIBLE if code.possible else NEITHER


_WORTH: Final = pl.Series([_worth(mark, day) for day in ERAS for mark in EVERY_MARK], dtype=pl.UInt8)


def as_bits(marks: pl.LazyFrame, key: str) -> pl.LazyFrame:
    """Marks as bits of their pages: row, the key, page, seen, possible, attended; whether it is `missing`.

    `marks`: row, the key of a child, and date, session and code. Nothing is seen of a mark that is wrong.
    """
    place = pl.col("code").fill_null(NO_MARK).cast(pl.Enum(EVERY_MARK), strict=False).to_physical()
    era = (pl.col("date") >= NEW_CODES).cast(pl.UInt8) * len(EVERY_MARK)
    worth, bit, nothing = pl.col("worth"), pl.col("bit"), pl.lit(0, dtype=pl.UInt64)
    valued = marks.select(
        "row",
        key,
        page=pages.first_day(pl.col("date")),
        bit=pages.bit(pl.col("date"), pl.col("session").to_physical()),
        worth=pl.lit(_WORTH).gather(place.cast(pl.UInt8) + era),
    )
    return valued.select(
        "row",
        key,
        "page",
        seen=pl.when(worth.is_not_null()).then(bit).otherwise(nothing),
        possible=pl.when((worth == POSSIBLE) | (worth == ATTENDED)).then(bit).otherwise(nothing),
        attended=pl.when(worth == ATTENDED).then(bit).otherwise(nothing),
        missing=worth == MISSING,
    )


def gathered(marks: pl.LazyFrame) -> pl.LazyFrame:
    """All the marks of a child on a page together: row (the first), last_row, child_id, page, and their bits.

    Also how many `marks` there are, how many are `missing`, and the first row of these.
    """
    bits = ("seen", "possible", "attended")
    return (
        as_bits(marks, CHILD.name)
        .group_by(CHILD.name, "page")
        .agg(
            pl.col("row").min(),
            last_row=pl.col("row").max(),
            marks=pl.len(),
            missing=pl.col("missing").sum(),
            first_missing=pl.col("row").filter("missing").min(),
            **{name: pl.col(name).bitwise_or() for name in bits},
        )
    )


def are_gathered(frame: pl.DataFrame) -> bool:
    """Whether a frame has pages, and not each mark by itself."""
    return "page" in frame.columns


def days(gathered: pl.DataFrame) -> pl.DataFrame:
    """Every `date` on which there is a mark, in order, and the first `row` of those on its page."""
    seen = gathered.group_by("page").agg(pl.col("row").min(), pl.col("seen").bitwise_or()).drop_nulls("page")
    found = [
        (row, day) for page, row, bits in seen.sort("page").iter_rows() for day in pages.days(page, bits)
    ]
    return pl.DataFrame(found, schema={"row": pl.UInt32, "date": pl.Date}, orient="row")


# ---------------------------------------------------------------- whether pages will do


def will_do(parts: Sequence[Gathered], totals: Iterable[pl.DataFrame]) -> bool:
    """Whether nothing is to be said about a single mark of these parts, nor beside the totals of others."""
    together = pl.concat(part.pages for part in parts)
    return (
        all(_are_sound(part.pages) and _are_in_time(part) for part in parts)
        and not (len(parts) > 1 and _overlap(together))
        and not any(_counted_by(each, together) for each in totals)
    )


def _are_sound(pages_: pl.DataFrame) -> bool:
    """Whether children and days are known, and all marks seen: each in force, and one for each session."""
    seen = pages.sessions(pl.col("seen")).eq_missing(pl.col("marks"))
    known = pl.col(CHILD.name, "page").is_not_null()
    return bool(pages_.select(pl.all_horizontal(seen, known).all()).item())


def _are_in_time(part: Gathered) -> bool:
    """Whether no day is after the part was validated, and some cannot be a month."""
    dates = days(part.pages).get_column("date").to_list()
    late = part.validated is not None and any(day > part.validated for day in dates)
    return not late and any(day.day > MONTHS for day in dates)


def _overlap(pages_: pl.DataFrame) -> bool:
    """Whether two parts have a mark for the same session."""
    shared = sharing(pages_, (CHILD.name, "page")).group_by(CHILD.name, "page")
    sums = shared.agg(pl.col("seen").bitwise_or(), pl.col("marks").sum())
    return bool(sums.select((pages.sessions(pl.col("seen")) < pl.col("marks")).any()).item())


def _counted_by(totals: pl.DataFrame, pages_: pl.DataFrame) -> bool:
    """Whether totals of a child count a day that has marks too."""
    within = pages.inside(*(pl.col(name) for name in ("seen", "page", "period_start", "period_end")))
    both = pages_.lazy().join(totals.lazy(), on=CHILD.name)
    return bool(both.select((within != 0).any()).collect().item())
