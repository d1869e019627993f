"""Hints: cells in another system's codes and dates are refused with what would mend all of them."""

from collections.abc import Sequence

import polars as pl
import pytest
from yaml import safe_load

from wlz_calc.finding import Finding
from wlz_calc.programme import InputFile, Origin
from wlz_calc.read import hints
from wlz_calc.read.faults import findings
from wlz_calc.tables import ATTAINMENT, ATTENDANCE_MARKS, CHILDREN, ENGAGEMENT, SDQ, Column

ORIGIN = Origin((InputFile("engagement", "sent.csv", "", None),))
EVERY = pl.lit(value=True)
MARK = ATTENDANCE_MARKS.column("code")
STATUS = ENGAGEMENT.column("status")


def said(found: Sequence[Finding]) -> list[tuple[str, str]]:
    return [(f.found, f.expected) for f in found]


# ---------------------------------------------------------------- dates


def test_an_impossible_day_that_is_one_when_turned_round_is_asked_about() -> None:
    days = ["2016-13-01", "2016-02-30", "2016-31-12T10:00"]
    sent = pl.DataFrame({"row": [2, 3, 4], "date": days})
    there = "a day that the calendar has"
    assert said(findings(sent, ORIGIN, hints.impossible_days("date", EVERY))) == [
        ("`2016-13-01` (2016-01-13?)", f"{there}: are day and month swapped?"),
        ("`2016-02-30`", there),
        ("`2016-31-12T10:00` (2016-12-31?)", f"{there}: are day and month swapped?"),
    ]


@pytest.mark.parametrize(
    ("texts", "patterns"),
    [
        (["03/11/2016", "14/11/2016"], ["%d/%m/%Y"]),
        (["11/14/2016", "n/a", "11/03/2016"], ["%m/%d/%Y"]),
        (["03/11/2016", "3/4/2017"], ["%d/%m/%Y", "%m/%d/%Y"]),
        (["14/11/16"], ["%d/%m/%y"]),
        (["14.11.2016"], ["%d.%m.%Y"]),
        (["14-Nov-2016", "1-Dec-2016"], ["%d-%b-%Y"]),
        (["14 November 2016"], ["%d %B %Y"]),
        (["14/11/2016", "soon", "later"], []),
        ([None], []),
        ([], []),
    ],
)
def test_how_a_sender_writes_dates(texts: list[str | None], patterns: list[str]) -> None:
    assert hints.date_formats(pl.Series(texts, dtype=pl.String)) == patterns


def test_dates_of_another_kind_are_refused_with_what_wlz_yaml_would_say() -> None:
    wanted = "a date such as 2016-11-03"
    assert hints.wanted_date(wanted, pl.Series(["14/11/2016"])) == (
        'a date such as 2016-11-03; or `date_format: "%d/%m/%Y"` in wlz.yaml, under the extract'
    )
    assert hints.wanted_date(wanted, pl.Series(["03/11/2016"])) == (
        'a date such as 2016-11-03; or `date_format: "%d/%m/%Y"` or `date_format: "%m/%d/%Y"` in wlz.yaml, '
        "under the extract"
    )
    assert hints.wanted_date(wanted, pl.Series(["soon"])) == wanted


# ---------------------------------------------------------------- codes


@pytest.mark.parametrize(
    ("column", "meant"),
    [
        (STATUS, {"Y": "attended", "N": "absent", "Present": "attended", "1": "attended", "0": "absent"}),
        (STATUS, {"Attended": "attended", "P": "attended", "A": "absent", "Canceled": "cancelled"}),
        (ENGAGEMENT.column("engaged"), {"Yes": "true", "No": "false", "TRUE": "true", "0": "false"}),
        (
            ENGAGEMENT.column("kind"),
            {"Link Worker": "link_worker", "LW": "link_worker", "Partner": "partner"},
        ),
        (ATTENDANCE_MARKS.column("session"), {"am": "AM", "p.m.": "PM", "Morning": "AM"}),
        (CHILDREN.column("year_group"), {"Year 5": "5", "Y10": "10", "Reception": "R", "n1": "N1"}),
        (SDQ.column("informant"), {"P": "parent", "Teacher": "teacher", "Pupil": "self"}),
        (ATTAINMENT.column("subject"), {"Mathematics": "maths", "Reading": "reading"}),
        (MARK, {"Present": "/", "Late": "L", "Absent": "N", "A": "N", "1": "/", "0": "N"}),
        (
            MARK,
            {"i": "I", "b": "B", "C 1": "C1", "I - Illness": "I", "I \u2013 Illness": "I", "M: dentist": "M"},
        ),
    ],
)
def test_the_codes_of_other_systems(column: Column, meant: dict[str, str]) -> None:
    assert hints.words(column, pl.Series([*meant, *meant, None])) == meant


@pytest.mark.parametrize(
    ("column", "text"),
    [
        (STATUS, "maybe"),
        (MARK, "y"),  # yes, or the code Y
        (MARK, "n"),
        (MARK, "?"),
        (MARK, f"I - {'very ' * 9}ill"),  # a sentence, and whose business it is
        (ENGAGEMENT.column("provider"), "Y"),
        (ENGAGEMENT.column("session"), "morning"),
    ],
)
def test_what_is_not_sure_is_not_suggested(column: Column, text: str) -> None:
    assert hints.words(column, pl.Series([text])) == {}


def test_cells_of_another_system_are_told_together_with_the_map_that_mends_them() -> None:
    texts = ["Y", "N", "maybe", "Y"]
    sent = pl.DataFrame({"row": [2, 3, 4, 5], "status": texts})
    faults = hints.other_codes(
        "cell-not-in-list", STATUS, EVERY, "attended or absent", sent.get_column("status")
    )
    found = findings(sent, ORIGIN, faults)
    mend = (
        "attended or absent; or `values: {status: {N: absent, Y: attended}}` in wlz.yaml, under the extract"
    )
    assert said(found) == [
        ("`Y` (attended?)", mend),
        ("`N` (absent?)", mend),
        ("`maybe`", "attended or absent"),
        ("`Y` (attended?)", mend),
    ]


def test_without_a_word_that_is_known_there_is_nothing_to_add() -> None:
    [fault] = hints.other_codes("cell-not-in-list", STATUS, EVERY, "attended", pl.Series(["maybe"]))
    assert (fault.expected, fault.found) == ("attended", None)


def test_the_map_is_yaml_whatever_the_cells_are() -> None:
    theirs = {"I - Illness": "I", "I: ill, or so": "I", "1": "/", "closed": "#"}
    assert hints.words(MARK, pl.Series(list(theirs))) == theirs
    [fault, _] = hints.other_codes("attendance-code-unknown", MARK, EVERY, "a code", pl.Series(list(theirs)))
    assert isinstance(fault.expected, str)
    assert safe_load(fault.expected.split("`")[1]) == {"values": {"code": theirs}}
