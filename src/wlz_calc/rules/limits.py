"""Limits: what the limits of a contract leave of each award, one after the other.

What is cut gives no room back. Source: rate-cards, Award, price, share, line.
"""

from collections import defaultdict
from decimal import Decimal

import polars as pl

from wlz_calc.frames import PENCE, SHARED
from wlz_calc.money import pence
from wlz_calc.period import FINANCIAL_YEAR_STARTS
from wlz_calc.ratecard.card import Limits
from wlz_calc.rules.windows import year_begun

KEPT = pl.Schema({"contract": SHARED, "commissioner": SHARED, "due_on": pl.Date(), "amount": PENCE()})
"""What sealed claims hold of children of whom a row was set aside, and who have no such award without it."""
NOTHING_KEPT = pl.DataFrame(schema=KEPT)
YEAR = year_begun(pl.col("due_on"), FINANCIAL_YEAR_STARTS)
"""The financial year in which something fell due."""
AWARD_ORDER = ("claim", "turn", "child", "number", "order")
NO_LIMITS = Limits()
UNLIMITED = 2**62


def limited(awards: pl.DataFrame, limits: Limits, kept: pl.DataFrame = NOTHING_KEPT) -> pl.DataFrame:
    """The awards of one contract, each with what its limits leave of it and what they cut off.

    `awards`: claim, turn, child, order, number, due_on, price, asks. Returns them in AWARD_ORDER with `left`
    and `cut` (pence) and `place`, the position in that order.
    """
    ordered = awards.sort(AWARD_ORDER)
    paid = ordered.with_columns(left="asks") if limits == NO_LIMITS else _year_by_year(ordered, limits, kept)
    cut = pl.max_horizontal(pl.col("price") - pl.col("left"), pl.lit(0, dtype=PENCE))
    return paid.with_columns(cut=cut).with_row_index("place")


def _year_by_year(ordered: pl.DataFrame, limits: Limits, kept: pl.DataFrame) -> pl.DataFrame:
    """The awards with what is `left`, one run of awards due in one financial year after the other."""
    contract_room = _room(limits.contract) - int(kept.get_column("amount").sum())
    year_rooms: defaultdict[int, int] = defaultdict(lambda: _room(limits.financial_year))
    for begun, amount in kept.select(YEAR, "amount").iter_rows():
        year_rooms[begun] -= amount
    spent = pl.DataFrame(schema={"child": ordered.schema["child"], "spent": PENCE})
    years = [ordered.clear().with_columns(left="asks")]
    runs = ordered.with_columns(year=YEAR).with_columns(run=pl.col("year").rle_id())
    for year in runs.partition_by("run", maintain_order=True, include_key=False):
        number = year.get_column("year")[0]
        room = min(contract_room, year_rooms[number])
        before = spent.lazy().group_by("child").sum()
        paid = _one_year(
            year.lazy().drop("year").join(before, on="child", how="left", maintain_order="left"),
            _room(limits.child),
            room,
        ).collect()
        taken = int(paid.get_column("left").sum())
        contract_room -= taken
        year_rooms[number] -= taken
        spent.extend(paid.select("child", spent="left"))
        years.append(paid)
    return pl.concat(years)


def _room(limit: Decimal | None) -> int:
    return UNLIMITED if limit is None else pence(limit)


def _one_year(awards: pl.LazyFrame, child_room: int, room: int) -> pl.LazyFrame:
    """The awards of a financial year, in order: each takes what is left to its child, then to all.

    Once nothing is left to all, later awards get nothing, so no child's room depends on what was cut there.
    """
    own_room = child_room - pl.col("spent").fill_null(0)
    wanted = taken("asks", own_room, over="child")
    return (
        awards.with_columns(wanted=wanted)
        .with_columns(left=taken("wanted", pl.lit(room, dtype=PENCE)))
        .drop("wanted", "spent")
    )


def taken(amount: str, room: pl.Expr, over: str | None = None) -> pl.Expr:
    """What each amount gets when one after the other takes from the same room."""
    before = pl.col(amount).cum_sum() - pl.col(amount)
    if over is not None:
        before = before.over(over)
    return pl.max_horizontal(pl.min_horizontal(room - before, amount), pl.lit(0, dtype=PENCE))


def rooms(within: pl.DataFrame, limits: Limits, kept: pl.DataFrame) -> pl.DataFrame:
    """Awards in AWARD_ORDER with what each limit had left before them; see `Workings`."""
    kept_so_far = kept.select(YEAR.alias("year"), kept="amount").group_by("year").sum()
    placed = within.with_columns(year=YEAR).join(kept_so_far, on="year", how="left", maintain_order="left")
    before = pl.col("left").cum_sum() - pl.col("left")
    before_it = {
        "child": before.over("child"),
        "financial_year": before.over("year") + pl.col("kept").fill_null(0),
        "contract": before + int(kept.get_column("amount").sum()),
    }
    return placed.select(
        "child", "card", "order", "number", "asks", "left", "cut",
        **{f"{name}_room": _still(getattr(limits, name), less) for name, less in before_it.items()},
    )  # fmt: skip


def _still(limit: Decimal | None, taken: pl.Expr) -> pl.Expr:
    if limit is None:
        return pl.lit(None, dtype=PENCE)
    return pl.max_horizontal(pence(limit) - taken, pl.lit(0, dtype=PENCE))
