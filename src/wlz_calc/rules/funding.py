"""Funding: what of each award is paid within the limits, and by whom.

One award after the other takes what is left; what is cut or unfunded gives no room back elsewhere.
Source: rate-cards, Award, price, share, line.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import polars as pl

from wlz_calc.decision import Status
from wlz_calc.ratecard.card import Card
from wlz_calc.rules.commitments import commitments, funded, with_room
from wlz_calc.rules.known import Known
from wlz_calc.rules.limits import NOTHING_KEPT, limited, rooms
from wlz_calc.rules.naming import payables_on
from wlz_calc.rules.payers import Payers, everybody
from wlz_calc.rules.shares import part, split

PART = ("child", "card", "order", "number", "due_on", "reason")
"""What of an award the part of a commissioner keeps; `card` is its place among the cards."""
UNCLAIMED = 2**16 - 1
"""The claim of what is in none yet."""
PLACES = 2**32
"""More than there are awards."""


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
    each = [
        _of_contract(
            awards.filter(pl.col("card").is_in(list(own))),
            Payers(own, ids, known.children),
            kept.filter(pl.col("contract").cast(pl.String) == contract),
            of,
        )
        for contract, own in sorted(contracts.items())
    ]
    return Funded(
        pl.concat(one.awards for one in each),
        pl.concat(one.lines for one in each),
        pl.concat(one.unfunded for one in each),
        Workings(
            pl.concat(one.workings.awards for one in each), pl.concat(one.workings.parts for one in each)
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
    left = rooms(within, cards[0].limits, kept)
    parts = (with_room(own, committed.get(name), kept).filter(whose) for name, own in paid.items())
    columns = ("child", "card", "order", "commissioner", "part", "room", "amount")
    return Workings(left.filter(whose), pl.concat(each.select(columns) for each in parts))


def _by_one(
    parts: pl.DataFrame, name: str, payers: Payers, commitment: int | None, kept: pl.DataFrame
) -> pl.DataFrame:
    """The parts of one commissioner by its name on the cards, as far as it has committed.

    An award on hold takes its part of the commitment too.
    """
    own = payers.beside(parts.filter(pl.col(part(name)) > 0), name)
    own = own.select("commissioner", "place", "status", *PART, part=part(name))
    return funded(own, commitment, kept)


def _of(amount: str, parts: pl.DataFrame) -> pl.DataFrame:
    met = parts.filter(pl.col(amount) > 0, pl.col("status") == Status.MET)
    return met.select("commissioner", "place", *PART, amount=amount)


def _in_order(parts: pl.DataFrame) -> pl.DataFrame:
    """By the ids of the commissioners, then as the awards are, both as one number."""
    order = pl.col("commissioner").to_physical().cast(pl.UInt64) * PLACES + pl.col("place")
    return parts.sort(order).drop("place")
