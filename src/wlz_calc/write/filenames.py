"""Names of files that any system takes: Windows refuses some signs, and takes capitals for small letters."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from typing import Final

LONGEST: Final = 120
"""In bytes, with the ending."""
ENDING: Final = ".xlsx"
MARK: Final = "~"
"""Before the sum that tells one name from another like it; in no name otherwise."""
SUM: Final = 8


def file_names(quarter: str, parties: Sequence[tuple[str, str]]) -> list[str]:
    """A name for each contract and commissioner: the same in every quarter, and each once.

    It begins with the quarter, so that it is none of the names that Windows keeps for itself.
    """
    plain = [_plain(f"{quarter} {contract} {commissioner}") for contract, commissioner in parties]
    taken = Counter(name.casefold() for name in plain)
    return [
        name + ENDING if taken[name.casefold()] == 1 and _fits(name) else _marked(name, party)
        for name, party in zip(plain, parties, strict=True)
    ]


def _plain(text: str) -> str:
    """Letters, figures and a few signs, with no space or full stop at the end."""
    kept = re.sub(r"[^\w.,()+&'-]+", " ", unicodedata.normalize("NFC", text))
    return kept.strip(" .")


def _fits(name: str, more: int = 0) -> bool:
    return len(name.encode()) + len(ENDING) + more <= LONGEST


def _marked(name: str, party: tuple[str, str]) -> str:
    """The name as far as it fits, and a sum of whom it is for."""
    mark = MARK + sha256("\n".join(party).encode()).hexdigest()[:SUM]
    while not _fits(name, len(mark)):
        name = name[:-1]
    return f"{name.rstrip(' .')}{mark}{ENDING}"
