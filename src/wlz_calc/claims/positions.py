"""Positions: what was claimed to date, against the limits, the commitments and the match."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import polars as pl

from wlz_calc.claims.ledger import OPENING
from wlz_calc.claims.reopened import seal_of
from wlz_calc.claims.sealed import Sealed
from wlz_calc.money import pence
from wlz_calc.period import FINANCIAL_YEAR_STARTS
from wlz_calc.position import Entry, Match, Position, Room
from wlz_calc.ratecard.card import Card


def position(claims: Sequence[Sealed], withdrawn: Sequence[Sealed], cards: Sequence[Card]) -> Position:
    """The position of a contract; `claims`: the oldest first; `cards`: those sealed with the newest."""
    lines = [claim.lines for claim in claims]
    every = pl.concat(lines)
    charged = _sums(every, pl.col("commissioner").cast(pl.String))
    return Position(
        claims[0].contract,
        tuple(_entries(claims, lines)),
        tuple(_limits(every, cards)),
        tuple(Room(name, amount, _commitment(name, cards)) for name, amount in charged.items()),
        _match(charged, cards),
        tuple(_taken_back(claim) for claim in withdrawn),
    )


def _taken_back(claim: Sealed) -> str:
    stated = claim.withdrawal.stated if claim.withdrawal else {}
    return f"{claim.quarter} by {stated.get('by')} on {stated.get('on')}"


def _entries(claims: Sequence[Sealed], lines: Sequence[pl.DataFrame]) -> Iterator[Entry]:
    balance = 0
    for claim, own in zip(claims, lines, strict=True):
        is_opening = own.get_column("kind") == OPENING
        opening, total = (
            int(own.filter(part).get_column("amount").sum()) for part in (is_opening, ~is_opening)
        )
        balance += opening + total
        seal = seal_of(claim)
        who = (seal.digest, seal.closed_by, seal.closed_on, seal.approved_by)
        yield Entry(claim.quarter, *who, own.height, opening, total, balance)


def _limits(lines: pl.DataFrame, cards: Sequence[Card]) -> Iterator[Room]:
    """The limits of the contract and of each financial year; they are the same on all cards."""
    limits = cards[0].limits
    if limits.contract is not None:
        yield Room("contract", int(lines.get_column("amount").sum()), pence(limits.contract))
    if limits.financial_year is not None:
        due_on = pl.col("due_on")
        year = due_on.dt.year() - (due_on.dt.month() < FINANCIAL_YEAR_STARTS).cast(pl.Int32)
        for begun, amount in _sums(lines, year).items():
            yield Room(f"{begun}/{(int(begun) + 1) % 100:02d}", amount, pence(limits.financial_year))


def _commitment(commissioner: str, cards: Sequence[Card]) -> int | None:
    """What a commissioner has committed: a school or an authority of its own as much as each other."""
    name = commissioner.partition(":")[0]
    stated = [terms.commitment for card in cards if (terms := card.commissioners.get(name))]
    return next((pence(amount) for amount in stated if amount is not None), None)


def _match(charged: Mapping[str, int], cards: Sequence[Card]) -> Match | None:
    """What the newest card says of matching, and how far it was kept."""
    matching = max(cards, key=lambda card: card.version).matching
    if matching is None:
        return None
    name = matching.commissioner
    own = sum(amount for who, amount in charged.items() if who.partition(":")[0] == name)
    return Match(name, Decimal(matching.times), own, sum(charged.values()) - own)


def _sums(lines: pl.DataFrame, by: pl.Expr) -> dict[str, int]:
    grouped = lines.lazy().group_by(by=by).agg(pl.col("amount").sum()).sort("by").collect()
    return {str(name): int(amount) for name, amount in grouped.iter_rows()}
