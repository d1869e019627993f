"""Scales on which attainment is recorded: the order of their values, or their range.

Sources: Standards and Testing Agency (scaled scores, teacher assessment), Ofqual (GCSE 9 to 1), GL Assessment
(standardised age scores). A status code says why there is no result: it is no reading, and never zero.
"""

from decimal import Decimal
from typing import Final, NamedTuple

SUBJECTS: Final = ("reading", "english", "writing", "maths")
STATUS_CODES: Final = (
    "A", "AS", "B", "D", "F", "H", "J", "L", "M", "N", "NS", "P", "Q", "T", "U", "X",
)  # fmt: skip


POINT: Final = 10_000
"""Scores are whole ten-thousandths of a point, so that up to four decimals stay exact."""
DECIMALS: Final = 4


class Scale(NamedTuple):
    """Either values in order, worst first, or a closed range of numbers.

    `age_relative`: the scale already compares with others of the same age, so that standing still is
    expected progress.
    """

    age_relative: bool
    values: tuple[str, ...] = ()
    range: tuple[Decimal, Decimal] | None = None

    def __str__(self) -> str:
        return " < ".join(self.values) if self.range is None else f"{self.range[0]} to {self.range[1]}"


def _numbers(low: int, high: int, *, age_relative: bool) -> Scale:
    return Scale(age_relative, range=(Decimal(low), Decimal(high)))


SCALES: Final[dict[str, Scale]] = {
    "standardised_age_score": _numbers(60, 140, age_relative=True),
    "termly_judgement": Scale(age_relative=True, values=("below", "towards", "at", "above")),
    "teacher_assessment": Scale(
        age_relative=True,
        values=("EM", "PK1", "PK2", "PK3", "PK4", "PK5", "PK6", "WTS", "EXS", "GDS"),
    ),
    "ks1_scaled": _numbers(85, 115, age_relative=False),
    "ks2_scaled": _numbers(80, 120, age_relative=False),
    "gcse": Scale(age_relative=False, values=("U", *"123456789")),
}
