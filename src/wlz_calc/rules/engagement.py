"""Engagement: sessions with the Link Worker and at delivery partners, counted in a window.

Cancelled sessions count neither way, and sessions after a child has left do not count. Sessions of one sort,
in the order of child and day, make a window a slice: its length is the count, and the day on which a number
is reached stands so many places after its start.
Source: rate-cards, Measures; extracts, engagement.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import polars as pl

from wlz_calc.frames import DAYS, child_and_day
from wlz_calc.ratecard.conditions import Reaches
from wlz_calc.ratecard.measures import Kind, kind
from wlz_calc.ratecard.windows import Window
from wlz_calc.rules.asked import ROWS, Asked
from wlz_calc.rules.exact import in_force
from wlz_calc.rules.windows import closes, opens

ATTENDED: Final = pl.col("status") == "attended"
PARTNER: Final = pl.col("kind") == "partner"
_IS: Final = {
    "met": (pl.col("kind") == "link_worker") & ATTENDED,
    "attended": PARTNER & ATTENDED,
    "due": PARTNER & pl.col("status").is_in(["attended", "absent"]),
    "rated": PARTNER & ATTENDED & pl.col("engaged").is_not_null(),
    "engaged": PARTNER & ATTENDED & pl.col("engaged"),
}
"""The sorts of sessions."""
SORTS: Final = {
    "link_worker_sessions": ("met", "met"),
    "partner_sessions": ("attended", "attended"),
    "partner_attendance_rate": ("due", "attended"),
    "partner_engaged_rate": ("rated", "engaged"),
}
"""By measure: the sessions that it looks at, and those of them that count."""
OF_LINK_WORKER: Final = "link_worker_sessions"
ONE: Final = pl.lit(1, dtype=pl.Int64)


def is_of(measure: str) -> pl.Expr:
    """Whether a session is of the kind that a measure looks at, whatever became of it."""
    return pl.col("kind") == ("link_worker" if measure == OF_LINK_WORKER else "partner")


def counts(measure: str) -> pl.Expr:
    """Whether a session counts in a measure; of a rate, above the line."""
    return _IS[SORTS[measure][1]]


class Slice(NamedTuple):
    """The sessions of one sort that lie in a window: for each child those between two places in their order.

    `name` is that of the columns which hold the places.
    """

    name: str
    sessions: pl.DataFrame
    window: Window

    @property
    def first(self) -> str:
        """The place of the first."""
        return f"{self.name}, first"

    @property
    def end(self) -> str:
        """The place behind the last."""
        return f"{self.name}, end"

    @property
    def places(self) -> tuple[pl.Expr, pl.Expr]:
        """Both, over children with the bounds of the window."""
        keys = pl.lit(self.sessions.get_column("key"))
        last = pl.min_horizontal(closes(self.window), "left_on")
        first = keys.search_sorted(_key(pl.col(opens(self.window))), side="left")
        end = keys.search_sorted(_key(last), side="right")
        return first.alias(self.first), pl.max_horizontal(first, end).alias(self.end)

    @property
    def length(self) -> pl.Expr:
        """How many each child has."""
        return pl.col(self.end).cast(pl.Int64) - pl.col(self.first).cast(pl.Int64)

    def rows(self, placed: pl.DataFrame) -> pl.DataFrame:
        """The rows of each child's sessions, as a list; `placed`: child, and the places."""
        each = placed.select("child", place=pl.int_ranges(self.first, self.end)).explode("place").drop_nulls()
        row = self.sessions.get_column("row").gather(each.get_column("place"))
        return (
            each.select("child", row)
            .group_by("child", maintain_order=True)
            .agg(pl.col("row").alias(self.name))
        )

    def day(self, number: pl.Expr) -> pl.Expr:
        """The day of each child's session of that number; null where there are not so many."""
        place = pl.col(self.first) + number - 1
        key = pl.lit(self.sessions.get_column("key")).gather(pl.when(place < pl.col(self.end)).then(place))
        return (key % DAYS).cast(pl.Int32).cast(pl.Date)


def figures(
    asked: Sequence[Asked], extracts: Mapping[str, pl.LazyFrame], kids: pl.LazyFrame, *, evidence: bool
) -> pl.LazyFrame:
    """The sessions that each test looks at, counted: of its kind, in the child's window, not after leaving.

    Fields of a count: value, of (1), reached_on (null where the number is not reached). Of a rate: value, of.
    As evidence: rows.
    """
    sessions = _sorted(extracts["engagement"], asked, evidence=evidence)
    slices = {(sort, one.window): _slice(sort, one.window, sessions) for one in asked for sort in _sorts(one)}
    structs = {one.name: _struct(one, slices, evidence=evidence) for one in asked}
    bounds = {name(one.window) for one in asked for name in (opens, closes)}
    own = kids.select("child", "left_on", *sorted(bounds)).collect()
    placed = own.with_columns(place for one in slices.values() for place in one.places)
    for base in _bases(asked, slices) if evidence else ():
        placed = placed.join(base.rows(placed), on="child", how="left")
    return placed.select("child", **structs).lazy()


def _sorted(engagement: pl.LazyFrame, asked: Sequence[Asked], *, evidence: bool) -> dict[str, pl.DataFrame]:
    """The sessions of every sort that is asked for in order, as `key` and, as evidence, `row`."""
    wanted = dict.fromkeys(sort for one in asked for sort in _sorts(one))
    rows = ["row"] if evidence else []
    key = _key(pl.col("date")).alias("key")
    found = pl.collect_all(engagement.filter(_IS[sort]).select(key, *rows) for sort in wanted)
    return {sort: _in_order(frame).rechunk() for sort, frame in zip(wanted, found, strict=True)}


def _in_order(sessions: pl.DataFrame) -> pl.DataFrame:
    """By key and row; an extract that is in order, as most are, is not sorted again."""
    key = sessions.get_column("key")
    return sessions if len(sessions.columns) == 1 and key.is_sorted() else sessions.sort(sessions.columns)


def _key(day: pl.Expr) -> pl.Expr:
    return child_and_day(pl.col("child"), day)


def _sorts(asked: Asked) -> tuple[str, str]:
    return SORTS[asked.test.measure]


def _bases(asked: Sequence[Asked], slices: Mapping[tuple[str, Window], Slice]) -> Iterable[Slice]:
    """The slices that tests look at, each once."""
    bases = (slices[_sorts(one)[0], one.window] for one in asked)
    return {base.name: base for base in bases}.values()


def _slice(sort: str, window: Window, sessions: Mapping[str, pl.DataFrame]) -> Slice:
    return Slice(f"{sort} in {window}", sessions[sort], window)


def _struct(asked: Asked, slices: Mapping[tuple[str, Window], Slice], *, evidence: bool) -> pl.Expr:
    base, part = (slices[sort, asked.window] for sort in _sorts(asked))
    fields = _count(asked, base) if kind(asked.test.measure) is Kind.COUNT else _rate(base, part)
    fields |= {ROWS: pl.col(base.name).fill_null([])} if evidence else {}
    return pl.struct(field.alias(name) for name, field in fields.items())


def _count(asked: Asked, attended: Slice) -> dict[str, pl.Expr]:
    test, end = asked.test, pl.col(closes(asked.window))
    assert isinstance(test, Reaches)  # noqa: S101 - no change is asked of sessions
    needed = in_force(test.at_least, end, lambda number: pl.lit(int(number), dtype=pl.Int64))
    return {"value": attended.length, "of": ONE, "reached_on": attended.day(needed)}


def _rate(base: Slice, part: Slice) -> dict[str, pl.Expr]:
    """The part of the sessions that a measure asks for; a child without any of them has no rate."""
    there = base.length > 0
    return {"value": pl.when(there).then(part.length), "of": pl.when(there).then(base.length)}
