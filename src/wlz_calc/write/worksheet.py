"""The worksheet: what was drawn from a sealed claim, for a verifier who looks at the evidence of each.

Promises that every item has its stratum, what was decided and why in words, and the rows behind it by file,
sheet and row, with room for what the verifier finds; and that the sample can be drawn again by the command
that it states. It names children, and says so.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, Protocol

import polars as pl

from wlz_calc.claim import illustrative, provenance_of
from wlz_calc.decision import Reason
from wlz_calc.period import Quarter
from wlz_calc.ratecard.card import Card
from wlz_calc.ratecard.conditions import tests
from wlz_calc.write import beside, words
from wlz_calc.write.evidence import Origins, origins, register, rests_on

TITLE: Final = "Worksheet for the verifier of a claim"
CONFIDENTIAL: Final = "CONFIDENTIAL"
CONFIDENTIAL_LINE: Final = f"{CONFIDENTIAL}: it names children, and is for the verifier alone."
METHOD: Final = (
    "A stratum is what was claimed, or what was not, of a payment at a school. Of each the share is drawn, "
    "rounded up. The unit of what was claimed is an award (new, corrected or reversed) with the parts of all "
    "commissioners; of what was not, a decision that was no award at the end of the quarter, whenever it was "
    "made. Not drawn from: earlier claims and the opening balance, awards held or cut to nothing (the claim "
    "lists each), what is not payable in the child's phase, and what has a window that is still open."
)
_Types = Mapping[str, pl.DataType | type[pl.DataType]]
STRATA: Final[_Types] = {
    "stratum": pl.Int64,
    "claimed": pl.String,
    "payment": pl.String,
    "school": pl.String,
    "size": pl.Int64,
    "drawn": pl.Int64,
}
ITEMS: Final[_Types] = {
    "no": pl.Int64,
    "stratum": pl.Int64,
    "claimed": pl.String,
    "child_id": pl.String,
    "school": pl.String,
    "payment": pl.String,
    "outcome": pl.String,
    "number": pl.Int64,
    "decision": pl.String,
    "reason": pl.String,
    "due_on": pl.Date,
    "price": pl.Int64,
    "amount": pl.Int64,
    "evidence": pl.String,
    "seen": pl.String,
    "agrees": pl.String,
    "note": pl.String,
    "initials": pl.String,
}
"""What is said of each item, money in pence, and the columns that are left to the verifier."""


class Drawn(Protocol):
    """What was drawn from a sealed claim: see `claims.draw.Draw`."""

    @property
    def contract(self) -> str:
        """The contract claimed on."""

    @property
    def quarter(self) -> Quarter:
        """The quarter claimed for."""

    @property
    def digest(self) -> str:
        """The digest of the claim."""

    @property
    def stated(self) -> Mapping[str, Any]:
        """What the claim says of itself."""

    @property
    def rate(self) -> Decimal:
        """The share of each stratum that was to be drawn."""

    @property
    def seed(self) -> int:
        """What it was drawn by."""

    @property
    def strata(self) -> pl.DataFrame:
        """The strata, their sizes, and how many were drawn of each."""

    @property
    def items(self) -> pl.DataFrame:
        """What was drawn, with its decisions and their evidence."""


class Worksheet:
    """What was drawn, in words, on the cards that it was decided on."""

    def __init__(self, drawn: Drawn, cards: tuple[Card, ...]) -> None:
        self.drawn = drawn
        self.cards = cards
        self.quarter = drawn.quarter
        self.provider = str(drawn.stated["provider"])
        self.provenance = provenance_of(drawn.stated["provenance"])
        self.provisional = False
        self.illustrative = illustrative(cards)

    @property
    def command(self) -> str:
        """How the same is drawn again."""
        of = f"{self.drawn.quarter} FOLDER --contract {self.drawn.contract}"
        return f"wlz-calc claims draw {of} --rate {self.drawn.rate} --seed {self.drawn.seed}"

    @property
    def head(self) -> tuple[str, ...]:
        """Which claim, how much of it was drawn, and how to draw the same again."""
        size, drawn = (int(self.drawn.strata[name].sum()) for name in ("size", "drawn"))
        return (
            f"{self.provider}, contract {self.drawn.contract}",
            beside.headline(self),
            f"Digest of the claim: {self.drawn.digest}",
            f"Drawn: {drawn:,} of {size:,}, at a rate of {self.drawn.rate} with the seed {self.drawn.seed}",
            f"Drawn again by: {self.command}",
        )

    @cached_property
    def strata(self) -> pl.DataFrame:
        """The strata in words, in the columns of STRATA."""
        rows = [_in_words(row) for row in self.drawn.strata.iter_rows(named=True)]
        return pl.DataFrame([{name: _shown(row[name]) for name in STRATA} for row in rows], schema=STRATA)

    @cached_property
    def items(self) -> pl.DataFrame:
        """What was drawn in words, in the columns of ITEMS."""
        rows = [_in_words(row) | self._decided(row) for row in self.drawn.items.iter_rows(named=True)]
        return pl.DataFrame([{name: _shown(row.get(name)) for name in ITEMS} for row in rows], schema=ITEMS)

    def _decided(self, row: Mapping[str, Any]) -> dict[str, str]:
        evidence = row["evidence"] or ()
        measured = self._measured.get((row["card_version"], row["payment"], row["outcome"]), ())
        rows = rests_on(evidence, measured, self._origins)
        left = [register(self._origins)] if row["reason"] == Reason.LEFT else []
        return {
            "decision": words.status(row["status"]) if row["status"] else "none: no longer on the register",
            "reason": words.why(row["reason"], evidence, measured),
            "evidence": "; ".join([*left, *filter(None, [rows])]),
        }

    @cached_property
    def _origins(self) -> Origins:
        return origins(self.provenance.files)

    @cached_property
    def _measured(self) -> dict[tuple[int, str, str | None], tuple[str, ...]]:
        """The measures of a payable's tests, by card version, payment and outcome."""
        return {
            (card.version, item.payment, item.outcome): tuple(test.measure for test in tests(item.when))
            for card in self.cards
            for item in card.payables
        }


def _in_words(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of strata or of items with words for its codes."""
    outcome = words.title(row.get("outcome") or "")
    said = {"claimed": _claimed(row), "payment": words.title(row["payment"]), "outcome": outcome or None}
    return {**row, **said}


def _claimed(row: Mapping[str, Any]) -> str:
    """Whether it was claimed, and of an item as what."""
    if not row["claimed"]:
        return "not claimed"
    return words.kind(row["kind"], row["corrects"]) if row.get("kind") else "claimed"


def _shown(value: Any) -> Any:  # noqa: ANN401 - a cell of a frame
    return words.visible(value) if isinstance(value, str) else value
