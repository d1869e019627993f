"""Work out again what `wlz-calc explain --format json` says of a child, from what it says alone.

    python -I recompute.py FILE...      (or the objects, one after the other, on standard input)

It needs the standard library and nothing else, and is written from the section *Meaning* of the rate cards.
It takes as given the terms of the card, the register, the rows of the child's extracts, what was claimed, and
what other children leave of limits and commitments. Windows, what became of each row, figures, statuses, due
dates, numbers, prices, cuts, shares and lines it works out, and sets them beside what is stated: every
difference is a line, and makes it end with 1.

Dates stay as they are written, as text sorts as its dates do. Money is pence, all else is exact fractions.
"""

import json
import sys
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

Said = Mapping[str, Any]
"""An object of JSON."""
AWARDED = ("met", "held")


def main() -> int:
    """Recompute the objects of the files named, or of standard input; 1 if anything differs."""
    texts = [Path(name).read_bytes() for name in sys.argv[1:]] or [sys.stdin.buffer.read()]
    found = [line for text in texts for said in objects(text.decode()) for line in differences(said)]
    sys.stdout.buffer.writelines(f"{line}\n".encode() for line in found)
    return 1 if found else 0


def objects(text: str) -> Iterator[Said]:
    """The objects of a text, one after the other."""
    decoder, place = json.JSONDecoder(), 0
    while place < len(text):
        said, behind = decoder.raw_decode(text, place)
        place = next((at for at in range(behind, len(text)) if not text[at].isspace()), len(text))
        yield said


# ---------------------------------------------------------------- dates and dated values


class Window(NamedTuple):
    """A closed range of days."""

    opens: str
    closes: str

    def holds(self, day: str) -> bool:
        """Whether a day is in it."""
        return self.opens <= day <= self.closes

    def holds_all(self, days: "Window") -> bool:
        """Whether all of some days are in it."""
        return self.opens <= days.opens and days.closes <= self.closes

    def holds_some(self, days: "Window") -> bool:
        """Whether any of them is."""
        return days.opens <= self.closes and self.opens <= days.closes


def window_of(stated: Said | None, joined_on: str) -> Window | None:
    """The days of a window for a child who joined on a day."""
    if stated is None:
        return None
    if "months" in stated:
        first, behind = (months_after(date.fromisoformat(joined_on), months) for months in stated["months"])
        return Window(first.isoformat(), (behind - timedelta(days=1)).isoformat())
    year = int(joined_on[:4]) - (joined_on[5:7] < "09") + stated["academic_year"] - 1
    return Window(f"{year}-09-01", f"{year + 1}-08-31")


@cache
def months_after(day: date, months: int) -> date:
    """The same day of another month, or its last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@cache
def quarter_of(name: str) -> Window:
    """The days of a quarter such as `2018-Q4`."""
    year, last = int(name[:4]), 3 * int(name[6:])
    return Window(f"{year}-{last - 2:02}-01", f"{year}-{last:02}-{monthrange(year, last)[1]}")


def in_force(dated: Sequence[Said], on: str) -> Fraction:
    """The value in force on a day."""
    return Fraction([one["value"] for one in dated if (one["from"] or "") <= on][-1])


def pence(amount: str) -> int:
    """An amount such as `300.00`."""
    return int(Decimal(amount) * 100)


def pounds(amount: int | None) -> str | None:
    """The same as it is written."""
    return None if amount is None else str(Decimal(amount).scaleb(-2))


# ---------------------------------------------------------------- a test, and what it looks at


class Verdict(NamedTuple):
    """What a test, or all tests of a payment together, say."""

    status: str
    reason: str
    due_on: str | None = None


class Tested(NamedTuple):
    """A test of a child: its figures, what it says, and by row what became of it."""

    figures: Said
    verdict: Verdict
    uses: Mapping[str, str]


class Case(NamedTuple):
    """A child as it is known on a day, and the windows of one payment or outcome for it."""

    child: Said
    rows: Mapping[str, Sequence[Said]]
    as_of: str
    window: Window | None
    baseline: Window | None
    endpoint: Window | None

    @property
    def judged(self) -> Window | None:
        """The window by which leavers are judged."""
        return self.window or self.endpoint

    def of(self, extract: str) -> Sequence[Said]:
        """The rows of an extract."""
        return self.rows.get(extract, ())


def case_of(said: Said, payment: Said) -> Case:
    """A payment or an outcome of the child."""
    joined_on = said["child"]["joined_on"]
    windows = (window_of(payment[name], joined_on) for name in ("window", "baseline", "endpoint"))
    return Case(said["child"], said["rows"], quarter_of(said["quarter"]).closes, *windows)


def tested(case: Case, test: Said) -> Tested:
    """A single test of a child."""
    if test["test"] == "happened":
        return happened(case)
    if test["test"] != "reaches":
        return changes(case, test)
    return attends(case, test) if test["measure"] == "attendance_rate" else engages(case, test)


def happened(case: Case) -> Tested:
    """Consent: the later of the day it was given and the day of joining."""
    return Tested({}, consent(case), {})


def consent(case: Case) -> Verdict:
    """Whether and when it was given."""
    if case.child["consent_on"] is None:
        over = case.window is not None and case.window.closes <= case.as_of
        return Verdict("not_met" if over else "not_yet", "no_date")
    day = max(case.child["consent_on"], case.child["joined_on"])
    if case.window is not None and not case.window.holds(day):
        return Verdict("not_met", "outside_window")
    return Verdict("met", "happened", day)


# ---------------------------------------------------------------- reaches


def engages(case: Case, test: Said) -> Tested:
    """A count or a rate of sessions in the window."""
    assert case.window is not None
    measure = test["measure"]
    kind = "link_worker" if measure == "link_worker_sessions" else "partner"
    sessions = [row for row in case.of("engagement") if row["kind"] == kind]
    uses = {str(row["row"]): use_of_session(case, case.window, measure, row) for row in sessions}
    days = sorted(row["date"] for row in sessions if uses[str(row["row"])] == "counted")
    counted, against = len(days), list(uses.values()).count("counted_against")
    at_least = in_force(test["at_least"], case.window.closes)
    if measure.endswith("_sessions"):
        return Tested({"value": counted, "of": 1}, count(case, days, at_least), uses)
    value = Rate(counted, counted + against)
    return Tested(value.figures("value", "of"), reaches(case, value, at_least, "no_sessions"), uses)


def use_of_session(case: Case, window: Window, measure: str, row: Said) -> str:
    """What became of a session."""
    left_on = case.child["left_on"]
    if not row["stands"]:
        return "superseded"
    if row["date"] > case.as_of:
        return "not_known_yet"
    if not window.holds(row["date"]):
        return "outside_window"
    if left_on is not None and row["date"] > left_on:
        return "after_leaving"
    return what_counts(measure, row)


def what_counts(measure: str, row: Said) -> str:
    """What a session in the window counts as."""
    if row["status"] == "cancelled":
        return "cancelled"
    if row["status"] == "absent":
        return "counted_against" if measure == "partner_attendance_rate" else "absent"
    if measure == "partner_engaged_rate" and row["engaged"] is not True:
        return "not_rated" if row["engaged"] is None else "counted_against"
    return "counted"


def count(case: Case, days: Sequence[str], at_least: Fraction) -> Verdict:
    """A count falls due on the day it gets there."""
    assert case.window is not None
    if len(days) >= at_least:
        return Verdict("met", "reached", days[int(at_least) - 1])
    if case.window.closes > case.as_of:
        return Verdict("not_yet", "window_open")
    return Verdict("not_met", "short")


class Rate(NamedTuple):
    """So many of so many; missing where there are too few."""

    part: int
    of: int
    at_least: Fraction = Fraction(1)

    @property
    def missing(self) -> bool:
        """Whether there are too few to say."""
        return self.of < self.at_least

    @property
    def value(self) -> Fraction | None:
        """As a fraction."""
        return None if self.missing else Fraction(self.part, self.of)

    def figures(self, name: str, of: str) -> Said:
        """As it is stated."""
        return {name: None, of: None} if self.missing else {name: self.part, of: self.of}


def reaches(case: Case, rate: Rate, at_least: Fraction, none: str) -> Verdict:
    """A rate falls due on the last day of the window; `none`: the reason where it is missing."""
    assert case.window is not None
    if case.window.closes > case.as_of:
        return Verdict("not_yet", "window_open")
    if rate.value is None:
        return Verdict("not_assessable", none)
    if rate.value >= at_least:
        return Verdict("met", "reached", case.window.closes)
    return Verdict("not_met", "short")


def attends(case: Case, test: Said) -> Tested:
    """A rate of school attendance in the window."""
    assert case.window is not None
    rate = attendance(case, test, case.window, case.window.closes)
    uses = uses_of_attendance(case, {"counted": (case.window, rate)})
    at_least = in_force(test["at_least"], case.window.closes)
    return Tested(rate.figures("value", "of"), reaches(case, rate, at_least, "too_few_possible"), uses)


def attendance(case: Case, test: Said, window: Window, on: str) -> Rate:
    """The rate of the known periods and marks that lie wholly in a window; `on`: the day for dated values."""
    inside = [one for one in periods(case) if window.holds_all(one.days) and one.days.closes <= case.as_of]
    least = test.get("possible_at_least", [{"from": None, "value": "1"}])
    return Rate(
        sum(one.attended for one in inside),
        sum(one.possible for one in inside),
        in_force(least, on),
    )


class Period(NamedTuple):
    """Sessions that were possible in some days, and those attended."""

    row: str
    days: Window
    attended: int
    possible: int


def periods(case: Case) -> Iterator[Period]:
    """Totals and marks alike; a mark is a period of a day."""
    for row in case.of("attendance"):
        yield Period(str(row["row"]), Window(row["start"], row["end"]), row["attended"], row["possible"])
    for row in case.of("marks"):
        if row["stands"]:
            yield Period(str(row["row"]), Window(row["date"], row["date"]), row["attended"], row["possible"])


def uses_of_attendance(case: Case, rates: Mapping[str, tuple[Window, Rate]]) -> dict[str, str]:
    """What became of each period and mark, where those of each rate count as its name says."""
    uses = {one.row: use_of_period(case, one.days, rates) for one in periods(case)}
    impossible = {str(mark["row"]): "not_possible" for mark in case.of("marks") if not mark["stands"]}
    return uses | impossible


def use_of_period(case: Case, days: Window, rates: Mapping[str, tuple[Window, Rate]]) -> str:
    """What became of a period."""
    if days.closes > case.as_of:
        return "not_known_yet"
    for use, (window, rate) in rates.items():
        if window.holds_all(days):
            return "too_few_possible" if rate.missing else use
    partly = any(window.holds_some(days) for window, _ in rates.values())
    return "partly_outside" if partly else "outside_window"


# ---------------------------------------------------------------- improves, progresses, crosses


class Reading(NamedTuple):
    """A dated score; of attainment with what was expected, and the scale."""

    row: str
    date: str
    score: Fraction
    expected: Fraction | None = None
    scale: str | None = None
    age_relative: bool = False


class Pair(NamedTuple):
    """What there is at the baseline and at the endpoint, as values and as they are stated."""

    baseline: Fraction | None
    endpoint: Fraction | None
    figures: Said
    uses: Mapping[str, str]
    expected_gain: Fraction | None = Fraction(0)
    too_few: bool = False


def changes(case: Case, test: Said) -> Tested:
    """A change from the baseline to the endpoint."""
    pair = rates(case, test) if test["measure"] == "attendance_rate" else readings(case, test)
    return Tested(pair.figures, changed(case, test, pair), pair.uses)


def changed(case: Case, test: Said, pair: Pair) -> Verdict:
    """It falls due on the last day of the endpoint window."""
    assert case.endpoint is not None
    closes = case.endpoint.closes
    if closes > case.as_of:
        return Verdict("not_yet", "window_open")
    if pair.baseline is None or pair.endpoint is None:
        return Verdict("not_assessable", "no_baseline" if pair.baseline is None else "no_endpoint")
    at_risk = at_risk_of(case, test)
    if at_risk and not is_at_risk(at_risk, pair.baseline, closes):
        return Verdict("not_eligible", "not_at_risk")
    if test["test"] == "crosses":
        still = is_at_risk(at_risk, pair.endpoint, closes)
        return Verdict("not_met", "still_at_risk") if still else Verdict("met", "crossed", closes)
    return gains(test, pair.endpoint - pair.baseline, pair.expected_gain, closes)


def gains(test: Said, gain: Fraction, expected_gain: Fraction | None, closes: str) -> Verdict:
    """Whether it became better by enough; progress is what goes beyond the gain that was expected."""
    progresses = test["test"] == "progresses"
    if progresses and expected_gain is None:
        return Verdict("not_assessable", "no_expected")
    better = (gain if better_is_higher(test) else -gain) - (expected_gain or 0 if progresses else 0)
    by = in_force(test["by"], closes)
    done = "progressed" if progresses else "improved"
    if better > by or (better == by and not test["strictly"]):
        return Verdict("met", done, closes)
    return Verdict("not_met", f"not_{done}")


def better_is_higher(test: Said) -> bool:
    """Which way is better; of a survey the card says it."""
    family, _, member = test["measure"].partition(".")
    if family == "survey":
        return bool(test["better"] == "higher")
    return bool(family != "sdq" or member == "prosocial")


BANDS = """
    three | total         | 14 17    | 12 16    | 16 20
    three | emotional     | 4 5      | 5 6      | 6 7
    three | conduct       | 3 4      | 3 4      | 4 5
    three | hyperactivity | 6 7      | 6 7      | 6 7
    three | peer          | 3 4      | 4 5      | 4 6
    three | prosocial     | 5 4      | 5 4      | 5 4
    three | impact        | 1 2      | 1 2      | 1 2
    four  | total         | 14 17 20 | 12 16 19 | 15 18 20
    four  | emotional     | 4 5 7    | 4 5 6    | 5 6 7
    four  | conduct       | 3 4 6    | 3 4 5    | 4 5 6
    four  | hyperactivity | 6 8 9    | 6 8 9    | 6 7 8
    four  | peer          | 3 4 5    | 3 5 6    | 3 4 5
    four  | prosocial     | 7 6 5    | 5 4 3    | 6 5 4
    four  | impact        | 1 2 3    | 1 2 3    | 1 2 3
"""
"""By scheme and scale of the SDQ, for parent, teacher and self, where each band after the best begins."""
INFORMANTS = ("parent", "teacher", "self")
NAMES = (
    ("borderline", "slightly_raised", "slightly_lowered"),
    ("abnormal", "high", "low"),
    ("very_high", "very_low"),
)
"""The names of those bands, from the better to the worse."""
BEGINS = {
    (scheme.strip(), scale.strip()): [[int(start) for start in starts.split()] for starts in by_informant]
    for scheme, scale, *by_informant in (line.split("|") for line in BANDS.strip().splitlines())
}


def band_of(test: Said, informant: str) -> Said:
    """The threshold of risk that a band stands for, as it is stated of one that is a number."""
    at_risk, scale = test["at_risk"], test["measure"].partition(".")[2]
    [place] = [place for place, names in enumerate(NAMES) if at_risk["band"] in names]
    start = BEGINS[at_risk["scheme"], scale][INFORMANTS.index(informant)][place]
    side = "at_most" if scale == "prosocial" else "at_least"
    return {**at_risk, side: [{"from": None, "value": str(start)}]}


COMPARISONS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "below": lambda value, threshold: value < threshold,
    "at_most": lambda value, threshold: value <= threshold,
    "above": lambda value, threshold: value > threshold,
    "at_least": lambda value, threshold: value >= threshold,
}


def at_risk_of(case: Case, test: Said) -> Said:
    """What is at risk; nothing where the test does not ask."""
    at_risk: Said = test["at_risk"] or {}
    return band_of(test, case.child["informant"]) if "band" in at_risk else at_risk


def is_at_risk(at_risk: Said, value: Fraction, on: str) -> bool:
    """Whether a value is on the side of the threshold that is worse."""
    [name] = at_risk.keys() & COMPARISONS.keys()
    return COMPARISONS[name](value, in_force(at_risk[name], on))


def rates(case: Case, test: Said) -> Pair:
    """The rates of school attendance in the two windows."""
    assert case.baseline is not None
    assert case.endpoint is not None
    on = case.endpoint.closes
    before, after = (attendance(case, test, window, on) for window in (case.baseline, case.endpoint))
    windows = {"baseline": (case.baseline, before), "endpoint": (case.endpoint, after)}
    figures = {**before.figures("baseline", "baseline_of"), **after.figures("endpoint", "endpoint_of")}
    return Pair(before.value, after.value, figures, uses_of_attendance(case, windows))


def readings(case: Case, test: Said) -> Pair:
    """The two readings of a measure that are compared."""
    rows = rows_of(case, test["measure"])
    there = [
        reading_of(row, test["measure"]) for row in rows if passed_over(case, test["measure"], row) is None
    ]
    baseline = baseline_of(case, there)
    endpoint = endpoint_of(case, there, baseline)
    chosen = Chosen(case, baseline, endpoint)
    uses = {
        str(row["row"]): passed_over(case, test["measure"], row)
        or chosen.use(reading_of(row, test["measure"]))
        for row in rows
    }
    figures = {**figures_of("baseline", baseline), **figures_of("endpoint", endpoint)}
    return Pair(
        baseline and baseline.score,
        endpoint and endpoint.score,
        figures,
        uses,
        expected_gain(baseline, endpoint),
    )


def rows_of(case: Case, measure: str) -> list[Said]:
    """The rows that could be readings of a measure."""
    family, _, member = measure.partition(".")
    column = {"attainment": "subject", "survey": "measure"}.get(family)
    return [row for row in case.of(family) if column is None or row[column] == member]


def score_in(row: Said, measure: str) -> Any:  # noqa: ANN401 - a number, text or nothing
    """The score of a row; a questionnaire has one for each scale."""
    family, _, member = measure.partition(".")
    return row[member] if family == "sdq" else row["score"]


def reading_of(row: Said, measure: str) -> Reading:
    """A row as a reading."""
    expected = row.get("expected")
    return Reading(
        str(row["row"]),
        row["date"],
        Fraction(score_in(row, measure)),
        None if expected is None else Fraction(expected),
        row.get("scale"),
        bool(row.get("age_relative")),
    )


def passed_over(case: Case, measure: str, row: Said) -> str | None:
    """Why a row is no reading that could be chosen."""
    if not row["stands"]:
        return "no_score" if score_in(row, measure) is None else "repeated"
    if row["date"] > case.as_of:
        return "not_known_yet"
    if "informant" in row and row["informant"] != case.child["informant"]:
        return "other_informant"
    return "no_score" if score_in(row, measure) is None else None


def baseline_of(case: Case, there: Iterable[Reading]) -> Reading | None:
    """The last in its window up to the day of joining, or else the first after it."""
    assert case.baseline is not None
    inside = sorted((one for one in there if case.baseline.holds(one.date)), key=lambda one: one.date)
    before = [one for one in inside if one.date <= case.child["joined_on"]]
    return before[-1] if before else next(iter(inside), None)


def endpoint_of(case: Case, there: Iterable[Reading], baseline: Reading | None) -> Reading | None:
    """The last in its window that comes after the baseline and is on the same scale."""
    assert case.endpoint is not None
    if baseline is None:
        return None
    fit = [
        one
        for one in there
        if case.endpoint.holds(one.date) and one.date > baseline.date and one.scale == baseline.scale
    ]
    return max(fit, key=lambda one: one.date, default=None)


class Chosen(NamedTuple):
    """The readings that are compared, and so why others are not."""

    case: Case
    baseline: Reading | None
    endpoint: Reading | None

    def use(self, one: Reading) -> str:
        """What became of a reading."""
        if one in {self.baseline, self.endpoint}:
            return "baseline" if one == self.baseline else "endpoint"
        assert self.case.baseline is not None
        assert self.case.endpoint is not None
        if self.case.baseline.holds(one.date):
            return "another_nearer"
        if not self.case.endpoint.holds(one.date):
            return "outside_window"
        return self._not_endpoint(one)

    def _not_endpoint(self, one: Reading) -> str:
        if self.baseline is None:
            return "no_baseline"
        if one.date <= self.baseline.date:
            return "not_after_baseline"
        return "later_taken" if one.scale == self.baseline.scale else "other_scale"


def figures_of(name: str, reading: Reading | None) -> Said:
    """A reading as it is stated."""
    if reading is None:
        return {name: None, f"{name}_on": None}
    return {name: reading.score, f"{name}_on": reading.date}


def expected_gain(baseline: Reading | None, endpoint: Reading | None) -> Fraction | None:
    """The gain that was expected, if anybody can say."""
    if baseline is None or endpoint is None:
        return None
    if baseline.expected is not None and endpoint.expected is not None:
        return endpoint.expected - baseline.expected
    return Fraction(0) if baseline.age_relative else None


# ---------------------------------------------------------------- what was claimed


class Key(NamedTuple):
    """What tells lines apart, whatever claim they are in."""

    contract: str
    payment: str
    number: int
    commissioner: str


class Owed(NamedTuple):
    """An amount in pence, and the outcome, the due date and the quarter of the line that says so."""

    amount: int = 0
    outcome: str | None = None
    due_on: str = ""
    quarter: str | None = None


def claimed_before(said: Said) -> dict[Key, Owed]:
    """By key, what the lines of earlier claims add up to, and what the newest of them says."""
    found: dict[Key, Owed] = {}
    for line in sorted(stated_lines(said, "claimed"), key=lambda line: str(line["quarter"])):
        if line["quarter"] < said["quarter"]:
            key = Key(line["contract"], line["payment"], line["number"], line["commissioner"])
            amount = found.get(key, Owed()).amount + pence(line["amount"])
            found[key] = Owed(amount, line["outcome"], line["due_on"], line["quarter"])
    return found


def stated_lines(said: Said, which: str) -> list[Said]:
    """All lines that were claimed, or are due now: of each payment, and of what is not on the card."""
    on_card = [
        {"contract": said["card"]["contract"], "payment": payment["payment"], "outcome": payment["outcome"]}
        | line
        for payment in said["payments"]
        for line in payment[which]
    ]
    return [*on_card, *said["off_card"][which]]


def claimed_as_number(payment: Said, claimed: Mapping[Key, Owed]) -> int | None:
    """The number under which a payment or an outcome is claimed already; of two the one claimed last."""
    newest: dict[int, Owed] = {}
    for key, one in sorted(claimed.items(), key=lambda item: str(item[1].quarter)):
        if key.payment == payment["payment"] and one.amount > 0:
            newest[key.number] = one
    own = [
        number
        for number in payment["numbers"]
        if number in newest and newest[number].outcome == payment["outcome"]
    ]
    return max(own, key=lambda number: (str(newest[number].quarter), -number), default=None)


# ---------------------------------------------------------------- status, step by step


class Decision(NamedTuple):
    """What is decided on a payment or an outcome; a price in pence and a number only where it is an award."""

    status: str
    reason: str
    due_on: str | None = None
    number: int | None = None
    price: int | None = None

    @property
    def is_award(self) -> bool:
        """Whether it is met or held."""
        return self.status in AWARDED


Place = tuple[str, str | None]
"""A payment, and the outcome of it if it has any."""


def place_of(payment: Said) -> Place:
    """Where a decision belongs."""
    return payment["payment"], payment["outcome"]


def decided(said: Said, tests: Mapping[Place, Sequence[Verdict]]) -> dict[Place, Decision]:
    """Every decision, payment by payment in the order of the card, as a gate looks at those above it."""
    claimed, found = claimed_before(said), dict[Place, Decision]()
    for name in dict.fromkeys(payment["payment"] for payment in said["payments"]):
        own = [payment for payment in said["payments"] if payment["payment"] == name]
        earned = [up_to_term(said, payment, tests[place_of(payment)], found) for payment in own]
        places = map(place_of, own)
        found |= zip(places, held(own, numbered(own, earned, claimed)), strict=True)
    return found


def up_to_term(
    said: Said, payment: Said, tests: Sequence[Verdict], above: Mapping[Place, Decision]
) -> Decision:
    """Steps 1 to 5: the phase, the tests, leaving, the gate and the term; a met one with its price."""
    if payment["phases"] is not None and said["child"]["phase"] not in payment["phases"]:
        return Decision("not_eligible", "other_phase")
    verdict = gated(payment, left(said, payment, together(payment["when"], tests)), above)
    if verdict.status != "met" or verdict.due_on is None:
        return Decision(verdict.status, verdict.reason)
    if not Window(said["card"]["term"]["from"], said["card"]["term"]["to"]).holds(verdict.due_on):
        return Decision("not_eligible", "outside_term")
    price = int(in_force(payment["prices"], verdict.due_on) * 100)
    return Decision("met", verdict.reason, verdict.due_on, price=price)


SETTLES = {
    "all": ("not_met", "not_yet", "not_assessable", "met"),
    "any": ("met", "not_yet", "not_assessable", "not_met"),
}
"""The status of several tests is the first of these that one of them has."""


def together(when: int | Said, tests: Sequence[Verdict]) -> Verdict:
    """What tests say together: of those that settle it the first, or the one by which it falls due."""
    if isinstance(when, int):
        return tests[when]
    [(several, parts)] = when.items()
    said = [together(part, tests) for part in parts]
    settles = min((one.status for one in said), key=SETTLES[several].index)
    deciding = [one for one in said if one.status == settles]
    if settles == "met":
        return (max if several == "all" else min)(deciding, key=lambda one: str(one.due_on))
    return deciding[0]


def left(said: Said, payment: Said, verdict: Verdict) -> Verdict:
    """Step 3: leavers, on a card on which they are not eligible."""
    left_on = said["child"]["left_on"]
    if said["card"]["leavers"] != "not_eligible" or left_on is None:
        return verdict
    if verdict.status == "met" and str(verdict.due_on) <= left_on:
        return verdict
    window = case_of(said, payment).judged
    return verdict if window and window.closes <= left_on else Verdict("not_eligible", "left")


def gated(payment: Said, verdict: Verdict, above: Mapping[Place, Decision]) -> Verdict:
    """Step 4: the payments that it requires."""
    if verdict.status != "met" or payment["requires"] is None:
        return verdict
    [(several, names)] = payment["requires"].items()
    required = [above[name, None] for name in names]
    opened = [str(one.due_on) for one in required if one.is_award]
    if not opened or (several == "all" and len(opened) < len(required)):
        return Verdict("gated", "gate_not_met")
    gate = max(opened) if several == "all" else min(opened)
    return verdict._replace(due_on=max(str(verdict.due_on), gate))


def numbered(own: Sequence[Said], earned: Sequence[Decision], claimed: Mapping[Key, Owed]) -> list[Decision]:
    """Step 6: those claimed already keep their numbers, the others take the free ones in turn."""
    met = [place for place, decision in enumerate(earned) if decision.status == "met"]
    kept = {place: number for place in met if (number := claimed_as_number(own[place], claimed)) is not None}
    free = (number for number in own[0]["numbers"] if number not in kept.values())
    turns = sorted(set(met) - kept.keys(), key=lambda place: turn(earned[place], place))
    numbers = kept | {place: next(free, None) for place in turns}
    found = list(earned)
    for place, number in numbers.items():
        beyond = Decision("beyond_limit", "numbers_used")
        found[place] = beyond if number is None else earned[place]._replace(number=number)
    return found


def turn(decision: Decision, place: int) -> tuple[str, int, int]:
    """Due date after the gate, higher price, order on the card."""
    return str(decision.due_on), -(decision.price or 0), place


def held(own: Sequence[Said], decisions: Iterable[Decision]) -> Iterator[Decision]:
    """Step 7: the holds in force."""
    for payment, decision in zip(own, decisions, strict=True):
        on_hold = decision.status == "met" and payment["holds"]
        yield decision._replace(status="held", reason="on_hold") if on_hold else decision


# ---------------------------------------------------------------- by when it could still be paid


class Prospects(NamedTuple):
    """What of a child is still open."""

    said: Said
    tests: Mapping[Place, Sequence[Tested]]
    decisions: Mapping[Place, Decision]

    def until(self, place: Place) -> str | None:
        """The last day on which a payment or an outcome could still fall due, if it still could."""
        status, [payment] = self.decisions[place].status, [p for p in self._all if place_of(p) == place]
        if status == "gated":
            return self._gate(payment)
        if status != "not_yet" or self._numbers_used(payment):
            return None
        own = self._together(payment, payment["when"])
        return last([own, self._gate(payment)]) if payment["requires"] else own

    @property
    def _all(self) -> Sequence[Said]:
        return list(self.said["payments"])

    def _numbers_used(self, payment: Said) -> bool:
        own = [one for (name, _), one in self.decisions.items() if name == payment["payment"]]
        return sum(one.is_award for one in own) >= len(payment["numbers"])

    def _together(self, payment: Said, when: int | Said) -> str | None:
        if isinstance(when, int):
            return self._single(payment, when)
        [(several, parts)] = when.items()
        days = [self._together(payment, part) for part in parts]
        return last(days) if several == "all" else latest(days)

    def _single(self, payment: Said, number: int) -> str | None:
        verdict, case = self.tests[place_of(payment)][number].verdict, case_of(self.said, payment)
        if verdict.status != "not_yet":
            return verdict.due_on
        test, term = payment["tests"][number], str(self.said["card"]["term"]["to"])
        window = case.window if test["test"] in {"happened", "reaches"} else case.endpoint
        closes = window.closes if window else term
        if test["test"] == "happened":
            return min(closes, term)
        if test["measure"].endswith("_sessions"):
            return None if case.child["left_on"] else min(closes, term)
        return closes if closes <= term else None

    def _gate(self, payment: Said) -> str | None:
        if payment["requires"] is None:
            return None
        [(several, names)] = payment["requires"].items()
        opened = [self.decisions[name, None].due_on for name in names]
        if several == "any" and any(opened):
            return min(filter(None, opened))
        days = [day or self.until((name, None)) for day, name in zip(opened, names, strict=True)]
        return last(days) if several == "all" else latest(days)


def latest(days: Iterable[str | None]) -> str | None:
    """The latest day that there is."""
    return max(filter(None, days), default=None)


def last(days: Sequence[str | None]) -> str | None:
    """The day by which all have come, if all can."""
    return latest(days) if all(days) else None


# ---------------------------------------------------------------- award, price, share


class Part(NamedTuple):
    """A commissioner's part of an award, and what its commitment leaves of it."""

    commissioner: str
    share: Fraction
    part: int
    amount: int


class Award(NamedTuple):
    """What limits leave of an award, in pence, and who pays it."""

    asks: int
    left: int
    cut: int
    parts: Sequence[Part]


def award_of(said: Said, payment: Said, decision: Decision, claimed: Mapping[Key, Owed]) -> Award | None:
    """The money of a decision that is met or held."""
    if not decision.is_award or decision.price is None:
        return None
    asks = decision.price
    if decision.status == "held":
        asks = max(asks, claimed_of(payment["payment"], decision.number, claimed))
    leaves = min([asks, *(pence(limit["left"]) for limit in payment["limits"])])
    return Award(asks, leaves, max(decision.price - leaves, 0), list(parts(said, payment, decision, leaves)))


def claimed_of(payment: str, number: int | None, claimed: Mapping[Key, Owed]) -> int:
    """What is claimed of an award, of all commissioners together."""
    return sum(one.amount for key, one in claimed.items() if (key.payment, key.number) == (payment, number))


def parts(said: Said, payment: Said, decision: Decision, amount: int) -> Iterator[Part]:
    """What is left of the price, split over the commissioners, each part cut to its commitment."""
    shares = dict(shares_of(said, str(decision.due_on)))
    rooms = {one["commissioner"]: one["left_of_commitment"] for one in payment["shares"]}
    for name, part in split(amount, shares).items():
        room = rooms.get(name)
        if part:
            yield Part(name, shares[name], part, part if room is None else min(part, max(pence(room), 0)))


def shares_of(said: Said, on: str) -> Iterator[tuple[str, Fraction]]:
    """The share of each commissioner; one that stands for several is that of the child."""
    for name, one in said["card"]["commissioners"].items():
        own = name if one["each"] is None else f"{name}:{said['child'][one['each']]}"
        yield own, in_force(one["share"], on)


def split(amount: int, shares: Mapping[str, Fraction]) -> dict[str, int]:
    """By largest remainder, ties in the order of the card."""
    exact = {name: amount * share for name, share in shares.items()}
    whole = {name: int(part) for name, part in exact.items()}
    by_remainder = sorted(exact, key=lambda name: whole[name] - exact[name])
    more = by_remainder[: amount - sum(whole.values())]
    return {name: part + (name in more) for name, part in whole.items()}


# ---------------------------------------------------------------- the lines that are due


class Line(NamedTuple):
    """A line of a claim."""

    place: Place
    number: int
    commissioner: str
    kind: str
    due_on: str
    amount: str
    corrects: str | None


Awards = Mapping[Place, Award | None]


def due_to_date(said: Said, decisions: Mapping[Place, Decision], awards: Awards) -> dict[Key, Owed]:
    """By key, what is due of awards that are met."""
    return {
        Key(said["card"]["contract"], place[0], decision.number or 0, part.commissioner): Owed(
            part.amount, place[1], str(decision.due_on), said["quarter"]
        )
        for place, decision in decisions.items()
        if decision.status == "met" and (award := awards[place])
        for part in award.parts
        if part.amount
    }


def lines(said: Said, decisions: Mapping[Place, Decision], awards: Awards) -> Iterator[Line]:
    """What is due to date less what earlier claims hold; nothing is added or taken of what is held.

    A line that takes all back says what the line that it takes back says.
    """
    due, claimed = due_to_date(said, decisions, awards), claimed_before(said)
    status = {(place[0], one.number): one.status for place, one in decisions.items() if one.is_award}
    for key in {**due, **claimed}:
        now, before = due.get(key, Owed()), claimed.get(key, Owed())
        on_card = key.contract == said["card"]["contract"]
        stands = status.get((key.payment, key.number)) if on_card else None
        if now.amount != before.amount and stands != "held":
            says = now if key in due else before
            yield Line(
                (key.payment, says.outcome),
                key.number,
                key.commissioner,
                kind_of(said, says.due_on, before.amount, stands is not None),
                says.due_on,
                str(pounds(now.amount - before.amount)),
                before.quarter if before.amount else None,
            )


def kind_of(said: Said, due_on: str, was: int, stands: bool) -> str:
    """How a line is named."""
    if was:
        return "correction" if stands else "reversal"
    return "opening" if due_on < quarter_of(said["quarter"]).opens and is_first(said) else "new"


def is_first(said: Said) -> bool:
    """Whether nothing is sealed yet, so that what fell due before the quarter is the opening balance."""
    return bool(said["opens_book"])


# ---------------------------------------------------------------- held against what is stated


def differences(said: Said) -> Iterator[str]:
    """Everything that the object states otherwise than it comes out."""
    whose = f"{said['child']['child_id']}, {said['quarter']}"
    for line in [*about(said), *of_payments(said)]:
        yield f"{whose}, {line}"


def differ(what: str, found: object, stated: object) -> Iterator[str]:
    """A line if a thing is stated otherwise than it was worked out."""
    if found != stated:
        yield f"{what}: {worded(stated)} is stated, {worded(found)} comes out"


def worded(value: object) -> str:
    """A value as a line shows it."""
    if isinstance(value, Mapping):
        return "; ".join(f"{name} {worded(one)}" for name, one in value.items()) or "nothing"
    if isinstance(value, list):
        return "; ".join(map(worded, value)) or "nothing"
    if isinstance(value, tuple):
        return " ".join(worded(one) for one in value if one is not None)
    return "nothing" if value is None else str(value)


def about(said: Said) -> Iterator[str]:
    """The day on which everything is known."""
    as_of = quarter_of(said["quarter"]).closes
    yield from differ("as of", as_of, said["as_of"])
    yield from differ("provisional", not said["closed"], said["provisional"])
    for name in ("joined_on", "consent_on", "left_on"):
        if (said["child"][name] or "") > as_of:
            yield f"{name}: {said['child'][name]} is not known yet"


def of_payments(said: Said) -> Iterator[str]:
    """Every payment and outcome: its windows, tests, decision and money, and all lines together."""
    claimed, found = claimed_before(said), dict[Place, list[Tested]]()
    for payment in said["payments"]:
        case = case_of(said, payment)
        found[place_of(payment)] = [tested(case, test) for test in payment["tests"]]
    decisions = decided(said, {place: [one.verdict for one in tests] for place, tests in found.items()})
    awards = {
        place_of(payment): award_of(said, payment, decisions[place_of(payment)], claimed)
        for payment in said["payments"]
    }
    prospects = Prospects(said, found, decisions)
    for payment in said["payments"]:
        place = place_of(payment)
        name = " ".join(filter(None, place))
        for line in [
            *of_windows(said, payment),
            *of_tests(case_of(said, payment), payment, found[place]),
            *of_decision(said, payment, decisions[place], claimed),
            *of_money(said, payment, decisions[place], awards[place]),
            *of_due(said, payment, decisions[place]),
            *differ("until", prospects.until(place), payment["until"]),
        ]:
            yield f"{name}, {line}"
    yield from of_lines(said, set(lines(said, decisions, awards)))


def of_windows(said: Said, payment: Said) -> Iterator[str]:
    """The days of its windows."""
    case = case_of(said, payment)
    for name in ("window", "baseline", "endpoint"):
        stated, window = payment[name], getattr(case, name)
        yield from differ(name, window, stated and Window(stated["opens"], stated["closes"]))


def of_terms(case: Case, test: Said, name: str) -> Iterator[str]:
    """Which way is better, and where a band begins."""
    if test.get("at_risk"):
        yield from differ(f"{name}, at risk", at_risk_of(case, test), test["at_risk"])
    if "better" in test:
        higher = better_is_higher(test)
        yield from differ(f"{name}, better", "higher" if higher else "lower", test["better"])


def of_tests(case: Case, payment: Said, tests: Sequence[Tested]) -> Iterator[str]:
    """Figures, verdict and uses of each test."""
    for test, found in zip(payment["tests"], tests, strict=True):
        name = f"{test['measure']} {test['test']}"
        yield from of_terms(case, test, name)
        stated = {key: figure(key, value) for key, value in test["figures"].items()}
        yield from differ(f"{name}, figures", found.figures, stated)
        says = Verdict(test["says"]["status"], test["says"]["reason"], test["says"]["due_on"])
        yield from differ(f"{name}, says", found.verdict, says)
        for row in sorted({*found.uses, *test["uses"]}, key=int):
            yield from differ(f"{name}, row {row}", found.uses.get(row), test["uses"].get(row))


def figure(key: str, value: Any) -> object:  # noqa: ANN401 - a number, text or nothing
    """A figure as it is compared: all but days as fractions."""
    return value if value is None or key.endswith("_on") else Fraction(value)


def of_decision(said: Said, payment: Said, decision: Decision, claimed: Mapping[Key, Owed]) -> Iterator[str]:
    """The decision, and what it was amended by."""
    stated = payment["decision"]
    for name in ("status", "reason", "due_on", "number"):
        yield from differ(name, getattr(decision, name), stated[name])
    yield from differ("price", pounds(decision.price), stated["price"])
    yield from differ("claimed as number", claimed_as_number(payment, claimed), payment["claimed_as_number"])
    yield from differ("missing", decision.status == "met", payment["missing"] is None)
    for hold in payment["holds"]:
        if not Window(hold["from"], hold["to"] or said["as_of"]).holds(said["as_of"]):
            yield f"hold: from {hold['from']} to {hold['to']} is not in force"


def of_money(said: Said, payment: Said, decision: Decision, award: Award | None) -> Iterator[str]:
    """What limits and commitments leave of an award, and who pays it."""
    yield from differ("cut", pounds(award and award.cut), payment["decision"]["cut"])
    yield from differ("asked of limits", pounds(award and award.asks), payment["asked_of_limits"])
    yield from differ("left by limits", pounds(award and award.left), payment["left_by_limits"])
    most = {one["limit"]: one["most"] for one in payment["limits"]}
    yield from differ("limits", said["card"]["limits"] if award else {}, most)
    stated = [
        Part(one["commissioner"], Fraction(one["share"]), pence(one["part"]), pence(one["amount"]))
        for one in payment["shares"]
    ]
    yield from differ("shares", list(award.parts) if award else [], stated)


def of_due(said: Said, payment: Said, decision: Decision) -> Iterator[str]:
    """The quarter and the reason of its lines, but for those that differ from what was claimed or decided
    before: why they do only that can tell."""
    for line in payment["due"]:
        yield from differ("quarter of a line", said["quarter"], line["quarter"])
        opens = quarter_of(said["quarter"]).opens
        if line["kind"] == "opening" or (line["kind"] == "new" and line["due_on"] >= opens):
            yield from differ("reason of a line", decision.reason, line["reason"])


def of_lines(said: Said, found: set[Line]) -> Iterator[str]:
    """The lines that are due now."""
    stated = {
        Line((line["payment"], line["outcome"]), *(line[name] for name in Line._fields[1:]))
        for line in stated_lines(said, "due")
    }
    yield from (f"line {worded(line)} is missing" for line in sorted(found - stated, key=str))
    yield from (f"line {worded(line)} does not come out" for line in sorted(stated - found, key=str))


if __name__ == "__main__":
    sys.exit(main())
