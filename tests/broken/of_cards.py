"""What can be wrong with a rate card."""

from typing import Final

from tests.broken.inputs import CARD, Case, card, judged

CHECK: Final = "cards check card.yaml"
_TWO: Final = "rate_cards: [card.yaml, card-2.yaml]\n"
_SURVEYS: Final = "surveys: {confidence: {range: [0, 100], better: higher}}"


def _file(text: str | bytes) -> Case:
    return Case({"card.yaml": text}, CHECK)


def _other(*changes: tuple[str, str]) -> Case:
    return _file(card(*changes))


def _primary(condition: str, *more: str) -> str:
    """A card that compares two readings of children in primary schools."""
    return judged(condition, *more).replace("    when:", "    phases: [primary]\n    when:")


def _two(second: str) -> Case:
    return Case({"wlz.yaml": _TWO, "card.yaml": CARD, "card-2.yaml": second})


CARDS: Final = {
    "card-not-found": Case({"wlz.yaml": "rate_cards: [kensington-chelsae]\n"}),
    "card-encoding": _file(CARD.replace("The council", "Caf\u00e9").encode("cp1252")),
    "card-empty": _file(""),
    "card-syntax": _file("contract: brent\nversion 1\n"),
    "card-plain": _file("contract: !!str brent\n"),
    "card-duplicate-key": _file("contract: brent\ncontract: camden\n"),
    "card-unknown-key": _other(("version: 1\n", "version: 1\nvershion: 2\n")),
    "card-missing-key": _other(("version: 1\n", "")),
    "card-value": _other(("price: 100.00", "price: lots")),
    "card-unknown-measure": _other(("consent", "consnt")),
    "card-unknown-test": _other(("happened", "hapened")),
    "card-test-measure": _other(("consent", "partner_sessions")),
    "card-payment": _other(("number: 1", "numbers: [1]")),
    "card-at-risk": _file(
        judged("measure: survey.confidence, test: crosses, at_risk: {above: 1, below: 5}", _SURVEYS)
    ),
    "card-at-risk-inside": _file(
        judged("all: [{measure: survey.confidence, test: crosses, at_risk: {below: 50}}]", _SURVEYS)
    ),
    "card-shares": _other(("share: 1", "share: 0.99")),
    "card-matching": _other(
        (
            "{council: {name: The council, share: 1}}",
            "{council: {name: The council, share: 0.7}, school: {name: The school, share: 0.3}}",
        ),
        ("payments:", "matching: {commissioner: school, times: 3}\npayments:"),
    ),
    "card-requires": _other(("number: 1,", "number: 1, requires: {any: [sign_up]},")),
    "card-window": _other(
        (
            "when: {measure: consent, test: happened}",
            "window: {months: [12, 0]}, when: {measure: consent, test: happened}",
        )
    ),
    "card-dated": _other(("price: 100.00", "price: {2017-09-01: 100.00}")),
    "card-informant": _file(_primary("measure: sdq.emotional, test: improves, by: 1")),
    "card-band": _file(
        _primary(
            "measure: sdq.emotional, test: crosses, at_risk: {band: severe, scheme: four}",
            "informants: {primary: teacher}",
        )
    ),
    "card-survey": _file(judged("measure: survey.confidence, test: improves, by: 10")),
    "card-scale": _other(("payments:", "scales: {gcse: {range: [1, 9], age_relative: false}}\npayments:")),
    "card-limits-differ": _two(
        card(("version: 1", "version: 2"), ("payments:", "limits: {child: 500.00}\npayments:"))
    ),
    "card-twice": _two(CARD),
}
