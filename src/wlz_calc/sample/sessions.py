"""Sessions: with the Link Worker and at delivery partners, in term time, and some submitted again.

A child has a pace (sessions a week) and a share attended for each year and kind; one who loses interest has
less of both. Sessions are spread evenly over the weeks: a pace of a half is a session every other week.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import polars as pl

from wlz_calc.sample.dice import Dice, chosen
from wlz_calc.sample.needs import Needs
from wlz_calc.sample.school_year import SCHOOL_WEEK, WEEKS_IN_A_YEAR, covering, mondays

PARTNERS: Final = (
    "anchor-drama", "bright-kite-reading", "canal-side-boxing", "common-thread-sewing", "drumline-music",
    "front-step-families", "garden-wall-growing", "glasshouse-debating", "high-tide-swimming",
    "inkwell-writing", "lantern-maths", "long-table-cooking", "matchstick-theatre", "north-light-art",
    "open-gate-counselling", "paper-boat-arts", "quiet-corner-therapy", "ropewalk-climbing",
    "six-strings-music", "stepping-stone-mentoring",
)  # fmt: skip
_SESSIONS: Final = ("lunch", "after-school", "morning")
_STATUSES: Final = ("cancelled", "attended", "absent")
_CANCELLED, _ATTENDED, _ABSENT = range(3)
_OFTEN_CANCELLED: Final = 0.04
_ENGAGED: Final = 0.85
_RESUBMITTED: Final = 0.01
_ROW: Final = ("child", "week", "slot", "kind_no")


@dataclass(frozen=True, slots=True)
class _Kind:
    """One of the two kinds of session, and how it usually goes."""

    number: int
    measure: str
    first_weeks_without: int
    attended: float


_KINDS: Final = (_Kind(0, "link_worker_sessions", 0, 0.94), _Kind(1, "partner_sessions", 1, 0.93))
_KEEN: Final = (0.80, 0.72)
"""How many children keep coming in their first year, and in those after it."""


def engagement(children: pl.DataFrame, needs: Needs, dice: Dice) -> pl.DataFrame:
    """The engagement extract, by child, but for the ids of the children."""
    weeks = mondays(covering(children["joined_on"], children["until"]))
    due = pl.concat(_due(children, weeks, kind, needs.pace(kind.measure), dice) for kind in _KINDS)
    rows = due.with_columns(date=_date(weeks), outcome=_outcome(dice)).with_columns(sent=_sent(dice))
    rows = pl.concat([rows, _again(rows, dice)])
    return rows.sort("child", "date", "kind_no", "sent").select("child", *_as_extract(dice))


def _due(children: pl.DataFrame, weeks: pl.Series, kind: _Kind, pace: float, dice: Dice) -> pl.DataFrame:
    """The sessions of one kind that children were due at."""
    return (
        pl.concat(_years(children, weeks, kind))
        .with_columns(*_habits(kind, pace, dice))
        .with_columns(week=pl.int_ranges("first", "stop", dtype=pl.UInt16))
        .drop("first", "stop")
        .explode("week")
        .with_columns(slot=_how_many_by(pl.col("week") + 1) - _how_many_by(pl.col("week")))
        .drop("pace", "start")
        .filter(pl.col("slot") > 0)
        .with_columns(slot=pl.int_ranges(0, "slot", dtype=pl.UInt8))
        .explode("slot")
    )


def _years(children: pl.DataFrame, weeks: pl.Series, kind: _Kind) -> Iterator[pl.DataFrame]:
    """From which week to which each child is on the programme, one year after the other."""
    whole = children.select(
        "child",
        first=weeks.search_sorted(children["joined_on"], "left") + kind.first_weeks_without,
        stop=weeks.search_sorted(children["until"].dt.offset_by(f"-{SCHOOL_WEEK - 1}d"), "right"),
    )
    for year in range(1 + len(weeks) // WEEKS_IN_A_YEAR):
        first = pl.col("first") + year * WEEKS_IN_A_YEAR
        stop = pl.min_horizontal(first + WEEKS_IN_A_YEAR, "stop")
        rows = whole.select("child", first=first, stop=stop).filter(pl.col("first") < pl.col("stop"))
        yield rows.with_columns(year=pl.lit(year, pl.UInt8), kind_no=pl.lit(kind.number, pl.UInt8))


def _habits(kind: _Kind, pace: float, dice: Dice) -> list[pl.Expr]:
    """How often a child is due in a year, on which day, with whom, and what share it attends."""
    each = ("child", "year", "kind_no")
    likely = pl.when(pl.col("year") == 0).then(_KEEN[0]).otherwise(_KEEN[1])
    keen = dice.chance("keen", "child", "year") < likely
    often, rarely = 0.98 + 0.1 * dice.chance("often", *each), 0.25 + 0.35 * dice.chance("rarely", *each)
    share = pl.when(keen).then(kind.attended).otherwise(0.66) + 0.04 * dice.bell("share", *each)
    partner = (dice.chance("partner", "child", "year") * len(PARTNERS)).cast(pl.UInt8)
    free_on = partner if kind.number else pl.col("child")
    return [
        (pace * pl.when(keen).then(often).otherwise(rarely)).alias("pace"),
        dice.chance("start", *each).alias("start"),
        share.alias("share"),
        partner.alias("partner_no"),
        (free_on % SCHOOL_WEEK).cast(pl.UInt8).alias("weekday"),
    ]


def _how_many_by(week: pl.Expr) -> pl.Expr:
    return (week * pl.col("pace") + pl.col("start")).floor().cast(pl.UInt16)


def _date(weeks: pl.Series) -> pl.Expr:
    """Two sessions of a kind in one week are two days apart."""
    weekday = (pl.col("weekday") + 2 * pl.col("slot")) % SCHOOL_WEEK
    return pl.lit(weeks).gather("week") + pl.duration(days=weekday)


def _outcome(dice: Dice) -> pl.Expr:
    luck = dice.chance("outcome", *_ROW)
    held = (luck - _OFTEN_CANCELLED) / (1 - _OFTEN_CANCELLED)
    attended = pl.when(held < pl.col("share")).then(_ATTENDED).otherwise(_ABSENT)
    return pl.when(luck < _OFTEN_CANCELLED).then(_CANCELLED).otherwise(attended).cast(pl.UInt8)


def _sent(dice: Dice) -> pl.Expr:
    """Within three days, in office hours."""
    days, minutes = dice.chance("sent", *_ROW) * 3, dice.chance("sent at", *_ROW) * 480
    after = pl.duration(days=days.cast(pl.Int32), minutes=(minutes + 540).cast(pl.Int32))
    return pl.col("date").cast(pl.Datetime("ms")) + after


def _again(rows: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """The few that were wrong, submitted again some days later."""
    mended = pl.when(pl.col("outcome") == _ATTENDED).then(_ABSENT).otherwise(_ATTENDED).cast(pl.UInt8)
    later = pl.duration(days=(1 + dice.chance("later", *_ROW) * 15).cast(pl.Int32))
    wrong = rows.filter(dice.chance("again", *_ROW) < _RESUBMITTED)
    return wrong.with_columns(outcome=mended, sent=pl.col("sent") + later)


def _as_extract(dice: Dice) -> list[pl.Expr]:
    with_partner = pl.col("kind_no") == 1
    says_whether = with_partner & (pl.col("outcome") == _ATTENDED)
    engaged = dice.chance("engaged", *_ROW) < _ENGAGED
    return [
        pl.col("date"),
        chosen(("link_worker", "partner"), pl.col("kind_no")).alias("kind"),
        pl.when(with_partner).then(chosen(PARTNERS, pl.col("partner_no"))).alias("provider"),
        pl.when(with_partner).then(chosen(_SESSIONS, pl.col("partner_no") % len(_SESSIONS))).alias("session"),
        chosen(_STATUSES, pl.col("outcome")).alias("status"),
        pl.when(says_whether).then(engaged).alias("engaged"),
        pl.col("sent").alias("submitted_at"),
    ]
