"""The setting of a result: whose it is, for which quarter, on which cards, made with and from what.

Whatever has these can be marked and stamped: a claim has them, and so have the decisions behind it.
"""

from collections.abc import Mapping, Sequence
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
