"""Tested: what a test asks of a child and what it found, in words; figures are exact, never rounded up."""

from collections.abc import Mapping
from fractions import Fraction
from math import floor

from wlz_calc.decision import Use
from wlz_calc.explanation import Explained, Facts, Tested
from wlz_calc.ratecard import wording
from wlz_calc.ratecard.base import exact, in_force
from wlz_calc.ratecard.conditions import Change, Gain, Progresses, Reaches, Single
from wlz_calc.ratecard.measures import ATTENDANCE, Kind, family, kind, member
from wlz_calc.ratecard.sentence import COMPARED
from wlz_calc.standards import sdq
from wlz_calc.standards.assessment import POINT
from wlz_calc.write import words


def needed(tested: Tested) -> str:
    """What a value or a gain has to be, at least."""
    test, closes = tested.test, tested.evidence["closes"]
    if isinstance(test, Reaches):
        least = in_force(test.at_least, closes)
        return wording.number(least) if kind(test.measure) is Kind.COUNT else wording.percent(least)
    if isinstance(test, Gain):
        more = "more than " if test.strictly else ""
        return more + difference(Fraction(in_force(test.by, closes)), test)
    return ""


def at_risk(explained: Explained, tested: Tested) -> str:
    """When a reading is at risk, for this child."""
    test = tested.test
    risk = test.at_risk if isinstance(test, Change) else None
    if risk is None:
        return ""
    if risk.band and risk.scheme:
        scale = member(test.measure)
        start = sdq.band_start(scale, explained.child["informant"], risk.scheme, risk.band)
        return f"{start} or {'less' if sdq.higher_is_better(scale) else 'more'} ({wording.phrase(risk.band)})"
    value = in_force(risk.threshold or {}, tested.evidence["closes"])
    said = wording.percent(value) if test.measure == ATTENDANCE else wording.number(value)
    return COMPARED[risk.comparison or ""].format(said)


def reading(explained: Explained, tested: Tested, which: str) -> str:
    """A baseline or an endpoint: a rate, a score, or the value that it is on a scale of ordered values."""
    evidence = tested.evidence
    if family(tested.test.measure) == "attainment":
        return score(explained, _taken(explained, tested)[Use(which)])
    return words.figure(evidence[which], evidence[f"{which}_of"])


def score(explained: Explained, facts: Facts) -> str:
    """A score of attainment, as its scale names it."""
    values = explained.card.all_scales[facts["scale"]].values
    return values[facts["score"] // POINT] if values else words.score(facts["score"])


def _taken(explained: Explained, tested: Tested) -> Mapping[Use, Facts]:
    """The rows of attainment that a test compares."""
    rows = explained.rows["attainment"]
    return {use: rows[row] for row, use in tested.uses.items() if use in {Use.BASELINE, Use.ENDPOINT}}


def gain(explained: Explained, tested: Tested) -> Fraction:
    """The change for the better; of progress, less what was expected."""
    evidence, test = tested.evidence, tested.test
    before, after = (Fraction(evidence[name], evidence[f"{name}_of"]) for name in ("baseline", "endpoint"))
    change = after - before if explained.card.higher_is_better(test.measure) else before - after
    return change - _expected(explained, tested) if isinstance(test, Progresses) else change


def _expected(explained: Explained, tested: Tested) -> Fraction:
    """The gain that both readings expect, or none on an age-relative scale."""
    taken = _taken(explained, tested)
    first, last = (taken[use]["expected"] for use in (Use.BASELINE, Use.ENDPOINT))
    return Fraction(0) if first is None or last is None else Fraction(last - first, POINT)


def difference(change: Fraction, test: Single) -> str:
    """A change in the points of its measure; of a rate, in percentage points."""
    if test.measure == ATTENDANCE:
        return wording.plural(_short(change * 100), "percentage point")
    return wording.plural(_short(change), "point")


def _short(figure: Fraction) -> str:
    """A figure in full, or cut after two decimals and never rounded up."""
    hundredths = figure * 100
    return exact(figure if figure * POINT == int(figure * POINT) else Fraction(floor(hundredths), 100))
