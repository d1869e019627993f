"""Whether what a card judges can be judged: windows, informants, bands, surveys, scales and phases."""

from collections.abc import Iterator
from datetime import timedelta

from wlz_calc.finding import quote
from wlz_calc.ratecard.base import Path, Problem, listed, one_of
from wlz_calc.ratecard.card import Card, Payable
from wlz_calc.ratecard.conditions import AtRisk, Change, Happened, Reaches, Single, placed, tests
from wlz_calc.ratecard.measures import SURVEY, family, member
from wlz_calc.ratecard.windows import AcademicYear, Months, Window
from wlz_calc.standards.assessment import SCALES
from wlz_calc.standards.sdq import BANDED_SCALES, Scheme, band_names
from wlz_calc.standards.year_groups import YEAR_GROUPS


def year_groups_have_one_phase(card: Card) -> Iterator[Problem]:
    """A card's own grouping names each year group once."""
    for year in YEAR_GROUPS:
        named = [phase for phase, years in card.phases.items() for named in years if named == year]
        if len(named) > 1:
            expected = f"each year group once; it is in {named[0]} already"
            yield Problem(("phases", named[1]), "card-value", quote(year), expected)


def risk_stands_alone(card: Card) -> Iterator[Problem]:
    """No at_risk inside all or any: a child not at risk could not be told from one who fell short."""
    for payable, at, test in _tests(card):
        if not isinstance(payable.when, Single) and isinstance(test, Change) and test.at_risk:
            expected = "no at_risk inside all or any; make it an outcome of its own"
            found = f"at_risk on {test.measure}"
            yield Problem((*at, "at_risk"), "card-at-risk-inside", found, expected)


def windows_are_there(card: Card) -> Iterator[Problem]:
    """What counts has a window; what compares has a baseline and an endpoint."""
    for payable, _, test in _tests(card):
        needed = ("window",) if isinstance(test, Reaches) else ("baseline", "endpoint")
        for key in () if isinstance(test, Happened) else needed:
            if getattr(payable, key) is None:
                yield Problem(payable.path, "card-missing-key", f"no {key}", f"{key}, for {test.measure}")


def endpoints_follow_baselines(card: Card) -> Iterator[Problem]:
    """No endpoint window begins before its baseline window ends."""
    for payable in card.payables:
        if payable.baseline and payable.endpoint and _overlap(card, payable.baseline, payable.endpoint):
            found = f"baseline {payable.baseline}, endpoint {payable.endpoint}"
            expected = "an endpoint window that begins after the baseline window has ended"
            yield Problem(card.stated_at(payable, "endpoint"), "card-window", found, expected)


def _overlap(card: Card, baseline: Window, endpoint: Window) -> bool:
    if isinstance(baseline, Months) and isinstance(endpoint, Months):
        return endpoint.months[0] < baseline.months[1]
    if isinstance(baseline, AcademicYear) and isinstance(endpoint, AcademicYear):
        return endpoint.academic_year <= baseline.academic_year
    joined = card.joined
    days = (joined.start + timedelta(days=n) for n in range((joined.end - joined.start).days + 1))
    return any(endpoint.of(day).start < baseline.of(day).end for day in days)


def sdq_has_informants(card: Card) -> Iterator[Problem]:
    """Where an SDQ measure is used, the card says whose questionnaire counts."""
    for payable in card.payables:
        if any(family(test.measure) == "sdq" for test in tests(payable.when)):
            for phase in card.phases_judged(payable):
                if phase not in card.informants:
                    expected = f"{phase}: parent, teacher or self, for {payable.outcome or payable.payment}"
                    yield Problem(("informants",), "card-informant", f"nobody for {phase}", expected)


def bands_are_published(card: Card) -> Iterator[Problem]:
    """A band is one that the publisher gives for this scale and these ages."""
    for payable, at, test in _tests(card):
        if isinstance(test, Change) and test.at_risk and test.at_risk.band:
            yield from _band(card, payable, test, test.at_risk, (*at, "at_risk"))


def _band(card: Card, payable: Payable, test: Change, risk: AtRisk, at: Path) -> Iterator[Problem]:
    scale, band = member(test.measure), risk.band or ""
    if family(test.measure) != "sdq" or scale not in BANDED_SCALES:
        expected = f"a number; bands are published for sdq {listed(BANDED_SCALES)}"
        yield Problem(at, "card-band", f"a band for {test.measure}", expected)
    elif band not in (names := _bands(scale, risk.scheme or "three")):
        yield Problem((*at, "band"), "card-band", quote(band), one_of(band, names))
    if "early_years" in card.phases_judged(payable):
        expected = "numbers; the published bands are for ages 4 to 17"
        yield Problem(at, "card-band", "a band for early_years", expected)


def _bands(scale: str, scheme: Scheme) -> tuple[str, ...]:
    """The names for a scale; those of the difficulties are taken for prosocial too: same places."""
    return tuple(dict.fromkeys((*band_names(scale, scheme), *band_names("total", scheme))))


def surveys_are_described(card: Card) -> Iterator[Problem]:
    """Every survey that is used has a range and a better way."""
    used: list[tuple[Path, str]] = [((*at, "measure"), test.measure) for _, at, test in _tests(card)]
    used += [
        (("framework", n, "measures", m), measure)
        for n, area in enumerate(card.framework)
        for m, measure in enumerate(area.measures)
    ]
    for at, measure in used:
        if family(measure) == SURVEY and member(measure) not in card.surveys:
            expected = f"surveys: {{{member(measure)}: {{range: [0, 100], better: higher}}}}"
            yield Problem(at, "card-survey", quote(measure), expected)


def own_scales_are_told_apart(card: Card) -> Iterator[Problem]:
    """A card's own scale does not take the name of a published one."""
    for name in card.scales:
        if name in SCALES:
            yield Problem(("scales", name), "card-scale", quote(name), "a name that no published scale has")


def _tests(card: Card) -> Iterator[tuple[Payable, Path, Single]]:
    """Every single test of a card, with its place."""
    for payable in card.payables:
        for at, test in placed(payable.when, (*payable.path, "when")):
            yield payable, at, test
