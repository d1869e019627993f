"""The tests a payment or an outcome can stand on: a closed list, and no expression language."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Final, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from wlz_calc.finding import quote
from wlz_calc.ratecard.base import (
    Dated,
    Flag,
    Number,
    Path,
    Problem,
    Terms,
    Text,
    Whole,
    dated_at,
    listed,
    refusal,
    steps,
)
from wlz_calc.ratecard.measures import ATTENDANCE, KINDS, SURVEY, Kind, Measure, family, kind
from wlz_calc.standards.sdq import Scheme

Threshold = Mapping[date, Decimal] | Mapping[date, int]

COMPARISONS: Final = ("below", "at_most", "above", "at_least")


def _named(keys: Iterable[str]) -> str:
    """The keys that a card gives, as a message shows them."""
    return ", ".join(keys) or "none of them"


class AtRisk(Terms):
    """When a reading is at risk: one comparison with a number, or an SDQ band and those worse than it."""

    below: Dated[Number] | None = None
    at_most: Dated[Number] | None = None
    above: Dated[Number] | None = None
    at_least: Dated[Number] | None = None
    band: Text | None = None
    scheme: Scheme | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> "AtRisk":
        said = [key for key in (*COMPARISONS, "band", "scheme") if getattr(self, key) is not None]
        if said != ["band", "scheme"] and (len(said) != 1 or said[0] not in COMPARISONS):
            expected = f"one of {listed(COMPARISONS)}, or for SDQ a band and its scheme"
            raise refusal("AtRisk", [Problem((), "card-at-risk", _named(said), expected)])
        return self

    @property
    def comparison(self) -> str | None:
        """The comparison it makes; None where it names a band."""
        return next((key for key in COMPARISONS if getattr(self, key) is not None), None)

    @property
    def threshold(self) -> Mapping[date, Decimal] | None:
        """The number compared with, by date; None where it names a band."""
        return self.below or self.at_most or self.above or self.at_least


class Single(Terms):
    """A test of one measure."""

    kinds: ClassVar[tuple[Kind, ...]] = ()
    families: ClassVar[tuple[str, ...]] = ()

    measure: Measure

    @model_validator(mode="after")
    def _fits_its_measure(self) -> "Single":
        if not self._judges(self.measure):
            fit = [m for m in (*KINDS, f"{SURVEY}.NAME") if self._judges(m)]
            raise refusal(
                "Single", [Problem(("measure",), "card-test-measure", quote(self.measure), listed(fit))]
            )
        return self

    @classmethod
    def _judges(cls, measure: str) -> bool:
        """Whether the test is made for this measure."""
        return kind(measure) in cls.kinds and (not cls.families or family(measure) in cls.families)

    @property
    def thresholds(self) -> dict[str, Threshold]:
        """Every dated number that it compares with, by its key."""
        stated = {key: getattr(self, key, None) for key in ("at_least", "by", "possible_at_least")}
        return {key: threshold for key, threshold in stated.items() if threshold is not None}


class _OfSchoolAttendance(Single):
    """A test that may say how many sessions must have been possible for a rate of attendance to count."""

    possible_at_least: Dated[Whole] | None = None

    @model_validator(mode="after")
    def _only_for_attendance(self) -> "_OfSchoolAttendance":
        if self.possible_at_least is not None and self.measure != ATTENDANCE:
            problem = Problem(
                ("possible_at_least",),
                "card-test-measure",
                quote(self.measure),
                f"it only beside {ATTENDANCE}",
            )
            raise refusal("Single", [problem])
        return self


class Happened(Single):
    """The date is there, and in the window if there is one."""

    kinds = (Kind.DATE,)

    test: Literal["happened"]


class Reaches(_OfSchoolAttendance):
    """The value in the window is at least so much."""

    kinds = (Kind.COUNT, Kind.RATE)

    test: Literal["reaches"]
    at_least: Dated[Number]

    @model_validator(mode="after")
    def _counts_in_whole_numbers(self) -> "Reaches":
        if kind(self.measure) is Kind.COUNT:
            wrong = [(day, n) for day, n in steps(self.at_least) if n != int(n) or n < 1]
            expected = "a whole number of sessions, 1 or more"
            if wrong:
                raise refusal(
                    "Reaches",
                    [
                        Problem(("at_least", *dated_at(day)), "card-value", quote(str(n)), expected)
                        for day, n in wrong
                    ],
                )
        return self


class Change(_OfSchoolAttendance):
    """A test of an endpoint against a baseline."""

    kinds = (Kind.READINGS, Kind.RATE)
    families: ClassVar[tuple[str, ...]] = (ATTENDANCE, "attainment", "sdq", "survey")

    at_risk: AtRisk | None = None

    @property
    def thresholds(self) -> dict[str, Threshold]:
        """Every dated number that it compares with, by its key."""
        at_risk = self.at_risk.threshold if self.at_risk else None
        return super().thresholds | ({"at_risk": at_risk} if at_risk else {})


class Gain(Change):
    """A change by at least so much (`strictly`: by more)."""

    by: Dated[Number]
    strictly: Flag = False


class Improves(Gain):
    """The change for the better is at least so much."""

    test: Literal["improves"]


class Progresses(Gain):
    """The gain less the expected gain is at least so much."""

    families = ("attainment",)

    test: Literal["progresses"]


class Crosses(Change):
    """At risk at the baseline, and not at risk at the endpoint."""

    test: Literal["crosses"]
    at_risk: AtRisk


class AllOf(Terms):
    """Every one of several conditions."""

    parts: Annotated[tuple["Condition", ...], Field(alias="all", min_length=1)]


class AnyOf(Terms):
    """At least one of several conditions."""

    parts: Annotated[tuple["Condition", ...], Field(alias="any", min_length=1)]


TESTS: Final = ("happened", "reaches", "improves", "progresses", "crosses")
ALONE: Final = "at_risk"
"""What stands beside a measure and its test, and is no condition by itself."""
UNKNOWN: Final = "unknown"
_MODELS: Final[dict[type, str]] = {AllOf: "all", AnyOf: "any"}


def _which(value: object) -> str | None:
    """The tag of a condition as it is written on a card; an unknown one is refused with its place."""
    if isinstance(value, Single | AllOf | AnyOf):
        return _MODELS.get(type(value)) or str(getattr(value, "test", ""))
    if not isinstance(value, Mapping):
        return None
    for several in _MODELS.values():
        if several in value:
            return several
    if "test" not in value:
        return ALONE if ALONE in value else None
    return value["test"] if value["test"] in TESTS else UNKNOWN


Condition = Annotated[
    Annotated[Happened, Tag("happened")]
    | Annotated[Reaches, Tag("reaches")]
    | Annotated[Improves, Tag("improves")]
    | Annotated[Progresses, Tag("progresses")]
    | Annotated[Crosses, Tag("crosses")]
    | Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")],
    Discriminator(_which),
]
"""A test, or all or any of several conditions."""


def tests(condition: AllOf | AnyOf | Single) -> Iterator[Single]:
    """The single tests of a condition, in the order in which the card states them."""
    for _, test in placed(condition):
        yield test


def placed(condition: AllOf | AnyOf | Single, at: Path = ()) -> Iterator[tuple[Path, Single]]:
    """The single tests of a condition, each with its place on the card; the condition's own is `at`."""
    if isinstance(condition, Single):
        yield at, condition
    else:
        for n, part in enumerate(condition.parts):
            yield from placed(part, (*at, _MODELS[type(condition)], n))
