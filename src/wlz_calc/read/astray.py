"""Parts that may not be what they were sent as: of another term, sent twice, or with days and months swapped.

Each is one warning for a part, at its first row, beside whatever single rows of it are refused for.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import polars as pl

from wlz_calc.finding import Finding
from wlz_calc.period import Period
from wlz_calc.programme import Origin
from wlz_calc.ratecard.card import Card
from wlz_calc.ratecard.wording import plural
from wlz_calc.read.swapped import swapped_days


class Rows(NamedTuple):
    """The typed rows of one part of a table, where they are, and since when somebody vouches for them."""

    frame: pl.DataFrame
    origin: Origin
    column: str
    """Which of its dates says what term it is of."""
    validated: date | None = None

    @property
    def role(self) -> str:
        """The table that it is a part of."""
        return self.origin.parts[0].role


def reach(cards: Sequence[Card]) -> Period:
    """From the first to the last day that a card looks at: terms, and the windows of all who may join."""
    days = [day for card in cards for day in (card.joined.start, card.term.start, card.term.end)]
    for card in cards:
        for payable in card.payables:
            for window in (payable.window, payable.baseline, payable.endpoint):
                if window is not None:
                    days += [window.of(card.joined.start).start, window.of(card.joined.end).end]
    return Period(min(days), max(days))


def astray(parts: Sequence[Rows], within: Period) -> list[Finding]:
    """What is odd about the dates of the parts of a programme. `within`: the reach of the cards."""
    spans = [(part, span) for part in parts if (span := _span(part))]
    return [
        finding
        for part, span in spans
        for finding in (
            *outside(part, span, within),
            *late(part, span),
            *swapped_days(part.frame, part.column, part.origin, (within, _around(part, spans, within))),
        )
    ]


def _span(part: Rows) -> Period | None:
    """From the first to the last of its dates."""
    days = part.frame.get_column(part.column)
    first, last = days.min(), days.max()
    return Period(first, last) if isinstance(first, date) and isinstance(last, date) else None


def _around(part: Rows, spans: Sequence[tuple[Rows, Period]], within: Period) -> Period:
    """Where its dates may be expected: among those of the other parts of its table, or else of all others."""
    others = [(other, span) for other, span in spans if other is not part]
    near = [span for other, span in others if other.role == part.role] or [span for _, span in others]
    near = [span for span in near if span.start <= within.end and span.end >= within.start]
    if not near:
        return within
    start, end = min(span.start for span in near), max(span.end for span in near)
    return Period(max(start, within.start), min(end, within.end))


def outside(part: Rows, span: Period, within: Period) -> list[Finding]:
    """A part without a date in the reach of the cards; nothing of it counts."""
    if span.start <= within.end and span.end >= within.start:
        return []
    row = part.frame.filter(pl.col(part.column).is_not_null()).get_column("row")[0]
    found = f"`{span.start}` to `{span.end}`"
    return [Finding("part-outside", part.origin.where(row, part.column), found, f"dates from {within}")]


def late(part: Rows, span: Period) -> list[Finding]:
    """A part with dates after the day on which it was validated."""
    if part.validated is None or span.end <= part.validated:
        return []
    after = part.frame.select("row", part.column).filter(pl.col(part.column) > part.validated)
    row, day = after.row(0)
    rows = plural(f"{part.frame.height:,}", "row")
    found = f"{after.height:,} of {rows} later, such as `{day}`"
    expected = f"dates to {part.validated}, when it was validated"
    return [Finding("part-after-validation", part.origin.where(row, part.column), found, expected)]


def sent_again(parts: Sequence[Rows], key: Sequence[str]) -> list[Finding]:
    """Parts in which every row has the key, such as child and period, of a row in one part before it."""
    found = []
    for part, first, row, first_row in _again(parts, key).iter_rows():
        again, before = parts[part], parts[first].origin.where(first_row)
        rows = f"{_all(again.frame.height)} (as in row {before.row} of {before.file})"
        expected = f"{', '.join(key)} that no other file has: was it sent twice, or is it another term?"
        found.append(Finding("part-again", again.origin.where(row), rows, expected))
    return found


def _all(rows: int) -> str:
    return "its only row" if rows == 1 else f"all {rows:,} rows"


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
