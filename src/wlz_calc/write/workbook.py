"""The workbook: the sheets of a claim drawn with openpyxl, typed, printable, and the same bytes every time.

Promises that ids and every other text stay text, also where they begin with `=`; that dates are dates and
amounts exact pounds; that a sheet prints on A4 with its headings on every page. `sheets` decides what it
holds.
"""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.xml.functions import tostring

from wlz_calc.claim import Claim
from wlz_calc.write.archive import repacked
from wlz_calc.write.setting import Stated
from wlz_calc.write.sheets import sheets
from wlz_calc.write.sheets.drawn import drawn
from wlz_calc.write.sheets.layout import heights, widths, wrapped
from wlz_calc.write.sheets.model import Column, Kind, Line, Sheet, Style
from wlz_calc.write.words import visible
from wlz_calc.write.worksheet import Worksheet

FORMATS: Final = {
    Kind.TEXT: "@",
    Kind.DATE: "dd/mm/yyyy",
    Kind.WHOLE: "#,##0",
    Kind.MONEY: "£#,##0.00",
}
Page = Any
"""A write-only sheet, of which the published types know too little."""
A4: Final = 9
NARROW: Final = 0.3
"""A margin, in inches."""
_RULE: Final = Side(style="thin", color="808080")
_BOX: Final = Border(left=_RULE, right=_RULE, top=_RULE, bottom=_RULE)
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
    return _whole(sheets(claim), claim, "claim")


def worksheet_workbook(worksheet: Worksheet) -> bytes:
    """The worksheet of a verifier as an .xlsx file."""
    return _whole(drawn(worksheet), worksheet, "worksheet of a verifier")


def _whole(pages: Iterable[Sheet], stated: Stated, what: str) -> bytes:
    book = Workbook(write_only=True)
    for sheet in pages:
        _draw(book, sheet, stated)
    return _saved(book, stated, what)


def _draw(book: Workbook, sheet: Sheet, stated: Stated) -> None:
    page: Page = book.create_sheet(sheet.name)
    columns = widths(sheet)
    heading = wrapped(sheet.heading, sum(columns))
    _lay_out(page, sheet, columns, top=len(heading) + 2)
    _print_set_up(page, sheet, stated, top=len(heading) + 2)
    _say(page, heading)
    page.append([])
    page.append([_heading(page, column) for column in sheet.columns])
    _fill(page, sheet, top=len(heading) + 2)
    for total in sheet.totals:
        page.append([_total(page, column, total.get(column.name)) for column in sheet.columns])
    if sheet.notes:
        page.append([])
    _say(page, wrapped(sheet.notes, sum(columns)))


# ------------------------------------------------------------------------------------ cells


def _fill(page: Page, sheet: Sheet, top: int) -> None:
    """The rows of the table. A row is written at once, so one styled cell for each column serves them all."""
    cells = [(column.kind, *_cells(page, column, form=sheet.form)) for column in sheet.columns]
    for number, height in heights(sheet):
        page.row_dimensions[top + number].height = height
    for row in sheet.rows.select(column.name for column in sheet.columns).iter_rows():
        page.append(
            [
                empty if value is None else _set(cell, kind, value)
                for (kind, cell, empty), value in zip(cells, row, strict=True)
            ]
        )


def _cells(page: Page, column: Column, *, form: bool) -> tuple[Cell, Cell | None]:
    """The cell of a column, and what stands for an empty one: in a form there is a box to write in."""
    cells = _cell(page, column), _cell(page, column)
    for cell in cells if form else ():
        cell.border = _BOX
    return cells if form else (cells[0], None)


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


def _lay_out(page: Page, sheet: Sheet, columns: Sequence[int], top: int) -> None:
    """Column widths, the frozen heading, and a filter over the rows and nothing else."""
    for number, width in enumerate(columns, 1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.freeze_panes = f"A{top + 1}"
    if sheet.rows.height:
        page.auto_filter.ref = f"A{top}:{get_column_letter(len(columns))}{top + sheet.rows.height}"


def _print_set_up(page: Page, sheet: Sheet, stated: Stated, top: int) -> None:
    """A4 landscape, as wide as the page, the headings on every page, marks above and page numbers below."""
    page.page_setup.paperSize = A4
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"{top}:{top}"
    page.oddHeader.center.text = f"&B{sheet.mark}" if sheet.mark else None
    page.oddFooter.left.text = f"{stated.provider}, {stated.quarter}".replace("&", "&&")
    page.oddFooter.center.text = sheet.name.replace("&", "&&")
    page.oddFooter.right.text = "Page &P of &N"
    if sheet.form:
        page.page_margins = PageMargins(left=NARROW, right=NARROW)


# ------------------------------------------------------------------------------------ the file


def _saved(book: Workbook, stated: Stated, what: str) -> bytes:
    """The file, with the as-of date where openpyxl puts the time of day, and no times in the archive."""
    as_of = datetime.combine(stated.provenance.as_of, time())
    properties = book.properties
    properties.creator = f"wlz-calc {stated.provenance.version}"
    properties.title = f"{stated.provider}: {what} for {stated.quarter}"
    properties.created = as_of
    draft = io.BytesIO()
    book.save(draft)
    properties.modified = as_of
    return repacked(draft, {"docProps/core.xml": tostring(properties.to_tree())})
