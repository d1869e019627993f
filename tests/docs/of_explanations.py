"""Explanations: every key of what `explain` says of a child, with what it means."""

from typing import Final

from tests.docs.answers import made
from tests.docs.markdown import described
from tests.docs.of_outputs import STATED

EXPLANATION: Final = {
    **STATED,
    "closed": "whether the quarter is sealed",
    "child": "the child as the register has it, and where its row stands",
    "card": "the terms of its card that are everybody's: term, limits, commissioners and their shares",
    "opens_book": "whether what fell due before the quarter is the opening balance: nothing is sealed yet",
    "payments": "every payment, and every outcome of one",
    "off_card": "lines, claimed and due, of what is not on the child's card, such as an outcome taken off",
    "rows": "by extract, every row of the child: where it `stands`, and what it says",
    "provenance": "the version of the tool, and every file: `sha256`, `rows`, who `validated` it",
}
PAYMENT: Final = {
    "payment": "the payment on the rate card",
    "outcome": "the outcome of it, if it has some",
    "clause": "where the contract states it",
    "phases": "the phases it is for; null: all",
    "numbers": "the numbers it can be paid as",
    "prices": "pounds, with the days from which each is in force",
    "requires": "its gate: the payments of which `any` or `all` must be met",
    "window": "what the card says, and the days that this is for the child",
    "baseline": "the same, of the window of the baseline",
    "endpoint": "the same, of the window of the endpoint",
    "when": "how the tests are put together, each by its place among them",
    "tests": "each test: measure, terms, figures, what it says, and what became of each row (`uses`)",
    "holds": "the holds that it is under",
    "claimed_as_number": "the number that it was claimed as before",
    "decision": "status, reason, due date, number, and pounds: price and cut",
    "asked_of_limits": "pounds that it asks of the limits",
    "limits": "what each limit had left before it, in pounds",
    "left_by_limits": "pounds that the limits leave of it",
    "shares": "each commissioner's share: its part, what was left of its commitment, and its amount",
    "claimed": "the sealed lines of it",
    "due": "the lines that are due now",
    "missing": "what is missing, in words",
    "until": "by when it could still be paid",
}


def explanation() -> str:
    """The keys of an explanation."""
    return described(made().printed["explanation"], EXPLANATION, "explanation")


def payment() -> str:
    """The keys of a payment that is explained."""
    return described(made().printed["explanation"]["payments"][0], PAYMENT, "explained payment")
