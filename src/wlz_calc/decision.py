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
