"""Positions: what was claimed to date, against the limits, the commitments and the match."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

import polars as pl

from wlz_calc.claims.ledger import OPENING
from wlz_calc.claims.reopened import seal_of
from wlz_calc.claims.sealed import Sealed
from wlz_calc.position import Entry, Match, Position, Room, commitments, limits
from wlz_calc.ratecard.card import Card


def position(claims: Sequence[Sealed], withdrawn: Sequence[Sealed], cards: Sequence[Card]) -> Position:
    """The position of a contract; `claims`: the oldest first; `cards`: those sealed with the newest."""
    lines = [claim.lines for claim in claims]
    every = pl.concat(lines)
    charged = commitments(every, cards)
    return Position(
        claims[0].contract,
        tuple(_entries(claims, lines)),
        limits(every, cards),
        charged,
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


def _match(charged: Iterable[Room], cards: Sequence[Card]) -> Match | None:
    """What the newest card says of matching, and how far it was kept."""
    matching = max(cards, key=lambda card: card.version).matching
    if matching is None:
        return None
    name = matching.commissioner
    own = sum(room.claimed for room in charged if room.name.partition(":")[0] == name)
    return Match(name, Decimal(matching.times), own, sum(room.claimed for room in charged) - own)
