"""What is known on the as-of date: nothing dated later is, whatever stands in the extracts.

Source: rate-cards, Meaning, As of. `submitted_at` only ranks submissions and is not looked at here.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

import polars as pl

from wlz_calc import pages
from wlz_calc.frames import CLAIMED, FRAMES
from wlz_calc.ratecard.card import Card

NOTHING_CLAIMED: Final = pl.DataFrame(schema=CLAIMED)

DATED: Final = {
    "engagement": "date",
    "attendance": "end",
    "attainment": "date",
    "sdq": "date",
    "survey": "date",
}
"""The column by which a row of each extract is dated, an attendance period by its end; a mark by its bit."""


class Known(NamedTuple):
    """The register, the extracts and the holds as they are known on a day, the last that is known."""

    as_of: date
    children: pl.DataFrame
    extracts: Mapping[str, pl.LazyFrame]
    holds: pl.DataFrame
    claimed: pl.DataFrame
    """The awards that earlier claims hold: child, contract, payment, number, and of frames.CLAIMED
    outcome, corrects, place, begun and amount (of all commissioners)."""

    def children_on(self, card: Card) -> pl.DataFrame:
        """Those of them on a card; see `children_on`."""
        return children_on(card, self.children)

    def without_readings(self) -> "Known":
        """The same with nothing of a child but its row in the register."""
        return self._replace(extracts={})

    def of(self, child_ids: pl.Series) -> "Known":
        """The same of some children only; holds are for everybody."""
        own = self.children.filter(pl.col("child_id").is_in(child_ids.implode()))
        here = pl.col("child").is_in(own.get_column("child").implode())
        return self._replace(
            children=own,
            extracts={name: frame.filter(here) for name, frame in self.extracts.items()},
            claimed=self.claimed.filter(here),
        )

    def in_parts(self, size: int) -> Iterator["Known"]:
        """The same, so many children at once and all that is known of each; holds are for everybody."""
        if self.children.height <= size:
            yield self
            return
        numbers = self.children.get_column("child").sort()
        for start in range(0, len(numbers), size):
            own = numbers.slice(start, size)
            here = pl.col("child").is_between(own.item(0), own.item(-1))
            extracts = {name: frame.filter(here) for name, frame in self.extracts.items()}
            yield self._replace(
                children=self.children.filter(here), extracts=extracts, claimed=self.claimed.filter(here)
            )


def children_on(card: Card, children: pl.DataFrame) -> pl.DataFrame:
    """The children on a card, with the phase it gives them and who completes their questionnaires."""
    asked = FRAMES["sdq"]["informant"]
    informant = pl.col("phase").replace_strict(dict(card.informants), default=None, return_dtype=asked)
    joined = pl.col("joined_on").is_between(card.joined.start, card.joined.end)
    return (
        children.lazy()
        .filter(pl.col("contract") == card.contract, joined)
        .with_columns(phase=phase_on(card))
        .with_columns(informant=informant)
        .collect()
    )


def phase_on(card: Card) -> pl.Expr:
    """The phase that a card gives a child's year group."""
    return pl.col("year_group").replace_strict(card.phase_of, return_dtype=pl.String)


def known(
    children: pl.DataFrame,
    extracts: Mapping[str, pl.DataFrame],
    holds: pl.DataFrame,
    as_of: date,
    claimed: pl.DataFrame = NOTHING_CLAIMED,
) -> Known:
    """What of it is known on a day, such as the last of a quarter.

    Later rows are not there, and a later consent_on or left_on is empty.
    `claimed`: what sealed claims hold, in the columns of frames.CLAIMED.
    """
    here = (
        children.lazy()
        .filter(pl.col("joined_on") <= as_of)
        .with_columns(pl.when(pl.col(day) <= as_of).then(day).alias(day) for day in ("consent_on", "left_on"))
        .collect()
    )
    dated = {
        name: frame.lazy().filter(pl.col(DATED[name]) <= as_of)
        for name, frame in extracts.items()
        if name in DATED
    }
    until = pages.inside(pl.col("possible", "attended"), pl.col("page"), pl.col("page"), pl.lit(as_of))
    dated["marks"] = extracts["marks"].lazy().with_columns(until)
    to = pl.col("to").is_null() | (pl.col("to") >= as_of)
    return Known(as_of, here, dated, holds.filter(pl.col("from") <= as_of, to), _awarded(claimed, here))


def _awarded(claimed: pl.DataFrame, children: pl.DataFrame) -> pl.DataFrame:
    """The awards of these children that are claimed; of two outcomes under one number the later."""
    award = ("contract", "child_id", "payment", "number")
    return (
        claimed.lazy()
        .filter(pl.col("amount") > 0)
        .sort(*award, "corrects", "commissioner")
        .group_by(award, maintain_order=True)
        .agg(pl.col("outcome", "corrects").last(), pl.col("place", "begun").first(), pl.col("amount").sum())
        .join(children.lazy().select("child", "child_id"), on="child_id")
        .collect()
    )
