"""Whether a card's terms can be paid on at all: a list of plain checks, every one of them reported.

A card that does not even fit its models is judged as far as it goes (`sound_part`), so that whoever mends it
sees everything at once and not one layer after the other.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from wlz_calc.ratecard.base import Path, Problem
from wlz_calc.ratecard.card import Card
from wlz_calc.ratecard.sound_dates import values_start_early_enough
from wlz_calc.ratecard.sound_judging import (
    bands_are_published,
    endpoints_follow_baselines,
    own_scales_are_told_apart,
    risk_stands_alone,
    sdq_has_informants,
    surveys_are_described,
    windows_are_there,
    year_groups_have_one_phase,
)
from wlz_calc.ratecard.sound_money import (
    everything_has_a_price,
    gates_stand_above,
    invoices_have_payers,
    numbers_are_used_once,
    share_is_matched,
    shares_add_up,
)

EVERY_PAYMENT: Final = "every payment"
"""What a check needs that would be misled by a payment left out because it is broken."""

CHECKS: Final[tuple[tuple[Callable[[Card], Iterator[Problem]], frozenset[str]], ...]] = (
    (shares_add_up, frozenset({"commissioners"})),
    (share_is_matched, frozenset({"commissioners", "matching"})),
    (invoices_have_payers, frozenset({"commissioners", "invoicing"})),
    (year_groups_have_one_phase, frozenset({"phases"})),
    (numbers_are_used_once, frozenset()),
    (everything_has_a_price, frozenset()),
    (gates_stand_above, frozenset({EVERY_PAYMENT})),
    (risk_stands_alone, frozenset()),
    (windows_are_there, frozenset()),
    (endpoints_follow_baselines, frozenset({"joined"})),
    (sdq_has_informants, frozenset({"informants", "phases"})),
    (bands_are_published, frozenset({"phases"})),
    (surveys_are_described, frozenset({"surveys", "framework"})),
    (own_scales_are_told_apart, frozenset({"scales"})),
    (values_start_early_enough, frozenset({"joined", "term", "commissioners", EVERY_PAYMENT})),
)
"""Each check, and what of the card must be whole for it to be fair; the rest take a payment by itself."""


def problems(card: Card, broken: Collection[str] = ()) -> Iterable[Problem]:
    """Everything that stops a card from being used, each once; nothing that rests on a `broken` part."""
    fair = [check for check, needed in CHECKS if needed.isdisjoint(broken)]
    return dict.fromkeys(problem for check in fair for problem in check(card))


_STAND_INS: Final[Mapping[str, Any]] = {
    "contract": "unknown",
    "version": "1",
    "title": "unknown",
    "joined": {"from": "2000-01-01", "to": "2000-01-01"},
    "term": {"from": "2000-01-01", "to": "2000-01-01"},
    "currency": "GBP",
    "source": {"document": "unknown", "clause": "unknown", "dated": "2000-01-01"},
    "commissioners": {"unknown": {"name": "unknown", "share": "1"}},
    "payments": {
        "unknown": {
            "number": "1000000",
            "clause": "unknown",
            "price": "0",
            "when": {"measure": "consent", "test": "happened"},
        }
    },
}
"""What takes the place of a required part that is broken; no check that could see it is run."""


def sound_part(stated: Mapping[str, Any], wrong: Iterable[Path]) -> tuple[dict[str, Any], set[str]]:
    """A card without its broken parts, and which those are. `wrong`: the places of what is wrong with it."""
    places = [path for path in wrong if path]
    payments = {path[1] for path in places if path[0] == "payments" and len(path) > 1}
    broken = {str(path[0]) for path in places if path[0] != "payments" or len(path) == 1}
    part = {key: value for key, value in stated.items() if key not in broken}
    if isinstance(part.get("payments"), Mapping):
        part["payments"] = {name: p for name, p in part["payments"].items() if name not in payments}
    if payments or "payments" in broken:
        broken.add(EVERY_PAYMENT)
    gaps = [key for key in _STAND_INS if not part.get(key)]
    return part | {key: _STAND_INS[key] for key in gaps}, broken
