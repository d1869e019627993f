"""A programme as it was read: its cards, its extracts as sound typed frames, and the files they came from."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import polars as pl

from wlz_calc.finding import Finding, Where
from wlz_calc.ratecard.card import Card
from wlz_calc.ratecard.invoicing import NO_ACCOUNTS, Accounts


class InputFile(NamedTuple):
    """A file, or a sheet of it, that a result rests on. `role`: config, card, schools, holds, or an extract.

    `validated`: who vouches for an extract, and since when. `after`: what its rows are numbered after, where
    a table comes in several parts: row 5 of a part after 100 is row 105 of the table. `headings`: theirs, by
    column of ours, where they differ.
    """

    role: str
    file: str
    sha256: str
    rows: int | None
    validated: str | None = None
    sheet: str | None = None
    after: int = 0
    headings: Mapping[str, str] = MappingProxyType({})


class Origin(NamedTuple):
    """Where the rows of a table come from: its parts, in the order of their rows."""

    parts: tuple[InputFile, ...]

    def number(self, where: Where) -> int | None:
        """The number in the table of a row of one of its files; none, if the place is elsewhere."""
        for part in self.parts:
            if (part.file, part.sheet) == (where.file, where.sheet) and where.row is not None:
                return where.row + part.after
        return None

    def part(self, row: int) -> InputFile:
        """The part that a row of the table stands in."""
        return self.parts[bisect_left([part.after for part in self.parts], row) - 1]

    def by_part(self, rows: pl.DataFrame) -> Iterator[tuple[InputFile, pl.DataFrame]]:
        """Rows of the table, by their numbers in the column `row`, as each part numbers its own."""
        ends = [part.after for part in self.parts[1:]]
        for part, end in zip_longest(self.parts, ends):
            own = pl.col("row") > part.after
            own_rows = rows.lazy().filter(own if end is None else own & (pl.col("row") <= end))
            here = own_rows.with_columns(pl.col("row") - part.after).collect()
            if here.height:
                yield part, here

    def where(self, row: int, column: str | None = None) -> Where:
        """A row of the table as the spreadsheet numbers it, in its own file."""
        part = self.part(row)
        theirs = part.headings.get(column or "")
        return Where(part.file, row - part.after, f"{theirs} ({column})" if theirs else column, part.sheet)

    @property
    def whole(self) -> Where:
        """All of the table: its file, or the first of them."""
        return Where(self.parts[0].file, sheet=self.parts[0].sheet)


class Aside(NamedTuple):
    """A row that is set aside because of an error, and the child it is of, if that can be told."""

    child_id: str | None
    finding: Finding


class Extracts(NamedTuple):
    """The typed frames of `frames.FRAMES` (a table that was not sent is empty), and the files read.

    `schools`: school and name, where the extract was sent. `aside`: what was set aside, where that was asked
    for; a child of the register of whom something was is on hold. `passed_over`: by table, where they
    were asked for, the rows that are sound and yet not in its frame: superseded, repeated, or of no score.
    """

    frames: Mapping[str, pl.DataFrame]
    schools: pl.DataFrame | None
    files: tuple[InputFile, ...]
    aside: tuple[Aside, ...] = ()
    passed_over: Mapping[str, pl.DataFrame] = MappingProxyType({})

    @property
    def set_aside(self) -> list[str]:
        """The children of whom a row was set aside."""
        return sorted({aside.child_id for aside in self.aside if aside.child_id is not None})

    def origin(self, table: str) -> Origin:
        """Where the rows of a table come from."""
        return Origin(tuple(source for source in self.files if source.role == table))


class Issued(NamedTuple):
    """The file of a card, as it was read: its name, its digest and its text."""

    file: str
    sha256: str
    text: bytes


Issue = tuple[str, int]
"""What tells cards apart: contract and version."""


class Programme(NamedTuple):
    """All that a calculation starts from. `files` are all that were read, cards and config among them.

    `issued`: the files of the cards. `book`: the folder of sealed claims, which need not be there.
    `accounts`: what wlz.yaml says of invoices.
    """

    provider: str
    cards: tuple[Card, ...]
    extracts: Extracts
    files: tuple[InputFile, ...]
    issued: Mapping[Issue, Issued]
    book: Path
    accounts: Accounts = NO_ACCOUNTS

    @property
    def contracts(self) -> list[str]:
        """The contracts that there are cards for, in the order of the cards."""
        return list(dict.fromkeys(card.contract for card in self.cards))

    def only(self, contract: str | None, but_not: Collection[str] = ()) -> "Programme":
        """The same with the cards of one contract alone, or with those of all but some if any are left."""
        wanted = {contract} if contract else set(self.contracts) - set(but_not) or set(self.contracts)
        return self._replace(cards=tuple(card for card in self.cards if card.contract in wanted))

    def without_holds(self) -> "Programme":
        """The same with nothing on hold."""
        frames = {**self.extracts.frames, "holds": self.extracts.frames["holds"].clear()}
        return self._replace(extracts=self.extracts._replace(frames=frames))

    def without_readings(self) -> "Programme":
        """The same with nothing of a child but its row in the register."""
        frames = {"children": self.extracts.frames["children"]}
        return self._replace(extracts=self.extracts._replace(frames=frames))
