"""Parts that may not be what they were sent as: of another term, sent twice, or with days and months swapped.

Each is one warning for a part, at its first row, beside whatever single rows of it are refused for.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

import polars as pl

from wlz_calc.finding import Finding
from wlz_calc.period import Period
from wlz_calc.programme import Origin
from wlz_calc.ratecard.card import Card

MONTHS: Final = 12
FEWEST_DAYS: Final = 5
"""Of fewer days, that none of them is after the twelfth says nothing."""
FEWEST_ASTRAY: Final = 0.5
FEWEST_AT_HOME: Final = 0.9
"""Days are taken for swapped where half of them are out of place, and nine in ten in place when turned."""


class Rows(NamedTuple):
    """The typed rows of one part of a table, and where they are."""

    frame: pl.DataFrame
    origin: Origin


def reach(cards: Sequence[Card]) -> Period:
    """From the first to the last day that a card looks at: terms, and the windows of all who may join."""
    days = [day for card in cards for day in (card.joined.start, card.term.start, card.term.end)]
    for card in cards:
        for payable in card.payables:
            for window in (payable.window, payable.baseline, payable.endpoint):
                if window is not None:
                    days += [window.of(card.joined.start).start, window.of(card.joined.end).end]
    return Period(min(days), max(days))


def astray(parts: Sequence[Rows], column: str, within: Period) -> list[Finding]:
    """What is odd about the dates of the parts of a table. `within`: the reach of the cards."""
    return [
        finding
        for part in parts
        if (ends := _ends(part, column)) and not (within.start <= ends.start and ends.end <= within.end)
        for finding in (*outside(part, column, within), *swapped_days(part, column, within))
    ]


def _ends(part: Rows, column: str) -> Period | None:
    """The first and the last of its dates."""
    days = part.frame.get_column(column)
    first, last = days.min(), days.max()
    return Period(first, last) if isinstance(first, date) and isinstance(last, date) else None


def outside(part: Rows, column: str, within: Period) -> list[Finding]:
    """A part without a date in the reach of the cards; nothing of it counts."""
    ends = _ends(part, column)
    if ends is None or (ends.start <= within.end and ends.end >= within.start):
        return []
    row = part.frame.filter(pl.col(column).is_not_null()).get_column("row")[0]
    found = f"`{ends.start}` to `{ends.end}`"
    return [Finding("part-outside", part.origin.where(row, column), found, f"dates from {within}")]


def swapped_days(part: Rows, column: str, within: Period) -> list[Finding]:
    """A part whose days could all be months, and lie where they should only if they are.

    `within`: where the other dates of the programme lie.
    """
    if not _may_be_months(part.frame.lazy().select(pl.col(column).drop_nulls())):
        return []
    turned = _turned(part.frame.select("row", day=column).drop_nulls(), within)
    away = turned.filter(~pl.col("in_place"))
    home = turned.filter("in_place_turned")
    if away.height < FEWEST_ASTRAY * turned.height or home.height < FEWEST_AT_HOME * turned.height:
        return []
    row, day, other = away.select("row", "day", "turned").row(0)
    found = f"{away.height:,} of {turned.height:,} dates elsewhere, such as `{day}` ({other}?)"
    expected = f"dates from {within}: are day and month swapped?"
    return [Finding("days-swapped", part.origin.where(row, column), found, expected)]


def _may_be_months(days: pl.LazyFrame) -> bool:
    """Whether none of many days is after the twelfth of its month."""
    signs = days.select((pl.all().dt.day().max() <= MONTHS) & (pl.all().n_unique() >= FEWEST_DAYS))
    return bool(signs.collect().item())


def _turned(rows: pl.DataFrame, within: Period) -> pl.DataFrame:
    """Each day beside what it is with day and month swapped, and whether either is in its place."""
    day = pl.col("day")
    turned = pl.date(day.dt.year(), day.dt.day(), day.dt.month())
    return rows.with_columns(
        turned=turned,
        in_place=day.is_between(within.start, within.end),
        in_place_turned=turned.is_between(within.start, within.end),
    )


def sent_again(parts: Sequence[Rows], key: Sequence[str]) -> list[Finding]:
    """Parts in which every row has the key, such as child and period, of a row in one part before it."""
    found = []
    for part, first, row, first_row in _again(parts, key).iter_rows():
        again, before = parts[part], parts[first].origin.where(first_row)
        rows = f"all {again.frame.height:,} rows (as in row {before.row} of {before.file})"
        expected = f"{', '.join(key)} that no other part has: was it sent twice, or is it another term?"
        found.append(Finding("part-again", again.origin.where(row), rows, expected))
    return found


def _again(parts: Sequence[Rows], key: Sequence[str]) -> pl.DataFrame:
    """Which part repeats which, as `part`, `first`, and the first row in each of what is repeated."""
    keyed = [part.frame.select("row", *key).with_columns(part=place) for place, part in enumerate(parts)]
    rows = pl.concat(keyed)
    shared = rows.filter(pl.struct(key).is_duplicated())
    firsts = shared.unique(key, keep="first", maintain_order=True).rename(
        {"part": "first", "row": "first_row"}
    )
    pairs = shared.join(firsts, on=key, maintain_order="left").filter(pl.col("part") > pl.col("first"))
    heights = rows.group_by("part").len("height")
    return (
        pairs.group_by("part", "first", maintain_order=True)
        .agg(pl.first("row", "first_row"), shared=pl.len())
        .join(heights, on="part", maintain_order="left")
        .filter(pl.col("shared") == pl.col("height"))
        .select("part", "first", "row", "first_row")
    )
