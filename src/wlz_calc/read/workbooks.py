"""Workbooks: one sheet, as text, in rows numbered as the spreadsheet numbers them.

A number is what the spreadsheet shows of it (at most nine decimals, never an exponent), a date is ISO, a
formula its value, and an error such as #N/A its text: refused like any other word, never taken as empty.
"""

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

import polars as pl

from wlz_calc.finding import Finding, quote
from wlz_calc.read.errorcells import with_errors_as_text
from wlz_calc.read.received import TOP, Opened, Received, places
from wlz_calc.read.texts import MIDNIGHT

if TYPE_CHECKING:
    from fastexcel import ExcelReader, ExcelSheet

OLD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a workbook of before 2007 begins, and one with a password."""
LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
PANIC: Final = "PanicException"
DATE_TIME: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?$"
MANY: Final = 50_000
"""From so many rows on it pays to list all days, rather than to parse each."""
BEFORE_TIME: Final = "1899-12-31T"
"""The day that a time without a date is given."""


def read(received: Received) -> tuple[Opened | None, list[Finding]]:
    """A workbook opened, at the sheet that is named, or the only one to be seen that holds anything."""
    if not received.raw:
        return None, [received.empty()]
    if LOCKED in received.raw and received.raw.startswith(OLD):
        return None, [received.finding("file-unreadable", "a workbook with a password", "one without")]
    try:
        return _read(received)
    except BaseException as error:
        if not _about_the_file(error):
            raise
    expected = "a workbook that a spreadsheet opens"
    return None, [received.finding("file-unreadable", "no workbook, or a damaged one", expected)]


def _about_the_file(error: BaseException) -> bool:
    """Whether a workbook cannot be read; a damaged one may make the reader panic, which has no class."""
    from zipfile import BadZipFile
    from zlib import error as ZlibError  # noqa: N812 - it is a class

    from fastexcel import FastExcelError

    archive = (
        BadZipFile,
        ZlibError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        UnicodeDecodeError,
        OSError,
    )
    return isinstance(error, (FastExcelError, *archive)) or type(error).__name__ == PANIC


def _read(received: Received) -> tuple[Opened | None, list[Finding]]:
    import fastexcel

    old = received.raw.startswith(OLD)
    book = fastexcel.read_excel(received.raw if old else with_errors_as_text(received.raw))
    sheet, findings = _sheet(book, received)
    if sheet is None:
        return None, findings
    received = received._replace(sheet=sheet.name)
    file, findings = _opened(sheet.to_polars(), received)
    return file, findings + ([_blind(received)] if file and old else [])


def _blind(received: Received) -> Finding:
    found = "a workbook of the kind before 2007 (.xls)"
    return received.finding("file-old-workbook", found, "a workbook that ends in .xlsx, or csv")


# ---------------------------------------------------------------- which sheet


def _sheet(book: "ExcelReader", received: Received) -> tuple["ExcelSheet | None", list[Finding]]:
    """The sheet that is named; if none is, the only one. One that is hidden is never taken unasked."""
    if received.sheet is not None:
        return _named(received.sheet, book, received)
    sheets = [_loaded(book, place) for place in range(len(book.sheet_names))]
    shown = [sheet for sheet in sheets if sheet.visible == "visible" and sheet.width]
    if len(shown) == 1:
        return shown[0], []
    if not shown:
        return None, [received.empty()]
    found = f"{len(shown)} sheets: {_listed([sheet.name for sheet in shown])}"
    return None, [received.finding("file-sheets", found, "one sheet, or the name of the one to read")]


def _named(name: str, book: "ExcelReader", received: Received) -> tuple["ExcelSheet | None", list[Finding]]:
    if name in book.sheet_names:
        return _loaded(book, book.sheet_names.index(name)), []
    alike = {" ".join(sheet.lower().split()): sheet for sheet in book.sheet_names}
    near = get_close_matches(" ".join(name.lower().split()), alike, n=1)
    found = f"{quote(alike[near[0]])}, which may be meant" if near else _listed(book.sheet_names)
    return None, [received.finding("file-sheet-missing", found, f"a sheet {quote(name)}")]


def _listed(names: list[str]) -> str:
    return ", ".join(quote(name) for name in names)


def _loaded(book: "ExcelReader", place: int) -> "ExcelSheet":
    """Every cell as text, and every row, from the first of the sheet."""
    return book.load_sheet(place, header_row=None, skip_rows=0, dtypes="string")


# ---------------------------------------------------------------- its text


def _opened(frame: pl.DataFrame, received: Received) -> tuple[Opened | None, list[Finding]]:
    row = received.heading_row
    if not frame.width:
        return None, [received.empty()]
    if frame.height < row:
        return None, [received.without_headings(frame.height)]
    frame.columns = places(frame.width)
    below = (
        frame.slice(row).lazy().with_row_index("row", offset=row + 1).with_columns(_iso(pl.exclude("row")))
    )
    top = frame.head(row + TOP).rows()
    opened = received.opened(below, top, lambda: (below, []), received.sheet)
    return opened._replace(large=frame.height > MANY), []


def _iso(cell: pl.Expr) -> pl.Expr:
    """A date of a workbook has a time, if only that of midnight, and a time has a date."""
    moment = cell.str.replace(" ", "T", literal=True).str.strip_suffix(MIDNIGHT).str.strip_prefix(BEFORE_TIME)
    timed = cell.str.len_bytes() >= len("2016-11-03 14:30:00")  # few cells are: the pattern costs more
    return pl.when(timed & cell.str.contains(DATE_TIME)).then(moment).otherwise(cell)
