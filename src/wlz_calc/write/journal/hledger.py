"""The journal as hledger reads it.

Amounts are in GBP and not behind a sign for pounds, at which hledger stops on a machine that does not take
text for UTF-8.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from wlz_calc.claim import Claim
from wlz_calc.write.journal import told
from wlz_calc.write.journal.accounts import plain
from wlz_calc.write.journal.entries import Transaction, transactions
from wlz_calc.write.journal.layout import CURRENCY, aligned, written
from wlz_calc.write.words import visible

_NUMBERED: Final = "%(?=[0-9A-F]{2})"
"""What looks like a sign by its number."""
_NO_NAME: Final = re.compile(rf"^[*!(=]|[;|]|{_NUMBERED}")
_NO_CODE: Final = re.compile(rf"[()]|{_NUMBERED}")
_NO_TAG: Final = re.compile(rf",|{_NUMBERED}")
"""What would not be part of a name, of the code of a transaction, of the value of a tag."""


def journal(claims: Sequence[Claim], *, opening: bool = False, accounts: bool = True) -> bytes:
    """The transactions of claims. `opening`: with opening balances; `accounts`: with those declared."""
    entries = [entry for claim in claims for entry in transactions(claim, opening=opening)]
    return written(claims, [*([_declared(entries)] if accounts else []), *map(_entry, entries)])


def _declared(entries: Sequence[Transaction]) -> Iterator[str]:
    """The commodity and every account, so that `hledger check --strict` knows them."""
    yield f"commodity 1,000.00 {CURRENCY}"
    names = {plain(posting.account) for entry in entries for posting in entry.postings}
    yield from (f"account {name}" for name in sorted(names))


def _entry(entry: Transaction) -> Iterator[str]:
    code = f"({_without(_NO_CODE, entry.document)}) " if entry.document else ""
    yield f"{entry.dated} {code}{_without(_NO_NAME, entry.name)} | {told.title(entry)}"
    yield from (f"    ; {tag}" for tag in _tags(told.references(entry)))
    for posting, text in aligned(entry, plain):
        yield f"    {text}"
        if posting.corrects:
            yield f"        ; {', '.join(_tags(told.corrected(posting)))}"


def _tags(named: Mapping[str, str]) -> Iterator[str]:
    return (f"{name}: {_without(_NO_TAG, value)}" for name, value in named.items())


def _without(odd: re.Pattern[str], text: str) -> str:
    """The text with such signs by their numbers, as in web addresses: `%2C` for a comma."""
    return odd.sub(lambda sign: f"%{ord(sign[0]):02X}", visible(text))
