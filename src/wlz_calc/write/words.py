"""Words: what codes, dates and figures are called in plain English.

Promises that every code has words, known or not, and that text from an extract reaches a screen or a cell
without control characters. A figure is never rounded up: a rate that fell short does not look as if it
reached.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from wlz_calc.decision import Cause, Reason, Status, Use
from wlz_calc.ratecard import measures
from wlz_calc.ratecard.wording import NAMES
from wlz_calc.standards.assessment import DECIMALS, POINT

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip

ILLUSTRATIVE: Final = "ILLUSTRATIVE TERMS"
PROVISIONAL: Final = "PROVISIONAL"

STATUSES: Final[Mapping[str, str]] = {
    Status.MET: "met",
    Status.NOT_MET: "not met",
    Status.NOT_YET: "not yet due",
    Status.NOT_ASSESSABLE: "not assessable",
    Status.NOT_ELIGIBLE: "not eligible",
    Status.GATED: "gated",
    Status.BEYOND_LIMIT: "beyond the limit",
    Status.HELD: "held",
}

REASONS: Final[Mapping[str, str]] = {
    Reason.HAPPENED: "It happened",
    Reason.NO_DATE: "No date is recorded",
    Reason.OUTSIDE_WINDOW: "Its date lies outside the window",
    Reason.REACHED: "Reached what is required",
    Reason.SHORT: "Fell short of what is required",
    Reason.WINDOW_OPEN: "Its window is still open",
    Reason.NO_SESSIONS: "No sessions are recorded",
    Reason.TOO_FEW_POSSIBLE: "Too few sessions were possible for the rate to count",
    Reason.NO_BASELINE: "No baseline reading",
    Reason.NO_ENDPOINT: "No endpoint reading",
    Reason.NO_EXPECTED: "No expected score to measure progress against",
    Reason.NOT_AT_RISK: "Not at risk at the baseline",
    Reason.IMPROVED: "Improved by what is required",
    Reason.NOT_IMPROVED: "Did not improve by what is required",
    Reason.PROGRESSED: "Made the progress required",
    Reason.NOT_PROGRESSED: "Did not make the progress required",
    Reason.CROSSED: "At risk at the baseline, no longer at the endpoint",
    Reason.STILL_AT_RISK: "Still at risk at the endpoint",
    Reason.OTHER_PHASE: "Not payable for a child of this phase",
    Reason.LEFT: "Left before it was earned",
    Reason.GATE_NOT_MET: "Earned, but a payment that it requires is not met",
    Reason.OUTSIDE_TERM: "Fell due outside the contract's term",
    Reason.NUMBERS_USED: "Earned, but the numbers of this payment are used up",
    Reason.ON_HOLD: "Earned, and on hold",
}

CAUSES: Final[Mapping[str, str]] = {
    Cause.REGISTER: "The register has changed",
    Cause.READING: "A reading has changed",
    Cause.SESSION: "Sessions were submitted again",
    Cause.HOLD: "A hold has ended",
    Cause.CARD: "The rate card has changed",
    Cause.LIMIT: "A limit or a commitment leaves another amount",
    Cause.GATE: "A payment that it requires is decided otherwise",
    Cause.NUMBER: "The numbers of this payment are used otherwise",
    Cause.OPENING: "It differs from what was claimed by other means",
    Cause.OTHERWISE: "It is calculated otherwise",
}
USES: Final[Mapping[str, str]] = {
    Use.COUNTED: "counted",
    Use.COUNTED_AGAINST: "counted as not attended",
    Use.BASELINE: "baseline",
    Use.ENDPOINT: "endpoint",
    Use.SUPERSEDED: "superseded by a later submission",
    Use.REPEATED: "the same as another of that day",
    Use.NO_SCORE: "without a score",
    Use.NOT_KNOWN_YET: "after the as-of date",
    Use.OTHER_INFORMANT: "by another informant",
    Use.OUTSIDE_WINDOW: "outside the window",
    Use.PARTLY_OUTSIDE: "not wholly inside the window",
    Use.AFTER_LEAVING: "after the child left",
    Use.CANCELLED: "cancelled",
    Use.ABSENT: "absent",
    Use.NOT_RATED: "not said whether engaged",
    Use.NOT_POSSIBLE: "not a possible session",
    Use.TOO_FEW_POSSIBLE: "in a window without enough possible sessions",
    Use.ANOTHER_NEARER: "another is nearer to joining",
    Use.NO_BASELINE: "no baseline to set it against",
    Use.OTHER_SCALE: "on another scale than the baseline",
    Use.LATER_TAKEN: "a later one was taken",
}
"""What became of a row in a test."""
STEPS: Final[Mapping[str, str]] = {
    "opening": "Opening balance",
    "new": "New",
    "correction": "Corrections",
    "reversal": "Reversals",
}

KINDS: Final[Mapping[str, str]] = {
    "new": "new",
    "correction": "correction of",
    "reversal": "reversal of",
    "opening": "opening balance",
}

Evidence = Mapping[str, Any]
"""One struct of `frames.EVIDENCE`."""


def visible(text: str) -> str:
    """The text without control characters, which could move a cursor or break a workbook."""
    return text if text.isprintable() else "".join(c if c.isprintable() else "�" for c in text)


def title(code: str) -> str:
    """`continued_engagement` as `Continued engagement`."""
    text = visible(code).replace("_", " ")
    return NAMES.get(code) or text[:1].upper() + text[1:]


def payable(payment: str, outcome: str | None) -> str:
    """A payment, and the outcome that it is earned by."""
    return f"{title(payment)}: {title(outcome)}" if outcome else title(payment)


def day(value: date) -> str:
    """A date as people write it: `1 October 2018`, whatever the language of the machine."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def days(start: date, end: date) -> str:
    """Two dates: `1 October to 31 December 2018`, the year once where it is the same."""
    first = f"{start.day} {MONTHS[start.month - 1]}" if start.year == end.year else day(start)
    return f"{first} to {day(end)}"


def counted(number: int, one: str, many: str = "") -> str:
    """`1 child`, `1,200 children`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def children(number: int) -> str:
    """So many children."""
    return counted(number, "child", "children")


def listed(names: Sequence[str]) -> str:
    """`one, two and three`."""
    *others, last = names or ("",)
    return f"{', '.join(others)} and {last}" if others else last


def numbered(numbers: Sequence[int]) -> str:
    """The numbers of a payment: `1`, `4-6`, `4, 6`."""
    if len(numbers) > 1 and list(numbers) == list(range(numbers[0], numbers[-1] + 1)):
        return f"{numbers[0]}-{numbers[-1]}"
    return ", ".join(str(number) for number in numbers)


def status(code: str) -> str:
    """A status in words."""
    return STATUSES.get(code) or title(code).lower()


def kind(code: str, corrects: str | None = None) -> str:
    """The kind of a line in words: `new`, `reversal of 2018-Q3`."""
    words = KINDS.get(code) or title(code).lower()
    return f"{words} {corrects or 'an earlier claim'}" if words.endswith(" of") else words


def reason(code: str | None) -> str:
    """The reason of a decision or line in words, without its figures."""
    return REASONS.get(code or "") or CAUSES.get(code or "") or title(code or "")


def use(code: str) -> str:
    """What became of a row, in words."""
    return USES.get(code) or title(code).lower()


def step(kind: str, cause: str | None) -> str:
    """Lines of one kind and cause: `Corrections: a reading has changed`."""
    why = reason(cause) if cause else ""
    return f"{STEPS[kind]}: {why[0].lower()}{why[1:]}" if why else STEPS[kind]


def limit(name: str) -> str:
    """What is measured against: the contract, a financial year, or a commissioner by its id."""
    return {"contract": "The contract"}.get(name) or (f"Financial year {name}" if "/" in name else name)


def banner(terms: Sequence[str]) -> str:
    """The mark of every table and file made on terms that no public source states."""
    return f"{ILLUSTRATIVE}: {', '.join(terms)}" if terms else ""


def why(code: str | None, evidence: Sequence[Evidence] = (), measured: Sequence[str] = ()) -> str:
    """The reason of a decision as a sentence, with the figures it rests on, one test after the other.

    `measured`: the measure of each test, in the same order, as the card lists them.
    """
    names = measured if len(measured) == len(evidence) else [""] * len(evidence)
    figures = [_figures(item, name) for item, name in zip(evidence, names, strict=True)]
    known = [text for text in figures if text]
    return f"{reason(code)}: {'; '.join(known)}" if known else reason(code)


def _figures(item: Evidence, measure: str) -> str:
    opens, closes = item.get("opens"), item.get("closes")
    name = measures.name(measure) if measure else ""
    shown = figures(item)
    which = "endpoint " if item.get("endpoint") is not None else ""
    window = f"({which}{days(opens, closes)})" if opens and closes else ""
    told = bool(shown or window) or measures.kind(measure) is measures.Kind.DATE
    return " ".join(part for part in (name, shown, window) if part) if told else ""


def figures(item: Evidence) -> str:
    """The value of a test, or its two readings with their days; nothing, where there is neither."""
    return _value(item) or _readings(item)


def _value(item: Evidence) -> str:
    value = item.get("value")
    return "" if value is None else figure(value, item.get("of"))


def _readings(item: Evidence) -> str:
    return ", then ".join(
        figure(item[which], item.get(f"{which}_of")) + _on(item.get(f"{which}_on"))
        for which in ("baseline", "endpoint")
        if item.get(which) is not None
    )


def _on(when: date | None) -> str:
    return f" on {day(when)}" if when else ""


def figure(value: int, of: int | None) -> str:
    """A fraction as its measure shows it: a count, a score, or a rate with what it is a rate of."""
    if of in (None, 1):
        return f"{value:,}"
    if of == POINT:
        return score(value)
    return f"{rate(value, of)} ({value:,} of {of:,})" if of else f"{value:,} of {of:,}"


def score(value: int) -> str:
    """A score kept as ten-thousandths of a point: `105`, `2.5`."""
    whole, rest = divmod(abs(value), POINT)
    decimals = f".{rest:0{DECIMALS}d}".rstrip("0").rstrip(".")
    return f"{'-' if value < 0 else ''}{whole}{decimals}"


def rate(value: int, of: int) -> str:
    """A rate in per cent with one decimal, cut and not rounded: 949 of 999 is 94.9%, and 94.96% is too."""
    tenths = value * 1000 // of
    return f"{tenths // 10}.{tenths % 10}%"
