"""Funding: what of each award is paid within the limits, and by whom.

One award after the other takes what is left; what is cut or unfunded gives no room back elsewhere.
Source: rate-cards, Award, price, share, line.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

import polars as pl

from wlz_calc.decision import Status
from wlz_calc.frames import PENCE, SHARED
from wlz_calc.money import pence
from wlz_calc.period import FINANCIAL_YEAR_STARTS
from wlz_calc.ratecard.card import Card, Commissioner, Limits
from wlz_calc.rules.exact import in_force
from wlz_calc.rules.known import Known
from wlz_calc.rules.naming import payables_on
from wlz_calc.rules.payers import Payers, everybody
from wlz_calc.rules.windows import year_begun

KEPT = pl.Schema({"contract": SHARED, "commissioner": SHARED, "due_on": pl.Date(), "amount": PENCE()})
"""What sealed claims hold of children of whom a row was set aside, and who have no such award without it."""
NOTHING_KEPT = pl.DataFrame(schema=KEPT)
YEAR = year_begun(pl.col("due_on"), FINANCIAL_YEAR_STARTS)
"""The financial year in which something fell due."""
PART = ("child", "card", "order", "number", "due_on", "reason")
"""What of an award the part of a commissioner keeps; `card` is its place among the cards."""


class Workings(NamedTuple):
    """How the money of some children's awards comes about, in pence.

    `awards`: child, card, order, number, `asks`, what is `left` of that, the `cut`, and what each limit had
    left before it: `child_room`, `financial_year_room` and `contract_room`, null without one.
    `parts`: child, card, order, commissioner, its `part`, what its commitment had left before that (`room`,
    null without one), and the `amount` of it.
    """

    awards: pl.DataFrame
    parts: pl.DataFrame


NO_WORKINGS = Workings(pl.DataFrame(), pl.DataFrame())


class Funded(NamedTuple):
    """Awards with their cuts, and each commissioner's part of those that are met, in pence.

    `lines`: commissioner, the columns of PART, and amount. `unfunded`: the same columns; here the amount is
    what a commitment left unpaid. Both are in LINE_ORDER; a commissioner is one of an Enum, in the order of
    the names. `workings`: of the children that were asked for.
    """

    awards: pl.DataFrame
    lines: pl.DataFrame
    unfunded: pl.DataFrame
    workings: Workings = NO_WORKINGS


def fund(
    awards: pl.DataFrame,
    cards: Sequence[Card],
    known: Known,
    kept: pl.DataFrame = NOTHING_KEPT,
    of: pl.Series | None = None,
) -> Funded:
    """The money of every award, contract by contract; what is claimed already comes first.

    `awards`: as `decide` gives them, with `card`. `kept`: what stays claimed without an award (KEPT), and
    leaves less to all. `of`: whose workings are wanted (child).
    """
    awards = _placed(awards, cards, known.claimed)
    contracts: dict[str, dict[int, Card]] = {}
    for place, card in enumerate(cards):
        contracts.setdefault(card.contract, {})[place] = card
    ids = everybody(cards, known.children)
    funded = [
        _of_contract(
            awards.filter(pl.col("card").is_in(list(own))),
            Payers(own, ids, known.children),
            kept.filter(pl.col("contract").cast(pl.String) == contract),
            of,
        )
        for contract, own in sorted(contracts.items())
    ]
    return Funded(
        pl.concat(one.awards for one in funded),
        pl.concat(one.lines for one in funded),
        pl.concat(one.unfunded for one in funded),
        Workings(
            pl.concat(one.workings.awards for one in funded), pl.concat(one.workings.parts for one in funded)
        ),
    )


def _placed(awards: pl.DataFrame, cards: Sequence[Card], claimed: pl.DataFrame) -> pl.DataFrame:
    """Awards with the place of the `claim` that holds them, their `turn` in it, and what each `asks` for.

    The turn is the day on which they fall due, or fell due when they were claimed: what is claimed is not
    displaced by a date that has changed since. An award asks for its price; one on hold keeps what was
    claimed, and so asks for that if it is more.
    """
    if claimed.is_empty():
        return awards.with_columns(claim=pl.lit(UNCLAIMED, dtype=pl.UInt16), turn="due_on", asks="price")
    places = payables_on(cards).join(claimed, on=["contract", "payment"])
    holding = places.select("card", "order", "child", "number", "begun", "amount", claim="place")
    joined = awards.join(holding, on=["card", "order", "child", "number"], how="left")
    on_hold = pl.col("status") == Status.HELD
    return joined.with_columns(
        pl.col("claim").fill_null(UNCLAIMED),
        turn=pl.coalesce("begun", "due_on"),
        asks=pl.when(on_hold).then(pl.max_horizontal("price", "amount")).otherwise("price"),
    ).drop("begun", "amount")


def _of_contract(awards: pl.DataFrame, payers: Payers, kept: pl.DataFrame, of: pl.Series | None) -> Funded:
    cards = payers.cards
    terms = list(cards.values())
    within = limited(awards, terms[0].limits, kept)
    split_up = (split(within.filter(pl.col("card") == place), card) for place, card in cards.items())
    parts = pl.concat(split_up, how="diagonal")
    committed = commitments(terms)
    paid = [_by_one(parts, name, payers, committed.get(name), kept) for name in payers.names]
    return Funded(
        within.drop("left", "place", "claim", "turn", "asks"),
        _in_order(pl.concat(_of("amount", each) for each in paid)),
        _in_order(pl.concat(_of("unfunded", each) for each in paid)),
        NO_WORKINGS
        if of is None
        else _workings(within, dict(zip(payers.names, paid, strict=True)), terms, kept, of),
    )


def _workings(
    within: pl.DataFrame,
    paid: Mapping[str, pl.DataFrame],
    cards: Sequence[Card],
    kept: pl.DataFrame,
    of: pl.Series,
) -> Workings:
    """How the money of these children's awards comes about.

    `within`: all awards within the limits; `paid`: the parts of each commissioner by its name on the cards.
    """
    whose, committed = pl.col("child").is_in(of.implode()), commitments(cards)
    left = _rooms(within, cards[0].limits, kept)
    parts = (_room_of(own, committed.get(name), kept).filter(whose) for name, own in paid.items())
    columns = ("child", "card", "order", "commissioner", "part", "room", "amount")
    return Workings(left.filter(whose), pl.concat(each.select(columns) for each in parts))


def _rooms(within: pl.DataFrame, limits: Limits, kept: pl.DataFrame) -> pl.DataFrame:
    """Awards in AWARD_ORDER with what each limit had left before them; see `Workings`."""
    kept_so_far = kept.select(YEAR.alias("year"), kept="amount").group_by("year").sum()
    placed = within.with_columns(year=YEAR).join(kept_so_far, on="year", how="left", maintain_order="left")
    before = pl.col("left").cum_sum() - pl.col("left")
    taken = {
        "child": before.over("child"),
        "financial_year": before.over("year") + pl.col("kept").fill_null(0),
        "contract": before + int(kept.get_column("amount").sum()),
    }
    return placed.select(
        "child", "card", "order", "number", "asks", "left", "cut",
        **{f"{name}_room": _left(getattr(limits, name), less) for name, less in taken.items()},
    )  # fmt: skip


def _left(limit: Decimal | None, taken: pl.Expr) -> pl.Expr:
    if limit is None:
        return pl.lit(None, dtype=PENCE)
    return pl.max_horizontal(pence(limit) - taken, pl.lit(0, dtype=PENCE))


def _room_of(parts: pl.DataFrame, commitment: int | None, kept: pl.DataFrame) -> pl.DataFrame:
    """A commissioner's parts in their order, with what its commitment had left before them."""
    if commitment is None:
        return parts.with_columns(room=pl.lit(None, dtype=PENCE))
    ordered = _beside_kept(parts, kept)
    before = (pl.col("amount").cum_sum() - pl.col("amount")).over("commissioner")
    room = commitment - pl.col("spent").fill_null(0) - before
    return ordered.with_columns(room=pl.max_horizontal(room, pl.lit(0, dtype=PENCE)))


def _by_one(
    parts: pl.DataFrame, name: str, payers: Payers, commitment: int | None, kept: pl.DataFrame
) -> pl.DataFrame:
    """The parts of one commissioner by its name on the cards, as far as it has committed.

    An award on hold takes its part of the commitment too.
    """
    own = payers.beside(parts.filter(pl.col(_part(name)) > 0), name)
    own = own.select("commissioner", "place", "status", *PART, part=_part(name))
    return funded(own, commitment, kept)


def _of(amount: str, parts: pl.DataFrame) -> pl.DataFrame:
    met = parts.filter(pl.col(amount) > 0, pl.col("status") == Status.MET)
    return met.select("commissioner", "place", *PART, amount=amount)


def _in_order(parts: pl.DataFrame) -> pl.DataFrame:
    """By the ids of the commissioners, then as the awards are, both as one number."""
    order = pl.col("commissioner").to_physical().cast(pl.UInt64) * PLACES + pl.col("place")
    return parts.sort(order).drop("place")


def commitments(cards: Sequence[Card]) -> dict[str, int]:
    """What each commissioner has committed, in pence, by its name on the card. They are the contract's."""
    return {
        name: pence(terms.commitment)
        for card in cards
        for name, terms in card.commissioners.items()
        if terms.commitment is not None
    }


AWARD_ORDER = ("claim", "turn", "child", "number", "order")
UNCLAIMED = 2**16 - 1
"""The claim of what is in none yet."""
NO_LIMITS = Limits()
UNLIMITED = 2**62
PLACES = 2**32
"""More than there are awards."""
SHARE_UNIT = 10**9
"""Shares are whole thousand-millionths: a card's number has nine decimals at the most."""


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
    wanted = _taken("asks", own_room, over="child")
    return (
        awards.with_columns(wanted=wanted)
        .with_columns(left=_taken("wanted", pl.lit(room, dtype=PENCE)))
        .drop("wanted", "spent")
    )


def _taken(amount: str, room: pl.Expr, over: str | None = None) -> pl.Expr:
    """What each amount gets when one after the other takes from the same room."""
    before = pl.col(amount).cum_sum() - pl.col(amount)
    if over is not None:
        before = before.over(over)
    return pl.max_horizontal(pl.min_horizontal(room - before, amount), pl.lit(0, dtype=PENCE))


def split(awards: pl.DataFrame, card: Card) -> pl.DataFrame:
    """What is left of each award of a card, split by the shares in force on its due date.

    By largest remainder, ties in the order of the card, so that the parts add up to the award exactly.
    Returns the awards with the part of each commissioner of the card, in pence (see `_part`).
    """
    terms = card.commissioners
    places = range(len(terms))
    shared = awards.lazy().with_columns(_shared(n, each) for n, each in enumerate(terms.values()))
    pennies = pl.col("left") - pl.sum_horizontal(_pence(n) for n in places)
    parts = {
        _part(name): _pence(n) + (_rank(n, places) < pennies).cast(PENCE) for n, name in enumerate(terms)
    }
    return shared.select(*awards.columns, **parts).collect()


def _part(name: str) -> str:
    """The column of a commissioner's part of an award."""
    return f"part of {name}"


def _shared(position: int, terms: Commissioner) -> pl.Expr:
    """The exact share of a commissioner, in thousand-millionths of a penny."""
    share = in_force(
        terms.share, pl.col("due_on"), lambda share: pl.lit(int(share * SHARE_UNIT), dtype=pl.Int128)
    )
    return (pl.col("left").cast(pl.Int128) * share).alias(f"shared {position}")


def _pence(position: int) -> pl.Expr:
    return (pl.col(f"shared {position}") // SHARE_UNIT).cast(PENCE)


def _rank(position: int, places: Iterable[int]) -> pl.Expr:
    """How many commissioners get a penny that is left over before this one."""
    own, *others = (pl.col(f"shared {n}") % SHARE_UNIT for n in (position, *places))
    return pl.sum_horizontal(
        (other >= own if n < position else other > own).cast(pl.Int64) for n, other in enumerate(others)
    )


def funded(parts: pl.DataFrame, commitment: int | None, kept: pl.DataFrame = NOTHING_KEPT) -> pl.DataFrame:
    """Parts within a commitment (in pence), with `amount` and what it leaves `unfunded`.

    With `each`, every school or authority has as much of its own. What is `kept` of it comes first.
    """
    if commitment is None:
        return parts.with_columns(amount="part", unfunded=pl.lit(0, dtype=PENCE))
    room = pl.lit(commitment, dtype=PENCE) - pl.col("spent").fill_null(0)
    within = _beside_kept(parts.sort("place"), kept)
    paid = within.with_columns(amount=_taken("part", room, over="commissioner")).drop("spent")
    return paid.with_columns(unfunded=pl.col("part") - pl.col("amount"))


def _beside_kept(parts: pl.DataFrame, kept: pl.DataFrame) -> pl.DataFrame:
    """Parts with what their commissioner has `spent` on what stays claimed without an award."""
    payer = pl.col("commissioner").cast(pl.String)
    spent = kept.group_by(payer=payer).agg(spent=pl.col("amount").sum())
    joined = parts.with_columns(payer=payer).join(spent, on="payer", how="left", maintain_order="left")
    return joined.drop("payer")
