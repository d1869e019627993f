"""The DfE's attendance codes: which sessions were possible, which were attended, when a code was in force.

Sources: School Attendance (Pupil Registration) (England) Regulations 2024 (SI 2024/208), regulation 10, in
force from 19 August 2024, and the guidance before it; the sums agree with the department's published file.
"""

from datetime import date
from typing import Final, NamedTuple

NEW_CODES: Final = date(2024, 8, 19)
LAST_DAY_OF_OLD_CODES: Final = date(2024, 8, 18)


class Code(NamedTuple):
    """What one mark counts for; `possible` is false for a session that is in neither side of the rate."""

    possible: bool
    attended: bool
    start: date | None = None
    end: date | None = None


def _codes(
    codes: str, *, possible: bool, attended: bool = False, start: date | None = None, end: date | None = None
) -> dict[str, Code]:
    return {code: Code(possible, attended, start, end) for code in codes.split()}


CODES: Final[dict[str, Code]] = {
    **_codes("/ \\ L V P W B", possible=True, attended=True),
    **_codes("K", possible=True, attended=True, start=NEW_CODES),
    **_codes("J", possible=True, attended=True, end=LAST_DAY_OF_OLD_CODES),
    **_codes("M S C T R I E G N O U", possible=True),
    **_codes("C1 C2 J1", possible=True, start=NEW_CODES),
    **_codes("H F", possible=True, end=LAST_DAY_OF_OLD_CODES),
    **_codes("D X Z #", possible=False),
    **_codes("Q Y1 Y2 Y3 Y4 Y5 Y6 Y7", possible=False, start=NEW_CODES),
    **_codes("Y", possible=False, end=LAST_DAY_OF_OLD_CODES),
}
MISSING_MARKS: Final = ("-", "*")
"""No mark was made. So is an empty cell: counted and reported, and in neither side of the rate."""
