"""The claim of a quarter, as data: what the calculation hands to whatever shows or writes it."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import polars as pl

from wlz_calc.finding import Finding
from wlz_calc.frames import ASIDE, CAUSES, CHANGES, CLAIMED, REGISTER, UNPAID
from wlz_calc.invoice import Invoice
from wlz_calc.period import Quarter
from wlz_calc.programme import InputFile, Issue, Issued
from wlz_calc.ratecard.card import Card, Limits

NOTHING_ASIDE: Final = pl.DataFrame(schema=ASIDE)


class Provenance(NamedTuple):
    """What a result was made with and from."""

    version: str
    as_of: date
    files: tuple[InputFile, ...]


def provenance_of(stated: Mapping[str, Any]) -> Provenance:
    """What a sealed claim was made with and from, as it states it."""
    known = InputFile._fields
    files = (InputFile(**{name: file[name] for name in known if name in file}) for file in stated["files"])
    return Provenance(stated["version"], date.fromisoformat(stated["as_of"]), tuple(files))


class Follows(NamedTuple):
    """The sealed claim of a contract that a claim comes after.

    `approved_by`: the second person, and `approval` the digest of that; `unapproved`: the quarters up to it
    that nobody has approved.
    """

    contract: str
    quarter: Quarter
    digest: str
    approved_by: str | None
    approval: str | None
    unapproved: tuple[Quarter, ...]


class Seal(NamedTuple):
    """Who sealed a claim and when, its digest, who approved it and when, and what it was brought in from."""

    digest: str
    closed_by: str
    closed_on: date
    approved_by: str | None
    imported: str | None = None
    approved_on: date | None = None


class Claim(NamedTuple):
    """What is claimed for a quarter, and all that stands beside it.

    Amounts are pence. `parties` has a row per commissioner who pays or could: contract, commissioner (its id,
    such as `school:ark`), name, detail, in the order of the cards. `lines` and `opening` have the columns of
    `frames.LINES`, and are in LINE_ORDER. `cut`: contract, child_id, school, payment, outcome, number,
    due_on, price, cut. `unfunded`: contract, commissioner, child_id, school, payment, outcome, number,
    due_on, amount. Both are of awards that fell due in the quarter. `held`: contract, child_id, school,
    payment, outcome, number, due_on, price, reason, raised_by. `not_yet`: contract, payment, outcome,
    children, in the cards' order. `aside`: the columns of `frames.ASIDE`. `register`: those of
    `frames.REGISTER`; empty, unless the claim is to be sealed. `issued`: the files of the cards.

    After sealed claims: `follows`, the newest of each contract; `causes` (frames.CAUSES), why what was
    claimed or decided before is claimed otherwise; `changes` (frames.CHANGES), what the register says
    otherwise of children who were claimed for. `seal`: its own, once it is sealed.

    `before`: what sealed claims before it hold, in the columns of `frames.CLAIMED`. `unpaid` (frames.UNPAID):
    what is decided and no award, where that was asked for. `invoices`: of the contracts that say how they are
    invoiced.
    """

    provider: str
    quarter: Quarter
    provisional: bool
    cards: tuple[Card, ...]
    parties: pl.DataFrame
    lines: pl.DataFrame
    opening: pl.DataFrame
    cut: pl.DataFrame
    unfunded: pl.DataFrame
    held: pl.DataFrame
    not_yet: pl.DataFrame
    findings: tuple[Finding, ...]
    provenance: Provenance
    aside: pl.DataFrame = NOTHING_ASIDE
    register: pl.DataFrame = pl.DataFrame(schema=REGISTER)
    follows: tuple[Follows, ...] = ()
    causes: pl.DataFrame = pl.DataFrame(schema=CAUSES)
    changes: pl.DataFrame = pl.DataFrame(schema=CHANGES)
    issued: Mapping[Issue, Issued] = MappingProxyType({})
    seal: Seal | None = None
    before: pl.DataFrame = pl.DataFrame(schema=CLAIMED)
    unpaid: pl.DataFrame = pl.DataFrame(schema=UNPAID)
    invoices: tuple[Invoice, ...] = ()

    @property
    def illustrative(self) -> dict[str, tuple[str, ...]]:
        """By contract, the terms that no public source states: a claim on them is an illustration."""
        return illustrative(self.cards)

    def without_awards(self) -> "Claim":
        """The same with nothing beside it that is of awards of its own."""
        return self._replace(
            cut=self.cut.clear(),
            unfunded=self.unfunded.clear(),
            held=self.held.clear(),
            not_yet=self.not_yet.clear(),
        )

    def only(self, contract: str | None, commissioner: str | None) -> "Claim":
        """The part of one contract, or of one commissioner, with the terms of nobody else."""
        wanted = {"contract": contract, "commissioner": commissioner}
        return self._replace(
            cards=_alone(_of(self.cards, contract), commissioner),
            parties=_only(self.parties, wanted),
            lines=_only(self.lines, wanted),
            opening=_only(self.opening, wanted),
            cut=_only(self.cut, wanted),
            unfunded=_only(self.unfunded, wanted),
            held=_only(self.held, wanted),
            not_yet=_only(self.not_yet, wanted),
            aside=self.aside.filter(pl.col("contract").is_null() | (pl.col("contract") == contract))
            if contract
            else self.aside,
            register=_only(self.register, wanted),
            follows=tuple(each for each in self.follows if contract in {None, each.contract}),
            causes=_only(self.causes, wanted),
            changes=_only(self.changes, wanted),
            before=_only(self.before, wanted),
            unpaid=_only(self.unpaid, wanted),
            invoices=tuple(
                one
                for one in self.invoices
                if contract in {None, one.contract} and commissioner in {None, one.commissioner}
            ),
        )


class Decided(NamedTuple):
    """Every decision behind a claim, with the columns of frames.DECISIONS, and evidence.

    `schools`: their names by their codes, as far as they are known.
    """

    provider: str
    quarter: Quarter
    provisional: bool
    cards: tuple[Card, ...]
    decisions: pl.DataFrame
    schools: Mapping[str, str]
    findings: tuple[Finding, ...]
    provenance: Provenance

    @property
    def illustrative(self) -> dict[str, tuple[str, ...]]:
        """By contract, the terms that no public source states."""
        return illustrative(self.cards)

    def only(self, contract: str | None, child: str | None) -> "Decided":
        """The decisions of one contract, or on one child."""
        wanted = {"contract": contract, "child_id": child}
        return self._replace(decisions=_only(self.decisions, wanted), cards=_of(self.cards, contract))


def illustrative(cards: Sequence[Card]) -> dict[str, tuple[str, ...]]:
    """By contract, the terms that no public source states; each once, however many cards name it."""
    found: dict[str, dict[str, None]] = {}
    for card in cards:
        if card.illustrative:
            found.setdefault(card.contract, {}).update(dict.fromkeys(card.illustrative))
    return {contract: tuple(terms) for contract, terms in found.items()}


def _of(cards: tuple[Card, ...], contract: str | None) -> tuple[Card, ...]:
    return tuple(card for card in cards if contract in {None, card.contract})


def _alone(cards: tuple[Card, ...], commissioner: str | None) -> tuple[Card, ...]:
    """The cards as one commissioner needs them: what it alone is charged says nothing of limits for all."""
    if commissioner is None:
        return cards
    name = commissioner.partition(":")[0]
    return tuple(
        card.model_copy(
            update={
                "commissioners": {one: terms for one, terms in card.commissioners.items() if one == name},
                "invoicing": {},
                "matching": None,
                "limits": Limits(),
            }
        )
        for card in cards
    )


def _only(frame: pl.DataFrame, wanted: Mapping[str, str | None]) -> pl.DataFrame:
    """The rows that have the values wanted, as far as they have such columns."""
    columns = {name: value for name, value in wanted.items() if value is not None and name in frame.columns}
    return frame.filter(pl.col(name) == value for name, value in columns.items()) if columns else frame
