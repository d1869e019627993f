"""What can be wrong with sealed claims, and what keeps a quarter from being closed."""

from typing import Final

from tests.broken.inputs import (
    CHILD,
    CLAIMED,
    CONFIG,
    HEADINGS,
    IMPORT,
    RECONCILE,
    REGISTER,
    Case,
    edited,
    lines,
    moved,
    programme,
    ran,
    removed,
    summed,
    vouched,
)

BY: Final = ("--by", "A. Analyst")
CLAIM: Final = "claims/brent/2017-Q1"
_CLOSED: Final = ran("close", "--quarter", "2017-Q1", *BY)
_NEXT: Final = ran("close", "--quarter", "2017-Q2", *BY)
_APPROVED: Final = ran("claims", "approve", "2017-Q1", "--by", "B. Director")
_WITHDRAWN: Final = ran("claims", "withdraw", "2017-Q1", *BY)
_CONSENTED: Final = (f"{HEADINGS},consent_on", f"{CHILD},2017-01-09")
_FILES: Final = programme(*_CONSENTED)
_SILENT: Final = _FILES | {"wlz.yaml": vouched("children")}
"""The same, of which there is nothing to warn."""
_TWO: Final = programme(*_CONSENTED, "c2,brent,ark,5,2017-01-09,")
_VERIFY: Final = "claims verify"
_CLOSE: Final = 'close --quarter 2017-Q2 --by "A. Analyst"'

BOOK: Final = {
    "book-changed": Case(_FILES, _VERIFY, [_CLOSED, edited(f"{CLAIM}/lines.csv", "100.00", "10.00")]),
    "book-missing": Case(_FILES, _VERIFY, [_CLOSED, removed(f"{CLAIM}/decisions.parquet")]),
    "book-stray": Case({"wlz.yaml": CONFIG, "claims/note.txt": lines("To do: ask the school.")}, _VERIFY),
    "book-unchained": Case(_FILES, _VERIFY, [_CLOSED, _NEXT, removed(CLAIM)]),
    "book-totals": Case(
        _FILES,
        _VERIFY,
        [_CLOSED, edited(f"{CLAIM}/claim.json", '"100.00"', '"90.00"'), summed(CLAIM)],
    ),
    "book-digest": Case({"wlz.yaml": CONFIG}, f"{_VERIFY} --digest 0123456789ab"),
    "book-closed": Case(_FILES, _CLOSE.replace("Q2", "Q1"), [_CLOSED]),
    "book-gap": Case(_SILENT, "pay --quarter 2017-Q3", [_CLOSED]),
    "book-open": Case({}, _CLOSE.replace("Q2", "Q3")),
    "book-register": Case(_FILES, _CLOSE, [_CLOSED, edited(REGISTER, "ark", "oak")]),
    "book-reversals": Case(_FILES, _CLOSE, [_CLOSED, edited(REGISTER, "09,2017-01-09", "09,")]),
    "book-fewer-rows": Case(_TWO, _CLOSE, [_CLOSED, edited(REGISTER, "c2,brent,ark,5,2017-01-09,\n", "")]),
    "book-not-closed": Case({"wlz.yaml": CONFIG}, "claims show 2017-Q1"),
    "book-approved": Case(_FILES, 'claims withdraw 2017-Q1 --by "A. Analyst"', [_CLOSED, _APPROVED]),
    "book-withdrawing": Case(
        _SILENT, "pay --quarter 2017-Q2", [_CLOSED, _WITHDRAWN, moved("claims/brent/withdrawn/*", CLAIM)]
    ),
    "book-own-approval": Case(_FILES, 'claims approve 2017-Q1 --by "A. Analyst"', [_CLOSED]),
    "book-not-newest": Case(_FILES, 'claims withdraw 2017-Q1 --by "A. Analyst"', [_CLOSED, _NEXT]),
    "book-begun": Case(_FILES | {"claimed.csv": lines(CLAIMED, "c1,council,100.00")}, IMPORT, [_CLOSED]),
    "book-unknown-child": Case(_FILES | {"claimed.csv": lines(CLAIMED, "c2,council,100.00")}, IMPORT),
    "book-unknown-award": Case(_FILES | {"claimed.csv": lines(CLAIMED, "c1,lottery,100.00")}, IMPORT),
    "book-without-card": Case(
        _SILENT,
        "pay --quarter 2017-Q2 --format csv",
        [_CLOSED, edited("card.yaml", "brent", "camden"), edited(REGISTER, "brent", "camden")],
    ),
    "payments-missing": Case(_FILES, RECONCILE, [_CLOSED]),
}
