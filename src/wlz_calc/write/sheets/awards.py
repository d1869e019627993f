"""Awards beside what was claimed of them: so that what a limit cut can be followed to the penny."""

from typing import Final

import polars as pl

from wlz_calc.claim import Claim

AWARD: Final = ("contract", "child_id", "payment", "number")


def cut(claim: Claim) -> pl.DataFrame:
    """The awards that were cut; where the parts of all commissioners are there, with what became of the rest.

    `unfunded`: what commitments did not cover; `claimed`: what was claimed to date, in pence.
    """
    if not _is_whole(claim):
        return claim.cut
    claimed = pl.concat([_amounts(frame) for frame in (claim.before, claim.opening, claim.lines)])
    return claim.cut.with_columns(
        _sums(_amounts(claim.unfunded), claim.cut).alias("unfunded"),
        _sums(claimed, claim.cut).alias("claimed"),
    )


def _is_whole(claim: Claim) -> bool:
    """Whether the parts of all commissioners are there, and not those of one."""
    newest = (
        (terms.share[max(terms.share)] for terms in card.commissioners.values()) for card in claim.cards
    )
    return all(sum(shares) == 1 for shares in newest)


def _sums(amounts: pl.DataFrame, awards: pl.DataFrame) -> pl.Series:
    sums = amounts.group_by(AWARD).agg(pl.col("amount").sum())
    joined = awards.select(_keys()).join(sums, on=AWARD, how="left", maintain_order="left")
    return joined.get_column("amount").fill_null(0)


def _amounts(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(*_keys(), "amount")


def _keys() -> list[pl.Expr]:
    return [pl.col(name) if name == "number" else pl.col(name).cast(pl.String) for name in AWARD]
