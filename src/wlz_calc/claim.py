"""The claim of a quarter, as data: what the calculation hands to whatever shows or writes it."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from wlz_calc.finding import Finding
from wlz_calc.period import Quarter
from wlz_calc.programme import InputFile
from wlz_calc.ratecard.card import Card


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a result was made with and from."""

    version: str
    as_of: date
    files: tuple[InputFile, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """What is claimed for a quarter, and all that stands beside it.

    Amounts are pence. `parties` has a row per commissioner who pays or could: contract, commissioner (its id,
    such as `school:ark`), name, detail, in the order of the cards. `lines` and `opening` have the columns of
    `tables.LINES`. `cut`: contract, child_id, school, payment, outcome, number, due_on, price, cut.
    `unfunded`: contract, commissioner, child_id, school, payment, outcome, number, due_on, amount. Both are
    of awards that fell due in the quarter. `held`: contract, child_id, school, payment, outcome, number, due_on,
    price, reason, raised_by. `not_yet`: contract, payment, outcome, children, in the order of the cards.
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

    @property
    def illustrative(self) -> dict[str, tuple[str, ...]]:
        """By contract, the terms that no public source states: a claim on them is an illustration."""
        return {
            contract: tuple(
                dict.fromkeys(
                    w for card in self.cards if card.contract == contract for w in card.illustrative
                )
            )
            for contract in dict.fromkeys(card.contract for card in self.cards if card.illustrative)
        }
