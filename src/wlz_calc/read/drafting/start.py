"""Where the table of a file starts: on which sheet, and in which row its headings stand."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import polars as pl

from wlz_calc.finding import Finding, Where
from wlz_calc.read import delimited
from wlz_calc.read.drafting.names import known
from wlz_calc.read.files import opened
from wlz_calc.read.ids import is_personal
from wlz_calc.read.received import TOP, Opened, Received
from wlz_calc.tables import Table

HEAD: Final = 1 << 16
"""So many bytes of a text file hold its headings: what stands above them may change what separates cells."""
_DIGIT: Final = re.compile(r"\d")
_DATA: Final = re.compile(r"-?[\d.,/: %-]+|.{2,4}-.{2,4}-.{2}(T.*)?|[^\W\d_]|[/\\#*]")
"""What no heading is: a number, a date, a time, a single letter or mark."""
FEW: Final = 2
"""A row of headings has as many cells at least."""

Rows = Sequence[Sequence[str]]


class Start(NamedTuple):
    """Where a table starts. `known`: how many of its headings we know; `others`: sheets passed over.

    `sheet` is named only where a file has several.
    """

    sheet: str | None
    row: int
    known: int
    others: tuple[str, ...] = ()


def start(
    path: Path, file: str, tables: Sequence[Table], sheet: str | None
) -> tuple[Start | None, list[Finding]]:
    """The best row of headings of any sheet, or why there is none; `tables`: the shapes of the table."""
    sheets, found = _sheets(path, file, tables[0], sheet)
    if found:
        return None, found
    starts: list[Start] = []
    for name in sheets:
        candidates, found = _candidates(path, file, tables[0], name)
        if found:
            return None, found
        if best := _best(candidates, tables):
            others = tuple(other for other in sheets if other != name and other)
            starts.append(Start(name, *best, others))
    if not starts:
        expected = f"headings of the {tables[0].name} extract in one of the first {TOP} rows"
        return None, [Finding("heading-missing", Where(file, sheet=sheet), "no row of headings", expected)]
    return max(starts, key=lambda each: each.known), []


def _sheets(path: Path, file: str, table: Table, sheet: str | None) -> tuple[list[str | None], list[Finding]]:
    """The sheets that may be meant: the one named, or all to be seen; none, where a file is one table."""
    _, found = opened(path, table.name, file, sheet=sheet)
    if [finding.code for finding in found] == ["file-sheets"]:
        return list(_seen(path)), []
    stopped = [finding for finding in found if finding.is_error]
    return [sheet], stopped


def _seen(path: Path) -> Iterator[str]:
    """The sheets of a sound workbook that are not hidden."""
    import fastexcel

    book = fastexcel.read_excel(path.read_bytes())
    for name in book.sheet_names:
        sheet = book.load_sheet(name, header_row=None, skip_rows=0, n_rows=1, dtypes="string")
        if sheet.visible == "visible" and sheet.width:
            yield name


def _candidates(
    path: Path, file: str, table: Table, sheet: str | None
) -> tuple[list[tuple[int, Rows]], list[Finding]]:
    """The rows that may be headings, by number, each with the rows below it."""
    whole, found = opened(path, table.name, file, sheet=sheet)
    if whole is None:
        return [], found
    if path.suffix.lower() == ".parquet":
        return [(1, whole.top)], []
    if path.suffix.lower() not in {".csv", ".tsv", ".txt"}:
        return [(row, whole.top[row - 1 :]) for row in range(1, len(whole.top) + 1)], []
    head = path.read_bytes()[:HEAD]
    raw = head if len(head) < HEAD else head[: head.rfind(b"\n") + 1]
    return [(row, file.top[row - 1 :]) for row, file in _heads(Received(table.name, file, path, raw))], []


def _heads(received: Received) -> Iterator[tuple[int, Opened]]:
    for row in range(1, TOP + 1):
        file, _ = delimited.read(received._replace(header_row=row))
        if file is not None:
            yield row, file


def _best(candidates: Sequence[tuple[int, Rows]], tables: Sequence[Table]) -> tuple[int, int] | None:
    """The row with most headings that we know, and how many; else the first that looks like headings."""
    fit = {row: _known(rows[0], tables) for row, rows in candidates}
    best = max(fit, key=lambda row: fit[row], default=0)
    if best and fit[best]:
        return best, fit[best]
    like = (row for row, rows in candidates if _looks_like_headings(rows))
    return next(((row, 0) for row in like), None)


def _known(cells: Sequence[str], tables: Sequence[Table]) -> int:
    """How many cells are headings; a row with data in it is one of headings only if most of its cells are."""
    filled = tuple(cell for cell in cells if cell)
    fit = max(known(filled, table) for table in tables)
    data = any(_DATA.fullmatch(cell) for cell in filled)
    return fit if len(filled) >= FEW and (fit * 2 > len(filled) or not data) else 0


def _looks_like_headings(rows: Rows) -> bool:
    """Words, each once, with figures all the way below one of them: a row of a child has figures too."""
    filled = [(place, cell) for place, cell in enumerate(rows[0]) if cell]
    names = [cell for _, cell in filled]
    if len(names) < FEW or len(set(names)) < len(names) or any(map(_DATA.fullmatch, names)):
        return False
    if pl.select(is_personal(pl.lit(pl.Series(names))).any()).item():
        return False
    return any(_figures_below(place, rows[1:]) for place, cell in filled if not _DIGIT.search(cell))


def _figures_below(place: int, rows: Rows) -> bool:
    below = [row[place] for row in rows if place < len(row) and row[place]]
    return len(below) >= FEW and all(map(_DIGIT.search, below))
