"""The claim of a quarter, as data: what the calculation hands to whatever shows or writes it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

import polars as pl

from wlz_calc.finding import Finding
from wlz_calc.period import Quarter
from wlz_calc.programme import InputFile
from wlz_calc.ratecard.card import Card
from wlz_calc.tables import ASIDE

NOTHING_ASIDE: Final = pl.DataFrame(schema=ASIDE)


class Provenance(NamedTuple):
    """What a result was made with and from."""

    version: str
    as_of: date
    files: tuple[InputFile, ...]


class Claim(NamedTuple):
    """What is claimed for a quarter, and all that stands beside it.

    Amounts are pence. `parties` has a row per commissioner who pays or could: contract, commissioner (its id,
    such as `school:ark`), name, detail, in the order of the cards. `lines` and `opening` have the columns of
    `tables.LINES`, and are in LINE_ORDER. `cut`: contract, child_id, school, payment, outcome, number,
    due_on, price, cut. `unfunded`: contract, commissioner, child_id, school, payment, outcome, number,
    due_on, amount. Both are of awards that fell due in the quarter. `held`: contract, child_id, school,
    payment, outcome, number, due_on, price, reason, raised_by. `not_yet`: contract, payment, outcome,
    children, in the cards' order. `aside`: the columns of `tables.ASIDE`.
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

    @property
    def illustrative(self) -> dict[str, tuple[str, ...]]:
        """By contract, the terms that no public source states: a claim on them is an illustration."""
        return illustrative(self.cards)

    def only(self, contract: str | None, commissioner: str | None) -> "Claim":
        """The part of one contract, or of one commissioner."""
        wanted = {"contract": contract, "commissioner": commissioner}
        return self._replace(
            cards=_of(self.cards, contract),
            parties=_only(self.parties, wanted),
            lines=_only(self.lines, wanted),
            opening=_only(self.opening, wanted),
            cut=_only(self.cut, wanted),
            unfunded=_only(self.unfunded, wanted),
            held=_only(self.held, wanted),
            not_yet=_only(self.not_yet, wanted),
            aside=_only(self.aside, wanted),
        )


class Decided(NamedTuple):
    """Every decision behind a claim, with the columns of tables.DECISIONS, and evidence.

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


def _only(frame: pl.DataFrame, wanted: Mapping[str, str | None]) -> pl.DataFrame:
    """The rows that have the values wanted, as far as they have such columns."""
    columns = {name: value for name, value in wanted.items() if value is not None and name in frame.columns}
    return frame.filter(pl.col(name) == value for name, value in columns.items()) if columns else frame
