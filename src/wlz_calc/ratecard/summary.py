"""The terms of a card that hold for all its payments, as plain sentences, and what the words in them mean."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

from wlz_calc.ratecard.base import EVER
from wlz_calc.ratecard.card import Card, Commissioner
from wlz_calc.ratecard.conditions import Change, Progresses, Single, tests
from wlz_calc.ratecard.measures import Kind, family, kind, name
from wlz_calc.ratecard.windows import AcademicYear, Months, Window
from wlz_calc.ratecard.wording import (
    INFORMANTS,
    amount,
    dated,
    day,
    number,
    percent,
    phase,
    phrase,
    title,
    together,
)


def summary(card: Card) -> list[str]:
    """Who is covered, who pays, and up to what, in the order in which a reader asks."""
    return [
        f"{card.title}: version {card.version} of the terms of the contract {card.contract}.",
        f"Source: {card.source.document}, {card.source.clause}, {day(card.source.dated)}.",
        f"Children who joined from {day(card.joined.start)} to {day(card.joined.end)} are on these terms.",
        f"Nothing that falls due before {day(card.term.start)} or after {day(card.term.end)} is payable.",
        _commissioners(card),
        *_matching(card),
        *_commitments(card),
        _limits(card),
        _leavers(card),
        *_informants(card),
        *_phases(card),
        *_surveys(card),
        *_scales(card),
        *_illustrative(card),
    ]


def _commissioners(card: Card) -> str:
    shares = [f"{c.name} {dated(c.share, percent)}{_each(c)}" for c in card.commissioners.values()]
    return f"Every payment is shared by: {'; '.join(shares)}."


def _each(commissioner: Commissioner) -> str:
    return f" (each {commissioner.each} for its own children)" if commissioner.each else ""


def _matching(card: Card) -> Iterator[str]:
    if card.matching:
        one = card.commissioners[card.matching.commissioner]
        times = number(card.matching.times)
        yield f"The others together pay at least {times} times the share of: {one.name}."


def _commitments(card: Card) -> Iterator[str]:
    for commissioner in card.commissioners.values():
        if commissioner.commitment is not None:
            each = f" (each {commissioner.each})" if commissioner.each else ""
            most = amount(commissioner.commitment)
            yield f"{commissioner.name}{each} pays at most {most} under the contract."


def _limits(card: Card) -> str:
    limits = card.limits
    said = [
        (limits.contract, "under the contract"),
        (limits.financial_year, "in a financial year (from 1 April, by due date)"),
        (limits.child, "for a child"),
    ]
    stated = [f"{amount(most)} {what}" for most, what in said if most is not None]
    return f"At most {together(stated)} is payable." if stated else "No limit is set on what is payable."


def _leavers(card: Card) -> str:
    if card.leavers == "as_others":
        return (
            "A child who leaves is judged as the others are; sessions after the day of leaving do not count."
        )
    not_met = "A child who leaves is not eligible for what was not met by the day of leaving"
    return f"{not_met}, unless its window had ended by then."


def _informants(card: Card) -> Iterator[str]:
    if card.informants:
        said = [f"{INFORMANTS[who]} ({phase(phase_of)})" for phase_of, who in card.informants.items()]
        yield f"The SDQ that counts is the one completed by {together(said)}."


def _phases(card: Card) -> Iterator[str]:
    """The year groups of every phase that decides something, as an outcome for some phases only does."""
    used = {*card.phases, *card.informants, *(named for each in card.payables for named in each.phases or ())}
    for one in dict.fromkeys(card.phase_of.values()):
        years = [year for year, own in card.phase_of.items() if own == one]
        if one in used:
            yield f"Year groups {together(years)} are {phase(one)}."


def _surveys(card: Card) -> Iterator[str]:
    for about, survey in card.surveys.items():
        low, high = map(number, survey.range)
        yield f"The {phrase(about)} survey is scored from {low} to {high}; {survey.better} is better."


def _scales(card: Card) -> Iterator[str]:
    for scale, own in card.scales.items():
        relative = "relative to age" if own.age_relative else "not relative to age"
        yield f"The scale {phrase(scale)} is {own.scale}, {relative}."


def _illustrative(card: Card) -> Iterator[str]:
    if card.illustrative:
        yield f"Illustrative, because no public source states them: {together(card.illustrative)}."


# ---------------------------------------------------------------- how it is paid, and what is only monitored


def rules(card: Card) -> list[str]:
    """How what is earned is claimed and shared, which is so under every card."""
    return [
        "All amounts are in pounds sterling, to the penny.",
        (
            "A claim for a quarter rests on what is dated on or before the quarter's last day. Where a "
            "reading or a rate is missing nothing is payable for it: nothing is estimated."
        ),
        (
            "What is payable is split by the shares to the penny; pennies left over go to the largest "
            "remainders, and of equal ones in the order in which the commissioners are named."
        ),
        *_cut(card),
        "What was claimed and proves not to stand goes back to whoever paid it; never more than was paid.",
        *_totals(card),
    ]


def _cut(card: Card) -> Iterator[str]:
    limits = card.limits
    most = [limits.contract, limits.financial_year, limits.child]
    if any(amount is not None for amount in (*most, *(c.commitment for c in card.commissioners.values()))):
        yield (
            "Awards take what a limit or a commitment leaves in the order in which they fall due. What is "
            "cut from one gives no room back to another, and passes to no other commissioner."
        )


def _totals(card: Card) -> Iterator[str]:
    names = [one.name for one in card.commissioners.values() if one.shown == "totals"]
    if names:
        yield f"Totals alone, and no child, are stated to: {'; '.join(names)}."


def monitored(card: Card) -> list[str]:
    """What is measured and reported, whether it is paid or not: by domain and area."""
    return [
        f"{title(one.domain)}, {one.area}: {together([name(measure) for measure in one.measures])}"
        + (f" ({together([phase(each) for each in one.phases])})." if one.phases else ".")
        for one in card.framework
    ]


# ---------------------------------------------------------------- what the words mean


def meanings(card: Card) -> list[str]:
    """What the words in the sentences of this card mean; words that it does not use are left out."""
    return [meaning for meaning, used in _MEANINGS if used(card)]


def _windows(card: Card) -> list[Window]:
    return [w for p in card.payables for w in (p.window, p.baseline, p.endpoint) if w]


def _tests(card: Card) -> list[Single]:
    return [test for payable in card.payables for test in tests(payable.when)]


def _changes(card: Card) -> list[Change]:
    return [test for test in _tests(card) if isinstance(test, Change)]


def _is_dated(card: Card) -> bool:
    values: list[Mapping[date, object]] = [c.share for c in card.commissioners.values()]
    values += [payable.price for payable in card.payables if payable.price]
    values += [threshold for test in _tests(card) for threshold in test.thresholds.values()]
    return any(EVER not in value for value in values)


_MEANINGS: Final[tuple[tuple[str, Callable[[Card], bool]], ...]] = (
    (
        (
            "Months a to b from joining begin on the day a months after the day of joining (before it, "
            "where a is negative) and end on the day before the one b months after it."
        ),
        lambda card: any(isinstance(window, Months) for window in _windows(card)),
    ),
    (
        "An academic year runs from 1 September to 31 August.",
        lambda card: any(isinstance(window, AcademicYear) for window in _windows(card)),
    ),
    (
        (
            "The baseline is the last reading in its window on or before the day of joining or, if there is "
            "none, the first after it; the endpoint is the last in its window after the baseline (of "
            "attainment, on the same scale)."
        ),
        lambda card: any(kind(test.measure) is Kind.READINGS for test in _changes(card)),
    ),
    (
        "A child who was not at risk at the baseline is not eligible.",
        lambda card: any(test.at_risk for test in _changes(card)),
    ),
    (
        (
            "What is expected is the change between the expected scores recorded with the two readings; "
            "where they are not, no change on a scale that is relative to age, and on any other the progress "
            "is not assessable."
        ),
        lambda card: any(isinstance(test, Progresses) for test in _tests(card)),
    ),
    (
        "On a scale of ordered values a point is one place.",
        lambda card: any(family(test.measure) == "attainment" for test in _changes(card)),
    ),
    (
        "What requires another payment falls due no earlier than that payment.",
        lambda card: any(payable.requires for payable in card.payables),
    ),
    (
        "Outcomes are paid in the order in which they fall due; on one day, the higher price first.",
        lambda card: any(payment.outcomes for payment in card.payments.values()),
    ),
    (
        (
            "A price or a share is the one in force on the day on which the payment falls due; any other "
            "figure, the one in force on the last day of the window judged."
        ),
        _is_dated,
    ),
)
