"""The measures of one child: counts, rates and readings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from tests.oracle.dates import Tree, Window
from tests.oracle.folder import Case, Row, dated_on
from tests.oracle.published import (
    AGE_RELATIVE_SCALES,
    IMPACT_ITEMS,
    MARKS_ABSENT,
    MARKS_ATTENDED,
    MARKS_MISSING,
    MARKS_NOT_COUNTED,
    NEW_CODES,
    NEW_CODES_FROM,
    OLD_CODES,
    ORDERED_SCALES,
    SDQ_ITEMS,
    SDQ_REVERSED,
    SDQ_SUMS,
    STATUS_CODES,
)


@dataclass(frozen=True)
class Reading:
    """One dated value of a measure (a rate is dated by the end of its window)."""

    on: dt.date
    value: Fraction
    scale: str = ""
    expected: Fraction | None = None


def attended_sessions(case: Case, kind: str, window: Window) -> list[Row]:
    """The sessions of a kind in a window that were attended, in order of date."""
    rows = [row for row in sessions(case, kind, window) if row["status"] == "attended"]
    return sorted(rows, key=lambda row: row["date"])


def sessions(case: Case, kind: str, window: Window) -> list[Row]:
    """The sessions of a kind in a window, without those after the child left."""
    last = min(window.last, case.left_on or window.last)
    return [
        row
        for row in case.rows["engagement"]
        if row["kind"] == kind and window.first <= dt.date.fromisoformat(row["date"]) <= last
    ]


def rate(case: Case, measure: str, window: Window, possible_at_least: Fraction) -> Fraction | None:
    """A rate in a window, or None where it is missing."""
    if measure == "attendance_rate":
        attended, possible = school_attendance(case, window)
        enough = possible > 0 and possible >= possible_at_least
        return Fraction(attended, possible) if enough else None
    present = attended_sessions(case, "partner", window)
    if measure == "partner_engaged_rate":
        said = [row["engaged"] for row in present if row.get("engaged")]
        return Fraction(said.count("true"), len(said)) if said else None
    absent = [row for row in sessions(case, "partner", window) if row["status"] == "absent"]
    counted = len(present) + len(absent)
    return Fraction(len(present), counted) if counted else None


def school_attendance(case: Case, window: Window) -> tuple[int, int]:
    """Sessions attended and possible, of whole periods or of register marks in a window."""
    attended = possible = 0
    for row in case.rows["attendance"]:
        if "code" in row:
            if dt.date.fromisoformat(row["date"]) in window:
                attended += row["code"] in MARKS_ATTENDED
                possible += is_possible(row)
        elif (
            dt.date.fromisoformat(row["period_start"]) in window
            and dt.date.fromisoformat(row["period_end"]) in window
        ):
            attended += int(row["sessions_attended"])
            possible += int(row["sessions_possible"])
    return attended, possible


def is_possible(row: Row) -> bool:
    """Whether a register mark counts in the denominator; the code must be one of its day."""
    code, on = row["code"], dt.date.fromisoformat(row["date"])
    assert code in MARKS_ATTENDED | MARKS_ABSENT | MARKS_NOT_COUNTED | MARKS_MISSING
    assert code not in (NEW_CODES if on < NEW_CODES_FROM else OLD_CODES)
    return code in MARKS_ATTENDED | MARKS_ABSENT


def readings(case: Case, measure: str) -> list[Reading]:
    """The readings of an attainment, SDQ or survey measure, in order of date."""
    table, name = measure.split(".")
    found: list[Reading] = []
    for row in case.rows[table]:
        on = dated_on(table, row)
        if table == "survey" and row["measure"] == name:
            found.append(Reading(on, Fraction(row["score"])))
        if table == "sdq" and row["informant"] == case.card["informants"].get(case.phase):
            score = sdq_score(row, name)
            found += [] if score is None else [Reading(on, Fraction(score))]
        if table == "attainment" and row["subject"] == name:
            value = place(case.card, row["scale"], row["score"])
            expected = place(case.card, row["scale"], row.get("expected", ""))
            found += [] if value is None else [Reading(on, value, row["scale"], expected)]
    return sorted(found, key=lambda reading: reading.on)


def place(card: Tree, scale: str, score: str) -> Fraction | None:
    """A score as a number: itself, or its place (from 0) among ordered values; a status is none."""
    ordered = card.get("scales", {}).get(scale, {}).get("values", ORDERED_SCALES.get(scale))
    if ordered and score in ordered:
        return Fraction(ordered.index(score))
    if not score or score in STATUS_CODES:
        return None
    assert not ordered, f"{score} is not on {scale}"
    return Fraction(score)


def is_age_relative(card: Tree, scale: str) -> bool:
    """Whether a scale moves with age, so that standing still on it is expected progress."""
    own = card.get("scales", {}).get(scale)
    return own["age_relative"] == "true" if own else scale in AGE_RELATIVE_SCALES


def sdq_score(row: Row, scale: str) -> int | None:
    """A scale of one questionnaire: from its items where they give it, else as the file says."""
    if scale in SDQ_SUMS:
        parts = [sdq_score(row, part) for part in SDQ_SUMS[scale]]
        whole = [part for part in parts if part is not None]
        return sum(whole) if len(whole) == len(parts) else number_or_none(row.get(scale))
    score = impact_score(row) if scale == "impact" else item_score(row, scale)
    return number_or_none(row.get(scale)) if score is None else score


def number_or_none(text: str | None) -> int | None:
    """An optional whole number."""
    return int(text) if text else None


def item_score(row: Row, scale: str) -> int | None:
    """Five times the mean of the answered items, halves up; at least three must be answered."""
    answers = [
        2 - int(row[item]) if item in SDQ_REVERSED else int(row[item])
        for item in SDQ_ITEMS[scale]
        if row.get(item)
    ]
    answered = len(answers)
    return (10 * sum(answers) + answered) // (2 * answered) if answered >= 3 else None


def impact_score(row: Row) -> int | None:
    """The impact supplement: no difficulty is 0; else the informant's items, 2 as 1 and 3 as 2."""
    if row.get("ebddiff") == "0":
        return 0
    answers = [int(row[item]) for item in IMPACT_ITEMS[row["informant"]] if row.get(item)]
    return sum(max(answer - 1, 0) for answer in answers) if answers else None


def lower_is_better(case: Case, measure: str) -> bool:
    """The direction of a measure."""
    kind, _, name = measure.partition(".")
    if kind == "survey":
        return bool(case.card["surveys"][name]["better"] == "lower")
    return kind == "sdq" and name != "prosocial"
