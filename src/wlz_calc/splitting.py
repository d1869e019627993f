"""Splitting: a claim as one workbook for each commissioner, with nothing of any other in it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

from wlz_calc.claim import Claim
from wlz_calc.claims.seen import Party, seen_by, viewers
from wlz_calc.durable import Writer
from wlz_calc.write.filenames import file_names


def split(claims: Sequence[Claim], folder: Path, commissioner: str | None = None) -> dict[Path, Writer]:
    """What to write for the claims of a quarter: a workbook for every commissioner of each contract.

    `commissioner`: for that one alone. Each is drawn when it is written, so that one at a time is held.
    """
    each = [(claim, party) for claim in claims for party in viewers(claim)]
    if commissioner is not None:
        each = [(claim, party) for claim, party in each if party.commissioner == commissioner]
    names = file_names(str(claims[0].quarter), [party[:2] for _, party in each])
    return {
        folder / name: partial(_write, claim, party) for name, (claim, party) in zip(names, each, strict=True)
    }


def _write(claim: Claim, party: Party, file: BinaryIO) -> None:
    from wlz_calc.write.workbook import claim_workbook

    file.write(claim_workbook(seen_by(claim, party)))
