"""A file as it came, and as it is opened: what every format gives alike.

Whatever the format, a table is a row of headings and rows of text below it, numbered as the spreadsheet does.
"""

from collections.abc import Callable, Sequence
from hashlib import file_digest, sha256
from pathlib import Path
from threading import Thread
from typing import Final, NamedTuple

import polars as pl

from wlz_calc.finding import Finding, Where

TOP: Final = 30
"""How many rows from the top are kept: in one of them stand the headings."""

UNCOLLECTED: Final = (pl.exceptions.PolarsError, pl.exceptions.PanicException)
"""How Polars says that text cannot be collected: over a damaged parquet file it may panic."""

Closer = Callable[[], tuple[pl.LazyFrame | None, list[Finding]]]
"""A closer look at text that could not be collected: text that can be, or why there is none."""


class Opened(NamedTuple):
    """A file that can be read: its headings, and the text below them.

    `text` has `row`, the number that the spreadsheet shows, and one column for each heading, named by its
    place: "0", "1", ... `top`: the rows at the top of the file, headings among them. `closer`: to be called
    where `text` cannot be collected. `large`: it has very many rows. `typed`: the same rows in the types
    that they have there, in a format that has types.
    """

    role: str
    file: str
    sheet: str | None
    checksum: "Checksum"
    headings: tuple[str, ...]
    heading_row: int
    text: pl.LazyFrame
    top: tuple[tuple[str, ...], ...]
    closer: Closer
    large: bool = False
    typed: pl.LazyFrame | None = None


class Received(NamedTuple):
    """A file, and where in it the table stands, as far as somebody said so.

    `held`: its bytes; none where it is so large that it is read from its place, as far as its format allows.
    """

    role: str
    file: str
    path: Path
    held: bytes | None
    sheet: str | None = None
    header_row: int | None = None

    @property
    def raw(self) -> bytes:
        """All of its bytes."""
        return self.path.read_bytes() if self.held is None else self.held

    @property
    def heading_row(self) -> int:
        """The row of the headings, counted from 1."""
        return self.header_row or 1

    def opened(
        self,
        text: pl.LazyFrame,
        top: Sequence[Sequence[str | None]],
        closer: Closer,
        sheet: str | None = None,
    ) -> Opened:
        """The file as it is opened; `top`: its rows from the first to that of the headings, or further."""
        rows = tuple(tuple((cell or "").strip() for cell in row) for row in top)
        headings = rows[self.heading_row - 1]
        return Opened(
            self.role,
            self.file,
            sheet,
            Checksum(self.path, self.held),
            headings,
            self.heading_row,
            text,
            rows[: self._kept],
            closer,
            self.held is None,
        )

    @property
    def _kept(self) -> int:
        return self.heading_row + TOP

    def finding(self, code: str, found: str, expected: str, row: int | None = None) -> Finding:
        """Something about this file, or a row of it."""
        return Finding(code, Where(self.file, row, sheet=self.sheet), found, expected)

    def empty(self) -> Finding:
        """There is nothing in it."""
        return self.finding("file-empty", "nothing", "a row of headings, and rows below it")

    def without_headings(self, height: int) -> Finding:
        """The headings are to stand below the last row."""
        return self.finding(
            "file-header-row", f"the last row is {height}", f"headings in row {self.heading_row}"
        )


class Checksum:
    """The SHA-256 of a file, taken while the file is read.

    Raises, where it is asked for:
        OSError: the file is no longer there.
    """

    def __init__(self, path: Path, held: bytes | None) -> None:
        self._path, self._held = path, held
        self._taken: str | OSError = ""
        self._taking = Thread(target=self._take)
        self._taking.start()

    def __str__(self) -> str:
        self._taking.join()
        if isinstance(self._taken, OSError):
            raise self._taken
        return self._taken

    def _take(self) -> None:
        try:
            self._taken = _checksum(self._path, self._held)
        except OSError as error:
            self._taken = error


def _checksum(path: Path, held: bytes | None) -> str:
    if held is not None:
        return sha256(held).hexdigest()
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def places(width: int) -> list[str]:
    """The names of so many columns, by their places."""
    return [str(place) for place in range(width)]
