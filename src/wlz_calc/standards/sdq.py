"""The Strengths and Difficulties Questionnaire: items, subscales, scoring constants and published bands.

Short names and numbers only; the wording of the items is copyright of youthinmind and is not here.
Sources: the publisher's scoring sheet (youthinmind, 2014) and sdqinfo.org; bands for ages 4 to 17.
"""

from typing import Final, Literal, get_args

Informant = Literal["parent", "teacher", "self"]
Scheme = Literal["three", "four"]
INFORMANTS: Final[tuple[str, ...]] = get_args(Informant)

SUBSCALES: Final[dict[str, tuple[str, ...]]] = {
    "emotional": ("somatic", "worries", "unhappy", "clingy", "afraid"),
    "conduct": ("tantrum", "obeys", "fights", "lies", "steals"),
    "hyperactivity": ("restles", "fidgety", "distrac", "reflect", "attends"),
    "peer": ("loner", "friend", "popular", "bullied", "oldbest"),
    "prosocial": ("consid", "shares", "caring", "kind", "helpout"),
}
REVERSED: Final = frozenset({"obeys", "reflect", "attends", "friend", "popular"})
ITEMS: Final = (
    "consid", "restles", "somatic", "shares", "tantrum", "loner", "obeys", "worries", "caring",
    "fidgety", "friend", "fights", "unhappy", "popular", "distrac", "clingy", "kind", "lies",
    "bullied", "helpout", "reflect", "steals", "oldbest", "afraid", "attends",
)  # fmt: skip
HIGHEST_ANSWER: Final = 2
FEWEST_ANSWERED: Final = 3
ITEMS_IN_A_SUBSCALE: Final = 5

SUMS: Final[dict[str, tuple[str, ...]]] = {
    "total": ("emotional", "conduct", "hyperactivity", "peer"),
    "internalising": ("emotional", "peer"),
    "externalising": ("conduct", "hyperactivity"),
}
SCALES: Final = (*SUBSCALES, *SUMS, "impact")

DIFFICULTY: Final = "ebddiff"
"""The overall question before the impact items: 0 no, 1 minor, 2 definite, 3 severe. At 0 the impact is 0."""
IMPACT_ITEMS: Final = ("distres", "imphome", "impfrie", "impclas", "impleis")
TEACHER_IMPACT_ITEMS: Final = ("distres", "impfrie", "impclas")
HIGHEST_IMPACT_ANSWER: Final = 3

HIGHEST: Final[dict[str, int]] = {
    **dict.fromkeys(SUBSCALES, 10),
    "total": 40,
    "internalising": 20,
    "externalising": 20,
    "impact": 10,
}

BANDS: Final[dict[Scheme, tuple[str, ...]]] = {
    "three": ("normal", "borderline", "abnormal"),
    "four": ("close_to_average", "slightly_raised", "high", "very_high"),
}
PROSOCIAL_BANDS: Final[dict[str, str]] = {
    "slightly_lowered": "slightly_raised",
    "low": "high",
    "very_low": "very_high",
}
"""The prosocial scale runs the other way, so its bands are named the other way; same places."""

# Where each band after the first begins: at or above for difficulties, at or below for prosocial.
# Per scheme and scale: parent, teacher, self (11 to 17).
_STARTS: Final[dict[Scheme, dict[str, tuple[tuple[int, ...], ...]]]] = {
    "three": {
        "total": ((14, 17), (12, 16), (16, 20)),
        "emotional": ((4, 5), (5, 6), (6, 7)),
        "conduct": ((3, 4), (3, 4), (4, 5)),
        "hyperactivity": ((6, 7), (6, 7), (6, 7)),
        "peer": ((3, 4), (4, 5), (4, 6)),
        "prosocial": ((5, 4), (5, 4), (5, 4)),
        "impact": ((1, 2), (1, 2), (1, 2)),
    },
    "four": {
        "total": ((14, 17, 20), (12, 16, 19), (15, 18, 20)),
        "emotional": ((4, 5, 7), (4, 5, 6), (5, 6, 7)),
        "conduct": ((3, 4, 6), (3, 4, 5), (4, 5, 6)),
        "hyperactivity": ((6, 8, 9), (6, 8, 9), (6, 7, 8)),
        "peer": ((3, 4, 5), (3, 5, 6), (3, 4, 5)),
        "prosocial": ((7, 6, 5), (5, 4, 3), (6, 5, 4)),
        "impact": ((1, 2, 3), (1, 2, 3), (1, 2, 3)),
    },
}
BANDED_SCALES: Final = tuple(_STARTS["three"])


def higher_is_better(scale: str) -> bool:
    """Only the prosocial scale counts strengths; every other counts difficulties."""
    return scale == "prosocial"


def band_start(scale: str, informant: str, scheme: Scheme, band: str) -> int:
    """The score at which `band` begins: at or above it (prosocial: at or below) is that band or a worse one.

    Raises:
        KeyError: the scale has no published bands, or the scheme no such band below its best.
    """
    place = BANDS[scheme].index(PROSOCIAL_BANDS.get(band, band))
    starts = _STARTS[scheme][scale][INFORMANTS.index(informant)]
    return starts[place - 1]


def band_names(scale: str, scheme: Scheme) -> tuple[str, ...]:
    """The bands of a scale that can mean "at risk": all but the best, best first."""
    names = BANDS[scheme][1:]
    if scale != "prosocial" or scheme == "three":
        return names
    return tuple(PROSOCIAL_BANDS)
