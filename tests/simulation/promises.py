"""What must hold after every close, whoever sealed the claims: each promise gives what breaks it."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from tests.oracle import Result
from tests.oracle.claims import AwardKey, Key, Sealed, awards_in, claimed
from tests.oracle.folder import Row

STANDS = ("card_version", "school", "outcome", "due_on", "price")
"""What a decision that is unchanged says as it did before."""


class Closed(NamedTuple):
    """A quarter that is closed: what is due and decided, and the claims sealed by then, its own the last."""

    result: Result
    sealed: Sealed


def claims_that_miss_what_is_due(closed: Closed) -> dict[Key, tuple[int, int]]:
    """All claims together are what is due; of what is held, what was claimed before."""
    before = amounts(closed.sealed[:-1])
    held = {key: amount for key, amount in before.items() if key[:4] in closed.result.held}
    wanted, found = held | closed.result.due, amounts(closed.sealed)
    return {
        key: (found.get(key, 0), wanted.get(key, 0))
        for key in found.keys() | wanted.keys()
        if found.get(key, 0) != wanted.get(key, 0)
    }


def charged_below_nought(closed: Closed) -> list[tuple[str, ...]]:
    """No commissioner gets back more of a child than it was charged, nor of any one award."""
    by_child: dict[tuple[str, ...], int] = defaultdict(int)
    for (contract, child, _, _, who), amount in amounts(closed.sealed).items():
        by_child[contract, who, child] += amount
    beneath = [key for key, amount in amounts(closed.sealed).items() if amount < 0]
    return [key for key, amount in by_child.items() if amount < 0] + [tuple(map(str, key)) for key in beneath]


def displaced(before: Closed, now: Closed) -> list[Row]:
    """What goes back in a contract whose claimed awards all stand: nothing that is new may take from them."""
    stand = undisturbed(before, now)
    return [line for line in now.sealed[-1] if line["amount"].startswith("-") and line["contract"] in stand]


def undisturbed(before: Closed, now: Closed) -> set[str]:
    """The contracts in which every award that was claimed stands as it did, and nothing is or was on hold.

    Where a claimed award changes itself, or one on hold loses its place to those claimed before it, others
    may move.
    """
    was, stand = awards_by_key(before.result), awards_by_key(now.result)
    claims = awards_in(before.sealed)
    moved = {award[0] for award in claims if standing(was.get(award)) != standing(stand.get(award))}
    on_hold = {award[0] for award in before.result.held | now.result.held}
    return {award[0] for award in claims} - moved - on_hold


def standing(decision: Row | None) -> list[str] | None:
    """What of an award must not change for it to stand as it did."""
    return [decision[column] for column in STANDS] if decision else None


def awards_by_key(result: Result) -> dict[AwardKey, Row]:
    """The decisions that are awards."""
    return {
        (row["contract"], row["child_id"], row["payment"], int(row["number"])): row
        for row in result.decisions
        if row["number"] and row["status"] in ("met", "held")
    }


def amounts(sealed: Sealed) -> dict[Key, int]:
    """What claims add up to, by key, in pence."""
    return {key: amount for key, (amount, _) in claimed(sealed).items()}
