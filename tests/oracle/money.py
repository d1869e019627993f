"""Limits, shares and commitments: what each award is worth and who pays it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
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
    return f"{amount // 100}.{amount % 100:02d}"


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


def awards_of(decisions: Iterable[Decision]) -> list[Award]:
    """The awards of one contract, one after the other, under its limits and commitments."""
    used: dict[object, int] = defaultdict(int)
    awards: list[Award] = []
    for decision in sorted(decisions, key=award_order):
        child, card, due = decision.case.child, decision.case.card, decision.due
        limited = {
            "child": ("child", child["child_id"]),
            "financial_year": ("financial_year", first_of_year(due, 4)),
            "contract": ("contract", ""),
        }
        limits = card.get("limits", {})
        room = [pence(limits[name]) - used[limited[name]] for name in limits]
        amount = min([decision.price, *room])
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
        awards.append(Award(decision, decision.price - amount, parts))
    return awards


def award_order(decision: Decision) -> tuple[dt.date, str, int, int]:
    """The order in which awards meet the limits."""
    child_id = decision.case.child["child_id"]
    return decision.due, child_id, decision.number, decision.item.order
