"""Charts: bars drawn by the spreadsheet itself from cells of the workbook, so that they follow them."""

from typing import Any, Final

from openpyxl.chart import BarChart
from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.title import title_maker
from openpyxl.utils import get_column_letter, quote_sheetname

from wlz_calc.write.sheets.layout import place, top
from wlz_calc.write.sheets.model import Chart

ROW: Final = 0.53
"""How high a row of a sheet is, in centimetres; one is left below a chart."""
WIDEST: Final = 24.0
CHARACTER: Final = 0.19
"""How wide a character of a column is, in centimetres."""
COLOURS: Final = ("2F5597", "C9C9C9")
POUNDS, WHOLE = "£#,##0", "#,##0"


def bars(chart: Chart, width: int) -> Any:  # noqa: ANN401 - the published types know too little of charts
    """The chart as horizontal bars, the first row on top; `width`: that of the sheet, in characters."""
    drawn: Any = BarChart(barDir="bar", gapWidth=60)
    title = title_maker(chart.title)
    title.overlay = False
    drawn.title, drawn.height, drawn.width = title, (chart.high - 1) * ROW, min(width * CHARACTER, WIDEST)
    drawn.series = [_series(chart, number, name) for number, name in enumerate(chart.bars)]
    drawn.x_axis.scaling.orientation = "maxMin"
    drawn.x_axis.delete, drawn.y_axis.delete = False, True  # every bar says its figure
    drawn.y_axis.axPos = "b"
    drawn.y_axis.majorGridlines = None
    _legend(drawn)
    return drawn


def _legend(drawn: Any) -> None:  # noqa: ANN401 - see above
    """Below the bars, where there are two of them."""
    if len(drawn.series) == 1:
        drawn.legend = None
    else:
        drawn.legend.position = "b"
        drawn.legend.overlay = False


def _series(chart: Chart, number: int, name: str) -> Series:
    values = NumDataSource(numRef=NumRef(f=_cells(chart, name)))
    labels = AxDataSource(strRef=StrRef(f=_cells(chart, chart.labels)))
    series = Series(idx=number, order=number, val=values, cat=labels)
    series.tx = SeriesLabel(strRef=StrRef(f=_cell(chart, name, top(chart.sheet))))
    series.spPr = GraphicalProperties(solidFill=COLOURS[number])
    series.dLbls = DataLabelList(
        showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False
    )
    series.dLbls.numFmt = WHOLE if chart.whole else POUNDS
    return series


def _cells(chart: Chart, name: str) -> str:
    first = top(chart.sheet) + 1
    start, end = (_cell(chart, name, first + row) for row in (chart.start, chart.end - 1))
    return f"{start}:{end.rpartition('!')[2]}"


def _cell(chart: Chart, name: str, row: int) -> str:
    letter = get_column_letter(place(chart.sheet, name))
    return f"{quote_sheetname(chart.sheet.name)}!${letter}${row}"
