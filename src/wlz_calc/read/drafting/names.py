"""Names: which column of ours a heading may be another name of.

Sources of the words: measures, A1 (the publisher's names of the SDQ) and B4 (headings that are published),
and plain English.
"""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from wlz_calc.read import maps
from wlz_calc.read.personal import is_personal
from wlz_calc.read.spelling import plain
from wlz_calc.standards import sdq
from wlz_calc.tables import Column, Table

ALIKE: Final = 0.8
"""From so much on, two names are near; `sesions_posible` is, `sessions_attended` and `_expected` are not."""

_IDS: Final = (
    "adno admission_number admission_no pupil_id student_id child_ref pupil_ref student_ref pupil_number"
    " student_number child_number child pupil student respondent participant reference ref id"
)
_DAY: Final = "date day when session_date event_date date_of_session"
_DONE: Final = "completed completed_date date_completed completion_date date_of_completion survey_date date"
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "children": {
        "contract": "programme project",
        "school": "school_code setting school_id laestab",
        "authority": "local_authority la borough",
        "year_group": "year nc_year nc_year_group national_curriculum_year yr",
        "joined_on": "joined date_joined joining_date start_date started",
        "consent_on": "consent consented consent_date date_of_consent",
        "left_on": "left date_left leaving_date leave_date end_date",
        "left_reason": "reason_left leaving_reason reason_for_leaving",
    },
    "schools": {"school": "school_code code school_id setting", "name": "school_name name_of_school title"},
    "engagement": {
        "date": _DAY,
        "kind": "type session_type",
        "provider": "partner delivery_partner organisation",
        "session": "session_name session_label group slot",
        "status": "attendance attended attended_y_n came present register outcome mark",
        "engaged": "engaged_y_n engagement joined_in took_part participated",
        "submitted_at": "submitted sent timestamp submitted_on sent_at sent_on entered_at",
    },
    "attendance": {
        "period_start": "from date_from start start_date first_day begins",
        "period_end": "to date_to end end_date last_day ends",
        "sessions_possible": "possible_marks possible_sessions sess_possible possible poss sessions",
        "sessions_attended": "present_plus_aea overall_attendance attended att present attendances",
        "date": f"{_DAY} mark_date",
        "session": "session_name am_pm ampm",
        "code": "mark attendance_code attendance_mark register_code",
    },
    "attainment": {
        "subject": "subject_name test paper assessment",
        "assessed_on": "assessed date_taken test_date assessment_date judged_on sat date_sat taken date",
        "scale": "assessment_type score_type",
        "score": "sas standardised_score standard_age_score scaled_score judgement grade result mark",
        "expected": "target expected_score predicted",
    },
    "sdq": {
        "completed_on": _DONE,
        "informant": "version sdq_version completed_by respondent rater form",
        "emotional": "emotion emotional_symptoms emotional_problems",
        "conduct": "conduct_problems",
        "hyperactivity": "hyper",
        "peer": "peer_problems",
        "prosocial": "prosoc prosocial_behaviour",
        "total": "ebdtot total_difficulties total_score",
        "impact": "impact_score",
    },
    "survey": {
        "completed_on": _DONE,
        "measure": "survey question_set questionnaire scale measure_name",
        "score": "result mean_score total value points",
    },
}
PREFIXES: Final[Mapping[str, str]] = {"p": "parent", "t": "teacher", "s": "self"}
"""Whose answers they are, by the letter that the publisher of the SDQ puts before its names."""
_PUBLISHED: Final = (*sdq.ITEMS, sdq.DIFFICULTY, *sdq.IMPACT_ITEMS, *sdq.SUBSCALES)
_NUMBERED: Final = re.compile(r"(?:sdq_?)?(?:item|question|q)_?0*([1-9]|1[0-9]|2[0-5])")
"""Not a bare number: that may as well be in a row of data."""


def words(column: Column, table: Table) -> tuple[str, ...]:
    """What else the column of a table is called, the likeliest name first."""
    said = _WORDS.get(table.name, {}).get(column.name, "")
    return tuple((_IDS if column.name == "child_id" else said).split())


def published(heading: str) -> tuple[str, str] | None:
    """The column of the SDQ under the name or the number of its publisher, and the prefix it has, if any."""
    name = plain(heading)
    if number := _NUMBERED.fullmatch(name):
        return sdq.ITEMS[int(number[1]) - 1], ""
    called = {**{ours: ours for ours in _PUBLISHED}, "emotion": "emotional", "hyper": "hyperactivity"}
    called |= {"prosoc": "prosocial", "ebdtot": "total", "impact": "impact"}
    letter, rest = name[:1], name[1:].strip("_")
    return (called[rest], letter) if letter in PREFIXES and rest in called else None


def near(name: str, column: Column, table: Table) -> bool:
    """Whether a plain name is nearly a column's own, in its letters or with its words in another order."""
    turned = sorted(name.split("_")) == sorted(column.name.split("_"))
    ours = [each.name for each in table.columns]
    return turned or get_close_matches(name, ours, n=1, cutoff=ALIKE) == [column.name]


def is_private(heading: str, table: Table) -> bool:
    """Whether a heading is personal, so that its cells are not looked at; sessions and schools have names."""
    return is_personal(heading) and plain(heading) not in set(_known_names(table))


def known(cells: tuple[str, ...], table: Table) -> int:
    """How many cells of a row are headings that mean something here: ours, another name, or personal."""
    ours = set(_known_names(table))
    return sum(
        plain(cell) in ours or is_personal(cell) or (table.name == "sdq" and published(cell) is not None)
        for cell in dict.fromkeys(cells)
        if cell
    )


def _known_names(table: Table) -> Iterator[str]:
    for column in table.columns:
        yield column.name
        yield from words(column, table)
    for name in maps.shipped():
        if (shipped := maps.shipped_map(name)).table == table.name:
            yield from map(plain, shipped.columns)
