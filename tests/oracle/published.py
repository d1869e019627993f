"""What public sources say: year groups, scales, register codes, and the SDQ's items and bands."""

from __future__ import annotations

import datetime as dt

YEAR_GROUPS = {
    "early_years": ["N1", "N2"],
    "primary": ["R", "1", "2", "3", "4", "5", "6"],
    "secondary": ["7", "8", "9", "10", "11"],
    "post_16": ["12", "13"],
}

ORDERED_SCALES = {
    "termly_judgement": ["below", "towards", "at", "above"],
    "teacher_assessment": ["EM", "PK1", "PK2", "PK3", "PK4", "PK5", "PK6", "WTS", "EXS", "GDS"],
    "gcse": ["U", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
}
RANGE_SCALES = {
    "standardised_age_score": (60, 140),
    "ks1_scaled": (85, 115),
    "ks2_scaled": (80, 120),
}
AGE_RELATIVE_SCALES = {"standardised_age_score", "termly_judgement", "teacher_assessment"}
STATUS_CODES = {"A", "AS", "B", "D", "F", "H", "J", "L", "M", "N", "NS", "P", "Q", "T", "U", "X"}

MARKS_ATTENDED = {"/", "\\", "L", "K", "V", "P", "W", "B", "J"}
MARKS_ABSENT = {"C1", "M", "J1", "S", "C2", "C", "T", "R", "I", "E", "H", "F", "G", "N", "O", "U"}
MARKS_NOT_COUNTED = {"D", "X", "Q", "Y", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7", "Z", "#"}
MARKS_MISSING = {"", "-", "*"}
NEW_CODES_FROM = dt.date(2024, 8, 19)
NEW_CODES = {"K", "C1", "C2", "J1", "Q", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7"}
OLD_CODES = {"J", "H", "Y", "F"}

SDQ_ITEMS = {
    "emotional": ["somatic", "worries", "unhappy", "clingy", "afraid"],
    "conduct": ["tantrum", "obeys", "fights", "lies", "steals"],
    "hyperactivity": ["restles", "fidgety", "distrac", "reflect", "attends"],
    "peer": ["loner", "friend", "popular", "bullied", "oldbest"],
    "prosocial": ["consid", "shares", "caring", "kind", "helpout"],
}
SDQ_REVERSED = {"obeys", "reflect", "attends", "friend", "popular"}
SDQ_SUMS = {
    "total": ["emotional", "conduct", "hyperactivity", "peer"],
    "externalising": ["conduct", "hyperactivity"],
    "internalising": ["emotional", "peer"],
}
IMPACT_ITEMS = {
    "teacher": ["distres", "impfrie", "impclas"],
    "parent": ["distres", "imphome", "impfrie", "impclas", "impleis"],
    "self": ["distres", "imphome", "impfrie", "impclas", "impleis"],
}

BANDS = {
    "three": [["normal"], ["borderline"], ["abnormal"]],
    "four": [
        ["close_to_average"],
        ["slightly_raised", "slightly_lowered"],
        ["high", "low"],
        ["very_high", "very_low"],
    ],
}
BANDED_SCALES = ["total", "emotional", "conduct", "hyperactivity", "peer", "prosocial", "impact"]
# The score at which each band above the first begins, scale by scale; for prosocial going down.
CUT_OFFS = {
    ("three", "parent"): "14 17, 4 5, 3 4, 6 7, 3 4, 5 4, 1 2",
    ("three", "teacher"): "12 16, 5 6, 3 4, 6 7, 4 5, 5 4, 1 2",
    ("three", "self"): "16 20, 6 7, 4 5, 6 7, 4 6, 5 4, 1 2",
    ("four", "parent"): "14 17 20, 4 5 7, 3 4 6, 6 8 9, 3 4 5, 7 6 5, 1 2 3",
    ("four", "teacher"): "12 16 19, 4 5 6, 3 4 5, 6 8 9, 3 5 6, 5 4 3, 1 2 3",
    ("four", "self"): "15 18 20, 5 6 7, 4 5 6, 6 7 8, 3 4 5, 6 5 4, 1 2 3",
}


def begins_at(scheme: str, informant: str, scale: str, band: str) -> int:
    """The score at which a band begins, coming from the best score of the scale."""
    [rank] = [i for i, names in enumerate(BANDS[scheme]) if band in names]
    assert rank > 0, "the best band is no risk"
    cut_offs = CUT_OFFS[scheme, informant].split(", ")[BANDED_SCALES.index(scale)]
    return int(cut_offs.split()[rank - 1])
