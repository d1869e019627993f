"""Funding: what of each award is paid within the limits, and by whom.

One award after the other takes what is left; what is cut or unfunded gives no room back elsewhere.
Source: rate-cards, Award, price, share, line.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

import polars as pl

from wlz_calc.decision import Status
from wlz_calc.money import pence
from wlz_calc.period import FINANCIAL_YEAR_STARTS
from wlz_calc.ratecard.card import Card, Commissioner, Limits
from wlz_calc.rules.exact import in_force
from wlz_calc.rules.windows import year_begun
from wlz_calc.tables import PENCE

PART = ("child", "card", "order", "number", "due_on", "reason")
"""What of an award the part of a commissioner keeps; `card` is its place among the cards."""


class Funded(NamedTuple):
    """Awards with their cuts, and each commissioner's part of those that are met, in pence.

    `lines`: commissioner, the columns of PART, and amount. `unfunded`: the same columns; here the amount is
    what a commitment left unpaid. Both are in LINE_ORDER; a commissioner is one of an Enum, in the order of
    the names.
    """

    awards: pl.DataFrame
    lines: pl.DataFrame
    unfunded: pl.DataFrame


def fund(awards: pl.DataFrame, cards: Sequence[Card], register: pl.DataFrame) -> Funded:
    """The money of every award, contract by contract.

    `awards`: as `decide` gives them, with `card`; `register`: child, contract, school, authority.
    """
    contracts: dict[str, list[int]] = {}
    for place, card in enumerate(cards):
        contracts.setdefault(card.contract, []).append(place)
    listed = commissioners(cards, register)
    funded = [
        _of_contract(
            awards.filter(pl.col("card").is_in(places)),
            {place: cards[place] for place in places},
            register.select("child", **payers([cards[place] for place in places], listed)),
        )
        for _, places in sorted(contracts.items())
    ]
    return Funded(
        pl.concat(one.awards for one in funded),
        pl.concat(one.lines for one in funded),
        pl.concat(one.unfunded for one in funded),
    )


def _of_contract(awards: pl.DataFrame, cards: Mapping[int, Card], payers: pl.DataFrame) -> Funded:
    terms = list(cards.values())
    within = limited(awards, terms[0].limits)
    parts = pl.concat(
        split(within.filter(pl.col("card") == place), card, payers) for place, card in cards.items()
    )
    paid = funded(parts, commitments(terms))
    met = paid.filter(pl.col("status") == Status.MET).sort(_in_order())
    return Funded(
        within.drop("left", "place"),
        met.filter(pl.col("amount") > 0).select("commissioner", *PART, "amount"),
        met.filter(pl.col("unfunded") > 0).select("commissioner", *PART, amount="unfunded"),
    )


def _in_order() -> pl.Expr:
    """The order of lines, as one number: that of the commissioners, then that of the awards."""
    return pl.col("commissioner").to_physical().cast(pl.UInt64) * PLACES + pl.col("place")


def commissioners(cards: Sequence[Card], register: pl.DataFrame) -> pl.Enum:
    """Everybody who pays or could, by the ids that lines have, in order."""
    everybody = [
        register.lazy().select(commissioner=_payer(name, terms)).unique()
        for card in cards
        for name, terms in card.commissioners.items()
    ]
    return pl.Enum(pl.concat(everybody).unique().drop_nulls().collect().to_series().sort())


def payers(cards: Sequence[Card], listed: pl.Enum) -> dict[str, pl.Expr]:
    """Over the register: for each commissioner by its name on the cards, who pays as it for each child."""
    terms = {name: terms for card in cards for name, terms in card.commissioners.items()}
    return {name: _payer(name, each).cast(listed) for name, each in terms.items()}


def _payer(name: str, terms: Commissioner) -> pl.Expr:
    """Who pays: one for all, or each school or authority for itself."""
    return pl.lit(name) if terms.each is None else pl.lit(f"{name}:") + pl.col(terms.each)


def commitments(cards: Sequence[Card]) -> dict[str, int]:
    """What each commissioner has committed, in pence, by its name on the card. They are the contract's."""
    return {
        name: pence(terms.commitment)
        for card in cards
        for name, terms in card.commissioners.items()
        if terms.commitment is not None
    }


AWARD_ORDER = ("due_on", "child", "number", "order")
NO_LIMITS = Limits()
UNLIMITED = 2**62
PLACES = 2**32
"""More than there are awards."""
SHARE_UNIT = 10**9
"""Shares are whole thousand-millionths: a card's number has nine decimals at the most."""


def limited(awards: pl.DataFrame, limits: Limits) -> pl.DataFrame:
    """The awards of one contract, each with what its limits leave of it and what they cut off.

    `awards`: child, order, number, due_on, price. Returns them in AWARD_ORDER with `left` and `cut` (pence)
    and `place`, the position in that order.
    """
    ordered = awards.sort(AWARD_ORDER)
    paid = ordered.with_columns(left="price") if limits == NO_LIMITS else _year_by_year(ordered, limits)
    return paid.with_columns(cut=pl.col("price") - pl.col("left")).with_row_index("place")


def _year_by_year(ordered: pl.DataFrame, limits: Limits) -> pl.DataFrame:
    """The awards with what is `left`, one financial year after the other."""
    contract_room = _room(limits.contract)
    spent = pl.DataFrame(schema={"child": ordered.schema["child"], "spent": PENCE})
    years = [ordered.clear().with_columns(left="price")]
    year_of = year_begun(pl.col("due_on"), FINANCIAL_YEAR_STARTS)
    for year in ordered.with_columns(year=year_of).partition_by(
        "year", maintain_order=True, include_key=False
    ):
        room = min(contract_room, _room(limits.financial_year))
        before = spent.lazy().group_by("child").sum()
        paid = _one_year(
            year.lazy().join(before, on="child", how="left", maintain_order="left"), _room(limits.child), room
        ).collect()
        contract_room -= int(paid.get_column("left").sum())
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
    wanted = _taken("price", own_room, over="child")
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


def split(awards: pl.DataFrame, card: Card, payers: pl.DataFrame) -> pl.DataFrame:
    """What is left of each award of a card, split by the shares in force on its due date.

    By largest remainder, ties in the order of the card, so that the parts add up to the award exactly.
    `payers`: by child, who pays as each commissioner of the card. Returns the awards once for each
    commissioner, with position (of the commissioner on the card), commissioner, and part (pence).
    """
    terms = card.commissioners
    places = range(len(terms))
    whole = (
        awards.lazy()
        .with_columns(_shared(n, each) for n, each in enumerate(terms.values()))
        .join(payers.lazy().select("child", *terms), on="child", maintain_order="left")
    )
    pennies = pl.col("left") - pl.sum_horizontal(_pence(n) for n in places)
    parts = [
        whole.select(
            *awards.columns,
            position=pl.lit(n, dtype=pl.UInt16),
            commissioner=name,
            part=_pence(n) + (_rank(n, places) < pennies).cast(PENCE),
        )
        for n, name in enumerate(terms)
    ]
    return pl.concat(parts).collect()


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


def funded(parts: pl.DataFrame, commitments: Mapping[str, int]) -> pl.DataFrame:
    """The parts of one contract within each commissioner's commitment, with what it leaves `unfunded`.

    `commitments`: pence by the commissioner's name on the card; with `each`, every school or authority has as
    much of its own. Returns the parts with `amount` and `unfunded`.
    """
    if not commitments:
        return parts.with_columns(amount="part", unfunded=pl.lit(0, dtype=PENCE))
    listed = parts.schema["commissioner"]
    assert isinstance(listed, pl.Enum)  # noqa: S101 - see `commissioners`
    theirs = {who: commitments.get(who.partition(":")[0], UNLIMITED) for who in listed.categories}
    committed = pl.col("commissioner").cast(pl.String).replace_strict(theirs, return_dtype=PENCE)
    return (
        parts.lazy()
        .sort("place", "position")
        .with_columns(amount=_taken("part", committed, over="commissioner"))
        .with_columns(unfunded=pl.col("part") - pl.col("amount"))
        .collect()
    )
