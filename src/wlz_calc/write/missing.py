"""Missing: of what is not paid, what it lacks and by when it could still be paid, in plain words.

There is one template for each kind of test and what it can say, and one for each step that amends a decision.
"""

from typing import Final, NamedTuple

from wlz_calc.decision import Reason, Status
from wlz_calc.explanation import Explained, Explanation, Tested
from wlz_calc.ratecard import wording
from wlz_calc.ratecard.base import in_force
from wlz_calc.ratecard.conditions import Progresses, Reaches
from wlz_calc.ratecard.measures import ATTENDANCE, Kind, family, kind, name
from wlz_calc.write import words
from wlz_calc.write.tested import at_risk, difference, gain, needed, reading

CHANGES: Final = ("improves", "progresses", "crosses")
OF_TESTS: Final[dict[tuple[str, Status, Reason], str]] = {
    ("happened", Status.NOT_YET, Reason.NO_DATE): "no consent is recorded so far{in_time}",
    ("happened", Status.NOT_MET, Reason.NO_DATE): "no consent was recorded from {window}",
    ("happened", Status.NOT_MET, Reason.OUTSIDE_WINDOW): "its day is not in the window, {window}",
    (
        "count",
        Status.NOT_YET,
        Reason.WINDOW_OPEN,
    ): "{name}: {value} of {needed} so far, {more} more by {closes}",
    ("count", Status.NOT_MET, Reason.SHORT): "{name}: {value} of {needed} from {window}, {more} too few",
    ("rate", Status.NOT_YET, Reason.WINDOW_OPEN): "{name} has to be {needed} or more from {window}; {so_far}",
    ("rate", Status.NOT_MET, Reason.SHORT): "{name} was {value} from {window}; {needed} is needed",
    ("rate", Status.NOT_ASSESSABLE, Reason.NO_SESSIONS): "{name}: no session from {window} to take it from",
    (
        "rate",
        Status.NOT_ASSESSABLE,
        Reason.TOO_FEW_POSSIBLE,
    ): "{name}: fewer than {possible} possible from {window}, too few for a rate",
    **dict.fromkeys(
        ((change, Status.NOT_YET, Reason.WINDOW_OPEN) for change in CHANGES),
        "{name} is judged once its endpoint window is over, after {closes}; {so_far}",
    ),
    **dict.fromkeys(
        ((change, Status.NOT_ASSESSABLE, Reason.NO_BASELINE) for change in CHANGES),
        "no baseline: {a_reading} from {baseline_window} is missing",
    ),
    **dict.fromkeys(
        ((change, Status.NOT_ASSESSABLE, Reason.NO_ENDPOINT) for change in CHANGES),
        "no endpoint: {a_reading} from {window}{set_against}, is missing",
    ),
    **dict.fromkeys(
        ((change, Status.NOT_ELIGIBLE, Reason.NOT_AT_RISK) for change in CHANGES),
        "{name} was {baseline} at the baseline, and so not at risk, which is {risk}",
    ),
    (
        "progresses",
        Status.NOT_ASSESSABLE,
        Reason.NO_EXPECTED,
    ): "{name}: both readings must say what was expected, on a scale that is not relative to age",
    (
        "improves",
        Status.NOT_MET,
        Reason.NOT_IMPROVED,
    ): "{name} went from {baseline} to {endpoint}, {gain}; it has to be better by {needed}",
    (
        "progresses",
        Status.NOT_MET,
        Reason.NOT_PROGRESSED,
    ): "{name} went from {baseline} to {endpoint}, {gain} than expected; it has to be {needed} more",
    (
        "crosses",
        Status.NOT_MET,
        Reason.STILL_AT_RISK,
    ): "{name} was {endpoint} at the endpoint, and so still at risk, which is {risk}",
}
"""What a test lacks that is not met, by its kind and what it says."""
OF_STEPS: Final[dict[Reason, str]] = {
    Reason.OTHER_PHASE: "it is for {phases} only",
    Reason.LEFT: "the child left on {left_on}, before it was earned",
    Reason.GATE_NOT_MET: "it is earned, and waits for {required}",
    Reason.OUTSIDE_TERM: "it fell due on {earned_on}, outside the term of the contract, {term}",
    Reason.NUMBERS_USED: "it is earned, but {numbers} used by {others}",
    Reason.ON_HOLD: "it is earned, and on hold {held}",
}
"""What a decision lacks that was amended after its test."""
FOR_GOOD: Final = "It is decided, unless what is recorded of that time is corrected."
NEVER: Final = "It will not be paid."


def missing(explained: Explained, one: Explanation) -> str | None:
    """What a decision lacks, and by when it could still be paid; nothing, if it is met."""
    if one.status is Status.MET:
        return None
    template = OF_STEPS.get(one.reason)
    lacking = template.format_map(_Fields(_Step(explained, one))) if template else _of_tests(explained, one)
    return f"{lacking[0].upper()}{lacking[1:]}. {_by_when(explained, one)}"


def _of_tests(explained: Explained, one: Explanation) -> str:
    open_still = [tested for tested in one.tests if tested.status is one.status]
    return "; ".join(lacks(explained, one, tested) for tested in open_still)


def lacks(explained: Explained, one: Explanation, tested: Tested) -> str:
    """What a single test of a decision lacks that is not met."""
    case = _Case(explained, one, tested)
    return OF_TESTS[case.kind, tested.status, tested.reason].format_map(_Fields(case))


def _by_when(explained: Explained, one: Explanation) -> str:
    match one.status:
        case Status.NOT_MET | Status.NOT_ASSESSABLE:
            return FOR_GOOD
        case Status.HELD if one.left == 0:
            return "Once the hold is over, the limits leave nothing of it."
        case Status.HELD:
            return "It is claimed once the hold is over."
        case Status.NOT_YET | Status.GATED if one.until:
            return f"It can still be paid, and would fall due by {words.day(one.until)}."
        case Status.NOT_YET | Status.GATED:
            return f"It will not be paid, as {_barred(explained, one)}."
    return NEVER


def _barred(explained: Explained, one: Explanation) -> str:
    """Why what is open cannot be paid any more."""
    payable = one.payable
    if payable.requires and not any(
        other.is_award or other.until for name in payable.requires.payments for other in explained.of(name)
    ):
        return "what it requires can no longer be met"
    if explained.numbers_used(one):
        return "the numbers of this payment are used"
    if any(tested.status not in {Status.MET, Status.NOT_YET} for tested in one.tests):
        return "a part of it is not met"
    if explained.child["left_on"]:
        return "the child has left"
    return "it would fall due after the term of the contract"


class _Fields:
    """What a template asks for, worked out when it does."""

    def __init__(self, case: "_Case | _Step") -> None:
        self.case = case

    def __getitem__(self, field: str) -> str:
        return str(getattr(self.case, field))


class _Step(NamedTuple):
    """What templates may say of a decision that was amended."""

    explained: Explained
    one: Explanation

    @property
    def phases(self) -> str:
        plural = [f"{wording.phase(phase)} children" for phase in self.one.payable.phases or ()]
        return wording.together(plural)

    @property
    def left_on(self) -> str:
        return words.day(self.explained.child["left_on"])

    @property
    def required(self) -> str:
        requires = self.one.payable.requires
        if requires is None:
            return ""
        said = [
            f"{words.title(payment)} ({words.status(other.status)})"
            for payment in requires.payments
            for other in self.explained.of(payment)
        ]
        return wording.together(said, "or" if requires.any else "and")

    @property
    def earned_on(self) -> str:
        days = [tested.due_on for tested in self.one.tests if tested.due_on]
        return words.day(max(days))

    @property
    def term(self) -> str:
        return words.days(self.explained.card.term.start, self.explained.card.term.end)

    @property
    def numbers(self) -> str:
        numbers = self.one.payable.numbers
        return f"number {numbers[0]} is" if len(numbers) == 1 else f"numbers {words.numbered(numbers)} are"

    @property
    def others(self) -> str:
        awards = [other for other in self.explained.of(self.one.payable.payment) if other.is_award]
        return wording.together([words.title(other.payable.outcome or "") for other in awards])

    @property
    def held(self) -> str:
        hold = self.one.holds[0]
        until = f" to {words.day(hold['to'])}" if hold["to"] else ""
        who = f" ({words.visible(hold['raised_by'])})" if hold["raised_by"] else ""
        why = words.visible(hold["reason"] or "no reason given")
        return f"from {words.day(hold['from'])}{until}: {why}{who}"


class _Case(NamedTuple):
    """What templates may say of a test and its figures."""

    explained: Explained
    one: Explanation
    tested: Tested

    @property
    def kind(self) -> str:
        test = self.tested.test
        if isinstance(test, Reaches):
            return "count" if kind(test.measure) is Kind.COUNT else "rate"
        return type(test).__name__.lower()

    @property
    def name(self) -> str:
        return name(self.tested.test.measure)

    @property
    def window(self) -> str:
        return words.days(self.tested.evidence["opens"], self.tested.evidence["closes"])

    @property
    def closes(self) -> str:
        return words.day(self.tested.evidence["closes"])

    @property
    def in_time(self) -> str:
        return f"; it is needed by {self.closes}" if self.tested.evidence["closes"] else ""

    @property
    def value(self) -> str:
        return words.figure(self.tested.evidence["value"], self.tested.evidence["of"])

    @property
    def needed(self) -> str:
        return needed(self.tested)

    @property
    def more(self) -> str:
        test = self.tested.test
        assert isinstance(test, Reaches)  # noqa: S101 - nothing else is counted
        least = in_force(test.at_least, self.tested.evidence["closes"])
        return f"{int(least) - self.tested.evidence['value']}"

    @property
    def possible(self) -> str:
        stated = getattr(self.tested.test, "possible_at_least", None)
        return str(in_force(stated, self.tested.evidence["closes"])) if stated else "1"

    @property
    def so_far(self) -> str:
        evidence = self.tested.evidence
        if isinstance(self.tested.test, Reaches):
            return f"so far it is {self.value}" if evidence["value"] is not None else "there is none so far"
        if evidence["baseline"] is not None:
            return f"its baseline is {self.baseline}"
        return f"it has no baseline ({self.a_reading} from {self.baseline_window} is missing)"

    @property
    def a_reading(self) -> str:
        measure, informant = self.tested.test.measure, self.explained.child["informant"]
        if measure == ATTENDANCE:
            least = f" of at least {self.possible} sessions" if self.possible != "1" else ""
            return f"a rate of {self.name}{least}"
        by = f" by {wording.INFORMANTS[informant]}" if family(measure) == "sdq" else ""
        return f"a reading of {self.name}{by}"

    @property
    def baseline_window(self) -> str:
        return self._days("baseline")

    @property
    def set_against(self) -> str:
        return ", after the baseline" if self.tested.evidence["baseline_on"] else ""

    @property
    def baseline(self) -> str:
        return self._reading("baseline")

    @property
    def endpoint(self) -> str:
        return self._reading("endpoint")

    @property
    def risk(self) -> str:
        return at_risk(self.explained, self.tested)

    @property
    def gain(self) -> str:
        change, test = gain(self.explained, self.tested), self.tested.test
        better, worse = ("more", "less") if isinstance(test, Progresses) else ("better by", "worse by")
        said = difference(abs(change), test)
        which = worse if change < 0 else better
        return f"{said} {which}" if isinstance(test, Progresses) else f"{which} {said}"

    def _reading(self, which: str) -> str:
        return reading(self.explained, self.tested, which)

    def _days(self, which: str) -> str:
        own = getattr(self.one.payable, which).of(self.explained.child["joined_on"])
        return words.days(own.start, own.end)
