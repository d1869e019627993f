"""The words of what can be wrong with sealed claims, and of what keeps a quarter from being closed."""

from typing import Final

from wlz_calc.finding import Meaning, Severity, Stage


def _error(title: str, why: str, fix: str) -> Meaning:
    return Meaning(Stage.FOLDER, Severity.ERROR, title, why, fix)


_PUT_BACK: Final = "Put it back as it was sealed; git or a backup has it."

_VERIFYING: Final[dict[str, Meaning]] = {
    "book-changed": _error(
        "A sealed file has changed",
        "A claim is proof of what was asked for only while it is what was sealed.",
        f"{_PUT_BACK} Nothing else mends it.",
    ),
    "book-missing": _error(
        "A sealed file is missing", "A claim that forgets what was claimed pays twice.", _PUT_BACK
    ),
    "book-stray": _error(
        "Something stands among the sealed claims that was not sealed",
        "Somebody who looks there could take it for a claim.",
        "Move it elsewhere; only `close` and `claims` write to the folder of claims.",
    ),
    "book-unchained": _error(
        "A sealed claim does not follow the one before it",
        "A claim was changed, taken out or put in: each names the digest of the one before.",
        "Put the claims back as they were sealed; git or a backup has them.",
    ),
    "book-totals": _error(
        "A sealed claim does not add up",
        "Its statement says another total than its lines do: it was not this program that sealed it.",
        "Put the claim back as it was sealed; git or a backup has it.",
    ),
    "book-digest": _error(
        "A digest is not in the book",
        "The claim that it was printed on has been taken out, or written anew.",
        "Put the claims back as they were sealed; if one was withdrawn, its record says so.",
    ),
}

_CLOSING: Final[dict[str, Meaning]] = {
    "book-closed": _error(
        "The quarter is closed",
        "A claim that was sealed is never written again; what has changed since falls into the next quarter.",
        "Name the quarter after the last that is closed; `claims show` shows a closed one.",
    ),
    "book-gap": _error(
        "An earlier quarter is not closed",
        "Quarters close in order, so that each claims just what those before have not.",
        "Close the quarters in between first.",
    ),
    "book-open": _error(
        "The quarter is not over",
        "What happens in its last days would be missing from the claim.",
        "Close it once it is over; `pay` shows what is due so far.",
    ),
    "book-unwritable": _error(
        "The book cannot be written to",
        "Nothing was sealed, and nothing is lost.",
        "Make room, or see who may write to the folder of claims; then close the quarter again.",
    ),
    "book-inputs-changed": _error(
        "The files changed while the quarter was being closed",
        "The lines and the decisions behind them would rest on different data.",
        "Close the quarter again when nobody writes to the folder.",
    ),
    "book-register": _error(
        "The register of children who were claimed for has changed",
        "A child that is missing, or is at another school, turns what was claimed into money to be returned.",
        "Mend the register; if it is right, say so with --accept-register-changes.",
    ),
    "book-reversals": _error(
        "More money would go back than is usual",
        "One bad extract can take away what was rightly claimed for everybody.",
        "See `pay` for what would go back. If it is right, say so with --accept-reversals and the amount.",
    ),
    "book-fewer-rows": _error(
        "A table has a tenth fewer rows than in the claim before",
        "An export that stops half-way looks like children who did nothing.",
        "Export it again. If it is right, say so with --accept-reversals and the amount that goes back.",
    ),
    "book-not-closed": _error(
        "The quarter is not closed",
        "Only a claim that is sealed can be shown, approved, exported or withdrawn.",
        "Run `close` for it first, or name a quarter that is closed; `claims` lists them.",
    ),
    "book-approved": _error(
        "The claim is approved",
        "What two people have put their names to stands; what has changed since falls into the next quarter.",
        "It stands. What has changed since is corrected by the claim of the next quarter.",
    ),
    "book-withdrawing": _error(
        "A claim is being withdrawn",
        "Somebody began to withdraw it and was interrupted; until that is done, nothing can follow it.",
        "Run `claims withdraw` again for its quarter.",
    ),
    "book-own-approval": _error(
        "The claim was closed by the same person",
        "Approval is the word of a second person.",
        "Have somebody else approve it.",
    ),
    "book-not-newest": _error(
        "A later quarter is closed",
        "Claims follow each other; one from their midst cannot be taken out.",
        "Withdraw the later claims first, if none of them is approved.",
    ),
    "book-begun": _error(
        "Something is sealed already",
        "What was claimed by other means comes before everything that this program claims.",
        "Import it into an empty book; claims that are not approved can be withdrawn.",
    ),
    "book-unknown-child": _error(
        "Something was claimed for a child who is not in the register",
        "It would be returned in the next claim, as if it had never been due.",
        "Mend the id, or the register.",
    ),
    "book-unknown-award": _error(
        "Something was claimed that no rate card of the child knows",
        "What it was for decides what is still due.",
        "Name a payment, number, outcome and commissioner of the card.",
    ),
}

_WARNING: Final[dict[str, Meaning]] = {
    "book-without-card": Meaning(
        Stage.FOLDER,
        Severity.WARNING,
        "Something is sealed under a contract without a rate card",
        "It is not calculated any more: nothing is claimed under it, and nothing goes back.",
        "Name its rate card in wlz.yaml, as long as the contract lasts.",
    ),
}

_ASKING: Final[dict[str, Meaning]] = {
    "contract-unclear": _error(
        "It is not clear which contract is meant",
        "Contracts are claimed and sealed apart.",
        "Name one of the contracts of the programme's rate cards with --contract.",
    ),
}

BOOK: Final = _VERIFYING | _CLOSING | _WARNING | _ASKING
"""What can be found in the book, and what keeps something from being put into it."""
