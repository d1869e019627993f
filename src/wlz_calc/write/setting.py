"""The setting of a result: whose it is, for which quarter, on which cards, made with and from what.

Whatever has these can be marked and stamped. A claim has them; for decisions, which come without a claim, a
`Setting` is made.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from wlz_calc.claim import Provenance
from wlz_calc.period import Quarter
from wlz_calc.ratecard.card import Card


class Stated(Protocol):
    """What every output states about itself."""

    @property
    def provider(self) -> str:
        """Who delivers and claims."""

    @property
    def quarter(self) -> Quarter:
        """The quarter claimed for."""

    @property
    def provisional(self) -> bool:
        """Whether it may still change."""

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards it rests on."""

    @property
    def provenance(self) -> Provenance:
        """What it was made with and from."""

    @property
    def illustrative(self) -> Mapping[str, Sequence[str]]:
        """By contract, the terms that no public source states."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The setting of decisions."""

    provider: str
    quarter: Quarter
    provisional: bool
    cards: tuple[Card, ...]
    provenance: Provenance

    @property
    def illustrative(self) -> dict[str, tuple[str, ...]]:
        """By contract, the terms that no public source states; each once, however many cards name it."""
        found: dict[str, dict[str, None]] = {}
        for card in self.cards:
            if card.illustrative:
                found.setdefault(card.contract, {}).update(dict.fromkeys(card.illustrative))
        return {contract: tuple(terms) for contract, terms in found.items()}
