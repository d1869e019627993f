"""Grouping: the schedules of a claim, made from its lines.

No line is lost: a commissioner that the parties do not name gets a schedule under its id, and a payment
that is on no card stands last.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import polars as pl

from wlz_calc.claim import Claim
from wlz_calc.ratecard.card import Card
from wlz_calc.write.schedule import NEW, Balance, Contract, Group, Row, Schedule

PARTY: Final = ("contract", "commissioner")

Facts = Mapping[str, Any]
"""A row by the names of its columns."""
Places = Mapping[tuple[str, str, str], int]
"""The order of (contract, payment, outcome)."""


def contracts(claim: Claim) -> tuple[Contract, ...]:
    """The claim by contract, in the order of the cards, each with the schedules of its commissioners."""
    ids = dict.fromkeys([card.contract for card in claim.cards])
    known = [*ids, *sorted(set(claim.lines["contract"].unique()) - set(ids))]
    drawn = _schedules(claim)
    counts = _children(claim.lines, "contract")
    return tuple(
        Contract(
            contract,
            title_of(claim.cards, contract),
            tuple(sorted(card.version for card in claim.cards if card.contract == contract)),
            claim.illustrative.get(contract, ()),
            counts.get((contract,), 0),
            tuple(schedule for schedule in drawn if schedule.contract == contract),
        )
        for contract in known
    )


def title_of(cards: Iterable[Card], contract: str) -> str:
    """The contract's title: the one of its latest card, or else its id."""
    titled = {card.version: card.title for card in cards if card.contract == contract}
    return titled[max(titled)] if titled else contract


def amount(claim: Claim) -> int:
    """The grand total."""
    return int(claim.lines["amount"].sum())


def balances(claim: Claim) -> tuple[Balance, ...]:
    """The opening balance by commissioner, of those who have one."""
    if claim.opening.is_empty():
        return ()
    totals = claim.opening.group_by(PARTY).agg(count=pl.len(), amount=pl.col("amount").sum())
    by_party = {(row["contract"], row["commissioner"]): row for row in totals.iter_rows(named=True)}
    return tuple(
        Balance(contract, commissioner, name, found["count"], found["amount"])
        for contract, commissioner, name, _ in _parties(claim)
        if (found := by_party.get((contract, commissioner)))
    )


def awards(lines: pl.DataFrame) -> int:
    """How many awards the lines are parts of."""
    return lines.n_unique(["contract", "child_id", "payment", "number"]) if lines.height else 0


def _parties(claim: Claim) -> list[tuple[str, str, str, str | None]]:
    """Contract, commissioner, name and detail of everybody with a part, in the order of the cards."""
    columns = [*PARTY, "name", "detail"]
    known = [tuple(row) for row in claim.parties.select(columns).iter_rows()]
    named = {party[:2] for party in known}
    lines = pl.concat([claim.lines.select(PARTY), claim.opening.select(PARTY)])
    found = [party for party in lines.unique().sort(PARTY).iter_rows() if party not in named]
    others = [(contract, who, who, None) for contract, who in found]
    return [(contract, who, name or who, detail) for contract, who, name, detail in [*known, *others]]


def _schedules(claim: Claim) -> list[Schedule]:
    """Everybody with a line, or with none at all everybody."""
    groups, counts = _groups(claim), _children(claim.lines, *PARTY)
    opening = {(balance.contract, balance.commissioner): balance.amount for balance in balances(claim)}
    return [
        Schedule(
            contract,
            commissioner,
            name,
            detail,
            counts.get(party, 0),
            tuple(groups.get(party, ())),
            opening.get(party, 0),
        )
        for contract, commissioner, name, detail in _parties(claim)
        if (party := (contract, commissioner)) in groups or not groups
    ]


def _groups(claim: Claim) -> dict[tuple[str, str], list[Group]]:
    """The groups of every commissioner, payments in the order of the cards."""
    counts = _children(claim.lines, *PARTY, "payment")
    numbers = _numbers(claim)
    found: dict[tuple[str, str], list[Group]] = {}
    for (contract, commissioner, payment), rows in _rows(claim).items():
        children = counts[contract, commissioner, payment]
        group = Group(payment, numbers.get((contract, payment), ()), children, tuple(rows))
        found.setdefault((contract, commissioner), []).append(group)
    return found


def _rows(claim: Claim) -> dict[tuple[str, str, str], list[Row]]:
    keys = [*PARTY, "payment", "outcome", "kind", "corrects", "amount"]
    counted = claim.lines.group_by(keys).agg(pl.len().alias("count")).to_dicts()
    order = places(claim.cards)
    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in sorted(counted, key=lambda row: _order(row, order)):
        drawn = Row(row["outcome"] or None, row["kind"], row["corrects"] or None, row["amount"], row["count"])
        found.setdefault((row["contract"], row["commissioner"], row["payment"]), []).append(drawn)
    return found


def _order(row: Facts, order: Places) -> tuple[object, ...]:
    """By place on the card; new before adjustments, then dearer first."""
    adjusts = (row["kind"] != NEW, row["kind"], row["corrects"] or "")
    return (*place(row, order), *adjusts, -row["amount"])


def places(cards: Iterable[Card]) -> Places:
    """The order of every payment (with an empty outcome) and every outcome; the first card wins."""
    stated = [
        (card.contract, item.payment, outcome)
        for card in cards
        for item in card.payables
        for outcome in ("", item.outcome or "")
    ]
    return {key: number for number, key in enumerate(dict.fromkeys(stated))}


def place(row: Facts, order: Places) -> tuple[object, ...]:
    """Where contract, payment and outcome stand on the cards; what is on no card comes last, by its name."""
    contract, payment, outcome = row["contract"], row["payment"], row["outcome"] or ""
    whole = order.get((contract, payment, ""), len(order))
    return (whole, payment, order.get((contract, payment, outcome), len(order)), outcome)


def _numbers(claim: Claim) -> dict[tuple[str, str], tuple[int, ...]]:
    """The numbers of every payment: those of the cards, and those of the lines."""
    found: dict[tuple[str, str], set[int]] = {}
    for card in claim.cards:
        for item in card.payables:
            found.setdefault((card.contract, item.payment), set()).update(item.numbers)
    for contract, payment, number in claim.lines.select("contract", "payment", "number").unique().iter_rows():
        found.setdefault((contract, payment), set()).update(() if number is None else (number,))
    return {key: tuple(sorted(numbers)) for key, numbers in found.items()}


def _children(lines: pl.DataFrame, *keys: str) -> dict[tuple[Any, ...], int]:
    """How many different children the lines of each are about."""
    counts = lines.group_by(keys).agg(pl.col("child_id").n_unique())
    return {tuple(row[:-1]): row[-1] for row in counts.iter_rows()}
