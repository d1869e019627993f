"""Names of sheets such as Excel takes: short enough, without its special characters, and each once."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from wlz_calc.write.words import visible

LONGEST_NAME: Final = 31
RESERVED: Final = (
    "Summary", "Held", "Cut", "Unfunded", "Not yet due", "Warnings", "Provenance", "History",
)  # fmt: skip
"""Names that a commissioner's sheet does not get; Excel keeps the last for itself."""


def sheet_names(names: Sequence[str]) -> Iterator[str]:
    """A name for each sheet that Excel takes: short enough, without its special characters, and each once."""
    taken = {name.casefold() for name in RESERVED}
    for name in names:
        free = next(text for text in _versions(_clean(name)) if text.casefold() not in taken)
        taken.add(free.casefold())
        yield free


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
