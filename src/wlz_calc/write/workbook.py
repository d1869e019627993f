"""The workbook: the sheets of a claim drawn with openpyxl, typed, printable, and the same bytes every time.

Promises that ids and every other text stay text, also where they begin with `=`; that dates are dates and
amounts exact pounds; that a sheet prints on A4 with its headings on every page. `sheets` decides what it
holds.
"""

import io
import textwrap
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import Any, Final

import polars as pl
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.xml.functions import tostring

from wlz_calc.claim import Claim
from wlz_calc.money import sterling
from wlz_calc.write.sheets import Column, Kind, Line, Sheet, Style, sheets
from wlz_calc.write.words import visible

FORMATS: Final = {
    Kind.TEXT: "@",
    Kind.DATE: "dd/mm/yyyy",
    Kind.WHOLE: "#,##0",
    Kind.MONEY: "£#,##0.00",
}
Page = Any
"""A write-only sheet, of which the published types know too little."""
A4: Final = 9
NARROWEST, WIDEST, DIGEST = 9, 44, 64
MARGIN: Final = 3
FILLED: Final = 0.9
"""How much of a line is filled by words that wrap."""
LINE_HEIGHT: Final = 15
TEXT_WIDTH: Final = 100
"""How wide a line of text may run where the table below it is narrower."""
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file knows: the same in every workbook."""

_RULE: Final = Side(style="thin", color="808080")
_PLAIN: Final = Font(name="Calibri", size=11)
_STRONG: Final = Font(name="Calibri", size=11, bold=True)
_FONTS: Final = {
    Style.TITLE: Font(name="Calibri", size=14, bold=True),
    Style.MARK: Font(name="Calibri", size=11, bold=True, color="9C5700"),
    Style.STRONG: _STRONG,
    Style.PLAIN: _PLAIN,
}
_HEADING_FILL: Final = PatternFill("solid", fgColor="EDEDED")


def claim_workbook(claim: Claim) -> bytes:
    """The claim as an .xlsx file. The caller has asked `sheets.refusal` whether it fits."""
    book = Workbook(write_only=True)
    for sheet in sheets(claim):
        _draw(book, sheet, claim)
    return _saved(book, claim)


def _draw(book: Workbook, sheet: Sheet, claim: Claim) -> None:
    page: Page = book.create_sheet(sheet.name)
    widths = _widths(sheet)
    heading = _wrapped(sheet.heading, sum(widths))
    _lay_out(page, sheet, widths, top=len(heading) + 2)
    _print_set_up(page, sheet, claim, top=len(heading) + 2)
    _say(page, heading)
    page.append([])
    page.append([_heading(page, column) for column in sheet.columns])
    _fill(page, sheet, top=len(heading) + 2)
    for total in sheet.totals:
        page.append([_total(page, column, total.get(column.name)) for column in sheet.columns])
    if sheet.notes:
        page.append([])
    _say(page, _wrapped(sheet.notes, sum(widths)))


# ------------------------------------------------------------------------------------ cells


def _fill(page: Page, sheet: Sheet, top: int) -> None:
    """The rows of the table. A row is written at once, so one styled cell for each column serves them all."""
    cells = [(column.kind, _cell(page, column)) for column in sheet.columns]
    for number, height in _heights(sheet):
        page.row_dimensions[top + number].height = height
    for row in sheet.rows.select(column.name for column in sheet.columns).iter_rows():
        page.append([_set(cell, kind, value) for (kind, cell), value in zip(cells, row, strict=True)])


def _cell(page: Page, column: Column) -> Cell:
    cell = WriteOnlyCell(page)
    cell.number_format = FORMATS[column.kind]
    cell.alignment = _aligned(column)
    cell.font = _PLAIN
    return cell


def _aligned(column: Column) -> Alignment:
    """Words to the left, a little away from the figures before them; figures to the right."""
    if column.kind is Kind.TEXT:
        return Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)
    return Alignment(horizontal="right", vertical="top")


def _set(cell: Cell, kind: Kind, value: Any) -> Cell | None:  # noqa: ANN401 - a cell of a frame
    """Text is marked as text after it is set: openpyxl takes what begins with `=` for a formula."""
    if value is None:
        return None
    if kind is Kind.TEXT:
        cell.value = visible(str(value))
        cell.data_type = "s"
    else:
        cell.value = Decimal(value).scaleb(-2) if kind is Kind.MONEY else value
    return cell


def _text(page: Page, text: str, font: Font) -> Cell:
    cell = WriteOnlyCell(page)
    _set(cell, Kind.TEXT, text)
    cell.font = font
    cell.alignment = Alignment(horizontal="left", indent=1)
    return cell


def _say(page: Page, lines: Iterable[Line]) -> None:
    for text, style in lines:
        page.append([_text(page, text, _FONTS[style])])


def _heading(page: Page, column: Column) -> Cell:
    cell = _text(page, column.title, _STRONG)
    cell.fill = _HEADING_FILL
    cell.border = Border(bottom=_RULE)
    cell.alignment = _aligned(column)
    return cell


def _total(page: Page, column: Column, value: str | int | None) -> Cell:
    cell = _cell(page, column)
    _set(cell, column.kind, value)
    cell.font = _STRONG
    cell.border = Border(top=_RULE)
    return cell


# ------------------------------------------------------------------------------------ layout


def _heights(sheet: Sheet) -> list[tuple[int, int]]:
    """The rows, counted from 1, in which text wraps, and how high each is: not every reader works it out."""
    wraps = [
        (pl.col(column.name).str.len_chars() / FILLED / WIDEST).ceil()
        for column in sheet.columns
        if column.kind is Kind.TEXT and _widest(column) == WIDEST
    ]
    lines = sheet.rows.select(pl.int_range(1, pl.len() + 1).alias("row"), lines=pl.max_horizontal(wraps))
    wrapped = lines.filter(pl.col("lines") > 1)
    return [(row, int(count) * LINE_HEIGHT) for row, count in wrapped.iter_rows()]


def _widths(sheet: Sheet) -> list[int]:
    return [_width(column, sheet) for column in sheet.columns]


def _width(column: Column, sheet: Sheet) -> int:
    """As wide as the longest cell, within reason: text wraps, figures never do."""
    shown = [len(column.title), *(_shown(column, total.get(column.name)) for total in sheet.totals)]
    cells = sheet.rows[column.name]
    if column.kind is Kind.TEXT:
        shown += [len(text) for text in cells.unique().drop_nulls()]
        return max(NARROWEST, min(max(shown), _widest(column))) + MARGIN
    shown += [_shown(column, value) for value in (cells.min(), cells.max())]
    return max(NARROWEST, *shown) + MARGIN


def _widest(column: Column) -> int:
    """Where its text begins to wrap; a digest never does."""
    return DIGEST if column.name == "sha256" else WIDEST


def _shown(column: Column, value: Any) -> int:  # noqa: ANN401 - a cell of a frame
    """How many characters a value takes."""
    if column.kind is Kind.MONEY and value is not None:
        return len(sterling(value))
    return len(str(value or ""))


def _wrapped(lines: Iterable[Line], width: int) -> list[Line]:
    """Lines of text broken at the width of the table, so that none runs off the page."""
    return [
        (piece, style)
        for text, style in lines
        for piece in textwrap.wrap(text, max(width, TEXT_WIDTH), subsequent_indent=_indent(text)) or [""]
    ]


def _indent(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]


def _lay_out(page: Page, sheet: Sheet, widths: Sequence[int], top: int) -> None:
    """Column widths, the frozen heading, and a filter over the rows and nothing else."""
    for number, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.freeze_panes = f"A{top + 1}"
    if sheet.rows.height:
        page.auto_filter.ref = f"A{top}:{get_column_letter(len(widths))}{top + sheet.rows.height}"


def _print_set_up(page: Page, sheet: Sheet, claim: Claim, top: int) -> None:
    """A4 landscape, as wide as the page, the headings on every page, marks above and page numbers below."""
    page.page_setup.paperSize = A4
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"{top}:{top}"
    page.oddHeader.center.text = f"&B{sheet.mark}" if sheet.mark else None
    page.oddFooter.left.text = f"{claim.provider}, {claim.quarter}".replace("&", "&&")
    page.oddFooter.center.text = sheet.name.replace("&", "&&")
    page.oddFooter.right.text = "Page &P of &N"


# ------------------------------------------------------------------------------------ the file


def _saved(book: Workbook, claim: Claim) -> bytes:
    """The file, with the as-of date where openpyxl puts the time of day, and no times in the archive."""
    as_of = datetime.combine(claim.provenance.as_of, time())
    properties = book.properties
    properties.creator = f"wlz-calc {claim.provenance.version}"
    properties.title = f"{claim.provider}: claim for {claim.quarter}"
    properties.created = as_of
    draft = io.BytesIO()
    book.save(draft)
    properties.modified = as_of
    return _repacked(draft, {"docProps/core.xml": tostring(properties.to_tree())})


def _repacked(draft: io.BytesIO, changed: Mapping[str, bytes]) -> bytes:
    final = io.BytesIO()
    with zipfile.ZipFile(draft) as old, zipfile.ZipFile(final, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, changed.get(name) or old.read(name))
    return final.getvalue()
