"""The workbook: the sheets of a claim drawn with openpyxl, typed, printable, and the same bytes every time.

Promises that ids and every other text stay text, also where they begin with `=`; that dates are dates and
amounts exact pounds; that only what `sheets` marks as a formula is one; that a sheet prints on A4 with its
headings on every page. `sheets` decides what it holds.
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
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo
from openpyxl.xml.functions import tostring

from wlz_calc.claim import Claim
from wlz_calc.write.archive import repacked
from wlz_calc.write.charts import bars
from wlz_calc.write.setting import Stated
from wlz_calc.write.sheets import sheets
from wlz_calc.write.sheets.drawn import drawn
from wlz_calc.write.sheets.layout import LINE_HEIGHT, end, heights, reach, top, widths, wrapped
from wlz_calc.write.sheets.model import Column, Kind, Line, Sheet, Signed, Style
from wlz_calc.write.words import visible
from wlz_calc.write.worksheet import Worksheet

FORMATS: Final = {
    Kind.TEXT: "@",
    Kind.DATE: "dd/mm/yyyy",
    Kind.WHOLE: "#,##0",
    Kind.MONEY: "£#,##0.00",
    Kind.SUM: "£#,##0.00",
    Kind.VERDICT: "General",
}
FORMULAS: Final = (Kind.SUM, Kind.VERDICT)
Page = Any
"""A write-only sheet, of which the published types know too little."""
A4: Final = 9
NARROW: Final = 0.3
"""A margin, in inches."""
_RULE: Final = Side(style="thin", color="808080")
_BOX: Final = Border(left=_RULE, right=_RULE, top=_RULE, bottom=_RULE)
_OPEN_RIGHT: Final = Border(left=_RULE, top=_RULE, bottom=_RULE)
_OPEN_LEFT: Final = Border(right=_RULE, top=_RULE, bottom=_RULE)
_PLAIN: Final = Font(name="Calibri", size=11)
_STRONG: Final = Font(name="Calibri", size=11, bold=True)
_FONTS: Final = {
    Style.TITLE: Font(name="Calibri", size=14, bold=True),
    Style.MARK: Font(name="Calibri", size=11, bold=True, color="9C5700"),
    Style.STRONG: _STRONG,
    Style.PLAIN: _PLAIN,
}
_HEADING_FILL: Final = PatternFill("solid", fgColor="EDEDED")
_STRIPES: Final = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
SIGNED: Final = ("Approval", "Name", "Date", "Signature")
ON_A_PAGE: Final = 20
"""So many rows are sure to stand on the first page of a sheet."""
SIGNED_HEIGHT: Final = 2 * LINE_HEIGHT


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
    """One sheet, from above to below: what follows a row cannot change it any more."""
    page: Page = book.create_sheet(sheet.name)
    columns = widths(sheet)
    heading, notes = (wrapped(lines, sum(columns)) for lines in (sheet.heading, sheet.notes))
    _lay_out(page, sheet, columns)
    _print_set_up(page, sheet, stated)
    _say(page, heading)
    page.append([])
    _rows(page, sheet)
    if notes:
        page.append([])
    _say(page, notes)
    last = end(sheet)
    if sheet.signed:
        last = _to_sign(page, sheet, last + 1)
    _pages(page, sheet, reach(columns, [*heading, *notes]), _charted(page, sheet, columns, last))


# ------------------------------------------------------------------------------------ cells


def _rows(page: Page, sheet: Sheet) -> None:
    page.append([_heading(page, column) for column in sheet.columns])
    _fill(page, sheet)
    for total in sheet.totals:
        page.append([_total(page, column, total.get(column.name)) for column in sheet.columns])


def _fill(page: Page, sheet: Sheet) -> None:
    """The rows of the table. A row is written at once, so one styled cell for each column serves them all."""
    cells = [(column.kind, *_cells(page, column, form=sheet.form)) for column in sheet.columns]
    first = top(sheet)
    for number, height in heights(sheet):
        page.row_dimensions[first + number].height = height
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
    if column.kind in {Kind.TEXT, Kind.VERDICT}:
        return Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)
    return Alignment(horizontal="right", vertical="top")


def _set(cell: Cell, kind: Kind, value: Any) -> Cell | None:  # noqa: ANN401 - a cell of a frame
    """Text is marked as text after it is set: openpyxl takes what begins with `=` for a formula."""
    if value is None:
        return None
    if kind is Kind.TEXT:
        cell.value = visible(str(value))
        cell.data_type = "s"
    elif kind in FORMULAS:
        cell.value = f"={value}"
        cell.data_type = "f"
    else:
        cell.value = Decimal(value).scaleb(-2) if kind is Kind.MONEY else value
    return cell


def _text(page: Page, text: str | None, font: Font) -> Cell:
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


def _lay_out(page: Page, sheet: Sheet, columns: Sequence[int]) -> None:
    """Column widths, the frozen heading, and the table, which has a filter of its own."""
    for number, width in enumerate(columns, 1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.freeze_panes = f"A{top(sheet) + 1}"
    if sheet.table and sheet.rows.height:
        page.tables.add(_table(sheet))


def _table(sheet: Sheet) -> Table:
    """The heading and the rows as a table. The totals stand below it: they are values, whatever is shown."""
    first, letter = top(sheet), get_column_letter(len(sheet.columns))
    ref = f"A{first}:{letter}{first + sheet.rows.height}"
    return Table(
        displayName=sheet.table,
        ref=ref,
        autoFilter=AutoFilter(ref=ref),
        tableColumns=[TableColumn(id=n, name=column.title) for n, column in enumerate(sheet.columns, 1)],
        tableStyleInfo=_STRIPES,
    )


def _to_sign(page: Page, sheet: Sheet, row: int) -> int:
    """Boxes for whoever prepares, checks and approves it, in the first columns; gives the last row."""
    page.append([])
    page.append(_boxes(page, SIGNED, _STRONG))
    for number, signed in enumerate(sheet.signed, row + 2):
        page.row_dimensions[number].height = SIGNED_HEIGHT
        page.append(_signed(page, signed))
    return row + 1 + len(sheet.signed)


def _signed(page: Page, signed: Signed) -> list[Cell]:
    """One of them, with the name and the day where they are on record."""
    cells = _boxes(page, (signed.role, signed.name, None, None), _PLAIN)
    cells[2].value, cells[2].number_format = signed.day, FORMATS[Kind.DATE]
    return cells


def _boxes(page: Page, texts: Sequence[str | None], font: Font) -> list[Cell]:
    """Boxes with texts; the last is as wide as two columns, and has room for a signature."""
    cells = [_text(page, text, font) for text in (*texts, None)]
    for cell in cells:
        cell.border = _BOX
        cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
    cells[-2].border, cells[-1].border = _OPEN_RIGHT, _OPEN_LEFT
    return cells


def _charted(page: Page, sheet: Sheet, columns: Sequence[int], last: int) -> int:
    """The charts on pages of their own, one below the other; gives the last row of the sheet."""
    for number, chart in enumerate(sheet.charts):
        if number % 2 == 0:  # two fill a page
            page.row_breaks.append(Break(id=last))
        page.add_chart(bars(chart, sum(columns)), f"A{last + 1}")
        last += chart.high
    return last


def _print_set_up(page: Page, sheet: Sheet, stated: Stated) -> None:
    """A4 landscape, as wide as the page, marks above and page numbers below."""
    page.page_setup.paperSize = A4
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.oddHeader.center.text = f"&B{sheet.mark}" if sheet.mark else None
    page.oddFooter.left.text = f"{stated.provider}, {stated.quarter}".replace("&", "&&")
    page.oddFooter.center.text = sheet.name.replace("&", "&&")
    page.oddFooter.right.text = "Page &P of &N"
    if sheet.form:
        page.page_margins = PageMargins(left=NARROW, right=NARROW)


def _pages(page: Page, sheet: Sheet, columns: int, last: int) -> None:
    """What is printed: everything and nothing beyond it, with the headings of the columns on every page.

    Where the rows stand on one page and charts on the next, these need no headings of columns.
    """
    if not sheet.charts or sheet.rows.height > ON_A_PAGE:
        page.print_title_rows = f"{top(sheet)}:{top(sheet)}"
    page.print_area = f"A1:{get_column_letter(columns)}{last}"


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
