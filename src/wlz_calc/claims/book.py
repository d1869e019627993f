"""The book: the sealed claims of a programme, one folder for each contract and quarter.

Each claim names the digest of the one before, so that none can be changed, put in or left out.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import polars as pl

from wlz_calc.claim import Follows
from wlz_calc.claims import ledger
from wlz_calc.claims.sealed import Sealed
from wlz_calc.finding import Finding, Where
from wlz_calc.frames import CLAIMED, REGISTER
from wlz_calc.period import Quarter


class Book(NamedTuple):
    """The sealed claims of each contract, the oldest first, those that were withdrawn, and the folder."""

    folder: Path
    contracts: Mapping[str, tuple[Sealed, ...]]
    withdrawn: Mapping[str, tuple[Sealed, ...]]

    @property
    def claims(self) -> Iterator[Sealed]:
        """All of them, contract by contract."""
        for claims in self.contracts.values():
            yield from claims

    def place(self, contract: str, quarter: Quarter) -> Path:
        """The folder of a claim."""
        return self.folder / contract / str(quarter)

    def newest(self, contract: str) -> Sealed | None:
        """The last claim of a contract that is sealed."""
        claims = self.contracts.get(contract, ())
        return claims[-1] if claims else None

    def before(self, quarter: Quarter) -> "Book":
        """The book as it was before a quarter was closed."""
        earlier = {
            contract: tuple(claim for claim in claims if claim.quarter < quarter)
            for contract, claims in self.contracts.items()
        }
        return self._replace(contracts=earlier)

    def of(self, quarter: Quarter, contract: str | None) -> list[Sealed]:
        """The claims of a quarter, or that of one contract."""
        return [
            claim for claim in self.claims if claim.quarter == quarter and contract in {None, claim.contract}
        ]

    def only(self, contracts: Iterable[str]) -> "Book":
        """The claims of some contracts alone."""
        wanted = set(contracts)
        own = {contract: claims for contract, claims in self.contracts.items() if contract in wanted}
        return self._replace(contracts=own)

    @property
    def left_over(self) -> list[Path]:
        """What was written aside and never sealed, as somebody was interrupted; it is no part of the book."""
        return sorted([*self.folder.glob("*/.*-*"), *self.folder.glob("*/*/.*-*")])

    @property
    def sealed(self) -> list[str]:
        """The contracts of which something is sealed."""
        return [contract for contract, claims in self.contracts.items() if claims]

    @property
    def last(self) -> list[Sealed]:
        """The newest claim of each contract."""
        return [claims[-1] for claims in self.contracts.values() if claims]

    @property
    def held(self) -> pl.DataFrame:
        """What all claims hold, in the columns of frames.CLAIMED."""
        held = (ledger.held([claim.lines for claim in claims]) for claims in self.contracts.values())
        return pl.concat([pl.DataFrame(schema=CLAIMED), *held])

    @property
    def register(self) -> pl.DataFrame:
        """The children of each contract as they were sealed last, in the columns of frames.REGISTER."""
        registers = (claim.register for claim in self.last)
        return pl.concat([pl.DataFrame(schema=REGISTER), *(one for one in registers if one is not None)])

    @property
    def follows(self) -> tuple[Follows, ...]:
        """What a claim of each contract comes after."""
        return tuple(
            Follows(
                newest.contract,
                newest.quarter,
                newest.digest,
                newest.approved_by,
                newest.approval.digest if newest.approval else None,
                tuple(claim.quarter for claim in self.contracts[newest.contract] if not claim.approval),
            )
            for newest in self.last
        )

    def unnamed(self, contract: str) -> list[str]:
        """The digests of the claims that were withdrawn, and that no later one names yet."""
        named = {one for claim in self.contracts.get(contract, ()) for one in claim.stated["withdrawn"]}
        return [claim.digest for claim in self.withdrawn.get(contract, ()) if claim.digest not in named]

    def refusals(self, quarter: Quarter) -> list[Finding]:
        """Why a quarter cannot be claimed: it is closed, or the one before it is not."""
        return [finding for claim in self.last for finding in _refusals(claim, quarter)]


def _refusals(newest: Sealed, quarter: Quarter) -> Iterator[Finding]:
    where = Where(f"{newest.folder.parent.parent.name}/{newest.contract}")
    if newest.withdrawal:
        expected = "a withdrawal that came to its end"
        yield Finding("book-withdrawing", where, f"{newest.quarter}, which is being withdrawn", expected)
    found = f"{quarter}, and {newest.contract} is closed to {newest.quarter}"
    if quarter <= newest.quarter:
        yield Finding("book-closed", where, found, f"{newest.quarter.next} or later")
    elif quarter != newest.quarter.next:
        yield Finding("book-gap", where, found, f"{newest.quarter.next} closed first")
