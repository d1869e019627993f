"""National Curriculum year groups, and the phase of education that each is in.

Source: Department for Education, key stages; N1 and N2 are nursery years, R is reception.
"""

from collections.abc import Mapping
from typing import Final

YEAR_GROUPS: Final = ("N1", "N2", "R", *(str(year) for year in range(1, 14)))
PHASES: Final[Mapping[str, tuple[str, ...]]] = {
    "early_years": ("N1", "N2"),
    "primary": ("R", "1", "2", "3", "4", "5", "6"),
    "secondary": ("7", "8", "9", "10", "11"),
    "post_16": ("12", "13"),
}
"""The phase of each year group, unless a card groups them otherwise."""
