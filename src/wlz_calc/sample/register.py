"""The register: children who join in waves, mostly in the autumn, at schools with invented names.

The frame that the other tables are made from has more columns than the extract: `child` counts the children
in the order of their ids, `until` is the last day on the programme; `kind` is the school's.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

import polars as pl

from wlz_calc.frames import CHILD_KEY, worded
from wlz_calc.period import academic_year
from wlz_calc.ratecard.card import Card
from wlz_calc.ratecard.windows import Months
from wlz_calc.sample.dice import Dice
from wlz_calc.sample.needs import Needs
from wlz_calc.sample.occasions import edges
from wlz_calc.sample.school_year import school_days
from wlz_calc.tables import CHILDREN

INTAKE: Final = 150
"""About so many children are enough for one more year of joining."""
_BUSY_MONTHS: Final = {9: 2, 10: 6, 11: 6, 12: 4, 1: 4, 2: 2, 3: 2}

_CHILDREN_IN_A_SCHOOL: Final = 100
_FEWEST_SCHOOLS: Final = 3
_FIRST: Final = (
    "amber", "beacon", "birch", "bramble", "cedar", "chalk", "copper", "dell", "ember", "fern", "flint",
    "harbour", "hazel", "heron", "ivory", "juniper", "larch", "linden", "maple", "meadow", "orchard",
    "quarry", "rowan", "saffron", "tamarind", "thistle", "willow",
)  # fmt: skip
_SECOND: Final = (
    "swift", "wren", "lark", "finch", "plover", "kestrel", "dunnock", "martin", "starling", "siskin",
    "curlew",
)  # fmt: skip
_AUTHORITIES: Final = ("brent", "westminster", "rbkc", "lbhf")
_KINDS: Final = (("primary", "Primary School"), ("secondary", "Academy"))
_YEAR_GROUPS: Final = {
    "primary": ("R", "1", "2", "2", "3", "3", "3", "4", "4", "4", "5", "5", "5", "6"),
    "secondary": ("7", "7", "7", "7", "8", "8", "8", "9", "9", "10"),
}

_NO_CONSENT: Final = 0.07
_LATE_CONSENT: Final = 0.14
_LEAVERS: Final = 0.08
_REASONS: Final = ("moved away", "moved away", "changed school", "withdrew", "support no longer needed")


def schools(card: Card, children: int) -> pl.DataFrame:
    """The schools of a programme of that size, in the order of their numbers."""
    count = max(_FEWEST_SCHOOLS, round(children / _CHILDREN_IN_A_SCHOOL))
    by_authority = any(c.each == "authority" for c in card.commissioners.values())
    frame = pl.DataFrame([_school(number) for number in range(count)])
    return frame if by_authority else frame.drop("authority")


def register(needs: Needs, at: pl.DataFrame, children: int, dice: Dice) -> pl.DataFrame:
    """The children, in the order in which they joined."""
    frame = pl.DataFrame({"child": pl.int_range(children, dtype=CHILD_KEY, eager=True)})
    days = joining_days(needs.card, children)
    place = (pl.col("child") + dice.chance("joined")) / children * len(days)
    return (
        frame.with_columns(
            child_id=_numbered(children),
            contract=pl.lit(needs.card.contract),
            school_no=(dice.chance("school") * at.height).cast(pl.Int64),
            joined_on=pl.lit(pl.Series(days)).gather(place.cast(pl.UInt32)),
        )
        .join(at.drop("name"), on="school_no", maintain_order="left")
        .with_columns(year_group=_year_group(dice))
        .with_columns(phase=pl.col("year_group").cast(pl.String).replace_strict(needs.card.phase_of))
        .with_columns(until=_end_of_programme(needs, days))
        .with_columns(consent_on=_consent(needs.card.term.start, dice), left_on=_left(dice))
        .with_columns(*_as_left(dice))
    )


def extract(children: pl.DataFrame) -> pl.DataFrame:
    """The register as its extract has it."""
    return children.select(c.name for c in CHILDREN.columns if c.name in children.columns)


def joining_days(card: Card, children: int) -> list[date]:
    """The days on which children may join, in order; a busy day is there several times."""
    joined = card.joined.period
    days = school_days(joined) or [joined.start]
    years = sorted({academic_year(day) for day in days})[: -(-children // INTAKE)]
    busy = ([day] * _BUSY_MONTHS.get(day.month, 1) for day in days if academic_year(day) in years)
    return [day for several in busy for day in several]


def _school(number: int) -> dict[str, int | str]:
    """Primary and secondary schools in turn, and the authorities in turn."""
    name, (kind, title) = _name(number), _KINDS[number % len(_KINDS)]
    authority = _AUTHORITIES[number // len(_KINDS) % len(_AUTHORITIES)]
    code = name.lower().replace(" ", "-")
    return {
        "school_no": number,
        "school": code,
        "name": f"{name} {title}",
        "kind": kind,
        "authority": authority,
    }


def _name(number: int) -> str:
    first = number % len(_FIRST)
    again, second = divmod(number // len(_FIRST), len(_SECOND))
    name = f"{_FIRST[first]} {_SECOND[(second + first) % len(_SECOND)]}".title()
    return f"{name} {again + 1}" if again else name


def _numbered(children: int) -> pl.Expr:
    return worded("c{}", (pl.col("child") + 1).cast(pl.String).str.zfill(max(5, len(str(children)))))


def _year_group(dice: Dice) -> pl.Expr:
    every = [dice.pick("year", groups).cast(pl.String) for groups in _YEAR_GROUPS.values()]
    return pl.when(pl.col("kind") == "primary").then(every[0]).otherwise(every[1])


def _end_of_programme(needs: Needs, days: Sequence[date]) -> pl.Expr:
    """The last day on the programme of a child who does not leave early."""
    return edges(Months(months=(0, needs.months)), days)[1].clip(upper_bound=needs.card.term.end)


def _consent(start: date, dice: Dice) -> pl.Expr:
    """Most consent near joining, some late, and a few not at all."""
    luck, wait = dice.chance("consent"), dice.chance("consent on")
    near, late = (wait * 28).cast(pl.Int32) - 10, (wait * 150).cast(pl.Int32) + 30
    after = pl.when(luck < _NO_CONSENT).then(None).when(luck < _LATE_CONSENT).then(late).otherwise(near)
    return (pl.col("joined_on") + pl.duration(days=after)).clip(lower_bound=start)


def _left(dice: Dice) -> pl.Expr:
    whole = (pl.col("until") - pl.col("joined_on")).dt.total_days().clip(0)
    stayed = (whole * (0.1 + 0.8 * dice.chance("left on"))).cast(pl.Int32)
    return pl.when(dice.chance("left") < _LEAVERS).then(pl.col("joined_on") + pl.duration(days=stayed))


def _as_left(dice: Dice) -> list[pl.Expr]:
    """What follows from leaving early: a reason, no sessions after it, and no consent after it."""
    left = pl.col("left_on")
    return [
        pl.when(left.is_not_null()).then(dice.pick("left reason", _REASONS)).alias("left_reason"),
        pl.min_horizontal("until", left).alias("until"),
        pl.when(pl.col("consent_on") <= pl.coalesce(left, pl.date(9999, 1, 1))).then("consent_on"),
    ]
