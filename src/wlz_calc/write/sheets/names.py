"""Names of sheets and tables such as Excel takes: short, without its special characters, and each once."""

import re
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Final

from wlz_calc.write.words import visible

LONGEST_NAME: Final = 31
LONGEST_TABLE: Final = 200
"""Of a name of a table; Excel takes 255."""
RESERVED: Final = (
    "Cover", "By payment", "To date", "Adjustments", "Cut", "Unfunded", "Held", "Set aside", "Not paid",
    "Changes of the register", "Not yet due", "Warnings", "Provenance", "Reconciliation", "History",
)  # fmt: skip
"""Names that a commissioner's sheet does not get; Excel keeps the last for itself."""


def sheet_names(names: Sequence[str]) -> Iterator[str]:
    """A name for each sheet that Excel takes: short enough, without its special characters, and each once."""
    taken = {name.casefold() for name in RESERVED}
    for name in names:
        free = next(text for text in _versions(_clean(name)) if text.casefold() not in taken)
        taken.add(free.casefold())
        yield free


def table_names(ids: Sequence[str]) -> Iterator[str]:
    """A name for the table of each commissioner: `T_school_ark`, of letters that any formula takes."""
    taken: set[str] = set()
    for one in ids:
        name = f"T_{re.sub('[^A-Za-z0-9]', '_', one)[:LONGEST_TABLE]}"
        free = next(text for text in _numbered(name) if text.casefold() not in taken)
        taken.add(free.casefold())
        yield free


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}__{number}" for number in count(2))


def _clean(name: str) -> str:
    """Without what Excel refuses in a name: some characters, and an apostrophe at either end."""
    plain = re.sub(r"[\[\]:*?/\\]", " ", visible(name))
    return " ".join(plain.split()).strip("' ") or "Commissioner"


def _versions(name: str) -> Iterator[str]:
    yield _short(name, LONGEST_NAME)
    number = 2
    while True:
        yield f"{_short(name, LONGEST_NAME - len(f' ({number})'))} ({number})"
        number += 1


def _short(name: str, longest: int) -> str:
    return name if len(name) <= longest else f"{name[: longest - 1].rstrip()}…"
