"""Text files: cells between commas, semicolons, tabs or upright strokes.

A spreadsheet has a row where a program sees lines: a quoted title may hold line ends, and is one row.
"""

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

import polars as pl

from wlz_calc.finding import Finding
from wlz_calc.read.received import TOP, Opened, Received, places

BOM: Final = codecs.BOM_UTF8
NO_TEXT: Final = {
    codecs.BOM_UTF16_LE: "UTF-16 (Unicode text)",
    codecs.BOM_UTF16_BE: "UTF-16 (Unicode text)",
    b"PK\x03\x04": "a workbook, under a name that ends as csv does",
}
"""How files begin that are often sent in the place of a csv file."""
CSV: Final = "UTF-8 text"
SEPARATORS: Final = ",;\t|"
AS_SPLIT: Final = pl.QueryOptFlags.none()
"""How text is collected: as it is written. With projections pushed down, a row too long is not seen."""


START: Final = (b"", 0)
"""The state of a decoder that has no character begun."""
HEAD: Final = 2**20
"""In so many bytes of a large file its headings are looked for."""


class _Table(NamedTuple):
    """What separates the cells, and the bytes from the headings on, as UTF-8.

    Or the place of a large file, and how many of its lines are `skipped`.
    """

    received: Received
    content: bytes | Path
    separator: str
    width: int
    skipped: int = 0

    @property
    def text(self) -> bytes:
        """The bytes from the headings on."""
        if isinstance(self.content, bytes):
            return self.content
        return self.content.read_bytes().removeprefix(BOM).split(b"\n", self.skipped)[self.skipped]


def read(received: Received) -> tuple[Opened | None, list[Finding]]:
    """A text file opened: its encoding, its separator and its headings are found."""
    if received.held is None and (opened := _in_place(received)):
        return opened, []
    content = received.raw.removeprefix(BOM)
    if not content or content.isspace():
        return None, [received.empty()]
    text, findings = _as_utf8(content, received)
    if text is None:
        return None, findings
    text = text if b"\n" in text else text.replace(b"\r", b"\n")  # csv of an old Macintosh
    if opened := _opened(text, received):
        return opened, findings
    return None, [_without_headings(text, _separator(text, received.heading_row), received)]


def _opened(text: bytes, received: Received, place: Path | None = None) -> Opened | None:
    """A file with its headings in this text, if they are there; `place`: where the rest is behind a head."""
    separator = _separator(text, received.heading_row)
    start, top = _top(text, separator, received.heading_row)
    if len(top) < received.heading_row:
        return None
    content, skipped = (place, text.count(b"\n", 0, start)) if place else (text[start:], 0)
    table = _Table(received, content, separator, len(top[received.heading_row - 1]), skipped)
    return received.opened(_scanned(table), top, lambda: _closer(table))


def _in_place(received: Received) -> Opened | None:
    """A large file that is read from its place, if it is sound UTF-8 and its headings are soon found."""
    with received.path.open("rb") as file:
        head = file.read(HEAD).removeprefix(BOM)
    head = head[: head.rfind(b"\n") + 1]
    if not head.strip() or head.startswith(tuple(NO_TEXT)) or not _is_sound(received.path):
        return None
    return _opened(head, received, received.path)


def _is_sound(path: Path) -> bool:
    """Whether a file is UTF-8 throughout, without the character NUL."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while chunk := file.read(HEAD):
                if not (chunk.isascii() and decoder.getstate() == START):
                    decoder.decode(chunk)
                if b"\0" in chunk:
                    return False
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _without_headings(content: bytes, separator: str, received: Received) -> Finding:
    """The rows end before that of the headings, or run into one cell."""
    height = 0
    try:
        for _ in _strictly(content, separator):
            height += 1
    except csv.Error:
        return _open_quote(received, height + 1)
    return received.without_headings(height)


# ---------------------------------------------------------------- characters


def _as_utf8(raw: bytes, received: Received) -> tuple[bytes | None, list[Finding]]:
    for begins, found in NO_TEXT.items():
        if raw.startswith(begins):
            return None, [received.finding("file-encoding", found, CSV)]
    try:
        if not raw.isascii():
            raw.decode()
    except UnicodeDecodeError as error:
        return _from_cp1252(raw, received, _line(raw, error.start))
    if b"\0" in raw:
        row = _line(raw, raw.index(b"\0"))
        return None, [received.finding("file-encoding", "the character NUL", CSV, row)]
    return raw, []


def _line(raw: bytes, place: int) -> int:
    return raw.count(b"\n", 0, place) + 1


def _from_cp1252(raw: bytes, received: Received, row: int) -> tuple[bytes | None, list[Finding]]:
    """What Windows spreadsheets save as plain csv; anything else cannot be told from noise."""
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        return None, [received.finding("file-encoding", "bytes that are not text", CSV, row)]
    return text.encode(), [received.finding("file-cp1252", "Windows characters (cp1252)", CSV, row)]


# ---------------------------------------------------------------- rows and cells


def _strictly(content: bytes, separator: str) -> Iterator[list[str]]:
    """The rows as lists of cells; `csv.Error` at a quotation mark that is not closed, or text behind it."""
    return csv.reader(map(bytes.decode, io.BytesIO(content)), delimiter=separator, strict=True)


def _rows(content: bytes, separator: str) -> Iterator[list[str]]:
    """The rows up to the first that cannot be split."""
    with suppress(csv.Error):
        yield from _strictly(content, separator)


def _top(content: bytes, separator: str, heading_row: int) -> tuple[int, list[list[str]]]:
    """Where the headings begin, and the rows at the top, if the headings can be reached."""
    lines = io.BytesIO(content)
    rows = csv.reader(map(bytes.decode, lines), delimiter=separator, strict=True)
    try:
        titles = list(islice(rows, heading_row - 1))
        start = lines.tell()
    except csv.Error:
        return 0, []
    return start, titles + list(islice(_rows(content[start:], separator), TOP))


def _separator(content: bytes, heading_row: int) -> str:
    """What stands between the cells of the headings and of the rows below them.

    Not `csv.Sniffer`, which counts letters, and takes those that words share for separators.
    """
    first = content[: content.find(b"\n")]
    plain = first.count(b'"') % 2 == 0 and not any(mark in first for mark in (b";", b"\t", b"|"))
    if heading_row == 1 and plain:
        return ","
    return max(SEPARATORS, key=lambda separator: _fit(content, separator, heading_row))


def _fit(content: bytes, separator: str, heading_row: int) -> tuple[int, int, int]:
    """How well a separator fits: the rows that suit the headings, these, and cells that begin as words do."""
    headings, *rows = [*islice(_rows(content, separator), heading_row - 1, heading_row + TOP)] or [[]]
    if len(headings) < len("ab"):
        return 0, 0, 0
    suit = sum(1 < len(row) <= len(headings) for row in rows)
    spaced = sum(cell.startswith(" ") for row in (headings, *rows) for cell in row[1:])
    return suit, len(headings), -spaced


def _scanned(table: _Table, *, cut: bool = False) -> pl.LazyFrame:
    """The rows below the headings; `cut`: without the cells that are too many."""
    return pl.scan_csv(
        table.content,
        separator=table.separator,
        skip_lines=table.skipped,
        infer_schema=False,
        new_columns=places(table.width),
        raise_if_empty=False,
        truncate_ragged_lines=cut,
        row_index_name="row",
        row_index_offset=table.received.heading_row + 1,
    )


# ---------------------------------------------------------------- what cannot be split


def _closer(table: _Table) -> tuple[pl.LazyFrame | None, list[Finding]]:
    """Rows longer than the headings, or a quote left open; empty cells that are too many are cut off."""
    if long := _too_long(table):
        return None, long
    try:
        return _scanned(table, cut=True).collect(optimizations=AS_SPLIT).lazy(), []
    except pl.exceptions.PolarsError:
        return None, [_open_quote(table.received, _first_quote(table))]


def _too_long(table: _Table) -> list[Finding]:
    numbered = enumerate(_rows(table.text, table.separator), start=table.received.heading_row)
    expected = f"{table.width}, one for each heading"
    return [
        table.received.finding("file-ragged", f"{len(cells)} cells", expected, row)
        for row, cells in numbered
        if any(cell.strip() for cell in cells[table.width :])
    ]


def _first_quote(table: _Table) -> int:
    """The first row with a quotation mark left in a cell, or the one that could not be split."""
    first = table.received.heading_row
    rows = list(_rows(table.text, table.separator))
    marked = (row for row, cells in enumerate(rows, start=first) if any('"' in cell for cell in cells))
    return next(marked, first + len(rows))


def _open_quote(received: Received, row: int) -> Finding:
    found = "a quotation mark that is left open, or inside a cell"
    return received.finding("file-quotes", found, "quotation marks around whole cells", row)
