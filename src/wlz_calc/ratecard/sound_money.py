"""Whether the money of a card is sound: shares, matching, numbers, prices, and the gates before them."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from wlz_calc.finding import quote
from wlz_calc.ratecard.base import EVER, Problem, dated_at, exact, in_force, one_of
from wlz_calc.ratecard.card import Card


def _share_dates(card: Card) -> list[date]:
    """The days on which some share changes, and all are in force."""
    dates = {day for c in card.commissioners.values() for day in c.share}
    first = max(min(c.share) for c in card.commissioners.values())
    return sorted(day for day in dates if day >= first)


def shares_add_up(card: Card) -> Iterator[Problem]:
    """The shares add up to exactly 1, on every day on which they change."""
    for day in _share_dates(card):
        total = sum((Fraction(in_force(c.share, day)) for c in card.commissioners.values()), Fraction())
        if total != 1:
            found = exact(total) + ("" if day == EVER else f" from {day}")
            yield Problem(("commissioners",), "card-shares", found, "shares that add up to exactly 1")


def share_is_matched(card: Card) -> Iterator[Problem]:
    """The others together pay at least so many times the share of one."""
    rule = card.matching
    if rule is None:
        return
    if rule.commissioner not in card.commissioners:
        expected = one_of(rule.commissioner, card.commissioners)
        yield Problem(("matching", "commissioner"), "card-value", quote(rule.commissioner), expected)
        return
    most = 1 / (1 + Fraction(rule.times))
    for day, share in card.commissioners[rule.commissioner].share.items():
        if Fraction(share) > most:
            at = ("commissioners", rule.commissioner, "share", *dated_at(day))
            expected = f"at most {exact(most)}, so that the others pay at least {rule.times} times as much"
            yield Problem(at, "card-matching", quote(str(share)), expected)


def invoices_have_payers(card: Card) -> Iterator[Problem]:
    """Who is to be invoiced is a commissioner of the card, or one school or authority of such."""
    for payer in card.invoicing:
        if fault := no_payer(payer, card):
            yield Problem(("invoicing", payer), "card-value", quote(payer), fault)


def no_payer(payer: str, *cards: Card) -> str | None:
    """What was expected in the place of a name that is no commissioner of the cards; none, if it is one."""
    terms = {name: terms for card in cards for name, terms in card.commissioners.items()}
    name, _, code = payer.partition(":")
    if name not in terms:
        return one_of(payer, terms)
    if payer != name and not (code and terms[name].each):
        return f"{name}, which is one commissioner" if not terms[name].each else f"{name}, or {name}:CODE"
    return None


def numbers_are_used_once(card: Card) -> Iterator[Problem]:
    """Every payment has numbers of its own, counted from 1."""
    seen: dict[int, str] = {}
    for name, payment in card.payments.items():
        key = "numbers" if payment.numbers else "number"
        for number in payment.numbers or (payment.number or 0,):
            if number < 1:
                yield Problem(("payments", name, key), "card-value", quote(str(number)), "a number from 1 on")
            elif number in seen:
                expected = f"a number of its own; {seen[number]} has this one"
                yield Problem(("payments", name, key), "card-value", quote(str(number)), expected)
            seen.setdefault(number, name)


def everything_has_a_price(card: Card) -> Iterator[Problem]:
    """Every payment has a price, or each of its outcomes has."""
    for payable in card.payables:
        if payable.price is None:
            expected = "price, on the payment or on each outcome" if payable.outcome else "price"
            yield Problem(payable.path, "card-missing-key", "no price", expected)


def gates_stand_above(card: Card) -> Iterator[Problem]:
    """What a payment requires stands above it and has no outcomes: so no gate waits for itself."""
    above: list[str] = []
    for name, payment in card.payments.items():
        for required in payment.requires.payments if payment.requires else ():
            if required not in above:
                allowed = one_of(required, above) if above else "there is none"
                expected = f"a payment above it that has no outcomes: {allowed}"
                yield Problem(("payments", name, "requires"), "card-requires", quote(required), expected)
        if not payment.outcomes:
            above.append(name)
