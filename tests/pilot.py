"""The example of the pilot's figures: children whose results come out in the form of those of 2015/16.

Run by `make examples`, or as `python tests/pilot.py`. It writes the extracts of examples/pilot-figures; the
card and wlz.yaml there are written by hand. Nothing is left to chance: how many children take which course is
stated here, and each takes its turn.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain, repeat
from pathlib import Path
from typing import Final, NamedTuple

import polars as pl

PILOT: Final = Path(__file__).parents[1] / "examples" / "pilot-figures"
FIRST_DAY: Final = date(2015, 9, 14)
BEFORE, AFTER = timedelta(days=14), timedelta(days=272)
"""From joining to the two readings."""
LEFT_ON: Final = date(2016, 2, 26)
OTHER_SCALES: Final = {"emotional": 2, "hyperactivity": 3, "peer": 1, "prosocial": 8}
"""What nothing is said of here, but a questionnaire has."""
WHY: Final = ("moved area", "changed school", "withdrew")


class Phase(NamedTuple):
    """The children of a phase: their schools by their codes, and their year groups."""

    schools: dict[str, str]
    years: tuple[str, ...]


class Course(NamedTuple):
    """What becomes of so many children: their score before and after, none where it is missing."""

    children: int
    before: int | None
    after: int | None
    left: bool = False


PRIMARY: Final = Phase(
    {"canal-heron": "Canal Heron Primary School", "maple-wren": "Maple Wren Primary School"},
    ("3", "4", "5", "6"),
)
SECONDARY: Final = Phase(
    {"harbour-finch": "Harbour Finch Academy", "willow-swift": "Willow Swift Academy"},
    ("7", "8", "9"),
)

# At primary school 20 of the 35 whose teachers saw a risk in their behaviour (3 points and more): 57%.
BEHAVIOUR: Final = (
    Course(12, 4, 2),  # no longer at risk
    Course(8, 6, 4),  # improved without crossing
    Course(15, 5, 5),  # did not improve
    Course(24, 1, 1),  # not at risk at the start
    Course(2, None, 3),
    Course(1, 4, None),
    Course(5, 4, None, left=True),
)
# At secondary school 33 of the 38 who were at risk in English (a score below 90): 87%.
ENGLISH: Final = (
    Course(24, 86, 93),  # no longer at risk
    Course(9, 79, 84),  # improved without crossing
    Course(5, 84, 85),  # did not improve
    Course(17, 101, 104),  # not at risk at the start
    Course(1, 85, None),
    Course(5, 85, None, left=True),
)


def main() -> None:
    """Every extract anew."""
    (PILOT / "extracts").mkdir(exist_ok=True)
    for name, table in extracts().items():
        table.write_csv(PILOT / "extracts" / f"{name}.csv")


def extracts() -> dict[str, pl.DataFrame]:
    """The extracts by their names."""
    primary = list(_children(PRIMARY, BEHAVIOUR, "p"))
    secondary = list(_children(SECONDARY, ENGLISH, "s"))
    return {
        "children": pl.DataFrame([child.registered for child in (*primary, *secondary)]),
        "schools": pl.DataFrame(
            list((PRIMARY.schools | SECONDARY.schools).items()), ["school", "name"], orient="row"
        ),
        "attainment": pl.DataFrame(
            [
                {
                    "child_id": child.child_id,
                    "subject": "english",
                    "assessed_on": day,
                    "scale": "standardised_age_score",
                    "score": score,
                }
                for child in secondary
                for day, score in child.readings
            ]
        ),
        "sdq": pl.DataFrame(
            [
                {"child_id": child.child_id, "completed_on": day, "informant": "teacher"}
                | OTHER_SCALES
                | {"conduct": score}
                for child in primary
                for day, score in child.readings
            ]
        ),
    }


class _Child(NamedTuple):
    """A child, by its place in its phase, and the course that it takes."""

    child_id: str
    place: int
    phase: Phase
    course: Course

    @property
    def joined_on(self) -> date:
        """Children join through the first six weeks."""
        return FIRST_DAY + timedelta(days=self.place % 6 * 7)

    @property
    def registered(self) -> dict[str, object]:
        """Its row of the register."""
        left = self.course.left
        return {
            "child_id": self.child_id,
            "contract": "pilot",
            "school": list(self.phase.schools)[self.place % len(self.phase.schools)],
            "year_group": self.phase.years[self.place % len(self.phase.years)],
            "joined_on": self.joined_on,
            "consent_on": self.joined_on,
            "left_on": LEFT_ON if left else None,
            "left_reason": WHY[self.place % len(WHY)] if left else None,
        }

    @property
    def readings(self) -> Iterator[tuple[date, int]]:
        """The readings that there are, with their days."""
        scores = ((BEFORE, self.course.before), (AFTER, self.course.after))
        return ((self.joined_on + when, score) for when, score in scores if score is not None)


def _children(phase: Phase, courses: tuple[Course, ...], initial: str) -> Iterator[_Child]:
    taken = chain.from_iterable(repeat(course, course.children) for course in courses)
    for place, course in enumerate(taken):
        yield _Child(f"{initial}{place + 1:03}", place, phase, course)


if __name__ == "__main__":
    main()
