"""Mapping: other people's cells made ours, and nothing guessed: what no rule is about stays."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from wlz_calc.finding import Where
from wlz_calc.read import dateformats
from wlz_calc.read.config import StatedPart
from wlz_calc.read.mapping import expected_date, mapped
from wlz_calc.read.parts import Part
from wlz_calc.tables import ATTENDANCE_TOTALS, CHILDREN, ENGAGEMENT, SURVEY, Table


def part(**said: Any) -> Part:  # noqa: ANN401 - whatever wlz.yaml may say
    ours = StatedPart.model_validate(said).translation()
    return Part(
        table="",
        path=Path("sent.csv"),
        file="sent.csv",
        sheet=None,
        header_row=None,
        columns=ours.columns,
        constants=ours.constants,
        values=ours.values,
        missing=ours.missing,
        date_format=ours.date_format,
        validated=None,
        where=Where("wlz.yaml"),
    )


def sent(**columns: list[str | None]) -> pl.LazyFrame:
    rows = range(2, 2 + len(next(iter(columns.values()))))
    return pl.LazyFrame(
        {"row": rows, **columns}, schema={"row": pl.UInt32} | dict.fromkeys(columns, pl.String)
    )


def one(table: Table, name: str, cells: list[str | None], **said: Any) -> list[str | None]:  # noqa: ANN401
    """What becomes of the cells of one column."""
    return mapped(sent(**{name: cells}), part(**said), table).collect().get_column(name).to_list()


def dates(pattern: str, *cells: str | None) -> list[str | None]:
    return one(CHILDREN, "joined_on", list(cells), date_format=pattern)


def test_a_part_that_says_nothing_of_cells_costs_nothing() -> None:
    text = sent(child_id=["001"])
    assert mapped(text, part(columns={"Pupil": "child_id"}), CHILDREN) is text


def test_missing_cells_are_missing_in_their_column_only() -> None:
    text = sent(sessions_possible=["-", "3", None], sessions_attended=["-", "--", None])
    ours = mapped(text, part(missing={"sessions_attended": ["-", "N/A"]}), ATTENDANCE_TOTALS).collect()
    assert ours.rows() == [(2, "-", None), (3, "3", "--"), (4, None, None)]


def test_values_are_theirs_to_ours_and_others_stay() -> None:
    cells = ["Y", "N", "y", "absent", None, "?"]
    said = {"status": {"Y": "attended", "N": "absent"}}
    assert one(ENGAGEMENT, "status", cells, values=said) == [
        "attended",
        "absent",
        "y",
        "absent",
        None,
        "?",
    ]


def test_constants_are_columns_of_every_row() -> None:
    said = part(constants={"period_start": "2016-09-01", "period_end": "2016-12-31"}, date_format="%d/%m/%Y")
    ours = mapped(sent(child_id=["001", "002"]), said, ATTENDANCE_TOTALS).collect()
    assert ours.columns == ["row", "child_id", "period_start", "period_end"]
    assert ours.rows()[1] == (3, "002", "2016-09-01", "2016-12-31")


def test_what_is_said_of_a_column_that_was_not_sent_is_of_no_account() -> None:
    said = part(values={"measure": {"C": "confidence"}}, missing={"score": ["-"]}, date_format="%d/%m/%Y")
    assert mapped(sent(child_id=["001"]), said, SURVEY).collect().rows() == [(2, "001")]


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("pattern", "cell"),
    [
        ("%d/%m/%Y", "03/11/2016"),
        ("%d/%m/%Y", "3/11/2016"),
        ("%d/%m/%y", "03/11/16"),
        ("%m/%d/%Y", "11/03/2016"),
        ("%d.%m.%Y", "3.11.2016"),
        ("%d-%b-%Y", "03-Nov-2016"),
        ("%d-%b-%y", "3-NOV-16"),
        ("%d %B %Y", "3 November 2016"),
        ("%d %B %Y", "03 nov 2016"),
        ("%a %d %b %Y", "Thu 03 Nov 2016"),
        ("%A, %d %B %Y", "Thursday, 3 November 2016"),
        ("%Y/%m/%d", "2016/11/03"),
        ("%Y%m%d", "20161103"),
        ("%d%m%y", "031116"),
        ("%Y-%m-%d", "2016-11-03"),
        ("%d/%m/%Y %H:%M", "03/11/2016 09:30"),
        ("%d/%m/%Y %H:%M:%S", "3/11/2016 00:00:00"),
    ],
)
def test_a_date_of_the_pattern_is_ours(pattern: str, cell: str) -> None:
    assert dateformats.fault(pattern) is None
    assert dates(pattern, cell, "2016-11-03", None) == ["2016-11-03", "2016-11-03", None]
    assert dates(pattern, dateformats.example(pattern)) == ["2016-11-03"]


@pytest.mark.parametrize(
    ("pattern", "cell"),
    [
        ("%d/%m/%Y", "03/11/16"),
        ("%d/%m/%Y", "31/02/2016"),
        ("%d/%m/%Y", "11/13/2016"),
        ("%d/%m/%Y", "03-11-2016"),
        ("%d/%m/%Y", "03/11/2016 00:00"),
        ("%d/%m/%Y", "03/11/-201"),
        ("%d/%m/%Y", "+3/11/2016"),
        ("%d/%m/%Y", "\u0660\u0663/11/2016"),
        ("%d/%m/%Y", "soon"),
        ("%d/%m/%y", "03/11/2016"),
        ("%d.%m.%Y", "03/11/2016"),
        ("%d%m%Y", "3112016"),
        ("%a %d %b %Y", "Mon 03 Nov 2016"),
        ("%d/%m/%Y %H:%M", "03/11/2016"),
        ("%d/%m/%Y %H:%M", "03/11/2016 25:00"),
    ],
)
def test_a_date_of_another_pattern_stays_for_stage_3(pattern: str, cell: str) -> None:
    assert dates(pattern, cell) == [cell]


def test_years_of_two_digits_are_near_ours() -> None:
    assert dates("%d/%m/%y", "01/09/00", "01/09/69", "01/09/99") == ["2000-09-01", "2069-09-01", "1999-09-01"]


def test_only_dates_are_taken_for_dates() -> None:
    assert one(CHILDREN, "child_id", ["03/11/2016"], date_format="%d/%m/%Y") == ["03/11/2016"]


@pytest.mark.parametrize(
    ("pattern", "cell", "ours"),
    [
        ("%d/%m/%Y", "03/11/2016", "2016-11-03"),
        ("%d/%m/%Y", "03/11/2016 14:30", "2016-11-03 14:30"),
        ("%d/%m/%Y", "03/11/2016T14:30:15+01:00", "2016-11-03T14:30:15+01:00"),
        ("%d/%m/%Y", "03/11/2016, later", "03/11/2016, later"),
        ("%d/%m/%Y", "31/02/2016 14:30", "31/02/2016 14:30"),
        ("%d/%m/%Y", "2016-11-03T14:30", "2016-11-03T14:30"),
        ("%d/%m/%Y %H.%M", "3/11/2016 9.30", "2016-11-03T09:30:00"),
    ],
)
def test_a_moment_keeps_its_time(pattern: str, cell: str, ours: str) -> None:
    assert one(ENGAGEMENT, "submitted_at", [cell, None], date_format=pattern) == [ours, None]


def test_missing_goes_before_values_and_both_before_dates() -> None:
    said: dict[str, Any] = {
        "missing": {"joined_on": ["-"]},
        "values": {"joined_on": {"Autumn": "2016-09-01"}},
        "date_format": "%d/%m/%Y",
    }
    cells: list[str | None] = ["-", "Autumn", "03/11/2016"]
    assert one(CHILDREN, "joined_on", cells, **said) == [None, "2016-09-01", "2016-11-03"]


@pytest.mark.parametrize(
    ("pattern", "example"),
    [(None, "2016-11-03"), ("%d/%m/%Y", "03/11/2016"), ("%d %B %y %H:%M", "03 November 16 14:30")],
)
def test_what_a_date_should_look_like(pattern: str | None, example: str) -> None:
    assert expected_date(part(date_format=pattern)) == f"a date such as {example}"


# ---------------------------------------------------------------- the maps that are shipped


def test_marks_of_sims() -> None:
    said = part(map="sims_marks", columns={"Student ID": "child_id"}, date_format="%d/%m/%Y")
    assert said.columns == {
        "Date": "date",
        "Session Name": "session",
        "Mark": "code",
        "Student ID": "child_id",
    }
