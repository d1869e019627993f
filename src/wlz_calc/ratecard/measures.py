"""The measures a card may use, what kind of value each has, and which way is better."""

from enum import StrEnum
from typing import Annotated, Final

from pydantic import AfterValidator, WithJsonSchema

from wlz_calc.ratecard.base import NAME, Text, invalid, one_of
from wlz_calc.standards.assessment import SUBJECTS
from wlz_calc.standards.sdq import SCALES


class Kind(StrEnum):
    """What the value of a measure is."""

    DATE = "date"
    COUNT = "count"
    RATE = "rate"
    READINGS = "readings"


KINDS: Final[dict[str, Kind]] = {
    "consent": Kind.DATE,
    "link_worker_sessions": Kind.COUNT,
    "partner_sessions": Kind.COUNT,
    "partner_attendance_rate": Kind.RATE,
    "partner_engaged_rate": Kind.RATE,
    "attendance_rate": Kind.RATE,
    **{f"attainment.{subject}": Kind.READINGS for subject in SUBJECTS},
    **{f"sdq.{scale}": Kind.READINGS for scale in SCALES},
}
SURVEY: Final = "survey"
ATTENDANCE: Final = "attendance_rate"

NAMES: Final[dict[str, str]] = {
    "consent": "consent",
    "link_worker_sessions": "one-to-one Link Worker sessions attended",
    "partner_sessions": "delivery-partner sessions attended",
    "partner_attendance_rate": "attendance at delivery-partner sessions",
    "partner_engaged_rate": "engagement at the delivery-partner sessions attended",
    "attendance_rate": "school attendance",
    **{f"attainment.{subject}": f"attainment in {subject.capitalize()}" for subject in SUBJECTS},
    **{f"sdq.{scale}": f"SDQ {scale} score" for scale in SCALES},
}
"""A measure as a sentence says it."""

TABLES: Final[dict[str, str]] = {
    "consent": "children",
    "link_worker_sessions": "engagement",
    "partner_sessions": "engagement",
    "partner_attendance_rate": "engagement",
    "partner_engaged_rate": "engagement",
    "attendance_rate": "attendance",
    "attainment": "attainment",
    "sdq": "sdq",
    "survey": "survey",
}
"""The extract from which a measure (or a family of measures) is computed."""


def family(measure: str) -> str:
    """`sdq` of `sdq.emotional`; a measure without a dot is its own family."""
    return measure.partition(".")[0]


def member(measure: str) -> str:
    """`emotional` of `sdq.emotional`."""
    return measure.partition(".")[2]


def kind(measure: str) -> Kind:
    """What the value of a measure is; a survey gives readings."""
    return KINDS.get(measure, Kind.READINGS)


def table(measure: str) -> str:
    """The extract that a measure is computed from."""
    return TABLES[family(measure)]


def name(measure: str) -> str:
    """The measure as a sentence says it."""
    return NAMES.get(measure) or f"{member(measure).replace('_', ' ')} survey score"


def _known(measure: str) -> str:
    if measure in KINDS or (family(measure) == SURVEY and NAME.fullmatch(member(measure))):
        return measure
    raise invalid("card-unknown-measure", one_of(measure, [*KINDS, "survey.NAME"]))


Measure = Annotated[
    Text,
    AfterValidator(_known),
    WithJsonSchema(
        {"anyOf": [{"enum": list(KINDS)}, {"type": "string", "pattern": rf"^{SURVEY}\.{NAME.pattern}$"}]}
    ),
]
