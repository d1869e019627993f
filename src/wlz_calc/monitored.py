"""What was monitored, as data: the results of the outcomes framework, and the payments beside them."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

import polars as pl

from wlz_calc.claim import Provenance, illustrative
from wlz_calc.frames import PENCE
from wlz_calc.ratecard.card import Card


class By(StrEnum):
    """What results are split by, one at a time."""

    ALL = "all"
    PHASE = "phase"
    SCHOOL = "school"
    PARTNER = "partner"
    COHORT = "cohort"

    @property
    def adds_up(self) -> bool:
        """Whether the groups are apart: a child counts at each delivery partner that it went to."""
        return self is not By.PARTNER


class State(StrEnum):
    """What can be said of a child on one measure; just one of them."""

    OPEN = "open"
    NO_WINDOW = "no_window"
    NO_BASELINE = "no_baseline"
    NO_ENDPOINT = "no_endpoint"
    OTHER_SCALE = "other_scale"
    NO_EXPECTED = "no_expected"
    NOT_AT_RISK = "not_at_risk"
    NO_LONGER_AT_RISK = "no_longer_at_risk"
    IMPROVED = "improved"
    NOT_IMPROVED = "not_improved"


UNREAD: Final = (
    State.OPEN,
    State.NO_WINDOW,
    State.NO_BASELINE,
    State.NO_ENDPOINT,
    State.OTHER_SCALE,
    State.NO_EXPECTED,
)
"""Without two readings that can be set against each other, so far or for good."""
AT_RISK: Final = (State.NO_LONGER_AT_RISK, State.IMPROVED, State.NOT_IMPROVED)
"""What can become of a child that was at risk, or of any where no threshold is stated."""

STATE: Final = pl.Enum(State)
_ROW: Final = {"contract": pl.String(), "card_version": pl.Int32(), "group": pl.String()}
MEASURED: Final = pl.Schema(
    {
        **_ROW,
        "domain": pl.String(),
        "area": pl.String(),
        "measure": pl.String(),
        "phases": pl.List(pl.String()),
        "paid": pl.String(),
        "children": pl.Int64(),
        "both_readings": pl.Int64(),
        "at_risk": pl.Int64(),
        **dict.fromkeys(map(str, State), pl.Int64()),
    }
)
"""One row per measure and group; `group` is null for all of them together. `domain` is null where a measure
is in no area of the framework, `paid` (the outcome) where it is not paid, `at_risk` and `not_at_risk` where
no threshold is stated."""
FUNNEL: Final = pl.Schema(
    {**_ROW, "payment": pl.String(), "children": pl.Int64(), "met": pl.Int64(), "value": PENCE()}
)
"""One row per payment and group: the children of the card, those for whom it is met or held, and the pence
that these awards come to at the prices of the card."""
SIZES: Final = pl.Schema({**_ROW, "phase": pl.String(), "children": pl.Int64()})
"""How many children there are, by phase and group."""

Cell = tuple[str, int, str]
"""A figure: `measures` or `funnel`, the number of the row, and the column."""


class Results(NamedTuple):
    """Results as of a day: `measures` (MEASURED), `funnel` (FUNNEL) and `sizes` (SIZES).

    `least`: counts below it are not published; none on the analyst's own screen. `suppressed`: the figures
    that are not shown for it. `schools`: their names by their codes.
    """

    provider: str
    as_of: date
    by: By
    cards: tuple[Card, ...]
    measures: pl.DataFrame
    funnel: pl.DataFrame
    sizes: pl.DataFrame
    schools: Mapping[str, str]
    provenance: Provenance
    least: int | None = None
    suppressed: frozenset[Cell] = frozenset()

    @property
    def illustrative(self) -> dict[str, tuple[str, ...]]:
        """By contract, the terms that no public source states."""
        return illustrative(self.cards)
