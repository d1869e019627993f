"""What can be decided of a child and a payment or an outcome, and why: the statuses and the reasons."""

from enum import StrEnum
from typing import Final


class Status(StrEnum):
    """What was decided. Source: rate-cards, Status."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_YET = "not_yet"
    NOT_ASSESSABLE = "not_assessable"
    NOT_ELIGIBLE = "not_eligible"
    GATED = "gated"
    BEYOND_LIMIT = "beyond_limit"
    HELD = "held"


AWARDED: Final = (Status.MET, Status.HELD)


class Reason(StrEnum):
    """Why it was decided so."""

    HAPPENED = "happened"
    NO_DATE = "no_date"
    OUTSIDE_WINDOW = "outside_window"
    REACHED = "reached"
    SHORT = "short"
    WINDOW_OPEN = "window_open"
    NO_SESSIONS = "no_sessions"
    TOO_FEW_POSSIBLE = "too_few_possible"
    NO_BASELINE = "no_baseline"
    NO_ENDPOINT = "no_endpoint"
    NO_EXPECTED = "no_expected"
    NOT_AT_RISK = "not_at_risk"
    IMPROVED = "improved"
    NOT_IMPROVED = "not_improved"
    PROGRESSED = "progressed"
    NOT_PROGRESSED = "not_progressed"
    CROSSED = "crossed"
    STILL_AT_RISK = "still_at_risk"
    OTHER_PHASE = "other_phase"
    LEFT = "left"
    GATE_NOT_MET = "gate_not_met"
    OUTSIDE_TERM = "outside_term"
    NUMBERS_USED = "numbers_used"
    ON_HOLD = "on_hold"


class Use(StrEnum):
    """What became of a row of an extract in a test: what it counts as, or why it is passed over."""

    COUNTED = "counted"
    COUNTED_AGAINST = "counted_against"
    BASELINE = "baseline"
    ENDPOINT = "endpoint"
    SUPERSEDED = "superseded"
    REPEATED = "repeated"
    NO_SCORE = "no_score"
    NOT_KNOWN_YET = "not_known_yet"
    OTHER_INFORMANT = "other_informant"
    OUTSIDE_WINDOW = "outside_window"
    PARTLY_OUTSIDE = "partly_outside"
    AFTER_LEAVING = "after_leaving"
    CANCELLED = "cancelled"
    ABSENT = "absent"
    NOT_RATED = "not_rated"
    NOT_POSSIBLE = "not_possible"
    TOO_FEW_POSSIBLE = "too_few_possible"
    ANOTHER_NEARER = "another_nearer"
    NO_BASELINE = "no_baseline"
    OTHER_SCALE = "other_scale"
    LATER_TAKEN = "later_taken"


USED: Final = (Use.COUNTED, Use.COUNTED_AGAINST, Use.BASELINE, Use.ENDPOINT)
"""The uses of rows that a test rests on."""


class Cause(StrEnum):
    """Why an award is claimed otherwise than it was claimed or decided before: the reason of such a line."""

    REGISTER = "register_changed"
    READING = "reading_changed"
    SESSION = "session_changed"
    HOLD = "hold_ended"
    CARD = "card_changed"
    LIMIT = "limit_changed"
    GATE = "gate_changed"
    NUMBER = "number_changed"
    OPENING = "opening_differs"
    OTHERWISE = "calculated_otherwise"
