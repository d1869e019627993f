"""Limits, shares and commitments: what each award is worth and who pays it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from tests.oracle.dates import Tree, first_of_year, in_force, pence
from tests.oracle.folder import Row
from tests.oracle.status import Decision


@dataclass(frozen=True)
class Award:
    """What a decision is worth: its price less what the limits cut, and who pays how many pence."""

    decision: Decision
    cut: int
    parts: list[tuple[str, int]]


def pounds(amount: int) -> str:
    """Pence as pounds with two decimals."""
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100}.{abs(amount) % 100:02d}"


def split(amount: int, shares: list[tuple[str, Fraction]]) -> list[tuple[str, int]]:
    """An amount over shares by largest remainder; ties go by the order on the card."""
    assert sum(share for _, share in shares) == 1
    exact = [amount * share for _, share in shares]
    parts = [int(part) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[: amount - sum(parts)]:
        parts[i] += 1
    return [(name, part) for (name, _), part in zip(shares, parts, strict=True)]


def payer(name: str, commissioner: Tree, child: Row) -> str:
    """Who pays for a child: the commissioner, or that of the child's school or authority."""
    return f"{name}:{child[commissioner['each']]}" if "each" in commissioner else name


def awards_of(
    decisions: Iterable[Decision],
    turn_of: Callable[[Decision], tuple[float, dt.date]],
    claimed_of: Callable[[Decision], int],
) -> list[Award]:
    """The awards of one contract, one after the other, under its limits and commitments.

    What is claimed already comes first, claim by claim, and in each by the due dates that it had then. What
    is held keeps what was claimed, and takes that much room if it is more than its price.
    """
    used: dict[object, int] = defaultdict(int)
    awards: list[Award] = []
    for decision in sorted(decisions, key=lambda d: (*turn_of(d), *award_order(d))):
        child, card, due = decision.case.child, decision.case.card, decision.due
        limited = {
            "child": ("child", child["child_id"]),
            "financial_year": ("financial_year", first_of_year(due, 4)),
            "contract": ("contract", ""),
        }
        limits = card.get("limits", {})
        room = [pence(limits[name]) - used[limited[name]] for name in limits]
        asks = max(decision.price, claimed_of(decision)) if decision.status == "held" else decision.price
        amount = min([asks, *room])
        for key in limited.values():
            used[key] += amount
        shares = [
            (payer(name, terms, child), in_force(terms["share"], due))
            for name, terms in card["commissioners"].items()
        ]
        parts: list[tuple[str, int]] = []
        for (who, part), terms in zip(split(amount, shares), card["commissioners"].values(), strict=True):
            left = pence(terms["commitment"]) - used[who] if "commitment" in terms else part
            parts.append((who, min(part, left)))
            used[who] += min(part, left)
        awards.append(Award(decision, max(decision.price - amount, 0), parts))
    return awards


def award_order(decision: Decision) -> tuple[str, int, int]:
    """The order in which awards of one claim and due date meet the limits."""
    child_id = decision.case.child["child_id"]
    return child_id, decision.number, decision.item.order
