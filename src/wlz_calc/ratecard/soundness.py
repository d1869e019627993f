"""Whether a card's terms can be paid on at all: a list of plain checks, every one of them reported."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from wlz_calc.ratecard.base import EVER, Path, Problem, in_force, listed, one_of
from wlz_calc.ratecard.card import YEAR_GROUPS, Card, Payable
from wlz_calc.ratecard.conditions import AllOf, AnyOf, Change, Happened, Reaches, Single, tests
from wlz_calc.ratecard.measures import SURVEY, Kind, family, kind, member
from wlz_calc.ratecard.windows import AcademicYear, Months, Window
from wlz_calc.standards.assessment import SCALES
from wlz_calc.standards.sdq import BANDED_SCALES, band_names

Problems = Iterator[Problem]


def problems(card: Card) -> Problems:
    """Everything about a card that stops it from being used."""
    for check in CHECKS:
        yield from check(card)


def _share_dates(card: Card) -> list[date]:
    """The days on which some share changes, and all are in force."""
    dates = {day for c in card.commissioners.values() for day in c.share}
    first = max(min(c.share) for c in card.commissioners.values())
    return sorted(day for day in dates if day >= first)


def _shares_add_up(card: Card) -> Problems:
    for day in _share_dates(card):
        total = sum((Fraction(in_force(c.share, day)) for c in card.commissioners.values()), Fraction())
        if total != 1:
            since = "" if day == EVER else f" from {day}"
            yield Problem(
                ("commissioners",),
                "card-shares",
                f"{_decimal(total)}{since}",
                "shares that add up to exactly 1",
            )


def _decimal(value: Fraction) -> str:
    return f"{float(value):.6f}".rstrip("0").rstrip(".")


def _share_is_matched(card: Card) -> Problems:
    rule = card.matching
    if rule is None:
        return
    if rule.commissioner not in card.commissioners:
        yield Problem(
            ("matching", "commissioner"),
            "card-value",
            rule.commissioner,
            one_of(rule.commissioner, card.commissioners),
        )
        return
    shares = card.commissioners[rule.commissioner].share
    most = 1 / (1 + Fraction(rule.times))
    for day, share in shares.items():
        if Fraction(share) > most:
            at: Path = ("commissioners", rule.commissioner, "share", *(() if day == EVER else (str(day),)))
            expected = f"at most {_decimal(most)}, so that the others pay at least {rule.times} times it"
            yield Problem(at, "card-matching", str(share), expected)


def _year_groups_have_one_phase(card: Card) -> Problems:
    for year in YEAR_GROUPS:
        named = [phase for phase, years in card.phases.items() if year in years]
        if len(named) > 1:
            yield Problem(
                ("phases", named[1]),
                "card-value",
                year,
                f"each year group once; {year} is in {named[0]} already",
            )


def _numbers_are_used_once(card: Card) -> Problems:
    seen: dict[int, str] = {}
    for name, payment in card.payments.items():
        key = "numbers" if payment.numbers else "number"
        for number in payment.numbers or (payment.number or 0,):
            if number < 1 or number in seen:
                expected = (
                    f"a number of its own, 1 or more{f'; {seen[number]} has it' if number in seen else ''}"
                )
                yield Problem(("payments", name, key), "card-value", str(number), expected)
            seen.setdefault(number, name)


def _everything_has_a_price(card: Card) -> Problems:
    for payable in card.payables:
        if payable.price is None:
            yield Problem(
                payable.path, "card-missing-key", "no price", "price, on the payment or on each outcome"
            )


def _gates_stand_above(card: Card) -> Problems:
    above: list[str] = []
    for name, payment in card.payments.items():
        for required in payment.requires.payments if payment.requires else ():
            if required not in above:
                expected = (
                    f"payments above it that have no outcomes: {listed(above) if above else 'there is none'}"
                )
                yield Problem(("payments", name, "requires"), "card-requires", required, expected)
        if not payment.outcomes:
            above.append(name)


def _risk_stands_alone(card: Card) -> Problems:
    for payable in card.payables:
        if not isinstance(payable.when, Single):
            for test in tests(payable.when):
                if isinstance(test, Change) and test.at_risk:
                    expected = "no at_risk inside all or any; make it an outcome of its own"
                    yield Problem(
                        (*payable.path, "when"), "card-at-risk-inside", f"at_risk on {test.measure}", expected
                    )


def _windows_are_there(card: Card) -> Problems:
    for payable in card.payables:
        for test in tests(payable.when):
            needed = ("window",) if isinstance(test, Reaches) else ("baseline", "endpoint")
            for key in () if isinstance(test, Happened) else needed:
                if getattr(payable, key) is None:
                    yield Problem(payable.path, "card-missing-key", f"no {key}", f"{key}, for {test.measure}")


def _endpoints_follow_baselines(card: Card) -> Problems:
    for payable in card.payables:
        if payable.baseline and payable.endpoint and _overlap(card, payable.baseline, payable.endpoint):
            found = f"baseline {payable.baseline}, endpoint {payable.endpoint}"
            expected = "an endpoint window that begins after the baseline window has ended"
            yield Problem((*payable.path, "endpoint"), "card-window", found, expected)


def _overlap(card: Card, baseline: Window, endpoint: Window) -> bool:
    if isinstance(baseline, Months) and isinstance(endpoint, Months):
        return endpoint.months[0] < baseline.months[1]
    if isinstance(baseline, AcademicYear) and isinstance(endpoint, AcademicYear):
        return endpoint.academic_year <= baseline.academic_year
    joined = card.joined
    days = (joined.start + timedelta(days=n) for n in range((joined.end - joined.start).days + 1))
    return any(endpoint.of(day).start < baseline.of(day).end for day in days)


def _sdq_has_informants(card: Card) -> Problems:
    for payable in card.payables:
        if any(family(test.measure) == "sdq" for test in tests(payable.when)):
            for phase in card.phases_judged(payable):
                if phase not in card.informants:
                    expected = f"{phase}: parent, teacher or self, for {payable.outcome or payable.payment}"
                    yield Problem(("informants",), "card-informant", f"nobody for {phase}", expected)


def _bands_are_published(card: Card) -> Problems:
    for payable in card.payables:
        for test in tests(payable.when):
            risk = test.at_risk if isinstance(test, Change) else None
            if risk is None or risk.band is None or risk.scheme is None:
                continue
            at = (*payable.path, "when", "at_risk")
            scale = member(test.measure)
            if family(test.measure) != "sdq" or scale not in BANDED_SCALES:
                yield Problem(
                    at,
                    "card-band",
                    f"a band for {test.measure}",
                    f"a number; bands are published for sdq {listed(BANDED_SCALES)}",
                )
            elif risk.band not in (names := _bands(scale, risk.scheme)):
                yield Problem(at, "card-band", risk.band, one_of(risk.band, names))
            if "early_years" in card.phases_judged(payable):
                yield Problem(
                    at,
                    "card-band",
                    "a band for early_years",
                    "numbers; the published bands are for ages 4 to 17",
                )


def _bands(scale: str, scheme: str) -> tuple[str, ...]:
    names = band_names(scale, "four" if scheme == "four" else "three")
    return tuple(dict.fromkeys((*names, *(band_names("total", "four") if scheme == "four" else ()))))


def _surveys_are_described(card: Card) -> Problems:
    measures: list[tuple[Path, str]] = [
        (p.path, test.measure) for p in card.payables for test in tests(p.when)
    ]
    measures += [(("framework", n), m) for n, area in enumerate(card.framework) for m in area.measures]
    for path, measure in measures:
        if family(measure) == SURVEY and member(measure) not in card.surveys:
            yield Problem(
                path,
                "card-survey",
                measure,
                f"surveys: {{{member(measure)}: {{range: [0, 100], better: higher}}}}",
            )


def _own_scales_have_own_names(card: Card) -> Problems:
    for name in card.scales:
        if name in SCALES:
            yield Problem(("scales", name), "card-value", name, "a name that no published scale has")


def _values_start_early_enough(card: Card) -> Problems:
    """A dated value must be in force on every day on which it can be looked up."""
    earliest = {
        p.order: max(card.term.start, _earliest_due(card, p)) for p in card.payables if _has_windows(p)
    }
    for payable in card.payables:
        if payable.order not in earliest:
            continue
        if payable.price:
            yield from _starts_by((*payable.path, "price"), payable.price, earliest[payable.order])
        for test in tests(payable.when):
            window = payable.endpoint if isinstance(test, Change) else payable.window
            for threshold in test.thresholds:
                if window:
                    yield from _starts_by(
                        (*payable.path, "when"), threshold, window.of(card.joined.start).end
                    )
    for name, commissioner in card.commissioners.items():
        if earliest:
            yield from _starts_by(
                ("commissioners", name, "share"), commissioner.share, min(earliest.values())
            )


def _has_windows(payable: Payable) -> bool:
    """Whether every window that its tests look into is there (else that is the problem to mend)."""
    return not any(
        (isinstance(test, Reaches) and payable.window is None)
        or (isinstance(test, Change) and (payable.baseline is None or payable.endpoint is None))
        for test in tests(payable.when)
    )


def _starts_by(at: Path, dated: Mapping[date, object], day: date) -> Problems:
    first = min(dated)
    if first > day:
        yield Problem(
            at,
            "card-dated",
            f"nothing before {first}",
            f"a value in force on {day}, when it can first be needed",
        )


def _earliest_due(card: Card, payable: Payable) -> date:
    """The first day on which anyone could earn it."""

    def earliest(condition: AllOf | AnyOf | Single) -> date:
        if isinstance(condition, AllOf | AnyOf):
            pick = max if isinstance(condition, AllOf) else min
            return pick(earliest(part) for part in condition.parts)
        joined = card.joined.start
        if isinstance(condition, Change):
            return payable.endpoint.of(joined).end if payable.endpoint else joined
        if payable.window is None or isinstance(condition, Happened):
            return joined
        window = payable.window.of(joined)
        return window.start if kind(condition.measure) is Kind.COUNT else window.end

    return earliest(payable.when)


CHECKS: Final[tuple[Callable[[Card], Problems], ...]] = (
    _shares_add_up,
    _share_is_matched,
    _year_groups_have_one_phase,
    _numbers_are_used_once,
    _everything_has_a_price,
    _gates_stand_above,
    _risk_stands_alone,
    _windows_are_there,
    _endpoints_follow_baselines,
    _sdq_has_informants,
    _bands_are_published,
    _surveys_are_described,
    _own_scales_have_own_names,
    _values_start_early_enough,
)
