"""Days and months that a spreadsheet swapped, in a whole column or in its date cells alone."""

from datetime import date

import pytest

from tests.test_read_astray import SWAPPED, TERM
from tests.test_read_astray import part as dated
from tests.test_read_mapping import part, sent
from wlz_calc.finding import Finding
from wlz_calc.programme import InputFile, Origin
from wlz_calc.read.swapped import half_swapped, swapped_days
from wlz_calc.tables import ENGAGEMENT, SURVEY, Table

ORIGIN = Origin((InputFile("survey", "sent.xlsx", "", None),))


def of_column(
    cells: list[str | None], pattern: str | None = "%d/%m/%Y", table: Table = SURVEY
) -> list[Finding]:
    column = next(column.name for column in reversed(table.columns) if "date" in column.type)
    said = {"date_format": pattern} if pattern else {}
    return list(half_swapped(sent(**{column: cells}), part(**said), table, ORIGIN))


CELLS: list[str | None] = ["2016-03-11", "2016-04-12", "2016-01-12"]
"""3 and 4 November and 1 December."""
TEXTS: list[str | None] = ["13/11/2016", "25/11/2016"]


def test_cells_to_the_twelfth_beside_texts_from_the_thirteenth_are_told_once() -> None:
    [found] = of_column([None, *TEXTS, *CELLS])
    assert (found.code, str(found.where)) == (
        "days-half-swapped",
        "sent.xlsx, row 5, column completed_on",
    )
    cells, texts = "3 date cells such as `2016-03-11`", "2 texts such as `13/11/2016`"
    assert found.found == f"{cells}, none after the 12th, and {texts}, none before the 13th"
    assert found.expected == "every date as text, such as 03/11/2016, or every date in a date cell"


def test_months_that_come_first_are_no_safer() -> None:
    assert len(of_column([*CELLS, "11/13/2016", "11/25/2016"], "%m/%d/%Y")) == 1


def test_times_are_no_safer() -> None:
    cells = [f"{cell}T14:30:00" for cell in CELLS]
    texts: list[str | None] = [f"{text} 14:30" for text in TEXTS]
    assert len(of_column([*cells, *texts], table=ENGAGEMENT)) == 1
    assert len(of_column([*cells, *texts], "%d/%m/%Y %H:%M", table=ENGAGEMENT)) == 1


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param([], id="nothing"),
        pytest.param(CELLS * 2, id="cells only"),
        pytest.param(TEXTS * 3, id="text only"),
        pytest.param([*CELLS, "2016-11-13", *TEXTS], id="a cell of the 13th"),
        pytest.param([*CELLS, "12/11/2016", *TEXTS], id="a text of the 12th"),
        pytest.param([*CELLS[:2], *TEXTS] * 2, id="four days"),
    ],
)
def test_dates_that_may_be_right_are_left_alone(cells: list[str | None]) -> None:
    assert of_column(cells) == []


def test_only_figures_can_be_swapped() -> None:
    assert of_column([*CELLS, "13 Nov 2016", "25 Nov 2016"], "%d %b %Y") == []
    assert of_column([*CELLS, *TEXTS], None) == []


def swapped(days: list[date | None]) -> list[Finding]:
    rows = dated(days)
    return swapped_days(rows.frame, rows.column, ORIGIN, [TERM])


def test_days_that_could_all_be_months_are_told_where_they_fit_only_as_such() -> None:
    [found] = swapped([*SWAPPED, None])
    assert (found.code, str(found.where)) == ("days-swapped", "sent.xlsx, row 2, column date")
    assert (found.found, found.expected) == (
        "8 of 8 dates elsewhere, such as `2016-01-10` (2016-10-01?)",
        "dates from 2016-09-01 to 2016-12-31: are day and month swapped?",
    )


@pytest.mark.parametrize(
    "days",
    [
        pytest.param([], id="no dates"),
        pytest.param(SWAPPED[:4], id="a few"),
        pytest.param([*SWAPPED, date(2016, 10, 13)], id="a day that is no month"),
        pytest.param([date(2016, 10, day) for day in range(1, 9)], id="in place as they are"),
        pytest.param([date(2016, day, 3) for day in range(1, 9)], id="in place neither way"),
    ],
)
def test_days_that_may_be_right_are_left_alone(days: list[date | None]) -> None:
    assert swapped(days) == []
