"""A programme as it was read: its cards, its extracts as sound typed frames, and the files they came from."""

from collections.abc import Mapping
from typing import NamedTuple

import polars as pl

from wlz_calc.ratecard.card import Card


class InputFile(NamedTuple):
    """A file that a result rests on. `role`: config, card, schools, holds, or the name of an extract.

    `validated`: who vouches for an extract, and since when.
    """

    role: str
    file: str
    sha256: str
    rows: int | None
    validated: str | None = None


class Extracts(NamedTuple):
    """The typed frames of `tables.FRAMES` (a table that was not sent is empty), and the files read.

    `schools`: school and name, where the extract was sent.
    """

    frames: Mapping[str, pl.DataFrame]
    schools: pl.DataFrame | None
    files: tuple[InputFile, ...]

    def file(self, table: str) -> str:
        """The file of a table, as findings name it."""
        return next(source.file for source in self.files if source.role == table)


class Programme(NamedTuple):
    """All that a calculation starts from. `files` are all that were read, cards and config among them."""

    provider: str
    cards: tuple[Card, ...]
    extracts: Extracts
    files: tuple[InputFile, ...]
