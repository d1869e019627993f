"""Telling: what the engine left of some children, put together decision by decision for whoever asks why.

Nothing is worked out here; what is told is what was decided, funded and claimed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from wlz_calc.decision import Reason, Status, Use
from wlz_calc.explanation import Explanation, Facts, Line, Part, Room, Tested
from wlz_calc.money import pence
from wlz_calc.ratecard.base import in_force
from wlz_calc.ratecard.card import Card, Payable
from wlz_calc.ratecard.conditions import tests
from wlz_calc.rules.decisions import kept
from wlz_calc.rules.funding import Workings
from wlz_calc.rules.known import Known
from wlz_calc.rules.lineage import Extracts

LIMITS = ("child", "financial_year", "contract")
"""The limits of a contract, in the order in which an award meets them."""
_ByChild = Mapping[int, pl.DataFrame]


@dataclass(frozen=True)
class Traces:
    """What the engine left of some children; child by child, once it is asked for.

    `decided`: as `decide` gives it with evidence; `uses`: see lineage.USES; `lines`: those of frames.LINES,
    `sealed` or due now; `names`: of commissioners, by contract and id.
    """

    known: Known
    extracts: Extracts
    decided: pl.DataFrame
    uses: pl.DataFrame
    workings: Workings
    lines: pl.DataFrame
    names: Mapping[tuple[str, str], str]

    @cached_property
    def _decided(self) -> _ByChild:
        return _by_child(self.decided)

    @cached_property
    def _uses(self) -> _ByChild:
        return _by_child(self.uses)

    @cached_property
    def _awards(self) -> _ByChild:
        return _by_child(self.workings.awards)

    @cached_property
    def _shares(self) -> _ByChild:
        return _by_child(self.workings.parts)

    @cached_property
    def _on_hold(self) -> _ByChild:
        return _by_child(self.known.holds)

    @cached_property
    def _claims(self) -> Mapping[str, pl.DataFrame]:
        own = self.lines.partition_by("child_id", as_dict=True)
        return {str(child_id): lines for (child_id,), lines in own.items()}

    @cached_property
    def _rows(self) -> Mapping[str, _ByChild]:
        return {name: _by_child(self.extracts.whole(name)) for name in self.extracts.frames}

    def rows_of(self, child: int) -> dict[str, dict[int, Facts]]:
        """By extract, all rows of a child by their numbers."""
        return {
            name: {facts["row"]: facts for facts in by_child[child].iter_rows(named=True)}
            for name, by_child in self._rows.items()
            if child in by_child
        }

    def told(self, card: Card, kid: Facts) -> Iterator[Explanation]:
        """Every decision on a child, in the order of its card."""
        child = kid["child"]
        decided = {row["order"]: row for row in self._decided[child].iter_rows(named=True)}
        uses = _became(self._uses.get(child))
        awards = {row["order"]: row for row in _rows(self._awards.get(child))}
        numbers = self._kept(card, child)
        for payable in card.payables:
            decision, award = decided[payable.order], awards.get(payable.order, {})
            yield Explanation(
                payable=payable,
                status=Status(decision["status"]),
                reason=Reason(decision["reason"]),
                due_on=decision["due_on"],
                number=decision["number"],
                price=decision["price"],
                cut=award["cut"] if award else None,
                tests=()
                if decision["reason"] == Reason.OTHER_PHASE
                else tuple(_tested(payable, decision, uses)),
                kept=numbers.get(payable.order),
                holds=tuple(self._holds(payable, child)),
                asks=award.get("asks"),
                left=award.get("left"),
                rooms=tuple(_rooms(card, award)),
                parts=tuple(self._parts(card, payable, decision)),
                lines=tuple(self._lines(card, payable, kid["child_id"])),
            )

    def _kept(self, card: Card, child: int) -> dict[int, int]:
        """By payable, the number under which it is claimed already."""
        claimed = self.known.claimed.filter(pl.col("child") == child)
        if claimed.is_empty():
            return {}
        by_payment = (
            kept([payable for payable in card.payables if payable.payment == name], card, claimed)
            for name in card.payments
        )
        return dict(pl.concat(by_payment).select("order", "number").iter_rows())

    def _holds(self, payable: Payable, child: int) -> Iterator[Facts]:
        """The holds in force on a payable."""
        for hold in _rows(self._on_hold.get(child)):
            if hold["payment"] in {None, payable.payment} and hold["outcome"] in {None, payable.outcome}:
                yield hold

    def _parts(self, card: Card, payable: Payable, decision: Facts) -> Iterator[Part]:
        for row in _rows(self._shares.get(decision["child"])):
            if row["order"] == payable.order:
                own = str(row["commissioner"])
                share = in_force(card.commissioners[own.partition(":")[0]].share, decision["due_on"])
                name = self.names[card.contract, own]
                yield Part(own, name, share, row["part"], row["room"], row["amount"])

    def _lines(self, card: Card, payable: Payable, child_id: str) -> Iterator[Line]:
        for line in self._all_lines(child_id):
            if _of(line) == (card.contract, payable.payment, payable.outcome):
                yield line

    def off_card(self, card: Card, child_id: str) -> Iterator[Line]:
        """The lines of a child of what is not on its card."""
        there = {(card.contract, payable.payment, payable.outcome) for payable in card.payables}
        for line in self._all_lines(child_id):
            if _of(line) not in there:
                yield line

    def _all_lines(self, child_id: str) -> Iterator[Line]:
        for row in _rows(self._claims.get(child_id)):
            yield Line(**{name: row[name] for name in Line._fields})


def _of(line: Line) -> tuple[str, str, str | None]:
    """What a line is of."""
    return line.contract, line.payment, line.outcome


def _by_child(frame: pl.DataFrame) -> dict[int, pl.DataFrame]:
    return {int(str(child)): own for (child,), own in frame.partition_by("child", as_dict=True).items()}


def _rows(frame: pl.DataFrame | None) -> Iterator[Facts]:
    return iter(()) if frame is None else frame.iter_rows(named=True)


def _became(uses: pl.DataFrame | None) -> dict[tuple[int, int], dict[int, Use]]:
    """By payable and test, what became of each row."""
    found: dict[tuple[int, int], dict[int, Use]] = {}
    for row in _rows(uses):
        found.setdefault((row["order"], row["test"]), {})[row["row"]] = Use(row["use"])
    return found


def _tested(
    payable: Payable, decision: Facts, uses: Mapping[tuple[int, int], Mapping[int, Use]]
) -> Iterator[Tested]:
    both = zip(decision["verdicts"], decision["evidence"], strict=True)
    for number, (test, (verdict, evidence)) in enumerate(zip(tests(payable.when), both, strict=True)):
        yield Tested(
            test,
            Status(verdict["status"]),
            Reason(verdict["reason"]),
            verdict["due_on"],
            evidence,
            uses.get((payable.order, number), {}),
        )


def _rooms(card: Card, award: Facts) -> Iterator[Room]:
    for name in LIMITS:
        limit = getattr(card.limits, name)
        if award and limit is not None:
            yield Room(name, pence(limit), award[f"{name}_room"])
