"""A sealed claim: the files of one contract and quarter, as they are in the book.

Its data are plain files: `lines.csv`, `decisions.parquet`, `register.csv`, the rate cards and what stands
beside the claim. `claim.json` says what it is and holds the digest of each of them, and SHA256SUMS lets
anybody check all of them without this tool (`sha256sum -c`). The digest of a claim is that of its
`claim.json`.
"""

import json
from collections.abc import Mapping
from hashlib import file_digest
from pathlib import Path
from typing import Any, Final, NamedTuple

import polars as pl

from wlz_calc.claims import ledger
from wlz_calc.period import Quarter
from wlz_calc.programme import Issue, Issued

CLAIM: Final = "claim.json"
LINES: Final = "lines.csv"
BLOCKS: Final = "lines.blocks.csv"
DECISIONS: Final = "decisions.parquet"
REGISTER: Final = "register.csv"
BESIDE: Final = "beside.json"
SUMS: Final = "SHA256SUMS"
APPROVAL: Final = "approval"
"""The folder in that of a claim which holds the word of a second person, once there is one."""
WITHDRAWAL: Final = "withdrawal"
"""The folder in that of a claim which says who took it back, and why."""
WITHDRAWN: Final = "withdrawn"
"""The folder, among the quarters of a contract, of claims that were taken back."""


SHORT: Final = 12
"""So much of a digest tells one claim of a quarter from another."""


class UnreadableError(ValueError):
    """What agrees with its sums, and yet is no claim."""


class Record(NamedTuple):
    """What was put on record beside a claim, such as its approval, and the digest of that."""

    digest: str
    stated: Mapping[str, Any]


class Sealed(NamedTuple):
    """A sealed claim of one contract. `stated`: what its `claim.json` says; `digest`: the SHA-256 of that."""

    contract: str
    quarter: Quarter
    folder: Path
    digest: str
    stated: Mapping[str, Any]
    approval: Record | None
    withdrawal: Record | None = None

    @property
    def lines(self) -> pl.DataFrame:
        """Its lines, the opening balance among them, in the columns of frames.LINES.

        Raises:
            UnreadableError: they are no lines.
        """
        try:
            return ledger.read(self.folder / LINES)
        except pl.exceptions.PolarsError as error:
            raise UnreadableError(self.folder.name) from error

    @property
    def decisions(self) -> pl.LazyFrame | None:
        """The decisions behind it, in the columns that `decisions` writes; an import has none."""
        file = self.folder / DECISIONS
        return pl.scan_parquet(file) if file.exists() else None

    @property
    def register(self) -> pl.DataFrame | None:
        """The children of the contract as the register had them (see frames.REGISTER); an import has none."""
        file = self.folder / REGISTER
        return ledger.register(file) if file.exists() else None

    @property
    def beside(self) -> Mapping[str, Any]:
        """What stood beside the claim."""
        beside: Mapping[str, Any] = json.loads((self.folder / BESIDE).read_bytes())
        return beside

    @property
    def cards(self) -> list[Path]:
        """The rate cards it rests on."""
        return sorted(self.folder.glob("card-*.yaml"))

    def edited(self, issued: Mapping[Issue, Issued]) -> bool:
        """Whether the cards of its contract are other files today; `issued`: those of all contracts."""
        now = {card.sha256 for (contract, _), card in issued.items() if contract == self.contract}
        return now != {digest(card) for card in self.cards}

    @property
    def stands(self) -> bool:
        """Whether it is there still, and nobody is withdrawing it."""
        return self.folder.exists() and not (self.folder / WITHDRAWAL).exists()

    @property
    def approved_by(self) -> str | None:
        """The second person, if somebody has approved it."""
        return str(self.approval.stated["by"]) if self.approval else None

    @property
    def is_import(self) -> bool:
        """Whether it holds what was claimed by other means."""
        return "imported" in self.stated


def opened(folder: Path) -> Sealed:
    """A claim whose files are as they were sealed.

    Raises:
        ValueError, KeyError: it is not a claim.
    """
    claim = record(folder, CLAIM)
    approval, withdrawal = (
        record(folder / name, f"{name}.json") if (folder / name).is_dir() else None
        for name in (APPROVAL, WITHDRAWAL)
    )
    return Sealed(
        str(claim.stated["contract"]),
        Quarter.parse(str(claim.stated["quarter"])),
        folder,
        claim.digest,
        claim.stated,
        approval,
        withdrawal,
    )


def withdrawn_name(quarter: Quarter, digest: str) -> str:
    """The folder of a claim that was taken back."""
    return f"{quarter}-{digest[:SHORT]}"


def record(folder: Path, name: str) -> Record:
    """What a file states, with its digest.

    Raises:
        ValueError: it is not a JSON object.
    """
    stated = json.loads((folder / name).read_bytes())
    if not isinstance(stated, Mapping):
        raise ValueError(name)  # noqa: TRY004 - whoever reads a book asks for one kind of error
    return Record(digest(folder / name), stated)


def digest(file: Path) -> str:
    """The SHA-256 of a file.

    Raises:
        OSError: it cannot be read.
    """
    with file.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()


def sums_of(digests: Mapping[str, str]) -> str:
    """Sums as `sha256sum` writes and checks them."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))
